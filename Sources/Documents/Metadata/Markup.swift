/// Values that carry markup although they should be plain.
enum Markup {
  /// A title without character references and outer white space.
  static func plain(_ text: String) -> String {
    let decoded =
      text.utf8.contains(0x26)
      ? String(decoding: CharacterReference.decodeAll(Array(text.utf8)), as: UTF8.self) : text
    return decoded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// `text` without tags, each of which may end a line.
  static func withoutTags(_ text: String) -> String {
    guard text.utf8.contains(0x3C) else { return text }
    var out = ""
    var isTag = false
    for character in text {
      if character == "<" {
        isTag = true
      } else if character == ">", isTag {
        isTag = false
        out.append("\n")
      } else if !isTag {
        out.append(character)
      }
    }
    return out
  }
}
