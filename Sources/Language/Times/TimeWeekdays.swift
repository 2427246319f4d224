import Documents

/// Weekdays, with or without the date they belong to.
extension TimeParser {
  /// "Friday", "Mon.", "Friday Oct. 13", "tues the 4th", "Monday 21", "wednesday of next week".
  func weekdayFirst(_ i: Int) -> Dated? {
    guard has(i, .weekday), !has(i, .plural) else { return nil }
    let isShort = has(i, .abbreviated)
    var next = isShort ? skipStop(i + 1) : i + 1
    let weekday = Int(word(i).value)
    var at = skipComma(next)
    if has(at, [.ambiguous]) && !has(at, .month) { at = next }
    if mark(at) == 0x28 { at += 1 }
    let isBracketed = at > next && mark(at - 1) == 0x28
    func close(_ dated: Dated) -> Dated { isBracketed && mark(dated.next) == 0x29 ? (dated.spec, dated.next + 1) : dated }
    for candidate in [monthFirst(at), numericDate(at), dayFirst(isWord(at, .the) ? at + 1 : at)] {
      if var found = candidate, found.spec.day != nil || found.spec.fixed != nil {
        found.spec.weekday = weekday
        return close(found)
      }
    }
    // "Friday 7.6"
    if let parts = dotted(at), at == next, parts.count == 2, (1...12).contains(parts[0].value), (1...31).contains(parts[1].value),
      parts[1].length <= 2
    {
      var spec = DateSpec()
      (spec.month, spec.day) = (parts[0].value, parts[1].value)
      return (spec, at + 1)
    }
    var spec = DateSpec()
    spec.weekday = weekday
    let dayAt = isWord(at, .the) ? at + 1 : at
    if dayAt <= next + 1, at == next, let (day, end) = dayNumber(dayAt),
      has(end - 1, [.ordinal, .ordinalSuffix]) ? endsDay(end) : isLoneDay(dayAt)
    {
      spec.day = day
      return (spec, end)
    }
    // "wednesday of next week", "sunday last week", "Monday this week"
    let of = isAny(next, .of, .from, .in) ? next + 1 : next
    if has(of, [.next, .previous, .current]), has(of + 1, .unit), word(of + 1).unit == .week, let week = modified(of),
      let span = week.spec.fixed
    {
      return (DateSpec(DaySpan(day: span.start.adding(days: weekday - 1)), .day), week.next)
    }
    // "Monday two weeks from now"
    if isNumber(next) || has(next, [.cardinal, .article]), let away = lasting(next), case .date(let there) = away.meaning,
      let span = there.fixed, !isNumber(away.upper)
    {
      return (DateSpec(DaySpan(day: sameWeek(span.start, weekday)), .day), away.upper)
    }
    if isWord(next, .after), isWord(next + 1, .next), let reference = anchor.reference {
      let ahead = (weekday - reference.weekday + 7) % 7
      let first = weekday > reference.weekday ? ahead + 7 : ahead == 0 ? 14 : ahead + 7
      return (DateSpec(DaySpan(day: reference.adding(days: first)), .day), next + 2)
    }
    // "Tuesday week": the one after the next
    if has(next, .unit), word(next).unit == .week || word(next).unit == .fortnight, !has(next, .plural), endsDay(next + 1),
      mark(next + 1) != 0x2D,
      !(inside(next + 1) && view.tokens[next + 1].shape.contains(.possessive)), let reference = anchor.reference
    {
      let ahead = (weekday - reference.weekday + 6) % 7 + 1
      let weeks = word(next).unit == .week ? 7 : 14
      return (DateSpec(DaySpan(day: reference.adding(days: ahead + weeks)), .day), next + 1)
    }
    guard standsAlone(i) else { return nil }
    if isShort, next > i + 1, next >= range.upperBound, !isWhole(i..<next) { next = i + 1 }
    return (spec, next)
  }

  /// "sat" and "sun" are words; alone they are days only with a stop or a preposition.
  private func standsAlone(_ i: Int) -> Bool {
    guard has(i, .ambiguous) else { return true }
    if isWhole(i..<i + 1) || mark(i + 1) == 0x2E && isWhole(i..<i + 2) { return true }
    return isCapitalized(i) && (mark(i + 1) == 0x2E && joined(i + 1) || has(i - 1, .preposition) || has(i + 1, .to) || dash(i + 1) != nil)
      && i > range.lowerBound
      && word(i).value != 7
  }

  /// Whether an ordinal after a weekday is its day and does not count what follows ("Friday, the fourth decline").
  func endsDay(_ i: Int) -> Bool {
    i >= range.upperBound || !view.tokens[i].isWord || has(i, [.lead, .dayPart, .preposition, .to, .clockName])
  }

  /// "Monday 21" at the end of a clause or before a time, not "Monday 21 people".
  private func isLoneDay(_ i: Int) -> Bool {
    guard digits(i) != nil, clock(i, bare: false) == nil else { return false }
    if i + 1 >= range.upperBound || view.tokens[i + 1].isMark && dash(i + 1) == nil { return true }
    return has(i + 1, .lead)
  }
}
