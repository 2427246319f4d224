import Analysis
import Documents
import Language
import Testing
import Yams

@testable import Rules

/// Pairs of sentences close in words, of which the first gives a fact of a kind and the second does not. They live beside the packs and are written
/// apart from their rules.
@Suite struct ContrastTests {
  static let pairs = ContrastPair.shipped()

  @Test func everyRuleFamilyHasItsPairs() {
    let families = Dictionary(grouping: ContrastTests.pairs, by: \.family).mapValues(\.count)
    #expect(families.count >= 13)
    #expect(families.filter { $0.value < 10 } == [:])
  }

  @Test func firstSentencesGiveTheFactAndSecondOnesDoNot() {
    let tester = RuleTester(ShippedPacks.load().map(\.pack))
    for pair in ContrastTests.pairs {
      let facts = tester.facts(in: pair.fires).filter {
        $0.kind == pair.kind && ($0.status != .denied || pair.gives["status"] == "denied")
      }
      #expect(!facts.isEmpty, "\(pair.family): no \(pair.kind) in: \(pair.fires)")
      for (field, wanted) in pair.gives where !facts.isEmpty {
        #expect(
          facts.contains { RuleTester.field(field, $0).contains(wanted) },
          "\(pair.family): \(field) is \(facts.map { RuleTester.field(field, $0) }), not \(wanted), in: \(pair.fires)")
      }
      let loud = tester.facts(in: pair.silent).filter { $0.kind == pair.kind && $0.status != .denied }
      #expect(loud.isEmpty, "\(pair.family): \(loud.map(\.rule)) in: \(pair.silent)")
    }
  }
}

/// One pair of `Plugins/*/tests/contrast.yaml`.
struct ContrastPair {
  var family: String
  var kind: String
  var fires: String
  var silent: String
  /// What the fact of the first sentence says, by field.
  var gives: [String: String]

  static func shipped() -> [ContrastPair] {
    ShippedPacks.folders().flatMap { family -> [ContrastPair] in
      let text = ShippedPacks.contents(of: "\(ShippedPacks.root())/Plugins/\(family)/tests/contrast.yaml")
      guard let node = try? Yams.compose(yaml: text), let pairs = node["pairs"]?.sequence else { return [] }
      return pairs.compactMap { pair in
        guard let kind = pair["kind"]?.string, let fires = pair["fires"]?.string, let silent = pair["silent"]?.string else { return nil }
        var gives: [String: String] = [:]
        for (key, value) in pair["gives"]?.mapping ?? [:] { gives[key.string ?? ""] = value.string ?? "" }
        return ContrastPair(family: family, kind: kind, fires: fires, silent: silent, gives: gives)
      }
    }
  }
}
