import Analysis

/// What a figure or a date holds for, read from the words of its clause: two statements are compared only where all of it is the same.
///
/// Each key is a dimension and a value: `books:net` (net, gross, operating …), `measure:revenue`, `move:by` (a change, not a level), `place:europe`,
/// `part:robotics` (unit, division, plant …), `rate:month`, `sum:total`, `sum:further`, `outlook` (expected, a target), `period:q3`, `version:3`.
struct Scope: Sendable, Equatable {
  var keys: Set<String> = []

  /// - Parameters:
  ///   - index: the figure's word; nil where the text does not say it in digits: then the whole evidence is read.
  ///   - isSum: whether the figure is money or a percentage.
  ///   - names: words of the names that both sides are known to speak of.
  init(_ text: EvidenceText, at index: Int?, isSum: Bool = true, names: Set<String>) {
    let words = text.words
    guard !words.isEmpty else { return }
    let window = index.map { Scope.clause(of: $0, words) } ?? words.indices
    for at in window {
      let word = words[at]
      if let key = Scope.marks[word.lower] { keys.insert(key) }
      if let key = Scope.period(at, words) { keys.insert(key) }
      if let key = Scope.part(at, words, names) { keys.insert(key) }
      if let key = Scope.place(at, words, names) { keys.insert(key) }
      if let key = Scope.version(at, words) { keys.insert(key) }
    }
    if let index {
      // What is counted says itself what it is; of a sum or a share another word does.
      if isSum, let key = Scope.measure(index, window, words) { keys.insert(key) }
      if let key = Scope.move(index, words) { keys.insert(key) }
    }
  }

  init() {}

  func has(_ dimension: String) -> Bool { keys.contains { $0.hasPrefix(dimension + ":") } }

  func without(_ dimension: String) -> Scope {
    var scope = self
    scope.keys = keys.filter { !$0.hasPrefix(dimension + ":") }
    return scope
  }

  /// Words of the names of a fact's subjects and objects.
  static func names(of record: FactRecord) -> Set<String> {
    var all: Set<String> = []
    for reference in record.fact.subject + record.fact.object {
      for name in [reference.name, reference.root] {
        for word in name.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) { all.insert(String(word)) }
      }
    }
    return all
  }

  /// The units and places that the whole evidence of a fact speaks of.
  static func parts(of record: FactRecord) -> Set<String> {
    Scope(EvidenceText(record.fact.evidence[0].text), at: nil, names: names(of: record)).keys.filter {
      $0.hasPrefix("part:") || $0.hasPrefix("place:")
    }
  }

  private static func clause(of index: Int, _ words: [EvidenceText.Word]) -> Range<Int> {
    var from = index
    var to = index + 1
    while from > 0, words[from - 1].clause == words[index].clause { from -= 1 }
    while to < words.count, words[to].clause == words[index].clause { to += 1 }
    return max(from, index - 14)..<min(to, index + 13)
  }

  // MARK: - Dimensions

  private static let marks: [String: String] = {
    var table: [String: String] = [:]
    func add(_ key: String, _ words: String) { for word in words.split(separator: " ") { table[String(word)] = key } }
    add("books:net", "net")
    add("books:gross", "gross")
    add("books:operating", "operating ebitda ebit")
    add("books:adjusted", "adjusted underlying organic pretax")
    add("books:annualised", "annualised annualized recurring arr run-rate annualising")
    add(
      "outlook", "expected expects forecast forecasts guidance target targets goal estimates projected projects analysts consensus budgeted"
    )
    add("sum:total", "total totals totalled totaling cumulative cumulatively altogether combined overall far aggregate lifetime")
    add("sum:further", "additional further extra another second third fourth latest fresh")
    add("sum:part", "including whom among alone")
    add("rate:each", "each average apiece per median")
    add("rate:day", "daily")
    add("rate:week", "weekly")
    add("rate:month", "monthly")
    add("rate:year", "annually yearly")
    add("state:beta", "beta preview prototype pilot trial alpha experimental limited")
    add(
      "act:announce",
      "announce announces announced announcing announcement unveil unveils unveiled unveiling reveal reveals revealed preview")
    return table
  }()

  private static let quarters: [String: String] = ["first": "1", "second": "2", "third": "3", "fourth": "4", "final": "4", "last": "last"]

  /// "Third-quarter", "Q3", "first half", "full-year", "nine months".
  private static func period(_ at: Int, _ words: [EvidenceText.Word]) -> String? {
    let word = words[at].lower
    if word.utf8.count == 2, let first = word.utf8.first, first == 0x71 || first == 0x68, let digit = word.utf8.last, digit >= 0x31,
      digit <= 0x34
    {
      return "period:\(word)"
    }
    let before = at > 0 ? words[at - 1].lower : ""
    switch word {
    case "quarter", "quarters", "quarterly": return "period:q\(quarters[before] ?? "")"
    case "half": return quarters[before].map { "period:h\($0)" }
    case "months": return at > 0 && words[at - 1].number != nil ? "period:\(before)months" : nil
    case "annual", "fiscal": return "period:year"
    case "year": return ["full", "whole", "a", "per"].contains(before) ? "period:year" : nil
    case "month": return ["a", "per"].contains(before) ? "rate:month" : nil
    case "day": return ["a", "per"].contains(before) ? "rate:day" : nil
    default: return nil
    }
  }

  private static let parts: Set<String> = [
    "unit", "division", "segment", "arm", "branch", "office", "plant", "factory", "department", "site", "store", "region", "subsidiary",
    "business", "campus", "lab", "laboratory", "warehouse", "studio", "team", "line", "market",
  ]
  private static let plain: Set<String> = [
    "the", "a", "an", "its", "their", "our", "this", "that", "whole", "entire", "of", "in", "at", "and", "new", "each", "every", "any",
    "own",
    "his", "her", "first", "one", "for", "to", "or", "former", "core", "main", "with",
  ]

  /// "The robotics unit", "its cloud business".
  private static func part(_ at: Int, _ words: [EvidenceText.Word], _ names: Set<String>) -> String? {
    let word = words[at].lower
    let singular = word.hasSuffix("s") && word != "business" && word != "campus" ? String(word.dropLast()) : word
    guard parts.contains(singular), at > 0 else { return nil }
    let before = words[at - 1]
    guard !plain.contains(before.lower), !names.contains(before.lower), before.number == nil else { return nil }
    return "part:\(before.stem)"
  }

  private static let prepositions: Set<String> = ["in", "at", "across", "for", "from", "outside", "within", "near", "of"]
  private static let regions: [String: String] = [
    "us": "us", "usa": "us", "america": "us", "american": "us", "domestic": "us", "europe": "europe", "european": "europe",
    "emea": "europe", "eu": "europe", "asia": "asia", "asian": "asia", "apac": "asia", "china": "china", "chinese": "china",
    "india": "india", "indian": "india", "japan": "japan", "japanese": "japan", "germany": "germany", "german": "germany",
    "france": "france", "french": "france", "uk": "uk", "britain": "uk", "british": "uk", "canada": "canada", "canadian": "canada",
    "ireland": "ireland", "irish": "ireland", "israel": "israel", "israeli": "israel", "korea": "korea", "korean": "korea",
    "taiwan": "taiwan", "brazil": "brazil", "mexico": "mexico", "africa": "africa", "australia": "australia", "russia": "russia",
    "overseas": "abroad", "abroad": "abroad", "international": "abroad", "nordic": "nordic", "latin": "latin",
  ]
  private static let times: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "q1", "q2", "q3", "q4", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "ceo", "cto", "cfo", "ai", "usd", "us$",
  ]

  /// A region, or a name behind a preposition of place.
  private static func place(_ at: Int, _ words: [EvidenceText.Word], _ names: Set<String>) -> String? {
    let word = words[at]
    guard !names.contains(word.lower) else { return nil }
    if let region = regions[word.lower], word.isCapital || word.lower.utf8.count > 4 { return "place:\(region)" }
    guard at > 0, word.isCapital, word.number == nil, !times.contains(word.lower), prepositions.contains(words[at - 1].lower) else {
      return nil
    }
    return "place:\(word.lower)"
  }

  /// "Falcon 3": a number right behind a name, where nothing is counted by it.
  private static func version(_ at: Int, _ words: [EvidenceText.Word]) -> String? {
    guard at > 0, let number = words[at].number, number < 100, words[at].lower.utf8.first.map({ $0 <= 0x39 }) ?? false,
      words[at - 1].isCapital, !times.contains(words[at - 1].lower), !words[at].isMoney,
      at + 1 == words.count || !["million", "billion", "percent", "per", "trillion"].contains(words[at + 1].lower)
    else { return nil }
    return "version:\(words[at].lower)"
  }

  private static let measures: [String: String] = {
    var table: [String: String] = [:]
    func add(_ key: String, _ words: String) { for word in words.split(separator: " ") { table[String(word)] = "measure:\(key)" } }
    add("revenue", "revenue revenues sales turnover")
    add("profit", "profit profits income earnings")
    add("loss", "loss losses deficit lost loses lose losing")
    add(
      "cost",
      "cost costs expense expenses spending spend spent capex expenditure expenditures budget outlay invest invests invested investing")
    add("valuation", "valuation valued values valuing worth capitalisation capitalization")
    add("funding", "raised raises raise raising round funding financing series")
    add("price", "price priced prices fee fees")
    add("debt", "debt loan loans borrowing borrowings bonds")
    add("cash", "cash reserves")
    add("share", "share stake")
    add("margin", "margin margins")
    add("fine", "fine fined penalty settlement settle damages")
    add("bookings", "bookings backlog orders")
    add("savings", "savings save saves saved saving")
    add("charge", "charge charges severance writedown impairment")
    add("dividend", "dividend dividends buyback repurchase")
    return table
  }()

  /// The noun or verb nearest to the figure that says what is measured.
  private static func measure(_ index: Int, _ window: Range<Int>, _ words: [EvidenceText.Word]) -> String? {
    var best: (key: String, cost: Int)?
    for at in window where at != index {
      guard let key = measures[words[at].lower] else { continue }
      let cost = at < index ? index - at : (at - index) + 1
      if cost <= 9, best == nil || cost < best!.cost { best = (key, cost) }
    }
    return best?.key
  }

  private static let moves: Set<String> = [
    "by", "rose", "fell", "grew", "climbed", "dropped", "declined", "increased", "decreased", "jumped", "slid", "gained", "shrank", "up",
    "down", "rise", "fall", "drop", "decline", "increase",
  ]

  private static func move(_ index: Int, _ words: [EvidenceText.Word]) -> String? {
    for at in stride(from: index - 1, through: max(0, index - 3), by: -1) {
      let word = words[at].lower
      if word == "to" || word == "of" || word == "at" { return nil }
      if moves.contains(word) { return word == "up" && at + 1 < words.count && words[at + 1].lower == "to" ? nil : "move:by" }
    }
    return nil
  }
}
