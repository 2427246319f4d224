/// Takes out of a found article the furniture that publishing systems put between its paragraphs: captions, newsletters, teasers, biographies.
/// By the names of their elements, and only where they are a small part of the text.
struct ArticleTrimmer {
  private(set) var tree: HTMLTree
  private let statistics: ContentStatistics
  private let total: Int

  init(_ tree: HTMLTree, _ statistics: ContentStatistics, _ roots: [Int]) {
    self.tree = tree
    self.statistics = statistics
    total = roots.reduce(0) { $0 + Int(statistics[$1].text) }
    for root in roots { trim(root) }
  }

  private mutating func trim(_ root: Int) {
    var at = tree.next(root, in: root)
    while let node = at {
      if tree.nodes[node].isRemoved || isFurniture(node) {
        tree.nodes[node].isRemoved = true
        at = tree.nextSkippingChildren(node, in: root)
      } else {
        at = tree.next(node, in: root)
      }
    }
  }

  private func isFurniture(_ node: Int) -> Bool {
    let element = tree.nodes[node]
    guard element.tag != .text, element.tag != .body else { return false }
    let length = Int(statistics[node].text)
    if element.tag == .figcaption { return true }
    if element.tag == .figure { return length < 500 && statistics[node].paragraphs <= 1 && !hasQuotation(node) }
    let hints = element.classHints.union(element.idHints)
    guard !hints.contains(.bodyOfArticle) else { return false }
    if hints.contains(.caption), length < 400 { return true }
    if hints.contains(.comments), length * 2 < total { return true }
    guard hints.contains(.furniture), !element.tag.isPhrasing || element.tag == .span else { return false }
    return length < 200 || length * 5 < total && length < 3_000
  }

  private func hasQuotation(_ root: Int) -> Bool {
    var at = tree.next(root, in: root)
    while let node = at {
      if [.blockquote, .table, .pre, .ul].contains(tree.nodes[node].tag) { return true }
      at = tree.next(node, in: root)
    }
    return false
  }
}
