/// What `plugin list` and `status` say of a process plugin.
public struct PluginState: Sendable, Equatable {
  public enum Status: Sendable, Equatable {
    /// Not running now, ready to be started.
    case idle
    case running(pid: Int32)
    /// It failed; `until` on the plugin's clock it is left alone.
    case waiting(until: UInt64)
    /// Until its files change.
    case disabled(reason: String)
    case stopped

    /// `idle`, `running`, `waiting`, `disabled`, `stopped`.
    public var name: String {
      switch self {
      case .idle: return "idle"
      case .running: return "running"
      case .waiting: return "waiting"
      case .disabled: return "disabled"
      case .stopped: return "stopped"
      }
    }
  }

  public var id: String
  public var version: String
  public var folder: String
  public var status: Status
  /// What the plugin calls itself, from `initialize`.
  public var announced: String?
  public var lastError: String?
  public var lastExit: ProcessExit?
  /// Processes started.
  public var starts = 0
  /// Documents asked about, and answered.
  public var requests = 0
  public var answers = 0
  /// Answers it did not give: crashes, deadlines, broken protocol.
  public var failures = 0
  /// Facts that did not fit the text sent.
  public var refusedFacts = 0
  /// Revisions it is no longer asked about, each with the reason.
  public var quarantined: [String: String] = [:]
  public var confinement: String

  init(id: String, version: String, folder: String, confinement: String) {
    self.id = id
    self.version = version
    self.folder = folder
    self.confinement = confinement
    status = .idle
  }
}
