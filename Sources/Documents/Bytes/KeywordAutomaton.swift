/// Finds many short phrases in one pass (Aho and Corasick, "Efficient string matching", 1975): each has bits, the answer is their union.
struct KeywordAutomaton {
  /// How bytes are told apart. `words`: letters without case, digits alike, everything else one boundary. `names`: hyphen, underscore and "2" too.
  enum Alphabet { case words, names }

  private static let width = 32
  private static let start: UInt8 = 29
  private static let end: UInt8 = 30

  private let symbols: [UInt8]
  private var next: [UInt16]
  private var found: [UInt64]

  /// - Parameter phrases: in lower case, each with its bits. A `^` at its start ties a phrase to the start of the text, a `$` at its end to the
  ///   end, after any punctuation.
  init(_ alphabet: Alphabet, _ phrases: [(bits: UInt64, phrase: String)]) {
    symbols = (0...255).map { KeywordAutomaton.symbol(UInt8($0), alphabet) }
    next = [UInt16](repeating: 0, count: KeywordAutomaton.width)
    found = [0]
    for (bits, phrase) in phrases {
      insert(phrase, bits)
      // The start of the text is a boundary, too.
      if phrase.hasPrefix(" ") { insert("^" + phrase.dropFirst(), bits) }
    }
    link()
  }

  private static func symbol(_ byte: UInt8, _ alphabet: Alphabet) -> UInt8 {
    if ASCII.isLetter(byte) { return (byte | 0x20) - 0x60 }
    switch (alphabet, byte) {
    case (.names, 0x2D): return 27
    case (.names, 0x5F): return 28
    case (.names, 0x32): return 31
    case (.words, 0x80...): return UInt8(27 + byte % 2)
    case (.words, 0x30...0x39): return 31
    default: return 0
    }
  }

  private mutating func insert(_ phrase: String, _ bits: UInt64) {
    var state = 0
    for byte in phrase.utf8 {
      let symbol =
        byte == 0x5E
        ? KeywordAutomaton.start : byte == 0x24 ? KeywordAutomaton.end : symbols[Int(byte)]
      let slot = state * KeywordAutomaton.width + Int(symbol)
      if next[slot] == 0 {
        next[slot] = UInt16(found.count)
        found.append(0)
        next += [UInt16](repeating: 0, count: KeywordAutomaton.width)
      }
      state = Int(next[slot])
    }
    found[state] |= bits
  }

  /// Turns the tree of phrases into a complete automaton, breadth first.
  private mutating func link() {
    let width = KeywordAutomaton.width
    var failure = [Int](repeating: 0, count: found.count)
    var queue = (0..<width).map { Int(next[$0]) }.filter { $0 != 0 }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      found[state] |= found[failure[state]]
      for symbol in 0..<width {
        let onFailure = Int(next[failure[state] * width + symbol])
        let slot = state * width + symbol
        if next[slot] == 0 {
          next[slot] = UInt16(onFailure)
        } else {
          failure[Int(next[slot])] = onFailure
          queue.append(Int(next[slot]))
        }
      }
    }
  }

  /// The bits of all phrases in `text`. Several boundaries in a row count as one.
  func bits(in text: some Sequence<UInt8>) -> UInt64 {
    var mask: UInt64 = 0
    next.withUnsafeBufferPointer { next in
      var state = Int(next[Int(KeywordAutomaton.start)])
      mask |= found[state]
      var before = KeywordAutomaton.start
      for byte in text {
        let symbol = symbols[Int(byte)]
        if symbol == 0, before == 0 || before == KeywordAutomaton.start { continue }
        state = Int(next[state * KeywordAutomaton.width + Int(symbol)])
        mask |= found[state]
        before = symbol
      }
      // A final boundary for phrases that end with a word, then the end without it.
      let closed = before == 0 ? state : Int(next[state * KeywordAutomaton.width])
      mask |=
        found[closed]
        | found[Int(next[closed * KeywordAutomaton.width + Int(KeywordAutomaton.end)])]
    }
    return mask
  }
}
