/// Reads one JSON object whose interesting members are strings, in one pass over its bytes (RFC 8259, strict).
///
/// Members that nobody asked for are checked and skipped. Lines of many megabytes are usual, hence no tree and no `String`.
struct FlatJSON {
  struct Failure: Error, CustomStringConvertible {
    var what: String
    /// Byte offset in the line.
    var offset: Int
    var description: String { "\(what) at byte \(offset + 1)" }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Calls `member` with each name and its string value; `null` counts as absent, values of other types are skipped unless `wanted`.
  mutating func object(wanted: Set<String>, _ member: (String, [UInt8]) -> Void) throws {
    skipSpace()
    try expect(0x7B, "an object that begins with '{' was expected")
    skipSpace()
    if peek() == 0x7D {
      at += 1
    } else {
      while true {
        skipSpace()
        let name = String(decoding: try string(), as: UTF8.self)
        skipSpace()
        try expect(0x3A, "':' was expected")
        skipSpace()
        if wanted.contains(name) {
          if peek() == 0x6E {
            try literal("null")
          } else {
            guard peek() == 0x22 else { throw fail("\"\(name)\" must be a string") }
            member(name, try string())
          }
        } else {
          try skipValue(depth: 0)
        }
        skipSpace()
        if peek() == 0x2C {
          at += 1
          continue
        }
        try expect(0x7D, "',' or '}' was expected")
        break
      }
    }
    skipSpace()
    guard at == bytes.count else { throw fail("more text follows the object") }
  }

  private func fail(_ what: String) -> Failure { Failure(what: what, offset: at) }

  private func peek() -> UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func expect(_ byte: UInt8, _ what: String) throws {
    guard peek() == byte else { throw fail(what) }
    at += 1
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D || bytes[at] == 0x0A { at += 1 }
  }

  private mutating func literal(_ word: StaticString) throws {
    for i in 0..<word.utf8CodeUnitCount {
      guard peek() == word.utf8Start[i] else { throw fail("'\(word)' was expected") }
      at += 1
    }
  }

  private mutating func skipValue(depth: Int) throws {
    guard depth < 64 else { throw fail("values are nested more than 64 deep") }
    switch peek() {
    case 0x22: _ = try string()
    case 0x74: try literal("true")
    case 0x66: try literal("false")
    case 0x6E: try literal("null")
    case 0x2D, 0x30...0x39:
      while at < bytes.count, [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(bytes[at]) || bytes[at] &- 0x30 < 10 { at += 1 }
    case 0x5B, 0x7B:
      let isObject = peek() == 0x7B
      let close: UInt8 = isObject ? 0x7D : 0x5D
      at += 1
      skipSpace()
      if peek() == close {
        at += 1
        return
      }
      while true {
        skipSpace()
        if isObject {
          _ = try string()
          skipSpace()
          try expect(0x3A, "':' was expected")
          skipSpace()
        }
        try skipValue(depth: depth + 1)
        skipSpace()
        if peek() == 0x2C {
          at += 1
          continue
        }
        try expect(close, isObject ? "',' or '}' was expected" : "',' or ']' was expected")
        return
      }
    default: throw fail("a value was expected")
    }
  }

  private mutating func string() throws -> [UInt8] {
    try expect(0x22, "'\"' was expected")
    var out: [UInt8] = []
    while true {
      var run = at
      while run < bytes.count, bytes[run] != 0x22, bytes[run] != 0x5C, bytes[run] >= 0x20 { run += 1 }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[at..<run]))
      at = run
      guard at < bytes.count else { throw fail("the string does not end") }
      if bytes[at] < 0x20 { throw fail("a control character must be escaped") }
      at += 1
      if bytes[at - 1] == 0x22 { return out }
      try escape(into: &out)
    }
  }

  private mutating func escape(into out: inout [UInt8]) throws {
    guard at < bytes.count else { throw fail("the string does not end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: out.append(byte)
    case 0x62: out.append(0x08)
    case 0x66: out.append(0x0C)
    case 0x6E: out.append(0x0A)
    case 0x72: out.append(0x0D)
    case 0x74: out.append(0x09)
    case 0x75:
      var value = try hex4()
      if value & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 {
        at += 2
        let low = try hex4()
        guard low & 0xFC00 == 0xDC00 else { throw fail("half a surrogate pair") }
        value = 0x10000 + ((value & 0x3FF) << 10 | (low & 0x3FF))
      }
      guard let scalar = Unicode.Scalar(value) else { throw fail("half a surrogate pair") }
      out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw fail("unknown escape")
    }
  }

  private mutating func hex4() throws -> UInt32 {
    guard at + 4 <= bytes.count else { throw fail("four hexadecimal digits were expected") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = bytes[at]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x61 + 10)
      default: throw fail("four hexadecimal digits were expected")
      }
      at += 1
    }
    return value
  }
}
