import Analysis

/// What is worth a line in the journal, with the fields a machine may ask for; the executable turns it into systemd's native entries.
public struct JournalEntry: Sendable {
  /// Each has a message id of its own in the journal catalog.
  public enum Event: String, Sendable {
    case started, stopped, reloaded, reloadFailed, overflow, watchLimit, folderMissing, folderBack, quarantine, pluginDisabled,
      pluginRestarted
    case alertRaised, alertWithdrawn, digestWritten, stateFull, stateFine, databaseMovedAside, deletionsHeld, noteFailed, plain
  }

  public var event: Event
  public var severity: Severity
  public var message: String
  /// Upper-case names without the `BELLWETHER_` prefix.
  public var fields: [String: String]

  public init(_ event: Event, _ severity: Severity = .info, _ message: String, fields: [String: String] = [:]) {
    self.event = event
    self.severity = severity
    self.message = message
    self.fields = fields
  }
}

/// Where journal entries go; called from any thread, never blocks for long.
public typealias Journal = @Sendable (JournalEntry) -> Void
