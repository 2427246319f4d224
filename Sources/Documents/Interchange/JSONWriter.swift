/// Writes JSON text as bytes, member by member, without a tree and without Foundation.
///
/// Commas are its business, nesting is the caller's: every `begin…` needs its `end…`. Strings are always valid UTF-8 in the output: a byte
/// that is none comes out as U+FFFD.
public struct JSONWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  public init(reserving capacity: Int = 512) { bytes.reserveCapacity(capacity) }

  /// The text so far, as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public mutating func beginObject() { open(0x7B) }
  public mutating func endObject() { close(0x7D) }
  public mutating func beginArray() { open(0x5B) }
  public mutating func endArray() { close(0x5D) }

  /// Ends a line of line-delimited JSON.
  public mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// Forgets what was written and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  public mutating func key(_ name: String) {
    string(name)
    bytes.append(0x3A)
    needsComma = false
  }

  public mutating func string(_ value: String) {
    var value = value
    value.withUTF8 { string($0) }
  }

  public mutating func string(_ value: some Collection<UInt8>) {
    if value.withContiguousStorageIfAvailable({ string($0) }) == nil {
      Array(value).withUnsafeBufferPointer { string($0) }
    }
  }

  public mutating func string(_ utf8: UnsafeBufferPointer<UInt8>) {
    separate()
    bytes.append(0x22)
    appendEscaped(utf8)
    bytes.append(0x22)
    needsComma = true
  }

  public mutating func int(_ value: Int) { raw("\(value)") }
  public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  public mutating func null() { raw("null") }

  /// The shortest text that reads back as `value`; JSON has no infinities and no NaN, they become null.
  public mutating func double(_ value: Double) {
    guard value.isFinite else { return null() }
    if value == value.rounded(), abs(value) < 1e15 { return int(Int(value)) }
    raw("\(value)")
  }

  /// Text that is JSON already.
  public mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
    needsComma = true
  }

  /// Bytes that are JSON already.
  public mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  // Members of an object; an absent value is written as null.

  public mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  public mutating func member(_ name: String, _ value: Int?) {
    key(name)
    if let value { int(value) } else { null() }
  }

  public mutating func member(_ name: String, _ value: Double?) {
    key(name)
    if let value { double(value) } else { null() }
  }

  public mutating func member(_ name: String, _ value: Bool?) {
    key(name)
    if let value { bool(value) } else { null() }
  }

  public mutating func member(_ name: String, _ values: [String]) {
    key(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  // MARK: -

  @inline(__always)
  private mutating func separate() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
    var clean = 0
    var i = 0
    while i < utf8.count {
      let byte = utf8[i]
      if byte >= 0x80 {
        let width = UTF8Bytes.width(utf8, at: i)
        if width > 0 {
          i += width
          continue
        }
      } else if byte >= 0x20, byte != 0x22, byte != 0x5C {
        i += 1
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<i]))
      appendEscape(byte)
      i += 1
      clean = i
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<utf8.count]))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case 0x22: bytes += [0x5C, 0x22]
    case 0x5C: bytes += [0x5C, 0x5C]
    case 0x0A: bytes += [0x5C, 0x6E]
    case 0x0D: bytes += [0x5C, 0x72]
    case 0x09: bytes += [0x5C, 0x74]
    case 0x80...: bytes += UTF8Bytes.replacement
    default:
      let digits: [UInt8] = Array("0123456789abcdef".utf8)
      bytes += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
}
