import Testing

@testable import Documents

/// Who published a note, and when, by the lines under its title.
@Suite struct DatelineTests {
  private func read(_ text: String) throws -> Document {
    try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "note.md"))
  }

  struct Head: CustomStringConvertible {
    var lines: String
    var byline: String?
    var publisher: String?
    var date: String? = "2026-02-24"
    var description: String { lines }
  }

  @Test(arguments: [
    Head(lines: "Harbour & Rail Weekly, 24 February 2026", publisher: "Harbour & Rail Weekly"),
    Head(lines: "*The Wren Gazette*, February 24, 2026", publisher: "The Wren Gazette"),
    Head(lines: "Ada Quill | 24 February 2026", byline: "Ada Quill"),
    Head(lines: "By Ada Quill and Ben Ortiz\n24 February 2026", byline: "Ada Quill and Ben Ortiz"),
    Head(lines: "By Ada Quill, Wren Gazette | 24 February 2026", byline: "Ada Quill", publisher: "Wren Gazette"),
    Head(lines: "Ada Quill · Contoso Insight · Feb 24, 2026 · 5 min read", byline: "Ada Quill", publisher: "Contoso Insight"),
    Head(lines: "Words: Ada Quill\n\n24 February 2026", byline: "Ada Quill"),
    Head(lines: "Ada Quill\n\n24 February 2026", byline: "Ada Quill"),
    Head(lines: "Published in Harbour Letters on 24 February 2026", publisher: "Harbour Letters"),
    Head(lines: "Source: Wren Gazette\nDate: 24 February 2026", publisher: "Wren Gazette"),
    Head(
      lines: "- **Author:** Ada Quill\n- **Source:** https://www.wren.example/a/b\n- **Published:** 2026-02-24", byline: "Ada Quill",
      publisher: "wren.example"),
    Head(
      lines: "From: Harbour Letters <desk@harbour.example>\nDate: Tue, 24 Feb 2026 07:00:00 +0000\nSubject: The plan",
      publisher: "Harbour Letters"),
    Head(lines: "wren.example | 24 February 2026", publisher: "wren.example"),
    Head(lines: "Oslo, 24 February 2026"), Head(lines: "Press Release | 24 February 2026"),
  ])
  func `The lines under a title say who and when`(_ head: Head) throws {
    let document = try read("# The plan for the plant\n\n\(head.lines)\n\nNorthwind closed its plant in May, and nobody said why.\n")
    #expect(document.byline == head.byline)
    #expect(document.publisher == head.publisher)
    #expect(document.published?.description == head.date)
    #expect(document.publishedFrom == .dateline)
  }

  @Test(arguments: [
    "Northwind News said on 24 February 2026 that it had closed its plant.", "The report of 24 February 2026 names no one.",
    "Source code for the plan was lost, and nobody knows where it went.",
    "By Monday, 24 February 2026, all of them had left the plant in Oslo.",
  ])
  func `Prose under a title is no dateline`(_ line: String) throws {
    let document = try read("# The plan\n\n\(line)\n\nMore of it follows here.\n")
    #expect(document.published == nil)
    #expect(document.publisher == nil)
  }

  @Test(arguments: [
    ("5. heinäkuuta 2025", "2025-07-05"), ("2025. július 5.", "2025-07-05"), ("5 липня 2025", "2025-07-05"), ("5 Şubat 2025", "2025-02-05"),
    ("2025년 7월 5일", "2025-07-05"), ("5 Ιουλίου 2025", "2025-07-05"), ("5 يوليو 2025", "2025-07-05"), ("2025-Jul-05", "2025-07-05"),
    ("5 Juli 2025", "2025-07-05"), ("5 de juliol de 2025", "2025-07-05"),
  ])
  func `Months have names in many languages`(text: String, date: String) { #expect(DateFinder.parse(text)?.description == date) }
}
