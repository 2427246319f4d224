import Analysis
import Documents
import Foundation
import Testing

@testable import Reporting

@Suite struct FindingsTests {
  private static func findings(_ source: String = text, name: String = "notes/a b.md") throws -> CheckFindings {
    let document = try DocumentReader.read(Array(source.utf8), hints: ReadingHints(fileName: name))
    func place(_ sentence: String) throws -> NoteEvidence {
      let bytes = Array(sentence.utf8)
      let start = try #require(document.source.indices.first { document.source[$0...].starts(with: bytes) })
      return NoteEvidence(
        path: name, evidence: Evidence(span: ByteSpan(start, start + bytes.count), line: document.line(atSource: start), text: sentence))
    }
    let cut = try place("Northwind Labs cut 240 posts."), left = try place("Zoë 🦀 quit, and\nAda Quill left.")
    var findings = CheckFindings(
      version: "0.1.0",
      alerts: [
        Sample.alert("key_departure", Sample.northwind, .critical, "People leave, 2026-Q1", key: "1", facts: [], evidence: [left, cut]),
        Sample.alert("layoff", Sample.northwind, .warning, "Northwind Labs cuts 100 % of, say, two", key: "1", facts: [], evidence: [cut]),
        Sample.alert("gap", Sample.contoso, .info, "Nothing was heard", key: "1", facts: [], evidence: []),
      ],
      contradictions: [
        Contradiction(
          verdict: .conflict, topic: "how many", subject: Sample.northwind,
          sides: [
            Contradiction.Side(fact: "a", place: cut, published: nil, source: []),
            Contradiction.Side(fact: "b", place: left, published: nil, source: []),
          ])
      ], problems: [CheckFindings.Problem(path: "notes/x.md", message: "notes/x.md: not text", isFatal: true)])
    findings.locate(in: document, path: name)
    return findings
  }

  private static let text = "# News\n\nZoë 🦀 quit, and\nAda Quill left. Northwind Labs cut 240 posts.\n"

  private static func log(_ findings: CheckFindings) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(SARIFReport.render(findings))) as? [String: Any])
  }

  /// What the schema of SARIF 2.1.0 requires of each object that we write (§3.13, 3.14, 3.18, 3.19, 3.27, 3.28, 3.29, 3.49).
  @Test func theLogHasWhatSARIFRequires() throws {
    let log = try Self.log(Self.findings())
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "Bellwether")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let ids = rules.compactMap { $0["id"] as? String }
    #expect(ids.count == rules.count && Set(ids).count == ids.count)
    for rule in rules {
      for key in ["shortDescription", "fullDescription", "help"] { #expect((rule[key] as? [String: Any])?["text"] is String) }
      let tags = try #require((rule["properties"] as? [String: Any])?["tags"] as? [String])
      #expect(Set(tags).count == tags.count)
    }
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    let results = try #require(run["results"] as? [[String: Any]])
    // An alert that rests on no sentence has no place to be shown at.
    #expect(results.count == 3)
    for result in results {
      #expect((result["message"] as? [String: Any])?["text"] is String)
      #expect(["none", "note", "warning", "error"].contains(result["level"] as? String))
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(ids[index] == result["ruleId"] as? String)
      #expect((result["partialFingerprints"] as? [String: String])?["bellwether/v1"]?.isEmpty == false)
      for key in ["locations", "relatedLocations"] {
        for location in result[key] as? [[String: Any]] ?? [] {
          let physical = try #require(location["physicalLocation"] as? [String: Any])
          let artifact = try #require(physical["artifactLocation"] as? [String: Any])
          #expect(artifact["uri"] as? String == "notes/a%20b.md")
          let region = try #require(physical["region"] as? [String: Any])
          let line = try #require(region["startLine"] as? Int), endLine = try #require(region["endLine"] as? Int)
          #expect(line >= 1 && endLine >= line)
          #expect(try #require(region["startColumn"] as? Int) >= 1)
          #expect((region["snippet"] as? [String: Any])?["text"] is String)
        }
      }
    }
  }

  @Test(arguments: Hostile.strings) func noTextLeavesItsPlaceInTheLog(text: String) throws {
    let place = NoteEvidence(path: "notes/\(text).md", evidence: Evidence(span: ByteSpan(0, text.utf8.count), line: 1, text: text))
    let findings = CheckFindings(
      version: "0.1.0",
      alerts: [
        Sample.alert("layoff", EntityRef(id: text, name: text), .warning, text, key: text, facts: [], evidence: [place, place])
      ], contradictions: [], problems: [CheckFindings.Problem(path: text, message: text, isFatal: false)])
    let log = try Self.log(findings)
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let result = try #require((run["results"] as? [[String: Any]])?.first)
    let message = try #require((result["message"] as? [String: Any])?["text"] as? String)
    #expect(message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    let location = try #require((result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    let address = try #require((location["artifactLocation"] as? [String: Any])?["uri"] as? String)
    #expect(address.utf8.allSatisfy { (0x21..<0x7F).contains($0) && !"<>\"{}|\\^`".utf8.contains($0) })
    // The sentence itself is exact, or it would be found nowhere. (Foundation's reader drops a byte order mark.)
    #expect(
      ((location["region"] as? [String: Any])?["snippet"] as? [String: Any])?["text"] as? String == text.replacing("\u{FEFF}", with: ""))
  }

  @Test func aFindingStandsAtItsSentenceInTheColumnsOfAnEditor() throws {
    let findings = try Self.findings()
    let regions = findings.results.map { findings.region(of: $0.places[0]) }
    // A crab counts twice, as it does in UTF-16.
    #expect(regions[0] == CheckFindings.Region(line: 3, column: 1, endLine: 4, endColumn: 16))
    #expect(regions[1] == CheckFindings.Region(line: 4, column: 17, endLine: 4, endColumn: 46))
  }

  @Test func aConvertedDocumentKeepsItsLineAlone() throws {
    var findings = try Self.findings()
    let page = try DocumentReader.read(Array("<p>Northwind Labs cut 240 posts.</p>".utf8), hints: ReadingHints(fileName: "a.html"))
    findings = CheckFindings(version: "1", alerts: findings.alerts, contradictions: [])
    findings.locate(in: page, path: "notes/a b.md")
    #expect(findings.region(of: findings.results[0].places[0]) == CheckFindings.Region(line: 3))
  }

  @Test func theFingerprintStaysWhenTheNoteIsEditedAroundIt() throws {
    func prints(_ source: String) throws -> [String] { try Self.findings(source).results.map(\.fingerprint) }
    #expect(try prints(Self.text) == prints("# More\n\nA new first paragraph.\n\n" + Self.text))
  }

  @Test func anAbsolutePathIsAFileAddress() throws {
    let log = String(decoding: SARIFReport.render(try Self.findings(name: "/home/ada/a b.md")), as: UTF8.self)
    #expect(log.contains("\"uri\":\"file:///home/ada/a%20b.md\"}"))
    #expect(!log.contains("uriBaseId\":\"SRCROOT\"},\"region"))
  }

  @Test func workflowCommandsNameFileLineAndColumn() throws {
    let out = String(decoding: WorkflowCommands.render(try Self.findings()), as: UTF8.self)
    #expect(
      out == """
        ::error file=notes/x.md::notes/x.md: not text
        ::error file=notes/a b.md,line=3,endLine=4,title=Critical · sample.key_departure::People leave, Q1 2026 (with notes/a b.md:4)
        ::warning file=notes/a b.md,line=4,endLine=4,col=17,endColumn=46,title=Warning · sample.layoff::Northwind Labs cuts 100 %25 of, say, two
        ::warning file=notes/a b.md,line=4,endLine=4,col=17,endColumn=46,title=Warning · contradictions.conflict::Northwind Labs: how many. Two statements that cannot both be true. (with notes/a b.md:3)

        """)
  }
}
