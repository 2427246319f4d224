import Documents

/// Days and other stretches of time as people write them, in one fixed English form: no locale has a say.
enum DateText {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
  ]

  static func text(_ day: CalendarDate) -> String { "\(day.day) \(month(day)) \(day.year)" }

  static func text(_ range: DateRange) -> String {
    let start = range.start
    switch range.granularity {
    case .day: return text(start)
    case .month: return "\(month(start)) \(start.year)"
    case .quarter: return "Q\((start.month + 2) / 3) \(start.year)"
    case .half: return "\(start.month <= 6 ? "first" : "second") half of \(start.year)"
    case .year: return String(start.year)
    case .range:
      if let part = part(range) { return "\(part) \(month(start)) \(start.year)" }
      if let whole = whole(range) { return whole }
      if start.year != range.end.year { return "\(text(start)) to \(text(range.end))" }
      if start.month != range.end.month { return "\(start.day) \(month(start)) to \(text(range.end))" }
      return start.day == range.end.day ? text(start) : "\(start.day) to \(text(range.end))"
    }
  }

  /// A `when` in the interchange form; text that is none stays as it is.
  static func text(interchange when: String) -> String { DateRange(when).map { text($0) } ?? when }

  static func run(interchange when: String) -> PageText.Run {
    DateRange(when) == nil ? .plain(when) : .time(text(interchange: when), iso: when)
  }

  /// An RFC 3339 instant as "23 July 2025, 07:00"; text that is none stays as it is. The zone is said once, not here.
  static func text(instant: String) -> String {
    guard let day = CalendarDate(iso8601: instant.prefix(10)) else { return instant }
    let rest = instant.dropFirst(10)
    guard let mark = rest.first, mark == "T" || mark == " " else { return text(day) }
    return "\(text(day)), \(rest.dropFirst().prefix(5))"
  }

  /// "2 March 2026, 07:00 to 3 March 2026, 07:00"; within a day the day is said once.
  static func period(_ start: String, _ end: String) -> String {
    let (from, to) = (text(instant: start), text(instant: end))
    guard start.prefix(10) == end.prefix(10), let time = to.split(separator: ",").last, from.contains(",") else {
      return "\(from) to \(to)"
    }
    return "\(from) to\(time)"
  }

  /// "early", "mid" and "late" are how notes say the thirds of a month.
  private static func part(_ range: DateRange) -> String? {
    guard range.start.year == range.end.year, range.start.month == range.end.month else { return nil }
    let last = CalendarDate.daysIn(month: range.start.month, year: range.start.year)
    switch (range.start.day, range.end.day) {
    case (1, 10): return "early"
    case (11, 20): return "mid"
    case (21, last): return "late"
    default: return nil
    }
  }

  /// Years or months from the first day to the last: "2020 to 2021", "April to September 2024".
  private static func whole(_ range: DateRange) -> String? {
    let (start, end) = (range.start, range.end)
    guard start.day == 1, end.day == CalendarDate.daysIn(month: end.month, year: end.year) else { return nil }
    if start.month == 1, end.month == 12 { return start.year == end.year ? String(start.year) : "\(start.year) to \(end.year)" }
    if start.year == end.year { return start.month == end.month ? nil : "\(month(start)) to \(month(end)) \(end.year)" }
    return "\(month(start)) \(start.year) to \(month(end)) \(end.year)"
  }

  private static func month(_ day: CalendarDate) -> String {
    (1...12).contains(day.month) ? months[day.month - 1] : String(day.month)
  }
}

/// Counting in words.
enum CountText {
  static func text(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? one : many ?? one + "s")"
  }

  /// 12345 as "12 345", so that a long number is read at a glance in every country.
  static func grouped(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    guard digits.count > 4 else { return String(count) }
    var out = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { out.append("\u{00A0}") }
      out.append(digit)
    }
    return out
  }

  /// "a", "a and b", "a, b and c".
  static func list(_ parts: [String]) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
