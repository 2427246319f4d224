import Analysis

/// What a signal makes of the facts about one subject.
public struct SignalAccount: Sendable {
  public var subject: EntityRef
  public var kinds: [String]
  /// The facts of its kinds, and why one is not counted; nil where it is.
  public var facts: [(fact: Fact, obstacle: String?)]
  /// What the signal asks for, and what is there.
  public var condition: String
  /// Whether alerts are raised about the subject.
  public var isFollowed = true
}

extension RuleEngine {
  /// Fact kinds that alerts of each signal warn of, by rule; signals that name none are left out.
  public var warnings: [String: [String]] {
    Dictionary(signals.filter { !$0.warnsOf.isEmpty }.map { ($0.rule, $0.warnsOf) }, uniquingKeysWith: { $1 })
  }

  /// - Returns: nil where no signal has that name.
  public func account(ofSignal rule: String, _ facts: SubjectFacts) -> SignalAccount? {
    guard let signal = signals.first(where: { $0.rule == rule }) else { return nil }
    let evaluator = SignalEvaluator(facts: facts)
    let records = facts.records.filter { signal.kinds.contains($0.fact.kind) }
    let judged = records.map { record in
      (fact: record.fact, obstacle: evaluator.passes(record.fact, signal.filter) ? nil : RuleEngine.obstacle(record.fact, signal))
    }
    let counted = judged.filter { $0.obstacle == nil }.map(\.fact)
    return SignalAccount(
      subject: facts.subject, kinds: signal.kinds, facts: judged, condition: RuleEngine.condition(signal, counted))
  }

  /// Which part of `where` a fact fails.
  private static func obstacle(_ fact: Fact, _ signal: Signal) -> String {
    let filter = signal.filter
    if !filter.statuses.contains(fact.status) { return "its status is \(fact.status.rawValue) (see `where: status`)" }
    if let polarity = filter.polarity, fact.polarity != polarity {
      return "its polarity is \(fact.polarity.rawValue) (see `where: polarity`)"
    }
    if !filter.rules.isEmpty, !filter.rules.contains(fact.rule) { return "the rule \(fact.rule) made it (see `where: rules`)" }
    if let label = filter.labels.sorted(by: { $0.key < $1.key }).first(where: { fact.labels[$0.key] != $0.value }) {
      return "its label \(label.key) is \(fact.labels[label.key] ?? "missing"), not \(label.value) (see `where: labels`)"
    }
    if filter.comparison != nil { return "its number is \(fact.number.map { "\($0)" } ?? "unknown") (see `number`)" }
    return "it has no object (see `where: object`)"
  }

  private static func condition(_ signal: Signal, _ facts: [Fact]) -> String {
    let span = signal.within.map { " within \($0) days" } ?? ""
    let here = "\(facts.count) counted here"
    switch signal.form {
    case .eventCount: return "it takes \(signal.count)\(span), \(here)"
    case .threshold:
      return "it takes a number that is \(signal.filter.comparison.map { "\($0.isAtLeast ? ">=" : "<=") \($0.bound)" } ?? "")"
    case .valueCount: return "it takes \(signal.count) different values\(span), \(here)"
    case .temporal, .temporalOrdered:
      let missing = signal.kinds.filter { kind in !facts.contains { $0.kind == kind } }
      let order = signal.form == .temporalOrdered ? " in this order" : ""
      return
        "it takes \(signal.kinds.joined(separator: " and "))\(order)\(span); missing: \(missing.isEmpty ? "none" : missing.joined(separator: ", "))"
    case .change: return "it takes two facts\(span) that differ, \(here)"
    case .absence: return "it takes \(signal.within ?? 0) days without \(signal.resolvedBy.joined(separator: " or "))"
    }
  }
}
