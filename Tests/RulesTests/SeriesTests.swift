import Analysis
import Documents
import Testing

@Suite struct SeriesTests {
  private static let northwind = EntityRef(id: "northwind", name: "Northwind", organization: "northwind")

  private func record(
    _ number: Int, _ kind: String, _ when: String?, value: String? = nil, labels: [String: String] = [:], people: [String] = [],
    status: AssertionStatus = .asserted
  ) -> FactRecord {
    let evidence = Evidence(span: ByteSpan(number * 10, number * 10 + 4), line: number + 1, text: "text \(number)")
    let amount = value.flatMap { $0.split(separator: " ").first }.flatMap { Double($0) }
    let fact = Fact(
      id: "f\(number)", kind: kind, subject: [SeriesTests.northwind], object: people.map { EntityRef(id: $0, name: $0) }, value: value,
      number: amount, when: when, status: status, plugin: "p", rule: "p.\(kind)", evidence: [evidence], labels: labels)
    return FactRecord(
      fact: fact, path: "a.md", revision: "a", published: nil, publisher: nil, title: nil, isConverted: false, received: "2025-11-14")
  }

  private func values(_ measure: Series.Measure, _ records: [FactRecord]) -> [String] {
    Series.all(of: records).filter { $0.measure == measure }.flatMap { one in
      one.points.map { "\($0.quarter) \($0.value)\(one.unit.isEmpty ? "" : " " + one.unit)" }
    }
  }

  private func rules(_ records: [FactRecord]) -> [String] {
    let facts = SubjectFacts(subject: SeriesTests.northwind, records: records, asOf: CalendarDate(year: 2025, month: 11, day: 14))
    return SeriesAnalyzer().correlate(facts).alerts.map(\.rule)
  }

  @Test func `Balance is the mean lean of a quarter, and years and plans move no point`() {
    let records = [
      record(1, "strategy_position", "2025-01-10", labels: ["lean": "product"]),
      record(2, "strategy_position", "2025-03", labels: ["lean": "research"]),
      record(3, "strategy_position", "2025-05", labels: ["lean": "product"]),
      record(4, "strategy_position", "2025", labels: ["lean": "product"]),
      record(5, "strategy_position", "2025-08", labels: ["lean": "product"], status: .planned),
    ]
    #expect(values(.balance, records) == ["2025-Q1 0.0", "2025-Q2 1.0"])
  }

  @Test func `People are hires less departures and the largest layoff told`() {
    let records = [
      record(1, "hire", "2025-01-10", people: ["ada-quill", "ben-marsh"]), record(2, "departure", "2025-02", people: ["cora-lind"]),
      record(3, "layoff", "2025-03-01", value: "600 people"), record(4, "layoff", "2025-03", value: "500 positions"),
      record(5, "layoff", "2025-03", value: "12 %"),
    ]
    #expect(values(.people, records) == ["2025-Q1 -599.0"])
  }

  @Test func `Money flows out by the largest loss and the largest investment`() {
    let records = [
      record(1, "loss", "2025-Q1", value: "300 USD"), record(2, "loss", "2025-02", value: "200 USD"),
      record(3, "investment", "2025-03", value: "50 USD"), record(4, "loss", "2025-03", value: "900 EUR"),
    ]
    #expect(values(.money, records) == ["2025-Q1 -350.0 USD"])
  }

  @Test func `Compute is the largest stated, usage the last, by unit`() {
    let records = [
      record(1, "compute", "2025-01", value: "2000 GPUs"), record(2, "compute", "2025-02", value: "1000 GPUs"),
      record(3, "usage_metric", "2025-01", value: "9 users"), record(4, "usage_metric", "2025-02", value: "7 users"),
    ]
    #expect(values(.compute, records) == ["2025-Q1 2000.0 GPUs"])
    #expect(values(.usage, records) == ["2025-Q1 7.0 users"])
  }

  @Test func `Lopsided needs two statements in each of two quarters in a row`() {
    func lean(_ number: Int, _ when: String) -> FactRecord { record(number, "strategy_position", when, labels: ["lean": "product"]) }
    let first = [lean(1, "2025-01"), lean(2, "2025-02")]
    #expect(rules(first).isEmpty)
    #expect(rules(first + [lean(3, "2025-04")]).isEmpty)
    #expect(rules(first + [lean(3, "2025-04"), lean(4, "2025-05")]) == ["series.lopsided"])
    #expect(rules(first + [lean(3, "2025-07"), lean(4, "2025-08")]).isEmpty)
  }

  @Test func `Swaying needs two turns within eight quarters`() {
    func position(_ number: Int, _ when: String, _ position: String) -> FactRecord {
      record(number, "licence_openness", when, labels: ["position": position])
    }
    let turn = [position(1, "2023-02", "open"), position(2, "2023-11", "closed")]
    #expect(rules(turn).isEmpty)
    #expect(rules(turn + [position(3, "2024-05", "open")]) == ["series.swaying"])
    #expect(rules([position(0, "2020-05", "closed")] + turn).isEmpty)
  }
}
