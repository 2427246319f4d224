/// British and American spellings of a word, so that a rule need be written in one of them only. As with its forms, a wrong guess ("enterprize")
/// costs a word nobody writes.
enum Spelling {
  /// The same word as the other side of the Atlantic spells it.
  static func others(of word: String) -> [String] {
    if let other = listed[word] { return [other] }
    guard word.utf8.count > 4 else { return [] }
    for (one, two) in endings {
      if word.hasSuffix(one) { return [word.dropLast(one.count) + two] }
      if word.hasSuffix(two) { return [word.dropLast(two.count) + one] }
    }
    return []
  }

  /// "canceled" and "cancelled": the forms in which a last l after an unstressed vowel may stand once or twice.
  static func others(doubling word: String) -> [String] {
    guard word.hasSuffix("l") else { return [] }
    let letters = Array(word.utf8)
    guard letters.count > 4, "ae".utf8.contains(letters[letters.count - 2]), !"aeiou".utf8.contains(letters[letters.count - 3])
    else { return [] }
    return ["\(word)ed", "\(word)ing", "\(word)led", "\(word)ling"]
  }

  private static let endings = [
    ("isation", "ization"), ("ise", "ize"), ("iser", "izer"), ("yse", "yze"), ("our", "or"), ("tre", "ter"), ("ence", "ense"),
    ("ogue", "og"),
  ]

  private static let listed: [String: String] = {
    let pairs = [
      ("programme", "program"), ("judgement", "judgment"), ("artefact", "artifact"), ("sceptic", "skeptic"), ("sceptical", "skeptical"),
      ("grey", "gray"), ("fulfil", "fulfill"), ("enrol", "enroll"), ("ageing", "aging"), ("practise", "practice"), ("cheque", "check"),
    ]
    return Dictionary(uniqueKeysWithValues: pairs.flatMap { [($0.0, $0.1), ($0.1, $0.0)] }.filter { $0.0 != "check" })
  }()
}
