import Analysis
import Documents
import Language
import Testing

@testable import Rules

/// Why a sentence matched, or at which word it failed.
@Suite struct ExplanationTests {
  private let rules = """
    words:
      staff: "job | position"
    frames:
      # What is cut.
      - kind: layoff
        description: Jobs that go.
        needs: [agent]
        patterns: ["cut ...{0,2} {count:value} @staff", "lay off {count:value}"]
        unless: ["{save | spare} ...{0,2} job"]
        tests: {fires: ["Northwind cut 600 jobs."], silent: ["Northwind cut costs."]}
      - kind: release
        roles: [body]
        patterns: ["launch"]
    """

  private func explain(_ text: String, rule: String = "test.layoff") throws -> RuleExplanation {
    let (pack, errors) = RulePack.load(files: [("t.yaml", rules)], plugin: "test")
    #expect(errors.isEmpty)
    let compiled = CompiledRules([pack])
    let annotator = Annotator(gazetteer: .empty, vocabulary: compiled.vocabulary)
    let document = try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "a.md"))
    let annotation = annotator.annotate(document.text, blocks: document.blocks, context: AnnotationContext(reference: nil))
    let engine = compiled.bind(annotator.lexicon)
    let annotated = AnnotatedDocument(path: "a.md", document: document, annotation: annotation)
    return try #require(engine.explain(rule, in: annotated, lexicon: annotator.lexicon))
  }

  @Test func `names the fact and the words that matched`() throws {
    let found = try explain("It rained.\n\nNorthwind Labs cut 600 jobs in May.\n")
    #expect(found.sentences.count == 1)
    let sentence = try #require(found.sentences.first)
    #expect(sentence.line == 3)
    #expect(sentence.facts.count == 1)
    #expect(sentence.attempts.first { $0.matched != nil }?.matched == "cut 600 jobs")
    #expect(sentence.attempts.first?.line == 8)
  }

  @Test func `names the element that failed and the word it failed at`() throws {
    let obstacle = try #require(try explain("Northwind Labs cut 600 pages.\n").sentences.first?.attempts.first?.obstacle)
    #expect(obstacle == "{job | position} is not met at “pages”", "\(obstacle)")
    let missing = try #require(try explain("Northwind Labs cut.\n").sentences.first?.attempts.first?.obstacle)
    #expect(missing.contains("{count:value} is not met at “.”"), "\(missing)")
  }

  @Test func `names the condition that keeps a match from being a fact`() throws {
    func obstacle(_ text: String) throws -> String? { try explain(text).sentences.first?.attempts.first?.obstacle }
    #expect(try obstacle("Northwind Labs did not cut 600 jobs.\n")?.contains("`negated`") == true)
    #expect(try obstacle("Northwind Labs should cut 600 jobs.\n")?.contains("`advice`") == true)
    #expect(try obstacle("Northwind Labs cut 600 jobs to save other jobs.\n")?.contains("{save | spare} ...{0,2} job") == true)
    #expect(try obstacle("Somebody cut 600 jobs.\n")?.contains("no subject") == true)
  }

  @Test func `says where the rule does not read`() throws {
    let found = try explain("# Northwind Labs will launch\n\nIt rained.\n", rule: "test.release")
    #expect(found.sentences.first?.note?.contains("heading") == true)
    #expect(found.sentences.first?.facts.isEmpty == true)
  }

  @Test func `lists the words it looks for where a note holds none of them`() throws {
    let found = try explain("It rained.\n")
    #expect(found.sentences.isEmpty)
    #expect(found.anchors.contains("lay") || found.anchors.contains("off"))
  }

  @Test func `a rule is shown as it is written, with its lists written out`() throws {
    let (pack, _) = RulePack.load(files: [("t.yaml", rules)], plugin: "test")
    let shown = try #require(pack.describe("test.layoff").first)
    #expect(shown.line == 5)
    #expect(shown.description == "Jobs that go.")
    #expect(shown.yaml.hasPrefix("  # What is cut.\n  - kind: layoff\n"))
    #expect(shown.yaml.hasSuffix("silent: [\"Northwind cut costs.\"]}\n"))
    #expect(shown.patterns[0].text == "cut ...{0,2} {count:value} @staff")
    #expect(shown.patterns[0].expanded.contains("{count:value} {job/jobs"))
    #expect(shown.tests.count == 2)
    #expect(pack.describe("test.none").isEmpty)
  }

  @Test func `a signal says what it counts and what it still takes`() throws {
    let text = """
      signals:
        - {id: many, title: a, category: layoff, type: event_count, kinds: [layoff], count: 2, within: 90 days, where: {polarity: negative}, severity: info}
      """
    let (pack, errors) = RulePack.load(files: [("t.yaml", text)], plugin: "test")
    #expect(errors.isEmpty)
    let engine = CompiledRules([pack]).bind(Lexicon(CompiledRules([pack]).vocabulary))
    let northwind = EntityRef(id: "northwind", name: "Northwind", organization: "northwind")
    let records = [Polarity.negative, .neutral].map { polarity in
      FactRecord(
        fact: Fact(
          id: polarity.rawValue, kind: "layoff", subject: [northwind], polarity: polarity, plugin: "test", rule: "test.layoff",
          evidence: [Evidence(span: ByteSpan(0, 4), line: 1, text: "text")]), path: "a.md", revision: "a", published: nil, publisher: nil,
        title: nil, isConverted: false, received: "2025-11-14")
    }
    let day = CalendarDate(year: 2025, month: 11, day: 14)
    let account = try #require(engine.account(ofSignal: "test.many", SubjectFacts(subject: northwind, records: records, asOf: day)))
    #expect(account.facts.map { $0.obstacle == nil } == [true, false])
    #expect(account.facts[1].obstacle?.contains("polarity") == true)
    #expect(account.condition == "it takes 2 within 90 days, 1 counted here")
  }
}

/// Comments in notes that say what a rule must find there.
@Suite struct NoteExpectationTests {
  private func expectations(_ text: String) throws -> [NoteExpectation] {
    NoteExpectation.all(in: try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "a.md")))
  }

  private func fact(_ text: String, _ rule: String, in note: String) throws -> Fact {
    let range = try #require(note.firstRange(of: text))
    let start = note[..<range.lowerBound].utf8.count
    let span = ByteSpan(start, start + text.utf8.count)
    return Fact(
      id: "x", kind: "layoff", subject: [EntityRef(id: "n", name: "N")], plugin: "people", rule: rule,
      evidence: [Evidence(span: span, line: 1, text: text)])
  }

  @Test func `a comment on its own line speaks of the block that follows, another of its own`() throws {
    let note = "First.\n\n<!-- expect: people.layoff -->\nSecond,\nwhich goes on.\n\nThird. <!-- ok: people.layoff -->\n"
    let found = try expectations(note)
    #expect(found.map(\.fires) == [true, false])
    #expect(found.map(\.line) == [3, 7])
    let rules: Set<String> = ["people.layoff"]
    func problem(_ index: Int, _ facts: [Fact]) -> String? { found[index].problem(rules: rules, path: "a.md", facts: facts, alerts: []) }
    #expect(problem(0, [try fact("which goes on", "people.layoff", in: note)]) == nil)
    #expect(problem(0, [try fact("First", "people.layoff", in: note)])?.contains("is expected and stays silent") == true)
    #expect(problem(1, [try fact("Third", "people.layoff", in: note)])?.contains("should stay silent") == true)
    #expect(problem(1, [try fact("Third", "people.other", in: note)]) == nil)
  }

  @Test func `several rules stand in one comment, and an unknown one is named`() throws {
    let found = try expectations("Text. <!-- expect: a.b, c.d --> <!-- a remark: no rule -->\n")
    #expect(found.map(\.rule) == ["a.b", "c.d"])
    #expect(found[0].problem(rules: [], path: "a.md", facts: [], alerts: [])?.contains("no rule a.b in force") == true)
  }
}
