/// UTF-8 as bytes: widths, validity, repair.
enum UTF8Bytes {
  /// U+FFFD.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Width in bytes of the well-formed scalar at `i` (Unicode 16, table 3-7), 0 where there is none.
  @inline(__always)
  static func width(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
    let lead = bytes[i]
    if lead < 0x80 { return 1 }
    guard lead >= 0xC2, lead <= 0xF4 else { return 0 }
    let width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard i + width <= bytes.count else { return 0 }
    let second = bytes[i + 1]
    let lowest: UInt8 = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80
    let highest: UInt8 = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF
    guard second >= lowest, second <= highest else { return 0 }
    if width > 2, bytes[i + 2] & 0xC0 != 0x80 { return 0 }
    if width > 3, bytes[i + 3] & 0xC0 != 0x80 { return 0 }
    return width
  }

  /// Offset of the first byte that is not part of well-formed UTF-8, nil where all are.
  static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    var i = start
    let raw = UnsafeRawPointer(bytes.baseAddress)
    while i < bytes.count {
      // Eight ASCII bytes at a time.
      if let raw, i + 8 <= bytes.count,
        raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        i += 8
        continue
      }
      let width = width(bytes, at: i)
      if width == 0 { return i }
      i += width
    }
    return nil
  }
}
