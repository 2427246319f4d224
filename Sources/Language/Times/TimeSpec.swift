import Documents

/// Days from `start` up to but without `end`; what a calendar expression covers.
struct DaySpan: Hashable, Sendable {
  var start: CalendarDate
  var end: CalendarDate

  init(_ start: CalendarDate, _ end: CalendarDate) {
    self.start = start
    self.end = end
  }

  init(day: CalendarDate) { self.init(day, day.adding(days: 1)) }

  init(year: Int) { self.init(CalendarDate(year: year, month: 1, day: 1), CalendarDate(year: year + 1, month: 1, day: 1)) }

  init(year: Int, month: Int) {
    let first = CalendarDate(year: year, month: month, day: 1)
    self.init(first, first.adding(months: 1))
  }

  /// Whole months from `month` (which may lie outside 1…12) of `year`.
  init(year: Int, firstMonth month: Int, count: Int) {
    let first = CalendarDate(year: year, month: 1, day: 1).adding(months: month - 1)
    self.init(first, first.adding(months: count))
  }

  /// The ISO week that holds the day.
  init(weekOf day: CalendarDate, count: Int = 1) {
    let monday = day.adding(days: 1 - day.weekday)
    self.init(monday, monday.adding(days: 7 * count))
  }

  /// ISO 8601 week `week` of `year`: week 1 holds January 4.
  init(year: Int, week: Int) {
    let first = DaySpan(weekOf: CalendarDate(year: year, month: 1, day: 4))
    self.init(weekOf: first.start.adding(days: 7 * (week - 1)))
  }

  var days: Int { end.daysSinceEpoch - start.daysSinceEpoch }
  func contains(_ day: CalendarDate) -> Bool { start <= day && day < end }

  func shifted(by count: Int, _ unit: TimeUnit) -> DaySpan {
    let months = unit.months * count
    if months != 0 { return DaySpan(start.adding(months: months), end.adding(months: months)) }
    return DaySpan(start.adding(days: count * unit.days), end.adding(days: count * unit.days))
  }
}

extension TimeUnit {
  /// Length in months, 0 where it is counted in days.
  var months: Int {
    switch self {
    case .month: return 1
    case .quarter, .season: return 3
    case .half: return 6
    case .year: return 12
    case .decade: return 120
    case .century: return 1200
    default: return 0
    }
  }

  /// Length in days, 0 where it is counted in months or seconds.
  var days: Int {
    switch self {
    case .day, .businessDay: return 1
    case .week, .weekend: return 7
    case .fortnight: return 14
    default: return 0
    }
  }

  /// Length in seconds below the day.
  var seconds: Int {
    switch self {
    case .second: return 1
    case .minute: return 60
    case .hour: return 3600
    default: return 0
    }
  }

  var grain: TimeValue.Grain {
    switch self {
    case .second: return .second
    case .minute: return .minute
    case .hour: return .hour
    case .day, .businessDay: return .day
    case .week, .fortnight: return .week
    case .weekend: return .weekend
    case .month: return .month
    case .quarter: return .quarter
    case .half: return .half
    case .year: return .year
    case .decade: return .decade
    case .century: return .century
    case .season: return .season
    }
  }
}

/// A date as it was said: some parts named, the rest left to the context; or a span that is already known.
struct DateSpec: Hashable, Sendable {
  enum Edge: Int, Sendable { case early, mid, late, start, end, soFar, rest }

  var year: Int?
  var month: Int?
  var day: Int?
  var weekday: Int?
  var grain: TimeValue.Grain = .day
  /// Known days; the parts above are then not looked at.
  var fixed: DaySpan?
  var edge: Edge?
  /// TIMEX3 value where it is not that of the span ("PAST_REF", "1989-SU").
  var timex: String?
  /// A week, quarter, half or season of a year that was not named.
  var part: Int?

  init() {}

  init(_ span: DaySpan, _ grain: TimeValue.Grain, timex: String? = nil) {
    fixed = span
    self.grain = grain
    self.timex = timex
  }

  var isDay: Bool { grain == .day && edge == nil }
  /// Names a year by itself.
  var isAnchored: Bool { fixed != nil || year != nil }
}

/// A time of day.
struct ClockSpec: Hashable, Sendable {
  var hour = 0
  var minute = 0
  var second: Int?
  /// Whether a meridiem, a 24-hour form or a part of the day says which half of the day is meant.
  var isSettled = false
  var hasMinutes = false
  /// Index into `DayPart.all`, for "morning" and the like.
  var part: Int?
  var edge: DateSpec.Edge?
  /// TIMEX3's code where it is not that of the hour ("MO" for mid-morning).
  var code: String?

  var seconds: Int { hour * 3600 + minute * 60 + (second ?? 0) }

  /// The hours a part of the day covers.
  var range: (start: Int, end: Int)? {
    guard let part else { return nil }
    let whole = DayPart.all[part]
    switch edge {
    case .early, .start: return (whole.start, whole.start + 2 * 3600)
    case .late, .end: return (whole.start + 2 * 3600, whole.end)
    default: return (whole.start, whole.end)
    }
  }

  mutating func settle(by part: Int) {
    guard !isSettled, hour <= 12 else { return }
    isSettled = true
    switch part {
    case 1, 2: if hour < 12 { hour += 12 }
    case 3: if hour < 12, hour >= 5 { hour += 12 }
    default: if hour == 12 { hour = 0 }
    }
  }

  mutating func settle(pm: Bool) {
    isSettled = true
    if pm, hour < 12 { hour += 12 }
    if !pm, hour == 12 { hour = 0 }
  }
}

/// A length of time.
struct DurationSpec: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    var count: Double
    var unit: TimeUnit
  }

  var parts: [Part]
  /// "several months": the TIMEX3 count is X.
  var isVague = false

  /// Adds the length to a moment, or takes it away.
  func shift(_ day: CalendarDate, _ second: Int, sign: Int) -> (day: CalendarDate, second: Int) {
    var day = day
    var second = second
    for part in parts {
      let whole = Int(part.count)
      let fraction = part.count - Double(whole)
      if part.unit == .businessDay {
        var left = whole
        while left > 0 {
          day = day.adding(days: sign)
          if day.weekday < 6 { left -= 1 }
        }
      } else if part.unit.months > 0 {
        day = day.adding(months: sign * Int((part.count * Double(part.unit.months)).rounded(.down)))
        let rest = (part.count * Double(part.unit.months)).truncatingRemainder(dividingBy: 1)
        day = day.adding(days: sign * Int(rest * 30))
      } else if part.unit.days > 0 {
        day = day.adding(days: sign * whole * part.unit.days)
        second += sign * Int(fraction * Double(part.unit.days) * 86400)
      } else {
        second += sign * Int(part.count * Double(part.unit.seconds))
      }
    }
    while second < 0 {
      second += 86400
      day = day.adding(days: -1)
    }
    while second >= 86400 {
      second -= 86400
      day = day.adding(days: 1)
    }
    return (day, second)
  }

  /// The smallest unit that was named.
  var unit: TimeUnit { parts.last?.unit ?? .day }
  var isBelowDay: Bool { parts.contains { $0.unit.seconds > 0 } }
}

/// What an expression means, before it is written down.
indirect enum TimeMeaning: Hashable, Sendable {
  case date(DateSpec)
  case clock(ClockSpec)
  case moment(DateSpec, ClockSpec)
  case clockRange(ClockSpec, ClockSpec)
  /// A stretch between two times, of one day or of two.
  case momentRange(DateSpec, ClockSpec, DateSpec?, ClockSpec)
  case dateRange(DateSpec, DateSpec)
  /// From a date or time on, or up to it.
  case since(TimeMeaning, Bound)
  case until(TimeMeaning, Bound)
  case duration(DurationSpec)
  case set(value: String, timex: String)
  /// A moment or stretch that is known to the second.
  case exact(CalendarDate, Int, CalendarDate?, Int, timex: String)
  /// "recently", "soon": TIMEX3's own references; PRESENT for an adjective ("current") that is no moment.
  case reference(String)

  /// Whether the named period itself is inside ("since 2010" is, "after 2010" is not).
  enum Bound: Sendable { case inclusive, exclusive }
}

/// A stretch of tokens with its meaning.
struct TimeNode: Sendable {
  /// Tokens with preposition and modifier.
  var tokens: Range<Int>
  /// Tokens of the expression alone, as TimeML has it.
  var core: Range<Int>
  var meaning: TimeMeaning

  init(_ tokens: Range<Int>, _ meaning: TimeMeaning) {
    self.tokens = tokens
    core = tokens
    self.meaning = meaning
  }

  var lower: Int { tokens.lowerBound }
  var upper: Int { tokens.upperBound }
}
