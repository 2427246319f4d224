/// Who speaks in a quotation: `> **Ada Quill**: …`, `> Ada Quill: …`, `> … — Ada Quill`.
enum Speaker {
  /// The name at the head of a quotation's paragraph.
  /// - Parameter strongEnd: where bold text that opens the paragraph ends.
  static func leading(in text: [UInt8], _ span: ByteSpan, strongEnd: Int?) -> ByteSpan? {
    if let strongEnd, strongEnd > span.start, strongEnd - span.start <= 80 {
      // The colon stands inside or just behind the bold text.
      if text[strongEnd - 1] == 0x3A {
        return name(text, ByteSpan(span.start, strongEnd - 1), isBold: true)
      }
      var i = strongEnd
      while i < span.end, text[i] == 0x20 { i += 1 }
      if i < span.end, text[i] == 0x3A {
        return name(text, ByteSpan(span.start, strongEnd), isBold: true)
      }
    }
    var i = span.start
    while i < span.end, i - span.start < 60, text[i] != 0x3A, text[i] != 0x0A { i += 1 }
    guard i < span.end, text[i] == 0x3A, i + 1 < span.end, text[i + 1] == 0x20 else { return nil }
    return name(text, ByteSpan(span.start, i), isBold: false)
  }

  /// The name behind a dash that ends a quotation.
  static func trailing(in text: [UInt8], _ span: ByteSpan) -> ByteSpan? {
    var start = span.end
    while start > span.start, text[start - 1] != 0x0A { start -= 1 }
    var i = start
    // An em dash, an en dash, or two hyphens.
    if i + 3 <= span.end, text[i] == 0xE2, text[i + 1] == 0x80,
      text[i + 2] == 0x94 || text[i + 2] == 0x93
    {
      i += 3
    } else if i + 2 <= span.end, text[i] == 0x2D, text[i + 1] == 0x2D {
      i += 2
    } else {
      return nil
    }
    while i < span.end, text[i] == 0x20 || text[i] == 0x2D { i += 1 }
    var end = i
    while end < span.end, text[end] != 0x2C, text[end] != 0x28 { end += 1 }
    return name(text, ByteSpan(i, end), isBold: false)
  }

  /// `span` where it reads as a name: one to five words, each with a capital or a particle between.
  private static func name(_ text: [UInt8], _ span: ByteSpan, isBold: Bool) -> ByteSpan? {
    var span = span
    while span.end > span.start, text[span.end - 1] == 0x20 { span.end -= 1 }
    guard span.count >= 2, span.count <= 60 else { return nil }
    let words = text[span.range].split(separator: 0x20)
    guard (1...5).contains(words.count) else { return nil }
    var capitals = 0
    for (number, word) in words.enumerated() {
      guard let first = word.first,
        !word.contains(where: { $0 == 0x3F || $0 == 0x21 || $0 == 0x2F })
      else { return nil }
      if ASCII.isUpper(first) || first >= 0x80 || first == 0x28 {
        capitals += 1
      } else if number == 0
        || !(isBold || particles.contains(String(decoding: word, as: UTF8.self)))
      {
        return nil
      }
    }
    if words.count == 1,
      labels.contains(String(decoding: ASCII.lowercased(words[0]), as: UTF8.self))
    {
      return nil
    }
    return capitals > 0 ? span : nil
  }

  private static let particles: Set<String> = [
    "de", "da", "del", "der", "den", "di", "du", "el", "la", "le", "of", "van", "von", "and", "bin",
    "al",
  ]
  /// Words before a colon that announce a text and name nobody.
  private static let labels: Set<String> = [
    "note", "notes", "tip", "warning", "important", "caution", "update", "source", "example",
    "summary", "abstract", "disclaimer", "info",
    "question", "answer", "edit", "hint", "remark", "definition", "todo", "tl;dr", "tldr", "ps",
    "p.s.", "also", "result", "results", "credit",
    "credits", "caption", "date", "title", "author", "related", "context", "background",
    "conclusion", "spoiler", "attention", "danger",
  ]
}
