import Analysis
import Documents
import Language

/// How far the text vouches for a match, and who says it.
struct StatusResolver {
  struct Voice {
    var status: AssertionStatus
    var isNegated: Bool
    var source: [String]
    var isAnonymous: Bool
    /// Entity id of who says it.
    var speaker: String?
    /// Whether what is reported is yet to come.
    var isAhead = false

    /// The same where the speaker speaks of themselves.
    var firsthand: Voice {
      var voice = self
      if status == .reported { voice.status = isAhead ? .planned : .asserted }
      return voice
    }
  }

  let view: SentenceView
  private var annotation: Annotation { view.source.annotation }

  /// What overrides what: a denial is one however it is reported.
  private static let order: [(Hedge.Class, AssertionStatus)] = [
    (.denied, .denied), (.question, .question), (.rumoured, .rumoured), (.alleged, .alleged), (.conditional, .conditional),
    (.possible, .conditional), (.reported, .reported), (.opinion, .opinion), (.planned, .planned),
  ]

  /// - Parameters:
  ///   - match: what matched; its anchor is the word that must lie in a cue's scope.
  ///   - isOwn: whether a word is one of the pattern's: a cue made of such is part of what is matched and says nothing about it.
  func voice(_ match: PatternMatch, isOwn: (WordID) -> Bool, in sentence: Sentence) -> Voice {
    let anchor = view.span(match.anchor..<(match.anchor + 1))
    let span = view.span(match.tokens)
    var voice = Voice(status: .asserted, isNegated: false, source: ["document"], isAnonymous: false)
    for attribution in annotation.attributions where attribution.content.contains(where: { $0.overlaps(anchor) }) {
      voice.source = [attribution.speakerName ?? "unnamed source"]
      voice.isAnonymous = attribution.isAnonymous
      voice.speaker = attribution.speaker
      if attribution.isAnonymous || attribution.kind == .indirect || attribution.kind == .mixed { voice.status = .reported }
    }
    let hedges = Set(
      annotation.hedges.filter {
        ($0.scope.overlaps(anchor) || span.contains($0.span)) && !isPart($0.span, of: span, isOwn) && governs($0, anchor, span)
      }.map(\.kind))
    if let (_, status) = StatusResolver.order.first(where: { hedges.contains($0.0) }) {
      // What others say will happen is hearsay first and future second.
      if status == .planned, voice.status == .reported { voice.isAhead = true } else { voice.status = status }
    }
    if voice.status == .asserted || voice.status == .reported, isContemplated(match) || isSupposed(sentence) { voice.status = .conditional }
    if voice.status == .asserted, isDestined(match, in: sentence) { voice.status = .planned }
    if sentence.isQuestion, voice.status == .asserted { voice.status = .question }
    voice.isNegated = annotation.negations.contains {
      $0.scope.overlaps(anchor) && !isPart($0.span, of: span, isOwn) && isNear($0.span, match)
    }
    return voice
  }

  /// "Is to end by September", "are to be merged": a form of "be", "to" and a verb, in the match or right before it.
  private func isDestined(_ match: PatternMatch, in sentence: Sentence) -> Bool {
    let from = max(sentence.tokens.lowerBound, match.tokens.lowerBound - 3)
    let to = min(match.tokens.upperBound, sentence.tokens.upperBound - 2)
    guard from < to else { return false }
    if isHeadlinePlan(match, sentence) { return true }
    return (from..<to).contains { index in
      view.words.being.contains(view.tokens[index].word) && view.tokens[index + 1].word == view.words.to
        && view.tokens[index + 2].isWord && !view.words.determiners.contains(view.tokens[index + 2].word)
        && view.mention(at: index + 2) == nil
    }
  }

  /// "Contoso to trim 5 % of jobs": a name at the beginning, then "to" and a verb that the match begins with.
  private func isHeadlinePlan(_ match: PatternMatch, _ sentence: Sentence) -> Bool {
    guard let first = sentence.tokens.first(where: { view.tokens[$0].isWord }), let name = view.mention(at: first),
      view.entity(at: first) != nil
    else { return false }
    let to = view.mentions[name].tokens.upperBound
    guard to + 1 < sentence.tokens.upperBound, view.tokens[to].word == view.words.to, view.tokens[to + 1].isWord else { return false }
    return match.tokens.contains(to + 1)
  }

  /// "Assuming a cost of …, the total amounts to …".
  private func isSupposed(_ sentence: Sentence) -> Bool {
    guard let first = sentence.tokens.first(where: { view.tokens[$0].isWord }) else { return false }
    return view.words.suppositions.contains(view.tokens[first].word)
  }

  /// Whether an -ing form follows "considered" or the like in its clause.
  private func isContemplated(_ match: PatternMatch) -> Bool {
    let bytes = view.source.document.text
    for head in [match.anchor, match.tokens.lowerBound] {
      let end = Int(view.tokens[head].end)
      guard view.tokens[head].isWord, end >= 3, bytes[(end - 3)..<end].elementsEqual("ing".utf8) else { continue }
      var index = head - 1
      while index >= 0, head - index <= 12, !view.isComma(index), !view.isClauseMark(index) {
        if view.words.contemplation.contains(view.tokens[index].word) { return true }
        index -= 1
      }
    }
    return false
  }

  /// A modal, a plan or an opinion governs what follows it ("may abandon"), hearsay also what went before (", sources said"). Adverbs that judge
  /// an event ("unfortunately") do not make it an opinion.
  private func governs(_ hedge: Hedge, _ anchor: ByteSpan, _ match: ByteSpan) -> Bool {
    switch hedge.kind {
    // "The head of research may leave": within the match the cue may follow the word that the pattern starts from.
    case .planned, .possible: return hedge.span.end <= anchor.start || match.contains(hedge.span)
    case .opinion:
      let bytes = view.source.document.text
      let isAdverb = hedge.span.count > 4 && bytes[(hedge.span.end - 2)..<hedge.span.end].elementsEqual("ly".utf8)
      return hedge.span.end <= anchor.start && !isAdverb
    default: return true
    }
  }

  private func isPart(_ cue: ByteSpan, of span: ByteSpan, _ isOwn: (WordID) -> Bool) -> Bool {
    guard span.contains(cue) else { return false }
    return tokens(of: cue).allSatisfy { !view.tokens[$0].isWord || isOwn(view.tokens[$0].word) }
  }

  /// A negation governs its own clause: none of "after", "while", "that" … may stand between it and what it negates.
  private func isNear(_ cue: ByteSpan, _ match: PatternMatch) -> Bool {
    guard let last = tokens(of: cue).last, last < match.anchor else { return true }
    return !((last + 1)..<match.anchor).contains { index in
      let token = view.tokens[index]
      return view.isClauseMark(index)
        || token.isWord && view.words.subordinators.contains(token.word) && !view.words.determiners.contains(token.word)
    }
  }

  private func tokens(of span: ByteSpan) -> Range<Int> {
    var low = 0
    var high = view.tokens.count
    while low < high {
      let mid = (low + high) / 2
      if Int(view.tokens[mid].start) < span.start { low = mid + 1 } else { high = mid }
    }
    var end = low
    while end < view.tokens.count, Int(view.tokens[end].end) <= span.end { end += 1 }
    return low..<end
  }
}
