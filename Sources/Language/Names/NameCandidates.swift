import Documents

/// Names that no gazetteer knows, gathered over documents, each with where it stands.
///
/// A single word counts only where a sentence holds it in its middle, for at the start and in headlines every word has a capital; one that the
/// documents also write small is a common word and no name.
public struct NameCandidates: Sendable {
  public struct Context: Sendable, Hashable {
    public var document: String
    /// 1-based line in the file.
    public var line: Int
    /// The sentence, cut to fit.
    public var text: String
  }

  public struct Candidate: Sendable, Hashable {
    /// The id it would have by default.
    public var id: String
    public var name: String
    /// What its neighbours make of it: a guess.
    public var kind: EntityValue.Kind
    public var count: Int
    public var documents: Int
    /// At most three, from different documents as far as there are.
    public var contexts: [Context]
  }

  private struct Tally {
    var name: String
    var kinds: [EntityValue.Kind: Int] = [:]
    var count = 0
    /// Occurrences within a sentence rather than at its start.
    var firm = 0
    var documents = 0
    var lastDocument = -1
    var contexts: [Context] = []

    mutating func add(_ other: Tally) {
      count += other.count
      firm += other.firm
      documents = max(documents, other.documents)
      for (kind, n) in other.kinds { kinds[kind, default: 0] += n }
      if contexts.count < NameCandidates.mostContexts { contexts += other.contexts.prefix(NameCandidates.mostContexts - contexts.count) }
    }
  }

  private static let mostContexts = 3
  private static let longestContext = 240
  private static let offices = Set(
    wordList(
      """
      officer president director manager chief chair chairman chairwoman secretary minister editor engineer analyst founder co-founder
      executive partner head lead researcher scientist professor spokesman spokeswoman spokesperson team board committee department
      """))

  private var tallies: [String: Tally] = [:]
  /// Words that were seen in lower case.
  private var common: Set<String> = []
  private var number = 0
  private static let places = Set(KnownPlaces.all.map(\.slug))

  public init() {}

  /// - Parameters:
  ///   - name: of the document, for the contexts.
  ///   - annotation: of the document's text and blocks.
  public mutating func add(_ document: Document, named name: String, _ annotation: Annotation) {
    number += 1
    for token in annotation.tokens where token.isWord && !token.isCapitalized && token.span.count > 2 {
      common.insert(String(decoding: document.text[token.span.range], as: UTF8.self))
    }
    var sentence = 0
    for mention in annotation.mentions {
      guard case .entity(let entity) = mention.value, entity.origin == .discovered, !NameCandidates.places.contains(entity.id) else {
        continue
      }
      while sentence + 1 < annotation.sentences.count, annotation.sentences[sentence].span.end <= mention.core.start { sentence += 1 }
      guard sentence < annotation.sentences.count else { break }
      let around = annotation.sentences[sentence]
      let block = around.block < document.blocks.count ? document.blocks[around.block] : nil
      if let block, !block.role.isContent { continue }
      var tally = tallies[entity.id] ?? Tally(name: entity.name)
      tally.count += 1
      tally.kinds[entity.kind, default: 0] += 1
      let first = around.tokens.first { !annotation.tokens[$0].isMark }
      let isRunning = block.map { $0.kind == .paragraph || $0.kind == .quotation || $0.kind == .listItem } ?? true
      if isRunning, mention.tokens.lowerBound != first { tally.firm += 1 }
      if tally.lastDocument != number {
        tally.lastDocument = number
        tally.documents += 1
        if tally.contexts.count < NameCandidates.mostContexts { tally.contexts.append(context(document, name, around.span)) }
      }
      tallies[entity.id] = tally
    }
  }

  private func context(_ document: Document, _ name: String, _ span: ByteSpan) -> Context {
    var end = min(span.end, span.start + NameCandidates.longestContext)
    while end > span.start, end < document.text.count, document.text[end] & 0xC0 == 0x80 { end -= 1 }
    let text = document.visibleText(ByteSpan(span.start, end)) + (end < span.end ? "…" : "")
    return Context(document: name, line: document.line(atSource: document.sourceSpan(of: span).start), text: text)
  }

  /// The most telling first: by documents, then by how often they stand within a sentence.
  public var ranked: [Candidate] {
    joined().compactMap { id, tally -> (Int, Candidate)? in
      guard isName(tally) else { return nil }
      let kind = tally.kinds.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .organization
      let words = tally.name.split(separator: " ").count
      let rank = tally.documents * 4 + min(tally.firm, 12) + (words > 1 ? 2 : 0) + (kind == .place ? 0 : 2)
      return (
        rank,
        Candidate(id: id, name: tally.name, kind: kind, count: tally.count, documents: tally.documents, contexts: tally.contexts)
      )
    }
    .sorted { ($1.0, $0.1.name) < ($0.0, $1.1.name) }
    .map(\.1)
  }

  /// A surname alone belongs to the one person who bears it.
  private func joined() -> [String: Tally] {
    var bearers: [Substring: [String]] = [:]
    for (id, tally) in tallies where tally.kinds[.person] != nil {
      let words = tally.name.split(separator: " ")
      if words.count > 1, let last = words.last { bearers[last, default: []].append(id) }
    }
    var all = tallies
    for (id, tally) in tallies where tally.kinds[.person] != nil {
      guard let owners = bearers[tally.name[...]], owners.count == 1, let owner = owners.first, owner != id else { continue }
      all[owner]?.add(tally)
      all[id] = nil
    }
    return all
  }

  private func isName(_ tally: Tally) -> Bool {
    let words = tally.name.split(separator: " ")
    func isCommon(_ word: Substring) -> Bool { common.contains(word.lowercased()) }
    guard let first = words.first, let last = words.last, words.count == 1 || Set(words).count > 1 else { return false }
    // "AI team", "Chief Research Officer": what many have.
    if last.first?.isLowercase == true || NameCandidates.offices.contains(last.lowercased()) { return false }
    if words.count == 1 {
      let isPerson = tally.kinds.max { $0.value < $1.value }?.key == .person
      return tally.firm > 0 && !isCommon(first) && first.count > 2 && (!isPerson || tally.firm > 1)
    }
    // Never seen within a sentence: a headline's words, unless one of them is never written small.
    return tally.firm > 0 || words.contains { $0.count > 2 && !isCommon($0) } && !isCommon(first)
  }
}
