import Foundation
import TestSupport
import Testing

/// Who is told, with the real daemon, real programs at the ends of its sinks, and crashes in between.
@Suite struct NotificationTests {
  /// A sink that keeps what it is given, one file a key, and says how often each came.
  private func sink(_ folder: String) throws -> String {
    let path = "\(folder)/take"
    try TestFile.write(
      """
      #!/bin/sh
      mkdir -p \(folder)/taken
      if [ -e \(folder)/refuse ] && [ "$BELLWETHER_RECIPIENT" = bo ]; then echo "mailbox full" >&2; exit 75; fi
      cat > "\(folder)/taken/$BELLWETHER_KEY.tmp"
      printf '%s %s\\n' "$BELLWETHER_RECIPIENT" "$BELLWETHER_KIND" >> "\(folder)/taken/$BELLWETHER_KEY.log"
      mv "\(folder)/taken/$BELLWETHER_KEY.tmp" "\(folder)/taken/$BELLWETHER_KEY.json"

      """, to: path)
    chmod(path, 0o755)
    return path
  }

  private func taken(_ folder: String) throws -> [[String: Any]] {
    try TestFile.names(in: "\(folder)/taken").filter { $0.hasSuffix(".json") }.map { name in
      try #require(try JSONSerialization.jsonObject(with: Data(try TestFile.bytes("\(folder)/taken/\(name)"))) as? [String: Any])
    }
  }

  @Test func `an alert reaches each recipient, a refusal holds up no other, and a kill loses nothing`() async throws {
    try await withTemporaryDirectory { folder in
      let extra = """
        sinks: [{id: desk, command: [\(try sink(folder))], to: [ada, bo]}]
        alerts: {route: {sinks: [journal, desk]}}
        digest: {to: [desk]}
        """
      let daemon = try RunningDaemon(folder, extra: extra)
      try TestFile.write("", to: "\(folder)/refuse")
      try daemon.start(["--no-baseline"])
      let events = try EventStream(daemon)
      try daemon.drop("layoff.md", Notes.layoff)
      try events.next { $0["event"] as? String == "delivered" && $0["detail"] as? String == "desk" }
      let first = try taken(folder)
      #expect(first.map { $0["recipient"] as? String } == ["ada"])
      #expect(first[0]["kind"] as? String == "alert")
      let alerts = try #require(first[0]["alerts"] as? [[String: Any]])
      #expect(alerts[0]["category"] as? String == "layoff")
      #expect((first[0]["text"] as? String)?.contains("Northwind Labs laid off 240 people") == true)
      let id = try #require(alerts[0]["id"] as? String)
      let explained = try daemon.verb(["alerts", "explain", id])
      #expect(explained.output.contains("    desk: notified, by route"), "\(explained.output)")
      #expect(explained.output.contains("to desk (ada) at try 1: sent, key "))
      #expect(explained.output.contains("owed to desk (bo), not before"))
      #expect(explained.output.contains("ended with status 75: mailbox full"))
      // Killed and started again it owes the same to the same, under the same key.
      daemon.stop(SIGKILL)
      unlink("\(folder)/refuse")
      try daemon.start()
      let again = try EventStream(daemon)
      if try taken(folder).count < 2 {
        try again.next { $0["event"] as? String == "delivered" && $0["path"] as? String == "bo" }
      }
      #expect(try taken(folder).compactMap { $0["recipient"] as? String }.sorted() == ["ada", "bo"])
      daemon.stop()
    }
  }

  @Test func `silences, acknowledgements and routes are set and explained by verbs`() async throws {
    try await withTemporaryDirectory { folder in
      let extra = """
        sinks: [{id: desk, command: ["\(try sink(folder))"]}]
        alerts: {route: {sinks: [journal], routes: [{match: ["category=layoff"], sinks: [journal, desk]}]}}
        """
      let daemon = try RunningDaemon(folder, extra: extra)
      try daemon.start(["--no-baseline"])
      let route = try daemon.verb(["alerts", "route", "test", "category=layoff", "severity=critical"])
      #expect(route.output.contains("route.routes[0] → journal, desk: from info\n"), "\(route.output)\(route.errors)")
      #expect(route.output.contains("  desk: notified, by route.routes[0]\n"))
      #expect(try daemon.verb(["alerts", "route", "test", "category=delay"]).output.contains("  desk: unrouted, no route leads"))
      #expect(try daemon.verb(["silence", "add", "--for", "2h", "--comment", "x", "nonsense"]).status == 64)
      let added = try daemon.verb(["silence", "add", "--for", "2h", "--comment", "the move", "--author", "ada", "category=layoff"])
      #expect(added.output.hasPrefix("silence 1: category=layoff, until "), "\(added.output)\(added.errors)")
      try daemon.drop("layoff.md", Notes.layoff)
      try daemon.settle()
      #expect(try taken(folder).isEmpty)
      let id = try #require(try daemon.alertLog().first?["id"] as? String)
      #expect(try daemon.verb(["alerts", "explain", id]).output.contains("desk: silenced, silence 1 by ada: the move"))
      #expect(try daemon.verb(["silence", "list", "--json"]).output.contains("\"matchers\":[\"category=layoff\"]"))
      // It ends, and what is still open is told.
      let events = try EventStream(daemon)
      #expect(try daemon.verb(["silence", "expire", "1"]).status == 0)
      try events.next { $0["event"] as? String == "delivered" && $0["detail"] as? String == "desk" }
      #expect(try daemon.verb(["silence", "expire", "1"]).status == 66)
      let kept = try daemon.verb(["alerts", "ack", id, "--as", "useful", "--author", "ada"])
      #expect(kept.output == "\(id): acknowledged; noted as useful\n")
      let explained = try daemon.verb(["alerts", "explain", id]).output
      #expect(explained.contains("reminded → open, by bellwether: no longer silenced, and still open"))
      #expect(explained.contains("acknowledged → acknowledged, by ada: useful"))
      daemon.stop()
    }
  }

  @Test func `a plugin that is down is an alert like any other, and its end too`() async throws {
    try await withTemporaryDirectory { folder in
      let plugin = "\(folder)/flaky"
      mkdir(plugin, 0o755)
      try TestFile.write(
        """
        id: flaky
        version: 1.0.0
        title: Dies
        kind: process
        command: [./main.sh]

        """, to: "\(plugin)/plugin.yaml")
      try TestFile.write("#!/bin/sh\nexit 3\n", to: "\(plugin)/main.sh")
      chmod("\(plugin)/main.sh", 0o755)
      let daemon = try RunningDaemon(folder, extra: "plugins: [people, {path: \(plugin)}]")
      try daemon.start()
      try daemon.drop("rain.md", Notes.nothing)
      func troubles() throws -> [[String: Any]] { try daemon.alertLog(health: true).filter { $0["category"] as? String == "health" } }
      // It may just be starting once more when the daemon looks.
      for _ in 0..<20 where try troubles().isEmpty { try daemon.settle() }
      let health = try troubles()
      let log = try TestFile.text(daemon.log)
      #expect(health.map { $0["rule"] as? String } == ["health.plugin"], "\(log)")
      #expect((health.first?["title"] as? String)?.contains("flaky") == true)
      let id = try #require(health.first?["id"] as? String)
      #expect(try daemon.verb(["alerts", "explain", id]).output.contains("journal: notified"))
      // It is taken out: the alert is resolved.
      let text = try TestFile.text(daemon.configuration).replacing("plugins: [people, {path: \(plugin)}]", with: "plugins: [people]")
      try TestFile.write(text, to: daemon.configuration)
      #expect(try daemon.verb(["reload", "--wait"]).status == 0)
      try daemon.settle()
      #expect(try daemon.alertLog(health: true).last?["state"] as? String == "resolved")
      daemon.stop()
    }
  }

  @Test func `without a daemon a timer's digest is written once and sent once`() async throws {
    try await withTemporaryDirectory { folder in
      let extra = """
        sinks: [{id: desk, command: [\(try sink(folder))], to: [ada, bo]}]
        digest: {at: "00:00", to: [desk]}
        metrics: {file: \(folder)/bellwether.prom}
        """
      let daemon = try RunningDaemon(folder, extra: extra)
      try TestFile.write(Notes.layoff, to: "\(daemon.notes)/layoff.md")
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      let metrics = try TestFile.text("\(folder)/bellwether.prom")
      #expect(metrics.contains("\nbellwether_documents 1\n"), "\(metrics)")
      #expect(metrics.contains("bellwether_alert_changes_total{sink=\"journal\",disposition=\"baseline\"} 1\n"))
      // The day began before anything was recorded: nothing is due. A day later by the clock of the database, it is.
      #expect(try daemon.verb(["digest", "build", "--due"]).output == "")
      try age(daemon)
      let due = try daemon.verb(["digest", "build", "--due"])
      #expect(due.status == 0, "\(due.errors)")
      #expect(due.output.hasSuffix(".md\n"))
      #expect(try daemon.verb(["digest", "build", "--due"]).output == "")
      let letters = try taken(folder)
      #expect(letters.compactMap { $0["recipient"] as? String }.sorted() == ["ada", "bo"])
      #expect(letters.allSatisfy { $0["kind"] as? String == "digest" && $0["digest"] is [String: Any] })
      for name in TestFile.names(in: "\(folder)/taken").filter({ $0.hasSuffix(".log") }) {
        #expect(try TestFile.text("\(folder)/taken/\(name)").split(separator: "\n").count == 1)
      }
    }
  }

  @Test func `a digest by tag speaks of the notes that bear it, one by entity of those about it, and each goes to its own reader`()
    async throws
  {
    try await withTemporaryDirectory { folder in
      let extra = """
        sinks:
          - {id: chips-desk, command: [\(try sink(folder))], to: [ada]}
          - {id: rivals-desk, command: [\(try sink(folder))], to: [bo]}
        digest: {at: "00:00"}
        digests:
          - {id: chips, at: "00:00", tags: ["#Chips"], to: [chips-desk]}
          - {id: rivals, at: "00:00", about: [contoso-ai], to: [rivals-desk]}
        """
      let daemon = try RunningDaemon(folder, extra: extra)
      func note(_ name: String, _ tags: String, _ text: String) throws {
        try TestFile.write("---\ndate: 2026-02-20\ntags: \(tags)\n---\n\n\(text)\n", to: "\(daemon.notes)/\(name).md")
      }
      try note("a", "[chips/memory]", "Northwind Labs laid off 240 people on 19 February 2026.")
      try note("b", "press", "Northwind Labs has abandoned Aurora 3.")
      try note("c", "press", "Contoso AI laid off 90 people on 18 February 2026.")
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      // Further digests begin with their first date: they are asked for here.
      func digest(_ id: String) throws -> [String: Any] {
        let result = try daemon.verb(["digest", "build", "--digest", id, "--json"])
        #expect(result.status == 0, "\(result.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      }
      func paths(_ digest: [String: Any]) -> Set<String> {
        let notes = (digest["sources"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String }
        let alerts = (digest["alerts"] as? [[String: Any]] ?? []).flatMap { $0["evidence"] as? [[String: Any]] ?? [] }
        return Set(notes + alerts.compactMap { $0["path"] as? String })
      }
      let chips = try digest("chips")
      #expect(paths(chips) == ["a.md"])
      #expect((chips["facts"] as? [[String: Any]])?.isEmpty == false)
      #expect(paths(try digest("rivals")) == ["c.md"])
      let text = try daemon.verb(["digest", "show", "--digest", "chips"]).output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(text.contains("2 other notes arrived, not about what this digest covers."), "\(text)")
      // By the timer, a day later, each has its own reader.
      #expect(try daemon.verb(["digest", "build", "--due"]).output == "")
      try age(daemon)
      #expect(try daemon.verb(["digest", "build", "--due"]).status == 0)
      #expect(try taken(folder).compactMap { $0["recipient"] as? String }.sorted() == ["ada", "bo"])
    }
  }

  @Test func `the same state under two locales and zones of the process gives the same bytes`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      removeTree(daemon.notes)
      try FileManager.default.copyItem(atPath: "\(Command.root)/Examples/notes", toPath: daemon.notes)
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      let variants = [
        ["LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"],
        ["LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "America/St_Johns"],
      ]
      var outputs: [[String]] = []
      let latest =
        try JSONSerialization.jsonObject(with: Data(try TestFile.bytes("\(daemon.output)/digests/latest.json"))) as? [String: Any]
      let day = try #require(latest?["date"] as? String)
      for variant in variants {
        var texts: [String] = []
        for arguments in [["digest", "build", "--date", day], ["digest", "show"], ["digest", "build", "--json"]] {
          let result = try Command.run(
            arguments + ["--config", daemon.configuration], environment: Command.environment.merging(variant) { $1 })
          #expect(result.status == 0, "\(result.errors)")
          texts.append(result.output)
        }
        for name in TestFile.names(in: "\(daemon.output)/digests") { texts.append(try TestFile.text("\(daemon.output)/digests/\(name)")) }
        for name in TestFile.names(in: "\(daemon.output)/entities") { texts.append(try TestFile.text("\(daemon.output)/entities/\(name)")) }
        texts.append(try TestFile.text("\(daemon.output)/feed.atom"))
        outputs.append(texts)
      }
      #expect(outputs[0].count > 6)
      #expect(outputs[0] == outputs[1])
    }
  }

  /// Moves what was recorded a day into the past, so that a digest is due.
  private func age(_ daemon: RunningDaemon) throws {
    let script = """
      import sqlite3, sys
      c = sqlite3.connect(sys.argv[1])
      c.execute('UPDATE changes SET at = at - 86400000')
      c.execute('DELETE FROM digest_runs')
      c.execute("UPDATE meta SET value = value - 86400000 WHERE key LIKE 'digest_since:%'")
      c.commit()
      """
    let result = try Command.run(["python3", "-c", script, "\(daemon.state)/bellwether.sqlite"], program: "/usr/bin/env")
    guard result.status == 0 else { throw SupportError("python3: \(result.errors)") }
  }
}
