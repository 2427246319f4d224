import Analysis
import Documents
import GRDB
import TestSupport
import Testing

@testable import Storage

/// How a batch reaches the disk.
@Suite struct RecordingTests {
  private let correlation = Correlation(
    today: CalendarDate(year: 2026, month: 11, day: 23), sinks: [], follows: { _ in false }, correlate: { _ in Finding() })

  private func outcome(_ name: String, _ text: String) -> NoteOutcome {
    let bytes = Array(text.utf8)
    let document = Document(
      revision: SHA256.hex(bytes), format: .plainText, isConverted: false, source: bytes, text: bytes, map: .identity(count: bytes.count),
      blocks: [], title: name)
    return NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(name.utf8)), displayPath: name,
      stamp: FileStamp(device: 1, inode: 1, size: Int64(bytes.count), modified: 1, changed: 1), cause: .news, analysis: "a",
      result: .document(document, facts: [], analysed: false))
  }

  private func withStore(_ body: (Store) throws -> Void) async throws {
    try await withTemporaryDirectory { try body(try Store(path: "\($0)/test.sqlite")) }
  }

  /// Leaves of the search index; its first ten rows are its own.
  private func leaves(_ store: Store) throws -> Int {
    try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM search_data WHERE id > 10") ?? 0 }
  }

  @Test func `a commit outlives a power cut`() async throws {
    try await withStore { store in
      let full = 2
      let level = try store.read { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
      #expect(level == full)
    }
  }

  @Test func `a batch of new notes is one segment of the search index`() async throws {
    try await withStore { store in
      _ = try store.commit((0..<20).map { outcome("\($0).md", "valve \($0)") }, now: 5, correlation: correlation)
      #expect(try leaves(store) == 1)
    }
  }

  @Test func `a batch of changed notes is one segment of the search index`() async throws {
    try await withStore { store in
      _ = try store.commit((0..<20).map { outcome("\($0).md", "valve \($0)") }, now: 5, correlation: correlation)
      _ = try store.commit((0..<20).map { outcome("\($0).md", "gasket \($0)") }, now: 6, correlation: correlation)
      #expect(try leaves(store) == 2)
    }
  }

  @Test func `the search index says what the texts say after changes and removals`() async throws {
    try await withStore { store in
      _ = try store.commit((0..<4).map { outcome("\($0).md", "valve \($0)") }, now: 5, correlation: correlation)
      var gone = outcome("3.md", "")
      gone.result = .gone
      _ = try store.commit([outcome("1.md", "gasket"), outcome("2.md", "valve 2"), gone], now: 6, correlation: correlation)
      #expect(try Set(store.search("valve").map(\.title)) == ["0.md", "2.md"])
      #expect(try store.search("gasket").map(\.title) == ["1.md"])
      try store.write { try $0.execute(sql: "INSERT INTO search(search, rank) VALUES ('integrity-check', 1)") }
    }
  }
}
