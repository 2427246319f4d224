import Documents

/// Lengths of time and the moments counted from them: "3 days", "half an hour", "two weeks ago", "3 days from today", "the past two years".
extension TimeParser {
  typealias Lasting = (spec: DurationSpec, next: Int)

  func duration(_ i: Int) -> Lasting? {
    guard inside(i), has(i, [.cardinal, .scale, .several, .half, .article]) || isNumber(i) else { return nil }
    guard var (spec, at) = firstPart(i) else { return nil }
    while true {
      // "2h 30m", "2h30m"
      if spec.unit.seconds > 60 || spec.unit == .minute, let (part, end) = letterPart(at, below: spec.unit) {
        spec.parts.append(part)
        at = end
        continue
      }
      // "1 hour and 30 minutes", "2 years, 3 months"
      var next = skipComma(at)
      if isWord(next, .and) { next += 1 }
      if let more = countedUnit(next), let part = more.spec.parts.first, rank(part.unit) < rank(spec.unit),
        next == at || !more.spec.isVague,
        next > at || view.tokens[next].spaceBefore || isNumber(next)
      {
        spec.parts.append(part)
        at = more.next
        continue
      }
      break
    }
    if spec.parts.count == 1, let extended = trailingFraction(spec, at) { return extended }
    return (spec, at)
  }

  /// "30m" and "15s" after hours and minutes in letters.
  private func letterPart(_ i: Int, below unit: TimeUnit) -> (DurationSpec.Part, Int)? {
    guard let count = digits(i), count < 60, joined(i + 1), length(i + 1) == 1, isAny(i + 1, .m, .s), length(i - 1) == 1,
      isAny(i - 1, .h, .m), isWord(i + 1, .s) || unit == .hour, !joined(i + 2) || !(inside(i + 2) && view.tokens[i + 2].isWord)
    else { return nil }
    return (DurationSpec.Part(count: Double(count), unit: isWord(i + 1, .m) ? .minute : .second), i + 2)
  }

  private func rank(_ unit: TimeUnit) -> Int { Int(unit.rawValue) }

  /// "one hour and half", "one year and a quarter", "1 hour thirty", "1 hour and fifteen".
  private func trailingFraction(_ spec: DurationSpec, _ i: Int) -> Lasting? {
    var at = i
    let hasAnd = isWord(at, .and)
    if hasAnd { at += 1 }
    if isAny(at, .a, .an) { at += 1 }
    var spec = spec
    if hasAnd, isAny(at, .half, .quarter), !isWord(at + 1, .of), !has(at + 1, .unit), !isAny(at + 1, .a, .an) {
      spec.parts[0].count += isWord(at, .half) ? 0.5 : 0.25
      return (spec, at + 1)
    }
    if hasAnd, spec.unit == .hour, let minutes = digits(at), minutes < 60, at + 1 >= range.upperBound {
      spec.parts.append(DurationSpec.Part(count: Double(minutes), unit: .minute))
      return (spec, at + 1)
    }
    if spec.unit == .hour, has(at, .cardinal), let minutes = wordCount(at), minutes.value < 60, minutes.value >= 10,
      minutes.next >= range.upperBound
    {
      spec.parts.append(DurationSpec.Part(count: Double(minutes.value), unit: .minute))
      return (spec, minutes.next)
    }
    return nil
  }

  private func firstPart(_ i: Int) -> Lasting? {
    if let found = partOfUnit(i) { return found }
    if isWord(i, .half) {
      // "half an hour", "half a day", "half day"
      let at = isAny(i + 1, .a, .an) ? i + 2 : i + 1
      guard has(at, .unit), !has(at, .plural), word(at).unit != .half, word(at).unit != .quarter, word(at).unit != .second else {
        return nil
      }
      if at == i + 1, inside(at + 1), view.tokens[at + 1].isWord { return nil }
      let unit = word(at).unit
      let parts = unit == .day ? DurationSpec.Part(count: 12, unit: .hour) : DurationSpec.Part(count: 0.5, unit: unit)
      return (DurationSpec(parts: [parts]), at + 1)
    }
    return countedUnit(i)
  }

  /// "1/2 hour", "three quarters of an hour", "a quarter of a century".
  private func partOfUnit(_ i: Int) -> Lasting? {
    var value: Double
    var at: Int
    if let above = digits(i), mark(i + 1) == 0x2F, joined(i + 1), joined(i + 2), let below = digits(i + 2), above < below, below <= 4 {
      (value, at) = (Double(above) / Double(below), i + 3)
    } else {
      let head = isWord(i, .a) ? i + 1 : i
      value = 1
      at = head
      if head == i, has(i, .cardinal), word(i).value == 3 {
        value = 3
        at = skipHyphen(i + 1)
      }
      guard has(at, .unit), word(at).unit == .quarter, has(at, .plural) == (value == 3), isWord(at + 1, .of), isAny(at + 2, .a, .an)
      else { return nil }
      value /= 4
      at += 1
    }
    if isWord(at, .of) { at += 1 }
    if isAny(at, .a, .an) { at += 1 }
    guard has(at, .unit) || letterUnit(at, i) == .hour, ![.quarter, .half, .season].contains(word(at).unit) else { return nil }
    let unit = has(at, .unit) ? word(at).unit : .hour
    // The parts of an hour are counted in minutes.
    let part = unit == .hour ? DurationSpec.Part(count: value * 60, unit: .minute) : DurationSpec.Part(count: value, unit: unit)
    return (DurationSpec(parts: [part]), at + 1)
  }

  /// A count and a unit.
  private func countedUnit(_ i: Int) -> Lasting? {
    var spec = DurationSpec(parts: [])
    var at: Int
    var value: Double
    if has(i, .several) && !isNumber(i) || isAny(i, .a) && has(i + 1, .several) {
      let first = isWord(i, .a) ? i + 1 : i
      value = Double(word(first).value)
      spec.isVague = value > 2
      at = isWord(first + 1, .of) ? first + 2 : first + 1
      guard has(at, .plural) || has(at, .unit) && value == 2 else { return nil }
    } else if isAny(i, .a, .an) {
      guard has(i + 1, .unit), !has(i + 1, .plural), rank(word(i + 1).unit) >= rank(.minute),
        ![.quarter, .half, .season, .weekend].contains(word(i + 1).unit)
      else { return nil }
      value = 1
      at = i + 1
      if mark(at + 1) == 0x2D, joined(at + 1) { return nil }
    } else {
      guard let (number, next) = count(i), number >= 0, number < 100_000 else { return nil }
      value = number
      at = next
      if !isNumber(i), has(i, .ordinal) { return nil }
      if i > range.lowerBound, joined(i), isNumber(i), mark(i - 1) == 0x24 || mark(i - 1) == 0x2E { return nil }
      (value, at) = fraction(value, at)
      if isAny(at, .more, .extra, .less), has(at + 1, .unit) { at += 1 }
    }
    // "two to three weeks": the first is the length that is sure.
    if value > 0, has(at, .to) || dash(at) != nil, let (upper, next) = count(has(at, .to) && dash(at) == nil ? at + 1 : dash(at) ?? at),
      upper > value, has(next, .unit),
      has(next, .plural), word(next).unit != .quarter, !(isNumber(i) && length(i) == 4)
    {
      at = next
    }
    let isHyphenated = mark(at) == 0x2D && joined(at) && joined(at + 1)
    if isHyphenated { at += 1 }
    let isBusiness = isAny(at, .business, .working, .trading)
    if isBusiness { at += 1 }
    if isAny(at, .full), has(at + 1, .unit) { at += 1 }
    if let unit = letterUnit(at, i) {
      spec.parts = [DurationSpec.Part(count: value, unit: unit)]
      return (spec, at + 1)
    }
    // "two nights"
    if has(at, .dayPart), word(at).value == 3, word(at).unit == .day, value >= 1, isWord(at, .night) || has(at, .plural) {
      spec.parts = [DurationSpec.Part(count: value, unit: .day)]
      return (spec, at + 1)
    }
    guard has(at, .unit) else { return nil }
    var unit = word(at).unit
    // "20 second-half points", "third quarter": a count needs a unit that is counted.
    if unit == .quarter || unit == .half || unit == .season { guard has(at, .plural), !isHyphenated else { return nil } }
    // "0900 hours", "at 1700 hours"
    if unit == .hour, isNumber(i), length(i) == 4, value < 1000 || value < 2400 && isAny(i - 1, .at, .by, .until, .till) { return nil }
    // "He came twenty-second."
    if unit == .second, has(at, .ordinal), !has(at, .plural), isHyphenated, !isNumber(i), value >= 20, Int(value) % 10 == 0,
      !(inside(at + 1) && view.tokens[at + 1].isWord)
    {
      return nil
    }
    if unit == .second, has(at, .ordinal), !has(at, .plural), mark(at + 1) == 0x2D || value != 1 && mark(at - 1) != 0x2D && !isNumber(i) {
      return nil
    }
    if unit == .day, isBusiness { unit = .businessDay } else if isBusiness { return nil }
    spec.parts = [DurationSpec.Part(count: value, unit: unit)]
    var next = at + 1
    if has(at, .ambiguous) || view.tokens[at].span.count <= 3, mark(next) == 0x2E, joined(next), next + 1 < range.upperBound,
      !has(at, .plural), !isWord(at, .day)
    {
      next += 1
    }
    // Ages of people are no times: "37 years old", "136-year-old".
    if unit == .year, isWord(next, .old) || mark(next) == 0x2D && isWord(next + 1, .old) { return nil }
    if mark(next) == 0x2D, isWord(next + 1, .old) { next += 2 }
    return (spec, next)
  }

  /// "one and a half", "5 and an half", "one and three quarters of", "two and quarter".
  private func fraction(_ value: Double, _ i: Int) -> (Double, Int) {
    guard isWord(i, .and) else { return (value, i) }
    var at = i + 1
    var many = 1.0
    if isAny(at, .a, .an) {
      at += 1
    } else if has(at, .cardinal), let (n, next) = wordCount(at), n < 4 {
      many = Double(n)
      at = next
    }
    let isHalf = isWord(at, .half)
    guard isHalf || has(at, .unit) && word(at).unit == .quarter else { return (value, i) }
    at += 1
    if isWord(at, .of) { at += 1 }
    guard has(at, .unit) else { return (value, i) }
    return (value + many * (isHalf ? 0.5 : 0.25), at)
  }

  /// "10D", "3Y", "2W" joined to digits; "2 m" alone.
  private func letterUnit(_ i: Int, _ first: Int) -> TimeUnit? {
    guard length(i) == 1, isNumber(i - 1) else { return nil }
    let isTight = joined(i) && view.tokens[i].isCapitalized
    if joined(i), isWord(i, .h) { return joined(i + 1) && isNumber(i + 1) && !isWord(i + 2, .m) ? nil : .hour }
    if isTight { return isWord(i, .d) ? .day : isWord(i, .y) ? .year : isWord(i, .w) ? .week : nil }
    guard isWhole(first..<i + 1), isAny(i, .m, .h, .s), !view.tokens[i].isCapitalized else { return nil }
    return isWord(i, .m) ? .minute : isWord(i, .h) ? .hour : .second
  }

  // MARK: Counted from a moment

  /// A length, or the moment or stretch it leads to.
  func lasting(_ i: Int) -> TimeNode? {
    if let node = weekdaysAway(i) { return node }
    guard let (spec, next) = duration(i) else { return nil }
    if let node = counted(spec, i, next) { return timed(node) }
    // A unit alone after an article is a rate or a length ("$3 a month", "for a year").
    return TimeNode(i..<next, .duration(spec))
  }

  /// "3 days ago at 5pm": the time of day on the day that was counted to.
  private func timed(_ node: TimeNode) -> TimeNode {
    guard case .date(let spec) = node.meaning, spec.isDay, isAny(node.upper, .at, .at_) || clock(node.upper, bare: false) != nil else {
      return node
    }
    let found = withClock(node.lower, spec, node.upper)
    return found.upper > node.upper ? found : node
  }

  private func counted(_ spec: DurationSpec, _ i: Int, _ next: Int) -> TimeNode? {
    guard
      has(next, .ago) || isAny(next, .ahead, .starting, .beginning) || has(next, .next)
        || mark(next) == 0x2D && has(next + 1, .ago)
    else { return nil }
    let at = mark(next) == 0x2D ? next + 1 : next
    let isLast = at + 1 >= range.upperBound || view.tokens[at + 1].isMark
    if isAny(at, .ago, .back, .earlier) || isWord(at, .before) && isLast {
      if isWord(at, .back), !isWhole(i..<at + 1) { return nil }
      return moved(spec, i..<at + 1, sign: -1, comparison: !isWord(at, .ago))
    }
    if isAny(at, .later, .hence) || isWord(at, .from) && isWord(at + 1, .now) {
      let end = isWord(at, .from) ? at + 2 : at + 1
      if isWord(at, .later), anchor.isFuture != true, !anchor.isFragment { return TimeNode(i..<end, .duration(spec)) }
      return moved(spec, i..<end, sign: 1, comparison: false)
    }
    guard isAny(at, .from, .after, .before, .starting, .beginning) else { return nil }
    let isStretch = isAny(at, .starting, .beginning)
    let pointAt = isWord(at + 1, .from) || isWord(at + 1, .on) ? at + 2 : at + 1
    guard startsPoint(pointAt), let inner = date(pointAt) ?? definite(pointAt), let found = anchor.resolve(inner.spec) else { return nil }
    let base = futureMost(found)
    if isStretch {
      let (end, _) = spec.shift(base.start, 0, sign: 1)
      return TimeNode(i..<inner.next, .date(DateSpec(DaySpan(base.start, end), .range)))
    }
    var (day, _) = spec.shift(base.start, 0, sign: isWord(at, .before) ? -1 : 1)
    var next = inner.next
    // "3 weeks after Christmas on Friday"
    if isWord(next, .on), has(next + 1, .weekday) {
      day = sameWeek(day, Int(word(next + 1).value))
      next += 2
    }
    return TimeNode(i..<next, .date(DateSpec(DaySpan(day: day), .day)))
  }

  /// The weekday of the week, Sunday to Saturday, that holds `day`.
  func sameWeek(_ day: CalendarDate, _ weekday: Int) -> CalendarDate { day.adding(days: weekday % 7 - day.weekday % 7) }

  func futureMost(_ found: (spans: [DaySpan], chosen: Int)) -> DaySpan {
    anchor.isFuture == false ? found.spans[found.chosen] : found.spans.last ?? found.spans[found.chosen]
  }

  private func startsPoint(_ i: Int) -> Bool {
    isNumber(i) || isWord(i, .the) || has(i, [.month, .weekday, .relativeDay, .previous, .next, .current, .holiday, .ordinal])
  }

  /// The moment a length away from the reference, as fine as its unit.
  private func moved(_ spec: DurationSpec, _ tokens: Range<Int>, sign: Int, comparison: Bool) -> TimeNode? {
    guard let reference = anchor.reference else { return TimeNode(tokens, .duration(spec)) }
    if spec.isVague { return TimeNode(tokens, .reference(sign < 0 ? "PAST_REF" : "FUTURE_REF")) }
    let (day, second) = spec.shift(reference, anchor.second, sign: sign)
    if spec.isBelowDay { return TimeNode(tokens, .exact(day, second, nil, 0, timex: TimeFormat.moment(day, second))) }
    var result = DateSpec(DaySpan(day: day), .day)
    switch spec.unit {
    case .year, .decade, .century:
      if spec.parts.count == 1, spec.parts[0].count == 1, let last = anchor.lastQuarter, sign < 0 {
        result.timex = TimeFormat.timex(
          last.start.month == day.month && !comparison ? last.shifted(by: -4, .quarter) : last.shifted(by: -4, .quarter), .quarter)
      } else {
        result.timex = TimeFormat.timex(DaySpan(year: day.year), .year)
      }
    case .month, .quarter, .half: result.timex = TimeFormat.timex(DaySpan(year: day.year, month: day.month), .month)
    default: break
    }
    return TimeNode(tokens, .date(result))
  }

  /// "2 sundays from now", "2 thursdays ago".
  private func weekdaysAway(_ i: Int) -> TimeNode? {
    guard let (number, next) = count(i), has(next, .weekday), has(next, .plural) || number == 1, let reference = anchor.reference,
      number == number.rounded()
    else {
      return nil
    }
    let weekday = Int(word(next).value)
    let many = Int(number)
    let sign: Int
    var end = next + 2
    if isAny(next + 1, .ago, .back) {
      sign = -1
    } else if isWord(next + 1, .from), isAny(next + 2, .now, .today) {
      sign = 1
      end += 1
    } else if isAny(next + 1, .later, .hence) {
      sign = 1
    } else {
      return nil
    }
    guard many > 0, many < 1000 else { return nil }
    let distance = sign > 0 ? (weekday - reference.weekday + 6) % 7 + 1 : -((reference.weekday - weekday + 6) % 7 + 1)
    return TimeNode(i..<end, .date(DateSpec(DaySpan(day: reference.adding(days: distance + sign * 7 * (many - 1))), .day)))
  }

  private func seasonsPast(_ i: Int, _ at: Int, _ sign: Int) -> TimeNode? {
    guard let reference = anchor.reference, let now = current(.season, reference) else { return nil }
    let near = sign < 0 ? now.start.adding(days: -1) : now.end
    return current(.season, near).map { TimeNode(i..<at + 1, .date(DateSpec($0, .season))) }
  }

  // MARK: last two months

  /// "last 2 months", "the next 4 business days", "past few years", "5 coming minutes", "the first nine months".
  func modifiedCount(_ i: Int) -> TimeNode? {
    var at = i
    var sign = 0
    var lasting: Lasting?
    // "last nine months of 2021"
    if isWord(i, .last), let (spec, next) = ordinalPeriod(i), spec.grain == .range { return TimeNode(i..<next, .date(spec)) }
    if has(at, [.previous, .next]) {
      sign = has(at, .previous) ? -1 : 1
      at += 1
      lasting = duration(at)
      if isAny(i, .last), isAny(i - 1, .to) || has(i - 1, .future) || isWord(i - 1, .not) || has(i - 1, .modal) {
        return nil
      }
      if lasting == nil, has(at, .unit), has(at, .plural), word(at).unit == .season, let found = seasonsPast(i, at, sign) { return found }
      if lasting == nil, has(at, .unit), word(at).unit.seconds > 0, let reference = anchor.reference, !has(at, .ordinal) {
        // "next hour", "past 5 minutes"
        lasting = (DurationSpec(parts: [DurationSpec.Part(count: has(at, .plural) ? 3 : 1, unit: word(at).unit)]), at + 1)
        _ = reference
      }
      if lasting == nil, has(at, .unit), has(at, .plural), isAny(i, .past) || has(i, .next) {
        return TimeNode(i..<at + 1, .reference(sign < 0 ? "PAST_REF" : "FUTURE_REF"))
      }
    } else if let (number, next) = count(at), has(next, [.previous, .next]), has(next + 1, .unit), !isNumber(at) || length(at) < 4,
      has(next + 1, .plural) || !isAny(next, .next, .last)
    {
      sign = has(next, .previous) ? -1 : 1
      lasting = (DurationSpec(parts: [DurationSpec.Part(count: number, unit: word(next + 1).unit)]), next + 2)
    }
    guard let (spec, next) = lasting, !isAny(next, .ago), let reference = anchor.reference, let first = spec.parts.first, sign != 0
    else { return nil }
    if has(at, .article) { return nil }
    var node: TimeNode
    let many = Int(first.count)
    // "5 past years" counts back from today, "past 5 years" from the year's start.
    if at == i || first.count != first.count.rounded(), !spec.isBelowDay, first.unit != .weekend {
      let (far, _) = spec.shift(reference, 0, sign: sign)
      var date = DateSpec(sign > 0 ? DaySpan(reference, far) : DaySpan(far, reference), .range)
      date.timex = TimeFormat.duration(spec, vagueAsX: true)
      return TimeNode(i..<next, .date(date))
    }
    if spec.isBelowDay {
      let (day, second) = spec.shift(reference, anchor.second, sign: sign)
      let here = (reference, anchor.second)
      let (a, b) = sign < 0 ? ((day, second), here) : (here, (day, second))
      node = TimeNode(i..<next, .exact(a.0, a.1, b.0, b.1, timex: TimeFormat.duration(spec, vagueAsX: true)))
    } else {
      var span: DaySpan
      if first.unit == .businessDay || first.unit == .day {
        let here = sign > 0 ? reference.adding(days: 1) : reference
        let (far, _) = spec.shift(reference, 0, sign: sign)
        span = sign > 0 ? DaySpan(here, far.adding(days: 1)) : DaySpan(far, here)
      } else if let now = current(first.unit, reference), first.unit != .weekend {
        span =
          sign < 0 ? DaySpan(now.shifted(by: -many, first.unit).start, now.start) : DaySpan(now.end, now.shifted(by: many, first.unit).end)
      } else {
        return nil
      }
      var date = DateSpec(span, .range)
      date.timex = spec.isVague && sign < 0 ? "PAST_REF" : TimeFormat.duration(spec, vagueAsX: true)
      node = TimeNode(i..<next, .date(date))
    }
    return node
  }
}
