/// Which element holds the article.
extension ContentFinder {
  func weight(_ node: Int) -> Double {
    filters.weighsNames ? ContentCleaner.weight(tree.nodes[node]) : 0
  }

  func initialScore(_ node: Int) -> Double {
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

  mutating func score(_ elements: [Int]) -> [Int] {
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

  func isRemoved(_ node: Int) -> Bool {
    // Elements of the page's own order were dropped before they were listed; only ones inside later removals remain to be checked.
    tree.nodes[node].isRemoved
  }

  func topCandidate(_ candidates: [Int]) -> Int {
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
  func commonAncestor(_ best: [Int], _ top: Int) -> Int {
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

  func ancestors(_ node: Int) -> [Int] {
    var out: [Int] = []
    var node = tree.parent(node)
    while node >= 0 {
      out.append(node)
      node = tree.parent(node)
    }
    return out
  }

  func elementCount(_ node: Int) -> Int {
    var count = 0
    var child = Int(tree.nodes[node].first)
    while child >= 0 {
      if tree.nodes[child].tag != .text, !tree.nodes[child].isRemoved { count += 1 }
      child = Int(tree.nodes[child].next)
    }
    return count
  }

  /// Of several `article` elements side by side the only one with a first heading: the others are posts that the page also shows.
  func titledArticle(in parent: Int) -> Int? {
    var count = 0
    var titled: [Int] = []
    var child = Int(tree.nodes[parent].first)
    while child >= 0 {
      if tree.nodes[child].tag == .article, !tree.nodes[child].isRemoved {
        count += 1
        if hasFirstHeading(child) { titled.append(child) }
      }
      child = Int(tree.nodes[child].next)
    }
    guard count > 1, titled.count == 1, statistics[titled[0]].text >= 140 else { return nil }
    return titled[0]
  }

  private func hasFirstHeading(_ root: Int) -> Bool {
    var at = tree.next(root, in: root)
    while let node = at {
      if tree.nodes[node].tag == .h1 { return true }
      at = tree.next(node, in: root)
    }
    return false
  }

  /// The top candidate with the siblings that belong to it: alike in score or name, or paragraphs of running text.
  func withSiblings(_ top: Int) -> [Int] {
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

  func belongs(_ node: Int, _ threshold: Double, _ topScore: Double, _ name: [UInt8]?)
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
