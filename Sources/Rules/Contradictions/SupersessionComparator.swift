import Analysis
import Documents

/// What was begun, planned or agreed, and is ended or called off by a later note: an update. The object is a phrase ("the data centre in Ohio") or a
/// deal with somebody named.
struct SupersessionComparator: FactComparator {
  private static let kinds: Set<String> = ["acquisition", "partnership", "investment", "release", "hire", "reorganisation"]
  /// Heads of phrases of which an organisation has many: alone they name nothing.
  private static let common: Set<String> = [
    "offic", "store", "factory", "center", "lab", "team", "unit", "project", "product", "model", "servic", "program", "deal", "agre",
    "talk",
    "partnership", "acquisition", "acquir", "merger", "bid", "campus", "site", "effort", "initiativ", "work", "development", "develop",
    "division", "business", "line", "feature", "version", "facility", "position", "job", "role", "round", "system", "app", "tool", "access",
    "support", "contract", "offer", "market", "operation", "operations", "investigation", "probe", "lawsuit", "case", "trial", "sell",
  ]

  private struct Phrase {
    var record: FactRecord
    var head: String
    var rest: Set<String>
    var places: Set<String>
    var words: Set<String>
  }

  func pairs(in records: [FactRecord]) -> [Pair] {
    let phrases = records.filter { $0.fact.isStatement && $0.fact.status != .denied }.compactMap { Self.phrase($0) }
    let ends = phrases.filter { $0.record.fact.labels["sense"] == "end" && ($0.record.isFirm || $0.record.fact.status == .planned) }
    guard !ends.isEmpty else { return [] }
    let begins = phrases.filter { $0.record.fact.labels["sense"] == "begin" }
    let deals = records.filter { Self.kinds.contains($0.fact.kind) && $0.fact.status != .denied && !$0.fact.object.isEmpty }
    var found: [Pair] = []
    for end in ends {
      for begin in begins where end.record.isLater(than: begin.record) && Self.isOne(begin, end) {
        found.append(Pair(.update, "\(begin.record.objectName): begun or planned, then ended", begin.record, end.record, bonus: 3))
      }
      for deal in deals where end.record.isLater(than: deal) && Self.ends(end, deal) {
        found.append(
          Pair(.update, "\(deal.fact.kind) of \(deal.objectName): agreed or planned, then called off", deal, end.record, bonus: 3))
      }
    }
    return found
  }

  private static func phrase(_ record: FactRecord) -> Phrase? {
    guard ["begin", "end"].contains(record.fact.labels["sense"] ?? ""), let object = record.fact.object.first else { return nil }
    let text = EvidenceText(record.fact.evidence[0].text)
    let own = Set(record.fact.subject.flatMap { $0.name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) })
    let words = EvidenceText(object.name).words
    // The head is the word before "of", or the last.
    let front = words.prefix { $0.lower != "of" }
    guard let head = front.last(where: { $0.number == nil && !own.contains($0.lower) }) else { return nil }
    let content = Set(words.filter { !own.contains($0.lower) && !Stem.empty.contains($0.lower) && $0.number == nil }.map(\.stem))
    let places = Scope(text, at: nil, names: own).keys.filter {
      $0.hasPrefix("place:") || $0.hasPrefix("part:") || $0.hasPrefix("version:")
    }
    return Phrase(
      record: record, head: head.stem, rest: content.subtracting([head.stem]), places: places,
      words: text.content(text.words.indices, without: own))
  }

  private static func isOne(_ a: Phrase, _ b: Phrase) -> Bool {
    guard a.head == b.head, a.record.fact.subject.first?.root == b.record.fact.subject.first?.root else { return false }
    guard a.rest.isSubset(of: b.rest) || b.rest.isSubset(of: a.rest) || a.rest.intersection(b.rest).count >= 2 else { return false }
    if !a.places.isEmpty, !b.places.isEmpty, a.places.isDisjoint(with: b.places) { return false }
    let isSpecific = !a.rest.intersection(b.rest).isEmpty || !a.places.intersection(b.places).isEmpty
    if common.contains(a.head) { return isSpecific }
    return isSpecific || a.words.intersection(b.words).count >= 2
  }

  /// "Called off its acquisition of Contoso": the phrase names the kind of deal, and its sentence the other side.
  private static func ends(_ end: Phrase, _ deal: FactRecord) -> Bool {
    guard let names = Concepts.kinds[deal.fact.kind], names.contains(end.head) || !names.isDisjoint(with: end.rest) else { return false }
    guard
      end.record.fact.subject.first?.root == deal.fact.subject.first?.root
        || deal.fact.object.contains(where: { $0.root == end.record.fact.subject.first?.root })
    else { return false }
    return deal.fact.object.contains { object in
      let words = object.name.split { !$0.isLetter && !$0.isNumber }.map { Stem.of($0.lowercased()) }
      return !words.isEmpty && words.allSatisfy { end.words.contains($0) }
    }
  }
}
