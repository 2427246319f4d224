import Glibc
import TestSupport
import Testing

/// Files that are no text, through the real binary.
@Suite struct ConverterTests {
  private func script(_ body: String, in folder: String) throws -> String {
    let path = "\(folder)/convert"
    try TestFile.write("#!/bin/sh\n\(body)\n", to: path)
    chmod(path, 0o755)
    return path
  }

  @Test(.enabled(if: TestFile.exists("/usr/bin/pdftotext") && TestFile.exists("/usr/bin/pandoc")))
  func `a PDF, a text of an office program and a mail are read like notes`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try TestFile.write(
        SamplePDF.page(["Northwind Labs laid off 240 people on 19 February 2026."]), to: "\(daemon.notes)/2026-02-20 cuts.pdf")
      let made = try Command.run(
        ["-f", "markdown", "-t", "docx", "-o", "\(daemon.notes)/aurora.docx"],
        input: "---\ntitle: Aurora 3 dropped\ndate: 2026-04-09\n---\n\nNorthwind Labs has abandoned Aurora 3.\n", program: "/usr/bin/pandoc"
      )
      #expect(made.status == 0, "\(made.errors)")
      try TestFile.write(
        "From: Ada Quill <ada@example.org>\nSubject: Contoso\nDate: Fri, 20 Feb 2026 10:00:00 +0100\n\nThe harbour was quiet.\n",
        to: "\(daemon.notes)/mail.eml")
      try daemon.settle()
      let facts = try daemon.verb(["facts", "--json"]).output
      #expect(facts.contains("\"kind\":\"layoff\"") && facts.contains("\"kind\":\"abandonment\""), "\(facts)")
      #expect(facts.contains("\"converted\":true"))
      #expect(try daemon.verb(["search", "harbour", "quiet"]).output.contains("mail.eml"))
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      #expect(try daemon.verb(["eligible", "\(daemon.notes)/aurora.docx"]).status == 0)
      let check = try daemon.verb(["check", "--json", "\(daemon.notes)/2026-02-20 cuts.pdf"]).output
      #expect(check.contains("\"converted\":true,\"text\":\"Northwind Labs laid off 240 people on 19 February 2026.\\n\""), "\(check)")
      let document = try daemon.verb(["document", "\(daemon.notes)/mail.eml"]).output
      #expect(document.contains("\"published\":\"2026-02-20\",\"published_from\":\"mail header\""), "\(document)")
      daemon.stop()
    }
  }

  @Test func `a file without its converter is ignored with the package's name, and read when the program is there`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "converters: {x: {command: [\(folder)/convert], package: some-package}}")
      try daemon.start()
      let events = try EventStream(daemon)
      try daemon.drop("cuts.x", Notes.layoff)
      let ignored = try events.next { $0["event"] as? String == "ignored" }
      #expect((ignored["detail"] as? String)?.hasPrefix("no converter: \(folder)/convert is not there or not executable") ?? false)
      let status = try daemon.verb(["status"])
      #expect(status.status == 0)
      #expect(status.output.contains("1 note waits for a converter; no converter: \(folder)/convert"), "\(status.output)")
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"unconverted\":1"))
      #expect(try daemon.verb(["check", "\(daemon.notes)/cuts.x"]).status == 69)
      _ = try script("exec cat", in: folder)
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.settle()
      // It never was read: the first reading is news, whatever made it possible.
      #expect(try daemon.alertLog().map { $0["state"] as? String } == ["open"])
      #expect(try daemon.verb(["scan", "--verify"]).output == "identical\n")
      daemon.stop()
    }
  }

  @Test func `a file whose converter hangs or fails is failed with the reason, and its neighbours are read`() async throws {
    try await withTemporaryDirectory { folder in
      let path = try script("read line; case $line in hang) sleep 999;; flood) exec yes;; *) echo it broke >&2; exit 1;; esac", in: folder)
      let daemon = try RunningDaemon(folder, extra: "converters: {x: [\(path)]}\nlimits: {convert_time: 1s, file_size: 1MiB}")
      try daemon.start()
      for word in ["hang", "flood", "fail"] { try daemon.drop("\(word).x", word + "\n") }
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(daemon.alertFiles.count == 1)
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("not converted: convert took longer than 1s (limits.convert_time)"), "\(digest)")
      #expect(digest.contains("too large: convert wrote more than 1MiB (limits.file_size)"))
      #expect(digest.contains("not converted: convert ended with exit status 1; last words: it broke"))
      #expect(try daemon.verb(["status", "--json"]).output.contains("\"failed\":2,\"ignored\":1,"))
      #expect(daemon.stop() == 0)
    }
  }

  @Test(.enabled(if: FaultsSoakTests.mayTrace, "strace is missing or may not trace here"))
  func `a child that cannot be tied to the daemon's life is not started, and that is the reason given`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "converters: {x: [\(try script("exec cat", in: folder))]}")
      try daemon.drop("cuts.x", Notes.layoff)
      let result = try Command.run(
        [
          "-f", "-o", "/dev/null", "-e", "trace=prctl", "-e", "inject=prctl:error=EPERM:when=1+", Command.binary, "run", "--once",
          "--config", daemon.configuration,
        ],
        program: "/usr/bin/strace")
      #expect(result.status == 0, "\(result.errors)")
      let digest = try daemon.verb(["digest", "build", "--json"]).output
      #expect(digest.contains("its tie to the daemon's life: Operation not permitted"), "\(digest)")
    }
  }
}
