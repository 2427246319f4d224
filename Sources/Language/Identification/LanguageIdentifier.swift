/// Says which language a text is in.
///
/// The script decides for Chinese, Japanese, Korean and Arabic; languages in Latin and Cyrillic letters are told apart by their commonest
/// words, after Grefenstette, "Comparing two language identification schemes" (1995). The first 64 KiB are read, and nothing is random,
/// so the same text has the same answer everywhere.
public struct LanguageIdentifier: Sendable {
  /// Bytes that are looked at.
  static let window = 65_536
  /// Fewer letters than this say nothing.
  static let leastLetters = 40
  /// Fewer words than this say nothing, in scripts that have them.
  static let leastWords = 8
  /// In fewer words than this a tie is chance.
  static let fewWords = 60

  /// Word hash to the languages that have it, one bit each.
  private let latin: [UInt64: UInt32]
  private let cyrillic: [UInt64: UInt32]

  public init() {
    latin = LanguageIdentifier.table(LanguageProfiles.latin)
    cyrillic = LanguageIdentifier.table(LanguageProfiles.cyrillic)
  }

  /// BCP 47 primary tag, or nil where the text is too short or like none of the known languages.
  public func language(of text: [UInt8]) -> String? { text.withUnsafeBufferPointer { language(of: $0) } }

  public func language(of text: UnsafeBufferPointer<UInt8>) -> String? {
    var count = ScriptCount()
    var latinHits = [Int](repeating: 0, count: LanguageProfiles.latin.count)
    var cyrillicHits = [Int](repeating: 0, count: LanguageProfiles.cyrillic.count)
    var words = 0
    var word = WordReader()
    var i = 0
    let end = min(text.count, LanguageIdentifier.window)
    func close() {
      guard let (hash, isCyrillic) = word.take() else { return }
      words += 1
      if isCyrillic { add(cyrillic[hash], &cyrillicHits) } else { add(latin[hash], &latinHits) }
    }
    while i < end {
      let byte = text[i]
      if byte < 0x80 {
        let low = byte | 0x20
        if low &- 0x61 < 26 {
          count.latin += 1
          word.add(UInt32(low))
        } else if byte == 0x27, word.isOpen {
          word.add(0x27)
        } else {
          close()
        }
        i += 1
        continue
      }
      let (scalar, width) = LanguageIdentifier.scalar(text, i, end)
      i += width
      if scalar == 0x2019, word.isOpen {
        word.add(0x27)
      } else if let letter = count.add(scalar) {
        word.add(letter)
      } else {
        close()
      }
    }
    close()
    return decide(count, words, latinHits, cyrillicHits)
  }

  private func decide(_ count: ScriptCount, _ words: Int, _ latinHits: [Int], _ cyrillicHits: [Int]) -> String? {
    let letters = count.latin + count.cyrillic + 2 * (count.han + count.kana + count.hangul) + count.arabic + count.other
    guard letters >= LanguageIdentifier.leastLetters else { return nil }
    if 4 * (count.han + count.kana) > letters { return 20 * count.kana > count.han + count.kana ? "ja" : "zh" }
    if 4 * count.hangul > letters { return "ko" }
    if 2 * count.arabic > letters { return "ar" }
    guard words >= LanguageIdentifier.leastWords else { return nil }
    if count.cyrillic > count.latin {
      // ы, э, ё, ъ are not Ukrainian; і, ї, є, ґ are not Russian.
      let marks = [3 * count.russian, 3 * count.ukrainian]
      return best(zip(cyrillicHits, marks).map(+), LanguageProfiles.cyrillic.map(\.language), words)
    }
    guard 2 * count.latin > letters else { return nil }
    return best(latinHits, LanguageProfiles.latin.map(\.language), words)
  }

  /// The language with the most hits, where they are a part of the words that a text in it has: an eighth at least.
  private func best(_ hits: [Int], _ languages: [String], _ words: Int) -> String? {
    guard let top = hits.indices.max(by: { hits[$0] < hits[$1] }), hits[top] >= 3, hits[top] * 8 >= words else { return nil }
    // "In", "a" and "no" are words of several languages: of a sentence that may be English by them, English is what is asked here.
    if words < LanguageIdentifier.fewWords, let english = languages.firstIndex(of: "en"), hits[top] <= hits[english] { return "en" }
    return languages[top]
  }

  private func add(_ languages: UInt32?, _ hits: inout [Int]) {
    guard var languages else { return }
    while languages != 0 {
      hits[languages.trailingZeroBitCount] += 1
      languages &= languages - 1
    }
  }

  private static func table(_ profiles: [(language: String, words: [String])]) -> [UInt64: UInt32] {
    var table: [UInt64: UInt32] = [:]
    for (index, profile) in profiles.enumerated() {
      for text in profile.words {
        var word = WordReader()
        for scalar in text.unicodeScalars { word.add(scalar.value) }
        if let (hash, _) = word.take() { table[hash, default: 0] |= 1 << UInt32(index) }
      }
    }
    return table
  }

  /// The scalar at `i` and its width; a stray byte counts as U+FFFD.
  private static func scalar(_ text: UnsafeBufferPointer<UInt8>, _ i: Int, _ end: Int) -> (UInt32, Int) {
    let lead = UInt32(text[i])
    let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
    guard width > 1, i + width <= end else { return (0xFFFD, 1) }
    var value = lead & (0xFF >> UInt32(width + 1))
    for k in 1..<width { value = value << 6 | UInt32(text[i + k] & 0x3F) }
    return (value, width)
  }
}

/// Folds the letters of one word into a hash.
private struct WordReader {
  private var hash = Lexicon.hashSeed
  private var isCyrillic = false
  private(set) var isOpen = false

  mutating func add(_ scalar: UInt32) {
    isOpen = true
    if scalar >= 0x400 && scalar < 0x530 { isCyrillic = true }
    hash = (hash ^ UInt64(scalar)) &* 0x100_0000_01b3
  }

  mutating func take() -> (hash: UInt64, isCyrillic: Bool)? {
    guard isOpen else { return nil }
    defer { self = WordReader() }
    return (hash, isCyrillic)
  }
}

/// Letters by script.
private struct ScriptCount {
  var latin = 0
  var cyrillic = 0
  var russian = 0
  var ukrainian = 0
  var han = 0
  var kana = 0
  var hangul = 0
  var arabic = 0
  var other = 0

  /// Counts a scalar above ASCII and returns it in lower case, or nil where it is no letter of a word.
  mutating func add(_ scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0xC0...0xDE where scalar != 0xD7:
      latin += 1
      return scalar + 32
    case 0xDF...0xFF where scalar != 0xF7:
      latin += 1
      return scalar
    case 0x100...0x137, 0x14A...0x177:
      latin += 1
      return scalar == 0x130 ? 0x69 : scalar | 1
    case 0x138...0x148, 0x178...0x17E:
      latin += 1
      return scalar == 0x178 ? 0xFF : scalar % 2 == 1 && scalar != 0x138 ? scalar + 1 : scalar
    case 0x17F...0x24F, 0x1E00...0x1EFF:
      latin += 1
      return scalar
    case 0x410...0x42F: return cyrillicLetter(scalar + 32)
    case 0x400...0x40F: return cyrillicLetter(scalar + 80)
    case 0x430...0x52F: return cyrillicLetter(scalar)
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: han += 1
    case 0x3040...0x30FF: kana += 1
    case 0xAC00...0xD7AF, 0x1100...0x11FF: hangul += 1
    case 0x600...0x6FF, 0x750...0x77F: arabic += 1
    case 0x370...0x3FF, 0x530...0x5FF, 0x900...0x10FF: other += 1
    default: break
    }
    return nil
  }

  private mutating func cyrillicLetter(_ scalar: UInt32) -> UInt32 {
    cyrillic += 1
    switch scalar {
    case 0x44B, 0x44D, 0x451, 0x44A: russian += 1
    case 0x456, 0x457, 0x454, 0x491: ukrainian += 1
    default: break
    }
    return scalar
  }
}
