import Analysis
import Documents

/// Two numbers for the same attribute, unit and time scope that are not the same number.
struct NumberComparator: FactComparator {
  /// Rounded figures of one thing differ by less than this.
  private static let tolerance = 0.05
  private static let kinds: Set<String> = ["layoff", "loss", "revenue_change", "usage_metric", "investment", "acquisition", "compute"]

  func pairs(in records: [FactRecord]) -> [Pair] {
    let numbered = records.filter {
      NumberComparator.kinds.contains($0.fact.kind) && $0.fact.number != nil && $0.fact.status != .denied
        && $0.fact.value?.contains(";") != true
    }
    var found: [Pair] = []
    for (index, a) in numbered.enumerated() {
      for b in numbered[(index + 1)...] { if let pair = compare(a, b) { found.append(pair) } }
    }
    return found
  }

  private func compare(_ a: FactRecord, _ b: FactRecord) -> Pair? {
    guard a.fact.kind == b.fact.kind, a.fact.rule == b.fact.rule, let x = a.fact.number, let y = b.fact.number, x != 0, y != 0 else {
      return nil
    }
    guard Set(a.fact.subject.map(\.id)) == Set(b.fact.subject.map(\.id)), a.objectKey == b.objectKey else { return nil }
    guard let unit = NumberComparator.unit(a.fact.value), unit == NumberComparator.unit(b.fact.value) else { return nil }
    let difference = abs(x - y) / max(abs(x), abs(y))
    guard difference > NumberComparator.tolerance, difference < 0.95 else { return nil }
    guard let p = a.fact.range, let q = b.fact.range, a.isDated, b.isDated, p.granularity == q.granularity, p.overlaps(q) else {
      return nil
    }
    let topic = "\(a.fact.kind): \(unit)\(a.objectName.isEmpty ? "" : " of \(a.objectName)"), \(a.fact.when ?? "")"
    // A plan may grow into another number, and a note may say that it revises one; else two numbers for one event cannot both hold.
    let isRevised = a.isTentative && b.isFirm || NumberComparator.revises(b)
    let verdict: Contradiction.Verdict = b.isLater(than: a) && isRevised ? .update : .conflict
    return Pair(verdict, topic, a, b, bonus: 4)
  }

  private static let revisions: Set<String> = [
    "now", "revised", "revises", "raised", "raises", "lowered", "lowers", "instead", "corrected", "updated",
  ]

  /// Whether a fact's own sentence says that an earlier figure no longer holds.
  private static func revises(_ record: FactRecord) -> Bool {
    (record.fact.evidence.first?.text ?? "").split { !$0.isLetter }.contains { revisions.contains($0.lowercased()) }
  }

  /// What is counted: the value without its number; nil for a bare number.
  static func unit(_ value: String?) -> String? {
    guard let value else { return nil }
    let unit = value.drop { $0.isNumber || "-+.,/()[] ".contains($0) }
    return unit.isEmpty ? nil : String(unit)
  }
}
