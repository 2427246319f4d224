/// Takes out of a found article the furniture that publishing systems put between its paragraphs: captions, newsletters, teasers, biographies.
/// By the names of their elements, and only where they are a small part of the text.
struct ArticleTrimmer {
  private(set) var tree: HTMLTree
  private let statistics: ContentStatistics
  /// The roots that are left.
  private(set) var roots: [Int]
  private let total: Int
  /// Where pictures with their captions make up much of the page, they are what it is about.
  private var keepsCaptions = false
  /// Shorter pages are left as they are.
  private static let shortest = 250

  init(_ tree: HTMLTree, _ statistics: ContentStatistics, _ roots: [Int]) {
    self.tree = tree
    self.statistics = statistics
    self.roots = roots
    total = roots.reduce(0) { $0 + Int(statistics[$1].text) }
    guard total >= ArticleTrimmer.shortest else { return }
    let captions = roots.reduce(0) { $0 + captionLength($1) }
    keepsCaptions = captions * 5 > total
    if roots.count > 1 {
      self.roots = roots.filter { Int(statistics[$0].text) * 2 > total || !isFurniture($0) }
    }
    for root in self.roots { trim(root) }
    let teasers = Teasers(tree).below(self.roots)
    let length = teasers.reduce(0) { $0 + Int(statistics[$1].text) }
    // Where they are most of the page, it is a list and they are what it holds.
    if length * 2 < total { for teaser in teasers { self.tree.nodes[teaser].isRemoved = true } }
  }

  private func captionLength(_ root: Int) -> Int {
    var length = 0
    var at: Int? = root
    while let node = at {
      let isCaption = tree.nodes[node].tag == .figure || isNamedCaption(node)
      if isCaption, !tree.nodes[node].isRemoved { length += Int(statistics[node].text) }
      at =
        isCaption || tree.nodes[node].isRemoved
        ? tree.nextSkippingChildren(node, in: root) : tree.next(node, in: root)
    }
    return length
  }

  private func isNamedCaption(_ node: Int) -> Bool {
    tree.nodes[node].tag == .figcaption
      || tree.nodes[node].classHints.union(tree.nodes[node].idHints).contains(.caption)
        && statistics[node].text < 400
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
    if element.tag == .figure, !keepsCaptions {
      return length < 500 && statistics[node].paragraphs <= 1 && !hasQuotation(node)
    }
    if isNamedCaption(node) { return !keepsCaptions }
    let hints = element.classHints.union(element.idHints)
    guard !hints.contains(.bodyOfArticle) else { return false }
    if hints.contains(.comments), length * 2 < total { return true }
    guard hints.contains(.furniture), !element.tag.isPhrasing || element.tag == .span else {
      return false
    }
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
