import Configuration
import Glibc

/// The plugins that were found, each id once. A value, built once a (re)load.
public struct PluginCatalog: Sendable {
  /// In order of their ids.
  public private(set) var plugins: [PluginFolder] = []
  /// Plugins that disabled themselves, and names that are shadowed; the others are unaffected.
  public private(set) var problems: [SourceProblem] = []
  private var searched: [String]

  /// Looks into each directory for folders with a `plugin.yaml`. Of two plugins with one id the first found counts; directories come in
  /// the order of precedence. A directory that does not exist is passed over.
  public init(directories: [String]) {
    searched = directories
    var found: [String: PluginFolder] = [:]
    for directory in directories {
      var names: [String] = []
      switch Files.listing(of: directory) {
      case .success(let found): names = found.sorted()
      case .failure(let refusal):
        problems.append(SourceProblem(file: directory, message: "its plugins cannot be listed: \(refusal.reason)"))
      }
      for name in names where !name.hasPrefix(".") && access("\(directory)/\(name)/plugin.yaml", F_OK) == 0 {
        do throws(ConfigurationError) {
          let folder = try PluginFolder.load("\(directory)/\(name)")
          add(folder, to: &found)
        } catch {
          problems += error.problems.map(PluginCatalog.disabled)
        }
      }
    }
    plugins = found.values.sorted { $0.manifest.id < $1.manifest.id }
  }

  private mutating func add(_ folder: PluginFolder, to found: inout [String: PluginFolder]) {
    if let earlier = found[folder.manifest.id], earlier.path != folder.path {
      problems.append(
        SourceProblem(
          file: folder.manifest.file,
          message: "the plugin '\(folder.manifest.id)' is shadowed by \(earlier.path); rename or remove one of them"))
    } else {
      found[folder.manifest.id] = folder
    }
  }

  private static func disabled(_ problem: SourceProblem) -> SourceProblem {
    var problem = problem
    problem.message += " (the plugin is disabled)"
    return problem
  }

  /// A plugin to run, and the configuration it gets.
  public struct Selection: Sendable, Equatable {
    public var folder: PluginFolder
    public var config: JSONValue
  }

  /// The plugins that a configuration chooses, in its order; all of them, by id, where it chooses none.
  /// - Throws: choices that name no plugin, or set what a plugin does not know: a reason to refuse the configuration.
  public func select(_ configuration: Configuration) throws(ConfigurationError) -> [Selection] {
    var problems: [SourceProblem] = []
    var selections: [Selection] = []
    let choices = configuration.plugins ?? plugins.map { Configuration.PluginChoice(.id($0.manifest.id)) }
    for (index, choice) in choices.enumerated() {
      let origin = configuration.origins["plugins[\(index)]"] ?? configuration.origins["plugins"]
      do throws(ConfigurationError) {
        let folder = try folder(choice.reference, origin)
        let selection = Selection(folder: folder, config: try folder.manifest.configuration(choice.config))
        if let other = selections.first(where: { $0.folder.manifest.id == folder.manifest.id }) {
          let message = "the plugin '\(folder.manifest.id)' is chosen twice, in \(other.folder.path) and \(folder.path); keep one"
          throw ConfigurationError([place(message, origin)])
        }
        selections.append(selection)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return selections
  }

  private func folder(
    _ reference: Configuration.PluginChoice.Reference, _ origin: Configuration.Origin?
  ) throws(ConfigurationError) -> PluginFolder {
    switch reference {
    case .path(let path): return try PluginFolder.load(path)
    case .id(let id):
      if let folder = plugins.first(where: { $0.manifest.id == id }) { return folder }
      let advice = Suggestion.text(for: id, among: plugins.map(\.manifest.id))
      throw ConfigurationError([place("there is no plugin '\(id)' in \(searched.joined(separator: ", "))\(advice)", origin)])
    }
  }

  private func place(_ message: String, _ origin: Configuration.Origin?) -> SourceProblem {
    if case .file(let file, let line)? = origin { return SourceProblem(file: file, line: line, column: 1, message: message) }
    return SourceProblem(file: "plugins", message: message)
  }
}
