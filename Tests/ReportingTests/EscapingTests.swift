import Documents
import Testing

@testable import Reporting

@Suite struct EscapingTests {
  /// What a Markdown reader makes of escaped text is the text, as one paragraph: so nothing in it was markup.
  @Test(arguments: Hostile.all) func markdownReadsBackAsTheTextItself(text: String) throws {
    let visible = VisibleText.line(text)
    guard !visible.isEmpty else { return }
    let source = "before \(MarkdownText.escape(text)) after"
    #expect(try Self.paragraphs(source) == ["before \(visible) after"])
  }

  @Test(arguments: Hostile.all) func markdownAtTheBeginningOfALineStartsNoBlock(text: String) throws {
    let visible = VisibleText.line(text)
    guard !visible.isEmpty else { return }
    #expect(try Self.paragraphs(MarkdownText.escape(text)) == [visible])
    #expect(try Self.paragraphs("- " + MarkdownText.escape(text)) == [visible])
    #expect(try Self.paragraphs("> " + MarkdownText.escape(text)) == [visible])
  }

  @Test(arguments: Hostile.all) func markdownCellsStayCells(text: String) throws {
    let table = "| a | b |\n| --- | --- |\n| \(MarkdownText.escape(text)) | x |\n"
    let document = try DocumentReader.read(Array(table.utf8), hints: ReadingHints(fileName: "a.md"))
    let rows = document.blocks.filter { $0.kind == .tableRow }
    try #require(rows.count == 2)
    #expect(rows[1].cells.map { document.visibleText($0) } == [VisibleText.line(text), "x"])
  }

  /// Constructs of Obsidian and GitHub that no CommonMark reader would show.
  @Test(arguments: Hostile.all) func markdownHoldsNothingThatObsidianOrGitHubWouldTurn(text: String) {
    let escaped = MarkdownText.escape(text)
    for construct in ["[[", "%%", "==", "::", "<", ">"] { #expect(!escaped.contains(construct)) }
    #expect(!escaped.replacing("\\://", with: "").contains("://"))
    for mark in ["$", "#", "`", "|", "~", "^", "[", "]", "*", "_"] {
      // "&#37;" is ours.
      let rest = escaped.replacing("&#", with: "").replacing("\\\\", with: "").replacing("\\" + mark, with: "")
      #expect(!rest.contains(mark), "\(mark) in \(escaped)")
    }
  }

  @Test func markdownLeavesPlainProseAlone() {
    let prose = "Northwind Labs (Oslo) spent 3.2 billion, or 12 % of sales: R&D, rent - and \"more\"; it's up +4 % in 2025."
    #expect(MarkdownText.escape(prose) == prose)
  }

  @Test(arguments: Hostile.all) func markupIsTextAndNothingElse(text: String) {
    let escaped = MarkupText.escape(text)
    #expect(!escaped.contains { "<>\"'".contains($0) })
    let back = escaped.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
      "&#39;", with: "'"
    )
    .replacing("&amp;", with: "&")
    #expect(back == VisibleText.line(text))
  }

  @Test(arguments: Hostile.all) func nothingHiddenReachesATerminal(text: String) {
    for scalar in TerminalText.escape(text).unicodeScalars {
      let category = scalar.properties.generalCategory
      #expect(category != .control && category != .lineSeparator && category != .paragraphSeparator)
      #expect(category != .format || scalar == "\u{200C}" || scalar == "\u{200D}")
    }
  }

  @Test func controlsAreShownAndJoinersKept() {
    #expect(VisibleText.line("a\u{1B}[2Jb") == "a␛[2Jb")
    #expect(VisibleText.line("\u{202E}gpj") == "⟨U+202E⟩gpj")
    #expect(VisibleText.line("x\u{9B}y\u{7F}") == "x⟨U+009B⟩y␡")
    #expect(VisibleText.line(" a \r\n\t b\u{2028}c ") == "a b c")
    #expect(VisibleText.line("👩\u{200D}💻") == "👩\u{200D}💻")
    #expect(VisibleText.line("pay\u{200D}pal") == "pay⟨U+200D⟩pal")
    #expect(VisibleText.line("soft\u{AD}ware") == "software")
  }

  @Test(arguments: Hostile.all) func cellsOfASpreadsheetAreNoFormulas(text: String) {
    let field = CSVField.escape(text)
    let inner = field.hasPrefix("\"") ? String(field.dropFirst()) : field
    if let first = inner.first { #expect(!"=+-@".contains(first)) }
    #expect(!field.contains { $0.isNewline })
    if field.contains(",") { #expect(field.hasPrefix("\"") && field.hasSuffix("\"")) }
  }

  @Test(arguments: Hostile.all) func frontMatterReadsBackAsTheTextItself(text: String) throws {
    let source = "---\nkey: \(YAMLScalar.quoted(text))\nnext: \"x\"\n---\n\nbody\n"
    let document = try DocumentReader.read(Array(source.utf8), hints: ReadingHints(fileName: "a.md"))
    #expect(document.frontMatter.map(\.key) == ["key", "next"])
    #expect(document.frontMatter.first?.values == [VisibleText.line(text)])
  }

  private static func paragraphs(_ markdown: String) throws -> [String] {
    let document = try DocumentReader.read(Array((markdown + "\n").utf8), hints: ReadingHints(fileName: "a.md"))
    return document.blocks.map { document.visibleText($0.text) }
  }
}

@Suite struct SafeURLTests {
  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\u{01}javascript:alert(1)", " javascript:alert(1)",
    "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example",
    "ftp://x.example", "blob:x", "", ":", "http",
  ]) func onlyWebAndMailAddressesOfNotesPass(address: String) { #expect(SafeURL(untrusted: address) == nil) }

  @Test func goodAddressesKeepTheirMeaningAndLoseTheirTeeth() {
    #expect(SafeURL(untrusted: "https://a.example/x?y=1&z=%20#f")?.text == "https://a.example/x?y=1&z=%20#f")
    #expect(SafeURL(untrusted: "HTTP://a.example/(x) \"y\"<z>|\\")?.text == "HTTP://a.example/%28x%29%20%22y%22%3Cz%3E%7C%5C")
    #expect(SafeURL(untrusted: "mailto:ada@a.example")?.text == "mailto:ada@a.example")
  }

  @Test func anArticleIsOpenedAtItsSentence() {
    let short = SafeURL(untrusted: "https://a.example/x", quoting: "**Up** 4-5 %, they said.", path: "a.md")
    #expect(short?.text == "https://a.example/x#:~:text=Up%204%2D5%20%25%2C%20they%20said.")
    let long = SafeURL(
      untrusted: "https://a.example/x#part", quoting: "One two three four five six seven eight nine ten eleven.", path: "a.md")
    #expect(long?.text == "https://a.example/x#part:~:text=One%20two%20three%20four,eight%20nine%20ten%20eleven.")
    #expect(SafeURL(untrusted: "javascript:alert(1)", quoting: "x", path: "a.md") == nil)
    #expect(SafeURL(untrusted: "mailto:a@a.example", quoting: "x", path: "a.md") == nil)
  }

  @Test func linksAreToldApartByWhatTheyLeadTo() throws {
    let roots = [EvidenceLinks.Root(label: "a", path: "/x"), EvidenceLinks.Root(label: "b", path: "/y")]
    #expect(EvidenceLinks(roots: roots).identity == "file://{path}#L{line}\u{1F}a\u{1F}/x\u{1F}b\u{1F}/y")
    #expect(try EvidenceLinks(roots: roots, template: "vscode://file{path}:{line}").identity != EvidenceLinks(roots: roots).identity)
  }

  @Test func evidenceLinksEncodeThePathAndNameTheLine() throws {
    let links = EvidenceLinks(roots: [EvidenceLinks.Root(path: "/home/ada/My Notes/")])
    #expect(links.url(path: "a (1)/b#?.md", line: 7)?.text == "file:///home/ada/My%20Notes/a%20%281%29/b%23%3F.md#L7")
    let code = try EvidenceLinks(roots: [EvidenceLinks.Root(path: "/n")], template: "vscode://file{path}:{line}")
    #expect(code.url(path: "x.md", line: 3)?.text == "vscode://file/n/x.md:3")
    let vault = try EvidenceLinks(
      roots: [EvidenceLinks.Root(label: "work", path: "/n/w"), EvidenceLinks.Root(label: "work/old", path: "/n/o")],
      template: "obsidian://adv-uri?vault=W&filepath={relative}&line={line}")
    #expect(vault.url(path: "work/old/x.md", line: 3)?.text == "obsidian://adv-uri?vault=W&filepath=x.md&line=3")
    #expect(vault.url(path: "elsewhere/x.md", line: 3) == nil)
  }

  @Test(arguments: ["javascript:{path}", "{path}", "file://{file}", "file://{path}\"x", "data:{line}"])
  func templatesThatOpenNoFileAreRefused(template: String) {
    #expect(throws: EvidenceLinks.InvalidTemplate.self) { _ = try EvidenceLinks(roots: [], template: template) }
  }
}
