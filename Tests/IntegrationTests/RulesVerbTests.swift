import Glibc
import TestSupport
import Testing

/// What the verbs about rules say and how they end.
@Suite struct RulesVerbTests {
  private static let entities = "entities: [\(Command.root)/Examples/entities.yaml]\n"

  @Test func `explain names the word a pattern failed at, and ends by whether the rule fires`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write(Self.entities, to: "\(folder)/b.yaml")
      func explain(_ text: String, _ rule: String = "people.layoff") throws -> Command.Result {
        try TestFile.write(text, to: "\(folder)/note.md")
        return try Command.run(["rules", "explain", rule, "\(folder)/note.md", "--config", "\(folder)/b.yaml"])
      }
      let fires = try explain("Northwind Labs laid off 240 people.\n")
      #expect(fires.status == 0)
      #expect(
        fires.output.contains("note.md:1: “Northwind Labs laid off 240 people.”\n  fires: layoff, subject Northwind Labs, value 240 people")
      )
      let silent = try explain("Northwind Labs did not lay off 240 people.\n")
      #expect(silent.status == 1)
      #expect(silent.output.contains("no fact: the sentence denies it"), "\(silent.output)")
      let signal = try explain("Northwind Labs laid off 240 people.\n", "people.layoffs")
      #expect(signal.status == 0)
      #expect(signal.output.contains("about Northwind Labs:"))
      let unknown = try explain("It rained.\n", "people.layof")
      #expect(unknown.status == 66)
      #expect(unknown.errors.contains("did you mean people.layoff"))
    }
  }

  @Test func `notes carry tests in comments, and one that does not hold is status 1 with its place`() async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write(Self.entities, to: "\(folder)/b.yaml")
      let good =
        "<!-- expect: people.layoff, people.layoffs -->\nNorthwind Labs laid off 240 people.\n\nIt rained. <!-- ok: people.layoff -->\n"
      try TestFile.write(good, to: "\(folder)/a.md")
      let fine = try Command.run(["rules", "test", "\(folder)/a.md", "--config", "\(folder)/b.yaml"])
      #expect(fine.status == 0, "\(fine.output)\(fine.errors)")
      #expect(fine.output == "3 of 3 annotations in 1 note as expected\n")
      try TestFile.write(good.replacing("It rained.", with: "Northwind Labs laid off 90 people."), to: "\(folder)/a.md")
      let wrong = try Command.run(["rules", "test", "\(folder)/a.md", "--config", "\(folder)/b.yaml"])
      #expect(wrong.status == 1)
      #expect(wrong.output.contains("a.md:4: people.layoff fires and should stay silent"), "\(wrong.output)")
    }
  }

  @Test func `a bad rule is named with file, line and column, and disables nothing else`() async throws {
    try await withTemporaryDirectory { folder in
      mkdir("\(folder)/mine", 0o755)
      mkdir("\(folder)/mine/rules", 0o755)
      try TestFile.write("id: mine\nversion: 1.0.0\n", to: "\(folder)/mine/plugin.yaml")
      try TestFile.write(
        "frames:\n  - kind: hire\n    patterns: [\"hire {person\"]\n  - kind: layoff\n    patterns: [\"cut {count} job\"]\n",
        to: "\(folder)/mine/rules/a.yaml")
      try TestFile.write("plugins: [{path: \(folder)/mine}]\n", to: "\(folder)/b.yaml")
      let list = try Command.run(["rules", "list", "--config", "\(folder)/b.yaml"])
      #expect(list.output == "mine.layoff\n")
      #expect(list.errors.contains("mine/rules/a.yaml:3:22: no closing }") && list.errors.contains("rule \"mine.hire\" is disabled"))
      #expect(try Command.run(["rules", "test", "--config", "\(folder)/b.yaml"]).status == 78)
      let show = try Command.run(["rules", "show", "mine.layoff", "--config", "\(folder)/b.yaml"])
      #expect(show.output.contains("line 5: cut/cuts/cutting {count:value} job/jobs"), "\(show.output)")
      #expect(try Command.run(["rules", "show", "mine.hire", "--config", "\(folder)/b.yaml"]).status == 78)
    }
  }

  @Test func `stats count facts and alerts, and suggest a filter for what was called false`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      let id = try #require(try daemon.alertLog().first { $0["rule"] as? String == "people.layoffs" }?["id"] as? String)
      #expect(try daemon.verb(["alerts", "ack", id, "--as", "false-positive"]).status == 0)
      let stats = try daemon.verb(["rules", "stats"])
      #expect(stats.output.contains("people.layoffs") && stats.output.contains("0 %"), "\(stats.output)")
      #expect(stats.output.contains("    subject: [northwind-labs]"))
      // Columns are parted by two spaces at least; words within one by one.
      let columns = stats.output.split(separator: "\n").prefix(3).map { $0.matches(of: #/\S+( \S+)*/#).count }
      #expect(Set(columns) == [10 + 1], "\(stats.output)")
      let line = try daemon.verb(["rules", "stats", "--json"]).output.split(separator: "\n").first { $0.contains("\"people.layoffs\"") }
      #expect(line?.contains("\"false_positive\":1") == true && line?.contains("\"precision\":0") == true, "\(line ?? "")")
      daemon.stop()
    }
  }
}
