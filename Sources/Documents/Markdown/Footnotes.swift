import Glibc

/// Footnotes, which md4c does not know: a definition `[^1]: Word` would vanish as a link reference definition.
struct Footnotes {
  struct Definition {
    /// The whole definition in the source.
    var range: Range<Int>
    /// Its paragraphs, without label and indentation of their first lines.
    var parts: [Range<Int>]
  }

  var definitions: [Definition] = []
  /// References `[^1]` to what is defined, in order.
  var references: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>) {
    let marks = Footnotes.marks(bytes, range)
    guard !marks.isEmpty else { return }
    var labels: Set<[UInt8]> = []
    var defining: Set<Int> = []
    for mark in marks where mark.upperBound < range.upperBound && bytes[mark.upperBound] == 0x3A {
      let isFree = mark.lowerBound >= (definitions.last?.range.upperBound ?? 0)
      guard isFree, Footnotes.isAtLineStart(bytes, mark.lowerBound, range) else { continue }
      definitions.append(Footnotes.definition(bytes, mark, range))
      labels.insert(Array(bytes[mark]))
      defining.insert(mark.lowerBound)
    }
    references = marks.filter { !defining.contains($0.lowerBound) && labels.contains(Array(bytes[$0])) }
  }

  /// Everything of the form `[^label]`.
  private static func marks(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Range<
    Int
  >] {
    guard hasAny(bytes, range) else { return [] }
    var found: [Range<Int>] = []
    var fence: UInt8?
    var i = range.lowerBound
    while i + 3 < range.upperBound {
      // A fence opens or closes code, in which nothing is a footnote.
      let byte = bytes[i]
      if byte == 0x60 || byte == 0x7E, bytes[i + 1] == byte, bytes[i + 2] == byte, isAtLineStart(bytes, i, range) {
        if fence == nil { fence = byte } else if fence == byte { fence = nil }
        while i < range.upperBound, bytes[i] == byte { i += 1 }
        continue
      }
      guard byte == 0x5B, bytes[i + 1] == 0x5E, fence == nil else {
        i += 1
        continue
      }
      var j = i + 2
      while j < range.upperBound, j - i < 64,
        ASCII.isWord(bytes[j]) || bytes[j] == 0x2D || bytes[j] == 0x5F
      { j += 1 }
      if j > i + 2, j < range.upperBound, bytes[j] == 0x5D { found.append(i..<(j + 1)) }
      i = j
    }
    return found
  }

  private static func hasAny(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    var i = range.lowerBound
    while i + 3 < range.upperBound, let at = memchr(base + i, 0x5E, range.upperBound - i) {
      let offset = UnsafeRawPointer(at) - UnsafeRawPointer(base)
      if offset > i, bytes[offset - 1] == 0x5B { return true }
      i = offset + 1
    }
    return false
  }

  private static func isAtLineStart(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ range: Range<Int>
  ) -> Bool {
    var i = offset
    while i > range.lowerBound, bytes[i - 1] == 0x20, offset - i < 3 { i -= 1 }
    return i == range.lowerBound || ASCII.isNewline(bytes[i - 1])
  }

  /// A definition goes on over lines that follow without a blank one, and over indented ones after a blank one.
  private static func definition(
    _ bytes: UnsafeBufferPointer<UInt8>, _ mark: Range<Int>, _ range: Range<Int>
  ) -> Definition {
    var parts: [Range<Int>] = []
    var start = mark.upperBound + 1
    while start < range.upperBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    var end = lineEnd(bytes, start, range)
    var last = end
    while end < range.upperBound {
      let indentation = indentation(bytes, end, range)
      let lineEnd = lineEnd(bytes, end, range)
      let isBlank =
        end + indentation.bytes >= lineEnd || ASCII.isNewline(bytes[end + indentation.bytes])
      if isBlank {
        if start < last { parts.append(start..<last) }
        start = lineEnd
      } else if start == end || start >= last {
        // After a blank line.
        guard indentation.columns >= 4 || indentation.columns >= 2 && parts.isEmpty else { break }
        start = end + indentation.bytes
        last = lineEnd
      } else {
        let first = bytes[end + indentation.bytes]
        guard
          first != 0x5B || bytes[min(end + indentation.bytes + 1, range.upperBound - 1)] != 0x5E,
          first != 0x23
        else { break }
        last = lineEnd
      }
      end = lineEnd
    }
    if start < last { parts.append(start..<last) }
    return Definition(
      range: mark
        .lowerBound..<(parts.last?.upperBound
        ?? max(mark.upperBound + 1, min(last, range.upperBound))), parts: parts)
  }

  /// Offset behind the line break of the line at `i`.
  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int, _ range: Range<Int>)
    -> Int
  {
    var j = i
    while j < range.upperBound, !ASCII.isNewline(bytes[j]) { j += 1 }
    if j + 1 < range.upperBound, bytes[j] == 0x0D, bytes[j + 1] == 0x0A { return j + 2 }
    return min(j + 1, range.upperBound)
  }

  private static func indentation(
    _ bytes: UnsafeBufferPointer<UInt8>, _ i: Int, _ range: Range<Int>
  ) -> (bytes: Int, columns: Int) {
    var j = i
    var columns = 0
    while j < range.upperBound, bytes[j] == 0x20 || bytes[j] == 0x09 {
      columns += bytes[j] == 0x09 ? 4 : 1
      j += 1
    }
    return (j - i, columns)
  }
}
