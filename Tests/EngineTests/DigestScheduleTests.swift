import Analysis
import Configuration
import Documents
import Reporting
import Storage
import TestSupport
import Testing

@testable import Engine

@Suite struct DigestScheduleTests {
  private func settings(_ zone: String, at: String) throws -> DigestScheduler.Settings {
    DigestScheduler.Settings(
      at: try #require(TimeOfDay(at)), output: "/nowhere", calendar: LocalCalendar(zone: zone),
      reporter: Reporter(links: EvidenceLinks(roots: [])), plugins: [])
  }

  @Test(arguments: ["Europe/Berlin", "America/New_York", "UTC"]) func `each local date of a year has one due instant, in order`(
    zone: String
  ) throws {
    let settings = try settings(zone, at: "02:30")
    var now = settings.calendar.instant(of: CalendarDate(year: 2027, month: 1, day: 1), minute: 0)
    var days: [CalendarDate] = []
    for _ in 0..<365 {
      let next = DigestScheduler.next(after: now, settings)
      #expect(next > now)
      days.append(DigestScheduler.dueDay(at: next, settings))
      now = next
    }
    let first = CalendarDate(year: 2027, month: 1, day: 1)
    #expect(days == (0..<365).map { first.adding(days: $0) })
  }

  @Test func `before the hour yesterday's digest is due, after it today's`() throws {
    let settings = try settings("UTC", at: "07:00")
    let morning = settings.calendar.instant(of: CalendarDate(year: 2026, month: 11, day: 23), minute: 6 * 60 + 59)
    #expect(DigestScheduler.dueDay(at: morning, settings) == CalendarDate(year: 2026, month: 11, day: 22))
    #expect(DigestScheduler.dueDay(at: morning + 60_000, settings) == CalendarDate(year: 2026, month: 11, day: 23))
  }

  /// Commits one gone-by note at an instant, so that there is something to report.
  private func record(_ store: Store, at instant: Int64) throws {
    let outcome = NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array("\(instant).md".utf8)), displayPath: "\(instant).md",
      stamp: FileStamp(device: 1, inode: UInt64(instant), size: 0, modified: 1, changed: 1), cause: .news, analysis: "a",
      result: .failed("unreadable"))
    let today = LocalCalendar(zone: "UTC").day(instant)
    _ = try store.commit(
      [outcome], now: instant, correlation: Correlation(today: today, sinks: [], follows: { _ in true }, correlate: { _ in Finding() }))
  }

  @Test func `a digest missed while the daemon was off is made up once, in one digest, and repeated starts add none`() async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: "\(folder)/test.sqlite")
      let clock = ManualClock(at: 1_767_225_600_000)  // 2026-01-01T00:00:00Z
      try record(store, at: clock.now)
      var settings = try settings("UTC", at: "07:00")
      settings.output = "\(folder)/output"
      func scheduler() -> DigestScheduler {
        DigestScheduler(
          store: store, settings: settings, clock: clock, hub: EventHub(), health: HealthBoard(clock: clock), journal: { _ in }, writer: nil
        )
      }
      // Nothing was there the day before: nothing is due yet.
      await scheduler().start()
      #expect(try store.digestDays().isEmpty)
      // Off for three days.
      clock.pass(milliseconds: 3 * 86_400_000 + 8 * 3_600_000)
      await scheduler().start()
      await scheduler().start()
      #expect(try store.digestDays() == ["2026-01-04"])
      #expect(
        TestFile.names(in: "\(folder)/output/digests")
          == ["2026-01-04", "latest"].flatMap { day in ["html", "json", "md"].map { "\(day).\($0)" } })
      // The clock is set back a day: that date's digest has been covered, and the written one stays as it is.
      let written = try TestFile.bytes("\(folder)/output/digests/2026-01-04.md")
      clock.pass(milliseconds: -86_400_000)
      await scheduler().start()
      #expect(try TestFile.bytes("\(folder)/output/digests/2026-01-04.md") == written)
    }
  }
}
