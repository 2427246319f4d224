import Analysis
import Configuration
import Dispatch
import Documents
import Glibc
import Reporting
import Storage

/// Writes the digest of each local date once, at the configured wall time; what was missed while the daemon was off is made up once, in one digest.
///
/// One timer, set for the exact instant on the wall clock, so that a clock that jumps or a machine that sleeps makes it fire at the right wall
/// time; the key of a digest is its local date, so no jump makes a second one.
public actor DigestScheduler {
  public struct Settings: Sendable {
    public var at: TimeOfDay
    public var output: String
    public var calendar: LocalCalendar
    public var reporter: Reporter
    public var plugins: [DigestHealth.Plugin]
    /// Whose pages are kept.
    public var follows: Set<String>?
    /// The name of an entity by its id.
    public var names: @Sendable (String) -> String?

    public init(
      at: TimeOfDay, output: String, calendar: LocalCalendar, reporter: Reporter, plugins: [DigestHealth.Plugin],
      follows: Set<String>? = nil, names: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
      self.names = names
      self.at = at
      self.output = output
      self.calendar = calendar
      self.reporter = reporter
      self.plugins = plugins
      self.follows = follows
    }
  }

  private let executor = QueueExecutor(label: "bellwether.digests")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let store: Store
  private let clock: any WallClock
  private let hub: EventHub
  private let health: HealthBoard
  private let journal: Journal
  private let writer: Writer?
  private var settings: Settings
  private var timer: (any DispatchSourceTimer)?
  private var isStopped = false

  public init(
    store: Store, settings: Settings, clock: any WallClock, hub: EventHub, health: HealthBoard, journal: @escaping Journal, writer: Writer?
  ) {
    self.store = store
    self.settings = settings
    self.clock = clock
    self.hub = hub
    self.health = health
    self.journal = journal
    self.writer = writer
  }

  /// Makes up for a missed digest and arms the timer.
  public func start() async {
    guard !isStopped else { return }
    let isDone = await makeDue()
    arm(retries: !isDone)
  }

  public func use(_ settings: Settings) async {
    self.settings = settings
    await start()
  }

  public func stop() {
    isStopped = true
    timer?.cancel()
    timer = nil
  }

  /// The next instant a digest is due, milliseconds since 1970.
  public var nextAt: Int64 { DigestScheduler.next(after: clock.now, settings) }

  static func next(after now: Int64, _ settings: Settings) -> Int64 {
    let minute = settings.at.hour * 60 + settings.at.minute
    let today = settings.calendar.day(now)
    let due = settings.calendar.instant(of: today, minute: minute)
    return due > now ? due : settings.calendar.instant(of: today.adding(days: 1), minute: minute)
  }

  /// The last date whose digest is due now.
  static func dueDay(at now: Int64, _ settings: Settings) -> CalendarDate {
    let today = settings.calendar.day(now)
    return now >= settings.calendar.instant(of: today, minute: settings.at.hour * 60 + settings.at.minute) ? today : today.adding(days: -1)
  }

  private func due(_ day: CalendarDate) -> Int64 {
    settings.calendar.instant(of: day, minute: settings.at.hour * 60 + settings.at.minute)
  }

  /// Whether the digest of a date is still to be written.
  ///
  /// Not where the day was over before anything was recorded, nor where a clock set back leads to a date that a later digest has covered. One
  /// that a person had built before it was due does not count: the day went on after it.
  private func isOwed(_ day: CalendarDate) throws(StoreError) -> Bool {
    guard let first = try store.firstInstant(), first < due(day) else { return false }
    // A row of a date to come was made by a clock that ran ahead.
    let tomorrow = settings.calendar.day(clock.now).adding(days: 1).description
    guard let last = try store.lastDigest(before: tomorrow) else { return true }
    return last.day < day.description || (last.day == day.description && last.builtAt < due(day))
  }

  /// Writes the digest of the last due date unless it has been written.
  /// - Returns: false where it failed and is to be tried again.
  private func makeDue() async -> Bool {
    do {
      let day = DigestScheduler.dueDay(at: clock.now, settings)
      guard try isOwed(day) else { return true }
      // A day's end may raise alerts by itself: silence, promises due.
      if let writer { _ = await writer.recorrelate(subjects: nil, occasion: .newDay) }
      guard try isOwed(day) else { return true }
      let row = try DigestBuilder(store: store, calendar: settings.calendar).period(of: day, today: day, now: clock.now)
      try write(row, asOf: nil)
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
    let due = retries ? min(nextAt, clock.now + 60_000) : nextAt
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    var when = timespec()
    when.tv_sec = Int(due / 1000)
    when.tv_nsec = Int(due % 1000) * 1_000_000
    timer.schedule(wallDeadline: DispatchWallTime(timespec: when), leeway: .milliseconds(0))
    timer.setEventHandler { [unowned self] in Task { await self.start() } }
    timer.activate()
    self.timer = timer
  }

  /// Builds and writes the digest of a date on demand.
  /// - Returns: the written digest.
  @discardableResult
  public func build(_ day: CalendarDate, asOf: CalendarDate?) throws -> Digest {
    let builder = DigestBuilder(
      store: store, calendar: settings.calendar, plugins: settings.plugins, follows: settings.follows, names: settings.names)
    let row = try builder.period(of: day, today: settings.calendar.day(clock.now), now: clock.now)
    return try write(row, asOf: asOf)
  }

  @discardableResult
  private func write(_ row: DigestRow, asOf: CalendarDate?) throws -> Digest {
    let builder = DigestBuilder(
      store: store, calendar: settings.calendar, plugins: settings.plugins, follows: settings.follows, names: settings.names)
    let digest = try builder.build(row, asOf: asOf)
    // A digest of an earlier date, built again, is not the latest.
    let isLatest = try store.lastDigest(before: "9999-12-31").map { $0.day <= row.day } ?? true
    try DigestFiles.write(digest, reporter: settings.reporter, output: settings.output, isLatest: isLatest)
    guard isLatest else {
      try store.record(digest: row)
      return digest
    }
    let site = SiteBuilder(
      store: store, calendar: settings.calendar, reporter: settings.reporter, follows: settings.follows,
      names: settings.names)
    try site.write(row, digest: digest, to: settings.output)
    try store.record(digest: row)
    health.clear("digest")
    hub.publish(EngineEvent(.digest, path: "\(settings.output)/digests/\(row.day).md", at: clock.now, detail: row.day))
    journal(JournalEntry(.digestWritten, .info, "digest of \(row.day) written to \(settings.output)/digests", fields: ["DIGEST": row.day]))
    return digest
  }
}

/// Puts a digest's files in place.
public enum DigestFiles {
  public static func write(_ digest: Digest, reporter: Reporter, output: String, isLatest: Bool = true) throws(FileFailure) {
    try AtomicFile.makeFolder("\(output)/\(OutputLayout.digests)")
    for file in reporter.files(for: digest, isLatest: isLatest) { try AtomicFile.write(file.bytes, to: "\(output)/\(file.path)") }
  }
}
