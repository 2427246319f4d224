/// Phrases of one or more known words, looked up by their first (or last) word; the longest that fits wins.
struct PhraseTable<Value: Sendable>: Sendable {
  struct Entry: Sendable {
    var words: [WordID]
    var value: Value
  }

  private var entries: [Entry] = []
  /// Per word, 1 + index of its first entry; 0 is "none begins (or ends) with it".
  private var first: WordTable<UInt16>

  /// - Parameters:
  ///   - phrases: words separated by single spaces; punctuation marks are words of their own.
  ///   - backwards: keyed by the last word, for looking back from what follows.
  init(_ lexicon: Lexicon, _ phrases: [(String, Value)], backwards: Bool = false) {
    first = WordTable(lexicon, default: 0)
    let all = phrases.map { phrase, value in
      let words = phrase.split(separator: " ").map { lexicon.id(String($0)) }
      return Entry(words: backwards ? words.reversed() : words, value: value)
    }
    let known = all.filter { !$0.words.isEmpty && !$0.words.contains(.unknown) }
    entries = known.sorted {
      let (a, b) = ($0.words[0].index, $1.words[0].index)
      return a != b ? a < b : $0.words.count > $1.words.count
    }
    for (index, entry) in entries.enumerated() where first[entry.words[0]] == 0 { first[entry.words[0]] = UInt16(index + 1) }
  }

  @inline(__always) func begins(_ word: WordID) -> Bool { first[word] != 0 }

  /// The longest phrase at `start`, reading tokens in steps of `step` (-1 for a backwards table) as long as `isOpen` allows.
  func match(_ tokens: [Token], at start: Int, step: Int = 1, isOpen: (Int) -> Bool) -> (value: Value, count: Int)? {
    guard isOpen(start) else { return nil }
    let head = tokens[start].word
    var index = Int(first[head]) - 1
    guard index >= 0 else { return nil }
    while index < entries.count, entries[index].words[0] == head {
      let words = entries[index].words
      var k = 1
      while k < words.count, isOpen(start + k * step), tokens[start + k * step].word == words[k] { k += 1 }
      if k == words.count { return (entries[index].value, k) }
      index += 1
    }
    return nil
  }

  /// Every word of the phrases, for the lexicon.
  static func vocabulary(_ phrases: [(String, Value)]) -> [String] { phrases.flatMap { $0.0.split(separator: " ").map(String.init) } }
}
