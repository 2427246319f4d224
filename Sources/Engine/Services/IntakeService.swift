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
  private let executor = QueueExecutor(label: "bellwether.intake")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let clock: any WallClock
  private let hub: EventHub
  private let health: HealthBoard
  private let journal: Journal
  private let writer: Writer
  private let pool: ReaderPool
  /// A connection of its own, so that a look never waits behind a commit.
  private let lookups: Store
  private var assembly: Assembly
  private var folders: NoteFolders
  private var machine: Intake
  private var pending: [Intake.Action] = []
  private var isPerforming = false
  private var timer: (any DispatchSourceTimer)?
  private var isStopped = false

  /// Found by a comparison and waiting for room.
  private var backlog: [Reconciler.Found] = []
  private var backlogHead = 0
  private var causes: [NotePath: Cause] = [:]
  private var comparing = 0
  private var waiters: [@Sendable () -> Void] = []
  /// Until the first comparison of an empty database is recorded, what it finds is the baseline.
  private var isBaseline: Bool
  private var heldDeletions: [NotePath] = []
  private let comparisons = DispatchQueue(label: "bellwether.comparisons", qos: .utility)

  public init(
    assembly: Assembly, isBaseline: Bool, lookups: Store, writer: Writer, pool: ReaderPool, clock: any WallClock, hub: EventHub,
    health: HealthBoard, journal: @escaping Journal
  ) {
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

  private func handle(_ changes: [Change]) {
    for change in changes {
      switch change {
      case .changed(let place):
        let path = NotePath(place)
        // An event after the watches were set is news, even where the first comparison has met the file already.
        causes[path] = nil
        if !hub.isIdle, folders.admits(path) { hub.publish(EngineEvent(.seen, path: folders.display(path), at: clock.now)) }
        feed(.changed(path))
      case .gone(let place): feed(.gone(NotePath(place)))
      case .directoryGone(let place): feed(.directoryGone(NotePath(place)))
      case .moved(let from, let to, let isDirectory): moved(NotePath(from), NotePath(to), isDirectory)
      case .rescanNeeded(let place), .covered(let place):
        hub.publish(EngineEvent(.rescan, path: folders.display(NotePath(place)), at: clock.now))
        feed(.rescanNeeded(NotePath(place)))
      case .uncovered, .rootLost, .rootFound: break
      }
    }
  }

  /// A rename keeps what is known of the note; the new name is looked at all the same.
  private func moved(_ from: NotePath, _ to: NotePath, _ isDirectory: Bool) {
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
    feed(.changed(to))
    feed(.gone(from))
  }

  private func submit(_ key: NoteKey, _ path: NotePath, _ result: NoteOutcome.Result) {
    let keeps = folders.folders[path.folder].keepsOnRemoval
    let outcome = NoteOutcome(
      key: key, displayPath: folders.display(path), stamp: nil, cause: .news, analysis: assembly.analysisKey, keepsFacts: keeps,
      result: result)
    writer.submit(outcome) { _ in }
  }

  private func feed(_ input: Intake.Input) {
    guard !isStopped else { return }
    perform(machine.handle(input, now: clock.elapsed))
  }

  // MARK: - Actions

  /// Carries actions out strictly in the order the machine gave them: an action that feeds the machine (a look does) appends what follows
  /// behind what is still to do, so that a later `arm` never comes before an earlier one.
  private func perform(_ actions: [Intake.Action]) {
    pending += actions
    guard !isPerforming else { return }
    isPerforming = true
    var next = 0
    while next < pending.count {
      let action = pending[next]
      next += 1
      switch action {
      case .look(let path): look(path)
      case .read(let path, _): read(path)
      case .forget(let path): submit(folders.key(path), path, .gone)
      case .ignore(let path, let reason):
        hub.publish(EngineEvent(.ignored, path: folders.display(path), at: clock.now, detail: reason))
      case .reconcile(let path): compare(path)
      case .arm(let instant): arm(instant)
      }
      if next == pending.count { feedBacklog() }
    }
    pending.removeAll(keepingCapacity: true)
    isPerforming = false
    if machine.readingCount == 0 { health.ends(.intake) }
    if !waiters.isEmpty || isBaseline { noticeIdle() }
  }

  private func look(_ path: NotePath) {
    let sighting: Intake.Sighting
    do {
      let status = try SafeFile.status(root: BytePath(folders.folders[path.folder].path), path: BytePath(path.bytes))
      if status.isRegularFile {
        sighting = .file(FileIdentity(status))
      } else {
        sighting = .unsuitable(status.isSymbolicLink ? "a symbolic link; links are never followed" : "not a regular file")
      }
    } catch {
      sighting = error.isMissing ? .missing : .unsuitable(error.description)
    }
    let known = (try? lookups.knownNote(folders.key(path))) ?? nil
    // Unchanged, but analysed under another key: to be read again as if it were not on record.
    let isCurrent = sighting == .missing || known?.analysis == assembly.analysisKey
    feed(.sighted(path, sighting, recorded: isCurrent ? known.map { FileIdentity($0.stamp) } : nil))
  }

  private func read(_ path: NotePath) {
    health.begins(.intake)
    let reader = NoteReader(folders: folders, assembly: assembly, journal: journal)
    let cause = causes.removeValue(forKey: path) ?? .news
    let (writer, queue, pool) = (writer, executor.queue, pool)
    // Half of the reads under way make a batch: the other half is read while it is committed.
    let half = machine.policy.readLimit / 2
    let finish: @Sendable (Intake.Outcome) -> Void = { outcome in
      queue.async { self.assumeIsolated { $0.finished(path, outcome) } }
    }
    pool.submit {
      switch reader.read(path, cause: cause) {
      case .outcome(let outcome):
        writer.submit(outcome, isFollowed: pool.waiting > half) { finish($0 ? .done : .retry(after: 60_000_000_000)) }
      case .missing: finish(.missing)
      case .changedWhileReading: finish(.changedWhileReading)
      case .retry: finish(.retry(after: 5_000_000_000))
      }
    }
  }

  private func finished(_ path: NotePath, _ outcome: Intake.Outcome) {
    health.progresses(.intake)
    feed(.finished(path, outcome))
  }

  private func arm(_ instant: UInt64?) {
    guard let instant, !isStopped else {
      timer?.cancel()
      timer = nil
      return
    }
    let timer: any DispatchSourceTimer
    if let known = self.timer {
      timer = known
    } else {
      timer = DispatchSource.makeTimerSource(flags: .strict, queue: executor.queue)
      timer.setEventHandler { [unowned self] in self.assumeIsolated { $0.feed(.tick) } }
      timer.activate()
      self.timer = timer
    }
    let now = clock.elapsed
    timer.schedule(deadline: .now() + .nanoseconds(Int(instant > now ? instant - now : 0)), leeway: .nanoseconds(0))
  }

  // MARK: - Comparisons

  /// Asks for a comparison of every folder; `done` is called when what it finds is recorded.
  public func scan(acceptDeletions: Bool = false, done: @escaping @Sendable () -> Void) {
    if acceptDeletions {
      for path in heldDeletions { feed(.notFound(path)) }
      heldDeletions = []
      health.clear("deletions-held")
    }
    waiters.append(done)
    for index in folders.folders.indices { compare(NotePath(folder: index, bytes: []), isAsked: true) }
  }

  private func compare(_ start: NotePath, isAsked: Bool = false) {
    guard start.folder < folders.folders.count else { return }
    comparing += 1
    let reconciler = Reconciler(folders: folders, analysisKey: assembly.analysisKey)
    let lookups = lookups
    let queue = executor.queue
    comparisons.async {
      let result = Result { try reconciler.compare(start, store: lookups) }
      queue.async { self.assumeIsolated { $0.compared(start, result, isAsked: isAsked) } }
    }
  }

  private func compared(_ start: NotePath, _ result: Result<Reconciler.Difference, any Error>, isAsked: Bool) {
    comparing -= 1
    let folder = folders.folders[start.folder].path
    switch result {
    case .failure(let error):
      // A directory that is gone has no files: its notes are looked at one by one. The folder itself missing proves nothing.
      if start.bytes.isEmpty {
        health.declare("folder:\(folder)", "\(error)")
      } else if let known = try? Reconciler.recorded(below: start, folders: folders, store: lookups) {
        for path in known { feed(.notFound(path)) }
      }
    case .success(let difference):
      if start.bytes.isEmpty { health.clear("folder:\(folder)") }
      // Only the comparisons that were asked for at the start make the baseline, not those that events ask for meanwhile.
      take(difference, folder: folder, isWhole: start.bytes.isEmpty, isBaseline: isBaseline && isAsked)
    }
    if !isAsked { feed(.reconciled(start)) }
    feedBacklog()
    noticeIdle()
  }

  private func take(_ difference: Reconciler.Difference, folder: String, isWhole: Bool, isBaseline: Bool) {
    for found in difference.found where machine.state(of: found.path) == nil {
      let cause: Cause = isBaseline ? .baseline : found.isUpgrade ? .upgrade : .news
      if cause != .news { causes[found.path] = cause }
    }
    backlog += difference.found
    let vanished = difference.vanished
    // The brake: when most of a folder vanishes at once, the likelier story is a lost mount, not a decision.
    if isWhole, vanished.count >= 20, vanished.count * 2 > difference.known {
      heldDeletions = vanished
      let words =
        "\(vanished.count) of \(difference.known) notes vanished from \(folder) at once; their facts are kept until `bellwether scan --accept-deletions`"
      if health.declare("deletions-held", words) { journal(JournalEntry(.deletionsHeld, .warning, words)) }
      return
    }
    if isWhole, !heldDeletions.isEmpty {
      heldDeletions = []
      health.clear("deletions-held")
    }
    for path in vanished { feed(.notFound(path)) }
  }

  private func feedBacklog() {
    guard backlogHead < backlog.count else { return }
    let settle = Int64(machine.policy.settle)
    let now = clock.now * 1_000_000
    while backlogHead < backlog.count, machine.hasRoom, !isStopped {
      let found = backlog[backlogHead]
      backlogHead += 1
      let touched = max(found.identity.modified, found.identity.statusChanged)
      perform(
        machine.handle(
          .found(found.path, found.identity, recorded: found.recorded, isQuiet: now - touched > settle), now: clock.elapsed))
    }
    if backlogHead == backlog.count {
      backlog = []
      backlogHead = 0
    }
  }

  /// Tells those who wait once nothing is under way.
  private func noticeIdle() {
    guard comparing == 0, backlog.isEmpty, machine.readingCount == 0, machine.isIdle else { return }
    if isBaseline, !waiters.isEmpty { isBaseline = false }
    causes = [:]
    let done = waiters
    waiters = []
    for waiter in done { waiter() }
  }

  // MARK: - Life

  public var queued: Int { backlog.isEmpty && machine.isIdle ? 0 : machine.count + backlog.count - backlogHead }

  /// Puts a new assembly in force; the caller asks for a scan after.
  public func use(_ assembly: Assembly) {
    self.assembly = assembly
    folders = NoteFolders(assembly.configuration)
    machine = IntakeService.machine(assembly, folders)
    backlog = []
    backlogHead = 0
    causes = [:]
  }

  public func stop() {
    isStopped = true
    timer?.cancel()
    timer = nil
  }
}

extension NotePath {
  init(_ place: TreePath) { self.init(folder: place.root, bytes: place.path.bytes) }
}

extension Reconciler {
  /// The notes on record below a directory.
  static func recorded(below start: NotePath, folders: NoteFolders, store: Store) throws -> [NotePath] {
    var paths: [NotePath] = []
    let prefix = start.bytes + [0x2F]
    try store.forEachKnownNote(in: folders.folders[start.folder].path) { note in
      if note.path.starts(with: prefix) { paths.append(NotePath(folder: start.folder, bytes: note.path)) }
    }
    return paths
  }
}
