/// Text from notes as people may see it: one line, nothing hidden, nothing that moves a cursor or turns the reading direction.
///
/// White space, line breaks included, becomes single spaces. C0 controls become their control pictures (ESC is "␛"); C1 controls, the
/// BiDi controls and other format characters (General_Category Cf) become "⟨U+202E⟩". Two exceptions keep honest text readable: joiners
/// stay where a script or an emoji needs them, after a non-ASCII scalar, and soft hyphens, which no reader sees, go.
public enum VisibleText {
  public static func line(_ text: some StringProtocol) -> String { line(text, keepingEdges: false) }

  /// - Parameter keepingEdges: white space at either end becomes a space instead of going; for pieces of a line.
  static func line(_ text: some StringProtocol, keepingEdges: Bool) -> String {
    if text.utf8.withContiguousStorageIfAvailable({ isOrdinary($0, keepingEdges: keepingEdges) }) ?? false { return String(text) }
    var out = String.UnicodeScalarView()
    var pendingSpace = false
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      if isBlank(scalar) {
        pendingSpace = keepingEdges || !out.isEmpty
        previous = " "
        continue
      }
      if scalar.value == 0xAD { continue }
      if pendingSpace {
        out.append(" ")
        pendingSpace = false
      }
      appendVisible(scalar, after: previous, to: &out)
      previous = scalar
    }
    if pendingSpace, keepingEdges { out.append(" ") }
    return String(out)
  }

  /// Whether all of it is letters, digits and marks with single spaces between them: then it is its own line, as nearly all text is.
  private static func isOrdinary(_ bytes: UnsafeBufferPointer<UInt8>, keepingEdges: Bool) -> Bool {
    var index = 0
    var isAfterBlank = !keepingEdges
    while index < bytes.count {
      switch bytes[index] {
      case 0x20:
        guard !isAfterBlank else { return false }
        isAfterBlank = true
        index += 1
        continue
      case 0x21..<0x7F: index += 1
      // Latin letters with accents, and the dashes and quotation marks of books.
      case 0xC3...0xCA: index += 2
      case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && (0x90...0xA7).contains(bytes[index + 2]): index += 3
      default: return false
      }
      isAfterBlank = false
    }
    return keepingEdges || !isAfterBlank
  }

  static func appendVisible(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar, to out: inout String.UnicodeScalarView) {
    switch scalar.value {
    case 0..<0x20: out.append(Unicode.Scalar(0x2400 + scalar.value) ?? "␦")
    case 0x7F: out.append("␡")
    case 0x20..<0x7F: out.append(scalar)
    case 0x80..<0xA0: appendNumber(scalar, to: &out)
    case 0x200C, 0x200D:
      if previous.isASCII { appendNumber(scalar, to: &out) } else { out.append(scalar) }
    default:
      switch scalar.properties.generalCategory {
      case .format, .lineSeparator, .paragraphSeparator: appendNumber(scalar, to: &out)
      default: out.append(scalar)
      }
    }
  }

  private static func appendNumber(_ scalar: Unicode.Scalar, to out: inout String.UnicodeScalarView) {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    out.append(contentsOf: "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.utf8.count)))\(digits)⟩".unicodeScalars)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20, 0x85, 0x2028, 0x2029: return true
    default: return false
    }
  }
}

/// Text for a terminal, the journal or a status line: visible text is all a terminal needs, as it has no markup but control characters.
public enum TerminalText {
  public static func escape(_ text: some StringProtocol) -> String { VisibleText.line(text) }
}
