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
    var mentions: [Mention] = []
    var start = 0
    // Sentences of one block are read together, for a full stop after "Rs." or "No." may have been taken for an end.
    var s = 0
    while s < sentences.count {
      let block = sentences[s].block
      var end = sentences[s].tokens.upperBound
      start = sentences[s].tokens.lowerBound
      while s + 1 < sentences.count, sentences[s + 1].block == block {
        s += 1
        end = max(end, sentences[s].tokens.upperBound)
      }
      tag(view, start..<end, taken, into: &mentions)
      s += 1
    }
    if sentences.isEmpty { tag(view, 0..<view.tokens.count, taken, into: &mentions) }
    return mentions
  }

  private func tag(_ view: TextView, _ range: Range<Int>, _ taken: [Bool], into mentions: inout [Mention]) {
    var reader = QuantityReader(view: view, lexis: lexis, taken: taken, range: range, floor: range.lowerBound)
    var k = range.lowerBound
    while k < range.upperBound {
      let token = view.tokens[k]
      if token.isNumber {
        if !taken[k], let (mention, next) = reader.mention(at: k) {
          if let mention { mentions.append(mention) }
          reader.floor = next
          k = next
          continue
        }
      } else if token.isWord || token.shape.contains(.nonASCII) {
        let role = lexis.roles[token.word]
        if role.contains(.opens) || role.contains(.relative), !taken[k] {
          if role.contains(.relative), let (mention, next) = reader.relativeOrdinal(at: k) {
            mentions.append(mention)
            reader.floor = next
            k = next
            continue
          }
          if role.contains(.opens), let (mention, next) = reader.mention(at: k) {
            if let mention { mentions.append(mention) }
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
