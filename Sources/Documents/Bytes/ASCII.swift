/// Byte classes and comparisons on ASCII letters; every other byte is left alone.
enum ASCII {
  @inline(__always) static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }
  @inline(__always) static func isLetter(_ b: UInt8) -> Bool { (b | 0x20) &- 0x61 < 26 }
  @inline(__always) static func isUpper(_ b: UInt8) -> Bool { b &- 0x41 < 26 }
  @inline(__always) static func isLower(_ b: UInt8) -> Bool { b &- 0x61 < 26 }
  @inline(__always) static func isAlphanumeric(_ b: UInt8) -> Bool { isDigit(b) || isLetter(b) }
  /// A letter or digit, or any byte of a scalar beyond ASCII.
  @inline(__always) static func isWord(_ b: UInt8) -> Bool { isAlphanumeric(b) || b >= 0x80 }
  @inline(__always) static func isSpace(_ b: UInt8) -> Bool { b == 0x20 || b &- 0x09 < 5 }
  @inline(__always) static func isNewline(_ b: UInt8) -> Bool { b == 0x0A || b == 0x0D }
  @inline(__always) static func lower(_ b: UInt8) -> UInt8 { isUpper(b) ? b | 0x20 : b }

  static func hexValue(_ b: UInt8) -> UInt8? {
    if isDigit(b) { return b - 0x30 }
    let letter = b | 0x20
    return (0x61...0x66).contains(letter) ? letter - 0x57 : nil
  }

  /// Whether `word` (lower case) stands at `i`, whatever the case there.
  static func matches(_ bytes: some RandomAccessCollection<UInt8>, at i: Int, _ word: StaticString)
    -> Bool
  {
    let count = word.utf8CodeUnitCount
    let start = bytes.index(bytes.startIndex, offsetBy: i)
    guard i >= 0, i + count <= bytes.count else { return false }
    return word.withUTF8Buffer { known in
      var j = start
      for byte in known {
        if lower(bytes[j]) != byte { return false }
        bytes.formIndex(after: &j)
      }
      return true
    }
  }

  /// Whether `word` (lower case) stands at `i`, whatever the case there.
  static func matches(_ bytes: ArraySlice<UInt8>, at i: Int, lower word: [UInt8]) -> Bool {
    guard i + word.count <= bytes.count else { return false }
    return zip(bytes.dropFirst(i), word).allSatisfy { lower($0) == $1 }
  }

  /// Offset of the first occurrence of `word` (lower case) in `bytes[range]`, whatever the case there.
  static func find(_ word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>)
    -> Int?
  {
    let count = word.utf8CodeUnitCount
    guard count > 0, range.count >= count else { return nil }
    let first = word.utf8Start[0]
    var i = range.lowerBound
    while i + count <= range.upperBound {
      if lower(bytes[i]) == first, matches(bytes, at: i, word) { return i }
      i += 1
    }
    return nil
  }

  /// Without white space at both ends.
  static func trimmed(_ span: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var a = span.lowerBound
    var b = span.upperBound
    while a < b, isSpace(bytes[a]) { a += 1 }
    while b > a, isSpace(bytes[b - 1]) { b -= 1 }
    return a..<b
  }

  static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] { bytes.map { lower($0) } }
}
