import Glibc

/// Lines of a file descriptor, whatever their length: each byte is looked at once and moved at most a constant number of times.
struct LineReader {
  private let descriptor: Int32
  private var buffer: [UInt8]
  /// First byte not handed out, first byte not yet searched for a line break, end of what was read.
  private var start = 0
  private var searched = 0
  private var filled = 0
  private var atEnd = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer = [UInt8](repeating: 0, count: 1 << 16)
  }

  /// Hands the next line, without its line break, to `body`; false at the end of input. The last line needs no line break.
  ///
  /// - Parameter beforeWaiting: called when nothing whole is left in memory and a read may block; the place to flush answers.
  mutating func next(beforeWaiting: () throws -> Void, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Bool {
    while true {
      if let end = lineBreak() {
        let line = start..<end
        start = end + 1
        searched = start
        try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[line])) }
        return true
      }
      searched = filled
      if atEnd {
        guard start < filled else { return false }
        let line = start..<filled
        start = filled
        try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[line])) }
        return true
      }
      try beforeWaiting()
      try fill()
    }
  }

  private func lineBreak() -> Int? {
    guard searched < filled else { return nil }
    return buffer.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, let found = memchr(base + searched, 0x0A, filled - searched) else { return nil }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  private mutating func fill() throws {
    if start > 0, filled == buffer.count {
      // The unfinished line moves to the front; the buffer doubles where that frees less than half of it, so that moves stay rare.
      let kept = filled - start
      buffer.withUnsafeMutableBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start, kept)
      }
      searched -= start
      filled = kept
      start = 0
    }
    if filled > buffer.count / 2 { buffer.append(contentsOf: repeatElement(0, count: buffer.count)) }
    while true {
      let room = buffer.count - filled
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + filled }, room) }
      if count > 0 {
        filled += count
        return
      }
      if count == 0 {
        atEnd = true
        return
      }
      if errno != EINTR { throw InterchangeError(operation: "reading lines", code: errno) }
    }
  }
}

/// A read or write that failed.
public struct InterchangeError: Error, CustomStringConvertible {
  public var operation: String
  /// `errno`.
  public var code: Int32

  public init(operation: String, code: Int32) {
    self.operation = operation
    self.code = code
  }

  public var description: String { "\(operation) failed: \(String(cString: strerror(code)))" }
}

/// Answers on their way to a file descriptor.
struct LineSink {
  let descriptor: Int32
  var bytes: [UInt8] = []

  /// Writes all that waits.
  mutating func flush() throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written) }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw InterchangeError(operation: "writing answers", code: errno)
      }
    }
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func flushIfLarge() throws {
    if bytes.count >= 1 << 16 { try flush() }
  }
}
