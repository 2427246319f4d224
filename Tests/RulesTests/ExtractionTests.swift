import Analysis
import Documents
import Language
import Testing

@testable import Rules

@Suite struct ExtractionTests {
  private func tester(_ frames: String) -> RuleTester {
    let (pack, errors) = RulePack.load(files: [("t.yaml", frames)], plugin: "test")
    #expect(errors.isEmpty)
    return RuleTester([pack])
  }

  @Test func takesTheSubjectBeforeThePredicate() {
    let facts = tester("frames:\n  - {kind: layoff, patterns: [\"cut ...{0,3} job\"]}").facts(
      in: "Unlike Contoso, Northwind quietly cut its jobs.")
    #expect(facts.map { $0.subject[0].name } == ["Northwind"])
  }

  @Test func takesTheAgentOfAPassive() {
    let facts = tester("frames:\n  - {kind: hire, subject: [org], patterns: [\"{person:object} was hired\"]}").facts(
      in: "Cora Lind, once of Contoso, was hired by Northwind.")
    #expect(facts.isEmpty || facts[0].subject[0].name == "Northwind")
    let direct = tester("frames:\n  - {kind: hire, subject: [org], patterns: [\"{person:object} was hired\"]}").facts(
      in: "Cora Lind was hired by Northwind.")
    #expect(direct.map { $0.subject[0].name } == ["Northwind"])
  }

  @Test func namesTheMakerOfAProductAsSubject() {
    let facts = tester("frames:\n  - {kind: release, patterns: [\"{product:subject} ...{0,3} =released\"]}").facts(
      in: "Heron was released.")
    #expect(facts.first?.subject.first?.id == "contoso")
    #expect(facts.first?.object.first?.name == "Heron")
  }

  @Test func saysTheSameThingOnce() {
    let facts = tester("frames:\n  - {kind: departure, subject: [org], patterns: [\"resign\", \"sidelined\"]}").facts(
      in: "Executives at Northwind resigned or were sidelined.")
    #expect(facts.count == 1)
  }

  @Test func takesListedProductsAsObjects() {
    let facts = tester("frames:\n  - {kind: release, patterns: [\"launch {product:object}\"]}").facts(
      in: "Northwind launched Falcon 2, Heron and Kestrel.")
    #expect(facts.first?.object.map(\.name) == ["Falcon 2", "Heron", "Kestrel"])
  }

  @Test func doesNotMatchAcrossSentences() {
    let facts = tester("frames:\n  - {kind: layoff, patterns: [\"cut ...{0,9} job\"]}").facts(in: "Northwind made a cut. A job is open.")
    #expect(facts.isEmpty)
  }

  @Test func aNumberAfterMoreThanIsNoComparison() {
    let rules = tester("frames:\n  - {kind: departure, subject: [org], patterns: [\"{count|number:value} ...{0,6} left\"]}")
    #expect(rules.facts(in: "More than half of the founders left Northwind.").count == 1)
    #expect(rules.facts(in: "Northwind gained more people than three founders left with.").isEmpty)
  }

  @Test func anIrregularPastAfterANameIsAVerb() {
    let rules = tester("frames:\n  - {kind: loss, subject: [org], patterns: [\"lose/v ...{0,2} {count}\"]}")
    #expect(rules.facts(in: "Northwind lost 200 customers.").count == 1)
  }

  @Test func aHeadlineGivesAFactUnlessTheTextTellsIt() {
    let rules = tester("frames:\n  - {kind: layoff, subject: [org], roles: [body, heading], patterns: [\"lay off\"]}")
    #expect(rules.facts(in: "The weather was fine.", under: "Northwind lays off 600 people").count == 1)
    let told = rules.facts(in: "Northwind laid off 600 people in May.", under: "Northwind lays off 600 people")
    #expect(told.map { $0.evidence[0].text } == ["Northwind laid off 600 people in May."])
  }

  @Test func suppressesByUnless() {
    let rules = "frames:\n  - {kind: loss, patterns: [\"loss\"], unless: [\"training loss\"]}"
    #expect(tester(rules).facts(in: "Northwind reports the training loss.").isEmpty)
    #expect(tester(rules).facts(in: "Northwind reports a loss.").count == 1)
  }

  @Test func givesTheSameFactTheSameIdentity() {
    let rules = "frames:\n  - {kind: layoff, patterns: [\"cut ...{0,3} job\"]}"
    let text = "Northwind cut jobs."
    #expect(tester(rules).facts(in: text).map(\.id) == tester(rules).facts(in: text).map(\.id))
  }

  @Test func limitsEvidenceToWhatAPersonCanCheckAtAGlance() throws {
    let filler = Array(repeating: "which nobody had expected at the time", count: 20).joined(separator: ", ")
    let facts = tester("frames:\n  - {kind: layoff, patterns: [\"cut ...{0,3} job\"]}").facts(in: "Northwind cut its jobs, \(filler).")
    let evidence = try #require(facts.first?.evidence.first)
    #expect(evidence.span.count <= Evidence.maximumBytes)
    #expect(evidence.text.hasPrefix("Northwind cut its jobs"))
  }

  @Test func takesAPronounForTheSubjectAndNotWhatFollows() {
    let facts = tester("frames:\n  - {kind: release, subject: [org], patterns: [\"present ...{0,4} {org|product}\"]}").facts(
      in: "Northwind works on assistants. They presented Contoso as an answer.")
    #expect(facts.map { $0.subject[0].name } == ["Northwind"])
  }

  @Test func keepsAQuotedCompanyForTheTopicOfItsNote() {
    let facts = tester("frames:\n  - {kind: incident, subject: [org], patterns: [\"requests were misrouted\"]}").facts(
      in: "Northwind has released a report on three faults. Northwind said: \"We regret this.\" Last week, some requests were misrouted.")
    #expect(facts.map { $0.subject[0].name } == ["Northwind"])
  }

  @Test func givesAMonthTheYearOfTheMonthBefore() {
    let facts = tester("frames:\n  - {kind: release, patterns: [\"launch {product:object}\"]}").facts(
      in: "In February 2023 Northwind launched Falcon. Everything changed. In July, Contoso launched Heron.")
    #expect(facts.map(\.when) == ["2023-02", "2023-07"])
  }

  @Test func leavesTheAdverbOutOfThePhrase() {
    let facts = tester("frames:\n  - {kind: abandonment, subject: [org], patterns: [\"not sell {np:object}\"], negated: keep}").facts(
      in: "Northwind will not sell folding phones anymore.")
    #expect(facts.flatMap { $0.object.map(\.name) } == ["folding phones"])
  }
}

@Suite struct VoiceAndTimeTests {
  private func facts(_ frame: String, in text: String) -> [Fact] {
    let (pack, errors) = RulePack.load(files: [("t.yaml", "frames:\n  - \(frame)")], plugin: "test")
    #expect(errors.isEmpty)
    return RuleTester([pack]).facts(in: text)
  }

  @Test func readsAVerbOnlyWhereItIsOne() {
    let frame = "{kind: release, patterns: [\"launch/v ...{0,3} {product}\"]}"
    #expect(facts(frame, in: "Northwind launched Falcon.").count == 1)
    #expect(facts(frame, in: "After its launch Falcon was praised, Northwind says.").isEmpty)
    #expect(facts(frame, in: "The Contoso launch of Heron drew crowds.").isEmpty)
  }

  @Test func takesAContrastApart() {
    let found = facts(
      "{kind: layoff, patterns: [\"lay off ...{0,3} people\"]}",
      in: "Northwind hires at any price, yet it is laying off many of its people.")
    #expect(found.first?.evidence.first?.text == "yet it is laying off many of its people.")
  }

  @Test func holdsWhatIsConsideredForPossible() {
    let found = facts("{kind: abandonment, patterns: [\"abandon ...{0,3} {product}\"]}", in: "Northwind considered abandoning Falcon.")
    #expect(found.first?.status == .conditional)
  }

  @Test func leavesAdviceAlone() {
    #expect(facts("{kind: layoff, patterns: [\"cut ...{0,3} job\"]}", in: "Northwind should cut jobs.").isEmpty)
    #expect(facts("{kind: layoff, patterns: [\"cut ...{0,3} job\"]}", in: "If Northwind cut jobs, nobody would notice.").isEmpty)
  }

  @Test func marksADateThatWasNotSaid() {
    let frame = "{kind: layoff, patterns: [\"cut ...{0,3} job\"]}"
    let found = facts(frame, in: "Northwind cut jobs.")
    #expect(found.first?.when == "2025")
    #expect(found.first?.labels["dated"] == "context")
    #expect(facts(frame, in: "Northwind cut jobs in March 2024.").first?.labels["dated"] == nil)
  }

  @Test func findsTheUnitOfAQuantityAsAWord() {
    let found = facts("{kind: layoff, patterns: [\"cut {count} position\"]}", in: "Northwind cut 600 positions.")
    #expect(found.first?.value == "600 positions")
  }

  @Test func givesWayToWhatIsSaidOutright() {
    let frames = "{kind: forecast, fallback: true, patterns: [\"soon\"]}\n  - {kind: layoff, patterns: [\"cut ...{0,3} job\"]}"
    #expect(facts(frames, in: "Northwind will soon cut jobs.").map(\.kind) == ["layoff"])
  }
}
