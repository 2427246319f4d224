import Analysis
import Configuration
import Dispatch
import Glibc
import Storage
import Synchronization

/// Brings one sink what it is owed, on a queue of its own: a sink that hangs holds up no other.
///
/// Each notification to each recipient is tried by itself, with pauses that double from a second to an hour, under a key that stays, until it
/// goes out or is given up.
actor Courier {
  static let firstPause: Int64 = 1_000
  static let longestPause: Int64 = 3_600_000
  /// So many failures are a trouble that is said aloud.
  private static let patience = 3

  private let executor: QueueExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  nonisolated let sink: Configuration.Sink
  private let transport: any Transport
  private let composer: NotificationComposer
  private let store: Store
  private let hub: EventHub
  private let health: HealthBoard
  private let clock: any WallClock
  private let journal: Journal
  private var timer: (any DispatchSourceTimer)?
  /// Set from outside while a round is under way: it ends after the delivery it is at.
  private let isStopped = Mutex(false)

  init(
    _ sink: Configuration.Sink, transport: any Transport, composer: NotificationComposer, store: Store, hub: EventHub, health: HealthBoard,
    clock: any WallClock, journal: @escaping Journal
  ) {
    executor = QueueExecutor(label: "bellwether.sink.\(sink.id)", qos: .utility)
    self.sink = sink
    self.transport = transport
    self.composer = composer
    self.store = store
    self.hub = hub
    self.health = health
    self.clock = clock
    self.journal = journal
  }

  /// Asks for a round; from any thread, never waits.
  nonisolated func wake() { executor.queue.async { self.assumeIsolated { $0.round() } } }

  /// Delivers what is due.
  func round() {
    guard !hasStopped else { return }
    do {
      // Whoever could not be reached before is tried last, and once a round: a mailbox that hangs holds up the others for one try at most.
      let all =
        try store.claim(sink: sink.id, now: clock.now).map(Owed.alerts) + store.owedDigests(sink: sink.id, now: clock.now).map(Owed.digest)
      var unreachable: Set<String> = []
      let failing = Set(all.filter { $0.attempts > 0 }.map(\.recipient))
      for owed in all.filter({ !failing.contains($0.recipient) }) + all.filter({ failing.contains($0.recipient) })
      where !hasStopped && !unreachable.contains(owed.recipient) {
        if try !deliver(owed) { unreachable.insert(owed.recipient) }
      }
      arm(try store.nextDue(sink: sink.id))
    } catch {
      // The database could not be asked: it is looked at again, and says its own trouble elsewhere.
      arm(clock.now + 60_000)
    }
  }

  /// What goes to one recipient at once.
  private enum Owed {
    case alerts(OwedBatch)
    case digest(OwedDigest)

    var recipient: String {
      switch self {
      case .alerts(let batch): batch.recipient
      case .digest(let owed): owed.recipient
      }
    }

    /// Tries that have failed.
    var attempts: Int {
      switch self {
      case .alerts(let batch): batch.attempts
      case .digest(let owed): owed.attempts
      }
    }
  }

  /// - Returns: whether it went out.
  private func deliver(_ owed: Owed) throws -> Bool {
    switch owed {
    case .alerts(let batch): try deliver(batch)
    case .digest(let digest): try deliver(digest)
    }
  }

  private func deliver(_ batch: OwedBatch) throws -> Bool {
    let failure = attempt { try composer.compose(batch) }
    guard let failure else {
      try store.settle(batch, now: clock.now)
      delivered(batch.recipient, batch.key)
      return true
    }
    if clock.now - batch.since > sink.giveUp.inMilliseconds {
      try store.settle(batch, now: clock.now, error: failure.description)
      gaveUp(batch.recipient, failure)
    } else {
      try store.postpone(batch, until: clock.now + Courier.pause(after: batch.attempts), error: failure.description)
      failed(batch.recipient, attempts: batch.attempts + 1, failure)
    }
    return false
  }

  private func deliver(_ owed: OwedDigest) throws -> Bool {
    let failure = attempt { try composer.compose(owed) }
    guard let failure else {
      try store.settle(owed, now: clock.now)
      delivered(owed.recipient, owed.key)
      return true
    }
    if clock.now - owed.row.builtAt > sink.giveUp.inMilliseconds {
      try store.settle(owed, now: clock.now, error: failure.description)
      gaveUp(owed.recipient, failure)
    } else {
      try store.postpone(owed, until: clock.now + Courier.pause(after: owed.attempts), error: failure.description)
      failed(owed.recipient, attempts: owed.attempts + 1, failure)
    }
    return false
  }

  private func attempt(_ compose: () throws -> Notification) -> DeliveryFailure? {
    do {
      try transport.send(try compose())
      return nil
    } catch let failure as DeliveryFailure {
      return failure
    } catch {
      return DeliveryFailure("\(error)")
    }
  }

  static func pause(after failures: Int) -> Int64 { min(firstPause << min(Int64(failures), 12), longestPause) }

  private func delivered(_ recipient: String, _ key: String) {
    hub.publish(EngineEvent(.delivered, path: recipient, at: clock.now, detail: sink.id))
    if health.clear(trouble(recipient)) {
      journal(JournalEntry(.stateFine, .notice, "the sink \(place(recipient)) takes notifications again"))
    }
  }

  private func failed(_ recipient: String, attempts: Int, _ failure: DeliveryFailure) {
    let words = "the sink \(place(recipient)) did not take a notification: \(failure)"
    if attempts == 1 { journal(JournalEntry(.plain, .warning, "\(words); it is tried again")) }
    if attempts >= Courier.patience { health.declare(trouble(recipient), "\(words); it waits and is tried again") }
  }

  private func gaveUp(_ recipient: String, _ failure: DeliveryFailure) {
    let words = "the sink \(place(recipient)) did not take a notification for \(sink.giveUp.unitText), and it was given up: \(failure)"
    health.declare(trouble(recipient), words)
    journal(JournalEntry(.plain, .warning, words))
  }

  private func place(_ recipient: String) -> String { recipient.isEmpty ? sink.id : "\(sink.id) (\(recipient))" }
  private func trouble(_ recipient: String) -> String { "sink:\(sink.id):\(recipient)" }

  private func arm(_ due: Int64?) {
    timer?.cancel()
    timer = nil
    guard let due, !hasStopped else { return }
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    // On the wall clock: what is due in the morning is due in the morning, whatever the machine did at night.
    timer.schedule(wallDeadline: .now() + .milliseconds(Int(clamping: max(due - clock.now, 100))))
    timer.setEventHandler { [weak self] in self?.wake() }
    timer.activate()
    self.timer = timer
  }

  private nonisolated var hasStopped: Bool { isStopped.withLock { $0 } }

  /// No further delivery begins; from any thread, never waits.
  nonisolated func askToStop() { isStopped.withLock { $0 = true } }

  /// Returns when the delivery under way has ended.
  func stop() {
    askToStop()
    timer?.cancel()
    timer = nil
  }
}

/// The couriers of all configured sinks.
actor Couriers {
  private let store: Store
  private let hub: EventHub
  private let health: HealthBoard
  private let clock: any WallClock
  private let journal: Journal
  private var couriers: [Courier] = []

  init(store: Store, hub: EventHub, health: HealthBoard, clock: any WallClock, journal: @escaping Journal) {
    self.store = store
    self.hub = hub
    self.health = health
    self.clock = clock
    self.journal = journal
  }

  /// Takes up a configuration; a delivery under way ends first, and its courier is none of the new ones.
  func use(_ sinks: [Configuration.Sink], composer: NotificationComposer, transport: (Configuration.Sink) -> any Transport) async {
    await stop()
    let known = sinks.map { ($0.id, $0.recipients.isEmpty ? [""] : $0.recipients) } + [("file", [""]), ("journal", [""])]
    try? store.forget(recipientsExcept: Dictionary(known, uniquingKeysWith: { $1 }), now: clock.now)
    for trouble in health.troubles where trouble.key.hasPrefix("sink:") { health.clear(trouble.key) }
    couriers = sinks.map {
      Courier(
        $0, transport: transport($0), composer: composer, store: store, hub: hub, health: health, clock: clock, journal: journal)
    }
    wake()
  }

  func wake() { for courier in couriers { courier.wake() } }

  /// Tries everything that is due once, and returns when that is done.
  func flush() async { for courier in couriers { await courier.round() } }

  func stop() async {
    for courier in couriers { courier.askToStop() }
    for courier in couriers { await courier.stop() }
  }
}
