import Documents

/// A table of the document with the labels that stand over it.
struct RecordTable {
  let header: Int
  let rows: [Int]
  /// Tokens of each header cell.
  let labels: [Range<Int>]
  /// Tokens of what is said of the whole table: its introduction, its caption and the two headings nearest to it.
  let surroundings: [Range<Int>]
  /// The cell in the upper left corner is empty, or every header cell is.
  let isUnlabelled: Bool
}

/// Where things stand in the document's tokens.
struct RecordLayout {
  let view: SentenceView
  let context: DocumentContext
  private let starts: [Int]

  init(_ context: DocumentContext) {
    view = context.view
    self.context = context
    starts = view.tokens.map { Int($0.start) }
  }

  private var blocks: [Block] { view.source.document.blocks }

  /// The tokens within a span of visible text.
  func tokens(in span: ByteSpan) -> Range<Int> {
    let first = lowerBound(span.start)
    return first..<max(first, lowerBound(span.end))
  }

  private func lowerBound(_ offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let mid = (low + high) / 2
      if starts[mid] < offset { low = mid + 1 } else { high = mid }
    }
    return low
  }

  /// Tables with a header and at least one row, in order.
  func tables() -> [RecordTable] {
    var rows: [Int: [Int]] = [:]
    for (index, block) in blocks.enumerated() where block.kind == .tableRow && block.role == .table {
      if let header = block.headerRow { rows[header, default: []].append(index) }
    }
    return rows.sorted { $0.key < $1.key }.map { header, rows in
      let labels = blocks[header].cells.map { tokens(in: $0) }
      var around = self.labels(over: header)
      if let last = rows.last, last + 1 < blocks.count, blocks[last + 1].kind == .caption {
        around.append(tokens(in: blocks[last + 1].text))
      }
      if header > 0, blocks[header - 1].kind == .paragraph || blocks[header - 1].kind == .caption, blocks[header - 1].text.count <= 300,
        blocks[header - 1].role.isContent
      {
        around.append(tokens(in: blocks[header - 1].text))
      }
      return RecordTable(
        header: header, rows: rows, labels: labels, surroundings: around, isUnlabelled: labels.allSatisfy(\.isEmpty))
    }
  }

  /// The two headings nearest to a block.
  func labels(over block: Int) -> [Range<Int>] { context.headings(of: block).prefix(2).map { tokens(in: blocks[$0].text) } }

  /// What introduces the list an item belongs to: the item it is nested in, or the paragraph before the list, where it ends with a colon.
  func introduction(of item: Int) -> Int? {
    var index = item - 1
    while index >= 0, blocks[index].kind == .listItem {
      if blocks[index].level < blocks[item].level { return endsWithColon(index) ? index : nil }
      index -= 1
    }
    guard index >= 0, blocks[index].kind == .paragraph, blocks[index].role.isContent, endsWithColon(index) else { return nil }
    return index
  }

  private func endsWithColon(_ block: Int) -> Bool {
    let text = view.source.document.text[blocks[block].text.range]
    return text.last { $0 != 0x20 && $0 != 0x2A && $0 != 0x0A } == 0x3A
  }
}
