import Analysis
import Documents
import Language

/// What a document is about, section by section: where roles go that a sentence leaves out.
final class DocumentContext {
  let view: SentenceView
  /// Sentence index of each token, or -1.
  let sentenceAt: [Int32]
  /// Mentions by block.
  private let mentionsByBlock: [[Int]]
  private let names: [String: String]
  /// Names of organisations that are only meant, by what is theirs.
  private let owners: [String: String]
  /// The organisation most is said of; counts for the whole document, five times in its title.
  let mainOrganization: EntityRef?
  /// The last year that the document speaks of as a date; nil where it names none.
  let lastYear: Int?
  /// Whether most dates of a note of a known day lie within a year of it: news, not history.
  let isCurrent: Bool
  /// The main organisation's share of all mentions of organisations.
  let dominance: Double

  init(_ view: SentenceView) {
    self.view = view
    let annotation = view.source.annotation
    var sentenceAt = [Int32](repeating: -1, count: annotation.tokens.count)
    for (index, sentence) in annotation.sentences.enumerated() { for token in sentence.tokens { sentenceAt[token] = Int32(index) } }
    let blocks = view.source.document.blocks
    var byBlock = [[Int]](repeating: [], count: max(blocks.count, 1))
    var names: [String: String] = [:]
    var owners: [String: String] = [:]
    var counts: [String: Double] = [:]
    var firm: Set<String> = []
    // Who is named only as a source is no topic: an outlet that is quoted, not the company of which the note tells and which it quotes.
    let sources = annotation.attributions.flatMap(\.source)
    let title = (view.source.document.title ?? "").lowercased()
    var titled: Set<String> = []
    var askedOfTitle: [String: Bool] = [:]
    func isInTitle(_ name: String) -> Bool {
      if let known = askedOfTitle[name] { return known }
      let answer = title.contains(name.lowercased())
      askedOfTitle[name] = answer
      return answer
    }
    // The first paragraph that names somebody or something: what precedes it says when and where the note appeared.
    var leadBlock = -1
    let titleBlock = blocks.firstIndex { $0.kind == .heading }
    for (index, mention) in view.mentions.enumerated() {
      let sentence = mention.tokens.lowerBound < sentenceAt.count ? Int(sentenceAt[mention.tokens.lowerBound]) : -1
      let block = sentence >= 0 ? annotation.sentences[sentence].block : -1
      if block >= 0, block < byBlock.count { byBlock[block].append(index) }
      guard case .entity(let entity) = mention.value else { continue }
      if entity.kind == .organization { names[entity.id] = names[entity.id] ?? entity.name }
      if let id = entity.organization, let name = entity.organizationName, owners[id] == nil { owners[id] = name }
      guard block < 0 || block >= blocks.count || blocks[block].role.isContent else { continue }
      if sources.contains(where: { $0.overlaps(mention.span) }) { continue }
      // "Even companies like Northwind": an example is no topic.
      if DocumentContext.isLikened(mention.tokens, view) { continue }
      if leadBlock < 0, block >= 0, block < blocks.count, blocks[block].kind == .paragraph, blocks[block].role == .body {
        leadBlock = block
      }
      var weight = block >= 0 && block == leadBlock ? 2.0 : 1.0
      // A title counts once, whether the text repeats it or not.
      if !titled.contains(entity.id), block >= 0 && block == titleBlock || isInTitle(entity.name) {
        titled.insert(entity.id)
        weight = 5
      }
      if entity.origin == .gazetteer { firm.insert(entity.organization ?? entity.id) }
      if entity.origin == .gazetteer, entity.kind == .organization { firm.insert(entity.id) }
      if entity.kind == .organization {
        counts[entity.id, default: 0] += weight
      } else if let organization = entity.organization {
        counts[organization, default: 0] += weight * 0.35
      }
    }
    self.sentenceAt = sentenceAt
    self.names = names
    self.owners = owners
    mentionsByBlock = byBlock
    // What is capitalised once may be anything.
    let known = counts.filter { $0.value > 1 || firm.contains($0.key) }
    let total = known.values.reduce(0, +)
    let best = known.max { ($0.value, $1.key) < ($1.value, $0.key) }
    if (best?.value ?? 0) < 2, let speaker = SpeakingOrganization.find(in: view) {
      mainOrganization = speaker
      dominance = 1
    } else {
      mainOrganization = best.map {
        EntityRef(id: $0.key, name: names[$0.key] ?? owners[$0.key] ?? DocumentContext.title($0.key), organization: $0.key)
      }
      // One mention makes no topic.
      dominance = total > 0 ? (best?.value ?? 0) / max(total, 3) : 0
    }
    let dated = view.mentions.compactMap { mention -> CalendarDate? in
      guard case .time(let time) = mention.value, time.kind == .date || time.kind == .daterange, time.grain != .decade else { return nil }
      return time.interval?.start
    }
    lastYear = dated.map(\.year).max()
    if let published = view.source.document.published {
      isCurrent = dated.count { abs($0.daysSinceEpoch - published.start.daysSinceEpoch) <= 366 } * 2 >= dated.count
    } else {
      isCurrent = false
    }
  }

  /// The entity as facts refer to it.
  func reference(_ entity: EntityValue, at tokens: Range<Int>? = nil) -> EntityRef {
    if entity.kind == .organization, entity.origin == .discovered, let parent = tokens.flatMap({ parent(at: $0) }) {
      return EntityRef(id: entity.id, name: entity.name, organization: parent)
    }
    return EntityRef(id: entity.id, name: entity.name, organization: owner(of: entity) ?? tokens.flatMap { possessor(of: entity, at: $0) })
  }

  /// "Northwind's robotics team": whose name stands right before, in the possessive.
  private func possessor(of entity: EntityValue, at tokens: Range<Int>) -> String? {
    guard entity.kind == .team || entity.kind == .product else { return nil }
    var token = tokens.lowerBound - 1
    while token >= 0, tokens.lowerBound - token <= 4 {
      if let before = view.entity(at: token) { return before.kind == .organization ? owner(of: before) : nil }
      if !view.tokens[token].isWord && !view.tokens[token].shape.contains(.possessive) { return nil }
      token -= 1
    }
    return nil
  }

  /// "Northwind's Imaging Lab": the organisation whose possessive stands right before a name that nobody else knows.
  private func parent(at tokens: Range<Int>) -> String? {
    let before = tokens.lowerBound - 1
    guard before > 0, view.tokens[before].shape.contains(.possessive) else { return nil }
    guard let owner = view.entity(at: before) ?? view.entity(at: before - 1), owner.kind == .organization, owner.origin == .gazetteer else {
      return nil
    }
    return self.owner(of: owner)
  }

  /// Whom to name where the entity is but a word of this document: the organisation it belongs to, or the one the document is about.
  func principal(of entity: EntityValue, at tokens: Range<Int>) -> EntityRef? {
    guard let id = owner(of: entity) ?? possessor(of: entity, at: tokens) else { return dominance >= 0.3 ? mainOrganization : nil }
    return EntityRef(id: id, name: name(of: id), organization: id)
  }

  /// Id of the organisation an entity stands for. People change employers: of a document that never names a person's known employer, the
  /// main organisation is the better guess.
  private func owner(of entity: EntityValue) -> String? {
    switch entity.kind {
    case .organization: return entity.organization ?? entity.id
    case .person:
      if let known = entity.organization, names[known] != nil { return known }
      return dominance >= 0.3 ? mainOrganization?.id : entity.organization
    case .team, .product, .place: return entity.organization
    }
  }

  /// The organisation behind an entity; the entity itself where it is none's.
  func organization(of entity: EntityValue) -> EntityRef? {
    if entity.kind == .organization || entity.kind == .team && entity.organization == nil { return reference(entity) }
    guard let id = owner(of: entity) else { return nil }
    return EntityRef(id: id, name: name(of: id), organization: id)
  }

  func organization(_ id: String) -> EntityRef { EntityRef(id: id, name: name(of: id), organization: id) }

  private func name(of id: String) -> String { names[id] ?? owners[id] ?? DocumentContext.title(id) }

  /// "Like Northwind": named only as an example.
  func isLikened(_ tokens: Range<Int>) -> Bool { DocumentContext.isLikened(tokens, view) }

  private static func isLikened(_ tokens: Range<Int>, _ view: SentenceView) -> Bool {
    tokens.lowerBound > 0 && view.words.likening.contains(view.tokens[tokens.lowerBound - 1].word)
  }

  func mentions(inBlock block: Int) -> [Int] { block < mentionsByBlock.count ? mentionsByBlock[block] : [] }

  /// The headings that govern a block, nearest first.
  func headings(of block: Int) -> [Int] {
    var chain: [Int] = []
    let blocks = view.source.document.blocks
    guard block < blocks.count else { return [] }
    var next = blocks[block].heading
    while let index = next, index < blocks.count, chain.count < 8, !chain.contains(index) {
      chain.append(index)
      next = blocks[index].heading
    }
    return chain
  }

  /// The paragraph that introduces the list a block belongs to.
  func listIntroduction(of block: Int) -> Int? {
    let blocks = view.source.document.blocks
    guard block < blocks.count, blocks[block].kind == .listItem else { return nil }
    var index = block - 1
    while index >= 0, blocks[index].kind == .listItem { index -= 1 }
    return index >= 0 && blocks[index].kind == .paragraph ? index : nil
  }

  static func title(_ id: String) -> String {
    id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }
}
