/// What a word says about a full stop beside it.
struct SentenceWord: OptionSet, Sendable {
  var rawValue: UInt16

  /// Stands before a name: a stop after it never ends a sentence ("Dr.", "Sen.").
  static let title = SentenceWord(rawValue: 1 << 0)
  /// An abbreviation that something always follows ("e.g.", "vs.").
  static let leading = SentenceWord(rawValue: 1 << 1)
  /// An abbreviation before a number ("No. 5", "p. 12"), an ordinary word elsewhere.
  static let numbered = SentenceWord(rawValue: 1 << 2)
  /// An abbreviation that may also be the last word ("Inc.", "Jan.", "etc.").
  static let abbreviation = SentenceWord(rawValue: 1 << 3)
  /// A word that, capitalised, nearly always begins a sentence.
  static let starter = SentenceWord(rawValue: 1 << 4)
  /// A preposition that begins a fronted time or place ("At 5 a.m. Ada left").
  static let fronting = SentenceWord(rawValue: 1 << 5)
  /// Ends a sentence whatever precedes it: full-width stops, exclamation and question marks.
  static let terminator = SentenceWord(rawValue: 1 << 6)
  static let ellipsis = SentenceWord(rawValue: 1 << 7)
  static let closer = SentenceWord(rawValue: 1 << 8)
  static let opener = SentenceWord(rawValue: 1 << 9)
  static let bullet = SentenceWord(rawValue: 1 << 10)
  static let question = SentenceWord(rawValue: 1 << 11)
  static let dash = SentenceWord(rawValue: 1 << 12)

  /// Goes on after "5 p.m.": days, months, time zones.
  static let dated = SentenceWord(rawValue: 1 << 13)

  static let table: [(SentenceWord, String)] = [
    (
      .title,
      """
      mr mrs ms messrs mme mlle dr prof gen lt col maj capt cmdr adm sgt cpl pvt brig sen rep gov pres amb atty hon rev fr sr br st mt ft \
      supt det insp sens reps govs drs profs sec treas
      """
    ),
    (.leading, "vs viz eg ie cf approx al ca ed eds trans resp incl excl esp"),
    (
      .numbered,
      "no nos ° º c p pp fig figs vol vols ch chap sec secs art arts par para eq eqs ver rs tel ext op app div nr ref refs tab pt pts bk ser sect"
    ),
    (
      .abbreviation,
      """
      inc co corp ltd llc plc bros assn dept univ inst intl natl govt mfg est etc jr sr esq st ave blvd rd ln hwy sq apt bldg dist \
      jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun \
      ala ariz ark calif cal colo conn del fla ga ill ind kan kans ky la mass md mich minn miss mo mont neb nebr nev okla ore pa penn tenn \
      tex vt va wash wis wyo ont que alta min max avg oz lb lbs ft hr hrs sec yr yrs mos wk wks gal med rev tech orig misc \
      temp assoc comm dep fed gov admin mgr dir exec pop yd yds rpm mph cos cie subj
      """
    ),
    (
      .starter,
      """
      the a an this that these those he she it we you they i his her its our their my your in on at by for from with but and or so if when \
      while as after before since although though because however moreover meanwhile there here what who why how where which whose did does do \
      is are was were has have had can could would should will not no yes now then today yesterday tomorrow last next some many most all both \
      each one two three four five another other others also still yet even only just until once first second finally instead despite among \
      under over during to several few every any such thus therefore indeed perhaps maybe like let let's it's he's she's that's there's i'm i've \
      we're they're you're don't didn't isn't millions thousands hundreds more less about according people nothing something everything \
      everyone someone nobody later earlier recently currently previously additionally furthermore nevertheless nonetheless otherwise \
      according given whether either neither nor unlike through throughout within without between because please thank thanks
      """
    ),
    (
      .dated,
      "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun est edt cst cdt mst mdt pst pdt et ct mt pt gmt utc bst cet cest eastern pacific central"
    ),
    (.fronting, "at by on in from since until till after before around about"),
    (.terminator, "。 ！ ？ ‼ ⁇ ⁈ ⁉"),
    (.question, "？ ⁇ ⁈ ⁉"),
    (.ellipsis, "…"),
    (.closer, "” ’ » › ） 」 』 ]"),
    (.opener, "“ ‘ « ‹ （ 「 『 „"),
    (.bullet, "• ‣ ◦ ⁃ ▪ ● ○ ■ ∙ ·"),
    (.dash, "— –"),
  ]

  static var vocabulary: [String] { table.flatMap { $0.1.split(separator: " ").map(String.init) } }

  static func words(_ lexicon: Lexicon) -> WordTable<SentenceWord> {
    var words = WordTable<SentenceWord>(lexicon, default: [])
    for (kind, list) in table {
      for word in list.split(separator: " ") {
        let id = lexicon.id(String(word))
        words[id] = words[id].union(kind)
      }
    }
    return words
  }
}
