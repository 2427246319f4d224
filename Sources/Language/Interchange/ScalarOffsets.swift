/// Turns UTF-8 byte offsets into Unicode scalar offsets: one pass to build, a look at no more than 256 bytes to ask.
struct ScalarOffsets {
  private static let stride = 256
  private let text: [UInt8]
  /// Scalars that begin before byte `i * stride`; empty where the text is ASCII and both offsets are the same.
  private var before: [Int] = []

  init(_ text: [UInt8]) {
    self.text = text
    var count = 0
    var marks: [Int] = []
    marks.reserveCapacity(text.count / ScalarOffsets.stride + 1)
    text.withUnsafeBufferPointer { bytes in
      var i = 0
      while i < bytes.count {
        marks.append(count)
        let end = min(i + ScalarOffsets.stride, bytes.count)
        while i < end {
          count += bytes[i] & 0xC0 != 0x80 ? 1 : 0
          i += 1
        }
      }
    }
    if count != text.count { before = marks + [count] }
  }

  func scalars(before offset: Int) -> Int {
    if before.isEmpty { return offset }
    let block = min(offset, text.count) / ScalarOffsets.stride
    var count = before[min(block, before.count - 1)]
    var i = block * ScalarOffsets.stride
    while i < offset, i < text.count {
      count += text[i] & 0xC0 != 0x80 ? 1 : 0
      i += 1
    }
    return count
  }
}
