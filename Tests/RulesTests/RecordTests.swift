import Analysis
import Documents
import Testing

@testable import Rules

/// Facts from what is laid out: rows of tables, "key: value" lines, items of lists.
@Suite struct RecordTests {
  private static let rules = """
    records:
      - id: rounds
        kind: investment
        about: "{funding | round}"
        unless: "price"
        columns:
          subject: "{company | startup}"
          when: "{date | closed}"
          value: ["{amount | raised}", "valuation"]
          object: "{lead | lead investor}"
          skip: "note"
        value: [money]
        needs: [value]
      - id: left
        kind: departure
        employer: context
        columns: {subject: "{name | person}", when: "{left | departed}", from: "company", object: "{next | where to}"}
        subject: [person]
        needs: [subject, when]
      - id: revenue
        kind: revenue_change
        reads: pairs
        key: "revenue"
        value: [money]
        needs: [value]
      - id: status
        kind: abandonment
        reads: pairs
        key: "status"
        state: "{discontinued | retired}"
        object: [product]
        value: []
      - id: retired
        kind: abandonment
        reads: items
        about: "{retire | deprecated | removed}"
        object: [product, np]
        value: []
      - id: scores
        kind: benchmark_claim
        about: "benchmark"
        columns: {object: "model", value: rest, skip: "rank"}
        object: [product, np]
        value: [number]
        needs: [object, value]
    """

  private func facts(_ text: String) -> [Fact] {
    let (pack, errors) = RulePack.load(files: [("t.yaml", RecordTests.rules)], plugin: "test")
    #expect(errors.isEmpty)
    return RuleTester([pack]).facts(in: text)
  }

  /// A page and its Markdown twin give the same facts.
  @Test(arguments: [
    (
      "<table><tr><th>Figure</th><th>Value</th></tr><tr><td>Revenue</td><td>$3.2B</td></tr><tr><td>Sites</td><td>12</td></tr></table>",
      "| Figure | Value |\n|---|---|\n| Revenue | $3.2B |\n| Sites | 12 |"
    ),
    (
      "<table><tr><th>Metric</th><th>2023</th><th>2024</th></tr><tr><td>Revenue</td><td>$500M</td><td>$320M</td></tr></table>",
      "| Metric | 2023 | 2024 |\n|---|---|---|\n| Revenue | $500M | $320M |"
    ),
    ("<table><tr><th>Revenue</th><td>$3.2B</td></tr><tr><th>Sites</th><td>Oslo</td></tr></table>", "- Revenue: $3.2B\n- Sites: Oslo"),
  ])
  func readsATableOfAPageAsItsMarkdownTwin(_ table: String, _ twin: String) throws {
    let (pack, errors) = RulePack.load(files: [("t.yaml", RecordTests.rules)], plugin: "test")
    #expect(errors.isEmpty)
    let lead = String(
      repeating: "Northwind told its people on Monday, after months of talks, how the year went for all of them. ", count: 8)
    let page = "<!DOCTYPE html><html><body><article><h2>Northwind</h2><p>\(lead)</p>\(table)</article></body></html>"
    let tester = RuleTester([pack])
    func told(_ facts: [Fact]) -> [String] { facts.map { "\($0.kind) \($0.subject.map(\.id)) \($0.value ?? "") \($0.when ?? "")" } }
    let document = try DocumentReader.read(Array(page.utf8), hints: ReadingHints(fileName: "page.html"))
    let found = told(tester.facts(of: document))
    #expect(!found.isEmpty)
    #expect(found == told(tester.facts(in: "## Northwind\n\n\(lead)\n\n\(twin)\n")))
  }

  @Test func composesARowByWhatTheHeaderSays() {
    let found = facts(
      "# Funding of Northwind\n\n| Round | Closed | Raised ($M) | Lead investor |\n|---|---|---|---|\n| Seed | 2021-05-04 | 12.5 | Hollow Oak |"
    )
    #expect(found.map(\.kind) == ["investment"])
    #expect(found.first?.subject.map(\.name) == ["Northwind"])
    #expect(found.first?.object.map(\.name) == ["Hollow Oak"])
    #expect(found.first?.value == "12500000 USD" && found.first?.number == 12_500_000)
    #expect(found.first?.when == "2021-05-04")
    #expect(found.first?.evidence.first?.text == "Seed | 2021-05-04 | 12.5 | Hollow Oak")
  }

  @Test func takesTheSubjectOfItsColumn() {
    let found = facts(
      "# Funding\n\n| Company | Date | Amount |\n|---|---|---|\n| Contoso | May 2022 | $3M |\n| Harrow Bay | May 2022 | $4M |")
    #expect(found.map { $0.subject.first?.name } == ["Contoso", "Harrow Bay"])
  }

  @Test func saysNothingOfHeadersSumsBlanksAndPlaceholders() {
    let head = "# Funding of Northwind\n\n| Round | Date | Amount |\n|---|---|---|\n"
    for row in ["| **Total** | | $30M |", "| Seed | 2021 | Undisclosed |", "| Seed | 2021 | – |", "| Seed | [date] | [amount] |"] {
      #expect(facts(head + row).isEmpty, "\(row)")
    }
    #expect(facts(head).isEmpty)
  }

  @Test func readsNoTableAboutSomethingElse() {
    #expect(facts("# Northwind\n\n| Plan | Date | Amount |\n|---|---|---|\n| Basic | 2021 | $30 |").isEmpty)
    #expect(facts("# Funding prices of Northwind\n\n| Plan | Date | Amount |\n|---|---|---|\n| Basic | 2021 | $30 |").isEmpty)
    // "Raised beds planted in": the label is but a part of the header.
    #expect(facts("# Funding of Northwind\n\n| Site | Beds raised and planted this spring |\n|---|---|\n| Leeds | $30 |").isEmpty)
  }

  @Test func tellsWhoLeftAndWhereTo() {
    let table = "# Northwind\n\n| Name | Left | Where to |\n|---|---|---|\n"
    let found = facts(table + "| Cora Lind | May 2024 | Contoso |\n| Ada Quill | – | |")
    #expect(found.map { $0.subject.first?.name } == ["Cora Lind"])
    #expect(found.first?.subject.first?.organization == "northwind")
    #expect(found.first?.object.map(\.name) == ["Contoso"])
  }

  @Test func takesWhatIsDatedAfterTheNoteForAPlan() {
    let table = "# Northwind\n\n| Name | Left |\n|---|---|\n"
    #expect(facts(table + "| Cora Lind | 2026-03-01 |").map(\.status) == [.planned])
    #expect(facts(table + "| Cora Lind | 2025-03-01 |").map(\.status) == [.asserted])
  }

  @Test func readsKeysWithTheirValues() {
    #expect(facts("# Northwind\n\n- Founded: 2015\n- **Revenue:** $3.2B (2023)").map(\.value) == ["3200000000 USD"])
    #expect(facts("# Northwind\n\n- **Revenue:** $3.2B (2023)").map(\.when) == ["2023"])
    #expect(facts("# Northwind\n\n| Figure | Value |\n|---|---|\n| Revenue | $3.2B |").map(\.value) == ["3200000000 USD"])
    #expect(facts("# Northwind\n\n- Revenue: see page 3").isEmpty)
    #expect(facts("# Northwind\n\n- Revenue recognition policy of the group: $3.2B").isEmpty)
  }

  @Test func putsAResultBeforeItsTarget() {
    let both = facts("# Northwind\n\n| Metric | Target 2024 | Actual 2024 |\n|---|---|---|\n| Revenue | $500M | $320M |")
    #expect(both.map(\.status) == [.asserted])
    #expect(both.first?.number == 320_000_000 && both.first?.when == "2024")
    #expect(facts("# Northwind\n\n| Metric | Target 2024 |\n|---|---|\n| Revenue | $500M |").map(\.status) == [.planned])
  }

  @Test(arguments: ["Revenue rose by twelve\nper cent", "Revenue\nwas 3\nmillion dollars.", "Northwind Labs took on two\nthousand."])
  func looksForAFigureOnTheLineItStandsOn(_ text: String) {
    // A figure that begins on the line before ended the process.
    #expect(facts("# Revenue of Northwind Labs\n\n\(text)\n").count <= 1)
  }

  @Test func asksForTheStateOfAValue() {
    #expect(facts("# Northwind\n\n## Falcon\n\n- Status: discontinued").map { $0.object.map(\.name) } == [["Falcon"]])
    #expect(facts("# Northwind\n\n## Falcon\n\n- Status: active").isEmpty)
    #expect(facts("# Northwind\n\n## Falcon\n\n- Status: not discontinued").isEmpty)
  }

  @Test func givesItemsThePredicateOfTheirIntroduction() {
    let found = facts("Northwind is retiring the following models:\n\n- Falcon\n- Heron, on 1 July 2026")
    #expect(found.map { $0.object.first?.name } == ["Falcon", "Heron"])
    #expect(found.map(\.when).last == "2026-07-01")
    #expect(found.map(\.status).last == .planned)
    #expect(facts("Northwind will not retire these models:\n\n- Falcon").isEmpty)
    #expect(facts("Northwind keeps the following models:\n\n- Falcon").isEmpty)
  }

  @Test func givesItemsThePredicateOfTheirHeading() {
    #expect(facts("# Northwind API\n\n## Deprecated\n\n- Falcon").map { $0.object.first?.name } == ["Falcon"])
    #expect(facts("# Northwind API\n\n## How to find what was removed from your plan\n\n- Falcon").isEmpty)
  }

  @Test func takesEveryOtherColumnForScores() {
    let found = facts("# Benchmark of Northwind\n\n| Rank | Model | GSM8K | MMLU |\n|---|---|---|---|\n| 1 | Falcon | 81.0 | 78.3 |")
    #expect(found.map(\.value) == ["81;78.3"])
  }

  @Test func readsAHeadlineThatNamesWhomItIsAbout() {
    let rules = "frames:\n  - {kind: layoff, value: count, patterns: [\"{lay off | cut} ...{0,3} {worker | job}\"]}"
    let pack = RulePack.load(files: [("t.yaml", rules)], plugin: "test").pack
    func kinds(_ text: String) -> [String] { RuleTester([pack]).facts(in: text).map(\.kind) }
    #expect(kinds("# Northwind\n\n## Contoso Lays Off 300 Workers\n\nMore tomorrow.") == ["layoff"])
    #expect(kinds("# Northwind\n\n## How to cut a job\n\nMore tomorrow.") == [])
  }

  @Test func refusesARecordThatCanReadNothing() {
    for (rule, message) in [
      ("{kind: loss}", "a record of rows needs columns"), ("{kind: loss, reads: pairs}", "a record of pairs needs a key"),
      ("{kind: loss, reads: items}", "a record of items needs to know what the list is about"),
      ("{kind: loss, columns: {value: \"{a | b}\", verdict: \"c\"}}", "\"verdict\" is no role of a column"),
    ] {
      let (pack, errors) = RulePack.load(files: [("t.yaml", "records:\n  - \(rule)")], plugin: "test")
      #expect(errors.map(\.message) == [message])
      #expect(pack.rules.isEmpty)
    }
  }
}
