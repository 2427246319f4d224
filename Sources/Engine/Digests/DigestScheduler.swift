import Analysis
import Dispatch
import Documents
import Glibc
import Reporting
import Storage

/// Has each digest written once for each local date it is due on, at its wall time; what was missed while the daemon was off is made up as its
/// plan says.
///
/// One timer, set for the wall clock, so that a clock that jumps or a machine that sleeps makes it fire at the right wall time.
public actor DigestScheduler {
  private let executor = QueueExecutor(label: "bellwether.digests")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let clock: any WallClock
  private let hub: EventHub
  private let health: HealthBoard
  private let journal: Journal
  private let recorrelate: (@Sendable () async -> Void)?
  /// Called when something is owed to sinks.
  private let owed: @Sendable () -> Void
  private var writer: DigestWriter
  private var timer: (any DispatchSourceTimer)?
  private var isStopped = false

  /// - Parameter recorrelate: draws alerts again before a digest: a day's end may raise some by itself, silence, promises due.
  public init(
    writer: DigestWriter, clock: any WallClock, hub: EventHub, health: HealthBoard, journal: @escaping Journal,
    recorrelate: (@Sendable () async -> Void)? = nil, owed: @escaping @Sendable () -> Void = {}
  ) {
    self.writer = writer
    self.clock = clock
    self.hub = hub
    self.health = health
    self.journal = journal
    self.recorrelate = recorrelate
    self.owed = owed
  }

  /// Makes up for missed digests and arms the timer.
  public func start() async {
    guard !isStopped else { return }
    let isDone = await makeDue()
    arm(retries: !isDone)
  }

  public func use(_ writer: DigestWriter) async {
    self.writer = writer
    await start()
  }

  public func stop() {
    isStopped = true
    timer?.cancel()
    timer = nil
  }

  /// The next instant a digest is due, milliseconds since 1970.
  public var nextAt: Int64 { writer.plans.map { $0.next(after: clock.now) }.min() ?? .max }

  /// Digests that are due for longer than `limit` milliseconds and could not be made.
  public func late(limit: Int64) -> [(id: String, day: CalendarDate)] {
    (try? DigestDesk(writer: writer, clock: clock).late(limit: limit)) ?? []
  }

  /// Writes the digests that are due.
  /// - Returns: false where one failed and is to be tried again.
  public func makeDue() async -> Bool {
    do {
      guard try DigestDesk(writer: writer, clock: clock).owesAny() else { return true }
      await recorrelate?()
      for row in try DigestDesk(writer: writer, clock: clock).makeDue() { announce(row) }
      health.clear("digest")
      owed()
      return true
    } catch {
      let words = String(describing: error)
      health.declare("digest", "the digest could not be written: \(words)")
      journal(JournalEntry(.plain, .warning, "the digest could not be written: \(words); it is tried again in a minute"))
      return false
    }
  }

  private func arm(retries: Bool) {
    timer?.cancel()
    guard !isStopped else { return }
    let wait = max((retries ? min(nextAt, clock.now + 60_000) : nextAt) - clock.now, 100)
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(wallDeadline: .now() + .milliseconds(Int(clamping: wait)), leeway: .milliseconds(0))
    timer.setEventHandler { [weak self] in Task { await self?.start() } }
    timer.activate()
    self.timer = timer
  }

  /// Builds and writes the digest of a date on demand; it is sent to nobody.
  /// - Returns: the written digest, and the path of its Markdown file.
  @discardableResult
  public func build(_ day: CalendarDate, of id: String = DigestRow.daily, asOf: CalendarDate?) throws -> (digest: Digest, path: String) {
    let (digest, row) = try writer.write(id, day: day, now: clock.now, asOf: asOf)
    health.clear("digest")
    announce(row)
    return (digest, writer.path(row))
  }

  private func announce(_ row: DigestRow) {
    let path = writer.path(row)
    hub.publish(EngineEvent(.digest, path: path, at: clock.now, detail: row.day))
    let name = row.digest == DigestRow.daily ? "digest" : "digest \(row.digest)"
    journal(JournalEntry(.digestWritten, .info, "\(name) of \(row.day) written to \(path)", fields: ["DIGEST": row.day]))
  }
}
