import Analysis
import Documents

/// States of which one holds at a time: interim and permanent, free and paid, profitable and not, open and closed, who is chief executive.
///
/// Rules label them `state` and `position`; where there is no position, the object is what may be only one ("the chief executive is …"). Notes of the
/// same weeks are in conflict, a later one supersedes.
struct StateComparator: FactComparator {
  /// Days within which a state is one and the same.
  private static let stillness = 31
  /// States of a period, not of a thing: of two periods they may differ.
  private static let periodic: Set<String> = ["profit"]

  func pairs(in records: [FactRecord]) -> [Pair] {
    let all = records.filter { $0.fact.isStatement && $0.fact.labels["state"] != nil && ($0.isFirm || $0.fact.status == .planned) }
    var found: [Pair] = []
    for (index, a) in all.enumerated() {
      for b in all[(index + 1)...] where a.fact.labels["state"] == b.fact.labels["state"] && a.path != b.path {
        guard a.fact.subject.first?.id == b.fact.subject.first?.id, StateComparator.differ(a, b), StateComparator.sameScope(a, b) else {
          continue
        }
        let state = a.fact.labels["state"] ?? ""
        let topic = "\(state) of \(a.fact.labels["position"] == nil || a.fact.object.isEmpty ? a.fact.subject[0].name : a.objectName)"
        let isLater = b.isLater(than: a)
        if StateComparator.periodic.contains(state) {
          if a.isDated, b.isDated, let x = a.fact.range, let y = b.fact.range, x.overlaps(y), x.granularity == y.granularity {
            found.append(Pair(.conflict, topic, a, b, bonus: 2))
          }
        } else if let p = a.publishedRange, let q = b.publishedRange,
          abs(p.start.daysSinceEpoch - q.start.daysSinceEpoch) <= StateComparator.stillness, b.fact.status != .planned
        {
          found.append(Pair(isLater && StateComparator.turns(b) ? .update : .conflict, topic, a, b, bonus: 2))
        } else if isLater {
          found.append(Pair(.update, topic, a, b, bonus: 2))
        }
      }
    }
    return found + openness(records)
  }

  /// Closed, then open again, or open, then closed: told by another note, and later.
  private func openness(_ records: [FactRecord]) -> [Pair] {
    let all = records.filter { $0.fact.kind == "licence_openness" && $0.isFirm && $0.fact.labels["position"] != nil }
    var found: [Pair] = []
    for a in all {
      for b in all where a.path != b.path && a.fact.labels["position"] != b.fact.labels["position"] {
        guard b.isLater(than: a) || StateComparator.follows(b, a), StateComparator.turns(b),
          a.fact.object.isEmpty || b.fact.object.isEmpty || a.sharesObject(with: b)
        else { continue }
        let (before, after) = (a.fact.labels["position"] ?? "", b.fact.labels["position"] ?? "")
        found.append(
          Pair(.update, "openness: \(before), then \(after)", a, b, bonus: (a.sharesObject(with: b) ? 2 : 0) + (b.isDated ? 1 : 0)))
      }
    }
    return found
  }

  /// Whether a fact is said to have happened after another, whenever the notes came.
  private static func follows(_ b: FactRecord, _ a: FactRecord) -> Bool {
    guard a.isDated, b.isDated, let x = a.fact.range, let y = b.fact.range else { return false }
    return y.start > x.end
  }

  private static func differ(_ a: FactRecord, _ b: FactRecord) -> Bool {
    if let p = a.fact.labels["position"], let q = b.fact.labels["position"] { return p != q && a.objectKey == b.objectKey }
    return !a.fact.object.isEmpty && !b.fact.object.isEmpty && !a.sharesObject(with: b)
  }

  private static func sameScope(_ a: FactRecord, _ b: FactRecord) -> Bool {
    let sides = [a, b].map { record in
      Scope(EvidenceText(record.fact.evidence[0].text), at: nil, names: Scope.names(of: record)).keys.filter {
        $0.hasPrefix("place:") || $0.hasPrefix("part:") || $0.hasPrefix("version:") || $0.hasPrefix("books:")
      }
    }
    return sides[0] == sides[1]
  }

  /// Whether the sentence itself speaks of a change.
  private static func turns(_ record: FactRecord) -> Bool {
    let words: Set<String> = [
      "now", "become", "becomes", "became", "permanent", "permanently", "anymore", "longer", "begin", "began", "start", "started", "starts",
      "return", "returns", "returned", "returning", "back", "again", "revert", "reverts", "reverted", "reversing", "reversed", "switched",
      "succeed", "succeeds", "succeeded", "replace", "replaces", "replaced", "new", "named", "appointed", "from",
    ]
    return EvidenceText(record.fact.evidence[0].text).words.contains { words.contains($0.lower) }
  }
}
