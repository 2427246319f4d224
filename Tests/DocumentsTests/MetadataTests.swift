import Testing

@testable import Documents

@Suite struct MetadataTests {
  private func read(_ text: String, name: String = "note.md", hints: (inout ReadingHints) -> Void = { _ in }) throws -> Document {
    var given = ReadingHints(fileName: name)
    hints(&given)
    return try DocumentReader.read(Array(text.utf8), hints: given)
  }

  @Test func `Front matter gives title, byline, publisher and date`() throws {
    let document = try read(
      "---\ntitle: \"The Plan\"\nauthors: [Ada Quill, Bo Lind]\nsource: https://www.contoso.example/a\ndate: 2025-07-23T10:00:00Z\ntags:\n  - a\n  - b\n---\n\nText.\n"
    )
    #expect(document.title == "The Plan")
    #expect(document.byline == "Ada Quill, Bo Lind")
    #expect(document.publisher == "contoso.example")
    #expect(document.published?.description == "2025-07-23")
    #expect(document.publishedFrom == .frontMatter)
    #expect(document.frontMatter.first { $0.key == "tags" } == FrontMatterEntry(key: "tags", values: ["a", "b"], line: 6))
    #expect(document.text == Array("Text.\n".utf8))
  }

  @Test(arguments: [
    "createdAt: \"Wed Jul 23 2025 00:00:00 (MST)\"", "slug: changelog/2025-07-23-the-plan", "permalink: /2025/07/23/the-plan/",
    "date created: 2025-07-23", "publishDate: 2025-07-23",
  ])
  func `Front matter dates a note under many names`(_ line: String) throws {
    let document = try read("---\ntitle: The plan\n\(line)\n---\n\nText.\n")
    #expect(document.published?.description == "2025-07-23")
    #expect(document.publishedFrom == .frontMatter)
  }

  @Test func `Broken front matter is an issue with its line, and the text is read`() throws {
    let document = try read("---\ntitle: a\nbad: [1, 2\nx: y\n---\n\nText.\n")
    #expect(document.issues.count == 1)
    #expect(document.issues[0].message.contains("line "))
    #expect(document.text == Array("Text.\n".utf8))
  }

  @Test(arguments: [
    "a: &x [1,1]\nb: [*x,*x]", "a: " + String(repeating: "[", count: 5_000),
    "a:\n" + (1...60).map { String(repeating: " ", count: $0) + "k:\n" }.joined(),
    "a: [" + String(repeating: "1,", count: 20_000) + "1]", "a: " + String(repeating: "x", count: 70_000),
    String(repeating: "- ", count: 2_000) + "a: b",
  ])
  func `Hostile front matter is refused`(_ yaml: String) throws {
    let document = try read("---\nkey: value\n\(yaml)\n---\n\nText.\n")
    #expect(document.issues.count == 1)
    #expect(document.frontMatter.isEmpty)
    #expect(document.text == Array("Text.\n".utf8))
  }

  @Test func `A rule at the start of a note is no front matter`() throws {
    let document = try read("---\n\nFirst part of it.\n\n---\n\nSecond part.\n")
    #expect(document.frontMatter.isEmpty)
    #expect(document.blocks.count == 2)
  }

  @Test func `Simple TOML front matter is read, and no text`() throws {
    let toml = try read(
      "+++\n# a remark\ntitle = \"The plan\"\ndate= 2025-07-23 01:01:01\nauthors = [\"Ada Quill\", \"Bo Lind\"]\n[extra]\ntitle = \"no\"\n+++\n\nText.\n"
    )
    #expect(toml.title == "The plan")
    #expect(toml.byline == "Ada Quill, Bo Lind")
    #expect(toml.published?.description == "2025-07-23")
  }

  @Test func `A journal of one month is known to the month, of several to no date`() throws {
    #expect(try read("## 2025-07-01\n\n- a\n\n## 2025-07-08\n\n- b\n").published?.description == "2025-07")
    #expect(try read("## 2025-07-01\n\n- a\n\n## 2025-08-08\n\n- b\n").published == nil)
  }

  @Test func `Front matter between plus signs is no text`() throws {
    #expect(try read("+++\ntitle = \"x\"\n+++\n\nText.\n").text == Array("Text.\n".utf8))
  }

  @Test(arguments: [
    ("# Title\n\n07/23 2025 535\n\nBody text.\n", "2025-07-23"), ("# Title\n\nJuly 23, 2025\n\nBody.\n", "2025-07-23"),
    ("# Title\n\nBy Ada Quill | 23 July 2025\n\nBody.\n", "2025-07-23"),
    ("# Title\n\nPublished: 2025-07-23 10:15 AM EST\n\nBody.\n", "2025-07-23"),
    ("# Title\n\nUpdated Wednesday, July 23rd, 2025\n\nBody.\n", "2025-07-23"),
    ("# Title\n\nJul 23, 2025 · 5 min read\n\nBody.\n", "2025-07-23"),
    ("OSLO, July 23, 2025 (Northwind Wire) — The plan holds.\n", "2025-07-23"), ("# Minutes of 23 July 2025\n\nBody.\n", "2025-07-23"),
    ("# Title\n\n*23. Juli 2025*\n\nBody.\n", "2025-07-23"), ("# Title\n\nJuly 2025\n\nBody.\n", "2025-07"),
  ])
  func `Datelines near the top are read`(text: String, date: String) throws {
    let document = try read(text)
    #expect(document.published?.description == date)
    #expect(document.publishedFrom == .dateline)
  }

  @Test(arguments: [
    "# Title\n\nOn July 23, 2025, Northwind said that it would close its plant in Oslo.\n",
    "The plan of July 23, 2025 was never carried out by anyone there.\n",
    "# Title\n\nVersion 7.23.2025 is out and everyone is happy with it.\n", "# Title\n\nCall 2025-07-2 now.\n", "# 1.2.2099999\n",
  ])
  func `A date in running prose is no publication date`(_ text: String) throws {
    #expect(try read(text).published == nil)
  }

  @Test func `A byline and a date share a line`() throws {
    #expect(try read("# Title\n\nBy Ada Quill and Bo Lind | July 23, 2025\n\nBody.\n").byline == "Ada Quill and Bo Lind")
  }

  @Test(arguments: [
    ("2025-07-23-the-plan.md", "2025-07-23", "the plan"), ("20250723 plan.md", "2025-07-23", "plan"),
    ("2025-07 review.md", "2025-07", "review"),
  ])
  func `File names carry dates and titles`(name: String, date: String, title: String) throws {
    let document = try read("Text without a heading, which goes on for a while and ends.\n", name: name)
    #expect(document.published?.description == date)
    #expect(document.publishedFrom == .fileName)
    #expect(document.title == title)
  }

  @Test func `A correction wins`() throws {
    let document = try read("---\ndate: 2025-01-01\nsource: X\n---\nText.\n") {
      $0.published = DateRange(year: 2024, month: 5)
      $0.publisher = "Northwind Post"
    }
    #expect(document.published?.description == "2024-05")
    #expect(document.publishedFrom == .correction)
    #expect(document.publisher == "Northwind Post")
  }

  @Test(arguments: [
    ("2025-07-23", "2025-07-23"), ("Wed, 23 Jul 2025 10:00:00 GMT", "2025-07-23"), ("23.07.2025", "2025-07-23"), ("2025/7/3", "2025-07-03"),
    ("July 23rd 2025", "2025-07-23"), ("23 de julio de 2025", "2025-07-23"), ("2025年7月23日", "2025-07-23"), ("20250723", "2025-07-23"),
    ("2025", "2025"),
    ("2025-07", "2025-07"), ("1753264800", "2025-07-23"),
  ])
  func `Dates are read as people write them`(text: String, date: String) { #expect(DateFinder.parse(text)?.description == date) }

  @Test(arguments: ["", "soon", "31.02.2025", "1889-01-01", "12345", "2025-13-01"])
  func `What is no date is none`(text: String) { #expect(DateFinder.parse(text) == nil) }
}
