import Language

/// A record bound to a lexicon.
final class BoundRecord: Sendable {
  struct Column: Sendable {
    var role: RecordRule.Role
    var labels: ProgramGroup
    var isRest: Bool
  }

  let rule: RecordRule
  let about: ProgramGroup
  let unless: ProgramGroup
  let key: ProgramGroup
  let state: ProgramGroup
  let columns: [Column]

  init(_ rule: RecordRule, lexicon: Lexicon) {
    // One program a branch, so that the longest match is found and not the first.
    func bind(_ nodes: [PatternNode]) -> ProgramGroup { ProgramGroup(nodes.flatMap(BoundRecord.branches), lexicon: lexicon) }
    self.rule = rule
    about = bind(rule.about)
    unless = bind(rule.unless)
    key = bind(rule.key)
    state = bind(rule.state)
    columns = rule.columns.map { Column(role: $0.role, labels: bind($0.labels), isRest: $0.isRest) }
  }
}

extension BoundRecord {
  fileprivate static func branches(_ node: PatternNode) -> [PatternNode] {
    switch node {
    case .alternatives(let nodes): return nodes.flatMap(branches)
    case .sequence(let nodes) where nodes.count == 1: return branches(nodes[0])
    default: return [node]
    }
  }
}

/// The words by which labels say that what they head is yet to come, or only said.
struct RecordWords: Sendable {
  /// Of a column: "Target", "Forecast 2026".
  let planned: ProgramGroup
  /// Of a heading, a caption or an introduction; a target may be set beside its result there.
  let upcoming: ProgramGroup
  let rumoured: ProgramGroup
  let total: ProgramGroup

  private static let texts = [
    "{target | goal | plan | planned | forecast | expected | projected | projection | guidance | estimate | estimated | budget | outlook}",
    "{planned | plans | upcoming | roadmap | forecast | proposed | expected | projected | outlook | scheduled}",
    "{rumoured | rumored | rumour | rumor | unconfirmed | alleged | speculation}",
    "{total | subtotal | sum | average | mean | median | overall}",
  ]
  private static let nodes = texts.map { try? PatternParser.parse($0, lists: [:]) }

  static var vocabulary: [String] { nodes.compactMap { $0 }.flatMap(\.vocabulary) }

  init(_ lexicon: Lexicon) {
    let groups = RecordWords.nodes.map { ProgramGroup([$0].compactMap { $0 }, lexicon: lexicon) }
    planned = groups[0]
    upcoming = groups[1]
    rumoured = groups[2]
    total = groups[3]
  }
}

/// Compares labels (header cells, keys, headings) with patterns.
struct LabelMatcher {
  let view: SentenceView

  /// Tokens of the longest match in `range`; nil where none matches.
  func match(_ group: ProgramGroup, in range: Range<Int>) -> Range<Int>? { group.longestMatch(in: range, view) }

  func holds(_ group: ProgramGroup, in ranges: [Range<Int>]) -> Bool { ranges.contains { group.matches(in: $0, view) } }

  /// The share of a label's words that the longest match covers: "Lead" is half of "Lead investor". What stands in brackets says in which unit
  /// or from which day, and does not count.
  func coverage(_ group: ProgramGroup, of label: Range<Int>) -> Double {
    guard let found = match(group, in: label) else { return 0 }
    let all = words(in: label).count
    guard all > 0 else { return 1 }
    return min(1, Double(max(1, words(in: found).count)) / Double(all))
  }

  /// Words and numbers that are no determiners, outside brackets.
  func words(in range: Range<Int>) -> [Int] {
    var depth = 0
    return range.filter { index in
      let token = view.tokens[index]
      if token.isMark {
        if token.mark == 0x28 || token.mark == 0x5B { depth += 1 }
        if token.mark == 0x29 || token.mark == 0x5D { depth = max(0, depth - 1) }
        return false
      }
      return depth == 0 && !view.words.determiners.contains(token.word)
    }
  }
}
