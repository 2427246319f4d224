/// Keeps shapes from md4c on which it takes more than linear time: counted before parsing, read as plain text.
///
/// md4c 0.4.8 is quadratic in nested and unmatched brackets, in containers that nest deeply, and in floods of link reference definitions.
enum MarkdownGuard {
  private static let maximumNesting = 100
  private static let maximumDefinitions = 5_000
  private static let maximumBracketsOfParagraph = 5_000
  private static let maximumMarksOfParagraph = 100_000

  /// What is wrong with the text, nil where md4c may have it.
  static func complaint(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) -> String? {
    var i = range.lowerBound
    var definitions = 0
    var brackets = 0
    var marks = 0
    while i < range.upperBound {
      // The line's containers: quotation marks, list marks, indentation.
      var nesting = 0
      var columns = 0
      let lineStart = i
      while i < range.upperBound {
        let b = bytes[i]
        if b == 0x3E {
          nesting += 1
        } else if b == 0x2D || b == 0x2A || b == 0x2B, i + 1 < range.upperBound,
          bytes[i + 1] == 0x20 || bytes[i + 1] == 0x09
        {
          nesting += 1
        } else if b == 0x20 {
          columns += 1
        } else if b == 0x09 {
          columns += 4
        } else {
          break
        }
        i += 1
      }
      if nesting > maximumNesting || columns > 4 * maximumNesting && nesting > 0 {
        return "containers nested \(nesting) deep"
      }
      if i >= range.upperBound || ASCII.isNewline(bytes[i]) {
        (brackets, marks) = (0, 0)
      } else if bytes[i] == 0x5B {
        definitions += isDefinition(bytes, i, range.upperBound) ? 1 : 0
        if definitions > maximumDefinitions {
          return "more than \(maximumDefinitions) link definitions"
        }
      }
      while i < range.upperBound, !ASCII.isNewline(bytes[i]) {
        switch bytes[i] {
        case 0x5B, 0x5D: brackets += 1
        case 0x2A, 0x5F, 0x60, 0x7E, 0x3C, 0x26, 0x7C, 0x21: marks += 1
        default: break
        }
        i += 1
      }
      if brackets > maximumBracketsOfParagraph {
        return "a paragraph with more than \(maximumBracketsOfParagraph) brackets"
      }
      if marks > maximumMarksOfParagraph {
        return "a paragraph with more than \(maximumMarksOfParagraph) marks"
      }
      i += i > lineStart || i < range.upperBound ? 1 : 0
    }
    return nil
  }

  private static func isDefinition(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int)
    -> Bool
  {
    var i = start + 1
    while i < end, i - start < 1000, bytes[i] != 0x5D, !ASCII.isNewline(bytes[i]) { i += 1 }
    return i + 1 < end && bytes[i] == 0x5D && bytes[i + 1] == 0x3A
  }
}
