import Analysis
import Documents
import Language
import Testing

@testable import Rules

/// When a fact is said to have happened, and what may be inferred where its sentence does not say.
@Suite struct DatingTests {
  private static let rules =
    "frames:\n  - {kind: layoff, patterns: [\"cut ...{0,3} job\"]}\n  - {kind: commitment, status: planned, patterns: [\"promise to\"]}"

  private func dates(_ text: String, _ kind: String = "layoff") -> [String?] {
    let (pack, errors) = RulePack.load(files: [("t.yaml", DatingTests.rules)], plugin: "test")
    #expect(errors.isEmpty)
    return RuleTester([pack]).facts(in: text).filter { $0.kind == kind }.map(\.when)
  }

  @Test func takesNoDayFromAVagueEnd() {
    #expect(dates("At the end of October 2024, Northwind cut 600 jobs.") == ["2024-10"])
    #expect(dates("Northwind cut 600 jobs in mid-2023.") == ["2023"])
    #expect(dates("Northwind cut 600 jobs between 3 and 9 May 2024.") == ["2024-05-03/2024-05-09"])
  }

  @Test func doesNotDateByWhatAFigureIsComparedWith() {
    #expect(dates("In June 2024 Northwind cut 600 jobs, 12% more than in March 2023.") == ["2024-06"])
  }

  @Test func datesByTheYearThatAnotherEventOfTheParagraphHad() {
    #expect(dates("Heron came out on 3 May 2023. Northwind cut 600 jobs.") == ["2023"])
  }

  @Test func keepsTheDateThatAParagraphBeginsWith() {
    #expect(dates("March 2022: Heron came out. Northwind cut 600 jobs.") == ["2022-03"])
  }

  @Test func takesThePresentForTheYearOfTheNote() {
    #expect(dates("Heron came out in 2019. Northwind has cut 600 jobs.") == ["2025"])
  }

  @Test func datesNoHabitAndNothingThatOnceWas() {
    #expect(dates("Every year Northwind cut 600 jobs.") == [nil])
    #expect(dates("Northwind once cut 600 jobs.") == [nil])
  }

  @Test func countsOnFromTheEventBefore() {
    #expect(dates("In February 2023 Heron came out. Just two months after that failure, Northwind cut 600 jobs.") == ["2023-04"])
    #expect(dates("On 3 May 2023 Heron came out. Three weeks later Northwind cut 600 jobs.") == ["2023-05"])
    #expect(dates("In 2019 Heron came out. Within two years Northwind had cut 600 jobs.") == ["2021"])
  }

  @Test func datesAPromiseByWhenItIsDue() {
    #expect(dates("In October 2024 Northwind promised to ship Falcon in March 2026.", "commitment") == ["2026-03"])
  }
}
