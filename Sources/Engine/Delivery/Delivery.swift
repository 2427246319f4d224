import Analysis
import Dispatch
import Documents
import Reporting
import Storage

/// Pays what the outbox owes: alert files, the alert log, the journal. What fails stays owed and is tried again with back-off.
public actor Delivery {
  private static let firstRetry = 1_000
  private static let lastRetry = 60_000

  private let executor = QueueExecutor(label: "bellwether.delivery")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: Store
  private let hub: EventHub
  private let health: HealthBoard
  private let clock: any WallClock
  private let journal: Journal
  private var output: String
  private var reporter: Reporter
  private var calendar: LocalCalendar
  private var retry: (any DispatchSourceTimer)?
  private var delay = Delivery.firstRetry
  private var isStopped = false

  public init(
    store: Store, output: String, reporter: Reporter, calendar: LocalCalendar, hub: EventHub, health: HealthBoard, clock: any WallClock,
    journal: @escaping Journal
  ) {
    self.store = store
    self.output = output
    self.reporter = reporter
    self.calendar = calendar
    self.hub = hub
    self.health = health
    self.clock = clock
    self.journal = journal
  }

  /// Asks for a round; from any thread, never waits.
  public nonisolated func wake() { executor.queue.async { self.assumeIsolated { _ = $0.flush() } } }

  public func use(output: String, reporter: Reporter, calendar: LocalCalendar) {
    self.output = output
    self.reporter = reporter
    self.calendar = calendar
    flush()
  }

  /// Delivers everything that is owed.
  /// - Returns: false where something stays owed.
  @discardableResult
  public func flush() -> Bool {
    guard !isStopped else { return false }
    retry?.cancel()
    retry = nil
    do {
      try AtomicFile.makeFolder("\(output)/alerts")
      while true {
        let owed = try store.owed(to: ["file", "journal"])
        guard !owed.isEmpty else { break }
        try deliver(owed)
      }
      _ = try AlertLog(path: "\(output)/alerts/alerts.jsonl").catchUp(store)
      if health.clear("output") {
        journal(JournalEntry(.stateFine, .notice, "the output folder can be written again; what was owed is delivered"))
      }
      delay = Delivery.firstRetry
      return true
    } catch {
      let words = String(describing: error)
      if health.declare("output", words) { journal(JournalEntry(.stateFull, .warning, "\(words); alerts wait in the outbox")) }
      armRetry()
      return false
    }
  }

  private func deliver(_ owed: [OwedDelivery]) throws {
    var done: [Int64] = []
    // A file shows the alert as it is now: of several changes only the last is worth writing.
    var latest: [String: Int64] = [:]
    for delivery in owed where delivery.sink == "file" { latest[delivery.change.alert.fingerprint] = delivery.id }
    for delivery in owed {
      let change = delivery.change
      switch delivery.sink {
      case "file" where latest[change.alert.fingerprint] == delivery.id:
        let page = try AlertPages(store: store, calendar: calendar).page(of: change)
        let path = "\(output)/\(OutputLayout.alerts)/\(page.fileStem).md"
        for file in reporter.files(for: page) { try AtomicFile.write(file.bytes, to: "\(output)/\(file.path)") }
        hub.publish(EngineEvent(.alert, path: path, at: clock.now, detail: change.alert.fingerprint))
        hub.publish(EngineEvent(.delivered, path: path, at: clock.now, detail: "file"))
      case "journal":
        let event: JournalEntry.Event =
          switch change.state {
          case .withdrawn: .alertWithdrawn
          case .resolved, .acknowledged: .plain
          case .open, .baseline: .alertRaised
          }
        journal(
          JournalEntry(
            event, event == .alertRaised ? change.alert.severity : .notice,
            "\(change.what.rawValue): \(change.alert.title)",
            fields: [
              "ALERT_ID": change.alert.fingerprint, "RULE": "\(change.alert.plugin)/\(change.alert.rule)", "PLUGIN": change.alert.plugin,
              "CATEGORY": change.alert.category, "SUBJECT": change.alert.subject.id, "SEVERITY": change.alert.severity.rawValue,
              "DOCUMENT": change.alert.evidence.first?.path ?? "", "IDEMPOTENCY_KEY": "\(change.id)",
            ]))
      default: break
      }
      done.append(delivery.id)
    }
    try store.settle(deliveries: done)
  }

  private func armRetry() {
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + .milliseconds(delay))
    timer.setEventHandler { [unowned self] in self.assumeIsolated { _ = $0.flush() } }
    timer.activate()
    retry = timer
    delay = min(delay * 2, Delivery.lastRetry)
  }

  public func stop() {
    _ = flush()
    isStopped = true
    retry?.cancel()
    retry = nil
  }
}
