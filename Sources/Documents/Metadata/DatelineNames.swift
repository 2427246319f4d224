/// The names that share a line with its date: "Ada Quill | Harbour Weekly | 3 May 2026".
///
/// By form only. A publisher has a word that outlets are called by, or stands between bars beside a person; a place before a date ("Oslo, 3 May
/// 2026") is neither.
struct DatelineNames {
  private(set) var people: [String] = []
  private(set) var publisher: String?
  /// Whether every word of the line is part of a name, a label or the date's own.
  private(set) var isWhole = true

  /// More words than this are no line of names.
  private static let mostWords = 8

  /// - Parameter span: of the date within the line.
  init(_ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, without span: Range<Int>) {
    let before = UnsafeBufferPointer(rebasing: text[line.lowerBound..<span.lowerBound])
    let after = UnsafeBufferPointer(rebasing: text[span.upperBound..<line.upperBound])
    let parts = DatelineNames.parts(String(decoding: before, as: UTF8.self)) + DatelineNames.parts(String(decoding: after, as: UTF8.self))
    for part in parts { read(part) }
  }

  private struct Part {
    var words: [Substring]
    /// Set off by a bar, dot or dash rather than by a comma.
    var isBarred: Bool
  }

  private static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var words: [Substring] = []
    var opened = false
    func close(barred: Bool) {
      if !words.isEmpty { parts.append(Part(words: words, isBarred: barred || opened)) }
      words = []
      opened = barred
    }
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\u{A0}" || $0 == "\t" }) {
      if word.allSatisfy({ bars.contains($0) }) {
        close(barred: true)
        continue
      }
      let bare = word.drop { marks.contains($0) }
      let name = bare.reversed().drop { marks.contains($0) }.reversed()
      if !name.isEmpty { words.append(Substring(String(name))) }
      if let last = word.last, ",;)".contains(last) { close(barred: false) }
    }
    close(barred: false)
    return parts
  }

  private static let bars: Set<Character> = ["|", "·", "•", "–", "—", "/", "-", ">", "»", "*", ":"]
  private static let marks: Set<Character> = [",", ";", "(", ")", "*", "_", "[", "]", ":", "\"", "“", "”"]

  private mutating func read(_ part: Part) {
    var words = part.words[...]
    var isAuthor = false
    var isOutlet = false
    while let word = words.first?.lowercased(), DatelineNames.labels.contains(word) || word != "the" && Dateline.isFiller(word) {
      isAuthor = isAuthor || DatelineNames.authorLabels.contains(word)
      isOutlet = isOutlet || ["in", "via", "from", "source", "publication"].contains(word)
      words = words.dropFirst()
    }
    while let word = words.last?.lowercased(), Dateline.isFiller(word) { words = words.dropLast() }
    guard !words.isEmpty, words.count <= DatelineNames.mostWords else {
      isWhole = isWhole && words.isEmpty
      return
    }
    guard words.allSatisfy(DatelineNames.isNameWord) else {
      isWhole = false
      return
    }
    let name = words.joined(separator: " ")
    if isAuthor || !isOutlet && part.isBarred && people.isEmpty && DatelineNames.isPerson(words) {
      people.append(name)
    } else if publisher == nil, isOutlet || DatelineNames.isOutlet(words) || part.isBarred && !people.isEmpty && words.count > 1 {
      publisher = name
    }
  }

  private static func isNameWord(_ word: Substring) -> Bool {
    guard let first = word.first else { return false }
    return first.isUppercase || first.isNumber && word.contains(where: \.isLetter) || joiners.contains(word.lowercased()) || isHost(word)
  }

  /// Two to four words with capitals, none of them an outlet's; two such names may be joined.
  static func isPerson(_ words: some Collection<Substring>) -> Bool {
    let names = words.split { ["and", "&", "und", "et", "y"].contains($0.lowercased()) }
    guard (1...3).contains(names.count), !isOutlet(words) else { return false }
    return names.allSatisfy { name in
      let long = name.filter { !joiners.contains($0.lowercased()) }
      return (2...3).contains(long.count) && name.count <= 5
        && long.allSatisfy { word in
          let rest = word.dropFirst()
          return word.first?.isUppercase == true && !places.contains(word.lowercased()) && !sections.contains(word.lowercased())
            && (rest.contains(where: \.isLowercase) || rest.isEmpty || word.hasSuffix(".")) && !word.contains(where: \.isNumber)
        }
    }
  }

  private static func isOutlet(_ words: some Collection<Substring>) -> Bool {
    let lower = words.map { $0.lowercased() }
    if lower.count == 1, let only = words.first { return isHost(only) }
    return lower.contains(where: outlets.contains) && !lower.allSatisfy { sections.contains($0) || joiners.contains($0) }
  }

  private static func isHost(_ word: Substring) -> Bool {
    guard let dot = word.lastIndex(of: "."), word.distance(from: dot, to: word.endIndex) > 2 else { return false }
    return word.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" }
      && word[word.index(after: dot)...].allSatisfy(\.isLowercase)
  }

  private static let authorLabels: Set<String> = [
    "by", "words", "author", "authors", "writer", "reporter", "reporting", "von", "par", "por",
  ]
  private static let labels: Set<String> = authorLabels.union([
    "published", "posted", "updated", "written", "text", "story", "in", "via", "from", "source", "publication", "date", "dated", "issue",
  ])
  private static let joiners: Set<String> = [
    "of", "the", "and", "&", "for", "de", "del", "della", "van", "von", "der", "den", "la", "le", "du", "di", "da", "und", "et", "y", "on",
  ]
  /// First words of places rather than of people.
  private static let places: Set<String> = [
    "new", "san", "santa", "los", "las", "north", "south", "east", "west", "st", "port", "fort", "the",
  ]
  private static let outlets: Set<String> = [
    "weekly", "daily", "times", "post", "news", "journal", "herald", "tribune", "gazette", "review", "magazine", "observer", "chronicle",
    "report", "wire", "today", "press", "standard", "telegraph", "guardian", "mail", "monitor", "bulletin", "dispatch", "register", "star",
    "sun", "globe", "insider", "ledger", "courier", "record", "radio", "tv", "television", "blog", "newsletter", "digest", "online",
    "media",
    "examiner", "inquirer", "sentinel", "advertiser", "argus", "echo", "independent", "mirror", "reporter", "quarterly", "monthly",
    "letter",
    "brief", "briefing", "network", "broadcasting", "newswire", "newspaper", "zeitung", "magazin", "anzeiger", "tageblatt", "revue",
  ]
  /// Words of sections and formats: nothing but these names no outlet ("Press Release", "Tech News").
  private static let sections: Set<String> = [
    "tech", "technology", "news", "business", "world", "opinion", "politics", "science", "markets", "finance", "sport", "sports", "culture",
    "analysis", "breaking", "latest", "press", "release", "blog", "post", "update", "newsletter", "weekly", "daily", "monthly", "quarterly",
    "report", "review", "annual", "media", "online", "today", "letter", "brief", "briefing", "digest", "internal", "record", "guest",
    "company",
    "research", "earnings", "product", "special", "industry", "market", "status", "project", "morning", "evening", "incident", "trip",
    "team",
  ]
}
