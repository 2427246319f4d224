/// A date found in text.
struct FoundDate {
  var range: DateRange
  var span: Range<Int>
}

/// Finds publication dates as people and programs write them: `2025-07-23`, `07/23 2025`, `23. Juli 2025`, `July 23, 2025`, `20250723`.
struct DateFinder {
  static let plausibleYears = 1990...2100

  /// How `3/4/2025` is read: the fourth of March, or, with the day first, the third of April.
  var isDayFirst = false
  /// Whether `July 2025` and `2025-07` count.
  var allowsMonths = false

  /// The first date in `range`.
  func first(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> FoundDate? {
    var i = range.lowerBound
    while i < range.upperBound {
      let b = bytes[i]
      if ASCII.isDigit(b) {
        if let found = number(bytes, i, range) { return found }
        while i < range.upperBound, ASCII.isDigit(bytes[i]) { i += 1 }
      } else if ASCII.isWord(b) {
        var end = i
        while end < range.upperBound, ASCII.isWord(bytes[end]), !ASCII.isDigit(bytes[end]) {
          end += 1
        }
        if let found = monthFirst(bytes, i..<end, range) { return found }
        i = end
      } else {
        i += 1
      }
    }
    return nil
  }

  func first(in text: String) -> FoundDate? {
    var text = text
    return text.withUTF8 { first(in: $0, 0..<$0.count) }
  }

  /// `text` itself as a date, perhaps with a time behind it.
  static func parse(_ text: String, isDayFirst: Bool = false) -> DateRange? {
    let finder = DateFinder(isDayFirst: isDayFirst, allowsMonths: true)
    if let found = finder.first(in: text), found.span.lowerBound <= 20 { return found.range }
    let digits = text.utf8.filter { !ASCII.isSpace($0) }
    guard digits.count == text.utf8.count, digits.allSatisfy(ASCII.isDigit) else { return nil }
    if digits.count == 4, let year = Int(text), plausibleYears.contains(year) {
      return DateRange(year: year)
    }
    // Seconds or milliseconds since 1970.
    if digits.count == 10 || digits.count == 13, let stamp = Int(text) {
      return DateRange(
        day: CalendarDate(daysSinceEpoch: (digits.count == 13 ? stamp / 1000 : stamp) / 86_400))
    }
    return nil
  }

  // MARK: -

  private typealias Bytes = UnsafeBufferPointer<UInt8>

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> DateRange? {
    guard plausibleYears.contains(year) else { return nil }
    return CalendarDate(validYear: year, month: month, day: day).map { DateRange(day: $0) }
  }

  /// The number at `i`: its value and where it ends. At most eight digits.
  private func digits(_ bytes: Bytes, _ i: Int, _ limit: Int) -> (value: Int, end: Int)? {
    var (value, end) = (0, i)
    while end < limit, ASCII.isDigit(bytes[end]), end - i <= 8 {
      value = value * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    return end > i && end - i <= 8 ? (value, end) : nil
  }

  private func number(_ bytes: Bytes, _ i: Int, _ range: Range<Int>) -> FoundDate? {
    let limit = range.upperBound
    if i > range.lowerBound {
      let before = bytes[i - 1]
      if ASCII.isWord(before) { return nil }
      if before == 0x2E || before == 0x2F || before == 0x2D || before == 0x2C,
        i > range.lowerBound + 1, ASCII.isDigit(bytes[i - 2])
      {
        return nil
      }
    }
    guard let (first, end) = digits(bytes, i, limit) else { return nil }
    switch end - i {
    case 8:
      guard end == limit || !ASCII.isWord(bytes[end]) || bytes[end] | 0x20 == 0x74,
        let day = DateFinder.day(first / 10_000, first / 100 % 100, first % 100)
      else { return nil }
      return FoundDate(range: day, span: i..<end)
    case 4: return yearFirst(bytes, i, first, end, limit)
    case 1, 2:
      return numeric(bytes, i, first, end, limit) ?? dayThenMonth(bytes, i, first, end, limit)
    default: return nil
    }
  }

  /// `2025-07-23`, `2025/7/23`, `2025.07.23`, `2025年7月23日`; `2025-07` where months are allowed.
  private func yearFirst(_ bytes: Bytes, _ start: Int, _ year: Int, _ i: Int, _ limit: Int)
    -> FoundDate?
  {
    guard DateFinder.plausibleYears.contains(year), i < limit else { return nil }
    let mark = bytes[i]
    var next = i + 1
    let isIdeograph = DateFinder.isYearSign(bytes, i, limit)
    if isIdeograph {
      next = i + 3
    } else {
      if let found = yearMonthName(bytes, start, year, i, limit) { return found }
      guard mark == 0x2D || mark == 0x2F || mark == 0x2E || mark == 0x5F else { return nil }
    }
    if next < limit, bytes[next] == 0x20 { next += 1 }
    guard let (month, end) = digits(bytes, next, limit), end - next <= 2 else {
      return nil
    }
    var after = end
    let hasMark: Bool
    if isIdeograph {
      hasMark = DateFinder.isMonthSign(bytes, after, limit)
      after += hasMark ? 3 : 0
    } else {
      hasMark = after < limit && bytes[after] == mark
      after += hasMark ? 1 : 0
    }
    if after < limit, bytes[after] == 0x20, hasMark { after += 1 }
    if hasMark, let (day, last) = digits(bytes, after, limit), last - after <= 2,
      let found = DateFinder.day(year, month, day)
    {
      return FoundDate(range: found, span: start..<last)
    }
    guard allowsMonths, mark == 0x2D || mark == 0x2F, (1...12).contains(month), end - next == 2,
      end == limit || !ASCII.isWord(bytes[end])
    else { return nil }
    return FoundDate(range: DateRange(year: year, month: month), span: start..<end)
  }

  /// 年 or 년 after a year.
  private static func isYearSign(_ bytes: Bytes, _ i: Int, _ limit: Int) -> Bool {
    i + 3 <= limit && (ASCII.matches(bytes, at: i, "\u{5E74}") || ASCII.matches(bytes, at: i, "\u{B144}"))
  }

  /// 月 or 월 after a month.
  private static func isMonthSign(_ bytes: Bytes, _ i: Int, _ limit: Int) -> Bool {
    i + 3 <= limit && (ASCII.matches(bytes, at: i, "\u{6708}") || ASCII.matches(bytes, at: i, "\u{C6D4}"))
  }

  /// `2025-Jul-23`, `2025. július 23.`, `2025 July 23`.
  private func yearMonthName(_ bytes: Bytes, _ start: Int, _ year: Int, _ i: Int, _ limit: Int) -> FoundDate? {
    var j = i
    guard skip(bytes, &j, limit), let word = wordRange(bytes, j, limit), let month = MonthNames.number(bytes[word]) else { return nil }
    j = word.upperBound
    guard skip(bytes, &j, limit), let (day, end) = digits(bytes, j, limit), end - j <= 2, let found = DateFinder.day(year, month, day)
    else { return nil }
    return FoundDate(range: found, span: start..<end)
  }

  /// `07/23 2025`, `7/23/2025`, `23.07.2025`, `23-07-2025`, `7/23/25`.
  private func numeric(_ bytes: Bytes, _ start: Int, _ first: Int, _ i: Int, _ limit: Int)
    -> FoundDate?
  {
    guard i < limit else { return nil }
    let mark = bytes[i]
    guard mark == 0x2F || mark == 0x2E || mark == 0x2D else { return nil }
    var next = i + 1
    if mark == 0x2E, next < limit, bytes[next] == 0x20 { next += 1 }
    guard let (second, end) = digits(bytes, next, limit), end - next <= 2, end < limit else {
      return nil
    }
    var after = end
    if bytes[after] == mark || bytes[after] == 0x20 { after += 1 } else { return nil }
    if after < limit, bytes[after] == 0x20 { after += 1 }
    guard let (last, stop) = digits(bytes, after, limit),
      stop == limit || !ASCII.isWord(bytes[stop]) || bytes[stop] == 0x54
    else { return nil }
    let year: Int
    switch stop - after {
    case 4: year = last
    case 2 where mark != 0x2D && bytes[end] == mark: year = last < 70 ? 2000 + last : 1900 + last
    default: return nil
    }
    let dayFirst = mark == 0x2E || isDayFirst
    let (day, month) = dayFirst ? (first, second) : (second, first)
    guard let found = DateFinder.day(year, month, day) ?? DateFinder.day(year, day, month) else {
      return nil
    }
    return FoundDate(range: found, span: start..<stop)
  }

  /// `23 July 2025`, `23rd of July, 2025`, `23. Juli 2025`, `23 de julio de 2025`, `23-Jul-2025`.
  private func dayThenMonth(_ bytes: Bytes, _ start: Int, _ day: Int, _ i: Int, _ limit: Int)
    -> FoundDate?
  {
    guard (1...31).contains(day) else { return nil }
    var j = i
    for suffix in ["st", "nd", "rd", "th", "er"] as [StaticString]
    where ASCII.matches(bytes, at: j, suffix) && j + 2 < limit {
      j += 2
      break
    }
    guard skip(bytes, &j, limit) else { return nil }
    guard let word = wordRange(bytes, j, limit) else { return nil }
    var name = word
    if word.count == 2, ASCII.matches(bytes, at: j, "de") || ASCII.matches(bytes, at: j, "of") {
      j = word.upperBound
      guard skip(bytes, &j, limit), let next = wordRange(bytes, j, limit) else { return nil }
      name = next
    }
    guard let month = MonthNames.number(bytes[name]) else { return nil }
    j = name.upperBound
    guard skip(bytes, &j, limit) else { return nil }
    if let word = wordRange(bytes, j, limit), word.count <= 3, ASCII.matches(bytes, at: j, "de") {
      j = word.upperBound
      guard skip(bytes, &j, limit) else { return nil }
    }
    guard let (year, end) = digits(bytes, j, limit),
      let found = fullYear(year, end - j).flatMap({ DateFinder.day($0, month, day) })
    else { return nil }
    return FoundDate(range: found, span: start..<end)
  }

  /// `July 23, 2025`, `Jul. 23rd 2025`; `July 2025` where months are allowed.
  private func monthFirst(_ bytes: Bytes, _ word: Range<Int>, _ range: Range<Int>) -> FoundDate? {
    guard (3...32).contains(word.count) else { return nil }
    let limit = range.upperBound
    var j = word.upperBound
    guard j < limit, skip(bytes, &j, limit), j < limit, ASCII.isDigit(bytes[j]),
      let month = MonthNames.number(bytes[word]),
      let (first, end) = digits(bytes, j, limit)
    else { return nil }
    if end - j == 4 {
      guard allowsMonths, DateFinder.plausibleYears.contains(first) else { return nil }
      return FoundDate(range: DateRange(year: first, month: month), span: word.lowerBound..<end)
    }
    guard end - j <= 2 else { return nil }
    j = end
    for suffix in ["st", "nd", "rd", "th"] as [StaticString]
    where ASCII.matches(bytes, at: j, suffix) && j + 2 < limit {
      j += 2
      break
    }
    guard skip(bytes, &j, limit), let (year, last) = digits(bytes, j, limit), last - j == 4,
      let found = DateFinder.day(year, month, first)
    else { return nil }
    return FoundDate(range: found, span: word.lowerBound..<last)
  }

  private func fullYear(_ value: Int, _ count: Int) -> Int? {
    switch count {
    case 4: return value
    case 2: return value < 70 ? 2000 + value : nil
    default: return nil
    }
  }

  /// Steps over at most four bytes of spaces, dots, commas and hyphens (a no-break space is two).
  private func skip(_ bytes: Bytes, _ i: inout Int, _ limit: Int) -> Bool {
    let start = i
    while i < limit, i - start < 4 {
      switch bytes[i] {
      case 0x20, 0x2E, 0x2C, 0x2D, 0x2F, 0x09, 0x0A, 0x0D: i += 1
      case 0xC2 where i + 1 < limit && bytes[i + 1] == 0xA0: i += 2
      default: return i > start
      }
    }
    return i > start && i < limit
  }

  private func wordRange(_ bytes: Bytes, _ i: Int, _ limit: Int) -> Range<Int>? {
    var end = i
    while end < limit, ASCII.isWord(bytes[end]), !ASCII.isDigit(bytes[end]) {
      // A no-break space ends a word.
      if bytes[end] == 0xC2, end + 1 < limit, bytes[end + 1] == 0xA0 { break }
      end += 1
    }
    return end > i && end - i <= 32 ? i..<end : nil
  }
}
