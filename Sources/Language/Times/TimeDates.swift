import Documents

/// Absolute and partial dates: "04th Jan 2019", "12/27", "Friday Oct. 13", "March 2025".
extension TimeParser {
  typealias Dated = (spec: DateSpec, next: Int)

  // MARK: Month names

  func month(_ i: Int) -> (value: Int, next: Int)? {
    guard has(i, .month) else { return nil }
    let value = Int(word(i).value)
    return (value, has(i, .abbreviated) ? skipStop(i + 1) : i + 1)
  }

  /// "Oct. 13, 1989", "October 2014", "Dec/2018", "june the 28th 2020".
  func monthFirst(_ i: Int) -> Dated? {
    guard let (month, afterMonth) = month(i) else { return nil }
    var spec = DateSpec()
    spec.month = month
    var at = afterMonth
    if mark(at) == 0x2F || mark(at) == 0x2D && joined(at), inside(at + 1), isNumber(at + 1),
      mark(at) == 0x2F || length(at + 1) == 4 || dash(at + 2) == nil && joined(at + 1)
    {
      at += 1
    }
    if mark(at) == 0x2C, isNumber(at + 1), length(at + 1) <= 2, joined(at + 2), has(at + 2, .ordinalSuffix) { at += 1 }
    let dayAt = isWord(at, .the) ? at + 1 : at
    if at == afterMonth, !has(i, .ambiguous), has(at, .cardinal), let words = wordCount(at), (1...31).contains(words.value),
      year(words.next) != nil || words.next >= range.upperBound
    {
      spec.day = words.value
      return withYear(spec, words.next)
    }
    if let (day, next) = dayNumber(dayAt), dayAt == at || next > dayAt + 1 || has(dayAt, .ordinal) {
      spec.day = day
      return withYear(spec, next, hyphenated: mark(afterMonth) == 0x2D)
    }
    spec.grain = .month
    // "January this year", "June of last year"
    let relative = isWord(at, .of) ? at + 1 : at
    if has(relative, [.previous, .current, .next]), has(relative + 1, .unit), word(relative + 1).unit == .year,
      let whole = modified(relative), let span = whole.spec.fixed
    {
      spec.year = span.start.year
      return (spec, whole.next)
    }
    if mark(at) == 0x2C, let (value, next) = year(at + 1), value >= 1500 {
      spec.year = value
      return (spec, next)
    }
    if isWord(at, .of), let (value, next) = year(at + 1) {
      spec.year = value
      return (spec, next)
    }
    if let (value, next) = year(at), value >= 1500 || has(at, .cardinal) {
      spec.year = value
      return (spec, next)
    }
    guard monthAlone(i) else { return nil }
    return (spec, afterMonth)
  }

  /// Whether a month's name without day or year is one: "may" and "march" need a capital inside a sentence or a preposition.
  private func monthAlone(_ i: Int) -> Bool {
    guard has(i, .ambiguous) else { return true }
    if has(i - 1, [.preposition, .previous, .next, .edge, .every]) || isAny(i - 1, .of) || has(i - 1, .to)
      || mark(i - 1) == 0x2D
    {
      return true
    }
    if isWord(i - 1, .the), has(i - 2, .preposition) { return true }
    if dash(i + 1) != nil || has(i + 1, .to) { return isCapitalized(i) && has(i + 2, .month) || has(dash(i + 1) ?? i, .month) }
    if isWhole(i..<i + 1) { return true }
    guard isCapitalized(i), i > range.lowerBound else { return false }
    // "May" with a capital inside a sentence; "March" may be a name.
    return word(i).value == 5 && !isCapitalized(i - 1)
  }

  /// A day of the month in digits or as an ordinal.
  func dayNumber(_ i: Int) -> (value: Int, next: Int)? {
    if let value = digits(i), length(i) <= 2, (1...31).contains(value) {
      if joined(i + 1), has(i + 1, .ordinalSuffix) { return (value, i + 2) }
      if mark(i + 1) == 0x3A, joined(i + 1), isNumber(i + 2) { return nil }
      if mark(i + 1) == 0x25 { return nil }
      if meridiem(i + 1) != nil { return nil }
      return (value, i + 1)
    }
    if let (value, next) = ordinal(i), value <= 31, !(has(next, .unit) && !has(i, .ordinal)) { return (value, next) }
    return nil
  }

  /// Adds the year that follows a month and day, if one does.
  private func withYear(_ spec: DateSpec, _ i: Int, hyphenated: Bool = true) -> Dated {
    var spec = spec
    var at = i
    let separated = [0x2C, 0x2F].contains(mark(at)) || mark(at) == 0x2D && joined(at) && hyphenated
    if separated { at += 1 }
    if isWord(at, .of) { at += 1 } else if mark(at) == 0x2C, isWord(at + 1, .of) { at += 2 }
    if let (value, next) = year(at), value >= 1500 || has(at, .cardinal) {
      // "October 13, 2000 people": a count, not a year.
      if isNumber(at), separated, has(next, .unit) { return (spec, i) }
      spec.year = value
      return (spec, next)
    }
    if at > i || !separated, let value = digits(at), length(at) == 2, !(mark(at + 1) == 0x3A && joined(at + 1)), meridiem(at + 1) == nil {
      if isWord(at - 1, .of) || separated && [0x2F, 0x2D].contains(mark(i)) && joined(at) || isWhole(i - 1..<at + 1)
        || at == i && at + 1 == range.upperBound
      {
        spec.year = expand(value)
        return (spec, at + 1)
      }
    }
    return (spec, i)
  }

  /// "15 April 1987", "the 4th of July", "twenty third day of September", "31-Oct-74".
  func dayFirst(_ i: Int) -> Dated? {
    guard let (day, afterDay) = dayNumber(i) else { return nil }
    if i > range.lowerBound, joined(i), mark(i - 1) == 0x24 || mark(i - 1) == 0x2E { return nil }
    var at = afterDay
    if isWord(at, .day) { at += 1 }
    let separator = mark(at)
    if separator == 0x2F || separator == 0x2D { at += 1 } else if isWord(at, .of) { at += 1 }
    if let (month, next) = month(at), separator != 0x2D || joined(at) {
      // "6,107.31 August" and "$12 December 27": the number belongs to something else.
      if isNumber(i), length(i) <= 2, i > range.lowerBound, mark(i - 1) == 0x24 { return nil }
      if monthFirst(at)?.spec.day != nil, afterDay == i + 1, monthFirst(at)?.spec.year == nil, !isWord(at - 1, .of), separator != 0x2F,
        separator != 0x2D,
        digits(next).map({ $0 <= 31 }) == true, i > range.lowerBound, length(next) <= 2, !isWhole(i..<next + 1)
      {
        return nil
      }
      var spec = DateSpec()
      spec.month = month
      spec.day = day
      return withYear(spec, next)
    }
    // "the 15th of next month", "20 of next month"
    if isWord(at - 1, .of), isWord(at, .the) { at += 1 }
    if isWord(at - 1, .of) || isWord(at - 1, .the), has(at, [.next, .current, .previous]), has(at + 1, .unit), word(at + 1).unit == .month,
      let whole = modified(at),
      let span = whole.spec.fixed, let found = CalendarDate(validYear: span.start.year, month: span.start.month, day: day)
    {
      return (DateSpec(DaySpan(day: found), .day), whole.next)
    }
    return nil
  }

  // MARK: Digits

  /// "10/31/74", "2019-01-04", "23.04.2022", "2014/10", "20200701", "31/Oct/1974", "2019-aug-1".
  func numericDate(_ i: Int) -> Dated? {
    guard isNumber(i) else { return nil }
    if i != tight, i > range.lowerBound, joined(i), isNumber(i - 2) || [0x24, 0x23].contains(mark(i - 1)),
      mark(i - 1) == 0x2D || mark(i - 1) == 0x2F || mark(i - 1) == 0x24
    {
      return nil
    }
    if let parts = dotted(i) {
      guard parts.count == 3 else { return nil }
      return checked(parts.map(\.value), parts.map(\.length), next: i + 1)
    }
    guard let first = digits(i) else { return nil }
    if length(i) == 8 {
      guard !joined(i + 1) || !(inside(i + 1) && view.tokens[i + 1].isWord) else { return nil }
      guard first / 10000 >= 1900, first / 10000 < 2100,
        let day = CalendarDate(validYear: first / 10000, month: first / 100 % 100, day: first % 100)
      else {
        return nil
      }
      return (DateSpec(DaySpan(day: day), .day), i + 1)
    }
    guard length(i) <= 4 else { return nil }
    let separator = mark(i + 1)
    if separator == 0x2F || separator == 0x2D, joined(i + 1) == joined(i + 2) { return separated(i, first, separator) }
    // "10 31 1974", alone
    if let second = digits(i + 1), let third = digits(i + 2), length(i + 2) == 4, isWhole(i..<i + 3) {
      return checked([first, second, third], [length(i), length(i + 1), 4], next: i + 3)
    }
    return nil
  }

  private func separated(_ i: Int, _ first: Int, _ separator: UInt8) -> Dated? {
    let isTight = joined(i + 1)
    if let (month, afterMonth) = month(i + 2) {
      guard isTight, mark(afterMonth) == separator, let last = digits(afterMonth + 1) else { return nil }
      return length(i) == 4
        ? named(first, month, last, afterMonth + 2)
        : length(afterMonth + 1) == 1 ? nil : named(length(afterMonth + 1) == 2 ? expand(last) : last, month, first, afterMonth + 2)
    }
    guard let second = digits(i + 2) else { return nil }
    if mark(i + 3) == separator, joined(i + 3) == isTight, joined(i + 4) == isTight, let third = digits(i + 4) {
      guard [1, 2, 4].contains(length(i)), length(i + 2) <= 2, [1, 2, 4].contains(length(i + 4)), isTight || isWhole(i..<i + 5) else {
        return nil
      }
      if joined(i + 5), mark(i + 5) == separator, isNumber(i + 6), !(length(i + 4) == 4) { return nil }
      return checked([first, second, third], [length(i), length(i + 2), length(i + 4)], next: i + 5)
    }
    if joined(i + 3), inside(i + 3), view.tokens[i + 3].isWord { return nil }
    if length(i) == 4, length(i + 2) <= 2, (1...12).contains(second), first >= 1500, first < 2200, isTight {
      // "2014-10" is a month, "2014-15" a season.
      guard separator == 0x2F || length(i + 2) == 2 else { return nil }
      var spec = DateSpec()
      (spec.year, spec.month, spec.grain) = (first, second, .month)
      return (spec, i + 3)
    }
    if length(i + 2) == 4, length(i) <= 2, (1...12).contains(first), second >= 1900, second < 2100, isTight {
      var spec = DateSpec()
      (spec.year, spec.month, spec.grain) = (second, first, .month)
      return (spec, i + 3)
    }
    guard length(i) <= 2, length(i + 2) <= 2, let (month, day) = ordered(first, second) else { return nil }
    guard !isClockRange(i, first, second, separator), !(first == 24 && second == 7) else { return nil }
    guard isWhole(i..<i + 3) || isTight && plausible(i, first, second, separator) else { return nil }
    var spec = DateSpec()
    (spec.month, spec.day) = (month, day)
    if let (value, next) = year(skipComma(i + 3)), length(next - 1) == 4, value >= 1900 {
      spec.year = value
      return (spec, next)
    }
    return (spec, i + 3)
  }

  /// "Monday 6-8", "Monday 1-3 pm": hours that ascend, not a month and a day.
  private func isClockRange(_ i: Int, _ first: Int, _ second: Int, _ separator: UInt8) -> Bool {
    guard separator == 0x2D, !isWhole(i..<i + 3) else { return false }
    return meridiem(i + 3) != nil || first < second && second <= 12 && (has(i - 1, [.weekday, .dayPart]))
  }

  /// Whether two small numbers are a date and no fraction, score or range.
  private func plausible(_ i: Int, _ first: Int, _ second: Int, _ separator: UInt8) -> Bool {
    if has(i - 1, .weekday) || mark(i - 1) == 0x2E && has(i - 2, .weekday) || mark(i - 1) == 0x2C && has(i - 2, .weekday) { return true }
    guard separator == 0x2F else { return false }
    if let (value, _) = year(i + 3), value >= 1990, joined(i + 3) == false { return true }
    if i == tight || mark(i + 3) == 0x2D && isNumber(i + 4) && mark(i + 5) == separator { return true }
    // "4 5/8", "7/8 of": a fraction, unless a preposition of time leads it.
    if isNumber(i - 1) { return false }
    let isFraction = first < second && [2, 3, 4, 5, 8, 10, 16, 32, 64, 100].contains(second)
    return isFraction ? isAny(i - 1, .on, .by, .since, .until, .before, .after) : true
  }

  private func named(_ year: Int, _ month: Int, _ day: Int, _ next: Int) -> Dated? {
    var spec = DateSpec()
    (spec.year, spec.month, spec.day) = (year, month, day)
    return CalendarDate(validYear: year, month: month, day: day) == nil ? nil : (spec, next)
  }

  private func ordered(_ a: Int, _ b: Int) -> (month: Int, day: Int)? {
    let (month, day) = anchor.culture == .enGB ? (b, a) : (a, b)
    if (1...12).contains(month), (1...CalendarDate.daysIn(month: month, year: 2024)).contains(day) { return (month, day) }
    if (1...12).contains(day), (1...CalendarDate.daysIn(month: day, year: 2024)).contains(month) { return (day, month) }
    return nil
  }

  private func checked(_ values: [Int], _ lengths: [Int], next: Int) -> Dated? {
    var spec = DateSpec()
    if lengths[0] == 4 {
      (spec.year, spec.month, spec.day) = (values[0], values[1], values[2])
    } else {
      guard let (month, day) = ordered(values[0], values[1]) ?? impossible(values) else { return nil }
      (spec.year, spec.month, spec.day) = (lengths[2] == 4 ? values[2] : expand(values[2]), month, day)
      if lengths[2] != 4, lengths[2] != 2 { return nil }
      return (spec, next)
    }
    guard let year = spec.year, let month = spec.month, let day = spec.day, CalendarDate(validYear: year, month: month, day: day) != nil
    else { return nil }
    return (spec, next)
  }

  /// "2/30/2019" is written as a date, though there is no such day.
  private func impossible(_ values: [Int]) -> (month: Int, day: Int)? {
    (1...12).contains(values[0]) && (1...31).contains(values[1]) ? (values[0], values[1]) : nil
  }

  // MARK: Weekdays

  /// "Friday", "Mon.", "Friday Oct. 13", "tues the 4th", "Monday 21", "wednesday of next week".
  func weekdayFirst(_ i: Int) -> Dated? {
    guard has(i, .weekday), !has(i, .plural) else { return nil }
    let isShort = has(i, .abbreviated)
    var next = isShort ? skipStop(i + 1) : i + 1
    let weekday = Int(word(i).value)
    var at = skipComma(next)
    if has(at, [.ambiguous]) && !has(at, .month) { at = next }
    if mark(at) == 0x28 { at += 1 }
    let isBracketed = at > next && mark(at - 1) == 0x28
    func close(_ dated: Dated) -> Dated { isBracketed && mark(dated.next) == 0x29 ? (dated.spec, dated.next + 1) : dated }
    for candidate in [monthFirst(at), numericDate(at), dayFirst(isWord(at, .the) ? at + 1 : at)] {
      if var found = candidate, found.spec.day != nil || found.spec.fixed != nil {
        found.spec.weekday = weekday
        return close(found)
      }
    }
    // "Friday 7.6"
    if let parts = dotted(at), at == next, parts.count == 2, (1...12).contains(parts[0].value), (1...31).contains(parts[1].value),
      parts[1].length <= 2
    {
      var spec = DateSpec()
      (spec.month, spec.day) = (parts[0].value, parts[1].value)
      return (spec, at + 1)
    }
    var spec = DateSpec()
    spec.weekday = weekday
    let dayAt = isWord(at, .the) ? at + 1 : at
    if dayAt <= next + 1, at == next, let (day, end) = dayNumber(dayAt),
      has(end - 1, [.ordinal, .ordinalSuffix]) ? endsDay(end) : isLoneDay(dayAt)
    {
      spec.day = day
      return (spec, end)
    }
    // "wednesday of next week", "sunday last week", "Monday this week"
    let of = isAny(next, .of, .from, .in) ? next + 1 : next
    if has(of, [.next, .previous, .current]), has(of + 1, .unit), word(of + 1).unit == .week, let week = modified(of),
      let span = week.spec.fixed
    {
      return (DateSpec(DaySpan(day: span.start.adding(days: weekday - 1)), .day), week.next)
    }
    // "Monday two weeks from now"
    if isNumber(next) || has(next, [.cardinal, .article]), let away = lasting(next), case .date(let there) = away.meaning,
      let span = there.fixed, !isNumber(away.upper)
    {
      return (DateSpec(DaySpan(day: sameWeek(span.start, weekday)), .day), away.upper)
    }
    if isWord(next, .after), isWord(next + 1, .next), let reference = anchor.reference {
      let ahead = (weekday - reference.weekday + 7) % 7
      let first = weekday > reference.weekday ? ahead + 7 : ahead == 0 ? 14 : ahead + 7
      return (DateSpec(DaySpan(day: reference.adding(days: first)), .day), next + 2)
    }
    guard standsAlone(i) else { return nil }
    if isShort, next > i + 1, next >= range.upperBound, !isWhole(i..<next) { next = i + 1 }
    return (spec, next)
  }

  /// "sat" and "sun" are words; alone they are days only with a stop or a preposition.
  private func standsAlone(_ i: Int) -> Bool {
    guard has(i, .ambiguous) else { return true }
    if isWhole(i..<i + 1) || mark(i + 1) == 0x2E && isWhole(i..<i + 2) { return true }
    return isCapitalized(i) && (mark(i + 1) == 0x2E && joined(i + 1) || has(i - 1, .preposition) || has(i + 1, .to) || dash(i + 1) != nil)
      && i > range.lowerBound
      && word(i).value != 7
  }

  /// Whether an ordinal after a weekday is its day and does not count what follows ("Friday, the fourth decline").
  private func endsDay(_ i: Int) -> Bool {
    i >= range.upperBound || !view.tokens[i].isWord || has(i, [.lead, .dayPart, .preposition, .to, .clockName])
  }

  /// "Monday 21" at the end of a clause or before a time, not "Monday 21 people".
  private func isLoneDay(_ i: Int) -> Bool {
    guard digits(i) != nil, clock(i, bare: false) == nil else { return false }
    if i + 1 >= range.upperBound || view.tokens[i + 1].isMark && dash(i + 1) == nil { return true }
    return has(i + 1, .lead)
  }
}
