/// Finds the blocks that are not the author's account of the world: promotion, navigation, disclaimers, boilerplate.
///
/// By construction and position, and rather too few than too many: a block that states something in a sentence keeps its role.
struct BlockRoles {
  private let text: [UInt8]
  private var blocks: [Block]
  private let linked: [Int]
  private let phrases: [RolePhrases]
  /// Longer blocks are running text whatever phrases they hold.
  private static let longest = 700
  /// And these are, unless they stand near the top or the end.
  private static let longestWithin = 300
  /// Lines that say when and by whom stand among so many blocks.
  private static let top = 12

  /// What somebody says of itself under a heading of its own ("About Northwind"): set aside, but part of the text.
  private var selfDescriptions: Set<Int> = []

  /// - Parameter linked: bytes of each block that stand in links.
  /// - Returns: the blocks set aside in which somebody describes itself ("About Northwind").
  @discardableResult
  static func assign(_ document: inout Document, linked: [Int]) -> Set<Int> {
    var roles = BlockRoles(text: document.text, blocks: document.blocks, linked: linked)
    roles.assign(isPage: document.format == .html)
    document.blocks = roles.blocks
    return roles.selfDescriptions
  }

  init(text: [UInt8], blocks: [Block], linked: [Int]) {
    self.text = text
    self.blocks = blocks
    self.linked = linked
    let tail = blocks.count - max(6, blocks.count / 4)
    phrases = blocks.indices.map { index in
      let block = blocks[index]
      guard block.role.isContent, block.text.count <= (index < 6 || index >= tail ? BlockRoles.longest : BlockRoles.longestWithin) else {
        return []
      }
      return RolePhrases(in: text[block.text.range])
    }
  }

  private mutating func assign(isPage: Bool) {
    for index in blocks.indices where blocks[index].role.isContent {
      if let role = role(of: index) { blocks[index].role = role }
    }
    setSelfDescriptionAside()
    closeSections(isPage: isPage)
  }

  /// What a company says of itself below each of its announcements: "Northwind is a leading provider of …" near the end, and what follows it
  /// about the same name.
  private mutating func setSelfDescriptionAside() {
    guard blocks.count >= 5 else { return }
    let from = max(3, blocks.count * 6 / 10, blocks.count - 8)
    guard from < blocks.count, let first = (from..<blocks.count).first(where: { SelfDescription.isOne(text[blocks[$0].text.range]) }),
      blocks[first].role == .body
    else { return }
    let name = SelfDescription.name(text[blocks[first].text.range])
    for index in first..<blocks.count where blocks[index].role == .body {
      let line = text[blocks[index].text.range]
      guard index == first || SelfDescription.continues(line, about: name) else { break }
      blocks[index].role = .boilerplate
    }
  }

  // MARK: - One block

  private func role(of index: Int) -> Block.Role? {
    let block = blocks[index]
    let found = phrases[index]
    if block.kind == .caption { return isEmptyCaption(block) ? .boilerplate : nil }
    guard block.kind != .tableRow, block.text.count <= BlockRoles.longest else { return nil }
    guard !found.isEmpty || linked[index] > 0 || index < BlockRoles.top || startsWithCopyrightSign(block) else { return nil }
    let words = wordCount(block)
    let link = block.text.isEmpty ? 0 : Double(linked[index]) / Double(block.text.count)
    if found.contains(.marker), words <= 6 { return .promotion }
    if found.contains(.cookies), words <= 60, !endsQuoted(block) { return .boilerplate }
    if let role = rights(index, found, words) { return role }
    if found.contains(.promotion), words <= 60 { return .promotion }
    if found.contains(.appeal), found.contains(.offer), words <= 70, isAppeal(index, words, link) {
      return .promotion
    }
    if isDisclaimer(index, found, words) { return .disclaimer }
    if isTeaser(index, found, words, link) { return .navigation }
    return isFurnitureOfTop(index, words) ? .boilerplate : nil
  }

  /// Copyright, reprints, credits.
  private func rights(_ index: Int, _ found: RolePhrases, _ words: Int) -> Block.Role? {
    let block = blocks[index]
    let isMarked = startsWithCopyrightSign(block)
    if isMarked, words <= 40 { return .boilerplate }
    if found.contains(.copyright), words <= 60, isNearEnd(index) || words <= 12 {
      return .boilerplate
    }
    if found.contains(.rights), words <= 90, isNearEnd(index) || index <= 2 { return .boilerplate }
    if found.contains(.credits), !found.contains(.hearsay), words <= 40,
      hasColonOrParenthesis(block) || isNearEnd(index) && words <= 25,
      !endsSentenceWithVerb(block, words)
    {
      return .boilerplate
    }
    return nil
  }

  private func isAppeal(_ index: Int, _ words: Int, _ link: Double) -> Bool {
    link > 0 || words <= 25 || isNearEnd(index) || index <= 3
  }

  private func isDisclaimer(_ index: Int, _ found: RolePhrases, _ words: Int) -> Bool {
    guard words <= 140 else { return false }
    if found.contains(.disclaimer), words <= 60 || isNearEnd(index) || index <= 3 { return true }
    if found.contains(.advice), found.contains(.notAdvice), words <= 60 { return true }
    return found.contains(.views) && found.contains(.ownViews) && words <= 60
  }

  /// A link to something else: by its label, or a line that is nothing but a link and no sentence.
  private func isTeaser(_ index: Int, _ found: RolePhrases, _ words: Int, _ link: Double) -> Bool {
    let block = blocks[index]
    guard words <= 40, block.kind != .heading else { return false }
    if found.contains(.teaserLabel),
      link > 0.5 || words <= 3 || startsWithLabelAndColon(block) && link > 0.25
    {
      return !(words > 12 && link < 0.5)
    }
    guard block.kind == .paragraph, link >= 0.9, words >= 4, text[block.text.range].contains(0x20)
    else { return false }
    return !endsSentence(block)
  }

  /// A line at the top that says only when or by whom; another that is only punctuation.
  private func isFurnitureOfTop(_ index: Int, _ words: Int) -> Bool {
    let block = blocks[index]
    guard index < BlockRoles.top, words <= 25, block.kind != .heading,
      block.role == .body || block.role == .list
    else { return false }
    return text.withUnsafeBufferPointer { bytes in
      let range = block.text.range
      if let found = DateFinder(allowsMonths: true).first(in: bytes, range) {
        return Dateline.isBare(bytes, range, without: found.span)
      }
      guard words <= 8, !endsSentence(block) else { return false }
      return Dateline.byline(bytes, range) != nil
    }
  }

  // MARK: - Sections

  /// A heading like "Related articles" makes furniture of what it governs, as far as that is links and fragments. On a page, what stands behind
  /// the last sentence is furniture, too.
  private mutating func closeSections(isPage: Bool) {
    var index = 0
    while index < blocks.count {
      let isHeading =
        blocks[index].kind == .heading
        || blocks[index].kind == .paragraph && blocks[index].text.count <= 60 && wordCount(blocks[index]) <= 5
      guard isHeading, blocks[index].role.isContent || blocks[index].role == .navigation, let role = sectionRole(index) else {
        index += 1
        continue
      }
      let first = index
      index += 1
      // A bare "Read more" near the end introduces other articles, statements and all.
      let isLast = role == .navigation && first * 100 >= blocks.count * 85 && blocks[first].kind != .heading
      while index < blocks.count, isLast ? blocks[index].kind != .heading : !endsSection(index, startedBy: first) {
        if blocks[index].role.isContent, role == .boilerplate || isLast || !isStatement(index) {
          blocks[index].role = role
          if role == .boilerplate, isStatement(index) { selfDescriptions.formUnion([first, index]) }
        }
        index += 1
      }
      if index > first + 1 || blocks[first].kind == .heading
        || phrases[first].contains(.teaserHeading)
      {
        blocks[first].role = role
      }
    }
    guard isPage else { return }
    setLinkListsAside()
    setCountersAside()
    index = blocks.count - 1
    while index > 0,
      blocks[index].kind == .heading || !blocks[index].role.isContent || isLinkList(index)
    {
      if blocks[index].role.isContent { blocks[index].role = .navigation }
      index -= 1
    }
  }

  /// On a page, a list that is nothing but links leads elsewhere, and so does the label above it.
  private mutating func setLinkListsAside() {
    var index = 0
    while index < blocks.count {
      let first = index
      let kind = blocks[index].kind
      // Headings that are links, one after another with nothing between them, are headlines of other articles.
      while index < blocks.count, blocks[index].kind == kind, kind == .listItem || kind == .heading, isLinkList(index) { index += 1 }
      if index - first >= 2, index == blocks.count || blocks[index].kind != .listItem {
        for item in first..<index { blocks[item].role = .navigation }
        if first > 0, blocks[first - 1].kind != .listItem, wordCount(blocks[first - 1]) <= 4 {
          blocks[first - 1].role = .navigation
        }
      }
      index = max(index, first + 1)
    }
  }

  /// "2,289" and "reads" above a page's first statement.
  private mutating func setCountersAside() {
    var wasCounter = false
    for index in blocks.indices.prefix(4) where blocks[index].role == .body {
      let isCounter = text[blocks[index].text.range].allSatisfy { ASCII.isDigit($0) || $0 == 0x2E || $0 == 0x2C || $0 == 0x20 }
      guard isCounter || wordCount(blocks[index]) <= 1 else { break }
      if isCounter || wasCounter { blocks[index].role = .boilerplate }
      wasCounter = isCounter
    }
  }

  private func sectionRole(_ index: Int) -> Block.Role? {
    if phrases[index].contains(.teaserHeading) { return .navigation }
    if phrases[index].contains(.aboutHeading), wordCount(blocks[index]) <= 6,
      index * 10 >= blocks.count * 6, blocks.count - index <= 8
    {
      return .boilerplate
    }
    return nil
  }

  private func endsSection(_ index: Int, startedBy first: Int) -> Bool {
    if blocks[first].kind == .heading {
      return blocks[index].kind == .heading && blocks[index].level <= blocks[first].level
    }
    return blocks[index].kind == .heading
      || phrases[first].contains(.aboutHeading) && sectionRole(index) != nil
      || !phrases[first].contains(.aboutHeading) && isStatement(index)
  }

  private func isStatement(_ index: Int) -> Bool {
    let block = blocks[index]
    let link = block.text.isEmpty ? 0 : Double(linked[index]) / Double(block.text.count)
    return link < 0.5 && endsSentence(block) && wordCount(block) >= 8
  }

  private func isLinkList(_ index: Int) -> Bool {
    let block = blocks[index]
    guard [.listItem, .paragraph, .heading].contains(block.kind), !block.text.isEmpty else { return false }
    return Double(linked[index]) / Double(block.text.count) > 0.8 && !endsSentence(block)
  }

  // MARK: - Shapes

  private func isNearEnd(_ index: Int) -> Bool { index >= blocks.count - max(3, blocks.count / 8) }

  private func wordCount(_ block: Block) -> Int {
    var count = 0
    var wasWord = false
    for byte in text[block.text.range] {
      let isWord = ASCII.isWord(byte)
      if isWord, !wasWord { count += 1 }
      wasWord = isWord
    }
    return count
  }

  private func endsSentence(_ block: Block) -> Bool {
    var bytes = text[block.text.range]
    while let last = bytes.last,
      last == 0x22 || last == 0x27 || last == 0x29 || last == 0x9D || last == 0x99 || last == 0x80
        || last == 0xE2
    {
      bytes.removeLast()
    }
    guard let last = bytes.last else { return false }
    return last == 0x2E || last == 0x21 || last == 0x3F || last == 0x3A || last == 0x82
  }

  private func endsSentenceWithVerb(_ block: Block, _ words: Int) -> Bool {
    words > 15 && endsSentence(block) && !hasColonOrParenthesis(block)
  }

  private func endsQuoted(_ block: Block) -> Bool {
    guard let last = text[block.text.range].last else { return false }
    return last == 0x22 || last == 0x9D
  }

  private func startsWithCopyrightSign(_ block: Block) -> Bool {
    let head = text[block.text.range].prefix(4)
    return head.starts(with: [0xC2, 0xA9]) || head.starts(with: Array("(c)".utf8))
      || head.starts(with: Array("(C)".utf8))
  }

  private func hasColonOrParenthesis(_ block: Block) -> Bool {
    let bytes = text[block.text.range]
    return bytes.first == 0x28 && bytes.last == 0x29 || bytes.prefix(24).contains(0x3A)
      || bytes.contains(0x3B)
  }

  private func startsWithLabelAndColon(_ block: Block) -> Bool {
    text[block.text.range].prefix(30).contains(0x3A)
  }

  /// An image's name that says nothing: a word like "image", or a file's name.
  private func isEmptyCaption(_ block: Block) -> Bool {
    let bytes = text[block.text.range]
    if bytes.suffix(5).contains(0x2E), !bytes.contains(0x20) { return true }
    return wordCount(block) <= 2
      && [
        "image", "img", "photo", "picture", "screenshot", "logo", "figure", "icon", "avatar",
        "banner", "cover", "thumbnail", "badge", "alt text",
      ]
      .contains(where: {
        bytes.count - $0.utf8.count <= 3 && ASCII.matches(bytes, at: 0, lower: Array($0.utf8))
      })
  }
}
