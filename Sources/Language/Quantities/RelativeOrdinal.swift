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
    guard isBeforeNoun || isQuoted || (hasArticle && text != "current") || text.hasSuffix("ultimate") else { return nil }
    if isWord(next, lexis.word.resort) { return nil }
    // "will last hours", "to last".
    if k > range.lowerBound, text == "last", !hasArticle, lexis.roles[token(k - 1).word].contains(.function) { return nil }
    let end = isWord(next, lexis.word.one) ? next + 1 : next
    let span = k..<end
    let found = QuantityValue(kind: .ordinal, value: value, number: number)
    return (Mention(span: byteSpan(span), core: byteSpan(span), tokens: span, value: .quantity(found)), end)
  }
}
