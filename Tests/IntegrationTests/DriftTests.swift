import Glibc
import TestSupport
import Testing

/// Changes that no event tells of.
@Suite struct DriftTests {
  @Test func `a change through a link from outside is found by looking, counted, and shown`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try TestFile.write(Notes.nothing, to: "\(folder)/outside.md")
      link("\(folder)/outside.md", "\(daemon.notes)/inside.md")
      try daemon.start()
      try daemon.settle()
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.settle()
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"drift\":0,"))
      try TestFile.write(Notes.layoff, to: "\(folder)/outside.md")
      try daemon.settle()
      #expect(daemon.alertFiles.count == 2)
      // It is drift when no event has come within the grace period.
      try daemon.wait { try daemon.verb(["status", "--json"]).output.contains("\"drift\":1,") }
      #expect(try daemon.verb(["status"]).output.contains("1 change was missed by file events and found by looking"))
      #expect(try TestFile.text(daemon.log).contains("a change was not told by any file event and found by looking: inside.md"))
      #expect(try daemon.verb(["digest", "build", "--json"]).output.contains("\"drift\":1"))
      daemon.stop()
    }
  }

  @Test func `deletions that are held back are no changes that the events missed, however often they are found`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let names = (0..<30).map { "\(daemon.notes)/note\($0).md" }
      try TestFile.write(Notes.nothing, to: "\(folder)/outside.md")
      for name in names { try TestFile.write(Notes.nothing, to: name) }
      link("\(folder)/outside.md", "\(daemon.notes)/inside.md")
      try daemon.start()
      try daemon.settle()
      daemon.stop()
      for name in names { unlink(name) }
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["status"]).output.contains("30 of 31 notes vanished"))
      // A comparison that counts finds them again, and with them one change that no event has told of.
      try TestFile.write(Notes.layoff, to: "\(folder)/outside.md")
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--wait", "--accept-deletions"]).status == 0)
      try daemon.wait { !(try daemon.verb(["status", "--json"]).output.contains("\"drift\":0,")) }
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"drift\":1,"))
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      daemon.stop()
    }
  }
}
