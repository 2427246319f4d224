/// A quoted sentence, cut where it is too long for a report and never altered otherwise but for white space, hidden characters and the
/// markup around its words.
enum QuoteText {
  /// Characters of a quotation in a report.
  static let limit = 240

  /// The text as one visible line; beyond `limit` characters it ends at the last word that fits, and "…" says so.
  static func trimmed(_ text: String, limit: Int = QuoteText.limit) -> String {
    let line = VisibleText.line(text)
    guard line.utf8.count > limit, line.count > limit else { return line }
    let head = line.prefix(limit)
    var end = head.endIndex
    // A word that goes on past the cut is left out whole; a single word longer than the limit is cut where it must.
    if line[end] != " ", let space = head.lastIndex(of: " ") { end = space }
    while end > head.startIndex, " ,;:–—-".contains(head[head.index(before: end)]) { end = head.index(before: end) }
    return "\(head[..<end]) …"
  }

  /// A sentence of a Markdown file for reading: emphasis, code marks, link targets, escapes and list marks gone, every word kept.
  static func reading(_ text: String, path: String) -> String { isMarkdown(path) ? trimmed(MarkdownReading.plain(text)) : trimmed(text) }

  /// Plain text files too: many hold Markdown, and a stray mark says nothing to a reader.
  private static func isMarkdown(_ path: String) -> Bool {
    !path.hasSuffix(".html") && !path.hasSuffix(".htm") && !path.hasSuffix(".xhtml")
  }

  /// Letters and digits in lower case: what two quotations of one sentence have in common.
  static func key(_ quote: String) -> String {
    String(quote.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
  }
}

/// Inline Markdown as a reader sees it. Only what is certainly markup goes: a sign that opens nothing, or that nothing closes, stays, but for
/// `**`, which a sentence cut out of a bold passage often has at one end alone.
struct MarkdownReading {
  private let scalars: [Unicode.Scalar]
  private var out = String.UnicodeScalarView()
  private var at = 0

  static func plain(_ text: String) -> String {
    guard hasMarks(text.utf8) else { return text }
    var reading = MarkdownReading(scalars: Array(text.unicodeScalars))
    reading.skipBlockMarks()
    reading.run()
    return String(reading.out)
  }

  /// Whether there is any sign that could be markup.
  private static func hasMarks(_ bytes: String.UTF8View) -> Bool {
    guard let first = bytes.first(where: { $0 != 0x20 }) else { return false }
    return "#>-+".utf8.contains(first)
      || bytes.contains { $0 == 0x5C || $0 == 0x2A || $0 == 0x5F || $0 == 0x60 || $0 == 0x5B || $0 == 0x26 }
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private func scalar(_ index: Int) -> Unicode.Scalar { scalars.indices.contains(index) ? scalars[index] : " " }

  /// "## ", "> ", "- ", "* ", "+ " before the first word.
  private mutating func skipBlockMarks() {
    while at < scalars.count {
      let start = at
      while scalar(at) == " " { at += 1 }
      var end = at
      while scalar(end) == "#", end - at < 6 { end += 1 }
      if end == at, [">", "-", "*", "+"].contains(scalar(at)) { end = at + 1 }
      guard end > at, end < scalars.count, scalar(end) == " " else {
        at = start
        return
      }
      at = end + 1
    }
  }

  private mutating func run() {
    while at < scalars.count {
      let here = scalars[at]
      switch here {
      case "\\" where isPunctuation(scalar(at + 1)) && at + 1 < scalars.count:
        out.append(scalars[at + 1])
        at += 2
      case "*" where scalar(at + 1) == "*":
        while scalar(at) == "*", at < scalars.count { at += 1 }
      case "*", "_", "`": emphasis(here)
      case "!" where scalar(at + 1) == "[": if !link(from: at + 1) { literal() }
      case "[": if !link(from: at) { literal() }
      case "&": entity()
      default: literal()
      }
    }
  }

  private mutating func literal() {
    out.append(scalars[at])
    at += 1
  }

  /// A pair of single marks around words; `snake_case` and `2 * 3` are none.
  private mutating func emphasis(_ mark: Unicode.Scalar) {
    var length = 0
    while scalar(at + length) == mark, at + length < scalars.count { length += 1 }
    let before = scalar(at - 1)
    let opens = scalar(at + length) != " " && (mark == "`" || !isWord(before))
    guard opens, let close = closing(mark, length, from: at + length) else {
      for _ in 0..<length { literal() }
      return
    }
    let inner = Array(scalars[(at + length)..<close])
    out.append(contentsOf: mark == "`" ? inner : Array(MarkdownReading.inline(inner)))
    at = close + length
  }

  private func closing(_ mark: Unicode.Scalar, _ length: Int, from start: Int) -> Int? {
    var index = start
    while index < scalars.count {
      guard scalars[index] == mark else {
        index += 1
        continue
      }
      var run = 0
      while scalar(index + run) == mark, index + run < scalars.count { run += 1 }
      let closes = scalar(index - 1) != " " && (mark == "`" || !isWord(scalar(index + run)))
      if run == length, closes, index > start { return index }
      index += run
    }
    return nil
  }

  /// `[text](address)`, `[text][name]`, `[[page|text]]` and images leave their text.
  private mutating func link(from open: Int) -> Bool {
    let isWiki = scalar(open + 1) == "["
    let start = open + (isWiki ? 2 : 1)
    guard let close = matching("]", "[", from: start) else { return false }
    let inner = Array(scalars[start..<close])
    if isWiki {
      guard scalar(close + 1) == "]" else { return false }
      let label = inner.lastIndex(of: "|").map { Array(inner[($0 + 1)...]) } ?? inner
      out.append(contentsOf: label)
      at = close + 2
      return true
    }
    let end: Int?
    switch scalar(close + 1) {
    case "(": end = matching(")", "(", from: close + 2)
    case "[": end = matching("]", "[", from: close + 2)
    default: end = nil
    }
    guard let end else { return false }
    out.append(contentsOf: MarkdownReading.inline(inner))
    at = end + 1
    return true
  }

  private func matching(_ close: Unicode.Scalar, _ open: Unicode.Scalar, from start: Int) -> Int? {
    var depth = 0
    for index in start..<max(start, scalars.count) {
      if scalars[index] == open { depth += 1 }
      if scalars[index] == close {
        if depth == 0 { return index }
        depth -= 1
      }
    }
    return nil
  }

  private static func inline(_ scalars: [Unicode.Scalar]) -> String.UnicodeScalarView {
    var reading = MarkdownReading(scalars: scalars)
    reading.run()
    return reading.out
  }

  private static let entities: [(String, Unicode.Scalar)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&nbsp;", " "),
  ]

  private mutating func entity() {
    for (name, meaning) in MarkdownReading.entities where scalars[at...].starts(with: name.unicodeScalars) {
      out.append(meaning)
      at += name.unicodeScalars.count
      return
    }
    literal()
  }

  private func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && scalar.value > 0x20 && !isWord(scalar) && scalar.value != 0x7F
  }
  private func isWord(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isAlphabetic || scalar.properties.numericType != nil }
}
