import Documents

/// A text that spans point into.
struct SpannedText {
  var name: String
  var bytes: [UInt8]
  /// Boundaries mean nothing in bytes that are no UTF-8.
  private let hasBoundaries: Bool

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    hasBoundaries = String(validating: bytes, as: UTF8.self) != nil
  }

  var isUTF8: Bool { hasBoundaries }

  func require(_ span: ByteSpan, _ what: @autoclosure () -> String) throws {
    guard 0 <= span.start, span.start <= span.end, span.end <= bytes.count else {
      throw Violation(description: "\(what()) \(span.start)..<\(span.end) lies outside of the \(name) of \(bytes.count) bytes")
    }
    guard hasBoundaries else { return }
    for offset in [span.start, span.end] where offset < bytes.count && bytes[offset] & 0xC0 == 0x80 {
      throw Violation(description: "\(what()) \(span.start)..<\(span.end) cuts a scalar of the \(name) at \(offset)")
    }
  }

  /// In order and without overlaps.
  func requireOrder(_ spans: [ByteSpan], _ what: String) throws {
    var end = 0
    for span in spans {
      try require(span, what)
      guard span.start >= end else { throw Violation(description: "\(what) \(span.start)..<\(span.end) begins before \(end)") }
      end = span.end
    }
  }
}
