/// Stems for comparing the words of two notes: what is left of a word without its inflection and the commonest endings of nouns made from verbs.
/// Not a dictionary: two words that give one stem are taken for the same only where subject and scope agree as well.
enum Stem {
  static func of(_ word: String) -> String {
    if let known = irregular[word] { return known }
    var stem = word
    for (ending, replacement) in endings where stem.utf8.count - ending.utf8.count >= 3 && stem.hasSuffix(ending) {
      stem = String(stem.dropLast(ending.count)) + replacement
      break
    }
    // "cancelled", "shipping".
    let bytes = Array(stem.utf8)
    if bytes.count > 3, stem != word, bytes[bytes.count - 1] == bytes[bytes.count - 2], ![0x73, 0x65].contains(bytes[bytes.count - 1]) {
      stem.removeLast()
    }
    if stem.utf8.count > 3, stem.hasSuffix("e") { stem.removeLast() }
    return stem
  }

  private static let endings: [(String, String)] = [
    ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ures", ""), ("ure", ""), ("ings", ""), ("ing", ""), ("ied", "y"),
    ("ies", "y"), ("ed", ""), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss"), ("us", "us"), ("is", "is"),
    ("s", ""),
  ]

  private static let irregular: [String: String] = [
    "laid": "lay", "layoffs": "layoff", "sold": "sell", "sale": "sell", "sales": "sell", "bought": "buy", "left": "leav", "built": "build",
    "made": "mak", "took": "tak", "taken": "tak", "gave": "giv", "given": "giv", "knew": "know", "known": "know", "paid": "pay",
    "lost": "los", "loss": "los", "losses": "los", "won": "win", "kept": "keep", "held": "hold", "spent": "spend", "sent": "send",
    "withdrew": "withdraw", "withdrawn": "withdraw", "withdrawal": "withdraw", "broke": "break", "broken": "break", "stole": "steal",
    "stolen": "steal", "began": "begin", "begun": "begin", "ran": "run", "acquisition": "acquir", "acquisitions": "acquir",
    "suspension": "suspend", "expansion": "expand", "decision": "decid", "purchase": "purchas", "takeover": "takeover",
    "departures": "depart", "departure": "depart", "shutdown": "shut", "shutting": "shut", "closure": "clos", "closures": "clos",
    "launches": "launch", "data": "data", "collection": "collect", "production": "produc", "termination": "terminat", "sharing": "shar",
    "shared": "shar", "using": "us", "used": "us", "use": "us", "usage": "us", "uses": "us", "testing": "test", "training": "train",
    "retention": "retain", "delivery": "deliver", "deliveries": "deliver", "payment": "pay", "payments": "pay",
    "investment": "invest", "investments": "invest", "fell": "fall", "fallen": "fall", "rose": "ris", "risen": "ris", "grew": "grow",
    "grown": "grow", "news": "news", "business": "business", "series": "series", "offices": "offic", "office": "offic",
    "centre": "center", "centres": "center", "centers": "center", "datacenter": "center", "datacentre": "center", "factories": "factory",
    "chief": "chief", "programme": "program", "programmes": "program", "stores": "store", "store": "store", "shop": "store",
    "plant": "factory", "plants": "factory", "plan": "plan", "plans": "plan", "planned": "plan", "planning": "plan",
  ]

  /// Words that say nothing of what a clause is about.
  static let empty: Set<String> = [
    "the", "and", "for", "its", "their", "his", "her", "our", "was", "were", "are", "has", "have", "had", "been", "being", "will", "would",
    "could", "should", "may", "might", "can", "did", "does", "not", "never", "any", "all", "that", "this", "these", "those", "with", "from",
    "into", "onto", "over", "under", "about", "after", "before", "during", "than", "then", "when", "while", "which", "who", "whom", "whose",
    "what", "where", "how", "why", "but", "yet", "also", "only", "just", "still", "now", "again", "already", "more", "most", "less", "some",
    "such", "other", "others", "another", "same", "own", "both", "each", "every", "either", "neither", "none", "said", "says", "say",
    "told", "tell", "according", "report", "reports", "reported", "reportedly", "new", "year", "years", "month", "months", "week", "weeks",
    "day", "days", "today", "yesterday", "tomorrow", "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "quarter", "company",
    "firm", "group", "people", "million", "billion", "thousand", "percent", "per", "cent", "last", "next", "first", "out", "off", "one",
    "they", "them", "she", "him", "you", "your", "way", "time", "times", "there", "here", "very", "because", "through", "between", "plan",
    "plans", "planned", "planning", "intention", "intentions", "intend", "intends", "deny", "denied", "denies", "denying", "claim",
    "claims", "claimed", "announced", "announce", "announces", "confirmed", "confirms", "admitted", "admits", "acknowledged", "conceded",
    "spokesman", "spokeswoman", "spokesperson", "statement", "executive", "chief", "true", "untrue", "false", "despite", "ever", "inc",
    "corp", "ltd", "llc", "plc", "soon", "immediate", "current", "currently", "near", "future", "down", "away", "later", "earlier",
    "recently", "meanwhile", "however", "as", "at", "in", "on",
    "of", "to",
  ]
}
