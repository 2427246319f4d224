import Analysis
import Documents

/// Finds statements about one subject that cannot both hold, that supersede each other, or that an analyst would want side by side.
///
/// Facts are compared, never sentences: same subject, same attribute, same scope. Both sides carry their own evidence. Of the pairs that say the
/// same about the same topic only the most telling is kept, one across notes and one within each, so that ten notes about one dispute are one contradiction.
public struct ContradictionAnalyzer: Analyzer {
  public let id = "contradictions"
  public let version = "2"

  private let comparators: [any FactComparator] = [
    DenialComparator(), FateComparator(), SupersessionComparator(), StateComparator(), NumberComparator(), DateComparator(),
    BeginningComparator(), TensionComparator(),
  ]

  public init() {}

  public func correlate(_ facts: SubjectFacts) -> Finding {
    let records = facts.records.filter { $0.fact.status != .question && $0.fact.status != .opinion && !$0.fact.evidence.isEmpty }
    var kept: [String: Pair] = [:]
    for comparator in comparators {
      for candidate in comparator.pairs(in: records) where Pair.areApart(candidate.earlier, candidate.later) {
        let isWithin = candidate.earlier.path == candidate.later.path
        let key = "\(candidate.verdict.rawValue)\u{1F}\(candidate.topic)\u{1F}\(isWithin ? candidate.earlier.path : "")"
        if let best = kept[key], !candidate.isMoreTelling(than: best) { continue }
        kept[key] = candidate
      }
    }
    var used: [Pair] = []
    let sums = records.filter { $0.fact.kind == SentenceArithmetic.kind && $0.fact.evidence.count == 2 }.map { record in
      Contradiction(
        verdict: .conflict, topic: record.fact.labels["check"] ?? "", subject: facts.subject,
        sides: record.fact.evidence.map { ContradictionAnalyzer.side(record, $0) })
    }
    let contradictions = kept.sorted { ($0.value.rank, $0.key) < ($1.value.rank, $1.key) }.compactMap { entry -> Contradiction? in
      let pair = entry.value
      // Two sentences are set against each other once, whatever several facts of theirs say.
      guard !used.contains(where: { $0.isOfSameSentences(as: pair) }) else { return nil }
      used.append(pair)
      return Contradiction(
        verdict: pair.verdict, topic: pair.topic, subject: facts.subject,
        sides: [pair.earlier, pair.later].map { ContradictionAnalyzer.side($0, $0.fact.evidence[0]) })
    }
    return Finding(contradictions: sums + contradictions)
  }

  private static func side(_ record: FactRecord, _ evidence: Evidence) -> Contradiction.Side {
    Contradiction.Side(
      fact: record.fact.id, place: NoteEvidence(path: record.path, evidence: evidence, isConverted: record.isConverted),
      published: record.published, source: record.fact.source)
  }
}

/// One rule of comparison.
protocol FactComparator: Sendable {
  /// - Parameter records: facts of one subject, in order of publication.
  func pairs(in records: [FactRecord]) -> [Pair]
}

/// Two facts and what lies between them.
struct Pair {
  var verdict: Contradiction.Verdict
  /// What both speak of; pairs of the same topic compete.
  var topic: String
  var earlier: FactRecord
  var later: FactRecord
  /// How telling: across documents more than within one, with numbers more than without.
  var weight: Int

  init(_ verdict: Contradiction.Verdict, _ topic: String, _ earlier: FactRecord, _ later: FactRecord, bonus: Int = 0) {
    self.verdict = verdict
    self.topic = topic
    self.earlier = earlier
    self.later = later
    var weight = bonus
    if earlier.path != later.path { weight += 4 }
    for record in [earlier, later] {
      if record.fact.number != nil { weight += 2 }
      if record.fact.status == .asserted { weight += 1 }
    }
    self.weight = weight
  }

  /// Conflicts before updates before tensions, the weightiest first.
  var rank: Int { (verdict == .conflict ? 0 : verdict == .update ? 1_000 : 2_000) - weight }

  func isOfSameSentences(as other: Pair) -> Bool {
    func same(_ a: FactRecord, _ b: FactRecord) -> Bool { a.path == b.path && !Pair.areApart(a, b) }
    return same(earlier, other.earlier) && same(later, other.later) || same(earlier, other.later) && same(later, other.earlier)
  }

  /// By weight; then what happened at one time compares better, then what stands nearer.
  func isMoreTelling(than other: Pair) -> Bool { (-weight, gap, distance) < (-other.weight, other.gap, other.distance) }

  /// Bytes between the two within one note.
  private var distance: Int {
    guard earlier.path == later.path, let a = earlier.fact.evidence.first?.span, let b = later.fact.evidence.first?.span else { return 0 }
    return max(0, max(a.start, b.start) - min(a.end, b.end))
  }

  /// Days between the two events.
  private var gap: Int {
    guard let a = earlier.fact.range, let b = later.fact.range else { return 100_000 }
    return max(0, max(a.start.daysSinceEpoch, b.start.daysSinceEpoch) - min(a.end.daysSinceEpoch, b.end.daysSinceEpoch))
  }

  /// The same sentence does not contradict itself.
  static func areApart(_ a: FactRecord, _ b: FactRecord) -> Bool {
    a.revision != b.revision || !(a.fact.evidence.first?.span.overlaps(b.fact.evidence.first?.span ?? ByteSpan(0, 0)) ?? false)
  }
}

extension FactRecord {
  /// Whether the fact is said to have happened, by anyone.
  var isFirm: Bool { fact.status == .asserted || fact.status == .reported }
  var isTentative: Bool { [.rumoured, .alleged, .conditional, .planned].contains(fact.status) }
  /// Whether `when` was said of this very event, not taken from the surroundings.
  var isDated: Bool { fact.when != nil && fact.labels["dated"] == nil }

  /// What the fact speaks of besides its subject.
  var objectKey: String { fact.object.map(\.id).sorted().joined(separator: "+") }

  func sharesObject(with other: FactRecord) -> Bool {
    !fact.object.isEmpty && !Set(fact.object.map(\.id)).isDisjoint(with: other.fact.object.map(\.id))
  }

  var objectName: String { fact.object.map(\.name).joined(separator: ", ") }

  /// Whether this was published on a later day than the other, as far as both are known.
  func isLater(than other: FactRecord) -> Bool {
    guard let a = publishedRange, let b = other.publishedRange else { return false }
    return a.start > b.end
  }
}
