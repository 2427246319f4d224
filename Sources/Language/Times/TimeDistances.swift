import Documents

/// Moments and stretches counted from another: "two weeks ago", "3 days from today", "the past two years".
extension TimeParser {
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
    // "a week on Monday": counted from the coming one.
    if isWord(next, .on), has(next + 1, .weekday), !has(next + 1, .plural), spec.parts.count == 1, [.week, .fortnight].contains(spec.unit),
      anchor.isFuture != false, endsDay(next + 2), let reference = anchor.reference
    {
      let ahead = (Int(word(next + 1).value) - reference.weekday + 6) % 7 + 1
      let (day, _) = spec.shift(reference.adding(days: ahead), 0, sign: 1)
      return TimeNode(i..<next + 2, .date(DateSpec(DaySpan(day: day), .day)))
    }
    guard
      has(next, .ago) || isAny(next, .ahead, .starting, .beginning) || has(next, .next)
        || mark(next) == 0x2D && has(next + 1, .ago)
    else { return nil }
    let at = mark(next) == 0x2D ? next + 1 : next
    let isLast = at + 1 >= range.upperBound || view.tokens[at + 1].isMark
    if isAny(at, .ago, .back, .earlier) || isWord(at, .before) && isLast {
      if isWord(at, .back), !isWhole(i..<at + 1) { return nil }
      // "a year ago today", "two weeks ago yesterday"
      if isWord(at, .ago), has(at + 1, .relativeDay), !isWord(at + 1, .tonight), !spec.isBelowDay, !spec.isVague,
        let reference = anchor.reference
      {
        let (day, _) = spec.shift(reference.adding(days: Int(word(at + 1).value)), 0, sign: -1)
        return TimeNode(i..<at + 2, .date(DateSpec(DaySpan(day: day), .day)))
      }
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
      // "the past decade": the ten years up to now, not those of a calendar.
      if lasting == nil, isWord(i, .past), has(at, .unit), [.decade, .century].contains(word(at).unit), !has(at, .plural),
        let reference = anchor.reference
      {
        let spec = DurationSpec(parts: [DurationSpec.Part(count: 1, unit: word(at).unit)])
        var date = DateSpec(DaySpan(spec.shift(reference, 0, sign: -1).day, reference), .range)
        date.timex = TimeFormat.duration(spec, vagueAsX: true)
        return TimeNode(i..<at + 1, .date(date))
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
