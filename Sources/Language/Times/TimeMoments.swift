import Documents

/// Days and times of day together, ranges between them, and bounds ("since", "before").
extension TimeParser {
  /// The expression that begins at `i`, or nil.
  func node(_ i: Int) -> TimeNode? {
    let kind = word(i).classes
    if !kind.isDisjoint(with: .lead), let found = led(i) { return found }
    if isWord(i, .as), let found = bounded(i) { return found }
    if isAny(i, .more, .less, .no), let found = approximate(i) { return found }
    if !kind.isDisjoint(with: [.article, .whole]), let found = articled(i) { return found }
    if !kind.isDisjoint(with: [.every, .frequency, .weekday, .dayPart]) || isNumber(i) || isAny(i, .once, .twice, .any),
      let found = recurring(i)
    {
      return found
    }
    if isWord(i, .that), has(i + 1, .unit), [.week, .weekend, .month, .quarter, .year].contains(word(i + 1).unit), !has(i + 1, .plural),
      let found = narrated().unitPeriod(i + 1, definite: true), found.next == i + 2
    {
      return TimeNode(i..<i + 2, .date(found.spec))
    }
    if let found = rest(i) { return found }
    // "months ago"
    if has(i, .unit), has(i, .plural), isWord(i + 1, .ago) { return TimeNode(i..<i + 2, .reference("PAST_REF")) }
    if isAny(i, .later, .earlier), isWord(i + 1, .than), let found = bounded(i) { return found }
    if !kind.isDisjoint(with: .about), let found = approximate(i) { return found }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale, .several, .half, .article]) || !kind.isDisjoint(with: [.previous, .next]) {
      if let found = modifiedCount(i) { return found }
    }
    if !kind.isDisjoint(with: [.previous, .next, .current]), has(i + 1, .dayPart), let found = point(i) { return trailing(found) }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale]), let found = lasting(i), found.upper > (date(i)?.next ?? 0) {
      return found
    }
    if let found = rangeNode(i, isLed: false, isBetween: false) { return trailing(found) }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale, .several, .half, .article]), let found = lasting(i) { return found }
    if let found = point(i) { return trailing(found) }
    return vague(i)
  }

  /// A parser that counts from the day or period last named.
  private func narrated() -> TimeParser {
    var parser = self
    if let last = anchor.lastSpan { parser.anchor.reference = last.start }
    return parser
  }

  /// What an article leads. It belongs to the expression before a whole unit ("the week of", "the year"), and is left out before a
  /// modifier, an ordinal or an edge ("the last quarter").
  private func articled(_ i: Int) -> TimeNode? {
    if has(i, .whole), has(i + 1, .unit), [.day, .week, .month, .year].contains(word(i + 1).unit), !has(i + 1, .plural),
      !isWord(i - 1, .the)
    {
      return TimeNode(i..<i + 2, .duration(DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(i + 1).unit)])))
    }
    guard isWord(i, .the) else { return nil }
    let next = i + 1
    if let found = rest(next) { return found }
    if isWord(next, .end), isWord(next + 1, .of), isWord(next + 2, .the), isWord(next + 3, .day),
      let reference = anchor.reference
    {
      return TimeNode(i..<next + 4, .exact(reference, 86399, nil, 0, timex: reference.description))
    }
    if has(next, .unit), word(next).unit == .year || word(next).unit == .quarter, isWord(next + 1, .ended) {
      if word(next).unit == .year {
        return TimeNode(i..<next + 1, .duration(DurationSpec(parts: [DurationSpec.Part(count: 1, unit: .year)])))
      }
    }
    if isWord(next, .past), isWord(i - 1, .in), next + 1 >= range.upperBound || view.tokens[next + 1].isMark {
      return TimeNode(i..<next + 1, .reference("PAST_REF"))
    }
    guard let found = rangeNode(i, isLed: false, isBetween: false) else { return nil }
    let belongs =
      has(next, .unit) && !has(next, .ordinal) && !isNumber(next + 1) || has(next, .decade) || mark(next) == 0x27
      || isNumber(next) && joined(next + 1)
      || has(next, .ordinal) && has(skipHyphen(next + 1), .unit)
        && [.week, .day, .quarter, .half].contains(word(skipHyphen(next + 1)).unit)
      || has(next, [.ordinal]) && has(next + 1, .weekday) && isAny(next + 2, .of, .in)
      || isWord(next, .last) && has(next + 1, .weekday) && isAny(next + 2, .of, .in)
      || isWord(next, .last) && has(next + 1, .unit) && isAny(next + 2, .of, .in) || isEndOfDay(found)
    var node = found
    if !belongs, node.lower == i {
      node.tokens = next..<node.upper
      node.core = next..<node.upper
    }
    return trailing(node)
  }

  /// "rest of the week", "remainder of this year": from today on.
  func rest(_ i: Int) -> TimeNode? {
    guard isAny(i, .rest, .remaining, .remainder), let reference = anchor.reference else { return nil }
    var at = isWord(i + 1, .of) ? i + 2 : i + 1
    if isWord(at, .the) { at += 1 }
    guard
      let inner = has(at, [.current, .next, .previous]) ? modified(at) : unitPeriod(at, definite: true) ?? (at > i + 1 ? date(at) : nil),
      let found = anchor.resolve(inner.spec)
    else { return nil }
    let span = found.spans[found.chosen]
    guard span.contains(reference) else { return nil }
    return TimeNode(
      i..<inner.next,
      .date(
        DateSpec(DaySpan(reference, max(reference, span.end.adding(days: -1))), .range, timex: TimeFormat.timex(span, inner.spec.grain))))
  }

  private func isEndOfDay(_ node: TimeNode) -> Bool {
    if case .exact(_, 86399, nil, _, _) = node.meaning { return true }
    return false
  }

  // MARK: Points

  /// A date, a time of day, or both in either order.
  func point(_ i: Int) -> TimeNode? {
    if let found = now(i) { return found }
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
    // "five-thirty tomorrow evening"
    if has(i, .cardinal), let (spec, next) = clock(i, bare: true), spec.hasMinutes, has(next, [.relativeDay, .weekday, .month, .current]) {
      return withDate(i, spec, nil, next)
    }
    if let found = ordinalWeekday(i) { return found }
    guard let (said, next) = date(i) else { return nil }
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
    guard (part.part ?? 0) < 6 || isWord(i - 1, .at) || part.part == 6 && length(i) > 5 else { return nil }
    if isWord(i - 1, .good) { return nil }
    // "afternoon at 7", "evening of October 3", "mornings"
    if isWord(next, .at), case (var clock, let end)? = clock(next + 1, bare: true), let index = part.part {
      clock.settle(by: index)
      return TimeNode(i..<end, .clock(clock))
    }
    let dateAt = isAny(next, .of, .on) ? next + 1 : next
    if (part.part ?? 0) < 6, let (spec, end) = date(dateAt), spec.isDay { return TimeNode(i..<end, .moment(spec, part)) }
    let isNight = isWord(i, .night)
    if isNight, !isWord(i - 1, .the), mark(i + 1) != 0x2D { return nil }
    return TimeNode(i..<next, .clock(part))
  }

  /// A time of day and the date that follows it.
  private func withDate(_ i: Int, _ start: ClockSpec, _ end: ClockSpec?, _ next: Int) -> TimeNode {
    var start = start
    var end = end
    var upper = next
    func node(_ tokens: Range<Int>) -> TimeNode {
      end.map { TimeNode(tokens, .clockRange(start, $0)) } ?? TimeNode(tokens, .clock(start))
    }
    if end == nil, let (part, after) = partAfter(upper) {
      start.settle(by: part)
      upper = after
    }
    if end == nil, start.part == nil, has(upper, [.dayPart, .edge]), let (part, after) = dayPart(upper), let index = part.part, index < 6 {
      start.settle(by: index)
      return TimeNode(i..<after, .clock(start))
    }
    var at = skipZone(upper)
    at = skipComma(at)
    if isAny(at, .on, .in) || isWord(at, .of) && end != nil { at += 1 }
    if has(at, [.current, .previous]), has(at + 1, .dayPart), let reference = anchor.reference {
      let day = DateSpec(DaySpan(day: reference.adding(days: has(at, .current) ? 0 : -1)), .day)
      let part = Int(word(at + 1).value)
      start.settle(by: part)
      end?.settle(by: part)
      return moment(i..<at + 2, day, start, end)
    }
    // "1pm mountain timezone" and the like belong to the time.
    guard at == upper || at - upper < 3, let (spec, after) = date(at), spec.isDay || spec.weekday != nil else { return node(i..<upper) }
    if has(at, .relativeDay) == false, spec.fixed != nil, spec.grain != .day { return node(i..<upper) }
    var finish = after
    if has(finish, .dayPart), !has(finish, .plural) {
      let part = Int(word(finish).value)
      start.settle(by: part)
      end?.settle(by: part)
      finish += 1
    }
    return moment(i..<finish, spec, start, end)
  }

  private func moment(_ tokens: Range<Int>, _ day: DateSpec, _ start: ClockSpec, _ end: ClockSpec?) -> TimeNode {
    end.map { TimeNode(tokens, .momentRange(day, start, nil, $0)) } ?? TimeNode(tokens, .moment(day, start))
  }

  /// A zone's name between a time and its date.
  private func skipZone(_ i: Int) -> Int {
    guard inside(i), view.tokens[i].isWord, view.tokens[i].shape.contains(.allCaps), length(i) >= 2, length(i) <= 4, !has(i, .meridiem),
      has(i + 1, [.month, .weekday]) || mark(i + 1) == 0x2C
    else {
      return i
    }
    return i + 1
  }

  /// A date and the time of day that follows it.
  func withClock(_ i: Int, _ spec: DateSpec, _ next: Int, part: ClockSpec? = nil) -> TimeNode {
    let plain = part.map { TimeNode(i..<next, .moment(spec, $0)) } ?? TimeNode(i..<next, .date(spec))
    guard spec.isDay, !has(i, .holiday) else { return plain }
    var part = part
    var upper = next
    if part == nil {
      let at = isWord(upper, .in) ? (isWord(upper + 1, .the) ? upper + 2 : upper + 1) : upper
      if at == upper, has(at, .meridiem), word(at).value < 2 {
        var half = ClockSpec()
        (half.part, half.isSettled) = (Int(word(at).value), true)
        return TimeNode(i..<at + 1, .moment(spec, half))
      }
      if has(at, [.dayPart, .edge]), let (found, after) = dayPart(at), (found.part ?? 0) < 6 {
        part = found
        upper = after
        // "Wednesday evening next week"
        if spec.weekday != nil, has(upper, [.next, .previous, .current]), has(upper + 1, .unit), word(upper + 1).unit == .week,
          let week = modified(upper), let span = week.spec.fixed, let weekday = spec.weekday
        {
          return TimeNode(i..<week.next, .moment(DateSpec(DaySpan(day: span.start.adding(days: weekday - 1)), .day), found))
        }
      }
    }
    var at = skipComma(upper)
    // "2016-12-16T12:23:59"
    if at == upper, joined(at), length(at) == 1, view.bytes[Int(view.tokens[at].start)] == 0x54, joined(at + 1),
      let (time, after) = clock(at + 1, bare: false)
    {
      return moment(i..<after, spec, time, nil)
    }
    var isBare = false
    if isAny(at, .at, .at_) {
      at += 1
      isBare = true
      if has(at, .about) { at += 1 }
    } else if has(at, .about) || isWord(at, .for), clock(at + 1, bare: false) != nil {
      at += 1
    } else if mark(at) == 0x2D, clock(at + 1, bare: false) != nil {
      at += 1
    }
    if isAny(at, .after, .before, .since, .until, .till, .by),
      case (var clock, var end)? = clock(at + 1, bare: clock(at + 1, bare: true).map { partAfter($0.next) != nil } ?? false)
    {
      if let (index, after) = partAfter(end) {
        clock.settle(by: index)
        end = after
      }
      if let index = part?.part { clock.settle(by: index) }
      let inner = TimeMeaning.moment(spec, clock)
      return TimeNode(i..<end, isAny(at, .after, .since) ? .since(inner, .inclusive) : .until(inner, .exclusive))
    }
    // "14th Feb for 7 hours from 9:30am"
    if isWord(at, .for), let lasting = lastingFrom(at), case .clockRange(let start, let end) = lasting.meaning {
      return moment(i..<lasting.upper, spec, start, end)
    }
    let isLed = isAny(at, .from, .between) || part != nil || isBare
    if case (var start, var end, let after)? = clockRange(at, bare: isLed || at == upper), startsClean(at) {
      if let index = part?.part {
        start.settle(by: index)
        end.settle(by: index)
      }
      return moment(i..<after, spec, start, end)
    }
    if var (clock, after) = clock(at, bare: isBare || part != nil && isBare), startsClean(at) || isBare {
      if let index = part?.part {
        clock.settle(by: index)
      } else if let (index, end) = partAfter(after) {
        clock.settle(by: index)
        after = end
      } else if has(after, .relativeDay), has(after + 1, .dayPart) {
        clock.settle(by: Int(word(after + 1).value))
      }
      return moment(i..<after, spec, clock, nil)
    }
    // "march eighteenth nine thirty"
    if at == upper, has(at, .cardinal), let (clock, after) = clock(at, bare: true), clock.hasMinutes {
      return moment(i..<after, spec, clock, nil)
    }
    return part.map { TimeNode(i..<upper, .moment(spec, $0)) } ?? plain
  }

  private func startsClean(_ i: Int) -> Bool { !isNumber(i) || view.tokens[i].spaceBefore || mark(i - 1) == 0x2D || mark(i - 1) == 0x29 }

}
