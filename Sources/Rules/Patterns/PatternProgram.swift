import Language

/// A pattern bound to a lexicon: what to run forwards from its anchor word and what to run backwards before it.
final class PatternProgram: Sendable {
  /// Steps are plain bits: running one counts no reference.
  enum Step: Sendable {
    case word(Words)
    case verb(Words)
    case mark(Words)
    /// The number of a text in `digits`.
    case digits(Int32)
    /// Try the next step first, then the other.
    case split(Int32)
    case jump(Int32)
    case gap(Int32, Int32)
    case capture(CaptureMask, CaptureRole)
    case accept
  }

  /// A stretch of a code's `ids`.
  struct Words: Sendable {
    var start: Int32
    var end: Int32
  }

  /// Steps with what they refer to.
  struct Code: Sendable {
    fileprivate(set) var steps: [Step] = []
    /// Numbers of words, in order within each set.
    fileprivate(set) var ids: [UInt32] = []
    fileprivate(set) var digits: [[UInt8]] = []
    /// What each step is in the pattern; empty unless asked for.
    fileprivate(set) var labels: [String] = []

    @inline(__always)
    func contains(_ word: WordID, in words: Words) -> Bool {
      ids.withUnsafeBufferPointer { WordSet.contains(word, in: $0, Int(words.start), Int(words.end)) }
    }

    fileprivate mutating func words(_ forms: [String], _ lexicon: Lexicon) -> Words {
      let start = Int32(ids.count)
      ids += WordSet(forms.map { lexicon.id($0) }).ids
      return Words(start: start, end: Int32(ids.count))
    }
  }

  let forward: Code
  let backward: Code
  /// Words at which the forward program may start.
  let anchors: [WordID]
  let anchorSet: WordSet
  /// For each further part that must occur, words of which the sentence must hold one, and mentions likewise: most sentences fail here, at the
  /// cost of a few bits, and no step is run.
  let requiredWords: [WordSet]
  let requiredMentions: [CaptureMask]

  /// - Parameter isLabelled: whether the labels of the steps are wanted, to explain a match.
  /// - Throws: `PatternError` where no word must occur.
  init(_ pattern: PatternNode, lexicon: Lexicon, isLabelled: Bool = false) throws(PatternError) {
    let nodes: [PatternNode]
    if case .sequence(let parts) = pattern { nodes = parts } else { nodes = [pattern] }
    let anchor = try PatternProgram.anchor(of: nodes)
    forward = PatternProgram.compile(Array(nodes[anchor...]), reversed: false, lexicon, isLabelled: isLabelled)
    backward = PatternProgram.compile(Array(nodes[..<anchor]), reversed: true, lexicon, isLabelled: isLabelled)
    var seen: Set<WordID> = []
    anchors = (nodes[anchor].leadingForms ?? []).map { lexicon.id($0) }.filter { $0 != .unknown && seen.insert($0).inserted }
    anchorSet = WordSet(anchors)
    var (words, mentions): ([WordSet], [CaptureMask]) = ([], [])
    for (index, node) in nodes.enumerated() where index != anchor {
      if let forms = node.requiredForms { words.append(WordSet(forms.map { lexicon.id($0) })) }
      // Phrases and quotations are no mentions.
      if case .capture(let types, _) = node, !types.contains(.np), !types.contains(.quote) { mentions.append(CaptureMask(types)) }
    }
    requiredWords = words
    requiredMentions = mentions
  }

  /// Whether the pattern holds a word.
  func holds(_ word: WordID) -> Bool { word.index != 0 && (forward.ids.contains(word.index) || backward.ids.contains(word.index)) }

  /// The top-level node with the rarest words, taken to be the longest: a pattern is tried only where one of them stands.
  static func anchor(of nodes: [PatternNode]) throws(PatternError) -> Int {
    var best: (index: Int, score: Int)?
    for (index, node) in nodes.enumerated() {
      guard let forms = node.leadingForms, let shortest = forms.map(\.utf8.count).min() else { continue }
      var score = min(shortest, 6) * 8 - min(forms.count, 40)
      if case .mark = node { score -= 100 }
      if best == nil || score > best!.score { best = (index, score) }
    }
    guard let best else {
      throw PatternError(
        offset: 0, message: "the pattern has no word that must occur",
        advice: "add a word or a mark outside of [options]; a pattern of captures alone would be tried everywhere")
    }
    return best.index
  }

  private static func compile(_ nodes: [PatternNode], reversed: Bool, _ lexicon: Lexicon, isLabelled: Bool) -> Code {
    var code = Code()
    func add(_ step: Step, _ label: String? = nil, _ node: PatternNode? = nil) {
      code.steps.append(step)
      if isLabelled { code.labels.append(label ?? node?.brief ?? "") }
    }
    /// - Parameter label: what the step that `node` begins with is called; a group is called by all of it.
    func emit(_ node: PatternNode, _ label: String?) {
      switch node {
      case .word(let forms): add(.word(code.words(forms, lexicon)), label, node)
      case .verb(let forms): add(.verb(code.words(forms, lexicon)), label, node)
      case .mark(let mark): add(.mark(code.words(mark == PatternNode.dash ? PatternNode.dashes : [mark], lexicon)), label, node)
      case .digits(let text):
        code.digits.append(Array(text.utf8))
        add(.digits(Int32(code.digits.count - 1)), label, node)
      case .gap(let low, let high): add(.gap(Int32(low), Int32(high)))
      case .capture(let types, let role): add(.capture(CaptureMask(types), role), label, node)
      case .sequence(let parts):
        for (index, part) in (reversed ? parts.reversed() : parts).enumerated() { emit(part, index == 0 ? label : nil) }
      case .optional(let inner):
        let split = code.steps.count
        add(.split(0))
        emit(inner, label)
        code.steps[split] = .split(Int32(code.steps.count))
      case .alternatives(let branches):
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
          guard index < branches.count - 1 else {
            emit(branch, label)
            break
          }
          let split = code.steps.count
          add(.split(0))
          emit(branch, label)
          exits.append(code.steps.count)
          add(.jump(0))
          code.steps[split] = .split(Int32(code.steps.count))
        }
        for exit in exits { code.steps[exit] = .jump(Int32(code.steps.count)) }
      }
    }
    for node in reversed ? nodes.reversed() : nodes { emit(simplified(node), isLabelled ? node.brief : nil) }
    add(.accept)
    return code
  }

  /// Joins alternatives that are all single words into one set.
  private static func simplified(_ node: PatternNode) -> PatternNode {
    switch node {
    case .alternatives(let branches):
      let parts = branches.map(simplified)
      var words: [String] = []
      var rest: [PatternNode] = []
      var verbs: [String] = []
      for part in parts {
        switch part {
        case .word(let forms): words += forms
        case .verb(let forms): verbs += forms
        default: rest.append(part)
        }
      }
      let joined = (words.isEmpty ? [] : [PatternNode.word(words)]) + (verbs.isEmpty ? [] : [.verb(verbs)]) + rest
      return joined.count == 1 ? joined[0] : .alternatives(joined)
    case .sequence(let parts): return .sequence(parts.map(simplified))
    case .optional(let inner): return .optional(simplified(inner))
    case .word, .verb, .mark, .digits, .gap, .capture: return node
    }
  }
}

/// A few word numbers, tested by binary search.
struct WordSet: Sendable, Hashable {
  private(set) var ids: [UInt32]

  init(_ words: [WordID]) { ids = Array(Set(words.map(\.index))).filter { $0 != 0 }.sorted() }

  @inline(__always)
  func contains(_ word: WordID) -> Bool { ids.withUnsafeBufferPointer { WordSet.contains(word, in: $0, 0, $0.count) } }

  /// Whether the sorted numbers from `low` up to `high` hold the word's.
  @inline(__always)
  static func contains(_ word: WordID, in ids: UnsafeBufferPointer<UInt32>, _ low: Int, _ high: Int) -> Bool {
    var (low, high) = (low, high)
    guard word.index != 0, low < high, ids[high &- 1] >= word.index else { return false }
    while low < high {
      let mid = (low &+ high) >> 1
      if ids[mid] == word.index { return true }
      if ids[mid] < word.index { low = mid &+ 1 } else { high = mid }
    }
    return false
  }
}

/// Capture types as a set of bits.
struct CaptureMask: OptionSet, Sendable, Hashable {
  var rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(_ types: [CaptureType]) {
    rawValue = 0
    for type in types {
      switch type {
      case .entity: formUnion([.org, .person, .team, .product, .place])
      default: formUnion(CaptureMask(type))
      }
    }
  }

  init(_ type: CaptureType) {
    let index = CaptureType.allCases.firstIndex(of: type) ?? 0
    rawValue = 1 << UInt32(index)
  }

  static let org = CaptureMask(.org)
  static let person = CaptureMask(.person)
  static let team = CaptureMask(.team)
  static let product = CaptureMask(.product)
  static let place = CaptureMask(.place)
  static let count = CaptureMask(.count)
  static let money = CaptureMask(.money)
  static let percent = CaptureMask(.percent)
  static let number = CaptureMask(.number)
  /// A number with a scale letter: "7B", "405B".
  static let size = CaptureMask(.size)
  static let duration = CaptureMask(.duration)
  static let time = CaptureMask(.time)
  static let quote = CaptureMask(.quote)
  static let np = CaptureMask(.np)

  /// The types a mention satisfies.
  init(_ mention: Mention) {
    switch mention.value {
    case .entity(let entity):
      switch entity.kind {
      case .organization: self = .org
      case .person: self = .person
      case .team: self = .team
      case .product: self = .product
      case .place: self = .place
      }
    case .time(let time):
      switch time.kind {
      case .duration: self = [.duration]
      case .set: self = []
      default: self = .time
      }
    case .quantity(let quantity):
      switch quantity.kind {
      case .money, .moneyrange: self = .money
      case .percentage: self = .percent
      case .ordinal: self = []
      case .number, .numberrange: self = [.number, .count]
      case .quantity, .quantityrange: self = [.count, .number]
      }
    }
  }
}
