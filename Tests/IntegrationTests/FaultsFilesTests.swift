import Foundation
import Glibc
import TestSupport
import Testing

/// Files that may not be read, that are no files, and that lie about their age.
@Suite struct FaultsFilesTests {
  /// Another user than root, whom permissions hold back.
  private static let stranger: [String] = getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []

  @Test(.enabled(if: stranger.isEmpty || TestFile.exists("/usr/bin/setpriv")))
  func `what may not be read is said, holds up nothing beside it, and comes in when it may be read`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      mkdir("\(daemon.notes)/closed", 0o755)
      try TestFile.write(Notes.abandonment, to: "\(daemon.notes)/closed/dropped.md")
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/secret.md")
      try TestFile.write(Notes.nothing, to: "\(daemon.notes)/open.md")
      if !Self.stranger.isEmpty {
        for path in [
          "", "/notify", "/bellwether.yaml", "/notes", "/notes/closed", "/notes/closed/dropped.md", "/notes/secret.md", "/notes/open.md",
        ] {
          chown(folder + path, 65534, 65534)
        }
      }
      chmod("\(daemon.notes)/secret.md", 0)
      chmod("\(daemon.notes)/closed", 0)
      defer { chmod("\(daemon.notes)/closed", 0o755) }
      try daemon.start(["--no-baseline"], wrapper: Self.stranger)
      try daemon.settle()
      #expect(try daemon.verb(["search", "harbour"]).output.contains("open.md"))
      let status = try daemon.verb(["status"])
      #expect(status.status == 1)
      #expect(status.output.contains("needs read and search permission"), "\(status.output)")
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("secret.md") && digest.lowercased().contains("permission"), "\(digest)")
      let events = try EventStream(daemon)
      chmod("\(daemon.notes)/secret.md", 0o644)
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "secret.md" }
      chmod("\(daemon.notes)/closed", 0o755)
      try events.next { $0["event"] as? String == "recorded" && $0["path"] as? String == "closed/dropped.md" }
      try daemon.settle()
      try daemon.wait { try daemon.verb(["status"]).status == 0 }
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a change behind an old date, the same size and the same time is found all the same`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let (before, after) = (Notes.layoff, Notes.layoff.replacing("240", with: "250"))
      for name in ["off.md", "on.md", "older.md"] { try TestFile.write(before, to: "\(daemon.notes)/\(name)") }
      try daemon.settle()
      /// Writes, and gives the file back the time that it had.
      func rewrite(_ name: String) throws {
        let path = "\(daemon.notes)/\(name)"
        var status = stat()
        #expect(stat(path, &status) == 0)
        try TestFile.write(after, to: path)
        let times = [status.st_mtim, status.st_mtim]
        #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
      }
      try rewrite("on.md")
      // An older file takes the name.
      try TestFile.write(after, to: "\(folder)/ancient.md")
      let times = [timespec(tv_sec: 915_148_800, tv_nsec: 0), timespec(tv_sec: 915_148_800, tv_nsec: 0)]
      #expect(utimensat(AT_FDCWD, "\(folder)/ancient.md", times, 0) == 0)
      #expect(rename("\(folder)/ancient.md", "\(daemon.notes)/older.md") == 0)
      try daemon.settle()
      #expect(daemon.stop() == 0)
      try rewrite("off.md")
      try daemon.start()
      try daemon.settle()
      let facts = try daemon.verb(["facts", "--kind", "layoff"]).output
      for name in ["off.md", "on.md", "older.md"] { #expect(facts.split(separator: "\n").contains { $0.contains(name) }) }
      #expect(!facts.contains("240"), "\(facts)")
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `pipes, sockets, devices and directories called notes block nothing and are not read`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      func make(_ suffix: String) throws {
        mkfifo("\(daemon.notes)/pipe\(suffix).md", 0o644)
        mkdir("\(daemon.notes)/folder\(suffix).md", 0o755)
        symlink("/dev/zero", "\(daemon.notes)/zero\(suffix).md")
        symlink("/etc/passwd", "\(daemon.notes)/passwd\(suffix).md")
        try TestFile.write(Notes.nothing + "\(suffix)\n", to: "\(daemon.notes)/folder\(suffix).md/note.md")
      }
      try make("1")
      let listener = try NotifySocket(path: "\(daemon.notes)/socket.md")
      try daemon.start()
      try make("2")
      try daemon.settle()
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"documents\":2,"))
      #expect(try daemon.verb(["search", "root"]).output.contains("passwd") == false)
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(daemon.stop() == 0)
      withExtendedLifetime(listener) {}
    }
  }
}
