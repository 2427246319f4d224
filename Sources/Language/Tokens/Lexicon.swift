/// Number of a known word; 0 is "not in the lexicon".
public struct WordID: Hashable, Sendable {
  public var index: UInt32
  public init(_ index: UInt32) { self.index = index }
  public static let unknown = WordID(0)
}

/// Every word that some tagger or rule knows, lower-cased, numbered once at start-up and immutable after.
///
/// Taggers and rules say what words they know (`vocabulary`), the lexicon numbers them, and each keeps its own tables by number
/// (`WordTable`), so that a token is looked up once however many rules there are. Open addressing over FNV-1a.
public struct Lexicon: Sendable {
  /// Upper half: the upper half of the word's hash, so that most misses cost one load. Lower half: its number, 0 for a free slot.
  private var slots: [UInt64]
  /// Every word's bytes, one after the other; word `n` lies at `ends[n - 1]..<ends[n]`.
  private var arena: [UInt8]
  private var ends: [UInt32]
  private let mask: Int

  public init(_ vocabulary: some Sequence<String>) {
    arena = []
    ends = [0]
    var seen: Set<String> = []
    for word in vocabulary {
      let lower = Lexicon.lowercased(word)
      guard seen.insert(lower).inserted else { continue }
      arena += Array(lower.utf8)
      ends.append(UInt32(arena.count))
    }
    var capacity = 64
    while capacity < ends.count * 3 { capacity *= 2 }
    slots = [UInt64](repeating: 0, count: capacity)
    mask = capacity - 1
    for number in 1..<max(1, ends.count) {
      let hash = Lexicon.hash(arena[Int(ends[number - 1])..<Int(ends[number])])
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = (hash & 0xFFFF_FFFF_0000_0000) | UInt64(number)
    }
  }

  /// How many numbers there are, `unknown` included; the size of every `WordTable`.
  public var count: Int { ends.count }

  public func id(_ word: String) -> WordID {
    var word = Lexicon.lowercased(word)
    return word.withUTF8 { bytes in id(lowercase: bytes, hash: Lexicon.hash(bytes)) }
  }

  /// Rules and taggers give their words in lower case already, nearly always.
  private static func lowercased(_ word: String) -> String {
    word.utf8.allSatisfy { $0 < 0x80 && !($0 >= 0x41 && $0 <= 0x5A) } ? word : word.lowercased()
  }

  public func word(_ id: WordID) -> String {
    id == .unknown ? "" : String(decoding: arena[Int(ends[Int(id.index) - 1])..<Int(ends[Int(id.index)])], as: UTF8.self)
  }

  /// The number of a word given in lower case, with its hash.
  func id(lowercase bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> WordID { id(bytes, hash: hash, fold: 0) }

  /// The number of a word of ASCII letters and apostrophes in any case, with the hash of its lower case.
  @inline(__always)
  func id(letters bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> WordID { id(bytes, hash: hash, fold: 0x20) }

  @inline(__always)
  private func id(_ bytes: UnsafeBufferPointer<UInt8>, hash: UInt64, fold: UInt8) -> WordID {
    slots.withUnsafeBufferPointer { slots in
      var slot = Int(truncatingIfNeeded: hash) & mask
      while true {
        let entry = slots[slot]
        if entry == 0 { return .unknown }
        if (entry ^ hash) >> 32 == 0 {
          let number = UInt32(truncatingIfNeeded: entry)
          if matches(bytes, Int(number), fold) { return WordID(number) }
        }
        slot = (slot + 1) & mask
      }
    }
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ number: Int, _ fold: UInt8) -> Bool {
    let start = Int(ends[number - 1])
    guard Int(ends[number]) - start == bytes.count else { return false }
    return arena.withUnsafeBufferPointer { known in
      for i in 0..<bytes.count where known[start + i] != bytes[i] | fold { return false }
      return true
    }
  }

  static let hashSeed: UInt64 = 0xcbf2_9ce4_8422_2325
  @inline(__always)
  static func hash(_ seed: UInt64, _ byte: UInt8) -> UInt64 {
    let mixed = (seed ^ UInt64(byte)) &* 0x100_0000_01b3
    return mixed
  }
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    let h = bytes.reduce(hashSeed) { hash($0, $1) }
    return h ^ (h >> 29)
  }
}

/// A dense table of one value a known word.
public struct WordTable<Value: Sendable>: Sendable {
  private var values: [Value]

  public init(_ lexicon: Lexicon, default value: Value) { values = Array(repeating: value, count: lexicon.count) }

  public subscript(id: WordID) -> Value {
    @inline(__always) get { values[Int(id.index)] }
    set { values[Int(id.index)] = newValue }
  }
}
