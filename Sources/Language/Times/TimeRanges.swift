import Documents

/// Two points with a separator between them, each lending the other what it leaves out.
extension TimeParser {
  // MARK: Ranges

  /// Two points with a separator between them, each lending the other what it leaves out; or the first alone where nothing follows.
  func rangeNode(_ i: Int, isLed: Bool, isBetween: Bool) -> TimeNode? {
    if let found = dayRange(i, isBetween: isBetween) { return found }
    guard let first = rangePoint(i) else { return nil }
    let at = skipComma(first.upper)
    guard let next = separator(at, isBetween: isBetween, first: first) else { return isLed ? nil : first }
    let second = isWord(next, .the) && (has(next + 1, [.ordinal]) || isNumber(next + 1) && has(next + 2, .ordinalSuffix)) ? next + 1 : next
    var parser = self
    parser.tight = second
    guard let joined = parser.joinPoints(i, first, second, isTight: dash(at) != nil || mark(at) == 0x2F) else { return isLed ? nil : first }
    return joined
  }

  private func rangePoint(_ i: Int) -> TimeNode? {
    if isWord(i, .the), !has(i + 1, .clockName), let (spec, next) = definite(i) {
      return endOfDay(spec, i..<next) ?? TimeNode(i..<next, .date(spec))
    }
    return point(i)
  }

  private func separator(_ i: Int, isBetween: Bool, first: TimeNode) -> Int? {
    if isBetween, isWord(i, .and) { return i + 1 }
    if let next = dash(i) { return next }
    // "2023/24"
    if mark(i) == 0x2F, joined(i), joined(i + 1), length(i + 1) == 2, case .date(let spec) = first.meaning, spec.grain == .year,
      let year = spec.year,
      digits(i + 1) == (year + 1) % 100
    {
      return i + 1
    }
    return has(i, .to) ? i + 1 : nil
  }

  /// "13 to 15 July", "3 and 12 of Sept", "4-23 in next month", "the twenty-seventh to the third of april".
  private func dayRange(_ i: Int, isBetween: Bool) -> TimeNode? {
    // "May between 3 and 7", "May from the 3rd to the 7th"
    if let (month, next) = month(i), isAny(next, .between, .from), !has(i, .ambiguous) || isCapitalized(i) {
      let from = isWord(next + 1, .the) ? next + 2 : next + 1
      guard let (a, afterA) = dayNumber(from),
        let separator = dash(afterA) ?? (has(afterA, .to) || isWord(next, .between) && isWord(afterA, .and) ? afterA + 1 : nil)
      else { return nil }
      let second = isWord(separator, .the) ? separator + 1 : separator
      guard let (b, afterB) = dayNumber(second), b > a, self.month(afterB) == nil else { return nil }
      var (start, end) = (DateSpec(), DateSpec())
      (start.month, start.day, end.month, end.day) = (month, a, month, b)
      var upper = afterB
      if let (value, last) = year(skipComma(afterB)), value >= 1900 { (start.year, end.year, upper) = (value, value, last) }
      return ordered(i..<upper, start, end)
    }
    let first = isWord(i, .the) ? i + 1 : i
    guard isNumber(first) && length(first) <= 2 || has(first, [.ordinal, .cardinal]), let (a, afterA) = dayNumber(first) else { return nil }
    guard let separator = dash(afterA) ?? (has(afterA, .to) || isBetween && isWord(afterA, .and) ? afterA + 1 : nil) else { return nil }
    let second = isWord(separator, .the) ? separator + 1 : separator
    guard let (b, afterB) = dayNumber(second) else { return nil }
    let at = isAny(afterB, .of, .in) ? afterB + 1 : afterB
    if has(at, [.next, .previous, .current]), has(at + 1, .unit), word(at + 1).unit == .month, let whole = modified(at),
      let span = whole.spec.fixed
    {
      guard let start = CalendarDate(validYear: span.start.year, month: span.start.month, day: a),
        let end = CalendarDate(validYear: span.start.year, month: span.start.month, day: b)
      else { return nil }
      return TimeNode(i..<whole.next, .dateRange(DateSpec(DaySpan(day: start), .day), DateSpec(DaySpan(day: end), .day)))
    }
    guard let (month, next) = month(at), !has(at, .ambiguous) || isCapitalized(at) || at > afterB || true else { return nil }
    var from = DateSpec()
    var to = DateSpec()
    (from.month, from.day, to.month, to.day) = (month, a, month, b)
    if a > b { from.month = month == 1 ? 12 : month - 1 }
    var upper = next
    let yearAt = isWord(skipComma(upper), .of) ? skipComma(upper) + 1 : skipComma(upper)
    if let (value, end) = year(yearAt), value >= 1900 {
      (from.year, to.year) = (a > b && month == 1 ? value - 1 : value, value)
      upper = end
    }
    return ordered(i..<upper, from, to)
  }

  private func joinPoints(_ i: Int, _ first: TimeNode, _ second: Int, isTight: Bool) -> TimeNode? {
    switch first.meaning {
    case .date(let a): return joinDates(i, a, first.upper, second, isTight: isTight)
    case .clock(let a): return joinClocks(i, nil, a, second, isTight: isTight)
    case .moment(let day, let a): return joinClocks(i, day, a, second, isTight: isTight)
    case .exact(let day, let seconds, nil, _, _):
      guard let other = point(second) else { return nil }
      if case .clock(var clock) = other.meaning {
        if !clock.isSettled, clock.seconds <= seconds, clock.hour < 12 { clock.hour += 12 }
        return TimeNode(i..<other.upper, .exact(day, seconds, day, clock.seconds, timex: ""))
      }
      guard case .date(let b) = other.meaning else { return nil }
      return ordered(i..<other.upper, DateSpec(DaySpan(day: day), .day), b)
    default: return nil
    }
  }

  private func joinDates(_ i: Int, _ a: DateSpec, _ middle: Int, _ second: Int, isTight: Bool) -> TimeNode? {
    // "November 18-19", "april ninth through seventeenth"
    if a.month != nil, a.day != nil, a.weekday == nil, let (day, next) = dayNumber(second), month(next) == nil,
      !(mark(next) == 0x2F && joined(next)), numericDate(second) == nil
    {
      guard !isNumber(second) || !has(next, .unit) else { return nil }
      var to = a
      to.day = day
      if let from = a.day, day < from, let month = a.month {
        to.month = month % 12 + 1
        if month == 12, let year = a.year { to.year = year + 1 }
      }
      var from = a
      var upper = next
      if a.year == nil {
        let yearAt = skipComma(next)
        if let (value, end) = year(yearAt), value >= 1900 {
          (from.year, to.year) = (value, value)
          upper = end
        }
      }
      return ordered(i..<upper, from, to)
    }
    // "2024-25", "2024–2025"
    if a.grain == .year, isTight, a.edge == nil, let value = digits(second), length(second) == 2, joined(second), let year = a.year,
      value > year % 100
    {
      var to = a
      to.year = year / 100 * 100 + value
      return ordered(i..<second + 1, a, to)
    }
    if isWord(second, .now), let reference = anchor.reference {
      return ordered(i..<second + 1, a, DateSpec(DaySpan(day: reference), .day))
    }
    guard let other = rangePoint(second), case .date(var b) = other.meaning else { return nil }
    if a.isDay != b.isDay, a.weekday != nil || a.fixed != nil, !has(i - 1, .lead), b.edge == nil, b.grain == .month || a.grain == .year {
      return nil
    }
    // "from April to June in 2017"
    var a = a
    var upper = other.upper
    if a.year == nil, b.year == nil, a.fixed == nil, b.fixed == nil, a.month != nil, b.month != nil, isAny(upper, .in, .of),
      let (value, next) = year(upper + 1)
    {
      b.year = value
      a.year = (a.month ?? 0) > (b.month ?? 0) ? value - 1 : value
      upper = next
    }
    if isTight, a.grain != b.grain, !(a.month != nil && b.month != nil) { return nil }
    if a.grain == .year, b.grain == .year, let from = a.year, let to = b.year, to <= from { return nil }
    return ordered(i..<upper, a, b)
  }

  private func joinClocks(_ i: Int, _ day: DateSpec?, _ a: ClockSpec, _ second: Int, isTight: Bool) -> TimeNode? {
    guard a.part == nil else { return nil }
    if isWord(second, .now), let reference = anchor.reference, day == nil {
      return TimeNode(i..<second + 1, .exact(reference, a.seconds, reference, anchor.second, timex: ""))
    }
    guard let other = point(second) else { return nil }
    var start = a
    switch other.meaning {
    case .clock(var end):
      share(&start, &end)
      return TimeNode(i..<other.upper, day.map { .momentRange($0, start, nil, end) } ?? .clockRange(start, end))
    case .moment(let last, var end):
      share(&start, &end)
      // A day said after both times is the day of both ("3 to 5pm tomorrow"); before the second it is that one's ("2pm to tomorrow 4pm").
      if day == nil, clock(second, bare: true) != nil, start.seconds < end.seconds {
        return TimeNode(i..<other.upper, .momentRange(last, start, nil, end))
      }
      guard let from = day ?? anchor.reference.map({ DateSpec(DaySpan(day: $0), .day) }) else { return nil }
      return TimeNode(i..<other.upper, .momentRange(from, start, last, end))
    default: return nil
    }
  }

  /// Fills in what one end leaves to the other and puts them in order.
  private func ordered(_ tokens: Range<Int>, _ a: DateSpec, _ b: DateSpec) -> TimeNode? {
    var a = a
    var b = b
    func key(_ spec: DateSpec) -> Int { (spec.month ?? (spec.part ?? 1) * 3) * 100 + (spec.day ?? 1) }
    if a.fixed == nil, b.fixed == nil, a.month != nil || a.part != nil {
      if a.year == nil, let year = b.year, b.month != nil || b.part != nil { a.year = key(a) > key(b) ? year - 1 : year }
      if b.year == nil, let year = a.year { b.year = key(b) < key(a) ? year + 1 : year }
    }
    guard let first = anchor.resolve(a) else { return nil }
    var start = first.spans[first.chosen]
    if b.isAnchored {
      guard let last = anchor.resolve(b) else { return nil }
      let end = last.spans[last.chosen]
      if end.end <= start.start, let earlier = first.spans.last(where: { $0.start < end.end }) { start = earlier }
      guard end.end > start.start else { return nil }
      return TimeNode(tokens, .dateRange(fixed(a, start), fixed(b, end)))
    }
    // The first occurrence of the second after the first.
    var shifted = anchor
    shifted.reference = start.start
    shifted.isFuture = true
    shifted.isFragment = false
    guard let last = shifted.resolve(b), let end = last.spans.first(where: { $0.start >= start.start }) ?? last.spans.last else {
      return nil
    }
    return TimeNode(tokens, .dateRange(fixed(a, start), fixed(b, end)))
  }

  private func fixed(_ spec: DateSpec, _ span: DaySpan) -> DateSpec {
    if spec.fixed != nil { return spec }
    var plain = spec
    if spec.edge != nil {
      // The span is the edge already; keep the whole so that the end can be read off it.
      plain.edge = nil
      if let whole = anchor.resolve(plain)?.spans.first(where: { $0.start <= span.start && span.end <= $0.end }) {
        var kept = DateSpec(whole, spec.grain)
        kept.edge = spec.edge
        return kept
      }
    }
    return DateSpec(span, spec.grain)
  }
}
