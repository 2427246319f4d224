import Documents
import Glibc
import Synchronization

/// Wall time in one IANA zone, through the C library's own zone data.
///
/// The C library knows one zone a process (`TZ`); every call sets it under one lock, so that tests may use several.
public struct LocalCalendar: Sendable {
  public let zone: String
  private static let current = Mutex<String?>(nil)

  public init(zone: String) { self.zone = zone }

  /// The local date and the minute of that day at an instant (milliseconds since 1970).
  public func local(_ instant: Int64) -> (day: CalendarDate, minute: Int) {
    let parts = components(instant)
    return (
      CalendarDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday)),
      Int(parts.tm_hour) * 60 + Int(parts.tm_min)
    )
  }

  public func day(_ instant: Int64) -> CalendarDate { local(instant).day }

  /// The first instant at which the wall shows `minute` of `day` or later: in a gap the first valid instant after it, in an overlap the first
  /// of the two.
  public func instant(of day: CalendarDate, minute: Int) -> Int64 {
    // Zones lie between UTC-12 and UTC+14 and change on quarter hours.
    let quarter: Int64 = 15 * 60_000
    var at = Int64(day.daysSinceEpoch) * 86_400_000 - 15 * 3_600_000
    at -= ((at % quarter) + quarter) % quarter
    func reached(_ instant: Int64) -> Bool {
      let (localDay, localMinute) = local(instant)
      return localDay > day || (localDay == day && localMinute >= minute)
    }
    while !reached(at) { at += quarter }
    at -= quarter
    while !reached(at) { at += 60_000 }
    return at
  }

  /// RFC 3339 in this zone with its offset, to the second.
  public func timestamp(_ instant: Int64) -> String {
    let parts = components(instant)
    let offset = Int(parts.tm_gmtoff) / 60
    let sign = offset < 0 ? "-" : "+"
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    let (day, _) = local(instant)
    let time = "\(two(Int(parts.tm_hour))):\(two(Int(parts.tm_min))):\(two(Int(parts.tm_sec)))"
    return "\(day)T\(time)" + (offset == 0 ? "Z" : "\(sign)\(two(abs(offset) / 60)):\(two(abs(offset) % 60))")
  }

  /// RFC 3339 in UTC, to the millisecond.
  public static func utc(_ instant: Int64) -> String {
    let days = instant >= 0 ? instant / 86_400_000 : (instant - 86_399_999) / 86_400_000
    let rest = Int(instant - days * 86_400_000)
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let time = "\(padded(rest / 3_600_000, 2)):\(padded(rest / 60_000 % 60, 2)):\(padded(rest / 1000 % 60, 2)).\(padded(rest % 1000, 3))"
    return "\(CalendarDate(daysSinceEpoch: Int(days)))T\(time)Z"
  }

  private func components(_ instant: Int64) -> tm {
    LocalCalendar.current.withLock { set in
      if set != zone {
        setenv("TZ", zone, 1)
        tzset()
        set = zone
      }
      var seconds = time_t(instant >= 0 ? instant / 1000 : (instant - 999) / 1000)
      var parts = tm()
      localtime_r(&seconds, &parts)
      return parts
    }
  }
}
