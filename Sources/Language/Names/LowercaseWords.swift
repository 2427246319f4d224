import Documents

/// Which words the document has in lower case.
///
/// Exact for words of the lexicon; for others a Bloom filter of two bits, whose rare false positive costs one sentence-initial name.
struct LowercaseWords {
  private var known: [UInt64]
  private var unknown: [UInt64]
  private let mask: UInt64

  init(_ view: TextView) {
    var size = 1024
    while size < view.tokens.count * 16 { size *= 2 }
    known = [UInt64](repeating: 0, count: view.lexicon.count / 64 + 1)
    unknown = [UInt64](repeating: 0, count: size / 64)
    mask = UInt64(size - 1)
    for token in view.tokens where token.isWord && !token.isCapitalized {
      if token.word != .unknown {
        known[Int(token.word.index >> 6)] |= 1 << UInt64(token.word.index & 63)
      } else {
        let hash = LowercaseWords.hash(token, view.bytes)
        set(hash & mask)
        set((hash >> 32) & mask)
      }
    }
  }

  func contains(_ token: Token, _ view: TextView) -> Bool {
    if token.word != .unknown { return known[Int(token.word.index >> 6)] & (1 << UInt64(token.word.index & 63)) != 0 }
    let hash = LowercaseWords.hash(token, view.bytes)
    return test(hash & mask) && test((hash >> 32) & mask)
  }

  private mutating func set(_ bit: UInt64) { unknown[Int(bit >> 6)] |= 1 << (bit & 63) }
  private func test(_ bit: UInt64) -> Bool { unknown[Int(bit >> 6)] & (1 << (bit & 63)) != 0 }

  @inline(__always)
  private static func hash(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = Lexicon.hashSeed
    for i in token.span.range { hash = Lexicon.hash(hash, bytes[i] &- 0x41 < 26 ? bytes[i] | 0x20 : bytes[i]) }
    return hash &* 0x9E37_79B9_7F4A_7C15
  }
}
