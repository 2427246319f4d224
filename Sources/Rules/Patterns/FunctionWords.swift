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
  let of: WordID
  let by: WordID
  let and: WordID
  let or: WordID
  let to: WordID

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
    of = lexicon.id("of")
    by = lexicon.id("by")
    and = lexicon.id("and")
    or = lexicon.id("or")
    to = lexicon.id("to")
  }

  /// Whether a verb group may contain the word before its main verb.
  func isVerbal(_ word: WordID) -> Bool { be.contains(word) || auxiliaries.contains(word) || modals.contains(word) }
}
