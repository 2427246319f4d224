/// Decodes one character reference: `&amp;`, `&#8220;`, `&#x201C;`.
enum CharacterReference {
  /// - Parameter bytes: the reference with its `&`, with or without its `;`.
  /// - Returns: its UTF-8, nil where HTML knows no such reference.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard bytes.count >= 3, bytes[0] == 0x26 else { return nil }
    let end = bytes[bytes.count - 1] == 0x3B ? bytes.count - 1 : bytes.count
    guard bytes[1] == 0x23 else {
      if end == 4, bytes[1] == 0x61, bytes[2] == 0x6D, bytes[3] == 0x70 { return [0x26] }
      return NamedEntities.table[
        Substring(decoding: UnsafeBufferPointer(rebasing: bytes[1..<end]), as: UTF8.self)]
    }
    let isHexadecimal = bytes[2] | 0x20 == 0x78
    var value: UInt32 = 0
    var i = isHexadecimal ? 3 : 2
    guard i < end else { return nil }
    while i < end {
      let b = bytes[i]
      let digit: UInt32
      if ASCII.isDigit(b) {
        digit = UInt32(b - 0x30)
      } else if isHexadecimal, (b | 0x20) &- 0x61 < 6 {
        digit = UInt32((b | 0x20) - 0x61 + 10)
      } else {
        return nil
      }
      value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x110000)
      i += 1
    }
    return scalar(value)
  }

  /// Numbers 0x80–0x9F mean windows-1252, as browsers read them; what is no scalar becomes U+FFFD.
  private static func scalar(_ value: UInt32) -> [UInt8] {
    var value = value
    if (0x80...0x9F).contains(value) { value = windows1252[Int(value - 0x80)] }
    guard value != 0, let scalar = Unicode.Scalar(value) else { return UTF8Bytes.replacement }
    return Array(String(scalar).utf8)
  }

  private static let windows1252: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
    0x152, 0x8D, 0x17D, 0x8F, 0x90, 0x2018,
    0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
    0x17E, 0x178,
  ]

  /// Replaces every reference in `bytes` that HTML knows.
  static func decodeAll(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x26) else { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    bytes.withUnsafeBufferPointer { buffer in
      var i = 0
      while i < buffer.count {
        if buffer[i] == 0x26, let end = length(buffer, at: i),
          let decoded = decode(UnsafeBufferPointer(rebasing: buffer[i..<(i + end)]))
        {
          out += decoded
          i += end
        } else {
          out.append(buffer[i])
          i += 1
        }
      }
    }
    return out
  }

  /// Length of what has the shape of a reference at `i`, its `;` included.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int? {
    var j = i + 1
    if j < bytes.count, bytes[j] == 0x23 { j += 1 }
    let limit = min(bytes.count, i + 40)
    while j < limit, ASCII.isAlphanumeric(bytes[j]) { j += 1 }
    return j < limit && bytes[j] == 0x3B && j > i + 1 ? j + 1 - i : nil
  }
}
