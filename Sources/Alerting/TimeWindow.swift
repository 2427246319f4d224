import Documents

/// What the clock on the wall shows.
public struct LocalMoment: Sendable, Hashable {
  public var date: CalendarDate
  /// Of the day, from 0 to 1439.
  public var minute: Int

  public init(date: CalendarDate, minute: Int) {
    self.date = date
    self.minute = minute
  }
}

/// Wall time at an instant (milliseconds since 1970) in a zone.
public typealias WallTime = @Sendable (_ instant: Int64, _ zone: String) -> LocalMoment

/// Hours that come back: `{days: [mon, tue], hours: "22:00-07:00", zone: Europe/Berlin}`.
public struct TimeWindow: Sendable, Hashable {
  /// ISO 8601 weekdays, Monday 1; the day on which the window begins.
  public var days: Set<Int>
  /// Minutes of the day; `end` not included. An end at or before the start lies on the next day.
  public var start: Int
  public var end: Int
  /// IANA name.
  public var zone: String

  public init(days: Set<Int> = Set(1...7), start: Int, end: Int, zone: String) {
    self.days = days
    self.start = start
    self.end = end
    self.zone = zone
  }

  public func contains(_ moment: LocalMoment) -> Bool {
    let today = moment.date.weekday
    let yesterday = today == 1 ? 7 : today - 1
    if start < end { return days.contains(today) && (start..<end).contains(moment.minute) }
    return days.contains(today) && moment.minute >= start || days.contains(yesterday) && moment.minute < end
  }
}

/// When a route may speak: in one of its active windows if it has any, and in none of its quiet ones.
struct Hours {
  var active: [TimeWindow]
  var quiet: [TimeWindow]
  var wallTime: WallTime

  func isOpen(at instant: Int64) -> Bool {
    func holds(_ window: TimeWindow) -> Bool { window.contains(wallTime(instant, window.zone)) }
    return (active.isEmpty || active.contains(where: holds)) && !quiet.contains(where: holds)
  }

  /// The first full minute from `instant` at which it is open; nil where there is none for two weeks.
  func opening(from instant: Int64) -> Int64? {
    if isOpen(at: instant) { return instant }
    let minute: Int64 = 60_000
    var at = instant - instant % minute + minute
    for _ in 0..<(14 * 1440) {
      if isOpen(at: at) { return at }
      at += minute
    }
    return nil
  }
}
