import Analysis

/// The severity of an alert: the first case that its surest facts meet, capped by how sure they are.
struct SeverityChooser {
  let signal: Signal
  /// The surest facts that make the signal hold.
  let records: [FactRecord]
  let sureness: Sureness

  var severity: Severity {
    let chosen = signal.severities.first { holds($0) }?.severity ?? .info
    return min(chosen, sureness.ceiling)
  }

  private func holds(_ one: Signal.SeverityCase) -> Bool {
    if records.count < one.minimumCount { return false }
    if one.minimumSources > 0, Set(records.map { $0.publisher ?? $0.path }).count < one.minimumSources { return false }
    // One and the same fact has the number and is said so surely: a rumoured 10,000 beside an asserted dozen is not 10,000 asserted.
    return records.contains { record in
      if let statuses = one.statuses, !statuses.contains(record.fact.status) { return false }
      if let comparison = one.comparison, !(record.fact.number.map(comparison.holds) ?? false) { return false }
      if !one.kinds.isEmpty, !one.kinds.contains(record.fact.kind) { return false }
      return one.labels.allSatisfy { record.fact.labels[$0.key] == $0.value }
    }
  }
}
