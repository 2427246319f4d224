/// What kinds of facts are called in running text, as stems: how a denial, a promise or a cancellation names what it is about.
enum Concepts {
  static let kinds: [String: Set<String>] = [
    "layoff": ["layoff", "lay", "cut", "redundancy", "dismiss", "fir", "sack", "ax", "shed", "slash", "eliminat", "downsiz"],
    "departure": ["leav", "depart", "resign", "quit", "exit", "step", "oust", "retir", "dismiss", "fir"],
    "hire": ["hir", "recruit", "poach", "appoint", "join", "nam"],
    "acquisition": ["acquir", "buy", "purchas", "takeover", "tak", "merg", "merger", "deal", "bid", "offer"],
    "release": ["releas", "launch", "ship", "publish", "unveil", "introduc", "roll"],
    "delay": ["delay", "postpon", "late", "slip", "push", "schedul"],
    "abandonment": ["abandon", "cancel", "scrap", "shelv", "discontinu", "shut", "kill", "end", "drop", "clos", "wind"],
    "partnership": ["partner", "partnership", "deal", "agre", "talk", "alliance", "collaborat"],
    "investment": ["invest", "rais", "fund", "round"],
    "leak": ["leak", "breach", "expos", "steal", "hack", "intrusion"],
    "incident": ["outag", "breach", "fault", "fail", "incident", "attack", "hack", "crash"],
    "overfitting_allegation": ["overfit", "train", "test", "cheat", "gam", "contaminat", "tun", "manipulat", "inflat"],
    "reorganisation": ["restructur", "reorganis", "reorganiz", "merg", "split", "spin"],
    "loss": ["los"],
  ]

  /// Stems of doing and undoing that a word list of its own would only repeat: what is opened can be closed.
  static let all: Set<String> = kinds.values.reduce(into: []) { $0.formUnion($1) }
}
