import Analysis
import Documents

/// What becomes of one product, project or person: possible → certain, promised → late → given up. The later statement supersedes.
struct FateComparator: FactComparator {
  /// Later stages supersede earlier ones of the same object.
  private static let stages = ["commitment": 0, "delay": 1, "abandonment": 2]

  func pairs(in records: [FactRecord]) -> [Pair] {
    var found: [Pair] = []
    for (index, a) in records.enumerated() where !a.fact.object.isEmpty && a.fact.status != .denied {
      for b in records[(index + 1)...] where a.sharesObject(with: b) && b.fact.status != .denied {
        if let pair = compare(a, b) { found.append(pair) }
      }
    }
    return found
  }

  private func compare(_ a: FactRecord, _ b: FactRecord) -> Pair? {
    let shared = Set(a.fact.object.map(\.id)).intersection(b.fact.object.map(\.id))
    let name = a.fact.object.filter { shared.contains($0.id) }.map(\.name).joined(separator: ", ")
    if a.fact.kind == b.fact.kind, FateComparator.isSettled(a.fact.kind) {
      // Possible, then certain.
      guard a.isTentative != b.isTentative, a.isFirm || b.isFirm, a.path != b.path else { return nil }
      let (possible, certain) = a.isTentative ? (a, b) : (b, a)
      guard !possible.isLater(than: certain) else { return nil }
      return Pair(.update, "\(a.fact.kind) of \(name): from possible to certain", possible, certain, bonus: 3)
    }
    if let before = FateComparator.stages[a.fact.kind], let after = FateComparator.stages[b.fact.kind], after > before,
      b.isLater(than: a)
    {
      guard b.isFirm else { return nil }
      return Pair(.update, "\(name): \(a.fact.kind), then \(b.fact.kind)", a, b, bonus: a.isFirm ? 2 : 1)
    }
    // Given up, and released after that.
    if a.fact.kind == "abandonment", b.fact.kind == "release", a.isFirm, b.isFirm, a.isDated, b.isDated, let x = a.fact.range,
      let y = b.fact.range, y.start > x.end
    {
      return Pair(.conflict, "\(name): given up and released later", a, b, bonus: 1)
    }
    return nil
  }

  private static func isSettled(_ kind: String) -> Bool {
    ["abandonment", "delay", "departure", "layoff", "acquisition", "release", "partnership", "reorganisation"].contains(kind)
  }
}
