import Documents

/// Finds where sentences end; never across blocks.
struct SentenceSplitter: Sendable {
  static let vocabulary: [String] = []

  init(lexicon: Lexicon) {}

  func split(_ view: TextView) -> [Sentence] { [] }
}
