import Analysis
import Documents

extension Site {
  // MARK: Sources

  func sourcesPage(_ citer: Citer) -> Page {
    let total = publishers.reduce(0) { $0 + $1.notes }
    var sections: [PageSection] = []
    if !publishers.isEmpty {
      let ordered = publishers.sorted { ($1.facts, $1.notes, $0.name ?? "~") < ($0.facts, $0.notes, $1.name ?? "~") }
      let capped = Capped(ordered, limit: Site.noteLimit)
      let rows = capped.shown.map { publisher -> [PageText] in
        [
          PageText(publisher.name ?? "Not named"), PageText(CountText.grouped(publisher.notes)),
          PageText(CountText.grouped(publisher.facts)),
          publisher.latest.map { PageText([DateText.run(interchange: $0)]) } ?? "undated",
        ]
      }
      let table = PageTable(
        caption: "Publishers, by what their notes say", columns: ["Publisher", "Notes", "Facts", "Latest"], rows: rows,
        more: capped.note("publisher"), numeric: [1, 2])
      sections.append(PageSection(anchor: "publishers", title: "Publishers", blocks: [.table(table)]))
    }
    if !notes.isEmpty {
      let rows = notes.prefix(Site.noteLimit).map { note -> [PageText] in
        let label = note.title.map { QuoteText.trimmed($0, limit: 90) } ?? note.path
        return [
          PageText([citer.url(path: note.path, line: 1).map { .external(label, $0) } ?? .plain(label)]),
          PageText(note.publisher ?? "unknown"), note.published.map { PageText([DateText.run(interchange: $0)]) } ?? "undated",
          PageText(CountText.grouped(note.facts)),
        ]
      }
      let rest = total - rows.count
      let table = PageTable(
        caption: "Notes, the latest received first", columns: ["Note", "Publisher", "Published", "Facts"], rows: rows,
        more: rest > 0 ? PageText("+\(CountText.text(rest, "earlier note")); bellwether search finds them.") : nil, numeric: [3])
      sections.append(PageSection(anchor: "notes", title: "Notes", blocks: [.table(table)]))
    }
    return page(.sources, PageText("\(CountText.text(total, "note")) by \(CountText.text(publishers.count, "publisher"))."), sections)
  }

  // MARK: A–Z

  var namesPage: Page {
    let owners = Dictionary(entities.map { ($0.root, $0.name) }, uniquingKeysWith: { a, _ in a })
    let known = names.filter { $0.isKnown || $0.hasPage }
    let letters = Dictionary(grouping: known) { Site.letter($0.name) }.sorted { $0.key < $1.key }
    let sections = letters.map { letter, names -> PageSection in
      let items = names.sorted { ($0.name.lowercased(), $0.root) < ($1.name.lowercased(), $1.root) }.map { name -> PageItem in
        var runs: [PageText.Run] = [name.hasPage ? .page(name.name, Site.link(name.root)) : .plain(name.name)]
        // A person or a product stands on the page of its organisation.
        if let owner = owners[name.root], owner.lowercased() != name.name.lowercased() { runs.append(.plain(" (\(owner))")) }
        runs.append(.plain(", \(CountText.text(name.facts, "fact"))"))
        if !name.hasPage { runs += [.plain(", not followed: "), .code("bellwether timeline \(Slug.text(name.root))")] }
        return PageItem(text: PageText(runs))
      }
      return PageSection(anchor: "letter-\(Slug.text(letter))", title: letter, blocks: [.items(items, style: .line, more: nil)])
    }
    return page(.names, PageText("Everybody the notes say something about, by name."), sections + candidatesSection)
  }

  /// Names that no list knows, the most frequent first: people and organisations to add, and what was only taken for a name.
  private var candidatesSection: [PageSection] {
    let unknown = names.filter { !$0.isKnown && !$0.hasPage }.sorted { ($1.facts, $0.name, $0.root) < ($0.facts, $1.name, $1.root) }
    guard !unknown.isEmpty else { return [] }
    let capped = Capped(unknown, limit: Site.candidateLimit)
    let items = capped.shown.map { name in
      PageItem(
        text: PageText([
          .plain("\(name.name), \(CountText.text(name.facts, "fact")): "), .code("bellwether timeline \(Slug.text(name.root))"),
        ]))
    }
    let lead = PageText([
      .plain("No list of names has these; some may be none. "), .code("bellwether entities accept"),
      .plain(" adds one, so that it can be followed."),
    ])
    return [
      PageSection(
        anchor: "candidates", title: "Not in any list",
        blocks: [
          .paragraph(lead), .items(items, style: .line, more: capped.note("name", whereElse: "bellwether entities candidates shows them")),
        ])
    ]
  }

  /// The first letter in upper case; everything that begins with none stands under "0–9 and signs".
  private static func letter(_ name: String) -> String {
    guard let first = name.first(where: { $0.isLetter || $0.isNumber }), first.isLetter else { return "0–9 and signs" }
    return first.uppercased()
  }

  // MARK: Side by side

  func comparisonPage(_ citer: Citer) -> Page {
    let groups = Comparison.groups(amounts, names: Subjects(digest))
    let sections = groups.enumerated().map { index, group -> PageSection in
      let anchor = "amount-\(index)"
      let bars = group.entries.enumerated().map { row, entry in
        Chart.Bar(label: entry.name, value: entry.number, text: entry.text, isFirm: entry.isFirm, anchor: "\(anchor)-\(row)")
      }
      let chart = Chart(
        anchor: "\(anchor)-chart", title: "\(group.title), as a picture",
        description:
          "The latest amount that notes state, by organisation: \(group.entries.map { "\($0.name) \($0.text)" }.joined(separator: ", ")).",
        drawing: .bars(bars))
      let rows = group.entries.map { entry -> [PageText] in
        let citation = citer.citations(entry.record).first
        return [
          PageText([.page(entry.name, Site.link(entry.root))]), PageText(entry.text),
          entry.record.fact.when.map { PageText([DateText.run(interchange: $0)]) } ?? "unknown",
          PageText(FactWording.status(entry.record.fact.status)), PageText(citation.map { "“\($0.quote)”" } ?? ""),
          PageText(citation.map { [.cite($0)] } ?? []),
        ]
      }
      let table = PageTable(
        caption: "\(group.title), as the notes have it",
        columns: ["Organisation", "Amount", "When", "Status", "What the note says", "Where"],
        rows: rows, more: group.note, anchors: Dictionary(uniqueKeysWithValues: rows.indices.map { ($0, "\(anchor)-\($0)") }))
      return PageSection(anchor: anchor, title: group.title, blocks: [.chart(chart), .details("The same as a table", [.table(table)])])
    }
    let words =
      sections.isEmpty
      ? "The notes state no amount in one unit for two organisations that are followed."
      : "Money and computing capacity, where the notes state an amount in one unit for two organisations or more. The latest statement counts; the amounts may be of different times."
    return page(.comparison, PageText(words), Array(sections))
  }
}

/// Amounts of one kind and unit, one an organisation.
struct Comparison {
  struct Entry {
    var root: String
    var name: String
    var number: Double
    var unit: String
    var text: String
    var isFirm: Bool
    var record: FactRecord
  }

  var title: String
  var entries: [Entry]
  /// Organisations whose amount is too small to be of the same kind of thing.
  var left = 0

  var note: PageText? {
    left == 0 ? nil : PageText("+\(CountText.text(left, "amount")) of less than a thousandth of the greatest; no picture would show them.")
  }

  /// Kinds whose amounts say something side by side.
  static let kinds = ["compute", "investment", "loss"]
  private static let limit = 12

  static func groups(_ records: [FactRecord], names: Subjects) -> [Comparison] {
    var latest: [String: [String: Entry]] = [:]
    for record in inOrder(records) where FactCharts.counts(record.fact) && kinds.contains(record.fact.kind) {
      guard let subject = record.fact.subject.first else { continue }
      for (number, unit) in amounts(record.fact.value ?? "") {
        let entry = Entry(
          root: subject.root, name: names.name(of: subject.root), number: number, unit: unit,
          text: ValueText.text("\(digits(number)) \(unit)"),
          isFirm: FactCharts.isFirm(record.fact), record: record)
        let key = "\(record.fact.kind)\u{1F}\(singular(unit))"
        // The later statement counts, but what is only planned never hides what is.
        if let known = latest[key]?[subject.root], known.isFirm, !entry.isFirm { continue }
        latest[key, default: [:]][subject.root] = entry
      }
    }
    return latest.sorted { $0.key < $1.key }.compactMap { key, entries in
      guard entries.count > 1 else { return nil }
      let parts = key.split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
      let ordered = entries.values.sorted { ($1.number, $0.name, $0.root) < ($0.number, $1.name, $1.root) }
      let noun = FactWording.capitalised(FactWording.noun(parts[0]).one)
      // Called by the plural where some note has it.
      let unit = ordered.map(\.unit).max { ($0.count, $0) < ($1.count, $1) } ?? parts[1]
      let worded = ordered.map { entry -> Entry in
        var entry = entry
        entry.text = ValueText.text("\(digits(entry.number)) \(entry.number == 1 ? entry.unit : unit)")
        return entry
      }
      // The eight chips of a board are nothing beside the hundred thousand of a data centre.
      let comparable = worded.filter { $0.number * 1000 >= worded[0].number }
      guard comparable.count > 1 else { return nil }
      return Comparison(title: "\(noun), in \(unit)", entries: Array(comparable.prefix(limit)), left: worded.count - comparable.count)
    }
  }

  /// The earliest first, those without a date before all; dates are read once.
  private static func inOrder(_ records: [FactRecord]) -> [FactRecord] {
    let placed = FactOrder.sortedByPlace(records)
    let ends = placed.map { ($0.fact.range?.end ?? $0.publishedRange?.end)?.daysSinceEpoch ?? Int.min }
    return placed.indices.sorted { (ends[$0], $0) < (ends[$1], $1) }.map { placed[$0] }
  }

  /// "1300000 GPU;1 gigawatt" as (1300000, "GPU"), (1, "gigawatt").
  static func amounts(_ value: String) -> [(Double, String)] {
    value.split(separator: ";").compactMap { part in
      let words = part.split(separator: " ", maxSplits: 1)
      guard let first = words.first, let number = Double(first), number > 0, number.isFinite, words.count == 2, words[1] != "%" else {
        return nil
      }
      return (number, String(words[1]))
    }
  }

  /// "GPUs" and "GPU" are one unit; currencies are in capitals and stay.
  private static func singular(_ unit: String) -> String {
    unit.count > 3 && unit.hasSuffix("s") && !unit.hasSuffix("ss") ? String(unit.dropLast()) : unit
  }

  private static func digits(_ number: Double) -> String {
    number == number.rounded() && number < 1e15 ? String(Int(number)) : "\(number)"
  }
}
