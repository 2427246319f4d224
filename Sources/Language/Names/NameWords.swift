/// What a word can be in or around a name.
struct NameWord: OptionSet, Sendable {
  var rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }

  static let function = NameWord(rawValue: 1 << 0)
  static let common = NameWord(rawValue: 1 << 1)
  static let ordinaryName = NameWord(rawValue: 1 << 2)
  static let plainAcronym = NameWord(rawValue: 1 << 3)
  static let given = NameWord(rawValue: 1 << 4)
  /// "Dr", "Senator": before a name, part of its span.
  static let title = NameWord(rawValue: 1 << 5)
  /// "founder", "spokesman": what people are.
  static let role = NameWord(rawValue: 1 << 6)
  /// Ends the name of an organisation.
  static let orgSuffix = NameWord(rawValue: 1 << 7)
  /// Begins one before "of" or "for".
  static let orgHead = NameWord(rawValue: 1 << 8)
  static let placeSuffix = NameWord(rawValue: 1 << 9)
  static let placePrefix = NameWord(rawValue: 1 << 10)
  static let demonym = NameWord(rawValue: 1 << 11)
  static let calendar = NameWord(rawValue: 1 << 12)
  /// People, and outlets, do it.
  static let speech = NameWord(rawValue: 1 << 13)
  /// Organisations do it.
  static let orgVerb = NameWord(rawValue: 1 << 14)
  /// "de", "van": inside a person's name.
  static let particle = NameWord(rawValue: 1 << 15)
  static let placePreposition = NameWord(rawValue: 1 << 16)
  /// "Pro", "Turbo": after a product's name.
  static let edition = NameWord(rawValue: 1 << 17)
  static let teamHead = NameWord(rawValue: 1 << 18)
  /// What an organisation has: "shares", "board".
  static let orgAsset = NameWord(rawValue: 1 << 19)
  /// What a product is: "chatbot", "phone".
  static let productNoun = NameWord(rawValue: 1 << 20)
  /// What an organisation is: "company", "startup".
  static let orgNoun = NameWord(rawValue: 1 << 21)
  /// "Mr", "Mrs": nothing but a title.
  static let honorific = NameWord(rawValue: 1 << 22)
  /// Only ever marks a legal form: "Inc", "GmbH".
  static let legalForm = NameWord(rawValue: 1 << 23)
  /// "chapter", "figure": what a number after it counts.
  static let numbered = NameWord(rawValue: 1 << 24)
  /// "Jr", "MD", after a person's name.
  static let postTitle = NameWord(rawValue: 1 << 25)

  /// Small in every headline style but sentence case.
  static let auxiliary = NameWord(rawValue: 1 << 26)

  static let surname = NameWord(rawValue: 1 << 27)
  /// A country or state, in one word.
  static let region = NameWord(rawValue: 1 << 28)
  /// "has", "won't": the finite verb that follows a subject.
  static let finite = NameWord(rawValue: 1 << 29)
  /// "abandons": what the one that has a name does, in the present.
  static let deed = NameWord(rawValue: 1 << 30)
  /// "the", "its": begins the object behind a verb.
  static let determiner = NameWord(rawValue: 1 << 31)

  static let lists: [(NameWord, [String])] = [
    (.function, CommonWords.function), (.common, CommonWords.open), (.ordinaryName, CommonWords.ordinaryNames),
    (.plainAcronym, CommonWords.plainAcronyms), (.given, GivenNames.all), (.surname, CommonWords.surnames), (.region, KnownPlaces.regions),
    (
      .honorific,
      wordList("mr mrs ms miss dr mx madam mme mlle m messrs herr frau monsieur madame señor señora signor sir dame lord lady rev prof")
    ),
    (
      .title,
      wordList(
        """
        mr mrs ms miss dr prof professor sir dame lord lady baron baroness count countess duke duchess prince princess king queen
        emperor empress tsar earl viscount marquis pope saint st rev reverend father brother sister bishop archbishop cardinal rabbi
        imam sheikh ayatollah president premier chancellor minister secretary senator sen rep representative congressman
        congresswoman governor gov mayor ambassador judge justice general gen colonel col major maj captain capt lieutenant lt
        sergeant sgt corporal admiral adm commander detective inspector sheriff attorney coach chairman chairwoman speaker master
        madam mme mlle herr frau mx hon vice prime deputy chief uncle aunt grandpa grandma auntie nurse doctor officer commissioner
        marshal councillor alderman dean provost principal comrade monsieur madame señor señora signor don doña
        """)
    ),
    (
      .role,
      wordList(
        """
        ceo cto cfo coo chief executive officer president vice-president chairman chairwoman chairperson chair founder cofounder
        co-founder director manager head lead leader boss partner owner investor analyst economist researcher scientist engineer
        developer designer architect professor lecturer spokesman spokeswoman spokesperson lawyer attorney judge prosecutor counsel
        adviser advisor consultant strategist reporter journalist editor columnist correspondent author writer blogger historian
        critic producer actor actress singer musician artist photographer filmmaker politician lawmaker legislator senator
        congressman congresswoman governor mayor minister secretary ambassador diplomat activist entrepreneur employee veteran
        expert physicist chemist biologist psychologist philosopher teacher student graduate candidate doctor physician surgeon
        nurse host coach player striker captain treasurer commissioner inventor pioneer creator wife husband son daughter brother
        sister father mother friend colleague cousin uncle aunt nephew niece boyfriend girlfriend widow
        """)
    ),
    (.legalForm, wordList("inc corp corporation ltd limited llc llp plc gmbh ag sa nv bv co oy ab as kk pty spa srl sarl se lp pbc")),
    (
      .orgSuffix,
      wordList(
        """
        inc corp corporation ltd limited llc llp plc gmbh co company companies group holdings labs lab laboratory laboratories
        institute institution university college school academy ministry department agency commission committee council bank
        association foundation society party court office bureau union church cathedral museum hospital clinic police army navy
        guard times post journal news herald tribune gazette chronicle globe telegraph observer review magazine technologies
        technology systems networks software semiconductor semiconductors partners capital ventures airlines airways motors energy
        pharmaceuticals therapeutics studios studio pictures records entertainment media press club league federation organization
        organisation authority administration board service services trust fund alliance coalition consortium network exchange
        industries electronics communications telecom mobile robotics biosciences biotech sciences solutions analytics interactive
        games bancorp financial insurance mutual healthcare health foods stores oil chemical chemicals instruments resources
        enterprises associates securities savings realty properties logistics aerospace aviation automotive genomics diagnostics
        pharma wireless broadcasting publishing productions consulting advisors investments cellular fuels mining railway railroad
        brothers brewery restaurant restaurants hotel hotels library senate parliament congress assembly house cabinet embassy
        government centre center initiative project campaign team orchestra theatre theater band conference congregation corps
        command force forces division unit branch staff faculty tribunal secretariat inspectorate directorate mission
        """)
    ),
    (
      .orgHead,
      wordList(
        """
        university college school institute department ministry office bank board bureau council court chamber house church academy
        association society division center centre federation union organization organisation fund league museum library commission
        committee agency authority faculty knights sons daughters friends order brotherhood party army bar secretariat conference
        congress campaign coalition alliance partnership foundation hospital
        """)
    ),
    (
      .placeSuffix,
      wordList(
        """
        river lake lakes mountain mountains island islands isle street avenue road boulevard lane drive highway valley bay ocean sea
        county city town village beach park airport bridge square hill hills desert peninsula province state coast canyon forest
        harbor harbour station district cape creek falls gulf strait channel plateau plains basin reef glacier volcano peak ridge
        canal port castle palace tower gate heights gardens plaza stadium arena cemetery region territory prefecture oblast
        municipality borough quarter terminal mall temple ave blvd rd building hall monument empire kingdom archipelago mainland
        """)
    ),
    (
      .placePrefix,
      wordList(
        """
        mount mt lake port fort cape san santa santo são saint los las el isle bay gulf city town province county municipality
        state kingdom republic strait island
        """
      )
    ),
    (
      .demonym,
      wordList(
        """
        american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss austrian swedish
        norwegian danish finnish icelandic polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian
        belarusian estonian latvian lithuanian serbian croatian bosnian albanian georgian armenian israeli palestinian arab arabic
        egyptian syrian iraqi iranian saudi kuwaiti afghan pakistani indian bangladeshi chinese japanese korean taiwanese vietnamese
        thai indonesian malaysian filipino singaporean australian canadian mexican brazilian argentine argentinian chilean colombian
        venezuelan peruvian cuban african nigerian kenyan ethiopian moroccan algerian tunisian libyan european asian western eastern
        northern southern jewish muslim christian catholic protestant orthodox buddhist hindu islamic soviet roman latin anglo
        african-american republican democratic democrat republicans democrats californian texan parisian londoner victorian
        renaissance gothic olympic bolshevik marxist keynesian nazi communist americans britons germans italians russians ukrainians
        israelis palestinians arabs canadians mexicans australians europeans africans asians christians muslims jews catholics
        protestants buddhists hindus indians greeks romans turks poles swedes danes
        """)
    ),
    (
      .calendar,
      wordList(
        """
        january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept
        oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun mondays
        tuesdays wednesdays thursdays fridays saturdays sundays christmas easter thanksgiving halloween ramadan hanukkah est pst edt
        pdt gmt utc cet
        """)
    ),
    (
      .speech,
      wordList(
        """
        said says say told tells added adds wrote writes noted notes argued argues claimed claims explained explains replied asked
        asks warned warns insisted insists acknowledged acknowledges admitted admits recalled recalls tweeted posted declined
        responded complained quipped joked thinks thought believes believed hopes feels felt knows knew wants wanted remembers
        laughed smiled nodded shouted whispered muttered sighed stared walked looked turned sat stood grinned shrugged resigned
        joined quit retired died testified studied born
        """)
    ),
    (
      .orgVerb,
      wordList(
        """
        announced announces launched launches released releases unveiled unveils introduced acquired acquires bought buys sold sells
        hired hires fired laid reported reports raised raises plans planned invested invests filed files posted disclosed confirmed
        denied declined reached agreed sued settled employs employed operates operated manufactures makes offers offered competes
        expanded shipped ships shut cut cuts spends spent earned lost owns owned merged partnered licensed charged fined approved
        ruled voted
        """)
    ),
    (.particle, wordList("de da do dos das du del della der den van von la le el al bin ibn ben di y e ter ten zu zum af av")),
    (
      .placePreposition,
      wordList("in near throughout across outside inside around to from visit visiting via toward towards at through into")
    ),
    (
      .edition,
      wordList(
        """
        pro max ultra turbo mini nano plus lite flash air preview beta alpha instruct chat vision code large medium small xl se ti
        super edition opus sonnet haiku
        """
      )
    ),
    (.teamHead, wordList("team division unit lab group department arm studio office organization desk squad")),
    (
      .orgAsset,
      wordList(
        """
        ceo cfo cto chief chairman board shares stock shareholders investors employees staff workforce headquarters revenue profit
        profits earnings sales customers products product services platform app apps model models chips engineers researchers
        executives founder founders founding cofounder business division unit subsidiary parent strategy spokesman spokeswoman
        spokesperson lawyers campus office offices factory plant store stores decision plans plan announcement acquisition investment
        valuation market competitors rivals backers lab labs team
        """)
    ),
    (
      .productNoun,
      wordList(
        """
        chatbot assistant model models app apps phone smartphone tablet laptop browser console chip chips processor processors
        software platform headset series sedan suv rocket jet drone robot engine service framework api library toolkit game update
        suite line
        """)
    ),
    (
      .orgNoun,
      wordList(
        """
        company startup start-up firm corporation lab laboratory manufacturer maker chipmaker automaker retailer bank giant agency
        newspaper magazine developer provider publisher studio airline carrier university charity nonprofit group organization
        think-tank institute
        """
      )
    ),
    (
      .numbered,
      wordList(
        """
        chapter figure fig table section part article title case tab page phase step volume vol no number category appendix act item
        episode season round level grade class unit room floor route highway interstate exit platform gate track line psalm day week
        month year verse lesson question exhibit clause amendment equation eq ref box note schedule form rule paragraph lines type
        group game war
        """)
    ),
    (.auxiliary, wordList("is was are were be been has have had will would can could that which who does did it he she they we you i")),
    (
      .finite,
      wordList(
        """
        is was has had will would can could may might must should does did cannot isn't wasn't hasn't hadn't won't wouldn't can't
        couldn't shouldn't doesn't didn't
        """)
    ),
    (
      .deed,
      wordList(
        """
        abandons accelerates adopts aims allows appoints asks backs bans becomes begins blocks boosts brings builds cancels closes commits
        confirms considers continues delays delivers denies drops eliminates ends enters expands expects explores faces fails fights
        finds fires gets gives goes halts intends invites joins keeps leads leaves loses makes moves names needs opens orders overhauls
        pauses pays pledges postpones prepares promises publishes pulls pushes puts receives refuses rejects removes replaces restarts
        resumes retires reveals rolls scraps seeks shelves shifts shuts signs slashes starts stops sues suspends takes targets teases
        tests trains trims tries wants wins withdraws
        """)
    ),
    (.determiner, wordList("the a an this that these those its his her their our all another every no some any more")),
    (.postTitle, wordList("jr sr ii iii iv md phd esq qc kc sc fellow mp mep cbe obe kbe dds jd mba")),
  ]

  /// Legal forms that are written with points.
  static let dottedForms: Set<String> = ["NV", "SA", "AG", "BV", "LP", "AB", "SE", "NA", "LLC", "PLC", "LLP", "SPA"]

  /// Endings of words that are made from others.
  static let derivations: [[UInt8]] = ["ing", "ed", "ly", "tion", "sion", "ment", "ness", "ity", "ism", "ful", "less"].map {
    Array($0.utf8)
  }

  static let vocabulary: [String] = lists.flatMap(\.1) + NameWordIDs.vocabulary

  static func table(_ lexicon: Lexicon) -> WordTable<NameWord> {
    var table = WordTable<NameWord>(lexicon, default: [])
    for (flag, list) in lists {
      for word in list {
        let id = lexicon.id(word)
        if id != .unknown { table[id].insert(flag) }
      }
    }
    return table
  }
}
