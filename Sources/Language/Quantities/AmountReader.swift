import Documents

/// A number with what it measures.
struct Amount {
  enum Measure: UInt8, Sendable { case bare, percent, money, unit, count, ordinal }

  var tokens: Range<Int>
  var number: Double
  var upper: Double?
  var measure = Measure.bare
  var scale = 1.0
  var currency: UInt16 = 0
  var unit: MeasuredUnit?
  /// Divisor: a known unit, or the token of a noun.
  var per: MeasuredUnit?
  var perNoun: Int?
  /// The token of what is counted.
  var noun: Int?
  /// Where the phrase begins whose head is `noun`.
  var phraseStart: Int?
  /// Parameters of a model ("70B"), which the text need not name.
  var isParameters = false
  /// What the number stands for is named after "of" ("two of the companies"): not part of the expression.
  var isPartitive = false
  var hasSign = false
  /// "50+".
  var isAtLeast = false
  /// The divisor is in the unit, but not in the expression and its value.
  var isRateOutside = false
  /// The token after everything read, which may go beyond the expression ("a dozen" after "5 cents").
  var readTo = 0
  var read: ReadNumber
}

extension QuantityReader {
  /// The amount whose number begins at `start`, currency signs and minus before it included.
  ///
  /// - Parameter asMoney: whether abbreviated scales are those of money ("$5-10m").
  func amount(at start: Int, asMoney: Bool = false) -> Amount? {
    guard isOpen(start) else { return nil }
    guard var number = token(start).isNumber ? digits(at: start) : spelled(at: start) else { return nil }
    if number.isOrdinal { return ordinal(number) }
    var first = number.tokens.lowerBound
    if let repeated = repetition(number) { number.tokens = number.tokens.lowerBound..<repeated }
    if let unit = partOfOne(number) { number.tokens = number.tokens.lowerBound..<unit }
    var amount = Amount(tokens: number.tokens, number: number.value, upper: number.upper, scale: number.scale, read: number)
    var end = number.tokens.upperBound
    if number.isDigits, ordinalEnding(end) {
      amount.measure = .ordinal
      amount.tokens = first..<end + 1
      return amount
    }
    (first, amount.hasSign) = sign(before: first, last: number.tokens.upperBound)
    if let (currency, at) = currencyBefore(first) {
      amount.measure = .money
      amount.currency = currency
      first = at
      let (signed, negative) = sign(before: first, last: number.tokens.upperBound)
      if negative, !amount.hasSign { (first, amount.hasSign) = (signed, true) }
    }
    if amount.hasSign { amount.number = -amount.number }
    amount.tokens = first..<end
    if number.isDigits, number.scale == 1, let (factor, at) = suffix(end, amount, isMoney: asMoney || amount.measure == .money) {
      amount.number *= factor
      amount.scale = factor
      end = at
      amount.tokens = first..<end
      if factor == 1e9, amount.measure == .bare, view.bytes[Int(token(end - 1).start)] == 0x42, isModelSize(end) || isNamedSize(amount) {
        amount.isParameters = true
      }
    }
    if amount.measure == .money {
      finishMoney(&amount)
      return amount
    }
    if percentBefore(&amount) || percent(&amount) || currencyAfter(&amount) || measured(&amount) { return amount }
    if let over = quotient(amount) ?? share(amount) { return over }
    if let atLeast = plus(amount) { return atLeast }
    if counted(&amount) { return amount }
    nameBefore(&amount)
    return amount
  }

  /// "50+ engineers", "6+ km": the sign stands between the number and what it counts.
  func plus(_ amount: Amount) -> Amount? {
    let k = amount.tokens.upperBound
    guard amount.read.isDigits, isMark(k, 0x2B), isJoined(k), isOpen(k + 1), token(k + 1).spaceBefore else { return nil }
    var result = amount
    result.tokens = amount.tokens.lowerBound..<k + 1
    result.isAtLeast = true
    return measured(&result) || counted(&result) ? result : nil
  }

  /// "one over three" where nothing else can be meant: two plain numbers, and the sentence is at its end.
  func quotient(_ amount: Amount) -> Amount? {
    let k = amount.tokens.upperBound
    guard isWord(k, lexis.word.over), isOpen(k + 1), !amount.read.isDecimal, amount.scale <= 100 else { return nil }
    guard let below = token(k + 1).isNumber ? digits(at: k + 1) : spelled(at: k + 1), !below.isOrdinal, !below.isDecimal, !below.isFraction,
      below.value > 0
    else {
      return nil
    }
    let end = below.tokens.upperBound
    guard !isOpen(end) || (token(end).isMark && token(end).mark == 0x2E) else { return nil }
    var result = amount
    result.number = amount.number / below.value
    result.read.isFraction = true
    result.tokens = amount.tokens.lowerBound..<end
    return result
  }

  /// "three out of four", "one in five", "1 in 10": a part of a whole.
  ///
  /// In digits "14 out of 23" may be two counts, so the whole must be one that shares are given of.
  func share(_ amount: Amount) -> Amount? {
    let k = amount.tokens.upperBound
    let isIn = isWord(k, lexis.word.inch) && amount.number == 1
    guard !amount.read.isFraction, isIn || (isWord(k, lexis.word.out) && isWord(k + 1, lexis.word.of)) else { return nil }
    let at = isIn ? k + 1 : k + 2
    guard isOpen(at), token(at).isNumber == amount.read.isDigits || isIn, let whole = token(at).isNumber ? digits(at: at) : spelled(at: at),
      !whole.isOrdinal, !whole.isFraction, !whole.isDecimal, whole.upper == nil, whole.value > amount.number,
      !(amount.read.isDigits || isIn) || [3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000].contains(whole.value)
    else { return nil }
    // "one in five minutes" is a time.
    if isIn, unit(at: whole.tokens.upperBound, joined: false) != nil { return nil }
    var result = amount
    result.number = amount.number / whole.value
    result.read.isFraction = true
    result.tokens = amount.tokens.lowerBound..<whole.tokens.upperBound
    return result
  }

  /// "ringgit 42": a currency's name before the number, where nothing after it says what is measured.
  func nameBefore(_ amount: inout Amount) {
    let k = amount.tokens.lowerBound - 1
    guard amount.read.isDigits, isOpen(k), token(k).isWord, token(amount.tokens.lowerBound).spaceBefore,
      let found = lexis.currencies.named.match(view.tokens, at: k, step: -1, isOpen: isOpen)
    else { return }
    amount.measure = .money
    amount.currency = found.value
    amount.tokens = k - found.count + 1..<amount.tokens.upperBound
  }

  /// "45 (forty-five)": the same number once more. The token after it.
  func repetition(_ number: ReadNumber) -> Int? {
    let k = number.tokens.upperBound
    guard isMark(k, 0x28), isOpen(k + 1) else { return nil }
    guard let again = token(k + 1).isNumber ? digits(at: k + 1) : spelled(at: k + 1), again.value == number.value,
      again.isDigits != number.isDigits,
      isMark(again.tokens.upperBound, 0x29)
    else { return nil }
    return again.tokens.upperBound + 1
  }

  /// "a quarter of a mile", "two thirds of one percent": the token of the unit that a fraction is a part of.
  func partOfOne(_ number: ReadNumber) -> Int? {
    let end = number.tokens.upperBound
    guard number.isFraction, isWord(end, lexis.word.of), role(end + 1).contains(.article) || isWord(end + 1, lexis.word.one),
      isMeasure(end + 2)
    else { return nil }
    return end + 2
  }

  func ordinal(_ number: ReadNumber) -> Amount {
    var amount = Amount(tokens: number.tokens, number: number.value, read: number)
    amount.measure = .ordinal
    return amount
  }

  func ordinalEnding(_ k: Int) -> Bool {
    guard isJoined(k) else { return false }
    let w = token(k).word
    return w == lexis.word.th || w == lexis.word.st || w == lexis.word.nd || w == lexis.word.rd
  }

  /// Where an expression starts whose number is `first..<last`, and whether it is negative.
  func sign(before first: Int, last: Int) -> (Int, Bool) {
    let k = first - 1
    guard isOpen(k) else { return (first, false) }
    if role(k).contains(.minus) { return (k, true) }
    guard isDash(k), token(k).word != lexis.word.dash, token(k).word != lexis.word.longDash else { return (first, false) }
    if role(k - 1).contains(.minus), isJoined(k), isJoined(first) { return (k - 1, true) }
    let isFree = token(k).spaceBefore || k == range.lowerBound || (isOpen(k - 1) && token(k - 1).isMark && token(k - 1).mark != 0x29)
    // A dash between spaces joins; at the very start it can only be a minus.
    // With a space after it, only a whole text can mean a minus: elsewhere it is a dash or marks an item of a list.
    guard isFree,
      isJoined(first)
        || (k == range.lowerBound && (last == range.upperBound || (last + 1 == range.upperBound && lexis.suffixes[token(last).word] > 0)))
    else { return (first, false) }
    return (k, true)
  }
}
