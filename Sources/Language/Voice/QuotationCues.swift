import Documents

/// Where a quotation's verb and speaker stand.
extension AttributionFinder {
  struct Cue {
    var source: Range<Int>?
    var verb: Range<Int>
    var content: [Range<Int>]
    var kind: Attribution.Kind
  }

  func cue(of quotation: Quotation) -> Cue? {
    let start = quotation.tokens.lowerBound
    let isIntroduced = start > 0 && (view.tokens[start - 1].mark == 0x2C || view.tokens[start - 1].mark == 0x3A)
    // "On “The Long Wait,” she said …" quotes nobody.
    if !isIntroduced, start > paragraphs[quotation.paragraph].lowerBound, view.tokens[start - 1].isWord, isTitle(quotation) { return nil }
    return cueAfter(quotation) ?? cueBefore(quotation)
  }

  /// The last mark inside the quotation; a quotation within it may end at the same place.
  func lastMark(_ quotation: Quotation) -> UInt8 {
    var i = quotation.tokens.upperBound - 2
    while i > quotation.tokens.lowerBound, isSingleMark(i) { i -= 1 }
    return view.tokens[i].mark
  }

  private func isSingleMark(_ i: Int) -> Bool {
    let token = view.tokens[i]
    if token.mark == 0x27 { return true }
    return token.mark == 0xE2 && token.span.count == 3 && view.bytes[token.span.start + 1] == 0x80
      && (view.bytes[token.span.start + 2] | 1) == 0x99
  }

  /// "The Long Wait": every word of some length has a capital.
  private func isTitle(_ quotation: Quotation) -> Bool {
    let long = quotation.tokens.filter { view.tokens[$0].isWord && view.tokens[$0].span.count > 3 }
    return !long.isEmpty && quotation.tokens.count < 12 && long.allSatisfy { view.tokens[$0].isCapitalized }
  }

  private func isDash(_ i: Int) -> Bool {
    let token = view.tokens[i]
    guard token.mark == 0xE2, token.span.count == 3 else { return token.mark == 0x2D }
    return view.bytes[token.span.start + 1] == 0x80 && (0x92...0x95).contains(view.bytes[token.span.start + 2])
  }

  /// Whether a finite verb of saying stands at `i`, not a noun or an infinitive of the same form.
  private func isVerb(_ i: Int, from low: Int) -> Bool { !flags(i).contains(.baseForm) || phrases.isPlural(before: i, from: low) }

  /// `"…," X said`, `"…," said X` and `"…" — X`.
  private func cueAfter(_ quotation: Quotation) -> Cue? {
    let end = quotation.tokens.upperBound
    guard quotation.isClosed, end < view.tokens.count, end < paragraphs[quotation.paragraph].upperBound else { return nil }
    if let signature = signature(quotation) { return signature }
    let last = lastMark(quotation)
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
        if isVerb(i, from: first), let source = phrases.subject(before: i, from: first) {
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

  /// A dash and a name close the line: `"…" — Ada Quill`.
  private func signature(_ quotation: Quotation) -> Cue? {
    let dash = quotation.tokens.upperBound
    let limit = min(paragraphs[quotation.paragraph].upperBound, dash + 10)
    guard isDash(dash), dash + 1 < limit, view.tokens[dash + 1].isWord, view.tokens[dash + 1].isCapitalized,
      flags(dash + 1).isDisjoint(with: [.pronoun, .determiner])
    else { return nil }
    var end = dash + 1
    while end < limit, !view.tokens[end].shape.contains(.lineStart),
      view.tokens[end].isWord ? view.tokens[end].isCapitalized : isNamePart(end, limit)
    { end += 1 }
    guard end == limit || view.tokens[end].shape.contains(.lineStart) || view.tokens[end].isMark else { return nil }
    return Cue(source: (dash + 1)..<end, verb: dash..<(dash + 1), content: [quotation.tokens], kind: .direct)
  }

  /// The stop of an initial, a hyphen.
  private func isNamePart(_ i: Int, _ limit: Int) -> Bool {
    guard view.tokens[i].mark == 0x2E || view.tokens[i].mark == 0x2D, i + 1 < limit, view.tokens[i + 1].isCapitalized else { return false }
    return view.tokens[i].mark == 0x2D || view.tokens[i - 1].span.count == 1
  }

  /// `X said, "…"`, `X: "…"`, and `X said the plan was "…"`, whose content is the whole clause.
  private func cueBefore(_ quotation: Quotation) -> Cue? {
    let start = quotation.tokens.lowerBound
    guard start > 0 else { return nil }
    let before = view.tokens[start - 1].mark
    var paragraph = paragraphs[quotation.paragraph]
    if start == paragraph.lowerBound {
      // "She said:" may close the paragraph before.
      guard quotation.paragraph > 0, before == 0x3A else { return nil }
      paragraph = paragraphs[quotation.paragraph - 1]
    }
    // Across the end of a sentence nothing is introduced.
    guard before != 0x2E, before != 0x3F, before != 0x21 else { return nil }
    let low = max(sentence(start - 1).lowerBound, paragraph.lowerBound, start - 80)
    let isIntroduced = before == 0x2C || before == 0x3A
    if isIntroduced, view.tokens[low].word == ids.according, let source = phrases.subject(after: low + 1, to: start),
      source.upperBound == start - 1
    {
      return Cue(source: source, verb: low..<(low + 2), content: [quotation.tokens], kind: .direct)
    }
    var i = start - 1
    while i >= low, start - i < 60 {
      if phrases.isQuoted[i] { break }
      // "so-called" says nothing.
      if i > low, view.tokens[i - 1].mark == 0x2D, !view.tokens[i].spaceBefore { break }
      if let cue = cue(at: i, from: low, quotation, isIntroduced) { return cue }
      i -= 1
    }
    // A name and a colon.
    if before == 0x3A, start - 1 > low, start - 1 - low <= 8, view.tokens[start - 2].isWord, view.tokens[low].isCapitalized {
      return Cue(source: low..<(start - 1), verb: (start - 1)..<start, content: [quotation.tokens], kind: .direct)
    }
    return nil
  }

  private func cue(at i: Int, from low: Int, _ quotation: Quotation, _ isIntroduced: Bool) -> Cue? {
    let flags = flags(i)
    let distance = quotation.tokens.lowerBound - i
    let isSaying = flags.contains(.says) || flags.contains(.saying)
    guard isSaying || (flags.contains(.besideQuote) && distance <= (isIntroduced ? 6 : 2)) || isJudgement(i, quotation),
      !view.tokens[i].isCapitalized
    else {
      return nil
    }
    let isJudging = ids.judging.contains(view.tokens[i].word)
    let isBeside = distance <= (isIntroduced ? 12 : 2)
    let clause = (i + 1)..<max(quotation.tokens.upperBound, clauseEnd(quotation))
    if flags.contains(.saying), !flags.contains(.says) {
      let isDirect = isIntroduced || isBeside
      return Cue(
        source: participleSubject(of: i, from: low), verb: i..<(i + 1), content: [isDirect ? quotation.tokens : clause],
        kind: isDirect ? .direct : .mixed)
    }
    guard isVerb(i, from: low), let source = phrases.subject(before: i, from: low) else { return nil }
    if isJudging, !isIntroduced, distance > 1 {
      return Cue(source: source, verb: i..<(i + 1), content: [(i + 1)..<quotation.tokens.upperBound], kind: .mixed)
    }
    if isIntroduced || distance == 1 || (isBeside && !flags.contains(.takesClause)) {
      return Cue(source: source, verb: i..<(i + 1), content: [quotation.tokens], kind: .direct)
    }
    guard flags.contains(.takesClause) else { return nil }
    return Cue(source: source, verb: i..<(i + 1), content: [clause], kind: .mixed)
  }

  /// "called the plan "a mess"": between the verb and the quotation stands what is judged, and no other verb.
  private func isJudgement(_ i: Int, _ quotation: Quotation) -> Bool {
    let start = quotation.tokens.lowerBound
    guard ids.judging.contains(view.tokens[i].word), start - i <= 16, start > i + 1 else { return false }
    return !(i + 1..<start).contains { j in
      let flags = flags(j)
      return flags.contains(.finite) || flags.contains(.says) && !view.tokens[j].isCapitalized || view.tokens[j].mark == 0x3B
        || view.tokens[j].mark == 0x3A
    }
  }

  private func clauseEnd(_ quotation: Quotation) -> Int {
    min(sentence(quotation.tokens.upperBound - 1).upperBound, paragraphs[quotation.paragraph].upperBound)
  }

  /// Who a participle belongs to: the sentence's first phrase with a name or pronoun.
  func participleSubject(of verb: Int, from low: Int) -> Range<Int>? {
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
}
