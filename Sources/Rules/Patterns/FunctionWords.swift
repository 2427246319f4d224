import Language

/// The closed word classes that matching and role finding step over or stop at.
final class FunctionWords: Sendable {
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
  /// Irregular participles before "by".
  let participles: WordSet
  /// Between somebody and the organisation they belong to.
  let affiliating: WordSet
  /// People who look at others from where they work.
  let observers: WordSet
  let likening: WordSet
  /// What a place in a list follows.
  let ranking: WordSet
  /// What makes an event of a length of time: "two weeks after".
  let later: WordSet
  /// What a line of business has: "Data Center revenue".
  let segments: WordSet
  /// First persons as subjects.
  let speakers: WordSet
  /// What others publish about somebody: "Glassdoor reviews", "a Newswire poll".
  let surveys: WordSet
  let coming: WordSet
  /// What looks ahead anywhere in a sentence.
  let ahead: WordSet
  let personal: WordSet
  /// Those an organisation deals with.
  let clients: WordSet
  /// Behind these a name is nobody's subject.
  let company: WordSet
  /// Before where somebody goes.
  let destinations: WordSet
  let within: WordID
  let once: WordID
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
    ["they", "he", "she", "we", "it", "i"],
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
    ["led", "made", "run", "held", "built", "written", "given", "shown", "seen", "driven", "put", "sold", "bought", "set", "won", "done"],
    ["at", "of", "from", "with"],
    [
      "researcher", "researchers", "analyst", "analysts", "developer", "economist", "economists", "professor", "scientist", "scientists",
      "strategist", "expert", "experts", "reviewer", "reviewers", "blogger", "journalist", "reporter", "critic", "critics", "historian",
      "lawyer", "student", "observer", "observers", "tester", "testers",
    ],
    ["like", "unlike"],
    ["ranked", "ranks", "rank", "ranking", "placed", "finished", "came"],
    ["after", "later"],
    ["revenue", "revenues", "sales", "segment", "business", "unit", "division", "margin", "margins"],
    ["we", "i"],
    [
      "review", "reviews", "survey", "surveys", "poll", "polls", "report", "reports", "data", "leaderboard", "ranking", "rankings", "index",
    ],
    ["next", "coming", "will", "to", "would", "may", "might", "could", "should", "shall", "plans", "expects", "until", "by"],
    [
      "will", "would", "may", "might", "could", "should", "shall", "must", "plan", "plans", "planned", "expects", "expected", "expect",
      "scheduled", "due", "next", "upcoming", "coming", "if", "until", "deadline", "to",
    ],
    ["he", "she"],
    ["client", "clients", "customer", "customers", "advertiser", "advertisers", "partner", "partners", "supplier", "suppliers", "buyers"],
    ["with", "from", "against", "than"],
    ["to", "for", "join", "joins", "joined", "joining"],
    ["of"], ["by"], ["and"], ["or"], ["to"],
  ]

  static let vocabulary: [String] =
    classes.flatMap { $0 } + ["-", "—", "–", ";", ":", "(", ")", ",", "not", "n't", "never", "&", "/", "once"]

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
    participles = sets[28]
    affiliating = sets[29]
    observers = sets[30]
    likening = sets[31]
    ranking = sets[32]
    later = sets[33]
    segments = sets[34]
    speakers = sets[35]
    surveys = sets[36]
    coming = sets[37]
    ahead = sets[38]
    personal = sets[39]
    clients = sets[40]
    company = sets[41]
    destinations = sets[42]
    within = lexicon.id("within")
    once = lexicon.id("once")
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
