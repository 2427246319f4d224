import Documents

/// Numbers in words: one grammar of sums, with ordinals, fractions and decimals at their end.
extension QuantityReader {
  /// State of a number in words, kept to go back to where a longer reading fails.
  struct Sum {
    /// What scales have closed.
    var total = 0.0
    /// Below the next scale.
    var group = 0.0
    var last = Numeral.Kind.none
    var scale = Double.infinity
    var end: Int
    var value: Double { total + group }
  }

  /// Number words from `start`; with a seed, the scale words that multiply it and what they add ("3 hundred and 21"). Nil where there are none.
  func words(at start: Int, seed: ReadNumber?) -> ReadNumber? {
    var sum = Sum(end: start)
    if let seed {
      guard [.hundred, .scale, .dozen].contains(numeral(start).kind) else { return nil }
      sum.group = seed.value
      sum.last = .teens
    }
    var safe = sum
    var beforeAnd: Sum?
    reading: while true {
      var k = sum.end
      let atConnector = sum
      var connected = false
      if sum.last == .tens, isDash(k), numeral(k + 1).kind == .ones {
        k += 1
      } else if isMark(k, 0x2D), isJoined(k), isJoined(k + 1), sum.last != .none, numeral(k + 1).kind != .none {
        // "two-hundred-thousand"; what may not follow is turned away below.
        k += 1
      } else if sum.last == .hundred || sum.last == .scale {
        if role(k).contains(.and) {
          connected = true
        } else if isMark(k, 0x2C), sum.last == .scale, isOpen(k + 1), token(k + 1).isWord {
          connected = true
        }
        if connected { k += 1 }
      }
      guard isOpen(k) else { break }
      let n = lexis.numerals[token(k).word]
      var next = sum
      next.end = k + 1
      next.last = n.kind
      switch n.kind {
      case .none:
        // Digits after "and": "3 hundred and 21".
        guard connected, seed?.isDigits == true, let digits = digitNumber(k), !digits.isDecimal,
          digits.value < min(sum.scale, sum.last == .hundred ? 100 : .infinity),
          ![.hundred, .scale].contains(numeral(k + 1).kind), isWord(k - 1, lexis.word.and)
        else { break reading }
        next.group += digits.value
        next.last = .teens
        sum = next
        break reading
      case .ones:
        switch sum.last {
        case .none, .hundred, .scale: break
        case .tens: if sum.group.truncatingRemainder(dividingBy: 10) != 0 { break reading }
        default: break reading
        }
        if n.value == 0, sum.last != .none { break reading }
        next.group += n.value
      case .teens:
        guard [.none, .hundred, .scale].contains(sum.last) else { break reading }
        next.group += n.value
      case .tens:
        // "one hundred thirty-fifths", "one twenty-fifth": the tens belong to the denominator.
        if sum.last == .hundred || sum.last == .scale, isDenominator(k), !connected { break reading }
        if sum.last == .ones, sum.group == 1, sum.total == 0, isMark(k + 1, 0x2D), isJoined(k + 1), numeral(k + 2).kind == .ordinal {
          break reading
        }
        // "one twenty two", unless the tens begin a denominator ("three twenty-firsts").
        if sum.last == .ones, sum.total == 0, (1...9).contains(sum.group), !isDenominator(k) {
          next.group = sum.group * 100 + n.value
        } else {
          guard [.none, .hundred, .scale].contains(sum.last) else { break reading }
          next.group += n.value
        }
      case .hundred:
        guard !connected, sum.last != .none, sum.last != .hundred, sum.last != .scale else { break reading }
        // Digits may count many hundreds ("322 hundred"); words go up to ninety-nine.
        guard sum.group < 100 || sum.end == start else {
          if safe.last == .none { break reading }
          sum = safe
          break reading
        }
        next.group = sum.group * 100
      case .scale:
        guard !connected, sum.last != .none else { break reading }
        if sum.last == .scale {
          // "two lakh crore", "a thousand billion".
          guard sum.group == 0, n.value > sum.scale else { break reading }
          next.total *= n.value
        } else if n.value < sum.scale {
          next.total += sum.group * n.value
          next.group = 0
        } else {
          sum = safe
          break reading
        }
        next.scale = n.value
      case .dozen:
        guard !connected, sum.last != .none, sum.last != .dozen else { break reading }
        next.total += sum.group * n.value
        next.group = 0
        sum = next
        break reading
      default: break reading
      }
      if connected {
        beforeAnd = isMark(k - 1, 0x2C) ? beforeAnd : atConnector
        safe = atConnector
      } else if n.kind == .scale || n.kind == .hundred {
        safe = next
      }
      sum = next
    }
    guard sum.last != .none, sum.end > start || seed == nil else { return nil }
    if seed == nil, sum.end == start { return nil }
    var number = seed ?? ReadNumber(tokens: start..<start, value: 0)
    number.value = sum.value
    number.scale = sum.scale.isFinite ? sum.scale : sum.last == .hundred ? 100 : 1
    number.tokens = number.tokens.lowerBound..<sum.end
    return withTail(number, sum, beforeAnd)
  }

  /// Ordinal endings, denominators, decimals and "and a half" after number words.
  func withTail(_ number: ReadNumber, _ sum: Sum, _ beforeAnd: Sum?) -> ReadNumber {
    var number = number
    let end = sum.end
    if let (denominator, next, isParts) = denominator(at: end, after: sum.last) {
      let whole = beforeAnd?.value ?? 0
      let numerator = sum.value - whole
      // "the one thousandth visitor".
      let isCountedTo = isWord(number.tokens.lowerBound - 1, lexis.word.the) && denominator >= 100
      if isParts || (numerator == 1 && !isCountedTo) {
        let part: Double
        if beforeAnd != nil, numerator < denominator {
          let scale =
            numeral(next).kind == .scale ? numeral(next).value : beforeAnd!.last == .scale && beforeAnd!.group == 0 ? beforeAnd!.scale : 1
          part = whole + numerator / denominator * scale
          number.tokens = number.tokens.lowerBound..<(numeral(next).kind == .scale ? next + 1 : next)
          number.isFraction = whole == 0
        } else {
          part = sum.value / denominator
          number.tokens = number.tokens.lowerBound..<next
          number.isFraction = true
        }
        number.value = part
        return number.isFraction ? scaled(number) : number
      }
      // "two hundredth", "three hundred thousandth": the ordinal of a product.
      if !isParts, denominator >= 100, sum.group > 0, denominator > sum.group || denominator >= 1000, denominator < sum.scale,
        numeral(next - 1).kind == .ordinal
      {
        number.value = sum.total + sum.group * denominator
        number.isOrdinal = true
        number.tokens = number.tokens.lowerBound..<next
        return number
      }
      if !isParts, allowsOrdinal(denominator, sum), numeral(next - 1).kind == .ordinal {
        number.value += denominator
        number.isOrdinal = true
        number.tokens = number.tokens.lowerBound..<next
        return number
      }
    }
    if role(end).contains(.and), numeral(end + 1).kind == .ordinal, sum.last == .hundred || sum.last == .scale,
      numeral(end + 1).value < 100,
      ![lexis.word.half, lexis.word.quarter].contains(token(end + 1).word)
    {
      number.value += numeral(end + 1).value
      number.isOrdinal = true
      number.tokens = number.tokens.lowerBound..<end + 2
      return number
    }
    if isWord(end, lexis.word.point), let (digits, next) = spelledDecimals(at: end + 1) {
      number.value += digits
      number.isDecimal = true
      number.tokens = number.tokens.lowerBound..<next
      let scale = numeral(next)
      if scale.kind == .scale {
        number.value *= scale.value
        number.scale = scale.value
        number.tokens = number.tokens.lowerBound..<next + 1
      }
      return number
    }
    // "one point 5"
    if isWord(end, lexis.word.point), let tenths = digitNumber(end + 1), !tenths.isDecimal, !tenths.isGrouped, sum.last != .hundred {
      number.value += tenths.value / power(10, tenths.digits)
      number.isDecimal = true
      number.tokens = number.tokens.lowerBound..<end + 2
      return number
    }
    let isHyphenated = isMark(end, 0x2D) && isJoined(end) && role(end + 1).contains(.and) && isMark(end + 2, 0x2D)
    if isHyphenated || role(end).contains(.and), let fraction = mixedFraction(at: isHyphenated ? end + 3 : end + 1) {
      let next = fraction.tokens.upperBound
      let scale = numeral(next)
      if scale.kind == .scale {
        number.value = sum.last == .scale ? number.value + fraction.value * scale.value : (number.value + fraction.value) * scale.value
        number.scale = scale.value
        number.tokens = number.tokens.lowerBound..<next + 1
      } else {
        number.value += fraction.value * (sum.last == .scale && sum.group == 0 ? sum.scale : 1)
        number.tokens = number.tokens.lowerBound..<next
      }
    }
    return number
  }

  /// Whether tens begin a denominator ("twenty-firsts").
  func isDenominator(_ k: Int) -> Bool {
    let after = isDash(k + 1) ? k + 2 : k + 1
    return numeral(after).kind == .parts
  }

  /// "fifths", "- eighth", "twenty-firsts": value, end, and whether it is plural.
  func denominator(at k: Int, after last: Numeral.Kind) -> (Double, Int, Bool)? {
    var k = k
    if isDash(k), isOpen(k + 1), token(k).spaceBefore == token(k + 1).spaceBefore { k += 1 }
    var n = numeral(k)
    if n.kind == .tens {
      let after = isDash(k + 1) ? k + 2 : k + 1
      let ones = numeral(after)
      guard ones.value < 10, ones.kind == .parts || ones.kind == .ordinal && last == .ones else { return nil }
      return (n.value + ones.value, after + 1, ones.kind == .parts)
    }
    // "five ten-thousandths"
    if n.kind == .teens, n.value == 10, isMark(k + 1, 0x2D), isJoined(k + 1), numeral(k + 2).kind == .parts, numeral(k + 2).value >= 1000 {
      return (10 * numeral(k + 2).value, k + 3, true)
    }
    // "seven one-hundredths"
    if n.kind == .ones, n.value == 1, isMark(k + 1, 0x2D), isJoined(k + 1), numeral(k + 2).kind == .parts, numeral(k + 2).value >= 100 {
      return (numeral(k + 2).value, k + 3, true)
    }
    if n.kind == .parts {
      // "two seconds" is a time, "two quarters" half a year.
      let word = token(k).word
      guard word != lexis.word.seconds, word != lexis.word.firsts else { return nil }
      if word == lexis.word.quarters, !isPrecededByThree(k) { return nil }
      return (n.value, k + 1, true)
    }
    guard n.kind == .ordinal else { return nil }
    if token(k).word == lexis.word.first, last == .ones { return nil }
    if token(k).word == lexis.word.second, last == .ones { n.value = 0 }
    return n.value == 0 ? nil : (n.value, k + 1, false)
  }

  func isPrecededByThree(_ k: Int) -> Bool {
    let before = isDash(k - 1) ? k - 2 : k - 1
    return numeral(before).value == 3 || digitNumber(before)?.value == 3
  }

  func allowsOrdinal(_ value: Double, _ sum: Sum) -> Bool {
    // "half" and "quarter" are no ordinals; "twenty second" may be a time.
    let hyphenated = isDash(sum.end)
    let k = hyphenated ? sum.end + 1 : sum.end
    guard !isWord(k, lexis.word.half), !isWord(k, lexis.word.quarter) else { return false }
    if isWord(k, lexis.word.second), !hyphenated, sum.value < 100 { return false }
    switch sum.last {
    case .ones where sum.value == 1: return value >= 100
    case .tens: return value < 10
    case .hundred: return value < 100
    case .scale: return value < sum.scale
    default: return false
    }
  }

  /// "zero three", "seventy-one", "five" after "point".
  func spelledDecimals(at start: Int) -> (Double, Int)? {
    var k = start
    var value = 0.0
    var places = 0
    while numeral(k).kind == .ones || isWord(k, lexis.word.oh) {
      value = value * 10 + numeral(k).value
      places += 1
      k += 1
    }
    if places == 0 {
      guard [.tens, .teens].contains(numeral(k).kind) else { return nil }
      value = numeral(k).value
      places = 2
      let isTens = numeral(k).kind == .tens
      k += 1
      let after = isDash(k) ? k + 1 : k
      if isTens, numeral(after).kind == .ones {
        value += numeral(after).value
        k = after + 1
      }
    }
    return (value / power(10, places), k)
  }

  /// "a half", "three fifths", "½" after "and".
  func mixedFraction(at k: Int) -> ReadNumber? {
    guard isOpen(k) else { return nil }
    // "two and half", "five and quarter"
    if isWord(k, lexis.word.half) || isWord(k, lexis.word.quarter), !isDash(k + 1) {
      return ReadNumber(tokens: k..<k + 1, value: 1 / numeral(k).value, isFraction: true)
    }
    // "two-and-a-half"
    if role(k).contains(.article), isMark(k + 1, 0x2D), isJoined(k + 1), isWord(k + 2, lexis.word.half) {
      return ReadNumber(tokens: k..<k + 3, value: 0.5, isFraction: true)
    }
    if role(k).contains(.article), numeral(k + 1).kind == .ordinal, numeral(k + 1).value >= 2, token(k + 1).word != lexis.word.second {
      return ReadNumber(tokens: k..<k + 2, value: 1 / numeral(k + 1).value, isFraction: true)
    }
    if numeral(k).kind == .fraction { return ReadNumber(tokens: k..<k + 1, value: numeral(k).value, isFraction: true) }
    guard [.ones, .teens, .tens].contains(numeral(k).kind), let fraction = words(at: k, seed: nil), fraction.isFraction, fraction.value < 1
    else { return nil }
    return fraction
  }
}
