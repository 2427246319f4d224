import Analysis
import Documents
import Storage
import TestSupport
import Testing

/// What is kept of notes that could not be read whole, and why a note was read.
@Suite struct QuarantineTests {
  private let key = NoteKey(folder: "/notes", path: Array("a.md".utf8))
  private let stamp = FileStamp(device: 1, inode: 2, size: 3, modified: 4, changed: 5)
  private let correlation = Correlation(
    today: CalendarDate(year: 2026, month: 11, day: 23), sinks: ["file"], follows: { _ in true },
    correlate: { facts in
      let records = facts.records
      let evidence = records.map { NoteEvidence(path: $0.path, evidence: $0.fact.evidence[0]) }
      return Finding(alerts: [
        Alert(
          category: "layoff", subject: facts.subject, severity: .warning, title: "cuts", plugin: "p", rule: "r",
          labels: ["org": facts.subject.id],
          facts: records.map(\.fact.id), evidence: evidence)
      ])
    })

  private func withStore(_ body: (Store) throws -> Void) async throws {
    try await withTemporaryDirectory { try body(try Store(path: "\($0)/test.sqlite")) }
  }

  private func outcome(_ text: String, facts: Int, analysis: String, cause: Cause) -> NoteOutcome {
    let bytes = Array(text.utf8)
    let all = ByteSpan(0, bytes.count)
    let document = Document(
      revision: SHA256.hex(bytes), format: .plainText, isConverted: false, source: bytes, text: bytes, map: .identity(count: bytes.count),
      blocks: [], title: "a")
    let found = (0..<facts).map { number in
      Fact(
        id: "f\(number)", kind: "layoff", subject: [EntityRef(id: "northwind", name: "Northwind", organization: "northwind")], plugin: "p",
        rule: "r", evidence: [Evidence(span: all, line: 1, text: text)])
    }
    return NoteOutcome(
      key: key, displayPath: "a.md", stamp: stamp, cause: cause, analysis: analysis,
      result: .document(document, facts: found, analysed: true))
  }

  @Test func `crashes on one state of a file add up, another state begins anew`() async throws {
    try await withStore { store in
      let crash = Crash(key: key, stamp: stamp, how: "signal 6")
      try store.strike(crash, program: "1")
      try store.strike(crash, program: "1")
      #expect(try store.crashes(program: "1") == [Crash(key: key, stamp: stamp, count: 2, how: "signal 6")])
      var other = crash
      other.stamp.modified += 1
      try store.strike(other, program: "1")
      #expect(try store.crashes(program: "1").map(\.count) == [1])
    }
  }

  @Test func `a note that was read is acquitted`() async throws {
    try await withStore { store in
      try store.strike(Crash(key: key, stamp: stamp, how: "signal 6"), program: "1")
      _ = try store.commit([outcome("cuts", facts: 0, analysis: "k", cause: .news)], now: 5, correlation: correlation)
      #expect(try store.crashes(program: "1") == [])
    }
  }

  @Test func `another program forgets the crashes and reads the note again`() async throws {
    try await withStore { store in
      try store.strike(Crash(key: key, stamp: stamp, how: "signal 6"), program: "1")
      var failed = outcome("cuts", facts: 0, analysis: "k", cause: .news)
      failed.result = .failed("quarantined after 2 crashes")
      _ = try store.commit([failed], now: 5, correlation: correlation)
      #expect(try store.knownNote(key)?.analysis == "k")
      #expect(try store.crashes(program: "2") == [])
      #expect(try store.knownNote(key)?.analysis == "")
    }
  }

  @Test func `what a plugin failed on is kept for its version alone`() async throws {
    try await withStore { store in
      try store.quarantine(revision: "abc", plugin: "p", version: "1", reason: "it hangs")
      #expect(try store.quarantined(plugin: "p", version: "1") == ["abc": "it hangs"])
      #expect(try store.quarantined(plugin: "p", version: "2") == [:])
      try store.quarantine(revision: "def", plugin: "p", version: "2", reason: "it crashes")
      #expect(try store.quarantined(plugin: "p", version: "1") == [:])
    }
  }

  @Test func `what an unchanged note of the first scan gives when it is looked at whole is nobody's news`() async throws {
    try await withStore { store in
      _ = try store.commit(
        [outcome("cuts", facts: 0, analysis: NoteOutcome.incomplete, cause: .baseline)], now: 5, correlation: correlation)
      #expect(try store.knownNote(key)?.cause == .baseline)
      let whole = try store.commit([outcome("cuts", facts: 1, analysis: "k", cause: .news)], now: 6, correlation: correlation)
      #expect(whole.alertChanges.map(\.disposition) == ["baseline"])
    }
  }

  @Test func `an unchanged note that was news and could not be looked at whole stays news`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome("cuts", facts: 0, analysis: NoteOutcome.incomplete, cause: .news)], now: 5, correlation: correlation)
      let whole = try store.commit([outcome("cuts", facts: 1, analysis: "k", cause: .news)], now: 6, correlation: correlation)
      #expect(whole.alertChanges.map(\.disposition) == ["notified"])
    }
  }

  @Test func `an unchanged note under new rules is an upgrade, whoever asked for it`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome("cuts", facts: 0, analysis: "old", cause: .news)], now: 5, correlation: correlation)
      let again = try store.commit([outcome("cuts", facts: 1, analysis: "new", cause: .news)], now: 6, correlation: correlation)
      #expect(again.alertChanges.map(\.reason) == ["found by the upgrade"])
    }
  }

  @Test func `notes below a directory are told from those beside it`() async throws {
    try await withStore { store in
      let names = ["d/a.md", "d/e/b.md", "d.md", "dd/c.md", "d"]
      let outcomes = names.map { name in
        var note = outcome(name, facts: 0, analysis: "k", cause: .news)
        note.key.path = Array(name.utf8)
        note.stamp?.inode = UInt64(name.utf8.count * 100 + Int(name.utf8.last ?? 0))
        return note
      }
      _ = try store.commit(outcomes, now: 5, correlation: correlation)
      var below: [String] = []
      try store.forEachKnownNote(in: "/notes", below: Array("d".utf8)) { below.append(String(decoding: $0.path, as: UTF8.self)) }
      #expect(below.sorted() == ["d/a.md", "d/e/b.md"])
    }
  }

  @Test func `drift is counted between two changes`() async throws {
    try await withStore { store in
      let first = try store.commit([outcome("cuts", facts: 0, analysis: "k", cause: .news)], now: 5, correlation: correlation).change
      try store.add(drift: 3, example: "a.md")
      #expect(try store.drift(after: 0, upTo: first) == 3)
      #expect(try store.drift(after: first, upTo: .max) == 0)
    }
  }
}
