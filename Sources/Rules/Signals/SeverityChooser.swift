import Analysis

/// The severity of an alert, capped by how far its facts vouch for themselves.
struct SeverityChooser {
  let signal: Signal
  let records: [FactRecord]

  var severity: Severity {
    let chosen = signal.severities.first { holds($0) }?.severity ?? .info
    return min(chosen, ceiling)
  }

  /// Rumours, possibilities and opinions alone are never more than a notice; what is only alleged or planned is at most a warning.
  private var ceiling: Severity {
    let statuses = Set(records.map(\.fact.status))
    if statuses.isSubset(of: [.rumoured, .conditional, .opinion, .question]) { return .notice }
    if statuses.isSubset(of: [.rumoured, .conditional, .opinion, .question, .alleged]) { return .warning }
    return .critical
  }

  private func holds(_ one: Signal.SeverityCase) -> Bool {
    if let statuses = one.statuses, !records.contains(where: { statuses.contains($0.fact.status) }) { return false }
    if records.count < one.minimumCount { return false }
    if one.minimumSources > 0, Set(records.map { $0.publisher ?? $0.path }).count < one.minimumSources { return false }
    if let comparison = one.comparison, !records.contains(where: { $0.fact.number.map(comparison.holds) ?? false }) { return false }
    if !one.kinds.isEmpty, !records.contains(where: { one.kinds.contains($0.fact.kind) }) { return false }
    for (name, value) in one.labels where !records.contains(where: { $0.fact.labels[name] == value }) { return false }
    return true
  }
}
