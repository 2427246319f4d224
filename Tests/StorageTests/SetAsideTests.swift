import Alerting
import Analysis
import Documents
import Language
import TestSupport
import Testing

@testable import Storage

/// What a digest is told of notes besides their facts: which repeat others, what promotes something, their tags.
@Suite struct SetAsideTests {
  private static let story =
    "The harbour company said on Monday that it would close two of its four cranes by the summer, that ninety people would be offered other work, "
    + "and that the freed quay would be let to a shipyard which has waited for it since the spring of last year."
  private static let other =
    "Ferries between the islands ran late through most of the week because of fog, and the town council put off its vote on the new breakwater until "
    + "engineers have looked at the ground below it once more, which will take them a month at the least."

  private let correlation = Correlation(
    today: CalendarDate(year: 2026, month: 11, day: 23), sinks: ["file"], follows: { _ in true }, correlate: { _ in Finding() })

  private func outcome(_ name: String, _ text: String, frontMatter: [FrontMatterEntry] = [], blocks: [Block] = []) -> NoteOutcome {
    let bytes = Array(text.utf8)
    let document = Document(
      revision: SHA256.hex(bytes + Array(name.utf8)), format: .plainText, isConverted: false, source: bytes, text: bytes,
      map: .identity(count: bytes.count), blocks: blocks, title: name, frontMatter: frontMatter)
    return NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(name.utf8)), displayPath: name,
      stamp: FileStamp(device: 1, inode: UInt64(name.utf8.first ?? 0), size: 1, modified: 1, changed: 1), cause: .news, analysis: "k",
      traits: NoteTraits(of: document), result: .document(document, facts: [], analysed: true))
  }

  private func gone(_ name: String) -> NoteOutcome {
    NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(name.utf8)), displayPath: name, stamp: nil, cause: .news, analysis: "k", result: .gone)
  }

  private func withStore(_ body: (Store) throws -> Void) async throws {
    try await withTemporaryDirectory { folder in
      let store = try Store(path: folder + "/s.sqlite")
      try body(store)
      try store.close()
    }
  }

  @Test func tellsWhichNoteRepeatsAnEarlierOne() async throws {
    try await withStore { store in
      let first = try store.commit([outcome("a.md", Self.story), outcome("b.md", Self.other)], now: 1, correlation: correlation)
      #expect(try store.duplicates(after: 0, upTo: first.change).isEmpty)
      let second = try store.commit(
        [outcome("c.md", Self.story + " More tomorrow."), outcome("d.md", Self.story)], now: 2, correlation: correlation)
      let found = try store.duplicates(after: first.change, upTo: second.change)
      #expect(found.map(\.path) == ["c.md", "d.md"])
      #expect(found.map(\.original) == ["a.md", "a.md"])
      #expect(found.map(\.originalTitle) == ["a.md", "a.md"])
      #expect(found[0].similarity > 0.8 && found[1].similarity == 1)
      // Not in the time before, and not once either is gone.
      #expect(try store.duplicates(after: 0, upTo: first.change).isEmpty)
      let third = try store.commit([gone("c.md")], now: 3, correlation: correlation)
      #expect(try store.duplicates(after: first.change, upTo: third.change).map(\.path) == ["d.md"])
      let fourth = try store.commit([gone("a.md"), outcome("e.md", Self.story)], now: 4, correlation: correlation)
      #expect(try store.duplicates(after: third.change, upTo: fourth.change).map(\.original) == ["d.md"])
    }
  }

  @Test func findsNoLikenessInFewWords() async throws {
    try await withStore { store in
      let result = try store.commit([outcome("a.md", "It rained."), outcome("b.md", "It rained.")], now: 1, correlation: correlation)
      #expect(try store.duplicates(after: 0, upTo: result.change).isEmpty)
    }
  }

  @Test func keepsWhatANotePromotes() async throws {
    let text = "The news.\nTry our app, now half the price!\nMore news.\n"
    let start = "The news.\n".utf8.count
    let end = start + "Try our app, now half the price!".utf8.count
    let block = Block(kind: .paragraph, role: .promotion, text: ByteSpan(start, end), source: ByteSpan(start, end))
    try await withStore { store in
      let result = try store.commit([outcome("a.md", text, blocks: [block])], now: 1, correlation: correlation)
      let promotion = try #require(try store.revisions(after: 0, upTo: result.change).first?.promotion)
      #expect(promotion.passages == 1)
      #expect(promotion.evidence == Evidence(span: ByteSpan(start, end), line: 2, text: "Try our app, now half the price!"))
      #expect(abs(promotion.share - Double(end - start) / Double(text.utf8.count)) < 1e-9)
    }
  }

  @Test func findsNotesByTheirTags() async throws {
    func tagged(_ name: String, _ values: [String]) -> NoteOutcome {
      outcome(name, "\(name) \(values) It rained.", frontMatter: [FrontMatterEntry(key: "Tags", values: values, line: 2)])
    }
    try await withStore { store in
      let first = try store.commit(
        [tagged("a.md", ["#AI/Chips", "press"]), tagged("b.md", ["aide, harbour"]), outcome("c.md", "It rained.")], now: 1,
        correlation: correlation)
      #expect(try store.paths(tagged: ["ai"], asOf: first.change) == ["a.md"])
      #expect(try store.paths(tagged: ["ai/chips"], asOf: first.change) == ["a.md"])
      #expect(try store.paths(tagged: ["harbour", "press"], asOf: first.change) == ["a.md", "b.md"])
      let second = try store.commit([tagged("a.md", ["press"])], now: 2, correlation: correlation)
      #expect(try store.paths(tagged: ["ai"], asOf: second.change).isEmpty)
      #expect(try store.paths(tagged: ["ai"], asOf: first.change) == ["a.md"])
    }
  }
}
