import Analysis
import Documents
import Storage
import TestSupport
import Testing

@Suite struct StoreTests {
  /// One alert a subject while any fact of it holds.
  private let correlation = Correlation(
    today: CalendarDate(year: 2026, month: 11, day: 23), sinks: ["file", "journal"], follows: { $0 != "unfollowed" },
    correlate: { facts in
      let alert = Alert(
        category: "layoff", subject: facts.subject, severity: facts.records.count > 1 ? .critical : .warning, title: "cuts", plugin: "p",
        rule: "r",
        labels: ["org": facts.subject.id], facts: facts.records.map(\.fact.id),
        evidence: facts.records.map { NoteEvidence(path: $0.path, evidence: $0.fact.evidence[0]) })
      return Finding(alerts: [alert])
    })

  private func outcome(_ name: String, _ text: String, subject: String? = "northwind", inode: UInt64 = 1, cause: Cause = .news)
    -> NoteOutcome
  {
    let bytes = Array(text.utf8)
    let all = ByteSpan(0, bytes.count)
    let document = Document(
      revision: SHA256.hex(bytes), format: .plainText, isConverted: false, source: bytes, text: bytes, map: .identity(count: bytes.count),
      blocks: [Block(kind: .paragraph, role: .body, text: all, source: all)], title: name)
    let facts = subject.map { subject in
      [
        Fact(
          id: "\(name)-\(text)", kind: "layoff", subject: [EntityRef(id: subject, name: subject, organization: subject)], plugin: "p",
          rule: "r",
          evidence: [Evidence(span: all, line: 1, text: text)])
      ]
    }
    return NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(name.utf8)), displayPath: name,
      stamp: FileStamp(device: 1, inode: inode, size: Int64(bytes.count), modified: 1, changed: 1), cause: cause, analysis: "a",
      result: .document(document, facts: facts ?? [], analysed: true))
  }

  private func gone(_ name: String) -> NoteOutcome {
    NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(name.utf8)), displayPath: name, stamp: nil, cause: .news, analysis: "a", result: .gone)
  }

  private func withStore(_ body: (Store) throws -> Void) async throws {
    try await withTemporaryDirectory { try body(try Store(path: "\($0)/test.sqlite")) }
  }

  @Test func `a revision is committed with its alert and what is owed for it`() async throws {
    try await withStore { store in
      let result = try store.commit([outcome("a.md", "cuts")], now: 5, correlation: correlation)
      #expect(result.alertChanges.map(\.what) == [.raised])
      #expect(result.alertChanges.map(\.disposition) == ["notified"])
      #expect(try store.owed().map(\.sink) == ["file", "journal"])
      #expect(try store.facts().count == 1)
      #expect(try store.search("cuts").count == 1)
    }
  }

  @Test func `the same bytes again are no change`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome("a.md", "cuts")], now: 5, correlation: correlation)
      let again = try store.commit([outcome("a.md", "cuts")], now: 6, correlation: correlation)
      #expect(again.alertChanges.isEmpty)
      #expect(try store.revisions(after: 0, upTo: .max).count == 1)
    }
  }

  @Test func `more evidence of a higher severity escalates, less of it updates, none withdraws, its return reopens`() async throws {
    try await withStore { store in
      var changes: [AlertChange.What] = []
      for batch in [[outcome("a.md", "cuts")], [outcome("b.md", "more cuts")], [gone("b.md")], [gone("a.md")], [outcome("a.md", "cuts")]] {
        changes += try store.commit(batch, now: 5, correlation: correlation).alertChanges.map(\.what)
      }
      #expect(changes == [.raised, .escalated, .updated, .withdrawn, .reopened])
    }
  }

  @Test func `an edit within one batch neither withdraws nor raises`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome("a.md", "cuts")], now: 5, correlation: correlation)
      let result = try store.commit([outcome("a.md", "deep cuts")], now: 6, correlation: correlation)
      #expect(result.alertChanges.map(\.what) == [.updated])
    }
  }

  @Test func `a baseline notifies nobody, and neither does an upgrade`() async throws {
    try await withStore { store in
      let first = try store.commit([outcome("a.md", "cuts", cause: .baseline)], now: 5, correlation: correlation)
      #expect(first.alertChanges.map(\.disposition) == ["baseline"])
      #expect(try store.owed().isEmpty)
      let upgrade = try store.commit(
        [outcome("b.md", "cuts", subject: "contoso", inode: 2, cause: .upgrade)], now: 6, correlation: correlation)
      #expect(upgrade.alertChanges.map(\.reason) == ["found by the upgrade"])
      let news = try store.commit([outcome("c.md", "cuts again")], now: 7, correlation: correlation)
      #expect(news.alertChanges.map(\.disposition) == ["notified"])
    }
  }

  @Test func `subjects that are not followed raise nothing and stay searchable`() async throws {
    try await withStore { store in
      let result = try store.commit([outcome("a.md", "cuts", subject: "unfollowed")], now: 5, correlation: correlation)
      #expect(result.alertChanges.isEmpty)
      #expect(try store.facts().count == 1)
    }
  }

  @Test func `a renamed file keeps its facts under the new path`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome("a.md", "cuts", inode: 9)], now: 5, correlation: correlation)
      let result = try store.commit([outcome("b.md", "cuts", inode: 9)], now: 6, correlation: correlation)
      #expect(result.moved == 1)
      #expect(try store.facts().map(\.path) == ["b.md"])
      #expect(try store.counts().documents == 1)
    }
  }

  @Test func `the state as of an earlier change can be read back`() async throws {
    try await withStore { store in
      let first = try store.commit([outcome("a.md", "cuts")], now: 5, correlation: correlation).change
      _ = try store.commit([gone("a.md")], now: 6, correlation: correlation)
      #expect(try store.facts(asOf: first).count == 1)
      #expect(try store.facts().isEmpty)
      #expect(try store.alertStates(asOf: first).map(\.state) == [.open])
      #expect(try store.alertStates(asOf: .max).map(\.state) == [.withdrawn])
    }
  }

  @Test func `text that is gone is not found any more`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome("a.md", "zebra crossing")], now: 5, correlation: correlation)
      _ = try store.commit([outcome("a.md", "pelican crossing")], now: 6, correlation: correlation)
      #expect(try store.search("zebra").isEmpty)
      #expect(try store.search("pelican").count == 1)
      _ = try store.commit([gone("a.md")], now: 7, correlation: correlation)
      #expect(try store.search("pelican").isEmpty)
    }
  }

  @Test func `readers neither write nor checkpoint, whatever they leave open`() async throws {
    try await withTemporaryDirectory { folder in
      let path = "\(folder)/test.sqlite"
      let store = try Store(path: path)
      try store.setMeta("key", "value")
      func files() throws -> [[UInt8]] { try [path, path + "-wal"].map { try TestFile.bytes($0) } }
      let before = try files()
      #expect(!before[1].isEmpty)
      do {
        let reader = try Store(reading: path)
        #expect(try reader.meta("key") == "value")
        #expect(throws: StoreError.self) { try reader.setMeta("key", "other") }
        #expect(throws: StoreError.self) { try reader.checkpoint() }
      }
      #expect(try files() == before)
      #expect(try store.meta("key") == "value")
    }
  }
}
