import Analysis
import Configuration
import Documents
import Synchronization

/// A plugin that runs as a child process, as an analyzer.
///
/// `extract` **blocks** the calling thread, at most for the start deadline and two request deadlines; it is made for the pipeline's worker
/// threads, not for an actor. Requests of several threads are answered one after the other. It never throws and never fails the document:
/// what went wrong is in the finding's diagnostics, and `postponed` says whether asking again later makes sense.
///
/// A child that crashes, hangs or breaks the protocol is ended with its whole process group, and the document is tried once more with a
/// fresh one; a second failure quarantines the revision for this version of the plugin. Other documents go on at once after one bad
/// document, and with growing pauses after several in a row.
public final class ProcessPlugin: Analyzer {
  public let id: String
  /// The manifest's version with a hash of manifest, program and configuration.
  public let version: String
  private let folder: String
  private let supervisor: Mutex<Supervisor>
  private let board: Mutex<PluginState>
  private let interrupt = Interrupt()
  private let keeper = Mutex<(@Sendable (_ revision: String, _ reason: String) -> Void)?>(nil)

  /// - Parameters:
  ///   - folder: of kind `process`.
  ///   - config: as `PluginManifest.configuration` gives it.
  ///   - chance: from 0 to 1, for the jitter of pauses.
  ///   - log: takes the plugin's standard error and what happens to its process; called from the thread that calls `extract`.
  public init(
    _ folder: PluginFolder, config: JSONValue, clock: any MonotonicClock = SystemMonotonicClock(),
    chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
    log: @escaping @Sendable (Severity, String) -> Void = { _, _ in }
  ) {
    id = folder.manifest.id
    version = ProcessPlugin.version(folder, config)
    self.folder = folder.path
    let state = PluginState(
      id: id, version: version, folder: folder.path, confinement: Confinement.description(network: folder.manifest.network))
    board = Mutex(state)
    supervisor = Mutex(
      Supervisor(folder: folder, config: config, state: state, interrupt: interrupt, clock: clock, chance: chance, log: log))
  }

  /// Whether a folder, read again, is the one that runs here, with nothing changed that could change its answers: then a reload need not
  /// restart it.
  public func isCurrent(_ folder: PluginFolder, config: JSONValue) -> Bool {
    folder.path == self.folder && version == ProcessPlugin.version(folder, config)
  }

  private static func version(_ folder: PluginFolder, _ config: JSONValue) -> String {
    "\(folder.manifest.version)+\(folder.fingerprint(config: config))"
  }

  /// Keeps what is quarantined over restarts.
  /// - Parameters:
  ///   - known: revisions that were quarantined before for this version, each with the reason.
  ///   - keep: called with each that is added, from the thread that calls `extract`.
  public func useQuarantine(_ known: [String: String], keep: @escaping @Sendable (_ revision: String, _ reason: String) -> Void) {
    keeper.withLock { $0 = keep }
    supervisor.withLock { supervisor in
      supervisor.quarantine(known)
      publish(supervisor.state)
    }
  }

  /// A moment's view; never waits for a request in progress.
  public var state: PluginState { board.withLock { $0 } }

  public func extract(_ document: AnnotatedDocument) -> Finding {
    let revision = document.document.revision
    let (finding, reason) = supervisor.withLock { supervisor in
      let wasQuarantined = supervisor.state.quarantined[revision] != nil
      let finding = supervisor.extract(document)
      publish(supervisor.state)
      return (finding, wasQuarantined ? nil : supervisor.state.quarantined[revision])
    }
    if let reason, let keep = keeper.withLock({ $0 }) { keep(revision, reason) }
    return finding
  }

  /// Looks after the process between documents: notices that it died, asks a running one whether it is well, and tries one whose pause is
  /// over. To be called now and then (every half minute, say); does nothing while a request is in progress.
  public func probe() {
    _ = supervisor.withLockIfAvailable { supervisor in
      supervisor.probe()
      publish(supervisor.state)
    }
  }

  /// Asks the process to shut down and ends it. A request in progress is given up, and its document postponed; in a second or two all is
  /// over. Nothing is started afterwards.
  public func stop() {
    // An idle plugin is asked politely; a busy one is interrupted, which frees the lock.
    let wasIdle = supervisor.withLockIfAvailable { supervisor in
      supervisor.stop()
      publish(supervisor.state)
      return true
    }
    interrupt.raise()
    guard wasIdle == nil else { return }
    supervisor.withLock { supervisor in
      supervisor.stop()
      publish(supervisor.state)
    }
  }

  private func publish(_ state: PluginState) { board.withLock { $0 = state } }
}
