import Analysis
import Documents

/// What becomes of one product, project or person: possible → certain, promised → late → given up. The later statement supersedes.
struct FateComparator: FactComparator {
  /// Days between two notes that tell of one plan.
  private static let affair = 730

  func pairs(in records: [FactRecord]) -> [Pair] {
    var found: [Pair] = []
    for (index, a) in records.enumerated() where !a.fact.object.isEmpty && a.fact.status != .denied && !a.fact.isStatement {
      for b in records[(index + 1)...] where a.sharesObject(with: b) && b.fact.status != .denied && !b.fact.isStatement {
        if let pair = compare(a, b) { found.append(pair) }
      }
    }
    return found
  }

  private func compare(_ a: FactRecord, _ b: FactRecord) -> Pair? {
    if let p = a.publishedRange, let q = b.publishedRange, abs(p.start.daysSinceEpoch - q.start.daysSinceEpoch) > FateComparator.affair {
      return nil
    }
    let shared = Set(a.fact.object.map(\.id)).intersection(b.fact.object.map(\.id))
    let name = a.fact.object.filter { shared.contains($0.id) }.map(\.name).joined(separator: ", ")
    if a.fact.kind == b.fact.kind, FateComparator.isSettled(a.fact.kind) {
      // Possible, then certain.
      let (isOpen, isOther) = (FateComparator.isOpen(a), FateComparator.isOpen(b))
      guard isOpen != isOther, isOpen ? b.isFirm : a.isFirm, a.path != b.path else { return nil }
      let (possible, certain) = isOpen ? (a, b) : (b, a)
      guard !possible.isLater(than: certain), FateComparator.areOfOneTime(possible, certain) else { return nil }
      return Pair(.update, "\(a.fact.kind) of \(name): from possible to certain", possible, certain, bonus: 3)
    }
    if let before = FateComparator.stage(a), let after = FateComparator.stage(b), after > before, b.isLater(than: a) {
      guard b.isFirm else { return nil }
      return Pair(.update, "\(name): \(FateComparator.words(a)), then \(FateComparator.words(b))", a, b, bonus: a.isFirm ? 2 : 1)
    }
    // Given up, and released after that.
    if a.fact.kind == "abandonment", b.fact.kind == "release", a.isFirm, b.isFirm, a.isDated, b.isDated, let x = a.fact.range,
      let y = b.fact.range, y.start > x.end
    {
      return Pair(.conflict, "\(name): given up and released later", a, b, bonus: 1)
    }
    return nil
  }

  /// Later stages supersede earlier ones of the same object: planned or out, late, given up.
  private static func stage(_ record: FactRecord) -> Int? {
    switch record.fact.kind {
    case "commitment", "forecast": 0
    case "release": 0
    case "delay": record.fact.status == .conditional ? nil : 1
    case "abandonment": 2
    default: nil
    }
  }

  private static func words(_ record: FactRecord) -> String {
    switch record.fact.kind {
    case "release": record.isPlan || record.isTentative ? "planned" : "released"
    case "commitment": "promised"
    case "forecast": "foreseen"
    case "delay": "late"
    default: "given up"
    }
  }

  /// A plan for one date is not settled by what happened long before or after it.
  private static func areOfOneTime(_ a: FactRecord, _ b: FactRecord) -> Bool {
    guard a.isDated, b.isDated, let x = a.fact.range, let y = b.fact.range else { return true }
    return max(x.start.daysSinceEpoch, y.start.daysSinceEpoch) - min(x.end.daysSinceEpoch, y.end.daysSinceEpoch) <= 400
  }

  /// Whether it is possible or planned. A deal that is agreed or offered is not done.
  private static func isOpen(_ record: FactRecord) -> Bool {
    if record.isTentative { return true }
    guard ["acquisition", "partnership"].contains(record.fact.kind) else { return false }
    let words: Set<String> = [
      "plan", "plans", "planned", "planning", "agreed", "agrees", "intends", "wants", "seeks", "seeking", "talks", "considering", "offered",
      "offers", "bid", "bids", "proposes", "proposed", "negotiating",
    ]
    return EvidenceText(record.fact.evidence[0].text).words.contains { words.contains($0.lower) }
  }

  private static func isSettled(_ kind: String) -> Bool {
    ["abandonment", "delay", "departure", "layoff", "acquisition", "release", "partnership", "reorganisation"].contains(kind)
  }
}
