import Documents
import Engine
import Testing

@Suite struct LocalCalendarTests {
  static let cases: [(zone: String, day: String, minute: Int, utc: String)] = [
    ("UTC", "2026-11-23", 7 * 60, "2026-11-23T07:00:00.000Z"),
    ("Europe/Berlin", "2027-01-15", 7 * 60, "2027-01-15T06:00:00.000Z"),
    // The clock goes from 02:00 to 03:00: the first valid instant after the gap.
    ("Europe/Berlin", "2027-03-28", 2 * 60 + 30, "2027-03-28T01:00:00.000Z"),
    // The clock goes from 03:00 back to 02:00: the first of the two.
    ("Europe/Berlin", "2027-10-31", 2 * 60 + 30, "2027-10-31T00:30:00.000Z"),
    ("America/New_York", "2026-03-08", 2 * 60 + 30, "2026-03-08T07:00:00.000Z"),
    ("America/New_York", "2026-11-01", 1 * 60 + 30, "2026-11-01T05:30:00.000Z"),
    ("Asia/Kathmandu", "2026-02-28", 0, "2026-02-27T18:15:00.000Z"), ("Pacific/Kiritimati", "2026-06-01", 0, "2026-05-31T10:00:00.000Z"),
  ]

  @Test(arguments: cases) func `a wall time is one instant, whatever the clocks do that day`(
    zone: String, day: String, minute: Int, utc: String
  ) throws {
    let date = try #require(CalendarDate(iso8601: day))
    #expect(LocalCalendar.utc(LocalCalendar(zone: zone).instant(of: date, minute: minute)) == utc)
  }

  @Test func `an instant has a local date and an offset`() {
    let calendar = LocalCalendar(zone: "America/New_York")
    let instant: Int64 = 1_767_225_600_000  // 2026-01-01T00:00:00Z
    #expect(calendar.day(instant) == CalendarDate(year: 2025, month: 12, day: 31))
    #expect(calendar.timestamp(instant) == "2025-12-31T19:00:00-05:00")
    #expect(LocalCalendar(zone: "UTC").timestamp(instant) == "2026-01-01T00:00:00Z")
  }
}
