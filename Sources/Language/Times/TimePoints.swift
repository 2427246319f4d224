import Documents

/// A date, a time of day, or both.
extension TimeParser {
  /// A date, a time of day, or both in either order.
  func point(_ i: Int) -> TimeNode? {
    if let found = now(i) { return found }
    if let found = endOfThisDay(i) { return found }
    if let found = partOfDay(i) { return found }
    if isNumber(i) || has(i, [.cardinal, .half, .article, .clockName]) || isAny(i, .quarter) {
      if let (start, end, next) = clockRange(i, bare: false) { return withDate(i, start, end, next) }
      if let (spec, next) = clock(i, bare: false) { return withDate(i, spec, nil, next) }
    }
    // "five in the morning", "seven thirty in the evening"
    if isNumber(i) || has(i, .cardinal), let (spec, next) = clock(i, bare: true), partAfter(next) != nil,
      isWord(next, .in) || !isNumber(i) || spec.hasMinutes
    {
      return withDate(i, spec, nil, next)
    }
    // "at 8 tomorrow evening", "seven tonight", "5 to 7 tonight"
    if isNumber(i) || has(i, .cardinal) {
      if let (start, end, next) = clockRange(i, bare: true), isDaySaid(next, after: i) { return withDate(i, start, end, next) }
      if let (spec, next) = clock(i, bare: true), isDaySaid(next, after: i) { return withDate(i, spec, nil, next) }
    }
    // "five-thirty tomorrow evening"
    if has(i, .cardinal), let (spec, next) = clock(i, bare: true), spec.hasMinutes, has(next, [.relativeDay, .weekday, .month, .current]) {
      return withDate(i, spec, nil, next)
    }
    if let found = ordinalWeekday(i) { return found }
    guard let (said, dated) = date(i) else { return nil }
    // "May/22 (Tue)"
    let isBracketed = said.isDay && said.month != nil && mark(dated) == 0x28 && has(dated + 1, .weekday) && mark(dated + 2) == 0x29
    let next = isBracketed ? dated + 3 : dated
    let spec = withLaterYear(said, next)
    return endOfDay(spec, i..<next) ?? withClock(i, spec, next)
  }

  /// "end of tomorrow": its last second.
  func endOfDay(_ spec: DateSpec, _ tokens: Range<Int>) -> TimeNode? {
    guard spec.edge == .end, spec.grain == .day else { return nil }
    var plain = spec
    plain.edge = nil
    guard let found = anchor.resolve(plain) else { return nil }
    let day = found.spans[found.chosen].start
    return TimeNode(tokens, .exact(day, 86399, nil, 0, timex: day.description))
  }

  /// "EOD", "end of the day", "end of day tomorrow": the last second of a day.
  private func endOfThisDay(_ i: Int) -> TimeNode? {
    guard let reference = anchor.reference else { return nil }
    var at = i
    if isWord(at, .eod) {
      at += 1
    } else if isWord(at, .end), isWord(at + 1, .of) {
      at += isAny(at + 2, .the, .this, .my) ? 3 : 2
      guard isWord(at, .day) else { return nil }
      at += 1
    } else {
      return nil
    }
    let dayAt = isAny(at, .on, .of) ? at + 1 : at
    if has(dayAt, [.relativeDay, .weekday, .month]) || isNumber(dayAt), let (spec, next) = date(dayAt), spec.isDay,
      let found = anchor.resolve(spec)
    {
      let day = futureMost(found).start
      return TimeNode(i..<next, .exact(day, 86399, nil, 0, timex: day.description))
    }
    return TimeNode(i..<at, .exact(reference, 86399, nil, 0, timex: reference.description))
  }

  /// "Q1 and Q2 2024", "March, April and May 2023": the year said last counts for those before it.
  private func withLaterYear(_ spec: DateSpec, _ i: Int) -> DateSpec {
    guard spec.year == nil, spec.fixed == nil, spec.grain != .day, spec.month != nil || spec.part != nil else { return spec }
    var at = i
    for _ in 0..<4 {
      let next = mark(at) == 0x2C ? at + 1 : at
      let following = isAny(next, .and, .or) ? next + 1 : next
      guard following > at, has(following, [.month, .quarterCode, .ordinal, .edge]), let (other, end) = date(following),
        other.grain == spec.grain, other.fixed == nil
      else { return spec }
      if let year = other.year {
        var dated = spec
        dated.year = year
        return dated
      }
      at = end
    }
    return spec
  }

  /// "first Monday evening of next month", "first Monday 1pm to 3pm of next month".
  private func ordinalWeekday(_ i: Int) -> TimeNode? {
    guard let (position, at) = ordinal(i), has(at, .weekday), !isAny(at + 1, .of, .in) else { return nil }
    var node: TimeNode?
    for skip in 1...12 where isAny(at + skip, .of, .in) {
      guard let inner = date(at + skip + 1) ?? definite(at + skip + 1), inner.spec.grain == .month, let found = anchor.resolve(inner.spec)
      else { return nil }
      guard let day = nth(Int(word(at).value), position, in: found.spans[found.chosen]) else { return nil }
      let spec = DateSpec(DaySpan(day: day), .day)
      if let (part, next) = dayPart(at + 1), next == at + skip { node = TimeNode(i..<inner.next, .moment(spec, part)) }
      if let (start, end, next) = clockRange(at + 1, bare: true), next == at + skip {
        node = TimeNode(i..<inner.next, .momentRange(spec, start, nil, end))
      }
      if let (time, next) = clock(at + 1, bare: false), next == at + skip { node = TimeNode(i..<inner.next, .moment(spec, time)) }
      break
    }
    return node
  }

  private func now(_ i: Int) -> TimeNode? {
    if isAny(i, .these), has(i + 1, .unit), has(i + 1, .plural), word(i + 1).unit == .day {
      return TimeNode(i..<i + 2, .reference("PRESENT_REF"))
    }
    guard isAny(i, .now, .right), let reference = anchor.reference else { return nil }
    var at = i
    if isWord(at, .right) {
      guard isWord(at + 1, .now) else { return nil }
      at += 1
    }
    return TimeNode(i..<at + 1, .exact(reference, anchor.second, nil, 0, timex: "PRESENT_REF"))
  }

  /// "this morning", "last night", "late afternoon", "tonight", "mid-afternoon yesterday".
  private func partOfDay(_ i: Int) -> TimeNode? {
    var at = i
    var edge: DateSpec.Edge?
    if isAny(at, .early, .late, .later, .earlier), has(at + 1, [.current, .previous]), has(at + 2, .dayPart) {
      edge = isAny(at, .early, .earlier) ? .early : .late
      at += 1
    }
    if let reference = anchor.reference {
      if has(at, [.current, .previous, .next]), has(at + 1, .dayPart), case (var part, let next)? = dayPart(at + 1) {
        part.edge = edge ?? part.edge
        if isAny(i, .later, .earlier) { part.edge = nil }
        let shift = has(at, .current) ? 0 : has(at, .previous) ? -1 : 1
        return withClock(i, DateSpec(DaySpan(day: reference.adding(days: shift)), .day), next, part: part)
      }
      if isWord(i, .tonight) {
        var part = ClockSpec()
        (part.part, part.isSettled) = (3, true)
        return withClock(i, DateSpec(DaySpan(day: reference), .day), i + 1, part: part)
      }
    }
    guard has(i, [.dayPart, .edge]), let (part, next) = dayPart(i) else { return nil }
    guard (part.part ?? 0) < 6 || isWord(i - 1, .at) || part.part == 6 && length(i) > 5 || part.part == 7 && length(i) > 6 else {
      return nil
    }
    if isWord(i - 1, .good) { return nil }
    // "the night before last"
    if isWord(next, .before), isWord(next + 1, .last), !has(next + 2, [.unit, .weekday, .month, .dayPart]), let reference = anchor.reference
    {
      return TimeNode(i..<next + 2, .moment(DateSpec(DaySpan(day: reference.adding(days: -2)), .day), part))
    }
    // "afternoon at 7", "evening of October 3", "mornings"
    if isWord(next, .at), case (var clock, let end)? = clock(next + 1, bare: true), let index = part.part {
      clock.settle(by: index)
      return TimeNode(i..<end, .clock(clock))
    }
    let dateAt = isAny(next, .of, .on) ? next + 1 : next
    if (part.part ?? 0) < 6, let (spec, end) = date(dateAt), spec.isDay { return TimeNode(i..<end, .moment(spec, part)) }
    // "the evening of the 3rd"
    if (part.part ?? 0) < 6, dateAt > next, let lone = loneDay(dateAt), case .date(let spec) = lone.meaning {
      return TimeNode(i..<lone.upper, .moment(spec, part))
    }
    let isNight = isWord(i, .night)
    if isNight, !isWord(i - 1, .the), mark(i + 1) != 0x2D { return nil }
    return TimeNode(i..<next, .clock(part))
  }
}
