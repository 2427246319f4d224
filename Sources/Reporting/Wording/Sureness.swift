import Analysis

/// How sure an alert is: what its facts vouch for, in how many notes, by how many publishers, and whether anybody stands for it by name.
struct Sureness {
  private let records: [FactRecord]
  private let independent: Int?

  /// - Parameter independent: independent sources as counted by the source analyzer; nil: the different publishers are counted.
  init(_ records: [FactRecord], independentSources independent: Int? = nil) {
    self.records = records
    self.independent = independent
  }

  /// Nil where there are no facts to judge by, and where there is nothing to say that the quotation does not: one note states it.
  var sentence: String? {
    guard !records.isEmpty else { return nil }
    if records.count == 1, statuses == [.asserted], !records[0].fact.isAnonymous, independent == nil { return nil }
    return ["\(strength), \(spread).", anonymity].compactMap { $0 }.joined(separator: " ")
  }

  /// A word for a headline where the alert rests on nothing firm; nil where a note states it or reports it.
  var caution: String? {
    guard !records.isEmpty, !statuses.contains(.asserted), !statuses.contains(.reported) else {
      return !records.isEmpty && records.allSatisfy(\.fact.isAnonymous) ? "anonymous sources only" : nil
    }
    return statuses.count == 1 ? Sureness.only(statuses[0]) : "nothing stated as fact"
  }

  private var statuses: [AssertionStatus] {
    AssertionStatus.allCases.filter { status in records.contains { $0.fact.status == status } }
  }

  private var strength: String {
    let total = CountText.text(records.count, "fact")
    if statuses.count == 1 { return "\(total), \(records.count == 1 ? "" : "all ")\(FactWording.status(statuses[0]))" }
    let parts = statuses.map { status -> String in
      "\(CountText.grouped(records.count { $0.fact.status == status })) \(FactWording.status(status))"
    }
    return "\(total) (\(CountText.list(parts)))"
  }

  /// Who says so; a publisher nobody knows is not worth a word where the note is named beside it.
  private var spread: String {
    let notes = CountText.text(Set(records.map(\.path)).count, "note")
    if let independent { return "in \(notes) with \(CountText.text(independent, "independent source"))" }
    let named = Set(records.compactMap(\.publisher)).sorted()
    if named.isEmpty { return "in \(notes)" }
    if named.count > 3 { return "in \(notes) by \(named.count) publishers" }
    let unknown = records.contains { $0.publisher == nil } ? ["an unknown publisher"] : []
    return "in \(notes) by \(CountText.list(named + unknown))"
  }

  private var anonymity: String? {
    let anonymous = records.count { $0.fact.isAnonymous }
    if anonymous == 0 { return nil }
    return anonymous == records.count ? "All sources are anonymous." : "Anonymous sources stand behind \(anonymous) of them."
  }

  private static func only(_ status: AssertionStatus) -> String {
    switch status {
    case .planned: return "planned, not done"
    case .conditional: return "only under a condition"
    case .opinion: return "opinion only"
    case .question: return "asked, not stated"
    default: return "\(FactWording.status(status)) only"
    }
  }
}
