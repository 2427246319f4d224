import Analysis
import Configuration
import Dispatch
import FileWatching
import Intake
import Storage

/// Runs the intake's state machine: turns its actions into looks, reads and comparisons, and its deadlines into one exact timer.
///
/// Everything under way is in the state machine; this actor only holds what a comparison found and has not fed yet. At rest it has no timer.
public actor IntakeService {
  let executor = QueueExecutor(label: "bellwether.intake")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let clock: any WallClock
  let hub: EventHub
  let health: HealthBoard
  let journal: Journal
  let writer: Writer
  let pool: ReaderPool
  /// A connection of its own, so that a look never waits behind a commit.
  let lookups: Store
  /// A watched folder could not be opened: whoever watches it should look for it.
  let folderAway: @Sendable () -> Void
  var assembly: Assembly
  var folders: NoteFolders
  var machine: Intake
  var pending: [Intake.Action] = []
  var isPerforming = false
  var timer: (any DispatchSourceTimer)?
  var isStopped = false

  /// Found by a comparison and waiting for room.
  var backlog: [Reconciler.Found] = []
  var backlogHead = 0
  var causes: [NotePath: Cause] = [:]
  var comparing = 0
  /// What may have been recorded since a comparison asked the database: found by it, such a note is looked at once more before it is read.
  var doubtful: Set<NotePath> = []
  /// Who waits for a scan: done when every file its comparisons found has been through once, whatever else is under way meanwhile.
  struct Waiter {
    let id: Int
    var comparisons: Int
    var paths: Set<NotePath>
    var done: @Sendable () -> Void
  }
  var waiters: [Waiter] = []
  var lastWaiter = 0
  /// Grows with every new set of folders; what an old one asked for is dropped.
  var generation = 0
  /// Until the first comparison of an empty database is recorded, what it finds is the baseline.
  var isBaseline: Bool
  var drift = DriftMeter()
  /// Folders that were away, or that are read by other rules now: what their next comparison finds is no drift.
  var expectsDifferences: Set<Int> = []
  /// An ignore file has changed, and its rules are not in force yet.
  var areRulesOutdated = false
  var pace: Pace?
  let poison: PoisonGuard?
  /// Deletions held back, by folder.
  var heldDeletions: [Int: Set<NotePath>] = [:]
  static let lookAgain = DispatchTimeInterval.seconds(5)
  let comparisons = DispatchQueue(label: "bellwether.comparisons", qos: .utility)
  /// Where what is found without an event is kept.
  let noteDrift: @Sendable (_ count: Int, _ example: String) -> Void
  /// Other files are notes than before: whoever watches should look which directories that concerns.
  let rulesChanged: @Sendable () -> Void

  init(
    assembly: Assembly, isBaseline: Bool, lookups: Store, writer: Writer, pool: ReaderPool, poison: PoisonGuard?, clock: any WallClock,
    hub: EventHub, health: HealthBoard, journal: @escaping Journal, folderAway: @escaping @Sendable () -> Void,
    rulesChanged: @escaping @Sendable () -> Void, noteDrift: @escaping @Sendable (_ count: Int, _ example: String) -> Void
  ) {
    self.rulesChanged = rulesChanged
    self.poison = poison
    self.noteDrift = noteDrift
    self.folderAway = folderAway
    self.assembly = assembly
    self.isBaseline = isBaseline
    self.lookups = lookups
    self.writer = writer
    self.pool = pool
    self.clock = clock
    self.hub = hub
    self.health = health
    self.journal = journal
    folders = NoteFolders(assembly.configuration)
    machine = IntakeService.machine(assembly, folders)
  }

  private static func machine(_ assembly: Assembly, _ folders: NoteFolders) -> Intake {
    var policy = Intake.Policy()
    policy.settle = UInt64(max(0, assembly.configuration.settle.inMilliseconds)) * 1_000_000
    policy.readLimit = max(8, assembly.configuration.limits.queue)
    return Intake(policy: policy) { folders.admits($0) }
  }

  public nonisolated func post(_ changes: [Change]) { executor.queue.async { self.assumeIsolated { $0.handle(changes) } } }

  // MARK: - Inputs

  func handle(_ changes: [Change]) {
    for change in changes where change.root < folders.folders.count {
      noteRules(change)
      switch change {
      case .changed(let place):
        let path = NotePath(place)
        // An event after the watches were set is news, even where the first comparison has met the file already.
        causes[path] = nil
        drift.announce(path)
        doubt(path)
        if !hub.isIdle, folders.admits(path) { hub.publish(EngineEvent(.seen, path: folders.display(path), at: clock.now)) }
        feed(.changed(path))
      case .gone(let place):
        drift.announce(NotePath(place))
        feed(.gone(NotePath(place)))
      case .directoryGone(let place):
        drift.announceBelow(NotePath(place))
        feed(.directoryGone(NotePath(place)))
      case .moved(let from, let to, let isDirectory): moved(NotePath(from), NotePath(to), isDirectory)
      case .rescanNeeded(let place), .covered(let place):
        hub.publish(EngineEvent(.rescan, path: folders.display(NotePath(place)), at: clock.now))
        // Of a whole folder: events were lost, or the folder was away.
        if !place.path.isEmpty { drift.announceBelow(NotePath(place)) }
        feed(.rescanNeeded(NotePath(place)))
      case .rootLost(let root): expectsDifferences.insert(root)
      case .uncovered, .rootFound: break
      }
    }
  }

  /// Whether a change concerns the rules of what is read: an ignore file, or a directory that may hold one.
  private func noteRules(_ change: Change) {
    guard !areRulesOutdated else { return }
    switch change {
    case .changed(let place), .gone(let place), .moved(_, let place, isDirectory: false):
      var isConcerned = folders.isIgnoreFile(NotePath(place))
      if case .moved(let from, _, _) = change { isConcerned = isConcerned || folders.isIgnoreFile(NotePath(from)) }
      guard isConcerned else { return }
    case .directoryGone(let place): guard folders.hasRules(below: NotePath(place)) else { return }
    case .moved(let from, _, isDirectory: true): guard folders.hasRules(below: NotePath(from)) else { return }
    default: return
    }
    areRulesOutdated = true
    executor.queue.asyncAfter(deadline: .now() + .nanoseconds(Int(machine.policy.settle))) {
      self.assumeIsolated { $0.takeUpRules() }
    }
  }

  /// A settle time after an ignore file has changed: its editor may not have been done with it.
  private func takeUpRules() {
    areRulesOutdated = false
    guard !isStopped else { return }
    folders.reloadRules()
    expectsDifferences.formUnion(folders.folders.indices)
    rulesChanged()
  }

  /// A rename keeps what is known of the note; the new name is looked at all the same.
  func moved(_ from: NotePath, _ to: NotePath, _ isDirectory: Bool) {
    for path in [from, to] { if isDirectory { drift.announceBelow(path) } else { drift.announce(path) } }
    if isDirectory {
      if folders.prunes(to) {
        feed(.directoryGone(from))
      } else {
        let folders = folders
        submit(folders.key(to), to, .movedDirectory(from: folders.key(from), display: { folders.display($0) }))
        feed(.directoryGone(from))
        feed(.rescanNeeded(to))
      }
      return
    }
    if folders.admits(from), folders.admits(to) { submit(folders.key(to), to, .moved(from: folders.key(from))) }
    causes[to] = nil
    doubt(to)
    feed(.changed(to))
    feed(.gone(from))
  }

  private func doubt(_ path: NotePath) { if comparing > 0 || !backlog.isEmpty { doubtful.insert(path) } }

  func submit(_ key: NoteKey, _ path: NotePath, _ result: NoteOutcome.Result) {
    let keeps = folders.folders[path.folder].keepsOnRemoval
    let outcome = NoteOutcome(
      key: key, displayPath: folders.display(path), stamp: nil, cause: .news,
      analysis: assembly.analysisKey(for: path.bytes, shown: folders.display(path)),
      keepsFacts: keeps,
      result: result)
    let source: [NotePath] =
      if case .movedDirectory(let from, _) = result { [NotePath(folder: path.folder, bytes: from.path)] } else { [] }
    let places = [path] + source
    drift.awaitsRecord(of: places)
    writer.submit(outcome) { _ in self.executor.queue.async { self.assumeIsolated { $0.drift.isRecorded(places) } } }
  }

  func feed(_ input: Intake.Input) {
    guard !isStopped else { return }
    perform(machine.handle(input, now: clock.elapsed))
  }

  // MARK: - Life

  public var queued: Int { backlog.isEmpty && machine.isIdle ? 0 : machine.count + backlog.count - backlogHead }

  /// Puts a new assembly in force; the caller asks for a scan after.
  /// - Parameter removed: folders that are watched no more: their notes are let go like deleted ones.
  public func use(_ assembly: Assembly, lettingGo removed: [String] = []) {
    for folder in removed { letGo(folder) }
    generation += 1
    // Whoever waited for the old folders waits for the comparison that follows.
    for index in waiters.indices {
      waiters[index].comparisons = .max
      waiters[index].paths = []
    }
    drift.giveUp()
    expectsDifferences = []
    heldDeletions = [:]
    self.assembly = assembly
    folders = NoteFolders(assembly.configuration)
    machine = IntakeService.machine(assembly, folders)
    backlog = []
    backlogHead = 0
    doubtful = []
    causes = [:]
  }

  func letGo(_ folder: String) {
    guard let index = folders.folders.firstIndex(where: { $0.path == folder }) else { return }
    var paths: [NotePath] = []
    try? lookups.forEachKnownNote(in: folder) { paths.append(NotePath(folder: index, bytes: $0.path)) }
    for path in paths { submit(folders.key(path), path, .gone) }
  }

  /// Returns when no comparison runs any more.
  public func stop() async {
    isStopped = true
    pace?.hurry()
    timer?.cancel()
    timer = nil
    await withCheckedContinuation { continuation in comparisons.async { continuation.resume() } }
  }
}

extension NotePath {
  init(_ place: TreePath) { self.init(folder: place.root, bytes: place.path.bytes) }
}
