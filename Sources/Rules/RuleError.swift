/// What is wrong with a rule: where it stands, what was read there, and what to do. It disables the rule it names and nothing else.
public struct RuleError: Error, Sendable, Hashable, CustomStringConvertible {
  public var file: String
  /// 1-based; 0 where unknown.
  public var line: Int
  public var column: Int
  /// The rule that is disabled; nil where the file as a whole is.
  public var rule: String?
  /// The offending text.
  public var text: String
  public var message: String
  public var advice: String

  public init(file: String, line: Int, column: Int, rule: String?, text: String, message: String, advice: String) {
    self.file = file
    self.line = line
    self.column = column
    self.rule = rule
    self.text = text
    self.message = message
    self.advice = advice
  }

  public var description: String {
    let place = "\(file):\(line):\(column)"
    let disabled = rule.map { "rule \"\($0)\" is disabled" } ?? "the file is disabled"
    let quoted = text.isEmpty ? "" : " (\"\(text)\")"
    return "\(place): \(message)\(quoted); \(disabled): \(advice)"
  }
}
