/// What stands below each node: text, links, commas, paragraphs. Kept right while nodes are removed.
struct ContentStatistics {
  struct Counts {
    /// Scalars of text, white space collapsed.
    var text: Int32 = 0
    var linked: Int32 = 0
    var commas: Int32 = 0
    var paragraphs: Int32 = 0
    var images: Int32 = 0
    var items: Int32 = 0
    var inputs: Int32 = 0
    var headings: Int32 = 0
    var listed: Int32 = 0
  }

  private(set) var counts: [Counts]

  /// Counts everything below `root` that is not removed.
  init(_ tree: HTMLTree, root: Int) {
    counts = [Counts](repeating: Counts(), count: tree.nodes.count)
    var order: [Int32] = []
    order.reserveCapacity(tree.nodes.count)
    var at: Int? = root
    while let node = at {
      if tree.nodes[node].isRemoved {
        at = tree.nextSkippingChildren(node, in: root)
      } else {
        order.append(Int32(node))
        at = tree.next(node, in: root)
      }
    }
    tree.pool.withUnsafeBufferPointer { pool in
      for index in order.reversed() {
        let node = Int(index)
        let tag = tree.nodes[node].tag
        switch tag {
        case .text: counts[node] = ContentStatistics.count(pool, tree.nodes[node])
        case .a:
          // A link within the page is a third of a link.
          let isLocal = tree.attribute(.href, of: node).map { pool[$0].first == 0x23 } ?? false
          counts[node].linked = isLocal ? counts[node].text * 3 / 10 : counts[node].text
        case .p: counts[node].paragraphs += 1
        case .img: counts[node].images += 1
        case .li: counts[node].items += 1
        case .input: counts[node].inputs += 1
        case .h1, .h2, .h3, .h4, .h5, .h6: counts[node].headings = counts[node].text
        case .ul, .ol: counts[node].listed = counts[node].text
        default: break
        }
        if node != root { add(node, to: Int(tree.nodes[node].parent), sign: 1) }
      }
    }
  }

  subscript(node: Int) -> Counts { counts[node] }

  func linkDensity(_ node: Int) -> Double {
    counts[node].text == 0 ? 0 : Double(counts[node].linked) / Double(counts[node].text)
  }

  /// Takes a subtree out of the counts of everything above it.
  mutating func remove(_ node: Int, from tree: HTMLTree) {
    var parent = tree.parent(node)
    while parent >= 0 {
      add(node, to: parent, sign: -1)
      parent = tree.parent(parent)
    }
  }

  private mutating func add(_ node: Int, to parent: Int, sign: Int32) {
    let c = counts[node]
    counts[parent].text += sign * c.text
    counts[parent].linked += sign * c.linked
    counts[parent].commas += sign * c.commas
    counts[parent].paragraphs += sign * c.paragraphs
    counts[parent].images += sign * c.images
    counts[parent].items += sign * c.items
    counts[parent].inputs += sign * c.inputs
    counts[parent].headings += sign * c.headings
    counts[parent].listed += sign * c.listed
  }

  private static func count(_ pool: UnsafeBufferPointer<UInt8>, _ node: HTMLTree.Node) -> Counts {
    var counts = Counts()
    var wasSpace = true
    for i in Int(node.start)..<Int(node.end) {
      let byte = pool[i]
      if ASCII.isSpace(byte) {
        if !wasSpace { counts.text += 1 }
        wasSpace = true
        continue
      }
      wasSpace = false
      if byte & 0xC0 != 0x80 { counts.text += 1 }
      // A comma, or the last byte of an ideographic one.
      if byte == 0x2C || byte == 0x8C && i > 1 && pool[i - 1] == 0xBC && pool[i - 2] == 0xEF {
        counts.commas += 1
      }
    }
    if wasSpace, counts.text > 0 { counts.text -= 1 }
    return counts
  }
}
