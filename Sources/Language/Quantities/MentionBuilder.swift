import Documents

extension QuantityReader {
  /// The mention whose number begins at `start`, and the token after it. A nil mention with a token says what to pass over (scores, ids); nil says nothing
  /// is here.
  func mention(at start: Int) -> (Mention?, Int)? {
    if token(start).isNumber, let next = identifier(at: start) { return (nil, next) }
    guard var amount = amount(at: start) else { return nil }
    if let range = range(from: amount) { return (mention(range), range.tokens.upperBound) }
    let shared = borrowed(amount)
    if let shared { amount = shared }
    if amount.measure == .ordinal { return isNamePart(amount) ? nil : (build(amount, .ordinal), amount.tokens.upperBound) }
    let core = amount.tokens
    var span = core
    var modifier: Modifier?
    if let (found, at) = self.modifier(before: core.lowerBound) {
      modifier = found
      span = at..<core.upperBound
    }
    if amount.measure == .bare, let combined = comparison(amount, modifier, span) { return combined }
    if let (found, next) = self.modifier(after: core.upperBound), modifier == nil || modifier?.bound == Modifier.Bound.none {
      modifier = found
      span = span.lowerBound..<next
    }
    if amount.measure == .bare || amount.measure == .count, modifier == nil, shared == nil, !stands(amount) { return skip(amount) }
    if amount.measure == .unit, isModelName(amount) { return skip(amount) }
    if modifier != nil, amount.measure == .bare, isLabelled(core.lowerBound) { return skip(amount) }
    let change = direction(before: span.lowerBound) ?? modifier?.change ?? .exact
    return (build(amount, kind(amount), span: span, change: change), max(span.upperBound, amount.readTo))
  }

  private func skip(_ amount: Amount) -> (Mention?, Int)? {
    amount.read.isOrdinal ? nil : (nil, max(amount.read.tokens.upperBound, amount.tokens.lowerBound + 1))
  }

  private func kind(_ amount: Amount) -> QuantityValue.Kind {
    switch amount.measure {
    case .bare: return .number
    case .percent: return .percentage
    case .money: return amount.upper == nil ? .money : .moneyrange
    case .unit, .count: return amount.upper == nil ? .quantity : .quantityrange
    case .ordinal: return .ordinal
    }
  }

  // MARK: What is no quantity

  /// Digits that are part of a name, a link, a time or an id: the token after them.
  private func identifier(at k: Int) -> Int? {
    let t = token(k)
    if !t.spaceBefore, k > range.lowerBound {
      let before = token(k - 1)
      if before.isWord, !isMoneyWord(k - 1) { return k + 1 }
      if before.isNumber { return k + 1 }
      if before.isMark, !before.spaceBefore, k - 1 > range.lowerBound {
        let outer = token(k - 2)
        switch before.mark {
        case 0x2D:  // GPT-4, 555-0100
          if outer.isWord, role(k - 2).isDisjoint(with: [.minus, .prefix]) { return k + 1 }
          if outer.isNumber { return k + 1 }
        case 0x3D, 0x26, 0x3F, 0x25, 0x5F, 0x40, 0x5C, 0x2F:  // = & ? % _ @ \ /
          if before.mark == 0x3D, isMoneyWord(k - 2) { break }
          return k + 1
        case 0x3A where outer.isNumber || outer.isWord: return k + 1
        case 0x2B where outer.isNumber || outer.isWord: return k + 1
        case 0x2E where outer.isWord && !outer.spaceBefore: return k + 1
        default: break
        }
      }
      if before.mark == 0x23 || before.mark == 0x5F || before.mark == 0x40 { return k + 1 }
    }
    // "Model 3s".
    if isJoined(k + 1), token(k + 1).word == lexis.word.s, k > range.lowerBound, token(k - 1).isWord, token(k - 1).isCapitalized,
      t.spaceBefore,
      !isKnownWord(k - 1)
    {
      return k + 2
    }
    if isClock(k + 1) { return k + 2 }
    // A month or weekday has its number, whatever follows ("on May 5 100 people").
    if k > range.lowerBound, token(k - 1).isWord, token(k - 1).isCapitalized, t.spaceBefore, t.end - t.start <= 2,
      lexis.roles[token(k - 1).word].contains(.calendar), !isMoneyLike(k + 1)
    {
      return k + 1
    }
    guard isJoined(k + 1) else { return nil }
    let next = token(k + 1)
    // "the 1960s", "the 90s".
    if next.isWord, next.word == lexis.word.s, t.end - t.start == 4 || (t.end - t.start == 2 && isWord(k - 1, lexis.word.the)) {
      return k + 2
    }
    if next.mark == 0x3A, isJoined(k + 2), token(k + 2).isNumber { return k + 3 }
    if next.mark == 0x5F { return k + 2 }
    // "555-0100-22", "2019-09-01T10".
    if next.mark == 0x2D, isJoined(k + 2), token(k + 2).isNumber, isJoined(k + 3), token(k + 3).mark == 0x2D, isJoined(k + 4),
      token(k + 4).isNumber
    {
      return k + 5
    }
    // "1." and "2)" at a line's start number a list.
    if t.shape.contains(.lineStart), next.mark == 0x2E || next.mark == 0x29, isOpen(k + 2), token(k + 2).spaceBefore { return k + 2 }
    return nil
  }

  /// A percent sign or a scale follows, so that a month before does not claim the number ("in May 12% of").
  private func isMoneyLike(_ k: Int) -> Bool { isMark(k, 0x25) || numeral(k).kind == .scale || isWord(k, lexis.word.percent) }

  /// "am", "p.m." after an hour that nobody has read as a time.
  private func isClock(_ k: Int) -> Bool {
    guard isOpen(k), token(k).isWord else { return false }
    let w = token(k).word
    if w == lexis.word.am || w == lexis.word.pm { return true }
    return (w == lexis.word.a || w == lexis.word.p) && isMark(k + 1, 0x2E) && isWord(k + 2, lexis.word.m)
  }

  /// A currency's code or letters that may be joined to a number ("USD115", "Rs20", "$US5", "Y=5").
  private func isMoneyWord(_ k: Int) -> Bool {
    let t = token(k)
    guard t.isWord, t.isCapitalized else { return false }
    if lexis.currencies.codes[t.word] > 0, t.shape.contains(.allCaps) {
      return k == range.lowerBound || t.spaceBefore || token(k - 1).isMark
    }
    if t.word == lexis.word.us { return k > range.lowerBound && token(k - 1).mark == 0x24 }
    return lexis.currencies.before.begins(t.word)
      || (isMark(k + 1, 0x3D) && lexis.currencies.before.match(view.tokens, at: k + 1, step: -1, isOpen: isOpen) != nil)
  }

  /// The number after a label: "section 4", "No. 7".
  private func isLabelled(_ first: Int) -> Bool {
    var k = first - 1
    guard k >= range.lowerBound else { return false }
    if token(k).mark == 0x2E, !token(k).spaceBefore, k > range.lowerBound { k -= 1 }
    return lexis.roles[token(k).word].contains(.label)
  }

  /// An ordinal inside a name ("First Bank", "the Second World War").
  private func isNamePart(_ amount: Amount) -> Bool {
    let k = amount.tokens.lowerBound
    guard token(k).isWord, token(k).isCapitalized, !token(k).shape.contains(.allCaps) else { return false }
    let next = amount.tokens.upperBound
    let isNameAfter = isOpen(next) && token(next).isWord && token(next).isCapitalized
    return isNameAfter || !isSentenceStart(k)
  }

  private func isSentenceStart(_ k: Int) -> Bool {
    if k == range.lowerBound || token(k).shape.contains(.paragraphStart) { return true }
    let before = token(k - 1)
    return before.isMark && [0x2E, 0x21, 0x3F, 0x3A, 0x22, 0x28, 0x2D, 0xE2].contains(before.mark)
  }

  /// Whether an unmodified number without a measure, or one that counts something, is meant as a quantity.
  private func stands(_ amount: Amount) -> Bool {
    let first = amount.tokens.lowerBound
    let read = amount.read
    let isCount = amount.measure == .count
    if !read.isDigits { return standsInWords(amount) }
    let isHeavy = read.isGrouped || amount.scale > 1 || amount.number < 0 || read.isFraction
    if isHeavy { return true }
    let end = read.tokens.upperBound
    // "3D", "49ers", "777F".
    if isJoined(end), token(end).isWord, amount.tokens.upperBound == end { return false }
    if !isCount, isJoined(end), isMark(end, 0x2F) || isMark(end, 0x2D), isJoined(end + 1) { return false }
    if isLabelled(first) { return false }
    if isYear(amount), range.count > 3 {
      if isCount { return Int(amount.number) % 100 == 0 && Int(amount.number) % 1000 == 0 && !followsYearWord(first) }
      if !isEquated(first) { return false }
    }
    guard first > range.lowerBound else { return true }
    let before = token(first - 1)
    // "401(k)".
    if !isCount, isMark(end, 0x28), isJoined(end), isJoined(end + 1) { return false }
    // "(4)" is a reference or a shirt.
    if before.mark == 0x28, !isCount, isMark(end, 0x29), read.digits <= 2 { return false }
    if before.isWord, before.isCapitalized || before.shape.contains(.innerCap), token(first).spaceBefore, !isKnownWord(first - 1) {
      if !isSentenceStart(first - 1) { return false }
      return isCount && !read.isDecimal
    }
    return true
  }

  /// "Model 777F": a letter joined to digits after a name is no unit.
  private func isModelName(_ amount: Amount) -> Bool {
    let end = amount.read.tokens.upperBound
    let first = amount.tokens.lowerBound
    guard amount.read.isDigits, amount.tokens.upperBound == end + 1, isJoined(end), token(end).end - token(end).start == 1,
      token(end).shape.contains(.allCaps),
      first > range.lowerBound
    else { return false }
    let before = token(first - 1)
    return before.isWord && (before.isCapitalized || before.shape.contains(.innerCap)) && !isKnownWord(first - 1)
  }

  private func isKnownWord(_ k: Int) -> Bool {
    let role = lexis.roles[token(k).word]
    return role.contains(.function) || role.contains(.preposition) || role.contains(.article) || role.contains(.and)
      || role.contains(.risen)
      || role.contains(.fallen) || role.contains(.relative) || role.contains(.opens) || role.contains(.imperative)
  }

  private func isYear(_ amount: Amount) -> Bool {
    amount.read.digits == 4 && !amount.read.isDecimal && !amount.read.isGrouped && amount.number >= 1500 && amount.number < 2100
  }

  private func followsYearWord(_ k: Int) -> Bool { isOpen(k - 1) && lexis.roles[token(k - 1).word].contains(.pointer) }

  /// "is 2000", "= 1950": the number is stated as one.
  private func isEquated(_ first: Int) -> Bool {
    guard first > range.lowerBound else { return false }
    return token(first - 1).mark == 0x3D || lexis.roles[token(first - 1).word].contains(.copula)
  }

  private func standsInWords(_ amount: Amount) -> Bool {
    let first = amount.tokens.lowerBound
    let end = amount.tokens.upperBound
    let isWhole = amount.tokens == range || (range.count == amount.tokens.count + 1 && isMark(range.upperBound - 1, 0x2E))
    if isWhole { return true }
    if amount.measure == .bare, isLabelled(first) { return false }
    let read = amount.read
    let head = token(first)
    // "Formula One", "the Big Three", "Seven Sisters Road".
    if head.isWord, head.isCapitalized, !head.shape.contains(.allCaps) {
      if !isSentenceStart(first) { return false }
      if end == first + 1, isOpen(end), token(end).isWord, token(end).isCapitalized { return false }
    }
    if read.isFraction, head.word == lexis.word.half, read.tokens.count == 1 {
      // "the second half of" is a part of a whole, not a number.
      let before = first > range.lowerBound ? lexis.roles[token(first - 1).word] : []
      return !before.contains(.pointer) && !before.contains(.opens) && (isWord(end, lexis.word.of) || isWord(end, lexis.word.the))
    }
    // "the top three" ranks.
    if amount.measure == .bare, !amount.isPartitive, first > range.lowerBound, lexis.roles[token(first - 1).word].contains(.rank) {
      return false
    }
    guard read.value == 1, read.tokens.count == 1, head.word == lexis.word.one else { return true }
    // "one" is a pronoun after a determiner, and wherever it counts nothing.
    if first > range.lowerBound, lexis.roles[token(first - 1).word].contains(.pointer) { return false }
    // Nor is "one manager" meant as a count.
    return amount.isPartitive || (amount.measure == .bare && isEquated(first))
  }

  // MARK: Comparisons

  /// A bare number that words make a bound: "more than 30", "200 or greater", "above 10 and below 20".
  private func comparison(_ amount: Amount, _ modifier: Modifier?, _ span: Range<Int>) -> (Mention?, Int)? {
    let core = amount.tokens
    guard !isLabelled(core.lowerBound) else { return nil }
    if let modifier, modifier.bound != .none {
      if isMark(span.lowerBound - 1, 0x3D), isJoined(span.lowerBound) { return (nil, core.upperBound) }  // "=>" is an arrow
      if let both = otherBound(amount, modifier, span) { return both }
      var bound = modifier
      if modifier.bound == .equal, let (after, next) = self.modifier(after: core.upperBound), after.bound != .none {
        return (bare(core, span.lowerBound..<next, Interval(amount.number, after), number: amount.number, change: after.change), next)
      }
      var end = core.upperBound
      // "less than 5000 or equal".
      if isWord(end, lexis.word.or), isWord(end + 1, lexis.word.equal) {
        bound.bound = .closed
        end += isWord(end + 2, lexis.word.to) && !(isOpen(end + 3) && token(end + 3).isNumber) ? 3 : 2
      }
      return (bare(core, span.lowerBound..<end, Interval(amount.number, bound), number: amount.number, change: bound.change), end)
    }
    if modifier == nil, let (after, next) = self.modifier(after: core.upperBound), after.bound != .none {
      return (bare(core, span.lowerBound..<next, Interval(amount.number, after), number: amount.number, change: after.change), next)
    }
    return nil
  }

  /// "more than 10 and less than 20", either bound first.
  private func otherBound(_ amount: Amount, _ modifier: Modifier, _ span: Range<Int>) -> (Mention?, Int)? {
    let k = amount.tokens.upperBound
    guard modifier.bound != .equal, role(k).contains(.and) || isWord(k, lexis.word.but),
      let ahead = lexis.modifiersAhead.match(view.tokens, at: k + 1, isOpen: isOpen), ahead.value.bound != .none,
      ahead.value.bound != .equal,
      ahead.value.change != modifier.change, let other = self.amount(opening: k + 1 + ahead.count),
      other.measure == .bare || other.measure == .count
    else { return nil }
    let isRising = modifier.change == .above
    let (lower, upper) = isRising ? (amount.number, other.number) : (other.number, amount.number)
    let (from, to) = isRising ? (modifier.bound, ahead.value.bound) : (ahead.value.bound, modifier.bound)
    guard lower < upper else { return nil }
    let end = other.read.tokens.upperBound
    let interval = Interval(lower: lower, upper: upper, lowerClosed: from == .closed, upperClosed: to == .closed)
    return (bare(amount.tokens.lowerBound..<end, span.lowerBound..<end, interval, number: lower, upper: upper, change: .exact), end)
  }

  /// "(20,35]", "[200,)".
  struct Interval {
    var text: String

    init(lower: Double?, upper: Double?, lowerClosed: Bool, upperClosed: Bool) {
      text =
        (lowerClosed ? "[" : "(") + (lower.map(decimalString) ?? "") + "," + (upper.map(decimalString) ?? "") + (upperClosed ? "]" : ")")
    }

    init(_ number: Double, _ modifier: Modifier) {
      switch (modifier.change, modifier.bound) {
      case (_, .equal): self.init(lower: number, upper: number, lowerClosed: true, upperClosed: true)
      case (.below, let bound): self.init(lower: nil, upper: number, lowerClosed: false, upperClosed: bound == .closed)
      case (_, let bound): self.init(lower: number, upper: nil, lowerClosed: bound == .closed, upperClosed: false)
      }
    }
  }

  private func bare(
    _ core: Range<Int>, _ span: Range<Int>, _ interval: Interval, number: Double, upper: Double? = nil, change: QuantityValue.Change
  ) -> Mention {
    let value = QuantityValue(kind: .numberrange, value: interval.text, number: number, upper: upper, change: change)
    return Mention(span: byteSpan(span), core: byteSpan(core), tokens: span, value: .quantity(value))
  }

  // MARK: Mentions

  private func byteSpan(_ tokens: Range<Int>) -> ByteSpan {
    ByteSpan(Int(token(tokens.lowerBound).start), Int(token(max(tokens.lowerBound, tokens.upperBound - 1)).end))
  }

  private func mention(_ range: AmountRange) -> Mention? {
    let core = range.tokens
    var span = core
    if isWord(core.lowerBound - 1, lexis.word.from) || isWord(core.lowerBound - 1, lexis.word.between) {
      span = core.lowerBound - 1..<core.upperBound
    }
    var change = QuantityValue.Change.exact
    if let (modifier, at) = modifier(before: span.lowerBound) {
      change = modifier.change
      span = at..<span.upperBound
    }
    if span.lowerBound == core.lowerBound || isWord(span.lowerBound, lexis.word.between) {
      change = direction(before: span.lowerBound) ?? change
    }
    var amount = range.lower
    amount.tokens = core
    amount.upper = range.upper.number
    guard amount.measure != .bare else {
      if isLabelled(core.lowerBound) { return nil }
      let interval = Interval(lower: amount.number, upper: amount.upper, lowerClosed: true, upperClosed: false)
      return bare(core, span, interval, number: amount.number, upper: amount.upper, change: change)
    }
    return build(amount, kind(amount), span: span, change: change)
  }

  private func build(
    _ amount: Amount, _ kind: QuantityValue.Kind, span: Range<Int>? = nil, change: QuantityValue.Change = .exact
  ) -> Mention {
    var text = decimalString(amount.number)
    if let upper = amount.upper { text += "/" + decimalString(upper) }
    var kind = kind
    var unit = unitName(amount)
    var currency: String?
    switch amount.measure {
    case .money:
      let money = lexis.currencies.currencies[Int(amount.currency)]
      text += " " + money.valueName
      currency = money.code.isEmpty ? nil : money.code
    case .unit, .count:
      var inside = amount
      if amount.isRateOutside { (inside.per, inside.perNoun) = (nil, nil) }
      if let head = unitName(inside, isFull: false) { text += " " + head }
    case .bare where amount.isParameters:
      kind = amount.upper == nil ? .quantity : .quantityrange
      text += " parameter"
      unit = "parameter"
    default: break
    }
    let value = QuantityValue(
      kind: kind, value: text, number: amount.number, upper: amount.upper, unit: unit, currency: currency, change: change)
    let span = span ?? amount.tokens
    return Mention(span: byteSpan(span), core: byteSpan(amount.tokens), tokens: span, value: .quantity(value))
  }

  /// "position", "dollar per barrel", "kilometer per hour".
  private func unitName(_ amount: Amount, isFull: Bool = true) -> String? {
    var name: String
    let phrase = NounPhrase(view: view, roles: lexis.roles)
    if amount.measure == .money {
      name = lexis.currencies.currencies[Int(amount.currency)].name
    } else if let unit = amount.unit {
      name = lexis.units.name(unit)
    } else if let noun = amount.noun {
      name = isFull ? amount.phraseStart.map { phrase.name(from: $0, head: noun) } ?? phrase.singular(noun) : phrase.singular(noun)
    } else {
      return nil
    }
    if let per = amount.per {
      name += " per " + lexis.units.name(per)
    } else if let noun = amount.perNoun {
      name += " per " + phrase.singular(noun)
    }
    return name
  }

  // MARK: Relative ordinals

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
