import Analysis
import Documents

/// Two numbers for the same attribute, unit and scope that cannot both be right.
///
/// Figures of a period ("the loss of the second quarter") and levels ("employs 5,000") are compared where both sides speak of the same time; what
/// happens once (a round of layoffs, a purchase) also where one side is less exact about the day; what does not change (the size of a model) always.
struct NumberComparator: FactComparator {
  private enum Nature { case event, level, constant }

  private static let natures: [String: Nature] = [
    "layoff": .event, "acquisition": .event, "loss": .level, "revenue_change": .level, "usage_metric": .level, "investment": .event,
    "compute": .level, "hire": .event, "departure": .event, "incident": .event,
  ]
  private static let constants: Set<String> = ["size", "context", "training", "deal"]
  /// Attributes of what happens once: a breach, a fine.
  private static let events: Set<String> = ["affected", "fine"]
  /// Kinds of which every rule tells the same figure, however it is worded.
  private static let uniform: Set<String> = ["layoff", "acquisition"]
  /// Kinds that tell of the results of a period in one way or another: what is measured ("loss", "revenue") tells their figures apart.
  private static let results: Set<String> = ["loss", "revenue_change"]
  /// Days between two notes that tell of one event, and of one level.
  private static let story = 60
  private static let stillness = 31
  /// Days between a plan, or a figure that is revised, and what became of it.
  private static let revision = 400
  /// Days after which another number is news rather than another opinion.
  private static let aftermath = 14

  private struct Candidate {
    var record: FactRecord
    var text: EvidenceText
    var figures: [Figure]
    var nature: Nature
  }

  func pairs(in records: [FactRecord]) -> [Pair] {
    var groups: [String: [Candidate]] = [:]
    var order: [String] = []
    for record in records where record.fact.value != nil && record.fact.status != .denied && record.fact.status != .question {
      guard let nature = NumberComparator.nature(of: record.fact) else { continue }
      let text = EvidenceText(record.fact.evidence[0].text)
      guard !NumberComparator.isOfAnotherYear(record, text) else { continue }
      var figures = Figure.all(of: record, text)
      // Users, customers and accounts that a breach concerns are the same people.
      let isAffected = record.fact.labels["attribute"] == "affected"
      if isAffected { for index in figures.indices { figures[index].amount.unit = "people" } }
      guard !figures.isEmpty else { continue }
      let isResult = NumberComparator.results.contains(record.fact.kind) || record.fact.labels["attribute"] == "result"
      let key = [
        isResult ? "result" : NumberComparator.uniform.contains(record.fact.kind) ? record.fact.kind : record.fact.rule,
        record.fact.subject.map(\.id).sorted().joined(separator: "+"),
        isAffected ? "" : record.objectKey,
      ].joined(separator: "\u{1F}")
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(Candidate(record: record, text: text, figures: figures, nature: nature))
    }
    return order.flatMap { compare(groups[$0] ?? []) }
  }

  private static func nature(of fact: Fact) -> Nature? {
    guard fact.isStatement else { return natures[fact.kind] }
    guard let attribute = fact.labels["attribute"] else { return nil }
    return constants.contains(attribute) ? .constant : events.contains(attribute) ? .event : .level
  }

  /// "The biggest cuts since 2022, when 27,000 were let go": dated by its surroundings although it names another year.
  private static func isOfAnotherYear(_ record: FactRecord, _ text: EvidenceText) -> Bool {
    guard !record.isDated, let range = record.fact.range else { return false }
    return text.words.contains { word in
      guard word.lower.utf8.count == 4, let year = word.number, year >= 1990, year < 2100, year == year.rounded() else { return false }
      return Int(year) < range.start.year
    }
  }

  private func compare(_ group: [Candidate]) -> [Pair] {
    var found: [Pair] = []
    for (index, a) in group.enumerated() {
      for b in group[(index + 1)...] where Pair.areApart(a.record, b.record) {
        for x in a.figures {
          let mine = a.figures.filter { $0.amount.unit == x.amount.unit }
          let theirs = b.figures.filter { $0.amount.unit == x.amount.unit }
          // One figure of a unit a side: "from 82 % to 41 %" says no single number.
          guard mine.count == 1, theirs.count == 1, let y = theirs.first, !x.agrees(with: y), x.isComparable(with: y) else { continue }
          guard sameThing(a, x, b, y) else { continue }
          found.append(pair(a, b, x.amount.unit))
          break
        }
      }
    }
    return found
  }

  private func sameThing(_ a: Candidate, _ x: Figure, _ b: Candidate, _ y: Figure) -> Bool {
    let areDated = a.record.isDated && b.record.isDated
    var (p, q) = (x.scope, y.scope)
    // A resolved period says more than the word for it.
    if areDated { (p, q) = (p.without("period"), q.without("period")) }
    // "A deal worth", "paid": what a purchase cost needs no noun.
    let isDeal = a.record.fact.kind == "acquisition" || a.record.fact.labels["attribute"] == "deal"
    if a.nature == .constant || isDeal { (p, q) = (p.without("measure"), q.without("measure")) }
    // Where the firm that is bought sits is no part of its price; nor is that a figure was announced.
    if isDeal { (p, q) = (p.without("place"), q.without("place")) }
    (p, q) = (p.without("act"), q.without("act"))
    let isUniform = NumberComparator.uniform.contains(a.record.fact.kind) && a.record.fact.kind == b.record.fact.kind
    // "Cut 500 jobs", "cut its staff by 500": what is let go is a change however it is put.
    if isUniform { (p, q) = (p.without("move"), q.without("move")) }
    // A segment's result is told in a clause of its own: "The cloud segment, which …, made $5 million".
    if NumberComparator.results.contains(a.record.fact.kind), Scope.parts(of: a.record) != Scope.parts(of: b.record) { return false }
    guard p == q, isUniform || a.record.fact.rule == b.record.fact.rule || p.has("measure") else { return false }
    if a.nature == .constant { return true }
    // Two percentages of which neither says what of are of two things, unless the sentences are one.
    if x.amount.unit == "%", !areDated, !p.has("measure"), !a.text.isLike(b.text, without: Scope.names(of: a.record)) { return false }
    if let s = a.record.fact.range, let t = b.record.fact.range, !NumberComparator.mayBeOne(a, s, b, t) { return false }
    if let s = a.record.fact.range, let t = b.record.fact.range, s.overlaps(t) {
      // What one note tells of one year may be many things.
      if areDated, a.record.path == b.record.path, s.granularity == .year || t.granularity == .year { return false }
      if areDated { return s.granularity == t.granularity || a.nature == .event }
    }
    // Within one note two figures are two things, unless the note itself calls one the older account.
    guard a.record.path != b.record.path else {
      return a.nature == .event && NumberComparator.isOlderAccount(a) != NumberComparator.isOlderAccount(b)
    }
    guard let s = a.record.publishedRange, let t = b.record.publishedRange else {
      return a.text.isLike(b.text, without: Scope.names(of: a.record))
    }
    let gap = abs(s.start.daysSinceEpoch - t.start.daysSinceEpoch)
    if a.nature == .event, NumberComparator.revises(b) || a.record.isTentative && b.record.isFirm {
      return gap <= NumberComparator.revision
    }
    return gap <= (a.nature == .event ? NumberComparator.story : NumberComparator.stillness)
  }

  /// Whether two times leave room for one event: they overlap, or one is no more than the day of a note, or a plan's that is told again soon.
  private static func mayBeOne(_ a: Candidate, _ s: DateRange, _ b: Candidate, _ t: DateRange) -> Bool {
    if s.overlaps(t) { return true }
    guard a.nature == .event else { return false }
    let apart = max(s.start.daysSinceEpoch, t.start.daysSinceEpoch) - min(s.end.daysSinceEpoch, t.end.daysSinceEpoch)
    if a.record.isDated, b.record.isDated { return (a.record.isPlan || b.record.isPlan) && apart <= 45 }
    return apart <= story
  }

  private func pair(_ first: Candidate, _ second: Candidate, _ unit: String) -> Pair {
    let (a, b) = (first.record, second.record)
    let what = a.fact.labels["attribute"] ?? a.fact.kind
    let topic = "\(what): \(unit)\(a.objectName.isEmpty ? "" : " of \(a.objectName)")\(a.isDated ? ", \(a.fact.when ?? "")" : "")"
    if a.path == b.path, NumberComparator.isOlderAccount(first) != NumberComparator.isOlderAccount(second) {
      let (old, new) = NumberComparator.isOlderAccount(first) ? (a, b) : (b, a)
      return Pair(.update, topic, old, new, bonus: 4)
    }
    // A plan may grow into another number, a note may say that it revises one, and weeks later more is known of an event; else two numbers for
    // one thing cannot both hold.
    // A plan has not grown the day after it was told: those are two accounts of it.
    let isGrown = a.isTentative && b.isFirm && !(a.fact.status == .planned && NumberComparator.isNextDay(a, b))
    var isRevised = isGrown || NumberComparator.revises(second)
    if first.nature != .constant, let p = a.publishedRange, let q = b.publishedRange,
      q.start.daysSinceEpoch - p.start.daysSinceEpoch >= NumberComparator.aftermath
    {
      isRevised = true
    }
    return Pair(b.isLater(than: a) && isRevised ? .update : .conflict, topic, a, b, bonus: 4)
  }

  private static func isNextDay(_ a: FactRecord, _ b: FactRecord) -> Bool {
    guard let p = a.publishedRange, let q = b.publishedRange else { return false }
    return q.start.daysSinceEpoch - p.start.daysSinceEpoch <= 1
  }

  /// Whether a sentence says that an earlier figure no longer holds.
  private static func revises(_ candidate: Candidate) -> Bool { candidate.text.words.contains { revisions.contains($0.lower) } }

  /// "Earlier reports had suggested 30,000", "originally said to be 500".
  private static func isOlderAccount(_ candidate: Candidate) -> Bool {
    let words = Set(candidate.text.words.map(\.lower))
    return !words.isDisjoint(with: ["earlier", "previously", "initially", "originally"])
      && !words.isDisjoint(with: [
        "report", "reports", "reported", "reporting", "suggested", "said", "planned", "estimated", "thought", "expected", "announced",
      ])
  }

  private static let revisions: Set<String> = [
    "now", "revised", "revises", "instead", "previously", "initially", "originally", "corrected", "corrects", "updated", "updates",
    "restated", "revision", "correction",
  ]
}

extension EvidenceText {
  /// Whether two sentences are the same but for their figures and a few words: one statement, told twice.
  func isLike(_ other: EvidenceText, without names: Set<String>) -> Bool {
    let mine = content(words.indices, without: names)
    let theirs = other.content(other.words.indices, without: names)
    let shared = mine.intersection(theirs).count
    return shared >= 2 && shared * 2 >= mine.union(theirs).count
  }
}
