import Analysis
import Documents
import Testing

@testable import Reporting

@Suite struct SiteTests {
  private static let entities = [Sample.northwind, Sample.contoso].map { subject in
    EntityPage(
      subject: subject, facts: Sample.facts.filter { $0.fact.subject[0].root == subject.root },
      alerts: Sample.digest.alerts.map(\.page).filter { $0.alert.subject.root == subject.root },
      contradictions: Sample.digest.contradictions.map(\.contradiction).filter { $0.subject.root == subject.root })
  }
  private static var entity: EntityPage { entities[0] }
  static let site = Site(
    digest: Sample.digest, digests: [Sample.digest.date],
    entities: [Sample.northwind, Sample.contoso].map {
      Site.Name(name: $0.name, root: $0.id, facts: 7, latest: "2026-03-02", hasPage: true)
    },
    names: [
      Site.Name(name: "Northwind Labs", root: "northwind-labs", facts: 6, latest: nil, hasPage: true),
      Site.Name(name: "Ada Quill", root: "northwind-labs", facts: 1, latest: nil, hasPage: true),
      Site.Name(name: "3Dyne", root: "3dyne", facts: 1, latest: nil, hasPage: false),
    ],
    publishers: [
      Site.Publisher(name: "The Harbour Ledger", notes: 2, facts: 4, latest: "2026-03-02"),
      Site.Publisher(name: nil, notes: 1, facts: 1, latest: nil),
    ], notes: Sample.digest.sources, amounts: amounts)

  static let amounts = [
    amount("c1", Sample.northwind, "20000 accelerators", when: "2026-01", .asserted),
    amount("c2", Sample.northwind, "90000 accelerators", when: "2026-06", .planned),
    amount("c3", Sample.contoso, "50000 accelerator", when: "2025-10", .reported),
    amount("c4", Sample.contoso, "3 GW", when: "2025-10", .asserted),
  ]

  private static func amount(_ id: String, _ subject: EntityRef, _ value: String, when: String, _ status: AssertionStatus) -> FactRecord {
    Sample.record(
      id, "compute", [subject], path: "briefs/compute.md", published: when, publisher: nil, line: 3, "\(subject.name) has \(value).",
      value: value,
      when: when, status: status)
  }

  private static var files: [OutputFile] {
    Sample.reporter.files(for: Sample.digest) + entities.flatMap { Sample.reporter.files(for: $0) } + Sample.reporter.files(for: site)
      + Sample.digest.alerts.flatMap { Sample.reporter.files(for: $0.page) }
  }

  @Test func pagesAreAsRecorded() {
    expectGolden(Sample.reporter.files(for: Self.entity)[0].bytes, "entity.html")
    for file in Sample.reporter.files(for: Self.site) { expectGolden(file.bytes, file.path) }
    expectGolden(Sample.reporter.feed(Sample.digest.alerts.map(\.page), updatedAt: "2026-03-03T07:00:00Z").bytes, "feed.atom")
  }

  @Test func everyLinkBetweenPagesLeadsToAPageAndAPlaceInIt() {
    let pages = Dictionary(uniqueKeysWithValues: Self.files.map { ($0.path, $0.text) })
    for (path, text) in pages where path.hasSuffix(".html") {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      for part in text.split(separator: "href=\"").dropFirst() {
        let address = part.prefix { $0 != "\"" }
        guard !address.contains(":") else { continue }
        let halves = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var target = path
        if !halves[0].isEmpty {
          target = halves[0].hasPrefix("../") ? String(halves[0].dropFirst(3)) : folder.isEmpty ? halves[0] : "\(folder)/\(halves[0])"
        }
        guard let other = pages[target] else {
          Issue.record("\(path) leads to \(address)")
          continue
        }
        if halves.count == 2 { #expect(other.contains(" id=\"\(halves[1])\""), "\(path) leads to \(address)") }
      }
    }
  }

  @Test func everyAnchorInAPageExistsOnce() {
    for file in Self.files where file.path.hasSuffix(".html") {
      let ids = file.text.split(separator: " id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
      #expect(Set(ids).count == ids.count, "\(file.path)")
    }
  }

  @Test func headingsNestWithoutGaps() {
    for file in Self.files where file.path.hasSuffix(".html") {
      var last = 0
      for part in file.text.split(separator: "<h").dropFirst() {
        guard let level = part.first?.wholeNumberValue else { continue }
        #expect(level <= last + 1)
        last = level
      }
    }
  }

  @Test func pagesAskNothingOfTheNetworkAndRunNothing() {
    for file in Self.files where file.path.hasSuffix(".html") {
      #expect(file.text.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
      for word in ["<script", "<link", "<img", "<iframe", "url(", "@import"] { #expect(!file.text.contains(word)) }
    }
  }

  @Test func amountsOfOneUnitStandSideBySideAndPlansHideNothing() {
    let groups = Comparison.groups(Self.amounts, names: Subjects(Sample.digest))
    #expect(groups.map(\.title) == ["Computing capacity, in accelerators"])
    #expect(groups[0].entries.map(\.name) == ["Contoso AI", "Northwind Labs"])
    #expect(groups[0].entries.map(\.number) == [50000, 20000])
    #expect(Comparison.amounts("1300000 GPU;1 gigawatt").map(\.1) == ["GPU", "gigawatt"])
    #expect(Comparison.amounts("many;-1 x;0 x;nan y;5").isEmpty)
  }

  @Test func positionsOnAnAxisAreDrawnInOrderOfTime() throws {
    func stance(_ id: String, _ position: String, _ when: String, _ status: AssertionStatus = .asserted) -> FactRecord {
      var record = Sample.record(
        id, "licence_openness", [Sample.northwind], path: "a.md", published: when, publisher: nil, line: 1, "It is \(position).",
        when: when,
        status: status)
      record.fact.labels["position"] = position
      record.fact.evidence[0].span = ByteSpan(Int(id) ?? 0, (Int(id) ?? 0) + 5)
      return record
    }
    let facts = [
      stance("30", "closed", "2026-04-09", .planned), stance("10", "open", "2025-03-11"), stance("20", "closed", "2025-06", .denied),
    ]
    let page = Sample.reporter.files(for: EntityPage(subject: Sample.northwind, facts: facts))[0].text
    #expect(page.contains("Open or closed: Northwind Labs over time"))
    let open = try #require(page.firstRange(of: "#axis-openness-0")), closed = try #require(page.firstRange(of: "#axis-openness-1"))
    #expect(open.lowerBound < closed.lowerBound)
    // A denial is no position; a plan is drawn hollow.
    #expect(!page.contains("axis-openness-2"))
    #expect(page.contains("class=\"tone-notice soft\""))
    #expect(page.contains("<tr id=\"axis-openness-1\">"))
  }

  @Test func aPictureNeedsTwoPoints() {
    let page = Sample.reporter.files(for: EntityPage(subject: Sample.contoso, facts: [Sample.facts[6]]))[0].text
    #expect(!page.contains("In pictures"))
    #expect(!page.contains("<svg xmlns"))
  }

  @Test func peopleComeAboveTheLineAndGoBelowIt() {
    let charts = FactCharts(subject: Sample.northwind, citer: Citer(links: Sample.reporter.links, records: Sample.facts))
    guard case .chart(let chart)? = charts.people(Sample.facts)?.blocks.first, case .stacks(let stacks, _, _) = chart.drawing else {
      Issue.record("no picture of people")
      return
    }
    #expect(stacks.map(\.label) == ["Q1 2026", "Q2 2026"])
    #expect(stacks.map { $0.up.count } == [1, 0])
    #expect(stacks.map { $0.down.count } == [2, 1])
    #expect(stacks[1].down[0].isFirm == false)
  }

  @Test func feedEntriesKeepTheirIdentityWhenTheirTextChanges() {
    var later = Sample.keyDeparture
    later.alert.title = "Three people left"
    later.changedAt = "2026-05-01T00:00:00Z"
    let ids = [Sample.keyDeparture, later].map { page in
      Sample.reporter.feed([page], updatedAt: "2026-03-03T07:00:00Z").text.split(separator: "<entry>")[1].split(separator: "<id>")[1].prefix
      { $0 != "<" }
    }
    #expect(ids[0] == ids[1])
    #expect(ids[0].hasPrefix("urn:uuid:"))
  }

  @Test func anEntityWithoutFactsSaysSo() {
    let page = EntityPage(subject: Sample.contoso, facts: [])
    #expect(Sample.reporter.files(for: page)[0].text.contains("No note says anything about Contoso AI."))
  }

  @Test func entityFilesOfDifferentIdsNeverCollide() {
    let ids = ["a-b", "a b", "a/b", "A-B", "会社", "社会", "../x", "x"]
    let stems = ids.map { EntityPage(subject: EntityRef(id: $0, name: $0), facts: []).fileStem }
    #expect(Set(stems).count == ids.count)
  }
}
