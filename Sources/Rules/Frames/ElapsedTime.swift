import Documents

/// A length of time that one event lies after another: "P2M".
struct ElapsedTime {
  let count: Int
  let unit: Character

  /// - Parameter timex: a TIMEX3 duration of whole days, weeks, months or years; anything else makes nil.
  init?(_ timex: String) {
    guard timex.hasPrefix("P"), let unit = timex.last, "DWMY".contains(unit), let count = Int(timex.dropFirst().dropLast()),
      (1...600).contains(count)
    else { return nil }
    self.count = count
    self.unit = unit
  }

  /// The month or the year that lies so much later; nil where what it is counted from is vaguer than the length.
  func after(_ base: DateRange) -> DateRange? {
    let start = base.start
    switch (unit, base.granularity) {
    case ("Y", .day), ("Y", .month): return DateRange(year: start.year + count, month: start.month)
    case ("Y", .year): return DateRange(year: start.year + count)
    case ("M", .day), ("M", .month):
      let month = start.year * 12 + start.month - 1 + count
      return DateRange(year: month / 12, month: month % 12 + 1)
    case ("W", .day), ("D", .day):
      let day = start.adding(days: count * (unit == "W" ? 7 : 1))
      return DateRange(year: day.year, month: day.month)
    default: return nil
    }
  }
}
