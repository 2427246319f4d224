import Documents

/// Bounds on bare numbers: "more than 30", "200 or greater", "above 10 and below 20".
extension QuantityReader {
  /// A bare number that words make a bound: "more than 30", "200 or greater", "above 10 and below 20".
  func comparison(_ amount: Amount, _ modifier: Modifier?, _ span: Range<Int>) -> (Mention?, Int)? {
    let core = amount.tokens
    guard !isLabelled(core.lowerBound) else { return nil }
    if let modifier, modifier.bound != .none {
      if isMark(span.lowerBound - 1, 0x3D), isJoined(span.lowerBound) { return (nil, core.upperBound) }  // "=>" is an arrow
      if isMark(span.lowerBound - 1, 0x3C), isMark(span.lowerBound, 0x3E) { return nil }  // "<>" is "not"
      if let both = otherBound(amount, modifier, span) { return both }
      var bound = modifier
      if modifier.bound == .equal, let (after, next) = self.modifier(after: core.upperBound), after.bound != .none {
        return (bare(core, span.lowerBound..<next, Interval(amount.number, after), number: amount.number, change: after.change), next)
      }
      var end = core.upperBound
      // "less than 5000 or equal".
      let hasOther = isWord(end + 2, lexis.word.to) && isOpen(end + 3) && token(end + 3).isNumber
      if isWord(end, lexis.word.or), isWord(end + 1, lexis.word.equal), !hasOther || digits(at: end + 3)?.value == amount.number {
        bound.bound = .closed
        end += isWord(end + 2, lexis.word.to) && !(isOpen(end + 3) && token(end + 3).isNumber) ? 3 : 2
      }
      return (bare(core, span.lowerBound..<end, Interval(amount.number, bound), number: amount.number, change: bound.change), end)
    }
    if modifier == nil || modifier?.bound == Modifier.Bound.none, let (after, next) = self.modifier(after: core.upperBound),
      after.bound != .none
    {
      return (bare(core, core.lowerBound..<next, Interval(amount.number, after), number: amount.number, change: after.change), next)
    }
    return nil
  }

  /// "more than 10 and less than 20", either bound first.
  func otherBound(_ amount: Amount, _ modifier: Modifier, _ span: Range<Int>) -> (Mention?, Int)? {
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

  func bare(
    _ core: Range<Int>, _ span: Range<Int>, _ interval: Interval, number: Double, upper: Double? = nil, change: QuantityValue.Change
  ) -> Mention {
    let value = QuantityValue(kind: .numberrange, value: interval.text, number: number, upper: upper, change: change)
    return Mention(span: byteSpan(span), core: byteSpan(core), tokens: span, value: .quantity(value))
  }
}
