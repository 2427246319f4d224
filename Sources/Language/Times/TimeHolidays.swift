import Documents

/// How the day of a holiday is found in a year.
enum HolidayRule: Sendable, Hashable {
  case fixed(month: Int, day: Int)
  /// The `nth` weekday of a month (from its end where negative), and so many days later.
  case weekday(Int, nth: Int, month: Int, plus: Int)
  /// Days after Easter Sunday of the western churches.
  case easter(Int)

  func day(in year: Int) -> CalendarDate {
    switch self {
    case .fixed(let month, let day): return CalendarDate(year: year, month: month, day: day)
    case .weekday(let weekday, let nth, let month, let plus):
      let span = DaySpan(year: year, month: month)
      guard nth < 0 else {
        return span.start.adding(days: (weekday - span.start.weekday + 7) % 7 + 7 * (nth - 1) + plus)
      }
      let last = span.end.adding(days: -1)
      return last.adding(days: -((last.weekday - weekday + 7) % 7) + 7 * (nth + 1) + plus)
    case .easter(let days): return HolidayRule.easter(year).adding(days: days)
    }
  }

  /// Western Easter, after the anonymous Gregorian computus (Meeus, Jones, Butcher).
  private static func easter(_ year: Int) -> CalendarDate {
    let a = year % 19
    let b = year / 100
    let c = year % 100
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return CalendarDate(year: year, month: n / 31, day: n % 31 + 1)
  }
}

/// The names of holidays of the United States, Britain and the western churches, by their first word.
struct HolidayTable: Sendable {
  private struct Entry: Sendable {
    var words: [WordID]
    var rule: HolidayRule
  }

  private let entries: [Entry]
  /// Per word, 1 + index of the first entry it begins.
  private let first: WordTable<UInt16>

  init(_ lexicon: Lexicon) {
    var all: [Entry] = []
    for (names, rule) in HolidayTable.rows {
      for name in names.split(separator: ",") {
        for words in HolidayTable.spellings(String(name)) { all.append(Entry(words: words.map { lexicon.id($0) }, rule: rule)) }
      }
    }
    all.removeAll { $0.words.contains(.unknown) }
    all.sort {
      let (a, b) = ($0.words[0].index, $1.words[0].index)
      return a != b ? a < b : $0.words.count > $1.words.count
    }
    var first = WordTable<UInt16>(lexicon, default: 0)
    for (index, entry) in all.enumerated() where first[entry.words[0]] == 0 { first[entry.words[0]] = UInt16(index + 1) }
    entries = all
    self.first = first
  }

  /// The longest name that begins at token `i`; possessives and the stops of abbreviations inside it are passed over.
  func match(_ tokens: [Token], at i: Int, upTo end: Int) -> (rule: HolidayRule, next: Int)? {
    var index = Int(first[tokens[i].word]) - 1
    guard index >= 0 else { return nil }
    let head = entries[index].words[0]
    while index < entries.count, entries[index].words[0] == head {
      var at = i
      var matched = 0
      for word in entries[index].words {
        while matched > 0, at < end, tokens[at].isMark, tokens[at].mark == 0x27 || tokens[at].mark == 0x2E || tokens[at].mark == 0x2D,
          !tokens[at].spaceBefore
        {
          at += 1
        }
        guard at < end, tokens[at].word == word else { break }
        matched += 1
        at += 1
      }
      // "a good Friday" is no name: its words are written alike.
      if matched == entries[index].words.count,
        tokens[i].isCapitalized || !tokens[i + 1..<max(at, i + 1)].contains(where: { $0.isCapitalized && $0.isWord })
      {
        return (entries[index].rule, at)
      }
      index += 1
    }
    return nil
  }

  static var vocabulary: [String] { rows.flatMap { $0.0.split(separator: ",").flatMap { spellings(String($0)).flatMap { $0 } } } }

  static var firstWords: Set<String> { Set(rows.flatMap { $0.0.split(separator: ",").flatMap { spellings(String($0)).map { $0[0] } } }) }

  /// "mother' day" is with and without an s, "easter sunday?" with and without its last word.
  private static func spellings(_ name: String) -> [[String]] {
    var all: [[String]] = [[]]
    for word in name.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      switch word.last {
      case "?": all += all.map { $0 + [String(word.dropLast())] }
      case "'": all = all.map { $0 + [String(word.dropLast())] } + all.map { $0 + [word.dropLast() + "s"] }
      default: all = all.map { $0 + [String(word)] }
      }
    }
    return all
  }

  private static let rows: [(String, HolidayRule)] = [
    ("new year' day", .fixed(month: 1, day: 1)), ("new year' eve", .fixed(month: 12, day: 31)),
    ("martin luther king jr? day,mlk jr? day", .weekday(1, nth: 3, month: 1, plus: 0)), ("inauguration day", .fixed(month: 1, day: 20)),
    ("burns night", .fixed(month: 1, day: 25)), ("australia day", .fixed(month: 1, day: 26)),
    ("groundhog day", .fixed(month: 2, day: 2)), ("valentine' day,valentines", .fixed(month: 2, day: 14)),
    ("president' day,washington' birthday", .weekday(1, nth: 3, month: 2, plus: 0)),
    ("international? women' day", .fixed(month: 3, day: 8)), ("pi day", .fixed(month: 3, day: 14)),
    ("st patrick' day,saint patrick' day,st paddy' day", .fixed(month: 3, day: 17)),
    ("april fool' day?", .fixed(month: 4, day: 1)), ("earth day", .fixed(month: 4, day: 22)),
    ("st george' day,saint george' day", .fixed(month: 4, day: 23)), ("anzac day", .fixed(month: 4, day: 25)),
    ("arbor day", .weekday(5, nth: -1, month: 4, plus: 0)),
    ("may day,international worker' day", .fixed(month: 5, day: 1)), ("cinco de mayo", .fixed(month: 5, day: 5)),
    ("mother' day", .weekday(7, nth: 2, month: 5, plus: 0)), ("memorial day", .weekday(1, nth: -1, month: 5, plus: 0)),
    ("flag day", .fixed(month: 6, day: 14)), ("father' day", .weekday(7, nth: 3, month: 6, plus: 0)),
    ("juneteenth day?", .fixed(month: 6, day: 19)), ("canada day", .fixed(month: 7, day: 1)),
    ("us? independence day", .fixed(month: 7, day: 4)), ("bastille day", .fixed(month: 7, day: 14)),
    ("labor day,labour day", .weekday(1, nth: 1, month: 9, plus: 0)),
    ("columbus day,indigenous people' day", .weekday(1, nth: 2, month: 10, plus: 0)),
    ("halloween,halloween day,all hallow' eve", .fixed(month: 10, day: 31)),
    ("all saint' day,all hallow' day?", .fixed(month: 11, day: 1)), ("all soul' day", .fixed(month: 11, day: 2)),
    ("guy fawkes day?,guy fawkes night,bonfire night", .fixed(month: 11, day: 5)),
    ("election day", .weekday(1, nth: 1, month: 11, plus: 1)),
    ("veteran' day,armistice day,remembrance day,single' day", .fixed(month: 11, day: 11)),
    ("thanksgiving day?", .weekday(4, nth: 4, month: 11, plus: 0)), ("black friday", .weekday(4, nth: 4, month: 11, plus: 1)),
    ("cyber monday", .weekday(4, nth: 4, month: 11, plus: 4)), ("st andrew' day", .fixed(month: 11, day: 30)),
    ("human rights day", .fixed(month: 12, day: 10)), ("christmas eve,xmas eve", .fixed(month: 12, day: 24)),
    ("christmas day?,xmas day?", .fixed(month: 12, day: 25)), ("boxing day,st stephen' day", .fixed(month: 12, day: 26)),
    ("shrove tuesday,mardi gras,pancake day", .easter(-47)), ("ash wednesday", .easter(-46)), ("palm sunday", .easter(-7)),
    ("maundy thursday,holy thursday", .easter(-3)), ("good friday", .easter(-2)), ("easter saturday,holy saturday", .easter(-1)),
    ("easter sunday?,easter day", .easter(0)), ("easter monday", .easter(1)), ("ascension day,ascension thursday", .easter(39)),
    ("pentecost sunday?,whit sunday,white sunday", .easter(49)), ("pentecost monday,whit monday,white monday", .easter(50)),
    ("trinity sunday", .easter(56)), ("corpus christi", .easter(60)),
  ]
}

/// Days that are known by name, in the United States and Britain.
extension TimeParser {
  func holiday(_ i: Int) -> Dated? {
    guard has(i, .holiday), let (rule, afterName) = holidays.match(view.tokens, at: i, upTo: range.upperBound) else { return nil }
    let yearAt = isWord(afterName, .of) || isWord(skipComma(afterName), .of) ? skipComma(afterName) + 1 : skipComma(afterName)
    if let (value, end) = year(yearAt), value >= 1900, isNumber(yearAt) || mark(yearAt) == 0x27 || yearAt > afterName {
      return withWeekend(rule.day(in: value), end)
    }
    guard let reference = anchor.reference else { return nil }
    // "Christmas next year"
    if has(yearAt, [.previous, .current, .next]), has(yearAt + 1, .unit), word(yearAt + 1).unit == .year {
      let years = has(yearAt, .previous) ? -1 : has(yearAt, .next) ? 1 : 0
      return withWeekend(rule.day(in: reference.year + years), yearAt + 2)
    }
    var chosen = reference.year
    let there = rule.day(in: chosen)
    if there < reference, anchor.isFuture == true || anchor.isFragment || reference.daysSinceEpoch - there.daysSinceEpoch > 183 {
      chosen += 1
    }
    if anchor.isFuture == false, rule.day(in: chosen).daysSinceEpoch - reference.daysSinceEpoch > 150 { chosen -= 1 }
    return withWeekend(rule.day(in: chosen), afterName)
  }

  private func withWeekend(_ day: CalendarDate, _ next: Int) -> Dated {
    if isWord(next, .weekend) { return (weekend(of: day), next + 1) }
    return (DateSpec(DaySpan(day: day), .day), next)
  }

  /// The weekend a holiday makes long: with the days between where it is a Thursday, Friday or Monday.
  func weekend(of day: CalendarDate) -> DateSpec {
    let saturday = DaySpan(weekOf: day.weekday == 1 ? day.adding(days: -1) : day).start.adding(days: 5)
    let start = day.weekday == 4 || day.weekday == 5 ? day : saturday
    return DateSpec(DaySpan(start, saturday.adding(days: day.weekday == 1 ? 3 : 2)), .weekend)
  }

  /// Whether a holiday's name begins at `i`, and its rule.
  func holidayRule(_ i: Int) -> HolidayRule? {
    guard has(i, .holiday) else { return nil }
    return holidays.match(view.tokens, at: i, upTo: range.upperBound)?.rule
  }

  /// "EOY", "EOM", "BOY", "BOM".
  func shorthand(_ i: Int) -> Dated? {
    guard isAny(i, .eoy, .eom, .boy, .bom), isAny(i, .eoy, .eom) || view.tokens[i].shape.contains(.allCaps),
      let reference = anchor.reference
    else { return nil }
    let isYear = isAny(i, .eoy, .boy)
    var spec = DateSpec(
      isYear ? DaySpan(year: reference.year) : DaySpan(year: reference.year, month: reference.month), isYear ? .year : .month)
    spec.edge = isAny(i, .eoy, .eom) ? .end : .start
    return (spec, i + 1)
  }
}
