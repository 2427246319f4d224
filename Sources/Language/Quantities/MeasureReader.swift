import Documents

/// Percentages, units of measure and what they are divided by.
extension QuantityReader {
  /// "%50", "percent of 50".
  func percentBefore(_ amount: inout Amount) -> Bool {
    let k = amount.tokens.lowerBound - 1
    guard isOpen(k) else { return false }
    let start: Int
    if isMark(k, 0x25), amount.read.isDigits, token(k).spaceBefore || k == range.lowerBound {
      start = k
    } else if isWord(k, lexis.word.of), isWord(k - 1, lexis.word.cent), isWord(k - 2, lexis.word.per), isPhraseEnd(amount.tokens.upperBound)
    {
      start = k - 2
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

  private func isPhraseEnd(_ k: Int) -> Bool { !isOpen(k) || token(k).isMark }

  func isPercent(_ k: Int) -> Bool {
    guard isOpen(k) else { return false }
    let w = token(k).word
    return w == lexis.word.percent || w == lexis.word.percents || w == lexis.word.pct || w == lexis.word.percentage
      || w == lexis.word.percentages
  }

  func percent(_ amount: inout Amount) -> Bool {
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

  func isPoint(_ k: Int) -> Bool { isWord(k, lexis.word.point) || isWord(k, lexis.word.points) }

  /// A unit of measure, in words or as a symbol: "3-inch", "5 kW", "32m2", "188 miles an hour".
  func measured(_ amount: inout Amount) -> Bool {
    if amount.isParameters { return false }
    var k = amount.tokens.upperBound
    if isDash(k), isJoined(k), isJoined(k + 1) { k += 1 }
    guard isOpen(k) else { return false }
    let joined = !token(k).spaceBefore
    guard var (unit, end) = unit(at: k, joined: joined) ?? prime(at: k, amount) else { return false }
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
    if unit.power == 1, lexis.units.units[Int(unit.unit)].isLength, !isMark(end - 1, 0x27), !isMark(end - 1, 0x22) {
      (unit.power, end) = exponent(after: end)
    }
    if isJoined(end), token(end).isWord || token(end).isNumber, !isMark(end - 1, 0x27) { return false }
    // "PA 23456 F Block": no temperature is that high.
    if amount.number > 9999, end == k + 1, !joined, [0x43, 0x46].contains(view.bytes[Int(token(k).start)]),
      token(k).end - token(k).start == 1
    {
      return false
    }
    amount.measure = .unit
    amount.unit = unit
    amount.tokens = amount.tokens.lowerBound..<end
    if addInches(&amount) { return true }
    if !isTime || isMark(end, 0x2F) { divided(&amount) }
    return true
  }

  /// `10"` and `5'11"`: inches where the mark closes no quotation, feet where inches or a dimension follow.
  func prime(at k: Int, _ amount: Amount) -> (MeasuredUnit, Int)? {
    guard amount.read.isDigits, isOpen(k), token(k).isMark, isJoined(k) else { return nil }
    let isDimension = isOpen(k + 1) && lexis.roles[token(k + 1).word].contains(.dimension)
    if token(k).mark == 0x22 {
      var quotes = 0
      var at = k - 1
      while at >= range.lowerBound, at > k - 200, !token(at).shape.contains(.paragraphStart) {
        if token(at).mark == 0x22 { quotes += 1 }
        at -= 1
      }
      return quotes % 2 == 0 || isDimension ? (lexis.units.inch, k + 1) : nil
    }
    guard token(k).mark == 0x27, !token(k).shape.contains(.possessive) else { return nil }
    let isFeet = isDimension || (digitNumber(k + 1) != nil && isMark(k + 2, 0x22) && isJoined(k + 2))
    return isFeet ? (lexis.units.foot, k + 1) : nil
  }

  /// "12 ft 2 in": feet with inches.
  func addInches(_ amount: inout Amount) -> Bool {
    // "5 ft. 9 in"
    let isAbbreviated = isMark(amount.tokens.upperBound, 0x2E) && isJoined(amount.tokens.upperBound)
    let k = isAbbreviated ? amount.tokens.upperBound + 1 : amount.tokens.upperBound
    guard amount.unit?.unit == lexis.units.foot.unit, amount.unit?.power == 1, amount.number == amount.number.rounded(),
      let inches = digitNumber(k),
      inches.value < 12, !inches.isDecimal, token(k).spaceBefore || isMark(k - 1, 0x27), isOpen(k + 1)
    else { return false }
    let found =
      isWord(k + 1, lexis.word.inch) || isMark(k + 1, 0x22) && isJoined(k + 1) ? (lexis.units.inch, k + 2) : unit(at: k + 1, joined: false)
    guard let (unit, end) = found, unit.unit == lexis.units.inch.unit, unit.power == 1 else { return false }
    amount.number += (amount.number < 0 ? -1 : 1) * inches.value / 12
    amount.tokens = amount.tokens.lowerBound..<end
    return true
  }

  func unit(at k: Int, joined: Bool) -> (MeasuredUnit, Int)? {
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
    // Nor in "R&D" or "T-shirts".
    if !joined, token(k).end - token(k).start == 1, isJoined(k + 1), isDash(k + 1) || isMark(k + 1, 0x26) { return nil }
    return (symbol, k + 1)
  }

  /// "m2", "m²", "m^2" after a length.
  func exponent(after k: Int) -> (UInt8, Int) {
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
  func divided(_ amount: inout Amount) {
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
  func rate(_ amount: inout Amount) {
    guard let found = divisor(after: amount.tokens.upperBound) else { return }
    amount.per = found.unit
    amount.perNoun = found.noun
    amount.readTo = found.end
  }

  /// What an amount is divided by: a known unit, or the token of a noun, and the token after.
  func divisor(after start: Int) -> (unit: MeasuredUnit?, noun: Int?, end: Int)? {
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
    return (isSlash && isJoined(k + 1) && token(k + 1).isWord) || token(k).end - token(k).start == 1 ? nil : (nil, k, k + 1)
  }
}
