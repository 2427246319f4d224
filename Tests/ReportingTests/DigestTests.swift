import Analysis
import Documents
import Testing

@testable import Reporting

@Suite struct DigestTests {
  private static func text(_ digest: Digest, _ format: Reporter.Format = .markdown) -> String {
    String(decoding: Sample.reporter.render(digest, as: format), as: UTF8.self)
  }

  private static var empty: Digest {
    Digest(
      date: CalendarDate(year: 2026, month: 3, day: 4), periodStart: "2026-03-03T07:00:00Z", periodEnd: "2026-03-04T07:00:00Z", zone: "UTC",
      asOf: CalendarDate(year: 2026, month: 3, day: 4))
  }

  @Test(arguments: Reporter.Format.allCases) func theDigestIsAsRecorded(format: Reporter.Format) {
    expectGolden(Sample.reporter.render(Sample.digest, as: format), "digest.\(format.rawValue)")
  }

  @Test(arguments: Reporter.Format.allCases) func theAlertIsAsRecorded(format: Reporter.Format) {
    expectGolden(Sample.reporter.render(Sample.keyDeparture, as: format), "alert.\(format.rawValue)")
  }

  @Test(arguments: Reporter.Format.allCases) func theOrderOfTheInputHasNoSay(format: Reporter.Format) {
    var turned = Sample.digest
    turned.facts.reverse()
    turned.alerts.reverse()
    turned.contradictions.reverse()
    turned.commitments.reverse()
    turned.sources.reverse()
    turned.health.plugins.reverse()
    for index in turned.alerts.indices { turned.alerts[index].page.facts.reverse() }
    #expect(Sample.reporter.render(turned, as: format) == Sample.reporter.render(Sample.digest, as: format))
  }

  @Test func nothingNewIsSaid() {
    #expect(Self.text(Self.empty).contains("\nNothing new.\n"))
    #expect(Self.text(Self.empty).contains("No note arrived in this time."))
    #expect(Self.text(Self.empty, .json).contains("\"nothing_new\":true"))
    var quiet = Self.empty
    quiet.alerts = Sample.digest.alerts.filter { $0.change == .open }
    #expect(Self.text(quiet).contains("\nNothing new. 1 earlier alert still holds.\n"))
  }

  @Test func theHeadlineHasFiveLinesAndTheGravestFirst() {
    let lines = DigestHeadline.lines(Sample.digest, limit: 5)
    #expect(lines.count == 5)
    #expect(lines.first?.badge?.label == "Critical")
    #expect(lines.contains { $0.badge?.label == "Conflict" })
    #expect(lines.allSatisfy { !$0.evidence.isEmpty })
  }

  @Test func theSameStoryIsToldOnceInTheHeadline() {
    var digest = Self.empty
    digest.alerts = (1...4).map { number in
      DigestAlert(
        page: Sample.page("delay", Sample.northwind, .warning, "Aurora \(number) slips", key: "\(number)", facts: ["f05"]), change: .new)
    }
    let lines = DigestHeadline.lines(digest, limit: 5)
    #expect(lines.map(\.text) == ["Aurora 1 slips (anonymous sources only). With it: 3 more alerts of the kind."])
  }

  @Test func aBaselineIsAnnouncedAndNotNews() {
    var digest = Self.empty
    digest.alerts = Sample.digest.alerts.prefix(2).map { DigestAlert(page: $0.page, change: .baseline) }
    #expect(digest.isFirstReading)
    #expect(Self.text(digest).contains("This is the first reading"))
    #expect(Self.text(digest).contains("## What stands out"))
    #expect(Self.text(digest).contains("### Baseline (2)"))
    #expect(!Self.text(digest).contains("### New"))
    // News on the same day, and it is no first reading any more.
    digest.alerts.append(Sample.digest.alerts[3])
    #expect(!digest.isFirstReading)
    #expect(Self.text(digest).contains("## What changed"))
  }

  /// Alerts of their own category each: stories that nothing joins.
  private static func stories(_ count: Int, about subject: EntityRef, in path: String = "a.md") -> [DigestAlert] {
    (1...count).map { number in
      var page = Sample.page("slip\(number)", subject, .warning, "Slip number \(number)", key: "\(number)", facts: [])
      page.alert.evidence = [Sample.place(path, "Sentence \(number).", line: number, start: number * 100)]
      return DigestAlert(page: page, change: .new)
    }
  }

  @Test func longListsAreCappedAndCounted() {
    var digest = Self.empty
    let subjects = (1...10).map { EntityRef(id: "org-\($0)", name: "Org \($0)", organization: "org-\($0)") }
    digest.alerts = subjects.flatMap { Self.stories(4, about: $0, in: "\($0.id).md") }
    let text = Self.text(digest)
    #expect(text.contains("### New (40)"))
    #expect(text.contains("+25 more alerts: "))
    #expect(text.contains("[all alerts](../alerts.html)"))
    #expect(text.split(separator: "\n").count { $0.contains("**[Slip number") } == 15)
    #expect(Self.text(digest, .json).split(separator: "Slip number").count > 40)
  }

  @Test func neitherAnOrganisationNorANoteTakesTheWholePage() {
    let limits = DigestLimits()
    let mine = AlertStory.all(of: (1...3).flatMap { Self.stories(4, about: Sample.northwind, in: "\($0).md").map { $0 } })
    #expect(mine.count == 4)
    let others = (1...10).map { EntityRef(id: "other-\($0)", name: "Z \($0)", organization: "other-\($0)") }
    let many = Self.stories(20, about: Sample.northwind) + others.flatMap { Self.stories(1, about: $0, in: "\($0.id).md") }
    let choice = StoryChoice(AlertStory.all(of: many), limits: limits)
    #expect(choice.shown.count == limits.alertsPerGroup)
    #expect(choice.shown.count { $0.lead.page.alert.subject == Sample.northwind } == limits.storiesPerSubject)
    #expect(choice.held.count == 15)
    // Room that nobody needs is not kept free.
    #expect(StoryChoice(AlertStory.all(of: Self.stories(20, about: Sample.northwind)), limits: limits).shown.count == 15)
    let subjects = (1...30).map { EntityRef(id: "org-\($0)", name: "Org \($0)", organization: "org-\($0)") }
    let oneNote = subjects.prefix(20).enumerated().map { index, subject -> DigestAlert in
      var alert = Self.stories(1, about: subject, in: "one.md")[0]
      alert.page.alert.evidence[0].evidence.span = ByteSpan(index * 10, index * 10 + 5)
      return alert
    }
    let elsewhere = subjects.suffix(10).flatMap { Self.stories(1, about: $0, in: "\($0.id).md") }
    let mixed = StoryChoice(AlertStory.all(of: oneNote + elsewhere), limits: limits)
    #expect(mixed.shown.count { $0.lead.page.alert.evidence[0].path == "one.md" } == limits.storiesPerNote)
    // The last one is shown instead of announced.
    #expect(StoryChoice(AlertStory.all(of: Self.stories(16, about: Sample.northwind)), limits: limits).shown.count == 16)
  }

  @Test func adviceStandsByItselfAndNotAmongWhatHappened() {
    var digest = Self.empty
    digest.facts = [
      Sample.record(
        "r1", "recommendation", [Sample.northwind], path: "a.md", published: "2026-03-01", publisher: nil, line: 1,
        "Northwind Labs should publish what it submitted.", object: [EntityRef(id: "", name: "publish what it submitted")], when: "2026-03",
        status: .opinion, source: ["Ada Quill"])
    ]
    let text = Self.text(digest)
    #expect(text.contains("## Advice and forecasts"))
    #expect(text.contains("**Northwind Labs**: recommendation (publish what it submitted), according to Ada Quill. “"))
    #expect(!text.contains("## Timeline"))
  }

  @Test func alertsThatRestOnTheSameSentencesAreOneStory() {
    func alert(_ category: String, _ subject: EntityRef, _ lines: [Int], _ severity: Severity = .warning) -> DigestAlert {
      var page = Sample.page(category, subject, severity, "\(category) of \(subject.name)", facts: [])
      page.alert.evidence = lines.map { Sample.place("a.md", "Sentence \($0).", line: $0, start: $0 * 100) }
      return DigestAlert(page: page, change: .new)
    }
    func shape(_ alerts: [DigestAlert]) -> [[String]] { AlertStory.all(of: alerts).map { $0.all.map(\.page.alert.category) } }
    let layoff = alert("layoff", Sample.northwind, [1, 2])
    let poaching = alert("poaching_while_laying_off", Sample.northwind, [1, 2, 3])
    #expect(shape([layoff, poaching]) == [["poaching_while_laying_off", "layoff"]])
    #expect(shape([poaching, layoff]) == [["poaching_while_laying_off", "layoff"]])
    // Half is not enough, and another organisation needs all.
    #expect(shape([layoff, alert("delay", Sample.northwind, [2, 9])]).count == 2)
    #expect(shape([poaching, alert("layoff", Sample.contoso, [1, 9, 2])]).count == 2)
    #expect(shape([poaching, alert("layoff", Sample.contoso, [1, 3])]).count == 1)
    // No chain: c is near b, b is near a, and c is not near a.
    let chain = [
      alert("a", Sample.northwind, [1, 2, 3], .critical), alert("b", Sample.northwind, [2, 3, 4]),
      alert("c", Sample.northwind, [4, 5], .notice),
    ]
    #expect(shape(chain) == [["a", "b"], ["c"]])
    // The gravest leads.
    #expect(shape([alert("x", Sample.northwind, [1]), alert("y", Sample.northwind, [1], .critical)]) == [["y", "x"]])
  }

  @Test func aSentenceThatStandsInSeveralNotesIsQuotedOnce() {
    var digest = Self.empty
    var alert = Self.stories(1, about: Sample.northwind)[0]
    alert.page.alert.evidence = [
      Sample.place("a.md", "Ada Quill left.", line: 1), Sample.place("b.md", "**Ada Quill** left.", line: 2),
      Sample.place("a.md", "Others will.", line: 3),
    ]
    digest.alerts = [alert]
    let text = Self.text(digest)
    #expect(text.split(separator: "“Ada Quill left.”").count == 2)
    #expect(text.contains("“Ada Quill left.” — [a.md:1](file:///home/ada/Notes/a.md#L1), [b.md:2](file:///home/ada/Notes/b.md#L2)"))
  }

  @Test func whatASentenceSaysIsOneEntryOfTheTimeline() {
    var investment = Sample.facts[3]
    investment.fact.kind = "investment"
    investment.fact.id = "f04b"
    let timeline = DigestTimeline.entries(of: [Sample.facts[3], investment])
    #expect(timeline.count == 1)
    #expect(timeline[0].facts.map(\.kind) == ["hire", "investment"])
    var digest = Self.empty
    digest.facts = [Sample.facts[3], investment]
    #expect(Self.text(digest).split(separator: "“Northwind Labs hired").count == 2)
    digest.facts[0].fact.labels["dated"] = "context"
    #expect(Self.text(digest).contains("**February 2026 (by context)**"))
  }

  @Test func plainTextHoldsNoLinkAndFitsAMail() {
    let text = Self.text(Sample.digest, .text)
    for sign in ["](", "../", ".md)", "http"] { #expect(!text.contains(sign)) }
    // A word longer than a line, as a path may be, stays whole.
    for line in text.split(separator: "\n") where line.count > 78 { #expect(line.split(separator: " ").contains { $0.count > 70 }) }
  }

  @Test func oneLineOverTheLimitIsShownInsteadOfAnnounced() {
    #expect(Capped([1, 2, 3], limit: 2).more == 0)
    #expect(Capped([1, 2, 3, 4], limit: 2).more == 2)
    #expect(Capped([1, 2, 3, 4], limit: 2).note("note") == "+2 more notes; the JSON has all of them.")
  }

  @Test func everyAlertFactAndSideOfAContradictionCitesItsPlace() {
    let text = Self.text(Sample.digest)
    for alert in Sample.digest.alerts {
      for place in alert.page.alert.evidence {
        #expect(text.contains("[\(MarkdownText.escape(place.path)):\(place.evidence.line)](file://"))
      }
    }
    for item in Sample.digest.contradictions {
      for side in item.contradiction.sides { #expect(text.contains("“\(side.place.evidence.text)”")) }
    }
    for record in Sample.digest.facts where record.fact.when != nil { #expect(text.contains("“\(record.fact.evidence[0].text)”")) }
  }

  @Test func alertFilesKeepTheirNameForLife() {
    var later = Sample.keyDeparture
    later.alert.title = "Three people left"
    later.alert.severity = .warning
    later.state = .resolved
    later.changedAt = "2026-05-01T00:00:00Z"
    #expect(later.fileStem == Sample.keyDeparture.fileStem)
    #expect(Sample.keyDeparture.fileStem == "2026-03-02-northwind-labs-key-departure-\(Sample.keyDeparture.alert.fingerprint.prefix(8))")
  }

  @Test func fileNamesStayInTheirFolder() {
    var page = Sample.keyDeparture
    for name in ["../../etc/passwd", "/", "..", "a/b\u{0}c", "会社", String(repeating: "x", count: 500)] {
      page.alert.subject.id = name
      let stem = page.fileStem
      #expect(stem.utf8.count < 100)
      #expect(stem.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D })
    }
  }

  @Test func ownOutputIsKnownAgain() {
    for format in [Reporter.Format.markdown, .html, .json] {
      #expect(OwnOutput.isMarked(Sample.reporter.render(Sample.digest, as: format)))
      #expect(OwnOutput.isMarked(Sample.reporter.render(Sample.keyDeparture, as: format)))
    }
    #expect(!OwnOutput.isMarked(Array("---\ntitle: My notes on bellwether\n---\n".utf8)))
  }

  @Test func onlyThoseWhoAreFollowedAreOnTheScorecard() {
    var digest = Sample.digest
    digest.follows = ["northwind-labs"]
    #expect(Scorecard.all(of: digest).map(\.subject.id) == ["northwind-labs"])
    #expect(DigestTimeline.all(of: digest).map(\.root) == ["northwind-labs"])
    #expect(Self.text(digest).contains("1 fact is about others, who are not followed, and not shown here."))
    #expect(Self.text(digest, .json).contains("Contoso AI released Meridian"))
  }

  @Test func anAlertOffersWhatItsStateAllows() {
    let verbs: [AlertPage.State: [String]] = [
      .new: ["ack", "resolve", "explain"], .baseline: ["ack", "resolve", "explain"], .acknowledged: ["reopen", "explain"],
      .withdrawn: ["explain"],
    ]
    for (state, expected) in verbs {
      var page = Sample.keyDeparture
      page.state = state
      let text = String(decoding: Sample.reporter.render(page, as: .markdown), as: UTF8.self)
      #expect(text.split(separator: "`bellwether alerts ").dropFirst().map { String($0.prefix { $0 != " " }) } == expected)
    }
  }

  @Test func theReserveIsSaidOnce() {
    var digest = Self.empty
    digest.alerts = ["Northwind Labs cuts jobs", "Northwind Labs cuts more jobs (planned)"].enumerated().map { number, title in
      DigestAlert(page: Sample.page("category\(number)", Sample.northwind, .warning, title, facts: ["f03"]), change: .new)
    }
    // Alerts that rest on one sentence would share a line.
    digest.alerts[1].page.alert.evidence = []
    #expect(
      DigestHeadline.lines(digest, limit: 5).map(\.text)
        == ["Northwind Labs cuts jobs (planned, not done).", "Northwind Labs cuts more jobs (planned)."])
  }

  @Test func anEarlierDayBuiltAgainLeavesTheLatestAlone() {
    #expect(Sample.reporter.files(for: Sample.digest).map(\.path).contains("digests/latest.md"))
    #expect(
      Sample.reporter.files(for: Sample.digest, isLatest: false).map(\.path)
        == ["digests/2026-03-03.md", "digests/2026-03-03.html", "digests/2026-03-03.json"])
  }
}
