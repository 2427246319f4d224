import Analysis
import Dispatch
import Documents
import Storage
import Synchronization

/// The one owner of writes: takes outcomes from the readers, commits them in batches, and tells who waits.
///
/// Its queue is bounded by the intake, which never has more than its limit of notes between "reading" and "recorded". While the database cannot
/// be written (locked, full, read-only) outcomes wait here, the trouble is declared, and the batch is tried again with back-off.
public actor Writer {
  /// Whether the note's outcome is on disk; false only when the daemon stops first.
  public typealias Completion = @Sendable (_ isRecorded: Bool) -> Void

  public struct Ports: Sendable {
    public var correlation: @Sendable (_ today: CalendarDate) -> Correlation
    public var calendar: @Sendable () -> LocalCalendar
    /// After every commit that changed an alert.
    public var alertsChanged: @Sendable ([AlertChange]) -> Void
    /// The database is damaged: the daemon must stop, so that the next start can rebuild it.
    public var failed: @Sendable (StoreError) -> Void
    /// A while after the last commit.
    public var atRest: @Sendable () -> Void

    public init(
      correlation: @escaping @Sendable (CalendarDate) -> Correlation, calendar: @escaping @Sendable () -> LocalCalendar,
      alertsChanged: @escaping @Sendable ([AlertChange]) -> Void, failed: @escaping @Sendable (StoreError) -> Void,
      atRest: @escaping @Sendable () -> Void
    ) {
      self.correlation = correlation
      self.calendar = calendar
      self.alertsChanged = alertsChanged
      self.failed = failed
      self.atRest = atRest
    }
  }

  private static let batchLimit = 512
  /// How long outcomes wait for those that follow them.
  private static let gathering = DispatchTimeInterval.milliseconds(50)
  private static let restDelay = DispatchTimeInterval.seconds(2)

  private let executor = QueueExecutor(label: "bellwether.writer")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: Store
  private let clock: any WallClock
  private let hub: EventHub
  private let health: HealthBoard
  private let journal: Journal
  private let ports: Ports

  private struct Inbox {
    var outcomes: [(NoteOutcome, Completion)] = []
    /// A commit is under way or about to be.
    var isScheduled = false
    /// What is here waits for more, and for `gathering` at most.
    var isGathering = false
    /// Whether the outcome that came last said that others follow.
    var isFollowed = false
    var isClosed = false
  }
  private let inbox = Mutex(Inbox())
  private var retry: (any DispatchSourceTimer)?
  private var backoff = 0
  private var rest: (any DispatchSourceTimer)?
  private var isStopped = false

  public init(store: Store, clock: any WallClock, hub: EventHub, health: HealthBoard, journal: @escaping Journal, ports: Ports) {
    self.store = store
    self.clock = clock
    self.hub = hub
    self.health = health
    self.journal = journal
    self.ports = ports
  }

  /// Hands over an outcome; from any thread, never waits.
  /// - Parameter isFollowed: whether so many others are about to come that a commit had better wait for them: a commit costs an fsync and a
  ///   segment of the search index whatever its size. An outcome that stands alone is committed at once.
  public nonisolated func submit(_ outcome: NoteOutcome, isFollowed: Bool = false, completion: @escaping Completion) {
    enum Step { case refuse, none, gather, drain }
    let step = inbox.withLock { inbox -> Step in
      if inbox.isClosed { return .refuse }
      inbox.outcomes.append((outcome, completion))
      inbox.isFollowed = isFollowed && inbox.outcomes.count < Writer.batchLimit
      if inbox.isScheduled || inbox.isGathering && inbox.isFollowed { return .none }
      inbox.isGathering = inbox.isFollowed
      inbox.isScheduled = !inbox.isFollowed
      return inbox.isFollowed ? .gather : .drain
    }
    switch step {
    case .refuse: completion(false)
    case .none: break
    case .gather: gather()
    case .drain: executor.queue.async { self.assumeIsolated { $0.drain() } }
    }
  }

  private nonisolated func gather() {
    executor.queue.asyncAfter(deadline: .now() + Writer.gathering) { self.assumeIsolated { $0.drain() } }
  }

  /// How many outcomes wait.
  public nonisolated var backlog: Int { inbox.withLock { $0.outcomes.count } }

  private func drain() {
    guard retry == nil, !isStopped else { return }
    inbox.withLock { $0.isScheduled = true }
    var isFirst = true
    while true {
      let batch = inbox.withLock { inbox -> [(NoteOutcome, Completion)] in
        if inbox.outcomes.isEmpty || !isFirst && inbox.isFollowed && !inbox.isClosed {
          inbox.isScheduled = false
          inbox.isGathering = !inbox.outcomes.isEmpty
          return []
        }
        return Array(inbox.outcomes.prefix(Writer.batchLimit))
      }
      isFirst = false
      guard !batch.isEmpty else { break }
      health.begins(.writer)
      do {
        let now = clock.now
        let today = ports.calendar().day(now)
        let result = try store.commit(batch.map(\.0), now: now, correlation: ports.correlation(today))
        inbox.withLock { $0.outcomes.removeFirst(batch.count) }
        recovered()
        announce(batch, result, now)
      } catch .value(let reason) {
        refuse(batch, reason)
      } catch {
        if wait(for: error) { return }
      }
      health.progresses(.writer)
    }
    health.ends(.writer)
    if inbox.withLock({ $0.isGathering }) { gather() } else { armRest() }
  }

  /// One note of a batch cannot be stored: each is tried alone, and the culprit is recorded as failed, so that it stops nobody else.
  private func refuse(_ batch: [(NoteOutcome, Completion)], _ reason: String) {
    for (outcome, completion) in batch {
      let now = clock.now
      let correlation = ports.correlation(ports.calendar().day(now))
      var result = try? store.commit([outcome], now: now, correlation: correlation)
      if result == nil {
        var failed = outcome
        failed.result = .failed("it could not be recorded: \(reason)")
        result = try? store.commit([failed], now: now, correlation: correlation)
      }
      inbox.withLock { _ = $0.outcomes.removeFirst() }
      if let result { announce([(outcome, completion)], result, now) } else { completion(false) }
    }
  }

  private func announce(_ batch: [(NoteOutcome, Completion)], _ result: CommitResult, _ now: Int64) {
    for (outcome, completion) in batch {
      completion(true)
      guard !hub.isIdle else { continue }
      switch outcome.result {
      case .document:
        let stamp = outcome.stamp.map { "\($0.device)-\($0.inode)-\($0.size)-\($0.modified)-\($0.changed)" }
        hub.publish(EngineEvent(.recorded, path: outcome.displayPath, at: now, stamp: stamp))
      case .failed(let reason): hub.publish(EngineEvent(.failed, path: outcome.displayPath, at: now, detail: reason))
      case .ignored(let reason): hub.publish(EngineEvent(.ignored, path: outcome.displayPath, at: now, detail: reason))
      case .gone: hub.publish(EngineEvent(.gone, path: outcome.displayPath, at: now))
      case .moved, .movedDirectory: hub.publish(EngineEvent(.recorded, path: outcome.displayPath, at: now, detail: "moved"))
      }
    }
    if !result.alertChanges.isEmpty { ports.alertsChanged(result.alertChanges) }
  }

  /// - Returns: true where the batch waits for another try.
  private func wait(for error: StoreError) -> Bool {
    guard error.isTransient else {
      isStopped = true
      ports.failed(error)
      return true
    }
    let words: String
    if case .locked = error { words = "the database is locked by another program; notes wait" } else { words = error.description }
    if health.declare("state", words) { journal(JournalEntry(.stateFull, .warning, error.description)) }
    backoff = min(backoff + 1, 8)
    let delay = DispatchTimeInterval.milliseconds(min(250 << (backoff - 1), 15_000))
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + delay)
    timer.setEventHandler { [unowned self] in
      self.assumeIsolated {
        $0.retry?.cancel()
        $0.retry = nil
        $0.drain()
      }
    }
    timer.activate()
    retry = timer
    // A declared wait is no hang, neither here nor of those who wait for a commit.
    health.ends(.writer)
    health.progresses(.intake)
    return true
  }

  private func recovered() {
    guard backoff > 0 else { return }
    backoff = 0
    if health.clear("state") { journal(JournalEntry(.stateFine, .notice, "the database can be written again; nothing was lost")) }
  }

  /// Correlates again without a new note: a new day, new rules.
  public func recorrelate(subjects: Set<String>?, occasion: Correlation.Occasion) -> Bool {
    do {
      let now = clock.now
      let today = ports.calendar().day(now)
      var correlation = ports.correlation(today)
      correlation.occasion = occasion
      let result = try store.recorrelate(subjects: subjects, now: now, correlation: correlation)
      if !result.alertChanges.isEmpty { ports.alertsChanged(result.alertChanges) }
      return true
    } catch {
      journal(JournalEntry(.plain, .warning, error.description))
      return false
    }
  }

  /// Carries out a person's word on a fact or a contradiction.
  /// - Returns: false where that is how it stands already.
  func judge(_ body: (Store, _ now: Int64, Correlation) throws(StoreError) -> CommitResult?) throws(StoreError) -> Bool {
    let now = clock.now
    let today = ports.calendar().day(now)
    var correlation = ports.correlation(today)
    // A correction is nobody's news: what it lets through was there before.
    correlation.occasion = .upgrade
    guard let result = try body(store, now, correlation) else { return false }
    if !result.alertChanges.isEmpty { ports.alertsChanged(result.alertChanges) }
    return true
  }

  /// Commits what has been handed over up to now, unless the database has to be waited for.
  public func flush() {
    while retry == nil, !isStopped, inbox.withLock({ !$0.outcomes.isEmpty }) { drain() }
  }

  // MARK: - At rest

  /// Two seconds after the last commit: checkpoint and merge in small steps, then give memory back. One exact timer, no polling.
  private func armRest() {
    rest?.cancel()
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + Writer.restDelay)
    timer.setEventHandler { [unowned self] in self.assumeIsolated { $0.maintain() } }
    timer.activate()
    rest = timer
  }

  private func maintain() {
    rest?.cancel()
    rest = nil
    guard !isStopped, inbox.withLock({ !$0.isScheduled }) else { return }
    let more = (try? store.maintain()) ?? false
    if more {
      executor.queue.async { self.assumeIsolated { if $0.rest == nil { $0.maintain() } } }
    } else {
      store.releaseMemory()
      ports.atRest()
    }
  }

  /// Commits what waits, once, and refuses what comes after.
  public func stop() {
    inbox.withLock { $0.isClosed = true }
    retry?.cancel()
    retry = nil
    drain()
    isStopped = true
    rest?.cancel()
    rest = nil
    retry?.cancel()
    let left = inbox.withLock { inbox in
      defer { inbox.outcomes = [] }
      return inbox.outcomes
    }
    for (_, completion) in left { completion(false) }
  }
}
