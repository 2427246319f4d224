import Documents

/// Settles, over the whole document, which candidates are names, of what kind, and which are the same entity.
struct NameResolver {
  /// One entity of the document.
  struct Group {
    var name: String
    var scores = KindScores()
    var entry: Int?
    var owner: String?
    var role: String?
    var count = 0
  }

  let finder: NameFinder
  let gazetteerCount: Int
  var groups: [Group] = []
  private var byKey: [String: Int] = [:]
  /// Surnames and given names, short names of organisations; the latest full name wins.
  private var byPart: [String: Int] = [:]
  /// The same for the whole document: a given name may come before the full name.
  private var allParts: [String: Int] = [:]

  /// Short names that are ordinary words: "Scale" of "Scale AI".
  private var commonParts: [String: Int] = [:]

  struct Named {
    var candidate: NameCandidate
    var group: Int
    /// A pronoun or "the company".
    var isReference = false
  }
  var named: [Named] = []

  init(finder: NameFinder, gazetteerCount: Int) {
    self.finder = finder
    self.gazetteerCount = gazetteerCount
  }

  mutating func resolve() {
    var candidates = finder.candidates + frequentWords()
    candidates.sort { ($0.tokens.lowerBound, -$0.tokens.count) < ($1.tokens.lowerBound, -$1.tokens.count) }
    for candidate in candidates where candidate.isCertain { open(candidate) }
    var open: [NameCandidate] = []
    for candidate in candidates {
      if candidate.isCertain || isKnown(candidate) { open.append(candidate) }
    }
    var covered = [Bool](repeating: false, count: finder.view.tokens.count)
    for candidate in open { for i in candidate.tokens { covered[i] = true } }
    open += knownNames(outside: covered)
    open.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
    allParts = byPart
    byPart.removeAll(keepingCapacity: true)
    var end = 0
    for candidate in open where candidate.start >= end {
      guard let group = group(of: candidate) else { continue }
      named.append(Named(candidate: candidate, group: group))
      end = candidate.tokens.upperBound
    }
  }

  // MARK: Groups

  private func key(_ tokens: Range<Int>) -> String {
    var bytes: [UInt8] = []
    for i in tokens {
      let token = finder.view.tokens[i]
      if i > tokens.lowerBound, token.spaceBefore { bytes.append(0x20) }
      bytes += finder.view.bytes[token.span.range]
    }
    let text = String(decoding: bytes, as: UTF8.self)
    return tokens.count == 1 && finder.isAcronym(tokens.lowerBound) && (byPart[text] ?? allParts[text]) != nil ? text : text.lowercased()
  }

  /// Makes the group of a certain candidate, or adds to it.
  private mutating func open(_ candidate: NameCandidate) {
    let key = candidate.entry.map { "#\($0)" } ?? key(candidate.tokens)
    let index: Int
    if let known = byKey[key] {
      index = known
    } else {
      index = groups.count
      groups.append(Group(name: name(candidate), entry: candidate.entry))
      byKey[key] = index
      if candidate.entry != nil { byKey[self.key(candidate.tokens)] = index }
    }
    groups[index].scores += candidate.scores
    groups[index].count += 1
    if groups[index].owner == nil { groups[index].owner = candidate.owner }
    register(index, candidate)
  }

  private func name(_ candidate: NameCandidate) -> String {
    if let entry = candidate.entry { return finder.entries[entry].name }
    let span = ByteSpan(
      finder.view.tokens[candidate.tokens.lowerBound].span.start, finder.view.tokens[candidate.tokens.upperBound - 1].span.end)
    return finder.view.string(span).split(whereSeparator: { $0 == " " || $0.isNewline }).joined(separator: " ")
  }

  /// The entity's id.
  func id(of group: Int) -> String { groups[group].entry.map { finder.entries[$0].id } ?? groups[group].name.slug }

  /// Lets the parts of a full name stand for it: surname and given name of a person, an organisation without its legal form.
  private mutating func register(_ group: Int, _ candidate: NameCandidate) {
    let tokens = candidate.tokens.filter { finder.view.tokens[$0].isWord }
    guard !candidate.isDefinite, tokens.count >= 2, let first = tokens.first, var last = tokens.last else { return }
    switch kind(of: group) {
    case .person:
      if finder.flags(last).contains(.postTitle), tokens.count > 2 { last = tokens[tokens.count - 2] }
      byPart[key(last..<(last + 1))] = group
      // A joined surname ("Al-Dahle") is one part.
      if last > 1, finder.view.tokens[last - 1].mark == 0x2D, last - 2 > first { byPart[key((last - 2)..<(last + 1))] = group }
      if finder.view.tokens[first].span.count > 1 { byPart[key(first..<(first + 1))] = group }
    case .organization:
      if let initials = initials(candidate.tokens) { byPart[initials] = group }
      if !finder.flags(last).isDisjoint(with: [.orgSuffix, .legalForm]) || finder.isIntelligence(last) {
        let words = (first..<last).filter { finder.view.tokens[$0].isWord }
        guard let end = words.last else { break }
        let short = key(first..<(end + 1))
        if words.contains(where: { finder.flags($0).isDisjoint(with: [.common, .demonym, .function, .placePrefix]) }) {
          byPart[short] = group
        } else if words.count == 1, finder.flags(first).isDisjoint(with: [.demonym, .function, .calendar, .region]),
          finder.view.tokens[first].span.count > 3
        {
          commonParts[short] = group
        }
      }
    default: break
    }
  }

  /// Words that are ordinary elsewhere and mostly a name here: three times with a capital within a sentence, twice as an organisation stands.
  private func frequentWords() -> [NameCandidate] {
    guard finder.capitalized.count >= 3 else { return [] }
    var places: [String: [Int]] = [:]
    for i in finder.capitalized { places[key(i..<(i + 1)), default: []].append(i) }
    var found: [NameCandidate] = []
    for tokens in places.values where tokens.count >= 3 && tokens.count(where: { finder.standsAsOrganization($0) }) >= 2 {
      for i in tokens.sorted() {
        found.append(NameCandidate(tokens: i..<(i + 1), start: i, scores: KindScores(organization: 2), isCertain: true))
      }
    }
    return found
  }

  /// "WHO" for "World Health Organization"; in capitals, as a text must write it to mean that.
  private func initials(_ tokens: Range<Int>) -> String? {
    let letters = tokens.filter { finder.isCapital($0) }.map { finder.view.bytes[finder.view.tokens[$0].span.start] }
    guard (3...6).contains(letters.count), letters.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(decoding: letters, as: UTF8.self)
  }

  func kind(of group: Int) -> EntityValue.Kind {
    if let entry = groups[group].entry { return finder.entries[entry].type }
    let best = groups[group].scores.best
    // Nothing speaks for an organisation: a single word alone is rather what someone is called.
    return best.points == 0 && !groups[group].name.utf8.contains(0x20) ? .person : best.kind
  }

  private func isKnown(_ candidate: NameCandidate) -> Bool {
    if let entry = candidate.entry { return byKey["#\(entry)"] != nil }
    let key = key(candidate.tokens)
    return byKey[key] != nil || byPart[key] != nil
  }

  private mutating func group(of candidate: NameCandidate) -> Int? {
    let key = candidate.entry.map { "#\($0)" } ?? key(candidate.tokens)
    var index = byKey[key]
    if candidate.entry == nil, candidate.tokens.count <= 3,
      let whole = byPart[key] ?? (index == nil ? allParts[key] ?? commonParts[key] : nil)
    {
      index = whole
    }
    if let index { register(index, candidate) }
    return index
  }

  /// "Sydney, Australia" is one place, "Paris, France and Spain" is not.
  mutating func joinPlaces() {
    guard named.count > 1 else { return }
    let tokens = finder.view.tokens
    var kept: [Named] = []
    var i = 0
    while i < named.count {
      var current = named[i]
      if i + 1 < named.count, kind(of: current.group) == .place, kind(of: named[i + 1].group) == .place, !isRegion(current.group),
        isRegion(named[i + 1].group)
      {
        let comma = current.candidate.tokens.upperBound
        let second = named[i + 1].candidate.tokens
        if tokens[comma].mark == 0x2C, second.lowerBound == comma + 1, !listGoesOn(second.upperBound) {
          current.candidate.wideEnd = second.upperBound
          i += 1
        }
      }
      kept.append(current)
      i += 1
    }
    named = kept
  }

  private func isRegion(_ group: Int) -> Bool { KnownPlaces.containing.contains(groups[group].name) }

  private func listGoesOn(_ i: Int) -> Bool {
    let tokens = finder.view.tokens
    guard i + 1 < tokens.count else { return false }
    if tokens[i].word == finder.ids.and { return finder.isCapital(i + 1) }
    guard tokens[i].mark == 0x2C else { return false }
    return finder.isCapital(i + 1) || (tokens[i + 1].word == finder.ids.and && i + 2 < tokens.count && finder.isCapital(i + 2))
  }

  // MARK: Doubtful runs

  private func isOrdinary(_ i: Int) -> Bool { !finder.flags(i).isDisjoint(with: [.common, .function]) }

  /// "Smith" after "Adam Smith": never in lower case here, or doing what people do.
  private func readsAsPerson(_ i: Int) -> Bool {
    let token = finder.view.tokens[i]
    if !finder.lowercase.contains(token, finder.view) { return true }
    let next = i + 1
    return next < finder.view.tokens.count && (finder.view.tokens[next].shape.contains(.possessive) || finder.flags(next).contains(.speech))
  }

  /// In headlines and at the start of sentences: the longest stretches that are names elsewhere in the document.
  private func knownNames(outside covered: [Bool]) -> [NameCandidate] {
    var found: [NameCandidate] = []
    for run in finder.doubtful {
      var i = run.lowerBound
      while i < run.upperBound {
        var next = i + 1
        if finder.isCapital(i) {
          for end in stride(from: min(run.upperBound, i + 5), to: i, by: -1) {
            let key = key(i..<end)
            let short = end == i + 1 && (finder.capitalized.contains(i) || finder.isSubject(i, of: end)) ? commonParts[key] : nil
            guard let group = byKey[key] ?? byPart[key] ?? short else { continue }
            // A common word is a name only where the certain mention was of this very word.
            if end == i + 1, isOrdinary(i), short == nil, groups[group].entry == nil, kind(of: group) != .person || !readsAsPerson(i) {
              continue
            }
            if end == i + 1, finder.flags(i).contains(.function), !finder.isAcronym(i) { continue }
            let range = i..<end
            if !range.contains(where: { covered[$0] }) {
              var candidate = NameCandidate(tokens: range, start: i, entry: groups[group].entry, isCertain: true)
              if kind(of: group) == .person { candidate.start = finder.titleStart(before: i) }
              found.append(candidate)
            }
            next = end
            break
          }
        }
        i = next
      }
    }
    return found
  }
}
