import Documents

/// Splits text into tokens in one pass over its bytes. Linear; malformed UTF-8 is never out of bounds (each stray byte is a mark).
public struct Tokenizer: Sendable {
  public let lexicon: Lexicon

  public init(lexicon: Lexicon) { self.lexicon = lexicon }

  public func tokenize(_ text: UnsafeBufferPointer<UInt8>, from start: Int = 0, to limit: Int? = nil) -> [Token] {
    var scanner = Scanner(text: text, at: start, end: limit ?? text.count, lexicon: lexicon)
    return scanner.run()
  }
}

private enum CharacterClass { case letterUpper, letterLower, letterOther, digit, space, newline, mark, apostrophe, ignorable }

private struct Scanner {
  let text: UnsafeBufferPointer<UInt8>
  var at: Int
  let end: Int
  let lexicon: Lexicon
  var tokens: [Token] = []
  var lowered: [UInt8] = []

  init(text: UnsafeBufferPointer<UInt8>, at: Int, end: Int, lexicon: Lexicon) {
    self.text = text
    self.at = at
    self.end = end
    self.lexicon = lexicon
    tokens.reserveCapacity((end - at) / 5 + 8)
    lowered.reserveCapacity(64)
  }

  mutating func run() -> [Token] {
    var before: Token.Shape = [.spaceBefore, .lineStart, .paragraphStart]
    var newlines = 2
    while at < end {
      let (kind, width) = classify(at)
      switch kind {
      case .space, .ignorable:
        at += width
        if kind == .space { before.insert(.spaceBefore) }
        continue
      case .newline:
        if !(text[at] == 0x0A && at > 0 && text[at - 1] == 0x0D) { newlines += 1 }
        at += width
        before.insert([.spaceBefore, .lineStart])
        if newlines >= 2 { before.insert(.paragraphStart) }
        continue
      case .letterUpper, .letterLower, .letterOther: word(before)
      case .digit: number(before)
      case .apostrophe: apostrophe(before, width)
      case .mark: mark(before, width)
      }
      before = []
      newlines = 0
    }
    return tokens
  }

  /// Letters of ASCII only, which most words are: no copy is made. Anything else, apostrophes too, starts over in `anyWord`.
  private mutating func word(_ before: Token.Shape) {
    let start = at
    var hash = Lexicon.hashSeed
    var at = start
    // Bit 0: upper case seen, bit 1: lower case seen, bit 2: upper case after lower case.
    var cases: UInt8 = 0
    while at < end {
      let byte = text[at]
      let letter = byte | 0x20
      guard letter &- 0x61 < 26 else { break }
      if byte == letter { cases |= 2 } else { cases |= 1 | (cases & 2) << 1 }
      hash = Lexicon.hash(hash, letter)
      at += 1
    }
    if at == start || at < end && (text[at] >= 0x80 || text[at] == 0x27) {
      anyWord(before)
      return
    }
    var shape = before.union(.word)
    if text[start] & 0x20 == 0 { shape.insert(.capitalized) }
    if cases & 4 != 0 { shape.insert(.innerCap) }
    if cases == 1 { shape.insert(.allCaps) }
    let id = lexicon.id(letters: UnsafeBufferPointer(rebasing: text[start..<at]), hash: hash ^ (hash >> 29))
    tokens.append(Token(start: start, end: at, word: id, shape: shape))
    self.at = at
  }

  private mutating func anyWord(_ before: Token.Shape) {
    let start = at
    var shape: Token.Shape = before.union(.word)
    var hash = Lexicon.hashSeed
    var sawLower = false
    var sawUpper = false
    lowered.removeAll(keepingCapacity: true)
    scan: while at < end {
      let (kind, width) = classify(at)
      switch kind {
      case .letterUpper:
        if at == start { shape.insert(.capitalized) } else if sawLower { shape.insert(.innerCap) }
        sawUpper = true
      case .letterLower: sawLower = true
      case .letterOther: break
      case .ignorable:
        at += width
        continue
      case .apostrophe:
        // Inside a word ("don't", "O'Brien") but not before a possessive s, nor at the word's end.
        guard at + width < end, at > start else { break scan }
        let (next, nextWidth) = classify(at + width)
        guard next == .letterLower || next == .letterUpper else { break scan }
        if text[at + width] | 0x20 == 0x73 {
          let after = at + width + nextWidth
          if after >= end { break scan }
          let (follow, _) = classify(after)
          if follow != .letterLower && follow != .letterUpper { break scan }
        }
        hash = Lexicon.hash(hash, 0x27)
        lowered.append(0x27)
        at += width
        continue
      default: break scan
      }
      if width == 1 {
        let byte = text[at]
        let low = kind == .letterUpper ? byte | 0x20 : byte
        hash = Lexicon.hash(hash, low)
        lowered.append(low)
      } else {
        shape.insert(.nonASCII)
        for byte in lowercase(at, width, upper: kind == .letterUpper) {
          hash = Lexicon.hash(hash, byte)
          lowered.append(byte)
        }
      }
      at += width
    }
    if sawUpper && !sawLower { shape.insert(.allCaps) }
    let id = lowered.withUnsafeBufferPointer { lexicon.id(lowercase: $0, hash: hash ^ (hash >> 29)) }
    tokens.append(Token(start: start, end: at, word: id, shape: shape))
  }

  private mutating func number(_ before: Token.Shape) {
    let start = at
    while at < end {
      let byte = text[at]
      if isDigit(byte) {
        at += 1
      } else if byte == 0x2E || byte == 0x2C, at + 1 < end, isDigit(text[at + 1]) {
        at += 2
      } else {
        break
      }
    }
    tokens.append(Token(start: start, end: at, word: .unknown, shape: before.union(.number)))
  }

  /// A possessive where it follows a word directly, else a mark.
  private mutating func apostrophe(_ before: Token.Shape, _ width: Int) {
    let start = at
    if !before.contains(.spaceBefore), let last = tokens.last, !last.isMark {
      if at + width < end, text[at + width] | 0x20 == 0x73 {
        let after = at + width + 1
        let isEnd: Bool
        if after >= end {
          isEnd = true
        } else {
          let (follow, _) = classify(after)
          isEnd = follow != .letterLower && follow != .letterUpper && follow != .letterOther
        }
        if isEnd {
          at = after
          tokens.append(Token(start: start, end: at, word: .unknown, shape: before.union([.mark, .possessive]), mark: 0x27))
          return
        }
      }
      if last.isWord, last.end > last.start, text[Int(last.end) - 1] | 0x20 == 0x73 {
        at += width
        tokens.append(Token(start: start, end: at, word: .unknown, shape: before.union([.mark, .possessive]), mark: 0x27))
        return
      }
    }
    mark(before, width)
  }

  private mutating func mark(_ before: Token.Shape, _ width: Int) {
    let byte = text[at]
    let id = UnsafeBufferPointer(rebasing: text[at..<(at + width)])
    var hash = Lexicon.hashSeed
    for b in id { hash = Lexicon.hash(hash, b) }
    let known = lexicon.id(lowercase: id, hash: hash ^ (hash >> 29))
    let shape = before.union(width > 1 ? [.mark, .nonASCII] : .mark)
    tokens.append(Token(start: at, end: at + width, word: known, shape: shape, mark: byte))
    at += width
  }

  @inline(__always) private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  @inline(__always)
  private func classify(_ i: Int) -> (CharacterClass, Int) {
    let byte = text[i]
    if byte < 0x80 {
      if byte &- 0x61 < 26 { return (.letterLower, 1) }
      if byte &- 0x41 < 26 { return (.letterUpper, 1) }
      if byte &- 0x30 < 10 { return (.digit, 1) }
      if byte == 0x0A || byte == 0x0D { return (.newline, 1) }
      if byte <= 0x20 || byte == 0x7F { return (.space, 1) }
      if byte == 0x27 { return (.apostrophe, 1) }
      return (.mark, 1)
    }
    return classifyWide(i)
  }

  private func classifyWide(_ i: Int) -> (CharacterClass, Int) {
    let (value, width) = scalar(i)
    switch value {
    case 0xC0...0x17F where value != 0xD7 && value != 0xF7:
      if value < 0xDF { return (.letterUpper, width) }
      if value < 0x100 { return (.letterLower, width) }
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return (.space, width)
    case 0x2028, 0x2029, 0x85: return (.newline, width)
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFEFF, 0xFE00...0xFE0F: return (.ignorable, width)
    case 0x2019: return (.apostrophe, width)
    case 0x80...0xBF where value != 0xAA && value != 0xB5 && value != 0xBA: return (.mark, width)
    case 0x2010...0x2BFF, 0x3001...0x303F, 0xFF00...0xFF20, 0x1F000...0x1FAFF: return (.mark, width)
    default: break
    }
    guard value != 0, let s = Unicode.Scalar(value) else { return (.mark, max(width, 1)) }
    let properties = s.properties
    if properties.isUppercase { return (.letterUpper, width) }
    if properties.isLowercase { return (.letterLower, width) }
    switch properties.generalCategory {
    case .titlecaseLetter: return (.letterUpper, width)
    case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return (.letterOther, width)
    default: return (.mark, width)
    }
  }

  /// The scalar at `i` and its width; (0, 1) for a stray byte.
  private func scalar(_ i: Int) -> (UInt32, Int) {
    let b0 = UInt32(text[i])
    func continuation(_ k: Int) -> UInt32? {
      guard i + k < end, text[i + k] & 0xC0 == 0x80 else { return nil }
      return UInt32(text[i + k] & 0x3F)
    }
    if b0 & 0xE0 == 0xC0, let b1 = continuation(1) { return ((b0 & 0x1F) << 6 | b1, 2) }
    if b0 & 0xF0 == 0xE0, let b1 = continuation(1), let b2 = continuation(2) { return ((b0 & 0x0F) << 12 | b1 << 6 | b2, 3) }
    if b0 & 0xF8 == 0xF0, let b1 = continuation(1), let b2 = continuation(2), let b3 = continuation(3) {
      return ((b0 & 0x07) << 18 | b1 << 12 | b2 << 6 | b3, 4)
    }
    return (0, 1)
  }

  private func lowercase(_ i: Int, _ width: Int, upper: Bool) -> [UInt8] {
    guard upper, let s = Unicode.Scalar(scalar(i).0) else { return Array(text[i..<(i + width)]) }
    return Array(s.properties.lowercaseMapping.utf8)
  }
}
