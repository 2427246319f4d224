import Foundation
import TestSupport
import Testing

/// What people know better survives every new reading, and what they filter is held back and counted, not lost.
@Suite struct CorrectionTests {
  private func facts(_ daemon: RunningDaemon, _ more: [String] = []) throws -> [[String: Any]] {
    let result = try daemon.verb(["facts", "--json"] + more)
    #expect(result.status == 0, "\(result.errors)")
    return try result.output.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// Reloads, and takes what the daemon tells systemd off its socket, which would otherwise fill.
  private func reload(_ daemon: RunningDaemon) throws -> Command.Result {
    let result = try daemon.verb(["reload", "--wait"])
    try daemon.notify.next { $0.contains("READY=1") }
    return result
  }

  @Test func `a dismissed fact stays away when its note is edited, and comes back when it is restored`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      let id = try #require(try facts(daemon, ["--kind", "layoff"]).first?["id"] as? String)
      #expect(try daemon.verb(["alerts", "list"]).output.contains("open"))

      let dismissed = try daemon.verb(["facts", "dismiss", String(id.prefix(10)), "--reason", "another company", "--author", "ada"])
      #expect(dismissed.status == 0, "\(dismissed.errors)")
      #expect(try facts(daemon, ["--kind", "layoff"]).isEmpty)
      #expect(try !daemon.verb(["alerts", "list"]).output.contains("open"))
      #expect(try daemon.verb(["alerts", "list", "--json"]).output.contains("withdrawn"))

      // The same sentence in another revision of the note.
      try daemon.drop("layoff.md", Notes.layoff + "It rained in the harbour.\n")
      try daemon.settle()
      #expect(try facts(daemon, ["--kind", "layoff"]).isEmpty)
      let list = try daemon.verb(["facts", "dismissed"]).output
      #expect(list.contains("by ada: another company") && list.contains("laid off 240 people"))
      #expect(try daemon.verb(["facts", "dismissed", "--yaml"]).output.contains("kind: \"layoff\", subject: [\"northwind-labs\"]"))

      #expect(try daemon.verb(["facts", "restore", id]).status == 0)
      #expect(try facts(daemon, ["--kind", "layoff"]).count == 1)
      #expect(try daemon.verb(["facts", "dismissed"]).output == "no fact was dismissed\n")
      // Restored facts are those of the note as it stands: its removal takes them along.
      unlink("\(daemon.notes)/layoff.md")
      try daemon.settle()
      #expect(try facts(daemon, ["--kind", "layoff"]).isEmpty)
      daemon.stop()
    }
  }

  @Test func `an alert explains that its fact was dismissed, by whom and why`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      let id = try #require(try facts(daemon, ["--kind", "layoff"]).first?["id"] as? String)
      _ = try daemon.verb(["facts", "dismiss", id, "--reason", "another company", "--author", "ada"])
      let alert = try #require(try daemon.alertLog().first?["id"] as? String)
      let explained = try daemon.verb(["alerts", "explain", alert]).output
      #expect(explained.contains("a fact it rested on was dismissed by ada: another company"), "\(explained)")
      daemon.stop()
    }
  }

  @Test func `the corrections file dismisses facts for the daemon and for check, dates notes, and is taken back`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder, extra: "corrections: corrections.yaml")
      let corrections = "\(folder)/corrections.yaml"
      try TestFile.write("facts: []\n", to: corrections)
      try TestFile.write("Northwind Labs laid off 240 people.\n", to: "\(daemon.notes)/clipping.md")
      try daemon.start()
      try daemon.settle()
      #expect(try facts(daemon).first?["published"] is NSNull || facts(daemon).first?["published"] == nil)

      try TestFile.write("notes:\n  - {path: clipping.md, published: 2026-02-20, publisher: The Harbour Ledger}\n", to: corrections)
      #expect(try reload(daemon).status == 0)
      try daemon.settle()
      let dated = try #require(try facts(daemon).first)
      #expect(dated["published"] as? String == "2026-02-20")
      #expect(dated["publisher"] as? String == "The Harbour Ledger")
      let document = try daemon.verb(["check", "--json", "\(daemon.notes)/clipping.md"]).output
      #expect(document.contains("\"published_from\":\"correction\""))

      try TestFile.write(
        "facts:\n  - {kind: layoff, subject: northwind-labs, text: \"Northwind Labs laid off 240 people.\", reason: wrong}\n",
        to: corrections)
      let result = try reload(daemon)
      #expect(result.errors.contains("changed: corrections"), "\(result.errors)")
      try daemon.settle()
      #expect(try facts(daemon, ["--kind", "layoff"]).isEmpty)
      let check = try daemon.verb(["check", "--json", "\(daemon.notes)/clipping.md"]).output
      #expect(!check.contains("bellwether.fact/v1"))

      try TestFile.write("facts: []\n", to: corrections)
      #expect(try reload(daemon).status == 0)
      #expect(try facts(daemon, ["--kind", "layoff"]).count == 1)

      try TestFile.write("facts:\n  - {kind: layoff, text: x}\n", to: corrections)
      let refused = try reload(daemon)
      #expect(refused.status == 78)
      #expect(refused.errors.contains("corrections.yaml:2:5: a dismissed fact needs a 'subject'"), "\(refused.errors)")
      daemon.stop()
    }
  }

  @Test func `a configured pattern dates the notes that do not date themselves`() async throws {
    try await withTemporaryDirectory { folder in
      let extra = "sources: {patterns: [{path: \"clips/{date}-*.md\", publisher: The Harbour Ledger}]}"
      let daemon = try RunningDaemon(folder, extra: extra)
      mkdir("\(daemon.notes)/clips", 0o755)
      try TestFile.write("Northwind Labs laid off 240 people.\n", to: "\(daemon.notes)/clips/2026-02-20-cuts.md")
      try TestFile.write(Notes.layoff.replacing("2026-02-20", with: "2026-03-01"), to: "\(daemon.notes)/clips/2026-02-21-own.md")
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      let found = try facts(daemon, ["--kind", "layoff"])
      #expect(Set(found.compactMap { $0["published"] as? String }) == ["2026-02-20", "2026-03-01"])
      #expect(found.allSatisfy { $0["publisher"] as? String == "The Harbour Ledger" })
    }
  }

  @Test func `a local filter holds an alert back, is counted and explained, and lets go when it expires`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      mkdir("\(folder)/filters", 0o755)
      let filter = "\(folder)/filters/mine.yaml"
      try TestFile.write("filters:\n  - {rule: people.layoffs, text: laid off 240, reason: known for long}\n", to: filter)
      try daemon.start()
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(try daemon.verb(["alerts", "list"]).output == "no alerts\n")
      #expect(try facts(daemon, ["--kind", "layoff"]).count == 1)
      let stats = try daemon.verb(["rules", "stats", "--json"]).output.split(separator: "\n").first { $0.contains("people.layoffs\"") }
      #expect(stats?.contains("\"alerts_held_back\":1") == true)

      try TestFile.write("filters:\n  - {rule: people.layoffs, text: laid off 240, reason: known, expires: 2020-01-01}\n", to: filter)
      #expect(try reload(daemon).errors.contains("changed: filters"))
      let raised = try daemon.verb(["alerts", "list", "--json"]).output
      #expect(raised.contains("people.layoffs"))

      try TestFile.write("filters:\n  - {rule: people.*, publisher: the harbour ledger, reason: not their field}\n", to: filter)
      #expect(try reload(daemon).status == 0)
      let alert = try #require(try daemon.verb(["alerts", "list", "--json"]).output.split(separator: "\n").first)
      let object = try JSONSerialization.jsonObject(with: Data(alert.utf8)) as? [String: Any]
      #expect(object?["state"] as? String == "withdrawn")
      let explained = try daemon.verb(["alerts", "explain", try #require(object?["id"] as? String)]).output
      #expect(explained.contains("held back by the filter mine.yaml:2: not their field"), "\(explained)")
      daemon.stop()
    }
  }

  @Test func `a broken filter is named with its place, and nothing else stops`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      mkdir("\(folder)/filters", 0o755)
      try TestFile.write("filters:\n  - {rule: people.layoffs}\n  - {rule: people.layoffs, reason: x}\n", to: "\(folder)/filters/a.yaml")
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      let check = try daemon.verb(["check", daemon.notes])
      #expect(check.errors.contains("filters/a.yaml:2:5: a filter needs a 'reason'"), "\(check.errors)")
      #expect(!check.output.contains("WARNING"))
    }
  }

  @Test func `a contradiction is confirmed, dismissed for good, and reopened, with its history`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      try daemon.drop("a.md", Notes.layoff)
      try daemon.drop("b.md", Notes.smallerLayoff.replacing("Ledger", with: "Post"))
      try daemon.settle()
      func list(_ more: [String] = []) throws -> [[String: Any]] {
        try daemon.verb(["contradictions", "list", "--json"] + more).output.split(separator: "\n").map {
          try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
      }
      let id = try #require(try list().first?["id"] as? String)
      #expect(try daemon.verb(["contradictions", "confirm", id, "--author", "ada"]).status == 0)
      #expect(try list().first?["state"] as? String == "confirmed")
      #expect(try daemon.verb(["contradictions", "dismiss", id, "--reason", "two rounds"]).status == 0)
      #expect(try list().isEmpty)
      // A new revision says the same: still dismissed.
      try daemon.drop("a.md", Notes.layoff + "\nIt rained.\n")
      try daemon.settle()
      #expect(try list().isEmpty)
      #expect(try list(["--all"]).first?["state"] as? String == "dismissed")
      let shown = try daemon.verb(["contradictions", "show", id]).output
      #expect(shown.contains("confirmed, by ada") && shown.contains("two rounds"), "\(shown)")
      #expect(try daemon.verb(["contradictions", "reopen", id]).status == 0)
      #expect(try list().count == 1)
      daemon.stop()
    }
  }
}
