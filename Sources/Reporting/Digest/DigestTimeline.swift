import Analysis
import Documents

/// Dated facts of one organisation in order. The same thing said in several notes is one entry with several quotations, and several things
/// said by one sentence are one entry with one quotation.
struct DigestTimeline {
  struct Entry {
    var fact: Fact
    /// What else the same sentence says of the same time.
    var others: [Fact] = []
    var range: DateRange
    var when: String
    var records: [FactRecord]

    var facts: [Fact] { [fact] + others }
    var isDatedByContext: Bool { FactWording.isDatedByContext(fact) }

    /// How much it would be missed: what happened before what was said of it, a date that a sentence gives before one taken from around it,
    /// what several notes say before what one says.
    var weight: Int {
      let kind = facts.map { DigestTimeline.weight($0.kind) }.max() ?? 0
      let date = !isDatedByContext ? 2 : range.granularity == .year ? 0 : 1
      return kind + date + min(2, Set(records.map(\.path)).count - 1)
    }
  }

  private static func weight(_ kind: String) -> Int {
    switch kind {
    case "release", "delay", "abandonment", "departure", "layoff", "acquisition", "loss", "leak": return 4
    case "hire", "partnership", "reorganisation", "investment", "revenue_change", "overfitting_allegation", "commitment": return 3
    case "strategy_position", "culture", "quote": return 0
    default: return 2
    }
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
    var sentences: [String: Int] = [:]
    var entries: [Entry] = []
    for record in FactOrder.sortedByTime(records) {
      // What somebody advises or expects did not happen then.
      guard !DigestAdvice.kinds.contains(record.fact.kind), let when = record.fact.when, let range = record.fact.range else { continue }
      let fact = record.fact
      let names = (fact.subject + fact.object).map(\.id).joined(separator: ",")
      let key = [fact.kind, when, names, fact.value ?? "", fact.status.rawValue].joined(separator: "\u{1F}")
      let sentence = fact.evidence.first.map { "\(record.path)\u{1F}\($0.line)\u{1F}\(when)\u{1F}\(QuoteText.key($0.text))" }
      if let index = places[key] {
        entries[index].records.append(record)
      } else if let sentence, let index = sentences[sentence] {
        places[key] = index
        entries[index].others.append(fact)
      } else {
        places[key] = entries.count
        if let sentence { sentences[sentence] = entries.count }
        entries.append(Entry(fact: fact, range: range, when: when, records: [record]))
      }
    }
    return entries
  }

  /// The weightiest `limit` entries, oldest first; of one weight the latest, which is what a reader looks for.
  func items(limit: Int, citer: Citer) -> (items: [PageItem], more: Int) {
    let order = entries.indices.sorted { a, b in
      let (x, y) = (entries[a].weight, entries[b].weight)
      return x != y ? x > y : a > b
    }
    let shown = (entries.count <= limit + 1 ? order[...] : order.prefix(limit)).sorted().map { entries[$0] }
    let items = shown.map { entry -> PageItem in
      let citations = Citer.distinct(entry.records.flatMap { citer.citations($0) })
      let date = FactWording.capitalised(DateText.text(entry.range)) + (entry.isDatedByContext ? " (by context)" : "")
      return PageItem(
        anchor: DigestWording.anchor(entry.fact), text: PageText([.strong(date), .plain(". \(words(entry)). ")]),
        citations: Array(citations.prefix(2)), moreCitations: max(0, citations.count - 2))
    }
    return (Citer.labelledOnce(items), entries.count - shown.count)
  }

  /// "Hire: Tomas Reyes, 40 million USD; investment, according to Ada Quill": who it is about is said where it is not the organisation.
  private func words(_ entry: Entry) -> String {
    var seen: Set<String> = []
    let facts = entry.facts
    let told = facts.filter { fact in !facts.contains { DigestTimeline.saysMore($0, than: fact) } }
    let parts = told.compactMap { fact -> String? in
      let subject = fact.subject.map(\.name).filter { $0 != name }
      let summary = FactWording.summary(fact, inParentheses: !subject.isEmpty)
      let text = subject.isEmpty ? summary : "\(CountText.list(subject)): \(summary)"
      return seen.insert(text).inserted ? text : nil
    }
    let attribution = FactWording.attribution(entry.fact).map { ", \($0)" } ?? ""
    return FactWording.capitalised(parts.joined(separator: "; ")) + attribution
  }

  /// Whether one fact of a sentence says all that another does, and more: "8B, 70B" says what "70B" does.
  private static func saysMore(_ one: Fact, than other: Fact) -> Bool {
    guard one.kind == other.kind, one.status == other.status, one.subject.map(\.id) == other.subject.map(\.id), one.id != other.id else {
      return false
    }
    func things(_ fact: Fact) -> Set<String> {
      let amounts = (fact.value ?? "").split { $0 == ";" || $0 == " " }
      return Set(fact.object.map(\.id) + amounts.map(String.init) + [fact.labels["position"] ?? fact.labels["lean"] ?? ""])
    }
    return things(one).isStrictSuperset(of: things(other))
  }

  var chartRow: Chart.Row {
    Chart.Row(
      label: name,
      points: entries.map { entry in
        Chart.Point(
          range: entry.range, tone: DigestTimeline.tone(entry.facts), label: "\(DateText.text(entry.range)): \(words(entry))",
          anchor: DigestWording.anchor(entry.fact))
      })
  }

  /// A sentence that tells of a setback is one, whatever else it tells.
  private static func tone(_ facts: [Fact]) -> PageBadge.Tone {
    if facts.contains(where: { $0.polarity == .negative }) { return .critical }
    return facts.contains { $0.polarity == .positive } ? .good : .plain
  }
}
