import CMD4C

/// Pieces of text: where they go, and what stands between them.
extension MarkdownHandler {
  func text(_ type: MD_TEXTTYPE, _ pointer: UnsafePointer<CChar>?, _ count: Int) {
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
  func madeUp(_ type: MD_TEXTTYPE, _ pointer: UnsafePointer<CChar>, _ count: Int) {
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
  func prepare(_ offset: Int) {
    if case .hardBreak = out.gap, kind == .paragraph, images.depth == 0,
      !ASCII.isLower(input[offset])
    {
      closeLeaf()
    }
    if !out.isBlockOpen, !footnotes.isEmpty { placeFootnotes(before: offset) }
  }

  /// Notes where the text of a table cell begins.
  func startCell() {
    if kind == .tableRow, cellStart < 0, out.isBlockOpen { cellStart = out.pieceStart }
  }

  func emit(_ range: Range<Int>) {
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

  func emitShown(_ range: Range<Int>) {
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
  func markup(_ range: Range<Int>) {
    guard kind == .html else {
      if HTMLStripper.isLineBreak(input, range) { out.gap = .newlines(1) } else { out.skip(range) }
      return
    }
    // A copy, since what a piece sets off (a footnote that finds its place) saves and restores `html` while the piece is being told.
    var stripper = html
    stripper.feed(input, range) { piece in
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
    html = stripper
  }

  // MARK: - Footnotes

  /// Reads the footnotes that are defined before `offset`: text of their own, in the order of the source.
  func placeFootnotes(before offset: Int) {
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
