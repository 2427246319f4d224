import Analysis
import Documents

extension DigestPage {
  /// Those that came in this period; the others stand on their page, and their number is said.
  var contradictionSections: [PageSection] {
    let new = digest.contradictions.filter(\.isNew)
    let known = digest.contradictions.count - new.count
    guard known > 0 else { return parts.contradictions(new) }
    let words = new.isEmpty ? "Nothing new contradicts anything." : "These came to light in this period."
    let still = PageText([
      .plain("\(words) \(CountText.text(known, "earlier one still stands", "earlier ones still stand")): "),
      .page("all contradictions", SitePage.contradictions.link), .plain("."),
    ])
    let sections = parts.contradictions(new).dropFirst()
    return [PageSection(anchor: "contradictions", title: "Contradictions", blocks: [.paragraph(still)])] + sections
  }

  // MARK: What is to come

  var promisesSection: [PageSection] {
    guard !digest.commitments.isEmpty else { return [] }
    let capped = Capped(digest.commitments.sorted(by: DigestOrder.commitments), limit: limits.commitments)
    let items = capped.shown.map { item -> PageItem in
      var runs: [PageText.Run] = [.strong(item.subject.name), .plain(": \(item.what)")]
      if let due = item.due { runs += [.plain(", due "), DateText.run(interchange: due)] }
      runs.append(.plain(item.status == .planned || item.status == .asserted ? "." : " (\(item.status.rawValue))."))
      return PageItem(
        badge: DigestPage.badge(item.state), text: PageText(runs), citations: item.evidence.prefix(2).map { citer.citation($0) })
    }
    return [PageSection(anchor: "promises", title: "Promises", blocks: [.items(items, style: .line, more: capped.note("promise"))])]
  }

  private static func badge(_ state: Commitment.State) -> PageBadge {
    switch state {
    case .slipped: return PageBadge(label: "Overdue", tone: .warning)
    case .passed: return PageBadge(label: "Date passed", tone: .warning)
    case .due: return PageBadge(label: "Due", tone: .notice)
    case .open: return PageBadge(label: "Open", tone: .plain)
    case .kept: return PageBadge(label: "Kept", tone: .good)
    case .reversed: return PageBadge(label: "Reversed", tone: .warning)
    }
  }

  var watchSection: [PageSection] {
    let ordered = DigestWatch.items(digest)
    guard !ordered.isEmpty else { return [] }
    let capped = Capped(ordered, limit: limits.watch)
    let items = capped.shown.map { item -> PageItem in
      var runs: [PageText.Run] = [.strong(item.subject.name), .plain(": \(item.text)")]
      if let when = item.when { runs += [.plain(", "), DateText.run(interchange: when)] }
      return PageItem(
        text: PageText(runs + [.plain(".")]), citations: item.evidence.prefix(2).map { citer.citation($0) },
        moreCitations: max(0, item.evidence.count - 2))
    }
    return [
      PageSection(
        anchor: "watch", title: "What to watch", blocks: [.items(Citer.labelledOnce(items), style: .line, more: capped.note("line"))])
    ]
  }

  // MARK: What it rests on

  var sourcesSections: [PageSection] {
    var sections: [PageSection] = []
    if !digest.sources.isEmpty {
      // What repeats another stands with it, further down.
      let copies = Set(digest.duplicates.map(\.path))
      let ordered = digest.sources.filter { !copies.contains($0.path) }.sorted { ($1.facts, $0.path) < ($0.facts, $1.path) }
      let capped = Capped(ordered, limit: limits.sources)
      let rows = capped.shown.map { note -> [PageText] in
        [
          noteText(note.path, title: note.title), PageText(note.publisher ?? "unknown"),
          note.published.map { PageText([DateText.run(interchange: $0)]) } ?? "undated", PageText(CountText.grouped(note.facts)),
          note.address.flatMap { SafeURL(untrusted: $0) }.map { PageText([.external("original", $0)]) } ?? "",
        ]
      }
      // The last column is there only where some note names its original.
      let hasOriginals = rows.contains { !$0[4].runs.allSatisfy { $0 == .plain("") } }
      let table = PageTable(
        caption: copies.isEmpty ? "Notes read in this period" : "Notes read in this period, but for those that repeat others",
        columns: ["Note", "Publisher", "Published", "Facts"] + (hasOriginals ? ["Original"] : []),
        rows: hasOriginals ? rows : rows.map { Array($0.dropLast()) }, more: capped.note("note"), numeric: [3])
      sections.append(PageSection(anchor: "sources", title: "Sources read", blocks: [.table(table)]))
    }
    let aside = asideParts
    if !aside.isEmpty { sections += [PageSection(anchor: "aside", title: "Set aside", blocks: [])] + aside }
    return sections
  }

  private var asideParts: [PageSection] {
    var parts = duplicatesPart
    parts += aside(digest.promotion, anchor: "promotion", title: "Promotion")
    parts += aside(digest.notAnalysed, anchor: "not-analysed", title: "Not analysed")
    parts += aside(digest.failures, anchor: "failures", title: "Could not be read")
    return parts
  }

  /// One line a story that several notes tell: the first note, and those that repeat it.
  private var duplicatesPart: [PageSection] {
    guard !digest.duplicates.isEmpty else { return [] }
    let stories = Dictionary(grouping: digest.duplicates, by: \.of).sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    let capped = Capped(stories, limit: limits.setAside)
    let items = capped.shown.map { original, copies -> PageItem in
      let ordered = copies.sorted { $0.path < $1.path }
      var text = PageText([.strong("The same story in \(copies.count + 1) notes"), .plain(": ")])
      text = text + noteText(original, title: copies.compactMap(\.title).first)
      for (index, copy) in ordered.prefix(DigestPage.copies).enumerated() {
        text =
          text + PageText(index == 0 ? "; again in " : ", ") + noteText(copy.path, title: nil)
          + PageText(" (\(Int((copy.similarity * 100).rounded(.down))) % the same)")
      }
      let rest = copies.count - min(copies.count, DigestPage.copies)
      return PageItem(text: text + PageText(rest > 0 ? " and \(rest) more." : "."))
    }
    return [
      PageSection(
        anchor: "duplicates", title: "Duplicates (\(digest.duplicates.count))",
        blocks: [.items(items, style: .line, more: capped.note("story", "stories"))], level: 3)
    ]
  }

  private static let copies = 4

  private func aside(_ all: [SetAside], anchor: String, title: String) -> [PageSection] {
    let ordered = all.sorted(by: DigestOrder.setAside)
    let capped = Capped(ordered, limit: limits.setAside)
    guard !capped.shown.isEmpty else { return [] }
    let items = capped.shown.map { item in
      PageItem(
        text: noteText(item.path, title: nil) + PageText(": \(DigestHeadline.sentence(item.reason))"),
        citations: item.evidence.map { [citer.citation($0)] } ?? [])
    }
    return [
      PageSection(
        anchor: anchor, title: "\(title) (\(all.count))", blocks: [.items(items, style: .line, more: capped.note("note"))], level: 3)
    ]
  }

  private func noteText(_ path: String, title: String?) -> PageText {
    let label = title.map { QuoteText.trimmed($0, limit: 90) } ?? path
    return PageText([citer.url(path: path, line: 1).map { .external(label, $0) } ?? .plain(label)])
  }

  var healthSection: PageSection {
    let health = digest.health
    var lines: [String] = []
    let unwell = health.plugins.filter { !$0.isHealthy }.sorted { $0.id < $1.id }
    if unwell.isEmpty {
      if !health.plugins.isEmpty { lines.append("All \(CountText.text(health.plugins.count, "plugin")) run.") }
    } else {
      lines += unwell.map { "Plugin \($0.id) is \($0.state)" + ($0.detail.map { ": \(DigestHeadline.sentence($0))" } ?? ".") }
      lines.append("\(CountText.text(health.plugins.count - unwell.count, "other plugin runs", "other plugins run")).")
    }
    lines.append(
      health.drift == 0
        ? "No change to the notes was missed."
        : "\(CountText.text(health.drift, "change")) to the notes came without an event and \(health.drift == 1 ? "was" : "were") found by the rescan."
    )
    lines.append(
      health.queued == 0 ? "Nothing is waiting to be read." : "\(CountText.text(health.queued, "note")) still waiting to be read.")
    lines += health.remarks.sorted().map { DigestHeadline.sentence($0) }
    return PageSection(
      anchor: "health", title: "Health", blocks: [.items(lines.map { PageItem(text: PageText($0)) }, style: .line, more: nil)])
  }
}
