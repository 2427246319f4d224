import Analysis
import Documents
import Testing

@testable import Rules

@Suite struct TitleTests {
  private static let northwind = EntityRef(id: "northwind", name: "Northwind", organization: "northwind")

  private struct Statement {
    var kind = "abandonment"
    var object: EntityRef? = nil
    var actor: EntityRef? = nil
    var when: String? = nil
    var value: String? = nil
    var number: Double? = nil
    var status = AssertionStatus.asserted
    var path = "a.md"
    var labels: [String: String] = [:]
  }

  private func alert(_ signal: String, _ statements: [Statement]) -> Alert? {
    let (pack, errors) = RulePack.load(files: [("t.yaml", "signals:\n  - \(signal)")], plugin: "test")
    #expect(errors.isEmpty)
    let records = statements.enumerated().map { index, s in
      let fact = Fact(
        id: "f\(index)", kind: s.kind, subject: [s.actor ?? TitleTests.northwind], object: s.object.map { [$0] } ?? [], value: s.value,
        number: s.number, when: s.when, status: s.status, plugin: "test", rule: "test.\(s.kind)",
        evidence: [Evidence(span: ByteSpan(index * 10, index * 10 + 4), line: 1, text: "text")], labels: s.labels)
      return FactRecord(
        fact: fact, path: s.path, revision: s.path, published: nil, publisher: nil, title: nil, isConverted: false, received: "2025-11-14")
    }
    let facts = SubjectFacts(
      subject: TitleTests.northwind, records: records, asOf: CalendarDate(year: 2025, month: 11, day: 14))
    return pack.signals.flatMap { SignalEvaluator(facts: facts).alerts($0) }.first
  }

  private static func product(_ name: String) -> EntityRef { EntityRef(id: name.lowercased(), name: name, organization: "northwind") }

  private let abandonment =
    "{id: x, category: abandonment, title: \"{subject} <abandons|abandon> [{object}|a project][, {when}]\", type: event_count, "
    + "kinds: [abandonment], severity: [{is: critical, count: 2}, warning]}"

  @Test func saysApartWhatIsLessSure() {
    let found = alert(
      abandonment,
      [
        Statement(object: TitleTests.product("Falcon")),
        Statement(object: TitleTests.product("Heron"), when: "2024", status: .conditional),
        Statement(object: TitleTests.product("Kestrel"), status: .rumoured),
      ])
    #expect(found?.title == "Northwind abandons Falcon; possible: Heron; rumoured: Kestrel")
    #expect(found?.severity == .warning)
    #expect(found?.facts.count == 3)
  }

  @Test(arguments: [
    (AssertionStatus.planned, "Northwind plans to abandon Falcon"), (.conditional, "Northwind may abandon Falcon"),
    (.rumoured, "Northwind is said to abandon Falcon"), (.alleged, "Northwind is alleged to abandon Falcon"),
    (.reported, "Northwind abandons Falcon"),
  ])
  func takesTheMoodOfTheFacts(status: AssertionStatus, title: String) {
    #expect(alert(abandonment, [Statement(object: TitleTests.product("Falcon"), status: status)])?.title == title)
  }

  @Test func agreesWithAPluralSubject() {
    let signal =
      "{id: x, category: key_departure, title: \"People <leave|leave> {subject}[: {actor}]\", type: event_count, kinds: [departure], "
      + "severity: warning}"
    let quill = EntityRef(id: "ada-quill", name: "Ada Quill", organization: "northwind")
    let rumour = Statement(kind: "departure", actor: quill, status: .rumoured)
    #expect(alert(signal, [rumour])?.title == "People are said to leave Northwind: Ada Quill")
    #expect(alert(signal, [Statement(kind: "departure"), rumour])?.title == "People leave Northwind; rumoured: Ada Quill")
  }

  @Test func neverNamesTheSubjectAsItsOwnObject() {
    #expect(alert(abandonment, [Statement(object: TitleTests.northwind)])?.title == "Northwind abandons a project")
  }

  @Test func namesAThingOnceByItsFullestName() {
    let title = alert(
      abandonment, [Statement(object: TitleTests.product("open-source Falcon model")), Statement(object: TitleTests.product("Falcon 3"))])
    #expect(title?.title == "Northwind abandons Falcon 3")
  }

  @Test func givesTwoDatesOrTheSpan() {
    func title(_ dates: [String]) -> String? {
      alert(abandonment, dates.map { Statement(object: TitleTests.product("Falcon"), when: $0) })?.title
    }
    #expect(title(["2025", "2025-07"]) == "Northwind abandons Falcon, 2025-07")
    #expect(title(["2022", "2025-07"]) == "Northwind abandons Falcon, 2022 and 2025-07")
    #expect(title(["2025-07", "2022", "2024-01", "2025"]) == "Northwind abandons Falcon, 2022 to 2025-07")
  }

  @Test func givesOneEventOneNumberOrWhatNotesDifferBetween() {
    let signal =
      "{id: x, category: layoff, title: \"{subject} <cuts|cut> jobs[: {value}]\", type: event_count, kinds: [layoff], severity: warning}"
    func layoff(_ value: String, _ number: Double, _ when: String?, _ path: String = "a.md") -> Statement {
      Statement(kind: "layoff", when: when, value: value, number: number, path: path)
    }
    #expect(
      alert(signal, [layoff("240", 240, nil), layoff("240 people", 240, "2025-10")])?.title == "Northwind cuts jobs: 240 people")
    #expect(
      alert(signal, [layoff("240 people", 240, "2025-10-02"), layoff("400 jobs", 400, "2025-10-02", "b.md")])?.title
        == "Northwind cuts jobs: 240 to 400 people")
    #expect(
      alert(signal, [layoff("240 people", 240, "2025-10"), layoff("400 jobs", 400, "2024-02", "b.md")])?.title
        == "Northwind cuts jobs: 240 people, 400 jobs")
  }

  @Test func takesNoNumberFromARumourForItsSeverity() {
    let signal =
      "{id: x, category: layoff, title: \"{subject} cuts jobs[: {value}]\", type: event_count, kinds: [layoff], "
      + "severity: [{is: critical, number: \">= 500\"}, warning]}"
    let rumour = Statement(kind: "layoff", value: "9000 people", number: 9000, status: .rumoured)
    let found = alert(signal, [Statement(kind: "layoff", value: "40 people", number: 40), rumour])
    #expect(found?.severity == .warning)
    #expect(found?.title == "Northwind cuts jobs: 40 people")
  }

  @Test func givesEachThingAndEachAmountItsOwnDate() {
    func thing(_ name: String, _ when: String?) -> Statement { Statement(object: TitleTests.product(name), when: when) }
    #expect(
      alert(abandonment, [thing("Falcon", "2022"), thing("Heron", "2025-04"), thing("Kestrel", nil)])?.title
        == "Northwind abandons Falcon (2022), Heron (2025-04), Kestrel")
    #expect(alert(abandonment, [thing("Falcon", "2022"), thing("Heron", "2022")])?.title == "Northwind abandons Falcon, Heron, 2022")
    let loss =
      "{id: x, category: revenue_loss, title: \"{subject} <loses|lose> money[: {value}][, {when}]\", type: event_count, kinds: [loss], "
      + "severity: warning}"
    func amount(_ value: String, _ number: Double, _ when: String?) -> Statement {
      Statement(kind: "loss", when: when, value: value, number: number)
    }
    #expect(
      alert(loss, [amount("7000000000 USD", 7e9, nil), amount("310000000 USD", 3.1e8, "2025-Q4")])?.title
        == "Northwind loses money: 7000000000 USD, 310000000 USD (2025-Q4)")
    #expect(alert(loss, [amount("7000000000 USD", 7e9, "2025-Q4")])?.title == "Northwind loses money: 7000000000 USD, 2025-Q4")
  }

  @Test func datesAChangeByTheLaterStatement() {
    let signal =
      "{id: x, category: licence_openness_change, title: \"{subject}: from {first.position} to {last.position}[, {when}]\", type: change, "
      + "of: label.position, kinds: [licence_openness], severity: notice}"
    func position(_ position: String, _ when: String) -> Statement {
      Statement(kind: "licence_openness", when: when, labels: ["position": position])
    }
    #expect(
      alert(signal, [position("open", "2024-02"), position("closed", "2025-07")])?.title == "Northwind: from open to closed, 2025-07")
  }
}
