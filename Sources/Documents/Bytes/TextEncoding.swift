import Glibc

/// A file's bytes as UTF-8.
struct DecodedText {
  /// The file itself, or its conversion.
  var bytes: [UInt8]
  var isConverted: Bool
  /// Bytes of the byte order mark at the start of `bytes`.
  var markLength: Int
  /// Offset in `bytes` of the first byte that is no UTF-8.
  var firstInvalid: Int?
}

/// Finds out how a file's text is encoded.
enum TextEncoding {
  /// How far a NUL makes a file binary: what `git` and `grep` look at, too.
  private static let probe = 8192

  /// - Throws: `ReadingRefusal.binary` where the first 8 KiB hold a NUL and the text is not UTF-16.
  static func decode(_ bytes: [UInt8]) throws(ReadingRefusal) -> DecodedText {
    if let bigEndian = utf16Order(bytes) {
      return DecodedText(
        bytes: decodeUTF16(bytes, bigEndian: bigEndian), isConverted: true, markLength: 0,
        firstInvalid: nil)
    }
    if let offset = bytes.prefix(probe).firstIndex(of: 0) { throw .binary(offset: offset) }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let invalid = bytes.withUnsafeBufferPointer { buffer -> Int? in
      let invalid = UTF8Bytes.firstInvalid(buffer)
      // A NUL further on ends no text, but it is no text either.
      let null = buffer[...(invalid ?? buffer.count - 1)].firstIndex(of: 0)
      return null ?? invalid
    }
    return DecodedText(bytes: bytes, isConverted: false, markLength: mark, firstInvalid: invalid)
  }

  /// Whether the bytes are big-endian UTF-16; nil where they are no UTF-16. By the mark, or by where the NULs stand: text in a European
  /// language has them in nearly every other byte.
  private static func utf16Order(_ bytes: [UInt8]) -> Bool? {
    if bytes.starts(with: [0xFF, 0xFE]) {
      return bytes.starts(with: [0xFF, 0xFE, 0, 0]) ? nil : false
    }
    if bytes.starts(with: [0xFE, 0xFF]) { return true }
    let head = bytes.prefix(probe)
    guard bytes.count >= 4, bytes.count % 2 == 0, head.contains(0) else { return nil }
    var zeros = (even: 0, odd: 0)
    for (i, byte) in head.enumerated() where byte == 0 {
      if i % 2 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let half = head.count / 2
    if zeros.odd * 10 >= half * 6, zeros.even * 50 <= half { return false }
    if zeros.even * 10 >= half * 6, zeros.odd * 50 <= half { return true }
    return nil
  }

  private static func decodeUTF16(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var i = 0
    while i + 1 < bytes.count {
      let (a, b) = (UInt16(bytes[i]), UInt16(bytes[i + 1]))
      units.append(bigEndian ? a << 8 | b : b << 8 | a)
      i += 2
    }
    if units.first == 0xFEFF { units.removeFirst() }
    // A lone surrogate becomes U+FFFD; a NUL would end text for C libraries.
    return Array(String(decoding: units, as: UTF16.self).utf8).map { $0 == 0 ? 0x20 : $0 }
  }

  /// Converts a legacy encoding through iconv; bytes that are none become U+FFFD. Nil where iconv does not know `charset`.
  static func convert(_ bytes: [UInt8], from charset: String) -> [UInt8]? {
    let descriptor = iconv_open("UTF-8", charset)
    guard descriptor != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(descriptor) }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 4)
    var input = bytes
    var buffer = [UInt8](repeating: 0, count: 65536)
    input.withUnsafeMutableBytes { source in
      var from = source.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = source.count
      while left > 0 {
        let (produced, result, reason) = buffer.withUnsafeMutableBytes { room -> (Int, Int, CInt) in
          var to = room.baseAddress?.assumingMemoryBound(to: CChar.self)
          var space = room.count
          let result = iconv(descriptor, &from, &left, &to, &space)
          return (room.count - space, result, errno)
        }
        out.append(contentsOf: buffer[..<produced])
        guard result == -1, reason != E2BIG else { continue }
        // An invalid or cut sequence: step over one byte.
        out += UTF8Bytes.replacement
        from = from.map { $0 + 1 }
        left -= 1
      }
    }
    return out
  }
}
