import Analysis

/// The words of a fact's evidence, as the comparison of two facts needs them: stems, figures, names, and the clause each stands in.
///
/// Evidence is a sentence or a clause of at most 400 bytes; facts keep no more of their note, so all that tells two scopes apart is read from it.
struct EvidenceText: Sendable {
  struct Word: Sendable {
    var lower: String
    var stem: String
    var isCapital: Bool
    /// Number of the clause: marks and words that begin another clause part them.
    var clause: Int
    /// The number it stands for, scaled by the word after it ("1.2 billion"), and the unit of its last digit that is said.
    var number: Double?
    var granularity: Double
    /// Whether it stands right behind a currency sign.
    var isMoney: Bool
    var isAfterComma: Bool
  }

  let words: [Word]

  init(_ text: String) {
    var found: [Word] = []
    var bytes: [UInt8] = []
    var clause = 0
    var afterComma = false
    var money = false
    let all = EvidenceText.plain(text)
    func finish() {
      guard !bytes.isEmpty else { return }
      let written = String(decoding: bytes, as: UTF8.self)
      let lower = written.lowercased()
      if EvidenceText.openers.contains(lower), let last = found.last, last.clause == clause { clause += 1 }
      let figure = EvidenceText.figure(bytes)
      found.append(
        Word(
          lower: lower, stem: Stem.of(lower), isCapital: bytes[0] >= 0x41 && bytes[0] <= 0x5A, clause: clause, number: figure?.number,
          granularity: figure?.granularity ?? 0, isMoney: money, isAfterComma: afterComma))
      bytes.removeAll(keepingCapacity: true)
      afterComma = false
      money = false
    }
    var index = 0
    while index < all.count {
      let byte = all[index]
      let next = index + 1 < all.count ? all[index + 1] : 0x20
      index += 1
      if byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x80 {
        bytes.append(byte)
      } else if byte == 0x2E || byte == 0x2C, let last = bytes.last, last >= 0x30, last <= 0x39, next >= 0x30, next <= 0x39 {
        if byte == 0x2E { bytes.append(byte) }
      } else if byte == 0x2E, bytes.count == 1, next | 0x20 >= 0x61, next | 0x20 <= 0x7A {
        // "U.S."
        continue
      } else if byte == 0x27, let last = bytes.last, last | 0x20 == 0x6E, next | 0x20 == 0x74 {
        // "didn't" is did, not.
        bytes.removeLast()
        finish()
        bytes = Array("not".utf8)
        finish()
        index += 1
      } else {
        finish()
        switch byte {
        case 0x2C: afterComma = true
        case 0x3B, 0x3A, 0x28, 0x29: clause += 1
        case 0x24: money = true
        // A possessive's "s" is no word.
        case 0x27: if next | 0x20 == 0x73 { index += 1 }
        default: break
        }
      }
    }
    finish()
    words = EvidenceText.scaled(found)
  }

  /// Typographic marks as those of a typewriter; a dash becomes a semicolon, every currency sign a dollar sign.
  private static func plain(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{2019}": bytes.append(0x27)
      case "\u{2018}", "\u{201C}", "\u{201D}": bytes.append(0x22)
      case "\u{2013}", "\u{2014}": bytes.append(0x3B)
      case "\u{20AC}", "\u{A3}", "\u{A5}": bytes.append(0x24)
      case "\u{A0}", "\u{2009}", "\u{202F}": bytes.append(0x20)
      default: bytes += Array(String(scalar).utf8)
      }
    }
    return bytes
  }

  /// Words that begin a clause of their own.
  private static let openers: Set<String> = [
    "while", "whereas", "but", "although", "though", "because", "which", "who", "when", "despite", "after", "before", "since", "unlike",
    "following", "amid", "however", "said", "says", "told", "adding", "added",
  ]

  private static let scales: [String: Double] = [
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "tn": 1e12,
    "t": 1e12, "trillion": 1e12, "dozen": 12,
  ]

  private static let small: [String: Double] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
  ]

  /// "10500", "1.2", "70b".
  private static func figure(_ bytes: [UInt8]) -> (number: Double, granularity: Double)? {
    let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E }
    if digits.isEmpty {
      guard let number = small[String(decoding: bytes, as: UTF8.self).lowercased()] else { return nil }
      return (number, 1)
    }
    guard let number = Double(String(decoding: digits, as: UTF8.self)) else { return nil }
    var scale = 1.0
    if digits.count < bytes.count {
      guard let known = scales[String(decoding: bytes.dropFirst(digits.count), as: UTF8.self).lowercased()] else { return nil }
      scale = known
    }
    return (number * scale, Figure.granularity(number, decimals: decimals(digits)) * scale)
  }

  private static func decimals(_ digits: ArraySlice<UInt8>) -> Int {
    guard let point = digits.firstIndex(of: 0x2E) else { return 0 }
    return digits.endIndex - point - 1
  }

  private static func scaled(_ words: [Word]) -> [Word] {
    var words = words
    for index in words.indices.dropLast() where words[index].number != nil && words[index].granularity > 0 {
      guard let scale = scales[words[index + 1].lower], words[index + 1].number == nil || words[index + 1].lower == "dozen" else {
        continue
      }
      words[index].number! *= scale
      words[index].granularity *= scale
    }
    return words
  }

  /// Where the text says a number.
  func position(of number: Double) -> Int? {
    words.firstIndex { word in word.number.map { abs($0 - number) <= abs(number) * 1e-9 } ?? false }
  }

  /// Words of a clause that say what it is about: no function words, no figures.
  func content(_ range: Range<Int>, without names: Set<String> = []) -> Set<String> {
    Set(
      words[range].filter { $0.number == nil && $0.lower.utf8.count > 2 && !Stem.empty.contains($0.lower) && !names.contains($0.lower) }
        .map(\.stem))
  }

  var content: Set<String> { content(words.indices) }
}
