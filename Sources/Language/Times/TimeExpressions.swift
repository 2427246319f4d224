import Documents

/// Which construction begins at a token.
extension TimeParser {
  /// The expression that begins at `i`, or nil.
  func node(_ i: Int) -> TimeNode? {
    let kind = word(i).classes
    if !kind.isDisjoint(with: .lead), let found = led(i) { return found }
    if isWord(i, .as), let found = bounded(i) { return found }
    if isAny(i, .more, .less, .no), let found = approximate(i) { return found }
    if !kind.isDisjoint(with: [.article, .whole]), let found = articled(i) { return found }
    if !kind.isDisjoint(with: [.every, .frequency, .weekday, .dayPart, .cardinal, .ordinal]) || isNumber(i) || isWord(i, .last)
      || isAny(i, .once, .twice, .any),
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
    if isAny(i, .later, .earlier, .sooner), isWord(i + 1, .than), let found = bounded(i) { return found }
    if !kind.isDisjoint(with: .about), let found = approximate(i) { return found }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale, .several, .half, .article]) || !kind.isDisjoint(with: [.previous, .next]) {
      if let found = modifiedCount(i) { return found }
    }
    if !kind.isDisjoint(with: [.previous, .next, .current]), has(i + 1, .dayPart), let found = point(i) { return trailing(found) }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .half, .article, .unit]), offsetClock(i, bare: false) != nil,
      let found = rangeNode(i, isLed: false, isBetween: false)
    {
      return trailing(found)
    }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale]), let found = lasting(i), found.upper > (date(i)?.next ?? 0) {
      return found
    }
    if isWord(i, .another), let found = another(i) { return found }
    if isWord(i, .business), isWord(i + 1, .hours) {
      var hours = ClockSpec()
      (hours.part, hours.isSettled) = (4, true)
      return TimeNode(i..<i + 2, .clock(hours))
    }
    if let found = listedDay(i) { return found }
    if let found = rangeNode(i, isLed: false, isBetween: false) { return trailing(found) }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale, .several, .half, .article]), let found = lasting(i) { return found }
    if let found = point(i) { return trailing(found) }
    return vague(i)
  }

  /// "another hour", "another 3 days".
  private func another(_ i: Int) -> TimeNode? {
    if let (spec, next) = duration(i + 1), !has(i + 1, .article) { return TimeNode(i..<next, .duration(spec)) }
    guard has(i + 1, .unit), !has(i + 1, [.plural, .ambiguous]), ![.quarter, .half, .season, .weekend].contains(word(i + 1).unit) else {
      return nil
    }
    return TimeNode(i..<i + 2, .duration(DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(i + 1).unit)])))
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
    if isWord(next, .end), let found = point(next), isEndOfDay(found) {
      var node = found
      node.tokens = i..<found.upper
      node.core = node.tokens
      return node
    }
    if has(next, .unit), word(next).unit == .year || word(next).unit == .quarter,
      isWord(next + 1, .ended)
        || word(next).unit == .year && has(next + 1, .to) && (has(next + 2, .month) || isNumber(next + 2) && has(next + 3, .month))
    {
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
      || has(next, [.previous, .next, .current]) && isWord(next + 1, .day) || isWord(next, .latter) || has(next, .season)
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
    if isAny(at, .the, .my) { at += 1 }
    let dayAt = isWord(at, .this) || isWord(at, .today) ? at + 1 : at
    if at > i + 1, isWord(dayAt, .day) || isWord(at, .today) {
      let upper = isWord(at, .today) ? at + 1 : dayAt + 1
      return TimeNode(i..<upper, .exact(reference, anchor.second, reference, 86399, timex: reference.description))
    }
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
}
