import Analysis
import Documents
import Language

/// Finds who a fact is about where its pattern captures nobody.
///
/// In the sentence, candidates are scored by where they stand: before the predicate and in its clause is good, inside a prepositional phrase or
/// beyond a clause boundary is not; "by X" after a passive wins. Outside of it: the previous sentence where the clause has a pronoun, the
/// governing headings, the paragraph that introduces a list, the document's main organisation.
struct SubjectResolver {
  let context: DocumentContext
  var view: SentenceView { context.view }

  init(_ context: DocumentContext) { self.context = context }

  /// - Parameters:
  ///   - taken: mentions that already play another role.
  /// - Returns: the mention's index where it stands in the sentence, and the reference.
  func resolve(_ match: PatternMatch, in sentence: Sentence, accepting mask: CaptureMask, taken: Set<Int>) -> (
    mention: Int?, entity: EntityRef
  )? {
    var best: (index: Int, score: Int)?
    for index in candidates(in: sentence.tokens, mask) where !taken.contains(index) {
      let score = score(index, match, sentence.tokens)
      if best == nil || score > best!.score { best = (index, score) }
    }
    if mask == [.person], hasPronoun(match, sentence), best == nil, let found = lastPerson(before: sentence) { return (nil, found) }
    // "We" are the ones the note is about, or whose addresses it gives.
    if mask != [.person], isSpeaker(of: match.tokens.lowerBound - 1, sentence), context.dominance >= 0.3,
      let main = context.mainOrganization
    {
      return (nil, main)
    }
    // The organisation before "it" in the sentence may be meant by it; what follows the predicate is not, nor is a person.
    if hasPronounSubject(match, sentence),
      best.map({ isAfter($0.index, match) || isPerson($0.index) && mask != [.person] && !isPersonal(match, sentence) }) ?? true,
      let found = outside(sentence, hasPronoun: true)
    {
      return (nil, found)
    }
    if let best, best.score > 0, let reference = reference(best.index, mask) { return (best.index, reference) }
    if let maker = maker(taken) { return (nil, maker) }
    return outside(sentence, hasPronoun: hasPronoun(match, sentence)).map { (nil, $0) } ?? weak(best, mask)
  }

  private func isAfter(_ index: Int, _ match: PatternMatch) -> Bool { view.mentions[index].tokens.lowerBound >= match.tokens.lowerBound }

  private func isPerson(_ index: Int) -> Bool { view.masks[index].contains(.person) }

  /// Whether "he" or "she" stands before the predicate.
  private func isPersonal(_ match: PatternMatch, _ sentence: Sentence) -> Bool {
    (max(sentence.tokens.lowerBound, match.tokens.lowerBound - 5)..<match.tokens.lowerBound)
      .contains { view.words.personal.contains(view.tokens[$0].word) }
  }

  /// Whose product it is that something happened to, where nobody is named as the one who did it.
  private func maker(_ taken: Set<Int>) -> EntityRef? {
    for index in taken.sorted() {
      guard case .entity(let entity) = view.mentions[index].value, entity.kind == .product, !isCircumstance(index),
        let owner = context.organization(of: entity)
      else { continue }
      return owner
    }
    return nil
  }

  /// "Withdrawn from YouTube", "apps for iOS and Android": what stands behind a preposition other than "of" is where or for what it happened.
  private func isCircumstance(_ index: Int) -> Bool {
    let first = view.mentions[index].tokens.lowerBound
    guard let before = preposition(before: first, 0..<view.tokens.count, over: view.words.conjunctions) else { return false }
    return before != view.words.of
  }

  private func weak(_ best: (index: Int, score: Int)?, _ mask: CaptureMask) -> (mention: Int?, entity: EntityRef)? {
    guard let best, best.score > -60, let reference = reference(best.index, mask) else { return nil }
    return (best.index, reference)
  }

  private func candidates(in tokens: Range<Int>, _ mask: CaptureMask) -> [Int] {
    view.mentions(in: tokens).filter { !view.masks[$0].isDisjoint(with: mask) }
  }

  private func score(_ index: Int, _ match: PatternMatch, _ bounds: Range<Int>) -> Int {
    let mention = view.mentions[index].tokens
    let isLeft = mention.lowerBound < match.tokens.lowerBound
    let isInside = match.tokens.contains(mention.lowerBound)
    var score = isInside ? 40 : isLeft ? 80 : 20
    let between =
      isLeft
      ? mention.upperBound..<max(mention.upperBound, match.tokens.lowerBound)
      : match.tokens.upperBound..<max(match.tokens.upperBound, mention.lowerBound)
    score -= min(between.count, 40)
    score -= boundaries(between) * (isLeft ? 22 : 30)
    let isPossessive = self.isPossessive(mention, bounds)
    if isLeft, isInserted(mention, before: match, bounds) {
      // "Northwind, a cloud that hosts Contoso's models, fell": what is inserted does nothing.
      score -= 45
    } else if isLeft, between.count <= 1, !isPassive(match, bounds), !isBehindAside(mention.lowerBound, bounds) {
      score += 10
    } else if let before = preposition(before: mention.lowerBound, bounds) {
      if before == view.words.by, isPassive(match, bounds), !isLeft, isAgent(mention.lowerBound, match) {
        score += 100
      } else if !isLeft, view.words.locative.contains(before), between.count <= 4 {
        score += 15
      } else if isInside, view.words.of != before, !view.words.locative.contains(before) {
        // "Ranked second on the Arena": what the predicate itself puts behind a preposition did nothing.
        score -= 60
      } else if view.words.of == before || isPossessive {
        score -= 12
      } else {
        // "Apps for iOS and Android were shut down."
        score -= view.masks[index].contains(.product) || isBehindAside(mention.lowerBound, bounds) ? 90 : 60
      }
    } else if isLeft, !isPossessive {
      score += 10
      if isAppositive(mention, bounds) { score -= 30 } else if isParticiple(match, bounds) { score += between.count / 2 + 12 }
    } else if !isLeft, !isInside, !isPossessive {
      score -= 25
    }
    if case .entity(let entity) = view.mentions[index].value {
      if entity.kind == .organization || entity.kind == .team { score += 6 }
      if entity.kind == .person, entity.organization == nil { score -= 10 }
      // "A researcher at Northwind showed", "Newswire reported": whose word it is.
      if entity.kind == .organization, isAffiliation(mention, bounds) { score -= 110 }
      if isSurvey(mention) { score -= 70 }
      if isBracketed(mention, bounds) { score -= 60 }
      if isExample(mention, bounds) { score -= 120 }
      if entity.isPublisher, entity.id != context.mainOrganization?.id, isSource(view.mentions[index].span) { score -= 70 }
      // A name only this document capitalises is weaker than one that is known.
      if entity.origin == .discovered, entity.kind != .person { score -= 15 }
    }
    return score
  }

  /// Clause boundaries among tokens: a mark, a subordinating word, or a comma that is followed by a conjunction.
  private func boundaries(_ range: Range<Int>) -> Int {
    var count = 0
    // "Northwind (then Contoso) fell": what stands in brackets of its own bounds nothing.
    let bracketed = range.first.flatMap { first -> Int? in
      guard view.tokens[first].mark == 0x28 || view.tokens[first].mark == 0x29 else { return nil }
      return view.tokens[first].mark == 0x29 ? first : range.first { view.tokens[$0].mark == 0x29 }
    }
    for index in range where bracketed.map({ index > $0 }) ?? true {
      let token = view.tokens[index]
      if view.isClauseMark(index) {
        count += 1
      } else if token.isWord, view.words.subordinators.contains(token.word), !view.words.prepositions.contains(token.word),
        !view.words.determiners.contains(token.word)
      {
        count += 1
      } else if view.isComma(index), index + 1 < range.upperBound, view.words.conjunctions.contains(view.tokens[index + 1].word),
        view.tokens[index + 1].word != view.words.and
      {
        count += 1
      }
    }
    return count
  }

  /// - Parameter between: further words that may stand between, those of a list.
  private func preposition(before token: Int, _ bounds: Range<Int>, over between: WordSet? = nil) -> WordID? {
    var at = token - 1
    var skipped = 0
    while at >= bounds.lowerBound, skipped < 3 {
      let word = view.tokens[at]
      if word.isWord, word.word == view.words.of || view.words.prepositions.contains(word.word) { return word.word }
      guard view.isLight(at) || word.shape.contains(.capitalized) && word.isWord || between?.contains(word.word) == true else { return nil }
      at -= 1
      skipped += 1
    }
    return nil
  }

  private func isPassive(_ match: PatternMatch, _ bounds: Range<Int>) -> Bool {
    let from = max(bounds.lowerBound, match.tokens.lowerBound - 3)
    for index in from..<match.tokens.upperBound where view.words.be.contains(view.tokens[index].word) { return true }
    return false
  }

  private func hasPronoun(_ match: PatternMatch, _ sentence: Sentence) -> Bool {
    let from = max(sentence.tokens.lowerBound, match.tokens.lowerBound - 8)
    guard from < match.tokens.lowerBound else { return false }
    return (from..<match.tokens.lowerBound).contains {
      view.words.pronouns.contains(view.tokens[$0].word) || view.words.descriptions.contains(view.tokens[$0].word)
    }
  }

  /// "They presented …": a pronoun right before an active predicate is its subject, and what follows is not.
  private func hasPronounSubject(_ match: PatternMatch, _ sentence: Sentence) -> Bool {
    var at = match.tokens.lowerBound - 1
    while at >= sentence.tokens.lowerBound, view.words.isVerbal(view.tokens[at].word) || view.isLight(at) { at -= 1 }
    guard at >= sentence.tokens.lowerBound else { return false }
    if view.words.nominatives.contains(view.tokens[at].word) { return !isPassive(match, sentence.tokens) }
    if isSpeaker(of: at, sentence) { return true }
    // "The company was valued …": as good as a pronoun, unless somebody else is named as the agent.
    guard at > sentence.tokens.lowerBound, view.words.descriptions.contains(view.tokens[at].word),
      view.words.determiners.contains(view.tokens[at - 1].word), view.mention(at: at) == nil
    else { return false }
    return !(match.tokens.upperBound..<min(match.tokens.upperBound + 3, sentence.tokens.upperBound))
      .contains { view.tokens[$0].word == view.words.by }
  }

  /// "We asked for four thousand": a first person before the predicate in its clause, and nobody named between.
  private func isSpeaker(of last: Int, _ sentence: Sentence) -> Bool {
    var at = last
    while at >= sentence.tokens.lowerBound, last - at < 6, !view.isComma(at), !view.isClauseMark(at), view.entity(at: at) == nil {
      if view.words.speakers.contains(view.tokens[at].word) { return true }
      at -= 1
    }
    return false
  }

  /// Whom "he" or "she" means: the last person named before in the paragraph, or in the one before it.
  private func lastPerson(before sentence: Sentence) -> EntityRef? {
    for block in [sentence.block, sentence.block - 1] where block >= 0 {
      for index in context.mentions(inBlock: block).reversed() where view.mentions[index].tokens.upperBound <= sentence.tokens.lowerBound {
        if case .entity(let entity) = view.mentions[index].value, entity.kind == .person { return context.reference(entity) }
      }
    }
    return nil
  }

  /// The organisation the section or the document is about.
  func organization(of sentence: Sentence) -> EntityRef? {
    if context.dominance >= 0.3, context.headings(of: sentence.block).count <= 1, let main = context.mainOrganization { return main }
    return outside(sentence, hasPronoun: false)
  }

  /// Who is meant where the sentence names nobody. A section that is headed by an organisation is about it. In a note about one organisation it is
  /// the one; in a note about several the last that was a subject in the paragraph, then in the paragraphs before. A pronoun takes the subject
  /// before it in any note.
  private func outside(_ sentence: Sentence, hasPronoun: Bool) -> EntityRef? {
    let earlier = context.mentions(inBlock: sentence.block).filter {
      view.mentions[$0].tokens.upperBound <= sentence.tokens.lowerBound && !context.isLikened(view.mentions[$0].tokens)
    }
    let isAboutOne = context.dominance >= 0.5
    if hasPronoun || !isAboutOne, let found = lead(leading(earlier).reversed(), organizationsOnly: true) { return found }
    let headings = context.headings(of: sentence.block)
    if let nearest = headings.first, isName(nearest), let found = headed(context.mentions(inBlock: nearest)) { return found }
    if isAboutOne, !hasPronoun, let main = context.mainOrganization { return main }
    if let found = headings.lazy.compactMap({ headed(context.mentions(inBlock: $0)) }).first { return found }
    if hasPronoun, let found = lead(earlier, organizationsOnly: true) ?? lead(earlier) { return found }
    if let introduction = context.listIntroduction(of: sentence.block), let found = lead(context.mentions(inBlock: introduction)) {
      return found
    }
    if !isAboutOne, let found = before(sentence.block) { return found }
    if context.dominance >= 0.3, let main = context.mainOrganization { return main }
    if let found = lead(earlier) ?? headings.lazy.compactMap({ lead(context.mentions(inBlock: $0)) }).first { return found }
    if context.dominance >= 0.2, let main = context.mainOrganization { return main }
    return nil
  }

  /// Whether a heading is a name and at most two words more: "Scale AI", "2. Northwind".
  private func isName(_ heading: Int) -> Bool {
    let named = context.mentions(inBlock: heading).filter { view.masks[$0].contains(.org) }
    guard let first = named.first, let sentence = view.source.annotation.sentences.first(where: { $0.block == heading }) else {
      return false
    }
    let words = sentence.tokens.count { view.tokens[$0].isWord }
    return words <= view.mentions[first].tokens.count + 2
  }

  /// The last subject of the two paragraphs before, in the same section: news in brief goes on about whom it has begun with.
  private func before(_ block: Int) -> EntityRef? {
    let blocks = view.source.document.blocks
    guard block < blocks.count, blocks[block].kind == .paragraph else { return nil }
    var left = 2
    for index in stride(from: block - 1, through: 0, by: -1) where left > 0 {
      guard blocks[index].kind != .heading, blocks[index].heading == blocks[block].heading else { return nil }
      guard blocks[index].kind == .paragraph, blocks[index].role.isContent else { continue }
      left -= 1
      if let found = lead(leading(context.mentions(inBlock: index)).reversed(), organizationsOnly: true) { return found }
    }
    return nil
  }

  /// Mentions in the place of a subject: the first name of their sentence, behind no preposition.
  private func leading(_ mentions: [Int]) -> [Int] {
    var seen: Set<Int32> = []
    return mentions.filter { index in
      guard case .entity(let entity) = view.mentions[index].value, !entity.isPublisher || entity.id == context.mainOrganization?.id else {
        return false
      }
      let first = view.mentions[index].tokens.lowerBound
      return seen.insert(context.sentenceAt[first]).inserted && preposition(before: first, 0..<view.tokens.count) == nil
        && !hasSubjectBefore(first)
    }
  }

  /// "By October it could no longer pay Contoso": a pronoun before the name is the subject.
  private func hasSubjectBefore(_ name: Int) -> Bool {
    guard context.sentenceAt[name] >= 0 else { return false }
    let start = view.source.annotation.sentences[Int(context.sentenceAt[name])].tokens.lowerBound
    return (start..<max(start, name)).contains { view.words.nominatives.contains(view.tokens[$0].word) }
  }

  /// The organisation a heading names, where it names one.
  private func headed(_ mentions: [Int]) -> EntityRef? {
    let named = mentions.filter { view.masks[$0].contains(.org) }
    guard let found = lead(named), named.allSatisfy({ lead([$0])?.root == found.root }) else { return nil }
    return found
  }

  /// The organisation behind the first mention that has one.
  private func lead(_ mentions: some Sequence<Int>, organizationsOnly: Bool = false) -> EntityRef? {
    for index in mentions {
      if organizationsOnly, !view.masks[index].contains(.org) { continue }
      if case .entity(let entity) = view.mentions[index].value, entity.kind != .place, let found = context.organization(of: entity) {
        return found
      }
    }
    return nil
  }

  private func reference(_ index: Int, _ mask: CaptureMask) -> EntityRef? {
    guard case .entity(let entity) = view.mentions[index].value, entity.kind != .place else { return nil }
    return context.reference(entity, at: view.mentions[index].tokens)
  }
}
