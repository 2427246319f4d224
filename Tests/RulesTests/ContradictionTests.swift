import Analysis
import Documents
import Testing

@testable import Rules

@Suite struct ContradictionTests {
  private static let northwind = EntityRef(id: "northwind", name: "Northwind", organization: "northwind")

  private struct Statement {
    var kind: String
    var when: String? = nil
    var value: String? = nil
    var number: Double? = nil
    var status = AssertionStatus.asserted
    var object: String? = nil
    var labels: [String: String] = [:]
    var polarity = Polarity.neutral
    var path = "a.md"
    var published: String? = "2025-01-10"
    var text = "text"
    var subject = ContradictionTests.northwind
  }

  private func record(_ s: Statement, _ number: Int) -> FactRecord {
    let evidence = Evidence(span: ByteSpan(number * 10, number * 10 + 4), line: number + 1, text: s.text)
    let fact = Fact(
      id: "f\(number)", kind: s.kind, subject: [s.subject], object: s.object.map { [EntityRef(id: $0, name: $0)] } ?? [], value: s.value,
      number: s.number,
      when: s.when, status: s.status, polarity: s.polarity, plugin: "p", rule: "p.\(s.kind)", evidence: [evidence], labels: s.labels)
    return FactRecord(
      fact: fact, path: s.path, revision: s.path, published: s.published, publisher: nil, title: nil, isConverted: false,
      received: "2025-11-14")
  }

  private func find(_ statements: [Statement]) -> [Contradiction] {
    let records = statements.enumerated().map { record($1, $0) }
    let facts = SubjectFacts(subject: ContradictionTests.northwind, records: records, asOf: CalendarDate(year: 2025, month: 11, day: 14))
    return ContradictionAnalyzer().correlate(facts).contradictions
  }

  @Test func seesTwoNumbersForOneQuarter() {
    let found = find([
      Statement(kind: "loss", when: "2025-Q1", value: "4000000000 USD", number: 4e9),
      Statement(kind: "loss", when: "2025-Q1", value: "3000000000 USD", number: 3e9, path: "b.md"),
    ])
    #expect(found.map(\.verdict) == [.conflict])
    #expect(found.first?.sides.count == 2)
  }

  @Test(arguments: ["period", "unit", "subsidiary", "object", "rounding"])
  func staysSilentWhereTheScopeDiffers(what: String) {
    let first = Statement(kind: "loss", when: "2025-Q1", value: "4000000000 USD", number: 4e9, object: "glasses")
    var second = first
    second.number = 3e9
    second.value = "3000000000 USD"
    second.path = "b.md"
    switch what {
    case "period": second.when = "2025-Q2"
    case "unit": second.value = "3000000000 EUR"
    case "subsidiary": second.subject = EntityRef(id: "orchard", name: "Orchard", organization: "northwind")
    case "object": second.object = "cloud"
    default:
      second.number = 4.1e9
      second.value = "4100000000 USD"
    }
    #expect(find([first, second]).isEmpty)
  }

  @Test func letsANoteRevokeAnOlderAccount() {
    let told = Statement(kind: "layoff", when: "2025-01-09", value: "14000 roles", number: 14e3, text: "Northwind will cut 14,000 roles.")
    let before = Statement(
      kind: "layoff", value: "30000 workers", number: 30e3, status: .planned,
      text: "Earlier reports had suggested that it would lay off 30,000 workers.")
    let found = find([told, before])
    #expect(found.map(\.verdict) == [.update])
    #expect(found.first?.sides.first?.place.evidence.text.hasPrefix("Earlier") == true)
    var other = before
    other.text = "The rival had laid off 30,000 workers."
    #expect(find([told, other]).isEmpty)
  }

  @Test func letsTheLaterSupersede() {
    let found = find([
      Statement(kind: "abandonment", status: .conditional, object: "falcon"),
      Statement(kind: "abandonment", object: "falcon", path: "b.md", published: "2025-06-01"),
    ])
    #expect(found.map(\.verdict) == [.update])
    #expect(found.first?.sides.map(\.place.path) == ["a.md", "b.md"])
  }

  @Test func seesLateTurnIntoGivenUp() {
    let found = find([
      Statement(kind: "delay", object: "falcon"), Statement(kind: "abandonment", object: "falcon", path: "b.md", published: "2025-06-01"),
    ])
    #expect(found.map(\.verdict) == [.update])
  }

  @Test func doesNotMixProducts() {
    #expect(
      find([
        Statement(kind: "delay", object: "falcon"), Statement(kind: "abandonment", object: "kite", path: "b.md", published: "2025-06-01"),
      ]).isEmpty)
  }

  @Test func setsADenialAgainstTheClaim() {
    let found = find([
      Statement(kind: "layoff", status: .reported, text: "Northwind is laying off engineers, people familiar with it say"),
      Statement(kind: "layoff", status: .denied, path: "b.md", published: "2025-01-12", text: "Northwind denied any layoffs"),
    ])
    #expect(found.map(\.verdict) == [.conflict])
  }

  @Test(arguments: [
    "Northwind denied that prices would rise while it lays off engineers", "Northwind denied layoffs in Austria",
    "Northwind has not only laid off engineers",
  ])
  func takesOnlyTheDenyingClauseForDenied(text: String) {
    let found = find([
      Statement(kind: "layoff", text: "Northwind is laying off engineers in Norway"),
      Statement(kind: "layoff", status: .denied, path: "b.md", published: "2025-01-12", text: text),
    ])
    #expect(found.isEmpty)
  }

  @Test func seesTwoDatesForOneRelease() {
    let found = find([
      Statement(kind: "release", when: "2025-02", object: "falcon"),
      Statement(kind: "release", when: "2025-04", object: "falcon", path: "b.md"),
    ])
    #expect(found.map(\.verdict) == [.conflict])
  }

  @Test func takesNoDateFromTheSurroundingsAsSaid() {
    #expect(
      find([
        Statement(kind: "release", when: "2025-02", object: "falcon", labels: ["dated": "context"]),
        Statement(kind: "release", when: "2025-04", object: "falcon", path: "b.md"),
      ]).isEmpty)
  }

  @Test func seesWorkBeforeItsBeginning() {
    let found = find([
      Statement(kind: "strategy_position", when: "2010", labels: ["phase": "active"], text: "Northwind led the field of AI in 2010"),
      Statement(
        kind: "reorganisation", when: "2013", labels: ["phase": "start"], path: "b.md", text: "It began building an AI team in 2013"),
    ])
    #expect(found.map(\.verdict) == [.conflict])
  }

  @Test func putsHiringBesideLayingOff() {
    let found = find([
      Statement(kind: "hire", when: "2025"), Statement(kind: "layoff", when: "2025", path: "b.md", text: "Northwind cuts jobs"),
    ])
    #expect(found.map(\.verdict) == [.tension])
  }

  @Test func showsOneDisputeOnce() {
    let open = Statement(kind: "licence_openness", labels: ["position": "open"])
    let closed = Statement(kind: "licence_openness", labels: ["position": "closed"], path: "b.md")
    #expect(find([open, open, closed, closed]).count == 1)
  }

  @Test(arguments: [("Northwind laid off 400 people", "conflict"), ("Northwind has now laid off 400 people", "update")])
  func takesAnotherNumberForARevisionOnlyWhereItSaysSo(text: String, verdict: String) {
    let found = find([
      Statement(kind: "layoff", when: "2025-02-03", value: "240 people", number: 240, published: "2025-02-04"),
      Statement(
        kind: "layoff", when: "2025-02-03", value: "400 people", number: 400, path: "b.md", published: "2025-02-05", text: text),
    ])
    #expect(found.map(\.verdict.rawValue) == [verdict])
  }

  @Test func letsTheFactSupersedeThePlan() {
    let found = find([
      Statement(kind: "layoff", when: "2025-02", value: "240 people", number: 240, status: .planned),
      Statement(kind: "layoff", when: "2025-02", value: "400 people", number: 400, path: "b.md", published: "2025-03-01"),
    ])
    #expect(found.map(\.verdict) == [.update])
  }

  @Test func countsAnAppointmentAsNoHiring() {
    #expect(
      find([
        Statement(kind: "hire", when: "2025", object: "quill", labels: ["form": "appointment"]),
        Statement(kind: "layoff", when: "2025", path: "b.md"),
      ]).isEmpty)
  }

  @Test func takesOnlyTheFirstFoundingForABeginning() {
    let active = Statement(
      kind: "strategy_position", when: "2010", labels: ["phase": "active"], text: "Northwind led the field of AI in 2010")
    let part = "It founded a generative AI team in 2013"
    #expect(find([active, Statement(kind: "reorganisation", when: "2013", labels: ["phase": "start"], path: "b.md", text: part)]).isEmpty)
    let lab = Statement(
      kind: "reorganisation", when: "2025", labels: ["phase": "start"], path: "c.md", text: "It founded an AI lab in 2025")
    let team = Statement(
      kind: "reorganisation", when: "2013", labels: ["phase": "start"], path: "b.md", text: "It began an AI team in 2013")
    #expect(find([active, lab, team]).map { $0.sides.map(\.place.path).sorted() } == [["a.md", "b.md"]])
  }

  @Test func setsAShortageBesideItsDenial() {
    let found = find([
      Statement(kind: "compute", labels: ["gap": "yes"]), Statement(kind: "compute", labels: ["gap": "no"], path: "b.md"),
    ])
    #expect(found.map(\.verdict) == [.tension])
  }

  @Test func keepsResultsAndDoubtsOfTwoGenerationsApart() {
    let claim = Statement(kind: "benchmark_claim", when: "2024-12", object: "falcon", polarity: .positive)
    let doubt = Statement(kind: "overfitting_allegation", when: "2023-12", status: .alleged, object: "falcon", path: "b.md")
    #expect(find([claim, doubt]).isEmpty)
  }

  @Test func comparesFiguresInOneUnit() {
    let found = find([
      Statement(kind: "compute", when: "2025", value: "2 gigawatts", number: 2),
      Statement(kind: "compute", when: "2025", value: "1200 MW", number: 1_200, path: "b.md"),
    ])
    #expect(found.map(\.verdict) == [.conflict])
    #expect(
      find([
        Statement(kind: "compute", when: "2025", value: "2 GW", number: 2),
        Statement(kind: "compute", when: "2025", value: "2000 MW", number: 2_000, path: "b.md"),
      ]).isEmpty)
  }

  @Test func comparesEachFigureOfAValue() {
    let found = find([
      Statement(kind: "revenue_change", when: "2025-Q1", value: "8 %;4000000000 USD", number: 4e9),
      Statement(kind: "revenue_change", when: "2025-Q1", value: "12 %", number: 12, path: "b.md"),
    ])
    #expect(found.map(\.verdict) == [.conflict])
  }

  @Test func takesMoreHeadsForNewsAndOtherHeadsForAConflict() {
    let first = Statement(kind: "layoff", when: "2025-01", value: "10000 jobs", number: 10_000)
    var second = Statement(kind: "layoff", when: "2025", value: "12000 employees", number: 12_000, path: "b.md", published: "2025-03-01")
    #expect(find([first, second]).map(\.verdict) == [.update])
    second.published = "2025-01-11"
    #expect(find([first, second]).map(\.verdict) == [.conflict])
  }

  @Test func takesAnotherDateForAPlanAsMoved() {
    let plan = Statement(kind: "release", when: "2025-03", object: "falcon")
    let moved = Statement(kind: "release", when: "2025-05", object: "falcon", path: "b.md", published: "2025-02-20")
    #expect(find([plan, moved]).map(\.verdict) == [.update])
    let late = Statement(kind: "delay", when: "2025-05", object: "falcon", path: "b.md", published: "2025-02-20")
    #expect(find([plan, late]).map(\.verdict) == [.update])
  }

  @Test func setsTwoFirstPrioritiesSideBySide() {
    let labels = ["axis": "priority"]
    let found = find([
      Statement(kind: "strategy_position", object: "chips", labels: labels),
      Statement(kind: "strategy_position", object: "racks", labels: labels),
    ])
    #expect(found.map(\.verdict) == [.tension])
  }
}
