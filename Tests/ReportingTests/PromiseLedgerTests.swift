import Analysis
import Documents
import Testing

@testable import Reporting

@Suite struct PromiseLedgerTests {
  private static func fact(
    _ id: String, _ kind: String, _ thing: EntityRef, published: String, when: String? = nil, status: AssertionStatus = .asserted
  ) -> FactRecord {
    Sample.record(
      id, kind, [Sample.northwind], path: "\(id).md", published: published, publisher: "The Harbour Ledger", line: 1, "Sentence \(id).",
      object: [thing], when: when, status: status)
  }

  private static let promise = fact("p", "commitment", Sample.aurora, published: "2025-03-12", when: "2025-12", status: .planned)

  private static func states(_ records: [FactRecord], asOf: String) -> [Commitment.State] {
    PromiseLedger.commitments(in: records, asOf: CalendarDate(iso8601: asOf)!).map(\.state)
  }

  @Test func aPromiseIsOpenThenDueThenItsDateHasPassed() {
    #expect(Self.states([Self.promise], asOf: "2025-04-01") == [.open])
    #expect(Self.states([Self.promise], asOf: "2025-11-15") == [.due])
    #expect(Self.states([Self.promise], asOf: "2025-12-31") == [.due])
    #expect(Self.states([Self.promise], asOf: "2026-01-01") == [.passed])
    #expect(Self.states([Self.promise], asOf: "2026-06-01") == [])
  }

  @Test func aLaterNoteKeepsOrReversesIt() {
    let release = Self.fact("r", "release", Sample.aurora, published: "2025-12-20", when: "2025-12-19")
    #expect(Self.states([Self.promise, release], asOf: "2026-01-10") == [.kept])
    let end = Self.fact("a", "abandonment", Sample.aurora, published: "2026-04-09", when: "2026-04-08")
    let commitments = PromiseLedger.commitments(in: [end, Self.promise], asOf: CalendarDate(year: 2026, month: 4, day: 10))
    #expect(commitments.map(\.state) == [.reversed])
    #expect(commitments[0].evidence.map(\.path) == ["p.md", "a.md"])
  }

  @Test func whatSettlesNothingSettlesNothing() {
    let others = [
      Self.fact("earlier", "release", Sample.aurora, published: "2025-01-01", when: "2025-01-01"),
      Self.fact("other", "release", Sample.aurora2, published: "2025-12-20"),
      Self.fact("rumour", "release", Sample.aurora, published: "2025-12-20", status: .rumoured),
      Self.fact("plan", "abandonment", Sample.aurora, published: "2025-12-20", status: .conditional),
    ]
    #expect(Self.states([Self.promise] + others, asOf: "2026-01-10") == [.passed])
  }

  @Test func onlyWhatIsPromisedIsAPromiseAndOnce() {
    let again = Self.fact("q", "commitment", Sample.aurora, published: "2025-06-01", when: "2025-12", status: .planned)
    let rumour = Self.fact("r", "commitment", Sample.aurora2, published: "2025-06-01", when: "2025-12", status: .rumoured)
    let plan = Self.fact("s", "release", Sample.aurora2, published: "2025-06-01", when: "2025-12", status: .planned)
    #expect(
      PromiseLedger.commitments(in: [again, Self.promise, rumour, plan], asOf: CalendarDate(year: 2025, month: 7, day: 1)).count == 2)
  }
}
