/// Something wrong in a file that a person wrote, with its place: `file:line:column: message`, the line, and a caret under the column.
public struct SourceProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public var file: String
  /// 1-based; nil where the file as a whole is meant.
  public var line: Int?
  /// 1-based, counted in Unicode scalars.
  public var column: Int?
  public var message: String
  /// The offending line and a second line with a caret.
  public var excerpt: String?

  public init(file: String, line: Int? = nil, column: Int? = nil, message: String, excerpt: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.excerpt = excerpt
  }

  public var description: String { excerpt.map { "\(headline)\n\($0)" } ?? headline }

  /// `file:line:column: message`, on one line.
  public var headline: String {
    guard let line else { return "\(file): \(message)" }
    return "\(file):\(line):\(column ?? 1): \(message)"
  }

  /// The line with a caret under `column`, clipped around it where the line is long. Control and formatting characters are made visible,
  /// so that a file cannot write to the terminal of who reads the message.
  static func excerpt(of line: some StringProtocol, column: Int) -> String {
    let width = 100
    let scalars = Array(line.unicodeScalars)
    let target = min(max(column - 1, 0), scalars.count)
    let first = scalars.count > width ? max(0, min(target - width / 2, scalars.count - width)) : 0
    var shown = first > 0 ? "…" : ""
    var caret = first > 0 ? " " : ""
    for (index, scalar) in scalars[first..<min(scalars.count, first + width)].enumerated() {
      let text = Printable.escaped(scalar, keepingTab: true)
      shown += text
      if first + index < target { caret += scalar == "\t" ? "\t" : String(repeating: " ", count: text.unicodeScalars.count) }
    }
    if first + width < scalars.count { shown += "…" }
    return "\(shown)\n\(caret)^"
  }
}

/// Text from outside made fit for a terminal, a journal line or `STATUS=`.
public enum Printable {
  /// C0, C1, DEL and formatting characters (among them those that change the writing direction) as `\u{…}`; the rest as it is.
  public static func escaped(_ text: some StringProtocol, limit: Int = 200) -> String {
    var out = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit { return out + "…" }
      out += escaped(scalar, keepingTab: false)
      count += 1
    }
    return out
  }

  static func escaped(_ scalar: Unicode.Scalar, keepingTab: Bool) -> String {
    if scalar == "\t" && keepingTab { return "\t" }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return "\\u{\(String(scalar.value, radix: 16))}"
    default: return String(Character(scalar))
    }
  }
}
