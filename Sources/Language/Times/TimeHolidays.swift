import Documents

/// Days that are known by name, in the United States and Britain.
extension TimeParser {
  func holiday(_ i: Int) -> Dated? {
    guard let (index, afterName) = holidayName(i) else { return nil }
    var next = afterName
    if index == 18 { return shorthand(i) }
    if let (value, end) = year(isWord(next, .of) ? next + 1 : next), value >= 1900, let span = holidaySpan(index, year: value) {
      if isWord(end, .weekend) { return (weekend(of: span), end + 1) }
      return (DateSpec(span, .day), end)
    }
    guard let reference = anchor.reference else { return nil }
    var spec = DateSpec()
    var chosen = reference.year
    if let span = holidaySpan(index, year: chosen), span.start < reference,
      anchor.isFuture == true || anchor.isFragment || reference.daysSinceEpoch - span.start.daysSinceEpoch > 183
    {
      chosen += 1
    }
    if let span = holidaySpan(index, year: chosen), anchor.isFuture == false, span.start.daysSinceEpoch - reference.daysSinceEpoch > 150 {
      chosen -= 1
    }
    guard let span = holidaySpan(index, year: chosen) else { return nil }
    spec = DateSpec(span, .day)
    if isWord(next, .weekend) {
      spec = weekend(of: span)
      next += 1
    }
    return (spec, next)
  }

  /// The weekend a holiday makes long.
  private func weekend(of day: DaySpan) -> DateSpec {
    let saturday = DaySpan(weekOf: day.start.weekday == 1 ? day.start.adding(days: -1) : day.start).start.adding(days: 5)
    return DateSpec(DaySpan(saturday, saturday.adding(days: day.start.weekday == 1 ? 3 : 2)), .weekend)
  }

  /// The holiday's span in a year; `i` is the token of its name.
  func holidaySpan(at i: Int, year: Int) -> DaySpan? { holidayName(i).flatMap { holidaySpan($0.index, year: year) } }

  private func holidayName(_ i: Int) -> (index: Int, next: Int)? {
    guard has(i, .holiday) else { return nil }
    let index = Int(word(i).value)
    let isDay = isWord(i + 1, .day)
    switch index {
    case 1: return isWord(i + 1, .eve) ? (20, i + 2) : (1, isDay ? i + 2 : i + 1)
    case 2, 3, 9: return (index, isDay ? i + 2 : i + 1)
    case 4: return (4, isWord(i + 1, .monday) ? i + 2 : i + 1)
    case 5, 6, 7, 8, 11, 13, 14, 15, 16, 17: return isDay ? (index, i + 2) : nil
    case 10: return isWord(i + 1, .friday) ? (10, i + 2) : nil
    case 19: return isWord(i + 1, .monday) ? (19, i + 2) : nil
    case 12:
      guard isWord(i + 1, .year) else { return nil }
      var at = i + 2
      if inside(at), view.tokens[at].shape.contains(.possessive) { at += 1 }
      if isWord(at, .eve) { return (21, at + 1) }
      return isWord(at, .day) ? (12, at + 1) : nil
    case 18: return (18, i + 1)
    default: return nil
    }
  }

  private func holidaySpan(_ index: Int, year: Int) -> DaySpan? {
    func fixed(_ month: Int, _ day: Int) -> DaySpan { DaySpan(day: CalendarDate(year: year, month: month, day: day)) }
    func nth(_ n: Int, _ weekday: Int, _ month: Int) -> DaySpan {
      let first = CalendarDate(year: year, month: month, day: 1)
      return DaySpan(day: first.adding(days: (weekday - first.weekday + 7) % 7 + 7 * (n - 1)))
    }
    switch index {
    case 1: return fixed(12, 25)
    case 2: return fixed(10, 31)
    case 3: return nth(4, 4, 11)
    case 4: return DaySpan(day: easter(year))
    case 5: return nth(1, 1, 9)
    case 6:
      let last = CalendarDate(year: year, month: 5, day: 31)
      return DaySpan(day: last.adding(days: 1 - last.weekday))
    case 7: return fixed(7, 4)
    case 8: return fixed(2, 14)
    case 9: return fixed(6, 19)
    case 10: return DaySpan(day: nth(4, 4, 11).start.adding(days: 1))
    case 11: return fixed(4, 22)
    case 12: return fixed(1, 1)
    case 13: return fixed(12, 26)
    case 14: return nth(2, 1, 10)
    case 15: return fixed(11, 11)
    case 16: return nth(3, 1, 1)
    case 17: return nth(3, 1, 2)
    case 19: return DaySpan(day: nth(4, 4, 11).start.adding(days: 4))
    case 20: return fixed(12, 24)
    case 21: return fixed(12, 31)
    default: return nil
    }
  }

  /// Western Easter, after the anonymous Gregorian computus (Meeus, Jones, Butcher).
  private func easter(_ year: Int) -> CalendarDate {
    let a = year % 19
    let b = year / 100
    let c = year % 100
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return CalendarDate(year: year, month: n / 31, day: n % 31 + 1)
  }

  /// "EOY", "EOM", "BOY", "BOM".
  private func shorthand(_ i: Int) -> Dated? {
    guard view.tokens[i].shape.contains(.allCaps), let reference = anchor.reference else { return nil }
    let isYear = isAny(i, .eoy, .boy)
    var spec = DateSpec(
      isYear ? DaySpan(year: reference.year) : DaySpan(year: reference.year, month: reference.month), isYear ? .year : .month)
    spec.edge = isAny(i, .eoy, .eom) ? .end : .start
    return (spec, i + 1)
  }
}
