import Foundation
import TestSupport
import Testing

/// What the daemon writes, read back against the notes.
@Suite struct OutputTests {
  @Test func `every evidence span in everything written equals the bytes on disk`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try copyExamples(to: daemon.notes)
      try daemon.start(["--no-baseline"])
      try daemon.settle()
      var lines = try daemon.alertLog()
      for verb in [["facts", "--json"], ["alerts", "list", "--json"], ["contradictions", "--json"], ["digest", "build", "--json"]] {
        let result = try daemon.verb(verb)
        #expect(result.status == 0)
        for line in result.output.split(separator: "\n") {
          lines.append(try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
        }
      }
      var checked = 0
      for line in lines { checked += try check(line, notes: daemon.notes, path: nil, isConverted: false) }
      #expect(checked > 50)
      daemon.stop()
    }
  }

  @Test func `a digest is byte-identical when it is built again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try copyExamples(to: daemon.notes)
      try daemon.settle()
      let path = String(try daemon.verb(["digest", "build"]).output.dropLast())
      let files = ["md", "html", "json"].map { path.replacing(".md", with: ".\($0)") }
      let first = try files.map { try TestFile.bytes($0) }
      _ = try daemon.verb(["digest", "build"])
      #expect(try files.map { try TestFile.bytes($0) } == first)
      daemon.stop()
      // Without the daemon, from the database alone.
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      #expect(try files.map { try TestFile.bytes($0) } == first)
      #expect(try daemon.verb(["digest", "show"]).output.contains("Northwind Labs"))
    }
  }

  @Test func `the first scan is a baseline: recorded, listed in the digest, notified to nobody`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      let once = try daemon.verb(["run", "--once"])
      #expect(once.status == 0, "\(once.errors)")
      #expect(daemon.alertFiles.isEmpty)
      #expect(try daemon.alertLog().isEmpty)
      #expect(try daemon.verb(["alerts", "list", "--state", "baseline"]).output.contains("Northwind Labs"))
      #expect(try TestFile.text("\(daemon.output)/digests/latest.md").contains("Northwind Labs laid off 240 people"))
      // What comes after is news.
      try daemon.drop("dropped.md", Notes.abandonment)
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      #expect(try daemon.alertLog().map { $0["category"] as? String } == ["abandonment"])
    }
  }

  @Test func `with --no-baseline the first scan is news`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      #expect(try daemon.verb(["run", "--once", "--no-baseline"]).status == 0)
      #expect(daemon.alertFiles.count == 1)
    }
  }

  @Test func `the notes are never changed`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try copyExamples(to: daemon.notes)
      let before = try snapshot(daemon.notes)
      try daemon.start()
      try daemon.settle()
      _ = try daemon.verb(["digest", "build"])
      daemon.stop()
      #expect(try snapshot(daemon.notes) == before)
    }
  }

  @Test func `an output folder inside the notes is not read`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let text = try TestFile.text(daemon.configuration)
      try TestFile.write(text.replacing("output: \(daemon.output)", with: "output: \(daemon.notes)/Bellwether"), to: daemon.configuration)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      _ = try daemon.verb(["digest", "build"])
      try daemon.settle()
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"documents\":1,"))
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      daemon.stop()
    }
  }

  @Test func `search finds words and survives signs`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(try daemon.verb(["search", "laid", "off"]).output.contains("layoff.md (2026-02-20)"))
      #expect(try daemon.verb(["search", "\"AND( don't-"]).status == 0)
      #expect(try daemon.verb(["search", "unicorn"]).output.contains("nothing found"))
      daemon.stop()
    }
  }

  // MARK: -

  private func copyExamples(to folder: String) throws {
    try FileManager.default.removeItem(atPath: folder)
    try FileManager.default.copyItem(atPath: "\(Command.root)/Examples/notes", toPath: folder)
  }

  /// Walks a record and compares every object that has start, end and text.
  private func check(_ value: Any, notes: String, path: String?, isConverted: Bool) throws -> Int {
    var count = 0
    if let object = value as? [String: Any] {
      let here = object["path"] as? String ?? path
      let converted = object["converted"] as? Bool ?? isConverted
      if let start = object["start"] as? Int, let end = object["end"] as? Int, let text = object["text"] as? String, let here,
        !converted, !here.hasSuffix(".html")
      {
        let bytes = try TestFile.bytes("\(notes)/\(here)")
        #expect(String(decoding: bytes[start..<end], as: UTF8.self) == text, "\(here):\(start)")
        count += 1
      }
      for child in object.values { count += try check(child, notes: notes, path: here, isConverted: converted) }
    } else if let list = value as? [Any] {
      for child in list { count += try check(child, notes: notes, path: path, isConverted: isConverted) }
    }
    return count
  }

  private func snapshot(_ folder: String) throws -> [String: String] {
    var out: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      out[name] = "\(attributes[.systemFileNumber] ?? "") \(attributes[.modificationDate] ?? "") \(attributes[.size] ?? "")"
    }
    return out
  }
}
