import Glibc
import TestSupport
import Testing

/// A `.bellwetherignore` that is written, changed and removed while the daemon runs.
@Suite struct IgnoreFileTests {
  private func recorded(_ daemon: RunningDaemon) throws -> Set<String> {
    let found = try daemon.verb(["search", "harbour"]).output
    return Set(["top.md", "drafts/old.md", "drafts/new.md"].filter { found.contains($0) })
  }

  @Test func `what an ignore file takes away is let go, and what it gives back is read and watched, without a restart`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      mkdir("\(daemon.notes)/drafts", 0o755)
      try daemon.start()
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/drafts/cuts.md")
      for name in ["top.md", "drafts/old.md"] { try TestFile.write(Notes.nothing + "\(name)\n", to: "\(daemon.notes)/\(name)") }
      try daemon.settle()
      #expect(try recorded(daemon) == ["top.md", "drafts/old.md"])
      let events = try EventStream(daemon)
      try daemon.drop(".bellwetherignore", "drafts/\n")
      try events.next { $0["event"] as? String == "gone" && $0["path"] as? String == "drafts/old.md" }
      try daemon.settle()
      #expect(try recorded(daemon) == ["top.md"])
      #expect(try daemon.alertLog().last?["state"] as? String == "withdrawn")
      try TestFile.write(Notes.nothing + "new\n", to: "\(daemon.notes)/drafts/new.md")
      try daemon.settle()
      #expect(try recorded(daemon) == ["top.md"])
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      // One rule less: the directory is looked into again, and a rule of its own holds below it.
      try TestFile.write("new.md\n", to: "\(daemon.notes)/drafts/.bellwetherignore")
      unlink("\(daemon.notes)/.bellwetherignore")
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "drafts/old.md" }
      try daemon.settle()
      #expect(try recorded(daemon) == ["top.md", "drafts/old.md"])
      unlink("\(daemon.notes)/drafts/.bellwetherignore")
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "drafts/new.md" }
      // It is watched, too.
      try TestFile.write(Notes.abandonment, to: "\(daemon.notes)/drafts/dropped.md")
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "drafts/dropped.md" }
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"drift\":0,"))
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `an ignore file goes and comes with the directory it lies in`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      mkdir("\(folder)/away", 0o755)
      mkdir("\(daemon.notes)/drafts", 0o755)
      try TestFile.write("old.md\n", to: "\(daemon.notes)/drafts/.bellwetherignore")
      try daemon.start()
      try TestFile.write(Notes.nothing, to: "\(daemon.notes)/drafts/old.md")
      try daemon.settle()
      #expect(try recorded(daemon) == [])
      let events = try EventStream(daemon)
      rename("\(daemon.notes)/drafts", "\(folder)/away/drafts")
      try events.next { $0["event"] as? String == "rescan" }
      mkdir("\(daemon.notes)/drafts", 0o755)
      try TestFile.write(Notes.nothing + "again\n", to: "\(daemon.notes)/drafts/old.md")
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "drafts/old.md" }
      #expect(daemon.stop() == 0)
    }
  }
}
