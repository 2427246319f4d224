/// Text without markup: paragraphs between blank lines, the text as it is.
enum PlainTextReader {
  /// - Parameter input: the text, bytes that are no UTF-8 replaced by `MarkdownHandler.placeholder` where `hasInvalid`.
  static func read(_ input: UnsafeBufferPointer<UInt8>, from start: Int, hasInvalid: Bool)
    -> VisibleText
  {
    var out = VisibleText(source: input, from: start)
    let lines = lines(input, from: start)
    let isOneLineAParagraph = isOneLineAParagraph(input, lines)
    var first = 0
    while first < lines.count {
      guard !lines[first].isEmpty else {
        first += 1
        continue
      }
      var end = first + 1
      if !isOneLineAParagraph { while end < lines.count, !lines[end].isEmpty { end += 1 } }
      let isHeading = end == first + 1 && isHeading(input, lines, first)
      for line in lines[first..<end] {
        if out.isBlockOpen { out.gap = .newlines(1) }
        append(line, input, hasInvalid, &out)
      }
      out.closeBlock(
        kind: isHeading ? .heading : .paragraph, role: isHeading ? .heading : .body,
        level: isHeading ? 2 : 0)
      first = end
    }
    out.finish()
    return out
  }

  private static func append(
    _ line: Range<Int>, _ input: UnsafeBufferPointer<UInt8>, _ hasInvalid: Bool,
    _ out: inout VisibleText
  ) {
    guard hasInvalid else { return out.append(line) }
    var clean = line.lowerBound
    for i in line where input[i] == MarkdownHandler.placeholder {
      out.append(clean..<i)
      out.append(UTF8Bytes.replacement, for: i..<(i + 1))
      clean = i + 1
    }
    out.append(clean..<line.upperBound)
  }

  /// Lines without the white space around them.
  private static func lines(_ input: UnsafeBufferPointer<UInt8>, from start: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var i = start
    var lineStart = start
    while i <= input.count {
      if i == input.count || ASCII.isNewline(input[i]) {
        lines.append(ASCII.trimmed(lineStart..<i, input))
        if i + 1 < input.count, input[i] == 0x0D, input[i + 1] == 0x0A { i += 1 }
        lineStart = i + 1
      }
      i += 1
    }
    return lines
  }

  /// Text saved without wrapping, a line to a paragraph: lines are long and most end a sentence.
  private static func isOneLineAParagraph(
    _ input: UnsafeBufferPointer<UInt8>, _ lines: [Range<Int>]
  ) -> Bool {
    var (total, long, ended) = (0, 0, 0)
    for line in lines where !line.isEmpty {
      total += 1
      if line.count > 120 { long += 1 }
      if endsSentence(input, line) { ended += 1 }
    }
    return long * 4 >= total && ended * 2 >= total
  }

  private static func endsSentence(_ input: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
    switch input[line.upperBound - 1] {
    case 0x2E, 0x21, 0x3F, 0x3A, 0x22, 0x29: return true
    // ” and 。
    case 0x9D: return line.count > 3 && input[line.upperBound - 3] == 0xE2
    case 0x82: return line.count > 3 && input[line.upperBound - 3] == 0xE3
    default: return false
    }
  }

  /// A short line of its own between two blank ones that ends like no sentence and begins like a heading.
  private static func isHeading(
    _ input: UnsafeBufferPointer<UInt8>, _ lines: [Range<Int>], _ index: Int
  ) -> Bool {
    let line = lines[index]
    guard line.count <= 90, index + 1 < lines.count,
      lines[(index + 1)...].contains(where: { !$0.isEmpty })
    else { return false }
    let last = input[line.upperBound - 1]
    guard last != 0x2E, last != 0x2C, last != 0x3B, last != 0x3A, last != 0x22 else { return false }
    let first = input[line.lowerBound]
    guard ASCII.isUpper(first) || ASCII.isDigit(first) || first >= 0x80 else { return false }
    // A name or a date has no heading's shape: some letters, and more words than one or all capitals.
    let words = UnsafeBufferPointer(rebasing: input[line]).split(separator: 0x20)
    let letters = input[line].count(where: { ASCII.isLetter($0) || $0 >= 0x80 })
    guard letters * 2 > line.count, words.count <= 14 else { return false }
    return words.count >= 2 || input[line].allSatisfy { !ASCII.isLower($0) }
  }
}
