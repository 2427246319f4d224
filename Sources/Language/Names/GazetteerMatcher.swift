import Documents

/// The surfaces of many entities as one trie over word numbers.
///
/// Hyphens are no words here, so that "Hewlett-Packard" and "Hewlett Packard" are the same way down. Numbers go by their digits.
struct GazetteerMatcher: Sendable {
  /// What one spelling asks of the text, token by token.
  struct Demand: OptionSet, Sendable {
    var rawValue: UInt8
    /// A capital somewhere: the alias has one.
    static let capital = Demand(rawValue: 1)
    static let allCaps = Demand(rawValue: 2)
    /// No blank before: "o1" is not "o 1".
    static let joined = Demand(rawValue: 4)
  }

  struct Surface: Sendable {
    var entry: Int
    var demands: [Demand]
    /// A phrase that rules the entry out, rather than a name of it.
    var isBlocker: Bool
    /// A blocker that does not hold the alias itself: it rules the entry out in its whole sentence.
    var blocksSentence: Bool
  }

  struct Match {
    var tokens: Range<Int>
    /// In the order of the gazetteer.
    var surfaces: [Surface]
  }

  private struct Node: Sendable {
    var children: [(key: UInt64, node: Int32)] = []
    var surfaces: [Surface] = []
  }

  private var nodes: [Node] = [Node()]
  private var roots: WordTable<Int32>
  private var numberRoots: [UInt64: Int32] = [:]
  /// Words that begin a surface in lower case.
  private var lowercaseRoots: WordTable<Bool>
  /// Whether some blocker rules out its whole sentence.
  private(set) var blocksSentences = false
  private static let numberKey: UInt64 = 1 << 40
  private static let possessiveKey: UInt64 = 1 << 41

  init(entries: [GazetteerEntry], lexicon: Lexicon) {
    roots = WordTable(lexicon, default: 0)
    lowercaseRoots = WordTable(lexicon, default: false)
    let tokenizer = Tokenizer(lexicon: lexicon)
    for (index, entry) in entries.enumerated() {
      let names = entry.surfaces
      for name in names { insert(name, entry: index, isBlocker: false, blocksSentence: false, tokenizer) }
      for phrase in entry.not {
        let lower = phrase.lowercased()
        let holds = names.contains { lower.contains($0.lowercased()) }
        if !holds { blocksSentences = true }
        insert(phrase, entry: index, isBlocker: true, blocksSentence: !holds, tokenizer)
      }
    }
  }

  private mutating func insert(_ text: String, entry: Int, isBlocker: Bool, blocksSentence: Bool, _ tokenizer: Tokenizer) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var node = -1
      var demands: [Demand] = []
      for token in tokenizer.tokenize(bytes) where token.mark != 0x2D {
        let key = GazetteerMatcher.key(token, bytes)
        if node < 0 {
          node = root(key, token)
        } else {
          node = child(of: node, key)
        }
        var demand: Demand = []
        if !isBlocker {
          let hasCapital = token.isCapitalized || token.shape.contains(.innerCap)
          if hasCapital { demand.insert(.capital) }
          if token.shape.contains(.allCaps), (2...5).contains(token.span.count) { demand.insert(.allCaps) }
          if !token.spaceBefore, token.isNumber || token.span.count <= 2 { demand.insert(.joined) }
        }
        if demands.isEmpty, !demand.contains(.capital), token.word != .unknown { lowercaseRoots[token.word] = true }
        demands.append(demand)
      }
      guard node > 0 else { return }
      nodes[node].surfaces.append(Surface(entry: entry, demands: demands, isBlocker: isBlocker, blocksSentence: blocksSentence))
    }
  }

  private mutating func root(_ key: UInt64, _ token: Token) -> Int {
    if key < GazetteerMatcher.numberKey {
      guard token.word != .unknown else { return 0 }
      if roots[token.word] == 0 {
        nodes.append(Node())
        roots[token.word] = Int32(nodes.count - 1)
      }
      return Int(roots[token.word])
    }
    if let known = numberRoots[key] { return Int(known) }
    nodes.append(Node())
    numberRoots[key] = Int32(nodes.count - 1)
    return nodes.count - 1
  }

  private mutating func child(of node: Int, _ key: UInt64) -> Int {
    if let known = nodes[node].children.first(where: { $0.key == key }) { return Int(known.node) }
    nodes.append(Node())
    nodes[node].children.append((key, Int32(nodes.count - 1)))
    return nodes.count - 1
  }

  @inline(__always)
  private static func key(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if token.isNumber {
      var hash = Lexicon.hashSeed
      for i in token.span.range { hash = Lexicon.hash(hash, bytes[i]) }
      return numberKey | (hash & 0xFF_FFFF_FFFF)
    }
    if token.shape.contains(.possessive) { return possessiveKey }
    return UInt64(token.word.index)
  }

  /// Whether some surface begins with this token: the gate before `longestMatch`.
  @inline(__always)
  func mayBegin(_ token: Token) -> Bool { token.isNumber ? !numberRoots.isEmpty : roots[token.word] != 0 }

  /// The same for a word without a capital.
  @inline(__always)
  func mayBeginLowercase(_ token: Token) -> Bool { token.isNumber ? !numberRoots.isEmpty : lowercaseRoots[token.word] }

  /// The longest surface that begins at `index` and ends before `limit`, where its spelling agrees.
  func longestMatch(_ view: TextView, at index: Int, limit: Int) -> Match? {
    let first = view.tokens[index]
    var node = first.isNumber ? Int(numberRoots[GazetteerMatcher.key(first, view.bytes)] ?? 0) : Int(roots[first.word])
    guard node != 0, !isSum(view, at: index) else { return nil }
    var path = [index]
    var best: Match?
    var i = index
    while true {
      if !nodes[node].surfaces.isEmpty {
        let agreeing = nodes[node].surfaces.filter { agrees($0, path, view) }
        if !agreeing.isEmpty { best = Match(tokens: index..<(i + 1), surfaces: agreeing) }
      }
      guard !nodes[node].children.isEmpty else { return best }
      i += 1
      while i < limit, view.tokens[i].mark == 0x2D, !view.tokens[i].spaceBefore { i += 1 }
      guard i < limit else { return best }
      let key = GazetteerMatcher.key(view.tokens[i], view.bytes)
      guard key != 0, let next = nodes[node].children.first(where: { $0.key == key }) else { return best }
      node = Int(next.node)
      path.append(i)
    }
  }

  /// "$3M": a number right after a currency sign is money, whoever is called so.
  private func isSum(_ view: TextView, at index: Int) -> Bool {
    guard index > 0, view.tokens[index].isNumber, !view.tokens[index].spaceBefore, view.tokens[index - 1].isMark else { return false }
    switch view.bytes[Int(view.tokens[index - 1].start)] {
    // $, and the first bytes of £ and ¥, and of € and ₹.
    case 0x24, 0xC2, 0xE2: return true
    default: return false
    }
  }

  private func agrees(_ surface: Surface, _ path: [Int], _ view: TextView) -> Bool {
    for (demand, index) in zip(surface.demands, path) {
      let shape = view.tokens[index].shape
      if demand.contains(.allCaps), !shape.contains(.allCaps) { return false }
      if demand.contains(.capital), !shape.contains(.capitalized), !shape.contains(.innerCap) { return false }
      if demand.contains(.joined), index > path[0], shape.contains(.spaceBefore) { return false }
    }
    return true
  }
}
