import Documents

/// Dates and periods of any form, and those that "last", "next" or "this" leads.
extension TimeParser {
  /// A date or period that begins at `i`, whatever its form.
  func date(_ i: Int) -> Dated? {
    guard inside(i) else { return nil }
    let kind = word(i).classes
    if view.tokens[i].isNumber { return numericDate(i) ?? dayFirst(i) ?? ordinalPeriod(i) ?? decade(i) ?? yearPeriod(i) ?? quarterCode(i) }
    if mark(i) == 0x27 { return decade(i) ?? shortYear(i) }
    if kind.contains(.holiday), let found = holiday(i) { return found }
    if isAny(i, .eoy, .eom, .boy, .bom) { return shorthand(i) }
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
    if let found = beside(next) { return found }
    if has(next, [.unit]), let found = unitPeriod(next, definite: true) { return found }
    if has(next, .season), let found = season(next) { return found }
    if let found = ordinalPeriod(next) { return found }
    if has(next, [.previous, .next, .current, .edge, .fiscal, .decade]) || isNumber(next) || mark(next) == 0x27 || has(next, .ordinal) {
      return date(next)
    }
    return nil
  }

  /// "day after tomorrow", "day before Christmas", "week after Easter", "Monday before the 5th of May", "third Tuesday after Labor Day".
  private func beside(_ i: Int) -> Dated? {
    var at = i
    var position = 1
    if has(i, .ordinal) || isNumber(i), let (value, next) = ordinal(i), has(next, .weekday) { (position, at) = (value, next) }
    guard has(at, [.weekday, .unit]), !has(at, .plural), isAny(at + 1, .before, .after) else { return nil }
    let sign = isWord(at + 1, .before) ? -1 : 1
    let pointAt = isWord(at + 2, .the) ? at + 3 : at + 2
    guard has(pointAt, [.relativeDay, .month, .holiday, .weekday, .ordinal, .previous, .next]) || isNumber(pointAt),
      let (base, next) = date(pointAt),
      base.isDay, let found = anchor.resolve(base)
    else { return nil }
    let day = futureMost(found).start
    if has(at, .weekday) {
      let weekday = Int(word(at).value)
      let distance = sign > 0 ? (weekday - day.weekday + 6) % 7 + 1 : -((day.weekday - weekday + 6) % 7 + 1)
      return (DateSpec(DaySpan(day: day.adding(days: distance + sign * 7 * (position - 1))), .day), next)
    }
    switch word(at).unit {
    case .day: return (DateSpec(DaySpan(day: day.adding(days: sign)), .day), next)
    case .week: return (DateSpec(DaySpan(weekOf: day).shifted(by: sign, .week), .week), next)
    case .weekend:
      let saturday = DaySpan(weekOf: day).start.adding(days: 5 + (sign < 0 || day.weekday >= 6 ? 7 * sign : 0))
      return (DateSpec(DaySpan(saturday, saturday.adding(days: 2)), .weekend), next)
    default: return nil
    }
  }

  func relativeDay(_ i: Int) -> Dated? {
    guard has(i, .relativeDay), let reference = anchor.reference else { return nil }
    let spec = DateSpec(DaySpan(day: reference.adding(days: Int(word(i).value))), .day)
    return (spec, i + 1)
  }

  // MARK: last, next, this

  func modified(_ i: Int) -> Dated? {
    guard has(i, [.previous, .next, .current]), let now = anchor.reference else { return nil }
    let isNarrative = isWord(i - 1, .the) && isAny(i, .following, .preceding, .previous, .same) && anchor.isFuture != true
    let reference = isNarrative ? anchor.lastSpan?.start ?? now : now
    var sign = has(i, .previous) ? -1 : has(i, .next) ? 1 : 0
    var at = i + 1
    // "this coming week", "this past Friday"
    var isNearest = false
    if sign == 0, has(at, [.previous, .next]) {
      sign = has(at, .previous) ? -1 : 1
      isNearest = true
      at += 1
    }
    if isAny(i, .past, .last) == false, has(i, .next), !isAny(i, .next) || reference != now { isNearest = true }
    if reference != now { isNearest = true }
    guard inside(at) else { return nil }
    if sign == 0, isWord(at, .date) { return (DateSpec(DaySpan(day: reference), .day), at + 1) }
    // "the latest period": the quarter spoken of.
    if isWord(i, .latest), isWord(at, .period), let last = anchor.lastQuarter { return (DateSpec(last, .quarter), at + 1) }
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
    if let rule = holidayRule(at), let found = holiday(at) {
      let there = rule.day(in: reference.year)
      let year =
        sign < 0
        ? (there < reference ? reference.year : reference.year - 1)
        : sign > 0 ? (there > reference ? reference.year : reference.year + 1) : reference.year
      return (DateSpec(DaySpan(day: rule.day(in: year)), .day), found.next)
    }
    if target.classes.contains(.fiscal), has(at + 1, .unit), word(at + 1).unit == .year { return shiftedUnit(i, at + 1, sign, reference) }
    // "the coming weekend" is the one at the end of this week.
    if isNearest, sign > 0, target.classes.contains(.unit), target.unit == .weekend, !isAny(i, .following), reference.weekday < 6 {
      sign = 0
    }
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
    if isWord(i, .past), unit == .decade || unit == .century { return nil }
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
    // "next week from Monday to Wednesday", "this week between Tuesday and Thursday"
    if unit == .week, isAny(next, .from, .between), has(next + 1, .weekday),
      let to = has(next + 2, .to) || isWord(next + 2, .and) && isWord(next, .between) ? next + 3 : dash(next + 2), has(to, .weekday)
    {
      let first = span.start.adding(days: Int(word(next + 1).value) - 1)
      let last = span.start.adding(days: Int(word(to).value) - 1)
      if first < last { return (DateSpec(DaySpan(first, last), .range), to + 1) }
    }
    if inside(next), view.tokens[next].shape.contains(.possessive) {
      next += 1
      let inner = next
      if has(inner, .weekday), unit == .week {
        return (DateSpec(DaySpan(day: span.start.adding(days: Int(word(inner).value) - 1)), .day), inner + 1)
      }
      if unit == .year, let period = ordinalPeriod(inner) ?? quarterCode(inner) ?? monthFirst(inner), period.spec.fixed == nil,
        period.spec.year == nil, period.spec.part != nil || period.spec.month != nil
      {
        var found = period.spec
        found.year = span.start.year
        return (found, period.next)
      }
      return (spec, next - 1)
    }
    if unit == .day {
      // "the same day": the one named last.
      if isWord(i, .same) { return (DateSpec(DaySpan(day: anchor.lastSpan?.start ?? reference), .day), next) }
      return sign == 0 ? nil : (DateSpec(span, .day), next)
    }
    // "the same quarter last year"
    let yearAt = isWord(next, .of) ? next + 1 : next
    if sign == 0, unit == .quarter || unit == .month, has(yearAt, [.previous, .next]), has(yearAt + 1, .unit),
      word(yearAt + 1).unit == .year
    {
      let named = unit == .quarter ? anchor.lastQuarter ?? span : span
      let years = reference.year - named.start.year + (has(yearAt, .previous) ? -1 : 1)
      return (DateSpec(named.shifted(by: years, .year), unit.grain), yearAt + 2)
    }
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

}
