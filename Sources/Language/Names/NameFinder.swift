import Documents

/// Finds the candidates of one document: gazetteer surfaces, and runs of capitalised words with what their form and neighbours say.
struct NameFinder {
  let view: TextView
  let words: WordTable<NameWord>
  let ids: NameWordIDs
  let matcher: GazetteerMatcher
  let entries: [GazetteerEntry]
  let taken: [Bool]
  let lowercase: LowercaseWords

  private(set) var candidates: [NameCandidate] = []
  /// Runs in headlines and at the start of sentences, to be searched for names that are certain elsewhere.
  private(set) var doubtful: [Range<Int>] = []
  /// Ordinary words with a capital within a sentence, where it says something: names only if the document says so.
  private(set) var capitalized: Set<Int> = []
  /// Entries that the sentence being read rules out.
  private var blocked: Set<Int> = []

  init(view: TextView, words: WordTable<NameWord>, ids: NameWordIDs, matcher: GazetteerMatcher, entries: [GazetteerEntry], taken: [Bool]) {
    self.view = view
    self.words = words
    self.ids = ids
    self.matcher = matcher
    self.entries = entries
    self.taken = taken
    lowercase = LowercaseWords(view)
  }

  mutating func scan(_ sentence: Sentence) {
    let range = sentence.tokens
    let headline = isHeadline(range)
    blocked.removeAll(keepingCapacity: true)
    if matcher.blocksSentences {
      for i in range where matcher.mayBegin(view.tokens[i]) { _ = match(at: i, limit: range.upperBound) }
    }
    var i = range.lowerBound
    while i < range.upperBound {
      let token = view.tokens[i]
      if token.isWord, token.isCapitalized || token.shape.contains(.innerCap) {
        if taken[i], !mayBeInName(i, limit: range.upperBound) || isInitial(i, range.lowerBound) {
          i += 1
          continue
        }
        if flags(i).contains(.function), !isAcronym(i) {
          // "The" begins no name but one that is known with it.
          if view.tokens[i].isCapitalized, matcher.mayBegin(token), let match = match(at: i, limit: range.upperBound) {
            i = add(match, initial: isInitial(i, range.lowerBound), headline: headline)
          } else {
            i += 1
          }
          continue
        }
        if isCode(i), !matcher.mayBegin(token) {
          i += 1
          continue
        }
        let end = runEnd(from: i, limit: range.upperBound)
        i = process(i..<end, limit: range.upperBound, initial: isInitial(i, range.lowerBound), headline: headline)
      } else if matcher.mayBeginLowercase(token), !taken[i] || token.isNumber, let match = match(at: i, limit: range.upperBound) {
        i = add(match, initial: false, headline: headline)
      } else {
        i += 1
      }
    }
  }

  func flags(_ i: Int) -> NameWord { words[view.tokens[i].word] }

  func isCapital(_ i: Int) -> Bool { view.tokens[i].isWord && view.tokens[i].isCapitalized }

  func `is`(_ i: Int, _ word: WordID) -> Bool { view.tokens[i].word == word }

  // MARK: Reading a run

  /// Adds the candidates of a run and returns where to read on, which may lie behind the run where a known name goes further.
  private mutating func process(_ run: Range<Int>, limit: Int, initial: Bool, headline: Bool) -> Int {
    let low = run.lowerBound
    let doubtfulStart = headline || initial
    if doubtfulStart { doubtful.append(low..<run.upperBound) }
    if let known = knownWhole(run, limit: limit) { return add(known, initial: initial, headline: headline) }
    if !headline, let whole = wholeName(low..<run.upperBound, doubtful: doubtfulStart) {
      candidates.append(whole)
      return run.upperBound
    }
    var start = low
    var i = low
    while i < run.upperBound {
      guard matcher.mayBegin(view.tokens[i]), let match = match(at: i, limit: limit) else {
        i += 1
        continue
      }
      if start < i, let person = givenName(start..<i, before: match) {
        candidates.append(person)
        i = match.tokens.upperBound
      } else {
        if start < i { classify(start..<i, doubtful: doubtfulStart && start == low, headline: headline, beforeName: true) }
        i = add(match, initial: initial && match.tokens.lowerBound == run.lowerBound, headline: headline)
      }
      start = i
    }
    if start < run.upperBound {
      classify(start..<run.upperBound, doubtful: doubtfulStart && start == low, headline: headline, beforeName: false)
    }
    return max(i, run.upperBound)
  }

  /// "Contoso Lens": an unknown word behind an organisation's name makes a product of the two.
  private mutating func extendToProduct(_ rest: Range<Int>) -> Bool {
    guard let last = candidates.last, last.isCertain, last.tokens.upperBound == rest.lowerBound, let index = last.entry,
      entries[index].type == .organization,
      rest.count <= 2,
      rest.allSatisfy({ i in
        let token = view.tokens[i]
        return token.isWord && token.spaceBefore
          && flags(i).isDisjoint(with: [.common, .given, .title, .role, .plainAcronym, .demonym, .particle, .calendar])
          && !token.shape.contains(.allCaps) && !lowercase.contains(token, view)
      })
    else { return false }
    var end = rest.upperBound
    if let version = version(after: rest) { end = version }
    candidates[candidates.count - 1] = NameCandidate(
      tokens: last.tokens.lowerBound..<end, start: last.start, scores: KindScores(product: 6), owner: entries[index].id, isCertain: true)
    return true
  }

  /// "Ada J." before the known surname "Quill": the known person where the given name agrees, else another of the name.
  private func givenName(_ before: Range<Int>, before match: GazetteerMatcher.Match) -> NameCandidate? {
    guard let entry = match.surfaces.first?.entry, entries[entry].type == .person, match.tokens.count == 1 else { return nil }
    var first = before.lowerBound
    while first < before.upperBound, flags(first).contains(.title) || view.tokens[first].mark == 0x2E { first += 1 }
    guard first < before.upperBound, flags(first).contains(.given), before.upperBound - first <= 3 else { return nil }
    let isSame = entries[entry].name.lowercased().hasPrefix(view.string(first).lowercased() + " ")
    return NameCandidate(
      tokens: first..<match.tokens.upperBound, start: titleStart(before: first), scores: KindScores(person: isSame ? 20 : 8),
      entry: isSame ? entry : nil, isCertain: true)
  }

  /// A known name that is the whole run, or all but its legal form: "Contoso" in "Contoso Inc."
  private mutating func knownWhole(_ run: Range<Int>, limit: Int) -> GazetteerMatcher.Match? {
    guard matcher.mayBegin(view.tokens[run.lowerBound]), var match = match(at: run.lowerBound, limit: limit) else { return nil }
    if match.tokens.upperBound >= run.upperBound { return match }
    guard let entry = match.surfaces.first?.entry, entries[entry].type == .organization else { return nil }
    let rest = match.tokens.upperBound..<run.upperBound
    guard rest.allSatisfy({ flags($0).contains(.legalForm) || view.tokens[$0].isMark }) else { return nil }
    match.tokens = run
    return match
  }

  func isAcronym(_ i: Int) -> Bool {
    view.tokens[i].shape.contains(.allCaps) && view.tokens[i].span.count > 1 && !flags(i).contains(.common)
  }

  // MARK: Known names

  private mutating func match(at i: Int, limit: Int) -> GazetteerMatcher.Match? {
    guard var match = matcher.longestMatch(view, at: i, limit: limit) else { return nil }
    if match.surfaces.contains(where: \.isBlocker) || !blocked.isEmpty {
      for surface in match.surfaces where surface.blocksSentence { blocked.insert(surface.entry) }
      let ruledOut = Set(match.surfaces.filter(\.isBlocker).map(\.entry))
      match.surfaces.removeAll { $0.isBlocker || ruledOut.contains($0.entry) || blocked.contains($0.entry) }
    }
    let end = match.tokens.upperBound
    // "U.S." is not the beginning of "U.S.G."
    if view.tokens[end - 1].mark == 0x2E, end < limit, isCapital(end), !view.tokens[end].spaceBefore { return nil }
    return match
  }

  /// Adds a known name; doubtful where it is an ordinary word whose capital says nothing. Returns where to read on.
  private mutating func add(_ match: GazetteerMatcher.Match, initial: Bool, headline: Bool) -> Int {
    // What is ruled out as a known name is none at all.
    guard !match.surfaces.isEmpty else { return match.tokens.upperBound }
    let first = match.tokens.lowerBound
    let end = match.tokens.upperBound
    let surface = match.surfaces[0]
    let entry = entries[surface.entry]
    let isOrdinary = match.tokens.count == 1 && !flags(first).isDisjoint(with: [.common, .ordinaryName])
    var candidate = NameCandidate(tokens: match.tokens, start: first, entry: surface.entry, isCertain: true)
    let version = entry.type == .product ? version(after: match.tokens) : nil
    if isOrdinary, version == nil, !view.tokens[first].shape.contains(.innerCap), headline || initial {
      candidate.isCertain = isSubject(first, of: end)
    }
    if entry.type == .person { candidate.start = titleStart(before: first) }
    candidate.scores = points(for: entry.type)
    if let version {
      // A version the gazetteer does not know is a product of its own.
      candidate.tokens = first..<version
      candidate.entry = nil
      candidate.owner = entry.organization
    }
    candidates.append(candidate)
    return candidate.tokens.upperBound
  }

  private func points(for kind: EntityValue.Kind) -> KindScores {
    switch kind {
    case .person: return KindScores(person: 20)
    case .organization: return KindScores(organization: 20)
    case .team: return KindScores(team: 20)
    case .product: return KindScores(product: 20)
    case .place: return KindScores(place: 20)
    }
  }

  /// Where the titles before a name begin; `first` where there are none.
  func titleStart(before first: Int) -> Int {
    var start = first
    var i = first - 1
    while i >= 0 {
      if view.tokens[i].mark == 0x2E, i > 0, isCapital(i - 1), flags(i - 1).contains(.title) { i -= 1 }
      guard isCapital(i), flags(i).contains(.title), view.tokens[i + 1].isMark || view.tokens[i + 1].spaceBefore else { break }
      start = i
      i -= 1
    }
    return start
  }

  mutating func append(_ candidate: NameCandidate) { candidates.append(candidate) }
  mutating func addDoubtful(_ run: Range<Int>) { doubtful.append(run) }
  mutating func addCapitalized(_ word: Int) { capitalized.insert(word) }
}
