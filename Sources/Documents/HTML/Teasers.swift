/// Cards that lead to other articles: three or more siblings alike in name, each with its headline as a link and a picture or a few lines.
struct Teasers {
  private let tree: HTMLTree
  /// Bytes of text in a card, at most.
  private static let longest = 700
  private static let fewest = 3
  private static let tags: Set<HTMLTag> = [.div, .article, .section, .li]

  /// - Parameter tree: as it was parsed; what was taken out of it since still shows what a card was.
  init(_ tree: HTMLTree) { self.tree = tree }

  func below(_ roots: [Int]) -> [Int] {
    var found: [Int] = []
    for root in roots {
      var at: Int? = root
      while let node = at {
        if !tree.nodes[node].isRemoved, tree.nodes[node].tag != .text {
          let cards = among(node)
          found += cards.filter { !tree.nodes[$0].isRemoved }
          at = tree.next(node, in: root)
        } else {
          at = tree.nextSkippingChildren(node, in: root)
        }
      }
    }
    return found
  }

  private func among(_ parent: Int) -> [Int] {
    var found: [Int] = []
    var run: [Int] = []
    func close() {
      if run.count >= Teasers.fewest {
        let cards = run.filter(isCard)
        if cards.count >= Teasers.fewest, cards.count * 4 >= run.count * 3 { found += cards }
      }
      run = []
    }
    var child = Int(tree.nodes[parent].first)
    while child >= 0 {
      let tag = tree.nodes[child].tag
      if tag != .text {
        if let first = run.first, tag != tree.nodes[first].tag || !isNamedAlike(child, first) { close() }
        if Teasers.tags.contains(tag) { run.append(child) }
      }
      child = Int(tree.nodes[child].next)
    }
    close()
    return found
  }

  private func isNamedAlike(_ a: Int, _ b: Int) -> Bool {
    guard let one = tree.attribute(.className, of: a), let other = tree.attribute(.className, of: b) else {
      return tree.attribute(.className, of: a) == nil && tree.attribute(.className, of: b) == nil
    }
    return tree.pool[one].elementsEqual(tree.pool[other])
  }

  /// A headline that is wholly a link, with a picture or as a heading.
  private func isCard(_ card: Int) -> Bool {
    var length = 0
    var hasPicture = false
    var headline = false
    var hasHeading = false
    var at: Int? = card
    while let node = at {
      switch tree.nodes[node].tag {
      case .text:
        length += Int(tree.nodes[node].end - tree.nodes[node].start)
        if length > Teasers.longest * 2 { return false }
      case .img: hasPicture = true
      case .h1, .h2, .h3, .h4, .h5, .h6:
        // A heading that leads nowhere heads a part of this text.
        guard isLink(node) else { return false }
        hasHeading = true
      case .a: headline = headline || isHeadline(node, in: card)
      default: break
      }
      at = tree.next(node, in: card)
    }
    return length >= 15 && headline && (hasPicture || hasHeading)
  }

  private func isLink(_ node: Int) -> Bool {
    let (text, linked) = lengths(node)
    return text > 0 && linked * 10 >= text * 9 || tree.isInside(node, [.a], upTo: 4) && text > 0
  }

  /// Whether a link has some words and its block no others.
  private func isHeadline(_ link: Int, in card: Int) -> Bool {
    guard tree.text(link, limit: 200).split(separator: 0x20).count >= 2 else { return false }
    var block = link
    while block != card, !tree.nodes[block].tag.isBlock { block = tree.parent(block) }
    let (text, linked) = lengths(block)
    return linked * 10 >= text * 9 && (block != card || tree.nodes[card].tag != .li)
  }

  private func lengths(_ root: Int) -> (text: Int, linked: Int) {
    var (text, linked) = (0, 0)
    var at: Int? = root
    var end: Int?
    while let node = at {
      if node == end { end = nil }
      if tree.nodes[node].tag == .a, end == nil { end = tree.nextSkippingChildren(node, in: root) ?? -1 }
      if tree.nodes[node].tag == .text {
        let count = tree.pool[Int(tree.nodes[node].start)..<Int(tree.nodes[node].end)].count { !ASCII.isSpace($0) }
        text += count
        if end != nil { linked += count }
      }
      at = tree.next(node, in: root)
    }
    return (text, linked)
  }
}
