extension Document {
  /// Takes out of a converted page's text what is neither content nor a disclaimer: what is left is the main text.
  ///
  /// - Parameter kept: blocks that stay whatever their role.
  mutating func removeFurniture(except kept: Set<Int> = []) {
    let isKept = blocks.enumerated().map { kept.contains($0) || $1.role.isContent || $1.role == .disclaimer || $1.role == .code }
    guard isKept.contains(false), isKept.contains(true) else { return }
    // Where furniture is half of it, the page is a list or a test, and nothing is certain.
    let dropped = zip(blocks, isKept).reduce(0) { $0 + ($1.1 ? 0 : $1.0.text.count) }
    guard dropped * 2 < text.count else { return }
    var remaining: [Block] = []
    var numbers: [Int: Int] = [:]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for (index, block) in blocks.enumerated() where isKept[index] {
      var block = block
      let start = bytes.count
      let moved = start - block.text.start
      bytes += text[block.text.range]
      block.text = ByteSpan(start, bytes.count)
      block.source = block.text
      block.heading = block.heading.flatMap { numbers[$0] }
      block.cells = block.cells.map { ByteSpan($0.start + moved, $0.end + moved) }
      block.headerRow = block.headerRow.flatMap { numbers[$0] }
      bytes.append(0x0A)
      numbers[index] = remaining.count
      remaining.append(block)
    }
    blocks = remaining
    text = bytes
    source = bytes
    map = .identity(count: bytes.count)
    lineStarts = Document.lineStarts(in: bytes)
  }

  /// Makes lines of `body` the paragraphs of a converted document; tags in them are left out.
  mutating func replaceText(with body: String) {
    var bytes: [UInt8] = []
    blocks = []
    for line in Markup.withoutTags(body).split(whereSeparator: { $0.isNewline }) {
      let paragraph = Markup.plain(String(line))
      guard !paragraph.isEmpty else { continue }
      let span = ByteSpan(bytes.count, bytes.count + paragraph.utf8.count)
      bytes += paragraph.utf8
      bytes.append(0x0A)
      blocks.append(Block(kind: .paragraph, role: .body, text: span, source: span))
    }
    text = bytes
    source = bytes
    map = .identity(count: bytes.count)
    lineStarts = Document.lineStarts(in: bytes)
  }
}
