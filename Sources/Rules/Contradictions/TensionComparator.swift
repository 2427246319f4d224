import Analysis
import Documents

/// Statements that can both hold, and that say more side by side.
struct TensionComparator: FactComparator {
  /// Facts further apart than this are two stories.
  private static let window = 400
  /// Bytes between two statements that stand together.
  private static let closeness = 400

  private static let kinds: Set<String> = [
    "hire", "layoff", "licence_openness", "benchmark_claim", "overfitting_allegation", "strategy_position", "compute", "revenue_change",
    "release", "delay",
  ]

  func pairs(in records: [FactRecord]) -> [Pair] {
    let records = records.filter { TensionComparator.kinds.contains($0.fact.kind) && $0.fact.status != .denied }
    var found: [Pair] = []
    for (index, a) in records.enumerated() {
      for b in records[(index + 1)...] {
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
    case ("hire", "layoff"):
      // Filling a post is not hiring; money and numbers are what makes the contrast.
      guard x.labels["form"] != "appointment", a.isFirm, b.isFirm, areOfOneTime(a, b), a.path != b.path || isClose(a, b),
        TensionComparator.isOfJobs(y)
      else { return nil }
      return ("hiring while laying off", (x.object.count == 1 && x.value == nil ? 0 : 2) + closeness(a, b))
    case ("licence_openness", "licence_openness"):
      guard let p = x.labels["position"], let q = y.labels["position"], p == "open", q != "open" else { return nil }
      // Within one note, what was closed, or the same thing: a remark on what others do is none.
      if a.path == b.path, y.labels["turn"] != "yes", !a.sharesObject(with: b) { return nil }
      // What is open of one product says nothing of another.
      if !x.object.isEmpty, !y.object.isEmpty, !a.sharesObject(with: b) { return nil }
      // The claim first, the doubt about it later.
      return ("openness", (a.sharesObject(with: b) ? 2 : 0) + (b.isLater(than: a) || b.publishedRange == nil ? 1 : 0))
    case ("benchmark_claim", "overfitting_allegation"):
      guard x.polarity == .positive, areOfOneTime(a, b), a.sharesObject(with: b) || isClose(a, b) else { return nil }
      return ("results and doubts about them", (a.sharesObject(with: b) ? 2 : 0) + closeness(a, b))
    case ("benchmark_claim", "benchmark_claim"):
      guard x.polarity == .positive, y.polarity == .negative, a.sharesObject(with: b), areOfOneTest(a, b) else { return nil }
      return ("performance of \(a.objectName)", 1)
    case ("strategy_position", "strategy_position") where x.labels["axis"] == "priority" && y.labels["axis"] == "priority":
      // Two things cannot both come first.
      guard a.isFirm || a.fact.status == .planned, b.isFirm || b.fact.status == .planned, !x.object.isEmpty, !y.object.isEmpty,
        !a.sharesObject(with: b), areOfOneTime(a, b)
      else { return nil }
      return ("what comes first", closeness(a, b))
    case ("strategy_position", "strategy_position"):
      guard let p = x.labels["lean"], let q = y.labels["lean"], p == "research", q == "product", a.path != b.path || isClose(a, b) else {
        return nil
      }
      return ("too much research, or too much product", 1)
    case ("compute", "compute"):
      guard x.labels["gap"] == "yes", y.labels["gap"] == "no", a.isFirm, b.isFirm, areOfOneTime(a, b) else { return nil }
      return ("short of compute, or not", 0)
    case ("revenue_change", "revenue_change"):
      guard x.status == .conditional, y.status == .asserted, x.value != nil, y.polarity == .negative, a.path == b.path,
        Scope.parts(of: a) == Scope.parts(of: b), TensionComparator.areOfOneOrder(a, b)
      else { return nil }
      return ("revenue supposed and revenue made", 1)
    case ("release", "delay"):
      guard a.isFirm, b.isFirm, a.sharesObject(with: b), a.isDated, b.isDated, let p = x.range, let q = y.range, p.overlaps(q),
        a.path != b.path, max(p.end.daysSinceEpoch - p.start.daysSinceEpoch, q.end.daysSinceEpoch - q.start.daysSinceEpoch) <= 31
      else { return nil }
      return ("\(a.objectName): released and late", 0)
    default: return nil
    }
  }

  /// Whether sums of money are of one order, as far as both sides have one: else one is of a part.
  private static func areOfOneOrder(_ a: FactRecord, _ b: FactRecord) -> Bool {
    for x in Amount.all(in: a.fact.value) {
      for y in Amount.all(in: b.fact.value) where x.unit == y.unit && x.unit != "%" {
        return max(abs(x.number), abs(y.number)) <= 5 * min(abs(x.number), abs(y.number))
      }
    }
    return true
  }

  /// Whether a sentence about cuts speaks of jobs at all.
  private static func isOfJobs(_ fact: Fact) -> Bool {
    let stems: Set<String> = [
      "layoff", "lay", "job", "staff", "employe", "employee", "work", "worker", "workforc", "headcount", "redundancy", "position", "rol",
      "post",
      "dismiss", "fir", "sack", "let", "engineer", "team", "round",
    ]
    return EvidenceText(fact.evidence[0].text).words.contains { stems.contains($0.stem) }
  }

  /// One test, not "first on one and last on another": besides names, both sentences have some words in common.
  private func areOfOneTest(_ a: FactRecord, _ b: FactRecord) -> Bool {
    let names = Scope.names(of: a).union(Scope.names(of: b))
    let (x, y) = (EvidenceText(a.fact.evidence[0].text), EvidenceText(b.fact.evidence[0].text))
    return x.content(x.words.indices, without: names).intersection(y.content(y.words.indices, without: names)).count >= 2
  }

  /// Within two or three sentences of one note: what its author sets side by side.
  private func isClose(_ a: FactRecord, _ b: FactRecord) -> Bool {
    guard a.path == b.path, let x = a.fact.evidence.first?.span, let y = b.fact.evidence.first?.span else { return false }
    return max(x.start, y.start) - min(x.end, y.end) <= TensionComparator.closeness
  }

  private func closeness(_ a: FactRecord, _ b: FactRecord) -> Int {
    guard isClose(a, b) else { return 0 }
    return a.fact.evidence.first?.line == b.fact.evidence.first?.line ? 5 : 3
  }

  /// Two generations of a product are not one.
  private func areOfOneTime(_ a: FactRecord, _ b: FactRecord) -> Bool {
    guard let x = a.fact.range, let y = b.fact.range else { return true }
    return max(x.start.daysSinceEpoch, y.start.daysSinceEpoch) - min(x.end.daysSinceEpoch, y.end.daysSinceEpoch) <= 180
  }

  /// Of one story: published within the window, or of an unknown day.
  private func isNear(_ a: FactRecord, _ b: FactRecord) -> Bool {
    guard a.path != b.path, let x = a.publishedRange, let y = b.publishedRange else { return true }
    return abs(x.start.daysSinceEpoch - y.start.daysSinceEpoch) <= TensionComparator.window
  }
}
