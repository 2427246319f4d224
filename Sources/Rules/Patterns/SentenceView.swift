import Analysis
import Documents
import Language

/// A document as matching sees it: tokens, and which mention stands on each. Every reader of a document holds it: a class, so that holding it costs
/// one count and not one for each of its arrays.
final class SentenceView: Sendable {
  let source: AnnotatedDocument
  let tokens: [Token]
  let mentions: [Mention]
  /// Per token, the mention that covers it, or -1.
  let mentionAt: [Int32]
  let masks: [CaptureMask]
  let words: FunctionWords
  /// Per token, whether patterns step over it.
  private let light: [Bool]

  init(_ source: AnnotatedDocument, words: FunctionWords) {
    self.source = source
    self.words = words
    tokens = source.annotation.tokens
    mentions = source.annotation.mentions
    masks = mentions.map { mention in
      var mask = CaptureMask(mention)
      if mask.contains(.number), SentenceView.isSize(source.document.text[mention.core.range]) { mask.formUnion(.size) }
      if case .quantity(let quantity) = mention.value, quantity.kind == .ordinal, SentenceView.isRank(mention, source, words) {
        mask.formUnion(.number)
      }
      return mask
    }
    var table = [Int32](repeating: -1, count: tokens.count)
    for (index, mention) in mentions.enumerated() {
      for token in mention.tokens where token < table.count { table[token] = Int32(index) }
    }
    mentionAt = table
    light = tokens.map { SentenceView.isLight($0, source.document.text, words) }
  }

  /// Digits and one of the letters that scale the size of a model.
  private static func isSize(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, (0x30...0x39).contains(first) else { return false }
    let digits = text.prefix { (0x30...0x39).contains($0) || $0 == 0x2E }
    return text.count > digits.count && [0x42, 0x4D, 0x54].contains(text[text.startIndex + digits.count])
      && (text.count == digits.count + 1 || text[text.startIndex + digits.count + 1] == 0x20)
  }

  /// "#2", "ranked second": a place in a list is a figure.
  private static func isRank(_ mention: Mention, _ source: AnnotatedDocument, _ words: FunctionWords) -> Bool {
    if source.document.text[mention.core.start] == 0x23 { return true }
    let before = mention.tokens.lowerBound - 1
    return before >= 0 && words.ranking.contains(source.annotation.tokens[before].word)
  }

  func mention(at token: Int) -> Int? {
    let index = mentionAt[token]
    return index < 0 ? nil : Int(index)
  }

  /// The mentions that stand among the tokens, each once and in order; one that begins before or ends behind them is among them.
  func mentions(in tokens: Range<Int>) -> [Int] {
    var found: [Int] = []
    var at = tokens.lowerBound
    while at < tokens.upperBound {
      guard let index = mention(at: at) else {
        at += 1
        continue
      }
      found.append(index)
      at = max(at + 1, mentions[index].tokens.upperBound)
    }
    return found
  }

  func entity(at token: Int) -> EntityValue? {
    guard let index = mention(at: token), case .entity(let entity) = mentions[index].value else { return nil }
    return entity
  }

  func span(_ range: Range<Int>) -> ByteSpan {
    guard let first = range.first, let last = range.last else { return ByteSpan(0, 0) }
    return ByteSpan(Int(tokens[first].start), Int(tokens[last].end))
  }

  func text(_ range: Range<Int>) -> String { source.document.visibleText(span(range)) }

  /// What may stand between two elements of a pattern without being written: determiners, quotation marks, hyphens, adverbs in -ly.
  func isLight(_ index: Int) -> Bool { light[index] }

  private static func isLight(_ token: Token, _ bytes: [UInt8], _ words: FunctionWords) -> Bool {
    if token.isMark {
      if token.shape.contains(.possessive) { return true }
      switch token.mark {
      case 0x2D, 0x22, 0x27, 0x2A, 0x5F, 0x60: return true
      case 0xE2:
        // Typographic quotation marks U+2018–U+201F and hyphens U+2010, U+2011; not dashes or arrows.
        let start = Int(token.start)
        guard start + 2 < bytes.count, bytes[start + 1] == 0x80 else { return false }
        return (0x98...0x9F).contains(bytes[start + 2]) || bytes[start + 2] == 0x90 || bytes[start + 2] == 0x91
      default: return false
      }
    }
    return words.determiners.contains(token.word) || isAdverb(token, bytes)
  }

  private static func isAdverb(_ token: Token, _ bytes: [UInt8]) -> Bool {
    guard token.isWord, token.end - token.start > 4 else { return false }
    return bytes[Int(token.end) - 1] | 0x20 == 0x79 && bytes[Int(token.end) - 2] | 0x20 == 0x6C
  }

  /// A mark that ends a clause: semicolon, colon, dash, arrow, bracket.
  func isClauseMark(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.isMark else { return false }
    switch token.mark {
    case 0x3B, 0x3A, 0x28, 0x29: return true
    case 0xE2: return !isLight(index)
    case 0x2D: return token.spaceBefore && index + 1 < tokens.count && tokens[index + 1].spaceBefore
    default: return false
    }
  }

  func isComma(_ index: Int) -> Bool { tokens[index].isMark && tokens[index].mark == 0x2C }
}
