/// What a word contributes to a number written in words.
struct Numeral: Sendable {
  enum Kind: UInt8, Sendable {
    case none
    /// zero … nine
    case ones
    /// ten … nineteen
    case teens
    /// twenty … ninety
    case tens
    case hundred
    /// thousand, lakh, million, crore, …
    case scale
    /// dozen, score: counts like a scale, but takes nothing after it.
    case dozen
    /// thousands, millions: "millions of".
    case scales
    /// first, fifth, twentieth, hundredth: an ordinal, or the denominator of one part.
    case ordinal
    /// fifths, quarters, halves: a denominator of several parts.
    case parts
    /// ½: a whole fraction in one sign.
    case fraction
  }
  var kind: Kind
  var value: Double

  static let none = Numeral(kind: .none, value: 0)

  /// "twentyone" to "ninetynine", as hurried people write them: like the teens, they take nothing after them but a scale.
  private static let runTogether: String = {
    let ones = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    return tens.enumerated().flatMap { ten, word in
      ones.enumerated().map { one, ending in "\(word)\(ending)=\((ten + 2) * 10 + one + 1)" }
    }.joined(separator: " ")
  }()

  static let words: [(Kind, String)] = [
    (.ones, "zero=0 nought=0 naught=0 nil=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9"),
    (
      .teens,
      "ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19"
    ),
    (.tens, "twenty=20 thirty=30 forty=40 fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 ninty=90"),
    (.teens, runTogether),
    (.hundred, "hundred=100"),
    (
      .scale,
      "thousand=1e3 lakh=1e5 lac=1e5 lkh=1e5 lakhs=1e5 lacs=1e5 lkhs=1e5 million=1e6 crore=1e7 crores=1e7 billion=1e9 trillion=1e12 quadrillion=1e15 quintillion=1e18 sextillion=1e21"
    ),
    (.dozen, "dozen=12 doz=12 dz=12 dozs=12 dzs=12 dozens=12"),
    (.scales, "tens=10 hundreds=100 thousands=1e3 millions=1e6 billions=1e9 trillions=1e12"),
    (
      .ordinal,
      """
      first=1 second=2 third=3 fourth=4 quarter=4 half=2 fifth=5 sixth=6 seventh=7 eighth=8 eigth=8 ninth=9 nineth=9 tenth=10 eleventh=11 twelfth=12 twelth=12 thirteenth=13
      fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 fiftieth=50
      sixtieth=60 seventieth=70 eightieth=80 ninetieth=90 hundredth=100 thousandth=1e3 millionth=1e6 billionth=1e9 trillionth=1e12
      """
    ),
    (
      .parts,
      """
      halves=2 thirds=3 fourths=4 quarters=4 fifths=5 sixths=6 sevenths=7 eighths=8 ninths=9 tenths=10 elevenths=11 twelfths=12 twentieths=20
      thirteenths=13 fourteenths=14 fifteenths=15 sixteenths=16 seventeenths=17 eighteenths=18 nineteenths=19 thirtieths=30 fortieths=40
      fiftieths=50 sixtieths=60 seventieths=70 eightieths=80 ninetieths=90 hundredths=100 thousandths=1e3 millionths=1e6 billionths=1e9
      trillionths=1e12 firsts=1 seconds=2
      """
    ),
    (.fraction, "½=0.5 ¼=0.25 ¾=0.75 ⅐=1/7 ⅑=1/9 ⅒=0.1 ⅓=1/3 ⅔=2/3 ⅕=0.2 ⅖=0.4 ⅗=0.6 ⅘=0.8 ⅙=1/6 ⅚=5/6 ⅛=0.125 ⅜=0.375 ⅝=0.625 ⅞=0.875"),
  ]

  /// Abbreviated scales that stand after digits ("1.5m", "$4 bn", "30 lkh"), and whether case or joining matters.
  static let suffixes: [(String, Double, SuffixRule)] = [
    ("k", 1e3, .joinedOrDecimal), ("m", 1e6, .million), ("mn", 1e6, .free), ("mm", 1e6, .money), ("mil", 1e6, .free), ("mln", 1e6, .free),
    ("mio", 1e6, .free), ("b", 1e9, .upperOrDecimal), ("bn", 1e9, .free), ("bln", 1e9, .free), ("bil", 1e9, .free), ("mrd", 1e9, .free),
    ("g", 1e9, .upperJoined), ("t", 1e12, .upperJoined), ("tn", 1e12, .free), ("tln", 1e12, .free), ("trn", 1e12, .free),
    ("tril", 1e12, .free),
    ("cr", 1e7, .free),
  ]

  enum SuffixRule: UInt8, Sendable {
    case free
    /// "2k", "2.33 k".
    case joinedOrDecimal
    /// "M" any way; "m" after money or before something counted, for else it is metres.
    case million
    /// Only after money.
    case money
    /// "7B", "1.2b", "1.2 b", "8 B".
    case upperOrDecimal
    /// "10G", not "5 g".
    case upperJoined
  }

  static var vocabulary: [String] {
    words.flatMap { kind, list in entries(list).map(\.0) } + suffixes.map(\.0)
  }

  static func entries(_ list: String) -> [(String, Double)] {
    list.split(whereSeparator: { $0 == " " || $0 == "\n" }).compactMap { item in
      guard let mark = item.firstIndex(of: "=") else { return nil }
      let value = item[item.index(after: mark)...]
      if let bar = value.firstIndex(of: "/"), let a = Double(value[..<bar]), let b = Double(value[value.index(after: bar)...]) {
        return (String(item[..<mark]), a / b)
      }
      return Double(value).map { (String(item[..<mark]), $0) }
    }
  }

  static func table(_ lexicon: Lexicon) -> WordTable<Numeral> {
    var table = WordTable(lexicon, default: Numeral.none)
    for (kind, list) in words {
      for (word, value) in entries(list) { table[lexicon.id(word)] = Numeral(kind: kind, value: value) }
    }
    return table
  }
}
