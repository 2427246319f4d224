import Documents

/// Periods: "last week", "the third quarter of 1998", "early 2024", "Q4 2025", "the 1990s".
extension TimeParser {
  /// A date or period that begins at `i`, whatever its form.
  func date(_ i: Int) -> Dated? {
    guard inside(i) else { return nil }
    let kind = word(i).classes
    if view.tokens[i].isNumber { return numericDate(i) ?? dayFirst(i) ?? ordinalPeriod(i) ?? decade(i) ?? yearPeriod(i) ?? quarterCode(i) }
    if mark(i) == 0x27 { return decade(i) }
    if kind.isEmpty { return isWord(i, .the) ? definite(i) : nil }
    if !kind.isDisjoint(with: .month), let found = monthFirst(i) { return found }
    if !kind.isDisjoint(with: .weekday), let found = weekdayFirst(i) { return found }
    if !kind.isDisjoint(with: .relativeDay) { return relativeDay(i) }
    if !kind.isDisjoint(with: [.edge]), let found = edge(i) { return found }
    if isWord(i, .last), let found = ordinalPeriod(i) { return found }
    if !kind.isDisjoint(with: [.previous, .next, .current]), let found = modified(i) { return found }
    if !kind.isDisjoint(with: [.ordinal, .cardinal]), let found = dayFirst(i) ?? ordinalPeriod(i) ?? decade(i) ?? yearPeriod(i) {
      return found
    }
    if !kind.isDisjoint(with: .quarterCode), let found = quarterCode(i) { return found }
    if !kind.isDisjoint(with: .holiday), let found = holiday(i) { return found }
    if !kind.isDisjoint(with: .fiscal), let found = fiscal(i) { return found }
    if !kind.isDisjoint(with: .season), let found = season(i) { return found }
    if !kind.isDisjoint(with: .decade), let found = decade(i) { return found }
    if !kind.isDisjoint(with: .unit) { return unitPeriod(i) }
    if !kind.isDisjoint(with: .article) { return definite(i) }
    return nil
  }

  /// What the article may stand before.
  func definite(_ i: Int) -> Dated? {
    guard isWord(i, .the), inside(i + 1) else { return nil }
    let next = i + 1
    if has(next, .whole), has(next + 1, .unit), let found = unitPeriod(next + 1, definite: true) { return found }
    if has(next, [.unit]), let found = unitPeriod(next, definite: true) { return found }
    if isWord(next, .day), isAny(next + 1, .before, .after), has(next + 2, .relativeDay), let base = relativeDay(next + 2),
      let span = base.spec.fixed
    {
      let sign = isWord(next + 1, .before) ? -1 : 1
      return (DateSpec(DaySpan(day: span.start.adding(days: sign)), .day), base.next)
    }
    if let found = ordinalPeriod(next) { return found }
    if has(next, [.previous, .next, .current, .edge, .fiscal, .decade]) || isNumber(next) || mark(next) == 0x27 || has(next, .ordinal) {
      return date(next)
    }
    return nil
  }

  func relativeDay(_ i: Int) -> Dated? {
    guard has(i, .relativeDay), let reference = anchor.reference else { return nil }
    let spec = DateSpec(DaySpan(day: reference.adding(days: Int(word(i).value))), .day)
    return (spec, i + 1)
  }

  // MARK: last, next, this

  func modified(_ i: Int) -> Dated? {
    guard has(i, [.previous, .next, .current]), let reference = anchor.reference else { return nil }
    var sign = has(i, .previous) ? -1 : has(i, .next) ? 1 : 0
    var at = i + 1
    // "this coming week", "this past Friday"
    var isNearest = false
    if sign == 0, has(at, [.previous, .next]) {
      sign = has(at, .previous) ? -1 : 1
      isNearest = true
      at += 1
    }
    if isAny(i, .past, .last) == false, has(i, .next), !isAny(i, .next) { isNearest = true }
    guard inside(at) else { return nil }
    if sign == 0, isWord(at, .date) { return (DateSpec(DaySpan(day: reference), .day), at + 1) }
    let target = word(at)
    if target.classes.contains(.weekday) {
      let weekday = Int(target.value)
      let next = has(at, .abbreviated) ? skipStop(at + 1) : at + 1
      // "this friday 5/12"
      if let dated = weekdayFirst(at), dated.spec.month != nil { return dated }
      let monday = reference.adding(days: 1 - reference.weekday)
      var found = monday.adding(days: weekday - 1)
      if isNearest {
        let distance = sign < 0 ? -((reference.weekday - weekday + 6) % 7 + 1) : (weekday - reference.weekday + 6) % 7 + 1
        found = reference.adding(days: distance)
      } else if sign != 0 {
        found = found.adding(days: 7 * sign)
        if sign < 0, isWord(i, .last) || isWord(i, .past), found.adding(days: 7) < reference { found = found.adding(days: 7) }
      }
      return (DateSpec(DaySpan(day: found), .day), next)
    }
    if target.classes.contains(.month), let (month, next) = month(at),
      !has(at, .ambiguous) || isCapitalized(at) || isWhole(i..<next) || sign != 0
    {
      var year = reference.year
      // The month just past is "last month"; by its name it is last year's.
      if sign < 0, month >= reference.month || month == reference.month - 1 { year -= 1 }
      if sign > 0, month <= reference.month { year += 1 }
      var spec = DateSpec()
      (spec.year, spec.month, spec.grain) = (year, month, .month)
      if let (day, end) = dayNumber(next), sign != 0 || true {
        (spec.day, spec.grain) = (day, .day)
        return (spec, end)
      }
      return (spec, next)
    }
    if target.classes.contains(.season), !isWord(at, .after) {
      return (seasonSpec(Int(target.value), sign: sign, reference), at + 1)
    }
    if target.classes.contains(.holiday), let found = holiday(at), let span = anchor.resolve(found.spec)?.spans.last {
      let year = sign < 0 ? (span.start < reference ? span.start.year : reference.year - 1) : span.start.year
      var spec = found.spec
      if let moved = holidaySpan(at: at, year: year) { spec = DateSpec(moved, .day) }
      return (spec, found.next)
    }
    if target.classes.contains(.fiscal), has(at + 1, .unit), word(at + 1).unit == .year { return shiftedUnit(i, at + 1, sign, reference) }
    if target.classes.contains(.unit) || isAny(at, .business, .working, .trading) || isWord(at, .full) {
      return shiftedUnit(i, at, sign, reference)
    }
    return nil
  }

  /// "last week", "this working week", "next year's first quarter", "last week's sunday".
  private func shiftedUnit(_ i: Int, _ unitAt: Int, _ sign: Int, _ reference: CalendarDate) -> Dated? {
    var at = unitAt
    let isWorking = isAny(at, .business, .working, .trading)
    if isWorking || isWord(at, .full) { at += 1 }
    guard has(at, .unit) else { return nil }
    let unit = word(at).unit
    if has(at, .plural), unit != .season { return nil }
    if isWord(i, .next) || sign <= 0, unit == .half, !has(i, .current) { return nil }
    guard var span = current(unit, reference) else { return nil }
    span = unit == .fortnight && sign == 0 ? span : span.shifted(by: sign, unit)
    if isWorking, unit == .week { span = DaySpan(span.start, span.start.adding(days: 5)) }
    let spec = DateSpec(span, unit == .fortnight ? .range : unit.grain)
    var next = at + 1
    // "next week Friday", "previous week - Monday"
    let dayAt = isWord(next, .on) ? next + 1 : dash(next) ?? next
    if unit == .week, has(dayAt, .weekday), !has(dayAt, .plural), !has(dayAt, .ambiguous) || isCapitalized(dayAt) {
      return (DateSpec(DaySpan(day: span.start.adding(days: Int(word(dayAt).value) - 1)), .day), dayAt + 1)
    }
    // "the week after next"
    if view.bytes.isEmpty == false, inside(next), view.tokens[next].shape.contains(.possessive) {
      next += 1
      let inner = next
      if has(inner, .weekday), unit == .week {
        return (DateSpec(DaySpan(day: span.start.adding(days: Int(word(inner).value) - 1)), .day), inner + 1)
      }
      if unit == .year, let period = ordinalPeriod(inner), period.spec.fixed == nil, period.spec.part != nil || period.spec.month != nil {
        var found = period.spec
        found.year = span.start.year
        return (found, period.next)
      }
      return (spec, next - 1)
    }
    if unit == .day { return sign == 0 ? nil : (DateSpec(span, .day), next) }
    return (spec, next)
  }

  /// The calendar unit that holds the reference day.
  func current(_ unit: TimeUnit, _ day: CalendarDate) -> DaySpan? {
    switch unit {
    case .day: return DaySpan(day: day)
    case .week: return DaySpan(weekOf: day)
    case .weekend:
      let saturday = DaySpan(weekOf: day).start.adding(days: 5)
      return DaySpan(saturday, saturday.adding(days: 2))
    case .fortnight: return DaySpan(weekOf: day, count: 2)
    case .month: return DaySpan(year: day.year, month: day.month)
    case .quarter: return DaySpan(year: day.year, firstMonth: (day.month - 1) / 3 * 3 + 1, count: 3)
    case .half: return DaySpan(year: day.year, firstMonth: day.month <= 6 ? 1 : 7, count: 6)
    case .year: return DaySpan(year: day.year)
    case .decade:
      return DaySpan(
        CalendarDate(year: day.year / 10 * 10, month: 1, day: 1), CalendarDate(year: day.year / 10 * 10 + 10, month: 1, day: 1))
    case .century:
      return DaySpan(
        CalendarDate(year: day.year / 100 * 100, month: 1, day: 1), CalendarDate(year: day.year / 100 * 100 + 100, month: 1, day: 1))
    case .season:
      for year in [day.year, day.year - 1] {
        for index in 0..<4 where TimeAnchor.season(index, year: year).contains(day) { return TimeAnchor.season(index, year: year) }
      }
      return nil
    default: return nil
    }
  }

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
    } else if isWord(at, .last) {
      position = -1
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

  /// "of 2023", "2023", "of last year", "fiscal 2025" after a quarter or half.
  private func withPeriodYear(_ spec: DateSpec, _ i: Int) -> Dated {
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

  private func nth(_ unit: TimeUnit, _ position: Int, in whole: DaySpan, grain: TimeValue.Grain) -> DaySpan? {
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
    let isNoun = isAny(i, .end, .beginning) || !isComparative && !isAny(i, .early, .late) && isWord(i + 1, .of)
    var at = skipHyphen(i + 1)
    if isWord(at, .of) { at += 1 } else if isAny(i, .end, .beginning) { return nil }
    if !isNoun, isWord(at, .in) { at += 1 }
    if has(at, .about) { at += 1 }
    if isWord(at, .the) { at += 1 }
    guard at > i, let inner = has(at, [.edge]) ? nil : date(at) ?? definite(at - 1) ?? (isNoun ? unitPeriod(at, definite: true) : nil),
      inner.spec.edge == nil
    else { return nil }
    var spec = inner.spec
    if isComparative {
      guard spec.fixed != nil || spec.weekday != nil else { return nil }
      if spec.grain != .day { spec.edge = value == 3 ? .soFar : .rest }
      return (spec, inner.next)
    }
    guard inner.spec.grain != .day || isNoun && inner.spec.fixed != nil else { return nil }
    spec.edge = isNoun ? [DateSpec.Edge.start, .mid, .end][value] : [DateSpec.Edge.early, .mid, .late][value]
    return (spec, inner.next)
  }

  /// "1990s", "the '80s", "the nineties", "mid-1990s".
  func decade(_ i: Int) -> Dated? {
    // "the nineteen seventies"
    if has(i, .cardinal), (17...20).contains(word(i).value), has(i + 1, .decade) {
      return (decadeSpec(Int(word(i).value) * 100 + Int(word(i + 1).value)), i + 2)
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

  private func decadeSpec(_ year: Int) -> DateSpec {
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
      return (spec, next)
    }
    if has(i, .ambiguous) { return nil }
    return (spec, i + 1)
  }

  private func seasonSpec(_ index: Int, sign: Int, _ reference: CalendarDate) -> DateSpec {
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
      return (spec, next)
    }
    if let value = digits(at), length(at) == 2, joined(at) {
      spec.year = expand(value)
      return (spec, at + 1)
    }
    guard at == i + 2, let reference = anchor.reference else { return nil }
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
      if isWord(i + 1, .after), isWord(i + 2, .next), let reference = anchor.reference {
        return (DateSpec(DaySpan(weekOf: reference).shifted(by: 2, .week), .week), i + 3)
      }
    }
    if unit == .weekend, isWord(i + 1, .of), let inner = date(i + 2), inner.spec.isDay, let found = anchor.resolve(inner.spec) {
      let saturday = DaySpan(weekOf: found.spans[found.chosen].start).start.adding(days: 5)
      return (DateSpec(DaySpan(saturday, saturday.adding(days: 2)), .weekend), inner.next)
    }
    if unit == .year, let (value, next) = year(i + 1) {
      var spec = DateSpec()
      (spec.year, spec.grain) = (value, .year)
      return (spec, next)
    }
    if unit == .month, isWord(i + 1, .of), has(i + 2, .month) { return monthFirst(i + 2) }
    if unit == .year, let found = yearEarlier(i) { return found }
    guard let reference = anchor.reference else { return nil }
    if unit == .year, mark(i + 1) == 0x2D, isWord(i + 2, .end) {
      var spec = DateSpec()
      (spec.year, spec.month, spec.day) = (anchor.isFuture == false && reference.month < 3 ? reference.year - 1 : reference.year, 12, 31)
      return (spec, i + 3)
    }
    guard definite || unit == .fortnight || unit == .weekend && !(inside(i + 1) && view.tokens[i + 1].isWord) else { return nil }
    switch unit {
    case .year, .week, .fortnight, .month:
      guard let span = current(unit, reference), !isAny(i + 1, .ago) else { return nil }
      return (DateSpec(span, unit == .fortnight ? .range : unit.grain), i + 1)
    case .weekend:
      return current(unit, reference).map { (DateSpec($0, .weekend), i + 1) }
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

  /// A year by itself.
  func yearPeriod(_ i: Int) -> Dated? {
    guard let (value, next) = year(i) else { return nil }
    if let found = quarterCode(i) { return found }
    if isNumber(i) {
      let isCued =
        has(i - 1, [.preposition, .edge, .lead]) || isAny(i - 1, .of, .and, .or, .the) || has(i - 1, .to) && mark(i - 1) != 0x2D
      guard value >= 1900 && value < 2100 || isCued && value >= 1500 else { return nil }
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
      if has(next, [.unit, .scale]) && !isWord(next, .quarter) && !has(next, .previous) && !has(next, .half) || mark(next) == 0x25
        || mark(next) == 0x2D && joined(next) && inside(next + 1) && view.tokens[next + 1].isWord && joined(next + 1)
          && !has(next + 1, [.quarterCode, .month])
      {
        return nil
      }
      if !isCued, value % 10 == 0, inside(next), view.tokens[next].isWord, !view.tokens[next].isCapitalized, looksPlural(next) {
        return nil
      }
      // "2015 - 32", "32 - 2015", "2010-2015-86": other numbers.
      if mark(next) == 0x2D, !joined(next), isNumber(next + 1), length(next + 1) != 4 { return nil }
      if mark(i - 1) == 0x2D, !joined(i), isNumber(i - 2), length(i - 2) != 4 { return nil }
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
