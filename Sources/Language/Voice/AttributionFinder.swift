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

  @inline(__always) private func flags(_ i: Int) -> VoiceWord { words[view.tokens[i].word] }

  private func sentence(_ i: Int) -> Range<Int> { sentences[Int(sentenceOf[i])].tokens }

  // MARK: Quotations

  mutating func quotedSpeech() {
    var current: Int?
    for (index, quotation) in quotations.enumerated() {
      let joinsLast = current != nil && index > 0 && continues(quotations[index - 1], quotation)
      if let cue = cue(of: index) {
        if joinsLast, let open = current, found[open].cue == cue.verb {
          found[open].content.append(quotation.tokens)
          continue
        }
        usedCues.insert(cue.verb.lowerBound)
        current = found.count
        found.append(Found(source: cue.source, cue: cue.verb, content: cue.content, kind: cue.kind))
      } else if joinsLast, let open = current, isUtterance(quotation) {
        found[open].content.append(quotation.tokens)
      } else {
        current = nil
      }
    }
  }

  /// The same voice goes on: in the same paragraph, or in the next where the last was left open.
  private func continues(_ last: Quotation, _ next: Quotation) -> Bool {
    if last.paragraph == next.paragraph { return true }
    return !last.isClosed && next.paragraph == last.paragraph + 1 && next.tokens.lowerBound == paragraphs[next.paragraph].lowerBound
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
    let last = view.tokens[end - 2].mark
    if [0x2C, 0x2E, 0x3F, 0x21, 0x2D, 0xE2].contains(last) { return true }
    return end < view.tokens.count && (view.tokens[end].mark == 0x2C || view.tokens[end].mark == 0x2E)
  }

  private struct Cue {
    var source: Range<Int>?
    var verb: Range<Int>
    var content: [Range<Int>]
    var kind: Attribution.Kind
  }

  private func cue(of index: Int) -> Cue? {
    let quotation = quotations[index]
    if let after = cueAfter(quotation) { return after }
    if !endsClause(before: quotation), isTitle(quotation) { return nil }
    return cueBefore(quotation)
  }

  private func endsClause(before quotation: Quotation) -> Bool {
    let start = quotation.tokens.lowerBound
    return start > 0 && (view.tokens[start - 1].mark == 0x2C || view.tokens[start - 1].mark == 0x3A)
  }

  /// "The Long Wait": every word of some length has a capital.
  private func isTitle(_ quotation: Quotation) -> Bool {
    let long = quotation.tokens.filter { view.tokens[$0].isWord && view.tokens[$0].span.count > 3 }
    return !long.isEmpty && quotation.tokens.count < 12 && long.allSatisfy { view.tokens[$0].isCapitalized }
  }

  /// `"…," X said` and `"…," said X`.
  private func cueAfter(_ quotation: Quotation) -> Cue? {
    let end = quotation.tokens.upperBound
    guard quotation.isClosed, end < view.tokens.count, end < paragraphs[quotation.paragraph].upperBound else { return nil }
    let last = view.tokens[end - 2].mark
    let comma = last == 0x2C || last == 0x2D || last == 0xE2 || view.tokens[end].mark == 0x2C
    let stop = last == 0x3F || last == 0x21
    guard comma || stop else { return nil }
    var i = end
    if view.tokens[i].mark == 0x2C || view.tokens[i].mark == 0x2D { i += 1 }
    let limit = min(sentence(min(i, view.tokens.count - 1)).upperBound, i + 45)
    let first = i
    while i < limit {
      if phrases.isQuoted[i] { return nil }
      let flags = flags(i)
      if flags.contains(.says) || (flags.contains(.besideQuote) && i - first < 12), !view.tokens[i].isCapitalized || i == first {
        let inverted = i == first || (i == first + 1 && self.flags(first).contains(.adverb))
        if inverted, let source = phrases.subject(after: i, to: limit) {
          return Cue(source: source, verb: i..<(i + 1), content: [quotation.tokens], kind: .direct)
        }
        if let source = phrases.subject(before: i, from: first) {
          // After a question or exclamation only what stands right there: a new sentence may tell of another.
          if stop, !comma, i - first > 12 { return nil }
          return Cue(source: source, verb: i..<(i + 1), content: [quotation.tokens], kind: .direct)
        }
        if !inverted { return nil }
      }
      if view.tokens[i].word == ids.according, i == first, i + 2 < limit, let source = phrases.subject(after: i + 1, to: limit) {
        return Cue(source: source, verb: i..<(i + 2), content: [quotation.tokens], kind: .direct)
      }
      i += 1
    }
    return nil
  }

  /// `X said, "…"`, `X: "…"`, and `X said the plan was "…"`, whose content is the whole clause.
  private func cueBefore(_ quotation: Quotation) -> Cue? {
    let start = quotation.tokens.lowerBound
    guard start > paragraphs[quotation.paragraph].lowerBound else { return nil }
    let low = max(sentence(start - 1).lowerBound, paragraphs[quotation.paragraph].lowerBound)
    let before = view.tokens[start - 1].mark
    let isIntroduced = before == 0x2C || before == 0x3A
    var i = start - 1
    while i >= low, start - i < 60 {
      if phrases.isQuoted[i] { break }
      let flags = flags(i)
      let adjacent = start - i <= (isIntroduced ? 12 : 2)
      // "so-called" says nothing.
      if i > low, view.tokens[i - 1].mark == 0x2D, !view.tokens[i].spaceBefore { break }
      let isVerb = flags.contains(.says) || flags.contains(.saying) || (flags.contains(.besideQuote) && start - i <= (isIntroduced ? 6 : 2))
      if isVerb, !view.tokens[i].isCapitalized {
        if flags.contains(.saying), !flags.contains(.says) {
          let source = participleSubject(of: i, from: low)
          let content = isIntroduced || adjacent ? quotation.tokens : (i + 1)..<clauseEnd(quotation)
          return Cue(source: source, verb: i..<(i + 1), content: [content], kind: isIntroduced || adjacent ? .direct : .mixed)
        }
        if let source = phrases.subject(before: i, from: low) {
          if isIntroduced || start - i == 1 || (adjacent && !flags.contains(.takesClause)) {
            return Cue(source: source, verb: i..<(i + 1), content: [quotation.tokens], kind: .direct)
          }
          guard flags.contains(.takesClause) else { return nil }
          return Cue(source: source, verb: i..<(i + 1), content: [(i + 1)..<clauseEnd(quotation)], kind: .mixed)
        }
      }
      i -= 1
    }
    // A name and a colon.
    if before == 0x3A, start - 1 > low, start - 1 - low <= 8, view.tokens[start - 2].isWord, view.tokens[low].isCapitalized {
      return Cue(source: low..<(start - 1), verb: (start - 1)..<start, content: [quotation.tokens], kind: .direct)
    }
    return nil
  }

  private func clauseEnd(_ quotation: Quotation) -> Int {
    let last = quotation.tokens.upperBound - 1
    return max(quotation.tokens.upperBound, min(sentence(last).upperBound, paragraphs[quotation.paragraph].upperBound))
  }

  /// Who a participle belongs to: the sentence's first phrase with a name or pronoun.
  private func participleSubject(of verb: Int, from low: Int) -> Range<Int>? {
    for i in low..<verb where view.tokens[i].isWord {
      if flags(i).contains(.pronoun), flags(i).isDisjoint(with: [.preposition, .conjunction]) { return i..<(i + 1) }
      if view.tokens[i].isCapitalized, flags(i).isDisjoint(with: [.preposition, .conjunction, .determiner, .adverb]) {
        var end = i + 1
        while end < verb, view.tokens[end].isWord, view.tokens[end].isCapitalized { end += 1 }
        return i..<end
      }
    }
    return nil
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
    let opensClause = token.word == ids.that || (opens && flags(verb).contains(.bareClause))
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
