/// What stands in a mail's headers.
enum MailHeader {
  /// A word and its parameters: `text/plain; charset="utf-8"`.
  struct Value {
    /// In lower case.
    var word = ""
    /// By name in lower case.
    var parameters: [String: String] = [:]

    init(_ text: String) {
      var fields: [String] = [""]
      var isQuoted = false
      for character in text {
        if character == "\"" { isQuoted.toggle() }
        if character == ";", !isQuoted { fields.append("") } else { fields[fields.count - 1].append(character) }
      }
      word = fields[0].filter { !$0.isWhitespace }.lowercased()
      for field in fields.dropFirst() {
        guard let sign = field.firstIndex(of: "=") else { continue }
        let name = field[..<sign].filter { !$0.isWhitespace }.lowercased()
        let value = field[field.index(after: sign)...].drop { $0.isWhitespace }
        let plain = value.hasPrefix("\"") ? value.dropFirst().prefix { $0 != "\"" } : value.prefix { !$0.isWhitespace }
        if parameters[name] == nil { parameters[name] = String(plain) }
      }
    }
  }

  /// Bytes of a header as text: UTF-8 where they are, else Latin-1, as senders do who ignore the standard.
  static func text(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// Undoes the encoded words of RFC 2047: `=?UTF-8?Q?Caf=C3=A9?=`. What is none stays as it is.
  static func decoded(_ text: String) -> String {
    guard text.contains("=?") else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var pending: (charset: String, bytes: [UInt8])?
    func flush() {
      guard let word = pending else { return }
      out += TextEncoding.convert(word.bytes, from: word.charset) ?? word.bytes
      pending = nil
    }
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0x3D, let word = encodedWord(bytes[i...]) {
        // Neighbours of one charset are one text: a letter may be cut in two.
        if let before = pending, before.charset.lowercased() == word.charset.lowercased() {
          pending?.bytes += word.bytes
        } else {
          flush()
          pending = (word.charset, word.bytes)
        }
        i = word.end
        // The space between two encoded words is none.
        var next = i
        while next < bytes.count, ASCII.isSpace(bytes[next]) { next += 1 }
        if next < bytes.count, bytes[next] == 0x3D, encodedWord(bytes[next...]) != nil { i = next }
        continue
      }
      flush()
      out.append(bytes[i])
      i += 1
    }
    flush()
    return String(decoding: out.map { $0 == 0 || $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
  }

  private static func encodedWord(_ bytes: ArraySlice<UInt8>) -> (charset: String, bytes: [UInt8], end: Int)? {
    let head = bytes.prefix(512)
    guard head.starts(with: [0x3D, 0x3F]) else { return nil }
    let start = head.startIndex + 2
    guard let first = head[start...].firstIndex(of: 0x3F), first + 2 < head.endIndex, head[first + 2] == 0x3F else { return nil }
    // `*` and what follows names a language (RFC 2231).
    let charset = String(decoding: head[start..<first].prefix { $0 != 0x2A }, as: UTF8.self)
    let content = head[(first + 3)...]
    guard let end = content.firstIndex(of: 0x3F), end + 1 < content.endIndex, content[end + 1] == 0x3D else { return nil }
    let encoded = content[..<end]
    switch head[first + 1] {
    case 0x42, 0x62: return (charset, TransferEncoding.base64(encoded), end + 2)
    case 0x51, 0x71:
      return (charset, TransferEncoding.quotedPrintable(encoded.map { $0 == 0x5F ? 0x20 : $0 }[...]), end + 2)
    default: return nil
    }
  }
}

/// The transfer encodings of MIME, undone; what does not fit is passed over.
enum TransferEncoding {
  static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte - 0x41)
      case 0x61...0x7A: value = UInt32(byte - 0x61) + 26
      case 0x30...0x39: value = UInt32(byte - 0x30) + 52
      case 0x2B: value = 62
      case 0x2F: value = 63
      default: continue
      }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return out
  }

  static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var i = text.startIndex
    while i < text.endIndex {
      guard text[i] == 0x3D else {
        out.append(text[i])
        i += 1
        continue
      }
      if i + 2 < text.endIndex, let high = ASCII.hexValue(text[i + 1]), let low = ASCII.hexValue(text[i + 2]) {
        out.append(high << 4 | low)
        i += 3
      } else if i + 1 < text.endIndex, text[i + 1] == 0x0A {
        i += 2
      } else if i + 2 < text.endIndex, text[i + 1] == 0x0D, text[i + 2] == 0x0A {
        i += 3
      } else {
        out.append(0x3D)
        i += 1
      }
    }
    return out
  }
}
