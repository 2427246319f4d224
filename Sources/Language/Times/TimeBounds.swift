import Documents

/// Ranges with one end: "since August", "no later than Friday", "from 2010 onwards".
extension TimeParser {
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
    guard let inner = rangeFree(at) ?? loneDay(at) ?? spokenMinutes(at) else { return nil }
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
    // "on the 27 at 6pm"
    if hasArticle, isWord(i - 1, .on), let day = digits(at), length(at) <= 2, (1...31).contains(day), isWord(at + 1, .at),
      clock(at + 2, bare: false) != nil, anchor.reference != nil
    {
      var spec = DateSpec()
      spec.day = day
      return withClock(i, spec, at + 1)
    }
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

  /// "from May 5 on", "from 2010 onwards".
  func onward(_ i: Int) -> TimeNode? {
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
}
