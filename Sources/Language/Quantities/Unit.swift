import Documents

/// A unit of measure: canonical singular name and whether it is a length, which can be squared and cubed.
struct Unit: Sendable {
  var name: String
  var isLength = false
  /// Divided by a time it is a speed, and written as one expression.
  var makesSpeed = false
  /// A unit of time: left to the tagger of times where that has read it.
  var isTime = false
}

/// A unit as it was written: squared, cubed, or divided by another.
struct MeasuredUnit: Sendable {
  var unit: UInt16
  var power: UInt8 = 1
}

/// Every way a unit is written. Words are matched in any case, symbols in their own case where another unit differs only in that.
struct UnitTable: Sendable {
  struct Symbol: Sendable {
    var spelling: [UInt8]
    var unit: MeasuredUnit
    /// May stand apart from its number ("5 kW").
    var maySpace: Bool
  }

  let units: [Unit]
  let words: PhraseTable<MeasuredUnit>
  let percentagePoint: MeasuredUnit
  let foot: MeasuredUnit
  let inch: MeasuredUnit
  private let symbols: [Symbol]
  /// Per lower-case word, 1 + index of its first symbol and how many there are.
  private let slots: WordTable<(start: UInt16, count: UInt16)>

  init(_ lexicon: Lexicon) {
    var units: [Unit] = []
    var words: [(String, MeasuredUnit)] = []
    var symbols: [Symbol] = []
    for row in UnitTable.rows {
      let unit = UInt16(units.count)
      units.append(
        Unit(
          name: row.name, isLength: row.isLength, makesSpeed: row.isLength || row.name.hasSuffix("byte") || row.name.hasSuffix("bit"),
          isTime: row.isTime))
      for word in row.words {
        words.append((word, MeasuredUnit(unit: unit)))
        if row.isLength {
          for (prefix, power) in UnitTable.powers {
            words.append(("\(prefix) \(word)", MeasuredUnit(unit: unit, power: power)))
          }
        }
      }
      for symbol in row.symbols {
        // Single letters read as words, and "in", "am", "as" are words: joined to their number only.
        let maySpace = symbol.count > 1 ? !["in", "am", "as", "at", "a"].contains(symbol) : "mgltWCFKVNJLBRcf".contains(symbol)
        symbols.append(Symbol(spelling: Array(symbol.utf8), unit: MeasuredUnit(unit: unit), maySpace: maySpace))
        if row.isLength {
          for phrase in ["sq \(symbol)", "sq . \(symbol)", "sq\(symbol)"] { words.append((phrase, MeasuredUnit(unit: unit, power: 2))) }
          words.append(("cu \(symbol)", MeasuredUnit(unit: unit, power: 3)))
        }
      }
    }
    let keyed = symbols.map { ($0, lexicon.id(String(decoding: $0.spelling, as: UTF8.self))) }.sorted { $0.1.index < $1.1.index }
    var slots = WordTable<(start: UInt16, count: UInt16)>(lexicon, default: (0, 0))
    for (index, (_, id)) in keyed.enumerated() where id != .unknown {
      if slots[id].count == 0 { slots[id].start = UInt16(index + 1) }
      slots[id].count += 1
    }
    self.units = units
    func named(_ name: String) -> MeasuredUnit { MeasuredUnit(unit: UInt16(units.firstIndex { $0.name == name } ?? 0)) }
    percentagePoint = named("percentage point")
    foot = named("foot")
    inch = named("inch")
    self.words = PhraseTable(lexicon, words)
    self.symbols = keyed.map(\.0)
    self.slots = slots
  }

  /// The unit whose symbol the token is.
  func symbol(_ view: TextView, _ index: Int, joined: Bool) -> MeasuredUnit? {
    let token = view.tokens[index]
    let slot = slots[token.word]
    guard slot.count > 0 else { return nil }
    let candidates = symbols[Int(slot.start - 1)..<Int(slot.start - 1) + Int(slot.count)]
    let exact = candidates.first { $0.spelling.elementsEqual(view.bytes[token.span.range]) }
    // Another case is taken for carelessness ("5 KW", "60gb"), but not "20 EV models" for electronvolts.
    let isCareless =
      token.end - token.start > 1 && (joined || !token.shape.contains(.allCaps) || view.bytes[Int(token.start)] | 0x20 == 0x6B)
    guard let found = exact ?? (isCareless ? candidates.first : nil), joined || found.maySpace else { return nil }
    return found.unit
  }

  /// Whether a name as `name(_:)` gives it is of a unit of time.
  func isTime(_ name: String) -> Bool { UnitTable.timeNames.contains(name) }

  /// Singular name for people ("square meter").
  func name(_ unit: MeasuredUnit) -> String {
    let name = units[Int(unit.unit)].name
    return unit.power == 2 ? "square \(name)" : unit.power == 3 ? "cubic \(name)" : name
  }

  private static let powers: [(String, UInt8)] = [
    ("square", 2), ("square -", 2), ("sq", 2), ("sq .", 2), ("cubic", 3), ("cubic -", 3), ("cu", 3), ("cu .", 3),
  ]

  static var vocabulary: [String] {
    var words = ["square", "sq", "cubic", "cu", "per", "/", "-", "."]
    for row in rows {
      for phrase in row.words { words += phrase.split(separator: " ").map(String.init) }
      words += row.symbols
      if row.isLength { words += row.symbols.map { "sq" + $0 } }
    }
    return words
  }

  struct Row {
    var name: String
    var words: [String]
    var symbols: [String]
    var isLength = false
    var isTime = false
  }

  /// The prefixes of the SI that occur, as written out and as symbols.
  private static let prefixes = [
    ("exa", "E"), ("peta", "P"), ("tera", "T"), ("giga", "G"), ("mega", "M"), ("kilo", "k"), ("hecto", "h"), ("deca", "da"), ("deci", "d"),
    ("centi", "c"),
    ("milli", "m"), ("micro", "µ"), ("micro", "μ"), ("nano", "n"), ("pico", "p"), ("femto", "f"),
  ]

  /// name; further spellings; symbol; which prefixes are in use.
  private static let prefixed: [(String, [String], String, String)] = [
    ("meter", ["metre"], "m", "kdcmµμn"), ("gram", ["gramme"], "g", "kmµμnp"), ("liter", ["litre"], "L", "hdcmµμ"),
    ("liter", ["litre"], "l", "hdcmµμ"),
    ("watt", [], "W", "TGMkmµμ"), ("watt hour", ["watt - hour"], "Wh", "TGMk"), ("hertz", [], "Hz", "TGMk"), ("volt", [], "V", "Mkmµμ"),
    ("ampere", ["amp"], "A", "kmµμn"), ("ampere-hour", ["amp - hour"], "Ah", "m"), ("joule", [], "J", "TGMkm"),
    ("pascal", [], "Pa", "GMkh"),
    ("electronvolt", [], "eV", "TGMkm"), ("byte", [], "B", "EPTGMk"), ("bit", [], "bit", "TGMk"), ("bit per second", [], "bps", "TGMk"),
    ("bit", [], "b", "TGMk"), ("newton", [], "N", "Mkm"), ("sievert", [], "Sv", "mµμ"), ("gray", [], "Gy", "mk"),
    ("mole", [], "mol", "mµμnk"),
    ("bar", [], "bar", "m"), ("becquerel", [], "Bq", "TGMk"), ("farad", [], "F", "mµμnp"), ("ohm", [], "Ω", "Mkm"),
    ("second", [], "s", "mµμnp"),
    ("calorie", [], "cal", "k"), ("flop", ["flops"], "FLOPS", "EPTG"), ("parsec", [], "pc", "Mk"), ("tonne", [], "t", "MGk"),
    ("ton", [], "ton", "MGk"),
    ("tesla", [], "T", "m"), ("decibel", [], "dB", ""), ("lumen", [], "lm", ""), ("lux", [], "lx", ""),
  ]

  /// name; words (their plurals added); symbols.
  private static let plain: [(String, String, String)] = [
    ("inch", "inch,inches", "in"), ("foot", "foot,feet", "ft"), ("yard", "yard", "yd,yds"), ("mile", "mile", "mi"),
    ("nautical mile", "nautical mile", "nmi"),
    ("light-year", "light year,light - year", "ly"), ("astronomical unit", "astronomical unit", "AU"), ("acre", "acre", ""),
    ("hectare", "hectare", "ha"),
    ("ounce", "ounce", "oz"), ("fluid ounce", "fluid ounce,fl oz,fl . oz .,fl . oz", ""), ("fluid dram", "fluid dram,fluid drachm", ""),
    ("pound", "pound", "lb,lbs"),
    ("pound-foot", "pound - foot,pound - feet,pound foot,pound feet,lb - ft,lb ft", ""), ("stone", "stone", ""),
    ("metric ton", "metric ton,metric tonne", ""),
    ("carat", "carat", "ct"), ("troy ounce", "troy ounce", ""), ("kiloton", "kiloton,kilotonne", ""), ("long ton", "long ton", ""),
    ("short ton", "short ton", ""),
    ("kilogram", "kilo", "kgs"),
    ("gallon", "gallon", "gal"), ("quart", "quart", "qt"), ("pint", "pint", "pt"), ("cup", "cup", ""), ("teaspoon", "teaspoon", "tsp"),
    ("tablespoon", "tablespoon", "tbsp"), ("barrel", "barrel", "bbl"), ("bushel", "bushel", ""), ("degree", "degree,deg,º", "°"),
    (
      "celsius",
      "degree celsius,degrees celsius,celsius,degree c,degrees c,deg c,° c,º c,℃,degree centigrade,degrees centigrade,centigrade,degc", ""
    ),
    ("fahrenheit", "degree fahrenheit,degrees fahrenheit,fahrenheit,degree f,degrees f,deg f,° f,º f,℉,degf", ""), ("celsius", "", "C,c"),
    ("fahrenheit", "", "F,f"),
    ("kelvin", "kelvin", "K"), ("mile per hour", "mph,m . p . h .,m . p . h", ""), ("kilometer per hour", "kph,kmh,kmph", ""),
    ("knot", "knot", "kn,kt,kts"),
    ("mile per gallon", "mpg", ""), ("horsepower", "horsepower,horse power", "hp,bhp"), ("pound per square inch", "psi", ""),
    ("kilopound per square inch", "ksi", ""), ("part per million", "ppm", ""), ("part per billion", "ppb", ""),
    ("revolution per minute", "rpm", ""),
    ("frame per second", "fps", ""), ("dot per inch", "dpi,dots per inch", ""), ("beat per minute", "bpm,beats per minute", ""),
    ("ton per day", "tpd", ""), ("barrel per day", "bpd", ""), ("megapixel", "megapixel", "MP"),
    ("pixel", "pixel", "px"),
    ("basis point", "basis point,bp,bps", ""), ("percentage point", "percentage point,percent point,pct point,pp", ""),
    ("cubic centimeter", "cc", ""),
    ("roentgen", "roentgen", "R"), ("angstrom", "angstrom,ångström", "Å"), ("lightyear", "lightyear", ""), ("quintal", "quintal", ""),
    ("dram", "dram", ""), ("hundredweight", "hundredweight", "cwt"), ("pennyweight", "pennyweight", "dwt"), ("hogshead", "hogshead", ""),
    ("cord", "cord", ""), ("radian", "radian", "rad"), ("milliradian", "milliradian", "mrad"), ("gradian", "gradian", ""),
    ("arcminute", "arcminute,arc minute,minute of arc,minutes of arc", ""),
    ("arcsecond", "arcsecond,arc second,second of arc,seconds of arc", ""),
    ("league", "league", ""), ("cubit", "cubit", ""), ("light-second", "light second,light - second", ""),
    ("light-hour", "light hour,light - hour", ""),
    ("foot-pound", "foot - pound,foot pound,ft - lb", ""), ("erg", "erg", ""), ("candela", "candela", "cd"), ("grain", "grain", ""),
    ("gill", "gill", ""), ("peck", "peck", ""), ("fathom", "fathom", ""),
    ("furlong", "furlong", ""),
    ("mebibyte", "mebibyte", "MiB"), ("gibibyte", "gibibyte", "GiB"), ("tebibyte", "tebibyte", "TiB"), ("kibibyte", "kibibyte", "KiB"),
    ("kilobyte", "", "KB"), ("british thermal unit", "btu,btus,british thermal unit", ""), ("therm", "therm", ""), ("point", "point", ""),
    ("time", "x,×", ""),
    ("time", "time", ""), ("megawatt", "", "MWe"), ("flop", "flop", "FLOPs"), ("exaflop", "exaflop", ""), ("petaflop", "petaflop", ""),
    ("teraflop", "teraflop", ""), ("gigaflop", "gigaflop", ""), ("megapascal", "", "Mpa"), ("micrometer", "micron", "um"),
    ("microgram", "", "mcg"),
    ("kilometer", "", "kms,Km"), ("meter", "", "mtr,mtrs"), ("milliliter", "", "mls"), ("gram", "", "gm,gms"),
  ]

  private static let times: [(String, String, String)] = [
    ("second", "second", "s,sec,secs"), ("minute", "minute", "min,mins"), ("hour", "hour", "h,hr,hrs"), ("day", "day", ""),
    ("week", "week", "wk,wks"),
    ("month", "month", "mo,mos"), ("year", "year", "yr,yrs"), ("decade", "decade", ""), ("century", "century,centuries", ""),
    ("fortnight", "fortnight", ""),
    ("quarter", "quarter", ""),
  ]

  private static let timeNames = Set(times.map { $0.0 })

  static let rows: [Row] = {
    var rows: [Row] = []
    func plurals(_ words: [String]) -> [String] {
      words + words.filter { !$0.hasSuffix("s") && $0.utf8.count > 2 && !$0.hasSuffix(".") && !$0.hasSuffix("ch") }.map { $0 + "s" }
    }
    for (name, spellings, symbol, used) in prefixed {
      let names = [name] + spellings
      // Without a prefix "F" is for degrees.
      rows.append(Row(name: name, words: plurals(names), symbols: name == "farad" ? [] : [symbol], isLength: name == "meter"))
      for (prefix, sign) in prefixes where used.contains(sign) {
        // "kilobyte" has the prefix K as often as k; their lower-case forms fall together.
        rows.append(
          Row(
            name: prefix + name, words: plurals(names.flatMap { [prefix + $0, "\(prefix) \($0)"] }), symbols: [sign + symbol],
            isLength: name == "meter"))
      }
    }
    let lengths: Set<String> = ["inch", "foot", "yard", "mile"]
    func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
    for (name, words, symbols) in plain {
      rows.append(Row(name: name, words: plurals(list(words)), symbols: list(symbols), isLength: lengths.contains(name)))
    }
    for (name, words, symbols) in times { rows.append(Row(name: name, words: plurals(list(words)), symbols: list(symbols), isTime: true)) }
    return rows
  }()
}
