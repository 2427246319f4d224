import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Language

struct EntitiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entities", abstract: "List the names that are known, and those that the notes bring up.",
    discussion: """
      `entities [WORD]` lists the organisations, people, products and places that are known by name; `entities candidates` the names in the notes \
      that are not; `entities accept` and `entities merge` put those into your own file under `entities:` of the configuration.
      """,
    subcommands: [EntitiesListCommand.self, EntityCandidatesCommand.self, EntityAcceptCommand.self, EntityMergeCommand.self],
    defaultSubcommand: EntitiesListCommand.self)
}

struct EntitiesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the organisations, people, products and places that are known by name.",
    discussion: "A line each: id, type, name and aliases. With a word, those whose id, name or aliases hold it, in either case.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Argument(help: "A word, or several.") var word: [String] = []

  func run() throws {
    try guarded {
      let words = word.joined(separator: " ")
      let found = try Assembly.gazetteer(try options.load(), Resources.find()).entries.filter { EntityNames.matches($0, words) }
      guard !found.isEmpty else {
        throw Failure(.noInput, "no entity is known by “\(Printable.line(words))”; add it to a file under `entities:`")
      }
      var writer = JSONWriter()
      var text = ""
      for entry in found.sorted(by: { $0.id < $1.id }) {
        if json {
          writer.beginObject()
          writer.member("schema", "bellwether.entity/v1")
          writer.member("id", entry.id)
          writer.member("name", entry.name)
          writer.member("type", entry.type.rawValue)
          writer.member("aliases", Array(entry.surfaces.dropFirst()))
          writer.endObject()
          writer.newline()
        } else {
          let aliases = entry.surfaces.dropFirst().map { ", \($0)" }.joined()
          text += "\(entry.id)  \(entry.type.rawValue)  \(Printable.line(entry.name + aliases))\n"
        }
      }
      try Terminal.out(json ? writer.bytes : Array(text.utf8))
    }
  }
}

/// Names as a person types them, and the ids they stand for.
enum EntityNames {
  static func matches(_ entry: GazetteerEntry, _ words: String) -> Bool {
    let wanted = words.lowercased()
    return wanted.isEmpty || ([entry.id] + entry.surfaces).contains { $0.lowercased().contains(wanted) }
  }

  /// The id of the entity with this id, name or alias; what was given where there is none, since notes name entities of their own.
  static func id(of text: String, _ configuration: Configuration) -> String {
    guard let resources = try? Resources.find(), let gazetteer = try? Assembly.gazetteer(configuration, resources) else { return text }
    if gazetteer.entry(text) != nil { return text }
    let wanted = text.lowercased()
    let found = gazetteer.entries.filter { $0.surfaces.contains { $0.lowercased() == wanted } }
    if found.count > 1 {
      Terminal.say("“\(Printable.line(text))” is the name of \(found.map(\.id).joined(separator: ", ")); taking \(found[0].id)")
    }
    return found.first?.id ?? text
  }
}
