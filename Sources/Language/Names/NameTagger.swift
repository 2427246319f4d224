import Documents

/// Finds people, organisations, teams, products and places.
struct NameTagger: Sendable {
  static let vocabulary: [String] = []

  init(lexicon: Lexicon, gazetteer: Gazetteer) {}

  /// - Parameter taken: per token, true where an earlier tagger's mention already stands.
  func tag(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Mention] { [] }
}
