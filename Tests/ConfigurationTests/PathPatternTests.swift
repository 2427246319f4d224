import Documents
import Testing

@testable import Configuration

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("clip.md", "clip.md", true), ("clip.md", "inbox/clip.md", true), ("clip.md", "inbox/paperclip.md", false),
    ("inbox/*.md", "inbox/a.md", true), ("inbox/*.md", "inbox/sub/a.md", false), ("inbox/**", "inbox/sub/a.md", true),
    ("inbox/**/a.md", "inbox/a.md", true), ("inbox/**/a.md", "inbox/x/y/a.md", true), ("inbox/**/a.md", "inbox/xa.md", false),
    ("/srv/notes/a.md", "/srv/notes/a.md", true), ("/notes/a.md", "/srv/notes/a.md", false), ("?.md", "a.md", true),
    ("?.md", "ab.md", false),
    ("caf\u{E9}-*.md", "caf\u{E9}-1.md", true),
  ])
  func `matches where the path ends in it`(_ pattern: String, _ path: String, _ expected: Bool) throws {
    #expect(try #require(PathPattern(pattern)).matches(path) == expected)
  }

  @Test func `reads the date out of a path`() throws {
    let daily = try #require(PathPattern("ledger/{date}-*.md"))
    #expect(daily.captures(in: "clips/ledger/2024-05-03-cuts.md") == ["year": 2024, "month": 5, "day": 3])
    #expect(daily.captures(in: "clips/ledger/24-05-03-cuts.md") == nil)
    let monthly = try #require(PathPattern("{year}/{month}/*.md"))
    #expect(monthly.captures(in: "2024/05/a.md") == ["year": 2024, "month": 5])
    #expect(daily.hasDate && monthly.hasDate)
    #expect(PathPattern("a/*.md")?.hasDate == false)
    #expect(PathPattern("{dat}/a") == nil)
    #expect(PathPattern("{date") == nil)
  }

  @Test func `many stars take no longer than a few`() throws {
    let pattern = try #require(PathPattern(String(repeating: "*a", count: 40) + "b"))
    #expect(!pattern.matches(String(repeating: "a", count: 4000)))
  }
}

@Suite struct CorrectionsFileTests {
  @Test func `reads notes and facts`() throws {
    let text = """
      notes:
        - {path: "inbox/*.md", published: 2024-05, publisher: The Harbour Ledger}
      facts:
        - {kind: layoff, subject: northwind, text: Northwind laid off 600 people., reason: another company}
      """
    let corrections = try Corrections(yaml: text, file: "c.yaml")
    #expect(corrections.notes.first?.published?.description == "2024-05")
    #expect(corrections.facts.first?.subject == ["northwind"])
    #expect(try Corrections(yaml: "", file: "c.yaml") == Corrections())
  }

  @Test func `says everything that is wrong, with its place`() {
    let text = """
      notes:
        - {path: a.md}
        - {published: 2024-05-03}
        - {path: a.md, published: yesterday}
        - {path: "{when}.md", publisher: x}
      facts:
        - {kind: layoff, colour: red}
      """
    do throws(ConfigurationError) {
      _ = try Corrections(yaml: text, file: "c.yaml")
      Issue.record("accepted")
    } catch {
      let words = error.description
      for place in ["c.yaml:2:5", "c.yaml:3:5", "c.yaml:4:", "c.yaml:5:", "c.yaml:7:"] { #expect(words.contains(place), "\(words)") }
      #expect(words.contains("'published' or 'publisher'") && words.contains("unknown key 'colour'"))
    }
  }

  @Test func `a broken filter is left out alone`() {
    let text = """
      filters:
        - {rule: people.layoffs, subject: [northwind], path: ["inbox/**"], reason: known, expires: 2026-06-30}
        - {rule: people.layoffs, reason: x, expires: soon}
        - {rule: "people.*", text: seasonal, reason: every spring}
      """
    let (filters, problems) = LocalFilter.all(yaml: text, file: "/etc/bellwether/filters/mine.yaml")
    #expect(filters.map(\.id) == ["mine.yaml:2", "mine.yaml:4"])
    #expect(problems.map(\.line) == [3])
    #expect(filters[1].covers("people.layoff") && !filters[1].covers("peoples.x") && !filters[0].covers("people.layoff"))
    #expect(filters[0].isInForce(on: .init(year: 2026, month: 6, day: 30)))
    #expect(!filters[0].isInForce(on: .init(year: 2026, month: 7, day: 1)))
  }
}
