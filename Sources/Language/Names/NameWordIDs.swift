/// The few words that rules of names ask for by themselves.
struct NameWordIDs: Sendable {
  let of: WordID
  let `for`: WordID
  let and: WordID
  let the: WordID
  let this: WordID
  let a: WordID
  let an: WordID
  let it: WordID
  let its: WordID
  /// Pronouns of a person.
  let people: [WordID]
  let `in`: WordID
  let near: WordID
  let at: WordID
  let by: WordID
  let who: WordID
  let whose: WordID
  let himself: WordID
  let herself: WordID
  let based: WordID
  /// What a patron's name with its possessive can own: "King's College".
  let houses: [WordID]

  /// What a text may call a product again: "the model".
  let productHeads: [WordID]

  /// Particles that begin a surname used alone: "de Tocqueville".
  let nobiliary: [WordID]

  /// What makes a name behind it somebody's object or a circumstance.
  let prepositions: Set<WordID>
  /// What stands before the name of an organisation: "rival", "joined".
  let introductions: Set<WordID>
  /// Exchanges, before the symbol of a listed company: "(NYSE: NRW)".
  let exchanges: Set<WordID>

  private static let prepositionWords = wordList(
    "of at by with from than against like unlike to in on via about including over into for behind as amid among between toward towards")
  private static let introductionWords = wordList("rival rivals competitor competitors joined joining left leaving joins leaves backer")
  private static let exchangeWords = wordList("nasdaq nyse amex lse tsx hkex otc euronext xetra twse krx tse otcmkts nasdaqgs sehk asx")
  private static let nobiliaryWords = ["de", "van", "von", "du", "della", "bin"]
  private static let productWords = wordList("chatbot assistant model app phone smartphone tablet laptop browser headset chip processor")
  private static let houseWords = ["college", "hospital", "church", "cathedral", "school"]
  static let vocabulary =
    wordList("of for and the this a an it its he she him his her in near at by who whose himself herself based") + houseWords
    + nobiliaryWords + productWords + prepositionWords + introductionWords + exchangeWords

  init(_ lexicon: Lexicon) {
    self.of = lexicon.id("of")
    self.`for` = lexicon.id("for")
    self.and = lexicon.id("and")
    self.the = lexicon.id("the")
    this = lexicon.id("this")
    a = lexicon.id("a")
    an = lexicon.id("an")
    it = lexicon.id("it")
    its = lexicon.id("its")
    people = wordList("he she him his her").map { lexicon.id($0) }
    productHeads = NameWordIDs.productWords.map { lexicon.id($0) }
    self.`in` = lexicon.id("in")
    self.near = lexicon.id("near")
    self.at = lexicon.id("at")
    self.by = lexicon.id("by")
    self.who = lexicon.id("who")
    self.whose = lexicon.id("whose")
    self.himself = lexicon.id("himself")
    self.herself = lexicon.id("herself")
    self.based = lexicon.id("based")
    houses = NameWordIDs.houseWords.map { lexicon.id($0) }
    nobiliary = NameWordIDs.nobiliaryWords.map { lexicon.id($0) }
    prepositions = Set(NameWordIDs.prepositionWords.map { lexicon.id($0) })
    introductions = Set(NameWordIDs.introductionWords.map { lexicon.id($0) })
    exchanges = Set(NameWordIDs.exchangeWords.map { lexicon.id($0) })
  }
}
