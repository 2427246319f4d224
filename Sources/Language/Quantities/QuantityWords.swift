/// What a word is to the taggers of quantities besides a numeral or a unit.
struct QuantityWord: OptionSet, Sendable {
  var rawValue: UInt32

  /// Ends a noun phrase: prepositions, pronouns, conjunctions, auxiliaries, frequent verbs and adverbs.
  static let function = QuantityWord(rawValue: 1 << 0)
  /// "a", "an".
  static let article = QuantityWord(rawValue: 1 << 1)
  /// Before "one" it makes a pronoun: "this one", "each one".
  static let pointer = QuantityWord(rawValue: 1 << 2)
  static let risen = QuantityWord(rawValue: 1 << 3)
  static let fallen = QuantityWord(rawValue: 1 << 4)
  /// The number after it names a thing: "section 4", "no. 7".
  static let label = QuantityWord(rawValue: 1 << 5)
  static let minus = QuantityWord(rawValue: 1 << 6)
  static let and = QuantityWord(rawValue: 1 << 7)
  /// Plural without a plural ending.
  static let plural = QuantityWord(rawValue: 1 << 8)
  /// Ends in s, but is no plural.
  static let singular = QuantityWord(rawValue: 1 << 9)
  /// What something can be counted by after "a" ("miles an hour", "cents a share").
  static let divisor = QuantityWord(rawValue: 1 << 10)
  /// A plural that often stands before another noun ("sales staff").
  static let attributive = QuantityWord(rawValue: 1 << 11)
  /// The names of AI models' sizes: after "7B" they say what is counted.
  static let model = QuantityWord(rawValue: 1 << 12)
  /// May open a mention: numerals, fractions, "a", "half".
  static let opens = QuantityWord(rawValue: 1 << 13)
  /// "last", "next": ordinals relative to where one is or to the end.
  static let relative = QuantityWord(rawValue: 1 << 14)
  static let preposition = QuantityWord(rawValue: 1 << 15)
  /// Stands between a number and its noun, but not alone ("five more jobs").
  static let further = QuantityWord(rawValue: 1 << 18)
  /// Before a scale word it says how many without a number ("several hundred").
  static let vague = QuantityWord(rawValue: 1 << 21)
  /// Moves a time: "a year earlier" is no divisor.
  static let shift = QuantityWord(rawValue: 1 << 20)
  /// Opens a sentence that tells one what to do with a number.
  static let imperative = QuantityWord(rawValue: 1 << 22)
  /// Adjectives that say nothing of what is counted.
  static let fresh = QuantityWord(rawValue: 1 << 23)
  /// Words that a hyphen puts before a number without making it a name ("sub-300").
  static let prefix = QuantityWord(rawValue: 1 << 24)
  /// After a decimal number it says that the number is a version.
  static let release = QuantityWord(rawValue: 1 << 25)
  /// What a measure in primes is followed by (`6' tall`).
  static let dimension = QuantityWord(rawValue: 1 << 26)
  /// Before a bare number it picks the first or last so many.
  static let rank = QuantityWord(rawValue: 1 << 19)
  /// "is", "equals": what follows is stated.
  static let copula = QuantityWord(rawValue: 1 << 17)
  /// Months and weekdays: a number beside them is of a date.
  static let calendar = QuantityWord(rawValue: 1 << 16)

  static let lists: [(QuantityWord, String)] = [
    (
      .function,
      """
      the this that these those a an i you he she it we they me him us them my your his her its our their who whom whose which what where when why how
      and or but nor so yet if because although though while whereas unless until since than as whether once
      is are was were be been being am 's has have had having do does did doing done will would shall should can could may might must cannot
      isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't hasn't haven't hadn't
      not no never also too only just even still already now then there here again ever always often soon later earlier ago today yesterday tomorrow
      tonight however meanwhile another therefore most least very quite rather almost nearly about around each every any all both some per
      said says say told tells tell made makes make took takes take got gets get went goes go come comes came gave gives give became becomes become
      showed shows show found finds find kept keeps left leaves put puts let lets saw sees see know knows think thinks want wants need needs needed
      began begins start started starts remain remains remained seem seems seemed include includes included including according
      rose rises fell falls grew grows dropped jumped climbed declined increased decreased lost gained
      out off up down away back together apart ahead behind overall respectively annually globally plus odd strong worldwide nationwide
      equals equal works worked work live lives lived allow allows allowed offer offers stay stays help helps apply applies exist exists
      """
    ),
    (
      .preposition,
      """
      of in on at by for with from to into onto over under above below between among through during before after against within without across toward
      towards upon via despite beyond near like along amid besides versus vs per
      """
    ),
    (.article, "a an"),
    (
      .pointer,
      "number the this that which each every no another any some other next last previous right wrong first only same old new big small good"
    ),
    (
      .risen,
      """
      rose rise rises risen rising gained gain gains gaining up jumped jump jumps jumping climbed climb climbs climbing surged surge surges surging
      soared soar soars increased increase increases increasing grew grow grows grown growing advanced advance advances advancing rallied rally spiked
      higher added leapt
      """
    ),
    (
      .fallen,
      """
      fell fall falls fallen falling dropped drop drops dropping declined decline declines declining slid slide slides sliding lost lose loses losing
      down tumbled tumble tumbles tumbling plunged plunge plunges plunging sank sink sinks sinking slipped slip slips slipping shed sheds decreased
      decrease decreases decreasing plummeted plummet plummeting eased ease eases lowered lower reduced reduce reduces shrank shrink shrinks
      """
    ),
    (
      .label,
      """
      section chapter page pages figure fig table row version no nos nr item game room route highway interstate flight phase series level
      exit step part act article vol volume generation gen tier class type model mk v area channel apollo psalm verse line paragraph appendix annex
      clause rule question problem episode season grade division district ward unit track lane gate platform size week day issue build revision release
      """
    ),
    (.copula, "is was are were equals be than"),
    (.minus, "minus negative"),
    (.and, "and &"),
    (
      .plural,
      """
      people men women children staff police personnel aircraft fish sheep cattle deer feet teeth mice offspring series species crew seamen policemen
      businessmen firemen fishermen lawmen spokesmen clergy militia troops youth media data criteria phenomena alumni fungi bacteria headquarters
      """
    ),
    (
      .singular,
      """
      this his its us is was has less news politics economics mathematics physics business class process access success loss boss mass glass cross
      press stress address progress congress gas bus status virus focus bonus campus census consensus chaos crisis basis analysis emphasis thesis tennis
      bias atlas canvas lens always perhaps across towards versus besides as yes thus ross previous serious various famous nervous dangerous religious
      anonymous continuous numerous tremendous overseas wireless homeless endless useless
      """
    ),
    (
      .divisor,
      """
      second minute hour day night week fortnight month quarter year share barrel ton tonne gallon dozen pound ounce person unit bushel litre liter
      kilogram kilo mile metre meter capita head piece household employee square
      """
    ),
    (
      .attributive,
      "series species data media staff police crew youth aircraft fish headquarters sales sports systems operations communications savings futures goods arms news logistics electronics"
    ),
    (.model, "size sizes parameter parameters param params model models variant variants version versions checkpoint checkpoints llm llms"),
    (
      .imperative,
      "add subtract multiply divide convert give show set hire fire cut keep need use meet ask invite bring build help save spend raise lay let move open close share start test try visit want wait walk win cuts adds hires fires sells buys raises slashes axes closes opens eliminates trims seeks invests wins builds pays spends kills injures names posts sees hits passes reaches nears exceeds has gets makes takes count pick choose find order sell buy book call type enter write read get make send play"
    ),
    (
      .fresh,
      "new different various separate total full whole own entire additional best worst largest biggest smallest oldest newest latest highest lowest greatest"
    ),
    (.dimension, "tall high long wide deep thick across broad"),
    (.rank, "top bottom first last final next previous opening closing"),
    (.vague, "few several many some couple dozen hundreds thousands millions billions multi of how half umpteen"),
    (.prefix, "sub over under mid pre post near around about ex"),
    (.release, "version release build branch beta alpha update edition series"),
    (.shift, "ago earlier later before after"),
    (.further, "daily weekly monthly yearly annual more other additional extra further such less fewer"),
    (.relative, "last next previous current penultimate antepenultimate"),
    (
      .calendar,
      """
      january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday
      tuesday wednesday thursday friday saturday sunday
      """
    ),
    (.opens, "a an half point couple oh"),
  ]

  static var vocabulary: [String] { lists.flatMap { $0.1.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) } }

  static func table(_ lexicon: Lexicon) -> WordTable<QuantityWord> {
    var table = WordTable(lexicon, default: QuantityWord())
    for (role, list) in lists {
      for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let id = lexicon.id(String(word))
        if id != .unknown { table[id].insert(role) }
      }
    }
    for (kind, list) in Numeral.words {
      for (word, _) in Numeral.entries(list) where kind != .parts || word != "seconds" {
        let id = lexicon.id(word)
        if id != .unknown { table[id].insert(.opens) }
      }
    }
    return table
  }
}
