import Analysis

/// The same thing said once is one fact, however many patterns saw it.
enum Deduplication {
  /// A fact with the tokens its pattern matched.
  struct Candidate {
    var fact: Fact
    var tokens: Range<Int>
    /// Whether the pattern itself captured the subject: it is surer then than one that was looked for.
    var namesSubject: Bool
  }

  /// Adds a fact of a sentence, or merges it into one of the same kind that it repeats.
  static func add(_ candidate: Candidate, to found: inout [Candidate]) {
    let (fact, tokens) = (candidate.fact, candidate.tokens)
    for index in found.indices where found[index].fact.kind == fact.kind {
      let other = found[index].fact
      let overlaps = found[index].tokens.overlaps(tokens)
      guard agree(other.labels, fact.labels), overlaps || sameSubject(other, fact) && compatible(other, fact) else { continue }
      let isSurer = candidate.namesSubject != found[index].namesSubject && !sameSubject(other, fact)
      if isSurer ? candidate.namesSubject : weight(fact) > weight(other) {
        found[index] = Candidate(
          fact: filled(fact, from: other), tokens: overlaps ? union(found[index].tokens, tokens) : tokens,
          namesSubject: candidate.namesSubject)
      } else {
        found[index].fact = filled(other, from: fact)
        if overlaps { found[index].tokens = union(found[index].tokens, tokens) }
      }
      return
    }
    found.append(candidate)
  }

  /// What a row of a table was composed into stands for what frames made of its words; of a line or an item the frames know more, but for a
  /// value they did not see.
  /// - Parameter rows: names of the records that read tables.
  static func merged(_ facts: [Fact], with records: [Fact], rows: Set<String>) -> [Fact] {
    guard !records.isEmpty else { return facts }
    var facts = facts
    for record in records {
      guard let place = record.evidence.first?.span else { continue }
      func isSame(_ fact: Fact) -> Bool { fact.kind == record.kind && fact.evidence.contains { $0.span.overlaps(place) } }
      let isSurer = facts.contains { isSame($0) && !rows.contains(record.rule) && ($0.value != nil || record.value == nil) }
      if isSurer { continue }
      facts.removeAll(where: isSame)
      facts.append(record)
    }
    return facts
  }

  /// Titles are often repeated word for word as headings: equal sentences with equal roles are one fact.
  static func acrossSentences(_ facts: [Fact]) -> [Fact] {
    var seen: Set<[String]> = []
    return facts.filter { fact in
      seen.insert([fact.kind, fact.rule, fact.evidence.first?.text ?? "", fact.value ?? "", fact.object.map(\.id).joined(separator: ",")])
        .inserted
    }
  }

  /// Whether a headline says no more than a fact of the text.
  static func isEcho(_ headline: Fact, of fact: Fact) -> Bool {
    headline.kind == fact.kind && sameSubject(headline, fact) && compatible(headline, fact) && agree(headline.labels, fact.labels)
  }

  private static func sameSubject(_ a: Fact, _ b: Fact) -> Bool {
    a.subject.first?.root == b.subject.first?.root || a.subject.first?.id == b.subject.first?.id
  }

  private static func compatible(_ a: Fact, _ b: Fact) -> Bool {
    if let x = a.value, let y = b.value, x != y { return false }
    if !a.object.isEmpty, !b.object.isEmpty, Set(a.object.map(\.id)).isDisjoint(with: b.object.map(\.id)) { return false }
    return true
  }

  /// Whether no label has two values.
  private static func agree(_ a: [String: String], _ b: [String: String]) -> Bool {
    a.allSatisfy { $0.key == "dated" || b[$0.key] == nil || b[$0.key] == $0.value }
  }

  private static func weight(_ fact: Fact) -> Int { (fact.value == nil ? 0 : 2) + min(fact.object.count, 2) + (fact.when == nil ? 0 : 1) }

  private static func filled(_ fact: Fact, from other: Fact) -> Fact {
    var fact = fact
    if fact.value == nil {
      fact.value = other.value
      fact.number = other.number
    }
    for object in other.object where !fact.object.contains(where: { $0.id == object.id }) && fact.object.isEmpty {
      fact.object.append(object)
    }
    if fact.when == nil || fact.labels["dated"] != nil && other.labels["dated"] == nil && other.when != nil {
      fact.when = other.when
      fact.labels["dated"] = other.labels["dated"]
    }
    fact.labels.merge(other.labels.filter { $0.key != "dated" }) { own, _ in own }
    return fact
  }

  private static func union(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
    min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
  }
}
