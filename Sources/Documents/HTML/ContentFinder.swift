/// Finds the elements of a page that hold its main text.
///
/// The method is that of Mozilla's Readability (after Arc90): paragraphs score for their ancestors, the best ancestor with its fitting siblings is
/// the article. Filters that turn out too strict are lifted one by one.
struct ContentFinder {
  struct Filters {
    var dropsUnlikely = true
    var weighsNames = true
    var cleans = true
  }

  private(set) var tree: HTMLTree
  private(set) var statistics: ContentStatistics
  let filters: Filters
  let body: Int
  let title: [UInt8]
  var scores: [Double?]
  private(set) var byline: String?
  /// The element that the page itself calls its main part, where there is but one and it holds text.
  let main: Int?

  /// - Parameter title: the page's title; a heading that repeats it is no text.
  static func find(_ tree: HTMLTree, body: Int, title: [UInt8]) -> (
    finder: ContentFinder, roots: [Int]
  ) {
    var best: (finder: ContentFinder, roots: [Int], length: Int)?
    let attempts = [
      Filters(), Filters(dropsUnlikely: false), Filters(dropsUnlikely: false, weighsNames: false),
      Filters(dropsUnlikely: false, weighsNames: false, cleans: false),
    ]
    let main = mainElement(tree)
    for filters in attempts {
      var finder = ContentFinder(tree, body: body, title: title, filters, main: main)
      let roots = finder.run()
      let length = roots.reduce(0) { $0 + Int(finder.statistics[$1].text) }
      if length > (best?.length ?? -1) { best = (finder, roots, length) }
      if length >= 500 { return (finder, roots) }
    }
    // A short page: scores of a few lines say little, so what the page calls its main part is.
    if let main, let best, !best.roots.contains(where: { $0 == main || best.finder.ancestors($0).contains(main) }) {
      var finder = ContentFinder(tree, body: main, title: title, Filters(weighsNames: false), main: main)
      let roots = finder.run()
      if roots.contains(where: { finder.statistics[$0].text >= 40 }) { return (finder, roots) }
    }
    return best.map { ($0.finder, $0.roots) } ?? (
      ContentFinder(tree, body: body, title: title, Filters()), [body]
    )
  }

  /// `main`, or the only `article`, if it holds more text than links.
  private static func mainElement(_ tree: HTMLTree) -> Int? {
    let mains = tree.nodes.indices.filter { tree.nodes[$0].tag == .main && !tree.nodes[$0].isHidden }
    let articles = mains.isEmpty ? tree.nodes.indices.filter { tree.nodes[$0].tag == .article && !tree.nodes[$0].isHidden } : []
    guard let only = mains.count == 1 ? mains[0] : articles.count == 1 ? articles[0] : nil else { return nil }
    let (text, linked) = lengths(tree, only)
    return text >= 40 && linked * 2 < text ? only : nil
  }

  init(_ tree: HTMLTree, body: Int, title: [UInt8], _ filters: Filters, main: Int? = nil) {
    self.main = main
    self.tree = tree
    self.body = body
    self.title = title
    self.filters = filters
    statistics = ContentStatistics(HTMLTree.empty, root: 0)
    scores = []
  }

  mutating func run() -> [Int] {
    let scored = prepare()
    statistics = ContentStatistics(tree, root: body)
    scores = [Double?](repeating: nil, count: tree.nodes.count)
    let candidates = score(scored)
    let top = topCandidate(candidates)
    let titled =
      titledArticle(in: top) ?? (tree.nodes[top].tag == .article && tree.parent(top) >= 0 ? titledArticle(in: tree.parent(top)) : nil)
    let roots = titled.map { [$0] } ?? withSiblings(top)
    if filters.cleans {
      var cleaner = ContentCleaner(tree, statistics, weighsNames: filters.weighsNames)
      cleaner.clean(roots)
      tree = cleaner.tree
      statistics = cleaner.statistics
    }
    return roots
  }

  // MARK: - Preparation

  /// Drops what cannot be text and lists what may score.
  mutating func prepare() -> [Int] {
    var scored: [Int] = []
    var at: Int? = body
    var isTitleSeen = false
    while let node = at {
      let element = tree.nodes[node]
      guard element.tag != .text else {
        at = tree.next(node, in: body)
        continue
      }
      if node != body, isDropped(node, &isTitleSeen) {
        tree.nodes[node].isRemoved = true
        at = tree.nextSkippingChildren(node, in: body)
        continue
      }
      // An element of the page's own making ("story-body") is a container like any other.
      let isOwn = element.tag == .other && holdsText(node)
      if isOwn { tree.nodes[node].tag = .div }
      switch isOwn ? .div : element.tag {
      case .section, .h2, .h3, .h4, .h5, .h6, .p, .td, .pre: scored.append(node)
      case .div:
        wrapPhrases(in: node)
        if let only = onlyParagraph(in: node) {
          tree.nodes[node].tag = .p
          tree.nodes[node].isWrapper = true
          tree.nodes[only].tag = .span
          scored.append(node)
        } else if !hasBlock(node) {
          tree.nodes[node].tag = .p
          scored.append(node)
        }
      default: break
      }
      at = tree.next(node, in: body)
    }
    return scored
  }

  mutating func isDropped(_ node: Int, _ isTitleSeen: inout Bool) -> Bool {
    let element = tree.nodes[node]
    if element.isHidden, !tree.has(.className, of: node, containing: "fallback-image") {
      return true
    }
    if main != nil, element.tag == .footer || element.tag == .nav,
      !ancestors(node).contains(where: { [.main, .article].contains(tree.nodes[$0].tag) })
    {
      return true
    }
    let hints = element.classHints.union(element.idHints)
    if byline == nil, isByline(node, hints) {
      let text = tree.text(node, limit: 120)
      // "Ada Quill writes about ports. She lives in Oslo." is about the author, and no byline.
      if !isProse(text) { byline = String(decoding: text, as: UTF8.self) }
      return true
    }
    if !isTitleSeen, element.tag == .h1 || element.tag == .h2, repeatsTitle(node) {
      isTitleSeen = true
      return true
    }
    guard filters.dropsUnlikely else { return false }
    if !hints.isDisjoint(with: [.unlikely, .header]), !hints.contains(.maybe), element.tag != .body,
      element.tag != .a,
      !tree.isInside(node, [.table, .code])
    {
      return true
    }
    guard let role = tree.string(.role, of: node) else { return false }
    return ["menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog"]
      .contains(role)
  }

  func isByline(_ node: Int, _ hints: HTMLHints) -> Bool {
    guard
      hints.contains(.byline) || tree.has(.rel, of: node, containing: "author")
        || tree.has(.itemprop, of: node, containing: "author")
    else {
      return false
    }
    let text = tree.text(node, limit: 120)
    return !text.isEmpty && text.count < 100
  }

  /// More words than a line of names has, and a sentence that ends among or behind them.
  private func isProse(_ text: [UInt8]) -> Bool {
    let words = text.split(separator: 0x20)
    guard words.count > 7 else { return false }
    return words.contains { $0.last == 0x2E && $0.count > 4 }
  }

  /// Whether most words of a heading are those of the title.
  func repeatsTitle(_ node: Int) -> Bool {
    let words = ContentFinder.words(tree.text(node))
    let known = Set(ContentFinder.words(title))
    guard !words.isEmpty, !known.isEmpty else { return false }
    let strange = words.filter { !known.contains($0) }
    let strangeLength = strange.reduce(0) { $0 + $1.count }
    return Double(strangeLength) < 0.25 * Double(words.reduce(0) { $0 + $1.count })
  }

  static func words(_ text: [UInt8]) -> [[UInt8]] {
    text.split(whereSeparator: { !ASCII.isWord($0) }).map { ASCII.lowercased($0) }
  }

  /// Whether an unknown element has blocks, other unknown elements or a paragraph's worth of text right inside it.
  private func holdsText(_ node: Int) -> Bool {
    var child = Int(tree.nodes[node].first)
    while child >= 0 {
      let element = tree.nodes[child]
      if element.tag.makesContainer || element.tag == .other && element.first >= 0 { return true }
      if element.tag == .text, element.end - element.start >= 80 { return true }
      child = Int(element.next)
    }
    return false
  }

  /// Makes paragraphs of the runs of running text that stand directly in a `div`.
  mutating func wrapPhrases(in parent: Int) {
    var child = Int(tree.nodes[parent].first)
    while child >= 0 {
      guard isPhrasing(child, depth: 0) else {
        child = Int(tree.nodes[child].next)
        continue
      }
      let first = child
      var last = child
      var hasText = false
      while child >= 0, isPhrasing(child, depth: 0) {
        hasText = hasText || !isBlank(child)
        last = child
        child = Int(tree.nodes[child].next)
      }
      if hasText { wrap(first, last, in: parent) }
    }
  }

  mutating func wrap(_ first: Int, _ last: Int, in parent: Int) {
    let index = Int32(tree.nodes.count)
    var node = HTMLTree.Node(tag: .p, parent: Int32(parent), start: 0, end: 0)
    node.first = Int32(first)
    node.last = Int32(last)
    node.previous = tree.nodes[first].previous
    node.next = tree.nodes[last].next
    if node.previous >= 0 {
      tree.nodes[Int(node.previous)].next = index
    } else {
      tree.nodes[parent].first = index
    }
    if node.next >= 0 {
      tree.nodes[Int(node.next)].previous = index
    } else {
      tree.nodes[parent].last = index
    }
    tree.nodes.append(node)
    tree.nodes[first].previous = -1
    tree.nodes[last].next = -1
    var child = first
    while child >= 0 {
      tree.nodes[child].parent = index
      child = Int(tree.nodes[child].next)
    }
  }

  func isPhrasing(_ node: Int, depth: Int) -> Bool {
    let tag = tree.nodes[node].tag
    if tag == .a {
      var child = Int(tree.nodes[node].first)
      while child >= 0 {
        if depth > 4 || !isPhrasing(child, depth: depth + 1) { return false }
        child = Int(tree.nodes[child].next)
      }
      return true
    }
    return tag.isPhrasing
  }

  func isBlank(_ node: Int) -> Bool { ContentFinder.isBlank(tree, node) }

  static func isBlank(_ tree: HTMLTree, _ node: Int) -> Bool {
    guard tree.nodes[node].tag == .text else {
      return tree.nodes[node].tag == .br || tree.nodes[node].first < 0
    }
    return tree.pool[Int(tree.nodes[node].start)..<Int(tree.nodes[node].end)].allSatisfy(
      ASCII.isSpace)
  }

  /// The one paragraph a `div` consists of, if it is not mostly links.
  func onlyParagraph(in node: Int) -> Int? {
    var found: Int?
    var child = Int(tree.nodes[node].first)
    while child >= 0 {
      if tree.nodes[child].tag == .p, found == nil {
        found = child
      } else if tree.nodes[child].tag != .text || !isBlank(child) {
        return nil
      }
      child = Int(tree.nodes[child].next)
    }
    guard let found else { return nil }
    let (text, linked) = lengths(found)
    return linked * 4 < max(1, text) ? found : nil
  }

  func lengths(_ root: Int) -> (text: Int, linked: Int) { ContentFinder.lengths(tree, root) }

  static func lengths(_ tree: HTMLTree, _ root: Int) -> (text: Int, linked: Int) {
    var (text, linked) = (0, 0)
    var at: Int? = root
    var linkEnd: Int?
    while let node = at {
      if node == linkEnd { linkEnd = nil }
      if tree.nodes[node].tag == .a, linkEnd == nil {
        linkEnd = tree.nextSkippingChildren(node, in: root) ?? -1
      }
      if tree.nodes[node].tag == .text, !isBlank(tree, node) {
        let count = Int(tree.nodes[node].end - tree.nodes[node].start)
        text += count
        if linkEnd != nil { linked += count }
      }
      at = tree.next(node, in: root)
    }
    return (text, linked)
  }

  func hasBlock(_ root: Int) -> Bool {
    var at = tree.next(root, in: root)
    while let node = at {
      if tree.nodes[node].tag.makesContainer || tree.nodes[node].tag == .other && holdsText(node) { return true }
      at = tree.next(node, in: root)
    }
    return false
  }
}

extension HTMLTree {
  static let empty: HTMLTree = {
    var tree = HTMLTree()
    _ = tree.append(.html, to: -1)
    return tree
  }()
}
