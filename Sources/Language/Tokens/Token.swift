import Documents

/// A word, a number or a punctuation mark of the visible text.
///
/// Letters and digits never share a token ("7B" is `7` `B`, "Q3" is `Q` `3`), a number keeps its inner points and commas ("1,000.50",
/// "23.07.2025"), a hyphen stands alone ("28-year-old" is five tokens), a word keeps an inner apostrophe ("don't", "O'Brien") except for a
/// possessive, which is a token of its own ("Meta's" is `Meta` `'s`). `spaceBefore` tells what was joined.
public struct Token: Sendable, Hashable {
  public struct Shape: OptionSet, Sendable, Hashable {
    public var rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Letters. Exactly one of word, number, mark holds.
    public static let word = Shape(rawValue: 1 << 0)
    /// ASCII digits, perhaps with inner points and commas.
    public static let number = Shape(rawValue: 1 << 1)
    /// One punctuation mark or symbol.
    public static let mark = Shape(rawValue: 1 << 2)
    /// The first letter is upper case.
    public static let capitalized = Shape(rawValue: 1 << 3)
    /// Every cased letter is upper case.
    public static let allCaps = Shape(rawValue: 1 << 4)
    /// An upper-case letter after a lower-case one ("OpenAI", "iPhone").
    public static let innerCap = Shape(rawValue: 1 << 5)
    /// White space, or the text's start, comes before.
    public static let spaceBefore = Shape(rawValue: 1 << 6)
    /// A line break, or the text's start, comes before.
    public static let lineStart = Shape(rawValue: 1 << 7)
    /// A blank line comes before.
    public static let paragraphStart = Shape(rawValue: 1 << 8)
    /// Has bytes above 0x7F.
    public static let nonASCII = Shape(rawValue: 1 << 9)
    /// `'s` or `’s` (or a bare apostrophe after an s).
    public static let possessive = Shape(rawValue: 1 << 10)
  }

  /// Offsets into the text.
  public var start: UInt32
  public var end: UInt32
  public var word: WordID
  public var shape: Shape
  /// The mark's first byte, for quick tests of ASCII punctuation; 0 for words and numbers.
  public var mark: UInt8

  @inlinable public init(start: Int, end: Int, word: WordID, shape: Shape, mark: UInt8 = 0) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.word = word
    self.shape = shape
    self.mark = mark
  }

  public var span: ByteSpan { ByteSpan(Int(start), Int(end)) }
  @inlinable public var isWord: Bool { shape.contains(.word) }
  @inlinable public var isNumber: Bool { shape.contains(.number) }
  @inlinable public var isMark: Bool { shape.contains(.mark) }
  @inlinable public var isCapitalized: Bool { shape.contains(.capitalized) }
  @inlinable public var spaceBefore: Bool { shape.contains(.spaceBefore) }
}
