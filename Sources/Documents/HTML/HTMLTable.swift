/// A table that holds data: its cells on a grid, and what of it is the header.
///
/// The grid follows the HTML standard's algorithm for forming a table (§ 4.9.12), with its zeros and downward-growing cells bounded by the
/// rows there are. A table is only for layout, and its contents are text like any other, where it says so, is one cell wide or one row high,
/// or holds what no datum is: another table, headings, quotations, pages of prose.
struct HTMLTable {
  struct Cell {
    let node: Int
    let isHeader: Bool
    /// A figure or a date rather than a label: what a header row that is not marked as one does not hold.
    var isFigure = false
    var isBold = false
    var length = 0
  }

  /// What a page says above or below the rows.
  private(set) var captions: [Int] = []
  private(set) var cells: [Cell] = []
  /// Row by column, the number of the cell that covers it, or -1.
  private(set) var grid: [[Int]] = []
  /// How many rows at the top label the columns.
  private(set) var headerRows = 0

  private let tree: HTMLTree
  private var markedRows = 0
  private var isMarked = false
  /// For each column, the cell that grows down from above and how many more rows it covers.
  private var growing: [(cell: Int, rows: Int)] = []
  private var count = 0

  /// A grid of more places is no table that anybody reads; the bound also keeps spans from asking for memory without end.
  private static let maximumPlaces = 200_000
  private static let maximumColumns = 64
  /// Letters of a cell that may yet be a datum, in a table that marks no header and in one that does.
  private static let longest = (unmarked: 240, marked: 2_000)

  /// - Returns: nil for a table that lays out text.
  init?(_ tree: HTMLTree, _ table: Int) {
    self.tree = tree
    let role = tree.string(.role, of: table)
    guard tree.nodes[table].tag == .table, role != "presentation", role != "none" else { return nil }
    guard readSections(table) else { return nil }
    dropEmptyEdges()
    let width = grid.map(\.count).max() ?? 0
    let filled = grid.count { row in Set(row.filter { $0 >= 0 && cells[$0].length > 0 }).count >= 2 }
    guard width >= 2, grid.count >= 2, filled >= 2, filled * 2 >= grid.count else { return nil }
    let limit = isMarked ? HTMLTable.longest.marked : HTMLTable.longest.unmarked
    guard cells.allSatisfy({ $0.length <= limit }) else { return nil }
    takeTitles()
    headerRows = markedRows > 0 ? min(markedRows, grid.count - 1) : hasHeaderWithoutMark ? 1 : 0
  }

  // MARK: - Reading

  private func children(_ node: Int) -> [Int] {
    var found: [Int] = []
    var child = Int(tree.nodes[node].first)
    while child >= 0 {
      if !tree.nodes[child].isRemoved { found.append(child) }
      child = Int(tree.nodes[child].next)
    }
    return found
  }

  private func isBlank(_ node: Int) -> Bool {
    tree.nodes[node].tag == .text ? ContentFinder.isBlank(tree, node) : tree.nodes[node].first < 0
  }

  private mutating func readSections(_ table: Int) -> Bool {
    var isBody = false
    // Feet stand last wherever the page wrote them, and label nothing.
    let parts = children(table)
    for part in parts.filter({ tree.nodes[$0].tag != .tfoot }) + parts.filter({ tree.nodes[$0].tag == .tfoot }) {
      if tree.nodes[part].tag == .tfoot { isBody = true }
      switch tree.nodes[part].tag {
      case .caption:
        captions.append(part)
        isMarked = true
      case .thead, .tbody, .tfoot:
        let isHead = tree.nodes[part].tag == .thead && !isBody
        growing = []
        for row in children(part) {
          guard tree.nodes[row].tag == .tr ? readRow(row, isHead: isHead, isBody: &isBody) : isBlank(row) else { return false }
        }
      case .tr: guard readRow(part, isHead: false, isBody: &isBody) else { return false }
      default: guard isBlank(part) else { return false }
      }
    }
    return true
  }

  private mutating func readRow(_ row: Int, isHead: Bool, isBody: inout Bool) -> Bool {
    var places: [Int] = []
    var isLabels = true
    func isCovered() -> Bool { places.count < growing.count && growing[places.count].rows > 0 }
    func cover() {
      growing[places.count].rows -= 1
      places.append(growing[places.count].cell)
    }
    for node in children(row) {
      guard tree.nodes[node].tag == .td || tree.nodes[node].tag == .th else {
        guard isBlank(node) else { return false }
        continue
      }
      while isCovered() { cover() }
      guard let cell = cell(node) else { return false }
      if !cell.isHeader, cell.length > 0 { isLabels = false }
      cells.append(cell)
      let columns = min(max(1, number(.colspan, of: node) ?? 1), HTMLTable.maximumColumns)
      let down = number(.rowspan, of: node) ?? 1
      for _ in 0..<columns where !isCovered() && places.count < 4 * HTMLTable.maximumColumns {
        if down != 1 {
          while growing.count <= places.count { growing.append((-1, 0)) }
          growing[places.count] = (cells.count - 1, (down == 0 ? 65_534 : min(down, 65_534)) - 1)
        }
        places.append(cells.count - 1)
      }
    }
    while isCovered() { cover() }
    while places.count < growing.count, growing[places.count...].contains(where: { $0.rows > 0 }) {
      if isCovered() { cover() } else { places.append(-1) }
    }
    count += places.count
    guard count <= HTMLTable.maximumPlaces else { return false }
    grid.append(places)
    let hasCells = places.contains { $0 >= 0 && cells[$0].length > 0 }
    if !isBody, hasCells, isHead || isLabels { markedRows = grid.count } else if hasCells { isBody = true }
    if isHead || isLabels && hasCells { isMarked = true }
    return true
  }

  private func number(_ name: HTMLTree.AttributeName, of node: Int) -> Int? { tree.string(name, of: node).flatMap { Int($0) } }

  /// - Returns: nil where the cell holds what no datum is.
  private func cell(_ node: Int) -> Cell? {
    var cell = Cell(node: node, isHeader: tree.nodes[node].tag == .th)
    var (letters, digits, plain) = (0, 0, 0)
    var boldEnd: Int?
    var at = tree.next(node, in: node)
    while let inner = at {
      if inner == boldEnd { boldEnd = nil }
      let element = tree.nodes[inner]
      guard !element.isRemoved else {
        at = tree.nextSkippingChildren(inner, in: node)
        continue
      }
      switch element.tag {
      case .text:
        for byte in tree.pool[Int(element.start)..<Int(element.end)] where !ASCII.isSpace(byte) {
          cell.length += 1
          if ASCII.isDigit(byte) { digits += 1 } else if ASCII.isLetter(byte) || byte >= 0x80 { letters += 1 }
          if boldEnd == nil { plain += 1 }
        }
      case .b, .strong: if boldEnd == nil { boldEnd = tree.nextSkippingChildren(inner, in: node) ?? -1 }
      case .table, .h1, .h2, .h3, .h4, .h5, .h6, .blockquote, .pre, .form, .article, .section, .nav, .aside, .header, .footer, .figure,
        .textarea, .iframe, .video:
        return nil
      default: break
      }
      at = tree.next(inner, in: node)
    }
    // A bare year heads a column of figures.
    cell.isFigure = digits > 0 && digits >= letters && !(digits == 4 && cell.length == 4)
    cell.isBold = cell.length > 0 && plain == 0
    return cell
  }

  // MARK: - What the rows are

  /// Rows without text say nothing.
  private mutating func dropEmptyEdges() {
    var kept: [[Int]] = []
    for (index, row) in grid.enumerated() {
      if row.contains(where: { $0 >= 0 && cells[$0].length > 0 }) { kept.append(row) } else if index < markedRows { markedRows -= 1 }
    }
    grid = kept
  }

  /// A cell that spans the whole first row is the table's title.
  private mutating func takeTitles() {
    while grid.count > 2, let row = grid.first, let first = row.first, first >= 0, row.count >= 2, row.allSatisfy({ $0 == first }),
      grid[1].first != first
    {
      captions.append(cells[first].node)
      grid.removeFirst()
      markedRows = max(0, markedRows - 1)
    }
  }

  /// A first row of labels, over rows of which some hold figures, or set off by bold type.
  private var hasHeaderWithoutMark: Bool {
    guard let first = grid.first, first.count >= 2 else { return false }
    let labels = first.map { $0 >= 0 ? cells[$0] : nil }
    guard labels.dropFirst().allSatisfy({ $0.map { $0.length > 0 && $0.length <= 60 && !$0.isFigure } ?? false }) else { return false }
    if let corner = labels[0], corner.length > 60 || corner.isFigure { return false }
    if labels.allSatisfy({ $0.map { $0.length == 0 || $0.isBold } ?? true }) { return true }
    return grid.dropFirst().contains { row in row.indices.contains { row[$0] >= 0 && cells[row[$0]].isFigure } }
  }
}
