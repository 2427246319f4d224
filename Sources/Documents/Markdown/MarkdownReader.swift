/// Reads Markdown and plain text: visible text with blocks, each byte tied to the source.
enum MarkdownReader {
  /// - Parameters:
  ///   - source: the file.
  ///   - start: where its text begins, behind byte order mark and front matter.
  ///   - firstInvalid: offset of the first byte that is no UTF-8.
  /// - Returns: the text, and why it was read as plain text although it is Markdown, where that happened.
  static func read(
    _ source: [UInt8], from start: Int, firstInvalid: Int?, asMarkdown: Bool
  ) -> (text: VisibleText, complaint: String?) {
    let clean = firstInvalid.map { cleaned(source, from: $0) } ?? source
    return clean.withUnsafeBufferPointer { clean in
      let complaint = asMarkdown ? MarkdownGuard.complaint(clean, in: start..<clean.count) : nil
      guard asMarkdown, complaint == nil, clean.count < Int(UInt32.max) else {
        return (
          PlainTextReader.read(clean, from: start, hasInvalid: firstInvalid != nil), complaint
        )
      }
      let footnotes = Footnotes(clean, in: start..<clean.count)
      let masked = footnotes.definitions.isEmpty ? nil : masked(clean, footnotes)
      let handler = { (masked: UnsafeBufferPointer<UInt8>) in
        let handler = MarkdownHandler(
          clean: clean, masked: masked, from: start, footnotes: footnotes,
          hasInvalid: firstInvalid != nil)
        handler.read(from: start)
        return handler.out
      }
      return (masked.map { $0.withUnsafeBufferPointer(handler) } ?? handler(clean), nil)
    }
  }

  /// A copy of the same length in which NULs and bytes that are no UTF-8 are placeholders.
  private static func cleaned(_ source: [UInt8], from first: Int) -> [UInt8] {
    var copy = source
    source.withUnsafeBufferPointer { bytes in
      var i = first
      while i < bytes.count {
        let width = UTF8Bytes.width(bytes, at: i)
        if width == 0 || bytes[i] == 0 { copy[i] = MarkdownHandler.placeholder }
        i += max(1, width)
      }
    }
    return copy
  }

  /// A copy of the same length in which footnote definitions are blank and references to them a mark that Markdown gives no meaning.
  private static func masked(_ bytes: UnsafeBufferPointer<UInt8>, _ footnotes: Footnotes) -> [UInt8] {
    var copy = Array(bytes)
    for definition in footnotes.definitions {
      for i in definition.range where !ASCII.isNewline(copy[i]) { copy[i] = 0x20 }
    }
    for reference in footnotes.references where copy[reference.lowerBound] == 0x5B {
      for i in reference { copy[i] = 0x2C }
    }
    return copy
  }

  /// Whether a text that does not say so carries Markdown: clear signs, counted over its first lines.
  static func looksLikeMarkdown(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    var signs = (strong: 0, weak: 0, lines: 0)
    var i = start
    while i < bytes.count, signs.lines < 400, signs.strong < 2 {
      var end = i
      while end < bytes.count, !ASCII.isNewline(bytes[end]) { end += 1 }
      let line = ASCII.trimmed(i..<end, bytes)
      if !line.isEmpty {
        signs.lines += 1
        count(line, bytes, &signs)
      }
      i = end + 1
    }
    return signs.strong >= 2 || signs.strong >= 1 && signs.weak >= 1
      || signs.weak >= 4 && signs.weak * 4 >= signs.lines
  }

  private static func count(
    _ line: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
    _ signs: inout (strong: Int, weak: Int, lines: Int)
  ) {
    let first = bytes[line.lowerBound]
    let second = line.count > 1 ? bytes[line.lowerBound + 1] : 0
    switch first {
    case 0x23:
      var i = line.lowerBound
      while i < line.upperBound, bytes[i] == 0x23 { i += 1 }
      if i - line.lowerBound <= 6, i < line.upperBound, bytes[i] == 0x20 { signs.strong += 1 }
    case 0x2D, 0x2A, 0x2B: if second == 0x20 { signs.weak += 1 }
    case 0x3E: if second == 0x20 { signs.weak += 1 }
    case 0x7C: if bytes[line.upperBound - 1] == 0x7C, line.count > 4 { signs.strong += 1 }
    case 0x60: if ASCII.matches(bytes, at: line.lowerBound, "```") { signs.strong += 1 }
    default: break
    }
    var i = line.lowerBound
    while i + 3 < line.upperBound {
      if bytes[i] == 0x5D, bytes[i + 1] == 0x28 {
        signs.strong += 1
        return
      }
      if bytes[i] == 0x2A, bytes[i + 1] == 0x2A, ASCII.isWord(bytes[i + 2]),
        closes(bytes, (i + 3)..<line.upperBound)
      {
        signs.strong += 1
        return
      }
      i += 1
    }
  }

  private static func closes(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var i = range.lowerBound
    while i + 1 < range.upperBound {
      if bytes[i] == 0x2A, bytes[i + 1] == 0x2A { return !ASCII.isSpace(bytes[i - 1]) }
      i += 1
    }
    return false
  }
}
