import Documents
import Language

/// Which mentions near a match belong to it: its value, and what else is said beside it.
extension FactBuilder {
  /// A sum, share, size or count within the match or a few words from it, in its clause.
  func figures(near match: PatternMatch, in sentence: Sentence, taken: Set<Int>) -> [Int] {
    nearest([.money, .percent, .size, .count], match, sentence, taken, within: 12)
  }

  /// "Fell 12 % to $3 billion", "from 82 % to 41 %": quantities a few words from the first, within its clause and its side of a comparison.
  func joined(_ mask: CaptureMask, to first: [Int], in sentence: Sentence) -> [Int] {
    guard let last = first.max(), let start = first.min() else { return first }
    var all = first
    for step in [1, -1] {
      var token = step > 0 ? view.mentions[last].tokens.upperBound : view.mentions[start].tokens.lowerBound - 1
      var steps = 0
      while sentence.tokens.contains(token), steps < 9, all.count < 4, !endsSum(token) {
        if let index = view.mention(at: token) {
          if !all.contains(index), !view.masks[index].isDisjoint(with: mask) {
            all.append(index)
            steps = -1
          }
          token =
            step > 0 ? max(token + 1, view.mentions[index].tokens.upperBound) : min(token - 1, view.mentions[index].tokens.lowerBound - 1)
        } else {
          token += step
        }
        steps += 1
      }
    }
    return all
  }

  /// What stands between one sum and another that is no part of it: a semicolon, a dash, "while", "compared with".
  func endsSum(_ token: Int) -> Bool {
    let word = view.tokens[token].word
    if view.isClauseMark(token) { return view.tokens[token].mark != 0x28 && view.tokens[token].mark != 0x29 }
    return view.words.contrast.contains(word) || view.words.bases.contains(word) && word != view.words.from
  }

  /// Every quantity of the sentence, for frames that are about numbers; at most eight.
  func collected(_ mask: CaptureMask, around first: [Int], in sentence: Sentence) -> [Int] {
    var all = first
    for token in sentence.tokens {
      guard all.count < 8, let index = view.mention(at: token), !all.contains(index), !view.masks[index].isDisjoint(with: mask) else {
        continue
      }
      all.append(index)
    }
    return all.sorted()
  }

  /// "Withdrawn from YouTube", "shut down in Falcon": a product right behind such a preposition is where it happened, not what it happened to.
  func isBesides(_ index: Int) -> Bool {
    let first = view.mentions[index].tokens.lowerBound
    guard view.masks[index].contains(.product), first > 0 else { return false }
    let before = view.tokens[first - 1].word
    return view.words.asides.contains(before) || view.words.locative.contains(before)
  }

  /// - Parameters:
  ///   - reach: the tokens between, marks counted higher.
  ///   - isLeftOut: which mentions are none of it.
  func nearest(
    _ mask: CaptureMask, _ match: PatternMatch, _ sentence: Sentence, _ taken: Set<Int>, within reach: Int = 22,
    _ isLeftOut: (Int) -> Bool = { _ in false }
  ) -> [Int] {
    var best: (index: Int, cost: Int)?
    for index in view.mentions(in: sentence.tokens) {
      let tokens = view.mentions[index].tokens
      if !taken.contains(index), !view.masks[index].isDisjoint(with: mask), !isLeftOut(index) {
        let isLeft = tokens.upperBound <= match.tokens.lowerBound
        let between =
          isLeft ? tokens.upperBound..<match.tokens.lowerBound : match.tokens.upperBound..<max(match.tokens.upperBound, tokens.lowerBound)
        var cost = between.count + (isLeft ? 8 : 0)
        for token in between where view.isClauseMark(token) || view.isComma(token) {
          let isContrast = token + 1 < view.tokens.count && view.words.contrast.contains(view.tokens[token + 1].word)
          cost += isContrast ? 30 : 5
        }
        if cost < reach, best == nil || cost < best!.cost { best = (index, cost) }
      }
    }
    return best.map { [$0.index] } ?? []
  }
}
