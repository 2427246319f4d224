/// A page as compact arrays: nodes by number, text and attribute values in one pool of bytes.
struct HTMLTree {
  struct Node {
    var tag: HTMLTag
    var isHidden = false
    var isRemoved = false
    /// Whether its names weigh nothing, because it only wraps a paragraph.
    var isWrapper = false
    var classHints: HTMLHints = []
    var idHints: HTMLHints = []
    var parent: Int32
    var first: Int32 = -1
    var last: Int32 = -1
    var next: Int32 = -1
    var previous: Int32 = -1
    /// Of the text in `pool`, or of the attributes in `attributes`.
    var start: Int32
    var end: Int32
  }

  enum AttributeName: UInt8 {
    case id, className, rel, name, role, href, lang, title, content, property, itemprop, datetime,
      httpEquiv, colspan, rowspan
  }

  struct Attribute {
    var name: AttributeName
    var start: Int32
    var end: Int32
  }

  var nodes: [Node] = []
  var attributes: [Attribute] = []
  var pool: [UInt8] = []

  /// Adds a node as the last child of `parent`.
  mutating func append(_ tag: HTMLTag, to parent: Int, start: Int = 0, end: Int = 0) -> Int {
    let index = nodes.count
    var node = Node(tag: tag, parent: Int32(parent), start: Int32(start), end: Int32(end))
    if parent >= 0 {
      node.previous = nodes[parent].last
      if node.previous >= 0 {
        nodes[Int(node.previous)].next = Int32(index)
      } else {
        nodes[parent].first = Int32(index)
      }
      nodes[parent].last = Int32(index)
    }
    nodes.append(node)
    return index
  }

  @inline(__always) func tag(_ node: Int) -> HTMLTag { nodes[node].tag }
  @inline(__always) func parent(_ node: Int) -> Int { Int(nodes[node].parent) }

  func attribute(_ name: AttributeName, of node: Int) -> Range<Int>? {
    guard nodes[node].tag != .text else { return nil }
    for i in Int(nodes[node].start)..<Int(nodes[node].end) where attributes[i].name == name {
      return Int(attributes[i].start)..<Int(attributes[i].end)
    }
    return nil
  }

  func string(_ name: AttributeName, of node: Int) -> String? {
    attribute(name, of: node).map { String(decoding: pool[$0], as: UTF8.self) }
  }

  func has(_ name: AttributeName, of node: Int, containing word: StaticString) -> Bool {
    guard let range = attribute(name, of: node) else { return false }
    return pool.withUnsafeBufferPointer { ASCII.find(word, in: $0, range) != nil }
  }

  /// The node after `node`'s subtree in document order, within the subtree of `root`.
  func nextSkippingChildren(_ node: Int, in root: Int) -> Int? {
    var node = node
    while node != root {
      if nodes[node].next >= 0 { return Int(nodes[node].next) }
      node = parent(node)
      if node < 0 { return nil }
    }
    return nil
  }

  func next(_ node: Int, in root: Int) -> Int? {
    nodes[node].first >= 0 ? Int(nodes[node].first) : nextSkippingChildren(node, in: root)
  }

  func isInside(_ node: Int, _ tags: Set<HTMLTag>, upTo limit: Int = .max) -> Bool {
    var node = parent(node)
    var depth = 0
    while node >= 0, depth < limit {
      if tags.contains(nodes[node].tag) { return true }
      node = parent(node)
      depth += 1
    }
    return false
  }

  /// The text below `node`, white space collapsed.
  func text(_ node: Int, limit: Int = 4096) -> [UInt8] {
    var out: [UInt8] = []
    var at: Int? = node
    while let current = at, out.count < limit {
      if nodes[current].isRemoved {
        at = nextSkippingChildren(current, in: node)
        continue
      }
      if nodes[current].tag == .text {
        for byte in pool[Int(nodes[current].start)..<Int(nodes[current].end)] {
          if ASCII.isSpace(byte) {
            if let last = out.last, last != 0x20 { out.append(0x20) }
          } else {
            out.append(byte)
          }
        }
      } else if nodes[current].tag.isBlock || nodes[current].tag == .br, let last = out.last,
        last != 0x20
      {
        out.append(0x20)
      }
      at = next(current, in: node)
    }
    if out.last == 0x20 { out.removeLast() }
    return out
  }
}
