import Documents

/// Hedges and negations with what they govern.
struct ModalityFinder {
  let view: TextView
  let words: WordTable<VoiceWord>
  let matcher: HedgeMatcher
  let ids: ModalityWordIDs

  /// Tokens.
  private static let longestReach = 120
  private(set) var hedges: [Hedge] = []
  private(set) var negations: [Negation] = []

  init(view: TextView, words: WordTable<VoiceWord>, matcher: HedgeMatcher, ids: ModalityWordIDs) {
    self.view = view
    self.words = words
    self.matcher = matcher
    self.ids = ids
  }

  mutating func scan(_ sentence: Sentence) {
    let range = sentence.tokens
    guard let last = range.last else { return }
    var condition = false
    var wouldAt: [Int] = []
    var i = range.lowerBound
    if isInvertedCondition(sentence) {
      hedges.append(Hedge(span: view.tokens[i].span, kind: .conditional, scope: sentence.span))
      condition = true
      i += 1
    }
    while i < range.upperBound {
      let token = view.tokens[i]
      guard token.word != .unknown else {
        i += 1
        continue
      }
      if words[token.word].contains(.negation), !isIdle(i, range.upperBound) {
        negations.append(Negation(span: token.span, scope: span(i..<clause(around: i, range).upperBound)))
      }
      if token.word == ids.would { wouldAt.append(i) }
      if token.word == ids.until, isClause(i + 1, range.upperBound) {
        add(.conditional, i..<(i + 1), .onward, range)
      }
      if let (cue, end) = matcher.match(view, at: i, limit: range.upperBound), !isExcluded(i, cue, range) {
        add(cue.kind, (i + cue.cue.lowerBound)..<(i + cue.cue.upperBound), cue.reach, range)
        if cue.kind == .conditional, cue.reach == .sentence { condition = true }
        i = end
      } else {
        i += 1
      }
    }
    for i in wouldAt { add(condition ? .conditional : .planned, i..<(i + 1), .clause, range) }
    if sentence.isQuestion { hedges.append(Hedge(span: view.tokens[last].span, kind: .question, scope: sentence.span)) }
  }

  /// "Should the plant close, …", "Were it to fail, …", "Had they known, …".
  private func isInvertedCondition(_ sentence: Sentence) -> Bool {
    guard let first = sentence.tokens.first, !sentence.isQuestion, ids.inverted.contains(view.tokens[first].word),
      first + 3 < sentence.tokens.upperBound,
      view.tokens[first + 1].isWord
    else { return false }
    return sentence.tokens.dropFirst(2).prefix(25).contains { view.tokens[$0].mark == 0x2C }
  }

  private mutating func add(_ kind: Hedge.Class, _ cue: Range<Int>, _ reach: HedgeCues.Reach, _ sentence: Range<Int>) {
    let scope: Range<Int>
    switch reach {
    case .sentence: scope = sentence
    case .clause: scope = clause(around: cue.lowerBound, sentence)
    case .onward: scope = cue.lowerBound..<clause(around: cue.lowerBound, sentence).upperBound
    }
    hedges.append(Hedge(span: span(cue), kind: kind, scope: span(scope)))
  }

  private func span(_ tokens: Range<Int>) -> ByteSpan {
    ByteSpan(view.tokens[tokens.lowerBound].span.start, view.tokens[max(tokens.lowerBound, tokens.upperBound - 1)].span.end)
  }

  /// "could not come" tells of the past, "May 5" of a month, "as soon as possible" of haste, "as expected" of what came.
  private func isExcluded(_ i: Int, _ cue: HedgeCues.Cue, _ sentence: Range<Int>) -> Bool {
    let token = view.tokens[i]
    let next = i + 1 < sentence.upperBound ? view.tokens[i + 1] : nil
    let before = i > sentence.lowerBound ? view.tokens[i - 1] : nil
    if token.word == ids.could, let next, next.word == ids.not || next.word == ids.contractedNot { return true }
    // "In May", "Will Thrush": with a capital, a modal only in a headline, between two words that have one.
    if token.word == ids.may || token.word == ids.will, token.isCapitalized, i > sentence.lowerBound || token.word == ids.may {
      guard let before, let next, before.isWord, before.isCapitalized, next.isWord, next.isCapitalized, isHeadline(sentence) else {
        return true
      }
    }
    if cue.kind == .possible, let before,
      before.word == ids.as || before.word == ids.than || before.word == ids.if || before.word == ids.where
    {
      return true
    }
    if token.word == ids.if, let before, before.word == ids.as { return true }
    return false
  }

  /// Whether every word of some length has a capital.
  private func isHeadline(_ sentence: Range<Int>) -> Bool {
    guard sentence.count <= 30 else { return false }
    let long = sentence.filter { view.tokens[$0].isWord && view.tokens[$0].span.count > 4 }
    return long.count >= 2 && long.allSatisfy { view.tokens[$0].isCapitalized }
  }

  /// "not only", "no doubt", "no longer" aside, which negates well: the first two deny nothing.
  private func isIdle(_ i: Int, _ limit: Int) -> Bool {
    guard i + 1 < limit else { return false }
    return ids.idle.contains(view.tokens[i + 1].word)
  }

  /// Whether "until" is followed by an event rather than by a time.
  private func isClause(_ i: Int, _ limit: Int) -> Bool {
    guard i + 1 < limit, view.tokens[i].isWord else { return false }
    var j = i
    while j < min(limit, i + 8) {
      let flags = words[view.tokens[j].word]
      if view.tokens[j].isMark || view.tokens[j].isNumber { return false }
      if j > i, !flags.isDisjoint(with: [.auxiliary, .says]) { return true }
      let span = view.tokens[j].span
      if j > i, span.count > 3, !view.tokens[j].isCapitalized, [0x73, 0x64].contains(view.bytes[span.end - 1]), flags.isEmpty,
        j + 1 < limit,
        !words[view.tokens[j + 1].word].isDisjoint(with: [.determiner, .preposition, .pronoun]) || view.tokens[j + 1].isMark
      {
        return true
      }
      j += 1
    }
    return false
  }

  /// The clause around a token: up to a semicolon, a dash, or a comma or conjunction that begins another clause.
  private func clause(around i: Int, _ sentence: Range<Int>) -> Range<Int> {
    // No clause is longer; a text without any mark must not be read anew for each of its cues.
    let least = max(sentence.lowerBound, i - ModalityFinder.longestReach)
    let most = min(sentence.upperBound, i + ModalityFinder.longestReach)
    var low = i
    while low > least, !isBorder(low - 1, low) { low -= 1 }
    var high = i + 1
    while high < most, !isBorder(high - 1, high) { high += 1 }
    while high > i + 1, view.tokens[high - 1].isMark { high -= 1 }
    return low..<high
  }

  /// Whether a clause ends between tokens `a` and `b`.
  private func isBorder(_ a: Int, _ b: Int) -> Bool {
    let left = view.tokens[a]
    let right = view.tokens[b]
    if left.isMark {
      switch left.mark {
      case 0x3B, 0x3A: return true
      case 0x2C: return right.isWord && words[right.word].contains(.clauseStart)
      default: return left.mark == 0xE2 && left.span.count == 3 && left.spaceBefore
      }
    }
    return right.isWord && right.word != .unknown && ids.subordinators.contains(right.word)
  }
}

/// The few words that rules of modality ask for by themselves.
struct ModalityWordIDs: Sendable {
  let could, may, will, would, until, not, contractedNot, `as`, than, `if`, `where`, `in`: WordID
  /// "Should", "were", "had": as the first word of a statement, a condition.
  let inverted: Set<WordID>
  /// After "not": nothing is denied.
  let idle: Set<WordID>
  let subordinators: Set<WordID>
  /// Pronouns by which speakers mean themselves in reported speech.
  let selves: Set<WordID>

  static let vocabulary = wordList(
    """
    could may will would until not n't as than if where in only just merely simply doubt matter but although because while whereas
    unless though it they we i he she should were had
    """
  )

  init(_ lexicon: Lexicon) {
    could = lexicon.id("could")
    may = lexicon.id("may")
    will = lexicon.id("will")
    would = lexicon.id("would")
    until = lexicon.id("until")
    not = lexicon.id("not")
    contractedNot = lexicon.id("n't")
    self.as = lexicon.id("as")
    than = lexicon.id("than")
    self.if = lexicon.id("if")
    self.where = lexicon.id("where")
    self.in = lexicon.id("in")
    inverted = Set(wordList("should were had").map { lexicon.id($0) })
    idle = Set(wordList("only just merely simply doubt matter wonder surprise").map { lexicon.id($0) })
    selves = Set(wordList("it they we i he she").map { lexicon.id($0) })
    subordinators = Set(wordList("but although because while whereas unless if though").map { lexicon.id($0) })
  }
}
