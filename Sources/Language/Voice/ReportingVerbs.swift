/// What a word can be in saying who says what.
struct VoiceWord: OptionSet, Sendable {
  var rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A finite form of a verb of saying.
  static let says = VoiceWord(rawValue: 1 << 0)
  /// Its participle: "saying", "adding".
  static let saying = VoiceWord(rawValue: 1 << 1)
  /// Takes a clause: "said that", "warned the plan would fail".
  static let takesClause = VoiceWord(rawValue: 1 << 2)
  /// Takes an addressee first: "told reporters".
  static let takesPerson = VoiceWord(rawValue: 1 << 3)
  /// A verb only where a quotation stands right beside it: "called", "laughed".
  static let besideQuote = VoiceWord(rawValue: 1 << 4)
  static let pronoun = VoiceWord(rawValue: 1 << 5)
  static let determiner = VoiceWord(rawValue: 1 << 6)
  static let auxiliary = VoiceWord(rawValue: 1 << 7)
  static let adverb = VoiceWord(rawValue: 1 << 8)
  static let preposition = VoiceWord(rawValue: 1 << 9)
  static let conjunction = VoiceWord(rawValue: 1 << 10)
  /// "sources", "insiders": nobody by name.
  static let anonymous = VoiceWord(rawValue: 1 << 11)
  /// "familiar", "anonymity": makes a group of people anonymous.
  static let unnamed = VoiceWord(rawValue: 1 << 12)
  static let people = VoiceWord(rawValue: 1 << 13)
  static let negation = VoiceWord(rawValue: 1 << 14)
  /// Begins a clause that ends a scope: "but", "although".
  static let clauseStart = VoiceWord(rawValue: 1 << 15)
  static let denies = VoiceWord(rawValue: 1 << 16)
  /// A base form, which is a noun or an infinitive more often than not: "report", "claim".
  static let baseForm = VoiceWord(rawValue: 1 << 17)
  /// Takes a clause without "that": "said the plan would fail".
  static let bareClause = VoiceWord(rawValue: 1 << 18)
  /// A form of an auxiliary that only stands in a clause with a subject.
  static let finite = VoiceWord(rawValue: 1 << 19)
  /// May have a plain object as well as a clause: "announced a plan".
  static let takesObject = VoiceWord(rawValue: 1 << 20)
  /// "claim", "warning": what may be somebody's, and have a clause.
  static let sayingNoun = VoiceWord(rawValue: 1 << 21)

  static let lists: [(VoiceWord, [String])] = [
    ([.says, .takesClause], ReportingVerbs.finite(ReportingVerbs.clausal)),
    ([.saying, .takesClause], ReportingVerbs.participles(ReportingVerbs.clausal)),
    ([.says, .takesClause, .takesPerson], ReportingVerbs.finite(ReportingVerbs.addressed)),
    ([.saying, .takesClause, .takesPerson], ReportingVerbs.participles(ReportingVerbs.addressed)),
    (.baseForm, (ReportingVerbs.clausal + ReportingVerbs.addressed + ReportingVerbs.beside).map { String($0.split(separator: "/")[0]) }),
    (.bareClause, ReportingVerbs.finite(ReportingVerbs.bare)),
    (.sayingNoun, VoiceWordIDs.nouns),
    (
      .takesObject,
      ReportingVerbs.finite(wordList("believe claim predict estimate note add acknowledge admit suggest fear report announce"))
    ),
    (.besideQuote, ReportingVerbs.finite(ReportingVerbs.beside) + ReportingVerbs.participles(ReportingVerbs.beside)),
    ([.says, .takesClause, .denies], wordList("denied denies deny")), ([.saying, .denies], ["denying"]),
    (.pronoun, wordList("he she they it we i you who which one everyone someone somebody nobody others many some critics")),
    (
      .determiner,
      wordList(
        """
        a an the this that these those his her its their our my your another some several many both two three one each every no
        """)
    ),
    (
      .auxiliary,
      wordList("has have had was were is are been being be did does do will would can could may might must should having 's 'd 've 're")
    ),
    (.finite, wordList("has have had was were is are did does do will would can could may might must should ain't")),
    (
      .adverb,
      wordList(
        """
        also then later again once often always never even still just now today yesterday tomorrow too not has simply perhaps soon
        already first earlier repeatedly afterward afterwards however further monday tuesday wednesday thursday friday saturday
        sunday recently only well
        """)
    ),
    (
      .preposition,
      wordList(
        """
        in on at of for with to from by about after before during since until under over into through against between among without
        within despite amid near via per than as like upon toward towards outside inside behind beyond across around following
        including when while where because if whether though although unless
        """)
    ),
    (
      .conjunction,
      wordList("and but or so yet nor plus because while when as if although though whereas after before since that then until")
    ),
    (.clauseStart, wordList("but although though while whereas because since unless if when which who and so yet until after before as")),
    (.anonymous, wordList("source sources insider insiders whistleblower whistleblowers leaker leakers")),
    (
      .unnamed,
      wordList(
        """
        familiar anonymous anonymously anonymity unnamed unidentified briefed knowledge named identified declined close involved
        undisclosed
        """
      )
    ),
    (
      .people,
      wordList(
        """
        people person employees employee officials official executives executive staff staffers engineers researchers workers
        managers aides individuals individual colleagues insiders participants members lawyers bankers investors man woman someone
        those
        """)
    ),
    (
      .negation,
      wordList(
        """
        not n't never no none nobody nothing neither nor without cannot can't don't doesn't didn't isn't aren't wasn't weren't won't
        wouldn't shouldn't couldn't haven't hasn't hadn't mustn't needn't ain't hardly scarcely barely nowhere
        """)
    ),
  ]

  static let vocabulary: [String] = lists.flatMap(\.1) + VoiceWordIDs.vocabulary

  static func table(_ lexicon: Lexicon) -> WordTable<VoiceWord> {
    var table = WordTable<VoiceWord>(lexicon, default: [])
    for (flag, list) in lists {
      for word in list {
        let id = lexicon.id(word)
        if id != .unknown { table[id].formUnion(flag) }
      }
    }
    return table
  }
}

/// The few words that rules of voice ask for by themselves.
struct VoiceWordIDs: Sendable {
  let that: WordID
  let according: WordID
  let to: WordID
  let of: WordID
  let and: WordID
  let but: WordID
  /// "citing", "pointing": begin the reasons behind what is said.
  let citing: Set<WordID>
  /// Verbs that say what somebody or something is: "called the plan a mess".
  let judging: Set<WordID>
  let he: WordID
  let she: WordID
  let people: WordID
  /// "how", "whether": begin a reported question.
  let questionWords: Set<WordID>
  /// Of the nouns that have a clause, the ones that are a report whoever made them.
  let hearsay: Set<WordID>
  let possessives: Set<WordID>
  /// Forms of "say".
  let saying: Set<WordID>
  /// Base forms that are never nouns.
  let onlyVerbs: Set<WordID>

  private static let questions = wordList("how why what whether")
  private static let owners = wordList("his her their its our my your")
  private static let reasons = wordList("citing pointing referring quoting blaming")
  private static let judgements = ReportingVerbs.finite(
    wordList(
      """
      call describe label dub brand characterize characterise criticize criticise blast slam praise condemn mock dismiss deride hail denounce
      liken attack accuse blame
      """))
  private static let talk = wordList("claim claims allegation allegations report reports rumor rumors rumour rumours speculation")
  static let nouns =
    talk
    + wordList(
      """
      assertion assertions warning warnings statement argument announcement prediction predictions promise pledge belief view suggestion
      suggestions accusation accusations conclusion finding estimate contention insistence admission hint hints conviction forecast
      """)
  private static let verbs = wordList(
    "say think believe argue insist admit acknowledge explain predict maintain assert contend conclude suggest know agree reckon")
  static let vocabulary =
    wordList("that according to of and he she people say says said but") + reasons + judgements + questions + owners + nouns + verbs

  init(_ lexicon: Lexicon) {
    that = lexicon.id("that")
    according = lexicon.id("according")
    to = lexicon.id("to")
    of = lexicon.id("of")
    and = lexicon.id("and")
    but = lexicon.id("but")
    citing = Set(VoiceWordIDs.reasons.map { lexicon.id($0) })
    judging = Set(VoiceWordIDs.judgements.map { lexicon.id($0) })
    he = lexicon.id("he")
    she = lexicon.id("she")
    people = lexicon.id("people")
    questionWords = Set(VoiceWordIDs.questions.map { lexicon.id($0) })
    hearsay = Set(VoiceWordIDs.talk.map { lexicon.id($0) })
    saying = Set(wordList("say says said").map { lexicon.id($0) })
    onlyVerbs = Set(VoiceWordIDs.verbs.map { lexicon.id($0) })
    possessives = Set(VoiceWordIDs.owners.map { lexicon.id($0) })
  }
}

/// Verbs of saying and thinking, by what may follow them. Base forms; a second form after a slash is the past.
enum ReportingVerbs {
  /// "X said (that) …", also after a quotation.
  static let clausal = wordList(
    """
    say/said claim argue announce report note add write/wrote explain admit acknowledge insist state declare observe reply/replied
    respond suggest recall confirm maintain contend assert concede predict estimate believe think/thought fear reveal disclose
    conclude indicate stress emphasize emphasise allege complain boast joke quip caution tweet post point remark comment mention
    reckon hint imply/implied swear/swore testify/testified vow pledge promise propose recommend repeat reiterate underscore
    continue ask wonder feel/felt know/knew hope expect agree decide find/found show signal speculate opine muse pronounce proclaim
    counter
    """)

  /// Of these, the ones that need no "that".
  static let bare = wordList(
    """
    say/said think/thought believe claim argue insist predict estimate warn hope note add acknowledge admit suggest allege fear
    report announce
    """
  )

  /// "X told Y (that) …".
  static let addressed = wordList("tell/told warn assure remind inform notify/notified promise convince persuade")

  /// Speech only beside a quotation.
  static let beside = wordList(
    """
    call describe shout cry/cried yell scream whisper murmur mutter sigh laugh smile nod snap bark chant sing/sang read/read urge
    advise order demand plead beg begin/began start finish conclude interject exclaim retort reason recount summarize summarise
    lament gush grumble groan growl hiss sneer scoff shrug grin chuckle cite quote answer blast slam praise criticize criticise
    condemn label dub mock bemoan elaborate offer enthuse speak/spoke text message email blog go/went put/put deadpan intone rule
    deem
    """)

  static func finite(_ verbs: [String]) -> [String] {
    verbs.flatMap { verb in
      let (base, past) = parts(verb)
      let third = base.hasSuffix("y") && !vowelBeforeLast(base) ? base.dropLast() + "ies" : base + (sibilant(base) ? "es" : "s")
      return [base, String(third), past]
    }
  }

  static func participles(_ verbs: [String]) -> [String] {
    verbs.map { verb in
      let base = parts(verb).base
      if base == "begin" || base == "put" || base == "nod" || base == "chat" || base == "beg" {
        return base + String(base.suffix(1)) + "ing"
      }
      return (base.hasSuffix("e") && !base.hasSuffix("ee") ? String(base.dropLast()) : base) + "ing"
    }
  }

  private static func parts(_ verb: String) -> (base: String, past: String) {
    let parts = verb.split(separator: "/").map(String.init)
    let base = parts[0]
    if parts.count > 1 { return (base, parts[1]) }
    if ["admit", "nod", "beg", "quip", "snap", "shrug", "grin", "dub", "hint"].contains(base), base != "hint" {
      return (base, base + String(base.suffix(1)) + "ed")
    }
    return (base, base.hasSuffix("e") ? base + "d" : base + "ed")
  }

  private static func vowelBeforeLast(_ word: String) -> Bool { word.dropLast().last.map { "aeiou".contains($0) } ?? false }

  private static func sibilant(_ word: String) -> Bool {
    word.hasSuffix("s") || word.hasSuffix("sh") || word.hasSuffix("ch") || word == "go"
  }
}
