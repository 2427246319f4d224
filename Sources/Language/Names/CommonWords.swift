/// Words that begin sentences and headings without being names.
///
/// Not every English word: a capital at a sentence's start is also read against the document itself (`NameFinder`), where the same word in
/// lower case says more than any list.
enum CommonWords {
  /// Articles, pronouns, prepositions, conjunctions, auxiliaries and the like: never part of a name at its edge.
  static let function = wordList(
    """
    a an the this that these those i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
    myself yourself himself herself itself ourselves themselves one ones who whom whose which what whatever whoever whichever where when
    why how whether if unless until till while as although though because since before after once so than then and or but nor yet for of
    in on at by to from with without within into onto upon about above across against along amid among around behind below beneath
    beside besides between beyond despite down during except inside like near off out outside over past per regarding through throughout
    toward towards under underneath unlike up via versus vs is are was were be been being am has have had having do does did doing will
    would shall should may might must can could cannot ought not no yes never always also too very just even only still already again
    ever rather quite both either neither each every all any some many much more most few fewer less least several such same other
    others another own here there now today yesterday tomorrow tonight however therefore thus hence moreover furthermore meanwhile
    otherwise instead indeed perhaps maybe i'm i've i'll i'd it's that's there's he's she's we're we've we'll they're they've you're
    you've don't doesn't didn't isn't aren't wasn't weren't won't can't couldn't wouldn't shouldn't haven't hasn't hadn't let's what's
    who's here's where's how's what'd where'd who'd how'd why'd that'd you'd he'd she'd we'd they'd it'd oh ah uh um er hmm hey hi hello
    ok okay yeah yep nope well wow please thanks sorry dear etc et al ie eg re ps pm bc ad ce bce
    """)

  /// Open-class words.
  static let open = wordList(
    """
    ability able fax tel earl viscount duke secretary senator governor bishop academic access according account accounts act action
    actions active activity actual actually add added adding addition additional additionally adult adults advice affairs afternoon age
    agency agents ago agreement ahead air alert alive allow almost alone alternatively amazing american amount analysis analysts ancient
    animal animals announcing annual answer answers anyone anything anyway apart apparently appeal applications apply approach april
    archive area areas argument arguably army art article articles artificial asian ask asked asking aspects assembly assume attention
    august aunt author authors autumn available average avoid away baby back background bad balance ball bank base based basic basically
    basis beach bear beautiful beauty become becoming bed beginning behaviour best better big bigger biggest bill birth bit black blood
    blue board boat body bold book books born boss bottom box boy boys brain brand break breaking breakfast bridge brief briefly bright
    bring british broad brother brown budget build building buildings built bus business businesses busy buy call called calling calls
    campaign cancer capital car card care career careful carefully cars case cases cash cat catch category cause caution cells center
    central centre century certain certainly chair challenge challenges chance change changes changing chapter character charge cheap
    check chemical chief child children china chinese choice choose christmas church circle cities citing citizens city civil claim
    claims class classes classic clean clear clearly click climate clinical close closed clothes cloud club coach coast code coffee cold
    collection college color come comes coming comment comments commission common community companies company compare compared
    competition complete completely computer computers computing concern concerns conclusion condition conditions conference
    congratulations congress connect consider considering constitution contact content contents context continue continued contrast
    control conventional conversation convert cook cool copy copyright core corporate correct cost costs council count countries country
    couple courage course court cover create created creating credit crime criminal crisis critical critics cross crowd cultural culture
    current currently cut cutting daily damage dance dangerous dark data date daughter day days deal death debate decades december
    decide decided decision decisions deep defense definitely definition degree delivery demand department depending describe design
    despite detail details develop developers developing development diet difference different difficult digital dinner direct direction
    director discover discuss discussion disease distance district division doctor doctors documents dog dogs door double doubt downtown
    dozens dr draw dream drink drive driven driving drop drug drugs dry due earlier early earth east eastern easy eat economic economics
    economists economy edge editor education effect effective effects effort efforts eight eighteen election electric electronic element
    elements eleven email emergency employees empty enable end ended energy engineers english enjoy enough ensure enter entertainment
    entire entirely entrance environment environmental equal especially essay essential established ethics europe european evening event
    events eventually everybody everyone everything evidence exactly examine example examples excellent exchange exciting executive
    executives exercise expand expect experience experiment experts explain explore exposure express external extra eye eyes face faced
    facing fact factors facts failure fair fall familiar families family famous fans far farm farmers fashion fast father fear features
    february federal feeding feel feeling feelings fees feet fellow female festival fewer field fifteen fifth fifty fight figure figures
    file fill film films final finally finance financial find finding findings fine finish finished fire firms first fish fishing five
    fix flight floor flow focus folks follow followed following follows food foods fool foot football force forces foreign forest forget
    form former formerly fortunately forty forward found foundation founded four fourteen fourth frame free freedom french fresh friday
    friend friends front full fully fun function fundamental funding funny further future gain game games garden gas gather gathering
    general generally generation gentlemen german get gets getting gift girl girls give given gives giving glass global go goal goals
    god goes going gold gone good goods government governments great greater green ground group groups grow growing growth guess guest
    guidance guide guys hair half hand hands hang happen happened happens happily happy hard hardly head headed heading health healthy
    hear heard hearing heart heat heavy held help helping herein hidden high higher highest highlights highly hill history hit hold
    holding holiday home homes honest honestly honor hope hopefully horse hospital hospitals hot hotel hotels hour hours house
    households housing huge human humans hundreds hunting husband ice idea ideas identify ignore image images imagine immediately impact
    implementation important impressive improve inc include included includes including income increase increased increasing
    increasingly incredible independent india indian individual individuals industrial industry inflation information initial initially
    innovation inspired instructions insurance intelligence interest interesting interestingly internal international internet interview
    introduced introducing introduction invest investigators investment investors involved iron island islands issue issues items
    january japanese job jobs join joint journal journalists journey judge july jump june junior justice keep keeping key kids kill
    killed kind kinds king kings kitchen know knowing knowledge known labor lack ladies lady lake land language languages large largely
    larger largest last late lately later latest latin law laws lawyers lay lead leaders leadership leading learn learned learning leave
    leaving lectures left legal legend lesson lessons let letter letters letting level levels library lies life light likely likewise
    limit limited line lines list listen literally literature little live lives living loan local located location long longer look
    looked looking looks lord lose losing loss lost lots loud love lovely low lower lucky lunch machine machines magic mail main mainly
    major make makes making male man management manager managers managing map maps march mark market marketing markets married mass
    massive master match material materials math matter matters maximum mayor meal mean meaning means measure measures meat media
    medical medicine medium meet meeting member members memories memory men mental mention merely message messages met metal method
    methods middle military mind mine minimum minister minor minute minutes miss missing mission mix mobile model models modern modest
    mom moment monday money month monthly months moon morning mostly mother mount mountain mouth move moved movement movie movies moving
    mr mrs ms multiple museum music musical mutual name named names narrow nation national nations natural naturally nature nearby
    nearly necessary need needs negative neighborhood network networks new newly news newspaper next nice night nine nineteen ninety
    nobody noise none nor normal normally north northern note notes nothing notice notwithstanding novel november nowadays nowhere
    nuclear number numbers numerous nurses object objects objective observers obvious obviously occasionally ocean october odd offers
    office officer officers official officials often oil old older olympic onions online open opened opening operation operations
    opinion opinions opportunities opposite option options oral orange order orders ordinary organic organization organizations original
    originally outcomes overall overview owner owners page pages paid pain paint painting pair palace paper papers parents park part
    participants particular particularly parties partly partner partners parts party pass passed passing patients patterns pay paying
    payment peace pending people percent perfect performance period permanent permission person personal personally perspective phase
    phone photo photos photographs phrase physical physicians physics pick picture pictures piece pieces place places plan planet
    planned planning plans plant plants play player players playing plenty plus poetry point points poland police policies policy
    political politicians politics poor pop popular population position positive possible possibly post potential poverty power powerful
    practical practically practice pre preparation prepare prepared presence present presented presents president press pressure
    presumably pretty prevent previous previously price prices primary prime princess principal principles print prior private probably
    problem problems procedure process produced producers product production products professional professor profits program programs
    progress project projects promise proof proper properly property proposal proposed protect protection proud proved prove provide
    provided providing public publication publications published publishers pull purchase pure purpose push put putting quality quarter
    queen question questions quick quickly quiet race radio rain raise raised raising range rare rarely rate rates raw reach reaching
    reaction read reader readers reading ready real reality realize really reason reasons recall receive received recent recently
    recognition recommend record records recovery red reduce reduced reference references reform regardless region regional register
    registration regular regularly regulation regulators related relations relationship relationships relative relatively release
    released relevant religion religious remarkable remember remove removing repeat repeated replace report reported reportedly
    reporters reporting reports representatives republic request requests require required requirements requires rescue research
    researchers reserve residents resolution resolved resources respect response responses responsible rest restaurant restaurants
    result resulting results retail return returning returns reveal review reviews rich ride right rights ring rise rising risk risks
    river road rock role roles room rooms roughly round row royal rule rules rumors run running rural russian sadly safe safety said
    salary sale sales salt sample samples satellite saturday save saving say saying says scale scene schedule scholars school schools
    science scientific scientists scope score scores screen sea search season second secondly secret section sections security see
    seeing seek seem seemingly seems seen selected selection self sell selling senate send senior sense sent sentence separate september
    series serious seriously serve server service services session set sets setting settlement seven seventeen seventy several sex shape
    share shared shareholders shares sharp shift ship ships shop shopping short shortly shot show showing shown shows side sides sign
    signal significant signs similar similarly simple simply sing single sir sister sisters sit sites situation six sixteen sixty size
    skills skin skip sky sleep slow slowly small smaller smart smile smith smoke smoking snow social society soft software soil soldiers
    sold solid solution some somebody somehow someone something sometimes somewhat somewhere son song soon sort sound sounds soup source
    sources south southern space spanish speak speaker speakers speaking special specific specifically speech speed spend spending
    spirit spoken spokesman sport sports spread spring square stable staff stage stand standard standards standing star stars start
    started starting startups state stated statement statements states station statistics status stay staying steady steel step steps
    stick stock stocks stone stop stopped stopping store stores storm story straight strange strategies strategy street strength stress
    strict strong structure struggling student students studies studio study style subject subscribe subsequent subsequently success
    successful sudden suddenly sugar suggest suggestions summary summer sun sunday super supply support supporters supporting suppose
    sure surely surface surgery surprise surprising surprisingly survey surveys survival suspect sweet switch symptoms system systems
    table take taken takes taking tale talk talking talks tap target task tasks tax taxes tea teach teacher teachers teaching team teams
    technical technically technique technology tell telling temperature ten tend term terms terrible territory test testing tests text
    thank thanksgiving theory thing things think thinking third thirteen thirty thompson thoroughly thought thoughts thousand thousands
    threat threatened three throw thursday ticket tickets tight time times tip tips tired title together told ton took tool tools top
    topic topics total totally touch tough tour tourism tourists town track trade traders trading tradition traditional traditionally
    traffic train training transfer transition translation transport transportation travel travelers treat treatment treatments tree
    trees trial trip trouble truck true truly trust truth try trying tuesday turn turned turning turns twelve twenty twice twin two type
    types typical typically ultimately uncle understand understanding undoubtedly unfortunately unique unit united units university
    unknown unless unlikely update updated updates urban use used useful user users uses using usual usually valley value values van
    variety various vehicle vehicles version versions vice victims video videos view views village violence virtual virtually vision
    visit visiting visitors visual vital voice volume vote voters wage wages wait waiting wake walk walking wall want wanted wants war
    warm warning warnings wash watch watching water ways wealth weapons wear wearing weather web website wedding wednesday week weekend
    weekends weekly weeks weight weird welcome went west western wet whatever wherever whilst white whole wholesale wide widely wife
    wild wildlife willing win wind window wine winner winning winter wise wish woman women wonder wonderful wood word words work worked
    worker workers working works world worldwide worried worry worse worst worth worthy write writer writers writing written wrong wrote
    year years yellow young younger youth zero zone abstract acknowledgements announcements appendix attendance award awards biography
    chapters citation credits edit editors etymology featured footnotes gallery keywords legacy plot posted reception tags sightseeing
    cope respond respondents petitioners applicants counsel
    license licence licensing attribution releases changelog takeaway adopting launching slug postmortem roadmap milestone milestones
    footnote disclaimer newsletter webinar podcast episode login signup checkout download downloads upload upgrade deprecated deprecation
    removed fixed changed improved feature bugfix bugfixes contributors maintainers sponsors thanks glossary faq docs documentation
    tutorial quickstart install installation usage configuration settings dependencies benchmark benchmarks leaderboard dataset datasets
    weights checkpoint checkpoints
    """)

  /// Surnames that are ordinary words too: behind a given name they are surnames.
  static let surnames = wordList(
    """
    smith brown young king green white black hill wood woods stone cook baker fisher hunter page price rice rose long short small field
    fields lane park parks bush west north day may march bell banks best bond booth church cole cross dean ford fox gates grant gray
    hall hand hood house hunt jobs judge knight law little love major marsh mason mills moon moss noble palmer parker pope power powers
    reed rich rivers rock sharp snow steel story strong swift sweet taylor temple walker wall ward waters weeks wells wise worth potter
    porter carter cooper turner miller butler shepherd singer archer chandler barber bishop blood bloom book bridges brook brooks bull
    burns castle chase childs christian clay cotton crane cruz drake drew duke early east english fall farmer finch fish flowers fly
    forest foster frank freeman french frost gold golden good goode gore graves hawkins hay head heard holiday holmes holly hope horn
    howe ireland joy kitchen lamb land light london lord lott lynch mann marks marshall masters meadows mercer merchant merry money
    moody nail nash newman night outlaw pace paine penn pike pitt plant plum post pride prince pryor quick raven ray read rector reeves
    ring roads root rush russ sage sands savage sawyer self shade silver skinner slaughter song sparks speed spring star stark storm
    street summers tate thomas tower trump tree trout underwood valentine vice wade wake walls warren washington weaver webster weiss
    wild winter winters wolf wolfe wright york zimmer
    """)

  /// Names that are ordinary words too: as single words they need a capital and a reason.
  static let ordinaryNames = wordList(
    """
    apple meta block target shell oracle visa gap orange slack signal discord gemini whisper arm nova quest threads bard switch echo
    titan office teams windows cursor amazon alphabet stripe square snap zoom box wired time fortune slate vox elastic canonical palm
    sprint unity valve uber runway cohere perplexity anthropic adept inflection mistral character scale surge figure cognition lambda
    crusoe congress treasury pentagon behemoth maverick scout galactica sora safari chrome android pixel bing stadia firefly optimus
    starship colossus hyperion ascend blackwell llama claude codex imagen operator goldman stanford citi line wise monday notion linear
    """)

  /// Initialisms of things rather than of organisations.
  static let plainAcronyms = wordList(
    """
    ai ml llm llms gpu gpus cpu cpus tpu tpus api apis agi asi ceo cfo cto coo cio cmo ciso vp svp evp hr pr it ipo r d rd tv pc pcs url
    urls pdf html css http https json xml sql usb ram ssd hdd dna rna hiv aids ct mri faq diy gdp roi kpi kpis okr ebitda eps ui ux os
    vr ar xr mr iot saas paas iaas b2b b2c ev evs suv suvs atm gps sms wifi wi fi lan wan vpn dns ip tcp led lcd oled hd uhd fm am pm
    usd eur gbp jpy cny phd mba md bs ba ma jd esq covid sars id ids pin qa q&a vs ok no yes asap fyi rip ot nda ndas cad cgi rpm mph
    kph kw mw gw kwh mwh gb tb mb kb ghz mhz km kg cm mm rl rlhf rag nlp ocr asr tts cv gan gans cnn rnn lstm mcp sdk ide cli gui dm dms
    moe sku skus sdks ci cd oss mlops devops sre sla slas rfc prs hbm dram nand ddr euv fab eda npu npus asic asics fpga fpgas
    ad ads esg dei lgbt lgbtq bce bc ce dj mvp ngo ngos stem sat gre ii iii iv vi vii viii ix xi xii xiii xiv xv xx xxi x
    """)
}

/// The words of a literal, separated by white space.
func wordList(_ text: String) -> [String] { text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) }
