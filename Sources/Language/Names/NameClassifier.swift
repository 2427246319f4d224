import Documents

/// What a run of capitalised words is, from its form and its neighbours.
extension NameFinder {
  /// A run that is one name as a whole by its last or first word: "Contoso Labs", "University of Northwind", "Lake Placid".
  func wholeName(_ run: Range<Int>, doubtful: Bool) -> NameCandidate? {
    var low = run.lowerBound
    guard run.count > 1 else { return nil }
    var last = run.upperBound - 1
    if view.tokens[last].mark == 0x2E { last -= 1 }
    guard last > low else { return nil }
    // "Former Northwind Labs": an ordinary word that only the sentence's start made large.
    if doubtful, flags(low).contains(.common) || isDerived(view.tokens[low]), last - low > 1, flags(low + 1).isEmpty,
      !lowercase.contains(view.tokens[low + 1], view)
    {
      low += 1
    }
    var candidate = NameCandidate(tokens: low..<run.upperBound, start: low, isCertain: true)
    let suffix = flags(last)
    if endsInDottedForm(low..<run.upperBound) {
      candidate.scores.organization = 8
      return candidate
    }
    let ofHead = flags(low).contains(.orgHead) && (low..<last).contains { self.is($0, ids.of) || self.is($0, ids.for) }
    if suffix.contains(.legalForm) || suffix.contains(.orgSuffix) || ofHead {
      // "Times" alone or a person's title in front is no organisation.
      guard !flags(low).contains(.honorific) else { return nil }
      if suffix.contains(.common), !suffix.contains(.legalForm), doubtful, last - low == 1, flags(low).contains(.common) { return nil }
      candidate.scores.organization = 8
      if suffix.contains(.teamHead), !suffix.contains(.orgHead) { candidate.scores.team = 4 }
      return candidate
    }
    if suffix.contains(.placeSuffix), !flags(low).contains(.title) {
      if flags(low).contains(.common), doubtful { return nil }
      candidate.scores.place = 8
      return candidate
    }
    let first = flags(low)
    if first.contains(.placePrefix), !doubtful || !first.contains(.common), first.isDisjoint(with: [.title, .function]), last - low <= 2,
      flags(last).isDisjoint(with: [.common, .numbered, .given])
    {
      candidate.scores.place = 5
      return candidate
    }
    if !first.isDisjoint(with: [.placeSuffix, .placePrefix]), low + 1 < last, self.is(low + 1, ids.of) {
      candidate.scores.place = 6
      return candidate
    }
    return nil
  }

  /// "Contoso N.V.": letters with points that make a legal form.
  private func endsInDottedForm(_ run: Range<Int>) -> Bool {
    var letters: [UInt8] = []
    var i = run.upperBound - 1
    while i > run.lowerBound, letters.count < 4 {
      if view.tokens[i].mark == 0x2E {
        i -= 1
      } else if view.tokens[i].span.count == 1, view.tokens[i].isCapitalized {
        letters.insert(view.bytes[view.tokens[i].span.start], at: 0)
        i -= 1
      } else {
        break
      }
    }
    return NameWord.dottedForms.contains(String(decoding: letters, as: UTF8.self))
  }

  /// Splits at roles and titles, then judges each part.
  mutating func classify(_ segment: Range<Int>, doubtful: Bool, headline: Bool, beforeName: Bool) {
    var low = segment.lowerBound
    var high = segment.upperBound
    while low < high, view.tokens[low].isMark { low += 1 }
    while low < high, view.tokens[high - 1].isMark, !isOwnStop(high - 1, from: low) {
      high -= 1
    }
    guard low < high else { return }
    // "Northwind CEO Ada Quill" is two names.
    if let split = (low..<high).first(where: { $0 > low && $0 < high - 1 && isRoleBreak($0) && !(low..<$0).allSatisfy(isTitle) }) {
      classify(low..<split, doubtful: doubtful, headline: headline, beforeName: true)
      classify(split..<high, doubtful: false, headline: headline, beforeName: beforeName)
      return
    }
    var title = low
    while title < high, isTitle(title) || title > low && title + 1 < high && flags(title).contains(.role),
      title > low || !view.tokens[title].isMark
    {
      title += 1
    }
    if title > low, title < high {
      let alone = (low..<title).allSatisfy { flags($0).contains(.common) && !view.tokens[$0].isMark }
      let plain = flags(title).isDisjoint(with: [.common, .function, .plainAcronym]) && !lowercase.contains(view.tokens[title], view)
      if !headline || !alone || plain {
        judge(
          title..<high, start: low, doubtful: doubtful && alone && high - title < 2, titled: true, headline: headline,
          beforeName: beforeName)
        return
      }
    }
    if title == high {
      if !headline { addDefinite(low..<high) }
      return
    }
    if high - low == 1, !headline, !flags(low).isDisjoint(with: [.orgHead, .orgSuffix]), flags(low).contains(.common),
      addDefinite(low..<high)
    {
      return
    }
    if flags(low).contains(.demonym), high - low > 1 { low += 1 }
    if doubtful, !headline, high - low > 1, flags(low).contains(.common) {
      low += 1
      judge(low..<high, start: low, doubtful: false, titled: false, headline: headline, beforeName: beforeName)
    } else {
      judge(low..<high, start: low, doubtful: doubtful, titled: false, headline: headline, beforeName: beforeName)
    }
  }

  /// "the Court", "this Department", "Mr. President": a title or a kind of body with a capital stands for the one that holds it.
  @discardableResult
  private mutating func addDefinite(_ name: Range<Int>) -> Bool {
    let low = name.lowerBound
    let addressed = flags(low).contains(.honorific) && name.count > 1
    guard addressed || (low > 0 && (view.tokens[low - 1].word == ids.the || view.tokens[low - 1].word == ids.this)) else { return false }
    let isPerson = flags(low).contains(.title)
    guard isPerson || name.count == 1 else { return false }
    var candidate = NameCandidate(tokens: name, start: low, isCertain: true)
    candidate.isDefinite = true
    if isPerson { candidate.scores.person = 1 } else { candidate.scores.organization = 1 }
    append(candidate)
    return true
  }

  /// The stop of "Inc." or of "U.S.G.", which is part of the name.
  private func isOwnStop(_ i: Int, from low: Int) -> Bool {
    guard view.tokens[i].mark == 0x2E, i > low else { return false }
    if flags(i - 1).contains(.legalForm) { return true }
    return i - 3 >= low && view.tokens[i - 1].span.count == 1 && view.tokens[i - 2].mark == 0x2E && view.tokens[i - 3].span.count == 1
  }

  private func isTitle(_ i: Int) -> Bool { flags(i).contains(.title) || view.tokens[i].mark == 0x2E }

  private func isRoleBreak(_ i: Int) -> Bool {
    let flags = flags(i)
    return (flags.contains(.role) && (view.tokens[i].shape.contains(.allCaps) || flags.contains(.common)))
      || (flags.contains(.title) && !flags.contains(.given) && !flags.contains(.orgSuffix))
  }

  /// Adds the candidate where its form allows one.
  private mutating func judge(_ name: Range<Int>, start: Int, doubtful: Bool, titled: Bool, headline: Bool, beforeName: Bool) {
    let low = name.lowerBound
    var candidate = NameCandidate(tokens: name, start: start, isCertain: !doubtful && !headline)
    let isWords = name.filter { view.tokens[$0].isWord }
    guard let last = isWords.last else { return }
    let count = isWords.count
    let first = flags(low)
    if titled {
      guard first.isDisjoint(with: [.function, .calendar]) else { return }
      candidate.scores.person = 8
      candidate.isCertain = true
      if count > 3 { return }
      append(candidate)
      return
    }
    if count == 1 {
      if !doubtful, !headline, flags(low).contains(.common) || lowercase.contains(view.tokens[low], view) {
        addDoubtful(name)
        addCapitalized(low)
      }
      guard acceptsSingle(low, doubtful: doubtful || headline, &candidate) else { return }
    } else {
      guard acceptsSeveral(isWords, last: last, &candidate) else { return }
    }
    if low > 0, count <= 2, flags(low - 1).contains(.particle), !view.tokens[low - 1].isCapitalized, view.tokens[low].spaceBefore,
      low - 1 > 0,
      ids.nobiliary.contains(view.tokens[low - 1].word)
    {
      candidate.tokens = (low - 1)..<name.upperBound
      candidate.start = low - 1
      candidate.scores.person += 3
    }
    if headline, count >= 2, count <= 3, low > 0, self.is(low - 1, ids.by), view.tokens[low - 1].shape.contains(.lineStart) {
      candidate.scores.person += 4
      candidate.isCertain = true
    }
    let evidence = evidence(candidate.tokens)
    candidate.scores += evidence
    // "Tarn, the Oslo-based chip maker": said so plainly that a capital at the sentence's start is enough.
    if evidence.organization >= 4, first.isDisjoint(with: [.common, .function]) { candidate.isCertain = true }
    if isTeam(name) {
      candidate.tokens = candidate.tokens.lowerBound..<(name.upperBound + 1)
      candidate.scores.team += 10
      candidate.isCertain = !headline
    }
    if let version = version(after: name) {
      candidate.tokens = candidate.tokens.lowerBound..<version
      candidate.scores.product += 6
    }
    append(candidate)
  }

  private func acceptsSingle(_ i: Int, doubtful: Bool, _ candidate: inout NameCandidate) -> Bool {
    let token = view.tokens[i]
    let flags = flags(i)
    guard token.span.count > 1, flags.isDisjoint(with: [.calendar, .honorific, .title]), !flags.contains(.function) || isAcronym(i) else {
      return false
    }
    if isTeam(i..<(i + 1)), !flags.contains(.common) || !doubtful { return true }
    // "CEOs" are many, and no one's name.
    guard flags.isDisjoint(with: [.plainAcronym, .demonym, .legalForm]), view.bytes[token.span.end - 1] != 0x73 || !isInitialism(i) else {
      return false
    }
    if token.shape.contains(.allCaps) {
      guard token.span.count <= 8, !flags.contains(.common), !flags.contains(.postTitle) else { return false }
      let evidence = evidence(i..<(i + 1))
      if flags.contains(.function) || (token.span.count < 5 && evidence.organization < 2) { candidate.isCertain = false }
      candidate.scores.organization += 2
      return true
    }
    if token.shape.contains(.innerCap) {
      candidate.scores.organization += 2
      candidate.isCertain = true
      return true
    }
    if flags.contains(.given) {
      candidate.scores.person += 4
      if doubtful { return !flags.contains(.common) && !lowercase.contains(token, view) }
    }
    if flags.contains(.common) || lowercase.contains(token, view) { return false }
    if isDemonymLike(token) || isDerived(token) || !flags.isDisjoint(with: [.speech, .orgVerb, .deed]),
      evidence(i..<(i + 1)).best.points < 2
    {
      return false
    }
    return true
  }

  /// "Adopting", "Sidelined", "Openness": made from another word, and seldom what somebody is called.
  private func isDerived(_ token: Token) -> Bool {
    let bytes = view.bytes[token.span.range]
    return bytes.count > 5 && NameWord.derivations.contains { bytes.suffix($0.count).elementsEqual($0) }
  }

  /// "ONNX", "SKUs": two or more capitals, at most an s behind them.
  private func isInitialism(_ i: Int) -> Bool {
    let bytes = view.bytes[view.tokens[i].span.range]
    let capitals = bytes.prefix { $0 &- 0x41 < 26 }.count
    return capitals >= 2 && (capitals == bytes.count || capitals == bytes.count - 1 && bytes.last == 0x73)
  }

  /// "Olondrian", "Sienese": of a place or people rather than one.
  private func isDemonymLike(_ token: Token) -> Bool {
    let end = token.span.end
    guard token.span.count > 5 else { return false }
    let last = view.bytes[end - 1] == 0x73 ? end - 1 : end
    let tail = (view.bytes[last - 3], view.bytes[last - 2], view.bytes[last - 1])
    return tail == (0x69, 0x61, 0x6E) || tail == (0x65, 0x61, 0x6E) || tail == (0x65, 0x73, 0x65)
  }

  private func acceptsSeveral(_ wordTokens: [Int], last: Int, _ candidate: inout NameCandidate) -> Bool {
    let first = wordTokens[0]
    let ordinary = wordTokens.filter {
      !flags($0).isDisjoint(with: [.common, .plainAcronym, .function]) || lowercase.contains(view.tokens[$0], view)
    }.count
    let initials = wordTokens.contains { $0 > first && $0 < last && view.tokens[$0].span.count == 1 && view.tokens[$0].isCapitalized }
    if wordTokens.allSatisfy({ view.tokens[$0].span.count == 1 && view.tokens[$0].isCapitalized }) {
      candidate.scores.organization += 3
      return wordTokens.count >= 3
    }
    if flags(first).contains(.given), ordinary < wordTokens.count, wordTokens.count <= 5 {
      candidate.scores.person += 6
      // "Ada Quill" is a name in a headline too; "Grace Period" is not.
      let isSurname =
        flags(last).contains(.surname)
        || (flags(last).isDisjoint(with: [.common, .plainAcronym, .demonym, .calendar]) && !lowercase.contains(view.tokens[last], view))
      if isSurname, wordTokens.count == 2 || initials { candidate.isCertain = true }
      return true
    }
    if initials || view.tokens[first].span.count == 1, wordTokens.count <= 4, !flags(last).contains(.common) {
      candidate.scores.person += 5
      return true
    }
    if wordTokens.dropFirst().dropLast().contains(where: { flags($0).contains(.particle) && !view.tokens[$0].isCapitalized }) {
      candidate.scores.person += 3
      return true
    }
    guard wordTokens.count <= 3, ordinary < wordTokens.count else { return false }
    // "Optim ONNX", "XT SKUs": initialisms are no one's name, and seldom anything's unless something says so.
    if wordTokens.contains(where: isInitialism) { return evidence(candidate.tokens).best.points >= 2 }
    if wordTokens.count == 2, ordinary == 0 {
      candidate.scores.person += 2
      return true
    }
    return ordinary == 0 || evidence(candidate.tokens).best.points >= 2
  }
}
