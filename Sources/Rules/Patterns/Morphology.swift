/// Surface forms of English words: enough to write rules in lemmas. Not a lemmatiser; it only goes from a lemma to its forms, once, when
/// rules are compiled, so a wrong guess costs a form nobody writes ("resignationed") and never a wrong match.
public enum Morphology {
  /// All forms of a lemma read as a verb and as a noun, the lemma first, without repeats.
  public static func forms(of lemma: String) -> [String] {
    let word = lemma.lowercased()
    if word == "not" { return negations }
    guard word.utf8.count > 2 || irregularVerbs[word] != nil, !invariable.contains(word),
      word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 > 0x7F })
    else { return [word] }
    if nouns.contains(word) { return [word] + nounForms(of: word) }
    var all = [word]
    for spelling in [word] + Spelling.others(of: word) {
      for form in [spelling] + verbForms(of: spelling) + nounForms(of: spelling) + Spelling.others(doubling: spelling)
      where !all.contains(form) { all.append(form) }
    }
    return all
  }

  /// Third person, past, participle and -ing form.
  public static func verbForms(of word: String) -> [String] {
    var forms = [withS(word)]
    if let irregular = irregularVerbs[word] {
      forms += irregular
    } else if word.hasSuffix("e") {
      forms.append(word + "d")
    } else if endsInConsonantY(word) {
      forms.append(word.dropLast() + "ied")
    } else {
      forms.append((doubles(word) ? word + String(word.last!) : word) + "ed")
    }
    forms.append(present(word))
    return forms
  }

  /// The plural.
  public static func nounForms(of word: String) -> [String] { [irregularPlurals[word] ?? withS(word)] }

  /// Past participles alone: what follows "be" in a passive.
  public static func participle(of word: String) -> String {
    if let irregular = irregularVerbs[word] { return irregular[irregular.count - 1] }
    return verbForms(of: word)[1]
  }

  private static func present(_ word: String) -> String {
    switch word {
    case "lie": return "lying"
    case "die": return "dying"
    case "tie": return "tying"
    case "be": return "being"
    default: break
    }
    if word.hasSuffix("e"), !word.hasSuffix("ee"), !word.hasSuffix("oe"), !word.hasSuffix("ye") { return word.dropLast() + "ing" }
    return (doubles(word) ? word + String(word.last!) : word) + "ing"
  }

  private static func withS(_ word: String) -> String {
    if endsInConsonantY(word) { return word.dropLast() + "ies" }
    let hisses = word.hasSuffix("s") || word.hasSuffix("x") || word.hasSuffix("z") || word.hasSuffix("ch") || word.hasSuffix("sh")
    return word + (hisses || word == "go" || word == "do" || word == "veto" ? "es" : "s")
  }

  private static func endsInConsonantY(_ word: String) -> Bool {
    let letters = word.utf8.suffix(2)
    guard letters.count == 2, let before = letters.first, letters.last == UInt8(ascii: "y") else { return false }
    return !isVowel(before)
  }

  /// Whether the last consonant doubles: one short vowel before it in a word of one syllable, or a stressed last syllable (listed).
  private static func doubles(_ word: String) -> Bool {
    if doubled.contains(word) { return true }
    let letters = Array(word.utf8)
    guard letters.count >= 3, let last = letters.last, !isVowel(last), !"wxyh".utf8.contains(last) else { return false }
    guard isVowel(letters[letters.count - 2]), !isVowel(letters[letters.count - 3]) else { return false }
    var groups = 0
    for (i, letter) in letters.enumerated() where isVowel(letter) && (i == 0 || !isVowel(letters[i - 1])) { groups += 1 }
    return groups == 1
  }

  private static func isVowel(_ letter: UInt8) -> Bool {
    switch letter {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
    default: false
    }
  }

  private static let doubled: Set<String> = [
    "admit", "begin", "commit", "compel", "control", "defer", "equip", "forget", "occur", "omit", "permit", "prefer", "quit", "refer",
    "regret", "submit", "transfer", "transmit", "upset", "cancel", "label", "travel", "model", "sunset",
  ]

  private static let negations = [
    "not", "never", "don't", "doesn't", "didn't", "isn't", "wasn't", "aren't", "weren't", "won't", "can't", "cannot", "couldn't", "hasn't",
    "haven't", "hadn't", "wouldn't", "shouldn't",
  ]

  /// Words that are given as they are: function words whose "forms" would be other words.
  private static let invariable: Set<String> = [
    "the", "a", "an", "and", "or", "but", "of", "in", "on", "at", "to", "for", "from", "by", "with", "as", "than", "then", "not", "no",
    "its",
    "their", "his", "her", "our", "my", "this", "that", "these", "those", "it", "they", "he", "she", "we", "which", "who", "whom", "whose",
    "will", "would", "could", "should", "may", "might", "must", "can", "into", "onto", "over", "under", "about", "after", "before",
    "during",
    "until", "while", "because", "if", "when", "where", "there", "here", "off", "out", "up", "down", "back", "away", "more", "less", "most",
    "least", "only", "also", "too", "very", "still", "yet", "ever", "never", "former", "against", "between", "among", "across", "per",
    "via",
    "without", "within", "all", "any", "some", "each", "every", "both", "either", "neither", "other", "another", "such", "own", "same",
    "behind", "ahead", "beyond", "instead", "rather", "others", "open", "new",
  ]

  /// Past forms and participles that neither end in -ed nor are the lemma itself.
  static let irregularPasts: [String] = irregularVerbs.flatMap { lemma, forms in forms.filter { $0 != lemma && !$0.hasSuffix("ed") } }
    .sorted()

  /// Nouns whose forms as verbs would be other words: "united", "according".
  private static let nouns: Set<String> = ["unit", "accord", "arm", "chip", "staff"]

  private static let irregularPlurals = [
    "man": "men", "woman": "women", "person": "people", "child": "children", "half": "halves", "staff": "staff", "analysis": "analyses",
    "crisis": "crises", "personnel": "personnel", "life": "lives", "spokesman": "spokesmen", "spokesperson": "spokespeople",
  ]

  /// Past and participle (where they differ) of verbs that do not take -ed.
  private static let irregularVerbs: [String: [String]] = {
    let table = """
      be is are am was were been;beat beat beaten;become became become;begin began begun;bend bent;bet bet;bind bound;bite bit bitten;bleed bled;blow blew blown;\
      break broke broken;bring brought;build built;burn burned burnt;buy bought;cast cast;catch caught;choose chose chosen;come came come;\
      cost cost;cut cut;deal dealt;dig dug;do did done;draw drew drawn;drive drove driven;eat ate eaten;fall fell fallen;feed fed;feel felt;\
      fight fought;find found;flee fled;fly flew flown;forbid forbade forbidden;forecast forecast;foresee foresaw foreseen;forget forgot forgotten;freeze froze frozen;\
      get got gotten;give gave given;go went gone;grow grew grown;hang hung;have has had;hear heard;hide hid hidden;hit hit;hold held;hurt hurt;\
      keep kept;know knew known;lay laid;lead led;learn learned learnt;leave left;lend lent;let let;lie lay lain;light lit;lose lost;\
      make made;mean meant;meet met;mislead misled;miss missed;outdo outdid outdone;outsell outsold;\
      outspend outspent;overcome overcame overcome;overrun overran overrun;overtake overtook overtaken;pay paid;prove proved proven;put put;\
      quit quit;read read;rebuild rebuilt;resell resold;rethink rethought;rewrite rewrote rewritten;rid rid;ride rode ridden;ring rang rung;rise rose risen;run ran run;say said;see saw seen;seek sought;\
      sell sold;send sent;set set;shake shook shaken;shed shed;shine shone;shoot shot;show showed shown;shrink shrank shrunk;shut shut;\
      sing sang sung;sink sank sunk;sit sat;sleep slept;slide slid;speak spoke spoken;speed sped;spend spent;spin spun;spill spilled spilt;split split;\
      spread spread;stand stood;steal stole stolen;stick stuck;strike struck;strive strove striven;swear swore sworn;sweep swept;swing swung;\
      take took taken;teach taught;tear tore torn;tell told;think thought;throw threw thrown;undergo underwent undergone;understand understood;\
      undertake undertook undertaken;wake woke woken;wear wore worn;win won;wind wound;withdraw withdrew withdrawn;withhold withheld;write wrote written
      """
    var verbs: [String: [String]] = [:]
    for entry in table.split(separator: ";") {
      let parts = entry.split(separator: " ").map(String.init)
      verbs[parts[0]] = Array(parts.dropFirst())
    }
    return verbs
  }()
}
