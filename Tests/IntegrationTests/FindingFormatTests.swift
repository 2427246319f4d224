import Foundation
import TestSupport
import Testing

/// `check` for editors and build services.
@Suite struct FindingFormatTests {
  @Test func `check --format sarif is one log whose regions hold the quoted bytes`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("entities: [\(Command.root)/Examples/entities.yaml]\n", to: "\(folder)/bellwether.yaml")
      let notes = "\(Command.root)/Examples/notes"
      let result = try Command.run(["check", "--config", "\(folder)/bellwether.yaml", "--format", "sarif", "--fail-on", "warning", notes])
      #expect(result.status == 1)
      let log = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let run = try #require((log["runs"] as? [[String: Any]])?.first)
      let results = try #require(run["results"] as? [[String: Any]])
      #expect(results.count > 5)
      var checked = 0
      for location in results.flatMap({ ($0["locations"] as? [[String: Any]] ?? []) + ($0["relatedLocations"] as? [[String: Any]] ?? []) })
      {
        let physical = try #require(location["physicalLocation"] as? [String: Any])
        let address = try #require((physical["artifactLocation"] as? [String: Any])?["uri"] as? String)
        let path = try #require(address.removingPercentEncoding).replacing("file://", with: "")
        let region = try #require(physical["region"] as? [String: Any])
        guard let column = region["startColumn"] as? Int, let line = region["startLine"] as? Int else {
          #expect(path.hasSuffix(".html"))
          continue
        }
        let text = try #require((region["snippet"] as? [String: Any])?["text"] as? String)
        let lines = try TestFile.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        let rest = Array(lines[line - 1].utf16.dropFirst(column - 1))
        #expect(String(decoding: rest, as: UTF16.self).hasPrefix(text.prefix { $0 != "\n" }), "\(path):\(line):\(column)")
        checked += 1
      }
      #expect(checked > 10)
    }
  }

  @Test func `check --format github annotates lines, and names what it could not read`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write("entities: [\(Command.root)/Examples/entities.yaml]\n", to: "\(folder)/bellwether.yaml")
      try TestFile.write(Notes.layoff, to: "\(folder)/layoff, one.md")
      try TestFile.write([0x61, 0], to: "\(folder)/binary.md")
      let result = try Command.run(["check", "--config", "\(folder)/bellwether.yaml", "--format", "github", folder])
      #expect(result.status == 2)
      let lines = result.output.split(separator: "\n")
      #expect(lines.contains { $0.hasPrefix("::error file=\(folder)/binary.md::") && $0.contains("not text") })
      #expect(
        lines.contains { $0.hasPrefix("::warning file=\(folder)/layoff%2C one.md,line=9,") && $0.contains("Northwind Labs cuts jobs") })
    }
  }

  @Test func `an unknown format is a usage error that lists the known ones`() throws {
    let result = try Command.run(["check", "--format", "xml", "/dev/null"])
    #expect(result.status == 64)
    #expect(result.errors.contains("sarif") && result.errors.contains("github"))
  }
}
