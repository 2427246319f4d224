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
  private let filters: Filters
  private let body: Int
  private let title: [UInt8]
  private var scores: [Double?]
  private(set) var byline: String?

  /// - Parameter title: the page's title; a heading that repeats it is no text.
  static func find(_ tree: HTMLTree, body: Int, title: [UInt8]) -> (
    finder: ContentFinder, roots: [Int]
  ) {
    var best: (finder: ContentFinder, roots: [Int], length: Int)?
    let attempts = [
      Filters(), Filters(dropsUnlikely: false), Filters(dropsUnlikely: false, weighsNames: false),
      Filters(dropsUnlikely: false, weighsNames: false, cleans: false),
    ]
    for filters in attempts {
      var finder = ContentFinder(tree, body: body, title: title, filters)
      let roots = finder.run()
      let length = roots.reduce(0) { $0 + Int(finder.statistics[$1].text) }
      if length > (best?.length ?? -1) { best = (finder, roots, length) }
      if length >= 500 { return (finder, roots) }
    }
    return best.map { ($0.finder, $0.roots) } ?? (
      ContentFinder(tree, body: body, title: title, Filters()), [body]
    )
  }

  private init(_ tree: HTMLTree, body: Int, title: [UInt8], _ filters: Filters) {
    self.tree = tree
    self.body = body
    self.title = title
    self.filters = filters
    statistics = ContentStatistics(HTMLTree.empty, root: 0)
    scores = []
  }

  private mutating func run() -> [Int] {
    let scored = prepare()
    statistics = ContentStatistics(tree, root: body)
    scores = [Double?](repeating: nil, count: tree.nodes.count)
    let candidates = score(scored)
    let top = topCandidate(candidates)
    let roots = withSiblings(top)
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
  private mutating func prepare() -> [Int] {
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
      switch element.tag {
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

  private mutating func isDropped(_ node: Int, _ isTitleSeen: inout Bool) -> Bool {
    let element = tree.nodes[node]
    if element.isHidden, !tree.has(.className, of: node, containing: "fallback-image") {
      return true
    }
    let hints = element.classHints.union(element.idHints)
    if byline == nil, isByline(node, hints) {
      byline = String(decoding: tree.text(node, limit: 120), as: UTF8.self)
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

  private func isByline(_ node: Int, _ hints: HTMLHints) -> Bool {
    guard
      hints.contains(.byline) || tree.has(.rel, of: node, containing: "author")
        || tree.has(.itemprop, of: node, containing: "author")
    else {
      return false
    }
    let text = tree.text(node, limit: 120)
    return !text.isEmpty && text.count < 100
  }

  /// Whether most words of a heading are those of the title.
  private func repeatsTitle(_ node: Int) -> Bool {
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

  /// Makes paragraphs of the runs of running text that stand directly in a `div`.
  private mutating func wrapPhrases(in parent: Int) {
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

  private mutating func wrap(_ first: Int, _ last: Int, in parent: Int) {
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

  private func isPhrasing(_ node: Int, depth: Int) -> Bool {
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

  private func isBlank(_ node: Int) -> Bool {
    guard tree.nodes[node].tag == .text else {
      return tree.nodes[node].tag == .br || tree.nodes[node].first < 0
    }
    return tree.pool[Int(tree.nodes[node].start)..<Int(tree.nodes[node].end)].allSatisfy(
      ASCII.isSpace)
  }

  /// The one paragraph a `div` consists of, if it is not mostly links.
  private func onlyParagraph(in node: Int) -> Int? {
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

  private func lengths(_ root: Int) -> (text: Int, linked: Int) {
    var (text, linked) = (0, 0)
    var at: Int? = root
    var linkEnd: Int?
    while let node = at {
      if node == linkEnd { linkEnd = nil }
      if tree.nodes[node].tag == .a, linkEnd == nil {
        linkEnd = tree.nextSkippingChildren(node, in: root) ?? -1
      }
      if tree.nodes[node].tag == .text, !isBlank(node) {
        let count = Int(tree.nodes[node].end - tree.nodes[node].start)
        text += count
        if linkEnd != nil { linked += count }
      }
      at = tree.next(node, in: root)
    }
    return (text, linked)
  }

  private func hasBlock(_ root: Int) -> Bool {
    var at = tree.next(root, in: root)
    while let node = at {
      if tree.nodes[node].tag.makesContainer { return true }
      at = tree.next(node, in: root)
    }
    return false
  }

  // MARK: - Scores

  private func weight(_ node: Int) -> Double {
    filters.weighsNames ? ContentCleaner.weight(tree.nodes[node]) : 0
  }

  private func initialScore(_ node: Int) -> Double {
    let base: Double
    switch tree.nodes[node].tag {
    case .div: base = 5
    case .pre, .td, .blockquote: base = 3
    case .address, .ol, .ul, .dl, .dd, .dt, .li, .form: base = -3
    case .h1, .h2, .h3, .h4, .h5, .h6, .th: base = -5
    default: base = 0
    }
    return base + weight(node)
  }

  private mutating func score(_ elements: [Int]) -> [Int] {
    var candidates: [Int] = []
    for element in elements {
      let counts = statistics[element]
      guard counts.text >= 25, element != body, !isRemoved(element) else { continue }
      let points = 2 + Double(counts.commas) + Double(min(counts.text / 100, 3))
      var ancestor = tree.parent(element)
      var level = 0
      while ancestor >= 0, level < 5, ancestor != tree.parent(body) {
        if scores[ancestor] == nil {
          scores[ancestor] = initialScore(ancestor)
          candidates.append(ancestor)
        }
        let divider = level == 0 ? 1.0 : level == 1 ? 2 : Double(level) * 3
        scores[ancestor]? += points / divider
        ancestor = tree.parent(ancestor)
        level += 1
      }
    }
    for candidate in candidates { scores[candidate]? *= 1 - statistics.linkDensity(candidate) }
    return candidates
  }

  private func isRemoved(_ node: Int) -> Bool {
    // Elements of the page's own order were dropped before they were listed; only ones inside later removals remain to be checked.
    tree.nodes[node].isRemoved
  }

  private func topCandidate(_ candidates: [Int]) -> Int {
    let best = candidates.sorted { (scores[$0] ?? 0, $1) > (scores[$1] ?? 0, $0) }.prefix(5)
    guard var top = best.first, top != body else { return body }
    top = commonAncestor(Array(best), top)
    // A parent that scores more, or nearly as much, holds more of the text.
    var last = scores[top] ?? 0
    let threshold = last / 3
    var parent = tree.parent(top)
    while parent > body {
      guard let score = scores[parent] else {
        parent = tree.parent(parent)
        continue
      }
      if score < threshold { break }
      if score > last {
        top = parent
        break
      }
      last = score
      parent = tree.parent(parent)
    }
    // An only child is no better than its parent.
    parent = tree.parent(top)
    while parent > body, elementCount(parent) == 1 {
      top = parent
      parent = tree.parent(top)
    }
    return top
  }

  /// Where several candidates score alike, the element that holds three of them.
  private func commonAncestor(_ best: [Int], _ top: Int) -> Int {
    let alternatives = best.dropFirst().filter { (scores[$0] ?? 0) / (scores[top] ?? 1) >= 0.75 }
      .map { Set(ancestors($0)) }
    guard alternatives.count >= 3 else { return top }
    var parent = tree.parent(top)
    while parent > body {
      if alternatives.count(where: { $0.contains(parent) }) >= 3 { return parent }
      parent = tree.parent(parent)
    }
    return top
  }

  private func ancestors(_ node: Int) -> [Int] {
    var out: [Int] = []
    var node = tree.parent(node)
    while node >= 0 {
      out.append(node)
      node = tree.parent(node)
    }
    return out
  }

  private func elementCount(_ node: Int) -> Int {
    var count = 0
    var child = Int(tree.nodes[node].first)
    while child >= 0 {
      if tree.nodes[child].tag != .text, !tree.nodes[child].isRemoved { count += 1 }
      child = Int(tree.nodes[child].next)
    }
    return count
  }

  /// The top candidate with the siblings that belong to it: alike in score or name, or paragraphs of running text.
  private func withSiblings(_ top: Int) -> [Int] {
    guard top != body else { return [body] }
    let topScore = scores[top] ?? 0
    let threshold = max(10, topScore * 0.2)
    let name = tree.attribute(.className, of: top).map { Array(tree.pool[$0]) }
    var roots: [Int] = []
    var child = Int(tree.nodes[tree.parent(top)].first)
    while child >= 0 {
      if child == top || belongs(child, threshold, topScore, name) { roots.append(child) }
      child = Int(tree.nodes[child].next)
    }
    return roots
  }

  private func belongs(_ node: Int, _ threshold: Double, _ topScore: Double, _ name: [UInt8]?)
    -> Bool
  {
    guard !tree.nodes[node].isRemoved, tree.nodes[node].tag != .text else { return false }
    let isNamedAlike = name.map { name in
      !name.isEmpty
        && tree.attribute(.className, of: node).map { tree.pool[$0].elementsEqual(name) } ?? false
    }
    if let score = scores[node], score + (isNamedAlike == true ? topScore * 0.2 : 0) >= threshold {
      return true
    }
    guard tree.nodes[node].tag == .p else { return false }
    let length = Int(statistics[node].text)
    let density = statistics.linkDensity(node)
    if length > 80 { return density < 0.25 }
    guard length > 0, density == 0 else { return false }
    let text = tree.text(node)
    return text.last == 0x2E || zip(text, text.dropFirst()).contains { $0 == 0x2E && $1 == 0x20 }
  }
}

extension HTMLTree {
  static let empty: HTMLTree = {
    var tree = HTMLTree()
    _ = tree.append(.html, to: -1)
    return tree
  }()
}
