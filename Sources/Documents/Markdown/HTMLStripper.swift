/// Finds the visible text of raw HTML inside Markdown, piece by piece and in place; tags, comments, scripts and styles are none.
struct HTMLStripper {
  enum Piece {
    case text(Range<Int>)
    case reference(Range<Int>, [UInt8])
    /// A line break of the source.
    case space
    /// A tag that ends a paragraph.
    case boundary
    case linkStart, linkEnd
  }

  private enum State {
    case text, tag
    case quoted(UInt8)
    case comment, raw
  }
  private var state = State.text
  private var isAtLineStart = true
  private var rawEnd: StaticString = "</script"

  /// Whether raw inline HTML is a `<br>`.
  static func isLineBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 4, ASCII.matches(bytes, at: range.lowerBound, "<br") else { return false }
    return !ASCII.isAlphanumeric(bytes[range.lowerBound + 3])
  }

  /// - Parameter range: the next piece of the block, usually a line.
  mutating func feed(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ found: (Piece) -> Void
  ) {
    var i = range.lowerBound
    let end = range.upperBound
    while i < end {
      switch state {
      case .text: i = text(bytes, i, end, found)
      case .tag:
        let b = bytes[i]
        i += 1
        if b == 0x3E { state = .text } else if b == 0x22 || b == 0x27 { state = .quoted(b) }
      case .quoted(let mark):
        if bytes[i] == mark { state = .tag }
        i += 1
      case .comment:
        if ASCII.matches(bytes, at: i, "-->"), i + 3 <= end {
          state = .text
          i += 3
        } else {
          i += 1
        }
      case .raw:
        if bytes[i] == 0x3C, ASCII.matches(bytes, at: i, rawEnd) { state = .tag }
        i += 1
      }
    }
  }

  private mutating func text(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ found: (Piece) -> Void
  ) -> Int {
    var i = start
    if isAtLineStart { while i < end, bytes[i] == 0x20 || bytes[i] == 0x09 { i += 1 } }
    let from = i
    while i < end {
      let b = bytes[i]
      if b == 0x0A || b == 0x0D {
        if from < i { found(.text(from..<i)) }
        found(.space)
        isAtLineStart = true
        return i + 1
      }
      if b == 0x3C, i + 1 < end,
        ASCII.isLetter(bytes[i + 1]) || bytes[i + 1] == 0x2F || bytes[i + 1] == 0x21
          || bytes[i + 1] == 0x3F
      {
        if from < i { found(.text(from..<i)) }
        return tag(bytes, i, end, found)
      }
      if b == 0x26, let length = CharacterReference.length(bytes, at: i), i + length <= end,
        let decoded = CharacterReference.decode(
          UnsafeBufferPointer(rebasing: bytes[i..<(i + length)]))
      {
        if from < i { found(.text(from..<i)) }
        isAtLineStart = false
        found(.reference(i..<(i + length), decoded))
        return i + length
      }
      isAtLineStart = false
      i += 1
    }
    if from < i { found(.text(from..<i)) }
    return i
  }

  private mutating func tag(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ found: (Piece) -> Void
  ) -> Int {
    if ASCII.matches(bytes, at: start, "<!--") {
      state = .comment
      return min(start + 4, end)
    }
    state = .tag
    var i = start + 1
    let isEnd = bytes[i] == 0x2F
    if isEnd { i += 1 }
    let nameStart = i
    while i < end, ASCII.isAlphanumeric(bytes[i]) { i += 1 }
    let name = String(decoding: UnsafeBufferPointer(rebasing: bytes[nameStart..<i]), as: UTF8.self)
      .lowercased()
    if name == "a" {
      found(isEnd ? .linkEnd : .linkStart)
    } else if !isEnd, name == "script" || name == "style" {
      state = .raw
      rawEnd = name == "script" ? "</script" : "</style"
    } else if HTMLStripper.blockTags.contains(name) {
      found(.boundary)
      isAtLineStart = true
    }
    return i
  }

  private static let blockTags: Set<String> = [
    "address", "article", "aside", "blockquote", "br", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "iframe", "img",
    "legend", "li", "main", "menu", "nav",
    "ol", "option", "p", "picture", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "title", "tr", "ul",
    "video",
  ]
}
