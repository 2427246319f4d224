import Documents

/// Finds what is counted: the head noun of the phrase after a number.
struct NounPhrase {
  let view: TextView
  let roles: WordTable<QuantityWord>

  /// The head's token, or nil where no noun is in sight.
  ///
  /// Without a part-of-speech tagger the signs are number agreement and the words that cannot stand inside a noun phrase: after any number but one the
  /// head is the first plural; after one it is the last word before the phrase ends.
  func head(from start: Int, isOne: Bool, isOpen: (Int) -> Bool) -> Int? {
    var k = start
    var last: Int?
    while k < start + 6, isOpen(k) {
      let token = view.tokens[k]
      if token.isMark {
        // A compound ("full-time jobs") and a row of adjectives ("small, friendly firms") go on; every other mark ends the phrase.
        guard last != nil, !token.spaceBefore, isOpen(k + 1), view.tokens[k + 1].isWord else { break }
        // "R&D".
        let joins = token.mark == 0x2D || token.mark == 0x26
        guard joins ? !view.tokens[k + 1].spaceBefore : token.mark == 0x2C && !isOne && last == start else { break }
        k += 1
        continue
      }
      // "H100 GPUs".
      if token.isNumber, !token.spaceBefore, last == k - 1 {
        last = k
        k += 1
        continue
      }
      guard token.isWord else { break }
      let role = roles[token.word]
      if role.contains(.further), last == nil {
        if isOpen(k + 1), roles[view.tokens[k + 1].word].contains(.function) { break }
        k += 1
        continue
      }
      if role.contains(.and), last == start, !isOne, isOpen(k + 1), view.tokens[k + 1].isWord {
        k += 1
        continue
      }
      if role.contains(.function) || role.contains(.preposition) || role.contains(.and) || role.contains(.calendar)
        || role.contains(.further)
      {
        break
      }
      if isOne {
        if last == nil, role.contains(.opens) { break }
        last = k
      } else if isPlural(k, role) {
        if isAttribute(k, isOpen) { last = k } else { return k }
      } else {
        last = k
      }
      k += 1
    }
    guard let last else { return nil }
    if isOne { return isPlural(last, roles[view.tokens[last].word]) ? nil : last }
    // The phrase may have ended one word after an attributive plural ("30 sales staff").
    return isPlural(last, roles[view.tokens[last].word]) ? last : nil
  }

  /// A plural that stands before the plural that it describes ("30 sales jobs").
  private func isAttribute(_ k: Int, _ isOpen: (Int) -> Bool) -> Bool {
    guard isOpen(k + 1), view.tokens[k + 1].isWord, roles[view.tokens[k].word].contains(.attributive) else { return false }
    let next = roles[view.tokens[k + 1].word]
    return !next.contains(.function) && isPlural(k + 1, next)
  }

  func isPlural(_ index: Int, _ role: QuantityWord) -> Bool {
    if role.contains(.plural) { return true }
    if role.contains(.singular) { return false }
    let token = view.tokens[index]
    let length = Int(token.end - token.start)
    guard length > 2, view.bytes[Int(token.end) - 1] == 0x73 else { return false }
    let before = view.bytes[Int(token.end) - 2]
    // "GPUs".
    if before & 0x20 == 0 { return true }
    // "class", "bus", "this" end in s without being plural.
    return before != 0x73 && before != 0x75 && !(before == 0x69 && length < 6)
  }

  /// What is counted in full, singular: "commercial fisherman" for "60 commercial fishermen", but "job" for "12,000 new jobs".
  func name(from start: Int, head: Int) -> String {
    var name = ""
    let isCompound = head > start + 1 && !view.tokens[head].spaceBefore && view.tokens[head - 1].mark == 0x2D
    for k in start..<max(start, isCompound ? head - 2 : head) {
      let token = view.tokens[k]
      let role = roles[token.word]
      if token.isMark, token.mark == 0x2C || token.spaceBefore { continue }
      if token.isWord,
        !role.isDisjoint(with: [.further, .and, .article, .function, .preposition, .fresh]) || token.shape.contains(.possessive)
      {
        continue
      }
      if !name.isEmpty, token.spaceBefore { name += " " }
      name += view.string(k)
    }
    if !name.isEmpty { name += " " }
    return name + singular(head, from: start)
  }

  /// The head as one calls a single one: lower case, except for abbreviations ("GPUs" is "GPU").
  ///
  /// - Parameter start: where the phrase begins, so that a compound's first half is taken along ("co-founder") and a number's is not.
  func singular(_ index: Int, from start: Int) -> String {
    let token = view.tokens[index]
    let text = view.string(index)
    // "co-founders".
    if index >= start + 2, !token.spaceBefore, view.tokens[index - 1].mark == 0x2D, !view.tokens[index - 1].spaceBefore,
      view.tokens[index - 2].isWord
    {
      return view.string(index - 2).lowercased() + "-" + Plural.singular(text.lowercased())
    }
    if token.end - token.start > 2, view.bytes[Int(token.end) - 2] & 0x20 == 0, text.hasSuffix("s") { return String(text.dropLast()) }
    if token.shape.contains(.allCaps) { return text }
    return Plural.singular(text.lowercased())
  }
}

/// English plurals.
enum Plural {
  private static let irregular: [String: String] = [
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse", "people": "people",
    "police": "police",
    "lives": "life", "wives": "wife", "knives": "knife", "shelves": "shelf", "leaves": "leaf", "wolves": "wolf", "thieves": "thief",
    "halves": "half",
    "policemen": "policeman", "businessmen": "businessman", "fishermen": "fisherman", "movies": "movie", "cookies": "cookie",
    "calories": "calorie",
    "series": "series", "species": "species", "headquarters": "headquarters", "data": "data", "media": "media", "criteria": "criterion",
    "phenomena": "phenomenon", "buses": "bus", "gases": "gas", "viruses": "virus", "bonuses": "bonus", "campuses": "campus",
    "statuses": "status",
    "crises": "crisis", "analyses": "analysis", "bases": "base", "theses": "thesis", "axes": "axis", "lenses": "lens", "indices": "index",
    "appendices": "appendix", "matrices": "matrix", "vertices": "vertex", "alumni": "alumnus", "bacteria": "bacterium", "ties": "tie",
    "lies": "lie",
    "zombies": "zombie", "rookies": "rookie", "shoes": "shoe", "canoes": "canoe", "toes": "toe", "lashes": "lash", "caches": "cache",
    "niches": "niche",
    "headaches": "headache", "axles": "axle", "goods": "good", "quizzes": "quiz",
  ]

  static func singular(_ word: String) -> String {
    if let known = irregular[word] { return known }
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "shes", "ches", "xes", "zzes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
    if word.hasSuffix("oes"), word.count > 4 { return String(word.dropLast(2)) }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), word.count > 2 { return String(word.dropLast()) }
    return word
  }
}
