import Analysis
import Documents

/// Everything known of one followed entity. It does not know today's date, so that a page about which nothing is new stays as it is.
public struct EntityPage: Sendable, Hashable {
  public var subject: EntityRef
  /// All facts whose first subject has this root.
  public var facts: [FactRecord]
  /// All its alerts that are not withdrawn.
  public var alerts: [AlertPage]
  public var contradictions: [Contradiction]

  public init(
    subject: EntityRef, facts: [FactRecord], alerts: [AlertPage] = [], contradictions: [Contradiction] = []
  ) {
    self.subject = subject
    self.facts = facts
    self.alerts = alerts
    self.contradictions = contradictions
  }

  /// Name of the page's file without extension: the entity's id where that is fit for one, told apart by its hash where it is not.
  public var fileStem: String { Slug.identity(subject.id) }
}

extension EntityPage {
  static let timelineLimit = 400
  static let undatedLimit = 30

  func page(links: EvidenceLinks, limits: DigestLimits) -> Page {
    let citer = Citer(links: links, records: facts + alerts.flatMap(\.facts))
    var limits = limits
    limits.quotesAll = true
    let parts = PageParts(citer: citer, limits: limits)
    var page = Page(title: subject.name, frontMatter: frontMatter, folder: OutputLayout.entities)
    page.summary = [PageText(summary)]
    page.sections = alertSections(parts) + pictures(citer) + timelineSections(parts) + kindsSection(citer)
    page.sections += parts.contradictions(contradictions.map { DigestContradiction(contradiction: $0, isNew: false) })
    page.sections += undatedSection(citer) + notesSection(citer)
    return page
  }

  private var frontMatter: [FrontMatterField] {
    [
      FrontMatterField("generator", .bare(OwnOutput.generator)), FrontMatterField("type", .bare("entity")),
      FrontMatterField("id", .text(subject.id)), FrontMatterField("name", .text(subject.name)),
      FrontMatterField("facts", .bare(String(facts.count))),
      FrontMatterField("tags", .list(["bellwether/entity"])),
    ]
  }

  private var summary: String {
    let notes = Set(facts.map(\.path)).count
    let open = alerts.count { $0.state == .new || $0.state == .open || $0.state == .baseline }
    guard !facts.isEmpty else { return "No note says anything about \(subject.name)." }
    let alerts = open == 0 ? "no alert holds" : CountText.text(open, "alert holds", "alerts hold")
    let latest = facts.compactMap(\.publishedRange).max { $0.end < $1.end }.map { ", the latest of \(DateText.text($0))" } ?? ""
    return "\(CountText.text(facts.count, "fact")) from \(CountText.text(notes, "note"))\(latest); \(alerts)."
  }

  private func alertSections(_ parts: PageParts) -> [PageSection] {
    let holding = alerts.filter { $0.state != .withdrawn && $0.state != .resolved }.map { DigestAlert(page: $0, change: .open) }
      .sorted(by: DigestOrder.alerts)
    guard !holding.isEmpty else { return [] }
    let stories = AlertStory.all(of: holding)
    var blocks: [PageBlock] = [.items(stories.map { parts.story($0, isShort: false) }, style: .full, more: nil)]
    if let chart = AlertChart.make(holding.map(\.page), anchor: "alert-history", title: "Alerts about \(subject.name)") {
      blocks.insert(.chart(chart), at: 0)
    }
    return [PageSection(anchor: "alerts", title: "Alerts (\(holding.count))", blocks: blocks)]
  }

  private func pictures(_ citer: Citer) -> [PageSection] {
    let charts = FactCharts(subject: subject, citer: citer)
    let parts = charts.positions(facts) + [charts.people(facts)].compactMap { $0 }
    return parts.isEmpty ? [] : [PageSection(anchor: "pictures", title: "In pictures", blocks: [])] + parts
  }

  private func timelineSections(_ parts: PageParts) -> [PageSection] {
    let timeline = DigestTimeline(root: subject.root, name: subject.name, entries: DigestTimeline.entries(of: facts))
    guard !timeline.entries.isEmpty else { return [] }
    return [PageSection(anchor: "timeline", title: "Timeline", blocks: parts.timeline(timeline, limit: EntityPage.timelineLimit))]
  }

  private func kindsSection(_ citer: Citer) -> [PageSection] {
    let kinds = Dictionary(grouping: facts, by: \.fact.kind).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    guard !kinds.isEmpty else { return [] }
    let rows = kinds.map { kind, records -> [PageText] in
      let latest = records.max(by: FactOrder.byPlace)
      return [
        PageText(FactWording.capitalised(FactWording.noun(kind).many)), PageText(CountText.grouped(records.count)),
        PageText(CountText.grouped(records.count { $0.fact.polarity == .negative })),
        PageText(CountText.grouped(records.count { $0.fact.polarity == .positive })),
        PageText((latest.map { citer.citations($0) } ?? []).prefix(1).map { .cite($0) }),
      ]
    }
    let table = PageTable(
      caption: "Facts by kind", columns: ["Kind", "All", "Setbacks", "Gains", "Latest"], rows: rows, numeric: [1, 2, 3])
    return [PageSection(anchor: "kinds", title: "In numbers", blocks: [.table(table)])]
  }

  private func undatedSection(_ citer: Citer) -> [PageSection] {
    let undated = FactOrder.sortedByPlace(facts.filter { $0.fact.range == nil })
    guard !undated.isEmpty else { return [] }
    let capped = Capped(undated, limit: EntityPage.undatedLimit)
    let items = capped.shown.map { record -> PageItem in
      var text = FactWording.capitalised(FactWording.summary(record.fact))
      if let attribution = FactWording.attribution(record.fact) { text += ", \(attribution)" }
      return PageItem(
        anchor: DigestWording.anchor(record.fact), text: PageText("\(text)."), citations: Array(citer.citations(record).prefix(1)))
    }
    let more = capped.note("fact", whereElse: "bellwether facts shows all of them")
    return [PageSection(anchor: "undated", title: "Without a date", blocks: [.items(items, style: .line, more: more)])]
  }

  private func notesSection(_ citer: Citer) -> [PageSection] {
    let notes = Dictionary(grouping: facts, by: \.path).sorted {
      ($1.value[0].published ?? "", $0.key) < ($0.value[0].published ?? "", $1.key)
    }
    guard !notes.isEmpty else { return [] }
    let capped = Capped(notes, limit: 60)
    let rows = capped.shown.map { path, records -> [PageText] in
      let record = records[0]
      let label = record.title ?? path
      return [
        PageText([citer.url(path: path, line: 1).map { .external(label, $0) } ?? .plain(label)]), PageText(record.publisher ?? "unknown"),
        record.published.map { PageText([DateText.run(interchange: $0)]) } ?? "undated", PageText(CountText.grouped(records.count)),
      ]
    }
    let table = PageTable(
      caption: "Notes that speak of \(subject.name), latest first", columns: ["Note", "Publisher", "Published", "Facts"], rows: rows,
      more: capped.note("note"), numeric: [3])
    return [PageSection(anchor: "notes", title: "Notes", blocks: [.table(table)])]
  }
}
