import Analysis
import Documents
import Language

/// Turns a pattern's match into a fact: roles, value, time, voice, evidence.
struct FactBuilder {
  let context: DocumentContext
  private let subjects: SubjectResolver
  private let times: TimeResolver
  private let voices: StatusResolver
  var view: SentenceView { context.view }

  init(_ context: DocumentContext) {
    self.context = context
    subjects = SubjectResolver(context)
    times = TimeResolver(context)
    voices = StatusResolver(view: context.view)
  }

  /// - Parameter program: what matched.
  /// - Throws: which of the frame's conditions does not hold, or what a fact would lack.
  func fact(_ frame: Frame, _ program: PatternProgram, _ match: PatternMatch, in sentence: Sentence) throws(FactRefusal) -> Fact {
    let voice = voices.voice(match, isOwn: program.holds, in: sentence)
    if frame.status == nil, !frame.advice, isUnreal(match, in: sentence) { throw .unreal }
    if frame.status == nil, !frame.advice, isStandard(match, in: sentence) { throw .standard }
    if voice.status == .question || sentence.isQuestion, frame.questions == .skip { throw .question }
    if voice.status == .conditional, frame.possible == .skip { throw .possible }
    if voice.isNegated, frame.negated == .skip { throw .negated }
    var fact = Fact(
      kind: frame.kind, subject: [], polarity: frame.polarity, plugin: frame.plugin, rule: frame.rule, evidence: [], labels: frame.labels)
    var taken: Set<Int> = []
    var destinations: Set<String> = []
    var quantities: [Int] = []
    for capture in match.captures {
      if let mention = capture.mention { taken.insert(mention) }
      switch capture.role {
      case .subject:
        guard !isAside(capture), !subjects.isSurvey(capture.tokens), let entity = entity(capture) else { break }
        // "Clients like Contoso cut their budgets": what befalls whoever's clients they are.
        if subjects.isExample(capture.tokens, sentence.tokens) {
          append(entity, to: &fact.object)
        } else {
          append(entity, to: &fact.subject)
        }
      case .object, .from, .to:
        guard let entity = entity(capture) else { break }
        append(entity, to: &fact.object)
        if capture.role == .to || isDestination(capture.tokens.lowerBound) { destinations.insert(entity.id) }
      case .value: if let mention = capture.mention { quantities.append(mention) }
      case .when: fact.when = capture.mention.flatMap { times.range($0) }?.description
      case .source: fact.source = [view.text(capture.tokens)]
      case .skip: break
      }
    }
    var hasAgent = !fact.subject.isEmpty
    if !hasAgent, !frame.subject.isEmpty {
      if let found = subjects.resolve(match, in: sentence, accepting: frame.subject, taken: taken) {
        fact.subject = (found.mention.map { listed(before: $0) } ?? []).filter { $0.id != found.entity.id } + [found.entity]
        if let mention = found.mention {
          taken.insert(mention)
          hasAgent = true
        }
      }
    }
    liftParts(&fact)
    joinEmployer(&fact, frame, sentence, destinations)
    guard !fact.subject.isEmpty else { throw .missing(.subject) }
    if fact.object.isEmpty, !frame.object.isEmpty { fact.object = objects(frame.object, near: match, in: sentence, taken: taken) }
    if quantities.isEmpty, !frame.value.isEmpty { quantities = value(frame.value, near: match, in: sentence, taken: taken) }
    switch frame.collect {
    case .none: break
    case .near: quantities = joined(frame.value, to: quantities, in: sentence)
    case .all: quantities = collected(frame.value, around: quantities, in: sentence)
    }
    if !quantities.isEmpty { (fact.value, fact.number) = Quantities.text(quantities, view) }
    let isAhead = voice.status == .planned || frame.status == .planned
    if fact.when == nil, let said = times.said(match, in: sentence, isAhead: isAhead) {
      fact.when = said.description
    }
    if fact.when == nil, let inferred = times.inferred(match, for: sentence, undated: frame.undated, isAhead: isAhead) {
      fact.when = inferred.description
      fact.labels["dated"] = "context"
    }
    fact.object.removeAll { object in fact.subject.contains { $0.id == object.id } }
    for need in frame.needs where !isMet(need, fact, sentence, hasAgent: hasAgent) { throw .missing(need) }
    // A figure that the frame does not ask for is worth showing, and not worth comparing.
    if fact.value == nil { fact.value = Quantities.text(figures(near: match, in: sentence, taken: taken), view).0 }
    fact.status = voice.isNegated && frame.negated == .denied ? .denied : status(frame, isOwnWord(voice, fact) ? voice.firsthand : voice)
    if fact.source == ["document"] { fact.source = voice.source }
    fact.isAnonymous = voice.isAnonymous
    guard let evidence = EvidenceFinder(view).evidence(for: match, in: sentence) else { throw .noEvidence }
    fact.evidence = [evidence]
    return fact
  }

  /// "Northwind, Contoso and Fabrikam announced": the organisations that a list names before its last.
  private func listed(before last: Int) -> [EntityRef] {
    guard view.masks[last].contains(.org) else { return [] }
    var found: [EntityRef] = []
    var end = view.mentions[last].tokens.lowerBound
    var isJoined = false
    while found.count < 4, end > 1 {
      var before = end - 1
      if view.tokens[before].word == view.words.and || view.tokens[before].mark == 0x26 {
        isJoined = true
        before -= 1
        if view.isComma(before) { before -= 1 }
      } else if isJoined, view.isComma(before) {
        before -= 1
      } else {
        break
      }
      guard before >= 0, let index = view.mention(at: before), view.masks[index].contains(.org),
        let entity = entityValue(view.mentions[index])
      else { break }
      found.insert(context.reference(entity, at: view.mentions[index].tokens), at: 0)
      end = view.mentions[index].tokens.lowerBound
    }
    return found
  }

  /// "Moved to Contoso", "left for Contoso", "joined Contoso": where somebody goes.
  private func isDestination(_ name: Int) -> Bool {
    var before = name - 1
    if before > 0, view.words.determiners.contains(view.tokens[before].word) { before -= 1 }
    return before >= 0 && view.words.destinations.contains(view.tokens[before].word)
  }

  /// "The apps for Falcon were shut down": a product behind a preposition is not what it happened to.
  private func isAside(_ capture: PatternMatch.Capture) -> Bool {
    guard let index = capture.mention, view.masks[index].contains(.product) else { return false }
    // "For iOS and Android": a list goes back to its preposition.
    var before = capture.tokens.lowerBound - 1
    while before > 0, view.words.conjunctions.contains(view.tokens[before].word) || view.isComma(before) || view.entity(at: before) != nil {
      before -= 1
    }
    return before >= 0 && view.words.asides.contains(view.tokens[before].word)
  }

  /// What somebody should do, and what an "if" supposes, has not happened: a modal of obligation or an "if" before the match, in its clause.
  private func isUnreal(_ match: PatternMatch, in sentence: Sentence) -> Bool {
    var index = match.anchor - 1
    var steps = 0
    while index >= sentence.tokens.lowerBound, steps < 14 {
      if view.isComma(index) || view.isClauseMark(index) { return false }
      let word = view.tokens[index].word
      if view.words.unreal.contains(word) { return true }
      index -= 1
      steps += 1
    }
    return false
  }

  /// "Compared with an income of …", "than the loss of …": what something is measured against is no news.
  private func isStandard(_ match: PatternMatch, in sentence: Sentence) -> Bool {
    let from = max(sentence.tokens.lowerBound, match.tokens.lowerBound - 3)
    return (from..<match.tokens.lowerBound).contains {
      let word = view.tokens[$0].word
      return view.words.bases.contains(word) && word != view.words.from && !isMeasure($0)
    }
  }

  /// The "than" of "more than half of the team": it measures, and compares with nothing.
  private func isMeasure(_ than: Int) -> Bool {
    guard than > 0, view.words.measures.contains(view.tokens[than - 1].word), than + 1 < view.tokens.count,
      let mention = view.mention(at: than + 1) ?? (than + 2 < view.tokens.count ? view.mention(at: than + 2) : nil)
    else { return false }
    return !view.masks[mention].isDisjoint(with: [.number, .count, .percent, .money])
  }

  /// What an organisation or its people announce of themselves is no hearsay.
  private func isOwnWord(_ voice: StatusResolver.Voice, _ fact: Fact) -> Bool {
    let named = voice.source.joined(separator: " ").lowercased()
    if fact.subject.contains(where: { named.contains($0.name.lowercased()) }) { return true }
    guard let speaker = voice.speaker,
      let entity = view.mentions.lazy.compactMap({ self.entityValue($0) }).first(where: { $0.id == speaker })
    else { return false }
    let root = context.reference(entity).root
    return fact.subject.contains { $0.root == root || $0.id == speaker }
  }

  /// A frame's own status is a ceiling: "accused of" alleges even in a flat statement, and a rumour of it stays a rumour.
  private func status(_ frame: Frame, _ voice: StatusResolver.Voice) -> AssertionStatus {
    guard let own = frame.status else { return voice.status }
    switch voice.status {
    case .denied, .rumoured, .question: return voice.status
    // What is said to be planned, or may be, is less sure than a plan.
    case .reported, .alleged, .conditional, .opinion: return own == .planned ? voice.status : own
    default: return own
    }
  }

  private func isMet(_ need: Frame.Need, _ fact: Fact, _ sentence: Sentence, hasAgent: Bool) -> Bool {
    switch need {
    case .subject: return !fact.subject.isEmpty
    case .agent: return hasAgent
    case .object: return !fact.object.isEmpty
    case .value: return fact.value != nil
    case .when: return fact.when != nil
    case .heading: return !context.headings(of: sentence.block).isEmpty
    }
  }

  /// "Falcon 2 was delayed" is a fact about its maker, with the product as object; so is one about a team that only this document names.
  private func liftParts(_ fact: inout Fact) {
    var lifted: [EntityRef] = []
    for reference in fact.subject {
      if let parent = reference.organization, parent != reference.id, isOwnOrganization(reference.id) {
        append(reference, to: &fact.object)
        append(context.organization(parent), to: &lifted)
        continue
      }
      guard let mention = view.mentions.first(where: { self.entityValue($0)?.id == reference.id }), let entity = entityValue(mention),
        entity.kind == .product || entity.origin == .discovered && (entity.kind == .team || isSegment(mention, entity))
      else {
        append(reference, to: &lifted)
        continue
      }
      append(reference, to: &fact.object)
      append(context.principal(of: entity, at: mention.tokens) ?? reference, to: &lifted)
    }
    fact.subject = lifted
  }

  /// "Data Center revenue": a line of business that the note about an organisation reports on.
  private func isSegment(_ mention: Mention, _ entity: EntityValue) -> Bool {
    guard entity.kind != .person, context.dominance >= 0.5, let main = context.mainOrganization, main.id != entity.id,
      mention.tokens.count > 1, mention.tokens.upperBound < view.tokens.count
    else { return false }
    return view.words.segments.contains(view.tokens[mention.tokens.upperBound].word)
  }

  /// Who leaves an organisation that is named is a matter of that organisation.
  private func joinEmployer(_ fact: inout Fact, _ frame: Frame, _ sentence: Sentence, _ destinations: Set<String>) {
    // Where somebody goes to is not where they were.
    let named = fact.object.first { isOrganization($0.id) && !destinations.contains($0.id) }
    guard let employer = named?.root ?? (frame.employedByContext ? subjects.organization(of: sentence)?.root : nil) else { return }
    for index in fact.subject.indices where isPerson(fact.subject[index].id) { fact.subject[index].organization = employer }
  }

  /// Whether only this document knows the organisation.
  private func isOwnOrganization(_ id: String) -> Bool {
    let found = view.mentions.lazy.compactMap { self.entityValue($0) }.first { $0.id == id }
    return found?.kind == .organization && found?.origin == .discovered
  }

  private func isOrganization(_ id: String) -> Bool {
    view.mentions.lazy.compactMap { self.entityValue($0) }.first { $0.id == id }?.kind == .organization
  }
  private func isPerson(_ id: String) -> Bool {
    view.mentions.lazy.compactMap { self.entityValue($0) }.first { $0.id == id }?.kind == .person
  }

  private func entityValue(_ mention: Mention) -> EntityValue? {
    guard case .entity(let entity) = mention.value else { return nil }
    return entity
  }

  private func entity(_ capture: PatternMatch.Capture) -> EntityRef? {
    if let mention = capture.mention {
      if case .entity(let entity) = view.mentions[mention].value { return context.reference(entity, at: view.mentions[mention].tokens) }
      return nil
    }
    return FactBuilder.phrase(view.text(capture.tokens))
  }

  static func phrase(_ text: String) -> EntityRef? {
    let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !name.isEmpty else { return nil }
    return EntityRef(id: name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-"), name: name)
  }

  private func append(_ entity: EntityRef, to list: inout [EntityRef]) {
    if !list.contains(where: { $0.id == entity.id }) { list.append(entity) }
  }

  /// The nearest mention of a wanted type, right of the match before left, and those listed with it.
  private func objects(_ mask: CaptureMask, near match: PatternMatch, in sentence: Sentence, taken: Set<Int>) -> [EntityRef] {
    var found: [EntityRef] = []
    for index in nearest(mask, match, sentence, taken, isBesides) {
      if let entity = entityValue(view.mentions[index]) { append(context.reference(entity), to: &found) }
    }
    return found
  }

  private func value(_ mask: CaptureMask, near match: PatternMatch, in sentence: Sentence, taken: Set<Int>) -> [Int] {
    nearest(mask, match, sentence, taken)
  }
}
