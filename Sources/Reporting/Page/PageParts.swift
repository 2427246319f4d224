import Analysis
import Documents

/// The parts that digests, entity pages and lists have in common: an alert, a timeline, the contradictions.
struct PageParts {
  let citer: Citer
  let limits: DigestLimits
  /// Whether "new" says anything: at the first reading everything is.
  var marksNews = true

  /// An alert with what tells of the same under it.
  /// - Parameter isShort: one quotation and no remarks, for what was told before.
  func story(_ story: AlertStory, isShort: Bool) -> PageItem {
    var item = alert(story.lead, isShort: isShort)
    var shown = Set(story.lead.page.alert.evidence.map(PageParts.key))
    item.also = story.others.map { other in
      let alert = other.page.alert
      let fresh = alert.evidence.filter { !shown.contains(PageParts.key($0)) }
      shown.formUnion(fresh.map(PageParts.key))
      let text = [.plain("\(CategoryWording.name(alert.category)): "), title(other)] + qualifier(other)
      return PageItem(
        anchor: DigestWording.anchor(alert), text: PageText(text), citations: isShort ? [] : citer.citations(Array(fresh.prefix(1))))
    }
    return item
  }

  /// An alert in a list that leads elsewhere: its first sentence by its place alone.
  func listed(_ story: AlertStory) -> PageItem {
    var item = alert(story.lead, isShort: true)
    item.text = item.text + PageText(item.citations.prefix(1).map { .cite($0) })
    item.citations = []
    item.also = story.others.map { other in
      PageItem(anchor: DigestWording.anchor(other.page.alert), text: PageText([title(other)] + qualifier(other)))
    }
    return item
  }

  private static func key(_ place: NoteEvidence) -> String { "\(place.path)\u{1F}\(place.evidence.span.start)" }

  /// How far an alert that stands in a row is vouched for, where that is not what its title says.
  private func qualifier(_ item: DigestAlert) -> [PageText.Run] {
    guard let caution = DigestHeadline.caution(item.page) else { return [] }
    return [.plain(" (\(caution))")]
  }

  /// - Parameter isShort: one quotation and no remarks, for what was told before.
  func alert(_ item: DigestAlert, isShort: Bool) -> PageItem {
    let alert = item.page.alert
    var text: [PageText.Run] = [title(item)]
    var notes: [PageText] = []
    if isShort {
      text += qualifier(item)
      // What held at the first reading was raised on no day that means anything.
      let raised = item.page.state == .baseline ? "" : "Raised \(DateText.text(instant: String(item.page.raisedAt.prefix(10)))). "
      text.append(.plain(" \(raised)"))
    } else {
      var words: [String] = []
      if item.change == .escalated, let previous = item.previousSeverity, previous != alert.severity {
        words.append("Raised from \(previous.rawValue) to \(alert.severity.rawValue).")
      }
      if let sentence = item.page.sureness.sentence { words.append(FactWording.capitalised(sentence)) }
      if !words.isEmpty { notes.append(PageText(words.joined(separator: " "))) }
      if let reason = item.reason, item.change == .resolved || item.change == .withdrawn {
        notes.append(PageText(FactWording.capitalised(DigestHeadline.sentence(reason))))
      }
    }
    let capped =
      isShort ? Capped(Array(alert.evidence.prefix(1)), limit: 1) : Capped(alert.evidence, limit: limits.quotations(alert.severity))
    return PageItem(
      anchor: DigestWording.anchor(alert), badge: DigestWording.badge(alert.severity), text: PageText(text), notes: notes,
      citations: citer.citations(capped.shown), moreCitations: capped.more)
  }

  /// The title as a sentence that leads to the alert's page.
  private func title(_ item: DigestAlert) -> PageText.Run {
    .title(DigestHeadline.sentence(TitleText.readable(item.page.alert.title)), item.page.link)
  }

  /// The picture where there are two points or more, then the entries.
  func timeline(_ timeline: DigestTimeline, limit: Int) -> [PageBlock] {
    let (items, left) = timeline.items(limit: limit, citer: citer)
    var more: PageText?
    if left > 0 {
      let link = PageLink(folder: OutputLayout.entities, name: Slug.identity(timeline.root), anchor: "timeline")
      more = PageText([
        .plain("+\(CountText.text(left, "more entry", "more entries")): "), .page("all of \(timeline.name)", link), .plain("."),
      ])
    }
    let shown = Set(items.compactMap(\.anchor))
    var row = timeline.chartRow
    row.points.removeAll { !shown.contains($0.anchor) }
    let list = PageBlock.items(items, style: .line, more: more)
    guard row.points.count > 1 else { return [list] }
    let chart = Chart(
      anchor: "chart-\(Slug.identity(timeline.root))", title: "Timeline of \(timeline.name)",
      description: "\(CountText.text(row.points.count, "dated entry", "dated entries")) of the list below, in order of time.",
      drawing: .timeline([row]))
    return [.chart(chart), list]
  }

  private static let verdicts: [(Contradiction.Verdict, String, String)] = [
    (.conflict, "Conflicts", "Both cannot be true. Rely on neither before it is settled."),
    (.update, "Updates", "The later statement replaces the earlier one."),
    (.tension, "Tensions", "Both may be true. They belong side by side."),
  ]

  /// One section with a part for each verdict; none where nothing contradicts anything.
  func contradictions(_ items: [DigestContradiction]) -> [PageSection] {
    guard !items.isEmpty else { return [] }
    let parts = PageParts.verdicts.compactMap { verdict, title, lead -> PageSection? in
      let all = DigestOrder.sorted(items.filter { $0.contradiction.verdict == verdict })
      guard !all.isEmpty else { return nil }
      let groups = PageParts.grouped(all)
      let capped = Capped(groups, limit: limits.contradictionsPerVerdict)
      let items = capped.shown.map { contradiction($0) }
      let more =
        capped.more == 0
        ? nil
        : PageText([
          .plain("+\(CountText.text(capped.more, "more")): "), .page("all contradictions", SitePage.contradictions.link), .plain("."),
        ])
      return PageSection(
        anchor: "contradictions-\(verdict.rawValue)", title: "\(title) (\(groups.count))",
        blocks: [.paragraph(PageText(lead)), .items(items, style: .sides, more: more)], level: 3)
    }
    return [PageSection(anchor: "contradictions", title: "Contradictions", blocks: [])] + parts
  }

  /// Contradictions of one subject and topic are one, and so are updates that share a sentence: promised, delayed, dropped is one thread.
  private static func grouped(_ items: [DigestContradiction]) -> [[DigestContradiction]] {
    var known: [String: Int] = [:]
    var groups: [[DigestContradiction]] = []
    for item in items {
      let contradiction = item.contradiction
      var keys = ["\(contradiction.subject.root)\u{1F}\(contradiction.topic)"]
      if contradiction.verdict == .update {
        keys += contradiction.sides.map { "\(contradiction.subject.root)\u{1F}\(key($0.place))" }
      }
      let index = keys.lazy.compactMap { known[$0] }.first ?? groups.count
      if index == groups.count { groups.append([]) }
      groups[index].append(item)
      for key in keys { known[key] = known[key] ?? index }
    }
    return groups
  }

  private func contradiction(_ group: [DigestContradiction]) -> PageItem {
    var seen: Set<NoteEvidence> = []
    let sides = group.flatMap(\.contradiction.sides).filter { seen.insert($0.place).inserted }.sorted {
      ($0.published ?? "~", $0.place.path, $0.place.evidence.span.start) < (
        $1.published ?? "~", $1.place.path, $1.place.evidence.span.start
      )
    }
    // A thread is called by its beginning and its end.
    let ends = Set([sides.first?.fact, sides.last?.fact].compactMap { $0 })
    let contradiction = (group.first { Set($0.contradiction.sides.map(\.fact)) == ends } ?? group[0]).contradiction
    let citations = sides.map { side -> Citation in
      var citation = citer.citation(side.place)
      let date = side.published.map { DateText.text(interchange: $0) } ?? "undated"
      let sources = FactWording.named(side.source)
      if citation.label.isEmpty { citation.label = date }
      if !sources.isEmpty { citation.label += ", according to \(CountText.list(sources))" }
      return citation
    }
    let news = marksNews && group.contains(where: \.isNew) ? " New." : ""
    return PageItem(
      anchor: DigestWording.anchor(contradiction), badge: DigestWording.badge(contradiction.verdict),
      text: PageText([
        .strong(contradiction.subject.name),
        .plain(": \(DigestHeadline.sentence(TitleText.readable(contradiction.topic)))\(news)"),
      ]), citations: citations)
  }
}
