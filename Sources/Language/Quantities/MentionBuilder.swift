import Documents

extension QuantityReader {
  /// The mention whose number begins at `start`, and the token after it. A nil mention with a token says what to pass over (scores, ids); nil says nothing
  /// is here.
  func mention(at start: Int) -> (Mention?, Int)? {
    if token(start).isNumber, let found = numberedPlace(at: start) { return found }
    if token(start).isNumber, let next = identifier(at: start) { return (nil, next) }
    if token(start).isWord, isInsideCompound(start) { return (nil, start + 1) }
    if token(start).word == lexis.word.one, let found = oneBeforeLast(at: start) { return found }
    guard var amount = amount(at: start) else { return nil }
    if let range = range(from: amount) { return (mention(range), range.tokens.upperBound) }
    let shared = borrowed(amount)
    if let shared { amount = shared }
    if amount.measure == .ordinal, let found = fromEnd(amount) { return found }
    if amount.measure == .ordinal { return isNamePart(amount) ? nil : (build(amount, .ordinal), amount.tokens.upperBound) }
    let core = amount.tokens
    var span = core
    var modifier: Modifier?
    if let (found, at) = self.modifier(before: core.lowerBound) {
      modifier = found
      span = at..<core.upperBound
    }
    // "three plus two equals five" says what five is, and bounds nothing.
    if modifier?.bound == .equal, span.lowerBound > range.lowerBound, amount.measure == .bare,
      token(span.lowerBound - 1).isNumber || lexis.numerals[token(span.lowerBound - 1).word].kind != .none
    {
      (modifier, span) = (nil, core)
      return (build(amount, .number), core.upperBound)
    }
    if amount.measure == .bare, let combined = comparison(amount, modifier, span) { return combined }
    if let (found, next) = self.modifier(after: core.upperBound), modifier == nil || modifier?.bound == Modifier.Bound.none {
      modifier = found
      span = span.lowerBound..<next
    }
    if amount.measure == .bare || amount.measure == .count, modifier == nil, shared == nil, !stands(amount) { return skip(amount) }
    if amount.measure == .unit, isModelName(amount) || isOneTime(amount) { return skip(amount) }
    if modifier != nil, amount.measure == .bare, isLabelled(core.lowerBound) { return skip(amount) }
    let change = direction(before: span.lowerBound) ?? modifier?.change ?? (amount.isAtLeast ? .above : .exact)
    return (build(amount, kind(amount), span: span, change: change), max(span.upperBound, amount.readTo))
  }

  /// "22,24,26,31": numbers of a list without spaces, which group no thousands.
  func list(at k: Int) -> [Mention]? {
    guard digitNumber(k) == nil else { return nil }
    let range = token(k).span.range
    var found: [Mention] = []
    var start = range.lowerBound
    for at in range.lowerBound...range.upperBound where at == range.upperBound || view.bytes[at] == 0x2C {
      guard at > start, at - start <= 4, let number = DigitNumber(view.bytes, start..<at), !number.isDecimal, number.digits == at - start
      else {
        return nil
      }
      let value = QuantityValue(
        kind: .number, value: decimalString(number.value), number: number.value, upper: nil, unit: nil, currency: nil, change: .exact)
      let span = ByteSpan(start, at)
      found.append(Mention(span: span, core: span, tokens: k..<k + 1, value: .quantity(value)))
      start = at + 1
    }
    return found.count > 2 ? found : nil
  }

  /// "one-time bonuses" count nothing.
  func isOneTime(_ amount: Amount) -> Bool {
    token(amount.tokens.lowerBound).word == lexis.word.one && amount.unit.map { lexis.units.name($0) == "time" } ?? false
  }

  func skip(_ amount: Amount) -> (Mention?, Int)? {
    amount.read.isOrdinal ? nil : (nil, max(amount.read.tokens.upperBound, amount.tokens.lowerBound + 1))
  }

  func kind(_ amount: Amount) -> QuantityValue.Kind {
    switch amount.measure {
    case .bare: return .number
    case .percent: return .percentage
    case .money: return amount.upper == nil ? .money : .moneyrange
    case .unit, .count: return amount.upper == nil ? .quantity : .quantityrange
    case .ordinal: return .ordinal
    }
  }

  func byteSpan(_ tokens: Range<Int>) -> ByteSpan {
    ByteSpan(Int(token(tokens.lowerBound).start), Int(token(max(tokens.lowerBound, tokens.upperBound - 1)).end))
  }

  func mention(_ range: AmountRange) -> Mention? {
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
      if isLabelled(core.lowerBound) || followsName(core.lowerBound) { return nil }
      let interval = Interval(lower: amount.number, upper: amount.upper, lowerClosed: true, upperClosed: false)
      return bare(core, span, interval, number: amount.number, upper: amount.upper, change: change)
    }
    return build(amount, kind(amount), span: span, change: change)
  }

  func build(
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
  func unitName(_ amount: Amount, isFull: Bool = true) -> String? {
    var name: String
    let phrase = NounPhrase(view: view, roles: lexis.roles)
    if amount.measure == .money {
      name = lexis.currencies.currencies[Int(amount.currency)].name
    } else if let unit = amount.unit {
      name = lexis.units.name(unit)
    } else if let noun = amount.noun {
      let start = amount.phraseStart ?? noun
      name = isFull ? phrase.name(from: start, head: noun) : phrase.singular(noun, from: start)
    } else {
      return nil
    }
    if let per = amount.per {
      name += " per " + lexis.units.name(per)
    } else if let noun = amount.perNoun {
      name += " per " + phrase.singular(noun, from: noun)
    }
    return name
  }
}
