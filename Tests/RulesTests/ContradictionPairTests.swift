import Analysis
import Documents
import Testing
import Yams

@testable import Rules

/// Pairs of short notes beside the plugin, from text to verdict: what contradicts, what supersedes, what belongs side by side, and what only looks so.
@Suite struct ContradictionPairTests {
  static let pairs = NotePair.shipped()

  @Test func thereAreAsManyNearMissesAsContradictions() {
    let verdicts = Dictionary(grouping: ContradictionPairTests.pairs, by: \.verdict).mapValues(\.count)
    #expect(ContradictionPairTests.pairs.count >= 100)
    #expect((verdicts["none"] ?? 0) * 2 >= ContradictionPairTests.pairs.count)
    #expect(Set(verdicts.keys) == ["conflict", "update", "tension", "none"])
  }

  @Test func everyPairGetsItsVerdict() {
    let tester = RuleTester(ShippedPacks.load().map(\.pack))
    for pair in ContradictionPairTests.pairs {
      let found = ContradictionPairTests.contradictions(in: pair, tester)
      let told = Set(found.map(\.verdict.rawValue))
      let wanted: Set<String> = pair.verdict == "none" ? [] : [pair.verdict]
      #expect(told == wanted, "\(pair.name): \(found.map { "\($0.verdict.rawValue): \($0.topic)" }) instead of \(pair.verdict)")
    }
  }

  private static func contradictions(in pair: NotePair, _ tester: RuleTester) -> [Contradiction] {
    var records: [FactRecord] = []
    for (path, note) in [("a.md", pair.a), ("b.md", pair.b)] {
      let day = note.day.flatMap { DateRange($0)?.start }
      records += tester.facts(in: note.text, published: day).map { fact in
        var fact = fact
        fact.id += path
        return FactRecord(
          fact: fact, path: path, revision: path, published: note.day, publisher: nil, title: nil, isConverted: false,
          received: "2025-11-14")
      }
    }
    var seen: Set<String> = []
    return Set(records.flatMap { $0.fact.subject.map(\.root) }).sorted().flatMap { root -> [Contradiction] in
      let mine = records.filter { $0.fact.subject.contains { $0.root == root } }.sorted(by: FactRecord.inOrderOfPublication)
      let subject = EntityRef(id: root, name: root, organization: root)
      let finding = ContradictionAnalyzer().correlate(SubjectFacts(subject: subject, records: mine, asOf: RuleTester.day))
      return finding.contradictions.filter { seen.insert($0.id).inserted }
    }
  }
}

/// One pair of `Plugins/contradictions/tests/pairs.yaml`.
struct NotePair {
  struct Note {
    /// When it appeared; nil: unknown.
    var day: String?
    var text: String
  }

  var name: String
  var verdict: String
  var a: Note
  var b: Note

  static func shipped() -> [NotePair] {
    let text = ShippedPacks.contents(of: "\(ShippedPacks.root())/Plugins/contradictions/tests/pairs.yaml")
    guard let node = try? Yams.compose(yaml: text), let pairs = node["pairs"]?.sequence else { return [] }
    return pairs.compactMap { pair in
      guard let name = pair["name"]?.string, let verdict = pair["verdict"]?.string, let a = note(pair["a"]), let b = note(pair["b"]) else {
        return nil
      }
      return NotePair(name: name, verdict: verdict, a: a, b: b)
    }
  }

  private static func note(_ node: Node?) -> Note? {
    guard let parts = node?.sequence, parts.count == 2, let day = parts[0].string, let text = parts[1].string else { return nil }
    return Note(day: day.isEmpty ? nil : day, text: text)
  }
}
