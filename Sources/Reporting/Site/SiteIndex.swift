import Analysis
import Documents

/// The front page of the output folder: what is open, who is followed, which digests there are.
public struct SiteIndex: Sendable, Hashable {
  public var asOf: CalendarDate
  public var entities: [EntityPage]
  /// All alerts that are not withdrawn.
  public var alerts: [AlertPage]
  /// Dates of the digests that were written.
  public var digests: [CalendarDate]
  /// All that hold; `isNew` sets those of the last period apart.
  public var contradictions: [DigestContradiction]

  public init(
    asOf: CalendarDate, entities: [EntityPage], alerts: [AlertPage], digests: [CalendarDate], contradictions: [DigestContradiction] = []
  ) {
    self.asOf = asOf
    self.entities = entities
    self.alerts = alerts
    self.digests = digests
    self.contradictions = contradictions
  }
}

extension SiteIndex {
  private static let digestLimit = 60
  private static let alertLimit = 100

  func page(links: EvidenceLinks, limits: DigestLimits) -> Page {
    var page = Page(title: "Overview", frontMatter: frontMatter, folder: "")
    let latest = digests.max()
    page.summary = [
      PageText(
        [.plain("As of \(DateText.text(asOf)).")]
          + (latest.map {
            [.plain(" "), .page("The digest for \(DateText.text($0))", folder: OutputLayout.digests, name: $0.description), .plain(".")]
          }
            ?? [])
      )
    ]
    let records = alerts.flatMap(\.facts) + entities.flatMap(\.facts)
    let parts = PageParts(citer: Citer(links: links, records: records), limits: limits)
    page.sections = [alertSection(parts)] + entitySection + parts.contradictions(contradictions) + digestSection
    return page
  }

  private var frontMatter: [FrontMatterField] {
    [
      FrontMatterField("generator", .bare(OwnOutput.generator)), FrontMatterField("type", .bare("index")),
      FrontMatterField("as_of", .bare(asOf.description)), FrontMatterField("tags", .list(["bellwether/index"])),
    ]
  }

  private func alertSection(_ parts: PageParts) -> PageSection {
    let open = alerts.filter { $0.state == .new || $0.state == .open || $0.state == .baseline }.map { DigestAlert(page: $0, change: .open) }
      .sorted(by: DigestOrder.alerts)
    guard !open.isEmpty else { return PageSection(anchor: "alerts", title: "Open alerts", blocks: [.paragraph("No alert is open.")]) }
    let capped = Capped(open, limit: SiteIndex.alertLimit)
    return PageSection(
      anchor: "alerts", title: "Open alerts (\(open.count))",
      blocks: [
        .items(
          capped.shown.map { parts.alert($0, isShort: true) }, style: .line,
          more: capped.note("alert", whereElse: "bellwether alerts list shows all of them"))
      ])
  }

  private var entitySection: [PageSection] {
    guard !entities.isEmpty else { return [] }
    let rows = entities.sorted { ($0.subject.name, $0.subject.id) < ($1.subject.name, $1.subject.id) }.map { entity -> [PageText] in
      let open = alerts.count {
        $0.alert.subject.root == entity.subject.root && ($0.state == .new || $0.state == .open || $0.state == .baseline)
      }
      let latest = entity.facts.compactMap(\.published).max()
      return [
        PageText([.page(entity.subject.name, folder: OutputLayout.entities, name: entity.fileStem)]), PageText(CountText.grouped(open)),
        PageText(CountText.grouped(entity.facts.count)), latest.map { PageText([DateText.run(interchange: $0)]) } ?? "unknown",
      ]
    }
    let table = PageTable(
      caption: "Followed, from A to Z", columns: ["Name", "Open alerts", "Facts", "Last heard of"], rows: rows, numeric: [1, 2])
    return [PageSection(anchor: "entities", title: "Who is followed", blocks: [.table(table)])]
  }

  private var digestSection: [PageSection] {
    guard !digests.isEmpty else { return [] }
    let capped = Capped(digests.sorted(by: >), limit: SiteIndex.digestLimit)
    let items = capped.shown.map { day in
      PageItem(text: PageText([.page(DateText.text(day), folder: OutputLayout.digests, name: day.description)]))
    }
    return [
      PageSection(
        anchor: "digests", title: "Digests",
        blocks: [.items(items, style: .line, more: capped.note("digest", whereElse: "the folder digests has all"))])
    ]
  }
}
