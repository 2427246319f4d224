import Analysis
import Documents

/// Two dates for something that happens once.
struct DateComparator: FactComparator {
  private static let once: Set<String> = ["release", "acquisition", "leak", "abandonment", "departure"]

  func pairs(in records: [FactRecord]) -> [Pair] {
    let dated = records.filter {
      DateComparator.once.contains($0.fact.kind) && $0.isDated && $0.fact.status != .denied && ($0.fact.object.count == 1 || $0.isOfPerson)
    }
    var found: [Pair] = []
    for (index, a) in dated.enumerated() {
      for b in dated[(index + 1)...]
      where a.fact.kind == b.fact.kind && a.fact.subject.first?.id == b.fact.subject.first?.id
        && (a.objectKey == b.objectKey || a.isOfPerson)
      {
        guard let x = a.fact.range, let y = b.fact.range, !x.overlaps(y), a.path != b.path, DateComparator.sameScope(a, b) else { continue }
        let what = a.isOfPerson && a.fact.object.isEmpty ? a.fact.subject[0].name : a.objectName
        let topic = "date of the \(a.fact.kind) of \(what)"
        // A date that lay ahead when it was written was a plan: another one later moves it.
        if a.isPlan, b.isLater(than: a) {
          found.append(Pair(.update, topic, a, b, bonus: 3))
        } else if a.isFirm, b.isFirm, abs(x.start.daysSinceEpoch - y.start.daysSinceEpoch) < 400 {
          found.append(Pair(.conflict, topic, a, b, bonus: 2))
        }
      }
    }
    return found + moved(in: records) + founded(in: records)
  }

  /// Announced is not launched, a beta not the product, and a launch in Europe not the one in Asia.
  private static func sameScope(_ a: FactRecord, _ b: FactRecord) -> Bool {
    let sides = [a, b].map { record in
      Scope(EvidenceText(record.fact.evidence[0].text), at: nil, names: Scope.names(of: record)).keys.filter { key in
        ["act:", "place:", "part:", "state:", "version:", "sum:further"].contains { key.hasPrefix($0) }
      }
    }
    return sides[0] == sides[1]
  }

  /// When an organisation or a product began: once, so that any two dates are a conflict.
  private func founded(in records: [FactRecord]) -> [Pair] {
    let all = records.filter { $0.fact.labels["attribute"] == "founding" && $0.isDated && $0.isFirm }
    var found: [Pair] = []
    for (index, a) in all.enumerated() {
      for b in all[(index + 1)...] where a.fact.subject.map(\.id) == b.fact.subject.map(\.id) && a.objectKey == b.objectKey {
        guard let x = a.fact.range, let y = b.fact.range, !x.overlaps(y) else { continue }
        let what = a.objectName.isEmpty ? a.fact.subject[0].name : a.objectName
        found.append(Pair(.conflict, "founding of \(what)", a, b, bonus: 4))
      }
    }
    return found
  }

  /// A date set for something, and a later note that it will be late: the date no longer holds.
  private func moved(in records: [FactRecord]) -> [Pair] {
    var found: [Pair] = []
    let plans = records.filter { $0.isPlan && $0.isDated && ["release", "commitment", "forecast"].contains($0.fact.kind) }
    let delays = records.filter { $0.fact.kind == "delay" && ($0.isFirm || $0.fact.status == .planned) }
    for plan in plans {
      for delay in delays where delay.sharesObject(with: plan) && delay.isLater(than: plan) {
        found.append(Pair(.update, "date of \(plan.objectName)", plan, delay, bonus: 3))
      }
    }
    // Planned for one time, then for another or done at another.
    for plan in plans where plan.fact.object.count == 1 {
      for other in records where other.isDated && other.fact.kind != plan.fact.kind && other.objectKey == plan.objectKey {
        guard ["release", "commitment"].contains(other.fact.kind), other.isFirm || other.isPlan, other.isLater(than: plan),
          let x = plan.fact.range, let y = other.fact.range, !x.overlaps(y), DateComparator.sameScope(plan, other)
        else { continue }
        found.append(Pair(.update, "date of \(plan.objectName)", plan, other, bonus: 2))
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

  /// Whether it is somebody's leaving: they are its subject, so that it needs no object.
  var isOfPerson: Bool { fact.kind == "departure" && fact.subject.count == 1 && fact.subject[0].id != fact.subject[0].root }
}
