import Documents

/// Finds dates, times, durations and sets and reads them against the publication date.
struct TimeTagger: Sendable {
  static let vocabulary: [String] = []

  init(lexicon: Lexicon) {}

  /// - Parameter taken: per token, true where an earlier tagger's mention already stands.
  func tag(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Mention] { [] }
}
