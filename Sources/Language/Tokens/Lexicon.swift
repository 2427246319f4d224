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
  private var slots: [UInt32]
  private var words: [[UInt8]]
  private let mask: Int

  public init(_ vocabulary: some Sequence<String>) {
    var unique: [[UInt8]] = [[]]
    var seen: Set<String> = []
    for word in vocabulary {
      let lower = word.lowercased()
      if seen.insert(lower).inserted { unique.append(Array(lower.utf8)) }
    }
    var capacity = 64
    while capacity < unique.count * 3 { capacity *= 2 }
    slots = [UInt32](repeating: 0, count: capacity)
    mask = capacity - 1
    words = unique
    for number in 1..<max(1, unique.count) {
      var slot = Int(truncatingIfNeeded: Lexicon.hash(unique[number])) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number)
    }
  }

  /// How many numbers there are, `unknown` included; the size of every `WordTable`.
  public var count: Int { words.count }

  public func id(_ word: String) -> WordID {
    let bytes = Array(word.lowercased().utf8)
    return bytes.withUnsafeBufferPointer { id(lowercase: $0, hash: Lexicon.hash(bytes)) }
  }

  public func word(_ id: WordID) -> String { String(decoding: words[Int(id.index)], as: UTF8.self) }

  @inline(__always)
  func id(lowercase bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> WordID {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let number = slots[slot]
      if number == 0 { return .unknown }
      let candidate = words[Int(number)]
      if candidate.count == bytes.count,
        candidate.withUnsafeBufferPointer({ known in
          var i = 0
          while i < known.count {
            if known[i] != bytes[i] { return false }
            i += 1
          }
          return true
        })
      {
        return WordID(number)
      }
      slot = (slot + 1) & mask
    }
  }

  static let hashSeed: UInt64 = 0xcbf2_9ce4_8422_2325
  @inline(__always)
  static func hash(_ seed: UInt64, _ byte: UInt8) -> UInt64 {
    let mixed = (seed ^ UInt64(byte)) &* 0x100_0000_01b3
    return mixed
  }
  static func hash(_ bytes: [UInt8]) -> UInt64 {
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
