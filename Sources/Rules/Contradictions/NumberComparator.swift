import Analysis
import Documents

/// Two numbers for the same attribute, unit and time scope that are not the same number.
///
/// Figures of a period ("the loss of the second quarter") are compared where both sides say the same period. What happens once (a round of
/// layoffs, a purchase) is also compared where one side is less exact about the day, or where two notes of the same weeks tell it undated.
struct NumberComparator: FactComparator {
  /// Rounded figures of one thing differ by less than this.
  private static let tolerance = 0.05
  private static let kinds: Set<String> = ["layoff", "loss", "revenue_change", "usage_metric", "investment", "acquisition", "compute"]
  private static let events: Set<String> = ["layoff", "acquisition"]
  /// Days between two notes that tell of one event.
  private static let story = 60
  /// Days after which another number is news rather than another opinion.
  private static let aftermath = 14

  func pairs(in records: [FactRecord]) -> [Pair] {
    let numbered = records.filter { NumberComparator.kinds.contains($0.fact.kind) && $0.fact.value != nil && $0.fact.status != .denied }
      .map { (record: $0, amounts: Amount.all(in: $0.fact.value)) }
    var found: [Pair] = []
    for (index, a) in numbered.enumerated() {
      for b in numbered[(index + 1)...]
      where a.record.fact.kind == b.record.fact.kind && a.record.fact.rule == b.record.fact.rule && sameThing(a.record, b.record) {
        for x in a.amounts {
          guard let y = b.amounts.first(where: { $0.unit == x.unit }), NumberComparator.differ(x.number, y.number) else { continue }
          // One figure of a kind a side: "from 82 % to 41 %" says no single number.
          guard a.amounts.filter({ $0.unit == x.unit }).count == 1, b.amounts.filter({ $0.unit == x.unit }).count == 1 else { continue }
          found.append(pair(a.record, b.record, x.unit))
          break
        }
      }
    }
    return found
  }

  private static func differ(_ x: Double, _ y: Double) -> Bool {
    guard x != 0, y != 0 else { return false }
    let difference = abs(x - y) / max(abs(x), abs(y))
    return difference > tolerance && difference < 0.95
  }

  private func sameThing(_ a: FactRecord, _ b: FactRecord) -> Bool {
    guard Set(a.fact.subject.map(\.id)) == Set(b.fact.subject.map(\.id)), a.objectKey == b.objectKey else { return false }
    if a.isDated, b.isDated, let p = a.fact.range, let q = b.fact.range {
      return p.overlaps(q) && (p.granularity == q.granularity || NumberComparator.events.contains(a.fact.kind))
    }
    guard NumberComparator.events.contains(a.fact.kind), a.path != b.path, !a.isDated || !b.isDated, let p = a.publishedRange,
      let q = b.publishedRange
    else { return false }
    if let x = a.fact.range, let y = b.fact.range, !x.overlaps(y) { return false }
    return abs(p.start.daysSinceEpoch - q.start.daysSinceEpoch) <= NumberComparator.story
  }

  private func pair(_ a: FactRecord, _ b: FactRecord, _ unit: String) -> Pair {
    let topic = "\(a.fact.kind): \(unit)\(a.objectName.isEmpty ? "" : " of \(a.objectName)"), \(a.fact.when ?? "")"
    // A plan may grow into another number, a note may say that it revises one, and weeks later more is known of an event; else two numbers for
    // one thing cannot both hold.
    var isRevised = a.isTentative && b.isFirm || NumberComparator.revises(b)
    if NumberComparator.events.contains(a.fact.kind), let p = a.publishedRange, let q = b.publishedRange,
      q.start.daysSinceEpoch - p.start.daysSinceEpoch >= NumberComparator.aftermath
    {
      isRevised = true
    }
    return Pair(b.isLater(than: a) && isRevised ? .update : .conflict, topic, a, b, bonus: 4)
  }

  private static let revisions: Set<String> = [
    "now", "revised", "revises", "raised", "raises", "lowered", "lowers", "instead", "corrected", "updated", "additional", "more",
    "further",
    "another",
  ]

  /// Whether a fact's own sentence says that an earlier figure no longer holds.
  private static func revises(_ record: FactRecord) -> Bool {
    (record.fact.evidence.first?.text ?? "").split { !$0.isLetter }.contains { revisions.contains($0.lowercased()) }
  }
}

/// One part of a fact's value, in a unit that others can be compared with.
struct Amount: Equatable {
  var number: Double
  /// What is counted; power in MW, heads as "people", whatever they are called.
  var unit: String

  /// "23 %;1940000000 USD" → two; ranges and values without a unit are left out.
  static func all(in value: String?) -> [Amount] { (value ?? "").split(separator: ";").compactMap { Amount(String($0)) } }

  init?(_ text: String) {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = Double(digits), let first = unit.first, first.isLetter || first == "%" else { return nil }
    let name = unit.lowercased()
    if let factor = Amount.power[name] {
      (self.number, self.unit) = (number * factor, "MW")
    } else {
      self.number = number
      self.unit = Amount.heads.contains(name) ? "people" : String(unit)
    }
  }

  private static let power: [String: Double] = [
    "kw": 0.001, "kilowatt": 0.001, "kilowatts": 0.001, "mw": 1, "megawatt": 1, "megawatts": 1, "gw": 1_000, "gigawatt": 1_000,
    "gigawatts": 1_000,
  ]
  private static let heads: Set<String> = [
    "position", "positions", "job", "jobs", "role", "roles", "post", "posts", "employee", "employees", "worker", "workers", "people",
    "person", "persons", "staff", "engineer", "engineers",
  ]
}
