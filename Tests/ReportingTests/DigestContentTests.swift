import Analysis
import Documents
import Testing

@testable import Reporting

/// What a digest chooses to say, and in which words.
@Suite struct DigestContentTests {
  private static var empty: Digest {
    Digest(
      date: CalendarDate(year: 2026, month: 3, day: 4), periodStart: "2026-03-03T07:00:00Z", periodEnd: "2026-03-04T07:00:00Z", zone: "UTC",
      asOf: CalendarDate(year: 2026, month: 3, day: 4))
  }

  private static func text(_ digest: Digest, _ format: Reporter.Format = .markdown) -> String {
    String(decoding: Sample.reporter.render(digest, as: format), as: UTF8.self)
  }

  private static func record(
    _ id: String, _ kind: String, _ text: String, path: String = "a.md", line: Int = 1, object: [EntityRef] = [], value: String? = nil,
    when: String? = nil, status: AssertionStatus = .asserted, labels: [String: String] = [:], polarity: Polarity = .neutral
  ) -> FactRecord {
    var record = Sample.record(
      id, kind, [Sample.northwind], path: path, published: "2026-03-01", publisher: "The Harbour Ledger", line: line, text, object: object,
      value: value, when: when, status: status, polarity: polarity)
    record.fact.labels = labels
    return record
  }

  @Test func figuresStandOnceWithTheirOwnDateAndPlace() {
    var digest = Self.empty
    digest.facts = [
      Self.record("1", "loss", "It lost 310 million.", value: "310000000 USD", when: "2025-Q4", polarity: .negative),
      Self.record("2", "loss", "The loss was 310 million.", path: "b.md", value: "310000000 USD", when: "2025-Q4", polarity: .negative),
      Self.record(
        "3", "compute", "It runs 1,200 accelerators.", line: 3, value: "1200 accelerator", when: "2026", labels: ["dated": "context"]),
      Self.record("4", "investment", "It spends billions.", line: 4, value: "billions of dollars"),
      Self.record("5", "usage_metric", "It denied 9 million users.", line: 5, value: "9000000 user", status: .denied),
    ]
    let text = Self.text(digest)
    let figures = text.components(after: "## Figures", before: "\n## ")
    #expect(figures.split(separator: "\n").count { $0.hasPrefix("| [Northwind Labs]") } == 2, "\(figures)")
    #expect(text.contains("| Loss | 310 million USD | Q4 2025 | "))
    #expect(text.contains("| Computing capacity | 1200 accelerators | 2026 (by context) | "))
    #expect(!figures.contains("billions") && !figures.contains("users"))
  }

  @Test func theTimelineKeepsWhatHappenedBeforeWhatWasSaid() {
    let said = (1...30).map {
      Self.record("s\($0)", "strategy_position", "Said \($0).", line: $0, when: "2026-02-\($0 < 10 ? "0" : "")\(min($0, 28))")
    }
    let release = Self.record("r", "release", "Released.", line: 50, object: [Sample.aurora], when: "2013-11")
    let vague = Self.record(
      "v", "release", "Released, too.", line: 51, object: [Sample.aurora2], when: "2013", labels: ["dated": "context"])
    let timeline = DigestTimeline(
      root: Sample.northwind.root, name: Sample.northwind.name, entries: DigestTimeline.entries(of: said + [release, vague]))
    let citer = Citer(links: EvidenceLinks(roots: []), records: said)
    let (items, more) = timeline.items(limit: 5, citer: citer)
    #expect(more == timeline.entries.count - 5)
    // The release and, though its year is only understood, the other; then the latest of the rest; in order of time.
    #expect(items.first.map { "\($0.text)" }?.contains("2013") == true)
    #expect(items.count { "\($0.text)".contains("Release") } == 2)
    #expect(items.last.map { "\($0.text)" }?.contains("28 February 2026") == true)
  }

  @Test func whoPublishedANoteIsSaidOnceInAList() {
    var digest = Self.empty
    digest.facts = [
      Self.record("1", "release", "One.", line: 1, when: "2026-01"), Self.record("2", "delay", "Two.", line: 2, when: "2026-02"),
      Self.record("3", "delay", "Three.", path: "b.md", line: 2, when: "2026-02-03"),
    ]
    let timeline = Self.text(digest, .text).components(after: "TIMELINE", before: "SOURCES")
    #expect(timeline.split(separator: "The Harbour Ledger").count == 3, "\(timeline)")
  }

  @Test func whatOneSentenceLeavesOpenIsOneLineAndClimatesAreNothingToWatch() {
    var digest = Self.empty
    digest.facts = [
      Self.record("1", "abandonment", "It may drop Aurora 3.", line: 1, object: [Sample.aurora], when: "2026", status: .conditional),
      Self.record(
        "2", "licence_openness", "It may drop Aurora 3.", line: 1, when: "2026", status: .conditional, labels: ["position": "closed"]),
      Self.record("3", "abandonment", "Aurora 3 could go.", line: 9, object: [Sample.aurora], when: "2026", status: .conditional),
      Self.record("4", "culture", "It might be a hard place.", line: 12, when: "2026", status: .conditional),
    ]
    let items = DigestWatch.items(digest)
    #expect(items.map(\.text) == ["possible abandonment (Aurora 3); possible position on openness (closed)"])
    #expect(items.first?.evidence.map(\.evidence.line) == [1, 9])
    digest.facts.remove(at: 1)
    let merged = DigestWatch.items(digest)
    #expect(merged.map(\.text) == ["possible abandonment (Aurora 3)"])
    #expect(merged.first?.evidence.map(\.evidence.line) == [1, 9])
  }

  @Test func oldContradictionsAreCountedAndNotToldAgain() {
    var digest = Sample.digest
    for index in digest.contradictions.indices { digest.contradictions[index].isNew = index == 0 }
    let text = Self.text(digest).components(after: "## Contradictions", before: "\n## ")
    #expect(text.contains("earlier one") && text.contains("[all contradictions](../contradictions.html)"))
    #expect(text.contains(digest.contradictions[0].contradiction.topic))
    #expect(!text.contains(digest.contradictions[1].contradiction.topic))
    digest.contradictions[0].isNew = false
    #expect(Self.text(digest).contains("Nothing new contradicts anything."))
    #expect(Self.text(digest, .json).contains(digest.contradictions[1].contradiction.topic))
  }

  @Test func theSameStoryInSeveralNotesIsOneLine() {
    var digest = Self.empty
    digest.sources = [SourceNote(path: "d.md", title: nil, publisher: nil, published: nil, facts: 0)]
    digest.duplicates = ["b", "c", "d", "e", "f", "g"].map {
      DuplicateNote(path: "\($0).md", of: "a.md", title: "A deal", similarity: 0.987)
    }
    digest.duplicates.append(DuplicateNote(path: "y.md", of: "x.md", similarity: 1))
    let text = Self.text(digest)
    #expect(text.contains("7 notes repeat others."))
    #expect(text.contains("**The same story in 7 notes**: [A deal]("))
    #expect(text.contains(" (98 % the same) and 2 more."))
    #expect(text.contains("**The same story in 2 notes**: [x.md](file:///home/ada/Notes/x.md#L1); again in [y.md]("))
  }

  @Test func whatRepeatsAnotherIsNoSourceOfItsOwn() {
    var digest = Self.empty
    digest.sources = ["a.md", "b.md"].map { SourceNote(path: $0, title: "Title of \($0)", publisher: nil, published: nil, facts: 1) }
    digest.duplicates = [DuplicateNote(path: "b.md", of: "a.md", similarity: 1)]
    let table = Self.text(digest).components(after: "## Sources read", before: "\n## ")
    #expect(table.contains("Title of a.md") && !table.contains("Title of b.md"))
    #expect(Self.text(digest, .json).contains("Title of b.md"))
  }

  @Test func namesThatNoListHasStandByThemselves() throws {
    func name(_ name: String, isKnown: Bool) -> Site.Name {
      Site.Name(name: name, root: name.lowercased(), facts: 2, latest: nil, hasPage: false, isKnown: isKnown)
    }
    let site = Site(digest: Self.empty, digests: [], entities: [], names: [name("Contoso", isKnown: true), name("Stated", isKnown: false)])
    let file = try #require(Sample.reporter.files(for: site).first { $0.path == "names.html" })
    let page = String(decoding: file.bytes, as: UTF8.self)
    let last = page.components(after: "Not in any list</h2>", before: "</main>")
    #expect(last.contains("Stated, 2 facts") && !last.contains("Contoso"))
    #expect(!page.contains("id=\"letter-s\""))
  }

  @Test func aDigestOfAPartSaysThatOtherNotesCame() {
    var digest = Self.empty
    digest.otherNotes = 3
    digest.health.documents = 12
    #expect(digest.coverage == "3 notes arrived in this time, and none about what this digest covers. 12 notes known in all.")
    digest.sources = [SourceNote(path: "d.md", title: nil, publisher: nil, published: nil, facts: 0)]
    #expect(digest.coverage.hasPrefix("Read 1 note and found no fact. 3 other notes arrived, not about what this digest covers."))
  }

  @Test func graveAlertsAreQuotedAtLengthAndSmallOnesBriefly() {
    let limits = DigestLimits()
    #expect([Severity.critical, .warning, .notice, .info].map(limits.quotations) == [3, 2, 1, 1])
  }
}

extension String {
  /// The part behind the first occurrence of one text, up to the next of another.
  fileprivate func components(after: String, before: String) -> String {
    guard let start = ranges(of: after).first?.upperBound else { return "" }
    let rest = self[start...]
    return String(rest[..<(rest.ranges(of: before).first?.lowerBound ?? rest.endIndex)])
  }
}
