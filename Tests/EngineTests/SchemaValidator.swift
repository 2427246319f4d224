import Yams

/// A value of JSON, or of YAML as YAML 1.2's core schema reads it.
indirect enum SchemaValue: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([SchemaValue])
  case object([String: SchemaValue])

  init(_ node: Node) {
    switch node {
    case .scalar(let scalar):
      self = scalar.style == .plain || scalar.style == .any ? SchemaValue.plain(scalar.string) : .string(scalar.string)
    case .sequence(let sequence): self = .array(sequence.map(SchemaValue.init))
    case .mapping(let mapping):
      self = .object(Dictionary(mapping.map { ($0.key.scalar?.string ?? "", SchemaValue($0.value)) }, uniquingKeysWith: { $1 }))
    case .alias: self = .null
    }
  }

  private static func plain(_ text: String) -> SchemaValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    let isNumber = text.wholeMatch(of: #/[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/#) != nil
    return isNumber ? Double(text).map { .number($0) } ?? .string(text) : .string(text)
  }

  subscript(_ key: String) -> SchemaValue? { if case .object(let members) = self { members[key] } else { nil } }
  var strings: [String] {
    if case .array(let items) = self { items.compactMap { if case .string(let text) = $0 { text } else { nil } } } else { [] }
  }
}

/// As much of JSON Schema (draft 2020-12) as the schemas use; a word it does not know is a problem, so that none goes unchecked.
struct SchemaValidator {
  let root: SchemaValue

  init(json text: String) throws { root = SchemaValue(try Yams.compose(yaml: text) ?? Node("")) }

  /// Where a value does not fit, empty where it does.
  func problems(_ value: SchemaValue) -> [String] { problems(value, root, "") }

  private static let words: Set<String> = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "const", "pattern", "maxLength", "minimum", "maximum",
    "properties", "required", "additionalProperties", "items", "prefixItems", "minItems", "anyOf", "oneOf", "allOf", "not", "if", "then",
    "else",
  ]

  private func problems(_ value: SchemaValue, _ schema: SchemaValue, _ path: String) -> [String] {
    if schema == .bool(true) { return [] }
    if schema == .bool(false) { return ["\(path): not allowed"] }
    guard case .object(let members) = schema else { return ["\(path): no schema"] }
    var found = members.keys.filter { !SchemaValidator.words.contains($0) }.map { "\(path): the validator does not know \($0)" }
    func fits(_ other: SchemaValue) -> Bool { problems(value, other, path).isEmpty }
    func list(_ word: String) -> [SchemaValue] { if case .array(let items)? = members[word] { items } else { [] } }
    if case .string(let reference)? = members["$ref"] {
      let target = reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .bool(false) }
      found += problems(value, target, path)
    }
    if let type = members["type"] {
      let types = if case .string(let one) = type { [one] } else { type.strings }
      if !types.contains(where: { isOf($0, value) }) { found.append("\(path): is no \(types.joined(separator: ", "))") }
    }
    if case .array(let allowed)? = members["enum"], !allowed.contains(value) { found.append("\(path): is none of \(allowed)") }
    if let const = members["const"], const != value { found.append("\(path): is not \(const)") }
    if case .string(let text) = value {
      if case .string(let pattern)? = members["pattern"], let regex = try? Regex(pattern), text.firstMatch(of: regex) == nil {
        found.append("\(path): '\(text)' does not match \(pattern)")
      }
      if case .number(let most)? = members["maxLength"], Double(text.unicodeScalars.count) > most { found.append("\(path): too long") }
    }
    if case .number(let number) = value {
      if case .number(let least)? = members["minimum"], number < least { found.append("\(path): too small") }
      if case .number(let most)? = members["maximum"], number > most { found.append("\(path): too large") }
    }
    if case .object(let fields) = value {
      for name in members["required"]?.strings ?? [] where fields[name] == nil { found.append("\(path): needs \(name)") }
      for (name, field) in fields {
        if let known = members["properties"]?[name] {
          found += problems(field, known, "\(path)/\(name)")
        } else if let others = members["additionalProperties"] {
          found += problems(field, others, "\(path)/\(name)")
        }
      }
    }
    if case .array(let items) = value {
      if case .number(let least)? = members["minItems"], Double(items.count) < least { found.append("\(path): too few") }
      let first = list("prefixItems")
      for (index, item) in items.enumerated() {
        if index < first.count {
          found += problems(item, first[index], "\(path)/\(index)")
        } else if let schema = members["items"] {
          found += problems(item, schema, "\(path)/\(index)")
        }
      }
    }
    for part in list("allOf") { found += problems(value, part, path) }
    if members["anyOf"] != nil, !list("anyOf").contains(where: fits) { found.append("\(path): fits none of the choices") }
    if members["oneOf"] != nil, list("oneOf").filter(fits).count != 1 { found.append("\(path): does not fit exactly one choice") }
    if let not = members["not"], fits(not) { found.append("\(path): fits what is excluded") }
    if let condition = members["if"] { if let part = members[fits(condition) ? "then" : "else"] { found += problems(value, part, path) } }
    return found
  }

  private func isOf(_ type: String, _ value: SchemaValue) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string), ("array", .array), ("object", .object): true
    case ("integer", .number(let number)): number == number.rounded()
    default: false
    }
  }
}
