import Analysis
import Documents

/// The amounts that the period's notes state: money, computing capacity, users. A figure is what a reader copies out, so each stands with its own
/// date and its own sentence, and none is added to another.
struct DigestFigure {
  /// In the order in which they are listed.
  static let kinds = ["revenue_change", "loss", "investment", "acquisition", "compute", "usage_metric"]
  private static let perSubject = 8

  var record: FactRecord
  /// Notes that state the same.
  var notes: Int

  /// - Parameter limit: the weightiest that are listed; in order of organisation, kind and time.
  static func all(of digest: Digest, limit: Int) -> (shown: [DigestFigure], more: Int) {
    var figures: [DigestFigure] = []
    var places: [String: Int] = [:]
    var paths: [Set<String>] = []
    let records = FactOrder.sortedByTime(Subjects.followed(digest)).filter { isFigure($0.fact) }
    let stated = Dictionary(grouping: records, by: sentence).mapValues { $0.map(amounts) }
    for record in records {
      // "1 gigawatt" of a sentence that is read as "1 gigawatt, 5 gigawatts" too.
      if let others = stated[sentence(record)], others.contains(where: { $0.isStrictSuperset(of: amounts(record)) }) { continue }
      let fact = record.fact
      let key = [fact.subject.first?.root ?? "", fact.kind, fact.value ?? "", fact.when ?? ""].joined(separator: "\u{1F}")
      if let index = places[key] {
        paths[index].insert(record.path)
        figures[index].notes = paths[index].count
      } else {
        places[key] = figures.count
        paths.append([record.path])
        figures.append(DigestFigure(record: record, notes: 1))
      }
    }
    let ranks = Dictionary(uniqueKeysWithValues: Scorecard.all(of: digest).enumerated().map { ($0.element.subject.id, $0.offset) })
    func root(_ figure: DigestFigure) -> String { figure.record.fact.subject.first?.root ?? "" }
    let order = figures.indices.sorted { a, b in
      let (x, y) = (figures[a], figures[b])
      if x.weight != y.weight { return x.weight > y.weight }
      let (m, n) = (ranks[root(x)] ?? .max, ranks[root(y)] ?? .max)
      return m != n ? m < n : a > b
    }
    var counts: [String: Int] = [:]
    let chosen = order.filter { index in
      counts[root(figures[index]), default: 0] += 1
      return counts[root(figures[index]), default: 0] <= perSubject
    }
    let shown = (chosen.count <= limit + 1 ? chosen[...] : chosen.prefix(limit)).sorted { a, b in
      let (x, y) = (figures[a], figures[b])
      let (m, n) = (ranks[root(x)] ?? .max, ranks[root(y)] ?? .max)
      if m != n { return m < n }
      let (k, l) = (kinds.firstIndex(of: x.record.fact.kind) ?? 0, kinds.firstIndex(of: y.record.fact.kind) ?? 0)
      return k != l ? k < l : a < b
    }
    return (shown.map { figures[$0] }, figures.count - shown.count)
  }

  private static func sentence(_ record: FactRecord) -> String {
    let fact = record.fact
    return "\(fact.subject.first?.root ?? "")\u{1F}\(record.path)\u{1F}\(fact.evidence.first?.line ?? 0)"
  }

  private static func amounts(_ record: FactRecord) -> Set<Substring> { Set((record.fact.value ?? "").split(separator: ";")) }

  private static func isFigure(_ fact: Fact) -> Bool {
    guard kinds.contains(fact.kind), FactCharts.counts(fact), let value = fact.value else { return false }
    return value.split(separator: ";").contains { $0.first?.isNumber ?? false }
  }

  /// What is stated of a setback, and by several, comes first.
  private var weight: Int {
    (record.fact.polarity == .negative ? 4 : 0) + (FactCharts.isFirm(record.fact) ? 2 : 0) + min(notes, 3)
  }
}

extension DigestPage {
  var figuresSection: [PageSection] {
    let (figures, more) = DigestFigure.all(of: digest, limit: limits.figures)
    guard !figures.isEmpty else { return [] }
    let rows = figures.map { figure -> [PageText] in
      let fact = figure.record.fact
      let subject = fact.subject.first
      let owner = subjects.name(of: subject?.root ?? "")
      // A part of an organisation is named beside it.
      let part = subject.flatMap { $0.name == owner ? nil : ", \($0.name)" } ?? ""
      let about = fact.object.map(\.name).filter { $0 != owner && $0 != subject?.name }
      let what = FactWording.capitalised(FactWording.statement(fact)) + (about.isEmpty ? "" : ": \(CountText.list(about))")
      return [
        entity(EntityRef(id: subject?.root ?? "", name: owner)) + PageText(part), PageText(what),
        PageText(FactWording.amount(fact) ?? ""),
        fact.range.map {
          PageText([.time(DateText.text($0), iso: $0.description), .plain(FactWording.isDatedByContext(fact) ? " (by context)" : "")])
        }
          ?? "no date",
        PageText(citer.citations(figure.record).prefix(1).map { .cite($0) }),
      ]
    }
    let rest = more == 0 ? nil : PageText("+\(CountText.text(more, "more figure")); the JSON has all of them.")
    let table = PageTable(
      caption: "Amounts that the notes of this period state, each as its sentence has it",
      columns: ["Organisation", "What", "Amount", "When", "Where"],
      rows: rows, more: rest)
    return [PageSection(anchor: "figures", title: "Figures", blocks: [.table(table)])]
  }
}
