import Analysis
import Documents
import Testing

@testable import Rules

@Suite struct SignalTests {
  private let northwind = EntityRef(id: "northwind", name: "Northwind", organization: "northwind")

  private func record(
    _ kind: String, when: String?, value: Double? = nil, status: AssertionStatus = .asserted, object: String? = nil,
    labels: [String: String] = [:],
    path: String = "a.md"
  ) -> FactRecord {
    let evidence = Evidence(span: ByteSpan(0, 4), line: 1, text: "text")
    let objects = object.map { [EntityRef(id: $0, name: $0)] } ?? []
    let fact = Fact(
      id: "\(kind)-\(when ?? "")-\(path)-\(object ?? "")", kind: kind, subject: [northwind], object: objects, number: value, when: when,
      status: status,
      plugin: "test", rule: "test.\(kind)", evidence: [evidence], labels: labels)
    return FactRecord(
      fact: fact, path: path, revision: path, published: when, publisher: nil, title: nil, isConverted: false, received: "2025-11-14")
  }

  private func alerts(_ signal: String, _ records: [FactRecord], asOf: CalendarDate = CalendarDate(year: 2025, month: 11, day: 14))
    -> [Alert]
  {
    let (pack, errors) = RulePack.load(files: [("t.yaml", "signals:\n  - \(signal)")], plugin: "test")
    #expect(errors.isEmpty)
    let evaluator = SignalEvaluator(facts: SubjectFacts(subject: northwind, records: records, asOf: asOf))
    return pack.signals.flatMap { evaluator.alerts($0) }
  }

  private let base = "id: x, category: layoff, title: \"{subject}[: {object}]\""

  @Test func countsEventsWithinAWindow() {
    let signal = "{\(base), type: event_count, kinds: [departure], count: 2, within: 90 days, severity: warning}"
    #expect(alerts(signal, [record("departure", when: "2024-01"), record("departure", when: "2024-09")]).isEmpty)
    #expect(alerts(signal, [record("departure", when: "2024-08"), record("departure", when: "2024-09")]).count == 1)
  }

  @Test func holdsOnlyWhenEveryKindOccurs() {
    let signal = "{\(base), type: temporal, kinds: [hire, layoff], within: 365 days, severity: warning}"
    #expect(alerts(signal, [record("hire", when: "2024-01")]).isEmpty)
    #expect(alerts(signal, [record("hire", when: "2024-01"), record("layoff", when: "2024-05")]).count == 1)
  }

  @Test func keepsTheOrder() {
    let signal = "{\(base), type: temporal_ordered, kinds: [release, abandonment], severity: warning}"
    #expect(alerts(signal, [record("abandonment", when: "2023-01"), record("release", when: "2024-05")]).isEmpty)
    #expect(alerts(signal, [record("release", when: "2023-01"), record("abandonment", when: "2024-05")]).count == 1)
  }

  @Test func seesAChangeOfALabel() {
    let signal = "{\(base), type: change, of: label.position, kinds: [licence_openness], severity: warning}"
    let open = record("licence_openness", when: "2023", labels: ["position": "open"])
    let closed = record("licence_openness", when: "2025", labels: ["position": "closed"])
    #expect(alerts(signal, [open, open]).isEmpty)
    #expect(alerts(signal, [open, closed]).first?.facts.count == 2)
  }

  @Test func waitsBeforeItMissesAnAnswer() {
    let signal = "{\(base), type: absence, kinds: [commitment], resolved_by: [release], within: 30 days, severity: notice}"
    let promise = record("commitment", when: "2025-06", object: "falcon")
    #expect(alerts(signal, [promise], asOf: CalendarDate(year: 2025, month: 7, day: 20)).isEmpty)
    #expect(alerts(signal, [promise]).count == 1)
    #expect(alerts(signal, [promise, record("release", when: "2025-07", object: "falcon")]).isEmpty)
  }

  @Test func neverMakesMoreOfARumourThanANotice() {
    let signal = "{\(base), type: event_count, kinds: [layoff], severity: critical}"
    #expect(alerts(signal, [record("layoff", when: "2025-01", status: .rumoured)]).first?.severity == .notice)
    #expect(alerts(signal, [record("layoff", when: "2025-01")]).first?.severity == .critical)
    #expect(alerts(signal, [record("layoff", when: "2025-01", status: .rumoured)]).first?.title.hasSuffix("(a rumour)") == true)
  }

  @Test func raisesNothingFromDenials() {
    let signal = "{\(base), type: event_count, kinds: [layoff], severity: critical}"
    #expect(alerts(signal, [record("layoff", when: "2025-01", status: .denied)]).isEmpty)
  }

  @Test func choosesSeverityByNumber() {
    let signal = "{\(base), type: event_count, kinds: [layoff], severity: [{is: critical, number: \">= 500\"}, notice]}"
    #expect(alerts(signal, [record("layoff", when: "2025-01", value: 600)]).first?.severity == .critical)
    #expect(alerts(signal, [record("layoff", when: "2025-01", value: 60)]).first?.severity == .notice)
  }

  @Test func groupsByObjectAndKeepsItsFingerprint() {
    let signal = "{\(base), type: event_count, kinds: [delay], group_by: [subject, object], severity: notice}"
    let found = alerts(signal, [record("delay", when: "2025-01", object: "falcon"), record("delay", when: "2025-02", object: "heron")])
    #expect(found.count == 2)
    let later = alerts(signal, [record("delay", when: "2025-04", object: "falcon", path: "b.md")])
    #expect(later.first?.fingerprint == found.first?.fingerprint)
  }

  @Test func leavesOutTheBracketWhoseNameIsUnknown() {
    let signal = "{\(base), type: event_count, kinds: [delay], severity: notice}"
    #expect(alerts(signal, [record("delay", when: "2025-01")]).first?.title == "Northwind")
    #expect(alerts(signal, [record("delay", when: "2025-01", object: "falcon")]).first?.title == "Northwind: falcon")
  }

  @Test func tellsHistoryAsANotice() {
    let signal = "{\(base), type: event_count, kinds: [layoff], severity: critical}"
    var old = record("layoff", when: "2019-03")
    old.published = "2025-11-01"
    #expect(alerts(signal, [old]).map(\.severity) == [.notice])
    var recent = record("layoff", when: "2025-10")
    recent.published = "2025-11-01"
    #expect(alerts(signal, [old, recent]).map(\.severity) == [.critical])
  }

  @Test func letsASettingNarrowTheWindow() {
    let rules = "signals:\n  - {\(base), type: temporal, kinds: [hire, layoff], within: 365 days, severity: warning}"
    let records = [record("hire", when: "2024-01"), record("layoff", when: "2024-08")]
    for (window, count) in [(nil, 1), (90, 0)] as [(Int?, Int)] {
      let (pack, errors) = RulePack.load(files: [("t.yaml", rules)], plugin: "test", window: window)
      #expect(errors.isEmpty)
      let facts = SubjectFacts(subject: northwind, records: records, asOf: CalendarDate(year: 2024, month: 11, day: 14))
      #expect(pack.signals.flatMap { SignalEvaluator(facts: facts).alerts($0) }.count == count)
    }
  }
}
