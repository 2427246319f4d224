import ArgumentParser
import Configuration
import Engine
import Language
import PluginHost
import Rules

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check and show the configuration.", subcommands: [Check.self, Show.self, Paths.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the configuration, the plugins and the gazetteers it names.", discussion: "Exit status 78 where it would be refused."
    )
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      try guarded {
        let configuration = try options.load()
        let assembly = try Assembly.load(configuration)
        for notice in configuration.notices { Terminal.say(notice.headline) }
        for problem in assembly.problems { Terminal.say(problem) }
        let file = configuration.file ?? "the defaults (no configuration file)"
        try Terminal.out(
          line:
            "\(file): fine; \(counted(assembly.plugins.count, "plugin")), \(assembly.gazetteer.entries.count) \(assembly.gazetteer.entries.count == 1 ? "entity" : "entities") known"
        )
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show every value in force and where it comes from.")
    @OptionGroup var options: ConfigurationOptions
    func run() throws { try guarded { try Terminal.out(Array(try options.load().explain().utf8)) } }
  }

  struct Paths: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show every path in use.")
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      try guarded {
        let configuration = try options.load()
        var paths = configuration.paths
        paths.append(("database", "\(configuration.state)/bellwether.sqlite"))
        paths.append(("socket", configuration.socket))
        if let resources = try? Resources.find() {
          paths += [("shipped plugins", resources.plugins), ("shipped entities", resources.entities)]
        }
        for (name, path) in paths { try Terminal.out(line: "\(name): \(path)") }
      }
    }
  }
}

struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin", abstract: "List the plugins.", subcommands: [List.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the plugins in force, and what is broken in them.")
    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      try guarded {
        let assembly = try Assembly.load(try options.load())
        for plugin in assembly.plugins {
          let state = plugin.problems.isEmpty ? "ready" : "partly disabled"
          try Terminal.out(line: "\(plugin.id) \(plugin.version)  \(plugin.kind.rawValue)  \(state)  \(plugin.title)")
          try Terminal.out(line: "  \(plugin.folder)")
        }
        for problem in assembly.problems { Terminal.say(problem) }
      }
    }
  }
}
