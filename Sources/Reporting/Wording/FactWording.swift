import Analysis

/// Facts in words that claim no more than the note does.
enum FactWording {
  /// What a kind is called, one and many. Kinds of packs are called by their own names.
  static func noun(_ kind: String) -> (one: String, many: String) {
    switch kind {
    case "release": return ("release", "releases")
    case "delay": return ("delay", "delays")
    case "abandonment": return ("abandoned plan", "abandoned plans")
    case "hire": return ("hire", "hires")
    case "departure": return ("departure", "departures")
    case "layoff": return ("layoff", "layoffs")
    case "reorganisation": return ("reorganisation", "reorganisations")
    case "acquisition": return ("acquisition", "acquisitions")
    case "partnership": return ("partnership", "partnerships")
    case "revenue_change": return ("change in revenue", "changes in revenue")
    case "loss": return ("loss", "losses")
    case "investment": return ("investment", "investments")
    case "compute": return ("computing capacity", "statements on computing capacity")
    case "usage_metric": return ("usage figure", "usage figures")
    case "licence_openness": return ("position on openness", "statements on openness")
    case "benchmark_claim": return ("benchmark claim", "benchmark claims")
    case "overfitting_allegation": return ("doubt about benchmark results", "doubts about benchmark results")
    case "leak": return ("leak", "leaks")
    case "strategy_position": return ("strategy", "statements on strategy")
    case "deadline_pressure": return ("deadline pressure", "signs of deadline pressure")
    case "missed_breakthrough": return ("missed breakthrough", "missed breakthroughs")
    case "culture": return ("working climate", "statements on the working climate")
    case "quote": return ("statement", "statements")
    case "recommendation": return ("recommendation", "recommendations")
    case "forecast": return ("forecast", "forecasts")
    default:
      let words = label(kind)
      return (words, words.hasSuffix("s") ? words : words + "s")
    }
  }

  /// An identifier of ours or of a pack as words: "key_departure" is "key departure".
  static func label(_ identifier: String) -> String { identifier.replacing("_", with: " ").replacing("-", with: " ") }

  static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  static func uncapitalised(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  /// "rumoured layoff: AI division, 600 positions": the kind as far as it is vouched for, then what was said of it.
  /// - Parameter inParentheses: "rumoured layoff (AI division, 600 positions)", for use behind a colon.
  static func summary(_ fact: Fact, inParentheses: Bool = false) -> String {
    let text = qualified(fact)
    let objects = fact.object.map(\.name).filter { name in !fact.subject.contains { $0.name == name } }
    let value = amount(fact)
    let position = FactCharts.position(fact).map { label($0.position) }
    let details = [position, objects.isEmpty ? nil : CountText.list(objects), value].compactMap { $0 }.joined(separator: ", ")
    guard !details.isEmpty else { return text }
    return inParentheses ? "\(text) (\(details))" : "\(text): \(details)"
  }

  /// What was said of it in figures. How long something took or is to last is no figure of a release or a hire, but of a delay.
  static func amount(_ fact: Fact) -> String? {
    guard let value = fact.value else { return nil }
    let parts = fact.kind == "delay" ? [value[...]] : value.split(separator: ";").filter { !isLength($0) }
    let text = ValueText.text(parts.joined(separator: ";"))
    return text.isEmpty ? nil : text
  }

  /// "three months", "4 years", "four-year"
  private static func isLength(_ part: Substring) -> Bool {
    let words = part.split { $0 == " " || $0 == "-" }
    guard words.count == 2, let last = words.last?.lowercased() else { return false }
    return ["year", "month", "week", "day", "hour"].contains { last == $0 || last == $0 + "s" }
  }

  /// The kind alone, as far as it is vouched for.
  static func statement(_ fact: Fact) -> String { qualified(fact) }

  /// The sentence itself does not say when.
  static func isDatedByContext(_ fact: Fact) -> Bool { fact.labels["dated"] == "context" }

  /// Advice is an opinion and a forecast is not certain by their nature: that is not said again.
  private static func qualified(_ fact: Fact) -> String {
    let noun = noun(of: fact)
    switch (DigestAdvice.kinds.contains(fact.kind), fact.status) {
    case (true, .opinion), (true, .planned): return noun
    case (true, .conditional): return "\(noun), under a condition"
    default: return qualified(noun, fact.status)
    }
  }

  private static func noun(of fact: Fact) -> String {
    switch fact.kind {
    // "Planned abandoned plan" is nothing that anybody says.
    case "abandonment" where fact.status != .asserted: return "abandonment"
    // A fall, or less than was wanted: the amount alone does not say which way it goes.
    case "revenue_change" where fact.polarity == .negative: return "setback in revenue"
    // Without an amount it is no capacity, and without a position none.
    case "compute" where fact.value == nil: return "statement on computing capacity"
    case "licence_openness" where fact.labels["position"] == nil: return "statement on openness"
    default: return noun(fact.kind).one
    }
  }

  /// The noun with the status in front of it or behind it; never the bare noun unless the note states it.
  static func qualified(_ noun: String, _ status: AssertionStatus) -> String {
    switch status {
    case .asserted: return noun
    case .reported: return "reported \(noun)"
    case .rumoured: return "rumoured \(noun)"
    case .alleged: return "alleged \(noun)"
    case .denied: return "\(noun) denied"
    case .planned: return "planned \(noun)"
    case .conditional: return "possible \(noun)"
    case .opinion: return "\(noun), as an opinion"
    case .question: return "\(noun), asked and not answered"
    }
  }

  /// The status as an adjective of the statement.
  static func status(_ status: AssertionStatus) -> String {
    switch status {
    case .asserted: return "stated"
    case .reported: return "reported"
    case .rumoured: return "rumoured"
    case .alleged: return "alleged"
    case .denied: return "denied"
    case .planned: return "planned"
    case .conditional: return "conditional"
    case .opinion: return "opinion"
    case .question: return "asked"
    }
  }

  /// Sources that are somebody to a reader: not the author, and no pronoun, whose noun stands in a sentence that is not quoted.
  static func named(_ sources: [String]) -> [String] {
    let pronouns: Set<String> = [
      "i", "we", "he", "she", "it", "they", "you", "one", "who", "this", "that", "these", "those", "some", "others",
    ]
    return sources.filter { $0 != "document" && !$0.isEmpty && !pronouns.contains($0.lowercased()) }
  }

  /// "Internal memos" at a sentence's beginning are "internal memos" within one; a name keeps its capital.
  private static func within(_ source: String) -> String {
    let words = source.split(separator: " ")
    guard words.count > 1, words[0].dropFirst().allSatisfy({ $0.isLowercase || $0 == "-" }),
      words.dropFirst().allSatisfy({ $0.first?.isLowercase ?? false })
    else { return source }
    return uncapitalised(source)
  }

  /// "according to Ada Quill", "according to an anonymous source (people close to the matter)"; nil where the note's author speaks.
  static func attribution(_ fact: Fact) -> String? {
    let sources = named(fact.source).map { within($0) }
    if fact.isAnonymous {
      return sources.isEmpty ? "according to an anonymous source" : "according to an anonymous source (\(CountText.list(sources)))"
    }
    return sources.isEmpty ? nil : "according to \(CountText.list(sources))"
  }
}
