import Documents

/// Ordinals counted from the end or from where one is.
extension QuantityReader {
  /// "last", "the next one", "penultimate": an ordinal counted from the end or from where one is.
  func relativeOrdinal(at k: Int) -> (Mention, Int)? {
    let t = token(k)
    guard !t.isCapitalized || isSentenceStart(k) else { return nil }
    let next = k + 1
    let isQuoted =
      k > range.lowerBound && token(k - 1).isMark && isOpen(next) && token(next).isMark && token(next).spaceBefore == false
      && t.spaceBefore == false
    let role = role(next)
    let isBeforeNoun =
      isOpen(next) && (token(next).isWord || token(next).isNumber) && !role.contains(.function) && !role.contains(.preposition)
      && !role.contains(.and)
    let hasArticle = k > range.lowerBound && lexis.roles[token(k - 1).word].contains(.pointer)
    let text = view.string(k).lowercased()
    let (value, number): (String, Double)
    switch text {
    case "last": (value, number) = ("end+0", 0)
    case "penultimate": (value, number) = ("end-1", -1)
    case "antepenultimate": (value, number) = ("end-2", -2)
    case "next": (value, number) = ("current+1", 1)
    case "previous": (value, number) = ("current-1", -1)
    default: (value, number) = ("current+0", 0)
    }
    // "the last but one".
    if text == "last", isWord(next, lexis.word.but), numeral(next + 1).kind == .ones {
      let from = isWord(k - 1, lexis.word.the) ? k - 1 : k
      let found = QuantityValue(kind: .ordinal, value: "end-" + decimalString(numeral(next + 1).value), number: -numeral(next + 1).value)
      return (
        Mention(span: byteSpan(from..<next + 2), core: byteSpan(from..<next + 2), tokens: from..<next + 2, value: .quantity(found)),
        next + 2
      )
    }
    // "next to last"
    if text == "next", isWord(next, lexis.word.to), isWord(next + 1, lexis.word.last) { return endOrdinal(k..<next + 2, back: 1) }
    guard isBeforeNoun || isQuoted || (hasArticle && text != "current") || text.hasSuffix("ultimate") else { return nil }
    if isWord(next, lexis.word.resort) { return nil }
    // "will last hours", "to last".
    if k > range.lowerBound, text == "last", !hasArticle, lexis.roles[token(k - 1).word].contains(.function) { return nil }
    let end = isWord(next, lexis.word.one) ? next + 1 : next
    let span = k..<end
    let found = QuantityValue(kind: .ordinal, value: value, number: number)
    return (Mention(span: byteSpan(span), core: byteSpan(span), tokens: span, value: .quantity(found)), end)
  }

  /// "#2": a place in an order; longer numbers after the sign are names of things, and colours and channels have letters.
  func numberedPlace(at k: Int) -> (Mention, Int)? {
    guard isMark(k - 1, 0x23), isJoined(k), token(k - 1).spaceBefore || k - 1 == range.lowerBound || isMark(k - 2, 0x28),
      let number = digitNumber(k), number.digits <= 2, !number.isDecimal, number.value > 0,
      !isJoined(k + 1) || token(k + 1).isMark && token(k + 1).mark != 0x2D
    else { return nil }
    let found = QuantityValue(kind: .ordinal, value: decimalString(number.value), number: number.value)
    return (Mention(span: byteSpan(k - 1..<k + 1), core: byteSpan(k - 1..<k + 1), tokens: k - 1..<k + 1, value: .quantity(found)), k + 1)
  }

  /// "second to last", "third from the last", "the second last": counted from the end, the last itself being the first.
  func fromEnd(_ amount: Amount) -> (Mention, Int)? {
    guard amount.number >= 2, amount.number <= 100 else { return nil }
    var k = amount.tokens.upperBound
    if isWord(k, lexis.word.to) || isWord(k, lexis.word.from) {
      k += 1
      if isWord(k, lexis.word.the) { k += 1 }
    } else if isMark(k, 0x2D), isWord(k + 1, lexis.word.to), isMark(k + 2, 0x2D) {
      k += 3
    }
    guard isWord(k, lexis.word.last) else { return nil }
    return endOrdinal(amount.tokens.lowerBound..<k + 1, back: amount.number - 1)
  }

  /// "the one before the last", "the one before the last one".
  func oneBeforeLast(at k: Int) -> (Mention, Int)? {
    guard isWord(k + 1, lexis.word.before), isWord(k + 2, lexis.word.the), isWord(k + 3, lexis.word.last) else { return nil }
    let end = isWord(k + 4, lexis.word.one) ? k + 5 : k + 4
    return endOrdinal((isWord(k - 1, lexis.word.the) ? k - 1 : k)..<end, back: 1)
  }

  private func endOrdinal(_ tokens: Range<Int>, back: Double) -> (Mention, Int) {
    let found = QuantityValue(kind: .ordinal, value: "end-" + decimalString(back), number: -back)
    return (Mention(span: byteSpan(tokens), core: byteSpan(tokens), tokens: tokens, value: .quantity(found)), tokens.upperBound)
  }
}
