import Glibc
import TestSupport
import Testing

/// What goes wrong outside is named, with the exit status of the contract, and nothing is lost.
@Suite struct BadInputTests {
  @Test func `a missing notes folder is named, with what to do`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      rmdir(daemon.notes)
      let result = try daemon.verb(["run"])
      #expect(result.status == 66)
      #expect(result.errors.contains("cannot watch the notes folder \(daemon.notes): No such file or directory; create it"))
    }
  }

  @Test(.enabled(if: TestFile.exists("/usr/bin/setpriv"))) func `an unreadable notes folder is named, with what to do`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      chmod(folder, 0o777)
      chmod(daemon.notes, 0)
      let asNobody = geteuid() == 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : []
      let result = try Command.run(
        asNobody + [Command.binary, "run", "--config", daemon.configuration],
        environment: ["BELLWETHER_DATA": Command.root, "HOME": folder],
        program: "/usr/bin/setpriv")
      chmod(daemon.notes, 0o755)
      #expect(result.status == 77, "\(result.errors)")
      #expect(result.errors.contains("cannot watch the notes folder \(daemon.notes): Permission denied; give this user read"))
    }
  }

  @Test(arguments: [
    ("notes: [\n", ":2:1:"), ("notse: [/x]\n", ":1:1: unknown key 'notse'"), ("settle: soon\n", ":1:9:"),
    ("plugins: [peopel]\n", "there is no plugin 'peopel'"), ("timezone: Mars/Olympus\n", ":1:11:"),
    ("follow: [nobody-at-all]\n", "no entity 'nobody-at-all'"),
  ]) func `a broken configuration is refused with its place`(text: String, message: String) async throws {
    try await withTemporaryDirectory { folder in
      let file = "\(folder)/bad.yaml"
      try TestFile.write(text, to: file)
      for verb in [["run"], ["config", "check"]] {
        let result = try Command.run(verb + ["--config", file], environment: Command.environment.merging(["HOME": folder]) { $1 })
        #expect(result.status == 78)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(result.errors.contains("bad.yaml"))
      }
    }
  }

  @Test func `a second daemon on the same state or notes is refused, naming the first`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let same = try daemon.verb(["run"])
      #expect(same.status == 73)
      #expect(same.errors.contains("(pid \(daemon.pid))"))
      let other = try TestFile.text(daemon.configuration).replacing("state: \(daemon.state)", with: "state: \(folder)/other")
      try TestFile.write(other, to: "\(folder)/other.yaml")
      let notes = try Command.run(["run", "--config", "\(folder)/other.yaml"])
      #expect(notes.status == 73)
      #expect(notes.errors.contains("watches \(daemon.notes) already"))
      daemon.stop()
    }
  }

  @Test func `an output that cannot be written is a declared trouble, and what was owed is delivered later`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try TestFile.write("in the way", to: daemon.output)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      let status = try daemon.verb(["status"])
      #expect(status.status == 1)
      #expect(status.output.contains("cannot make the folder \(daemon.output)"))
      unlink(daemon.output)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      #expect(try daemon.alertLog().count == 1)
      #expect(try daemon.verb(["status"]).status == 0)
      daemon.stop()
    }
  }

  @Test func `a newer database is left untouched`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      daemon.stop()
      let database = "\(daemon.state)/bellwether.sqlite"
      let sqlite = try Command.run(
        [
          "-c",
          "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('INSERT INTO grdb_migrations VALUES(\"from the future\")'); c.commit()",
          database,
        ],
        program: "/usr/bin/python3")
      #expect(sqlite.status == 0, "\(sqlite.errors)")
      let before = try TestFile.bytes(database)
      let result = try daemon.verb(["run"])
      #expect(result.status == 78)
      #expect(result.errors.contains("newer Bellwether"))
      #expect(try TestFile.bytes(database) == before)
    }
  }

  @Test func `a damaged database is moved aside and the notes are read again`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      daemon.stop()
      try TestFile.write("this is no database, it only has its name ".padding(600), to: "\(daemon.state)/bellwether.sqlite")
      try daemon.start()
      try daemon.settle()
      #expect(TestFile.names(in: daemon.state).contains { $0.hasPrefix("bellwether.sqlite.corrupt-") })
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("240"))
      daemon.stop()
    }
  }

  @Test func `empty, binary and invalid notes are recorded with their reason, and their neighbours are read`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try TestFile.write("", to: "\(daemon.notes)/empty.md")
      try TestFile.write([0x50, 0, 1, 2, 0, 0x50], to: "\(daemon.notes)/binary.md")
      try TestFile.write(
        Array("Caf".utf8) + [0xFF, 0xFE, 0x20] + Array("Northwind Labs laid off 240 people.\n".utf8), to: "\(daemon.notes)/invalid.md")
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      try daemon.settle()
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try daemon.verb(["facts", "--kind", "layoff"]).output.contains("layoff.md:9"))
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("binary.md") && digest.contains("NUL byte at offset 1"))
      daemon.stop()
    }
  }

  @Test func `check names what it could not read and reads the rest`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write(Notes.nothing, to: "\(folder)/fine.md")
      let partial = try Command.run(["check", "\(folder)/fine.md", "\(folder)/absent.md"])
      #expect(partial.status == 2)
      #expect(partial.errors.contains("absent.md: cannot be read: No such file or directory"))
      #expect(try Command.run(["check", "\(folder)/absent.md"]).status == 66)
      mkdir("\(folder)/empty", 0o755)
      #expect(try Command.run(["check", "\(folder)/empty"]).status == 66)
      #expect(try Command.run(["check", "\(folder)/fine.md"]).status == 0)
      #expect(try Command.run(["check"]).status == 64)
      #expect(try Command.run(["chekc"]).status == 64)
    }
  }
}

extension String {
  fileprivate func padding(_ count: Int) -> String { String(repeating: self, count: count / self.count + 1) }
}
