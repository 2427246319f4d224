import Documents

/// Finds who says what: quotations with their speakers, reported speech, "according to".
struct AttributionFinder {
  let view: TextView
  let words: WordTable<VoiceWord>
  let ids: VoiceWordIDs
  let sentences: [Sentence]
  let phrases: SourcePhrase
  let quotations: [Quotation]
  let paragraphs: [Range<Int>]
  /// Per token, the sentence it belongs to.
  let sentenceOf: [Int32]

  /// An attribution in tokens.
  struct Found {
    var source: Range<Int>?
    var cue: Range<Int>?
    var content: [Range<Int>]
    var kind: Attribution.Kind
  }
  var found: [Found] = []
  /// Tokens that some attribution's cue already uses.
  var usedCues: Set<Int> = []

  init(
    view: TextView, words: WordTable<VoiceWord>, ids: VoiceWordIDs, sentences: [Sentence], paragraphs: [Range<Int>],
    quotations: [Quotation],
    sentenceOf: [Int32], isQuoted: [Bool]
  ) {
    self.view = view
    self.words = words
    self.ids = ids
    self.sentences = sentences
    self.paragraphs = paragraphs
    self.quotations = quotations
    self.sentenceOf = sentenceOf
    phrases = SourcePhrase(view: view, words: words, ids: ids, isQuoted: isQuoted)
  }

  @inline(__always) func flags(_ i: Int) -> VoiceWord { words[view.tokens[i].word] }

  func sentence(_ i: Int) -> Range<Int> { sentences[Int(sentenceOf[i])].tokens }

  // MARK: Quotations

  mutating func quotedSpeech() {
    // The attribution that may go on, and the last quotation that belongs to it.
    var current: Int?
    var last = 0
    for (index, quotation) in quotations.enumerated() {
      let joinsLast = current != nil && continues(quotations[last], quotation)
      if let cue = cue(of: quotation) {
        if joinsLast, let open = current, found[open].cue == cue.verb {
          found[open].content.append(quotation.tokens)
        } else {
          usedCues.insert(cue.verb.lowerBound)
          current = found.count
          found.append(Found(source: cue.source, cue: cue.verb, content: cue.content, kind: cue.kind))
        }
        last = index
      } else if joinsLast, let open = current, isUtterance(quotation) {
        found[open].content.append(quotation.tokens)
        last = index
      } else if current != nil, quotation.paragraph != quotations[last].paragraph {
        current = nil
      }
    }
  }

  /// The same voice goes on: in the same paragraph; in the next where the last was left open, or where nothing but a quotation stands.
  private func continues(_ last: Quotation, _ next: Quotation) -> Bool {
    if last.paragraph == next.paragraph { return true }
    guard next.paragraph == last.paragraph + 1 else { return false }
    let paragraph = paragraphs[next.paragraph]
    guard next.tokens.lowerBound == paragraph.lowerBound else { return false }
    return !last.isClosed || next.tokens.upperBound == paragraph.upperBound
  }

  /// Speech rather than a title or a word held at arm's length: it begins a sentence and ends with a stop, or it is long.
  private func isUtterance(_ quotation: Quotation) -> Bool {
    let inner = quotation.tokens
    guard inner.count > 4 else { return false }
    let begins =
      inner.lowerBound == paragraphs[quotation.paragraph].lowerBound || endsSentence(inner.lowerBound - 1)
      || view.tokens[inner.lowerBound - 1].mark == 0x2C
    return begins && (closesClause(quotation) || inner.count > 12)
  }

  private func endsSentence(_ i: Int) -> Bool {
    let mark = view.tokens[i].mark
    return mark == 0x2E || mark == 0x3F || mark == 0x21 || mark == 0x22 || mark == 0xE2
  }

  /// Whether the quotation ends with a comma or stop, inside its marks or right behind them.
  private func closesClause(_ quotation: Quotation) -> Bool {
    let end = quotation.tokens.upperBound
    if !quotation.isClosed { return true }
    if [0x2C, 0x2E, 0x3F, 0x21, 0x2D, 0xE2].contains(lastMark(quotation)) { return true }
    return end < view.tokens.count && (view.tokens[end].mark == 0x2C || view.tokens[end].mark == 0x2E)
  }

  func kind(_ content: Range<Int>) -> Attribution.Kind { content.contains { phrases.isQuoted[$0] } ? .mixed : .indirect }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, view.tokens[low].isMark, !phrases.isQuoted[low] { low += 1 }
    while high > low, view.tokens[high - 1].isMark, !phrases.isQuoted[high - 1] { high -= 1 }
    return low..<high
  }
}
