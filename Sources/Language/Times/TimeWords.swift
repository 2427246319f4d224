/// What a word can mean in an expression of time. A word may mean several things ("second", "may", "quarter").
struct TimeWord: Sendable {
  struct Classes: OptionSet, Sendable {
    var rawValue: UInt64
    init(rawValue: UInt64) { self.rawValue = rawValue }

    static let cardinal = Classes(rawValue: 1 << 0)
    static let scale = Classes(rawValue: 1 << 1)
    static let ordinal = Classes(rawValue: 1 << 2)
    static let month = Classes(rawValue: 1 << 3)
    static let weekday = Classes(rawValue: 1 << 4)
    static let unit = Classes(rawValue: 1 << 5)
    static let season = Classes(rawValue: 1 << 6)
    static let dayPart = Classes(rawValue: 1 << 7)
    /// today, yesterday, tomorrow, tonight: `value` is the distance in days.
    static let relativeDay = Classes(rawValue: 1 << 8)
    static let previous = Classes(rawValue: 1 << 9)
    static let next = Classes(rawValue: 1 << 10)
    static let current = Classes(rawValue: 1 << 11)
    /// early, late, mid, beginning, end.
    static let edge = Classes(rawValue: 1 << 12)
    static let article = Classes(rawValue: 1 << 13)
    static let every = Classes(rawValue: 1 << 14)
    /// daily, weekly: `unit` says how often, `value` how many of it.
    static let frequency = Classes(rawValue: 1 << 15)
    /// now, recently, soon: `value` is -1, 0, 1.
    static let vague = Classes(rawValue: 1 << 16)
    static let holiday = Classes(rawValue: 1 << 17)
    static let clockName = Classes(rawValue: 1 << 18)
    static let meridiem = Classes(rawValue: 1 << 19)
    static let half = Classes(rawValue: 1 << 20)
    static let several = Classes(rawValue: 1 << 21)
    static let about = Classes(rawValue: 1 << 22)
    static let decade = Classes(rawValue: 1 << 23)
    static let plural = Classes(rawValue: 1 << 24)
    /// Also an everyday word: counts only with company.
    static let ambiguous = Classes(rawValue: 1 << 25)
    /// Opens a range or a bound: from, between, since, before, until, in, at, within.
    static let lead = Classes(rawValue: 1 << 26)
    static let to = Classes(rawValue: 1 << 27)
    static let preposition = Classes(rawValue: 1 << 28)
    static let future = Classes(rawValue: 1 << 29)
    static let past = Classes(rawValue: 1 << 30)
    static let ordinalSuffix = Classes(rawValue: 1 << 31)
    static let fiscal = Classes(rawValue: 1 << 32)
    static let ago = Classes(rawValue: 1 << 33)
    static let abbreviated = Classes(rawValue: 1 << 34)
    static let quarterCode = Classes(rawValue: 1 << 35)
    static let whole = Classes(rawValue: 1 << 36)
    /// "scheduled", "due": looks forward, unless "had been" goes before.
    static let participle = Classes(rawValue: 1 << 37)
    static let pluperfect = Classes(rawValue: 1 << 38)
    static let modal = Classes(rawValue: 1 << 39)
    /// What a number follows after "of": "an average of 1900".
    static let measure = Classes(rawValue: 1 << 40)
    /// Modal verbs that look back as often as ahead ("could be seen Wednesday").
    static let conditional = Classes(rawValue: 1 << 42)
    /// Past forms that may stand after "be" only as verbs of their own.
    static let auxiliary = Classes(rawValue: 1 << 41)
    /// Present forms of "be": "is scheduled".
    /// "his", "their".
    static let possessor = Classes(rawValue: 1 << 44)
    static let copula = Classes(rawValue: 1 << 43)

    /// What can begin an expression.
    static let trigger: Classes = [
      .cardinal, .ordinal, .month, .weekday, .unit, .season, .dayPart, .relativeDay, .previous, .next, .current, .edge, .every, .frequency,
      .vague,
      .holiday, .clockName, .half, .several, .about, .decade, .lead, .fiscal, .quarterCode, .whole,
    ]
  }

  var classes: Classes = []
  var value: Int16 = 0
  var unit: TimeUnit = .day
  var particle: TimeParticle?
}

enum TimeUnit: UInt8, Sendable, CaseIterable {
  case second, minute, hour, day, businessDay, week, weekend, fortnight, month, quarter, half, year, decade, century, season
}

/// Parts of the day: code in TIMEX3 and the hours they are read as.
struct DayPart: Sendable {
  var code: String
  var start: Int
  var end: Int
  static let all: [DayPart] = [
    DayPart(code: "MO", start: 8 * 3600, end: 12 * 3600), DayPart(code: "AF", start: 12 * 3600, end: 16 * 3600),
    DayPart(code: "EV", start: 16 * 3600, end: 20 * 3600), DayPart(code: "NI", start: 20 * 3600, end: 86399),
    DayPart(code: "DT", start: 8 * 3600, end: 18 * 3600), DayPart(code: "NI", start: 0, end: 8 * 3600),
    DayPart(code: "MI", start: 11 * 3600, end: 13 * 3600), DayPart(code: "EV", start: 16 * 3600, end: 20 * 3600),
    DayPart(code: "MO", start: 8 * 3600, end: 12 * 3600),
  ]
}

extension TimeWord {

  /// Class, unit lists and "value:words".
  private static let numbered: [(Classes, [(Int, String)])] = [
    (
      .cardinal,
      [
        (1, "one"), (2, "two"), (3, "three"), (4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"), (9, "nine"), (10, "ten"),
        (11, "eleven"), (12, "twelve dozen"), (13, "thirteen"), (14, "fourteen"), (15, "fifteen"), (16, "sixteen"), (17, "seventeen"),
        (18, "eighteen"), (19, "nineteen"), (20, "twenty"), (30, "thirty"), (40, "forty"), (50, "fifty"), (60, "sixty"), (70, "seventy"),
        (80, "eighty"), (90, "ninety"),
      ]
    ),
    (.scale, [(100, "hundred"), (1000, "thousand")]),
    (
      .ordinal,
      [
        (1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"), (6, "sixth"), (7, "seventh"), (8, "eighth"), (9, "ninth"),
        (10, "tenth"), (11, "eleventh"), (12, "twelfth"), (13, "thirteenth"), (14, "fourteenth"), (15, "fifteenth"), (16, "sixteenth"),
        (17, "seventeenth"), (18, "eighteenth"), (19, "nineteenth"), (20, "twentieth"), (21, "twenty-first"), (30, "thirtieth"),
      ]
    ),
    (
      .month,
      [
        (1, "january jan"), (2, "february feb"), (3, "march mar"), (4, "april apr"), (5, "may"), (6, "june jun"), (7, "july jul"),
        (8, "august aug"), (9, "september sep sept"), (10, "october oct"), (11, "november nov"), (12, "december dec"),
      ]
    ),
    (
      .weekday,
      [
        (1, "monday mon mondays"), (2, "tuesday tue tues tuesdays"), (3, "wednesday wed weds wednesdays"),
        (4, "thursday thu thur thurs thursdays"), (5, "friday fri fridays"), (6, "saturday sat saturdays"), (7, "sunday sun sundays"),
      ]
    ),
    (.season, [(0, "spring"), (1, "summer summers"), (2, "fall autumn"), (3, "winter winters")]),
    (
      .dayPart,
      [
        (0, "morning mornings"), (1, "afternoon afternoons"), (2, "evening evenings"), (3, "night nights overnight"), (4, "daytime"),
        (5, "nighttime"), (6, "lunchtime lunch"), (7, "dinnertime dinner supper"), (8, "breakfast brunch"),
      ]
    ),
    (.relativeDay, [(0, "today tonight todays"), (-1, "yesterday yesterdays"), (1, "tomorrow tomorrows tmrw tmr")]),
    (.edge, [(0, "early beginning start"), (1, "mid middle"), (2, "late end"), (3, "earlier"), (4, "later")]),
    (
      .vague,
      [
        (0, "now currently nowadays presently"), (-1, "recently recent lately"), (1, "future"),
      ]
    ),
    (
      .decade,
      [
        (20, "twenties"), (30, "thirties"), (40, "forties"), (50, "fifties"), (60, "sixties"), (70, "seventies"), (80, "eighties"),
        (90, "nineties"),
      ]
    ),
    (.clockName, [(12, "noon midday noonish"), (0, "midnight")]),
    (.meridiem, [(0, "am"), (1, "pm"), (2, "ampm")]),
    (.several, [(2, "couple"), (3, "few several some many")]),
    (.fiscal, [(0, "fiscal fy calendar school cy sy")]),
    (.quarterCode, [(0, "q"), (1, "h")]),
  ]

  private static let units: [(TimeUnit, String, String)] = [
    (.second, "second sec", "seconds secs"), (.minute, "minute min", "minutes mins"), (.hour, "hour hr", "hours hrs"),
    (.day, "day", "days"),
    (.week, "week wk", "weeks wks"), (.weekend, "weekend", "weekends"), (.fortnight, "fortnight", "fortnights"),
    (.month, "month", "months mos"), (.quarter, "quarter qtr", "quarters qtrs"), (.half, "half", "halves"), (.year, "year yr", "years yrs"),
    (.decade, "decade", "decades"), (.century, "century", "centuries"), (.season, "season", "seasons"),
  ]

  private static let plain: [(Classes, String)] = [
    (.plural, "mondays tuesdays wednesdays thursdays fridays saturdays sundays mornings afternoons evenings nights summers winters"),
    (.previous, "last past previous prior latest preceding"), (.next, "next coming upcoming following"), (.current, "this current same"),
    (.article, "the a an"), (.every, "each every"), (.whole, "all whole entire full"), (.half, "half"),
    (.about, "about around approximately roughly nearly almost over under approx exactly"),
    (
      .ambiguous,
      "may march mar sun sat wed weds fri mon dec sec min second fall spring early end start beginning past some many lunch supper breakfast brunch boy bom few current future jun jan nov thu dinner"
    ),
    (
      .lead,
      "from between since before after until till by in within at for during prior to starting beginning ending not any anytime over as on > < = ≥ ≤"
    ),
    (.to, "to until till through thru - – — ~"),
    (
      .preposition,
      "in on of since by until till from before after during for at through around about between to within into past last next"
    ),
    (
      .future,
      "will shall would i'll you'll he'll she'll we'll they'll it'll that'll won't tomorrow upcoming effective expects intends hopes aims should may might can could must"
    ),
    (
      .past,
      "said says was were had did ended rose fell told went came made took began held became got left saw met sold bought won lost has have had been"
    ),
    (.conditional, "could would should might"), (.auxiliary, "was were had did has have been"),
    (.possessor, "his her its their our your my"), (.copula, "is are am be it's they're we're he's she's"),
    (.participle, "scheduled expected planned due slated resume"), (.pluperfect, "had"),
    (.modal, "don't doesn't didn't won't can't shouldn't wouldn't couldn't"), (.ordinalSuffix, "st nd rd th"),
    (
      .measure,
      """
      average total maximum minimum sum number mean median limit quota target count score capacity population length height weight size value price
      cost speed distance crowd audience fleet staff workforce group team package result
      """
    ),
    (.ago, "ago back earlier later hence before after from"),
    (.abbreviated, "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed weds thu thur thurs fri sat sun"),
  ]

  private static let frequencies: [(TimeUnit, Int, String)] = [
    (.hour, 1, "hourly"), (.day, 1, "daily nightly everyday"), (.week, 1, "weekly"), (.month, 1, "monthly"), (.quarter, 1, "quarterly"),
    (.year, 1, "yearly annually"), (.week, 2, "biweekly fortnightly"), (.month, 2, "bimonthly"),
  ]

  static var vocabulary: [String] {
    var all = TimeParticle.allCases.map(\.rawValue) + HolidayTable.vocabulary
    for (_, lists) in numbered {
      for (_, words) in lists { all += words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
    }
    for (_, one, many) in units { all += (one + " " + many).split(separator: " ").map(String.init) }
    for (_, words) in plain { all += words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
    for (_, _, words) in frequencies { all += words.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
    return all
  }

  static func table(_ lexicon: Lexicon) -> WordTable<TimeWord> {
    var table = WordTable<TimeWord>(lexicon, default: TimeWord())
    func each(_ words: String, _ change: (inout TimeWord) -> Void) {
      for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let id = lexicon.id(String(word))
        var entry = table[id]
        change(&entry)
        table[id] = entry
      }
    }
    for (kind, lists) in numbered {
      for (value, words) in lists {
        each(words) {
          $0.classes.insert(kind)
          $0.value = Int16(value)
        }
      }
    }
    for (unit, one, many) in units {
      each(one + " " + many) {
        $0.classes.insert(.unit)
        $0.unit = unit
      }
      each(many) { $0.classes.insert(.plural) }
    }
    for (unit, count, words) in frequencies {
      each(words) {
        $0.classes.insert(.frequency)
        $0.unit = unit
        $0.value = Int16(count)
      }
    }
    for (kind, words) in plain { each(words) { $0.classes.insert(kind) } }
    for word in HolidayTable.firstWords { each(word) { $0.classes.insert(.holiday) } }
    for particle in TimeParticle.allCases { each(particle.rawValue) { $0.particle = particle } }
    return table
  }
}
