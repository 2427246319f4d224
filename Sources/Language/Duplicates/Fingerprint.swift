/// A small sketch of a text from which its likeness to others can be told: the smallest hashes of its word shingles.
///
/// A. Z. Broder, "On the resemblance and containment of documents", 1997: texts that share shingles share small hashes, and the shared part of two
/// such samples estimates both the resemblance (Jaccard's index) and how much of the shorter text the longer one holds. Deterministic: no random
/// seed, the same on every machine.
public struct Fingerprint: Sendable, Hashable {
  /// The most hashes a fingerprint keeps.
  public static let capacity = 256
  /// Words in a shingle.
  static let shingle = 4

  /// Ascending, each once. Fewer than `capacity` only where the text has no more.
  public let hashes: [UInt32]

  /// - Parameter text: UTF-8. Case, white space and punctuation do not count; an ideograph is a word.
  public init(of text: [UInt8]) {
    var words: [UInt64] = []
    words.reserveCapacity(text.count / 6 + 1)
    text.withUnsafeBufferPointer { Fingerprint.words($0) { words.append($0) } }
    guard !words.isEmpty else {
      hashes = []
      return
    }
    var all: [UInt32] = []
    all.reserveCapacity(words.count)
    let width = min(Fingerprint.shingle, words.count)
    for start in 0...(words.count - width) {
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      for word in words[start..<(start + width)] { hash = Fingerprint.mixed(hash ^ word) }
      all.append(UInt32(truncatingIfNeeded: hash >> 32))
    }
    all.sort()
    var smallest: [UInt32] = []
    smallest.reserveCapacity(min(all.count, Fingerprint.capacity))
    for hash in all where smallest.last != hash {
      smallest.append(hash)
      if smallest.count == Fingerprint.capacity { break }
    }
    hashes = smallest
  }

  /// Reads what `blob` wrote; nil where the bytes are no fingerprint.
  public init?(blob: [UInt8]) {
    guard blob.count % 4 == 0, blob.count / 4 <= Fingerprint.capacity else { return nil }
    var hashes: [UInt32] = []
    hashes.reserveCapacity(blob.count / 4)
    for i in stride(from: 0, to: blob.count, by: 4) {
      let hash = blob[i..<(i + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      if let last = hashes.last, last >= hash { return nil }
      hashes.append(hash)
    }
    self.hashes = hashes
  }

  /// For a database: at most 1,024 bytes, big-endian.
  public var blob: [UInt8] {
    hashes.flatMap {
      [
        UInt8(truncatingIfNeeded: $0 >> 24), UInt8(truncatingIfNeeded: $0 >> 16), UInt8(truncatingIfNeeded: $0 >> 8),
        UInt8(truncatingIfNeeded: $0),
      ]
    }
  }

  /// The smallest hashes tell texts apart; hashing all of them would only be slower.
  public func hash(into hasher: inout Hasher) {
    for hash in hashes.prefix(4) { hasher.combine(hash) }
  }

  var isComplete: Bool { hashes.count < Fingerprint.capacity }

  /// How alike two texts are.
  public struct Likeness: Sendable, Hashable {
    /// Jaccard's index: the share of all shingles that both have.
    public var resemblance: Double
    /// The share of the shorter text's shingles that the longer has.
    public var containment: Double
    /// Shared hashes the estimate rests on.
    public var shared: Int
  }

  /// Compares the part of both samples below the largest hash that both would have kept.
  public func likeness(to other: Fingerprint) -> Likeness {
    guard let last = hashes.last, let otherLast = other.hashes.last else { return Likeness(resemblance: 0, containment: 0, shared: 0) }
    let limit = min(isComplete ? UInt32.max : last, other.isComplete ? UInt32.max : otherLast)
    var (i, j, shared) = (0, 0, 0)
    while i < hashes.count, j < other.hashes.count, hashes[i] <= limit, other.hashes[j] <= limit {
      if hashes[i] == other.hashes[j] {
        shared += 1
        i += 1
        j += 1
      } else if hashes[i] < other.hashes[j] {
        i += 1
      } else {
        j += 1
      }
    }
    while i < hashes.count, hashes[i] <= limit { i += 1 }
    while j < other.hashes.count, other.hashes[j] <= limit { j += 1 }
    guard shared > 0 else { return Likeness(resemblance: 0, containment: 0, shared: 0) }
    return Likeness(
      resemblance: Double(shared) / Double(i + j - shared), containment: Double(shared) / Double(min(i, j)), shared: shared)
  }

  // MARK: - Words

  /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func words(_ text: UnsafeBufferPointer<UInt8>, _ found: (UInt64) -> Void) {
    let seed: UInt64 = 0xcbf2_9ce4_8422_2325
    var hash = seed
    var i = 0
    func close() {
      if hash != seed { found(hash) }
      hash = seed
    }
    while i < text.count {
      let byte = text[i]
      if byte < 0x80 {
        let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
        if lower &- 0x61 < 26 || lower &- 0x30 < 10 { hash = (hash ^ UInt64(lower)) &* 0x100_0000_01b3 } else { close() }
        i += 1
        continue
      }
      let width = min(byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2, text.count - i)
      // Latin-1 signs and general punctuation separate words; ideographs are words.
      let isMark = byte == 0xC2 || byte == 0xE2 && width > 1 && text[i + 1] <= 0x81
      let isIdeograph = byte >= 0xE3 && byte <= 0xE9 || byte == 0xEF
      if isMark || isIdeograph { close() }
      if !isMark { for k in i..<(i + width) { hash = (hash ^ UInt64(text[k])) &* 0x100_0000_01b3 } }
      if isIdeograph { close() }
      i += width
    }
    close()
  }
}
