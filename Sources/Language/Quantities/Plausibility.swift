import Documents

/// What looks like a quantity and is none: names, versions, ids, links, times of day, years, pronouns.
extension QuantityReader {
  /// Digits that are part of a name, a link, a time or an id: the token after them.
  func identifier(at k: Int) -> Int? {
    let t = token(k)
    if !t.spaceBefore, k > range.lowerBound {
      let before = token(k - 1)
      if before.isWord, !isMoneyWord(k - 1) { return k + 1 }
      if before.isNumber { return k + 1 }
      if before.isMark, !before.spaceBefore, k - 1 > range.lowerBound {
        let outer = token(k - 2)
        switch before.mark {
        case 0x2D:  // GPT-4, 555-0100
          if outer.isWord, role(k - 2).isDisjoint(with: [.minus, .prefix]) { return k + 1 }
          if outer.isNumber { return k + 1 }
        case 0x3D, 0x26, 0x3F, 0x25, 0x5F, 0x40, 0x5C, 0x2F, 0x5E:  // = & ? % _ @ \ / ^
          if before.mark == 0x3D, isMoneyWord(k - 2) { break }
          return k + 1
        case 0x3A where outer.isNumber || outer.isWord: return k + 1
        case 0x2B where outer.isNumber || outer.isWord: return k + 1
        case 0x2E where outer.isWord && !outer.spaceBefore: return k + 1
        default: break
        }
      }
      if before.mark == 0x23 || before.mark == 0x5F || before.mark == 0x40 { return k + 1 }
    }
    // "Model 3s".
    if isJoined(k + 1), token(k + 1).word == lexis.word.s, k > range.lowerBound, token(k - 1).isWord, token(k - 1).isCapitalized,
      t.spaceBefore,
      !isKnownWord(k - 1)
    {
      return k + 2
    }
    if isClock(k + 1) { return k + 2 }
    // A month or weekday has its number, whatever follows ("on May 5 100 people").
    if k > range.lowerBound, token(k - 1).isWord, token(k - 1).isCapitalized, t.spaceBefore, t.end - t.start <= 2,
      lexis.roles[token(k - 1).word].contains(.calendar), !isMoneyLike(k + 1)
    {
      return k + 1
    }
    guard isJoined(k + 1) else { return nil }
    let next = token(k + 1)
    // "the 1960s", "the 90s".
    if next.isWord, next.word == lexis.word.s, t.end - t.start == 4 || (t.end - t.start == 2 && isWord(k - 1, lexis.word.the)) {
      return k + 2
    }
    if next.mark == 0x3A, isJoined(k + 2), token(k + 2).isNumber { return k + 3 }
    if next.mark == 0x5F { return k + 2 }
    // "555-0100-22", "2019-09-01T10".
    if next.mark == 0x2D, isJoined(k + 2), token(k + 2).isNumber, isJoined(k + 3), token(k + 3).mark == 0x2D, isJoined(k + 4),
      token(k + 4).isNumber
    {
      return k + 5
    }
    // "1." and "2)" at a line's start number a list.
    if t.shape.contains(.lineStart), next.mark == 0x2E || next.mark == 0x29, isOpen(k + 2), token(k + 2).spaceBefore { return k + 2 }
    return nil
  }

  /// A percent sign or a scale follows, so that a month before does not claim the number ("in May 12% of").
  func isMoneyLike(_ k: Int) -> Bool { isMark(k, 0x25) || numeral(k).kind == .scale || isWord(k, lexis.word.percent) }

  /// "am", "p.m." after an hour that nobody has read as a time.
  func isClock(_ k: Int) -> Bool {
    guard isOpen(k), token(k).isWord else { return false }
    let w = token(k).word
    if w == lexis.word.am || w == lexis.word.pm { return true }
    return (w == lexis.word.a || w == lexis.word.p) && isMark(k + 1, 0x2E) && isWord(k + 2, lexis.word.m)
  }

  /// A currency's code or letters that may be joined to a number ("USD115", "Rs20", "$US5", "Y=5").
  func isMoneyWord(_ k: Int) -> Bool {
    let t = token(k)
    guard t.isWord, t.isCapitalized else { return false }
    if lexis.currencies.codes[t.word] > 0, t.shape.contains(.allCaps) {
      return k == range.lowerBound || t.spaceBefore || token(k - 1).isMark
    }
    if t.word == lexis.word.us { return k > range.lowerBound && token(k - 1).mark == 0x24 }
    return lexis.currencies.before.begins(t.word)
      || (isMark(k + 1, 0x3D) && lexis.currencies.before.match(view.tokens, at: k + 1, step: -1, isOpen: isOpen) != nil)
  }

  /// The number after a label: "section 4", "No. 7".
  func isLabelled(_ first: Int) -> Bool {
    var k = first - 1
    guard k >= range.lowerBound else { return false }
    if token(k).mark == 0x2E, !token(k).spaceBefore, k > range.lowerBound { k -= 1 }
    return lexis.roles[token(k).word].contains(.label)
  }

  /// An ordinal inside a name ("First Bank", "the Second World War").
  func isNamePart(_ amount: Amount) -> Bool {
    let k = amount.tokens.lowerBound
    guard token(k).isWord, token(k).isCapitalized, !token(k).shape.contains(.allCaps) else { return false }
    let next = amount.tokens.upperBound
    let isNameAfter = isOpen(next) && token(next).isWord && token(next).isCapitalized
    return isNameAfter || !isSentenceStart(k)
  }

  func isSentenceStart(_ k: Int) -> Bool {
    if k == range.lowerBound || token(k).shape.contains(.paragraphStart) { return true }
    let before = token(k - 1)
    return before.isMark && [0x2E, 0x21, 0x3F, 0x3A, 0x22, 0x28, 0x2D, 0xE2].contains(before.mark)
  }

  /// Whether an unmodified number without a measure, or one that counts something, is meant as a quantity.
  func stands(_ amount: Amount) -> Bool {
    let first = amount.tokens.lowerBound
    let read = amount.read
    let isCount = amount.measure == .count
    if !read.isDigits { return standsInWords(amount) }
    let isHeavy = read.isGrouped || amount.scale > 1 || amount.number < 0 || read.isFraction
    if isHeavy { return true }
    let end = read.tokens.upperBound
    // "3D", "49ers", "777F".
    if isJoined(end), token(end).isWord, amount.tokens.upperBound == end { return false }
    if !isCount, isJoined(end), isMark(end, 0x2F) || isMark(end, 0x2D), isJoined(end + 1) { return false }
    if isLabelled(first) { return false }
    if !isCount, range.count > 4 {
      // "01 — Origins", "2.1 Origins", "the 8.1 release".
      if read.digits > 1, view.bytes[Int(token(first).start)] == 0x30, !read.isDecimal { return false }
      if read.isDecimal, token(first).shape.contains(.lineStart), isOpen(end), token(end).isCapitalized { return false }
      if read.isDecimal, role(end).contains(.release) { return false }
    }
    if isYear(amount), range.count > 3 {
      if isCount { return Int(amount.number) % 100 == 0 && Int(amount.number) % 1000 == 0 && !followsYearWord(first) }
      if !isEquated(first) { return false }
    }
    guard first > range.lowerBound else { return true }
    let before = token(first - 1)
    // "401(k)".
    if !isCount, isMark(end, 0x28), isJoined(end), isJoined(end + 1) { return false }
    // "(4)" is a reference or a shirt.
    if before.mark == 0x28, !isCount, isMark(end, 0x29), read.digits <= 2 { return false }
    if before.isWord, before.isCapitalized || before.shape.contains(.innerCap), token(first).spaceBefore, !isKnownWord(first - 1) {
      if !isSentenceStart(first - 1) { return false }
      return isCount && !read.isDecimal && !isVersion(amount)
    }
    return true
  }

  /// "Aurora 13B": billions joined to their letter behind a name are the parameters of a model.
  func isNamedSize(_ amount: Amount) -> Bool {
    var k = amount.read.tokens.lowerBound - 1
    if k > range.lowerBound, token(k).mark == 0x2D, !token(k).spaceBefore { k -= 1 }
    guard k >= range.lowerBound, amount.read.digits <= 4, !amount.read.isGrouped, isJoined(amount.read.tokens.upperBound) else {
      return false
    }
    let name = token(k)
    guard name.isWord, name.isCapitalized || name.shape.contains(.innerCap), !isKnownWord(k), !isLabelled(k + 1) else { return false }
    // "Contoso Raises 3B": a verb of a headline.
    return view.bytes[Int(name.end) - 1] | 0x20 != 0x73 || name.shape.contains(.allCaps)
  }

  /// "Aurora 3 leads the field": a small number behind a word that opens the sentence and is no verb belongs to that word.
  private func isVersion(_ amount: Amount) -> Bool {
    let first = amount.tokens.lowerBound
    guard amount.number < 100, !amount.read.isGrouped, amount.scale == 1 else { return false }
    let name = token(first - 1)
    let end = Int(name.end)
    let last = view.bytes[end - 1] | 0x20
    let isVerbLike =
      !name.shape.contains(.innerCap)
      && (last == 0x73 || last == 0x64 && view.bytes[end - 2] | 0x20 == 0x65 || last == 0x67 && view.bytes[end - 2] | 0x20 == 0x6E)
    if !isVerbLike { return true }
    // "Titans 3 beats the field": what is counted is followed by no object.
    let next = amount.tokens.upperBound
    return amount.tokens.count == 2 && isOpen(next)
      && (role(next).contains(.article) || isWord(next, lexis.word.the) || token(next).isNumber)
  }

  /// A range or number right after a name that is no sentence's start ("Aurora 1–3").
  func followsName(_ first: Int) -> Bool {
    guard first > range.lowerBound else { return false }
    let before = token(first - 1)
    return before.isWord && (before.isCapitalized || before.shape.contains(.innerCap)) && token(first).spaceBefore
      && !isKnownWord(first - 1)
      && !isSentenceStart(first - 1)
  }

  /// A number word inside a hyphenated name or link ("of-three-parts").
  func isInsideCompound(_ k: Int) -> Bool {
    guard k > range.lowerBound + 1, !token(k).spaceBefore, token(k - 1).mark == 0x2D, !token(k - 1).spaceBefore else { return false }
    return token(k - 2).isWord && lexis.roles[token(k - 2).word].isDisjoint(with: [.minus, .prefix])
  }

  /// "Model 777F": a letter joined to digits after a name is no unit.
  func isModelName(_ amount: Amount) -> Bool {
    let end = amount.read.tokens.upperBound
    let first = amount.tokens.lowerBound
    guard amount.read.isDigits, amount.tokens.upperBound == end + 1, isJoined(end), token(end).end - token(end).start == 1,
      token(end).shape.contains(.allCaps),
      first > range.lowerBound
    else { return false }
    let before = token(first - 1)
    return before.isWord && (before.isCapitalized || before.shape.contains(.innerCap)) && !isKnownWord(first - 1)
  }

  func isKnownWord(_ k: Int) -> Bool {
    let role = lexis.roles[token(k).word]
    return role.contains(.function) || role.contains(.preposition) || role.contains(.article) || role.contains(.and)
      || role.contains(.risen)
      || role.contains(.fallen) || role.contains(.relative) || role.contains(.opens) || role.contains(.imperative)
  }

  func isYear(_ amount: Amount) -> Bool {
    amount.read.digits == 4 && !amount.read.isDecimal && !amount.read.isGrouped && amount.number >= 1500 && amount.number < 2100
  }

  func followsYearWord(_ k: Int) -> Bool { isOpen(k - 1) && lexis.roles[token(k - 1).word].contains(.pointer) }

  /// "is 2000", "= 1950": the number is stated as one.
  func isEquated(_ first: Int) -> Bool {
    guard first > range.lowerBound else { return false }
    return token(first - 1).mark == 0x3D || lexis.roles[token(first - 1).word].contains(.copula)
  }

  func standsInWords(_ amount: Amount) -> Bool {
    let first = amount.tokens.lowerBound
    let end = amount.tokens.upperBound
    let isWhole = amount.tokens == range || (range.count == amount.tokens.count + 1 && isMark(range.upperBound - 1, 0x2E))
    if isWhole { return true }
    if amount.measure == .bare, isLabelled(first) { return false }
    let read = amount.read
    let head = token(first)
    // "Formula One", "the Big Three", "Seven Sisters Road".
    if head.isWord, head.isCapitalized, !head.shape.contains(.allCaps) {
      if !isSentenceStart(first) { return false }
      if end == first + 1, isOpen(end), token(end).isWord, token(end).isCapitalized { return false }
    }
    if read.isFraction, head.word == lexis.word.half, read.tokens.count == 1 {
      // "the second half of" is a part of a whole, not a number.
      let before = first > range.lowerBound ? lexis.roles[token(first - 1).word] : []
      if before.contains(.copula), !isOpen(end) || token(end).isMark { return true }
      return !before.contains(.pointer) && !before.contains(.opens) && (isWord(end, lexis.word.of) || isWord(end, lexis.word.the))
    }
    // "the top three" ranks.
    if amount.measure == .bare, !amount.isPartitive, first > range.lowerBound, lexis.roles[token(first - 1).word].contains(.rank) {
      return false
    }
    guard read.value == 1, read.tokens.count == 1, head.word == lexis.word.one else { return true }
    // "one" is a pronoun after a determiner, and wherever it counts nothing.
    if first > range.lowerBound, lexis.roles[token(first - 1).word].contains(.pointer) { return false }
    // Nor is "one manager" meant as a count.
    return amount.isPartitive || (amount.measure == .bare && isEquated(first))
  }
}
