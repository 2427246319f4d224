import Documents

/// Finds who says what, how sure they are, and what is denied.
struct VoiceTagger: Sendable {
  static let vocabulary: [String] = []

  init(lexicon: Lexicon) {}

  /// Fills `attributions`, `hedges` and `negations`; everything else of the annotation is complete.
  func tag(_ view: TextView, into annotation: inout Annotation) {}
}
