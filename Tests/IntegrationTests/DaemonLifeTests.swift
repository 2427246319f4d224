import Foundation
import Glibc
import Storage
import TestSupport
import Testing

/// The real binary on real files: what happens to a note from the moment it is dropped.
@Suite struct DaemonLifeTests {
  @Test func `a dropped note becomes an alert file whose quotation stands in the note`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      let log = try daemon.alertLog()
      #expect(log.count == 1)
      let evidence = try #require((log[0]["evidence"] as? [[String: Any]])?.first)
      let note = try TestFile.bytes("\(daemon.notes)/layoff.md")
      let start = try #require(evidence["start"] as? Int)
      let end = try #require(evidence["end"] as? Int)
      #expect(String(decoding: note[start..<end], as: UTF8.self) == evidence["text"] as? String)
      #expect(try TestFile.text("\(daemon.output)/alerts/\(daemon.alertFiles[0])").contains("layoff.md:9"))
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `an edit that takes the statement back withdraws the alert, and says so once`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      try daemon.drop("layoff.md", Notes.nothing)
      try daemon.settle()
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open", "withdrawn"])
      #expect(try TestFile.text("\(daemon.output)/alerts/\(daemon.alertFiles[0])").contains("state: withdrawn"))
      #expect(try daemon.verb(["facts"]).output == "no facts\n")
    }
  }

  @Test func `a deleted note withdraws what rested on it`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      unlink("\(daemon.notes)/layoff.md")
      try daemon.settle()
      #expect(try daemon.alertLog().last?["state"] as? String == "withdrawn")
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
    }
  }

  @Test func `with on_removal keep a deleted note leaves its facts`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let text = try TestFile.text(daemon.configuration)
      try TestFile.write(
        text.replacing("[{path: \(daemon.notes)}]", with: "[{path: \(daemon.notes), on_removal: keep}]"), to: daemon.configuration)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      unlink("\(daemon.notes)/layoff.md")
      try daemon.settle()
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open"])
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
    }
  }

  @Test func `a renamed note, or one whose folder is renamed, keeps its alert`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      mkdir("\(daemon.notes)/a", 0o755)
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/a/layoff.md")
      try daemon.settle()
      rename("\(daemon.notes)/a/layoff.md", "\(daemon.notes)/a/cuts.md")
      try daemon.settle()
      rename("\(daemon.notes)/a", "\(daemon.notes)/b")
      try daemon.settle()
      #expect(try daemon.alertLog().map { $0["what"] as? String } == ["raised"])
      #expect(try daemon.verb(["alerts", "show", try #require(daemon.alertLog()[0]["id"] as? String)]).output.contains("b/cuts.md:9"))
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
    }
  }

  @Test func `after a restart nothing is read again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      for index in 0..<20 { try daemon.drop("note\(index).md", Notes.nothing + "Note \(index).\n") }
      try daemon.settle()
      #expect(daemon.stop() == 0)
      let before = try Store(reading: "\(daemon.state)/bellwether.sqlite").lastChange()
      try daemon.start()
      try daemon.settle()
      #expect(daemon.stop() == 0)
      let store = try Store(reading: "\(daemon.state)/bellwether.sqlite")
      #expect(try store.revisions(after: before, upTo: .max).isEmpty)
      #expect(try store.counts().documents == 20)
    }
  }

  @Test func `what changed while it was off is found at the start`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.drop("rain.md", Notes.nothing)
      try daemon.settle()
      daemon.stop()
      unlink("\(daemon.notes)/layoff.md")
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      let states = Dictionary(grouping: try daemon.alertLog()) { $0["category"] as? String }.mapValues { $0.last?["state"] as? String }
      #expect(states == ["layoff": "withdrawn", "abandonment": "open"])
    }
  }

  @Test(arguments: [1, 3, 8]) func `killed in the middle of its work it loses nothing and says nothing twice`(killAfter: Int) async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let events = try EventStream(daemon)
      for index in 0..<40 {
        try daemon.drop("note\(index).md", Notes.layoff.replacing("Northwind cuts deep", with: "Northwind cuts deep, part \(index)"))
      }
      for _ in 0..<killAfter { try events.next { $0["event"] as? String == "recorded" } }
      daemon.stop(SIGKILL)
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      let log = try daemon.alertLog()
      #expect(Set(log.compactMap { $0["change_id"] as? Int }).count == log.count)
      #expect(log.filter { $0["what"] as? String == "raised" }.count == 1)
      #expect(daemon.alertFiles.count == 1)
      #expect(!TestFile.names(in: "\(daemon.output)/alerts").contains { $0.hasSuffix(".tmp") })
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `an acknowledged alert keeps who said so, and is told again when it gets worse`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.smallerLayoff)
      try daemon.settle()
      let id = try #require(daemon.alertLog().first?["id"] as? String)
      let done = try daemon.verb(["alerts", "ack", String(id.prefix(8)), "--author", "ada", "--reason", "we know"])
      #expect(done.output == "\(id): acknowledged\n")
      #expect(try TestFile.text("\(daemon.output)/alerts/\(daemon.alertFiles[0])").contains("state: acknowledged"))
      let explained = try daemon.verb(["alerts", "explain", id]).output
      #expect(explained.contains("acknowledged → acknowledged, by ada: we know"))
      #expect(try daemon.verb(["alerts", "ack", "ffffffff"]).status == 66)
      daemon.stop()
    }
  }

  @Test func `whoever asks for scans meanwhile, no state of a note is read twice`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "analysis: off")
      try daemon.start()
      try daemon.settle()
      let events = try EventStream(daemon)
      for index in 0..<400 {
        try TestFile.write("Note \(index).\n", to: "\(daemon.notes)/\(index).md")
        if index % 50 == 49 { #expect(try daemon.verb(["scan"]).status == 0) }
      }
      for _ in 0..<3 { #expect(try daemon.verb(["scan"]).status == 0) }
      try daemon.settle()
      try daemon.drop("last.md", "The end.\n")
      var stamps: [String: String] = [:]
      try events.next { event in
        guard event["event"] as? String == "recorded", let path = event["path"] as? String else { return false }
        #expect(stamps[path] == nil || stamps[path] != event["stamp"] as? String, "\(path) was read twice")
        stamps[path] = event["stamp"] as? String
        return path == "last.md"
      }
      #expect(stamps.count == 401)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `when the kernel's queue overflows nothing is missed, and the status counts it`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "analysis: off")
      try daemon.start()
      try daemon.settle()
      daemon.signal(SIGSTOP)
      // Three events a file, against a queue of 16384.
      for index in 0..<9000 { try TestFile.write("Note \(index).\n", to: "\(daemon.notes)/\(index).md") }
      daemon.signal(SIGCONT)
      try daemon.settle()
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      let status = try daemon.verb(["status", "--json"]).output
      #expect(status.contains("\"documents\":9000,"))
      #expect(!status.contains("\"overflows\":0,"))
      daemon.stop()
    }
  }
}
