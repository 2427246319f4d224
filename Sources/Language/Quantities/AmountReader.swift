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
      if factor == 1e9, amount.measure == .bare, view.bytes[Int(token(end - 1).start)] == 0x42, isModelSize(end) {
        amount.isParameters = true
      }
    }
    if amount.measure == .money {
      finishMoney(&amount)
      return amount
    }
    if percentBefore(&amount) || percent(&amount) || currencyAfter(&amount) || measured(&amount) { return amount }
    if let over = quotient(amount) { return over }
    if counted(&amount) { return amount }
    nameBefore(&amount)
    return amount
  }

  /// "one over three" where nothing else can be meant: two plain numbers, and the sentence is at its end.
  private func quotient(_ amount: Amount) -> Amount? {
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

  /// "ringgit 42": a currency's name before the number, where nothing after it says what is measured.
  private func nameBefore(_ amount: inout Amount) {
    let k = amount.tokens.lowerBound - 1
    guard amount.read.isDigits, isOpen(k), token(k).isWord, token(amount.tokens.lowerBound).spaceBefore,
      let found = lexis.currencies.named.match(view.tokens, at: k, step: -1, isOpen: isOpen)
    else { return }
    amount.measure = .money
    amount.currency = found.value
    amount.tokens = k - found.count + 1..<amount.tokens.upperBound
  }

  /// "45 (forty-five)": the same number once more. The token after it.
  private func repetition(_ number: ReadNumber) -> Int? {
    let k = number.tokens.upperBound
    guard isMark(k, 0x28), isOpen(k + 1) else { return nil }
    guard let again = token(k + 1).isNumber ? digits(at: k + 1) : spelled(at: k + 1), again.value == number.value,
      again.isDigits != number.isDigits,
      isMark(again.tokens.upperBound, 0x29)
    else { return nil }
    return again.tokens.upperBound + 1
  }

  private func ordinal(_ number: ReadNumber) -> Amount {
    var amount = Amount(tokens: number.tokens, number: number.value, read: number)
    amount.measure = .ordinal
    return amount
  }

  private func ordinalEnding(_ k: Int) -> Bool {
    guard isJoined(k) else { return false }
    let w = token(k).word
    return w == lexis.word.th || w == lexis.word.st || w == lexis.word.nd || w == lexis.word.rd
  }

  /// Where an expression starts whose number is `first..<last`, and whether it is negative.
  private func sign(before first: Int, last: Int) -> (Int, Bool) {
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

  // MARK: Money

  /// A currency's sign, code or abbreviation directly before token `first`.
  private func currencyBefore(_ first: Int) -> (UInt16, Int)? {
    let k = first - 1
    guard isOpen(k) else { return nil }
    let t = token(k)
    // Behind a hyphen or inside "Y=590" the mark stands between.
    if let found = lexis.currencies.before.match(view.tokens, at: k, step: -1, isOpen: isOpen) {
      let at = k - found.count + 1
      if isCurrencyPrefix(at, k, first) {
        // "INR Rs. 20", "CAD $5".
        if let code = code(at: at - 1), token(at - 1).shape.contains(.allCaps) { return (code, at - 1) }
        return (found.value, at)
      }
      if found.count > 1, let single = lexis.currencies.before.match(view.tokens, at: k, step: -1, isOpen: { $0 == k }),
        isCurrencyPrefix(k, k, first)
      {
        return (single.value, k)
      }
    }
    guard t.isWord else { return nil }
    // "$US113".
    if t.word == lexis.word.us, t.shape.contains(.allCaps), isJoined(k), isMark(k - 1, 0x24), isJoined(first) {
      return (lexis.currencies.indexOfUSD, k - 1)
    }
    guard let code = code(at: k), !lexis.currencies.isWordlike[t.word], k == range.lowerBound || t.spaceBefore || token(k - 1).isMark else {
      return nil
    }
    return (code, k)
  }

  /// Whether tokens `at...k` are meant as the sign of the number at `first`.
  private func isCurrencyPrefix(_ at: Int, _ k: Int, _ first: Int) -> Bool {
    let head = token(at)
    if at < k, token(at).isWord {
      // Qualifier and sign: joined ("A$5"), or of two letters at least ("US $5", "hk $5" in lower-cased wires).
      if !token(at + 1).spaceBefore { return at == range.lowerBound || head.spaceBefore || token(at - 1).isMark }
      if head.end - head.start >= 2 { return head.shape.contains(.allCaps) || head.word != lexis.word.can }
      // "C $6" as wires space it; "a $5" is an article, "'s $5" a possessive.
      return head.isCapitalized
        ? head.word != lexis.word.a || !isSentenceStartWord(at) : head.word == lexis.word.c || head.word == lexis.word.r
    }
    if head.isMark {
      // "10$ 20": the sign belongs to the number before it.
      return !(isOpen(at - 1) && token(at - 1).isNumber && !head.spaceBefore && token(first).spaceBefore)
    }
    // A word as sign: "Rs 20", "RM 42"; capitalised (but for wires in lower case), and its whole self.
    return (head.isCapitalized || head.word == lexis.word.rs) && (at == range.lowerBound || head.spaceBefore || token(at - 1).isMark)
  }

  private func isSentenceStartWord(_ k: Int) -> Bool {
    k == range.lowerBound || token(k).shape.contains(.paragraphStart) || (token(k - 1).isMark && token(k - 1).mark != 0x2C)
  }

  /// Scale, repeated currency and loose cents after an amount with its sign before.
  private func finishMoney(_ amount: inout Amount) {
    var end = amount.tokens.upperBound
    if amount.scale == 1, numeral(end).kind == .scale {
      amount.number *= numeral(end).value
      amount.scale = numeral(end).value
      end += 1
    }
    if isOpen(end), let found = lexis.currencies.after.match(view.tokens, at: end, isOpen: isOpen), token(end).isWord,
      found.value != amount.currency || found.count > 1,
      lexis.currencies.currencies[Int(found.value)].parts == 1, found.count > 1 || !isJoined(end)
    {
      let name = lexis.currencies.currencies[Int(found.value)].name
      if name.hasSuffix("dollar") || found.value == amount.currency {
        amount.currency = found.value
        end += found.count
      }
    } else if isOpen(end), let code = code(at: end) {
      amount.currency = code
      end += 1
    } else if let after = american(end) {
      end = after
    }
    amount.tokens = amount.tokens.lowerBound..<end
    addParts(&amount, named: false)
    rate(&amount)
  }

  /// "$76 US a barrel", "$75 U.S.", but not "$5 US goods".
  private func american(_ k: Int) -> Int? {
    var end = k
    if isWord(k, lexis.word.us), token(k).shape.contains(.allCaps) {
      end = k + 1
    } else if isWord(k, lexis.word.u), isMark(k + 1, 0x2E), isJoined(k + 1), isWord(k + 2, lexis.word.s), isJoined(k + 2) {
      end = isMark(k + 3, 0x2E) && isOpen(k + 4) ? k + 4 : k + 3
    } else {
      return nil
    }
    let next = role(end)
    return !isOpen(end) || token(end).isMark || next.contains(.function) || next.contains(.preposition) ? end : nil
  }

  /// An ISO code; in small letters only where it is no word.
  private func code(at k: Int) -> UInt16? {
    guard isOpen(k) else { return nil }
    let t = token(k)
    let code = lexis.currencies.codes[t.word]
    guard code > 0, t.shape.contains(.allCaps) || (!t.isCapitalized && !lexis.currencies.isWordlike[t.word]) else { return nil }
    return code - 1
  }

  /// "43 cents", "and 43 cents", and a bare "43" at the end of a phrase.
  private func addParts(_ amount: inout Amount, named: Bool) {
    guard amount.scale == 1, amount.number == amount.number.rounded(), lexis.currencies.currencies[Int(amount.currency)].parts == 1 else {
      return
    }
    let end = amount.tokens.upperBound
    let k = role(end).contains(.and) ? end + 1 : end
    guard isOpen(k),
      let parts = token(k).isNumber ? digits(at: k) : [.ones, .teens, .tens].contains(numeral(k).kind) ? words(at: k, seed: nil) : nil,
      parts.value >= 0, parts.value < 100, !parts.isDecimal, !parts.isFraction, !parts.isOrdinal
    else { return }
    let after = parts.tokens.upperBound
    if isOpen(after), let coin = lexis.currencies.after.match(view.tokens, at: after, isOpen: isOpen),
      lexis.currencies.currencies[Int(coin.value)].parts > 1,
      !isWord(after, lexis.word.p)
    {
      amount.number += (amount.number < 0 ? -1 : 1) * parts.value / lexis.currencies.currencies[Int(coin.value)].parts
      amount.tokens = amount.tokens.lowerBound..<after + coin.count
      return
    }
    // Loose cents: two digits, and nothing that they could count or measure.
    guard parts.isDigits ? parts.digits == 2 : parts.value >= 10, token(k).spaceBefore, named || k == end else { return }
    let stands =
      !isOpen(after) || (token(after).isMark && token(after).spaceBefore == false && ![0x25, 0x2D, 0x2F, 0x24].contains(token(after).mark))
      || role(after).contains(.function)
    guard stands, !isJoined(after) || token(after).isMark else { return }
    amount.number += (amount.number < 0 ? -1 : 1) * parts.value / 100
    amount.tokens = amount.tokens.lowerBound..<after
  }

  /// A currency after the number: "10$", "20 euros", "5 million US dollars", "3 GBP", "12-cent", "120 MEUR".
  private func currencyAfter(_ amount: inout Amount) -> Bool {
    var end = amount.tokens.upperBound
    if isDash(end), isJoined(end), isJoined(end + 1) { end += 1 }
    guard isOpen(end) else { return false }
    let t = token(end)
    let isHyphenated = end > amount.tokens.upperBound
    if t.word == lexis.word.pound || t.word == lexis.word.pounds {
      // Weight, unless it is too much for weight.
      guard amount.scale >= 1e6, let gbp = lexis.currencies.currencies.firstIndex(where: { $0.code == "GBP" }) else { return false }
      amount.currency = UInt16(gbp)
      end += 1
    } else if let found = lexis.currencies.after.match(view.tokens, at: end, isOpen: isOpen), acceptsCurrency(end, found.count, amount) {
      amount.currency = found.value
      end += found.count
    } else if let code = code(at: end) {
      amount.currency = code
      end += 1
    } else if t.shape.contains(.allCaps), lexis.currencies.millions[t.word] > 0, amount.scale == 1 {
      amount.currency = lexis.currencies.millions[t.word] - 1
      amount.number *= 1e6
      amount.scale = 1e6
      end += 1
    } else if isGrand(end) {
      amount.currency = lexis.currencies.indexOfUSD
      amount.number *= 1000
      amount.scale = 1000
      end += 1
    } else {
      return false
    }
    amount.measure = .money
    amount.tokens = amount.tokens.lowerBound..<end
    if amount.scale == 1, numeral(end).kind == .scale {
      amount.number *= numeral(end).value
      amount.scale = numeral(end).value
      amount.tokens = amount.tokens.lowerBound..<end + 1
    }
    if !isHyphenated { addParts(&amount, named: true) }
    rate(&amount)
    return true
  }

  /// "10 grand" at a phrase's end: slang for thousands of dollars.
  private func isGrand(_ k: Int) -> Bool {
    guard token(k).word == lexis.word.grand else { return false }
    return !isOpen(k + 1) || !token(k + 1).isWord || role(k + 1).contains(.function) || role(k + 1).contains(.preposition)
  }

  /// Weeds out words that are currencies only in the right company.
  private func acceptsCurrency(_ k: Int, _ count: Int, _ amount: Amount) -> Bool {
    let t = token(k)
    if count > 1 { return true }
    if t.isMark {
      // "10 $30": the sign belongs to the number after it.
      return !(t.spaceBefore && isJoined(k + 1) && token(k + 1).isNumber)
    }
    if t.word == lexis.word.c { return isJoined(k) && !t.isCapitalized }
    if t.word == lexis.word.p { return isJoined(k) || !isOpen(k + 1) || !token(k + 1).isWord || role(k + 1).contains(.preposition) }
    // "the 5 won": a verb unless the sum is of the size of sums in won.
    if t.word == lexis.word.won { return amount.number >= 100 }
    if t.word == lexis.word.mark || t.word == lexis.word.marks { return amount.scale >= 1e6 }
    return true
  }

  // MARK: Percentages and units

  /// "%50", "percent of 50".
  private func percentBefore(_ amount: inout Amount) -> Bool {
    let k = amount.tokens.lowerBound - 1
    guard isOpen(k) else { return false }
    let start: Int
    if isMark(k, 0x25), amount.read.isDigits, token(k).spaceBefore || k == range.lowerBound {
      start = k
    } else if isWord(k, lexis.word.of), isPercent(k - 1), !isOpen(amount.tokens.upperBound) || token(amount.tokens.upperBound).isMark {
      start = k - 1
    } else {
      return false
    }
    amount.measure = .percent
    amount.tokens = start..<amount.tokens.upperBound
    if isMark(amount.tokens.upperBound, 0x25), isJoined(amount.tokens.upperBound) { amount.tokens = start..<amount.tokens.upperBound + 1 }
    return true
  }

  private func isPercent(_ k: Int) -> Bool {
    guard isOpen(k) else { return false }
    let w = token(k).word
    return w == lexis.word.percent || w == lexis.word.percents || w == lexis.word.pct || w == lexis.word.percentage
      || w == lexis.word.percentages
  }

  private func percent(_ amount: inout Amount) -> Bool {
    var k = amount.tokens.upperBound
    if isDash(k), isJoined(k), isJoined(k + 1) { k += 1 }
    guard isOpen(k) else { return false }
    var end: Int
    if isMark(k, 0x25) {
      end = k + 1
    } else if token(k).word == lexis.word.pc, isJoined(k), amount.read.isDigits {
      end = k + 1  // "24pc" in British papers
    } else if isPercent(k), token(k).word != lexis.word.percentage || !isPoint(k + 1) {
      end = k + 1
    } else if token(k).word == lexis.word.per, isWord(k + 1, lexis.word.cent) || isWord(k + 1, lexis.word.cents) {
      end = k + 2
    } else if token(k).word == lexis.word.per, isMark(k + 1, 0x2D), isWord(k + 2, lexis.word.cent) {
      end = k + 3
    } else {
      return false
    }
    if isPoint(end), isOpen(end), !isDash(end) {
      // "percentage points" are found among the units; "%" and "per cent" points are the same.
      amount.measure = .unit
      amount.unit = lexis.units.percentagePoint
      end += 1
    } else {
      amount.measure = .percent
    }
    amount.tokens = amount.tokens.lowerBound..<end
    return true
  }

  private func isPoint(_ k: Int) -> Bool { isWord(k, lexis.word.point) || isWord(k, lexis.word.points) }

  /// A unit of measure, in words or as a symbol: "3-inch", "5 kW", "32m2", "188 miles an hour".
  private func measured(_ amount: inout Amount) -> Bool {
    if amount.isParameters { return false }
    var k = amount.tokens.upperBound
    if isDash(k), isJoined(k), isJoined(k + 1) { k += 1 }
    guard isOpen(k) else { return false }
    let joined = !token(k).spaceBefore
    guard var (unit, end) = unit(at: k, joined: joined) else { return false }
    // "10-K" is a form, not a temperature.
    if k > amount.tokens.upperBound, end == k + 1, token(k).end - token(k).start == 1 { return false }
    // "two-second-half goals", "7-day-old".
    let isTime = lexis.units.units[Int(unit.unit)].isTime
    if isTime, token(k).word == lexis.word.second, isDash(end) { return false }
    if isTime, isWord(end, lexis.word.old) || (isDash(end) && isWord(end + 1, lexis.word.old)) {
      end = isWord(end, lexis.word.old) ? end + 1 : end + 2
    } else if isTime, isWord(end, lexis.word.of), isWord(end + 1, lexis.word.age) {
      end += 2
    }
    if unit.power == 1, lexis.units.units[Int(unit.unit)].isLength {
      (unit.power, end) = exponent(after: end)
    }
    if isJoined(end), token(end).isWord || token(end).isNumber { return false }
    amount.measure = .unit
    amount.unit = unit
    amount.tokens = amount.tokens.lowerBound..<end
    if addInches(&amount) { return true }
    if !isTime || isMark(end, 0x2F) { divided(&amount) }
    return true
  }

  /// "12 ft 2 in": feet with inches.
  private func addInches(_ amount: inout Amount) -> Bool {
    let k = amount.tokens.upperBound
    guard amount.unit?.unit == lexis.units.foot.unit, amount.unit?.power == 1, amount.number == amount.number.rounded(),
      let inches = digitNumber(k),
      inches.value < 12, !inches.isDecimal, token(k).spaceBefore, isOpen(k + 1)
    else { return false }
    let found = isWord(k + 1, lexis.word.inch) ? (lexis.units.inch, k + 2) : unit(at: k + 1, joined: false)
    guard let (unit, end) = found, unit.unit == lexis.units.inch.unit, unit.power == 1 else { return false }
    amount.number += (amount.number < 0 ? -1 : 1) * inches.value / 12
    amount.tokens = amount.tokens.lowerBound..<end
    return true
  }

  private func unit(at k: Int, joined: Bool) -> (MeasuredUnit, Int)? {
    guard isOpen(k) else { return nil }
    if let found = lexis.units.words.match(view.tokens, at: k, isOpen: isOpen) {
      // "10 x 20" is no multiple.
      let isSign =
        found.count == 1 && token(k).end - token(k).start <= 2 && (token(k).word == lexis.word.x || token(k).word == lexis.word.times)
      if !isSign || joined { return (found.value, k + found.count) }
    }
    // A letter that stands alone is a unit where something divides it ("1.3 A/cm2", "0.5 R per day").
    let divides = isWord(k + 1, lexis.word.per) || (isMark(k + 1, 0x2F) && isJoined(k + 1) && isJoined(k + 2))
    guard let symbol = lexis.units.symbol(view, k, joined: joined || divides) else { return nil }
    if !joined, token(k).end - token(k).start == 1, isJoined(k + 1), isDash(k + 1) { return nil }
    return (symbol, k + 1)
  }

  /// "m2", "m²", "m^2" after a length.
  private func exponent(after k: Int) -> (UInt8, Int) {
    if isWord(k, lexis.word.squaredWord) { return (2, k + 1) }
    if isWord(k, lexis.word.cubedWord) { return (3, k + 1) }
    guard isJoined(k) else { return (1, k) }
    if isWord(k, lexis.word.squared) { return (2, k + 1) }
    if isWord(k, lexis.word.cubed) { return (3, k + 1) }
    let at = isMark(k, 0x5E) ? k + 1 : k
    if isJoined(at), let digits = digitNumber(at), digits.digits == 1, digits.value == 2 || digits.value == 3,
      !(isJoined(at + 1) && token(at + 1).isWord)
    {
      return (UInt8(digits.value), at + 1)
    }
    return (1, k)
  }

  /// "per second", "/km", "an hour", "-a-day".
  private func divided(_ amount: inout Amount) {
    guard let found = divisor(after: amount.tokens.upperBound) else { return }
    amount.per = found.unit
    amount.perNoun = found.noun
    // Speeds and signs are one unit ("188 miles an hour", "l/km"); "500,000 barrels a day" are barrels.
    let isSpeed = amount.measure == .count || amount.unit.map { lexis.units.units[Int($0.unit)].makesSpeed } ?? false
    if isSpeed || isMark(amount.tokens.upperBound, 0x2F) {
      amount.tokens = amount.tokens.lowerBound..<found.end
    } else {
      amount.isRateOutside = true
      amount.readTo = found.end
    }
  }

  /// "a share", "per barrel", "-a-share", "/month" after money: known, but not part of the expression.
  private func rate(_ amount: inout Amount) {
    guard let found = divisor(after: amount.tokens.upperBound) else { return }
    amount.per = found.unit
    amount.perNoun = found.noun
    amount.readTo = found.end
  }

  /// What an amount is divided by: a known unit, or the token of a noun, and the token after.
  private func divisor(after start: Int) -> (unit: MeasuredUnit?, noun: Int?, end: Int)? {
    var k = start
    let isHyphenated = isMark(k, 0x2D) && isJoined(k) && isJoined(k + 1)
    if isHyphenated { k += 1 }
    let isSlash = isMark(k, 0x2F) && isJoined(k) && isJoined(k + 1)
    let isPer = isWord(k, lexis.word.per)
    guard isSlash || isPer || role(k).contains(.article) else { return nil }
    k += 1
    if isHyphenated, isMark(k, 0x2D) { k += 1 }
    guard isOpen(k), token(k).isWord, isSlash || isPer || role(k).contains(.divisor) else { return nil }
    if numeral(k).kind != .dozen, var (unit, end) = unit(at: k, joined: isSlash) {
      if unit.power == 1, isSlash { (unit.power, end) = exponent(after: end) }
      // "$5 million a year earlier" is no rate.
      return role(end).contains(.shift) ? nil : (unit, nil, end)
    }
    return isSlash && isJoined(k + 1) && token(k + 1).isWord ? nil : (nil, k, k + 1)
  }

  // MARK: Suffixes and counts

  /// "k", "m", "bn", "B" and the like after digits: factor and the token after.
  private func suffix(_ k: Int, _ amount: Amount, isMoney: Bool) -> (Double, Int)? {
    guard isOpen(k), token(k).isWord, lexis.suffixes[token(k).word] > 0 else { return nil }
    let (_, factor, rule) = Numeral.suffixes[Int(lexis.suffixes[token(k).word]) - 1]
    let joined = isJoined(k)
    let isUpper = view.bytes[Int(token(k).start)] & 0x20 == 0
    // Joined to something else again: "4K-capable" passes, "7B2" is an id.
    if isJoined(k + 1), token(k + 1).isNumber || token(k + 1).isWord { return nil }
    let accepted: Bool
    switch rule {
    case .free: accepted = true
    case .joinedOrDecimal: accepted = joined || amount.read.isDecimal || isMoney || !isOpen(k + 1) || !token(k + 1).isWord
    case .million:
      accepted = isUpper ? joined || isMoney || amount.read.isDecimal : isMoney || (joined && (isCurrency(k + 1) || countsPeople(k + 1)))
    case .money: accepted = isMoney
    case .upperOrDecimal:
      let isLast = !isOpen(k + 1) || !token(k + 1).isWord
      accepted = isMoney || (isUpper && (joined || !isLast)) || (amount.read.isDecimal && joined)
    case .upperJoined: accepted = isMoney || (isUpper && joined && (amount.read.isDecimal || amount.number >= 10 || factor > 1e9))
    }
    return accepted ? (factor, k + 1) : nil
  }

  private func isCurrency(_ k: Int) -> Bool {
    guard isOpen(k) else { return false }
    return lexis.currencies.after.match(view.tokens, at: k, isOpen: isOpen) != nil || code(at: k) != nil
  }

  /// A plural noun directly after: "1.5m people", "2m units"; else "m" is metres.
  private func countsPeople(_ k: Int) -> Bool {
    guard isOpen(k), token(k).isWord else { return false }
    return NounPhrase(view: view, roles: lexis.roles).head(from: k, isOne: false, isOpen: isOpen) != nil
  }

  /// Whether "7B" (ending before token `k`) gives a model's size: "7B, 13B and 70B models".
  private func isModelSize(_ k: Int) -> Bool {
    var at = k
    while at < k + 12, isOpen(at) {
      let t = token(at)
      if role(at).contains(.model) { return true }
      let isList =
        t.isNumber || t.word == lexis.word.b || role(at).contains(.and) || t.word == lexis.word.or || t.mark == 0x2C || t.mark == 0x2D
        || t.mark == 0x2F
      guard isList else { return false }
      at += 1
    }
    return false
  }

  /// What is counted: "600 positions", "12,000 new jobs", "six-cylinder", "two of the companies".
  private func counted(_ amount: inout Amount) -> Bool {
    let end = amount.tokens.upperBound
    guard isOpen(end) else { return amount.isParameters }
    let phrase = NounPhrase(view: view, roles: lexis.roles)
    let isOne = amount.number == 1 && amount.upper == nil
    if isHyphen(end, amount), token(end + 1).isWord {
      // "six-cylinder", "two-door": the unit is the word itself.
      let role = role(end + 1)
      guard !role.contains(.function), !role.contains(.preposition), numeral(end + 1).kind == .none,
        token(end + 1).end - token(end + 1).start > 1
      else {
        return false
      }
      amount.measure = .count
      amount.noun = end + 1
      amount.tokens = amount.tokens.lowerBound..<end + 2
      return true
    }
    if isWord(end, lexis.word.of), !amount.read.isFraction {
      var k = end + 1
      while k < end + 3, role(k).contains(.function) || role(k).contains(.pointer) || role(k).contains(.article), isOpen(k) { k += 1 }
      // "one of Northwind's largest plants".
      for owner in k..<k + 3 where isOpen(owner) && token(owner).shape.contains(.possessive) { k = owner + 1 }
      if let noun = phrase.head(from: k, isOne: false, isOpen: isOpen) {
        amount.noun = noun
        amount.phraseStart = k
        if amount.upper != nil {
          amount.measure = .count
          amount.tokens = amount.tokens.lowerBound..<noun + 1
        } else {
          amount.isPartitive = true
        }
        return true
      }
      return amount.isParameters
    }
    if amount.isParameters { return true }
    if amount.read.isFraction { return false }
    // "eight million 250ml bottles": the bottles are what is counted.
    if token(end).isNumber, amount.scale > 1 || !amount.read.isDigits, let size = self.amount(opening: end), size.measure == .unit,
      let noun = phrase.head(from: size.tokens.upperBound, isOne: false, isOpen: isOpen)
    {
      amount.noun = noun
      amount.phraseStart = size.tokens.upperBound
      return true
    }
    guard token(end).isWord, token(end).spaceBefore || amount.scale > 1 else { return false }
    guard let noun = phrase.head(from: end, isOne: isOne, isOpen: isOpen) ?? (isOne ? nil : attribute(after: amount)) else { return false }
    amount.measure = .count
    amount.noun = noun
    amount.phraseStart = end
    amount.tokens = amount.tokens.lowerBound..<noun + 1
    if isWord(noun + 1, lexis.word.per) { divided(&amount) }
    return true
  }

  /// The singular that describes another noun with its number: "a three course meal", "a 15 member board".
  private func attribute(after amount: Amount) -> Int? {
    let k = amount.tokens.upperBound
    let before = amount.tokens.lowerBound - 1
    guard before >= range.lowerBound, lexis.roles[token(before).word].contains(.article) || token(before).word == lexis.word.the,
      isOpen(k + 1), token(k + 1).isWord
    else {
      return nil
    }
    for word in k...k + 1
    where token(word).isCapitalized || !role(word).isDisjoint(with: [.function, .preposition, .and, .further, .calendar, .opens]) {
      return nil
    }
    return k
  }

  /// A hyphen that joins a number to the word after it; spelled numbers may have it between spaces, as tokenised wires do.
  private func isHyphen(_ k: Int, _ amount: Amount) -> Bool {
    guard isMark(k, 0x2D), isOpen(k + 1) else { return false }
    if isJoined(k) { return isJoined(k + 1) }
    return !amount.read.isDigits && token(k + 1).spaceBefore && !token(k + 1).isCapitalized
  }
}
