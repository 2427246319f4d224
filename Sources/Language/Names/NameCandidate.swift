import Documents

/// Points for each kind of entity; what reads like several is settled over the whole document.
struct KindScores: Sendable {
  var person = 0
  var organization = 0
  var team = 0
  var product = 0
  var place = 0

  var best: (kind: EntityValue.Kind, points: Int) {
    var best: (kind: EntityValue.Kind, points: Int) = (.organization, organization)
    for (kind, points) in [(EntityValue.Kind.person, person), (.place, place), (.product, product), (.team, team)]
    where points > best.points {
      best = (kind, points)
    }
    return best
  }

  static func += (a: inout KindScores, b: KindScores) {
    a.person += b.person
    a.organization += b.organization
    a.team += b.team
    a.product += b.product
    a.place += b.place
  }
}

/// A stretch of tokens that reads like a name.
struct NameCandidate: Sendable {
  /// The name alone.
  var tokens: Range<Int>
  /// First token of a title before the name.
  var start: Int
  var scores = KindScores()
  /// Index of the gazetteer entry it is.
  var entry: Int?
  /// Index of the entry it belongs to.
  var owner: Int?
  /// Stands where only a name has a capital, or is certain by its form; a doubtful one needs a certain one elsewhere in the document.
  var isCertain: Bool
}

/// Which words the document has in lower case: a filter of bits, so that a false positive costs at worst one sentence-initial name.
struct LowercaseWords {
  private var bits: [UInt64]
  private let mask: UInt64

  init(_ view: TextView) {
    var size = 1024
    while size < view.tokens.count * 8 { size *= 2 }
    bits = [UInt64](repeating: 0, count: size / 64)
    mask = UInt64(size - 1)
    for token in view.tokens where token.isWord && !token.isCapitalized {
      let bit = LowercaseWords.hash(token, view.bytes) & mask
      bits[Int(bit >> 6)] |= 1 << (bit & 63)
    }
  }

  func contains(_ token: Token, _ view: TextView) -> Bool {
    let bit = LowercaseWords.hash(token, view.bytes) & mask
    return bits[Int(bit >> 6)] & (1 << (bit & 63)) != 0
  }

  @inline(__always)
  private static func hash(_ token: Token, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if token.word != .unknown { return UInt64(token.word.index) &* 0x9E37_79B9_7F4A_7C15 >> 20 }
    var hash = Lexicon.hashSeed
    for i in token.span.range { hash = Lexicon.hash(hash, bytes[i] &- 0x41 < 26 ? bytes[i] | 0x20 : bytes[i]) }
    return hash >> 20
  }
}
