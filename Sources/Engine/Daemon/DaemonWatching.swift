import Analysis
import Configuration
import Dispatch
import Documents
import FileWatching
import Glibc
import Intake
import Reporting
import Storage
import Synchronization

/// Watching the folders, and what to do where they cannot be watched.
extension Daemon {
  func startWatching() async throws(SetupError) {
    for trouble in health.troubles where ["lost:", "folder:", "coverage", "watching"].contains(where: { trouble.key.hasPrefix($0) }) {
      health.clear(trouble.key)
    }
    watcher = nil
    await openWatcher()
  }

  /// Without inotify the folders are looked through every half minute: late, but complete. Each time it is asked for again.
  private func openWatcher() async {
    let folders = NoteFolders(box.value.configuration)
    let intake = intake
    var watching = DirectoryTreeWatcher.Options()
    watching.prune = { folders.prunes(NotePath($0)) }
    let watcher: DirectoryTreeWatcher
    do {
      watcher = try DirectoryTreeWatcher(roots: folders.folders.map { BytePath($0.path) }, options: watching) { [weak self] changes in
        intake.post(changes)
        if changes.contains(where: \.isAboutCoverage) { Task { await self?.coverageChanged(changes) } }
      }
    } catch {
      if health.declare("watching", error.description) { journal(JournalEntry(.watchLimit, .warning, error.description)) }
      armPolling()
      return
    }
    self.watcher = watcher
    watchedFolders = folders
    if health.clear("watching") { journal(JournalEntry(.watchLimit, .notice, "the folders are watched again")) }
    noteCoverage(await watcher.start())
  }

  func coverageChanged(_ changes: [Change]) async {
    guard let watcher else { return }
    let roots = box.value.configuration.notes.map(\.path)
    for change in changes where change.root < roots.count {
      switch change {
      case .rootLost(let root):
        let words = "the notes folder \(roots[root]) is gone; its notes are kept, and it is looked for"
        if health.declare("lost:\(root)", words) { journal(JournalEntry(.folderMissing, .warning, words)) }
      case .rootFound(let root):
        if health.clear("lost:\(root)") { journal(JournalEntry(.folderBack, .notice, "the notes folder \(roots[root]) is back")) }
      case .rescanNeeded(let place) where place.path.isEmpty:
        let overflows = await watcher.coverage.overflows
        let known = health.counters.overflows
        if overflows > known {
          health.add(overflows: overflows - known)
          journal(
            JournalEntry(.overflow, .notice, "the kernel's queue of file events overflowed; the folders are compared with the database"))
        }
      default: break
      }
    }
    noteCoverage(await watcher.coverage)
    await refreshStatus()
  }

  /// An ignore file has changed: other directories may be worth a watch, and a comparison finds which notes come and which go.
  func rulesChanged() async {
    guard !isStopping else { return }
    journal(JournalEntry(.plain, .info, "an ignore file has changed; what it lets in is read, what it ignores is let go"))
    watchedFolders?.reloadRules()
    if let watcher { await watcher.revise() } else { await intake.scan {} }
  }

  func noteCoverage(_ coverage: DirectoryTreeWatcher.Coverage) {
    guard let (path, reason) = coverage.uncovered.min(by: { $0.key < $1.key }) else {
      if health.clear("coverage") { journal(JournalEntry(.watchLimit, .notice, "every directory is watched again")) }
      disarmPolling()
      return
    }
    let total = coverage.watches + coverage.uncovered.count
    let words =
      "\(coverage.watches) of \(total) directories watched, the rest is looked through every 30 s (first: \(path.path)): \(reason)"
    if health.declare("coverage", words) { journal(JournalEntry(.watchLimit, .warning, words)) }
    armPolling()
  }

  // MARK: - Timers

  func timer(every interval: DispatchTimeInterval, leeway: DispatchTimeInterval, _ action: @escaping @Sendable () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + interval, repeating: interval, leeway: leeway)
    timer.setEventHandler(handler: action)
    timer.activate()
    timers.append(timer)
  }

  /// The watchdog's beat: says alive only while intake and writer make progress.
  func armBeat() {
    guard let beat = supervisor.watchdogBeat else { return }
    let interval = DispatchTimeInterval.milliseconds(Int(beat.inMilliseconds))
    timer(every: interval, leeway: .milliseconds(100)) { [weak self] in
      guard let self else { return }
      if self.health.stuck(limit: Daemon.hangLimit) == nil { self.supervisor.alive() }
      Task { await self.checkFolders() }
    }
  }

  /// Some ways of losing a folder make no event: our own lock keeps the inode of a removed directory alive.
  func checkFolders() async { await watcher?.checkRoots() }

  /// Every hour, at its leisure: what no event has told is drift.
  func armReconcile() {
    timer(every: Daemon.reconcileInterval, leeway: .seconds(60)) { [weak self] in
      Task { await self?.reconcile(share: Daemon.reconcileShare) }
    }
  }

  private func reconcile(share: Double) async {
    await watcher?.checkRoots()
    await watcher?.retryUncovered()
    await intake.scan(countsDrift: isWatched, share: share) { [weak self] in Task { await self?.giveMemoryBackSoon() } }
    await round()
  }

  /// Whether events are to be expected for every change.
  var isWatched: Bool {
    health.counters.phase == "ready"
      && !health.troubles.contains { trouble in ["lost:", "folder:", "coverage", "watching"].contains { trouble.key.hasPrefix($0) } }
  }

  /// After a sleep the folders are compared: network file systems and other machines were awake meanwhile.
  func armClockWatch() {
    clockWatch = ClockWatch(queue: executor.queue) { [unowned self] in self.assumeIsolated { $0.clockChanged() } }
  }

  func clockChanged() {
    let jump = clockJumps.observe()
    switch jump {
    case .slept(let nanoseconds):
      journal(
        JournalEntry(.plain, .info, "the machine slept for \(nanoseconds / 1_000_000_000) s; the folders are compared with the database"))
      Task {
        await reconcile(share: 1)
        await digests.start()
      }
    case .set(let milliseconds):
      journal(JournalEntry(.plain, .info, "the clock was set by \(milliseconds / 1000) s"))
      Task {
        await digests.start()
        await round()
      }
    case nil: break
    }
  }

  /// Only while something is not watched; at rest there is no timer.
  func armPolling() {
    guard polling == nil, !isStopping else { return }
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + Daemon.pollInterval, repeating: Daemon.pollInterval, leeway: .seconds(1))
    timer.setEventHandler { [weak self] in Task { await self?.poll() } }
    timer.activate()
    polling = timer
  }

  private func disarmPolling() {
    polling?.cancel()
    polling = nil
  }

  func poll() async {
    guard polling != nil, !isStopping else { return }
    await retryWatching()
    await intake.scan {}
    await refreshStatus()
  }

  /// Tries again to watch what could not be watched.
  func retryWatching() async {
    guard polling != nil, !isStopping else { return }
    if watcher == nil { await openWatcher() } else { await watcher?.retryUncovered() }
  }
}

extension Change {
  var isAboutCoverage: Bool {
    switch self {
    case .changed, .gone, .directoryGone, .moved: return false
    case .rescanNeeded, .uncovered, .covered, .rootLost, .rootFound: return true
    }
  }
}
