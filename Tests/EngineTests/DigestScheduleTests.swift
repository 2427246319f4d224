import Configuration
import Documents
import Reporting
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
}
