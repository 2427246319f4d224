import Analysis
import Documents

/// The same thing asserted and denied: a conflict; ruled out for the future and done later: a tension.
///
/// What a denial denies is read from its own clause, behind the denying word; a claim is set against it only where that clause names the claim's
/// predicate, and its object, its names and its place are the claim's.
struct DenialComparator: FactComparator {
  /// Days between a claim and a denial that speak of one affair.
  private static let affair = 400
  private static let story = 90

  /// What any note about products speaks of says nothing of which affair it is.
  private static let general = Set(["model", "release", "product", "version", "company", "plan", "launch", "report"].map { Stem.of($0) })

  private struct Denial {
    var record: FactRecord
    /// Stems of the denied clause, without names of the subject.
    var content: Set<String>
    /// Capitalised words of it that are no names of the subject.
    var names: Set<String>
    var isAhead: Bool
    /// Whether somebody denies it, rather than the note saying that it is not so.
    var isContested: Bool
    var scope: Set<String>
  }

  /// What was not so on one day may be so on the next: that nothing has been released is no denial of a release.
  private static let openEnded: Set<String> = ["release", "acquisition", "investment", "partnership", "hire", "licence_openness"]

  func pairs(in records: [FactRecord]) -> [Pair] {
    let denials = records.compactMap { DenialComparator.denial($0) }
    guard !denials.isEmpty else { return [] }
    let claims = records.filter { DenialComparator.canClaim($0) }.map { ($0, EvidenceText($0.fact.evidence[0].text)) }
    var found: [Pair] = []
    for denial in denials {
      for (claim, text) in claims where claim.fact.id != denial.record.fact.id && Pair.areApart(claim, denial.record) {
        guard let weight = match(denial, claim, text) else { continue }
        if let pair = pair(denial, claim, weight) { found.append(pair) }
      }
    }
    return found
  }

  private static func canClaim(_ record: FactRecord) -> Bool {
    if record.fact.isStatement {
      return ["admission", "begin", "end"].contains(record.fact.labels["sense"] ?? "") && record.fact.status != .denied
    }
    return Concepts.kinds[record.fact.kind] != nil && (record.isFirm || record.isTentative)
  }

  // MARK: - What is denied

  private static let deniers: Set<String> = [
    "deny", "denies", "denied", "denying", "denial", "refute", "refutes", "refuted", "dispute", "disputes", "disputed", "rejects",
    "rejected",
    "dismissed", "dismisses", "rebutted", "rebuts", "contradicted",
  ]
  private static let falsehoods: Set<String> = ["false", "untrue", "inaccurate", "baseless", "unfounded", "incorrect"]
  private static let denying: Set<String> = ["not", "never", "no"]

  private static func denial(_ record: FactRecord) -> Denial? {
    guard record.fact.status == .denied || record.fact.labels["sense"] == "denial" else { return nil }
    guard record.fact.isStatement || Concepts.kinds[record.fact.kind] != nil else { return nil }
    let text = EvidenceText(record.fact.evidence[0].text)
    let words = text.words
    let own = Scope.names(of: record)
    guard let cue = cue(words) else { return nil }
    var end = cue + 1
    // ", Ada Quill said" is no part of what is denied.
    while end < words.count, words[end].clause == words[cue].clause, !(words[end].isAfterComma && words[end].isCapital) { end += 1 }
    var range = (cue + 1)..<end
    // "Reports that it would close the plant are false", "layoffs are not planned": what is denied stands before the word.
    if falsehoods.contains(words[cue].lower) {
      range = 0..<cue
    } else if text.content(range, without: own).isEmpty {
      var start = cue
      while start > 0, words[start - 1].clause == words[cue].clause { start -= 1 }
      range = start..<cue
    }
    let isAhead = isAhead(cue, words)
    let denied = text.content(range, without: own)
    guard !denied.isEmpty else { return nil }
    // The first word of a sentence is capitalised whatever it is.
    let names = Set(
      words[max(1, range.lowerBound)..<max(1, range.upperBound)].filter {
        $0.isCapital && !own.contains($0.lower) && !Stem.empty.contains($0.lower)
      }.map(\.lower))
    var scope = Scope(text, at: nil, names: own).keys
    scope = scope.filter { $0.hasPrefix("place:") || $0.hasPrefix("part:") || $0.hasPrefix("version:") }
    return Denial(
      record: record, content: denied, names: names, isAhead: isAhead, isContested: !denying.contains(words[cue].lower), scope: scope)
  }

  /// The denying word: a verb of denial first, else a "not" that is no "not only".
  private static func cue(_ words: [EvidenceText.Word]) -> Int? {
    if let found = words.firstIndex(where: { deniers.contains($0.lower) }) { return found }
    if let found = words.indices.dropLast().first(where: { words[$0].stem == "rul" && words[$0 + 1].lower == "out" }) { return found + 1 }
    if let found = words.firstIndex(where: { falsehoods.contains($0.lower) }) { return found }
    return words.indices.first { index in
      guard denying.contains(words[index].lower), index + 1 < words.count else { return false }
      let next = words[index + 1].lower
      if ["only", "just", "yet", "least", "longer", "doubt", "surprise", "more", "again"].contains(next) { return false }
      let nouns = words[(index + 1)..<min(words.count, index + 4)].map(\.lower)
      return words[index].lower != "no" || words[max(0, index - 1)].lower == "be" || !Set(nouns).isDisjoint(with: denied)
    }
  }

  /// What there may be none of, where that is a denial.
  private static let denied: Set<String> = ["plan", "plans", "intention", "intentions", "talks", "truth"]

  /// "Has no plans to", "will not", "is not planning to", "ruled out".
  private static func isAhead(_ cue: Int, _ words: [EvidenceText.Word]) -> Bool {
    // "Is not shutting down" speaks of today and of what is to come.
    if cue + 1 < words.count, words[cue].lower == "not", words[cue + 1].lower.hasSuffix("ing") { return true }
    let window = words[max(0, cue - 2)..<min(words.count, cue + 4)].map(\.lower)
    return window.contains {
      [
        "out", "plan", "plans", "planned", "planning", "happening", "expected", "intention", "intentions", "intend", "will", "wo", "would",
        "considering",
      ].contains($0)
    }
  }

  // MARK: - Pairs

  /// How well a claim is what was denied: shared words; nil where it is something else.
  private func match(_ denial: Denial, _ claim: FactRecord, _ text: EvidenceText) -> Int? {
    guard !Set(claim.fact.subject.map(\.root)).isDisjoint(with: denial.record.fact.subject.map(\.root)) else { return nil }
    let own = Scope.names(of: claim)
    let said = text.content
    let kindWords = Concepts.kinds[claim.fact.kind] ?? []
    let isNamed = !denial.content.isDisjoint(with: kindWords)
    guard isNamed || claim.fact.isStatement else { return nil }
    // Every name the denial speaks of is spoken of by the claim.
    let all = Set(text.words.map(\.lower)).union(own)
    guard denial.names.isSubset(of: all) else { return nil }
    let scope = Scope(text, at: nil, names: own).keys.filter {
      $0.hasPrefix("place:") || $0.hasPrefix("part:") || $0.hasPrefix("version:")
    }
    if !scope.isEmpty, !denial.scope.isEmpty, scope.isDisjoint(with: denial.scope) { return nil }
    let object = denial.content.subtracting(kindWords)
    let shared = object.intersection(said)
    if denial.record.sharesObject(with: claim) || !denial.names.isEmpty && denial.names.isSubset(of: all), isNamed {
      return 3 + shared.count
    }
    if isNamed, object.isEmpty || shared.count * 2 >= object.count { return 1 + shared.count }
    // Without a kind that both name, most of the words must be the same, names left aside, and what was begun or ended among them.
    guard claim.fact.isStatement else { return nil }
    let topic = Set(claim.fact.object.flatMap { EvidenceText($0.name).content }).subtracting(DenialComparator.general)
    // That something is not so is a denial only where somebody speaks against it.
    guard claim.fact.labels["sense"] == "admission" || denial.isContested || claim.path == denial.record.path else { return nil }
    guard claim.fact.labels["sense"] == "admission" || !topic.isEmpty && topic.isSubset(of: denial.content) else { return nil }
    let common = denial.content.intersection(said).subtracting(denial.names.map { Stem.of($0) })
    return common.count >= 2 && common.count * 2 >= denial.content.count ? common.count : nil
  }

  private func pair(_ denial: Denial, _ claim: FactRecord, _ weight: Int) -> Pair? {
    let record = denial.record
    if let a = claim.fact.range, let b = record.fact.range, claim.isDated, record.isDated, !a.overlaps(b), !denial.isAhead { return nil }
    let gap = DenialComparator.gap(claim, record)
    if let gap, gap > DenialComparator.affair { return nil }
    if !denial.isContested, !denial.isAhead, DenialComparator.openEnded.contains(claim.fact.kind) {
      // Only where the claim is the earlier one, of the same thing, and was said to have happened.
      guard claim.path != record.path, claim.isFirm, claim.sharesObject(with: record), let gap, gap <= DenialComparator.story,
        !claim.isLater(than: record)
      else { return nil }
    }
    let isOne = claim.path == record.path
    let what = claim.objectName.isEmpty ? claim.fact.subject.first?.name ?? "" : claim.objectName
    let name = claim.fact.isStatement ? "statements" : claim.fact.kind
    let followsWithin = isOne && DenialComparator.precedes(record, claim) && !DenialComparator.isOver(claim, before: record)
    if denial.isAhead, claim.isLater(than: record) || followsWithin && weight >= 2, claim.isFirm || claim.fact.status == .planned {
      return Pair(.tension, "\(name) of \(what): ruled out, then done", record, claim, bonus: 2 + weight)
    }
    // A denial of plans says nothing of what was done before.
    if denial.isAhead, claim.fact.status == .asserted, !claim.isPlan { return nil }
    guard isOne || gap == nil || gap! <= DenialComparator.story || !denial.isAhead else { return nil }
    if isOne, weight < 2 { return nil }
    let (first, second) =
      record.isLater(than: claim) || isOne && DenialComparator.precedes(claim, record) ? (claim, record) : (record, claim)
    return Pair(.conflict, "\(name) of \(what): said and denied", first, second, bonus: 3 + weight)
  }

  private static func gap(_ a: FactRecord, _ b: FactRecord) -> Int? {
    guard let x = a.publishedRange, let y = b.publishedRange else { return nil }
    return abs(x.start.daysSinceEpoch - y.start.daysSinceEpoch)
  }

  /// Whether what a claim tells was over when the denial was made, or may have been.
  private static func isOver(_ claim: FactRecord, before denial: FactRecord) -> Bool {
    guard claim.isDated, let x = claim.fact.range, let y = denial.isDated ? denial.fact.range : denial.publishedRange else { return true }
    return x.end < y.start
  }

  private static func precedes(_ a: FactRecord, _ b: FactRecord) -> Bool {
    (a.fact.evidence.first?.span.start ?? 0) < (b.fact.evidence.first?.span.start ?? 0)
  }
}
