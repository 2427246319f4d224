import Analysis
import Documents
import Language

/// How far the text vouches for a match, and who says it.
struct StatusResolver {
  struct Voice {
    var status: AssertionStatus
    var isNegated: Bool
    var source: [String]
    var isAnonymous: Bool
    /// Entity id of who says it.
    var speaker: String?

    /// The same where the speaker speaks of themselves.
    var firsthand: Voice {
      var voice = self
      if status == .reported { voice.status = .asserted }
      return voice
    }
  }

  let view: SentenceView
  private var annotation: Annotation { view.source.annotation }

  /// What overrides what: a denial is one however it is reported.
  private static let order: [(Hedge.Class, AssertionStatus)] = [
    (.denied, .denied), (.question, .question), (.rumoured, .rumoured), (.alleged, .alleged), (.conditional, .conditional),
    (.possible, .conditional), (.opinion, .opinion), (.planned, .planned), (.reported, .reported),
  ]

  /// - Parameters:
  ///   - match: what matched; its anchor is the word that must lie in a cue's scope.
  ///   - own: words of the frame's patterns: a cue made of them is part of what is matched and says nothing about it.
  func voice(_ match: PatternMatch, own: WordSet, isQuestion: Bool) -> Voice {
    let anchor = view.span(match.anchor..<(match.anchor + 1))
    let span = view.span(match.tokens)
    var voice = Voice(status: .asserted, isNegated: false, source: ["document"], isAnonymous: false)
    for attribution in annotation.attributions where attribution.content.contains(where: { $0.overlaps(anchor) }) {
      voice.source = [attribution.speakerName ?? "unnamed source"]
      voice.isAnonymous = attribution.isAnonymous
      voice.speaker = attribution.speaker
      if attribution.isAnonymous || attribution.kind == .indirect || attribution.kind == .mixed { voice.status = .reported }
    }
    let hedges = Set(annotation.hedges.filter { $0.scope.overlaps(anchor) && !isPart($0.span, of: span, own) }.map(\.kind))
    if let (_, status) = StatusResolver.order.first(where: { hedges.contains($0.0) }) { voice.status = status }
    if isQuestion, voice.status == .asserted { voice.status = .question }
    voice.isNegated = annotation.negations.contains {
      $0.scope.overlaps(anchor) && !isPart($0.span, of: span, own) && isNear($0.span, match)
    }
    return voice
  }

  private func isPart(_ cue: ByteSpan, of span: ByteSpan, _ own: WordSet) -> Bool {
    guard span.contains(cue) else { return false }
    return tokens(of: cue).allSatisfy { !view.tokens[$0].isWord || own.contains(view.tokens[$0].word) }
  }

  /// A negation governs its own clause: none of "after", "while", "that" … may stand between it and what it negates.
  private func isNear(_ cue: ByteSpan, _ match: PatternMatch) -> Bool {
    guard let last = tokens(of: cue).last, last < match.anchor else { return true }
    return !((last + 1)..<match.anchor).contains { index in
      let token = view.tokens[index]
      return view.isClauseMark(index)
        || token.isWord && view.words.subordinators.contains(token.word) && !view.words.determiners.contains(token.word)
    }
  }

  private func tokens(of span: ByteSpan) -> Range<Int> {
    var low = 0
    var high = view.tokens.count
    while low < high {
      let mid = (low + high) / 2
      if Int(view.tokens[mid].start) < span.start { low = mid + 1 } else { high = mid }
    }
    var end = low
    while end < view.tokens.count, Int(view.tokens[end].end) <= span.end { end += 1 }
    return low..<end
  }
}
