import Documents

/// Expressions that a preposition opens, and the small words that follow one.
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
    if isWord(i, .in) || isWord(i, .within) { return ahead(i) }
    if isWord(i, .for) { return lastingFrom(i) ?? (isWord(next, .the) ? loneDay(next) : nil) }
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

  /// "from May 5 on", "from 2010 onwards".
  private func onward(_ i: Int) -> TimeNode? {
    guard let inner = rangeFree(i + 1) ?? loneDay(i + 1) else { return nil }
    switch inner.meaning {
    case .date, .clock, .moment: break
    default: return nil
    }
    let at = isWord(inner.upper, .and) ? inner.upper + 1 : inner.upper
    let end = isAny(at, .onward, .onwards, .forward) ? at + 1 : at
    guard end > at || isWord(at, .on) && (at + 1 >= range.upperBound || view.tokens[at + 1].isMark) else { return nil }
    var node = TimeNode(i..<max(end, at + 1), .since(inner.meaning, .inclusive))
    node.core = inner.core
    return node
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

  /// What opens a range that has one end: "since", "on or before", "no later than", "as early as", ">=".
  private struct BoundWords {
    var isSince: Bool
    var bound = TimeMeaning.Bound.exclusive
    /// The token after the words.
    var next: Int
  }

  private func boundWords(_ i: Int) -> BoundWords? {
    if isAny(i, .greaterSign, .lessSign, .atLeastSign, .atMostSign) {
      let isClosed = isAny(i, .atLeastSign, .atMostSign) || isWord(i + 1, .equalSign)
      return BoundWords(
        isSince: isAny(i, .greaterSign, .atLeastSign), bound: isClosed ? .inclusive : .exclusive,
        next: isWord(i + 1, .equalSign) ? i + 2 : i + 1)
    }
    // "on or before", "at or after": the named end belongs to it.
    if isAny(i, .on, .in, .at), isWord(i + 1, .or), var found = simpleBound(i + 2) {
      found.bound = .inclusive
      return found
    }
    if isWord(i, .no) || isWord(i, .not), isAny(i + 1, .later, .earlier, .sooner), isWord(i + 2, .than) {
      return BoundWords(isSince: !isWord(i + 1, .later), bound: .inclusive, next: i + 3)
    }
    if isWord(i, .not), isAny(i + 1, .before, .after) {
      return BoundWords(isSince: isWord(i + 1, .before), bound: .inclusive, next: i + 2)
    }
    if isWord(i, .any), isWord(i + 1, .time) { return simpleBound(i + 2) }
    if isWord(i, .anytime) { return simpleBound(i + 1) }
    guard var found = simpleBound(i) else { return nil }
    // "before or on"
    if isWord(found.next, .or), isAny(found.next + 1, .on, .in, .at) {
      found.bound = .inclusive
      found.next += 2
    }
    return found
  }

  private func simpleBound(_ i: Int) -> BoundWords? {
    let next = i + 1
    switch word(i).particle {
    case .since: return BoundWords(isSince: true, bound: .inclusive, next: next)
    case .after: return BoundWords(isSince: true, next: next)
    case .before, .until, .till, .by: return BoundWords(isSince: false, next: next)
    case .prior: return isWord(next, .to) ? BoundWords(isSince: false, next: next + 1) : nil
    case .in: return isWord(next, .advance) && isWord(next + 1, .of) ? BoundWords(isSince: false, next: next + 2) : nil
    case .later, .earlier, .sooner:
      guard isWord(next, .than) else { return nil }
      return BoundWords(isSince: isWord(i, .later), next: next + 1)
    case .as:
      guard isAny(next, .early, .late), isWord(next + 1, .as) else { return nil }
      return BoundWords(isSince: isWord(next, .early), bound: isWord(next, .early) ? .inclusive : .exclusive, next: next + 2)
    case .starting, .beginning:
      return BoundWords(isSince: true, bound: .inclusive, next: isAny(next, .from, .on, .in, .at, .with) ? next + 1 : next)
    case .ending: return BoundWords(isSince: false, bound: .inclusive, next: isAny(next, .on, .in, .at, .with) ? next + 1 : next)
    default: return nil
    }
  }

  /// "since August", "before 2018", "as early as tomorrow", "by end of this month", "starting May 20th", "on or before Friday".
  func bounded(_ i: Int) -> TimeNode? {
    guard let words = boundWords(i) else { return nil }
    let at = words.next
    let isSince = words.isSince
    if isAny(i, .till, .until), isWord(at, .date), let reference = anchor.reference {
      return TimeNode(i..<at + 1, .until(.date(DateSpec(DaySpan(day: reference), .day)), .exclusive))
    }
    if has(at, .dayPart), word(at).value >= 6, isAny(i, .after, .before), let (part, next) = dayPart(at) {
      return TimeNode(i..<next, isSince ? .since(.clock(part), .inclusive) : .until(.clock(part), .exclusive))
    }
    guard let inner = rangeFree(at) ?? loneDay(at) else { return nil }
    let meaning: TimeMeaning
    switch inner.meaning {
    case .date(let spec):
      if isAny(i, .beginning, .starting, .ending), !spec.isDay, at == i + 1 { return nil }
      // A comparison sign stands before years and dates; numbers have their own.
      if isAny(i, .greaterSign, .lessSign), !spec.isDay, spec.year == nil { return nil }
      meaning = isSince ? .since(.date(spec), words.bound) : .until(.date(spec), words.bound)
    case .clock(let clock):
      if clock.part != nil, isAny(i, .by, .since) { return nil }
      meaning = isSince ? .since(inner.meaning, .inclusive) : .until(inner.meaning, .exclusive)
    case .moment: meaning = isSince ? .since(inner.meaning, .inclusive) : .until(inner.meaning, .exclusive)
    case .exact(let day, let seconds, nil, _, _):
      var clock = ClockSpec(hour: seconds / 3600, minute: seconds / 60 % 60, isSettled: true, hasMinutes: true)
      clock.second = seconds % 60
      let moment = TimeMeaning.moment(DateSpec(DaySpan(day: day), .day), clock)
      meaning = isSince ? .since(moment, .inclusive) : .until(moment, .exclusive)
    default: return nil
    }
    var node = TimeNode(i..<inner.upper, meaning)
    node.core = inner.core
    return node
  }

  /// "the 5th", "the nineteenth": a day of the month that nothing after it makes an ordinal of something else.
  func loneDay(_ i: Int) -> TimeNode? {
    let hasArticle = isWord(i, .the)
    let at = hasArticle ? i + 1 : i
    guard let (day, next) = ordinal(at), day <= 31, anchor.reference != nil, endsDay(next) && !isWord(next, .of) || isThisMonth(next) else {
      return nil
    }
    // "on the third" and "for the first" count something more often than days.
    guard has(next - 1, .ordinalSuffix) || hasArticle && day > 3 && isWord(i - 1, .on) else { return nil }
    var spec = DateSpec()
    spec.day = day
    if isThisMonth(next), let month = modified(next), let span = month.spec.fixed,
      let named = CalendarDate(validYear: span.start.year, month: span.start.month, day: day)
    {
      return withClock(i, DateSpec(DaySpan(day: named), .day), month.next)
    }
    return withClock(i, spec, next)
  }

  private func isThisMonth(_ i: Int) -> Bool { has(i, [.current, .next, .previous]) && has(i + 1, .unit) && word(i + 1).unit == .month }

  func rangeFree(_ i: Int) -> TimeNode? {
    let at = isWord(i, .the) ? i + 1 : i
    guard inside(at) else { return nil }
    if isWord(i, .the) {
      guard let (spec, next) = definite(i) else { return nil }
      return TimeNode(i..<next, .date(spec))
    }
    if has(at, .ambiguous), has(at, .month), monthFirst(at) == nil { return nil }
    return point(at)
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
      return stretch(i, spec, next)
    }
    if let (part, next) = partInLead(i) { return part.part == nil ? nil : clockPart(i, part, next) }
    guard let (spec, next) = duration(at), !spec.isVague, let reference = anchor.reference else { return nil }
    guard !has(next, .ago), !isAny(next, .of),
      anchor.isFuture == true || anchor.isFragment || anchor.isFuture == nil && !isWord(at, .a)
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

  /// "or later", "or earlier" after a point; "later" and "earlier" before one are edges.
  func trailing(_ node: TimeNode) -> TimeNode {
    guard
      isWord(node.upper, .or) && isAny(node.upper + 1, .later, .earlier, .after, .before)
        || isWord(node.upper, .and) && isAny(node.upper + 1, .later, .greater, .earlier)
    else { return node }
    let isSince = isAny(node.upper + 1, .later, .after, .greater)
    var upper = node.upper + 2
    var meaning = node.meaning
    if case .clock(let clock) = meaning, isWord(upper, .on), let (spec, end) = date(upper + 1), spec.isDay {
      meaning = .moment(spec, clock)
      upper = end
    }
    switch meaning {
    case .date, .clock, .moment:
      var result = TimeNode(node.lower..<upper, isSince ? .since(meaning, .inclusive) : .until(meaning, .inclusive))
      result.core = node.core
      return result
    default: return node
    }
  }

  /// "about two years", "nearly forty years ago", "around 1pm", "over a week", "more than 2 hours".
  func approximate(_ i: Int) -> TimeNode? {
    if let found = compared(i) { return found }
    guard has(i, .about) else { return nil }
    guard let inner = lasting(i + 1) ?? (isNumber(i + 1) || has(i + 1, [.relativeDay, .clockName]) ? point(i + 1) : nil) else { return nil }
    switch inner.meaning {
    case .duration, .date:
      // "over 3 years" is a stretch; the word belongs to it in TimeML only.
      var node = inner
      node.core = i..<inner.upper
      if case .date = inner.meaning, lasting(i + 1) == nil { return inner }
      node.tokens = isWord(i, .over) && isDuration(inner) ? inner.tokens : i..<inner.upper
      node.core = node.core.clamped(to: node.tokens)
      return node
    case .clock, .moment, .exact:
      var node = TimeNode(i..<inner.upper, inner.meaning)
      node.core = inner.core
      return node
    default: return nil
    }
  }

  private func isDuration(_ node: TimeNode) -> Bool {
    if case .duration = node.meaning { return true }
    return false
  }

  /// "more than 2 hours", "at least 30 days", "no more than sixty days", "more than 2 weeks before today".
  private func compared(_ i: Int) -> TimeNode? {
    var at = i
    if isWord(at, .no) {
      at += 1
      if isAny(at, .later, .earlier, .sooner) { return bounded(i) }
    }
    let isMore: Bool
    if isAny(at, .more, .less), isWord(at + 1, .than) {
      isMore = isWord(at, .more)
    } else if isWord(at, .at), isAny(at + 1, .least, .most) {
      isMore = isWord(at + 1, .least)
    } else {
      return nil
    }
    guard let inner = lasting(at + 2) else { return nil }
    switch inner.meaning {
    case .duration: return TimeNode(i..<inner.upper, inner.meaning)
    case .date(let spec):
      let isPast = spec.fixed.map { span in anchor.reference.map { span.start < $0 } ?? true } ?? true
      return TimeNode(i..<inner.upper, isMore == isPast ? .until(inner.meaning, .exclusive) : .since(inner.meaning, .inclusive))
    default: return nil
    }
  }

  /// "recently", "now", "in the future": known only as before, at or after the time of writing.
  func vague(_ i: Int) -> TimeNode? {
    guard has(i, .vague) else { return nil }
    let value = word(i).value
    let name = value < 0 ? "PAST_REF" : value > 0 ? "FUTURE_REF" : "PRESENT_REF"
    var upper = i + 1
    if has(upper, .unit), has(upper, .plural) {
      upper += 1
    } else if has(i, .ambiguous), !(value > 0 && isWord(i - 1, .the)), value > 0 {
      return nil
    }
    return TimeNode(i..<upper, .reference(name))
  }
}
