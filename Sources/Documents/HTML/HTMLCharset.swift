/// The encoding of a page: its byte order mark, its validity as UTF-8, what its `meta` elements say, windows-1252.
enum HTMLCharset {
  static func utf8(_ decoded: DecodedText) -> [UInt8] {
    let bytes =
      decoded.markLength > 0 ? Array(decoded.bytes.dropFirst(decoded.markLength)) : decoded.bytes
    guard decoded.firstInvalid != nil else { return bytes }
    let declared = bytes.prefix(4096).withUnsafeBufferPointer { declaration($0) }
    if let declared, declared != "utf-8", declared != "utf8",
      let converted = TextEncoding.convert(bytes, from: alias(declared))
    {
      return converted
    }
    // A page that says UTF-8, or mostly is, with stray bytes.
    if declared != nil || isMostlyUTF8(bytes) { return repaired(bytes) }
    return TextEncoding.convert(bytes, from: "WINDOWS-1252") ?? repaired(bytes)
  }

  private static func declaration(_ head: UnsafeBufferPointer<UInt8>) -> String? {
    guard let at = ASCII.find("charset=", in: head, 0..<head.count) else { return nil }
    var i = at + 8
    while i < head.count, head[i] == 0x22 || head[i] == 0x27 || head[i] == 0x20 { i += 1 }
    var end = i
    while end < head.count,
      ASCII.isAlphanumeric(head[end]) || [0x2D, 0x5F, 0x3A].contains(head[end])
    { end += 1 }
    return end > i
      ? String(decoding: UnsafeBufferPointer(rebasing: head[i..<end]), as: UTF8.self).lowercased()
      : nil
  }

  /// Latin-1 on the web is windows-1252 (WHATWG Encoding).
  private static func alias(_ charset: String) -> String {
    ["iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"].contains(charset)
      ? "WINDOWS-1252" : charset
  }

  private static func isMostlyUTF8(_ bytes: [UInt8]) -> Bool {
    var (good, bad) = (0, 0)
    bytes.withUnsafeBufferPointer { buffer in
      var i = 0
      while i < buffer.count {
        let width = UTF8Bytes.width(buffer, at: i)
        if width == 0 { bad += 1 } else if width > 1 { good += 1 }
        i += max(1, width)
      }
    }
    return good > bad
  }

  private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}
