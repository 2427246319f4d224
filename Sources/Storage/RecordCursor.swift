import Glibc

/// Reads the JSON that this program itself has stored (RFC 8259), in one pass and without a tree: a digest over a large archive reads tens of
/// thousands of records, and a general decoder takes ten times as long.
///
/// It is strict. Where anything is not as expected it throws, and the caller asks the general decoder, which says what is wrong.
struct RecordCursor {
  struct Unexpected: Error {}

  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Reads one value to the end of the bytes.
  static func read<T>(_ bytes: UnsafeRawBufferPointer, _ body: (inout RecordCursor) throws -> T) throws -> T {
    var cursor = RecordCursor(bytes)
    let value = try body(&cursor)
    guard cursor.peek() == nil else { throw Unexpected() }
    return value
  }

  /// The next byte that is no white space; nil at the end.
  private mutating func peek() -> UInt8? {
    while at < bytes.count {
      let byte = bytes[at]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      at += 1
    }
    return nil
  }

  private mutating func expect(_ byte: UInt8) throws {
    guard peek() == byte else { throw Unexpected() }
    at += 1
  }

  /// Whether another element follows, behind its comma; else the end is passed.
  private mutating func goesOn(_ isFirst: Bool, _ end: UInt8) throws -> Bool {
    switch peek() {
    case end:
      at += 1
      return false
    case 0x2C where !isFirst: at += 1
    default: guard isFirst else { throw Unexpected() }
    }
    return true
  }

  /// A member's name where it lies, to be compared with those that are known: it never becomes a string.
  struct Key {
    fileprivate let bytes: UnsafeRawBufferPointer

    static func ~= (name: StaticString, key: Key) -> Bool {
      guard let start = key.bytes.baseAddress, key.bytes.count == name.utf8CodeUnitCount else { return false }
      return memcmp(start, name.utf8Start, key.bytes.count) == 0
    }
  }

  /// - Parameter member: reads the value of the key, or skips it.
  mutating func object(_ member: (inout RecordCursor, Key) throws -> Void) throws {
    try members { cursor in
      let key = try cursor.key()
      try cursor.expect(0x3A)
      try member(&cursor, key)
    }
  }

  private mutating func members(_ member: (inout RecordCursor) throws -> Void) throws {
    try expect(0x7B)
    var isFirst = true
    while try goesOn(isFirst, 0x7D) {
      isFirst = false
      try member(&self)
    }
  }

  /// Names of ours need no escapes.
  private mutating func key() throws -> Key {
    try expect(0x22)
    let start = at
    while at < bytes.count, bytes[at] != 0x22 {
      guard bytes[at] != 0x5C else { throw Unexpected() }
      at += 1
    }
    guard at < bytes.count else { throw Unexpected() }
    defer { at += 1 }
    return Key(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<at]))
  }

  mutating func array<T>(_ element: (inout RecordCursor) throws -> T) throws -> [T] {
    try expect(0x5B)
    var values: [T] = []
    while try goesOn(values.isEmpty, 0x5D) { values.append(try element(&self)) }
    return values
  }

  mutating func strings() throws -> [String] { try array { try $0.string() } }

  mutating func dictionary() throws -> [String: String] {
    var values: [String: String] = [:]
    try members { cursor in
      let key = try cursor.string()
      try cursor.expect(0x3A)
      values[key] = try cursor.string()
    }
    return values
  }

  /// Nil where `null` stands.
  mutating func optional<T>(_ value: (inout RecordCursor) throws -> T) throws -> T? {
    guard peek() == 0x6E else { return try value(&self) }
    try word("null")
    return nil
  }

  mutating func bool() throws -> Bool {
    let isTrue = peek() == 0x74
    try word(isTrue ? "true" : "false")
    return isTrue
  }

  private mutating func word(_ word: StaticString) throws {
    guard peek() != nil, bytes.count - at >= word.utf8CodeUnitCount else { throw Unexpected() }
    for index in 0..<word.utf8CodeUnitCount where bytes[at + index] != word.utf8Start[index] { throw Unexpected() }
    at += word.utf8CodeUnitCount
  }

  mutating func integer() throws -> Int {
    guard let value = Int(try number()) else { throw Unexpected() }
    return value
  }

  mutating func double() throws -> Double {
    guard let value = Double(try number()) else { throw Unexpected() }
    return value
  }

  private mutating func number() throws -> String {
    guard peek() != nil else { throw Unexpected() }
    let start = at
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[at]) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  mutating func value<T: RawRepresentable<String>>(_ type: T.Type) throws -> T {
    guard let value = T(rawValue: try string()) else { throw Unexpected() }
    return value
  }

  mutating func string() throws -> String {
    try expect(0x22)
    let start = at
    while at < bytes.count {
      switch bytes[at] {
      case 0x22:
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        return text
      case 0x5C: return try unescaped(from: start)
      default: at += 1
      }
    }
    throw Unexpected()
  }

  /// The cursor stands at the first backslash.
  private mutating func unescaped(from start: Int) throws -> String {
    var text = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      guard byte == 0x5C else {
        text.append(byte)
        continue
      }
      guard at < bytes.count else { break }
      let escape = bytes[at]
      at += 1
      switch escape {
      case 0x22, 0x2F, 0x5C: text.append(escape)
      case 0x6E: text.append(0x0A)
      case 0x72: text.append(0x0D)
      case 0x74: text.append(0x09)
      case 0x62: text.append(0x08)
      case 0x66: text.append(0x0C)
      // Only control characters are stored so; what takes two of them is left to the general decoder.
      case 0x75:
        guard bytes.count - at >= 4, let code = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { throw Unexpected() }
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
        at += 4
      default: throw Unexpected()
      }
    }
    throw Unexpected()
  }

  /// Passes over a value of a key that is not known.
  mutating func skip() throws {
    switch peek() {
    case 0x7B: try object { cursor, _ in try cursor.skip() }
    case 0x5B: _ = try array { try $0.skip() }
    case 0x22: _ = try string()
    case 0x74, 0x66: _ = try bool()
    case 0x6E: try word("null")
    default: _ = try double()
    }
  }
}
