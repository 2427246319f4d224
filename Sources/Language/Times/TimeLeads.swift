import Documents

/// Expressions that a preposition opens.
extension TimeParser {
  func led(_ i: Int) -> TimeNode? {
    let next = i + 1
    if isAny(i, .from, .between) {
      let isBetween = isWord(i, .between)
      if let found = rangeNode(next, isLed: true, isBetween: isBetween) { return led(found, from: i) }
      if let (start, end, after) = clockRange(i, bare: true) { return clockNode(i, start, end, after) }
      return isWord(i, .from) ? fromLasting(i) ?? onward(i) : nil
    }
    if isAny(i, .since, .after, .before, .until, .till, .by, .prior, .starting, .beginning) {
      return bounded(i) ?? beginning(i)
    }
    if isAny(i, .ending, .not, .any, .anytime, .greaterSign, .lessSign, .atLeastSign, .atMostSign) { return bounded(i) }
    if isWord(i, .equalSign) {
      guard let inner = rangeFree(next), case .date(let spec) = inner.meaning, spec.isDay || spec.year != nil else { return nil }
      return TimeNode(i..<inner.upper, inner.meaning)
    }
    if isAny(i, .on, .in, .at), isWord(next, .or) || isWord(next, .advance), let found = bounded(i) { return found }
    if isWord(i, .in) || isWord(i, .within) { return ahead(i) ?? unnumbered(next) }
    if isWord(i, .for) { return lastingFrom(i) ?? (isWord(next, .the) ? loneDay(next) : unnumbered(next)) }
    if isWord(i, .at) { return compared(i) ?? atClock(i) }
    if isWord(i, .on), let found = loneDay(next) { return found }
    if isWord(i, .on), has(next, .month), let found = rangeNode(next, isLed: true, isBetween: false) { return led(found, from: i) }
    if isAny(i, .to, .till, .until), isWord(next, .date), let reference = anchor.reference, mark(i - 1) != 0x2D,
      next + 1 >= range.upperBound || view.tokens[next + 1].isMark
    {
      return TimeNode(i..<next + 1, .until(.date(DateSpec(DaySpan(day: reference), .day)), .exclusive))
    }
    return nil
  }

  /// "beginning of January", "start of": an edge, not a bound.
  private func beginning(_ i: Int) -> TimeNode? { has(i, .edge) ? edge(i).map { TimeNode(i..<$0.next, .date($0.spec)) } : nil }

  private func led(_ node: TimeNode, from i: Int) -> TimeNode {
    var node = node
    node.tokens = i..<node.upper
    return node
  }

  private func clockNode(_ i: Int, _ start: ClockSpec, _ end: ClockSpec, _ next: Int) -> TimeNode? {
    var start = start
    var end = end
    var at = next
    if isAny(at, .on, .of) { at += 1 }
    if let said = dayAfter(at) {
      if let part = said.part {
        start.settle(by: part)
        end.settle(by: part)
      }
      return TimeNode(i..<said.next, .momentRange(said.spec, start, nil, end))
    }
    guard start.hasMinutes || end.hasMinutes || start.isSettled || end.isSettled else { return nil }
    var node = TimeNode(i..<next, .clockRange(start, end))
    node.core = i + 1..<next
    return node
  }

  /// "in two months", "in 3 days on Friday", "within 9 months", "within the next 10 days", "in the morning".
  private func ahead(_ i: Int) -> TimeNode? {
    var at = i + 1
    let isWithin = isWord(i, .within)
    if isWithin {
      if isWord(at, .the) { at += 1 }
      if has(at, .next) { at += 1 }
      if has(at, .unit), !has(at, .plural), at > i + 1 {
        // "within the next day and 5 hours"
        return stretch(i, DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(at).unit)]), at + 1)
      }
      guard let (spec, next) = duration(at) else { return nil }
      return stretch(i, spec, isWord(next, .from) && isAny(next + 1, .now, .today) ? next + 2 : next)
    }
    if let (part, next) = partInLead(i) { return part.part == nil ? nil : clockPart(i, part, next) }
    guard case (let spec, var next)? = duration(at), !spec.isVague, let reference = anchor.reference else { return nil }
    // "in two hours' time" is surely ahead.
    let owner = inside(next) && view.tokens[next].shape.contains(.possessive) ? next + 1 : next
    let isTime = isWord(owner, .time)
    if isTime { next = owner + 1 }
    guard isTime || !has(next, .ago), !isAny(next, .of),
      isTime || anchor.isFuture == true || anchor.isFragment || anchor.isFuture == nil && !isWord(at, .a)
    else { return nil }
    let (day, second) = spec.shift(reference, anchor.second, sign: 1)
    var node: TimeNode
    if spec.isBelowDay {
      node = TimeNode(i..<next, .exact(day, second, nil, 0, timex: TimeFormat.duration(spec, vagueAsX: true)))
    } else {
      var date = DateSpec(DaySpan(day: day), .day)
      date.timex = TimeFormat.duration(spec, vagueAsX: true)
      var upper = next
      if isWord(next, .on), has(next + 1, .weekday) {
        date = DateSpec(DaySpan(day: sameWeek(day, Int(word(next + 1).value))), .day)
        upper = next + 2
      }
      node = TimeNode(i..<upper, .date(date))
    }
    node.core = at..<node.upper
    return node
  }

  private func stretch(_ i: Int, _ first: DurationSpec, _ next: Int) -> TimeNode? {
    var spec = first
    var next = next
    if isWord(next, .and), let (more, after) = duration(next + 1) {
      spec.parts += more.parts
      next = after
    }
    guard let reference = anchor.reference else { return nil }
    let (day, second) = spec.shift(reference, anchor.second, sign: 1)
    let timex = TimeFormat.duration(spec, vagueAsX: true)
    var node: TimeNode
    if spec.isBelowDay {
      node = TimeNode(i..<next, .exact(reference, anchor.second, day, second, timex: timex))
    } else {
      var date = DateSpec(DaySpan(reference, day), .range)
      date.timex = timex
      node = TimeNode(i..<next, .date(date))
    }
    node.core = i + 1..<next
    return node
  }

  private func partInLead(_ i: Int) -> (spec: ClockSpec, next: Int)? {
    let at = isWord(i + 1, .the) ? i + 2 : i + 1
    guard has(at, [.dayPart, .edge]) else { return nil }
    return dayPart(at)
  }

  /// "in the morning", "in the afternoon at 7".
  private func clockPart(_ i: Int, _ part: ClockSpec, _ next: Int) -> TimeNode? {
    var node = TimeNode((part.edge == nil ? i : i + 1)..<next, .clock(part))
    if isWord(next, .at), case (var clock, let end)? = clock(next + 1, bare: true), let index = part.part {
      clock.settle(by: index)
      node = TimeNode(i..<end, .clock(clock))
    } else if isWord(next, .of) || isWord(next, .on), let (spec, end) = date(next + 1), spec.isDay {
      node = TimeNode(i..<end, .moment(spec, part))
    }
    node.core = i + 1..<node.upper
    return node
  }

  /// "for 10 days from 18th Dec", "for 2.5 hours from 9".
  func lastingFrom(_ i: Int) -> TimeNode? {
    guard let (spec, next) = duration(i + 1) else { return nil }
    let at = skipComma(next)
    guard isAny(at, .from, .starting, .beginning) else { return nil }
    let pointAt = isWord(at, .from) ? at + 1 : isAny(at + 1, .from, .on, .at) ? at + 2 : at + 1
    if spec.isBelowDay, let (clock, end) = clock(pointAt, bare: true) {
      return TimeNode(i..<end, .clockRange(clock, after(clock, spec)))
    }
    guard let inner = date(isWord(pointAt, .the) ? pointAt + 1 : pointAt), let found = anchor.resolve(inner.spec) else { return nil }
    let base = futureMost(found)
    let (end, _) = spec.shift(base.start, 0, sign: 1)
    return TimeNode((isWord(at, .from) ? i : i + 1)..<inner.next, .date(DateSpec(DaySpan(base.start, end), .range)))
  }

  /// "for years", "the first time in decades": a length without a number.
  private func unnumbered(_ i: Int) -> TimeNode? {
    guard has(i, .unit), has(i, .plural), [.week, .month, .year, .decade, .century].contains(word(i).unit), !isWhole(i - 1..<i + 1),
      !isAny(i + 1, .of, .to, .and, .ahead), !has(i + 1, .ago)
    else { return nil }
    return TimeNode(i..<i + 1, .duration(DurationSpec(parts: [DurationSpec.Part(count: 3, unit: word(i).unit)], isVague: true)))
  }

  /// "from 2pm for 2 hours"; "from 2010" is left to the plain reading.
  private func fromLasting(_ i: Int) -> TimeNode? {
    guard let (start, next) = clock(i + 1, bare: true), isWord(next, .for), let (spec, end) = duration(next + 1), spec.isBelowDay else {
      return nil
    }
    return TimeNode(i..<end, .clockRange(start, after(start, spec)))
  }

  private func after(_ clock: ClockSpec, _ spec: DurationSpec) -> ClockSpec {
    let seconds = (clock.seconds + Int(spec.parts.reduce(0) { $0 + $1.count * Double($1.unit.seconds) })) % 86400
    var end = ClockSpec(hour: seconds / 3600, minute: seconds / 60 % 60)
    end.isSettled = clock.isSettled
    return end
  }

  /// "seven thirty" behind a preposition of time, where nothing follows that could be counted.
  func spokenMinutes(_ i: Int) -> TimeNode? {
    guard has(i, .cardinal), let (clock, next) = clock(i, bare: true), clock.hasMinutes, endsDay(next) else { return nil }
    return withDate(i, clock, nil, next)
  }

  /// "at 6.45", "at 6", "at this time", "at present", "at lunchtime".
  private func atClock(_ i: Int) -> TimeNode? {
    if let reference = anchor.reference,
      isWord(i + 1, .present) || isWord(i + 1, .this) && isWord(i + 2, .time)
        || isWord(i + 1, .the) && (isAny(i + 2, .moment, .minute) || isWord(i + 2, .present) && isWord(i + 3, .time))
    {
      let upper = isWord(i + 1, .present) ? i + 2 : isWord(i + 2, .present) ? i + 4 : i + 3
      if isWhole(i..<upper) { return TimeNode(i..<upper, .date(DateSpec(DaySpan(day: reference), .day, timex: "PRESENT_REF"))) }
      return TimeNode(i..<upper, .exact(reference, anchor.second, nil, 0, timex: "PRESENT_REF"))
    }
    if has(i + 1, .dayPart), word(i + 1).value == 6 || isWord(i + 1, .night), let (part, next) = dayPart(i + 1) {
      return TimeNode(i..<next, .clock(part))
    }
    if let found = spokenMinutes(i + 1) { return found }
    // "at seven": an hour where the sentence ends, as in digits.
    if has(i + 1, .cardinal), let (clock, next) = clock(i + 1, bare: true), next == i + 2,
      next >= range.upperBound || mark(next) == 0x2E || mark(next) == 0x3F
    {
      return TimeNode(i + 1..<next, .clock(clock))
    }
    guard isNumber(i + 1), !has(i + 2, .unit), mark(i + 2) != 0x25, let (clock, next) = clock(i + 1, bare: true) else { return nil }
    if dotted(i + 1) != nil {
      guard next >= range.upperBound || view.tokens[next].isMark else { return nil }
      return TimeNode(i..<next, .clock(clock))
    }
    // A bare hour: only where nothing that could be counted follows.
    guard !clock.hasMinutes, next == i + 2, next >= range.upperBound || mark(next) == 0x2E && !joined(next + 1) || mark(next) == 0x3F,
      clock.hour > 0
    else { return nil }
    return TimeNode(i + 1..<next, .clock(clock))
  }
}
