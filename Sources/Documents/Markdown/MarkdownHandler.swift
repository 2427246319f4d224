import CMD4C

/// Turns md4c's events into visible text.
///
/// md4c hands out pointers into its input, so that a piece of text *is* its source span; only line breaks and some spaces are made up, and
/// those are left pending until the next piece shows where they stood.
final class MarkdownHandler {
  /// The source, bytes that are no UTF-8 replaced.
  private let clean: UnsafeBufferPointer<UInt8>
  /// The source as md4c sees it: footnotes blanked.
  private let masked: UnsafeBufferPointer<UInt8>
  /// The one of the two that is being parsed.
  private var input: UnsafeBufferPointer<UInt8>
  var out: VisibleText
  /// Source ranges that are no text, in order: references to footnotes.
  private let hidden: [Range<Int>]
  private var nextHidden = 0
  /// Whether `placeholder` stands for bytes that are no UTF-8.
  private let hasInvalid: Bool
  static let placeholder: UInt8 = 0x1A
  /// Footnote definitions that still wait for their place, in order.
  private var footnotes: ArraySlice<Footnotes.Definition>

  private enum Container {
    case quote(firstBlock: Int)
    case list, item
  }
  private var containers: [Container] = []
  private var kind = Block.Kind.paragraph
  private var headingLevel = 0
  private var links = 0
  private var linkStart = 0
  private var strongEnd: Int?
  private var isStrongFirst = false
  private var images: (depth: Int, isCaption: Bool) = (0, false)
  private var headerRow: Int?
  private var isHeaderRow = false
  private var cells: [ByteSpan] = []
  private var cellStart = 0
  private var html = HTMLStripper()
  /// Columns by which the next line of code is indented, made up by md4c from the spaces before it.
  private var indentation = 0

  init(
    clean: UnsafeBufferPointer<UInt8>, masked: UnsafeBufferPointer<UInt8>, from start: Int,
    footnotes: Footnotes?, hasInvalid: Bool
  ) {
    self.clean = clean
    self.masked = masked
    input = masked
    hidden = footnotes?.references ?? []
    self.footnotes = (footnotes?.definitions ?? [])[...]
    self.hasInvalid = hasInvalid
    out = VisibleText(source: clean, from: start)
  }

  /// Reads the document from `start` on.
  func read(from start: Int) {
    parse(start..<input.count)
    closeLeaf()
    placeFootnotes(before: input.count)
    out.finish()
  }

  /// Parses `range` of the input and appends what it says.
  private func parse(_ range: Range<Int>) {
    guard let base = input.baseAddress, !range.isEmpty else { return }
    var parser = MD_PARSER()
    parser.flags = UInt32(
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_WIKILINKS)
    parser.enter_block = { type, detail, handler in
      MarkdownHandler.from(handler).enter(type, detail)
      return 0
    }
    parser.leave_block = { type, _, handler in
      MarkdownHandler.from(handler).leave(type)
      return 0
    }
    parser.enter_span = { type, _, handler in
      MarkdownHandler.from(handler).enter(type)
      return 0
    }
    parser.leave_span = { type, _, handler in
      MarkdownHandler.from(handler).leave(type)
      return 0
    }
    parser.text = { type, text, size, handler in
      MarkdownHandler.from(handler).text(type, text, Int(size))
      return 0
    }
    let start = UnsafeRawPointer(base + range.lowerBound).assumingMemoryBound(to: CChar.self)
    md_parse(start, UInt32(range.count), &parser, Unmanaged.passUnretained(self).toOpaque())
  }

  private static func from(_ handler: UnsafeMutableRawPointer?) -> MarkdownHandler {
    // `parse` passes itself and outlives the call.
    Unmanaged<MarkdownHandler>.fromOpaque(handler.unsafelyUnwrapped).takeUnretainedValue()
  }

  // MARK: - Blocks

  private func enter(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
    if type != MD_BLOCK_TH, type != MD_BLOCK_TD { closeLeaf() }
    switch type {
    case MD_BLOCK_QUOTE: containers.append(.quote(firstBlock: out.blocks.count))
    case MD_BLOCK_UL, MD_BLOCK_OL: containers.append(.list)
    case MD_BLOCK_LI: containers.append(.item)
    case MD_BLOCK_H:
      kind = .heading
      headingLevel = Int(detail?.assumingMemoryBound(to: MD_BLOCK_H_DETAIL.self).pointee.level ?? 1)
    case MD_BLOCK_CODE: kind = .code
    case MD_BLOCK_HTML:
      kind = .html
      html = HTMLStripper()
    case MD_BLOCK_TABLE: headerRow = nil
    case MD_BLOCK_TR:
      kind = .tableRow
      cells = []
    case MD_BLOCK_TH, MD_BLOCK_TD:
      kind = .tableRow
      isHeaderRow = type == MD_BLOCK_TH
      if out.isBlockOpen { out.gap = .cells }
      cellStart = -1
    default: break
    }
  }

  private func leave(_ type: MD_BLOCKTYPE) {
    switch type {
    case MD_BLOCK_TH, MD_BLOCK_TD:
      let end = out.text.count
      cells.append(cellStart < 0 ? ByteSpan(end, end) : ByteSpan(cellStart, end))
      return
    case MD_BLOCK_QUOTE:
      closeLeaf()
      if case .quote(let first)? = containers.popLast() { nameSpeakers(from: first) }
    case MD_BLOCK_UL, MD_BLOCK_OL, MD_BLOCK_LI:
      closeLeaf()
      containers.removeLast()
    default: closeLeaf()
    }
    kind = .paragraph
  }

  private var isQuoted: Bool {
    containers.contains {
      if case .quote = $0 { return true }
      return false
    }
  }

  /// Ends the open block with the kind and role that its surroundings give it.
  private func closeLeaf() {
    guard out.isBlockOpen else {
      out.gap = .none
      return
    }
    var kind = kind == .html ? Block.Kind.paragraph : kind
    var level = kind == .heading ? headingLevel : 0
    var role = Block.Role.body
    switch kind {
    case .heading: role = .heading
    case .code: role = .code
    case .tableRow: role = .table
    case .caption: role = .caption
    default:
      switch containers.last {
      case .quote:
        kind = .quotation
        level = depth(of: kind)
      case .item, .list:
        kind = .listItem
        level = depth(of: kind)
      case nil: break
      }
      role = isQuoted ? .quotation : kind == .listItem ? .list : .body
    }
    let index = out.closeBlock(kind: kind, role: role, level: level)
    defer {
      strongEnd = nil
      isStrongFirst = false
    }
    guard let index else { return }
    if kind == .tableRow {
      let header = headerRow
      let row = out.blocks[index].text
      let cells = cells.map { ByteSpan(min(max($0.start, row.start), row.end), min(max($0.end, row.start), row.end)) }
      out.edit(block: index) {
        $0.cells = cells
        $0.headerRow = header
      }
      if isHeaderRow { headerRow = index }
    } else if role == .quotation,
      let name = Speaker.leading(in: out.text, out.blocks[index].text, strongEnd: strongEnd)
    {
      out.edit(block: index) { $0.speaker = name }
    }
  }

  private func depth(of kind: Block.Kind) -> Int {
    containers.reduce(0) { sum, container in
      switch (container, kind) {
      case (.quote, .quotation), (.item, .listItem): return sum + 1
      default: return sum
      }
    }
  }

  /// A name at the head of a quotation speaks for the paragraphs below it, a name behind a dash at its foot for those above.
  private func nameSpeakers(from first: Int) {
    guard first < out.blocks.count else { return }
    if let last = out.blocks.last, last.speaker == nil,
      let name = Speaker.trailing(in: out.text, last.text)
    {
      for index in first..<out.blocks.count where out.blocks[index].speaker == nil {
        out.edit(block: index) { $0.speaker = name }
      }
      return
    }
    var speaker: ByteSpan?
    for index in first..<out.blocks.count where out.blocks[index].role == .quotation {
      if let own = out.blocks[index].speaker {
        speaker = own
      } else if let speaker {
        out.edit(block: index) { $0.speaker = speaker }
      }
    }
  }

  // MARK: - Spans

  private func enter(_ type: MD_SPANTYPE) {
    switch type {
    case MD_SPAN_A, MD_SPAN_WIKILINK:
      links += 1
      linkStart = out.text.count
    case MD_SPAN_STRONG: if !out.isBlockOpen { isStrongFirst = true }
    case MD_SPAN_IMG: enterImage()
    default: break
    }
  }

  private func leave(_ type: MD_SPANTYPE) {
    switch type {
    case MD_SPAN_A, MD_SPAN_WIKILINK:
      links -= 1
      if out.isBlockOpen { out.linkedInBlock += out.text.count - max(linkStart, out.blockStart) }
    case MD_SPAN_STRONG:
      if isStrongFirst, strongEnd == nil, out.isBlockOpen { strongEnd = out.text.count }
    case MD_SPAN_IMG: leaveImage()
    default: break
    }
  }

  /// What an image is called is a caption where the image stands on a line of its own; within a line of text it is left out.
  private func enterImage() {
    images.depth += 1
    guard images.depth == 1 else { return }
    switch out.gap {
    case .newlines, .hardBreak: images.isCaption = kind == .paragraph
    default: images.isCaption = !out.isBlockOpen && (kind == .paragraph || kind == .html)
    }
    if images.isCaption { closeLeaf() }
  }

  private func leaveImage() {
    images.depth -= 1
    guard images.depth == 0, images.isCaption else { return }
    let saved = kind
    kind = .caption
    closeLeaf()
    kind = saved
  }

  // MARK: - Text

  private func text(_ type: MD_TEXTTYPE, _ pointer: UnsafePointer<CChar>?, _ count: Int) {
    guard let pointer, let base = input.baseAddress else { return }
    if images.depth > 0, !images.isCaption { return }
    let offset = UnsafeRawPointer(pointer) - UnsafeRawPointer(base)
    guard offset >= 0, offset + count <= input.count else { return madeUp(type, pointer, count) }
    let range = offset..<(offset + count)
    switch type {
    case MD_TEXT_ENTITY:
      guard let decoded = CharacterReference.decode(UnsafeBufferPointer(rebasing: input[range]))
      else { return emit(range) }
      prepare(offset)
      out.append(decoded, for: range)
      startCell()
    case MD_TEXT_HTML: markup(range)
    default: emit(range)
    }
  }

  /// Line breaks, and the spaces that stand for a code line's indentation.
  private func madeUp(_ type: MD_TEXTTYPE, _ pointer: UnsafePointer<CChar>, _ count: Int) {
    switch type {
    case MD_TEXT_BR: out.gap = .hardBreak
    case MD_TEXT_SOFTBR: out.gap = .newlines(1)
    case MD_TEXT_CODE where kind != .code: out.gap = .space
    default:
      guard count == 1, pointer.pointee == 0x0A else {
        indentation += count
        return
      }
      indentation = 0
      if case .newlines(let n) = out.gap {
        out.gap = .newlines(n + 1)
      } else {
        out.gap = .newlines(1)
      }
    }
  }

  /// Opens a block at its first text, and splits it at a hard break: what follows begins a line of its own, unless it goes on in lower case.
  private func prepare(_ offset: Int) {
    if case .hardBreak = out.gap, kind == .paragraph, images.depth == 0,
      !ASCII.isLower(input[offset])
    {
      closeLeaf()
    }
    if !out.isBlockOpen, !footnotes.isEmpty { placeFootnotes(before: offset) }
  }

  /// Notes where the text of a table cell begins.
  private func startCell() {
    if kind == .tableRow, cellStart < 0, out.isBlockOpen { cellStart = out.pieceStart }
  }

  private func emit(_ range: Range<Int>) {
    var range = range
    if indentation > 0 {
      let start = range.lowerBound - indentation
      if kind == .code, start >= out.sourceEnd, clean[start..<range.lowerBound].allSatisfy({ $0 == 0x20 }) {
        range = start..<range.upperBound
      }
      indentation = 0
    }
    while nextHidden < hidden.count, hidden[nextHidden].upperBound <= range.lowerBound {
      nextHidden += 1
    }
    while nextHidden < hidden.count, hidden[nextHidden].lowerBound < range.upperBound {
      let gap = hidden[nextHidden]
      if gap.lowerBound > range.lowerBound { emitShown(range.lowerBound..<gap.lowerBound) }
      out.skip(gap)
      guard gap.upperBound < range.upperBound else { return }
      range = gap.upperBound..<range.upperBound
      nextHidden += 1
    }
    emitShown(range)
  }

  private func emitShown(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    prepare(range.lowerBound)
    guard hasInvalid else {
      out.append(range)
      return startCell()
    }
    var clean = range.lowerBound
    for i in range where input[i] == MarkdownHandler.placeholder {
      if clean < i {
        out.append(clean..<i)
        startCell()
      }
      out.append(UTF8Bytes.replacement, for: i..<(i + 1))
      startCell()
      clean = i + 1
    }
    if clean < range.upperBound { out.append(clean..<range.upperBound) }
    startCell()
  }

  /// Raw HTML: an HTML block's text is visible, tags and comments are not.
  private func markup(_ range: Range<Int>) {
    guard kind == .html else {
      if HTMLStripper.isLineBreak(input, range) { out.gap = .newlines(1) } else { out.skip(range) }
      return
    }
    html.feed(input, range) { piece in
      switch piece {
      case .text(let range): emit(range)
      case .reference(let range, let decoded):
        prepare(range.lowerBound)
        out.append(decoded, for: range)
      case .space: if out.isBlockOpen { out.gap = .newlines(1) }
      case .boundary: closeLeaf()
      case .linkStart: linkStart = out.text.count
      case .linkEnd:
        if out.isBlockOpen {
          out.linkedInBlock += max(0, out.text.count - max(linkStart, out.blockStart))
        }
      }
    }
  }

  // MARK: - Footnotes

  /// Reads the footnotes that are defined before `offset`: text of their own, in the order of the source.
  private func placeFootnotes(before offset: Int) {
    while let footnote = footnotes.first, footnote.range.lowerBound < offset {
      footnotes.removeFirst()
      // What a block of code swallowed is text no more: offsets never go back.
      guard footnote.range.lowerBound >= out.sourceEnd else { continue }
      let outer = (
        kind, containers, links, images, cells, cellStart, headingLevel, headerRow, isHeaderRow,
        html
      )
      (kind, containers, images, cellStart, input) = (.paragraph, [], (0, false), 0, clean)
      for part in footnote.parts { parse(part) }
      closeLeaf()
      input = masked
      (
        kind, containers, links, images, cells, cellStart, headingLevel, headerRow, isHeaderRow,
        html
      ) = outer
    }
  }
}
