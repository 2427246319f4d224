import Documents

/// Years that stand by themselves, and what tells them from other numbers of four digits.
extension TimeParser {
  /// A year by itself.
  func yearPeriod(_ i: Int) -> Dated? {
    guard let (value, next) = year(i) else { return nil }
    if let found = quarterCode(i) { return found }
    // "nineteen hundred", "two thousand": a number unless something says that it is a year.
    if !isNumber(i), value % 100 == 0 || has(i + 1, .scale) && word(i + 1).value == 100, !has(i - 1, .preposition),
      !isWord(i - 1, .of) || has(i - 2, .measure)
    {
      return nil
    }
    if isNumber(i) {
      let isCued =
        has(i - 1, [.preposition, .edge, .lead]) && !has(i - 2, .measure) || isAny(i - 1, .and, .or, .the)
        || isWord(i - 1, .of) && !has(i - 2, .measure) || has(i - 1, .to) && mark(i - 1) != 0x2D
      guard value >= 1900 && value < 2100 || isCued && value >= 1500 else { return nil }
      if isWord(i - 1, .of), has(i - 2, .measure) { return nil }
      // "1500 b", "2000 m": a unit.
      if inside(next), view.tokens[next].isWord, length(next) == 1, !isAny(next, .a), !has(next, .quarterCode) { return nil }
      if i > range.lowerBound, !view.tokens[i].spaceBefore, [0x24, 0x23, 0x2E, 0x2F, 0x2C, 0x3A, 0x40, 0x5F].contains(mark(i - 1)) {
        return nil
      }
      if mark(i - 1) == 0x2D, joined(i), !(isNumber(i - 2) && length(i - 2) == 4 && mark(i - 3) != 0x2D), !has(i - 2, [.edge, .fiscal]),
        i != tight
      {
        return nil
      }
      if mark(next) == 0x2D, joined(next), joined(next + 1), let tail = digits(next + 1), length(next + 1) <= 2,
        tail <= value % 100 || tail <= 12 || mark(next + 2) == 0x2D
      {
        return nil
      }
      if has(next, [.unit, .scale]) && !isWord(next, .quarter) && word(next).unit != .season && !has(next, .previous) && !has(next, .half)
        || mark(next) == 0x25
        || mark(next) == 0x2D && joined(next) && inside(next + 1) && view.tokens[next + 1].isWord && joined(next + 1)
          && !has(next + 1, [.quarterCode, .month])
      {
        return nil
      }
      if !isCued, value % 10 == 0, inside(next), view.tokens[next].isWord, !view.tokens[next].isCapitalized, looksPlural(next) {
        return nil
      }
      // "2025-062": the day of a year, or anything.
      if mark(next) == 0x2D, joined(next), joined(next + 1), isNumber(next + 1), length(next + 1) == 3 { return nil }
      // "2015 - 32", "32 - 2015", "2010-2015-86": other numbers.
      if mark(next) == 0x2D, !joined(next), isNumber(next + 1), length(next + 1) != 4 { return nil }
      if mark(i - 1) == 0x2D, !joined(i), isNumber(i - 2), length(i - 2) != 4 { return nil }
      if mark(i - 1) == 0x2D, joined(i), mark(next) == 0x2D, joined(next), isNumber(next + 1), length(next + 1) != 4 { return nil }
      if mark(next) == 0x2D, joined(next), isNumber(next + 1), mark(next + 2) == 0x2D, joined(next + 2), isNumber(next + 3) { return nil }
      if [0x24, 0x23].contains(mark(i - 1)) || mark(i - 1) == 0xC2 || mark(i - 1) == 0xE2 && !has(i - 1, .to) && joined(i) { return nil }
    }
    var spec = DateSpec()
    (spec.year, spec.grain) = (value, .year)
    // "2016 June"
    let monthAt = skipComma(next)
    if isNumber(i), has(monthAt, .month), !has(monthAt, .ambiguous) || isCapitalized(monthAt), let named = monthFirst(monthAt),
      named.spec.day == nil, named.spec.year == nil
    {
      (spec.month, spec.grain) = (named.spec.month, .month)
      return (spec, named.next)
    }
    // "2017 spring"
    if isNumber(i), has(next, .season), !has(next, .plural), !isCapitalized(next) || !has(next, .ambiguous), !has(next + 1, .month),
      next + 1 >= range.upperBound || !view.tokens[next + 1].isWord || has(next + 1, [.preposition, .lead, .to])
        || isAny(next + 1, .and, .or)
    {
      (spec.part, spec.grain) = (Int(word(next).value), .season)
      return (spec, next + 1)
    }
    // "the 1988 quarter": the quarter spoken of, in that year.
    if isNumber(i), has(next, .unit), word(next).unit == .quarter, !has(next, .plural), let last = anchor.lastQuarter {
      return (DateSpec(DaySpan(year: value, firstMonth: last.start.month, count: 3), .quarter), next + 1)
    }
    return (spec, next)
  }

  private func looksPlural(_ i: Int) -> Bool {
    let span = view.tokens[i].span
    return span.count > 4 && view.bytes[span.end - 1] == 0x73
  }
}
