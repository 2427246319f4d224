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

  /// Another program that holds the database, until its input is closed.
  private func hold(_ daemon: RunningDaemon, by statements: String) throws -> (process: Process, input: Pipe) {
    let lock = Process()
    lock.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let code = """
      import sqlite3,sys
      c=sqlite3.connect(sys.argv[1], isolation_level=None)
      for s in sys.argv[2].split(';'): c.execute(s)
      print('held', flush=True); sys.stdin.read()
      """
    lock.arguments = ["-c", code, "\(daemon.state)/bellwether.sqlite", statements]
    let (input, output) = (Pipe(), Pipe())
    lock.standardInput = input
    lock.standardOutput = output
    try lock.run()
    #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("held"))
    return (lock, input)
  }

  @Test func `a database that another program has locked is waited for, with the watchdog fed, and nothing is lost`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(environment: ["WATCHDOG_USEC": "400000"])
      try daemon.settle()
      let (lock, input) = try hold(daemon, by: "BEGIN EXCLUSIVE")
      try daemon.drop("layoff.md", Notes.layoff)
      // SQLite's own patience is five seconds; then it is said.
      try daemon.notify.next { $0.contains("STATUS=Degraded: the database is locked by another program; notes wait") }
      try daemon.notify.next { $0.contains("WATCHDOG=1") }
      let status = try daemon.verb(["status"])
      #expect(status.status == 1)
      #expect(status.output.contains("locked by another program"), "\(status.output)")
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.notify.next { $0.contains("WATCHDOG=1") }
      #expect(daemon.alertFiles.isEmpty)
      input.fileHandleForWriting.closeFile()
      lock.waitUntilExit()
      try daemon.settle()
      #expect(daemon.alertFiles.count == 2)
      try daemon.wait { try daemon.verb(["status"]).status == 0 }
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try TestFile.text(daemon.log).contains("the database can be written again; nothing was lost"))
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a start waits for a database that another program has for itself`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(daemon.stop() == 0)
      let (lock, input) = try hold(daemon, by: "PRAGMA locking_mode=EXCLUSIVE;BEGIN EXCLUSIVE;UPDATE meta SET value = value")
      var isTold = false
      try daemon.start { message in
        guard !isTold, message.contains("is locked by another program") else { return }
        isTold = true
        input.fileHandleForWriting.closeFile()
      }
      #expect(isTold)
      lock.waitUntilExit()
      try daemon.settle()
      #expect(try daemon.verb(["status"]).status == 0)
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open"])
      #expect(daemon.stop() == 0)
    }
  }
}
