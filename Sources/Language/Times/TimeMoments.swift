import Documents

/// Days and times of day together, ranges between them, and bounds ("since", "before").
extension TimeParser {
  /// The expression that begins at `i`, or nil.
  func node(_ i: Int) -> TimeNode? {
    let kind = word(i).classes
    if !kind.isDisjoint(with: .lead), let found = led(i) { return found }
    if isWord(i, ids.as), let found = bounded(i) { return found }
    if !kind.isDisjoint(with: [.every, .frequency, .weekday]) || isNumber(i), let found = recurring(i) { return found }
    if !kind.isDisjoint(with: .about), let found = approximate(i) { return found }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale, .several, .half, .article]) || !kind.isDisjoint(with: [.previous, .next]) {
      if let found = modifiedCount(i) { return found }
    }
    if !kind.isDisjoint(with: [.previous, .next, .current]), has(i + 1, .dayPart), let found = point(i) { return trailing(found) }
    if let found = rangeNode(i, isLed: false, isBetween: false) { return trailing(found) }
    if isNumber(i) || !kind.isDisjoint(with: [.cardinal, .scale, .several, .half, .article]), let found = lasting(i) { return found }
    if let found = point(i) { return trailing(found) }
    return vague(i)
  }

  // MARK: Points

  /// A date, a time of day, or both in either order.
  func point(_ i: Int) -> TimeNode? {
    if let found = now(i) { return found }
    if let found = partOfDay(i) { return found }
    if isNumber(i) || has(i, [.cardinal, .half, .article, .clockName]) || isAny(i, ids.quarter) {
      if let (start, end, next) = clockRange(i, bare: false) { return withDate(i, start, end, next) }
      if let (spec, next) = clock(i, bare: false) { return withDate(i, spec, nil, next) }
    }
    guard let (spec, next) = date(i) else { return nil }
    return withClock(i, spec, next)
  }

  private func now(_ i: Int) -> TimeNode? {
    guard isAny(i, ids.now, ids.right), let reference = anchor.reference else { return nil }
    var at = i
    if isWord(at, ids.right) {
      guard isWord(at + 1, ids.now) else { return nil }
      at += 1
    }
    return TimeNode(i..<at + 1, .exact(reference, anchor.second, nil, 0, timex: "PRESENT_REF"))
  }

  /// "this morning", "last night", "late afternoon", "tonight", "mid-afternoon yesterday".
  private func partOfDay(_ i: Int) -> TimeNode? {
    var at = i
    var edge: DateSpec.Edge?
    if isAny(at, ids.early, ids.late, ids.later, ids.earlier), has(at + 1, [.current, .previous]), has(at + 2, .dayPart) {
      edge = isAny(at, ids.early, ids.earlier) ? .early : .late
      at += 1
    }
    if let reference = anchor.reference {
      if has(at, [.current, .previous, .next]), has(at + 1, .dayPart), case (var part, let next)? = dayPart(at + 1) {
        part.edge = edge ?? part.edge
        if isAny(i, ids.later, ids.earlier) { part.edge = nil }
        let shift = has(at, .current) ? 0 : has(at, .previous) ? -1 : 1
        return withClock(i, DateSpec(DaySpan(day: reference.adding(days: shift)), .day), next, part: part)
      }
      if isWord(i, ids.tonight) {
        var part = ClockSpec()
        (part.part, part.isSettled) = (3, true)
        return withClock(i, DateSpec(DaySpan(day: reference), .day), i + 1, part: part)
      }
    }
    guard has(i, [.dayPart, .edge]), let (part, next) = dayPart(i) else { return nil }
    guard part.part != 6 || isWord(i - 1, ids.at) || length(i) > 5 else { return nil }
    if isWord(i - 1, ids.good) { return nil }
    // "afternoon at 7", "evening of October 3"
    if isWord(next, ids.at), case (var clock, let end)? = clock(next + 1, bare: true), let index = part.part {
      clock.settle(by: index)
      return TimeNode(i..<end, .clock(clock))
    }
    let dateAt = isAny(next, ids.of, ids.on) ? next + 1 : next
    if part.part != 6, let (spec, end) = date(dateAt), spec.isDay { return TimeNode(i..<end, .moment(spec, part)) }
    let isNight = isWord(i, ids.night)
    if isNight, !isWord(i - 1, ids.the), mark(i + 1) != 0x2D { return nil }
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
    var at = skipZone(upper)
    at = skipComma(at)
    if isAny(at, ids.on, ids.in) || isWord(at, ids.of) && end != nil { at += 1 }
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
  private func withClock(_ i: Int, _ spec: DateSpec, _ next: Int, part: ClockSpec? = nil) -> TimeNode {
    let plain = part.map { TimeNode(i..<next, .moment(spec, $0)) } ?? TimeNode(i..<next, .date(spec))
    guard spec.isDay else { return plain }
    var part = part
    var upper = next
    if part == nil {
      let at = isWord(upper, ids.in) ? (isWord(upper + 1, ids.the) ? upper + 2 : upper + 1) : upper
      if has(at, [.dayPart, .edge]), let (found, after) = dayPart(at), found.part != 6 {
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
    var isBare = false
    if isAny(at, ids.at, ids.at_) {
      at += 1
      isBare = true
      if has(at, .about) { at += 1 }
    } else if has(at, .about), clock(at + 1, bare: false) != nil {
      at += 1
    } else if mark(at) == 0x2D, clock(at + 1, bare: false) != nil {
      at += 1
    }
    if isAny(at, ids.after, ids.before, ids.since, ids.until, ids.till, ids.by), case (var clock, let end)? = clock(at + 1, bare: false) {
      if let index = part?.part { clock.settle(by: index) }
      let inner = TimeMeaning.moment(spec, clock)
      return TimeNode(i..<end, isAny(at, ids.after, ids.since) ? .since(inner, .inclusive) : .until(inner, .exclusive))
    }
    let isLed = isAny(at, ids.from, ids.between) || part != nil || isBare
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

  // MARK: Ranges

  /// Two points with a separator between them, each lending the other what it leaves out; or the first alone where nothing follows.
  func rangeNode(_ i: Int, isLed: Bool, isBetween: Bool) -> TimeNode? {
    if let found = dayRange(i, isBetween: isBetween) { return found }
    guard let first = rangePoint(i) else { return nil }
    let at = skipComma(first.upper)
    guard let next = separator(at, isBetween: isBetween, first: first) else { return nil }
    let second = isWord(next, ids.the) && has(next + 1, [.ordinal]) ? next + 1 : next
    guard let joined = joinPoints(i, first, second, isTight: dash(at) != nil) else { return nil }
    return joined
  }

  private func rangePoint(_ i: Int) -> TimeNode? {
    if isWord(i, ids.the), !has(i + 1, .clockName), let (spec, next) = definite(i) { return TimeNode(i..<next, .date(spec)) }
    return point(i)
  }

  private func separator(_ i: Int, isBetween: Bool, first: TimeNode) -> Int? {
    if isBetween, isWord(i, ids.and) { return i + 1 }
    if let next = dash(i) { return next }
    return has(i, .to) ? i + 1 : nil
  }

  /// "13 to 15 July", "3 and 12 of Sept", "4-23 in next month", "the twenty-seventh to the third of april".
  private func dayRange(_ i: Int, isBetween: Bool) -> TimeNode? {
    let first = isWord(i, ids.the) ? i + 1 : i
    guard isNumber(first) && length(first) <= 2 || has(first, [.ordinal, .cardinal]), let (a, afterA) = dayNumber(first) else { return nil }
    guard let separator = dash(afterA) ?? (has(afterA, .to) || isBetween && isWord(afterA, ids.and) ? afterA + 1 : nil) else { return nil }
    let second = isWord(separator, ids.the) ? separator + 1 : separator
    guard let (b, afterB) = dayNumber(second) else { return nil }
    let at = isAny(afterB, ids.of, ids.in) ? afterB + 1 : afterB
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
    let yearAt = isWord(skipComma(upper), ids.of) ? skipComma(upper) + 1 : skipComma(upper)
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
      value == (year + 1) % 100
    {
      var to = a
      to.year = year + 1
      return ordered(i..<second + 1, a, to)
    }
    if isWord(second, ids.now), let reference = anchor.reference {
      return ordered(i..<second + 1, a, DateSpec(DaySpan(day: reference), .day))
    }
    guard let other = rangePoint(second), case .date(let b) = other.meaning else { return nil }
    if isTight, a.grain != b.grain, !(a.month != nil && b.month != nil) { return nil }
    if a.grain == .year, b.grain == .year, let from = a.year, let to = b.year, to <= from { return nil }
    return ordered(i..<other.upper, a, b)
  }

  private func joinClocks(_ i: Int, _ day: DateSpec?, _ a: ClockSpec, _ second: Int, isTight: Bool) -> TimeNode? {
    guard a.part == nil else { return nil }
    if isWord(second, ids.now), let reference = anchor.reference, day == nil {
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
