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
  private(set) var found: [Found] = []
  /// Tokens that some attribution's cue already uses.
  private var usedCues: Set<Int> = []

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

  // MARK: Reported speech

  /// `X said (that) …`, `…, X said`, `according to X, …` outside quotations.
  mutating func reportedSpeech() {
    for sentence in sentences where view.blocks[sentence.block].role != .code {
      var i = sentence.tokens.lowerBound
      let end = sentence.tokens.upperBound
      while i < end {
        let flags = flags(i)
        if !phrases.isQuoted[i], view.tokens[i].word == ids.according, i + 2 < end, view.tokens[i + 1].word == ids.to, !usedCues.contains(i)
        {
          accordingTo(i, sentence.tokens)
          i += 2
        } else if flags.contains(.says), flags.contains(.takesClause), !view.tokens[i].isCapitalized, !phrases.isQuoted[i],
          !usedCues.contains(i),
          !flags.contains(.baseForm) || phrases.isPlural(before: i, from: sentence.tokens.lowerBound)
        {
          if clause(of: i, sentence.tokens) { break }
        }
        i += 1
      }
    }
  }

  private mutating func accordingTo(_ cue: Int, _ sentence: Range<Int>) {
    guard let source = phrases.subject(after: cue + 1, to: sentence.upperBound) else { return }
    var content: Range<Int>
    if cue == sentence.lowerBound {
      var start = source.upperBound
      while start < sentence.upperBound, view.tokens[start].mark != 0x2C { start += 1 }
      content = min(start + 1, sentence.upperBound)..<sentence.upperBound
    } else {
      content = sentence.lowerBound..<cue
    }
    content = trimmed(content)
    guard content.count > 2 else { return }
    found.append(Found(source: source, cue: cue..<(cue + 2), content: [content], kind: .indirect))
  }

  private mutating func clause(of verb: Int, _ sentence: Range<Int>) -> Bool {
    guard let source = phrases.subject(before: verb, from: sentence.lowerBound) else { return false }
    var start = verb + 1
    if flags(verb).contains(.takesPerson) {
      // The addressee goes up to "that", or is one phrase.
      guard let that = (start..<sentence.upperBound).prefix(12).first(where: { view.tokens[$0].word == ids.that }) else { return false }
      start = that
    }
    let rest = start..<sentence.upperBound
    let first = rest.lowerBound
    guard first < rest.upperBound else { return trailing(verb, source, sentence) }
    let token = view.tokens[first]
    let opens = token.isCapitalized || !flags(first).isDisjoint(with: [.pronoun, .determiner]) || token.isNumber
    // What insiders reveal is a report, whatever form it has.
    let isTip = token.isWord && source.contains { flags($0).contains(.anonymous) }
    let opensClause = token.word == ids.that || isTip || (opens && flags(verb).contains(.bareClause))
    let isSay = flags(verb).contains(.says)
    if token.isMark || !opensClause || rest.count < 4 {
      if trailing(verb, source, sentence) { return true }
      // "said on Monday that …"
      guard isSay, let that = rest.prefix(10).first(where: { view.tokens[$0].word == ids.that }), rest.upperBound - that > 3,
        !(first..<that).contains(where: { view.tokens[$0].mark == 0x2C || self.flags($0).contains(.says) })
      else { return false }
      found.append(
        Found(source: source, cue: verb..<(verb + 1), content: [trimmed(that..<rest.upperBound)], kind: kind(that..<rest.upperBound)))
      return true
    }
    found.append(Found(source: source, cue: verb..<(verb + 1), content: [trimmed(rest)], kind: kind(rest)))
    return true
  }

  /// "The plant would close, Ada Quill said."
  private mutating func trailing(_ verb: Int, _ source: Range<Int>, _ sentence: Range<Int>) -> Bool {
    guard sentence.upperBound - verb <= 10, source.lowerBound - sentence.lowerBound > 3, view.tokens[source.lowerBound - 1].mark == 0x2C
    else { return false }
    let content = trimmed(sentence.lowerBound..<(source.lowerBound - 1))
    guard !content.contains(where: { phrases.isQuoted[$0] && view.tokens[$0].mark == 0x22 }) else { return false }
    found.append(Found(source: source, cue: verb..<(verb + 1), content: [content], kind: .indirect))
    return true
  }

  private func kind(_ content: Range<Int>) -> Attribution.Kind { content.contains { phrases.isQuoted[$0] } ? .mixed : .indirect }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, view.tokens[low].isMark, !phrases.isQuoted[low] { low += 1 }
    while high > low, view.tokens[high - 1].isMark, !phrases.isQuoted[high - 1] { high -= 1 }
    return low..<high
  }
}
