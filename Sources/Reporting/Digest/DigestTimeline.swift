import Analysis
import Documents

/// Dated facts of one organisation in order; the same thing said in several notes is one entry with several quotations.
struct DigestTimeline {
  struct Entry {
    var fact: Fact
    var range: DateRange
    var when: String
    var records: [FactRecord]
  }

  var root: String
  var name: String
  var entries: [Entry]

  /// In the order of the scorecard: where most went wrong comes first.
  static func all(of digest: Digest) -> [DigestTimeline] {
    let order = Dictionary(uniqueKeysWithValues: Scorecard.all(of: digest).enumerated().map { ($0.element.subject.id, $0.offset) })
    let names = Subjects(digest)
    return Subjects.grouped(Subjects.followed(digest)).compactMap { root, records in
      let entries = entries(of: records)
      return entries.isEmpty ? nil : DigestTimeline(root: root, name: names.name(of: root), entries: entries)
    }.sorted { (order[$0.root] ?? 0) < (order[$1.root] ?? 0) }
  }

  static func entries(of records: [FactRecord]) -> [Entry] {
    var places: [String: Int] = [:]
    var entries: [Entry] = []
    for record in FactOrder.sortedByTime(records) {
      guard let when = record.fact.when, let range = record.fact.range else { continue }
      let fact = record.fact
      let names = (fact.subject + fact.object).map(\.id).joined(separator: ",")
      let key = [fact.kind, when, names, fact.value ?? "", fact.status.rawValue].joined(separator: "\u{1F}")
      if let index = places[key] {
        entries[index].records.append(record)
      } else {
        places[key] = entries.count
        entries.append(Entry(fact: fact, range: range, when: when, records: [record]))
      }
    }
    return entries
  }

  /// The latest `limit` entries, oldest first: what happened last is what a reader looks for.
  func items(limit: Int, citer: Citer) -> (items: [PageItem], earlier: Int) {
    let shown = entries.count <= limit + 1 ? entries[...] : entries.suffix(limit)
    let items = shown.map { entry -> PageItem in
      let citations = entry.records.flatMap { citer.citations($0) }
      var text = FactWording.capitalised(FactWording.summary(entry.fact))
      let subject = entry.fact.subject.map(\.name).filter { $0 != name }
      if !subject.isEmpty { text = "\(CountText.list(subject)): \(FactWording.summary(entry.fact, inParentheses: true))" }
      if let attribution = FactWording.attribution(entry.fact) { text += ", \(attribution)" }
      return PageItem(
        anchor: DigestWording.anchor(entry.fact), text: PageText([.strong(DateText.text(entry.range)), .plain(". \(text).")]),
        citations: Array(citations.prefix(2)), moreCitations: max(0, citations.count - 2))
    }
    return (Array(items), entries.count - shown.count)
  }

  var chartRow: Chart.Row {
    Chart.Row(
      label: name,
      points: entries.map { entry in
        Chart.Point(
          range: entry.range, tone: DigestTimeline.tone(entry.fact.polarity),
          label: "\(DateText.text(entry.range)): \(FactWording.summary(entry.fact))", anchor: DigestWording.anchor(entry.fact))
      })
  }

  private static func tone(_ polarity: Polarity) -> PageBadge.Tone {
    switch polarity {
    case .negative: return .critical
    case .positive: return .good
    case .neutral: return .plain
    }
  }
}
