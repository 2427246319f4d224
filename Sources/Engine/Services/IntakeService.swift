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
  /// A watched folder could not be opened: whoever watches it should look for it.
  private let folderAway: @Sendable () -> Void
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
  /// Who waits for a scan: done when every file its comparisons found has been through once, whatever else is under way meanwhile.
  private struct Waiter {
    var comparisons: Int
    var paths: Set<NotePath>
    var done: @Sendable () -> Void
  }
  private var waiters: [Waiter] = []
  /// Grows with every new set of folders; what an old one asked for is dropped.
  private var generation = 0
  /// Until the first comparison of an empty database is recorded, what it finds is the baseline.
  private var isBaseline: Bool
  /// Deletions held back, by folder.
  private var heldDeletions: [Int: [NotePath]] = [:]
  private static let lookAgain = DispatchTimeInterval.seconds(5)
  private let comparisons = DispatchQueue(label: "bellwether.comparisons", qos: .utility)

  public init(
    assembly: Assembly, isBaseline: Bool, lookups: Store, writer: Writer, pool: ReaderPool, clock: any WallClock, hub: EventHub,
    health: HealthBoard, journal: @escaping Journal, folderAway: @escaping @Sendable () -> Void
  ) {
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

  private func handle(_ changes: [Change]) {
    for change in changes where change.root < folders.folders.count {
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
    if !waiters.isEmpty { noticeDone() }
  }

  private func look(_ path: NotePath) {
    let known: KnownNote?
    do {
      known = try lookups.knownNote(folders.key(path))
    } catch {
      return lookLater(path)
    }
    let sighting: Intake.Sighting
    do {
      let status = try SafeFile.status(root: BytePath(folders.folders[path.folder].path), path: BytePath(path.bytes))
      if status.isRegularFile {
        sighting = .file(FileIdentity(status))
      } else {
        sighting = .unsuitable(status.isSymbolicLink ? "a symbolic link; links are never followed" : "not a regular file")
      }
    } catch {
      // Only the note's own absence says that it is gone. A folder that is away, a full table of open files, a failing disk prove nothing.
      if error.operation == .openDirectory { folderAway() }
      if error.reason == .leavesRoot {
        sighting = .unsuitable("a directory on its way is a symbolic link; links are never followed")
      } else if error.isMissing, error.operation != .openDirectory {
        sighting = .missing
      } else {
        return lookLater(path)
      }
    }
    // Unchanged, but analysed under another key: to be read again as if it were not on record.
    let isCurrent = sighting == .missing || known?.analysis == assembly.analysisKey(of: folders.display(path))
    feed(.sighted(path, sighting, recorded: isCurrent ? known.map { FileIdentity($0.stamp) } : nil))
  }

  /// Nothing could be learned about the path: the same question again in a while. Who waits for a scan does not wait for that.
  private func lookLater(_ path: NotePath) {
    let asked = generation
    for index in waiters.indices { waiters[index].paths.remove(path) }
    executor.queue.asyncAfter(deadline: .now() + IntakeService.lookAgain) {
      self.assumeIsolated { service in
        guard !service.isStopped, service.generation == asked else { return }
        service.perform([.look(path)])
      }
    }
  }

  private func read(_ path: NotePath) {
    health.begins(.intake)
    let asked = generation
    let reader = NoteReader(folders: folders, assembly: assembly, journal: journal)
    let cause = causes.removeValue(forKey: path) ?? .news
    let (writer, queue, pool) = (writer, executor.queue, pool)
    // Half of the reads under way make a batch: the other half is read while it is committed.
    let half = machine.policy.readLimit / 2
    let finish: @Sendable (Intake.Outcome) -> Void = { outcome in
      queue.async { self.assumeIsolated { if $0.generation == asked { $0.finished(path, outcome) } } }
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
    for index in waiters.indices { waiters[index].paths.remove(path) }
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
    waiters.append(Waiter(comparisons: folders.folders.count, paths: Set(machine.underWay), done: done))
    for index in folders.folders.indices { compare(NotePath(folder: index, bytes: []), isAsked: true, acceptsDeletions: acceptDeletions) }
  }

  private func compare(_ start: NotePath, isAsked: Bool = false, acceptsDeletions: Bool = false) {
    guard start.folder < folders.folders.count else { return }
    comparing += 1
    let asked = generation
    let reconciler = Reconciler(folders: folders, assembly: assembly)
    let lookups = lookups
    let queue = executor.queue
    comparisons.async {
      let result = Result { try reconciler.compare(start, store: lookups) }
      queue.async { self.assumeIsolated { $0.compared(start, result, isAsked: isAsked, acceptsDeletions: acceptsDeletions, asked) } }
    }
  }

  private func compared(
    _ start: NotePath, _ result: Result<Reconciler.Difference, any Error>, isAsked: Bool, acceptsDeletions: Bool, _ asked: Int
  ) {
    comparing -= 1
    guard asked == generation else { return noticeDone() }
    let folder = folders.folders[start.folder].path
    switch result {
    case .failure(let error):
      // A directory that is gone has no files: its notes are looked at one by one. The folder itself missing proves nothing.
      if start.bytes.isEmpty {
        health.declare("folder:\(folder)", "\(error)")
      } else if (error as? FileSystemError)?.isMissing ?? false,
        let known = try? Reconciler.recorded(below: start, folders: folders, store: lookups)
      {
        for path in known { feed(.notFound(path)) }
      }
    case .success(let difference):
      if start.bytes.isEmpty { health.clear("folder:\(folder)") }
      // Only the comparisons that were asked for at the start make the baseline, not those that events ask for meanwhile.
      take(difference, start, folder: folder, isBaseline: isBaseline && isAsked, acceptsDeletions: acceptsDeletions)
      if isAsked { for index in waiters.indices { waiters[index].paths.formUnion(difference.found.lazy.map(\.path)) } }
      if isAsked, heldDeletions[start.folder] == nil {
        for index in waiters.indices { waiters[index].paths.formUnion(difference.vanished) }
      }
    }
    if isAsked { for index in waiters.indices { waiters[index].comparisons -= 1 } } else { feed(.reconciled(start)) }
    feedBacklog()
    noticeDone()
  }

  private func take(
    _ difference: Reconciler.Difference, _ start: NotePath, folder: String, isBaseline: Bool, acceptsDeletions: Bool
  ) {
    for found in difference.found where machine.state(of: found.path) == nil {
      let cause: Cause = isBaseline ? .baseline : found.isUpgrade ? .upgrade : .news
      if cause != .news { causes[found.path] = cause }
    }
    backlog += difference.found
    // What a new rule ignores is let go at once: nobody lost it.
    let (vanished, excluded) = (difference.vanished.filter { folders.admits($0) }, difference.vanished.filter { !folders.admits($0) })
    for path in excluded { submit(folders.key(path), path, .gone) }
    // The brake: when most of a folder vanishes at once, the likelier story is a lost mount, not a decision.
    // Those that are being looked at already have been decided.
    let isMass = difference.isElsewhere || vanished.count >= 20 && vanished.count * 2 > difference.known
    if isMass, !acceptsDeletions, vanished.contains(where: { machine.state(of: $0) == nil }) {
      heldDeletions[start.folder] = vanished
      let cause = difference.isElsewhere ? ", which lies on another file system than they did (is something not mounted?)" : " at once"
      let words =
        "\(vanished.count) of \(difference.known) notes vanished from \(folder)\(cause); their facts are kept until they are back or `bellwether scan --accept-deletions`"
      if health.declare("deletions-held:\(folder)", words) { journal(JournalEntry(.deletionsHeld, .warning, words)) }
      return
    }
    if start.bytes.isEmpty, heldDeletions.removeValue(forKey: start.folder) != nil { health.clear("deletions-held:\(folder)") }
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

  /// Tells those whose files have all been through: read once, or found at rest.
  private func noticeDone() {
    guard backlog.isEmpty else { return }
    for index in waiters.indices where waiters[index].comparisons <= 0 && waiters[index].paths.count < 4096 {
      waiters[index].paths = waiters[index].paths.filter { machine.state(of: $0) != nil }
    }
    let done = waiters.filter { $0.comparisons <= 0 && $0.paths.isEmpty }
    guard !done.isEmpty else { return }
    waiters.removeAll { $0.comparisons <= 0 && $0.paths.isEmpty }
    isBaseline = false
    for waiter in done { waiter.done() }
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
      waiters[index].comparisons = 0
      waiters[index].paths = []
    }
    heldDeletions = [:]
    self.assembly = assembly
    folders = NoteFolders(assembly.configuration)
    machine = IntakeService.machine(assembly, folders)
    backlog = []
    backlogHead = 0
    causes = [:]
  }

  private func letGo(_ folder: String) {
    guard let index = folders.folders.firstIndex(where: { $0.path == folder }) else { return }
    var paths: [NotePath] = []
    try? lookups.forEachKnownNote(in: folder) { paths.append(NotePath(folder: index, bytes: $0.path)) }
    for path in paths { submit(folders.key(path), path, .gone) }
  }

  /// Returns when no comparison runs any more.
  public func stop() async {
    isStopped = true
    timer?.cancel()
    timer = nil
    await withCheckedContinuation { continuation in comparisons.async { continuation.resume() } }
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
