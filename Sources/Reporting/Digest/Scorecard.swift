import Analysis
import Documents

/// What the period's facts say of one organisation, in numbers.
struct Scorecard: Sendable, Hashable {
  struct KindCount: Sendable, Hashable {
    var kind: String
    var count: Int
    /// In the previous period; nil where there was none to compare with.
    var before: Int?
  }

  var subject: EntityRef
  var setbacks: Int
  var gains: Int
  var neutral: Int
  /// Most frequent first.
  var kinds: [KindCount]
  /// The latest setback, or else the latest fact.
  var latest: FactRecord?

  var total: Int { setbacks + gains + neutral }

  /// One for each subject of the facts, most setbacks first.
  static func all(of digest: Digest) -> [Scorecard] {
    let names = Subjects(digest)
    return Subjects.grouped(Subjects.followed(digest)).map { root, records in
      let before = digest.previousCounts[root]
      let counts = Dictionary(grouping: records, by: \.fact.kind).mapValues(\.count)
      let kinds = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { kind, count in
        KindCount(kind: kind, count: count, before: before.map { $0[kind] ?? 0 })
      }
      let ordered = FactOrder.sortedByPlace(records)
      return Scorecard(
        subject: EntityRef(id: root, name: names.name(of: root)), setbacks: records.count { $0.fact.polarity == .negative },
        gains: records.count { $0.fact.polarity == .positive }, neutral: records.count { $0.fact.polarity == .neutral }, kinds: kinds,
        latest: ordered.last { $0.fact.polarity == .negative } ?? ordered.last)
    }.sorted {
      ($1.setbacks, $1.total, $0.subject.name, $0.subject.id) < ($0.setbacks, $0.total, $1.subject.name, $1.subject.id)
    }
  }

  /// "3 departures (was 1), 2 delays (new)": what is as before says nothing more.
  func kindsText(limit: Int = 5) -> String {
    let shown = kinds.prefix(limit).map { kind -> String in
      let noun = FactWording.noun(kind.kind)
      let before = kind.before.map { $0 == kind.count ? "" : $0 == 0 ? " (new)" : " (was \($0))" } ?? ""
      return CountText.text(kind.count, noun.one, noun.many) + before
    }
    let rest = kinds.dropFirst(limit).reduce(0) { $0 + $1.count }
    return shown.joined(separator: ", ") + (rest > 0 ? ", \(rest) more" : "")
  }
}

/// Names for the keys that facts are grouped by.
struct Subjects {
  private var names: [String: String] = [:]

  init(_ digest: Digest) {
    let refs =
      digest.facts.flatMap { $0.fact.subject + $0.fact.object } + digest.alerts.map(\.page.alert.subject)
      + digest.contradictions.map(\.contradiction.subject)
    // The least name wins where several occur, so that the order of the input has no say.
    for ref in refs where names[ref.id].map({ ref.name < $0 }) ?? true { names[ref.id] = ref.name }
    names.merge(digest.names) { $1 }
  }

  func name(of root: String) -> String { names[root] ?? FactWording.capitalised(FactWording.label(root)) }

  /// Facts about those who are followed.
  static func followed(_ digest: Digest) -> [FactRecord] {
    guard let follows = digest.follows else { return digest.facts }
    return digest.facts.filter { follows.contains($0.fact.subject.first?.root ?? "") }
  }

  /// Facts by the root of their first subject, in order of root.
  static func grouped(_ records: [FactRecord]) -> [(root: String, records: [FactRecord])] {
    Dictionary(grouping: records) { $0.fact.subject.first?.root ?? "" }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
