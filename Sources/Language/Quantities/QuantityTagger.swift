import Documents

/// Finds numbers, ranges, percentages, money and counts.
///
/// One pass over the tokens: only a digit or a word that can open a number starts any work, and each start reads a bounded number of tokens.
struct QuantityTagger: Sendable {
  static let vocabulary: [String] = QuantityLexis.vocabulary

  private let lexis: QuantityLexis

  init(lexicon: Lexicon) { lexis = QuantityLexis(lexicon) }

  /// - Parameter taken: per token, true where an earlier tagger's mention already stands.
  func tag(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Mention] {
    readings(view, sentences: sentences, taken: taken).map(\.mention)
  }

  /// The times that are no part of a larger amount: "188 miles an hour" and "between 10 and 20 dollars" name no hours, "$9 a month" no month.
  func independent(_ times: [Mention], _ view: TextView, sentences: [Sentence]) -> [Mention] {
    guard !times.isEmpty else { return times }
    let amounts = readings(view, sentences: sentences, taken: [Bool](repeating: false, count: view.tokens.count))
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
    guard mention.tokens.lowerBound <= time.tokens.lowerBound, time.tokens.upperBound <= amount.end,
      case .quantity(let value) = mention.value,
      value.kind != .ordinal
    else { return false }
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

  /// "Three quarters" is a duration until it turns out to be a fraction ("one and three quarters million").
  private func isQuarters(_ time: Mention) -> Bool {
    if case .time(let value) = time.value { value.kind == .duration } else { false }
  }

  private func readings(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Reading] {
    var found: [Reading] = []
    // Sentences of one block are read together, for a full stop after "Rs." or "No." may have been taken for an end.
    var s = 0
    while s < sentences.count {
      let block = sentences[s].block
      var end = sentences[s].tokens.upperBound
      let start = sentences[s].tokens.lowerBound
      while s + 1 < sentences.count, sentences[s + 1].block == block {
        s += 1
        end = max(end, sentences[s].tokens.upperBound)
      }
      read(view, start..<end, taken, into: &found)
      s += 1
    }
    if sentences.isEmpty { read(view, 0..<view.tokens.count, taken, into: &found) }
    return found
  }

  private func read(_ view: TextView, _ range: Range<Int>, _ taken: [Bool], into found: inout [Reading]) {
    var reader = QuantityReader(view: view, lexis: lexis, taken: taken, range: range, floor: range.lowerBound)
    var k = range.lowerBound
    while k < range.upperBound {
      let token = view.tokens[k]
      if token.isNumber {
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
  }
}
