import Documents

/// Counted periods: "the third quarter of 1998", "first week of 2021", "Q4 2025", "1H25".
extension TimeParser {
  // MARK: Ordinals

  /// "third quarter of 1998", "first half of 2023", "21st century", "first week of 2021", "last Monday of March", "third last day of May".
  func ordinalPeriod(_ i: Int) -> Dated? {
    var at = i
    var position: Int
    var yearBefore: Int?
    if let (value, next) = year(i), isNumber(i),
      has(next, .ordinal) || has(next, .unit) && (word(next).unit == .quarter || word(next).unit == .half)
    {
      yearBefore = value
      at = next
    }
    if let (value, next) = ordinal(at) {
      position = value
      at = next
      if isWord(at, .last) {
        position = -position
        at += 1
      }
    } else if isAny(at, .last, .latter, .final, .closing) {
      position = -1
      at += 1
    } else if isWord(at, .opening) {
      position = 1
      at += 1
    } else {
      return nil
    }
    at = skipHyphen(at)
    if has(at, .fiscal) { at = skipHyphen(at + 1) }
    // "first ten days of last year"
    if let (spec, next) = duration(at), spec.parts.count == 1, isAny(next, .of, .in), abs(position) == 1,
      has(at, .cardinal) || isNumber(at),
      let inner = date(next + 1) ?? definite(next + 1), let found = anchor.resolve(inner.spec)
    {
      let whole = found.spans[found.chosen]
      let (far, _) = spec.shift(position > 0 ? whole.start : whole.end, 0, sign: position)
      return (
        DateSpec(
          position > 0 ? DaySpan(whole.start, far) : DaySpan(far, whole.end), .range, timex: TimeFormat.duration(spec, vagueAsX: true)),
        inner.next
      )
    }
    let isOrdinal = position > 0
    // "the closing months of 2024", "the first few days of June"
    if abs(position) == 1, let found = outerPart(at, isEnd: position < 0) { return found }
    if has(at, .weekday) {
      guard isAny(at + 1, .of, .in), let inner = date(at + 2) ?? definite(at + 2), inner.spec.grain == .month,
        let span = anchor.resolve(inner.spec)
      else { return nil }
      guard let day = nth(Int(word(at).value), position, in: span.spans[span.chosen]) else { return nil }
      return (DateSpec(DaySpan(day: day), .day), inner.next)
    }
    guard has(at, .unit) else { return nil }
    let unit = word(at).unit
    var next = at + 1
    switch unit {
    case .quarter, .half:
      let isLastQuarter = position == -1 && unit == .quarter && isWord(next, .of) && year(next + 1) != nil
      guard isOrdinal && position <= (unit == .quarter ? 4 : 2) || position == -1 && unit == .half || isLastQuarter else { return nil }
      guard !has(at, .plural) else { return nil }
      if unit == .half, yearBefore == nil, isAny(next, .of, .in), let found = half(position, of: next + 1) { return found }
      var spec = DateSpec()
      spec.grain = unit.grain
      spec.part = position == -1 ? (unit == .quarter ? 4 : 2) : position
      spec.year = yearBefore
      if yearBefore == nil { (spec, next) = withPeriodYear(spec, next) }
      return (spec, next)
    case .century:
      guard isOrdinal, position <= 21 else { return nil }
      let start = CalendarDate(year: (position - 1) * 100, month: 1, day: 1)
      return (DateSpec(DaySpan(start, start.adding(months: 1200)), .century), next)
    case .week, .day, .month, .year:
      guard isAny(next, .of, .in), !has(at, .plural), let inner = date(next + 1) ?? definite(next + 1),
        let found = anchor.resolve(inner.spec)
      else { return nil }
      let whole = found.spans[found.chosen]
      guard let span = nth(unit, position, in: whole, grain: inner.spec.grain) else { return nil }
      return (DateSpec(span, unit.grain), inner.next)
    default: return nil
    }
  }

  /// "months of 2024", "few days of June", "part of the year" after "first" or "last": the edge of the period.
  func outerPart(_ i: Int, isEnd: Bool) -> Dated? {
    var at = has(i, .several) ? i + 1 : i
    guard isWord(at, .part) && at == i || has(at, .unit) && has(at, .plural) && [.day, .week, .month, .year].contains(word(at).unit) else {
      return nil
    }
    at += 1
    guard isWord(at, .of), let inner = date(at + 1) ?? definite(at + 1), inner.spec.edge == nil,
      [.month, .quarter, .year, .decade, .century].contains(inner.spec.grain)
    else { return nil }
    var spec = inner.spec
    spec.edge = isWord(at - 1, .part) ? (isEnd ? .late : .early) : isEnd ? .end : .start
    return (spec, inner.next)
  }

  /// "the first half of May", "of the 1990s", "of the 20th century": the halves of what is no year.
  private func half(_ position: Int, of i: Int) -> Dated? {
    guard let inner = date(i) ?? definite(i), [.month, .decade, .century].contains(inner.spec.grain), inner.spec.edge == nil,
      let found = anchor.resolve(inner.spec)
    else { return nil }
    let whole = found.spans[found.chosen]
    let middle =
      inner.spec.grain == .month ? whole.start.adding(days: 15) : whole.start.adding(months: inner.spec.grain == .decade ? 60 : 600)
    let span = position == 1 ? DaySpan(whole.start, middle) : DaySpan(middle, whole.end)
    return (DateSpec(span, .range, timex: TimeFormat.timex(whole, inner.spec.grain)), inner.next)
  }

  /// "of 2023", "2023", "of last year", "fiscal 2025" after a quarter or half.
  func withPeriodYear(_ spec: DateSpec, _ i: Int) -> Dated {
    var spec = spec
    var at = i
    if mark(at) == 0x2C { at += 1 }
    if isAny(at, .of, .in) { at += 1 }
    if isWord(at, .the), has(at + 1, .fiscal) { at += 1 }
    if has(at, .fiscal) {
      at += 1
      if isWord(at, .year) { at += 1 }
    }
    if let (value, next) = year(at), value >= 1900 || has(at, .cardinal) {
      spec.year = value
      return (spec, next)
    }
    if at > i || has(at + 1, .unit) && word(at + 1).unit == .year, has(at, [.previous, .next, .current]) || isWord(at, .the) && at > i,
      let inner = date(at), inner.spec.grain == .year,
      let span = inner.spec.fixed
    {
      spec.year = span.start.year
      return (spec, inner.next)
    }
    return (spec, i)
  }

  func nth(_ weekday: Int, _ position: Int, in span: DaySpan) -> CalendarDate? {
    if position > 0 {
      let first = span.start.adding(days: (weekday - span.start.weekday + 7) % 7)
      let day = first.adding(days: 7 * (position - 1))
      return span.contains(day) ? day : nil
    }
    let last = span.end.adding(days: -1)
    let day = last.adding(days: -((last.weekday - weekday + 7) % 7) + 7 * (position + 1))
    return span.contains(day) ? day : nil
  }

  func nth(_ unit: TimeUnit, _ position: Int, in whole: DaySpan, grain: TimeValue.Grain) -> DaySpan? {
    switch unit {
    case .day:
      let day = position > 0 ? whole.start.adding(days: position - 1) : whole.end.adding(days: position)
      return whole.contains(day) ? DaySpan(day: day) : nil
    case .month:
      let month = position > 0 ? whole.start.adding(months: position - 1) : whole.end.adding(months: position)
      return DaySpan(month, month.adding(months: 1))
    case .year:
      let year = position > 0 ? whole.start.adding(months: 12 * (position - 1)) : whole.end.adding(months: 12 * position)
      return DaySpan(year, year.adding(months: 12))
    default:
      // The week that holds the period's first Thursday is its first, as ISO 8601 has it for years.
      if position > 0 {
        let first = DaySpan(weekOf: whole.start.adding(days: 3))
        return first.shifted(by: position - 1, .week)
      }
      return DaySpan(weekOf: whole.end.adding(days: -4)).shifted(by: position + 1, .week)
    }
  }

  /// "Q4 2024", "Q3", "H1 2025", "2019 Q3", "18q4", "2017-q1".
  func quarterCode(_ i: Int) -> Dated? {
    if isNumber(i) {
      if length(i) == 1, joined(i + 1), has(i + 1, .quarterCode), length(i + 1) == 1, let part = digits(i) { return turnedCode(i, part) }
      guard let value = digits(i), length(i) == 4 || length(i) == 2 && joined(i + 1) else { return nil }
      let at = mark(i + 1) == 0x2D ? i + 2 : i + 1
      guard has(at, .quarterCode), let found = quarterCode(at), found.spec.year == nil, found.next == at + 2 else { return nil }
      var spec = found.spec
      spec.year = length(i) == 4 ? value : 2000 + value
      return (spec, found.next)
    }
    guard has(i, .quarterCode), length(i) == 1, joined(i + 1), let part = digits(i + 1), length(i + 1) == 1 else { return nil }
    let isQuarter = word(i).value == 0
    guard part >= 1, part <= (isQuarter ? 4 : 2) else { return nil }
    var spec = DateSpec()
    spec.grain = isQuarter ? .quarter : .half
    spec.part = part
    var at = i + 2
    if mark(at) == 0x2D || mark(at) == 0x2F, joined(at), joined(at + 1) { at += 1 }
    if has(at, .fiscal), joined(at + 1) || isNumber(at + 1) { at += 1 }
    if let value = digits(at), at == i + 2 || joined(at) || length(at) == 4 {
      if length(at) == 4, value >= 1900, value < 2200 {
        spec.year = value
        return (spec, at + 1)
      }
      if length(at) == 2, joined(at) {
        spec.year = 2000 + value
        return (spec, at + 1)
      }
    }
    if mark(at) == 0x27, let (value, next) = year(at) {
      spec.year = value
      return (spec, next)
    }
    return withPeriodYear(spec, i + 2)
  }

  /// "3Q24", "1H 2025".
  private func turnedCode(_ i: Int, _ part: Int) -> Dated? {
    let isQuarter = word(i + 1).value == 0
    guard part >= 1, part <= (isQuarter ? 4 : 2) else { return nil }
    var spec = DateSpec()
    (spec.part, spec.grain) = (part, isQuarter ? .quarter : .half)
    if let value = digits(i + 2), length(i + 2) == 2, joined(i + 2) {
      spec.year = 2000 + value
      return (spec, i + 3)
    }
    let found = withPeriodYear(spec, i + 2)
    return found.spec.year != nil || isQuarter ? found : nil
  }
}
