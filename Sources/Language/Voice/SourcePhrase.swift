import Documents

/// Finds who a verb of saying belongs to.
struct SourcePhrase {
  let view: TextView
  let words: WordTable<VoiceWord>
  let ids: VoiceWordIDs
  /// Per token, whether it lies in a quotation.
  let isQuoted: [Bool]

  @inline(__always) func flags(_ i: Int) -> VoiceWord { words[view.tokens[i].word] }

  /// The noun phrase that ends right before `verb`, not before `low`; apposition included ("Ada Quill, who runs Contoso, said").
  func subject(before verb: Int, from low: Int) -> Range<Int>? {
    var end = verb
    // "has repeatedly said", "also said", "did not say".
    while end > low, !flags(end - 1).isDisjoint(with: [.auxiliary, .adverb, .negation]) || isLy(end - 1), !flags(end - 1).contains(.pronoun)
    { end -= 1 }
    guard end > low else { return nil }
    if flags(end - 1).contains(.pronoun), view.tokens[end - 1].isWord { return (end - 1)..<end }
    var start = end
    if view.tokens[end - 1].mark == 0x2C || closesParenthesis(end - 1) {
      // An apposition: everything back to the boundary before its head.
      start = end - 1
      var commas = 0
      while start > low, end - start < 45, !isHardBoundary(start - 1) {
        if view.tokens[start - 1].mark == 0x2C { commas += 1 }
        start -= 1
      }
      guard commas > 0 || closesParenthesis(end - 1) || start < end - 1 else { return nil }
    } else {
      while start > low, end - start < 30, !isHardBoundary(start - 1), view.tokens[start - 1].mark != 0x2C { start -= 1 }
    }
    start = trimmed(start, end)
    while end > start, view.tokens[end - 1].mark == 0x2C { end -= 1 }
    guard start < end, isNominal(start..<end) else { return nil }
    // "causing Contoso to make repeated": an infinitive is in no subject, unless in an apposition.
    let hasInfinitive = (start..<end).contains { view.tokens[$0].word == ids.to && $0 + 1 < end && !view.tokens[$0 + 1].isCapitalized }
    if hasInfinitive, !(start..<end).contains(where: { view.tokens[$0].mark == 0x2C }) { return nil }
    return start..<end
  }

  /// Whether what stands before a base form can be its subject: "they say", "analysts believe", not "to say" or "a report".
  func isPlural(before verb: Int, from low: Int) -> Bool {
    var i = verb - 1
    while i > low, flags(i).contains(.adverb) || isLy(i) { i -= 1 }
    guard i >= low, view.tokens[i].isWord else { return false }
    if flags(i).contains(.pronoun) || view.tokens[i].word == ids.people { return true }
    // "Ada Quill and Ben Ortiz say", "advisers to Ada Quill think".
    if ids.onlyVerbs.contains(view.tokens[verb].word) {
      return flags(i).isDisjoint(with: [.auxiliary, .negation, .determiner, .preposition, .says]) && view.tokens[i].word != ids.to
    }
    let span = view.tokens[i].span
    return span.count > 3 && view.bytes[span.end - 1] == 0x73 && view.bytes[span.end - 2] != 0x73
      && flags(i).isDisjoint(with: [.says, .adverb, .preposition])
  }

  /// The noun phrase right after an inverted verb: "said Ada Quill, who …".
  func subject(after verb: Int, to high: Int) -> Range<Int>? {
    let start = verb + 1
    guard start < high, view.tokens[start].isWord else { return nil }
    if flags(start).contains(.pronoun) {
      return view.tokens[start].isCapitalized || start + 1 >= high || view.tokens[start + 1].isMark ? start..<(start + 1) : nil
    }
    var end = start
    while end < high, end - start < 20 {
      let token = view.tokens[end]
      if token.isMark {
        let joins = token.mark == 0x2D || token.mark == 0x26 || token.shape.contains(.possessive) || isAbbreviationStop(end)
        if !joins { break }
      } else if token.isWord, end > start, stops(end) {
        break
      }
      end += 1
    }
    guard end > start, isNominal(start..<end),
      view.tokens[start].isCapitalized || flags(start).contains(.determiner) || !flags(start).isDisjoint(with: [.people, .anonymous])
    else { return nil }
    return start..<end
  }

  private func stops(_ i: Int) -> Bool {
    let flags = flags(i)
    if view.tokens[i].word == ids.of { return false }
    return !flags.isDisjoint(with: [.preposition, .adverb, .says, .auxiliary]) && !view.tokens[i].isCapitalized
  }

  private func isAbbreviationStop(_ i: Int) -> Bool {
    guard view.tokens[i].mark == 0x2E, !view.tokens[i].spaceBefore, i > 0, view.tokens[i - 1].isCapitalized,
      view.tokens[i - 1].span.count <= 4
    else { return false }
    return i + 1 < view.tokens.count && view.tokens[i + 1].isCapitalized && view.tokens[i + 1].spaceBefore
  }

  /// Sentence ends, quotation marks, semicolons, colons and dashes end every phrase.
  private func isHardBoundary(_ i: Int) -> Bool {
    if isQuoted[i] { return true }
    let token = view.tokens[i]
    guard token.isMark else { return false }
    switch token.mark {
    case 0x22, 0x3B, 0x3A, 0x3F, 0x21: return true
    case 0x2E where i > 0 && view.tokens[i - 1].span.count == 1 && view.tokens[i - 1].isCapitalized && !token.spaceBefore: return false
    case 0x2E: return !isAbbreviationStop(i) && !(i + 1 < view.tokens.count && !view.tokens[i + 1].spaceBefore)
    case 0xE2: return !token.shape.contains(.possessive)
    case 0x2D: return token.spaceBefore
    default: return false
    }
  }

  private func closesParenthesis(_ i: Int) -> Bool { view.tokens[i].mark == 0x29 }

  /// Without conjunctions, adverbs and introductory phrases before the phrase's head.
  private func trimmed(_ start: Int, _ end: Int) -> Int {
    var start = start
    // "In a statement on Monday, Ada Quill, a director, said": the introductory phrase ends with its comma.
    if start < end, flags(start).contains(.preposition), let comma = (start..<end).first(where: { view.tokens[$0].mark == 0x2C }),
      comma + 1 < end - 1
    {
      start = comma + 1
    }
    while start < end,
      view.tokens[start].isMark || (flags(start).contains(.conjunction) && !flags(start).contains(.determiner))
        || flags(start).contains(.adverb) || isLy(start)
    {
      start += 1
    }
    // After a conjunction inside the phrase a new clause begins: "the price fell and Ada Quill said".
    var i = end - 1
    while i > start {
      if view.tokens[i].mark == 0x2C { break }
      // A verb of saying ends what came before, unless it is in a relative clause: "two people, who asked not to be named,".
      if !flags(i).isDisjoint(with: [.says, .saying]), !view.tokens[i].isCapitalized, !flags(i - 1).contains(.pronoun) { return i + 1 }
      if flags(i).contains(.conjunction), !view.tokens[i].isCapitalized, i + 1 < end,
        !flags(i + 1).isDisjoint(with: [.determiner, .pronoun]) || view.tokens[i + 1].isCapitalized,
        view.tokens[i].word != ids.and || !view.tokens[i - 1].isCapitalized
      {
        return i + 1
      }
      i -= 1
    }
    return start
  }

  func isLy(_ i: Int) -> Bool {
    let span = view.tokens[i].span
    return view.tokens[i].isWord && !view.tokens[i].isCapitalized && span.count > 4 && view.bytes[span.end - 1] == 0x79
      && view.bytes[span.end - 2] == 0x6C
  }

  /// A phrase that can speak: it holds a name, a pronoun, or a noun with something before it.
  private func isNominal(_ range: Range<Int>) -> Bool {
    guard let first = range.first, range.contains(where: { view.tokens[$0].isWord }) else { return false }
    if range.contains(where: {
      view.tokens[$0].isWord && view.tokens[$0].isCapitalized && flags($0).isDisjoint(with: [.preposition, .conjunction, .auxiliary])
    }) {
      return true
    }
    if flags(first).contains(.pronoun) || !flags(first).isDisjoint(with: [.determiner, .people, .anonymous]) { return range.count <= 25 }
    return range.count <= 6 && flags(first).isDisjoint(with: [.preposition, .conjunction, .auxiliary, .says, .saying])
      && view.tokens[first].isWord
  }
}
