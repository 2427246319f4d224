import Analysis
import Documents
import Testing

@testable import Reporting

@Suite struct SiteTests {
  private static let entity = EntityPage(
    subject: Sample.northwind, asOf: Sample.digest.asOf, facts: Sample.facts.filter { $0.fact.subject[0].root == "northwind-labs" },
    alerts: Sample.digest.alerts.map(\.page).filter { $0.alert.subject.root == "northwind-labs" },
    contradictions: Sample.digest.contradictions.map(\.contradiction))
  private static let index = SiteIndex(
    asOf: Sample.digest.asOf, entities: [entity], alerts: Sample.digest.alerts.map(\.page), digests: [Sample.digest.date],
    contradictions: Sample.digest.contradictions)

  @Test func pagesAreAsRecorded() {
    expectGolden(Sample.reporter.files(for: Self.entity)[0].bytes, "entity.html")
    expectGolden(Sample.reporter.files(for: Self.index)[0].bytes, "index.html")
    expectGolden(Sample.reporter.feed(Sample.digest.alerts.map(\.page), updatedAt: "2026-03-03T07:00:00Z").bytes, "feed.atom")
  }

  @Test func everyLinkBetweenPagesLeadsToAFileThatIsWritten() {
    var files = Sample.reporter.files(for: Sample.digest) + Sample.reporter.files(for: Self.entity) + Sample.reporter.files(for: Self.index)
    files += Sample.digest.alerts.flatMap { Sample.reporter.files(for: $0.page) }
    let paths = Set(files.map(\.path))
    for file in files where file.path.hasSuffix(".html") {
      let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
      for part in file.text.split(separator: "href=\"").dropFirst() {
        let address = String(part.prefix { $0 != "\"" && $0 != "#" })
        guard !address.isEmpty, !address.contains(":") else { continue }
        let target = address.hasPrefix("../") ? String(address.dropFirst(3)) : folder.isEmpty ? address : "\(folder)/\(address)"
        #expect(paths.contains(target), "\(file.path) leads to \(target)")
      }
    }
  }

  @Test func everyAnchorInAPageExistsOnce() {
    for file in Sample.reporter.files(for: Sample.digest) + Sample.reporter.files(for: Self.entity) where file.path.hasSuffix(".html") {
      let ids = file.text.split(separator: " id=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
      #expect(Set(ids).count == ids.count)
      for part in file.text.split(separator: "href=\"#").dropFirst() { #expect(ids.contains(String(part.prefix { $0 != "\"" }))) }
    }
  }

  @Test func headingsNestWithoutGaps() {
    for file in Sample.reporter.files(for: Sample.digest) + Sample.reporter.files(for: Self.entity) + Sample.reporter.files(for: Self.index)
    where file.path.hasSuffix(".html") {
      var last = 0
      for part in file.text.split(separator: "<h").dropFirst() {
        guard let level = part.first?.wholeNumberValue else { continue }
        #expect(level <= last + 1)
        last = level
      }
    }
  }

  @Test func pagesAskNothingOfTheNetworkAndRunNothing() {
    for file in Sample.reporter.files(for: Sample.digest) where file.path.hasSuffix(".html") {
      #expect(file.text.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
      for word in ["<script", "<link", "<img", "<iframe", "url(", "@import"] { #expect(!file.text.contains(word)) }
    }
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
    let page = EntityPage(subject: Sample.contoso, asOf: Sample.digest.asOf, facts: [])
    #expect(Sample.reporter.files(for: page)[0].text.contains("No note says anything about Contoso AI up to 2 March 2026."))
  }

  @Test func entityFilesOfDifferentIdsNeverCollide() {
    let ids = ["a-b", "a b", "a/b", "A-B", "会社", "社会", "../x", "x"]
    let stems = ids.map { EntityPage(subject: EntityRef(id: $0, name: $0), asOf: Sample.digest.asOf, facts: []).fileStem }
    #expect(Set(stems).count == ids.count)
  }
}
