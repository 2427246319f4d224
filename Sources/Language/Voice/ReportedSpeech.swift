import Documents

/// Speech without quotation marks: "X said (that) …", "…, X said", "according to X, …", "…, saying that …", "X's claim that …".
extension AttributionFinder {
  /// Tokens: no clause is longer, and a text without stops must not be read anew for each of its verbs.
  private static let longestClause = 400
  private static let longestReach = 80

  mutating func reportedSpeech() {
    for sentence in sentences where view.blocks[sentence.block].role != .code {
      for i in sentence.tokens where !phrases.isQuoted[i] && !usedCues.contains(i) && view.tokens[i].word != .unknown {
        report(at: i, sentence.tokens)
      }
    }
  }

  private mutating func report(at i: Int, _ sentence: Range<Int>) {
    let flags = flags(i)
    let word = view.tokens[i].word
    if word == ids.according {
      if i + 2 < sentence.upperBound, view.tokens[i + 1].word == ids.to { accordingTo(i, sentence) }
      return
    }
    if flags.contains(.takesClause), !view.tokens[i].isCapitalized {
      if flags.contains(.says), !flags.contains(.baseForm) || phrases.isPlural(before: i, from: sentence.lowerBound) {
        if clause(of: i, sentence) { return }
      } else if flags.contains(.saying), participle(i, sentence) {
        return
      }
    }
    if flags.contains(.sayingNoun) { nounClause(i, sentence) }
  }

  private mutating func accordingTo(_ cue: Int, _ sentence: Range<Int>) {
    guard let source = phrases.subject(after: cue + 1, to: sentence.upperBound) ?? bareSource(cue + 2, sentence.upperBound) else { return }
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

  /// "exit polls", "federal statistics": a phrase without an article.
  private func bareSource(_ start: Int, _ limit: Int) -> Range<Int>? {
    var end = start
    while end < min(limit, start + 6), view.tokens[end].isWord || view.tokens[end].isNumber,
      flags(end).isDisjoint(with: [.clauseStart, .finite])
    { end += 1 }
    guard end > start, end == limit || view.tokens[end].isMark, view.tokens[start].isWord, flags(start).isDisjoint(with: .preposition)
    else { return nil }
    return start..<end
  }

  // MARK: Verbs

  private mutating func clause(of verb: Int, _ sentence: Range<Int>) -> Bool {
    let source = isCoordinated(verb, sentence) ? coordinated(verb, sentence) : phrases.subject(before: verb, from: sentence.lowerBound)
    if inverted(verb, sentence) { return true }
    guard let source else { return false }
    if interposed(verb, source, sentence) { return true }
    var start = verb + 1
    var isAddressed = false
    if flags(verb).contains(.takesPerson) {
      // The addressee goes up to "that", or is one phrase.
      if let that = (start..<sentence.upperBound).prefix(12).first(where: { opensSubordinate($0) }) {
        start = that
      } else if let clause = clauseBehindAddressee(start, sentence.upperBound) {
        start = clause
        isAddressed = true
      } else {
        return trailing(verb, source, sentence)
      }
    }
    let rest = start..<sentence.upperBound
    guard let first = rest.first else { return trailing(verb, source, sentence) }
    let token = view.tokens[first]
    let opens = token.isCapitalized || !flags(first).isDisjoint(with: [.pronoun, .determiner]) || token.isNumber
    // What insiders reveal is a report, whatever form it has.
    let isTip = token.isWord && source.contains { flags($0).contains(.anonymous) }
    // "believed the report" has an object, "believed the report was wrong" a clause; "said the report …" can only have a clause.
    let hasVerb = hasFiniteVerb(first, sentence.upperBound)
    let isBare =
      flags(verb).contains(.bareClause) && (hasVerb || opens && !flags(verb).contains(.takesObject) || flags(first).contains(.pronoun))
    let isSpoken =
      ids.saying.contains(view.tokens[verb].word) && token.isWord && flags(first).isDisjoint(with: [.preposition, .adverb, .conjunction])
    let opensClause = isSpoken || isAddressed || opensSubordinate(first) || isTip || isBare || opens && hasVerb
    if token.isMark || !opensClause || rest.count < 4 {
      if trailing(verb, source, sentence) { return true }
      // "said on Monday that …", but not "announced a plan that …"
      guard !flags(verb).contains(.takesObject) || isAdverbial(first),
        let that = rest.prefix(10).first(where: { view.tokens[$0].word == ids.that }), rest.upperBound - that > 3,
        !(first..<that).contains(where: { view.tokens[$0].mark == 0x2C || self.flags($0).contains(.says) })
      else { return false }
      append(source, verb, that..<rest.upperBound)
      return true
    }
    append(source, verb, rest)
    return true
  }

  private func isCoordinated(_ verb: Int, _ sentence: Range<Int>) -> Bool {
    let before = coordinator(of: verb, sentence)
    return before > sentence.lowerBound && (view.tokens[before].word == ids.and || view.tokens[before].word == ids.but)
  }

  /// The token before a verb and its auxiliaries: "but has repeatedly said".
  private func coordinator(of verb: Int, _ sentence: Range<Int>) -> Int {
    var before = verb - 1
    while before > sentence.lowerBound, verb - before < 4, !flags(before).isDisjoint(with: [.auxiliary, .adverb]) || phrases.isLy(before) {
      before -= 1
    }
    return before
  }

  /// "Ada Quill left in May and said the plant was old": the subject is that of the first verb.
  private func coordinated(_ verb: Int, _ sentence: Range<Int>) -> Range<Int>? {
    participleSubject(of: coordinator(of: verb, sentence), from: max(sentence.lowerBound, verb - AttributionFinder.longestReach))
  }

  private mutating func append(_ source: Range<Int>?, _ cue: Int, _ rest: Range<Int>) {
    let content = trimmed(rest.lowerBound..<end(of: rest.prefix(AttributionFinder.longestClause)))
    guard !content.isEmpty else { return }
    found.append(Found(source: source, cue: cue..<(cue + 1), content: [content], kind: kind(content)))
  }

  /// Before ", adding that …", which is said of its own.
  private func end(of rest: Range<Int>) -> Int {
    for i in rest.dropFirst(3) where !phrases.isQuoted[i] {
      // "…; they learned of it later": what follows a semicolon or a dash is the author's again.
      if view.tokens[i].mark == 0x3B || isLongDash(i) { return i }
      guard view.tokens[i - 1].mark == 0x2C else { continue }
      let flags = flags(i)
      if flags.contains(.saying), flags.contains(.takesClause), flags.isDisjoint(with: .says) { return i - 1 }
      if ids.citing.contains(view.tokens[i].word) { return i - 1 }
    }
    return rest.upperBound
  }

  /// A dash between words that are spaced from it.
  private func isLongDash(_ i: Int) -> Bool {
    let token = view.tokens[i]
    guard token.mark == 0xE2, token.span.count == 3, token.spaceBefore else { return false }
    return view.bytes[token.span.start + 1] == 0x80 && (0x93...0x95).contains(view.bytes[token.span.start + 2])
  }

  private func opensSubordinate(_ i: Int) -> Bool { view.tokens[i].word == ids.that || ids.questionWords.contains(view.tokens[i].word) }

  /// Whether the words from `start` come to a finite verb before anything else begins: "people were told", not "a plan that was told".
  private func hasFiniteVerb(_ start: Int, _ limit: Int) -> Bool {
    for i in (start + 1)..<max(start + 1, min(limit, start + 14)) {
      let token = view.tokens[i]
      if token.isMark {
        if token.shape.contains(.possessive) || token.mark == 0x2D || token.mark == 0x24 || token.mark == 0x25 { continue }
        return false
      }
      let flags = flags(i)
      if flags.contains(.finite) { return true }
      if !flags.isDisjoint(with: [.clauseStart, .says]) || opensSubordinate(i) { return false }
    }
    return false
  }

  /// "told Contoso Radio the plant would close": where the second phrase begins.
  private func clauseBehindAddressee(_ start: Int, _ limit: Int) -> Int? {
    for i in (start + 1)..<max(start + 1, min(limit, start + 7)) {
      guard view.tokens[i - 1].isWord, view.tokens[i].isWord, flags(i - 1).isDisjoint(with: [.preposition, .determiner, .finite]) else {
        return nil
      }
      if !flags(i).isDisjoint(with: [.pronoun, .determiner]), hasFiniteVerb(i, limit) { return i }
    }
    return nil
  }

  /// "The plant, Ada Quill said, would close."
  private mutating func interposed(_ verb: Int, _ source: Range<Int>, _ sentence: Range<Int>) -> Bool {
    guard sentence.count <= AttributionFinder.longestClause, verb + 3 < sentence.upperBound, view.tokens[verb + 1].mark == 0x2C,
      source.lowerBound - sentence.lowerBound > 1,
      view.tokens[source.lowerBound - 1].mark == 0x2C
    else { return false }
    let before = trimmed(sentence.lowerBound..<(source.lowerBound - 1))
    let after = trimmed((verb + 2)..<sentence.upperBound)
    guard !before.isEmpty, after.count > 2, !(before.lowerBound..<after.upperBound).contains(where: { phrases.isQuoted[$0] }) else {
      return false
    }
    found.append(Found(source: source, cue: verb..<(verb + 1), content: [before, after], kind: .indirect))
    return true
  }

  /// "The plant would close, Ada Quill said."
  private mutating func trailing(_ verb: Int, _ source: Range<Int>, _ sentence: Range<Int>) -> Bool {
    let tail = sentence.upperBound - verb
    guard tail <= 10 || tail <= 25 && isAdverbial(verb + 1), source.lowerBound - sentence.lowerBound > 3,
      view.tokens[source.lowerBound - 1].mark == 0x2C
    else { return false }
    let content = trimmed(sentence.lowerBound..<(source.lowerBound - 1))
    guard !content.contains(where: { phrases.isQuoted[$0] && view.tokens[$0].mark == 0x22 }) else { return false }
    found.append(Found(source: source, cue: verb..<(verb + 1), content: [content], kind: .indirect))
    return true
  }

  /// "The plant would close, said Ada Quill, who runs it."
  private mutating func inverted(_ verb: Int, _ sentence: Range<Int>) -> Bool {
    guard verb - 4 > sentence.lowerBound, view.tokens[verb - 1].mark == 0x2C, verb - sentence.lowerBound <= AttributionFinder.longestClause,
      ids.saying.contains(view.tokens[verb].word) || flags(verb).contains(.bareClause),
      let source = phrases.subject(after: verb, to: sentence.upperBound),
      view.tokens[source.lowerBound].isCapitalized
        || !flags(source.lowerBound).isDisjoint(with: [.determiner, .people, .anonymous]),
      source.upperBound == sentence.upperBound || view.tokens[source.upperBound].isMark
        || !flags(source.upperBound).isDisjoint(with: [.preposition, .adverb])
    else { return false }
    let content = trimmed(sentence.lowerBound..<(verb - 1))
    guard content.count > 3, !content.contains(where: { phrases.isQuoted[$0] }),
      hasFiniteVerb(content.lowerBound, content.upperBound) || content.count > 6
    else { return false }
    found.append(Found(source: source, cue: verb..<(verb + 1), content: [content], kind: .indirect))
    return true
  }

  /// Whether what follows a verb of saying only tells when and where.
  private func isAdverbial(_ i: Int) -> Bool { !flags(i).isDisjoint(with: [.preposition, .adverb]) && !opensSubordinate(i) }

  /// "…, saying that the plant would close", "after claiming the plant would close".
  private mutating func participle(_ verb: Int, _ sentence: Range<Int>) -> Bool {
    let first = verb + 1
    guard first + 3 < sentence.upperBound, verb == sentence.lowerBound || opensParticiple(verb - 1) else { return false }
    var start = first
    if flags(verb).contains(.takesPerson) {
      guard let that = (first..<sentence.upperBound).prefix(8).first(where: { opensSubordinate($0) }) else { return false }
      start = that
    }
    let opens = view.tokens[start].isCapitalized || !flags(start).isDisjoint(with: [.pronoun, .determiner]) || view.tokens[start].isNumber
    guard opensSubordinate(start) || opens && hasFiniteVerb(start, sentence.upperBound),
      let source = participleSubject(of: verb, from: max(sentence.lowerBound, verb - AttributionFinder.longestReach))
    else { return false }
    append(source, verb, start..<sentence.upperBound)
    return true
  }

  private func opensParticiple(_ i: Int) -> Bool {
    view.tokens[i].mark == 0x2C || !flags(i).isDisjoint(with: [.preposition, .conjunction])
  }

  // MARK: Nouns

  /// "Northwind's claim that the plant would close", "rumours that …".
  private mutating func nounClause(_ noun: Int, _ sentence: Range<Int>) {
    let that = noun + 1
    // "the report that was published": a relative clause.
    guard that + 3 < sentence.upperBound, view.tokens[that].word == ids.that,
      view.tokens[that + 1].isWord || view.tokens[that + 1].isNumber,
      flags(that + 1).isDisjoint(with: [.finite, .auxiliary, .says])
    else { return }
    let source = possessor(of: noun, from: sentence.lowerBound)
    guard source != nil || ids.hearsay.contains(view.tokens[noun].word) else { return }
    append(source, noun, that..<sentence.upperBound)
  }

  /// "Ada Quill's", "their", perhaps with one adjective behind.
  private func possessor(of noun: Int, from low: Int) -> Range<Int>? {
    for i in [noun - 1, noun - 2] where i >= low {
      if view.tokens[i].shape.contains(.possessive), i > low, view.tokens[i - 1].isWord {
        var start = i - 1
        while start > low, view.tokens[start - 1].isWord, view.tokens[start - 1].isCapitalized, view.tokens[start].isCapitalized {
          start -= 1
        }
        if start > low, !view.tokens[start].isCapitalized, flags(start - 1).contains(.determiner) { start -= 1 }
        return start..<i
      }
      if ids.possessives.contains(view.tokens[i].word) { return i..<(i + 1) }
    }
    return nil
  }
}
