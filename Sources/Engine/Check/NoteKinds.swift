import Configuration

/// Which files of a folder are notes, by the end of their names.
public struct NoteKinds: Sendable {
  /// Those that are read without a converter.
  public static let readable: Set<String> = [
    "md", "markdown", "mdown", "mkd", "mkdn", "mdx", "txt", "text", "html", "htm", "xhtml", "rst", "org", "adoc", "asciidoc", "textile",
    "eml",
  ]

  /// Endings in lower case, without the dot.
  public let endings: Set<String>

  public init(_ configuration: Configuration) { endings = NoteKinds.readable.union(configuration.converters.keys) }

  public func isNote(name: some BidirectionalCollection<UInt8>) -> Bool { NoteKinds.ending(of: name).map(endings.contains) ?? false }

  /// What stands behind the last dot, in lower case; nil where there is none, or nothing before it.
  public static func ending(of name: some BidirectionalCollection<UInt8>) -> String? {
    guard let dot = name.lastIndex(of: 0x2E), dot != name.startIndex else { return nil }
    let ending = name[name.index(after: dot)...]
    // Longer ones are none that anybody names.
    guard ending.count <= 15 else { return nil }
    return String(decoding: ending.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
