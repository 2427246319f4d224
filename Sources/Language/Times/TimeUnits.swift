import Documents

/// Parts of periods, decades, seasons, fiscal years, units that stand for a date, and years.
extension TimeParser {
  // MARK: Parts of periods

  /// "early next year", "end of October 2025", "mid-November", "the beginning of this week", "later this year".
  func edge(_ i: Int) -> Dated? {
    guard has(i, .edge), view.tokens[i].isWord else { return nil }
    let value = Int(word(i).value)
    let isComparative = value > 2
    // "early quarter of 2025": its first.
    if has(i + 1, .unit), word(i + 1).unit == .quarter, isWord(i + 2, .of), isAny(i, .early, .late), let (value, next) = year(i + 3) {
      var spec = DateSpec()
      (spec.year, spec.part, spec.grain) = (value, isWord(i, .early) ? 1 : 4, .quarter)
      return (spec, next)
    }
    // "the early part of 2024", "the later months of the year"
    if [0, 2, 4].contains(value), !isAny(i, .end, .beginning), let found = outerPart(i + 1, isEnd: value > 0) { return found }
    // "earlier in the day", "later in the day"
    if isComparative, isWord(i + 1, .in), isWord(i + 2, .the), isWord(i + 3, .day), let reference = anchor.reference {
      return (DateSpec(DaySpan(day: reference), .day), i + 4)
    }
    let isNoun = isAny(i, .end, .beginning) || !isComparative && !isAny(i, .early, .late) && isWord(i + 1, .of)
    var at = skipHyphen(i + 1)
    if isWord(at, .of) { at += 1 } else if isAny(i, .end, .beginning) { return nil }
    if !isNoun, isWord(at, .in) { at += 1 }
    // "mid-year", "mid-week"
    if isWord(i, .mid), at == i + 2, mark(i + 1) == 0x2D, has(at, .unit), !has(at, .plural),
      [.week, .month, .year].contains(word(at).unit),
      let inner = unitPeriod(at, definite: true), inner.next == at + 1
    {
      var spec = inner.spec
      spec.edge = .mid
      return (spec, inner.next)
    }
    if has(at, .about) { at += 1 }
    if isWord(at, .the) { at += 1 }
    guard at > i, let inner = has(at, [.edge]) ? nil : date(at) ?? definite(at - 1) ?? (isNoun ? unitPeriod(at, definite: true) : nil),
      inner.spec.edge == nil
    else { return nil }
    var spec = inner.spec
    if isComparative, isWord(i + 1, .in), spec.fixed == nil, spec.year != nil, spec.grain == .year || spec.grain == .month {
      // "later in 2025"
      spec.edge = value == 3 ? .early : .late
      return (spec, inner.next)
    }
    if isComparative {
      guard spec.fixed != nil || spec.weekday != nil else { return nil }
      if spec.grain != .day { spec.edge = value == 3 ? .soFar : .rest }
      return (spec, inner.next)
    }
    guard inner.spec.grain != .day || isNoun && (inner.spec.fixed != nil || inner.spec.weekday != nil) else { return nil }
    spec.edge = isNoun ? [DateSpec.Edge.start, .mid, .end][value] : [DateSpec.Edge.early, .mid, .late][value]
    return (spec, inner.next)
  }

  /// "1990s", "the '80s", "the nineties", "mid-1990s".
  func decade(_ i: Int) -> Dated? {
    // "the nineteen seventies"
    let tens = skipHyphen(i + 1)
    if has(i, .cardinal), (17...20).contains(word(i).value), has(tens, .decade) {
      return (decadeSpec(Int(word(i).value) * 100 + Int(word(tens).value)), tens + 1)
    }
    if has(i, .decade), !has(i, .ambiguous) {
      guard isWord(i - 1, .the) || has(i - 1, .edge) || mark(i - 1) == 0x2D else { return nil }
      return (decadeSpec(1900 + Int(word(i).value)), i + 1)
    }
    let at = mark(i) == 0x27 ? i + 1 : i
    guard let value = digits(at), value % 10 == 0,
      length(at) == 4 || length(at) == 2 && (at > i || value >= 20 && joined(at + 1) && (isAny(i - 1, .the, .in) || has(i - 1, .edge))),
      at == i || joined(at)
    else { return nil }
    guard isWord(at + 1, .s) || inside(at + 1) && view.tokens[at + 1].shape.contains(.possessive), length(at + 1) <= 3 else {
      return nil
    }
    guard joined(at + 1) || length(at) == 4 else { return nil }
    guard length(at) == 2 || value >= 1000 && value < 2200 else { return nil }
    return (decadeSpec(length(at) == 4 ? value : value < 30 ? 2000 + value : 1900 + value), at + 2)
  }

  /// "in '25", "the class of '98".
  func shortYear(_ i: Int) -> Dated? {
    guard isAny(i - 1, .in, .of, .since, .until, .by, .before, .after), let (value, next) = year(i) else { return nil }
    if inside(next), view.tokens[next].mark == 0x27 { return nil }
    var spec = DateSpec()
    (spec.year, spec.grain) = (value, .year)
    return (spec, next)
  }

  func decadeSpec(_ year: Int) -> DateSpec {
    let start = CalendarDate(year: year, month: 1, day: 1)
    return DateSpec(DaySpan(start, start.adding(months: 120)), .decade)
  }

  /// "summer 2024", "the summer of 1969", "winter".
  func season(_ i: Int) -> Dated? {
    guard has(i, .season), !has(i, .plural) else { return nil }
    var spec = DateSpec()
    spec.grain = .season
    spec.part = Int(word(i).value)
    let at = isWord(i + 1, .of) ? i + 2 : i + 1
    if let (value, next) = year(at), value >= 1900 {
      spec.year = value
      // "winter 2023/24"
      if spec.part == 3, mark(next) == 0x2F || dash(next) != nil, joined(next), joined(next + 1), length(next + 1) == 2,
        digits(next + 1) == (value + 1) % 100
      {
        return (spec, next + 2)
      }
      return (spec, next)
    }
    // "the fall of last year"
    if has(at, [.previous, .current, .next]), has(at + 1, .unit), word(at + 1).unit == .year, let whole = modified(at),
      let span = whole.spec.fixed, whole.next == at + 2
    {
      spec.year = span.start.year
      return (spec, whole.next)
    }
    // "in the spring"; "the spring" alone may be of water or of steel.
    if has(i, .ambiguous), !has(i - 1, .edge) && !(mark(i - 1) == 0x2D && has(i - 2, .edge)),
      !(isWord(i - 1, .the) && isAny(i - 2, .in, .by, .since, .until, .before, .after))
    {
      return nil
    }
    return (spec, i + 1)
  }

  func seasonSpec(_ index: Int, sign: Int, _ reference: CalendarDate) -> DateSpec {
    let candidates = (-2...2).map { TimeAnchor.season(index, year: reference.year + $0) }
    let span: DaySpan
    switch sign {
    case ..<0: span = candidates.last { $0.end <= reference } ?? candidates[0]
    case 0: span = index == 3 && reference.month < 4 ? candidates[1] : candidates[2]
    default: span = candidates.first { $0.start > reference } ?? candidates[3]
    }
    return DateSpec(span, .season)
  }

  /// "fiscal 1989", "fiscal year 2024", "FY2025", "calendar year 2008", "the fiscal year".
  func fiscal(_ i: Int) -> Dated? {
    guard has(i, .fiscal) else { return nil }
    if has(skipHyphen(i + 1), .ordinal), let inner = ordinalPeriod(skipHyphen(i + 1)) { return inner }
    if has(i + 1, .quarterCode), let inner = quarterCode(i + 1) { return inner }
    let at = isWord(i + 1, .year) ? i + 2 : i + 1
    var spec = DateSpec()
    spec.grain = .year
    if let (value, next) = year(at), value >= 1900 {
      spec.year = value
      // "FY2025 Q2"
      if has(next, .quarterCode), let code = quarterCode(next), code.spec.year == nil {
        (spec.part, spec.grain) = (code.spec.part, code.spec.grain)
        return (spec, code.next)
      }
      return (spec, next)
    }
    if let value = digits(at), length(at) == 2, joined(at) {
      spec.year = expand(value)
      if has(at + 1, .quarterCode), let code = quarterCode(at + 1), code.spec.year == nil {
        (spec.part, spec.grain) = (code.spec.part, code.spec.grain)
        return (spec, code.next)
      }
      return (spec, at + 1)
    }
    guard at == i + 2, !isWord(i - 1, .a), let reference = anchor.reference else { return nil }
    var plain = DateSpec(DaySpan(year: reference.year), .year)
    if isWord(at, .ended) { plain.timex = "P1Y" }
    return (plain, at)
  }

  // MARK: Units that stand for a date

  /// "week 27", "the week of April 10th", "year 2012", "year-end", "the quarter", "the weekend".
  func unitPeriod(_ i: Int, definite: Bool = false) -> Dated? {
    guard has(i, .unit), !has(i, .plural) else { return nil }
    let unit = word(i).unit
    if unit == .week {
      if isAny(i + 1, .ending, .ended), let inner = date(i + 2), inner.spec.isDay, let found = anchor.resolve(inner.spec) {
        let last = found.spans[found.chosen]
        return (DateSpec(DaySpan(last.end.adding(days: -7), last.end), .week), inner.next)
      }
      if let number = digits(i + 1), (1...53).contains(number), length(i + 1) <= 2, view.tokens[i + 1].spaceBefore {
        var spec = DateSpec()
        (spec.part, spec.grain) = (number, .week)
        let (found, next) = withPeriodYear(spec, i + 2)
        if found.year == nil, let reference = anchor.reference { spec.year = reference.year } else { spec = found }
        return number == 0 ? nil : (spec, next)
      }
      if isAny(i + 1, .of, .beginning, .commencing, .starting), let inner = date(isAny(i + 2, .the, .on) ? i + 3 : i + 2),
        inner.spec.isDay
      {
        guard let found = anchor.resolve(inner.spec) else { return nil }
        return (DateSpec(DaySpan(weekOf: found.spans[found.chosen].start), .week), inner.next)
      }
    }
    // "the month after next"
    if isWord(i + 1, .after), isWord(i + 2, .next) || isWord(i + 2, .the) && isWord(i + 3, .next), let reference = anchor.reference,
      let span = current(unit, reference)
    {
      return (DateSpec(span.shifted(by: 2, unit), unit.grain), isWord(i + 2, .the) ? i + 4 : i + 3)
    }
    // "the week before last"
    if isWord(i + 1, .before), isWord(i + 2, .last), !has(i + 3, [.weekday, .unit, .month, .season, .holiday]),
      let reference = anchor.reference, let span = current(unit, reference)
    {
      return (DateSpec(span.shifted(by: unit == .weekend && reference.weekday >= 6 ? -3 : -2, unit), unit.grain), i + 3)
    }
    if unit == .weekend, isWord(i + 1, .of), let inner = date(i + 2), inner.spec.isDay, let found = anchor.resolve(inner.spec) {
      if holidayRule(i + 2) != nil { return (weekend(of: found.spans[found.chosen].start), inner.next) }
      let saturday = DaySpan(weekOf: found.spans[found.chosen].start).start.adding(days: 5)
      return (DateSpec(DaySpan(saturday, saturday.adding(days: 2)), .weekend), inner.next)
    }
    if unit == .year, let (value, next) = year(isWord(i + 1, .of) ? i + 2 : i + 1), isWord(i + 1, .of) == false || value >= 1500 {
      var spec = DateSpec()
      (spec.year, spec.grain) = (value, .year)
      return (spec, next)
    }
    if unit == .month, isWord(i + 1, .of), has(i + 2, .month) { return monthFirst(i + 2) }
    if unit == .year, let found = yearEarlier(i) { return found }
    guard let reference = anchor.reference else { return nil }
    // "year to date"
    if unit.months > 0 || unit == .week, isWord(i + 1, .to), isWord(i + 2, .date), let whole = current(unit, reference) {
      return (
        DateSpec(DaySpan(whole.start, max(reference, whole.start.adding(days: 1))), .range, timex: TimeFormat.timex(whole, unit.grain)),
        i + 3
      )
    }
    if unit == .year, inside(i + 1), view.tokens[i + 1].shape.contains(.possessive), isWord(i + 2, .end) {
      return (DateSpec(DaySpan(day: CalendarDate(year: reference.year, month: 12, day: 31)), .day), i + 3)
    }
    if unit == .year, mark(i + 1) == 0x2D && isWord(i + 2, .end) || isWord(i + 1, .end) && !isWord(i + 2, .of) {
      let end = isWord(i + 1, .end) ? i + 2 : i + 3
      var spec = DateSpec()
      if let (value, next) = year(isWord(end, .of) ? end + 1 : end), value >= 1900, value < 2200 {
        (spec.year, spec.month, spec.day) = (value, 12, 31)
        return (spec, next)
      }
      (spec.year, spec.month, spec.day) = (anchor.isFuture == false && reference.month < 3 ? reference.year - 1 : reference.year, 12, 31)
      return (spec, end)
    }
    guard definite || unit == .fortnight || unit == .weekend && !(inside(i + 1) && view.tokens[i + 1].isWord) else { return nil }
    switch unit {
    case .year, .week, .fortnight, .month:
      guard let span = current(unit, reference), !isAny(i + 1, .ago) else { return nil }
      // "the year before": of what was named last.
      if isWord(i + 1, .before), i + 2 >= range.upperBound || view.tokens[i + 2].isMark,
        let then = current(unit, anchor.lastSpan?.start ?? reference)
      {
        return (DateSpec(then.shifted(by: -1, unit), unit.grain), i + 2)
      }
      return (DateSpec(span, unit == .fortnight ? .range : unit.grain), i + 1)
    case .weekend:
      // "over the weekend" said of what happened is the one just gone.
      let isGone = definite && isWord(i - 1, .the) && anchor.isFuture == false && reference.weekday < 6
      return current(unit, reference).map { (DateSpec(isGone ? $0.shifted(by: -1, .week) : $0, .weekend), i + 1) }
    case .decade, .century, .half:
      return current(unit, reference).map { (DateSpec($0, unit.grain), i + 1) }
    case .quarter:
      // "the quarter ended June 30": its days are known, but the day is a mention of its own.
      if isAny(i + 1, .ended, .ending), let inner = date(i + 2), inner.spec.isDay, let found = anchor.resolve(inner.spec) {
        let end = found.spans[found.chosen].end
        let start = CalendarDate(year: end.year, month: end.month, day: 1).adding(months: end.day > 20 ? -2 : -3)
        return (DateSpec(DaySpan(start, start.adding(months: 3)), .quarter), i + 1)
      }
      if let last = anchor.lastQuarter { return (DateSpec(last, .quarter), i + 1) }
      guard let span = current(unit, reference) else { return nil }
      return (DateSpec(span.shifted(by: anchor.isFuture == true ? 0 : -1, .quarter), .quarter), i + 1)
    default: return nil
    }
  }

  /// "year-ago", "year-earlier quarter", "year-ago third quarter": the same quarter a year before.
  private func yearEarlier(_ i: Int) -> Dated? {
    guard mark(i + 1) == 0x2D, isAny(i + 2, .ago, .earlier), let reference = anchor.reference else { return nil }
    guard let latest = anchor.lastQuarter ?? current(.quarter, reference)?.shifted(by: -1, .quarter) else { return nil }
    if has(i + 3, .ordinal), let named = ordinalPeriod(i + 3), let part = named.spec.part, named.spec.grain == .quarter {
      return (DateSpec(DaySpan(year: latest.start.year - 1, firstMonth: part * 3 - 2, count: 3), .quarter), named.next)
    }
    let next = has(i + 3, .unit) && word(i + 3).unit == .quarter || isWord(i + 3, .period) ? i + 4 : i + 3
    return (DateSpec(latest.shifted(by: -4, .quarter), .quarter), next)
  }
}
