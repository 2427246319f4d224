/// Elements of a page that say that they hold a date.
extension HTMLDate {
  /// Elements that say what they are: `itemprop`, `time`, classes such as "entry-date".
  func marked() -> Candidate? {
    var best: Candidate?
    for node in tree.nodes.indices {
      guard let candidate = candidate(node, above: best?.score ?? 20) else { continue }
      best = candidate
    }
    return best
  }

  private func candidate(_ node: Int, above least: Int) -> Candidate? {
    let element = tree.nodes[node]
    guard element.tag != .text, element.tag != .meta, element.tag != .link else { return nil }
    let hints = element.classHints.union(element.idHints)
    let isTime = element.tag == .time || element.tag == .abbr
    let isPublished = says("datepublished", node) || says("datecreated", node)
    guard isTime || isPublished || !hints.isDisjoint(with: [.date, .published, .updated, .byline])
    else { return nil }
    var score =
      isPublished
      ? 100 : isTime ? 60 : hints.contains(.published) ? 55 : hints.contains(.date) ? 40 : 30
    if isTime, hints.contains(.published) { score += 15 }
    if hints.contains(.updated) || says("modified", node) { score -= 25 }
    if element.isHidden { score -= 5 }
    if isNearHeading(node) { score += 6 }
    guard score > least else { return nil }
    switch surroundings(node) {
    case .comments: return nil
    case .furniture: score -= 35
    case .article: break
    }
    guard score > least, let (date, isWhole) = date(node), isPlausible(date) else { return nil }
    if !isWhole { score -= 10 }
    return score > least ? Candidate(date: date, score: score) : nil
  }

  /// Nodes between an element and the heading it dates.
  private static let nearness = 60

  func isNearHeading(_ node: Int) -> Bool { heading.map { abs($0 - node) <= HTMLDate.nearness } ?? false }

  func isPlausible(_ date: DateRange) -> Bool { latest.map { date.start <= $0 } ?? true }

  /// Whether a microdata or RDFa property contains `word`.
  private func says(_ word: StaticString, _ node: Int) -> Bool {
    tree.has(.itemprop, of: node, containing: word) || tree.has(.property, of: node, containing: word)
  }

  private func date(_ node: Int) -> (DateRange, isWhole: Bool)? {
    for name in [HTMLTree.AttributeName.datetime, .content, .title] {
      if let value = tree.string(name, of: node), let date = day(value) { return (date, true) }
    }
    let text = tree.text(node, limit: 200)
    guard text.count <= 160 else { return nil }
    return text.withUnsafeBufferPointer { bytes in
      finder.first(in: bytes, 0..<bytes.count).map {
        (
          $0.range,
          $0.span.count * 3 >= bytes.count
            || Dateline.isBare(bytes, 0..<bytes.count, without: $0.span)
        )
      }
    }
  }

  enum Surroundings { case article, furniture, comments }

  /// Whether an element stands among comments, or in a sidebar or a list of other articles.
  func surroundings(_ node: Int) -> Surroundings {
    var found = Surroundings.article
    var ancestor = node
    while ancestor >= 0 {
      let element = tree.nodes[ancestor]
      let hints = element.classHints.union(element.idHints)
      if hints.contains(.comments), element.tag != .body, !hints.contains(.bodyOfArticle),
        !hints.contains(.positive) || ancestor != node
      {
        return .comments
      }
      if [.aside, .footer, .nav].contains(element.tag) || isNamedNavigation(ancestor) { found = .furniture }
      if hints.contains(.furniture), !hints.contains(.bodyOfArticle), element.tag != .body,
        ancestor != node
      {
        found = .furniture
      }
      if hints.contains(.unlikely), !hints.contains(.maybe), element.tag != .body,
        element.tag != .header
      {
        found = .furniture
      }
      ancestor = tree.parent(ancestor)
    }
    return found
  }

  /// "topnav", "navbar": where pages show today's date.
  private func isNamedNavigation(_ node: Int) -> Bool {
    tree.nodes[node].tag != .body && (tree.has(.className, of: node, containing: "nav") || tree.has(.id, of: node, containing: "nav"))
  }
}
