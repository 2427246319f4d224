import Glibc
import TestSupport
import Testing

/// What the verbs say and how they end.
@Suite struct VerbTests {
  @Test func `check hints at organisations that nobody follows`() throws {
    let notes = "\(Command.root)/Examples/notes"
    let without = try Command.run(["check", notes], environment: Command.environment.merging(["HOME": "/nonexistent"]) { $1 })
    #expect(without.errors.contains("that nobody follows (Northwind Labs"), "\(without.errors)")
    #expect(without.errors.contains("add them to a file under `entities:`"))
    let with = try Command.run(["check", "--config", "\(Command.root)/Examples/bellwether.yaml", notes])
    #expect(with.output.contains("WARNING: Northwind Labs"))
  }

  @Test func `what is mistyped is a usage error that says what would do`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let verb = try Command.run(["chek"])
      #expect(verb.status == 64)
      #expect(verb.errors.contains("did you mean 'check'?"))
      let state = try daemon.verb(["alerts", "list", "--state", "foo"])
      #expect(state.status == 64)
      #expect(state.errors.contains("acknowledged") && state.errors.contains("baseline"))
      let future = try daemon.verb(["digest", "build", "--date", "2999-01-01"])
      #expect(future.status == 64)
      #expect(future.errors.contains("2999-01-01 lies in the future"))
      #expect(try daemon.verb(["digest", "build"]).status == 66)
      try daemon.start()
      let query = try daemon.verb(["search", "--syntax", "a AND"])
      #expect(query.status == 64)
      #expect(query.errors.contains("not a valid FTS5 query: "))
      daemon.stop()
    }
  }

  @Test func `check names a binary file in words, and one of a thing is singular`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write(Array("abcdefg".utf8) + [0, 1, 2], to: "\(folder)/binary.md")
      let binary = try Command.run(["check", "\(folder)/binary.md"])
      #expect(binary.errors.contains("binary.md: not text: a NUL byte at offset 7"))
      try TestFile.write(Notes.nothing, to: "\(folder)/rain.md")
      #expect(try Command.run(["check", "\(folder)/rain.md"]).output == "1 note, 0 facts, 0 alerts, 0 contradictions\n")
    }
  }

  @Test func `check reads files whose names are no UTF-8, and shows them escaped`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write(Notes.layoff, to: "\(folder)/layoff.md")
      let entities = "\(folder)/bellwether.yaml"
      try TestFile.write("entities: [\(Command.root)/Examples/entities.yaml]\n", to: entities)
      let check = "'\(Command.binary)' check --config '\(entities)'"
      let shell = "cd '\(folder)'; mkdir notes; mv layoff.md $'notes/caf\\xe9.md'"
      for argument in ["notes", "$'notes/caf\\xe9.md'", "$'\(folder)/notes/caf\\xe9.md'"] {
        let made = TestFile.exists("\(folder)/notes") ? "cd '\(folder)'" : shell
        let result = try Command.run(["-c", "\(made); \(check) \(argument)"], program: "/bin/bash")
        #expect(result.errors.isEmpty, "\(result.errors)")
        #expect(result.output.contains("notes/caf\\xe9.md:9") || result.output.contains("notes/caf\\xE9.md:9"), "\(result.output)")
        #expect(result.output.contains("1 note, 1 fact,"))
      }
    }
  }

  @Test func `eligible tells of folders, sizes and binary files`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "limits: {file_size: 1KiB}")
      func words(_ path: String) throws -> String {
        let result = try daemon.verb(["eligible", path])
        #expect(result.status == 1)
        return result.output
      }
      #expect(try words(daemon.notes).contains("is a watched folder itself"))
      mkdir("\(daemon.notes)/folder.md", 0o755)
      #expect(try words("\(daemon.notes)/folder.md").contains("is a folder"))
      try TestFile.write([UInt8](repeating: 0x61, count: 2000), to: "\(daemon.notes)/long.md")
      #expect(try words("\(daemon.notes)/long.md").contains("has 2000 bytes, and `limits.file_size` allows 1KiB"))
      try TestFile.write([0x61, 0], to: "\(daemon.notes)/binary.md")
      #expect(try words("\(daemon.notes)/binary.md").contains("not text: a NUL byte at offset 1"))
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      #expect(try daemon.verb(["eligible", "\(daemon.notes)/layoff.md"]).status == 0)
    }
  }

  @Test func `events end with 0 when the daemon stops, and when nobody reads them`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let command = "'\(Command.binary)' events --config '\(daemon.configuration)'"
      // The pipe's reader ends at once, and no event comes.
      let piped = try Command.run(["-c", "set -o pipefail; \(command) | true"], program: "/bin/bash")
      #expect(piped.status == 0, "\(piped.errors)")
      let stopped = try Command.run(
        ["-c", "\(command) 2>'\(folder)/said' & p=$!; until grep -q following '\(folder)/said'; do :; done; kill \(daemon.pid); wait $p"],
        program: "/bin/bash")
      #expect(stopped.status == 0)
      #expect(try TestFile.text("\(folder)/said").contains("the daemon stopped"))
      #expect(daemon.waitForExit() == 0)
    }
  }

  @Test(.enabled(if: geteuid() == 0 && TestFile.exists("/usr/bin/setpriv")))
  func `a socket or a database of another user is a matter of permission`() async throws {
    try await withTemporaryDirectory { folder in
      chmod(folder, 0o755)
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      for verb in ["status", "facts"] {
        let result = try Command.run(
          ["--reuid=65534", "--regid=65534", "--clear-groups", Command.binary, verb, "--config", daemon.configuration],
          environment: ["BELLWETHER_DATA": Command.root, "HOME": folder], program: "/usr/bin/setpriv")
        #expect(result.status == 77, "\(verb): \(result.errors)")
        #expect(result.errors.contains("Permission denied"))
      }
      daemon.stop()
    }
  }

  @Test func `a withdrawn alert says why nothing changed`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      unlink("\(daemon.notes)/layoff.md")
      try daemon.settle()
      let id = try #require(daemon.alertLog().first?["id"] as? String)
      for verb in ["resolve", "reopen"] {
        let result = try daemon.verb(["alerts", verb, id])
        #expect(result.status == 0)
        #expect(result.errors.contains("is withdrawn: nothing it rests on holds any more"))
      }
      daemon.stop()
    }
  }

  @Test func `An unknown name is a candidate until it is accepted or merged`() async throws {
    try await withTemporaryDirectory { folder in
      let own = "\(folder)/own.yaml"
      let configuration = "\(folder)/bellwether.yaml"
      mkdir("\(folder)/notes", 0o755)
      try TestFile.write("# my names\nentities:\n", to: own)
      try TestFile.write(
        "notes: [{path: \(folder)/notes}]\nstate: \(folder)/state\noutput: \(folder)/out\nentities: [\(own)]\n", to: configuration)
      try TestFile.write(
        "# Plans\n\nThe board of Larkspur Robotics met in May. Analysts praised Larkspur Robotics, or LRX Robotics.\n",
        to: "\(folder)/notes/a.md")
      func entities(_ arguments: [String]) throws -> Command.Result {
        try Command.run(["entities"] + arguments.prefix(1) + ["--config", configuration] + arguments.dropFirst())
      }
      let before = try entities(["candidates", "--json"])
      #expect(before.status == 0)
      #expect(before.output.contains("\"schema\":\"bellwether.candidate/v1\",\"id\":\"larkspur-robotics\",\"name\":\"Larkspur Robotics\""))
      #expect(try entities(["accept", "Larkspur Robotics"]).status == 0)
      #expect(try entities(["accept", "Larkspur Robotics"]).status == 64)
      #expect(try entities(["merge", "LRX Robotics", "--into", "larkspur-robotics"]).status == 0)
      #expect(try entities(["candidates"]).output == "no unknown names\n")
      let text = try TestFile.text(own)
      #expect(text.hasPrefix("# my names\nentities:\n"))
      #expect(text.contains("- {name: Larkspur Robotics, type: organization, aliases: [LRX Robotics]}"))
    }
  }

  @Test func `entities are found by a word, and facts and timelines by a name`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let found = try daemon.verb(["entities", "northwind"])
      #expect(found.status == 0)
      #expect(found.output.contains("northwind-labs  organization  Northwind Labs"))
      #expect(try daemon.verb(["entities", "northwind", "--json"]).output.contains("\"schema\":\"bellwether.entity/v1\""))
      #expect(try daemon.verb(["entities", "no such name at all"]).status == 66)
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      #expect(try daemon.verb(["timeline", "northwind labs"]).output.contains("240"))
      #expect(try daemon.verb(["facts", "--subject", "Northwind Labs"]).output.contains("240"))
    }
  }
}
