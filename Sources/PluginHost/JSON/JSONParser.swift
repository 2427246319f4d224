import Configuration

/// Why text is no JSON that the host takes.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  public var reason: String
  /// Byte offset.
  public var offset: Int
  public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONValue {
  /// Parses one JSON value (RFC 8259) of hostile origin: strict grammar, nesting and number of values bounded, duplicate names, lone
  /// surrogates, malformed UTF-8 and numbers that are not finite refused.
  public init(
    parsing bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int = 64, maximumValues: Int = 200_000
  ) throws(JSONError) {
    var parser = JSONParser(bytes: bytes, depth: maximumDepth, budget: maximumValues)
    self = try parser.document()
  }

  public init(parsing bytes: [UInt8], maximumDepth: Int = 64, maximumValues: Int = 200_000) throws(JSONError) {
    let result = bytes.withUnsafeBufferPointer { buffer in
      Result { () throws(JSONError) in
        try JSONValue(parsing: buffer, maximumDepth: maximumDepth, maximumValues: maximumValues)
      }
    }
    self = try result.get()
  }
}

private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Levels and values that are left.
  var depth: Int
  var budget: Int
  var at = 0

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value()
    skipSpace()
    guard at == bytes.count else { throw error("something after the end of the value") }
    return value
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    budget -= 1
    guard budget >= 0 else { throw error("more values than allowed") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try nested { (parser) throws(JSONError) in try parser.object() }
    case UInt8(ascii: "["): return try nested { (parser) throws(JSONError) in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || (48...57).contains(byte): return try number()
    case nil: throw error("the value is missing")
    default: throw error("no JSON value begins so")
    }
  }

  private mutating func nested(_ body: (inout JSONParser) throws(JSONError) -> JSONValue) throws(JSONError) -> JSONValue {
    guard depth > 0 else { throw error("nested deeper than allowed") }
    depth -= 1
    at += 1
    let value = try body(&self)
    depth += 1
    return value
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var values: [JSONValue] = []
    if next(is: UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try value())
      if next(is: UInt8(ascii: "]")) { return .array(values) }
      guard next(is: UInt8(ascii: ",")) else { throw error("',' or ']' is missing") }
    }
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var members: [String: JSONValue] = [:]
    if next(is: UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      let place = at
      guard peek == UInt8(ascii: "\"") else { throw error("a name is missing") }
      let name = try string()
      guard next(is: UInt8(ascii: ":")) else { throw error("':' is missing") }
      guard members.updateValue(try value(), forKey: name) == nil else {
        throw JSONError(reason: "the name \"\(Printable.escaped(name, limit: 40))\" stands twice", offset: place)
      }
      if next(is: UInt8(ascii: "}")) { return .object(members) }
      guard next(is: UInt8(ascii: ",")) else { throw error("',' or '}' is missing") }
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let count = text.utf8CodeUnitCount
    guard at + count <= bytes.count, (0..<count).allSatisfy({ bytes[at + $0] == text.utf8Start[$0] }) else {
      throw error("no JSON value begins so")
    }
    at += count
    return value
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = at
    if peek == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else { throw error("malformed number") }
    var isInteger = true
    if peek == UInt8(ascii: ".") {
      at += 1
      isInteger = false
      guard digits() > 0 else { throw error("malformed number") }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      at += 1
      isInteger = false
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw error("malformed number") }
    }
    guard at - start <= 400 else { throw JSONError(reason: "number of more than 400 digits", offset: start) }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if isInteger, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw JSONError(reason: "number out of range", offset: start) }
    return .number(value)
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte = peek, (48...57).contains(byte) { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
    if peek == UInt8(ascii: "\"") {
      at += 1
      return try text(Array(bytes[start..<(at - 1)]), from: start)
    }
    var out = Array(bytes[start..<at])
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return try text(out, from: start)
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &out)
      case 0..<0x20: throw error("a control character inside a string")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw error("a string without end")
  }

  private func text(_ bytes: [UInt8], from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw JSONError(reason: "malformed UTF-8", offset: start) }
    return text
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    let letter = peek
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(letter ?? 0)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"):
      var code = try fourDigits()
      if (0xD800..<0xDC00).contains(code) {
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
          throw error("half a surrogate pair")
        }
        at += 2
        let low = try fourDigits()
        guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair") }
      out += String(Character(scalar)).utf8
    default: throw error("unknown escape")
    }
  }

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      switch peek {
      case let digit? where (48...57).contains(digit): code = code << 4 | UInt32(digit - 48)
      case let digit? where (65...70).contains(digit): code = code << 4 | UInt32(digit - 55)
      case let digit? where (97...102).contains(digit): code = code << 4 | UInt32(digit - 87)
      default: throw error("\\u wants four hexadecimal digits")
      }
      at += 1
    }
    return code
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func next(is byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    at += 1
    return true
  }

  private func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: at) }
}
