import Analysis
import Documents

/// The severity of an alert: the first case that its surest facts meet, capped by how sure they are and by how far their sources are trusted.
struct SeverityChooser {
  let signal: Signal
  /// The surest facts that make the signal hold.
  let records: [FactRecord]
  let sureness: Sureness
  let asOf: CalendarDate

  var severity: Severity {
    let current = records.filter { !$0.isHistory(on: asOf) }
    // What is long over warns of nothing any more; it is worth a notice that a note tells it.
    guard !current.isEmpty else { return min(chosen(by: records), .notice, reliabilityCeiling) }
    return min(chosen(by: current), sureness.ceiling, reliabilityCeiling)
  }

  /// What only sources of reliability D say exceeds no warning, only E no notice; every further independent source lifts that by one step.
  private var reliabilityCeiling: Severity {
    guard let best = records.map({ $0.reliability ?? .f }).max(), best < .f else { return .critical }
    let steps = Severity.allCases
    let base = best == .e ? 1 : 2
    return steps[min(steps.count - 1, base + IndependentSources.count(records) - 1)]
  }

  private func chosen(by records: [FactRecord]) -> Severity {
    signal.severities.first { holds($0, records) }?.severity ?? .info
  }

  private func holds(_ one: Signal.SeverityCase, _ records: [FactRecord]) -> Bool {
    if records.count < one.minimumCount { return false }
    if one.minimumSources > 0, IndependentSources.count(records) < one.minimumSources { return false }
    // One and the same fact has the number and is said so surely: a rumoured 10,000 beside an asserted dozen is not 10,000 asserted.
    return records.contains { record in
      if let statuses = one.statuses, !statuses.contains(record.fact.status) { return false }
      if let comparison = one.comparison, !(record.fact.number.map(comparison.holds) ?? false) { return false }
      if !one.kinds.isEmpty, !one.kinds.contains(record.fact.kind) { return false }
      if let recent = one.recent, !isRecent(record, days: recent) { return false }
      if let reliability = one.reliability, (record.reliability ?? .f) < reliability { return false }
      return one.labels.allSatisfy { record.fact.labels[$0.key] == $0.value }
    }
  }

  /// Whether a fact happened, or was published where nobody says when, at most so many days ago; what lies ahead is recent.
  private func isRecent(_ record: FactRecord, days: Int) -> Bool {
    guard let day = record.fact.range?.end ?? record.publishedRange?.end else { return false }
    return asOf.daysSinceEpoch - day.daysSinceEpoch <= days
  }
}

extension FactRecord {
  /// How long what happened stays of today, in days.
  private static let memory = 400

  /// Whether the note tells of something that was long over when it appeared; false where nothing dates it.
  func isHistory(on day: CalendarDate) -> Bool {
    guard let range = fact.range else { return false }
    return (publishedRange?.start ?? day).daysSinceEpoch - range.end.daysSinceEpoch > FactRecord.memory
  }
}
