import Analysis
import Documents
import Language

/// Chooses the span that says a fact: its sentence; where that is longer than evidence may be, its clause, grown as far as it may.
struct EvidenceFinder {
  private let view: SentenceView

  init(_ view: SentenceView) { self.view = view }

  func evidence(for match: PatternMatch, in sentence: Sentence) -> Evidence? {
    let document = view.source.document
    if let part = contrasted(match, in: sentence), let clause = Evidence(document, visible: trimmed(part)) { return clause }
    if let whole = Evidence(document, visible: trimmed(sentence.tokens)) { return whole }
    var start = max(match.tokens.lowerBound, sentence.tokens.lowerBound)
    var end = min(match.tokens.upperBound, sentence.tokens.upperBound)
    guard start < end, Evidence(document, visible: view.span(start..<end)) != nil else { return nil }
    var canGrowLeft = true
    var canGrowRight = true
    while canGrowLeft || canGrowRight {
      if canGrowLeft {
        let next = boundary(before: start, sentence.tokens)
        if next < start, Evidence(document, visible: view.span(next..<end)) != nil { start = next } else { canGrowLeft = false }
      }
      if canGrowRight {
        let next = boundary(after: end, sentence.tokens)
        if next > end, Evidence(document, visible: view.span(start..<next)) != nil { end = next } else { canGrowRight = false }
      }
    }
    return Evidence(document, visible: trimmed(start..<end))
  }

  /// "X hires at any price, yet it lays off hundreds": two statements, each its own evidence. Nil where the match spans the contrast.
  private func contrasted(_ match: PatternMatch, in sentence: Sentence) -> Range<Int>? {
    var start = sentence.tokens.lowerBound
    var end = sentence.tokens.upperBound
    for index in sentence.tokens where view.isComma(index) && index + 1 < sentence.tokens.upperBound {
      guard view.words.contrast.contains(view.tokens[index + 1].word) else { continue }
      if index < match.tokens.lowerBound {
        start = index + 1
      } else if index >= match.tokens.upperBound {
        end = min(end, index)
      } else {
        return nil
      }
    }
    guard start > sentence.tokens.lowerBound || end < sentence.tokens.upperBound, end - start >= 6 else { return nil }
    return start..<end
  }

  private func boundary(before token: Int, _ bounds: Range<Int>) -> Int {
    var at = token - 1
    while at > bounds.lowerBound, !view.isComma(at), !view.isClauseMark(at) { at -= 1 }
    return max(at, bounds.lowerBound)
  }

  private func boundary(after token: Int, _ bounds: Range<Int>) -> Int {
    var at = token + 1
    while at < bounds.upperBound, !view.isComma(at), !view.isClauseMark(at) { at += 1 }
    return min(at, bounds.upperBound)
  }

  /// Without commas and dashes at its ends.
  private func trimmed(_ range: Range<Int>) -> ByteSpan {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, view.isComma(start) || view.isClauseMark(start) && view.tokens[start].mark != 0x28 { start += 1 }
    while end > start, view.isComma(end - 1) || view.isClauseMark(end - 1) && view.tokens[end - 1].mark != 0x29 { end -= 1 }
    return view.span(start..<end)
  }
}
