import Documents

/// Finds numbers, ranges, percentages, money and counts.
///
/// One pass over the tokens: only a digit or a word that can open a number starts any work, and each start reads a bounded number of tokens.
struct QuantityTagger: Sendable {
  static let vocabulary: [String] = QuantityLexis.vocabulary

  private let lexis: QuantityLexis

  init(lexicon: Lexicon) { lexis = QuantityLexis(lexicon) }

  /// The quantities, and the times that are no part of a larger amount: "188 miles an hour" and "between 10 and 20 dollars" name no hours,
  /// "$9 a month" no month.
  ///
  /// A paragraph is read as if it held no times; only where one of its times stands by itself is it read again around it.
  func tag(_ view: TextView, sentences: [Sentence], times: [Mention]) -> (times: [Mention], quantities: [Mention]) {
    var taken = [Bool](repeating: false, count: view.tokens.count)
    var kept: [Mention] = []
    var quantities: [Mention] = []
    var next = 0
    for part in parts(view, sentences) {
      let first = next
      while next < times.count, times[next].tokens.lowerBound < part.upperBound { next += 1 }
      var readings = read(view, part, taken)
      let own = independent(times[first..<next], of: readings, view)
      if !own.isEmpty {
        for time in own { for token in time.tokens { taken[token] = true } }
        kept += own
        readings = read(view, part, taken)
      }
      for reading in readings { quantities.append(reading.mention) }
    }
    return (kept + times[next...], quantities)
  }

  private func independent(_ times: ArraySlice<Mention>, of amounts: [Reading], _ view: TextView) -> [Mention] {
    var next = 0
    return times.filter { time in
      while next < amounts.count, amounts[next].end <= time.tokens.lowerBound { next += 1 }
      return next == amounts.count || !absorbs(amounts[next], time, view)
    }
  }

  /// A mention and the token up to which the text was read for it, which may lie beyond it.
  private struct Reading {
    var mention: Mention
    var end: Int
  }

  private func absorbs(_ amount: Reading, _ time: Mention, _ view: TextView) -> Bool {
    let mention = amount.mention
    // "the current one", "the current page" is a place in a row; "its current chairman" is of the present.
    if case .quantity(let value) = mention.value, value.kind == .ordinal, value.value == "current+0",
      mention.tokens.lowerBound == time.tokens.lowerBound
    {
      let noun = mention.tokens.lowerBound + 1
      return mention.tokens.count > 1 || noun < view.tokens.count && lexis.roles[view.tokens[noun].word].contains(.label)
    }
    guard mention.tokens.lowerBound <= time.tokens.lowerBound, time.tokens.upperBound <= amount.end,
      case .quantity(let value) = mention.value,
      value.kind != .ordinal
    else { return false }
    if isSpelledClock(time, value, view) { return false }
    // "between 10 and 20" without an hour's sign: a day has twelve hours twice.
    if value.kind == .numberrange, case .time(let clock) = time.value, clock.kind == .timerange, (value.upper ?? 0) > 12 { return true }
    let isRate = value.unit?.contains(" per ") ?? false
    if time.span.start >= mention.core.end { return isRate }
    // The time must hold the amount's own number or what it is divided by: "four afternoon classes" are still in the afternoon.
    guard mention.core.contains(time.core), mention.core != time.core,
      isRate || time.core.start == mention.core.start || value.upper != nil || (value.kind == .number && isQuarters(time))
    else { return false }
    // "3 to 5 years" is a duration however it is read; "5 years old" is an age.
    let last = view.tokens[mention.tokens.upperBound - 1].word
    return value.unit.map { !lexis.units.isTime($0) } ?? true || last == lexis.word.old || last == lexis.word.age
  }

  /// "three thirty to four thirty", "0730-0930": as numbers these would be three hundred and thirty, or begin with a zero.
  private func isSpelledClock(_ time: Mention, _ value: QuantityValue, _ view: TextView) -> Bool {
    guard value.kind == .numberrange, value.number >= 100,
      let first = time.tokens.first(where: { view.tokens[$0].span.start >= time.core.start })
    else { return false }
    let token = view.tokens[first]
    return token.isWord ? lexis.numerals[token.word].kind == .ones : view.bytes[Int(token.start)] == 0x30
  }

  /// "Three quarters" is a duration until it turns out to be a fraction ("one and three quarters million").
  private func isQuarters(_ time: Mention) -> Bool {
    if case .time(let value) = time.value { value.kind == .duration } else { false }
  }

  /// The tokens of each block's sentences together, for a full stop after "Rs." or "No." may have been taken for an end.
  private func parts(_ view: TextView, _ sentences: [Sentence]) -> [Range<Int>] {
    guard !sentences.isEmpty else { return [0..<view.tokens.count] }
    var parts: [Range<Int>] = []
    var block = -1
    for sentence in sentences {
      if sentence.block == block, let last = parts.last {
        parts[parts.count - 1] = last.lowerBound..<max(last.upperBound, sentence.tokens.upperBound)
      } else {
        parts.append(sentence.tokens)
        block = sentence.block
      }
    }
    return parts
  }

  private func read(_ view: TextView, _ range: Range<Int>, _ taken: [Bool]) -> [Reading] {
    var found: [Reading] = []
    var reader = QuantityReader(view: view, lexis: lexis, taken: taken, range: range, floor: range.lowerBound)
    var k = range.lowerBound
    while k < range.upperBound {
      let token = view.tokens[k]
      if token.isNumber {
        if !taken[k], let list = reader.list(at: k) {
          for mention in list { found.append(Reading(mention: mention, end: k + 1)) }
          reader.floor = k + 1
          k += 1
          continue
        }
        if !taken[k], let (mention, next) = reader.mention(at: k) {
          if let mention { found.append(Reading(mention: mention, end: next)) }
          reader.floor = next
          k = next
          continue
        }
      } else if token.isWord || token.shape.contains(.nonASCII) {
        let role = lexis.roles[token.word]
        if role.contains(.opens) || role.contains(.relative), !taken[k] {
          if role.contains(.relative), let (mention, next) = reader.relativeOrdinal(at: k) {
            found.append(Reading(mention: mention, end: next))
            reader.floor = next
            k = next
            continue
          }
          if role.contains(.opens), let (mention, next) = reader.mention(at: k) {
            if let mention { found.append(Reading(mention: mention, end: next)) }
            reader.floor = next
            k = next
            continue
          }
        }
      }
      k += 1
    }
    return found
  }
}
