import Documents

extension Hedge.Class {
  /// Whether it leaves open that what it governs holds. A plan or an opinion is spoken of with certainty; a report is another's certainty.
  public var isUncertainty: Bool {
    switch self {
    case .rumoured, .alleged, .reported, .possible, .conditional: return true
    case .planned, .opinion, .denied, .question, .retrospective: return false
    }
  }
}

/// Words and phrases that lower or colour certainty.
///
/// In a pattern, brackets hold the cue where it is less than the phrase, and a slash separates words that may stand in one place.
enum HedgeCues {
  /// How far a cue governs.
  enum Reach: Sendable {
    /// The clause it stands in: modals, adverbs.
    case clause
    /// From the cue to the end of its clause: verbs, nouns, adjectives.
    case onward
    /// The whole sentence: conditions.
    case sentence
  }

  struct Cue: Sendable {
    var kind: Hedge.Class
    var reach: Reach
    /// Tokens of the phrase that are the cue.
    var cue: Range<Int>
  }

  static let patterns: [(Hedge.Class, Reach, [String])] = [
    (
      .possible, .clause,
      [
        "may", "might", "could", "perhaps", "maybe", "possibly", "probably", "likely", "unlikely", "presumably", "apparently", "seemingly",
        "potentially", "conceivably", "arguably", "supposedly", "evidently",
      ]
    ),
    (
      .possible, .onward,
      [
        "potential", "probable", "possible", "possibility", "probability", "likelihood",
        "[appears/appear/appeared/seems/seem/seemed] to/that/as/like", "appears", "seems",
        "seem", "appear", "believe", "believes", "believed", "think", "thinks", "[thought] to/that", "presumed", "assumption",
        "assumed", "suspected", "suspicion", "suspicions", "expects", "expect", "[expected] to/that",
        "is/are/was/were [expected] in/by/on/at/for/later/next/this/soon",
        "anticipates", "anticipate", "[anticipated] to", "foresee", "foresees", "predict", "predicts", "predicted", "speculate",
        "speculates", "speculated", "speculating",
        "[projected/estimated/forecast] to", "[estimates/estimate] that", "suggest", "suggests", "suggesting", "[suggested] that",
        "[indicates/indicate/indicating] that",
        "hypothesis", "hypothesize", "unknown", "unclear", "uncertain", "uncertainty", "unsure", "undetermined", "undecided",
        "questionable", "doubtful", "doubts", "doubted", "in doubt",
        "wonder", "wonders", "wondering", "wondered", "fears", "[fear] that", "worries", "no evidence", "no assurance", "no guarantee",
        "no clear", "remains/remain to be seen", "yet to be seen", "[too early] to",
        "looks like", "look like", "sounds like", "chances are", "a [chance] that", "some chance", "prospect of", "as if", "if not",
        "would-be",
        "not/n't [clear/known/certain/sure]", "considering", "[looks/look/looked/sounds] as", "[looks/looked/seems/seemed] likely/unlikely",
        "[suggestion/suggestions/indication/indications/hint/hints/sign/signs] that",
        "[indicated/projected/estimated/anticipated/forecast] that",
        "it/they/we/he/she/company [estimates/estimate]", "to some/a extent/degree", "in all likelihood/probability", "[feared] to/that",
        "[considered/deemed] likely/unlikely/possible/probable", "is/are/was/were widely [expected]", "is/are [expected]",
        "[question/questions/questioned] whether", "odds are",
        "mulling/weighing/exploring/contemplating",
        "tentative", "tentatively",
        "[projects/projected/projecting/forecasts/forecasted/forecasting] a/an/revenue/revenues/sales/profit/profits/income/earnings/losses/growth",
        "[guides/guided/guiding] for/to", "has/have/had [projected/forecast/forecasted/anticipated/predicted/estimated]",
        "analysts/economists/investors had/have/were [expected/expecting]",
        "analysts/economists [forecast/anticipated/estimated/projected]", "had been [looking] for", "were/was [looking] for",
      ]
    ),
    (
      .rumoured, .clause,
      [
        "rumored", "rumoured", "rumor/rumors/rumour/rumours", "unconfirmed", "[speculation] that", "whispers", "gossip", "leaks suggest",
        "word is", "unverified", "purported", "purportedly", "[tipped] to/for/as", "rumblings", "hearsay", "word has it",
        "word on the street", "some/many [say/believe/claim]", "people [say/claim]",
        "is/are often/widely/commonly [said/believed/rumored/rumoured]",
        "[leaks/leak/rumors/rumours] suggest/suggests/say/claim/claims/point/points/indicate",
        "according to [leaks/rumors/rumours/leakers/speculation]",
        "is/are/was/were [talk/chatter] of/that",
        "there/there's is/are/has [talk/chatter] of/that",
      ]
    ),
    (
      .alleged, .onward,
      [
        "alleged", "allegedly", "alleges", "allege", "alleging", "allegation", "allegations", "accused", "accuses", "accuse", "accusing",
        "accusation", "accusations", "[charged] with", "[claims/claim/claimed/claiming] that/to",
      ]
    ),
    (
      .reported, .clause,
      [
        "reportedly", "[said] to have/be", "is/are/was/were [said] to", "are/is [understood] to", "[understood] to have/be", "reputedly",
        "[reported] to have/be", "by some accounts",
        "by all accounts",
      ]
    ),
    (
      .conditional, .sentence,
      [
        "if", "unless", "provided that", "provided the/it/they/its", "providing that", "assuming that", "on the condition that",
        "in the absence of", "in case",
        "in the event", "contingent on/upon", "depending on", "as long as",
        "on condition that",
      ]
    ),
    (.conditional, .onward, ["whether"]),
    (
      .planned, .clause,
      [
        "will", "'ll", "won't", "shall", "plans to", "plan to", "planned to", "planning to", "plans for", "plan for", "intends to",
        "intend to", "intended to", "intends", "aims to", "aim to", "aiming to", "aims", "hopes to", "hope to",
        "hoping to", "hoped to", "wants to", "want to", "wanted to", "wanting to", "set to", "scheduled to", "scheduled for",
        "scheduled the/its/a/an", "working to", "works to", "aiming for/at", "on the way to", "slated to",
        "slated for", "due to be", "due to launch/release/open/start/begin/finish/ship/arrive/report/end/expire/close", "due in/on/by/out",
        "going to", "about to",
        "preparing to", "prepares to", "ready to", "promises to", "promised to", "promise to", "vows to", "vowed to", "pledged to",
        "pledges to", "commits to", "committed to", "agreed to", "agrees to", "seeks to",
        "seeking to", "proposes to", "proposed to", "proposed", "upcoming", "forthcoming", "targets", "targeting", "on track to",
        "on course to", "looking to", "to be released/launched/announced/unveiled/opened", "poised to", "gearing up", "in talks",
        "in discussions to", "in negotiations",
        "in advanced talks", "on the verge of", "threatens/threatened/threatening to", "earmarked for", "pencilled/penciled in",
        "intention", "intentions", "in the works", "roadmap", "would like to", "subject to",
      ]
    ),
    (
      .opinion, .clause,
      [
        "critics/skeptics/sceptics/detractors/observers [say/argue/believe/think/contend/complain]",
        "i [think/believe/feel/guess/suspect/suppose/doubt/bet/reckon]", "in my view/opinion/mind/book",
        "in our view/opinion", "to my mind", "personally", "we [think/believe/feel/suspect]", "i [would/'d] argue/say", "imo", "imho",
        "it seems to me", "should", "ought to",
        "must", "frankly", "honestly",
        "the best", "the worst", "hopefully", "sadly", "unfortunately", "if you ask me", "need to", "needs to", "deserves to",
      ]
    ),
    (
      .denied, .onward,
      [
        "denied", "denies", "deny", "denying", "denial", "denials", "refuted", "refutes", "refute", "rebutted", "rebuts", "disputed",
        "disputes", "dismissed", "dismisses", "rejected claims/reports/rumors/rumours/suggestions/allegations", "rejects",
        "debunked", "ruled/rules/ruling out", "pushed/pushes/pushing back on/against",
        "called the report/reports/claim/claims/allegation/allegations false/inaccurate/untrue/baseless/wrong/unfounded",
        "shot/shoots down", "knocked down", "disavowed", "repudiated", "contradicted",
        "false claim/claims/report/reports", "no truth", "untrue", "not true",
      ]
    ),
    (.denied, .clause, ["is/are/was/were [false/untrue/inaccurate/baseless/unfounded/fabricated]"]),
    (
      .retrospective, .clause,
      [
        "in hindsight", "in retrospect", "looking back", "back in", "back then", "at the time", "at that time", "years ago", "months ago",
        "decades ago", "weeks ago", "used to", "formerly", "previously", "originally",
        "historically", "until recently", "once upon a time", "in the past", "in those days", "earlier this", "earlier that", "a year ago",
        "last century", "had been", "had already", "had long", "had once", "had said", "had told", "had announced", "had promised",
        "had planned",
      ]
    ),
  ]

  /// Phrases by words, cue range and class; alternatives multiplied out.
  static let expanded: [(words: [String], cue: Cue)] = patterns.flatMap { kind, reach, list in
    list.flatMap { expand($0).map { (words: $0.words, cue: Cue(kind: kind, reach: reach, cue: $0.cue)) } }
  }

  static let vocabulary: [String] = Array(Set(expanded.flatMap(\.words))) + ["not", "n't", "as", "would", "said", "until"]

  private static func expand(_ pattern: String) -> [(words: [String], cue: Range<Int>)] {
    var phrases: [[String]] = [[]]
    var low = 0
    var high: Int?
    var marked = false
    for (index, part) in pattern.split(separator: " ").enumerated() {
      var text = part[...]
      if text.first == "[" {
        low = index
        marked = true
        text = text.dropFirst()
      }
      if text.last == "]" {
        high = index + 1
        text = text.dropLast()
      }
      let alternatives = text.split(separator: "/").map { String($0.filter { $0 != "[" && $0 != "]" }) }
      phrases = phrases.flatMap { phrase in alternatives.map { phrase + [$0] } }
    }
    return phrases.map { ($0, low..<(marked ? high ?? $0.count : $0.count)) }
  }
}

/// The phrases as a trie over word numbers.
struct HedgeMatcher: Sendable {
  private struct Node: Sendable {
    var children: [(word: UInt32, node: Int32)] = []
    var cue: HedgeCues.Cue?
  }
  private var nodes: [Node] = [Node()]
  private var roots: WordTable<Int32>

  init(_ lexicon: Lexicon) {
    roots = WordTable(lexicon, default: 0)
    for (words, cue) in HedgeCues.expanded {
      var node = 0
      for (depth, word) in words.enumerated() {
        let id = lexicon.id(word)
        guard id != .unknown else { break }
        if depth == 0 {
          if roots[id] == 0 {
            nodes.append(Node())
            roots[id] = Int32(nodes.count - 1)
          }
          node = Int(roots[id])
        } else if let known = nodes[node].children.first(where: { $0.word == id.index }) {
          node = Int(known.node)
        } else {
          nodes.append(Node())
          nodes[node].children.append((id.index, Int32(nodes.count - 1)))
          node = nodes.count - 1
        }
        if depth == words.count - 1, nodes[node].cue == nil { nodes[node].cue = cue }
      }
    }
  }

  /// The longest phrase that begins at `i`.
  @inline(__always)
  func match(_ view: TextView, at i: Int, limit: Int) -> (cue: HedgeCues.Cue, end: Int)? {
    let root = roots[view.tokens[i].word]
    return root == 0 ? nil : walk(Int(root), view, i, limit)
  }

  private func walk(_ root: Int, _ view: TextView, _ i: Int, _ limit: Int) -> (cue: HedgeCues.Cue, end: Int)? {
    var node = root
    var j = i
    var best: (cue: HedgeCues.Cue, end: Int)?
    while true {
      if let cue = nodes[node].cue { best = (cue, j + 1) }
      j += 1
      guard j < limit, view.tokens[j].word != .unknown,
        let next = nodes[node].children.first(where: { $0.word == view.tokens[j].word.index })
      else { return best }
      node = Int(next.node)
    }
  }
}
