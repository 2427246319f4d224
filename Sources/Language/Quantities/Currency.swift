/// A currency or coin.
struct Currency: Sendable {
  /// ISO 4217; empty for coins and for names that several countries' currencies share.
  var code: String
  /// For people, singular ("dollar", "swiss franc").
  var name: String
  /// Of how many of these a whole unit consists: 100 for a cent.
  var parts: Double = 1

  /// What a mention's value calls it.
  var valueName: String { code.isEmpty ? name : code }
}

/// Every way a currency is written, as phrases before ("US$", "Rs.") or after ("million yen") a number.
struct CurrencyTable: Sendable {
  let currencies: [Currency]
  let before: PhraseTable<UInt16>
  let after: PhraseTable<UInt16>
  /// Names that may also stand before the number ("ringgit 42"), by their last word.
  let named: PhraseTable<UInt16>
  /// Per word, the currency whose ISO code it is, plus one.
  let codes: WordTable<UInt16>
  /// Per word like "MEUR", the currency plus one.
  let millions: WordTable<UInt16>
  let indexOfUSD: UInt16
  let isWordlike: WordTable<Bool>

  init(_ lexicon: Lexicon) {
    var currencies: [Currency] = []
    var before: [(String, UInt16)] = []
    var after: [(String, UInt16)] = []
    var codes = WordTable<UInt16>(lexicon, default: 0)
    var millions = WordTable<UInt16>(lexicon, default: 0)
    for row in CurrencyTable.rows {
      let index = UInt16(currencies.count)
      currencies.append(Currency(code: row.code, name: row.name, parts: row.parts))
      for phrase in row.signs + row.qualifiedSigns {
        before.append((phrase, index))
        after.append((phrase, index))
      }
      for phrase in row.names { after.append((phrase, index)) }
      if !row.code.isEmpty {
        codes[lexicon.id(row.code)] = index + 1
        millions[lexicon.id("m" + row.code)] = index + 1
      }
    }
    var isWordlike = WordTable(lexicon, default: false)
    for word in CurrencyTable.wordlike.split(separator: " ") { isWordlike[lexicon.id(String(word))] = true }
    isWordlike[.unknown] = false
    self.isWordlike = isWordlike
    self.currencies = currencies
    self.codes = codes
    self.millions = millions
    self.before = PhraseTable(lexicon, before, backwards: true)
    self.after = PhraseTable(lexicon, after)
    let single = after.filter { !CurrencyTable.ambiguous.contains($0.0) && $0.0.utf8.count > 2 }
    named = PhraseTable(lexicon, single, backwards: true)
    indexOfUSD = UInt16(currencies.firstIndex { $0.code == "USD" } ?? 0)
  }

  /// Whether "a" before the name means one of it; a "yen" or a "pound" may be something else.
  func isCountable(_ index: UInt16) -> Bool {
    let currency = currencies[Int(index)]
    return ["USD", "EUR", "INR"].contains(currency.code) || currency.name == "cent"
  }

  static var vocabulary: [String] {
    var words: [String] = []
    for row in rows {
      for phrase in row.signs + row.qualifiedSigns + row.names { words += phrase.split(separator: " ").map(String.init) }
      if !row.code.isEmpty { words += [row.code, "m" + row.code] }
    }
    return words
  }

  /// Codes that are also English words or common abbreviations; read as money only after a number and in capitals.
  private static let wordlike = "all try top cup mad pen sos gel ron bob cop amd bam lak ang nio mop sol mur sar mop cad php"

  /// Names that are too often something else to be read before a number.
  private static let ambiguous: Set<String> = [
    "won", "p", "mark", "marks", "euro", "euros", "nickel", "nickels", "dime", "quid", "buck", "rand", "kina", "real", "rs",
  ]

  /// Last words of names that several currencies share, or that mean something else.
  private static let shared: Set<String> = Set(
    """
    dollar sterling yen yuan franc peso rupee dong won krona krone koruna lev leu real dinar riyal rial pound dirham rand shilling sol boliviano ruble
    lira som denar mark unit colón escudo guarani leone kina kip dram kina florin loti tala lek manat
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))

  private static let coins: Set<String> = [
    "cent", "pence", "penny", "sen", "paisa", "kopeck", "centime", "centavo", "fen", "kobo", "grosz", "øre", "rappen", "haléř", "fillér",
    "stotinka", "lipa", "agora", "kuruş", "piastre", "halala", "pesewa", "tambala", "ngwee", "thebe", "poisha", "pya", "centesimo",
    "céntimo",
    "bani", "tetri", "kopiyka", "satang",
  ]

  struct Row {
    var code: String
    var name: String
    var parts = 1.0
    var signs: [String]
    var names: [String]

    /// "australian $", "egyptian £": the country before the sign that its currency shares with others.
    var qualifiedSigns: [String] {
      guard let last = name.lastIndex(of: " "), let sign = ["dollar": "$", "pound": "£"][String(name[name.index(after: last)...])] else {
        return code == "USD" ? ["united states $", "american $"] : code == "GBP" ? ["british £"] : []
      }
      return [name[..<last] + " " + sign]
    }
  }

  /// code; name; signs and words that may stand before or after; words that stand after. A name's plural is added where it is regular.
  static let rows: [Row] = """
    USD;dollar;$,us $,usd $,u . s . $,u . s $,us dollar;us dollar,u . s . dollar,american dollar,united states dollar,buck
    EUR;euro;€;euros
    GBP;pound sterling;£,gb £,uk £,ps;pounds sterling,sterling,british pound,quid
    JPY;japanese yen;jp ¥,y =;yen
    CNY;chinese yuan;cn ¥,rmb,rmb ¥;yuan,renminbi,chinese renminbi,rmb
    JPY;japanese yen;¥,￥;
    AUD;australian dollar;a $,au $,aus $,aud $;
    CAD;canadian dollar;c $,ca $,can $,cdn $,cad $;
    NZD;new zealand dollar;nz $;
    HKD;hong kong dollar;hk $;
    TWD;new taiwan dollar;nt $,ntd,tw $;taiwan dollar,taiwanese dollar,nt dollar
    SGD;singapore dollar;s $,sg $,sgd $;singaporean dollar
    MXN;mexican peso;mx $,mex $;
    BRL;brazilian real;r $;brazilian reais,reais
    CHF;swiss franc;sfr;
    INR;indian rupee;rs,rs .,₹,inr rs;rupee,rs
    PKR;pakistani rupee;;
    LKR;sri lankan rupee;;
    NPR;nepalese rupee;;
    IDR;indonesian rupiah;rp,rp .;rupiah
    MYR;malaysian ringgit;rm;ringgit,ringgits
    THB;thai baht;฿;baht
    VND;vietnamese dong;₫;dong
    PHP;philippine peso;₱;
    KRW;south korean won;₩,￦;korean won,won
    SEK;swedish krona;skr;swedish kronor,swedish kronas,swedish crowns,kronor
    NOK;norwegian krone;nkr;norwegian kroner,norwegian kronor,norwegian crowns
    DKK;danish krone;dkr;danish kroner,danish crowns
    ISK;icelandic krona;;icelandic kronur,icelandic króna
    PLN;polish zloty;zł;zloty,zlotys,zł
    CZK;czech koruna;;czech koruny,czech crowns
    HUF;hungarian forint;;forint
    RON;romanian leu;;romanian lei,lei
    BGN;bulgarian lev;;bulgarian leva,leva
    RUB;russian ruble;₽;ruble,rouble,russian rouble
    UAH;ukrainian hryvnia;₴;hryvnia,hryvnias
    TRY;turkish lira;₺;tl
    ILS;shekel;₪,nis;israeli shekel,sheqel,new shekel,israeli new shekel
    AED;uae dirham;dh,dhs;emirati dirham,dirham
    SAR;saudi riyal;;saudi arabian riyal
    QAR;qatari riyal;;
    OMR;omani rial;;
    YER;yemeni rial;;
    IRR;iranian rial;;
    KWD;kuwaiti dinar;;
    BHD;bahraini dinar;;
    JOD;jordanian dinar;;
    IQD;iraqi dinar;;
    RSD;serbian dinar;;
    DZD;algerian dinar;;
    TND;tunisian dinar;;
    LBP;lebanese pound;;lebanese lira
    SYP;syrian pound;;
    EGP;egyptian pound;e £;genihat masriya
    MAD;moroccan dirham;;
    ZAR;south african rand;;rand
    NGN;nigerian naira;₦;naira
    KES;kenyan shilling;ksh,kshs;
    UGX;ugandan shilling;ush;
    TZS;tanzanian shilling;tsh;
    GHS;ghanaian cedi;gh ₵,₵;cedi
    ETB;ethiopian birr;;birr
    ARS;argentine peso;;argentinian peso
    CLP;chilean peso;;
    COP;colombian peso;;
    UYU;uruguayan peso;;
    DOP;dominican peso;;
    CUP;cuban peso;;
    PEN;peruvian sol;;peruvian nuevo sol
    BOB;bolivian boliviano;;
    CRC;costa rican colón;₡;costa rican colon,costa rican colones
    JMD;jamaican dollar;j $;
    TTD;trinidad and tobago dollar;tt $;
    BBD;barbados dollar;;
    BSD;bahamian dollar;;
    BZD;belize dollar;;
    FJD;fiji dollar;;
    NAD;namibian dollar;;
    BND;brunei dollar;;
    KZT;kazakhstani tenge;₸;tenge
    UZS;uzbekistani som;;
    GEL;georgian lari;₾;lari
    AMD;armenian dram;;
    AZN;azerbaijani manat;₼;
    BDT;bangladeshi taka;৳;taka
    MMK;myanmar kyat;;kyat
    KHR;cambodian riel;៛;riel
    LAK;lao kip;₭;
    MNT;mongolian tugrik;₮;tugrik
    MOP;macanese pataca;mop $;pataca
    XAF;central african cfa franc;;
    XOF;west african cfa franc;;cfa franc
    MUR;mauritian rupee;;
    ZMW;zambian kwacha;;
    MWK;malawian kwacha;;
    ALL;albanian lek;;
    BAM;bosnian mark;;convertible mark,bosnian convertible mark,bosnia and herzegovina convertible mark
    COU;colombian real value unit;;
    CUC;cuban convertible peso;;
    FKP;falkland islands pound;;falkland island pound
    GGP;guernsey pound;;
    GIP;gibraltar pound;;
    IMP;manx pound;;
    JEP;jersey pound;;
    KMF;comorian franc;;comoros franc
    LTL;lithuanian litas;;litas
    LVL;latvian lats;;lats
    EEK;estonian kroon;;kroon,kroons
    MRO;old mauritanian ouguiya;;
    SHP;saint helena pound;;
    SKK;slovak koruna;;slovak koruny,slovak crowns
    SOS;somali shilling;;
    SSP;south sudanese pound;;
    STN;são tomé dobra;;dobra
    SVC;salvadoran colón;;salvadoran colon,salvadoran colones
    TOP;tongan pa ' anga;;pa ' anga
    TVD;tuvaluan dollar;;
    VUV;vanuatu vatu;;vatu
    XPF;cfp franc;;
    ;bitcoin;₿;bitcoin,btc
    ;ether;;ether,eth
    ;cent;¢;cent,us cent,pennies,c
    ;penny;;pence,penny,p
    ;dime;;dime
    ;nickel;;nickel
    ;franc;ffr,bfr;franc,french franc,belgian franc
    ;mark;dm;deutsche mark,german mark,west german mark,d - mark,deutschmark
    ;finnish markka;;finnish markka,finnish markkas,markka
    ;netherlands guilder;;guilder,dutch guilder,netherlands guilder
    ;lira;;lira,lire,italian lira,italian lire
    ;peseta;;peseta,spanish peseta
    ;escudo;;escudo,portuguese escudo
    ;drachma;;drachma
    ;krona;;krona
    ;krone;;krone,kroner
    ;koruna;;koruna
    ;peso;;peso
    ;rial;;rial
    ;riyal;;riyal
    ;dinar;;dinar
    ;shilling;;shilling
    AFN;afghan afghani;;
    AOA;angolan kwanza;;
    AWG;aruban florin;;
    BIF;burundian franc;;
    BMD;bermudian dollar;;bermuda dollar
    BTN;bhutanese ngultrum;;ngultrum
    BWP;botswana pula;;
    BYN;belarusian ruble;;belarusian rouble
    CDF;congolese franc;;
    CVE;cape verdean escudo;;
    DJF;djiboutian franc;;
    ERN;eritrean nakfa;;
    GMD;gambian dalasi;;
    GNF;guinean franc;;
    GTQ;guatemalan quetzal;;quetzal
    GYD;guyanese dollar;;
    HNL;honduran lempira;;lempira
    HRK;croatian kuna;;
    HTG;haitian gourde;;
    KGS;kyrgyzstani som;;
    KPW;north korean won;;
    KYD;cayman islands dollar;;
    LRD;liberian dollar;;
    LSL;lesotho loti;;
    LYD;libyan dinar;;
    MDL;moldovan leu;;
    MGA;malagasy ariary;;ariary
    MKD;macedonian denar;;denar
    MRU;mauritanian ouguiya;;
    MVR;maldivian rufiyaa;;rufiyaa
    MZN;mozambican metical;;
    NIO;nicaraguan cordoba;;
    PAB;panamanian balboa;;balboa
    PGK;papua new guinean kina;;kina
    PYG;paraguayan guarani;;
    RWF;rwandan franc;;
    SBD;solomon islands dollar;;
    SCR;seychellois rupee;;
    SDG;sudanese pound;;
    SLL;sierra leonean leone;;
    SRD;surinamese dollar;;
    SZL;swazi lilangeni;;
    TJS;tajikistani somoni;;
    TMT;turkmenistani manat;;
    VES;venezuelan bolívar;;bolívar,venezuelan bolivar,bolivares
    WST;samoan tala;;
    XCD;east caribbean dollar;;
    ZWL;zimbabwean dollar;;
    ;sen;;sen
    ;paisa;;paisa,paise
    ;kopeck;;kopeck,kopek
    ;centime;;centime
    ;centavo;;centavo
    ;fils;;fils
    ;satang;;satang
    ;fen;;fen
    ;jiao;;jiao
    ;kobo;;kobo
    ;grosz;;grosz,groszy,grosze
    ;øre;;øre,öre
    ;rappen;;rappen
    ;haléř;;haléř,haler,halere
    ;fillér;;fillér
    ;stotinka;;stotinka,stotinki
    ;lipa;;lipa
    ;agora;;agora,agorot
    ;kuruş;;kuruş,kurus
    ;piastre;;piastre,piaster
    ;halala;;halala
    ;pesewa;;pesewa
    ;tambala;;tambala
    ;ngwee;;ngwee
    ;thebe;;thebe
    ;poisha;;poisha
    ;pya;;pya
    ;centesimo;;centesimo,centésimo
    ;céntimo;;céntimo,centimo
    ;millime;;millime
    ;bani;;bani
    ;tetri;;tetri
    ;kopiyka;;kopiyka,kopiykas
    """.split(separator: "\n").map { line in
      let fields = line.split(separator: ";", omittingEmptySubsequences: false).map { $0.split(separator: ",").map(String.init) }
      let name = fields[1].first ?? ""
      let code = fields[0].first ?? ""
      // A coin's own name is listed among the names; a currency's full name always counts.
      let own = name.split(separator: " ").last.map(String.init) ?? ""
      let names = (code.isEmpty ? [] : shared.contains(own) ? [name] : [name, own]) + fields[3]
      // A country may stand for its adjective ("malaysia ringgit").
      let countries = names.filter { $0.contains("an ") }.map { $0.split(separator: "an ", maxSplits: 1).joined(separator: "a ") }
      let plurals = (names + countries).filter { !$0.hasSuffix("s") && $0.count > 2 }.map { $0 + "s" }
      return Row(
        code: code, name: name, parts: coins.contains(name) ? 100 : 1, signs: fields[2], names: names + countries + plurals)
    }
}
