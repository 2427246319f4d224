import Analysis
import Documents

/// What the pages beside the digests show. Pages that list everything are made anew with every digest; an entity's page only where something
/// about the entity changed.
public struct Site: Sendable {
  /// An organisation or person that facts are about.
  public struct Name: Sendable, Hashable {
    public var name: String
    /// Whose page it stands on.
    public var root: String
    public var facts: Int
    /// Publication of the latest note, in the interchange form.
    public var latest: String?
    /// Whether `root` has a page.
    public var hasPage: Bool
    /// Whether any list of names knows `root`: what none knows may be no name at all.
    public var isKnown: Bool

    public init(name: String, root: String, facts: Int, latest: String?, hasPage: Bool, isKnown: Bool = true) {
      self.name = name
      self.root = root
      self.facts = facts
      self.latest = latest
      self.hasPage = hasPage
      self.isKnown = isKnown
    }
  }

  public struct Publisher: Sendable, Hashable {
    /// Nil: the notes do not say.
    public var name: String?
    public var notes: Int
    public var facts: Int
    public var latest: String?

    public init(name: String?, notes: Int, facts: Int, latest: String?) {
      self.name = name
      self.notes = notes
      self.facts = facts
      self.latest = latest
    }
  }

  /// Kinds of facts whose amounts are compared.
  public static let amountKinds = Comparison.kinds

  /// The digest the pages go with.
  public var digest: Digest
  /// Dates of all digests that were written.
  public var digests: [CalendarDate]
  /// Those who have a page.
  public var entities: [Name]
  /// Everybody that facts are about.
  public var names: [Name]
  public var publishers: [Publisher]
  /// The notes received last, latest first.
  public var notes: [SourceNote]
  /// Facts with amounts, for the comparison.
  public var amounts: [FactRecord]

  public init(
    digest: Digest, digests: [CalendarDate], entities: [Name], names: [Name], publishers: [Publisher] = [], notes: [SourceNote] = [],
    amounts: [FactRecord] = []
  ) {
    self.digest = digest
    self.digests = digests
    self.entities = entities
    self.names = names
    self.publishers = publishers
    self.notes = notes
    self.amounts = amounts
  }
}

extension Site {
  private static let digestLimit = 60
  static let storyLimit = 300
  static let candidateLimit = 60
  static let noteLimit = 200

  func pages(links: EvidenceLinks, limits: DigestLimits) -> [Page] {
    makers(links: links, limits: limits).map { $0() }
  }

  /// One for each page, so that they can be made at the same time.
  func makers(links: EvidenceLinks, limits: DigestLimits) -> [@Sendable () -> Page] {
    let citer = Citer(links: links, digest: digest, others: amounts)
    let parts = PageParts(citer: citer, limits: limits, marksNews: !digest.isFirstReading)
    return [
      { overview(parts) }, { alertsPage(parts) }, { contradictionsPage(parts) }, { commitmentsPage(parts) }, { comparisonPage(citer) },
      { sourcesPage(citer) }, { namesPage },
    ]
  }

  func page(_ kind: SitePage, _ summary: PageText, _ sections: [PageSection]) -> Page {
    let front = [FrontMatterField("generator", .bare(OwnOutput.generator)), FrontMatterField("type", .bare(kind.rawValue))]
    return Page(title: kind.title, summary: [summary], frontMatter: front, folder: "", sitePage: kind, sections: sections)
  }

  // MARK: Overview

  private func overview(_ parts: PageParts) -> Page {
    let day = PageText.Run.page(
      "The digest for \(DateText.text(digest.date))", PageLink(folder: OutputLayout.digests, name: digest.date.description))
    let lines = DigestHeadline.lines(digest, limit: parts.limits.headline)
    return page(
      .overview, PageText([day, .plain(" is the latest. \(digest.coverage)")]),
      [headline(lines, parts), openAlerts(lines, parts)] + entitySection + digestSection)
  }

  private func headline(_ lines: [DigestHeadline.Line], _ parts: PageParts) -> PageSection {
    let title = digest.isFirstReading ? "What stands out" : "What changed"
    let items = lines.map { line in
      let link = PageLink(folder: OutputLayout.digests, name: digest.date.description, anchor: line.anchor)
      return PageItem(
        badge: line.badge, text: PageText([.page(line.text, link)]), citations: line.evidence.map { parts.citer.citation($0) })
    }
    return PageSection(
      anchor: "changed", title: title,
      blocks: items.isEmpty ? [.paragraph("Nothing new.")] : [.items(items, style: .headline, more: nil)])
  }

  private var holding: [DigestAlert] {
    digest.alerts.filter { $0.page.state == .new || $0.page.state == .open || $0.page.state == .baseline }
  }

  private func openAlerts(_ lines: [DigestHeadline.Line], _ parts: PageParts) -> PageSection {
    let holding = holding
    guard !holding.isEmpty else { return PageSection(anchor: "alerts", title: "Open alerts", blocks: [.paragraph("No alert is open.")]) }
    // What stands at the top of the page is not said twice.
    let told = Set(lines.map(\.anchor))
    let rest = AlertStory.all(of: holding).filter { !told.contains(DigestWording.anchor($0.lead.page.alert)) }
    let title = "Open alerts (\(holding.count))"
    guard !rest.isEmpty else { return PageSection(anchor: "alerts", title: title, blocks: [.paragraph("All of them stand above.")]) }
    let choice = StoryChoice(rest, limits: parts.limits)
    let names = Subjects(digest)
    let lead: [PageBlock] = told.isEmpty ? [] : [.paragraph("Besides those above:")]
    return PageSection(
      anchor: "alerts", title: title,
      blocks: lead + [.items(choice.shown.map { parts.listed($0) }, style: .line, more: choice.note { names.name(of: $0.root) })])
  }

  private var entitySection: [PageSection] {
    guard !entities.isEmpty else { return [] }
    let open = Dictionary(grouping: holding) { $0.page.alert.subject.root }.mapValues(\.count)
    let rows = entities.sorted { ($0.name, $0.root) < ($1.name, $1.root) }.map { entity -> [PageText] in
      [
        PageText([.page(entity.name, Site.link(entity.root))]), PageText(CountText.grouped(open[entity.root] ?? 0)),
        PageText(CountText.grouped(entity.facts)),
        entity.latest.map { PageText([DateText.run(interchange: $0)]) } ?? "unknown",
      ]
    }
    let table = PageTable(
      caption: "Followed, from A to Z", columns: ["Name", "Open alerts", "Facts", "Latest note"], rows: rows, numeric: [1, 2])
    return [PageSection(anchor: "entities", title: "Who is followed", blocks: [.table(table)])]
  }

  static func link(_ root: String) -> PageLink { PageLink(folder: OutputLayout.entities, name: Slug.identity(root)) }

  private var digestSection: [PageSection] {
    guard !digests.isEmpty else { return [] }
    let capped = Capped(digests.sorted(by: >), limit: Site.digestLimit)
    let items = capped.shown.map { day in
      PageItem(text: PageText([.page(DateText.text(day), PageLink(folder: OutputLayout.digests, name: day.description))]))
    }
    return [
      PageSection(
        anchor: "digests", title: "Digests",
        blocks: [.items(items, style: .line, more: capped.note("digest", whereElse: "the folder digests has all"))])
    ]
  }

  // MARK: Alerts

  private func alertsPage(_ parts: PageParts) -> Page {
    let groups: [(String, String, [DigestAlert])] = [
      ("open", "Open", holding), ("acknowledged", "Acknowledged", digest.alerts.filter { $0.page.state == .acknowledged }),
      ("resolved", "Resolved", digest.alerts.filter { $0.page.state == .resolved }),
      ("withdrawn", "Withdrawn since the last digest", digest.alerts.filter { $0.page.state == .withdrawn }),
    ]
    var sections: [PageSection] = groups.filter { !$0.2.isEmpty }.map { anchor, title, alerts in
      let capped = Capped(AlertStory.all(of: alerts), limit: Site.storyLimit)
      return PageSection(
        anchor: anchor, title: "\(title) (\(alerts.count))",
        blocks: [
          .items(
            capped.shown.map { parts.story($0, isShort: false) }, style: .full,
            more: capped.note("story", "stories", whereElse: "bellwether alerts list shows all of them"))
        ])
    }
    if let chart = AlertChart.make(digest.alerts.map(\.page), anchor: "alert-history", title: "When alerts were raised and ended") {
      sections.append(PageSection(anchor: "history", title: "History", blocks: [.chart(chart)]))
    }
    let baseline = holding.count { $0.page.state == .baseline }
    let words =
      "\(CountText.text(holding.count, "alert holds", "alerts hold"))"
      + (baseline > 0 ? ", \(CountText.grouped(baseline)) of them since before Bellwether began to watch." : ".")
    return page(.alerts, PageText(words), sections)
  }

  // MARK: Contradictions, promises

  private func contradictionsPage(_ parts: PageParts) -> Page {
    var limits = parts.limits
    limits.contradictionsPerVerdict = Site.storyLimit
    let all = PageParts(citer: parts.citer, limits: limits, marksNews: parts.marksNews)
    // The page itself is the section.
    let sections = all.contradictions(digest.contradictions).dropFirst().map { section -> PageSection in
      var section = section
      section.level = 2
      return section
    }
    let words =
      digest.contradictions.isEmpty
      ? "The notes do not contradict each other." : "What notes say against each other, with every sentence side by side."
    return page(.contradictions, PageText(words), Array(sections))
  }

  private func commitmentsPage(_ parts: PageParts) -> Page {
    var limits = parts.limits
    limits.commitments = Site.storyLimit
    limits.watch = Site.storyLimit
    let digestPage = DigestPage(digest, limits: limits, links: parts.citer.links)
    let sections = digestPage.promisesSection + digestPage.watchSection
    let words =
      sections.isEmpty
      ? "No note promises anything with a date near \(DateText.text(digest.asOf))." : "What was promised with a date, and what lies ahead."
    return page(.commitments, PageText(words), sections)
  }
}
