import Yams

/// A value of JSON (RFC 8259): what a plugin's own `config` holds, and what plugins are spoken to in.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  public subscript(_ key: String) -> JSONValue? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  public var stringValue: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  public var integerValue: Int? {
    switch self {
    case .integer(let value): return value
    case .number(let value): return Int(exactly: value)
    default: return nil
    }
  }

  public var numberValue: Double? {
    switch self {
    case .integer(let value): return Double(value)
    case .number(let value): return value
    default: return nil
    }
  }

  public var boolValue: Bool? {
    if case .bool(let value) = self { return value }
    return nil
  }

  public var arrayValue: [JSONValue]? {
    if case .array(let value) = self { return value }
    return nil
  }

  public var objectValue: [String: JSONValue]? {
    if case .object(let value) = self { return value }
    return nil
  }

  /// One line of JSON, members in order of their names, so that equal values give equal bytes.
  public var text: String { String(decoding: utf8, as: UTF8.self) }

  /// `text` as bytes.
  public var utf8: [UInt8] {
    var out: [UInt8] = []
    write(to: &out)
    return out
  }

  private func write(to out: inout [UInt8]) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let value): out += (value ? "true" : "false").utf8
    case .integer(let value): out += String(value).utf8
    case .number(let value): out += (value.isFinite ? value.description : "null").utf8
    case .string(let value): JSONValue.write(value, to: &out)
    case .array(let values):
      out.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        value.write(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        JSONValue.write(member.key, to: &out)
        out.append(UInt8(ascii: ":"))
        member.value.write(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case 0x0A: out += "\\n".utf8
      case 0x0D: out += "\\r".utf8
      case 0x09: out += "\\t".utf8
      case 0..<0x20, 0x7F:
        out += "\\u00".utf8
        out.append(digits[Int(byte >> 4)])
        out.append(digits[Int(byte & 15)])
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}

extension YAMLField {
  /// The value as JSON, plain scalars read by the core schema of YAML 1.2 (`on` and `no` are texts). A value nested deeper than 32 or with
  /// more than 10,000 parts (aliases count wherever they are used) is a problem.
  public func json() -> JSONValue? {
    var budget = 10_000
    guard let value = YAMLField.json(node, depth: 0, budget: &budget) else {
      mismatch("at most 32 levels deep and 10000 values large")
      return nil
    }
    return value
  }

  private static func json(_ node: Node, depth: Int, budget: inout Int) -> JSONValue? {
    budget -= 1
    guard depth < 32, budget > 0 else { return nil }
    switch node {
    case .scalar(let scalar): return json(scalar)
    case .sequence(let sequence):
      var values: [JSONValue] = []
      for item in sequence {
        guard let value = json(item, depth: depth + 1, budget: &budget) else { return nil }
        values.append(value)
      }
      return .array(values)
    case .mapping(let mapping):
      var members: [String: JSONValue] = [:]
      for (key, item) in mapping {
        guard let name = key.scalar?.string, let value = json(item, depth: depth + 1, budget: &budget) else { return nil }
        members[name] = value
      }
      return .object(members)
    case .alias: return nil
    }
  }

  private static func json(_ scalar: Node.Scalar) -> JSONValue {
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    guard let first = text.utf8.first, (48...57).contains(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") else {
      return .string(text)
    }
    if let value = Int(text) { return .integer(value) }
    let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    if isDecimal, let value = Double(text), value.isFinite { return .number(value) }
    return .string(text)
  }
}
