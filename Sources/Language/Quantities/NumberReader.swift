import Documents

/// A number in digits or words, without what it measures.
struct ReadNumber {
  var tokens: Range<Int>
  var value: Double
  /// The last scale word or suffix in it ("million"); 1 without.
  var scale = 1.0
  var isOrdinal = false
  var isFraction = false
  var isDigits = false
  var isDecimal = false
  var isGrouped = false
  /// Number of digits, where written in digits.
  var digits = 0
  /// The upper end of an order of magnitude ("tens of thousands").
  var upper: Double?
}

/// Reads quantities at given places of one block.
struct QuantityReader {
  let view: TextView
  let lexis: QuantityLexis
  let taken: [Bool]
  /// Tokens of the block.
  let range: Range<Int>
  /// First token that no mention has yet.
  var floor: Int

  @inline(__always) func isOpen(_ k: Int) -> Bool { k >= floor && k < range.upperBound && !taken[k] }
  @inline(__always) func token(_ k: Int) -> Token { view.tokens[k] }
  func isMark(_ k: Int, _ byte: UInt8) -> Bool { isOpen(k) && view.tokens[k].mark == byte }
  func isWord(_ k: Int, _ word: WordID) -> Bool { isOpen(k) && view.tokens[k].word == word }
  func role(_ k: Int) -> QuantityWord { isOpen(k) ? lexis.roles[view.tokens[k].word] : [] }
  func numeral(_ k: Int) -> Numeral { isOpen(k) ? lexis.numerals[view.tokens[k].word] : .none }
  /// Follows its predecessor without space.
  func isJoined(_ k: Int) -> Bool { isOpen(k) && !view.tokens[k].spaceBefore }
  func isDash(_ k: Int) -> Bool {
    guard isOpen(k), view.tokens[k].isMark else { return false }
    let t = view.tokens[k]
    return t.mark == 0x2D || t.word == lexis.word.dash || t.word == lexis.word.longDash || t.word == lexis.word.minus
  }

  // MARK: Digits

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
    // "1 point 5".
    if !number.isDecimal, isWord(end, lexis.word.point), let tenths = digitNumber(end + 1), !tenths.isDecimal, !tenths.isGrouped {
      number.value += tenths.value / power(10, tenths.digits)
      number.isDecimal = true
      end += 2
    }
    if let (factor, next) = exponent(at: end) {
      number.value *= factor
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
    if let scaled = words(at: isHyphenated ? end + 1 : end, seed: number) { return scaled }
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

  /// "e-3", "×10^-8", "x 10^6" after digits.
  private func exponent(at k: Int) -> (Double, Int)? {
    if isJoined(k), isWord(k, lexis.word.e), isJoined(k + 1), let (exponent, next) = signedInteger(at: k + 1) {
      return (power(10, exponent), next)
    }
    guard isWord(k, lexis.word.times) || isWord(k, lexis.word.x), let ten = digitNumber(k + 1), ten.value == 10 else { return nil }
    let sign = isMark(k + 2, 0x5E) ? k + 3 : k + 2
    guard isJoined(k + 2), sign > k + 2 || isDash(k + 2), let (exponent, next) = signedInteger(at: sign) else { return nil }
    return (power(10, exponent), next)
  }

  private func signedInteger(at k: Int) -> (Int, Int)? {
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
  private func slashFraction(at k: Int) -> (Double, Int)? {
    guard let numerator = digitNumber(k), isMark(k + 1, 0x2F), isJoined(k + 1), isJoined(k + 2), let denominator = digitNumber(k + 2),
      !numerator.isDecimal, !denominator.isDecimal, denominator.value > numerator.value, numerator.value > 0, denominator.value <= 1000,
      !(isJoined(k + 3) && (isMark(k + 3, 0x2F) || isMark(k + 3, 0x2D)) && isJoined(k + 4) && token(k + 4).isNumber)
    else { return nil }
    return (numerator.value / denominator.value, k + 3)
  }

  // MARK: Words

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
    if w == lexis.word.point {
      if let digits = digitNumber(start + 1), !digits.isDecimal {
        return ReadNumber(tokens: start..<start + 2, value: digits.value / power(10, digits.digits), isDigits: true, isDecimal: true)
      }
      // "nine point five" starts with the nine; "the point five people made" is none.
      if start == range.lowerBound, let (value, next) = spelledDecimals(at: start + 1) {
        return ReadNumber(tokens: start..<next, value: value, isDecimal: true)
      }
    }
    return nil
  }

  /// "thousand and one", "hundred dollars", "million": one of them, where nothing before it says how many and something after it is counted or added.
  private func bareScale(at start: Int) -> ReadNumber? {
    guard start == range.lowerBound || !role(start - 1).contains(.vague), !(isOpen(start - 1) && token(start - 1).isNumber),
      !isDash(start - 1), let number = words(at: start, seed: ReadNumber(tokens: start..<start, value: 1))
    else { return nil }
    let end = number.tokens.upperBound
    return end > start + 1 || isMeasure(end) || (start == range.lowerBound && !isOpen(end)) ? number : nil
  }

  /// "millions of", "tens of thousands of", "hundreds of thousands of": between one and ten of them.
  private func magnitude(at start: Int) -> ReadNumber? {
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
  private func unitFraction(article start: Int) -> ReadNumber? {
    let denominator = numeral(start + 1)
    guard denominator.value >= 2, token(start + 1).word != lexis.word.second else { return nil }
    let fraction = ReadNumber(tokens: start..<start + 2, value: 1 / denominator.value, isFraction: true)
    let followed = isOpen(start + 2) && token(start + 2).isWord
    if followed, isWord(start + 2, lexis.word.of), case let many = scaled(fraction), many.scale > 1 { return many }
    guard !followed || isWord(start + 2, lexis.word.of) || numeral(start + 2).kind == .scale else { return nil }
    return scaled(fraction)
  }

  private func isMeasure(_ k: Int) -> Bool {
    guard isOpen(k) else { return false }
    let w = token(k).word
    return w == lexis.word.percent || w == lexis.word.percentage || lexis.units.words.begins(w) || lexis.currencies.after.begins(w)
  }

  /// A fraction before a scale word ("three quarters billion", "a quarter of a million").
  private func scaled(_ fraction: ReadNumber) -> ReadNumber {
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
  private func withTail(_ number: ReadNumber, _ sum: Sum, _ beforeAnd: Sum?) -> ReadNumber {
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
    if role(end).contains(.and), let fraction = mixedFraction(at: end + 1) {
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
  private func isDenominator(_ k: Int) -> Bool {
    let after = isDash(k + 1) ? k + 2 : k + 1
    return numeral(after).kind == .parts
  }

  /// "fifths", "- eighth", "twenty-firsts": value, end, and whether it is plural.
  private func denominator(at k: Int, after last: Numeral.Kind) -> (Double, Int, Bool)? {
    var k = k
    if isDash(k), isOpen(k + 1), token(k).spaceBefore == token(k + 1).spaceBefore { k += 1 }
    var n = numeral(k)
    if n.kind == .tens, last == .ones {
      let after = isDash(k + 1) ? k + 2 : k + 1
      let ones = numeral(after)
      guard ones.kind == .parts else { return nil }
      return (n.value + ones.value, after + 1, true)
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

  private func isPrecededByThree(_ k: Int) -> Bool {
    let before = isDash(k - 1) ? k - 2 : k - 1
    return numeral(before).value == 3 || digitNumber(before)?.value == 3
  }

  private func allowsOrdinal(_ value: Double, _ sum: Sum) -> Bool {
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
  private func spelledDecimals(at start: Int) -> (Double, Int)? {
    var k = start
    var value = 0.0
    var places = 0
    while numeral(k).kind == .ones {
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
  private func mixedFraction(at k: Int) -> ReadNumber? {
    guard isOpen(k) else { return nil }
    if role(k).contains(.article), numeral(k + 1).kind == .ordinal, numeral(k + 1).value >= 2, token(k + 1).word != lexis.word.second {
      return ReadNumber(tokens: k..<k + 2, value: 1 / numeral(k + 1).value, isFraction: true)
    }
    if numeral(k).kind == .fraction { return ReadNumber(tokens: k..<k + 1, value: numeral(k).value, isFraction: true) }
    guard [.ones, .teens, .tens].contains(numeral(k).kind), let fraction = words(at: k, seed: nil), fraction.isFraction, fraction.value < 1
    else { return nil }
    return fraction
  }
}
