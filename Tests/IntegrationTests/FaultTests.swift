import Foundation
import Glibc
import TestSupport
import Testing

/// What the world does to a daemon, on the real thing.
@Suite struct FaultTests {
  @Test func `a notes folder that is removed takes nothing with it, and is watched again when it is back`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      unlink("\(daemon.notes)/layoff.md")
      rmdir(daemon.notes)
      try daemon.notify.next { $0.contains("STATUS=Degraded") && $0.contains("is gone; its notes are kept") }
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open"])
      let events = try EventStream(daemon)
      mkdir(daemon.notes, 0o755)
      try events.next { $0["event"] as? String == "rescan" }
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      try TestFile.write(Notes.abandonment, to: "\(daemon.notes)/dropped.md")
      try daemon.settle()
      #expect(try daemon.alertLog().map { $0["category"] as? String } == ["layoff", "abandonment"])
      #expect(try daemon.verb(["status"]).status == 0)
      daemon.stop()
    }
  }

  @Test func `a note with a number of three hundred digits is one note, and the daemon goes on`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let digits = String(repeating: "9", count: 320)
      try daemon.drop("huge.md", "Northwind Labs laid off \(digits) employees in October 2025.\n")
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a note that a reload excludes is let go, and what rested on it is withdrawn`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      try TestFile.write(try TestFile.text(daemon.configuration) + "ignore: [layoff.md]\n", to: daemon.configuration)
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try daemon.alertLog().last?["state"] as? String == "withdrawn")
      daemon.stop()
    }
  }

  @Test func `when most of a folder vanishes at once its facts are held until a person says so`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      for index in 0..<30 { try daemon.drop("note\(index).md", Notes.layoff + "Note \(index).\n") }
      try daemon.settle()
      daemon.stop()
      for index in 0..<30 { unlink("\(daemon.notes)/note\(index).md") }
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["status"]).output.contains("30 of 30 notes vanished"))
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open"])
      #expect(try daemon.verb(["scan", "--wait", "--accept-deletions"]).status == 0)
      try daemon.settle()
      #expect(try daemon.alertLog().last?["state"] as? String == "withdrawn")
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      daemon.stop()
    }
  }

  @Test func `after the state was lost the alert log goes on`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      try daemon.drop("layoff.md", Notes.nothing)
      try daemon.settle()
      daemon.stop()
      removeTree(daemon.state)
      try daemon.start()
      try daemon.settle()
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.settle()
      #expect(try daemon.alertLog().last?["category"] as? String == "abandonment")
      daemon.stop()
    }
  }

  @Test func `a database that another program has locked is waited for, with the watchdog fed`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(environment: ["WATCHDOG_USEC": "400000"])
      try daemon.settle()
      let lock = Process()
      lock.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
      lock.arguments = [
        "-c",
        "import sqlite3,sys; c=sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()",
        "\(daemon.state)/bellwether.sqlite",
      ]
      let (input, output) = (Pipe(), Pipe())
      lock.standardInput = input
      lock.standardOutput = output
      try lock.run()
      _ = output.fileHandleForReading.availableData
      try daemon.drop("layoff.md", Notes.layoff)
      // The daemon's own patience with a locked database is five seconds; then it says so.
      try daemon.notify.next { $0.contains("WATCHDOG=1") }
      input.fileHandleForWriting.closeFile()
      lock.waitUntilExit()
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      try daemon.notify.next { $0.contains("WATCHDOG=1") }
      daemon.stop()
    }
  }
}
