import Documents

/// Finds numbers, ranges, percentages, money and counts.
struct QuantityTagger: Sendable {
  static let vocabulary: [String] = []

  init(lexicon: Lexicon) {}

  /// - Parameter taken: per token, true where an earlier tagger's mention already stands.
  func tag(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Mention] { [] }
}
