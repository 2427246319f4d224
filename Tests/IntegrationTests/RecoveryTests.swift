import Foundation
import Glibc
import TestSupport
import Testing

/// What a daemon finds when it comes back, and how it goes.
@Suite struct RecoveryTests {
  @Test func `damage in the middle of the database is found after an unclean end, and the notes are read again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "analysis: off")
      try daemon.start()
      for index in 0..<200 {
        try daemon.drop("\(index).md", "Note \(index).\n" + String(repeating: "It rained in the harbour. ", count: 40))
      }
      try daemon.settle()
      daemon.stop(SIGKILL)
      let database = "\(daemon.state)/bellwether.sqlite"
      // What was in the log goes into the file; the log stays behind as if in use. The damage is where opening does not come by: what is met there is
      // moved aside at once.
      let code = """
        import sqlite3,sys,os
        c=sqlite3.connect(sys.argv[1]); c.execute('PRAGMA wal_checkpoint(TRUNCATE)'); c.close()
        size=os.path.getsize(sys.argv[1])
        with open(sys.argv[1],'r+b') as f:
          for page in range(size//4096//2, size//4096): f.seek(page*4096); f.write(b'\\x55'*2000)
        open(sys.argv[1]+'-wal','wb').write(b'left')
        """
      #expect(try Command.run(["-c", code, database], program: "/usr/bin/python3").status == 0)
      // It finds out by looking through the file, and ends for its supervisor to start it again.
      try? daemon.start()
      let status = daemon.waitForExit()
      #expect(status == 75, "\((try? TestFile.text(daemon.log)) ?? "")")
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"documents\":200,"))
      #expect(TestFile.names(in: daemon.state).contains { $0.hasPrefix("bellwether.sqlite.corrupt-") })
      #expect(daemon.stop() == 0)
    }
  }

  /// What becomes of the database file while the daemon is off.
  enum Damage: String, CaseIterable {
    case header, pages, removal

    func inflict(on database: String) throws {
      switch self {
      case .header:
        let descriptor = open(database, O_WRONLY)
        defer { close(descriptor) }
        let noise = [UInt8](repeating: 0x55, count: 100)
        #expect(pwrite(descriptor, noise, noise.count, 0) == noise.count)
      case .pages:
        // Every page but those that opening comes by, overwritten in its middle; the file looks as if it had been closed in order.
        let code = """
          import sqlite3,sys,os
          c=sqlite3.connect(sys.argv[1]); c.execute('PRAGMA wal_checkpoint(TRUNCATE)')
          (root,),=c.execute("SELECT rootpage FROM sqlite_schema WHERE name='notes'"); c.close()
          with open(sys.argv[1],'r+b') as f: f.seek((root-1)*4096); f.write(bytes([0x55])*4096)
          """
        #expect(try Command.run(["-c", code, database], program: "/usr/bin/python3").status == 0)
      case .removal:
        for suffix in ["", "-wal", "-shm"] { unlink(database + suffix) }
      }
    }
  }

  @Test(arguments: Damage.allCases)
  func `what people decided outlives the database, and nobody is told anything twice`(damage: Damage) async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.drop("dropped.md", Notes.abandonment)
      try daemon.settle()
      func alert(_ category: String) throws -> String {
        try #require(try daemon.alertLog().last { $0["category"] as? String == category }?["id"] as? String)
      }
      let known = try alert("layoff")
      let ack = ["alerts", "ack", known, "--author", "ada", "--reason", "we know", "--as", "useful"]
      #expect(try daemon.verb(ack).status == 0)
      try daemon.drop("promise.md", Notes.layoff.replacing("Northwind Labs laid off 240", with: "Contoso AI laid off 310"))
      try daemon.settle()
      let facts = try daemon.verb(["facts", "--kind", "layoff", "--json"]).output.split(separator: "\n")
      let wrong = try #require(facts.first { $0.contains("310") })
      let id = try #require((try JSONSerialization.jsonObject(with: Data(wrong.utf8)) as? [String: Any])?["id"] as? String)
      #expect(try daemon.verb(["facts", "dismiss", id, "--author", "ada", "--reason", "another company"]).status == 0)
      #expect(try daemon.verb(["silence", "add", "--for", "2h", "--comment", "the move", "--author", "ada", "category=deal"]).status == 0)
      try daemon.settle()
      #expect(daemon.stop() == 0)
      let before = try daemon.alertLog().count

      try damage.inflict(on: "\(daemon.state)/bellwether.sqlite")
      do { try daemon.start() } catch {}
      if damage == .pages {
        // Met only when it is read: the daemon ends, for its supervisor to start it again.
        #expect(daemon.waitForExit() == 75)
        try daemon.start()
      }
      try daemon.wait { !TestFile.exists("\(daemon.state)/rebuild") }
      try daemon.settle()
      let moved = TestFile.names(in: daemon.state).contains { $0.hasPrefix("bellwether.sqlite.corrupt-") }
      #expect(moved == (damage != .removal))
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      let explained = try daemon.verb(["alerts", "explain", known]).output
      #expect(explained.contains("acknowledged → acknowledged, by ada: we know"), "\(explained)")
      // The other one is open again, as it was; nothing is news.
      #expect(try daemon.verb(["alerts", "explain", alert("abandonment")]).output.contains("reopened → open"))
      #expect(try daemon.alertLog().count == before)
      #expect(try !daemon.verb(["facts", "--kind", "layoff"]).output.contains("310"))
      #expect(try daemon.verb(["facts", "dismissed"]).output.contains("by ada: another company"))
      #expect(try daemon.verb(["silence", "list"]).output.contains("the move"))
      #expect(try TestFile.text(daemon.log).contains("stand again as people had left them"))
      // What ends now is told, as if the database had always been this one.
      unlink("\(daemon.notes)/dropped.md")
      try daemon.settle()
      #expect(try daemon.alertLog().last?["state"] as? String == "withdrawn")
      #expect(daemon.stop() == 0)
    }
  }

  @Test(arguments: [0, 5, 40]) func `it stops in order in the middle of its first scan`(recorded: Int) async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      for index in 0..<120 { try daemon.drop("note\(index).md", Notes.layoff + "Note \(index).\n") }
      try daemon.start()
      if recorded > 0 {
        try daemon.wait { try daemon.verb(["status", "--json"]).output.contains("\"documents\":0,") == false }
      }
      #expect(daemon.stop() == 0)
      try daemon.start()
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      // Still the first scan: nobody is told of what it found.
      #expect(try daemon.alertLog().isEmpty)
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a file of gigabytes is ignored with its size, and read when it has become small`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try TestFile.write("x", to: "\(daemon.notes)/big.md")
      truncate("\(daemon.notes)/big.md", 5 << 30)
      try daemon.start()
      try daemon.settle()
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("too large: 5368709120 bytes, the limit is 16777216 (limits.file_size)"))
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/big.md")
      try daemon.settle()
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
      daemon.stop()
    }
  }

  @Test(.enabled(if: TestFile.exists("/usr/bin/pandoc")))
  func `a small file that unpacks to hundreds of megabytes costs its converter, and nothing else`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "limits: {convert_time: 10s, convert_memory: 300MiB}")
      let code = """
        import zipfile,sys
        z=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)
        z.writestr('[Content_Types].xml','<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        with z.open('word/document.xml','w') as f:
          for _ in range(400): f.write(b'<w:p><w:r><w:t>x</w:t></w:r></w:p>'*30000)
        """
      #expect(try Command.run(["-c", code, "\(daemon.notes)/bomb.docx"], program: "/usr/bin/python3").status == 0)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("not converted: pandoc"), "\(digest)")
      #expect(daemon.stop() == 0)
    }
  }

  @Test(.enabled(if: Namespaces.arePossible))
  func `without inotify the folders are looked through, and watched as soon as it can be had`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start(inside: "echo 0 > /proc/sys/user/max_inotify_instances")
      #expect(try daemon.verb(["status"]).status == 1)
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      #expect(try daemon.inside(["sh", "-c", "echo 100 > /proc/sys/user/max_inotify_instances"]).status == 0)
      try daemon.settle()
      let events = try EventStream(daemon)
      #expect(try daemon.verb(["status"]).status == 0)
      try daemon.drop("dropped.md", Notes.abandonment)
      try events.next { $0["event"] as? String == "recorded" }
      #expect(daemon.stop() == 0)
    }
  }

  @Test func `a digest that was copied among the notes is not read`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(try daemon.verb(["digest", "build"]).status == 0)
      let digest = try TestFile.text("\(daemon.output)/digests/latest.md")
      let events = try EventStream(daemon)
      try daemon.drop("copy.md", digest)
      let ignored = try events.next { $0["event"] as? String == "ignored" }
      #expect(ignored["detail"] as? String == "written by Bellwether itself")
      daemon.stop()
    }
  }

  @Test func `a reload takes a file that was written since, the level of the log, and gives removed folders back`() async throws {
    try await withTemporaryDirectory { folder in
      for name in ["home", "home/Notes", "home/Other", "home/.config", "home/.config/bellwether"] { mkdir("\(folder)/\(name)", 0o755) }
      var environment = Command.environment.merging(["HOME": "\(folder)/home", "TZ": "Europe/Berlin"]) { $1 }
      for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "CONFIGURATION_DIRECTORY"] { environment[name] = nil }
      let daemon = try RunningDaemon(folder)
      try daemon.start(environment: environment, named: false)
      defer { daemon.stop() }
      func verb(_ words: [String]) throws -> Command.Result { try Command.run(words, environment: environment) }
      let file = "\(folder)/home/.config/bellwether/bellwether.yaml"
      try TestFile.write("notes: [~/Other]\ntimezone: UTC\nlog: {level: warning}\n", to: file)
      #expect(try verb(["reload", "--wait"]).errors.contains("reloaded; changed: notes, timezone, log"))
      try TestFile.write("notes: [~/Other]\nlog: {level: warning}\n", to: file)
      // The zone is again the one that the process was given.
      #expect(try verb(["reload", "--wait"]).errors.contains("reloaded; changed: timezone"))
      #expect(try verb(["status", "--json"]).output.contains("+01:00\"") || (try verb(["status", "--json"]).output.contains("+02:00\"")))
      #expect(!(try TestFile.text(daemon.log)).contains("reloaded"))
      // Another daemon may watch the folder that was let go.
      try TestFile.write("notes: [\(folder)/home/Notes]\nstate: \(folder)/state2\n", to: "\(folder)/second.yaml")
      #expect(try Command.run(["run", "--once", "--config", "\(folder)/second.yaml"]).status == 0)
    }
  }
}
