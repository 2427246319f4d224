import Analysis
import Configuration
import Engine
import Glibc
import Synchronization
import Systemd

/// Counts stop signals: the second one means at once.
final class StopCounter: Sendable {
  private let count = Mutex(0)
  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}

/// The daemon's supervisor, by sd_notify; nothing happens where nobody supervises.
enum SystemdPort {
  static func supervisor() -> Supervisor {
    let notifier = ServiceNotifier()
    let beat = ServiceNotifier.watchdogInterval.map { $0 / 2 }
    return Supervisor(
      ready: { notifier.ready(status: $0) }, status: { notifier.status($0) }, reloading: { notifier.reloading() },
      stopping: { notifier.stopping() }, watchdogBeat: beat, alive: { notifier.watchdog() })
  }
}

/// How much is logged; a reload may change it.
final class LogLevel: Sendable {
  private let level: Mutex<Configuration.Log.Level>
  init(_ level: Configuration.Log.Level) { self.level = Mutex(level) }

  var value: Configuration.Log.Level {
    get { level.withLock { $0 } }
    set { level.withLock { $0 = newValue } }
  }
}

/// The daemon's journal: native entries under systemd, plain lines otherwise.
enum JournalPort {
  static func make(_ level: LogLevel) -> Engine.Journal {
    let writer = JournalWriter(threshold: .debug)
    return { entry in
      guard let priority = JournalPriority(rawValue: entry.severity.journalPriority),
        priority.rawValue <= JournalPort.priority(level.value).rawValue
      else { return }
      var fields = entry.fields.reduce(into: [String: String]()) { $0["BELLWETHER_\($1.key)"] = $1.value }
      fields["BELLWETHER_EVENT"] = entry.event.rawValue
      writer.write(
        Systemd.JournalEntry(
          priority, entry.message, id: messageID(entry.event), fields: fields, key: entry.fields["ALERT_ID"] ?? entry.message))
    }
  }

  private static func priority(_ level: Configuration.Log.Level) -> JournalPriority {
    switch level {
    case .debug: return .debug
    case .info: return .info
    case .notice: return .notice
    case .warning: return .warning
    case .error: return .error
    }
  }

  private static func messageID(_ event: Engine.JournalEntry.Event) -> MessageID? {
    switch event {
    case .started: return .started
    case .stopped: return .stopped
    case .reloaded: return .reloaded
    case .reloadFailed: return .reloadFailed
    case .overflow: return .overflow
    case .watchLimit: return .watchLimit
    case .folderMissing: return .rootMissing
    case .folderBack: return .rootBack
    case .quarantine: return .quarantine
    case .pluginDisabled: return .pluginDisabled
    case .pluginRestarted: return .pluginRestarted
    case .alertRaised: return .alertRaised
    case .alertWithdrawn: return .alertWithdrawn
    case .digestWritten: return .digestWritten
    case .stateFull: return .stateFull
    case .stateFine: return .stateFine
    case .databaseMovedAside: return .databaseMovedAside
    case .deletionsHeld: return .deletionsHeld
    case .noteFailed: return .noteFailed
    case .plain: return nil
    }
  }
}
