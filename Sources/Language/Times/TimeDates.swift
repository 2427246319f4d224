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
    // "May 4 last year", "4 May of this year"
    let relative = isWord(i, .of) ? i + 1 : i
    if has(relative, [.previous, .current, .next]), has(relative + 1, .unit), word(relative + 1).unit == .year, !has(relative + 1, .plural),
      let whole = modified(relative), whole.next == relative + 2, let span = whole.spec.fixed, whole.spec.grain == .year
    {
      spec.year = span.start.year
      return (spec, whole.next)
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
    let isDotted = separator == 0x2E && joined(at) && joined(at + 1) && has(at + 1, .month)
    if separator == 0x2F || separator == 0x2D || isDotted { at += 1 } else if isWord(at, .of) { at += 1 }
    if let (month, next) = month(at), separator != 0x2D || joined(at) {
      // "6,107.31 August" and "$12 December 27": the number belongs to something else.
      if isNumber(i), length(i) <= 2, i > range.lowerBound, mark(i - 1) == 0x24 { return nil }
      if !isDotted, monthFirst(at)?.spec.day != nil, afterDay == i + 1, monthFirst(at)?.spec.year == nil, !isWord(at - 1, .of),
        separator != 0x2F,
        separator != 0x2D,
        digits(next).map({ $0 <= 31 }) == true, i > range.lowerBound, length(next) <= 2, !isWhole(i..<next + 1)
      {
        return nil
      }
      var spec = DateSpec()
      spec.month = month
      spec.day = day
      // "12.Feb.21"
      let yearAt = skipStop(at + 1)
      if isDotted, yearAt > at + 1, let value = digits(yearAt), length(yearAt) == 2 || length(yearAt) == 4, joined(yearAt) {
        spec.year = length(yearAt) == 2 ? expand(value) : value
        return (spec, yearAt + 1)
      }
      return withYear(spec, next)
    }
    if let found = dayOfList(i, day, afterDay) { return found }
    // "the 1st of the month"
    if isWord(at - 1, .of), isWord(at, .the), has(at + 1, .unit), word(at + 1).unit == .month, let reference = anchor.reference,
      let found = CalendarDate(validYear: reference.year, month: reference.month, day: day), has(afterDay - 1, [.ordinal, .ordinalSuffix])
    {
      return (DateSpec(DaySpan(day: found), .day), at + 2)
    }
    // "the 15th of next month", "20 of next month"
    if isWord(at - 1, .of), isWord(at, .the) { at += 1 }
    if isWord(at - 1, .of) || isWord(at - 1, .the) || at == afterDay && has(at - 1, .ordinalSuffix), has(at, [.next, .current, .previous]),
      has(at + 1, .unit), word(at + 1).unit == .month,
      let whole = modified(at),
      let span = whole.spec.fixed, let found = CalendarDate(validYear: span.start.year, month: span.start.month, day: day)
    {
      return (DateSpec(DaySpan(day: found), .day), whole.next)
    }
    return nil
  }

  /// "May 5th and 6th", "April 24, 25 and 26": a later day of the month said first.
  func listedDay(_ i: Int) -> TimeNode? {
    guard isNumber(i) && length(i) <= 2 || has(i, .ordinal), let (day, next) = dayNumber(i), endsDay(next), !joined(next) || mark(next) != 0
    else {
      return nil
    }
    if mark(next) == 0x3A || mark(next) == 0x25 || mark(next) == 0x2D { return nil }
    var at = i
    var later = day
    for _ in 0..<4 {
      var before = at - 1
      if isWord(before, .the) { before -= 1 }
      let hasAnd = isAny(before, .and, .or)
      if hasAnd { before -= 1 }
      if mark(before) == 0x2C { before -= 1 } else if !hasAnd { return nil }
      let first = has(before, .ordinalSuffix) && joined(before) ? before - 1 : before
      guard inside(first), let (value, end) = dayNumber(first), end == before + 1, value < later else { return nil }
      // A comma alone goes on with a list only.
      guard hasAnd || at < i else { return nil }
      let month = isWord(first - 1, .the) ? first - 2 : first - 1
      let nameAt = mark(month) == 0x2E && joined(month) ? month - 1 : month
      if has(nameAt, .month), !has(nameAt, .ambiguous) || isCapitalized(nameAt) {
        var spec = DateSpec()
        (spec.month, spec.day) = (Int(word(nameAt).value), day)
        let yearAt = skipComma(next)
        if yearAt > next, let (value, end) = year(yearAt), value >= 1900, isNumber(yearAt) {
          spec.year = value
          return TimeNode(i..<end, .date(spec))
        }
        return TimeNode(i..<next, .date(spec))
      }
      later = value
      at = first
    }
    return nil
  }

  /// "18 and 19 June", "3, 5 and 7 March": the month said last counts for the days before it.
  private func dayOfList(_ i: Int, _ day: Int, _ afterDay: Int) -> Dated? {
    var at = afterDay
    for _ in 0..<4 {
      let next = skipComma(at)
      var following = isAny(next, .and, .or) ? next + 1 : next
      if following > next, isWord(following, .the) { following += 1 }
      guard following > at, let (other, last) = dayNumber(following), other > day else { return nil }
      let end = isWord(last, .of) && has(last + 1, .month) ? last + 1 : last
      if let (month, afterMonth) = month(end), !has(end, .ambiguous) || isCapitalized(end),
        dayNumber(afterMonth) == nil || year(afterMonth) != nil
      {
        var spec = DateSpec()
        (spec.month, spec.day) = (month, day)
        if let (value, _) = year(skipComma(afterMonth)), value >= 1900 { spec.year = value }
        return (spec, afterDay)
      }
      at = end
    }
    return nil
  }
}
