/// Which files of a folder are notes, by the end of their names.
public enum NoteKinds {
  static let extensions: Set<String> = [
    "md", "markdown", "mdown", "mkd", "mkdn", "mdx", "txt", "text", "html", "htm", "xhtml", "rst", "org", "adoc", "asciidoc", "textile",
  ]

  public static func isNote(name: some BidirectionalCollection<UInt8>) -> Bool {
    guard let dot = name.lastIndex(of: 0x2E), dot != name.startIndex else { return false }
    let ending = String(decoding: name[name.index(after: dot)...], as: UTF8.self).lowercased()
    return extensions.contains(ending)
  }
}
