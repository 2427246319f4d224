import Documents

/// Two amounts read as one range, and the bounds that words set.
struct AmountRange {
  var tokens: Range<Int>
  var lower: Amount
  var upper: Amount
}

extension QuantityReader {
  /// "10 to 20", "$7–9 billion", "between 5 and 7 km": the range that starts with `first`, which `amount(at:)` has read.
  func range(from first: Amount) -> AmountRange? {
    guard first.measure != .ordinal, first.upper == nil, !first.isPartitive else { return nil }
    // Where something follows the first number, it may have been read as what it counts: "4 to 5" has nothing, "4 jobs to 5 jobs" has.
    let k = first.tokens.upperBound
    guard isOpen(k) else { return nil }
    let opener = first.tokens.lowerBound - 1
    let isBetween = isWord(opener, lexis.word.between)
    let isFrom = isWord(opener, lexis.word.from)
    var next: Int
    var isDashed = false
    if isBetween, isWord(k, lexis.word.and) {
      next = k + 1
    } else if isWord(k, lexis.word.to) || (isFrom && isWord(k, lexis.word.through)) {
      next = k + 1
    } else if isDash(k) || isWord(k, lexis.word.tilde) || isWord(k, lexis.word.wideTilde), isOpen(k + 1),
      token(k).spaceBefore == token(k + 1).spaceBefore
    {
      next = k + 1
      isDashed = true
    } else {
      return nil
    }
    // A dash again ("10 - -5") is part of the second number's sign.
    guard let second = amount(opening: next, asMoney: first.measure == .money), second.measure != .ordinal, second.upper == nil,
      !second.isPartitive, !isPronoun(next)
    else { return nil }
    next = second.tokens.upperBound
    var (lower, upper) = (first, second)
    guard unite(&lower, &upper, mayBorrowBack: isFrom || isBetween || first.measure == .money) else { return nil }
    let isBare = lower.measure == .bare
    // "in 2008 to 29 mpg": what has no measure of its own must fit.
    if first.measure == .bare, !isBare, !isFrom, !isBetween, lower.number >= upper.number { return nil }
    if isDashed, isBare {
      // "2-1" is a score, "2013-14" a season, "555-0100" a number to call.
      guard lower.number < upper.number, lower.read.isDigits,
        isDash(k) ? token(k).mark != 0x2D || token(k).spaceBefore || isPlain(lower, upper) : true
      else {
        return nil
      }
      if isDash(upper.tokens.upperBound), isJoined(upper.tokens.upperBound) { return nil }
    }
    if !isDashed, isBare, !isFrom, !isBetween, lower.number >= upper.number { return nil }
    return AmountRange(tokens: lower.tokens.lowerBound..<next, lower: lower, upper: upper)
  }

  /// "$200 million to one of them": somebody, no upper end.
  private func isPronoun(_ k: Int) -> Bool {
    isWord(k, lexis.word.one) && (!isOpen(k + 1) || token(k + 1).isMark || isWord(k + 1, lexis.word.of) || role(k + 1).contains(.function))
  }

  /// Neither end looks like a year, a code with leading zeros or a part of one.
  private func isPlain(_ lower: Amount, _ upper: Amount) -> Bool {
    lower.read.digits <= upper.read.digits && upper.read.digits < 7 && lower.number > 0
      && !(lower.read.digits == 4 && lower.number >= 1500 && upper.number < 2100 && !lower.read.isGrouped)
  }

  /// The amount that begins exactly at `k`, with a sign or currency before its number.
  func amount(opening k: Int, asMoney: Bool = false) -> Amount? {
    var reader = self
    reader.floor = max(floor, k)
    var at = k
    while at < k + 4, isOpen(at) {
      if token(at).isNumber || role(at).contains(.opens) {
        guard let found = reader.amount(at: at, asMoney: asMoney), found.tokens.lowerBound == k else { return nil }
        return found
      }
      let isLead =
        token(at).isMark || role(at).contains(.minus) || lexis.currencies.codes[token(at).word] > 0 || token(at).isCapitalized || at == k
      guard isLead else { return nil }
      at += 1
    }
    return nil
  }

  /// Gives both ends the same measure and scale; false where they measure different things.
  private func unite(_ a: inout Amount, _ b: inout Amount, mayBorrowBack: Bool) -> Bool {
    if a.measure == .bare, b.measure != .bare {
      borrow(&a, from: b)
    } else if b.measure == .bare, a.measure == .money || a.measure == .percent || a.measure == .unit {
      guard mayBorrowBack else { return false }
      if a.scale > 1, b.scale == 1, b.number >= 1000 { return false }
      borrow(&b, from: a, withScale: b.scale == 1 && a.scale > 1 && b.number < 1000)
      if a.scale == 1, b.scale >= 1000, abs(a.number) < 1000 {
        a.number *= b.scale
        a.scale = b.scale
      }
      return true
    }
    guard a.measure == b.measure else { return false }
    switch a.measure {
    case .money: guard a.currency == b.currency else { return false }
    case .unit: guard a.unit?.unit == b.unit?.unit else { return false }
    case .count:
      guard let x = a.noun, let y = b.noun, x == y || view.string(x).lowercased() == view.string(y).lowercased() else { return false }
    default: break
    }
    if a.scale == 1, b.scale >= 1000, abs(a.number) < 1000, a.number != 0 {
      a.number *= b.scale
      a.scale = b.scale
    }
    a.per = a.per ?? b.per
    a.perNoun = a.perNoun ?? b.perNoun
    return true
  }

  func borrow(_ a: inout Amount, from b: Amount, withScale: Bool = false) {
    a.measure = b.measure
    a.currency = b.currency
    a.unit = b.unit
    a.per = b.per
    a.perNoun = b.perNoun
    a.noun = b.noun
    a.isParameters = b.isParameters
    if withScale {
      a.number *= b.scale
      a.scale = b.scale
    }
  }

  /// What a bare number shares with the next one of a list: "eight or nine euros", "four-, five- and six-cylinder", "45 and 50 cases".
  func borrowed(_ amount: Amount, depth: Int = 3) -> Amount? {
    guard amount.measure == .bare, !amount.isParameters, depth > 0 else { return nil }
    var k = amount.tokens.upperBound
    let isHanging = isDash(k) && isJoined(k) && !isJoined(k + 1)
    let isHangingBeforeComma = isDash(k) && isJoined(k) && isMark(k + 1, 0x2C)
    if isHanging || isHangingBeforeComma { k += 1 }
    var connectors = 0
    if isMark(k, 0x2C) {
      // A comma alone joins only what a hyphen or a later "or" proves to be a list.
      guard isHangingBeforeComma || isHanging || amount.read.isDigits == false else { return nil }
      k += 1
      connectors += 1
    }
    if isWord(k, lexis.word.or) || isWord(k, lexis.word.and) {
      k += 1
      connectors += 1
    }
    guard connectors > 0, var next = self.amount(opening: k) else { return nil }
    if next.measure == .bare, let further = borrowed(next, depth: depth - 1) { next = further }
    switch next.measure {
    case .money where token(next.tokens.lowerBound).isNumber || token(next.tokens.lowerBound).isWord, .unit, .percent, .count: break
    default: return nil
    }
    var result = amount
    borrow(&result, from: next, withScale: next.scale >= 1000 && amount.scale == 1 && amount.number < 1000 && next.measure == .money)
    return result
  }

  // MARK: Modifiers

  /// The modifier that ends right before token `start`, and its first token.
  func modifier(before start: Int) -> (Modifier, Int)? {
    guard let found = lexis.modifiersBefore.match(view.tokens, at: start - 1, step: -1, isOpen: isOpen) else { return nil }
    let at = start - found.count
    return (found.value, at)
  }

  func modifier(after end: Int) -> (Modifier, Int)? {
    guard let found = lexis.modifiersAfter.match(view.tokens, at: end, isOpen: isOpen) else { return nil }
    if isMark(end, 0x2D), !isJoined(end) || !isJoined(end + 1) { return nil }
    if isMark(end, 0x2B), !isJoined(end) || (isJoined(end + 1) && token(end + 1).isNumber) { return nil }
    // "30 or more than 20": the words belong to what follows.
    let next = end + found.count
    if isOpen(next), token(next).isNumber || role(next).contains(.opens) { return nil }
    return (found.value, next)
  }

  /// Whether the words before say that the amount is by how much something rose or fell.
  func direction(before start: Int) -> QuantityValue.Change? {
    var k = start - 1
    var steps = 0
    while steps < 2,
      isWord(k, lexis.word.by) || isWord(k, lexis.word.another) || isWord(k, lexis.word.further) || role(k).contains(.article)
    {
      k -= 1
      steps += 1
    }
    // Words before the floor may belong to an earlier mention, but verbs never do.
    guard k >= range.lowerBound, k < range.upperBound else { return nil }
    let role = lexis.roles[token(k).word]
    return role.contains(.risen) ? .up : role.contains(.fallen) ? .down : nil
  }
}
