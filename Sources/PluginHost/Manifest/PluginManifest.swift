import Configuration

/// What `plugin.yaml` says: all the host knows of a plugin before any of its code runs.
public struct PluginManifest: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// `rules/*.yaml`, run by the built-in engine.
    case rules
    /// A Swift analyzer of this program.
    case builtin
    /// A child process.
    case process
  }

  public enum Mode: String, Sendable, CaseIterable {
    /// A long-lived child, newline-delimited JSON-RPC 2.0 on its standard streams.
    case stdio
    /// A child a document: one JSON document in, one out.
    case oneshot
  }

  public struct Limits: Sendable, Equatable {
    /// From the first byte of a request to its answer.
    public var deadline = Duration.seconds(5)
    /// From the start of the process to its answer to `initialize`.
    public var start = Duration.seconds(5)
    /// Address space, RLIMIT_AS.
    public var memory = 1 << 30
    /// Processor time of the whole life of the process, RLIMIT_CPU; nil: not limited (the deadline is).
    public var cpu: Duration?
    /// Bytes written to standard output for one request, and the longest line.
    public var output = 16 << 20
    /// Open files, RLIMIT_NOFILE.
    public var files = 128
    /// Processes of the user the daemon runs as, RLIMIT_NPROC; nil: not limited. Does not bind root.
    public var processes: Int?
    public init() {}
  }

  public var id: String
  public var version: String
  public var title: String
  public var description: String
  public var kind: Kind
  /// Version of the protocol the plugin speaks.
  public var protocolVersion: Int
  /// Program and arguments; for processes.
  public var command: [String]
  public var mode: Mode
  public var limits: Limits
  /// Whether it may open network sockets.
  public var network: Bool
  /// Its own settings, in the order of the file.
  public var settings: [PluginSetting]
  /// The file, as shown to people.
  public var file: String
  /// Hash of the file's text.
  public var hash: String

  static let keys = [
    "id", "version", "title", "description", "kind", "protocol", "command", "mode", "limits", "permissions", "config",
  ]
}

/// One setting that a plugin knows.
public struct PluginSetting: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case text, number, integer, flag, duration, list, mapping

    func accepts(_ value: JSONValue) -> Bool {
      switch self {
      case .text: return value.stringValue != nil
      case .number: return value.numberValue != nil
      case .integer: return value.integerValue != nil
      case .flag: return value.boolValue != nil
      case .duration: return value.stringValue.flatMap { Duration(unitText: $0) } != nil
      case .list: return value.arrayValue != nil
      case .mapping: return value.objectValue != nil
      }
    }

    var wanted: String {
      switch self {
      case .text: return "a text"
      case .number: return "a number"
      case .integer: return "a whole number"
      case .flag: return "true or false"
      case .duration: return "a length of time such as 2s or 90d"
      case .list: return "a list"
      case .mapping: return "a mapping of keys to values"
      }
    }
  }

  public var name: String
  public var kind: Kind
  /// Nil: the setting has to be given.
  public var standard: JSONValue?
  public var description: String
}

extension PluginManifest {
  /// The configuration handed to the plugin: its defaults with what the user set. A plugin that declares no settings at all is handed what
  /// the user set as it is.
  /// - Throws: every setting that is unknown, missing or of the wrong kind, by name.
  public func configuration(_ given: JSONValue) throws(ConfigurationError) -> JSONValue {
    guard !settings.isEmpty else { return given }
    var problems: [SourceProblem] = []
    var members: [String: JSONValue] = [:]
    let chosen = given.objectValue ?? [:]
    for name in chosen.keys.sorted() where !settings.contains(where: { $0.name == name }) {
      let advice = Suggestion.text(for: name, among: settings.map(\.name))
      problems.append(SourceProblem(file: file, message: "the plugin '\(id)' has no setting '\(Printable.escaped(name))'\(advice)"))
    }
    for setting in settings {
      guard let value = chosen[setting.name] ?? setting.standard else {
        problems.append(
          SourceProblem(file: file, message: "the plugin '\(id)' needs the setting '\(setting.name)': \(setting.description)"))
        continue
      }
      if !setting.kind.accepts(value) {
        let shown = Printable.escaped(value.text, limit: 60)
        problems.append(
          SourceProblem(file: file, message: "'\(setting.name)' of the plugin '\(id)' must be \(setting.kind.wanted), not \(shown)"))
      }
      members[setting.name] = value
    }
    guard problems.isEmpty else { throw ConfigurationError(problems) }
    return .object(members)
  }
}
