import Documents

/// Dates in digits: "10/31/74", "2019-01-04", "23.04.2022", "31/Oct/1974".
extension TimeParser {
  /// "10/31/74", "2019-01-04", "23.04.2022", "2014/10", "20200701", "31/Oct/1974", "2019-aug-1".
  func numericDate(_ i: Int) -> Dated? {
    guard isNumber(i) else { return nil }
    if i != tight, i > range.lowerBound, joined(i), isNumber(i - 2) || [0x24, 0x23].contains(mark(i - 1)),
      mark(i - 1) == 0x2D || mark(i - 1) == 0x2F || mark(i - 1) == 0x24
    {
      return nil
    }
    if let parts = dotted(i) {
      guard parts.count == 3 else { return nil }
      return checked(parts.map(\.value), parts.map(\.length), next: i + 1)
    }
    guard let first = digits(i) else { return nil }
    if length(i) == 8 {
      guard !joined(i + 1) || !(inside(i + 1) && view.tokens[i + 1].isWord) else { return nil }
      guard first / 10000 >= 1900, first / 10000 < 2100,
        let day = CalendarDate(validYear: first / 10000, month: first / 100 % 100, day: first % 100)
      else {
        return nil
      }
      return (DateSpec(DaySpan(day: day), .day), i + 1)
    }
    guard length(i) <= 4 else { return nil }
    // "2025-W10", "2025-W10-3"
    if length(i) == 4, mark(i + 1) == 0x2D, joined(i + 1), isWord(i + 2, .w), joined(i + 2), joined(i + 3), let week = digits(i + 3),
      length(i + 3) == 2, (1...53).contains(week)
    {
      let span = DaySpan(year: first, week: week)
      if mark(i + 4) == 0x2D, joined(i + 4), joined(i + 5), let day = digits(i + 5), (1...7).contains(day), length(i + 5) == 1 {
        return (DateSpec(DaySpan(day: span.start.adding(days: day - 1)), .day), i + 6)
      }
      return (DateSpec(span, .week), i + 4)
    }
    let separator = mark(i + 1)
    if separator == 0x2F || separator == 0x2D, joined(i + 1) == joined(i + 2) { return separated(i, first, separator) }
    // "10 31 1974", alone
    if let second = digits(i + 1), let third = digits(i + 2), length(i + 2) == 4, isWhole(i..<i + 3) {
      return checked([first, second, third], [length(i), length(i + 1), 4], next: i + 3)
    }
    return nil
  }

  private func separated(_ i: Int, _ first: Int, _ separator: UInt8) -> Dated? {
    let isTight = joined(i + 1)
    if let (month, afterMonth) = month(i + 2) {
      guard isTight, mark(afterMonth) == separator, let last = digits(afterMonth + 1) else { return nil }
      return length(i) == 4
        ? named(first, month, last, afterMonth + 2)
        : length(afterMonth + 1) == 1 ? nil : named(length(afterMonth + 1) == 2 ? expand(last) : last, month, first, afterMonth + 2)
    }
    guard let second = digits(i + 2) else { return nil }
    if mark(i + 3) == separator, joined(i + 3) == isTight, joined(i + 4) == isTight, let third = digits(i + 4) {
      guard [1, 2, 4].contains(length(i)), length(i + 2) <= 2, [1, 2, 4].contains(length(i + 4)), isTight || isWhole(i..<i + 5) else {
        return nil
      }
      if joined(i + 5), mark(i + 5) == separator, isNumber(i + 6), !(length(i + 4) == 4) { return nil }
      return checked([first, second, third], [length(i), length(i + 2), length(i + 4)], next: i + 5)
    }
    if joined(i + 3), inside(i + 3), view.tokens[i + 3].isWord { return nil }
    if length(i) == 4, length(i + 2) <= 2, (1...12).contains(second), first >= 1500, first < 2200, isTight {
      // "2014-10" is a month, "2014-15" a season.
      guard separator == 0x2F || length(i + 2) == 2 else { return nil }
      var spec = DateSpec()
      (spec.year, spec.month, spec.grain) = (first, second, .month)
      return (spec, i + 3)
    }
    if length(i + 2) == 4, length(i) <= 2, (1...12).contains(first), second >= 1900, second < 2100, isTight {
      var spec = DateSpec()
      (spec.year, spec.month, spec.grain) = (second, first, .month)
      return (spec, i + 3)
    }
    guard length(i) <= 2, length(i + 2) <= 2, let (month, day) = ordered(first, second) else { return nil }
    guard !isClockRange(i, first, second, separator), !(first == 24 && second == 7) else { return nil }
    guard isWhole(i..<i + 3) && !isFraction(first, second, separator) || isTight && plausible(i, first, second, separator) else {
      return nil
    }
    var spec = DateSpec()
    (spec.month, spec.day) = (month, day)
    if let (value, next) = year(skipComma(i + 3)), length(next - 1) == 4, value >= 1900 {
      spec.year = value
      return (spec, next)
    }
    return (spec, i + 3)
  }

  /// "Monday 6-8", "Monday 1-3 pm": hours that ascend, not a month and a day.
  private func isClockRange(_ i: Int, _ first: Int, _ second: Int, _ separator: UInt8) -> Bool {
    guard separator == 0x2D, !isWhole(i..<i + 3) else { return false }
    return meridiem(i + 3) != nil || first < second && second <= 12 && (has(i - 1, [.weekday, .dayPart]))
  }

  /// Whether two small numbers are a date and no fraction, score or range.
  private func plausible(_ i: Int, _ first: Int, _ second: Int, _ separator: UInt8) -> Bool {
    if has(i - 1, .weekday) || mark(i - 1) == 0x2E && has(i - 2, .weekday) || mark(i - 1) == 0x2C && has(i - 2, .weekday) { return true }
    guard separator == 0x2F else { return false }
    if let (value, _) = year(i + 3), value >= 1990, joined(i + 3) == false { return true }
    if i == tight || mark(i + 3) == 0x2D && isNumber(i + 4) && mark(i + 5) == separator { return true }
    if clock(i + 3, bare: false) != nil, view.tokens[i + 3].spaceBefore { return true }
    // "4 5/8", "7/8 of": a fraction, unless a preposition of time leads it.
    if isNumber(i - 1) { return false }
    return isFraction(first, second, separator) ? isAny(i - 1, .on, .by, .since, .until, .before, .after) : true
  }

  /// Whether two numbers with a slash are rather a part of one, as "3/4" is.
  private func isFraction(_ first: Int, _ second: Int, _ separator: UInt8) -> Bool {
    separator == 0x2F && first < second && [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 100].contains(second)
  }

  private func named(_ year: Int, _ month: Int, _ day: Int, _ next: Int) -> Dated? {
    var spec = DateSpec()
    (spec.year, spec.month, spec.day) = (year, month, day)
    return CalendarDate(validYear: year, month: month, day: day) == nil ? nil : (spec, next)
  }

  private func ordered(_ a: Int, _ b: Int) -> (month: Int, day: Int)? {
    let (month, day) = anchor.culture == .enGB ? (b, a) : (a, b)
    if (1...12).contains(month), (1...CalendarDate.daysIn(month: month, year: 2024)).contains(day) { return (month, day) }
    if (1...12).contains(day), (1...CalendarDate.daysIn(month: day, year: 2024)).contains(month) { return (day, month) }
    return nil
  }

  private func checked(_ values: [Int], _ lengths: [Int], next: Int) -> Dated? {
    var spec = DateSpec()
    if lengths[0] == 4 {
      (spec.year, spec.month, spec.day) = (values[0], values[1], values[2])
    } else {
      guard let (month, day) = ordered(values[0], values[1]) ?? impossible(values) else { return nil }
      (spec.year, spec.month, spec.day) = (lengths[2] == 4 ? values[2] : expand(values[2]), month, day)
      if lengths[2] != 4, lengths[2] != 2 { return nil }
      return (spec, next)
    }
    guard let year = spec.year, let month = spec.month, let day = spec.day, CalendarDate(validYear: year, month: month, day: day) != nil
    else { return nil }
    return (spec, next)
  }

  /// "2/30/2019" is written as a date, though there is no such day.
  private func impossible(_ values: [Int]) -> (month: Int, day: Int)? {
    (1...12).contains(values[0]) && (1...31).contains(values[1]) ? (values[0], values[1]) : nil
  }
}
