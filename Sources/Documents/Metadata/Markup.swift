/// Values that carry markup although they should be plain.
enum Markup {
  /// A title without character references and outer white space.
  static func plain(_ text: String) -> String {
    let decoded =
      text.utf8.contains(0x26)
      ? String(decoding: CharacterReference.decodeAll(Array(text.utf8)), as: UTF8.self) : text
    return decoded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
