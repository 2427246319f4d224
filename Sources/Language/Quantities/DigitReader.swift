import Documents

/// Numbers in digits, with decimals, exponents, fractions and scale words.
extension QuantityReader {
  func digitNumber(_ k: Int) -> DigitNumber? {
    guard isOpen(k), view.tokens[k].isNumber else { return nil }
    return DigitNumber(view.bytes, view.tokens[k].span.range)
  }

  /// The number whose first digits are token `start`, with its decimals, exponent, fraction and scale words.
  func digits(at start: Int) -> ReadNumber? {
    guard let first = digitNumber(start) else { return nil }
    var number = ReadNumber(tokens: start..<start + 1, value: first.value)
    number.isDigits = true
    number.isDecimal = first.isDecimal
    number.isGrouped = first.isGrouped
    number.digits = first.digits
    // ".08": a point that nothing stands before.
    if !first.isDecimal, !first.isGrouped, isJoined(start), isMark(start - 1, 0x2E),
      token(start - 1).spaceBefore || start - 1 == range.lowerBound || (isOpen(start - 2) && token(start - 2).isMark)
    {
      number.value /= power(10, first.digits)
      number.isDecimal = true
      number.tokens = start - 1..<start + 1
    }
    var end = start + 1
    // "1 234 567": groups of three set off by single spaces.
    if !first.isDecimal, !first.isGrouped, first.digits <= 3, first.value > 0 {
      while !number.isDecimal, let group = digitNumber(end), group.digits - group.places == 3, !group.isGrouped, token(end).spaceBefore,
        token(end).start - token(end - 1).end <= 3, !token(end).shape.contains(.lineStart)
      {
        number.value = number.value * 1000 + group.value
        number.isGrouped = true
        number.isDecimal = group.isDecimal
        end += 1
      }
    }
    // "1'000'000", as in Switzerland.
    if !first.isDecimal, !first.isGrouped, first.digits <= 3, first.value > 0 {
      while isMark(end, 0x27), isJoined(end), isJoined(end + 1), let group = digitNumber(end + 1), group.digits == 3, !group.isDecimal,
        !group.isGrouped
      {
        number.value = number.value * 1000 + group.value
        number.isGrouped = true
        end += 2
      }
    }
    // "1 point 5".
    if !number.isDecimal, isWord(end, lexis.word.point), let tenths = digitNumber(end + 1), !tenths.isDecimal, !tenths.isGrouped {
      number.value += tenths.value / power(10, tenths.digits)
      number.isDecimal = true
      end += 2
    }
    if let (exponent, next) = exponent(at: end) {
      number.value = shifted(number.value, by: exponent)
      end = next
    } else if isMark(end, 0x5E), isJoined(end), let (exponent, next) = signedInteger(at: end + 1) {
      number.value = power(number.value, exponent)
      end = next
    } else if let (value, next) = slashFraction(at: end - 1), end == start + 1, !first.isDecimal, !first.isGrouped, !number.isDecimal {
      number.value = value
      number.isFraction = true
      end = next
    } else if let (value, next) = slashFraction(at: end), token(end).spaceBefore, !number.isDecimal {
      number.value += value
      end = next
    } else if isMark(end, 0x2D), isJoined(end), isJoined(end + 1), !number.isDecimal, first.digits <= 4,
      let (value, next) = slashFraction(at: end + 1)
    {
      // "5-3/8" inches, or as a price.
      number.value += value
      end = next
    } else if numeral(end).kind == .parts, first.value < 100, !number.isDecimal, !first.isGrouped,
      let (denominator, next, _) = denominator(at: end, after: .teens), denominator > first.value
    {
      // "3 fifths"
      number.value /= denominator
      number.isFraction = true
      end = next
    } else if numeral(end).kind == .fraction {
      number.value += numeral(end).value
      end += 1
    }
    number.tokens = number.tokens.lowerBound..<end
    // "2,000.45±0.01": the uncertainty is not a number of its own.
    if isWord(end, lexis.word.plusMinus), digitNumber(end + 1) != nil {
      end += 2
      if let (_, next) = exponent(at: end) { end = next }
    } else if isMark(end, 0x2B), isMark(end + 1, 0x2F), isMark(end + 2, 0x2D), digitNumber(end + 3) != nil {
      end += 4
      if let (_, next) = exponent(at: end) { end = next }
    }
    number.tokens = number.tokens.lowerBound..<end
    if number.isFraction { return number }
    // "$2.5-million".
    let isHyphenated = isMark(end, 0x2D) && isJoined(end) && isJoined(end + 1)
    if let scaled = words(at: isHyphenated ? end + 1 : end, seed: number) { return withSmallerScales(scaled) }
    // "2 and a half", "2 and 1/2".
    if !number.isDecimal, role(end).contains(.and) {
      if let fraction = mixedFraction(at: end + 1) {
        number.value += fraction.value
        number.tokens = number.tokens.lowerBound..<fraction.tokens.upperBound
        return scaled(number)
      }
      if let (value, next) = slashFraction(at: end + 1) {
        number.value += value
        number.tokens = number.tokens.lowerBound..<next
      }
    }
    return number
  }

  /// "5 million 300 thousand", "2 lakh 50 thousand": each scale smaller than the one before, and each number below what it is added to.
  private func withSmallerScales(_ number: ReadNumber) -> ReadNumber {
    var sum = number
    while !sum.isOrdinal, !sum.isFraction, sum.scale >= 1000, let next = digitNumber(sum.tokens.upperBound), !next.isDecimal,
      case let scale = numeral(sum.tokens.upperBound + 1), scale.kind == .scale || scale.kind == .hundred,
      next.value * scale.value < sum.scale
    {
      sum.value += next.value * scale.value
      sum.scale = scale.value
      sum.tokens = sum.tokens.lowerBound..<sum.tokens.upperBound + 2
    }
    sum.scale = number.scale
    return sum
  }

  /// "e-3", "×10^-8", "x 10^6", "*10^3" after digits.
  func exponent(at k: Int) -> (Int, Int)? {
    if isJoined(k), isWord(k, lexis.word.e), isJoined(k + 1), let found = signedInteger(at: k + 1) { return found }
    guard isWord(k, lexis.word.times) || isWord(k, lexis.word.x) || isMark(k, 0x2A), let ten = digitNumber(k + 1), ten.value == 10 else {
      return nil
    }
    if let found = raised(after: k + 1) { return found }
    let sign = isMark(k + 2, 0x5E) ? k + 3 : k + 2
    guard isJoined(k + 2), sign > k + 2 || isDash(k + 2) else { return nil }
    return signedInteger(at: sign)
  }

  /// The superscript digits right behind token `k` ("10²³", "10⁻⁹") and the token after them.
  private func raised(after k: Int) -> (Int, Int)? {
    var at = Int(token(k).end)
    let limit = min(view.bytes.count, at + 15)
    var value = 0
    var sign = 1
    var isRead = false
    while at + 1 < limit {
      let digit: Int
      var width = 3
      switch (view.bytes[at], view.bytes[at + 1], at + 2 < limit ? view.bytes[at + 2] : 0) {
      case (0xC2, 0xB9, _): (digit, width) = (1, 2)
      case (0xC2, 0xB2, _): (digit, width) = (2, 2)
      case (0xC2, 0xB3, _): (digit, width) = (3, 2)
      case (0xE2, 0x81, 0xBB) where !isRead && sign == 1: (digit, sign) = (-1, -1)
      case (0xE2, 0x81, 0xB0): digit = 0
      case (0xE2, 0x81, let low) where (0xB4...0xB9).contains(low): digit = Int(low) - 0xB0
      default: digit = -2
      }
      if digit == -2 { break }
      at += width
      guard digit >= 0 else { continue }
      value = value * 10 + digit
      isRead = true
    }
    guard isRead, value <= 300 else { return nil }
    var next = k + 1
    while isOpen(next), Int(token(next).start) < at { next += 1 }
    return (sign * value, next)
  }

  /// A power of ten applied as it is written, without the noise of a multiplication.
  func shifted(_ value: Double, by exponent: Int) -> Double { Double("\(value)e\(exponent)") ?? value * power(10, exponent) }

  func signedInteger(at k: Int) -> (Int, Int)? {
    var k = k
    var sign = 1
    while isJoined(k), isDash(k) || isMark(k, 0x2B) {
      sign = isDash(k) ? -1 : 1
      k += 1
    }
    guard isJoined(k), let digits = digitNumber(k), !digits.isDecimal, digits.value <= 300 else { return nil }
    return (sign * Int(digits.value), k + 1)
  }

  /// "3/4", where numerator and denominator make a part of one.
  func slashFraction(at k: Int) -> (Double, Int)? {
    guard let numerator = digitNumber(k), isMark(k + 1, 0x2F), let denominator = digitNumber(k + 2),
      token(k + 1).spaceBefore == token(k + 2).spaceBefore,
      !numerator.isDecimal, !denominator.isDecimal, denominator.value > numerator.value, numerator.value > 0, denominator.value <= 1000,
      !(isJoined(k + 3) && (isMark(k + 3, 0x2F) || isMark(k + 3, 0x2D)) && isJoined(k + 4) && token(k + 4).isNumber)
    else { return nil }
    return (numerator.value / denominator.value, k + 3)
  }
}
