import Testing

@testable import Documents

@Suite struct MarkdownReadingTests {
  private func read(_ text: String, name: String = "note.md") throws -> Document {
    try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: name))
  }

  private func texts(_ document: Document) -> [String] { document.blocks.map { document.visibleText($0.text) } }

  @Test func `Blocks know their kind, level and heading`() throws {
    let document = try read("# Top\n\nIntro.\n\n## Part\n\n- one\n  - two\n\n> said\n\n### Deep\n\nText.\n\n## Next\n\nLast.\n")
    #expect(texts(document) == ["Top", "Intro.", "Part", "one", "two", "said", "Deep", "Text.", "Next", "Last."])
    #expect(
      document.blocks.map(\.kind) == [
        .heading, .paragraph, .heading, .listItem, .listItem, .quotation, .heading, .paragraph, .heading, .paragraph,
      ])
    #expect(document.blocks.map(\.level) == [1, 0, 2, 1, 2, 1, 3, 0, 2, 0])
    #expect(document.blocks.map(\.heading) == [nil, 0, 0, 2, 2, 2, 2, 6, 0, 8])
  }

  @Test func `Table rows have cells and a header`() throws {
    let document = try read("| Name | Seats |\n|---|---|\n| Ada | 12 |\n| Bo | |\n")
    #expect(document.blocks.map { $0.cells.map(document.visibleText) } == [["Name", "Seats"], ["Ada", "12"], ["Bo", ""]])
    #expect(document.blocks.map(\.headerRow) == [nil, 0, 0])
    #expect(document.blocks.allSatisfy { $0.role == .table })
  }

  @Test func `Quotations name their speaker`() throws {
    let document = try read(
      "> **Ada Quill**: We ship in May.\n>\n> And then we rest.\n\n> Bo van Lind: No.\n\n> All is well.\n> — Cy Marsh, Northwind\n\n> Note: no speaker here.\n"
    )
    #expect(document.blocks.map { $0.speaker.map(document.visibleText) } == ["Ada Quill", "Ada Quill", "Bo van Lind", "Cy Marsh", nil])
    #expect(document.blocks.allSatisfy { $0.role == .quotation })
  }

  @Test func `Footnotes are text of their own, and references to them are none`() throws {
    let document = try read("Sales fell.[^1] Costs rose.\n\n[^1]: Word\n\nThe end.\n")
    #expect(texts(document) == ["Sales fell. Costs rose.", "Word", "The end."])
  }

  @Test func `A footnote's word is not lost as a link definition, and its label is not text`() throws {
    let document = try read("A.[^n]\n\n[^n]: Northwind\n    and more.\n")
    #expect(texts(document) == ["A.", "Northwind\nand more."])
  }

  @Test func `A footnote that finds its place in an HTML block is read there`() throws {
    let document = try read("A.[^n]\n\n[^n]: Northwind.\n\n<div>raw <b>text</b></div>\n")
    #expect(texts(document) == ["A.", "Northwind.", "raw text"])
  }

  @Test func `HTML blocks keep their text and lose their tags`() throws {
    let document = try read("<div>\n<p>Contoso &amp; Sons <b>grew</b>.</p>\n<script>x()</script>\n<!-- no -->\n</div>\n\nDone.\n")
    #expect(texts(document) == ["Contoso & Sons grew.", "Done."])
    let span = document.blocks[0].source
    #expect(document.sourceText(span) == "Contoso &amp; Sons <b>grew</b>.")
  }

  @Test func `Code is set aside`() throws {
    let document = try read("Text.\n\n```\nlet a = 1\n  let b\n```\n")
    #expect(document.blocks.map(\.role) == [.body, .code])
    #expect(texts(document)[1] == "let a = 1\n  let b")
  }

  @Test func `A picture's name is a caption on a line of its own, and nothing inside a sentence`() throws {
    let document = try read("![The new plant](a.png)\n\nWe ![icon](i.png) ship.\n\n![image](b.png)\n")
    #expect(texts(document) == ["The new plant", "We  ship.", "image"])
    #expect(document.blocks.map(\.role) == [.caption, .body, .boilerplate])
  }

  @Test func `A hard break begins a new block unless the sentence goes on`() throws {
    let document = try read("Founded: 2013  \nSeat: Oslo  \nand Bergen\n")
    #expect(texts(document) == ["Founded: 2013", "Seat: Oslo\nand Bergen"])
  }

  @Test func `Line ends make no difference to text and lines`() throws {
    let text = "# Title\n\nOne line\nand two.\n\n- item\n"
    let plain = try read(text)
    for end in ["\r\n", "\r"] {
      let other = try read(text.replacing("\n", with: end))
      #expect(other.text == plain.text)
      #expect(other.blocks.map { other.line(atSource: $0.source.start) } == plain.blocks.map { plain.line(atSource: $0.source.start) })
    }
  }

  @Test func `A text file that carries Markdown is read as Markdown`() throws {
    #expect(try read("# Title\n\nSome **bold** text.\n", name: "a.txt").format == .markdown)
    #expect(try read("Just text.\n\n* a star in it\n", name: "a.txt").format == .plainText)
  }

  @Test func `Plain text has paragraphs between blank lines and keeps its bytes`() throws {
    let document = try read("Northwind slips again\n\nThe release moved\nto May.\n\nNo reason was given.\n", name: "a.txt")
    #expect(texts(document) == ["Northwind slips again", "The release moved\nto May.", "No reason was given."])
    #expect(document.blocks.map(\.kind) == [.heading, .paragraph, .paragraph])
  }

  @Test(arguments: [
    String(repeating: "[", count: 60_000), String(repeating: "> ", count: 5_000) + "a", String(repeating: "[x]: y\n", count: 20_000),
    String(repeating: "- ", count: 3_000) + "a", String(repeating: "*_", count: 120_000), String(repeating: "a <![CDATA[", count: 50_000),
  ])
  func `Hostile shapes are read as plain text, and said to be`(_ text: String) throws {
    let document = try read(text)
    #expect(document.issues.contains { $0.message.contains("plain text") })
    #expect(!document.blocks.isEmpty)
  }

  @Test func `Truncated documents are read`() throws {
    for example in MarkdownExamples.all {
      let bytes = Array(example.utf8)
      for end in stride(from: 0, to: bytes.count, by: 3) {
        ExactSpanTests.checkInvariants(try DocumentReader.read(Array(bytes[..<end]), hints: ReadingHints(fileName: "n.md")))
      }
    }
  }
}
