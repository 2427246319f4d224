import Analysis
import Documents

/// Two dates for something that happens once.
struct DateComparator: FactComparator {
  private static let once: Set<String> = ["release", "acquisition", "leak", "abandonment", "departure"]

  func pairs(in records: [FactRecord]) -> [Pair] {
    let dated = records.filter {
      DateComparator.once.contains($0.fact.kind) && $0.isDated && $0.fact.object.count == 1 && $0.fact.status != .denied
    }
    var found: [Pair] = []
    for (index, a) in dated.enumerated() {
      for b in dated[(index + 1)...]
      where a.fact.kind == b.fact.kind && a.objectKey == b.objectKey && a.fact.subject.first?.id == b.fact.subject.first?.id {
        guard let x = a.fact.range, let y = b.fact.range, !x.overlaps(y), a.path != b.path else { continue }
        let topic = "date of the \(a.fact.kind) of \(a.objectName)"
        if a.fact.status == .planned, b.isLater(than: a) {
          found.append(Pair(.update, topic, a, b, bonus: 3))
        } else if a.isFirm, b.isFirm, abs(x.start.daysSinceEpoch - y.start.daysSinceEpoch) < 400 {
          found.append(Pair(.conflict, topic, a, b, bonus: 2))
        }
      }
    }
    return found
  }
}
