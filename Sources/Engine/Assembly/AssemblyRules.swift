import Analysis
import Configuration
import Documents
import Language
import Rules

/// Questions about single rules.
extension Assembly {
  private var rules: RuleEngine? { pipeline.analyzers.lazy.compactMap { $0 as? RuleEngine }.first }

  /// Identities of the facts that the corrections file calls wrong.
  var dismissed: Set<String> { Set(corrections.facts.map { Fact.identity(kind: $0.kind, subject: $0.subject, text: $0.text) }) }

  /// Fact kinds that alerts of each rule warn of.
  var warnings: [String: [String]] { rules?.warnings ?? [:] }

  /// Why a frame made facts of a document, or nearly did; nil where no frame has that name.
  public func explain(rule: String, in document: AnnotatedDocument) -> RuleExplanation? {
    rules?.explain(rule, in: document, lexicon: pipeline.annotator.lexicon)
  }

  /// What a signal makes of a note's facts, one account for everybody they are about.
  public func explain(signal rule: String, facts: [Fact]) -> [SignalAccount] {
    guard let rules else { return [] }
    var groups: [String: SubjectFacts] = [:]
    for fact in facts {
      for subject in fact.subject {
        let record = FactRecord(
          fact: fact, path: "", revision: "", published: nil, publisher: nil, title: nil, isConverted: false, received: "")
        let name = gazetteer.entry(subject.root)?.name ?? subject.name
        let empty = SubjectFacts(
          subject: EntityRef(id: subject.root, name: name, organization: subject.root), records: [],
          asOf: fact.range?.end ?? CalendarDate(year: 2000, month: 1, day: 1))
        groups[subject.root, default: empty].records.append(record)
      }
    }
    return groups.keys.sorted().compactMap { root in
      guard let facts = groups[root], var account = rules.account(ofSignal: rule, facts) else { return nil }
      account.isFollowed = follows(root)
      return account
    }
  }
}
