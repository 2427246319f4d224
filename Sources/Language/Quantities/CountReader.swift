import Documents

/// Abbreviated scales, and what a number counts.
extension QuantityReader {
  /// "k", "m", "bn", "B" and the like after digits: factor and the token after.
  func suffix(_ k: Int, _ amount: Amount, isMoney: Bool) -> (Double, Int)? {
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
      accepted =
        isUpper
        ? joined || isMoney || amount.read.isDecimal || isLast(k) : isMoney || (joined && (isCurrency(k + 1) || countsPeople(k + 1)))
    case .money: accepted = isMoney || (isUpper && joined && view.bytes[Int(token(k).end) - 1] & 0x20 == 0)
    case .upperOrDecimal:
      accepted = isMoney || (isUpper && (joined || !isLast(k))) || (amount.read.isDecimal && (joined || isLast(k)))
    case .upperJoined:
      accepted = isMoney || (isUpper && (joined || isLast(k)) && (amount.read.isDecimal || amount.number >= 10 || factor > 1e9))
    }
    return accepted ? (factor, k + 1) : nil
  }

  /// Whether no word follows token `k`.
  private func isLast(_ k: Int) -> Bool { !isOpen(k + 1) || !token(k + 1).isWord }

  func isCurrency(_ k: Int) -> Bool {
    guard isOpen(k) else { return false }
    return lexis.currencies.after.match(view.tokens, at: k, isOpen: isOpen) != nil || code(at: k) != nil
  }

  /// A plural noun directly after: "1.5m people", "2m units"; else "m" is metres.
  func countsPeople(_ k: Int) -> Bool {
    guard isOpen(k), token(k).isWord else { return false }
    return NounPhrase(view: view, roles: lexis.roles).head(from: k, isOne: false, isOpen: isOpen) != nil
  }

  /// Whether "7B" (ending before token `k`) gives a model's size: "7B, 13B and 70B models", "Sizes: 7B, 13B", "(1B, 3B) models".
  func isModelSize(_ k: Int) -> Bool {
    // The list's heading.
    var before = k - 3
    while before > k - 20, before >= range.lowerBound {
      let t = token(before)
      if lexis.roles[t.word].contains(.model) { return t.isWord }
      guard t.isNumber || t.isMark && t.mark != 0x2E || t.word == lexis.word.b || t.word == lexis.word.and else { break }
      before -= 1
    }
    var at = k
    while at < k + 12, isOpen(at) {
      let t = token(at)
      if role(at).contains(.model) { return true }
      let isList =
        t.isNumber || t.word == lexis.word.b || role(at).contains(.and) || t.word == lexis.word.or || t.mark == 0x2C || t.mark == 0x2D
        || t.mark == 0x2F || t.mark == 0x28 || t.mark == 0x29
      guard isList else { return false }
      at += 1
    }
    return false
  }

  /// What is counted: "600 positions", "12,000 new jobs", "six-cylinder", "two of the companies".
  func counted(_ amount: inout Amount) -> Bool {
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
      if amount.upper != nil, let found = lexis.currencies.after.match(view.tokens, at: end + 1, isOpen: isOpen) {
        amount.measure = .money
        amount.currency = found.value
        amount.tokens = amount.tokens.lowerBound..<end + 1 + found.count
        return true
      }
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
      // "one of the three", "two of 40".
      if k > end + 1 || isOne, isOpen(k), token(k).isNumber || numeral(k).kind != .none {
        amount.isPartitive = true
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
    guard token(end).isWord, token(end).spaceBefore || amount.scale > 1, numeral(end).kind != .parts else { return false }
    guard let noun = phrase.head(from: end, isOne: isOne, isOpen: isOpen) ?? (isOne ? nil : attribute(after: amount)) else { return false }
    amount.measure = .count
    amount.noun = noun
    amount.phraseStart = end
    amount.tokens = amount.tokens.lowerBound..<noun + 1
    if isWord(noun + 1, lexis.word.per) { divided(&amount) }
    return true
  }

  /// The singular that describes another noun with its number: "a three course meal", "a 15 member board".
  func attribute(after amount: Amount) -> Int? {
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
  func isHyphen(_ k: Int, _ amount: Amount) -> Bool {
    guard isMark(k, 0x2D), isOpen(k + 1) else { return false }
    if isJoined(k) { return isJoined(k + 1) }
    return !amount.read.isDigits && token(k + 1).spaceBefore && !token(k + 1).isCapitalized
  }
}
