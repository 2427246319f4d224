import Analysis
import Documents
import Testing

@testable import Reporting

/// Puts every hostile string into every field of a digest and looks at what came out.
@Suite struct InjectionTests {
  private static func digest(_ text: String) -> Digest {
    var digest = Sample.digest
    let subject = EntityRef(id: text, name: text)
    let evidence = Evidence(span: ByteSpan(0, text.utf8.count), line: 1, text: text)
    let place = NoteEvidence(path: text, evidence: evidence)
    var record = digest.facts[0]
    record.fact.subject = [subject]
    record.fact.object = [subject]
    record.fact.kind = text
    record.fact.value = text
    record.fact.source = [text]
    record.fact.evidence = [evidence]
    record.path = text
    record.publisher = text
    record.title = text
    digest.facts = [record]
    var alert = digest.alerts[0]
    alert.page.alert.subject = subject
    alert.page.alert.title = text
    alert.page.alert.category = text
    alert.page.alert.evidence = [place]
    alert.page.facts = [record]
    alert.reason = text
    digest.alerts = [alert]
    digest.contradictions = [
      DigestContradiction(
        contradiction: Contradiction(
          verdict: .conflict, topic: text, subject: subject,
          sides: [Contradiction.Side(fact: "a", place: place, published: text, source: [text])]), isNew: true)
    ]
    digest.commitments = [Commitment(subject: subject, what: text, due: text, state: .due, evidence: [place])]
    digest.watch = [WatchItem(subject: subject, text: text, when: text, evidence: [place])]
    digest.sources = [SourceNote(path: text, title: text, publisher: text, published: text, facts: 1, address: text)]
    digest.promotion = [SetAside(path: text, reason: text, evidence: place)]
    digest.failures = [SetAside(path: text, reason: text)]
    digest.health.plugins = [DigestHealth.Plugin(id: text, state: text, detail: text, isHealthy: false)]
    digest.health.remarks = [text]
    return digest
  }

  /// The page's tags, each once.
  private static func tags(_ html: String) -> Set<String> {
    var tags: Set<String> = []
    for part in html.split(separator: "<").dropFirst() {
      tags.insert(String(part.prefix { $0.isLetter || $0 == "/" || $0 == "!" || $0.isNumber }))
    }
    return tags
  }

  private static let allowed: Set<String> = {
    let names = [
      "html", "head", "title", "style", "body", "a", "header", "h1", "h2", "h3", "p", "nav", "ul", "ol", "li", "main", "section", "span",
      "strong",
      "figure", "blockquote", "figcaption", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "time", "code", "footer", "svg",
      "desc",
      "line", "circle", "polygon", "polyline", "rect", "text", "details", "summary",
    ]
    return Set(names + names.map { "/" + $0 } + ["!DOCTYPE", "meta"])
  }()

  /// Every page there is, of one text in every field.
  private static func pages(_ text: String) -> [OutputFile] {
    let digest = digest(text)
    var record = digest.facts[0]
    record.fact.labels = ["axis": text, "position": text]
    record.fact.when = "2026-03"
    record.address = text
    var second = record
    second.fact.evidence[0].span.start += 1
    second.fact.labels["position"] = text + "2"
    second.fact.kind = "hire"
    var third = record
    third.fact.kind = "departure"
    var amount = record
    amount.fact.kind = "compute"
    amount.fact.value = "7 \(text)"
    var other = amount
    other.fact.subject = [EntityRef(id: text + "x", name: text)]
    let facts = [record, second, third]
    let entity = EntityPage(
      subject: EntityRef(id: text, name: text), facts: facts, alerts: digest.alerts.map(\.page),
      contradictions: digest.contradictions.map(\.contradiction))
    let name = Site.Name(name: text, root: text, facts: 1, latest: text, hasPage: true)
    let unfollowed = Site.Name(name: text, root: text + "x", facts: 1, latest: nil, hasPage: false)
    let site = Site(
      digest: digest, digests: [digest.date], entities: [name], names: [name, unfollowed],
      publishers: [Site.Publisher(name: text, notes: 1, facts: 1, latest: text)], notes: digest.sources, amounts: [amount, other])
    return [OutputFile(path: "digests/x.html", bytes: Sample.reporter.render(digest, as: .html))] + Sample.reporter.files(for: entity)
      + Sample.reporter.files(for: site) + digest.alerts.flatMap { Sample.reporter.files(for: $0.page) }
  }

  @Test(arguments: Hostile.strings) func pagesHoldOurElementsAndAddressesOnly(text: String) {
    for file in Self.pages(text) where file.path.hasSuffix(".html") {
      let html = file.text
      #expect(Self.tags(html).subtracting(Self.allowed).isEmpty)
      for part in html.split(separator: "href=\"").dropFirst() {
        let address = String(part.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
        let isOurs = SafeURL.scheme(of: address) == nil && !address.hasPrefix("//") && address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        #expect(address.hasPrefix("file:///home/ada/Notes/") || isOurs || SafeURL(untrusted: address) != nil, "\(address)")
      }
      for event in [" on", " src="] {
        #expect(!html.split(separator: "<").contains { $0.prefix { $0 != ">" }.contains(event) && !$0.contains("aria") })
      }
    }
  }

  /// An element's attributes are ours whatever the text: as many quotes as with a harmless word.
  @Test(arguments: Hostile.strings) func noTextLeavesItsAttribute(text: String) {
    guard !VisibleText.line(text).isEmpty else { return }
    for file in Self.pages(text) where file.path.hasSuffix(".html") {
      for part in file.text.split(separator: "<").dropFirst() {
        let tag = part.prefix { $0 != ">" }
        #expect(tag.count { $0 == "\"" } % 2 == 0, "\(file.path): \(tag)")
      }
    }
  }

  @Test(arguments: Hostile.strings) func theFeedHoldsItsOwnElementsOnly(text: String) {
    let feed = Sample.reporter.feed(Self.digest(text).alerts.map(\.page), updatedAt: "2026-03-03T07:00:00Z").text
    let own: Set<String> = [
      "feed", "title", "id", "updated", "generator", "author", "name", "entry", "published", "link", "category", "summary",
    ]
    #expect(Self.tags(feed).subtracting(own).subtracting(own.map { "/" + $0 }).subtracting([""]).isEmpty)
    for scalar in feed.unicodeScalars where scalar != "\n" { #expect(scalar.properties.generalCategory != .control) }
  }

  @Test(arguments: Hostile.strings) func aLineOfAWorkflowIsOneCommand(text: String) {
    let digest = Self.digest(text)
    let findings = CheckFindings(
      version: "1", alerts: digest.alerts.map(\.page.alert), contradictions: digest.contradictions.map(\.contradiction),
      problems: [CheckFindings.Problem(path: text, message: text, isFatal: true)])
    let lines = String(decoding: WorkflowCommands.render(findings), as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    for line in lines.dropLast() {
      #expect(line.hasPrefix("::error ") || line.hasPrefix("::warning ") || line.hasPrefix("::notice "))
      let properties = line.dropFirst(2).prefix { $0 != ":" }
      let names = properties.split(separator: " ", maxSplits: 1)[1].split(separator: ",").map { String($0.prefix { $0 != "=" }) }
      #expect(Set(names).isSubset(of: ["file", "line", "col", "endLine", "endColumn", "title"]))
    }
  }

  /// The same digest with harmless words has as many blocks, headings and rows: no string made any.
  @Test(arguments: Hostile.strings) func markdownKeepsItsShape(text: String) throws {
    guard !VisibleText.line(text).isEmpty else { return }
    let hostile = try Self.shape(Self.digest(text))
    #expect(try hostile == Self.shape(Self.digest(SafeURL(untrusted: text) == nil ? "harmless" : "https://a.example")))
  }

  private static func shape(_ digest: Digest) throws -> [String] {
    let document = try DocumentReader.read(Sample.reporter.render(digest, as: .markdown), hints: ReadingHints(fileName: "a.md"))
    return document.blocks.map { "\($0.kind) \($0.level) \($0.cells.count)" }
  }

  @Test(arguments: Hostile.strings) func plainTextHasNoControls(text: String) {
    let out = Sample.reporter.render(Self.digest(text), as: .text)
    for scalar in String(decoding: out, as: UTF8.self).unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
    }
  }
}
