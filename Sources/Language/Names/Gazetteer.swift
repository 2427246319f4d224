/// The entities a user has named, from YAML: canonical ids, types, aliases, contexts in which they are not meant.
public struct Gazetteer: Sendable {
  public static let empty = Gazetteer()
  /// Words of the aliases, for the lexicon.
  var vocabulary: [String] { [] }

  public init() {}
}
