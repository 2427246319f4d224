import Documents

/// Where a number in words may begin, and what its first word makes of it.
extension QuantityReader {
  /// A number that begins with the word at `start`: "two hundred and five", "a dozen", "half a million", "one third".
  func spelled(at start: Int) -> ReadNumber? {
    let w = token(start).word
    let n = lexis.numerals[w]
    let next = numeral(start + 1).kind
    switch n.kind {
    case .ones, .teens, .tens: return words(at: start, seed: nil)
    case .hundred, .scale: return bareScale(at: start)
    case .fraction: return scaled(ReadNumber(tokens: start..<start + 1, value: n.value, isFraction: true))
    case .scales: return magnitude(at: start)
    case .ordinal where w != lexis.word.half && w != lexis.word.quarter:
      return ReadNumber(tokens: start..<start + 1, value: n.value, isOrdinal: true)
    default: break
    }
    if role(start).contains(.article) {
      // "a dollar": one of it, where it is no adjective ("a dollar bill").
      if isOpen(start + 1), token(start + 1).isWord, let coin = lexis.currencies.after.match(view.tokens, at: start + 1, isOpen: isOpen),
        coin.count == 1,
        lexis.currencies.isCountable(coin.value),
        !isOpen(start + 2) || !token(start + 2).isWord || !role(start + 2).isDisjoint(with: [.function, .preposition, .and])
      {
        return ReadNumber(tokens: start..<start + 1, value: 1)
      }
      switch next {
      case .hundred, .scale, .dozen: return words(at: start + 1, seed: ReadNumber(tokens: start..<start + 1, value: 1))
      case .ordinal: return unitFraction(article: start)
      default: break
      }
      if isWord(start + 1, lexis.word.couple) {
        let after = isWord(start + 2, lexis.word.of) ? start + 3 : start + 2
        return words(at: after, seed: ReadNumber(tokens: start..<start + 1, value: 2))
      }
    }
    if w == lexis.word.half {
      let article = role(start + 1).contains(.article)
      let after = article ? start + 2 : start + 1
      if let many = words(at: after, seed: ReadNumber(tokens: start..<start + 1, value: 0.5)) { return many }
      // "half a percent", "half a mile": the article is the number's.
      return ReadNumber(tokens: start..<(article && isMeasure(after) ? after : start + 1), value: 0.5, isFraction: true)
    }
    // "oh point five"
    if w == lexis.word.oh, isWord(start + 1, lexis.word.point), let (value, end) = spelledDecimals(at: start + 2) {
      return ReadNumber(tokens: start..<end, value: value, isDecimal: true)
    }
    // "quarter million"
    if w == lexis.word.quarter, next == .scale { return scaled(ReadNumber(tokens: start..<start + 1, value: 0.25, isFraction: true)) }
    if w == lexis.word.point {
      if let digits = digitNumber(start + 1), !digits.isDecimal {
        return ReadNumber(tokens: start..<start + 2, value: digits.value / power(10, digits.digits), isDigits: true, isDecimal: true)
      }
      // "nine point five" starts with the nine; "the point five people made" is none.
      if start == range.lowerBound || role(start - 1).contains(.minus), let (value, next) = spelledDecimals(at: start + 1) {
        return ReadNumber(tokens: start..<next, value: value, isDecimal: true)
      }
    }
    return nil
  }

  /// "thousand and one", "hundred dollars", "million": one of them, where nothing before it says how many and something after it is counted or added.
  func bareScale(at start: Int) -> ReadNumber? {
    guard start == range.lowerBound || !role(start - 1).contains(.vague), start == range.lowerBound || !token(start - 1).isNumber,
      !isDash(start - 1), let number = words(at: start, seed: ReadNumber(tokens: start..<start, value: 1))
    else { return nil }
    let end = number.tokens.upperBound
    return end > start + 1 || isMeasure(end) || (start == range.lowerBound && !isOpen(end)) ? number : nil
  }

  /// "millions of", "tens of thousands of", "hundreds of thousands of": between one and ten of them.
  func magnitude(at start: Int) -> ReadNumber? {
    guard isWord(start + 1, lexis.word.of) else { return nil }
    var value = numeral(start).value
    var end = start + 1
    let many = numeral(start + 2)
    if many.kind == .scales, many.value > value {
      value *= many.value
      end = start + 3
    }
    return ReadNumber(tokens: start..<end, value: value, scale: value, upper: value * 10)
  }

  /// "a third of", "a quarter million", "a half": the article is the numerator.
  func unitFraction(article start: Int) -> ReadNumber? {
    let denominator = numeral(start + 1)
    guard denominator.value >= 2, token(start + 1).word != lexis.word.second else { return nil }
    let fraction = ReadNumber(tokens: start..<start + 2, value: 1 / denominator.value, isFraction: true)
    let followed = isOpen(start + 2) && token(start + 2).isWord
    if followed, isWord(start + 2, lexis.word.of), case let many = scaled(fraction), many.scale > 1 { return many }
    guard !followed || isWord(start + 2, lexis.word.of) || numeral(start + 2).kind == .scale else { return nil }
    return scaled(fraction)
  }

  func isMeasure(_ k: Int) -> Bool {
    guard isOpen(k) else { return false }
    let w = token(k).word
    return w == lexis.word.percent || w == lexis.word.percentage || lexis.units.words.begins(w) || lexis.currencies.after.begins(w)
  }

  /// A fraction before a scale word ("three quarters billion", "a quarter of a million").
  func scaled(_ fraction: ReadNumber) -> ReadNumber {
    var end = fraction.tokens.upperBound
    if isWord(end, lexis.word.of), role(end + 1).contains(.article) { end += 2 }
    let scale = numeral(end)
    guard scale.kind == .scale else { return fraction }
    var result = fraction
    result.value *= scale.value
    result.scale = scale.value
    result.isFraction = false
    result.tokens = fraction.tokens.lowerBound..<end + 1
    return result
  }
}
