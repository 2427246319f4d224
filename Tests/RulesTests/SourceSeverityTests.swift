import Analysis
import Documents
import Testing

@testable import Rules

/// Severity as a function of the evidence: who says it, how many independently, how lately.
@Suite struct SourceSeverityTests {
  private static let northwind = EntityRef(id: "northwind", name: "Northwind", organization: "northwind")

  private func record(
    _ path: String, publisher: String? = nil, family: String? = nil, reliability: Reliability? = nil, when: String = "2025-11",
    text: String = "text", source: [String] = ["document"], isAnonymous: Bool = false
  ) -> FactRecord {
    let fact = Fact(
      id: path, kind: "layoff", subject: [Self.northwind], when: when, source: source, isAnonymous: isAnonymous, plugin: "test",
      rule: "test.layoff", evidence: [Evidence(span: ByteSpan(0, 4), line: 1, text: text)])
    var record = FactRecord(
      fact: fact, path: path, revision: path, published: when, publisher: publisher, title: nil, isConverted: false, received: "2025-11-14")
    record.family = family
    record.reliability = reliability
    return record
  }

  private func alert(_ severity: String, _ records: [FactRecord]) throws -> Alert {
    let rule = "signals:\n  - {id: x, category: layoff, title: t, type: event_count, kinds: [layoff], severity: \(severity)}"
    let (pack, errors) = RulePack.load(files: [("t.yaml", rule)], plugin: "test")
    #expect(errors.isEmpty, "\(errors)")
    let day = CalendarDate(year: 2025, month: 11, day: 14)
    let evaluator = SignalEvaluator(facts: SubjectFacts(subject: Self.northwind, records: records, asOf: day))
    return try #require(pack.signals.flatMap { evaluator.alerts($0) }.first)
  }

  @Test func `one outlet, its family and its copies are one source`() {
    let wire = "Northwind said on Monday that it will close its plant in Harbour Town and lay off 600 people there."
    #expect(IndependentSources.count([record("a", publisher: "Wire"), record("b", publisher: "wire")]) == 1)
    #expect(IndependentSources.count([record("a", publisher: "Wire Asia", family: "Wire"), record("b", publisher: "Wire")]) == 1)
    #expect(IndependentSources.count([record("a", publisher: "Wire", text: wire), record("b", publisher: "Post", text: wire)]) == 1)
    let rewritten = wire.replacing("on Monday", with: "Monday")
    #expect(IndependentSources.count([record("a", publisher: "Wire", text: wire), record("b", publisher: "Post", text: rewritten)]) == 1)
    let other = "The plant in Harbour Town is to be shut, and 600 jobs go with it, a union of the workers has learned."
    #expect(IndependentSources.count([record("a", publisher: "Wire", text: wire), record("b", publisher: "Post", text: other)]) == 2)
  }

  @Test func `two outlets that quote one source are one`() {
    let quoting = [record("a", publisher: "Wire", source: ["Ada Quill"]), record("b", publisher: "Post", source: ["Ada Quill"])]
    #expect(IndependentSources.count(quoting) == 1)
    let nobody = [
      record("a", publisher: "Wire", source: ["people"], isAnonymous: true),
      record("b", publisher: "Post", source: ["people"], isAnonymous: true),
    ]
    #expect(IndependentSources.count(nobody) == 2)
  }

  @Test func `sources is a count of independent ones`() throws {
    let severity = "[{is: critical, sources: 2}, warning]"
    let family = [record("a", publisher: "Wire Asia", family: "Wire"), record("b", publisher: "Wire")]
    #expect(try alert(severity, family).severity == .warning)
    #expect(try alert(severity, [record("a", publisher: "Wire"), record("b", publisher: "Post")]).severity == .critical)
  }

  @Test(arguments: [
    (Reliability.a, Severity.critical), (.c, .critical), (.f, .critical), (.d, .warning), (.e, .notice),
  ])
  func `what an unreliable source says alone is no more than so grave`(_ reliability: Reliability, _ ceiling: Severity) throws {
    #expect(try alert("critical", [record("a", publisher: "Wire", reliability: reliability)]).severity == ceiling)
  }

  @Test func `a second independent source lifts the ceiling by a step, a better one altogether`() throws {
    let weak = [record("a", publisher: "Wire", reliability: .e), record("b", publisher: "Post", reliability: .e)]
    #expect(try alert("critical", weak).severity == .warning)
    let mixed = [record("a", publisher: "Wire", reliability: .e), record("b", publisher: "Post", reliability: .b)]
    #expect(try alert("critical", mixed).severity == .critical)
  }

  @Test func `a case may ask for what is recent or for a reliable source`() throws {
    let recent = "[{is: critical, recent: 90 days}, notice]"
    #expect(try alert(recent, [record("a", when: "2025-10")]).severity == .critical)
    #expect(try alert(recent, [record("a", when: "2024-10")]).severity == .notice)
    let reliable = "[{is: critical, reliability: B}, notice]"
    #expect(try alert(reliable, [record("a", publisher: "Wire", reliability: .a)]).severity == .critical)
    #expect(try alert(reliable, [record("a", publisher: "Wire")]).severity == .notice)
  }

  @Test func `an alert says how many stand behind it`() throws {
    let anonymous = record("a", publisher: "Wire", source: ["people"], isAnonymous: true)
    let one = try alert("notice", [anonymous])
    #expect(one.corroboration?.words == "1 document, 1 independent source, anonymous only")
    let two = try alert("notice", [anonymous, record("b", publisher: "Post"), record("c", publisher: "Post")])
    #expect(two.corroboration?.words == "3 documents, 2 independent sources")
  }
}

/// What corrections are kept by.
@Suite struct IdentityTests {
  @Test func `a fact's identity is what it says and not where it stands`() {
    func fact(_ text: String, at start: Int, rule: String = "people.layoff", kind: String = "layoff") -> Fact {
      Fact(
        id: "\(start)", kind: kind, subject: [EntityRef(id: "northwind", name: "Northwind")], plugin: "people", rule: rule,
        evidence: [Evidence(span: ByteSpan(start, start + text.utf8.count), line: start, text: text)])
    }
    let one = fact("Northwind laid off 600 people.", at: 10)
    #expect(one.identity == fact("Northwind  laid off\n600 people.", at: 90, rule: "people.other").identity)
    #expect(one.identity != fact("Northwind laid off 60 people.", at: 10).identity)
    #expect(one.identity != fact("Northwind laid off 600 people.", at: 10, kind: "departure").identity)
    #expect(one.identity == Fact.identity(kind: "layoff", subject: ["northwind"], text: "Northwind laid off 600 people."))
  }
}
