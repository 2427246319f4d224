/// A path or a file name as the kernel has it: bytes without NUL, in no particular encoding.
///
/// A name on Linux may hold anything but `/` and NUL: newlines, terminal escapes, invalid UTF-8, two spellings of the same letter.
/// Turning such a name into a `String` and back opens another file or none, so paths stay bytes, and `description` is for people only.
public struct BytePath: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
  public var bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }
  public init(_ string: String) { self.bytes = Array(string.utf8) }
  public init(stringLiteral value: String) { self.init(value) }

  public var isEmpty: Bool { bytes.isEmpty }
  public var isAbsolute: Bool { bytes.first == slash }

  /// This path with one more component (or several, separated by `/`). Appending to the empty path gives the component alone.
  public func appending(_ component: some Collection<UInt8>) -> BytePath {
    if component.isEmpty { return self }
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count + 1 + component.count)
    joined.append(contentsOf: bytes)
    if let last = joined.last, last != slash { joined.append(slash) }
    joined.append(contentsOf: component)
    return BytePath(joined)
  }

  public func appending(_ other: BytePath) -> BytePath { appending(other.bytes) }

  /// The parts between slashes; empty parts are left out.
  public var components: [ArraySlice<UInt8>] { bytes.split(separator: slash) }

  public var lastComponent: ArraySlice<UInt8> {
    guard let cut = bytes.lastIndex(of: slash) else { return bytes[...] }
    return bytes[(cut + 1)...]
  }

  /// Everything before the last component; empty for a single component.
  public var parent: BytePath {
    guard let cut = bytes.lastIndex(of: slash) else { return BytePath([]) }
    return BytePath(Array(bytes[..<cut]))
  }

  /// Whether this path is `directory` or lies below it. Every relative path lies below the empty path.
  public func isWithin(_ directory: BytePath) -> Bool {
    guard !directory.isEmpty else { return true }
    guard bytes.starts(with: directory.bytes) else { return false }
    return bytes.count == directory.bytes.count || bytes[directory.bytes.count] == slash || directory.bytes.last == slash
  }

  public static func < (a: BytePath, b: BytePath) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

  /// The path in a form that is safe on a terminal and can be read back with `init(escaped:)`: control, formatting and separator
  /// characters, backslashes and bytes that are not UTF-8 become `\xHH`.
  public var description: String {
    var out = ""
    var rest = bytes[...]
    var decoder = UTF8()
    while !rest.isEmpty {
      var iterator = rest.makeIterator()
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        let width = UTF8.width(scalar)
        if scalar == "\\" || scalar.isUnsafeToShow {
          for byte in rest.prefix(width) { out += escape(byte) }
        } else {
          out.unicodeScalars.append(scalar)
        }
        rest = rest.dropFirst(width)
      case .error, .emptyInput:
        out += escape(rest.removeFirst())
      }
      decoder = UTF8()
    }
    return out
  }

  /// Reads `description` back. `nil` when a backslash is not followed by `x` and two hexadecimal digits.
  public init?(escaped text: String) {
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        out.append(byte)
        continue
      }
      guard rest.popFirst() == UInt8(ascii: "x"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else { return nil }
      out.append(value)
      rest = rest.dropFirst(2)
    }
    self.bytes = out
  }

  /// The path as a NUL-terminated C string, for a system call.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let base = characters.baseAddress else { preconditionFailure("a buffer of at least one byte has an address") }
        return body(base)
      }
    }
  }
}

let slash = UInt8(ascii: "/")

private func escape(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16)
  return digits.count == 1 ? "\\x0" + digits : "\\x" + digits
}

extension Unicode.Scalar {
  /// Characters that move the cursor, change the reading direction or cannot be seen.
  fileprivate var isUnsafeToShow: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
