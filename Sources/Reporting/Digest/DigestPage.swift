import Analysis
import Documents

/// Puts a digest into the order in which an analyst reads it.
struct DigestPage {
  let digest: Digest
  let limits: DigestLimits
  let citer: Citer
  let parts: PageParts
  let subjects: Subjects

  init(_ digest: Digest, limits: DigestLimits, links: EvidenceLinks) {
    self.digest = digest
    self.limits = limits
    citer = Citer(links: links, digest: digest)
    parts = PageParts(citer: citer, limits: limits, marksNews: !digest.isFirstReading)
    subjects = Subjects(digest)
  }

  func page() -> Page {
    var page = Page(
      title: "Digest \(digest.name.map { "“\($0)” " } ?? "")for \(DateText.text(digest.date))", frontMatter: frontMatter,
      folder: OutputLayout.digests)
    page.summary = [PageText(period), PageText(digest.coverage)]
    page.sections = [headlineSection] + alertSections + contradictionSections + promisesSection + watchSection
    page.sections += scorecardSection + figuresSection + timelineSections + adviceSection + sourcesSections + [healthSection]
    return page
  }

  private var frontMatter: [FrontMatterField] {
    [
      FrontMatterField("generator", .bare(OwnOutput.generator)), FrontMatterField("type", .bare("digest")),
      FrontMatterField("date", .bare(digest.date.description)), FrontMatterField("period_start", .text(digest.periodStart)),
      FrontMatterField("period_end", .text(digest.periodEnd)), FrontMatterField("zone", .text(digest.zone)),
      FrontMatterField("as_of", .bare(digest.asOf.description)),
      FrontMatterField("alerts_new", .bare(String(digest.alerts.count { $0.change == .new || $0.change == .escalated }))),
      FrontMatterField("facts", .bare(String(digest.facts.count))), FrontMatterField("tags", .list(["bellwether/digest"])),
    ]
  }

  private var period: String {
    guard digest.isFirstReading else { return "Covers \(DateText.period(digest.periodStart, digest.periodEnd)), \(digest.zone)." }
    return
      "This is the first reading: what it tells stood in the notes before Bellwether began to watch them, and nobody was notified of it. "
      + "From the next digest on, only what is new is told."
  }

  private var headlineSection: PageSection {
    let lines = DigestHeadline.lines(digest, limit: limits.headline)
    let title = digest.isFirstReading ? "What stands out" : "What changed"
    guard !lines.isEmpty else {
      let open = digest.alerts.count { $0.change == .open || $0.change == .acknowledged }
      let still = open == 0 ? "" : " \(CountText.text(open, "earlier alert still holds", "earlier alerts still hold"))."
      return PageSection(anchor: "changed", title: title, blocks: [.paragraph(PageText("Nothing new.\(still)"))])
    }
    let items = lines.map { line in
      PageItem(
        badge: line.badge, text: PageText([.anchor(line.text, id: line.anchor)]), citations: line.evidence.map { citer.citation($0) })
    }
    return PageSection(anchor: "changed", title: title, blocks: [.items(items, style: .headline, more: nil)])
  }

  // MARK: Alerts

  private static let groups: [(DigestAlert.Change, String, String?)] = [
    (.new, "New", nil), (.escalated, "More serious than before", nil), (.resolved, "Resolved", nil),
    (.withdrawn, "Withdrawn", "What these rested on is gone from the notes, was corrected, or is outweighed by what has been said since."),
    (.upgrade, "Found by the upgrade", "A new rule or name list found these in notes already read. They are not news."),
    (
      .baseline, "Baseline",
      "These warnings hold in notes that were there before Bellwether began to watch. They are the ground that news is measured against; "
        + "nobody was notified of them."
    ),
    (.open, "Still open", nil),
    (.acknowledged, "Acknowledged", nil),
  ]

  private var alertSections: [PageSection] {
    let groups = DigestPage.groups.compactMap { change, title, lead -> PageSection? in
      let alerts = digest.alerts.filter { $0.change == change }
      guard !alerts.isEmpty else { return nil }
      let isShort = change == .open || change == .acknowledged
      let choice = StoryChoice(AlertStory.all(of: alerts), limits: limits)
      let items = choice.shown.map { parts.story($0, isShort: isShort) }
      let list = PageBlock.items(
        items, style: isShort ? .line : .full, more: choice.note { subjects.name(of: $0.root) })
      return PageSection(
        anchor: "alerts-\(change.rawValue)", title: "\(title) (\(alerts.count))",
        blocks: (lead.map { [.paragraph(PageText($0))] } ?? []) + [list],
        level: 3)
    }
    let lead: [PageBlock] = groups.isEmpty ? [.paragraph("No alert is open.")] : []
    return [PageSection(anchor: "alerts", title: "Alerts", blocks: lead)] + groups
  }

  // MARK: Facts

  private var scorecardSection: [PageSection] {
    let cards = Scorecard.all(of: digest)
    guard !cards.isEmpty else { return [] }
    let capped = Capped(cards, limit: limits.scorecard)
    let longest = cards.map { max($0.setbacks, $0.gains) }.max() ?? 0
    let rows = capped.shown.map { card -> [PageText] in
      [
        entity(card.subject), PageText([.meter(card.setbacks, of: longest, .critical)]),
        PageText([.meter(card.gains, of: longest, .good)]), PageText(CountText.grouped(card.neutral)), PageText(card.kindsText()),
        PageText((card.latest.map { citer.citations($0) } ?? []).prefix(1).map { .cite($0) }),
      ]
    }
    let table = PageTable(
      caption: "Facts of this period by organisation", columns: ["Organisation", "Setbacks", "Gains", "Other", "What they are", "Latest"],
      rows: rows, more: capped.note("organisation"), numeric: [1, 2, 3])
    return [PageSection(anchor: "scorecard", title: "Scorecard", blocks: [.table(table)])]
  }

  /// The name, leading to its page where it has one.
  func entity(_ subject: EntityRef) -> PageText {
    guard digest.follows?.contains(subject.root) ?? true, !subject.root.isEmpty else { return PageText(subject.name) }
    return PageText([.page(subject.name, PageLink(folder: OutputLayout.entities, name: Slug.identity(subject.root)))])
  }

  private var timelineSections: [PageSection] {
    let timelines = DigestTimeline.all(of: digest)
    guard !timelines.isEmpty else { return [] }
    let capped = Capped(timelines, limit: limits.timelines)
    let followed = Subjects.followed(digest)
    let undated = followed.count { $0.fact.range == nil }
    let others = digest.facts.count - followed.count
    var lead: [PageBlock] = []
    if undated > 0 {
      lead.append(
        .paragraph(
          PageText("\(CountText.text(undated, "fact has", "facts have")) no date and \(undated == 1 ? "is" : "are") not shown here.")))
    }
    if others > 0 {
      lead.append(
        .paragraph(
          PageText("\(CountText.text(others, "fact is", "facts are")) about others, who are not followed, and not shown here.")))
    }
    // What the others leave of the room goes to those who have more, in order.
    var room = limits.timelineEntries - capped.shown.reduce(0) { $0 + min($1.entries.count, limits.timelinePerSubject) }
    let each = capped.shown.map { timeline -> PageSection in
      let more = max(0, min(timeline.entries.count, limits.timelineAlone) - limits.timelinePerSubject)
      let extra = max(0, min(room, more))
      room -= extra
      return PageSection(
        anchor: "timeline-\(Slug.identity(timeline.root))", title: timeline.name,
        blocks: parts.timeline(timeline, limit: limits.timelinePerSubject + extra), level: 3)
    }
    var last: [PageSection] = []
    if capped.more > 0 {
      let rest = timelines.dropFirst(capped.shown.count)
      var runs: [PageText.Run] = []
      for timeline in rest.prefix(12) {
        runs.append(.plain(runs.isEmpty ? "" : ", "))
        runs += entity(EntityRef(id: timeline.root, name: timeline.name)).runs + [.plain(" (\(timeline.entries.count))")]
      }
      if rest.count > 12 { runs.append(.plain(" and \(rest.count - 12) more")) }
      last = [PageSection(anchor: "timeline-others", title: "Others", blocks: [.paragraph(PageText(runs + [.plain(".")]))], level: 3)]
    }
    return [PageSection(anchor: "timeline", title: "Timeline", blocks: lead)] + each + last
  }
}
