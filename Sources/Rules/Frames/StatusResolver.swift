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

  let annotation: Annotation

  /// What overrides what: a denial is one however it is reported.
  private static let order: [(Hedge.Class, AssertionStatus)] = [
    (.denied, .denied), (.question, .question), (.rumoured, .rumoured), (.alleged, .alleged), (.conditional, .conditional),
    (.possible, .conditional), (.opinion, .opinion), (.planned, .planned), (.reported, .reported),
  ]

  /// - Parameters:
  ///   - anchor: the word the match hangs on.
  ///   - span: the whole match; a negation that is part of the pattern does not negate it.
  func voice(anchor: ByteSpan, span: ByteSpan, isQuestion: Bool) -> Voice {
    var voice = Voice(status: .asserted, isNegated: false, source: ["document"], isAnonymous: false)
    for attribution in annotation.attributions where attribution.content.contains(where: { $0.overlaps(anchor) }) {
      voice.source = [attribution.speakerName ?? "unnamed source"]
      voice.isAnonymous = attribution.isAnonymous
      voice.speaker = attribution.speaker
      if attribution.isAnonymous || attribution.kind == .indirect || attribution.kind == .mixed { voice.status = .reported }
    }
    let hedges = Set(annotation.hedges.filter { $0.scope.overlaps(anchor) && !span.contains($0.span) }.map(\.kind))
    if let (_, status) = StatusResolver.order.first(where: { hedges.contains($0.0) }) { voice.status = status }
    if isQuestion, voice.status == .asserted { voice.status = .question }
    voice.isNegated = annotation.negations.contains { $0.scope.overlaps(anchor) && !span.contains($0.span) }
    return voice
  }
}
