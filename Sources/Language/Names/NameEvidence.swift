import Documents

/// What stands around a name and says what it is.
extension NameFinder {
  /// "Search division", "the FAIR team".
  func isTeam(_ name: Range<Int>) -> Bool {
    let head = name.upperBound
    guard head < view.tokens.count, flags(head).contains(.teamHead), !view.tokens[head].isCapitalized, view.tokens[head].spaceBefore else {
      return false
    }
    return !taken[head]
  }

  /// Whether the word at `name`, which is ordinary in lower case, does or owns what begins at `next`: "Target has", "Target's".
  func isSubject(_ name: Int, of next: Int) -> Bool {
    guard next < view.tokens.count else { return false }
    let token = view.tokens[next]
    if token.shape.contains(.possessive) { return true }
    let flags = flags(next)
    if !flags.isDisjoint(with: [.speech, .orgVerb, .deed]) { return true }
    guard token.isWord, !token.isCapitalized else { return false }
    // "Time is short": of a word that is mostly no name, being and having say too little.
    if flags.contains(.finite) { return !self.flags(name).contains(.common) && !lowercase.contains(view.tokens[name], view) }
    guard token.span.count > 4, next + 1 < view.tokens.count else { return false }
    let last = view.bytes[token.span.end - 1]
    let before = view.bytes[token.span.end - 2]
    let isPast = last == 0x64 && before == 0x65
    guard isPast || last == 0x73 && before != 0x73 else { return false }
    if self.flags(next + 1).contains(.determiner) { return true }
    // "Meta secured 6.6 gigawatts", "Oracle committed $6 billion": of a word that is a name as often, a figure says as much as an article.
    guard !self.flags(name).contains(.common), !lowercase.contains(view.tokens[name], view) else { return false }
    return isPast || view.tokens[next + 1].isNumber || view.tokens[next + 1].mark == 0x24
  }

  /// Whether a word is written as programs write theirs: "pollAll", "poll_all", "poll()", or between backticks. "iShop" is a brand.
  func isCode(_ i: Int) -> Bool {
    let token = view.tokens[i]
    if i > 0, view.tokens[i - 1].mark == 0x60 || (view.tokens[i - 1].mark == 0x5F && !token.spaceBefore) { return true }
    if i + 1 < view.tokens.count, !view.tokens[i + 1].spaceBefore {
      let next = view.tokens[i + 1].mark
      if next == 0x60 || next == 0x5F { return true }
      if next == 0x28, i + 2 < view.tokens.count, view.tokens[i + 2].mark == 0x29 { return true }
    }
    guard !token.isCapitalized, token.shape.contains(.innerCap), token.span.count > 2 else { return false }
    return view.bytes[token.span.start + 1] &- 0x61 < 26
  }

  /// "AI" behind a name, which people leave out: "Scale AI".
  func isIntelligence(_ i: Int) -> Bool {
    view.tokens[i].span.count == 2 && view.bytes[view.tokens[i].span.start] | 0x20 == 0x61
      && view.bytes[view.tokens[i].span.start + 1] | 0x20 == 0x69
  }

  /// Whether a single word stands as an organisation does: at work there, its doing, its possession. Articles before it make it a word.
  func standsAsOrganization(_ i: Int) -> Bool {
    guard view.tokens[i].span.count > 3, i > 0, flags(i).isDisjoint(with: [.calendar, .demonym, .region, .title, .orgNoun, .function])
    else {
      return false
    }
    let before = view.tokens[i - 1].word
    if flags(i - 1).contains(.determiner) { return false }
    if self.is(i - 1, ids.at) || ids.introductions.contains(before) { return true }
    guard i + 1 < view.tokens.count else { return false }
    return view.tokens[i + 1].shape.contains(.possessive) || flags(i + 1).contains(.orgVerb)
  }

  private func isArticle(_ i: Int) -> Bool { self.is(i, ids.a) || self.is(i, ids.an) || self.is(i, ids.the) }

  /// The end of a version after a name: "4", "-4", " 4 Turbo", "3.5 Pro".
  func version(after name: Range<Int>) -> Int? {
    var i = name.upperBound
    guard flags(i - 1).isDisjoint(with: [.numbered, .calendar]), i < view.tokens.count else { return nil }
    if view.tokens[i].mark == 0x2D, !view.tokens[i].spaceBefore { i += 1 }
    guard i < view.tokens.count, view.tokens[i].isNumber, view.tokens[i].span.count <= 4 else { return nil }
    let isYear = view.tokens[i].span.count == 4 && !view.string(i).contains(".")
    guard !isYear else { return nil }
    // "3 million" is an amount.
    if taken[i], i + 1 < view.tokens.count, taken[i + 1] { return nil }
    i += 1
    if i < view.tokens.count, view.tokens[i].isWord, !view.tokens[i].spaceBefore, view.tokens[i].span.count <= 2 { i += 1 }
    while i < view.tokens.count, isCapital(i), flags(i).contains(.edition) { i += 1 }
    return i
  }

  /// What the neighbours of a name say it is.
  func evidence(_ name: Range<Int>) -> KindScores {
    var scores = KindScores()
    let before = name.lowerBound - 1
    let after = name.upperBound
    if before >= 0 {
      let flags = flags(before)
      if flags.contains(.role), !view.tokens[before].isCapitalized || view.tokens[before].shape.contains(.allCaps) { scores.person += 3 }
      if flags.contains(.productNoun), !view.tokens[before].isCapitalized { scores.product += 2 }
      if flags.contains(.orgNoun) { scores.organization += 2 }
      if ids.introductions.contains(view.tokens[before].word) { scores.organization += 1 }
      if flags.contains(.placePreposition) { scores.place += self.is(before, ids.in) || self.is(before, ids.near) ? 3 : 1 }
      if self.is(before, ids.at) { scores.organization += 1 }
      // "acquired by Fabrikam", but not "notes by Joon".
      if self.is(before, ids.by), before > 0, self.flags(before - 1).contains(.orgVerb) { scores.organization += 1 }
      if self.is(before, ids.of), before > 0, !self.flags(before - 1).isDisjoint(with: [.orgAsset, .role]) { scores.organization += 2 }
    }
    guard after < view.tokens.count else { return scores }
    // "Joon: …" at the start of a line speaks.
    if view.tokens[after].mark == 0x3A, view.tokens[name.lowerBound].shape.contains(.lineStart) { scores.person += 3 }
    var next = after
    let possessive = view.tokens[next].shape.contains(.possessive)
    if possessive { next += 1 }
    guard next < view.tokens.count else { return scores }
    let flags = flags(next)
    if possessive {
      if flags.contains(.orgAsset) { scores.organization += 2 }
      if flags.contains(.productNoun) { scores.organization += 1 }
      return scores
    }
    if view.tokens[next].mark == 0x28, next + 2 < view.tokens.count, ids.exchanges.contains(view.tokens[next + 1].word) {
      scores.organization += 8
    }
    if view.tokens[next].isCapitalized { return scores }
    if flags.contains(.speech) { scores.person += 2 }
    if flags.contains(.orgVerb) { scores.organization += 2 }
    if flags.contains(.orgAsset) { scores.organization += 1 }
    if flags.contains(.productNoun) { scores.product += 2 }
    if self.is(next, ids.who) || self.is(next, ids.whose) || self.is(next, ids.himself) || self.is(next, ids.herself) { scores.person += 4 }
    if view.tokens[next].mark == 0x2C, next + 1 < view.tokens.count {
      let second = next + 1
      if self.flags(second).contains(.region), isCapital(second) { scores.place += 4 }
      if view.tokens[second].isNumber, second + 1 < view.tokens.count, view.tokens[second + 1].mark == 0x2C { scores.person += 4 }
      if self.is(second, ids.who) || self.is(second, ids.whose) { scores.person += 3 }
      let limit = min(second + 5, view.tokens.count)
      // A hyphen joins the words of an apposition: "the Oslo-based chip maker".
      if let head = (second..<min(second + 8, view.tokens.count)).first(where: { i in
        view.tokens[i].isMark && view.tokens[i].mark != 0x2D || i < limit && self.flags(i).contains(.role)
          || self.flags(i).contains(.orgNoun)
      }) {
        if self.flags(head).contains(.orgNoun), isArticle(second) || head + 1 < view.tokens.count && self.is(head + 1, ids.of) {
          scores.organization += 4
        } else if self.flags(head).contains(.role), head < limit {
          scores.person += 3
        }
      }
    }
    if view.tokens[next].mark == 0x2D, !view.tokens[next].spaceBefore, next + 1 < view.tokens.count {
      if self.is(next + 1, ids.based) { scores.place += 4 }
    }
    return scores
  }
}
