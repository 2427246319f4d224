import Yams

/// A YAML node that knows its file and its rule, and says so when it is not what is wanted.
struct RuleNode {
  let node: Node
  let file: String
  var rule: String?

  /// 1-based line in the file; 0 where unknown.
  var line: Int { node.mark?.line ?? 0 }
  var isMapping: Bool { node.mapping != nil }
  var isScalar: Bool { node.scalar != nil }

  /// The text under a key, without complaint: how a rule is named before it is checked.
  func text(under key: String) -> String? { node.mapping?[key]?.scalar?.string }

  func error(_ message: String, _ advice: String, offset: Int = 0) -> RuleError {
    var column = node.mark?.column ?? 0
    if offset > 0, let style = node.scalar?.style {
      column += offset + (style == .doubleQuoted || style == .singleQuoted ? 1 : 0)
    }
    return RuleError(
      file: file, line: node.mark?.line ?? 0, column: column, rule: rule, text: String((node.scalar?.string ?? "").prefix(120)),
      message: message, advice: advice)
  }

  /// The fields of a mapping; unknown keys are refused.
  func fields(_ known: [String]) throws(RuleError) -> [String: RuleNode] {
    guard let mapping = node.mapping else {
      throw error("a mapping was expected here", "write `key: value` lines; keys are \(list(known))")
    }
    var fields: [String: RuleNode] = [:]
    for (key, value) in mapping {
      let keyNode = RuleNode(node: key, file: file, rule: rule)
      guard let name = key.scalar?.string else { throw keyNode.error("a key must be a word", "keys are \(list(known))") }
      guard known.contains(name) else { throw keyNode.error("unknown key \"\(name)\"", "known here: \(list(known))") }
      fields[name] = RuleNode(node: value, file: file, rule: rule)
    }
    return fields
  }

  /// A mapping with free keys, in order.
  func entries() throws(RuleError) -> [(String, RuleNode)] {
    guard let mapping = node.mapping else { throw error("a mapping was expected here", "write `name: value` lines") }
    var entries: [(String, RuleNode)] = []
    for (key, value) in mapping { entries.append((key.scalar?.string ?? "", RuleNode(node: value, file: file, rule: rule))) }
    return entries
  }

  /// A list, or one value standing for a list of one.
  func items() -> [RuleNode] {
    guard let sequence = node.sequence else { return [self] }
    return sequence.map { RuleNode(node: $0, file: file, rule: rule) }
  }

  func string() throws(RuleError) -> String {
    guard let text = node.scalar?.string else {
      throw error("text was expected here", "write one line of text, in quotes where it holds : or #")
    }
    return text
  }

  func strings() throws(RuleError) -> [String] {
    var all: [String] = []
    for item in items() { all.append(try item.string()) }
    return all
  }

  func number() throws(RuleError) -> Double {
    guard let text = node.scalar?.string, let value = Double(text) else {
      throw error("a number was expected here", "write digits, such as 3")
    }
    return value
  }

  func flag() throws(RuleError) -> Bool {
    switch node.scalar?.string {
    case "true", "yes": return true
    case "false", "no": return false
    default: throw error("true or false was expected here", "write true or false")
    }
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) throws(RuleError) -> Choice where Choice.RawValue == String {
    let text = try string()
    guard let value = Choice(rawValue: text) else {
      throw error("\"\(text)\" is none of the values known here", "write one of \(list(Choice.allCases.map(\.rawValue)))")
    }
    return value
  }

  func choices<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) throws(RuleError) -> [Choice] where Choice.RawValue == String {
    var all: [Choice] = []
    for item in items() { all.append(try item.choice(type)) }
    return all
  }

  /// Days from "90 days", "90d", "6 months", "2 years", "1 week".
  func days() throws(RuleError) -> Int {
    let text = try string()
    let digits = text.prefix { $0.isNumber }
    let unit = text.dropFirst(digits.count).filter { $0 != " " }
    let factors = [
      "d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "month": 30, "months": 30, "y": 365, "year": 365, "years": 365,
    ]
    guard let count = Int(digits), let factor = factors[unit] else {
      throw error("\"\(text)\" is no length of time", "write a number and days, weeks, months or years, such as 90 days")
    }
    return count * factor
  }

  func pattern(_ lists: [String: PatternNode]) throws(RuleError) -> PatternNode {
    let text = try string()
    do {
      return try PatternParser.parse(text, lists: lists)
    } catch {
      throw self.error(error.message, error.advice, offset: error.offset)
    }
  }

  private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
