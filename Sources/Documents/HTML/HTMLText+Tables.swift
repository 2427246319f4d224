/// Tables of data as a Markdown table's: one block a row, its cells parted by bars, under a header row.
extension HTMLText {
  /// Of a cell that spans rows, every row but the first repeats so many bytes; longer ones stand in their first row alone.
  private static let longestRepeated = 200

  mutating func write(_ table: HTMLTable) {
    endBlock()
    for caption in table.captions {
      kinds.append(.caption)
      writeInline(caption)
      endBlock()
      kinds.removeLast()
    }
    kinds.append(.tableRow)
    var header: Int?
    if table.headerRows > 0 { header = writeHeader(table) }
    var written: [Int: ByteSpan] = [:]
    for row in table.grid.dropFirst(table.headerRows) {
      var previous = -1
      var row = row[...]
      while row.last == -1 { row.removeLast() }
      for place in row {
        beginCell()
        // A cell that spans columns stands in the first of them, as in a Markdown table the others would be left empty.
        let isFirst = place >= 0 && place != previous
        if isFirst, let known = written[place] {
          if known.count <= HTMLText.longestRepeated { repeatText(known) }
        } else if isFirst {
          writeInline(table.cells[place].node)
        }
        let span = endCell()
        if isFirst, written[place] == nil { written[place] = span }
        previous = place
      }
      endRow(under: header)
    }
    kinds.removeLast()
  }

  /// The header rows in one: over each column what they say of it, from the top down, so that "2024" under "Revenue" is "Revenue 2024".
  private mutating func writeHeader(_ table: HTMLTable) -> Int? {
    let rows = table.grid.prefix(table.headerRows)
    var written: [Int: ByteSpan] = [:]
    for column in 0..<(rows.map(\.count).max() ?? 0) {
      beginCell()
      var above = -1
      for row in rows where column < row.count && row[column] >= 0 && row[column] != above {
        above = row[column]
        if text.count > floor { needsSpace = true }
        let start = text.count
        if let known = written[above] {
          if known.count <= HTMLText.longestRepeated { repeatText(known) }
        } else {
          writeInline(table.cells[above].node)
          let gap = start > floor && text.count > start ? 1 : 0
          written[above] = ByteSpan(start + gap, max(start + gap, text.count))
        }
      }
      _ = endCell()
    }
    return endRow(under: nil)
  }

  // MARK: - Cells

  private mutating func beginCell() {
    cellStart = text.count
    if text.count > start { text += [0x20, 0x7C, 0x20] }
    needsSpace = false
    floor = text.count
  }

  private mutating func endCell() -> ByteSpan {
    // A bar stands only before text.
    if text.count == floor { text.removeLast(floor - cellStart) }
    let span = ByteSpan(min(floor, text.count), text.count)
    cells.append(span)
    needsSpace = false
    return span
  }

  /// - Returns: the row's block, if it holds text.
  @discardableResult
  private mutating func endRow(under header: Int?) -> Int? {
    let before = blocks.count
    let cells = cells
    self.cells = []
    endBlock()
    guard blocks.count > before else { return nil }
    let row = blocks[before].text
    edit(block: before) { block in
      block.cells = cells.map { ByteSpan(min(max($0.start, row.start), row.end), min(max($0.end, row.start), row.end)) }
      block.headerRow = header
    }
    return before
  }

  private mutating func repeatText(_ span: ByteSpan) {
    if needsSpace { text.append(0x20) }
    needsSpace = false
    text += Array(text[span.range])
  }

  /// The text below `root` in one line; what stands on lines of its own there is parted by semicolons.
  private mutating func writeInline(_ root: Int) {
    let outer = linkDepth
    var from = text.count
    var linkEnds: [Int] = []
    var at = tree.next(root, in: root)
    while let node = at {
      while linkEnds.last == node {
        linkEnds.removeLast()
        linkDepth -= 1
      }
      let element = tree.nodes[node]
      guard !element.isRemoved else {
        at = tree.nextSkippingChildren(node, in: root)
        continue
      }
      if element.tag == .text {
        append(Int(element.start)..<Int(element.end))
      } else if element.tag == .br {
        if text.count > floor { needsSpace = true }
      } else if element.tag.isBlock {
        if text.count > from {
          if let last = text.last, ![0x2E, 0x2C, 0x3A, 0x3B, 0x21, 0x3F].contains(last) { text.append(0x3B) }
          needsSpace = true
        }
        from = text.count
      } else if element.tag == .a {
        linkDepth += 1
        linkEnds.append(tree.nextSkippingChildren(node, in: root) ?? -1)
      }
      at = tree.next(node, in: root)
    }
    linkDepth = outer
    if text.count > floor, text.last == 0x3B, from == text.count { text.removeLast() }
  }
}
