import Analysis
import Documents

/// Statements that can both hold, and that say more side by side.
struct TensionComparator: FactComparator {
  /// Facts further apart than this are two stories.
  private static let window = 400

  func pairs(in records: [FactRecord]) -> [Pair] {
    var found: [Pair] = []
    for (index, a) in records.enumerated() where a.fact.status != .denied {
      for b in records[(index + 1)...] where b.fact.status != .denied {
        guard isNear(a, b), let (topic, bonus) = topic(a, b) ?? topic(b, a) else { continue }
        found.append(Pair(.tension, topic, a, b, bonus: bonus))
      }
    }
    return found
  }

  private func topic(_ a: FactRecord, _ b: FactRecord) -> (String, Int)? {
    let x = a.fact
    let y = b.fact
    switch (x.kind, y.kind) {
    case ("hire", "layoff"): return ("hiring while laying off", 0)
    case ("licence_openness", "licence_openness"):
      guard let p = x.labels["position"], let q = y.labels["position"], p == "open", q != "open" else { return nil }
      return ("openness", a.sharesObject(with: b) ? 2 : 0)
    case ("benchmark_claim", "overfitting_allegation"):
      guard x.polarity == .positive else { return nil }
      return ("results and doubts about them", a.sharesObject(with: b) ? 2 : 0)
    case ("benchmark_claim", "benchmark_claim"):
      guard x.polarity == .positive, y.polarity == .negative, a.sharesObject(with: b) else { return nil }
      return ("performance of \(a.objectName)", 1)
    case ("strategy_position", "strategy_position"):
      guard let p = x.labels["lean"], let q = y.labels["lean"], p == "research", q == "product" else { return nil }
      return ("too much research, or too much product", 1)
    case ("revenue_change", "revenue_change"):
      guard x.status == .conditional, y.status == .asserted, x.value != nil, y.polarity == .negative, a.path == b.path else { return nil }
      return ("revenue supposed and revenue made", 1)
    case ("release", "delay"):
      guard a.isFirm, b.isFirm, a.sharesObject(with: b), a.isDated, b.isDated, let p = x.range, let q = y.range, p.overlaps(q),
        a.path != b.path
      else { return nil }
      return ("\(a.objectName): released and late", 0)
    default: return nil
    }
  }

  private func isNear(_ a: FactRecord, _ b: FactRecord) -> Bool {
    if a.path == b.path { return true }
    guard let x = a.publishedRange ?? a.fact.range, let y = b.publishedRange ?? b.fact.range else { return true }
    return abs(x.start.daysSinceEpoch - y.start.daysSinceEpoch) <= TensionComparator.window
  }
}
