import Documents
import Testing

@testable import Alerting

@Suite struct TimeWindowTests {
  private func moment(_ day: Int, _ hour: Int, _ minute: Int = 0) -> LocalMoment {
    // 23 November 2026 is a Monday.
    LocalMoment(date: CalendarDate(year: 2026, month: 11, day: day), minute: hour * 60 + minute)
  }

  @Test func `a window over midnight belongs to the day it begins on`() {
    let nights = TimeWindow(days: [1], start: 22 * 60, end: 7 * 60, zone: "UTC")
    #expect(nights.contains(moment(23, 23)))
    #expect(nights.contains(moment(24, 6, 59)))
    #expect(!nights.contains(moment(24, 7)))
    #expect(!nights.contains(moment(23, 6)))
    #expect(!nights.contains(moment(24, 23)))
  }

  @Test func `a window within a day has its end left out`() {
    let office = TimeWindow(days: [1, 2, 3, 4, 5], start: 9 * 60, end: 17 * 60, zone: "UTC")
    #expect(office.contains(moment(23, 9)))
    #expect(!office.contains(moment(23, 17)))
    #expect(!office.contains(moment(28, 12)))
  }

  @Test func `what is held goes out at the first minute that is open`() {
    // One zone, an hour ahead.
    let wall: WallTime = { instant, _ in
      let minutes = Int(instant / 60_000) + 60
      return LocalMoment(date: CalendarDate(daysSinceEpoch: minutes / 1440), minute: minutes % 1440)
    }
    let hours = Hours(active: [], quiet: [TimeWindow(start: 22 * 60, end: 7 * 60, zone: "X")], wallTime: wall)
    let evening: Int64 = 21 * 3_600_000 + 12_345  // 22:00 there
    #expect(hours.opening(from: evening) == Int64(30 * 3_600_000))
    #expect(hours.opening(from: 43_200_007) == Int64(43_200_007))
    let never = Hours(active: [TimeWindow(days: [], start: 0, end: 60, zone: "X")], quiet: [], wallTime: wall)
    #expect(never.opening(from: evening) == nil)
  }
}
