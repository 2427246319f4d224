import Analysis
import Documents

/// Pictures of one organisation's facts: where it stands on each axis of its strategy over time, and who comes and goes. Each has the same as
/// a table under it, whose rows carry the evidence that the points lead to.
struct FactCharts {
  let subject: EntityRef
  let citer: Citer

  /// Rows of a table under a picture; the picture shows what the table holds.
  static let limit = 60

  // MARK: Positions

  /// A named position on an axis: licence and openness have one of their own, other axes are named by the rules.
  static func position(_ fact: Fact) -> (axis: String, position: String)? {
    if fact.kind == "licence_openness", let position = fact.labels["position"] { return ("openness", position) }
    guard let axis = fact.labels["axis"], let position = fact.labels["position"] ?? fact.labels["lean"] else { return nil }
    return (axis, position)
  }

  /// Known axes from one end to the other; positions of others are in order of name.
  private static let orders: [String: [String]] = [
    "openness": ["open", "partly-open", "closed"], "research-product": ["research", "balanced", "product"],
  ]

  func positions(_ records: [FactRecord]) -> [PageSection] {
    var axes: [String: [(FactRecord, String)]] = [:]
    for record in records where FactCharts.counts(record.fact) {
      guard let (axis, position) = FactCharts.position(record.fact) else { continue }
      axes[axis, default: []].append((record, position))
    }
    return axes.sorted { $0.key < $1.key }.compactMap { axis, found in positions(axis, found) }
  }

  private func positions(_ axis: String, _ found: [(record: FactRecord, position: String)]) -> PageSection? {
    let dated = FactCharts.dated(found.map(\.record)).suffix(FactCharts.limit)
    let names = Dictionary(found.map { ($0.record.fact.id, $0.position) }, uniquingKeysWith: { a, _ in a })
    let used = Set(dated.compactMap { names[$0.record.fact.id] })
    guard dated.count > 1, !used.isEmpty else { return nil }
    let known = (FactCharts.orders[axis] ?? []).filter { used.contains($0) || FactCharts.orders[axis]?.count == 2 }
    let lanes = known + used.subtracting(known).sorted()
    let anchor = "axis-\(Slug.identity(axis))"
    let places = dated.enumerated().map { index, item in
      let position = names[item.record.fact.id] ?? ""
      return Chart.Place(
        lane: lanes.firstIndex(of: position) ?? 0,
        point: point(item, words: FactWording.label(position), tone: .notice, anchor: "\(anchor)-\(index)"))
    }
    let title = axis == "openness" ? "Open or closed" : FactCharts.title(axis)
    let chart = Chart(
      anchor: "\(anchor)-chart", title: "\(title): \(subject.name) over time",
      description:
        "What \(CountText.text(places.count, "statement")) of the notes say of its position, from \(lanes.map { FactWording.label($0) }.joined(separator: " to ")).",
      drawing: .lanes(lanes.map { FactWording.capitalised(FactWording.label($0)) }, places))
    let table = table("\(title), as the notes have it", anchor: anchor, column: "Position", Array(dated)) {
      names[$0.fact.id].map { FactWording.label($0) } ?? ""
    }
    return PageSection(anchor: anchor, title: title, blocks: [.chart(chart), .details("The same as a table", [.table(table)])], level: 3)
  }

  private static func title(_ axis: String) -> String {
    FactWording.capitalised(axis.split(separator: "-").joined(separator: " or "))
  }

  // MARK: People

  func people(_ records: [FactRecord]) -> PageSection? {
    let kinds: Set<String> = ["hire", "departure", "layoff"]
    let dated = FactCharts.dated(records.filter { kinds.contains($0.fact.kind) && FactCharts.counts($0.fact) }).suffix(FactCharts.limit)
    guard dated.count > 1, let first = dated.first?.range.start, let last = dated.map(\.range.start).max() else { return nil }
    // Quarters, or years where quarters would be too many to read.
    let byYear = (last.daysSinceEpoch - first.daysSinceEpoch) > 365 * 6
    func period(_ day: CalendarDate) -> Int { byYear ? day.year : day.year * 4 + (day.month - 1) / 3 }
    var stacks = (period(first)...period(last)).map { number in
      Chart.Stack(label: byYear ? String(number) : "Q\(number % 4 + 1) \(number / 4)", up: [], down: [])
    }
    for (index, item) in dated.enumerated() {
      let isHire = item.record.fact.kind == "hire"
      let mark = point(item, words: words(item.record.fact), tone: isHire ? .good : .critical, anchor: "people-\(index)")
      let slot = period(item.range.start) - period(first)
      if isHire { stacks[slot].up.append(mark) } else { stacks[slot].down.append(mark) }
    }
    let came = dated.count { $0.record.fact.kind == "hire" }
    let chart = Chart(
      anchor: "people-chart", title: "People in and out of \(subject.name)",
      description:
        "\(CountText.text(came, "statement")) of people coming and \(dated.count - came) of people going, by \(byYear ? "year" : "quarter").",
      drawing: .stacks(stacks, up: "Came", down: "Went"))
    let table = table("People, as the notes have it", anchor: "people", column: "What", Array(dated)) {
      FactWording.capitalised(words($0.fact))
    }
    return PageSection(
      anchor: "people", title: "People in and out", blocks: [.chart(chart), .details("The same as a table", [.table(table)])], level: 3)
  }

  private func words(_ fact: Fact) -> String {
    let who = fact.subject.map(\.name).filter { $0 != subject.name }
    return who.isEmpty ? FactWording.summary(fact) : "\(CountText.list(who)): \(FactWording.summary(fact, inParentheses: true))"
  }

  // MARK: -

  struct Dated {
    var record: FactRecord
    var range: DateRange
    /// The day of the note, as the sentence names none.
    var isPublication: Bool
  }

  /// What a question or a denial says did not happen.
  static func counts(_ fact: Fact) -> Bool { fact.status != .denied && fact.status != .question }

  static func isFirm(_ fact: Fact) -> Bool { fact.status == .asserted || fact.status == .reported }

  /// In order of time; a fact without a date of its own stands at the publication of its note. One a sentence.
  static func dated(_ records: [FactRecord]) -> [Dated] {
    var seen: Set<String> = []
    return records.compactMap { record -> Dated? in
      guard let range = record.fact.range ?? record.publishedRange else { return nil }
      return Dated(record: record, range: range, isPublication: record.fact.range == nil)
    }.sorted { a, b in
      a.range.start != b.range.start ? a.range.start < b.range.start : FactOrder.byPlace(a.record, b.record)
    }.filter { item in
      let fact = item.record.fact
      let names = (fact.subject + fact.object).map(\.id).joined(separator: ",")
      let sentence = fact.evidence.first.map { "\(item.record.path):\($0.span.start)" } ?? ""
      return seen.insert(
        [fact.kind, names, fact.value ?? "", sentence, fact.labels["position"] ?? fact.labels["lean"] ?? ""].joined(separator: "\u{1F}")
      ).inserted
    }
  }

  private func point(_ item: Dated, words: String, tone: PageBadge.Tone, anchor: String) -> Chart.Point {
    Chart.Point(
      range: item.range, tone: tone, isFirm: FactCharts.isFirm(item.record.fact),
      label: "\(DateText.text(item.range)): \(words) (\(FactWording.status(item.record.fact.status)))", anchor: anchor)
  }

  private func table(_ caption: String, anchor: String, column: String, _ items: [Dated], _ cell: (FactRecord) -> String) -> PageTable {
    let rows = items.map { item -> [PageText] in
      let citation = citer.citations(item.record).first
      return [
        PageText([.time(DateText.text(item.range), iso: item.range.description), .plain(item.isPublication ? " (published)" : "")]),
        PageText(cell(item.record)), PageText(FactWording.status(item.record.fact.status)),
        PageText(citation.map { "“\($0.quote)”" } ?? ""),
        PageText(citation.map { [.cite($0)] } ?? []),
      ]
    }
    return PageTable(
      caption: caption, columns: ["When", column, "Status", "What the note says", "Where"], rows: rows, more: nil,
      anchors: Dictionary(uniqueKeysWithValues: rows.indices.map { ($0, "\(anchor)-\($0)") }))
  }
}
