/// The visible text of a document while it is being read: text, map and blocks grow together, so that they cannot disagree.
///
/// Text is appended in the order of the source. Line breaks and separators between pieces are *pending* until the next piece arrives: only then
/// is known which source bytes they stand for.
struct VisibleText {
  /// What stands between two pieces of text.
  enum Gap {
    case none
    /// One or more line breaks inside a block.
    case newlines(Int)
    /// A line break the author insisted on.
    case hardBreak
    /// A line break inside a code span, which reads as a space.
    case space
    /// The boundary of two table cells.
    case cells
  }

  private let source: UnsafeBufferPointer<UInt8>
  private(set) var text: [UInt8] = []
  private(set) var map = SpanMap()
  private(set) var blocks: [Block] = []
  /// Bytes of each block that stand in links.
  private(set) var linkedBytes: [Int] = []
  /// How much of the block at hand stands in links.
  var linkedInBlock = 0
  var gap = Gap.none
  /// Where the line break of `gap` stands, once markup behind it was passed.
  private var gapRange: Range<Int>?
  /// Offset in `text` of the last piece.
  private(set) var pieceStart = 0
  /// Source offset up to which text was taken.
  private(set) var sourceEnd: Int
  private var endsBlock = false
  private var start: Int?
  private var headings: [(level: Int, index: Int)] = []

  init(source: UnsafeBufferPointer<UInt8>, from: Int) {
    self.source = source
    sourceEnd = from
    text.reserveCapacity(source.count + 1)
  }

  var isBlockOpen: Bool { start != nil }
  /// Offset in `text` at which the open block starts.
  var blockStart: Int { start ?? text.count }

  /// Appends source bytes as they are.
  mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    advance(to: range.lowerBound)
    pieceStart = text.count
    map.append(
      SpanMap.Run(
        text: text.count, textCount: range.count, source: range.lowerBound,
        sourceCount: range.count, isIdentity: true))
    text.append(contentsOf: UnsafeBufferPointer(rebasing: source[range]))
    sourceEnd = range.upperBound
  }

  /// Appends text that stands for other source bytes.
  mutating func append(_ bytes: [UInt8], for range: Range<Int>) {
    guard !bytes.isEmpty else { return }
    advance(to: range.lowerBound)
    pieceStart = text.count
    appendMade(bytes, range)
  }

  /// Says that `range` of the source is markup within a block: a pending break lies before it.
  mutating func skip(_ range: Range<Int>) {
    guard start != nil else { return }
    if case .none = gap {
    } else if gapRange == nil {
      gapRange = lastLineBreak(before: range.lowerBound)
    }
    sourceEnd = max(sourceEnd, range.upperBound)
  }

  /// Ends the open block and files it. Nothing is filed for a block without visible text.
  /// - Returns: its index.
  @discardableResult
  mutating func closeBlock(kind: Block.Kind, role: Block.Role, level: Int = 0) -> Int? {
    gap = .none
    gapRange = nil
    defer {
      start = nil
      linkedInBlock = 0
    }
    guard let start else { return nil }
    var span = ByteSpan(start, text.count)
    while span.start < span.end, ASCII.isSpace(text[span.start]) { span.start += 1 }
    while span.end > span.start, ASCII.isSpace(text[span.end - 1]) { span.end -= 1 }
    endsBlock = true
    guard !span.isEmpty else { return nil }
    if kind == .heading {
      while let last = headings.last, last.level >= level { headings.removeLast() }
    }
    blocks.append(
      Block(
        kind: kind, role: role, text: span, source: map.sourceSpan(of: span), level: level,
        heading: headings.last?.index))
    linkedBytes.append(linkedInBlock)
    if kind == .heading { headings.append((level, blocks.count - 1)) }
    return blocks.count - 1
  }

  /// Ends the text: its last block ends in a line break, too.
  mutating func finish() {
    guard endsBlock, text.last != 0x0A else { return }
    appendLineBreak(before: source.count)
    endsBlock = false
  }

  mutating func edit(block index: Int, _ change: (inout Block) -> Void) { change(&blocks[index]) }

  // MARK: -

  /// Settles what lies between the text so far and source offset `next`.
  private mutating func advance(to next: Int) {
    if start == nil {
      if endsBlock { appendLineBreak(before: next) }
      endsBlock = false
      gap = .none
      gapRange = nil
      start = text.count
      return
    }
    switch gap {
    case .none: return
    case .space:
      appendMade(
        [0x20], gapRange ?? lastLineBreak(before: next) ?? sourceEnd..<max(sourceEnd, next))
    case .cells: appendMade([0x20, 0x7C, 0x20], sourceEnd..<max(sourceEnd, next))
    case .hardBreak: appendLast(before: next)
    case .newlines(let count):
      for _ in 1..<max(1, count) { appendLineBreak(before: next) }
      if count == 1 { appendLast(before: next) } else { appendLineBreak(before: next) }
    }
    gap = .none
    gapRange = nil
  }

  private mutating func appendMade(_ bytes: [UInt8], _ range: Range<Int>) {
    map.append(
      SpanMap.Run(
        text: text.count, textCount: bytes.count, source: range.lowerBound,
        sourceCount: range.count, isIdentity: false))
    text += bytes
    sourceEnd = max(sourceEnd, range.upperBound)
  }

  /// A "\n" for the first line break at or after `sourceEnd`, or for nothing where there is none before `limit`.
  private mutating func appendLineBreak(before limit: Int) {
    var i = sourceEnd
    while i < limit, !ASCII.isNewline(source[i]) { i += 1 }
    guard i < limit else { return appendMade([0x0A], sourceEnd..<sourceEnd) }
    appendNewline(at: i, before: limit)
  }

  /// A "\n" for the last line break before `next`.
  private mutating func appendLast(before next: Int) {
    guard let range = gapRange ?? lastLineBreak(before: next) else {
      return appendMade([0x0A], sourceEnd..<max(sourceEnd, next))
    }
    appendNewline(at: range.lowerBound, before: next)
  }

  private mutating func appendNewline(at i: Int, before limit: Int) {
    let width = source[i] == 0x0D && i + 1 < limit && source[i + 1] == 0x0A ? 2 : 1
    let isIdentity = source[i] == 0x0A
    map.append(
      SpanMap.Run(
        text: text.count, textCount: 1, source: i, sourceCount: width, isIdentity: isIdentity))
    text.append(0x0A)
    sourceEnd = max(sourceEnd, i + width)
  }

  private func lastLineBreak(before next: Int) -> Range<Int>? {
    var i = next - 1
    while i >= sourceEnd, !ASCII.isNewline(source[i]) { i -= 1 }
    guard i >= sourceEnd else { return nil }
    if source[i] == 0x0A, i > sourceEnd, source[i - 1] == 0x0D { return (i - 1)..<(i + 1) }
    return i..<(i + 1)
  }
}
