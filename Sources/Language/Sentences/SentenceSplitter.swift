import Documents

/// Finds where sentences end; never across blocks.
///
/// Rules over tokens in one pass: a stop ends a sentence unless the word before it, the token after it or the layout says otherwise.
/// Direct speech of several sentences is several sentences; a stop before a lower-case word ends nothing, unless the block has no
/// capitals at all.
struct SentenceSplitter: Sendable {
  static let vocabulary: [String] = SentenceWord.vocabulary

  private let words: WordTable<SentenceWord>

  init(lexicon: Lexicon) { words = SentenceWord.words(lexicon) }

  func split(_ view: TextView) -> [Sentence] {
    var sentences: [Sentence] = []
    sentences.reserveCapacity(view.tokens.count / 20 + 1)
    var first = 0
    for (index, block) in view.blocks.enumerated() {
      while first < view.tokens.count, Int(view.tokens[first].start) < block.text.start { first += 1 }
      var last = first
      while last < view.tokens.count, Int(view.tokens[last].start) < block.text.end { last += 1 }
      guard first < last else { continue }
      var pass = SentencePass(view: view, words: words, range: first..<last, block: index)
      pass.run(into: &sentences)
      first = last
    }
    return sentences
  }
}

/// One block.
struct SentencePass {
  let view: TextView
  let words: WordTable<SentenceWord>
  let range: Range<Int>
  let block: Int
  /// First token of the sentence being read.
  var start: Int
  /// The item the last list marker counted, and its style, so that the next one is known in running text.
  var marker: ListMarker?
  var hasCapitals = true

  init(view: TextView, words: WordTable<SentenceWord>, range: Range<Int>, block: Int) {
    self.view = view
    self.words = words
    self.range = range
    self.block = block
    start = range.lowerBound
  }

  mutating func run(into sentences: inout [Sentence]) {
    hasCapitals = firstCapital() != nil
    beginSentence()
    var i = range.lowerBound
    while i < range.upperBound {
      let token = view.tokens[i]
      if i > start {
        if token.shape.contains(.lineStart), breaksLine(at: i) {
          end(at: i, into: &sentences)
        } else if startsItem(at: i) {
          end(at: i, into: &sentences)
        }
      }
      guard token.isMark, let next = boundary(after: i) else {
        i += 1
        continue
      }
      if next < range.upperBound { end(at: next, into: &sentences) }
      i = max(next, i + 1)
    }
    end(at: range.upperBound, into: &sentences)
  }

  /// The first capitalised word after a lower-case one, or nil: a block without capitals is split at every stop.
  private func firstCapital() -> Int? {
    var i = range.lowerBound
    let limit = min(range.upperBound, i + 2000)
    while i < limit {
      let token = view.tokens[i]
      if token.isWord, token.isCapitalized { return i }
      i += 1
    }
    return limit < range.upperBound ? limit : nil
  }

  private mutating func end(at next: Int, into sentences: inout [Sentence]) {
    guard next > start else { return }
    let span = ByteSpan(Int(view.tokens[start].start), Int(view.tokens[next - 1].end))
    sentences.append(Sentence(span: span, tokens: start..<next, block: block, isQuestion: isQuestion(start..<next)))
    start = next
    if next < range.upperBound { beginSentence() }
  }

  /// A question mark ends it, perhaps before closing quotation marks and brackets.
  private func isQuestion(_ tokens: Range<Int>) -> Bool {
    var i = tokens.upperBound - 1
    while i >= tokens.lowerBound {
      let token = view.tokens[i]
      guard token.isMark else { return false }
      if token.mark == 0x3F || kind(i).contains(.question) { return true }
      if !(isCloser(i) || token.mark == 0x21 || token.mark == 0x2E) { return false }
      i -= 1
    }
    return false
  }

  func kind(_ i: Int) -> SentenceWord { words[view.tokens[i].word] }
  func mark(_ i: Int) -> UInt8 { i < range.upperBound ? view.tokens[i].mark : 0 }

  /// Whether the token follows the one before it without white space.
  func isJoined(_ i: Int) -> Bool { i < range.upperBound && i > range.lowerBound && !view.tokens[i].spaceBefore }

  func isCloser(_ i: Int) -> Bool {
    let token = view.tokens[i]
    guard token.isMark else { return false }
    switch token.mark {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D: return true
    default: return kind(i).contains(.closer)
    }
  }

  func isOpener(_ i: Int) -> Bool {
    let token = view.tokens[i]
    guard token.isMark else { return false }
    switch token.mark {
    case 0x22, 0x27, 0x60, 0x28, 0x5B, 0x7B: return true
    default: return kind(i).contains(.opener)
    }
  }
}
