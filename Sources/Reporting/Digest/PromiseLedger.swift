import Analysis
import Documents

/// What was promised with a date, against what was said to have happened since.
///
/// A promise is a fact of kind `commitment`, or a planned release. It is kept when a note published later states the release of the
/// same thing, reversed when a later note states that it was abandoned. What a promise's wording leaves open stays open: a date that
/// passes without any such note is said to have passed, and no more.
public enum PromiseLedger {
  /// How far back and ahead of `asOf` a promise is worth a line.
  public static let days = 90

  /// - Parameter records: all facts that hold as of the day, not only those of the period.
  public static func commitments(in records: [FactRecord], asOf: CalendarDate) -> [Commitment] {
    let settling = records.filter { $0.fact.status == .asserted && ($0.fact.kind == "release" || $0.fact.kind == "abandonment") }
    let outcomes = Dictionary(grouping: settling) { $0.fact.subject.first?.root ?? "" }
    var seen: Set<String> = []
    return FactOrder.sortedByPlace(records.filter { isPromise($0.fact) }).compactMap { record -> Commitment? in
      guard let subject = record.fact.subject.first, let range = record.fact.range,
        let evidence = record.fact.evidence.first
      else { return nil }
      let outcome = outcomes[subject.root]?.filter { follows($0, record) }.max(by: FactOrder.byPlace)
      guard let state = state(range, outcome: outcome, asOf: asOf) else { return nil }
      let thing = record.fact.object.first?.name
      // The same promise repeated is one line: the latest date counts by being another line.
      guard seen.insert([subject.root, thing ?? record.fact.id, range.description].joined(separator: "\u{1F}")).inserted else { return nil }
      var places = [NoteEvidence(path: record.path, evidence: evidence, isConverted: record.isConverted)]
      if let outcome, let said = outcome.fact.evidence.first {
        places.append(NoteEvidence(path: outcome.path, evidence: said, isConverted: outcome.isConverted))
      }
      return Commitment(
        subject: subject, what: thing ?? FactWording.summary(record.fact), due: record.fact.when, state: state, status: record.fact.status,
        evidence: places)
    }
  }

  private static func isPromise(_ fact: Fact) -> Bool {
    switch fact.status {
    case .planned, .asserted: return fact.kind == "commitment" || (fact.kind == "release" && fact.status == .planned)
    default: return false
    }
  }

  /// Whether `outcome` speaks of the same thing, in a note published later.
  private static func follows(_ outcome: FactRecord, _ promise: FactRecord) -> Bool {
    let things = promise.fact.object.map(\.id)
    guard (outcome.fact.object + outcome.fact.subject).contains(where: { things.contains($0.id) }) else { return false }
    guard let said = promise.publishedRange, let later = outcome.publishedRange else { return false }
    return later.start > said.start
  }

  private static func state(_ due: DateRange, outcome: FactRecord?, asOf: CalendarDate) -> Commitment.State? {
    if let outcome {
      let when = outcome.publishedRange?.start ?? asOf
      guard when.adding(days: days) >= asOf else { return nil }
      return outcome.fact.kind == "abandonment" ? .reversed : .kept
    }
    if due.end < asOf { return due.end.adding(days: days) >= asOf ? .passed : nil }
    return asOf.adding(days: days) >= due.end ? .due : .open
  }
}
