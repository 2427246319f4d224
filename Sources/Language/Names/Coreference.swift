import Documents

/// Nouns and pronouns that stand for a name: "the company", "he". Only where a single entity can be meant.
extension NameResolver {
  /// Sentences back that a pronoun may reach.
  private static let reach = 2
  /// Names back, where sentences are endless.
  private static let mostNames = 40

  mutating func readReferences(_ sentences: [Sentence]) {
    linkDefinites()
    var references: [Named] = []
    /// Index into `named` of the first name of each sentence.
    var firsts: [Int] = []
    var next = 0
    for (number, sentence) in sentences.enumerated() {
      firsts.append(next)
      let window = firsts[max(0, number - NameResolver.reach)]
      var i = sentence.tokens.lowerBound
      while i < sentence.tokens.upperBound {
        if next < named.count, named[next].candidate.start <= i {
          i = max(i + 1, named[next].candidate.tokens.upperBound)
          next += 1
          continue
        }
        let token = finder.view.tokens[i]
        if token.isWord, token.word != .unknown, !finder.taken[i],
          let group = referent(i, window: window, next: next, firsts: firsts.suffix(NameResolver.reach + 1))
        {
          references.append(
            Named(candidate: NameCandidate(tokens: i..<(i + 1), start: i, isCertain: true), group: group, isReference: true))
        }
        i += 1
      }
    }
    guard !references.isEmpty else { return }
    named += references
    named.sort { $0.candidate.start < $1.candidate.start }
  }

  /// - Parameter firsts: index of the first name of each sentence within reach, this one's last.
  private func referent(_ i: Int, window: Int, next: Int, firsts: ArraySlice<Int>) -> Int? {
    let view = finder.view
    let word = view.tokens[i].word
    if finder.ids.people.contains(word) { return only(.person, window..<next) }
    if word == finder.ids.its { return only(.organization, window..<next) }
    if word == finder.ids.it {
      // "it rains", "it is said" stand for nothing.
      guard i + 1 < view.tokens.count, !finder.flags(i + 1).isDisjoint(with: [.speech, .orgVerb]) else { return nil }
      return only(.organization, window..<next)
    }
    if finder.flags(i).contains(.productNoun), finder.ids.productHeads.contains(word), i > 0,
      [finder.ids.the, finder.ids.this].contains(view.tokens[i - 1].word),
      !view.tokens[i].isCapitalized, endsPhrase(i + 1)
    {
      return only(.product, window..<next)
    }
    guard finder.flags(i).contains(.orgNoun), i > 0, view.tokens[i - 1].word == finder.ids.the, !view.tokens[i].isCapitalized else {
      return nil
    }
    return leading(firsts, next: next) ?? last(.organization, window..<next).map { mostNamed($0) }
  }

  /// The organisation that leads the nearest sentence before: its first name, where that is no one's object. "Northwind caught up with Contoso.
  /// The company …" tells of Northwind.
  private func leading(_ firsts: ArraySlice<Int>, next: Int) -> Int? {
    var end = next
    for first in firsts.reversed() {
      if first < end, kind(of: named[first].group) == .organization, !isOutlet(named[first].group), !isAside(named[first].candidate.start) {
        return named[first].group
      }
      end = first
    }
    return nil
  }

  /// Whom the whole text names at least twice as often as the organisation that was named last and only beside another; else that one.
  private func mostNamed(_ last: Int) -> Int {
    let best = groups.indices.filter { kind(of: $0) == .organization && !isOutlet($0) }.max { groups[$0].count < groups[$1].count }
    guard let best, groups[best].count >= 2 * groups[last].count else { return last }
    return best
  }

  /// Whether a preposition stands before a name, articles apart.
  private func isAside(_ start: Int) -> Bool {
    var before = start - 1
    if before > 0, finder.flags(before).contains(.determiner) { before -= 1 }
    return before >= 0 && finder.ids.prepositions.contains(finder.view.tokens[before].word)
  }

  /// Whether a noun before `i` heads its phrase: "the model scored", not "the model family".
  private func endsPhrase(_ i: Int) -> Bool {
    let view = finder.view
    guard i < view.tokens.count, view.tokens[i].isWord else { return true }
    if !finder.flags(i).isDisjoint(with: [.function, .speech, .orgVerb, .auxiliary]) { return true }
    let span = view.tokens[i].span
    return span.count > 3 && view.bytes[span.end - 1] == 0x64 && view.bytes[span.end - 2] == 0x65
  }

  /// The one entity of a kind among the names of the last sentences; nil where there are none or several.
  private func only(_ kind: EntityValue.Kind, _ range: Range<Int>) -> Int? {
    var found: Int?
    for index in range.suffix(NameResolver.mostNames) where self.kind(of: named[index].group) == kind && !isOutlet(named[index].group) {
      if let found, found != named[index].group { return nil }
      found = named[index].group
    }
    return found
  }

  private func last(_ kind: EntityValue.Kind, _ range: Range<Int>) -> Int? {
    range.suffix(NameResolver.mostNames).reversed().first { self.kind(of: named[$0].group) == kind && !isOutlet(named[$0].group) }.map {
      named[$0].group
    }
  }

  /// An outlet reports; it is seldom what a report is about.
  private func isOutlet(_ group: Int) -> Bool { groups[group].entry.map { finder.entries[$0].publisherFamily != nil } ?? false }

  /// "the Court" after "Supreme Court of Northwind": the last organisation whose name has the word.
  private mutating func linkDefinites() {
    var byWord: [WordID: Int] = [:]
    for index in named.indices {
      let candidate = named[index].candidate
      if candidate.isDefinite {
        let word = finder.view.tokens[candidate.tokens.upperBound - 1].word
        if let group = byWord[word] { named[index].group = group }
      } else {
        for i in candidate.start..<candidate.tokens.upperBound where !finder.flags(i).isDisjoint(with: [.title, .orgHead, .orgSuffix]) {
          byWord[finder.view.tokens[i].word] = named[index].group
        }
      }
    }
  }
}

extension Mention {
  /// Whether a name, or a title in its place ("the Court"), is written there: not a pronoun, nor a common noun that stands for one.
  public func isName(in text: [UInt8]) -> Bool {
    guard case .entity(let entity) = value, entity.origin == .coreference else { return true }
    // Pronouns have at most three letters, titles have more.
    return core.count > 3 && (0x41...0x5A).contains(text[core.start])
  }
}
