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
        // A date that lay ahead when it was written was a plan: another one later moves it.
        if a.isPlan, b.isLater(than: a) {
          found.append(Pair(.update, topic, a, b, bonus: 3))
        } else if a.isFirm, b.isFirm, abs(x.start.daysSinceEpoch - y.start.daysSinceEpoch) < 400 {
          found.append(Pair(.conflict, topic, a, b, bonus: 2))
        }
      }
    }
    return found + moved(in: records)
  }

  /// A date set for something, and a later note that it will be late: the date no longer holds.
  private func moved(in records: [FactRecord]) -> [Pair] {
    var found: [Pair] = []
    let plans = records.filter { $0.isPlan && $0.isDated && ["release", "commitment", "forecast"].contains($0.fact.kind) }
    let delays = records.filter { $0.fact.kind == "delay" && $0.isFirm || $0.fact.kind == "delay" && $0.fact.status == .planned }
    for plan in plans {
      for delay in delays where delay.sharesObject(with: plan) && delay.isLater(than: plan) {
        found.append(Pair(.update, "date of \(plan.objectName)", plan, delay, bonus: 3))
      }
    }
    // Late, and later still.
    for (index, a) in delays.enumerated() {
      for b in delays[(index + 1)...] where b.sharesObject(with: a) && b.isLater(than: a) && a.isDated && b.isDated {
        guard let x = a.fact.range, let y = b.fact.range, y.start > x.end else { continue }
        found.append(Pair(.update, "date of \(a.objectName)", a, b, bonus: 2))
      }
    }
    return found
  }
}

extension FactRecord {
  /// Whether it was still to come when the note appeared.
  var isPlan: Bool {
    if fact.status == .planned { return true }
    guard let range = fact.range, isDated, let published = publishedRange else { return false }
    return range.start > published.end
  }
}
