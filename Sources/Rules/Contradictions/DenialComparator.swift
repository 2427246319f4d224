import Analysis
import Documents

/// The same thing asserted and denied: a conflict.
struct DenialComparator: FactComparator {
  func pairs(in records: [FactRecord]) -> [Pair] {
    var found: [Pair] = []
    for denial in records where denial.fact.status == .denied {
      for claim in records where claim.fact.kind == denial.fact.kind && claim.fact.status != .denied {
        guard claim.objectKey == denial.objectKey || claim.sharesObject(with: denial) else { continue }
        if let a = claim.fact.range, let b = denial.fact.range, claim.isDated, denial.isDated, !a.overlaps(b) { continue }
        let topic = "\(claim.fact.kind) of \(claim.objectName.isEmpty ? "the organisation" : claim.objectName): said and denied"
        found.append(
          Pair(.conflict, topic, denial.isLater(than: claim) ? claim : denial, denial.isLater(than: claim) ? denial : claim, bonus: 3))
      }
    }
    return found
  }
}
