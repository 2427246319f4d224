/// Takes out of an article what is no part of it: forms, lists of links, share buttons, layout tables.
struct ContentCleaner {
  private(set) var tree: HTMLTree
  private(set) var statistics: ContentStatistics
  private let weighsNames: Bool

  init(_ tree: HTMLTree, _ statistics: ContentStatistics, weighsNames: Bool) {
    self.tree = tree
    self.statistics = statistics
    self.weighsNames = weighsNames
  }

  /// How much an element's names speak for or against it.
  static func weight(_ node: HTMLTree.Node) -> Double {
    func weight(_ hints: HTMLHints) -> Double {
      (hints.contains(.negative) ? -25 : 0) + (hints.contains(.positive) ? 25 : 0)
    }
    return node.isWrapper ? 0 : weight(node.classHints) + weight(node.idHints)
  }

  mutating func clean(_ roots: [Int]) {
    let nodes = roots.flatMap { below($0) }
    let dataTables = Set(nodes.filter { tree.nodes[$0].tag == .table && isDataTable($0) })
    cleanConditionally(nodes, [.form, .fieldset], dataTables)
    for node in nodes
    where [.object, .embed, .footer, .link, .aside, .button, .input, .textarea, .select, .nav]
      .contains(tree.nodes[node].tag)
    {
      remove(node)
    }
    for node in nodes where statistics[node].text < 500 {
      let hints = tree.nodes[node].classHints.union(tree.nodes[node].idHints)
      if hints.contains(.share), tree.nodes[node].tag != .text, !roots.contains(node) {
        remove(node)
      }
    }
    for node in nodes where tree.nodes[node].tag == .h1 || tree.nodes[node].tag == .h2 {
      if weighsNames, ContentCleaner.weight(tree.nodes[node]) < 0 { remove(node) }
    }
    cleanConditionally(nodes, [.table, .ul, .div], dataTables)
  }

  /// Element descendants in document order.
  private func below(_ root: Int) -> [Int] {
    var nodes: [Int] = []
    var at = tree.next(root, in: root)
    while let node = at {
      if tree.nodes[node].isRemoved {
        at = tree.nextSkippingChildren(node, in: root)
        continue
      }
      if tree.nodes[node].tag != .text { nodes.append(node) }
      at = tree.next(node, in: root)
    }
    return nodes
  }

  private mutating func remove(_ node: Int) {
    guard !isGone(node) else { return }
    statistics.remove(node, from: tree)
    tree.nodes[node].isRemoved = true
  }

  private func isGone(_ node: Int) -> Bool {
    var node = node
    while node >= 0 {
      if tree.nodes[node].isRemoved { return true }
      node = tree.parent(node)
    }
    return false
  }

  private mutating func cleanConditionally(
    _ nodes: [Int], _ tags: Set<HTMLTag>, _ dataTables: Set<Int>
  ) {
    // From the last to the first, so that inner elements are judged before outer ones.
    for node in nodes.reversed() where tags.contains(tree.nodes[node].tag) && !isGone(node) {
      if shouldRemove(node, dataTables) { remove(node) }
    }
  }

  private func shouldRemove(_ node: Int, _ dataTables: Set<Int>) -> Bool {
    if dataTables.contains(node) { return false }
    var isInFigure = false
    var ancestor = tree.parent(node)
    while ancestor >= 0 {
      if dataTables.contains(ancestor) || tree.nodes[ancestor].tag == .code { return false }
      if tree.nodes[ancestor].tag == .figure { isInFigure = true }
      ancestor = tree.parent(ancestor)
    }
    let tag = tree.nodes[node].tag
    let weight = weighsNames ? ContentCleaner.weight(tree.nodes[node]) : 0
    if weight < 0 { return true }
    let counts = statistics[node]
    guard counts.commas < 10 else { return false }
    if tag != .table, !dataTables.isEmpty, dataTables.contains(where: { isAncestor(node, of: $0) }) {
      return false
    }
    let length = Int(counts.text)
    let isList =
      tag == .ul || tag == .ol || length > 0 && Double(counts.listed) / Double(length) > 0.9
    let headings = length > 0 ? Double(counts.headings) / Double(length) : 0
    let density = statistics.linkDensity(node)
    if !isInFigure, counts.images > 1, Double(counts.paragraphs) / Double(counts.images) < 0.5 {
      return true
    }
    if !isList, Int(counts.items) - 100 > Int(counts.paragraphs) { return true }
    if counts.inputs > counts.paragraphs / 3 { return true }
    if !isList, !isInFigure, headings < 0.9, length < 25, counts.images == 0 || counts.images > 2,
      density > 0
    {
      return true
    }
    if !isList, weight < 25, density > 0.2 { return true }
    if weight >= 25, density > 0.5 { return true }
    return length == 0 && counts.images == 0
  }

  private func isAncestor(_ node: Int, of other: Int) -> Bool {
    var at = tree.parent(other)
    while at >= 0 {
      if at == node { return true }
      at = tree.parent(at)
    }
    return false
  }

  /// A table that holds data and does not lay out the page.
  private func isDataTable(_ table: Int) -> Bool {
    if let role = tree.string(.role, of: table), role == "presentation" { return false }
    var (rows, columns, cells) = (0, 0, 0)
    var at = tree.next(table, in: table)
    while let node = at {
      switch tree.nodes[node].tag {
      case .table: return false
      case .th, .thead, .tfoot, .caption: return true
      case .tr:
        rows += 1
        cells = 0
      case .td:
        cells += 1
        columns = max(columns, cells)
      default: break
      }
      at = tree.next(node, in: table)
    }
    if columns == 1 || rows == 1 { return false }
    return rows >= 10 || columns > 4 || rows * columns > 10
  }
}
