/// A stretch of days with the granularity it was said at: the `when` of a fact, or a publication date known only to the month.
///
/// `description` and `init?(_:)` speak the interchange form: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `YYYY-Qn`, `YYYY-Hn`, or `start/end` with both
/// ends included.
public struct DateRange: Hashable, Sendable, Comparable, CustomStringConvertible {
  public enum Granularity: String, Sendable, Codable { case day, month, quarter, half, year, range }

  public var start: CalendarDate
  /// The last day, included.
  public var end: CalendarDate
  public var granularity: Granularity

  public init(start: CalendarDate, end: CalendarDate, granularity: Granularity = .range) {
    self.start = start
    self.end = end
    self.granularity = granularity
  }

  public init(day: CalendarDate) { self.init(start: day, end: day, granularity: .day) }

  public init(year: Int, month: Int) {
    self.init(
      start: CalendarDate(year: year, month: month, day: 1),
      end: CalendarDate(
        year: year, month: month, day: CalendarDate.daysIn(month: month, year: year)),
      granularity: .month)
  }

  public init(year: Int) {
    self.init(
      start: CalendarDate(year: year, month: 1, day: 1),
      end: CalendarDate(year: year, month: 12, day: 31), granularity: .year)
  }

  public init(year: Int, quarter: Int) {
    self.init(
      start: CalendarDate(year: year, month: quarter * 3 - 2, day: 1),
      end: DateRange(year: year, month: quarter * 3).end,
      granularity: .quarter)
  }

  public init(year: Int, half: Int) {
    self.init(
      start: CalendarDate(year: year, month: half * 6 - 5, day: 1),
      end: DateRange(year: year, month: half * 6).end, granularity: .half)
  }

  public init?(_ text: some StringProtocol) {
    if let slash = text.firstIndex(of: "/") {
      guard let a = DateRange(text[..<slash]), let b = DateRange(text[text.index(after: slash)...]),
        a.start <= b.end
      else { return nil }
      self.init(start: a.start, end: b.end)
      return
    }
    if let day = CalendarDate(iso8601: text) {
      self.init(day: day)
      return
    }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts[0].utf8.count == 4, let year = Int(parts[0]), parts.count <= 2 else { return nil }
    guard parts.count == 2 else {
      self.init(year: year)
      return
    }
    let part = parts[1]
    if part.utf8.count == 2, let month = Int(part), (1...12).contains(month) {
      self.init(year: year, month: month)
    } else if part.first == "Q", let quarter = Int(part.dropFirst()), (1...4).contains(quarter) {
      self.init(year: year, quarter: quarter)
    } else if part.first == "H", let half = Int(part.dropFirst()), (1...2).contains(half) {
      self.init(year: year, half: half)
    } else {
      return nil
    }
  }

  public func overlaps(_ other: DateRange) -> Bool { start <= other.end && other.start <= end }
  public func contains(_ other: DateRange) -> Bool { start <= other.start && other.end <= end }

  public static func < (a: DateRange, b: DateRange) -> Bool { (a.start, a.end) < (b.start, b.end) }

  public var description: String {
    let year = CalendarDate.padded(start.year, 4)
    switch granularity {
    case .day: return start.description
    case .month: return "\(year)-\(CalendarDate.padded(start.month, 2))"
    case .quarter: return "\(year)-Q\((start.month + 2) / 3)"
    case .half: return "\(year)-H\(start.month <= 6 ? 1 : 2)"
    case .year: return year
    case .range: return "\(start)/\(end)"
    }
  }
}
