import Analysis
import Configuration
import Documents
import Reporting
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engine

@Suite struct DigestScheduleTests {
  private func plan(
    _ zone: String = "UTC", at: String = "07:00", id: String = "daily", days: Set<Int> = Set(1...7),
    catchUp: Configuration.DigestSchedule.CatchUp = .merged, recipients: [String] = []
  ) throws -> DigestPlan {
    DigestPlan(
      id: id, days: days, at: try #require(TimeOfDay(at)), calendar: LocalCalendar(zone: zone), catchUp: catchUp,
      recipients: recipients.map { DigestPlan.Recipient(sink: "post", name: $0) })
  }

  private func writer(_ store: Store, _ folder: String, _ plans: [DigestPlan]) -> DigestWriter {
    DigestWriter(
      store: store, plans: plans, output: "\(folder)/output", calendar: plans[0].calendar,
      reporter: Reporter(links: EvidenceLinks(roots: [])))
  }

  private func scheduler(_ writer: DigestWriter, _ clock: ManualClock) -> DigestScheduler {
    DigestScheduler(writer: writer, clock: clock, hub: EventHub(), health: HealthBoard(clock: clock), journal: { _ in })
  }

  /// Commits one note that could not be read at an instant, so that there is something to report.
  private func record(_ store: Store, at instant: Int64, zone: String = "UTC") throws {
    let outcome = NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array("\(instant).md".utf8)), displayPath: "\(instant).md",
      stamp: FileStamp(device: 1, inode: UInt64(instant), size: 0, modified: 1, changed: 1), cause: .news, analysis: "a",
      result: .failed("unreadable"))
    let today = LocalCalendar(zone: zone).day(instant)
    _ = try store.commit(
      [outcome], now: instant, correlation: Correlation(today: today, sinks: [], follows: { _ in true }, correlate: { _ in Finding() }))
  }

  @Test(arguments: ["Europe/Berlin", "America/New_York", "UTC"]) func `each local date of a year has one due instant, in order`(
    zone: String
  ) throws {
    let plan = try plan(zone, at: "02:30")
    var now = plan.calendar.instant(of: CalendarDate(year: 2027, month: 1, day: 1), minute: 0)
    var days: [CalendarDate] = []
    for _ in 0..<365 {
      let next = plan.next(after: now)
      #expect(next > now)
      days.append(plan.dueDay(at: next))
      now = next
    }
    let first = CalendarDate(year: 2027, month: 1, day: 1)
    #expect(days == (0..<365).map { first.adding(days: $0) })
  }

  @Test func `before the hour yesterday's digest is due, after it today's`() throws {
    let plan = try plan()
    let morning = plan.calendar.instant(of: CalendarDate(year: 2026, month: 11, day: 23), minute: 6 * 60 + 59)
    #expect(plan.dueDay(at: morning) == CalendarDate(year: 2026, month: 11, day: 22))
    #expect(plan.dueDay(at: morning + 60_000) == CalendarDate(year: 2026, month: 11, day: 23))
  }

  @Test func `a weekly digest is due on its days alone`() throws {
    // 23 November 2026 is a Monday.
    let plan = try plan(days: [1, 4])
    let wednesday = plan.calendar.instant(of: CalendarDate(year: 2026, month: 11, day: 25), minute: 12 * 60)
    #expect(plan.dueDay(at: wednesday) == CalendarDate(year: 2026, month: 11, day: 23))
    #expect(plan.next(after: wednesday) == plan.due(CalendarDate(year: 2026, month: 11, day: 26)))
    #expect(plan.previous(before: CalendarDate(year: 2026, month: 11, day: 23)) == CalendarDate(year: 2026, month: 11, day: 19))
  }

  @Test func `a digest missed while the daemon was off is made up once, in one digest, and repeated starts add none`() async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/test.sqlite")
      let clock = ManualClock(at: 1_767_225_600_000)  // 2026-01-01T00:00:00Z
      try record(store, at: clock.now)
      let writer = writer(store, folder, [try plan()])
      // Nothing was there the day before: nothing is due yet.
      await scheduler(writer, clock).start()
      #expect(try store.digestDays().isEmpty)
      // Off for three days.
      clock.pass(milliseconds: 3 * 86_400_000 + 8 * 3_600_000)
      await scheduler(writer, clock).start()
      await scheduler(writer, clock).start()
      #expect(try store.digestDays() == ["2026-01-04"])
      #expect(
        TestFile.names(in: "\(folder)/output/digests")
          == ["2026-01-04", "latest"].flatMap { day in ["html", "json", "md"].map { "\(day).\($0)" } })
      // The clock is set back a day: that date's digest has been covered, and the written one stays as it is.
      let written = try TestFile.bytes("\(folder)/output/digests/2026-01-04.md")
      clock.pass(milliseconds: -86_400_000)
      await scheduler(writer, clock).start()
      #expect(try TestFile.bytes("\(folder)/output/digests/2026-01-04.md") == written)
    }
  }

  @Test(arguments: [
    (Configuration.DigestSchedule.CatchUp.merged, ["2026-01-02 0 1", "2026-01-05 1 3", "2026-01-06 3 4"]),
    (.latest, ["2026-01-02 0 1", "2026-01-05 2 3", "2026-01-06 3 4"]), (.none, ["2026-01-02 0 1", "2026-01-06 3 4"]),
  ]) func `what was missed is made up as the plan says`(catchUp: Configuration.DigestSchedule.CatchUp, wanted: [String]) async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/test.sqlite")
      let hour: Int64 = 3_600_000
      let clock = ManualClock(at: 1_767_225_600_000)  // Thursday 2026-01-01T00:00:00Z
      let writer = writer(store, folder, [try plan(catchUp: catchUp)])
      func pass(hours: Int64, recording: Bool) async throws {
        clock.pass(milliseconds: hours * hour)
        if recording { try record(store, at: clock.now) }
        await scheduler(writer, clock).start()
      }
      try record(store, at: clock.now)
      try await pass(hours: 31, recording: false)  // 2 January, 07:00
      // It reads one more note that day, and is off from then on until the fifth, 10:00; something came in at night on the fourth.
      clock.pass(milliseconds: 5 * hour)
      try record(store, at: clock.now)
      clock.pass(milliseconds: 67 * hour)
      try record(store, at: clock.now - 1)
      try await pass(hours: 3, recording: false)
      try await pass(hours: 21, recording: true)  // 6 January, 07:00
      let rows = try store.digestDays().map { day in
        let row = try #require(try store.digest(day: day))
        return "\(row.day) \(row.after) \(row.upTo)"
      }
      #expect(rows == wanted)
      let json = try TestFile.text("\(folder)/output/digests/\(wanted[1].prefix(10)).json")
      let end = catchUp == .merged ? "this one covers their time, too" : "what was recorded then is in none"
      let first = catchUp == .none ? "2026-01-05" : "2026-01-04"
      #expect(json.contains("The digests from 2026-01-03 to \(first) were not made; \(end)"), "\(json)")
    }
  }

  /// The weeks around a clock change, two hours at a time: three days off across it, crashes between writing and sending, and one of three
  /// recipients refusing for a day each week.
  @Test(arguments: [
    ("Europe/Berlin", 3, 28), ("Europe/Berlin", 10, 31), ("America/New_York", 3, 14), ("America/New_York", 11, 7),
  ]) func `over an outage and a clock change each digest reaches each recipient once`(zone: String, month: Int, day: Int) async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/test.sqlite")
      let calendar = LocalCalendar(zone: zone)
      let change = CalendarDate(year: 2027, month: month, day: day)
      let clock = ManualClock(at: calendar.instant(of: change.adding(days: -9), minute: 0))
      let plans = [
        try plan(zone, at: "02:30", recipients: ["ada@example.org", "bo@example.org", "cy@example.org"]),
        try plan(zone, at: "08:00", id: "weekly", days: [1], recipients: ["ada@example.org"]),
      ]
      let writer = writer(store, folder, plans)
      let letters = Letterbox()
      let sink = Configuration.Sink(id: "post", kind: .command(["true"]))
      for step in 0..<(12 * 17) {
        let day = step / 12
        // Off from the day before the change to the day after it, and once more.
        if !(8...10).contains(day), day != 14 {
          if step % 4 == 0 { try record(store, at: clock.now, zone: zone) }
          _ = try DigestDesk(writer: writer, clock: clock).makeDue()
          letters.isRefusing = day % 7 == 4
          // Where it crashes here nothing is lost: what is owed is in the database.
          if step % 5 != 0 {
            let courier = Courier(
              sink, transport: letters, composer: NotificationComposer(writer), store: store, hub: EventHub(),
              health: HealthBoard(clock: clock), clock: clock, journal: { _ in })
            await courier.round()
            await courier.stop()
          }
        }
        clock.pass(milliseconds: 7_200_000)
      }
      let daily = try store.digestDays()
      let weekly = try store.digestDays("weekly")
      // Of seventeen days two were missed over the outage and are covered by the third.
      #expect(daily.count == 15, "\(daily)")
      #expect(weekly.count >= 2)
      #expect(letters.keys.count == daily.count * 3 + weekly.count)
      #expect(letters.keys.values.allSatisfy { $0 == 1 })
      #expect(try store.digestDeliveries().allSatisfy { $0.state == "sent" })
      // Together they cover every change, each once.
      var last: Int64 = 0
      for day in daily {
        let row = try #require(try store.digest(day: day))
        #expect(row.after == last)
        last = row.upTo
      }
    }
  }

  @Test func `a digest that is added begins with its next date, and with its own time`() async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/test.sqlite")
      // Sunday 2026-11-22; something came three weeks ago, and something on Friday.
      let clock = ManualClock(at: 1_795_305_600_000)
      try record(store, at: clock.now - 21 * 86_400_000)
      try record(store, at: clock.now - 2 * 86_400_000)
      let writer = writer(store, folder, [try plan(), try plan(id: "weekly", days: [1])])
      let desk = DigestDesk(writer: writer, clock: clock)
      #expect(try desk.makeDue().map(\.digest) == ["daily"])
      clock.pass(milliseconds: 32 * 3_600_000)
      let weekly = try #require(try desk.makeDue().first { $0.digest == "weekly" })
      #expect(weekly.day == "2026-11-23")
      #expect(weekly.after == 1)
      #expect(weekly.upTo == 2)
      #expect(TestFile.exists("\(folder)/output/digests/weekly-2026-11-23.md"))
      #expect(TestFile.exists("\(folder)/output/digests/weekly-latest.html"))
      #expect(try TestFile.text("\(folder)/output/digests/weekly-latest.md").contains("weekly"))
    }
  }

  @Test func `a digest of an earlier day, built again, shows that day's state`() async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/test.sqlite")
      let clock = ManualClock(at: 1_767_225_600_000)
      func read(_ name: String) throws {
        let bytes = Array(name.utf8)
        let document = Document(
          revision: SHA256.hex(bytes), format: .plainText, isConverted: false, source: bytes, text: bytes,
          map: .identity(count: bytes.count),
          blocks: [], title: name)
        let outcome = NoteOutcome(
          key: NoteKey(folder: "/notes", path: bytes), displayPath: name,
          stamp: FileStamp(device: 1, inode: UInt64(bytes[0]), size: 1, modified: 1, changed: 1), cause: .news, analysis: "a",
          result: .document(document, facts: [], analysed: true))
        let correlation = Correlation(
          today: LocalCalendar(zone: "UTC").day(clock.now), sinks: [], follows: { _ in true }, correlate: { _ in Finding() })
        _ = try store.commit([outcome], now: clock.now, correlation: correlation)
      }
      try read("a.md")
      let writer = writer(store, folder, [try plan()])
      let row = try writer.write("daily", day: CalendarDate(year: 2026, month: 1, day: 1), now: clock.now, asOf: nil).row
      let before = writer.reporter.render(try writer.build(row), as: .json)
      clock.pass(milliseconds: 86_400_000)
      try read("b.md")
      #expect(try writer.build(row).health.documents == 1)
      #expect(writer.reporter.render(try writer.build(row), as: .json) == before)
    }
  }
}

/// Takes notifications, and refuses those to one recipient now and then.
private final class Letterbox: Transport {
  private let state = Mutex<(keys: [String: Int], isRefusing: Bool)>(([:], false))

  var keys: [String: Int] { state.withLock { $0.keys } }
  var isRefusing: Bool {
    get { state.withLock { $0.isRefusing } }
    set { state.withLock { $0.isRefusing = newValue } }
  }

  func send(_ notification: Engine.Notification) throws(DeliveryFailure) {
    let isTaken = state.withLock { state in
      if state.isRefusing, notification.recipient == "bo@example.org" { return false }
      state.keys[notification.key, default: 0] += 1
      return true
    }
    if !isTaken { throw DeliveryFailure("mailbox full") }
  }
}
