import Documents
import Language

/// What the place of a name in its sentence says for or against its being the subject.
extension SubjectResolver {
  /// Whether a mention lies in a phrase between commas, the last of them right before the predicate.
  func isInserted(_ mention: Range<Int>, before match: PatternMatch, _ bounds: Range<Int>) -> Bool {
    var end = match.tokens.lowerBound - 1
    while end > mention.upperBound, view.words.isVerbal(view.tokens[end].word) || view.isLight(end) { end -= 1 }
    guard end >= mention.upperBound, view.isComma(end), !isParticiple(match, bounds) else { return false }
    guard let start = (bounds.lowerBound..<mention.lowerBound).last(where: { view.isComma($0) || view.isClauseMark($0) }) else {
      return false
    }
    // A fronted phrase inserts nothing: somebody must stand before it.
    return view.isComma(start) && (bounds.lowerBound..<start).contains { view.entity(at: $0) != nil }
  }

  /// "The plan to catch up with Contoso devours": behind these, a name is nobody's subject, however near it stands.
  func isBehindAside(_ name: Int, _ bounds: Range<Int>) -> Bool {
    var before = name - 1
    if before > bounds.lowerBound, view.words.determiners.contains(view.tokens[before].word) { before -= 1 }
    return before >= bounds.lowerBound && view.words.company.contains(view.tokens[before].word)
  }

  /// Whether "by" belongs to the predicate: "was valued in a round led by Fabrikam" has another participle between.
  func isAgent(_ name: Int, _ match: PatternMatch) -> Bool {
    guard let by = (match.tokens.lowerBound..<name).last(where: { view.tokens[$0].word == view.words.by }), by > match.tokens.upperBound
    else { return true }
    let before = view.tokens[by - 1]
    let bytes = view.source.document.text
    let end = Int(before.end)
    let isParticiple = end >= 3 && bytes[(end - 2)..<end].elementsEqual("ed".utf8) || view.words.participles.contains(before.word)
    return !isParticiple
  }

  /// Nouns of people who study, judge or work, then "at" or "of", then the name: the organisation somebody speaks from.
  func isAffiliation(_ mention: Range<Int>, _ bounds: Range<Int>) -> Bool {
    var at = mention.lowerBound - 1
    while at > bounds.lowerBound, view.words.determiners.contains(view.tokens[at].word) { at -= 1 }
    guard at > bounds.lowerBound, view.words.affiliating.contains(view.tokens[at].word) else { return false }
    return view.words.observers.contains(view.tokens[at - 1].word)
  }

  /// "Glassdoor reviews say": what others publish about somebody.
  func isSurvey(_ mention: Range<Int>) -> Bool {
    mention.upperBound < view.tokens.count && view.words.surveys.contains(view.tokens[mention.upperBound].word)
  }

  /// "Clients like Northwind and Contoso cut their budgets": an example of those that the organisation deals with.
  func isExample(_ mention: Range<Int>, _ bounds: Range<Int>) -> Bool {
    var at = mention.lowerBound - 1
    while at > bounds.lowerBound, view.entity(at: at) != nil || view.isComma(at) || view.words.conjunctions.contains(view.tokens[at].word) {
      at -= 1
    }
    guard at > bounds.lowerBound, view.words.likening.contains(view.tokens[at].word) || view.words.asides.contains(view.tokens[at].word)
    else {
      return false
    }
    return view.words.clients.contains(view.tokens[at - 1].word)
  }

  /// "X (formerly Contoso)": a name in brackets of its own explains another.
  func isBracketed(_ mention: Range<Int>, _ bounds: Range<Int>) -> Bool {
    guard mention.upperBound < bounds.upperBound, view.tokens[mention.upperBound].mark == 0x29 else { return false }
    return (max(bounds.lowerBound, mention.lowerBound - 2)..<mention.lowerBound).contains { view.tokens[$0].mark == 0x28 }
  }

  func isSource(_ span: ByteSpan) -> Bool {
    view.source.annotation.attributions.contains { $0.source.contains { $0.overlaps(span) } }
  }

  /// ", Ada Quill," renames what stands before it.
  func isAppositive(_ mention: Range<Int>, _ bounds: Range<Int>) -> Bool {
    mention.lowerBound > bounds.lowerBound && view.isComma(mention.lowerBound - 1) && mention.upperBound < bounds.upperBound
      && view.isComma(mention.upperBound)
  }

  /// ", forming a lab": the participle's subject is that of the main clause.
  func isParticiple(_ match: PatternMatch, _ bounds: Range<Int>) -> Bool {
    let first = match.tokens.lowerBound
    guard first > bounds.lowerBound, view.isComma(first - 1) else { return false }
    let bytes = view.source.document.text
    let end = Int(view.tokens[first].end)
    return view.tokens[first].isWord && end >= 3 && bytes[(end - 3)..<end].elementsEqual("ing".utf8)
  }

  func isPossessive(_ mention: Range<Int>, _ bounds: Range<Int>) -> Bool {
    view.tokens[mention.upperBound - 1].shape.contains(.possessive)
      || mention.upperBound < bounds.upperBound && view.tokens[mention.upperBound].shape.contains(.possessive)
  }
}
