import Documents

/// Days and times of day together, in either order.
extension TimeParser {
  /// A time of day and the date that follows it.
  func withDate(_ i: Int, _ start: ClockSpec, _ end: ClockSpec?, _ next: Int) -> TimeNode {
    var start = start
    var end = end
    var upper = next
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
    guard at - upper < 3, let said = dayAfter(at), at == upper || said.part == nil || !isWord(at - 1, .in) else {
      return end.map { TimeNode(i..<upper, .clockRange(start, $0)) } ?? TimeNode(i..<upper, .clock(start))
    }
    if let part = said.part {
      start.settle(by: part)
      end?.settle(by: part)
    }
    return moment(i..<said.next, said.spec, start, end)
  }

  /// The day that follows a time, and the part of that day: "tomorrow", "tonight", "this morning", "Friday night", "March 3".
  func dayAfter(_ i: Int) -> (spec: DateSpec, part: Int?, next: Int)? {
    if let reference = anchor.reference {
      if isWord(i, .tonight) { return (DateSpec(DaySpan(day: reference), .day), 3, i + 1) }
      if has(i, [.current, .previous, .next]), has(i + 1, .dayPart), !has(i + 1, .plural) {
        let shift = has(i, .current) ? 0 : has(i, .previous) ? -1 : 1
        return (DateSpec(DaySpan(day: reference.adding(days: shift)), .day), Int(word(i + 1).value), i + 2)
      }
    }
    // "noon on the 5th"
    if isWord(i - 1, .on), let lone = loneDay(i), case .date(let spec) = lone.meaning, date(i) == nil { return (spec, nil, lone.upper) }
    guard let (spec, next) = date(i) ?? definite(i), spec.isDay || spec.weekday != nil else { return nil }
    if has(next, .dayPart), !has(next, .plural) { return (spec, Int(word(next).value), next + 1) }
    return (spec, nil, next)
  }

  /// Whether a bare hour may stand before what begins at `i`: a part of a day, or a day after "at".
  func isDaySaid(_ i: Int, after start: Int) -> Bool {
    if isWord(i, .tonight) || has(i, .relativeDay) && has(i + 1, .dayPart) { return true }
    if has(i, [.current, .previous, .next]), has(i + 1, .dayPart), !has(i + 1, .plural) {
      // "building 4 this afternoon": digits are an hour only where something leads them.
      return !isNumber(start) || start == range.lowerBound || has(start - 1, [.preposition, .lead, .about, .to])
    }
    return isWord(start - 1, .at) && (has(i, .relativeDay) || isWord(i, .on) && has(i + 1, [.weekday, .month]))
  }

  private func moment(_ tokens: Range<Int>, _ day: DateSpec, _ start: ClockSpec, _ end: ClockSpec?) -> TimeNode {
    end.map { TimeNode(tokens, .momentRange(day, start, nil, $0)) } ?? TimeNode(tokens, .moment(day, start))
  }

  /// A zone's name between a time and its date.
  private func skipZone(_ i: Int) -> Int {
    guard inside(i), view.tokens[i].isWord, view.tokens[i].shape.contains(.allCaps), length(i) >= 2, length(i) <= 4, !has(i, .meridiem),
      has(i + 1, [.month, .weekday, .relativeDay]) || mark(i + 1) == 0x2C || isWord(i + 1, .on) || isNumber(i + 1) && month(i + 2) != nil
    else {
      return i
    }
    return i + 1
  }

  /// Past the "Z" or "+02:00" that is joined to a time in ISO 8601's form.
  private func pastOffset(_ i: Int) -> Int {
    if joined(i), length(i) == 1, view.bytes[Int(view.tokens[i].start)] == 0x5A { return i + 1 }
    guard joined(i), mark(i) == 0x2B || mark(i) == 0x2D, joined(i + 1), digits(i + 1) != nil else { return i }
    if length(i + 1) == 4 { return i + 2 }
    guard length(i + 1) == 2 else { return i }
    return mark(i + 2) == 0x3A && joined(i + 2) && joined(i + 3) && length(i + 3) == 2 ? i + 4 : i + 2
  }

  /// A date and the time of day that follows it.
  func withClock(_ i: Int, _ spec: DateSpec, _ next: Int, part: ClockSpec? = nil) -> TimeNode {
    let plain = part.map { TimeNode(i..<next, .moment(spec, $0)) } ?? TimeNode(i..<next, .date(spec))
    // A holiday and its hour are two mentions.
    guard spec.isDay, holidayRule(i) == nil else { return plain }
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
      return moment(i..<pastOffset(after), spec, time, nil)
    }
    // "26/Oct/2016:15:50:06"
    if at == upper, mark(at) == 0x3A, joined(at), joined(at + 1), let (time, after) = clock(at + 1, bare: false) {
      return moment(i..<after, spec, time, nil)
    }
    var isBare = false
    if isAny(at, .at, .at_) {
      at += 1
      isBare = true
      if has(at, .about) { at += 1 }
    } else if has(at, .about) || isWord(at, .for), clock(at + 1, bare: part != nil && has(at, .about)) != nil {
      isBare = part != nil
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
      // "Wed Oct 26 15:50:06 2016"
      if spec.month != nil, spec.year == nil, length(after) == 4, let (value, end) = year(after), value >= 1900 {
        var dated = spec
        dated.year = value
        return moment(i..<end, dated, clock, nil)
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
