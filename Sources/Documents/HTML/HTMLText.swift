/// Writes the chosen elements of a page as text with blocks.
struct HTMLText {
  let tree: HTMLTree
  var text: [UInt8] = []
  private(set) var blocks: [Block] = []
  private(set) var linkedBytes: [Int] = []
  /// Where the open block begins, and where its open cell does.
  private(set) var start = 0
  var floor = 0
  var needsSpace = false
  var linkDepth = 0
  private var linked = 0
  var kinds: [Block.Kind] = []
  /// Of the row that is being written.
  var cells: [ByteSpan] = []
  var cellStart = 0
  /// Tables that hold others.
  private let outerTables: Set<Int>
  private var level = 0
  private var quotes = 0
  private var lists = 0
  private var headings: [(level: Int, index: Int)] = []

  init(_ tree: HTMLTree, _ roots: [Int]) {
    self.tree = tree
    outerTables = HTMLText.outerTables(tree)
    for root in roots { write(root) }
    endBlock()
  }

  private mutating func write(_ root: Int) {
    // Without recursion: a page may nest deeply. Every element is entered and left once.
    var node = root
    while true {
      if !tree.nodes[node].isRemoved, tree.nodes[node].tag == .text || enter(node) {
        if tree.nodes[node].tag == .text {
          append(Int(tree.nodes[node].start)..<Int(tree.nodes[node].end))
        } else if tree.nodes[node].first >= 0 {
          node = Int(tree.nodes[node].first)
          continue
        } else {
          leave(node)
        }
      }
      while node != root, tree.nodes[node].next < 0 {
        node = tree.parent(node)
        leave(node)
      }
      if node == root { return }
      node = Int(tree.nodes[node].next)
    }
  }

  /// Only the innermost tables are looked at closely, so that each element is looked at once.
  private static func outerTables(_ tree: HTMLTree) -> Set<Int> {
    var found: Set<Int> = []
    for node in tree.nodes.indices where tree.nodes[node].tag == .table && !tree.nodes[node].isRemoved {
      var outer = tree.parent(node)
      while outer >= 0, tree.nodes[outer].tag != .table { outer = tree.parent(outer) }
      if outer >= 0 { found.insert(outer) }
    }
    return found
  }

  /// - Returns: whether what is below the element remains to be written.
  private mutating func enter(_ node: Int) -> Bool {
    let tag = tree.nodes[node].tag
    if tag == .table, !outerTables.contains(node), let table = HTMLTable(tree, node) {
      write(table)
      return false
    }
    if tag.isBlock { endBlock() }
    switch tag {
    case .br, .hr: endBlock()
    case .a: linkDepth += 1
    case .blockquote: quotes += 1
    case .ul, .ol: lists += 1
    case .h1, .h2, .h3, .h4, .h5, .h6:
      kinds.append(.heading)
      level = tag.headingLevel
    case .pre: kinds.append(.code)
    case .figcaption, .caption: kinds.append(.caption)
    case .li: kinds.append(.listItem)
    default: break
    }
    return true
  }

  private mutating func leave(_ node: Int) {
    let tag = tree.nodes[node].tag
    if tag.isBlock { endBlock() }
    switch tag {
    case .a: linkDepth -= 1
    case .blockquote: quotes -= 1
    case .ul, .ol: lists -= 1
    case .h1, .h2, .h3, .h4, .h5, .h6, .pre, .figcaption, .caption, .li: kinds.removeLast()
    default: break
    }
  }

  mutating func append(_ range: Range<Int>) {
    let isCode = kinds.last == .code
    tree.pool.withUnsafeBufferPointer { pool in
      for i in range {
        let byte = pool[i]
        if ASCII.isSpace(byte), !(isCode && byte == 0x0A && text.count > start) {
          if text.count > floor { needsSpace = true }
          continue
        }
        if needsSpace {
          text.append(0x20)
          if linkDepth > 0 { linked += 1 }
        }
        needsSpace = false
        text.append(byte)
        if linkDepth > 0 { linked += 1 }
      }
    }
  }

  mutating func edit(block index: Int, _ change: (inout Block) -> Void) { change(&blocks[index]) }

  mutating func endBlock() {
    needsSpace = false
    floor = start
    while text.count > start, let last = text.last, ASCII.isSpace(last) { text.removeLast() }
    guard text.count > start else {
      linked = 0
      return
    }
    let span = ByteSpan(start, text.count)
    var kind = kinds.last ?? .paragraph
    if kind == .paragraph, quotes > 0 { kind = .quotation }
    let role: Block.Role
    switch kind {
    case .heading: role = .heading
    case .code: role = .code
    case .caption: role = .caption
    case .tableRow: role = .table
    case .listItem: role = quotes > 0 ? .quotation : .list
    default: role = quotes > 0 ? .quotation : .body
    }
    if kind == .heading {
      while let last = headings.last, last.level >= level { headings.removeLast() }
    }
    let depth =
      kind == .heading ? level : kind == .quotation ? quotes : kind == .listItem ? max(1, lists) : 0
    blocks.append(
      Block(
        kind: kind, role: role, text: span, source: span, level: depth,
        heading: headings.last?.index))
    linkedBytes.append(linked)
    if kind == .heading { headings.append((level, blocks.count - 1)) }
    text.append(0x0A)
    start = text.count
    floor = start
    linked = 0
  }
}
