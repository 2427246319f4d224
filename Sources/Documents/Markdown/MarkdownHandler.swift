import CMD4C

/// Turns md4c's events into visible text.
///
/// md4c hands out pointers into its input, so that a piece of text *is* its source span; only line breaks and some spaces are made up, and
/// those are left pending until the next piece shows where they stood.
final class MarkdownHandler {
  /// The source, bytes that are no UTF-8 replaced.
  let clean: UnsafeBufferPointer<UInt8>
  /// The source as md4c sees it: footnotes blanked.
  let masked: UnsafeBufferPointer<UInt8>
  /// The one of the two that is being parsed.
  var input: UnsafeBufferPointer<UInt8>
  var out: VisibleText
  /// Source ranges that are no text, in order: references to footnotes.
  let hidden: [Range<Int>]
  var nextHidden = 0
  /// Whether `placeholder` stands for bytes that are no UTF-8.
  let hasInvalid: Bool
  static let placeholder: UInt8 = 0x1A
  /// Footnote definitions that still wait for their place, in order.
  var footnotes: ArraySlice<Footnotes.Definition>

  enum Container {
    case quote(firstBlock: Int)
    case list, item
  }
  var containers: [Container] = []
  var kind = Block.Kind.paragraph
  var headingLevel = 0
  var links = 0
  var linkStart = 0
  var strongEnd: Int?
  var isStrongFirst = false
  var images: (depth: Int, isCaption: Bool) = (0, false)
  var headerRow: Int?
  var isHeaderRow = false
  var cells: [ByteSpan] = []
  var cellStart = 0
  var html = HTMLStripper()
  /// Columns by which the next line of code is indented, made up by md4c from the spaces before it.
  var indentation = 0

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
  func parse(_ range: Range<Int>) {
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

  static func from(_ handler: UnsafeMutableRawPointer?) -> MarkdownHandler {
    // `parse` passes itself and outlives the call.
    Unmanaged<MarkdownHandler>.fromOpaque(handler.unsafelyUnwrapped).takeUnretainedValue()
  }

  // MARK: - Blocks

  func enter(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) {
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

  func leave(_ type: MD_BLOCKTYPE) {
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

  var isQuoted: Bool {
    containers.contains {
      if case .quote = $0 { return true }
      return false
    }
  }

  /// Ends the open block with the kind and role that its surroundings give it.
  func closeLeaf() {
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

  func depth(of kind: Block.Kind) -> Int {
    containers.reduce(0) { sum, container in
      switch (container, kind) {
      case (.quote, .quotation), (.item, .listItem): return sum + 1
      default: return sum
      }
    }
  }

  /// A name at the head of a quotation speaks for the paragraphs below it, a name behind a dash at its foot for those above.
  func nameSpeakers(from first: Int) {
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

  func enter(_ type: MD_SPANTYPE) {
    switch type {
    case MD_SPAN_A, MD_SPAN_WIKILINK:
      links += 1
      linkStart = out.text.count
    case MD_SPAN_STRONG: if !out.isBlockOpen { isStrongFirst = true }
    case MD_SPAN_IMG: enterImage()
    default: break
    }
  }

  func leave(_ type: MD_SPANTYPE) {
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
  func enterImage() {
    images.depth += 1
    guard images.depth == 1 else { return }
    switch out.gap {
    case .newlines, .hardBreak: images.isCaption = kind == .paragraph
    default: images.isCaption = !out.isBlockOpen && (kind == .paragraph || kind == .html)
    }
    if images.isCaption { closeLeaf() }
  }

  func leaveImage() {
    images.depth -= 1
    guard images.depth == 0, images.isCaption else { return }
    let saved = kind
    kind = .caption
    closeLeaf()
    kind = saved
  }
}
