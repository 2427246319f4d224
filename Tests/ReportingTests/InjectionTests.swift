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
      "line", "circle", "polygon", "rect", "text",
    ]
    return Set(names + names.map { "/" + $0 } + ["!DOCTYPE", "meta"])
  }()

  @Test(arguments: Hostile.strings) func pagesHoldOurElementsAndAddressesOnly(text: String) {
    let html = String(decoding: Sample.reporter.render(Self.digest(text), as: .html), as: UTF8.self)
    #expect(Self.tags(html).subtracting(Self.allowed).isEmpty)
    for part in html.split(separator: "href=\"").dropFirst() {
      let address = part.prefix { $0 != "\"" }
      #expect(
        address.hasPrefix("file:///home/ada/Notes/") || address.hasPrefix("#") || address.hasPrefix("../alerts/")
          || address == "../index.html"
          || SafeURL(untrusted: String(address)) != nil)
    }
    for event in [" on", " src="] {
      #expect(!html.split(separator: "<").contains { $0.prefix { $0 != ">" }.contains(event) && !$0.contains("aria") })
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
