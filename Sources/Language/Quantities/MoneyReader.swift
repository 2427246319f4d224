import Documents

/// Currencies before and after a number, coins, and what a price is for.
extension QuantityReader {
  /// A currency's sign, code or abbreviation directly before token `first`.
  func currencyBefore(_ first: Int) -> (UInt16, Int)? {
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
  func isCurrencyPrefix(_ at: Int, _ k: Int, _ first: Int) -> Bool {
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

  func isSentenceStartWord(_ k: Int) -> Bool {
    k == range.lowerBound || token(k).shape.contains(.paragraphStart) || (token(k - 1).isMark && token(k - 1).mark != 0x2C)
  }

  /// Scale, repeated currency and loose cents after an amount with its sign before.
  func finishMoney(_ amount: inout Amount) {
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
  func american(_ k: Int) -> Int? {
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
  func code(at k: Int) -> UInt16? {
    guard isOpen(k) else { return nil }
    let t = token(k)
    let code = lexis.currencies.codes[t.word]
    guard code > 0, t.shape.contains(.allCaps) || (!t.isCapitalized && !lexis.currencies.isWordlike[t.word]) else { return nil }
    return code - 1
  }

  /// "43 cents", "and 43 cents", and a bare "43" at the end of a phrase.
  func addParts(_ amount: inout Amount, named: Bool) {
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
      !isWord(after, lexis.word.p) || (isJoined(after) && k == end && lexis.currencies.currencies[Int(amount.currency)].code == "GBP")
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
  func currencyAfter(_ amount: inout Amount) -> Bool {
    var end = amount.tokens.upperBound
    if isDash(end), isJoined(end), isJoined(end + 1) { end += 1 }
    guard isOpen(end) else { return false }
    let t = token(end)
    let isHyphenated = end > amount.tokens.upperBound
    if t.word == lexis.word.pound || t.word == lexis.word.pounds,
      (lexis.currencies.after.match(view.tokens, at: end, isOpen: isOpen)?.count ?? 0) < 2
    {
      // Weight, unless it is too much for weight or pence follow.
      guard amount.scale >= 1e6 || countsPence(end + 1), let gbp = lexis.currencies.currencies.firstIndex(where: { $0.code == "GBP" })
      else { return false }
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

  /// "5 pounds (and) 20 pence".
  func countsPence(_ k: Int) -> Bool {
    let at = role(k).contains(.and) ? k + 1 : k
    guard isOpen(at), let pence = token(at).isNumber ? digits(at: at) : spelled(at: at), pence.value < 100 else { return false }
    let end = pence.tokens.upperBound
    return isWord(end, lexis.word.pence) || isWord(end, lexis.word.penny) || (isWord(end, lexis.word.p) && isJoined(end))
  }

  /// "10 grand" at a phrase's end: slang for thousands of dollars.
  func isGrand(_ k: Int) -> Bool {
    guard token(k).word == lexis.word.grand else { return false }
    return !isOpen(k + 1) || !token(k + 1).isWord || role(k + 1).contains(.function) || role(k + 1).contains(.preposition)
  }

  /// Weeds out words that are currencies only in the right company.
  func acceptsCurrency(_ k: Int, _ count: Int, _ amount: Amount) -> Bool {
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
    // "2 dm" are decimeters, "2 DM" marks.
    if t.word == lexis.word.dm { return t.shape.contains(.allCaps) || amount.scale >= 1e6 }
    if t.word == lexis.word.mark || t.word == lexis.word.marks { return amount.scale >= 1e6 }
    return true
  }
}
