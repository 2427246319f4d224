import Documents

/// Finds people, organisations, teams, products and places.
///
/// Known names come from the gazetteer; others from the form of capitalised runs and their neighbours (`NameFinder`), judged over the
/// whole document (`NameResolver`), so that a surname or a headline finds the full name it stands for.
struct NameTagger: Sendable {
  static let vocabulary: [String] = NameWord.vocabulary + Gazetteer.words(in: KnownPlaces.all)

  private let words: WordTable<NameWord>
  private let ids: NameWordIDs
  private let matcher: GazetteerMatcher
  /// The gazetteer's entries, then the places that are known without one.
  private let entries: [GazetteerEntry]
  private let gazetteer: Gazetteer

  init(lexicon: Lexicon, gazetteer: Gazetteer) {
    self.gazetteer = gazetteer
    words = NameWord.table(lexicon)
    ids = NameWordIDs(lexicon)
    let places = KnownPlaces.all.map { GazetteerEntry(id: $0.slug, name: $0, type: .place, origin: "") }
    entries = gazetteer.entries + places
    matcher = GazetteerMatcher(entries: entries, lexicon: lexicon)
  }

  /// - Parameter taken: per token, true where an earlier tagger's mention already stands.
  func tag(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Mention] {
    var finder = NameFinder(view: view, words: words, ids: ids, matcher: matcher, entries: entries, taken: taken)
    for sentence in sentences where view.blocks[sentence.block].role != .code { finder.scan(sentence) }
    var resolver = NameResolver(finder: finder, gazetteerCount: gazetteer.entries.count)
    resolver.resolve()
    resolver.joinPlaces()
    resolver.readRoles()
    resolver.readReferences(sentences)
    return resolver.named.map { mention($0, resolver, view) }
  }

  private func mention(_ named: NameResolver.Named, _ resolver: NameResolver, _ view: TextView) -> Mention {
    let candidate = named.candidate
    let group = resolver.groups[named.group]
    let kind = resolver.kind(of: named.group)
    let first = view.tokens[candidate.tokens.lowerBound].span.start
    let last = view.tokens[candidate.tokens.upperBound - 1].span.end
    var value: EntityValue
    if let index = group.entry {
      let entry = entries[index]
      value = EntityValue(
        kind: kind, id: entry.id, name: entry.name, origin: index < gazetteer.entries.count ? .gazetteer : .discovered,
        organization: entry.organization, role: entry.role, isPublisher: entry.publisherFamily != nil)
    } else {
      value = EntityValue(
        kind: kind, id: group.name.slug, name: group.name, origin: .discovered, organization: group.owner, role: group.role)
    }
    if candidate.isDefinite || named.isReference { value.origin = .coreference }
    if value.organization == nil { value.organization = candidate.owner }
    value.organizationName = value.organization.flatMap { gazetteer.entry($0)?.name }
    let span = wideSpan(candidate, kind, resolver.finder)
    return Mention(span: span, core: ByteSpan(first, last), tokens: candidate.tokens, value: .entity(value))
  }

  /// With title or article before, and the possessive after. "the Northwind office" is no "the Northwind".
  private func wideSpan(_ candidate: NameCandidate, _ kind: EntityValue.Kind, _ finder: NameFinder) -> ByteSpan {
    let view = finder.view
    var start = candidate.start
    var end = candidate.tokens.upperBound
    if let wide = candidate.wideEnd { end = wide }
    if end < view.tokens.count, view.tokens[end].shape.contains(.possessive) { end += 1 }
    if start > 0, isArticle(start - 1, candidate, kind, view), view.tokens[start].spaceBefore,
      !view.tokens[start].shape.contains(.paragraphStart),
      end > candidate.tokens.upperBound || !modifies(end, finder)
    {
      start -= 1
    }
    return ByteSpan(view.tokens[start].span.start, view.tokens[end - 1].span.end)
  }

  /// "the Senate", "this Court", "a Dr. Quill".
  private func isArticle(_ i: Int, _ candidate: NameCandidate, _ kind: EntityValue.Kind, _ view: TextView) -> Bool {
    let word = view.tokens[i].word
    return word == ids.the || (candidate.isDefinite && word == ids.this) || (kind == .person && (word == ids.a || word == ids.an))
  }

  /// Whether the name before `i` only qualifies a noun there.
  private func modifies(_ i: Int, _ finder: NameFinder) -> Bool {
    guard i < finder.view.tokens.count, finder.view.tokens[i].isWord, !finder.view.tokens[i].isCapitalized else { return false }
    let span = finder.view.tokens[i].span
    let isPast = span.count > 3 && finder.view.bytes[span.end - 1] == 0x64 && finder.view.bytes[span.end - 2] == 0x65
    return !isPast && finder.flags(i).isDisjoint(with: [.function, .speech, .orgVerb])
  }
}
