import Analysis

/// One number of a fact, with how exactly it is said and what it is the number of.
struct Figure: Sendable {
  enum Bound: Sendable { case exact, about, above, below }

  var amount: Amount
  /// The unit of the last digit that is said: 0.1 billion of "$1.2 billion", 1,000 of "11,000".
  var granularity: Double
  var bound: Bound
  /// What tells it from other figures of the same unit: see `Scope`.
  var scope: Scope

  /// The figures a fact states; not those it only compares them with.
  static func all(of record: FactRecord, _ text: EvidenceText) -> [Figure] {
    let names = Scope.names(of: record)
    return Amount.all(in: record.fact.value).compactMap { amount in
      guard let index = text.position(of: amount.said) else {
        let said = granularity(amount.said, decimals: 0)
        return Figure(amount: amount, granularity: said * amount.factor, bound: .exact, scope: Scope(text, at: nil, names: names))
      }
      guard !isBase(index, text) else { return nil }
      return Figure(
        amount: amount, granularity: max(text.words[index].granularity, 1e-9) * amount.factor, bound: bound(index, text),
        scope: Scope(text, at: index, isSum: amount.isSum, names: names))
    }
  }

  /// The unit of the last digit that counts. Trailing zeros are rounded, but for two digits at the front; of less than a thousand only the last
  /// one; of a million or more all of them.
  static func granularity(_ number: Double, decimals: Int) -> Double {
    if decimals > 0 { return (0..<decimals).reduce(1) { value, _ in value / 10 } }
    guard number >= 10, number < 1e15 else { return 1 }
    var unit = 1.0
    let last = number >= 1e6 ? number : number >= 1_000 ? number / 10 : 10
    while unit * 10 <= last, number.truncatingRemainder(dividingBy: unit * 10) == 0 { unit *= 10 }
    return unit
  }

  private static let about: Set<String> = [
    "about", "around", "roughly", "approximately", "some", "nearly", "almost", "circa", "estimated", "approx", "close", "virtually",
  ]
  private static let above: Set<String> = ["over", "above", "exceeding", "beyond", "exceeds", "exceeded", "surpassed", "topped"]
  private static let below: Set<String> = ["under", "below"]

  private static func bound(_ index: Int, _ text: EvidenceText) -> Bound {
    let before = text.words[max(0, index - 3)..<index].map(\.lower)
    let pair = before.suffix(2).joined(separator: " ")
    let triple = before.joined(separator: " ")
    if ["more than", "at least", "upwards of", "north of", "excess of", "minimum of"].contains(pair) { return .above }
    if ["less than", "fewer than", "up to", "at most", "maximum of", "south of"].contains(pair) { return .below }
    if ["as many as", "as much as", "no more than", "not more than"].contains(triple) { return .below }
    if index + 2 < text.words.count {
      let after = text.words[(index + 1)...(index + 2)].map(\.lower).joined(separator: " ")
      if after == "or more" { return .above }
      if after == "or so" { return .about }
    }
    if let last = before.last {
      if about.contains(last) || pair == "close to" { return .about }
      if above.contains(last) { return .above }
      if below.contains(last) { return .below }
    }
    return .exact
  }

  /// "Up from 10,000", "compared with $2 billion": what a figure is measured against.
  private static func isBase(_ index: Int, _ text: EvidenceText) -> Bool {
    let before = text.words[max(0, index - 3)..<index].map(\.lower)
    if isExpectation(index, text) || isOfBefore(index, text) { return true }
    if ["rather than", "instead of", "not the"].contains(before.suffix(2).joined(separator: " ")) { return true }
    let bases: Set<String> = ["from", "than", "versus", "vs", "against", "compared", "between"]
    guard let at = before.lastIndex(where: { bases.contains($0) }) else { return false }
    // "More than 10,000" compares with nothing.
    if before[at] == "than", at > 0, ["more", "less", "fewer", "rather"].contains(before[at - 1]) { return false }
    if before[at] == "than", at == 0, index >= 4, ["more", "less", "fewer"].contains(text.words[index - 4].lower) { return false }
    return at >= before.count - 2 || ["with", "to"].contains(before[before.count - 1])
  }

  private static let expectations: Set<String> = [
    "estimate", "estimates", "consensus", "forecast", "forecasts", "expectation", "expectations", "guidance", "target", "targets",
    "projection",
    "projections",
  ]

  /// "Below the market estimate of $6.2 billion", "missing expectations of 5 %": what was looked for, not what came.
  private static func isExpectation(_ index: Int, _ text: EvidenceText) -> Bool {
    let before = text.words[max(0, index - 3)..<index]
    guard let of = before.last, ["of", "for", "at"].contains(of.lower) else { return false }
    return before.contains { expectations.contains($0.lower) && $0.clause == of.clause }
  }

  /// "$2 billion a year earlier", "5 % in the same quarter of last year": what was before.
  private static func isOfBefore(_ index: Int, _ text: EvidenceText) -> Bool {
    var after = text.words[min(index + 1, text.words.count)..<min(index + 6, text.words.count)].map(\.lower)
    while let first = after.first, ["million", "billion", "trillion", "percent", "per", "cent", "in", "the"].contains(first) {
      after.removeFirst()
    }
    let phrase = after.prefix(3).joined(separator: " ")
    return ["a year earlier", "a year ago", "one year earlier", "year ago period", "year ago quarter", "year earlier period"].contains(
      phrase)
      || ["previous year", "prior year", "year before", "year earlier"].contains(after.prefix(2).joined(separator: " "))
  }

  /// Whether both can be right: after rounding, and with what "about", "more than" and "up to" leave open.
  func agrees(with other: Figure) -> Bool {
    let (x, y) = (amount.number, other.amount.number)
    let difference = abs(x - y)
    if difference < 0.5 * max(granularity, other.granularity) || difference <= max(abs(x), abs(y)) * 0.002 { return true }
    let slack = (bound == .about ? 0.1 * abs(x) : 0) + (other.bound == .about ? 0.1 * abs(y) : 0)
    if difference <= slack { return true }
    switch (bound, other.bound) {
    case (.above, .above), (.below, .below): return true
    // Nobody says "more than 50" of 87, or "up to 87" of 50.
    case (.above, _): return y >= x && y <= 1.5 * x
    case (_, .above): return x >= y && x <= 1.5 * y
    case (.below, _): return y <= x && y * 1.5 >= x
    case (_, .below): return x <= y && x * 1.5 >= y
    default: return false
    }
  }

  /// Figures so far apart are of two things.
  func isComparable(with other: Figure) -> Bool {
    let (x, y) = (abs(amount.number), abs(other.amount.number))
    return x > 0 && y > 0 && max(x, y) <= 5 * min(x, y)
  }
}

/// One part of a fact's value, in a unit that others can be compared with.
struct Amount: Equatable, Sendable {
  var number: Double
  /// What is counted; power in MW, heads as "people", whatever they are called.
  var unit: String
  /// The number as the note has it, and what makes `number` of it.
  var said: Double
  var factor: Double

  /// Whether it is money or a percentage.
  var isSum: Bool { unit == "%" || unit.utf8.count == 3 && unit.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A } }

  /// "23 %;1940000000 USD" → two; ranges and values without a unit are left out.
  static func all(in value: String?) -> [Amount] { (value ?? "").split(separator: ";").compactMap { Amount(String($0)) } }

  init?(_ text: String) {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Double(digits), let first = unit.first, first.isLetter || first == "%" else { return nil }
    let name = unit.lowercased()
    said = number
    if let factor = Amount.power[name] {
      (self.number, self.unit, self.factor) = (number * factor, "MW", factor)
    } else {
      self.number = number
      factor = 1
      if name.split(separator: " ").contains(where: { Amount.heads.contains(String($0)) }) {
        self.unit = "people"
      } else if unit.utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }) && unit.utf8.count == 3 {
        self.unit = String(unit)
      } else {
        self.unit = name.split(separator: " ").last.map { Stem.of(String($0)) } ?? name
      }
    }
  }

  private static let power: [String: Double] = [
    "kw": 0.001, "kilowatt": 0.001, "kilowatts": 0.001, "mw": 1, "megawatt": 1, "megawatts": 1, "gw": 1_000, "gigawatt": 1_000,
    "gigawatts": 1_000,
  ]
  private static let heads: Set<String> = [
    "position", "positions", "job", "jobs", "role", "roles", "post", "posts", "employee", "employees", "worker", "workers", "people",
    "person", "persons", "staff", "staffers", "heads", "personnel",
  ]
}
