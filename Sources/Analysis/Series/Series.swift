import Documents

/// One measure of an organisation, quarter by quarter: computed from its facts alone, by the formulas of `docs/series.md`.
public struct Series: Sendable, Hashable {
  public enum Measure: String, Sendable, CaseIterable {
    /// Research (−1) or product (+1).
    case balance
    /// Closed (−1) or open (+1).
    case openness
    /// Heads hired less heads lost.
    case people
    /// US dollars the notes say are spent and lost, as a negative number.
    case money
    /// The largest capacity stated, by unit.
    case compute
    /// The last number of users or uses stated, by unit.
    case usage
    /// Statements that the organisation is behind others less those that it is not.
    case gap
  }

  public struct Point: Sendable, Hashable {
    public var quarter: Quarter
    public var value: Double
    /// The facts it is computed from, in order of publication.
    public var records: [FactRecord]
  }

  public var measure: Measure
  /// What is counted, where one measure has several: "GPUs", "MW", "users"; else empty.
  public var unit: String
  /// In order of time; quarters of which nothing is known have none.
  public var points: [Point]

  /// Days that one measure may be compared over are quarters: notes date to the month at best.
  public struct Quarter: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var year: Int
    /// 1 to 4.
    public var number: Int

    /// - Returns: nil where the range does not lie within one quarter.
    init?(_ range: DateRange) {
      let number = (range.start.month + 2) / 3
      guard range.start.year == range.end.year, number == (range.end.month + 2) / 3 else { return nil }
      year = range.start.year
      self.number = number
    }

    /// Quarters since the year 0.
    var ordinal: Int { year * 4 + number - 1 }

    public static func < (a: Quarter, b: Quarter) -> Bool { a.ordinal < b.ordinal }

    /// "2025-Q1"
    public var description: String { "\(year)-Q\(number)" }
  }
}
