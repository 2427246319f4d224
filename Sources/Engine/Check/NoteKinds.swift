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

  /// The same, packed: every file of a folder is asked about at every comparison.
  private let packed: Set<PackedEnding>

  public init(_ configuration: Configuration) {
    endings = NoteKinds.readable.union(configuration.converters.keys)
    packed = Set(endings.compactMap { PackedEnding("x.\($0)".utf8) })
  }

  public func isNote(name: some BidirectionalCollection<UInt8>) -> Bool { PackedEnding(name).map(packed.contains) ?? false }

  /// What stands behind the last dot, in lower case; nil where there is none, or nothing before it.
  public static func ending(of name: some BidirectionalCollection<UInt8>) -> String? {
    guard let dot = name.lastIndex(of: 0x2E), dot != name.startIndex else { return nil }
    let ending = name[name.index(after: dot)...]
    // Longer ones are none that anybody names.
    guard ending.count <= 15 else { return nil }
    return String(decoding: ending.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

/// What `NoteKinds.ending` gives, without a string.
private struct PackedEnding: Hashable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init?(_ name: some BidirectionalCollection<UInt8>) {
    var index = name.endIndex
    for _ in 0..<16 {
      guard index > name.startIndex else { return nil }
      index = name.index(before: index)
      let byte = name[index]
      if byte == 0x2E { if index > name.startIndex { return } else { return nil } }
      high = high << 8 | low >> 56
      low = low << 8 | UInt64((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    return nil
  }
}
