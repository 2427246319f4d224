import Language

/// The closed word classes that matching and role finding step over or stop at.
struct FunctionWords: Sendable {
  let determiners: WordSet
  let be: WordSet
  let auxiliaries: WordSet
  let prepositions: WordSet
  let conjunctions: WordSet
  let subordinators: WordSet
  let relatives: WordSet
  let pronouns: WordSet
  let modals: WordSet
  /// Prepositions that place an event at somebody: "layoffs at Northwind".
  let locative: WordSet
  /// Words that make a length of time relative to another event.
  let sequels: WordSet
  /// What says that something is wanted or supposed.
  let unreal: WordSet
  let numerals: WordSet
  /// "Considered abandoning": thought of, not done.
  let contemplation: WordSet
  let contrast: WordSet
  let suppositions: WordSet
  /// Adverbs that may follow an object and are no part of it: "sells phones anymore".
  let trailing: WordSet
  /// Pronouns that are subjects of people and organisations.
  let nominatives: WordSet
  /// What says that a verb group is in the present, and what says that it is not.
  let present: WordSet
  let past: WordSet
  /// What a comparison measures against follows these.
  let bases: WordSet
  /// What stands before "from" in a comparison.
  let directions: WordSet
  /// What joins two ends of a range.
  let ranges: WordSet
  /// Nouns that stand for the organisation a text is about: "the company", "the firm".
  let descriptions: WordSet
  /// Prepositions that make what follows them a side matter.
  let asides: WordSet
  let being: WordSet
  /// What a number follows after "than": "more than half".
  let measures: WordSet
  /// Past forms without -ed ("lost", "built"), which are never nouns.
  let pasts: WordSet
  let of: WordID
  let by: WordID
  let and: WordID
  let or: WordID
  let to: WordID
  let from: WordID
  let since: WordID

  private static let classes: [[String]] = [
    ["the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "this", "that", "these", "those", "some", "all", "any"],
    ["be", "is", "are", "was", "were", "been", "being", "am", "get", "gets", "got", "getting"],
    ["has", "have", "had", "having", "do", "does", "did"],
    [
      "in", "on", "at", "from", "by", "with", "for", "as", "into", "over", "under", "about", "after", "before", "during", "until",
      "through",
      "against", "between", "among", "across", "per", "via", "without", "within", "like", "unlike", "than", "toward", "towards", "despite",
      "amid", "since", "behind", "beyond", "upon", "to", "including", "following", "throughout", "near", "onto", "versus", "vs", "given",
    ],
    ["and", "or", "but", "nor", "yet", "so", "plus"],
    [
      "while", "although", "though", "because", "when", "whenever", "if", "unless", "whereas", "where", "once", "since", "until", "after",
      "before", "as", "whether", "that", "however", "meanwhile",
    ],
    ["which", "who", "whom", "whose", "that", "where"],
    ["it", "they", "he", "she", "we", "i", "you", "them", "him", "us", "me", "itself", "themselves", "himself", "herself"],
    ["will", "would", "could", "should", "may", "might", "must", "can", "shall", "cannot", "can't", "won't", "wouldn't"],
    ["at", "in", "within", "inside", "across", "for"],
    ["before", "after", "later", "earlier", "prior"],
    ["should", "must", "ought", "if", "unless"],
    [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty",
      "fifty",
      "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions",
      "trillion", "dozen", "dozens", "half", "quarter",
    ],
    [
      "consider", "considers", "considered", "considering", "contemplate", "contemplates", "contemplated", "contemplating", "weigh",
      "weighs",
      "weighed", "weighing", "mull", "mulls", "mulled", "mulling", "explore", "explores", "explored", "exploring", "discuss", "discusses",
      "discussed", "discussing", "debate", "debates", "debated", "debating",
    ],
    ["yet", "but", "while", "whereas"],
    ["assuming", "supposing", "suppose", "imagine"],
    [
      "anymore", "again", "altogether", "entirely", "completely", "immediately", "permanently", "temporarily", "quietly", "recently", "now",
      "soon", "instead", "too", "either", "already", "yet", "later", "also", "then", "ever", "forever", "anyway", "alone", "afterwards",
    ],
    ["they", "he", "she", "we"],
    ["is", "are", "has", "have", "now", "today", "currently", "still", "will"],
    ["was", "were", "had", "did", "ago", "then", "would"],
    ["from", "than", "versus", "vs", "against", "compared"],
    ["up", "down", "rise", "increase", "decrease", "decline", "growth", "drop", "fall", "jump"],
    ["to", "and", "between", "through", "until", "till", "–", "-", "—", "or"],
    ["company", "firm", "startup", "lab", "laboratory", "giant", "maker", "manufacturer", "corporation", "organisation", "organization"],
    ["for", "with", "by", "from", "like", "unlike", "than", "against", "including"],
    ["is", "are", "was", "were"],
    ["more", "less", "fewer"],
    Morphology.irregularPasts,
    ["of"], ["by"], ["and"], ["or"], ["to"],
  ]

  static let vocabulary: [String] = classes.flatMap { $0 } + ["-", "—", "–", ";", ":", "(", ")", ",", "not", "n't", "never", "&", "/"]

  init(_ lexicon: Lexicon) {
    let sets = FunctionWords.classes.map { WordSet($0.map { lexicon.id($0) }) }
    determiners = sets[0]
    be = sets[1]
    auxiliaries = sets[2]
    prepositions = sets[3]
    conjunctions = sets[4]
    subordinators = sets[5]
    relatives = sets[6]
    pronouns = sets[7]
    modals = sets[8]
    locative = sets[9]
    sequels = sets[10]
    unreal = sets[11]
    numerals = sets[12]
    contemplation = sets[13]
    contrast = sets[14]
    suppositions = sets[15]
    trailing = sets[16]
    nominatives = sets[17]
    present = sets[18]
    past = sets[19]
    bases = sets[20]
    directions = sets[21]
    ranges = sets[22]
    descriptions = sets[23]
    asides = sets[24]
    being = sets[25]
    measures = sets[26]
    pasts = sets[27]
    of = lexicon.id("of")
    by = lexicon.id("by")
    and = lexicon.id("and")
    or = lexicon.id("or")
    to = lexicon.id("to")
    from = lexicon.id("from")
    since = lexicon.id("since")
  }

  /// Whether a verb group may contain the word before its main verb.
  func isVerbal(_ word: WordID) -> Bool { be.contains(word) || auxiliaries.contains(word) || modals.contains(word) }
}
