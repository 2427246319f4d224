import Analysis
import Documents

/// The parts that digests and entity pages have in common: an alert, a timeline, the contradictions.
struct PageParts {
  let citer: Citer
  let limits: DigestLimits

  /// - Parameter isShort: one quotation and no remarks, for what was told before.
  func alert(_ item: DigestAlert, isShort: Bool) -> PageItem {
    let alert = item.page.alert
    var text: [PageText.Run] = [.strong(DigestHeadline.sentence(TitleText.readable(alert.title))), .plain(" ")]
    var notes: [PageText] = []
    if isShort {
      text.append(.plain("Raised \(DateText.text(instant: String(item.page.raisedAt.prefix(10)))). "))
    } else {
      var first = CategoryWording.name(alert.category) + "."
      if item.change == .escalated, let previous = item.previousSeverity, previous != alert.severity {
        first += " Raised from \(previous.rawValue) to \(alert.severity.rawValue)."
      }
      if let sentence = item.page.sureness.sentence { first += " \(sentence)" }
      notes.append(PageText(first))
      if let reason = item.reason, item.change == .resolved || item.change == .withdrawn {
        notes.append(PageText(FactWording.capitalised(DigestHeadline.sentence(reason))))
      }
    }
    // What the first scan found has no file of its own until something new comes.
    if item.page.state != .baseline { text.append(.page("Details", folder: OutputLayout.alerts, name: item.page.fileStem)) }
    if isShort { text.append(.plain(" ")) }
    let capped = isShort ? Capped(Array(alert.evidence.prefix(1)), limit: 1) : Capped(alert.evidence, limit: limits.quotationsPerAlert)
    return PageItem(
      anchor: DigestWording.anchor(alert), badge: DigestWording.badge(alert.severity), text: PageText(text), notes: notes,
      citations: capped.shown.map { citer.citation($0) }, moreCitations: capped.more)
  }

  /// The picture where there are two points or more, then the entries.
  func timeline(_ timeline: DigestTimeline, limit: Int) -> [PageBlock] {
    let (items, earlier) = timeline.items(limit: limit, citer: citer)
    let more = earlier > 0 ? PageText("+\(CountText.text(earlier, "earlier entry", "earlier entries")); the JSON has all of them.") : nil
    let shown = Set(items.compactMap(\.anchor))
    var row = timeline.chartRow
    row.points.removeAll { !shown.contains($0.anchor) }
    let list = PageBlock.items(items, style: .line, more: more)
    guard row.points.count > 1 else { return [list] }
    let chart = Chart(
      anchor: "chart-\(Slug.identity(timeline.root))", title: "Timeline of \(timeline.name)",
      description: "\(CountText.text(row.points.count, "dated fact")) of the list below, in order of time.", rows: [row])
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
      let all = items.filter { $0.contradiction.verdict == verdict }.sorted(by: DigestOrder.contradictions)
      guard !all.isEmpty else { return nil }
      let capped = Capped(all, limit: limits.contradictionsPerVerdict)
      let items = capped.shown.map { contradiction($0) }
      return PageSection(
        anchor: "contradictions-\(verdict.rawValue)", title: "\(title) (\(all.count))",
        blocks: [
          .paragraph(PageText(lead)),
          .items(items, style: .sides, more: capped.note("contradiction", whereElse: "bellwether contradictions shows all of them")),
        ], level: 3)
    }
    return [PageSection(anchor: "contradictions", title: "Contradictions", blocks: [])] + parts
  }

  private func contradiction(_ item: DigestContradiction) -> PageItem {
    let contradiction = item.contradiction
    let citations = contradiction.sides.map { side -> Citation in
      var citation = citer.citation(side.place)
      let date = side.published.map { DateText.text(interchange: $0) } ?? "undated"
      let sources = FactWording.named(side.source)
      if citation.label.isEmpty { citation.label = date }
      if !sources.isEmpty { citation.label += ", according to \(CountText.list(sources))" }
      return citation
    }
    return PageItem(
      anchor: DigestWording.anchor(contradiction), badge: DigestWording.badge(contradiction.verdict),
      text: PageText([
        .strong(contradiction.subject.name),
        .plain(": \(DigestHeadline.sentence(TitleText.readable(contradiction.topic)))\(item.isNew ? " New." : "")"),
      ]), citations: citations)
  }
}
