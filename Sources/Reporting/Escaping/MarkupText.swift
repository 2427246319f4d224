/// Text for HTML and XML, in content and in quoted attributes alike.
public enum MarkupText {
  public static func escape(_ text: some StringProtocol) -> String {
    var out: [UInt8] = []
    append(text, to: &out, keepingEdges: false)
    return String(decoding: out, as: UTF8.self)
  }

  /// - Parameter keepingEdges: for a piece of a line.
  static func append(_ text: some StringProtocol, to out: inout [UInt8], keepingEdges: Bool) {
    var line = VisibleText.line(text, keepingEdges: keepingEdges)
    line.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() {
        guard let entity = entity(byte) else { continue }
        out += bytes[start..<index]
        entity.withUTF8Buffer { out += $0 }
        start = index + 1
      }
      out += bytes[start...]
    }
  }

  private static func entity(_ byte: UInt8) -> StaticString? {
    switch byte {
    case 0x26: return "&amp;"
    case 0x3C: return "&lt;"
    case 0x3E: return "&gt;"
    case 0x22: return "&quot;"
    case 0x27: return "&#39;"
    default: return nil
    }
  }
}

/// A field of a CSV file (RFC 4180) that people open in a spreadsheet, where a cell that begins like a formula would run as one.
public enum CSVField {
  public static func escape(_ text: some StringProtocol) -> String {
    var field = VisibleText.line(text)
    // A full-width sign counts as the sign in some spreadsheets.
    if let first = field.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first) { field = "'" + field }
    guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x3B }) || field.hasPrefix("'") else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}

/// A YAML scalar in double quotes (YAML 1.2 §7.3.1): never a key, a comment, an alias, a document mark or a second line.
public enum YAMLScalar {
  public static func quoted(_ text: some StringProtocol) -> String {
    var out = "\""
    for scalar in VisibleText.line(text).unicodeScalars {
      if scalar == "\"" || scalar == "\\" { out.unicodeScalars.append("\\") }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }
}
