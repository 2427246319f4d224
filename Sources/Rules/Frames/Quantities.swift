import Analysis
import Documents
import Language

/// A fact's `value` from the quantities it captured.
enum Quantities {
  /// "600 positions", "200000000 USD", "45 %", "7B;13B;70B parameters"; and the number that thresholds are compared with.
  static func text(_ mentions: [Int], _ view: SentenceView) -> (String?, Double?) {
    var parts: [String] = []
    var sizes = 0
    let number = self.number(mentions, view)
    for index in mentions.sorted() {
      guard case .quantity(let quantity) = view.mentions[index].value else {
        if case .time(let time) = view.mentions[index].value, time.kind == .duration {
          parts.append(view.text(view.mentions[index].tokens))
        }
        continue
      }
      let isSize = view.masks[index].contains(.size)
      sizes += isSize ? 1 : 0
      let text = isSize ? size(index, view) : one(quantity, index, view)
      if !parts.contains(text) { parts.append(text) }
    }
    guard !parts.isEmpty else { return (nil, nil) }
    return (parts.joined(separator: ";") + (sizes == parts.count ? " parameters" : ""), number)
  }

  /// The first that is no percentage, as they were captured; else the first.
  private static func number(_ mentions: [Int], _ view: SentenceView) -> Double? {
    let quantities = mentions.compactMap { index -> QuantityValue? in
      if case .quantity(let quantity) = view.mentions[index].value { quantity } else { nil }
    }
    return (quantities.first { $0.kind != .percentage } ?? quantities.first)?.number
  }

  /// "7B", as said.
  private static func size(_ index: Int, _ view: SentenceView) -> String {
    let text = view.source.document.visibleText(view.mentions[index].core)
    return String(text.prefix { $0 != " " })
  }

  private static func one(_ quantity: QuantityValue, _ index: Int, _ view: SentenceView) -> String {
    let said = view.source.document.visibleText(view.mentions[index].core)
    // "Hundreds of employees" says no number.
    if quantity.upper != nil, !said.utf8.contains(where: { (0x30...0x39).contains($0) }) {
      return said.split(separator: " ").joined(separator: " ")
    }
    switch quantity.kind {
    case .money, .moneyrange: return quantity.value
    case .percentage: return quantity.value.hasSuffix("%") ? quantity.value : "\(quantity.value) %"
    case .quantity, .quantityrange:
      guard let unit = quantity.unit, quantity.number != 1, quantity.value.hasSuffix(unit) else { return quantity.value }
      return quantity.value.dropLast(unit.count) + plural(unit)
    case .number, .numberrange, .ordinal:
      return quantity.value + (noun(after: view.mentions[index].tokens.upperBound, view).map { " " + $0 } ?? "")
    }
  }

  /// Nouns that are plural as they stand.
  private static let plurals: Set<String> = [
    "people", "staff", "personnel", "police", "crew", "aircraft", "spacecraft", "series", "species", "premises", "headquarters",
    "offspring",
  ]

  private static func plural(_ unit: String) -> String {
    var words = unit.split(separator: " ").map(String.init)
    guard let last = words.last, !plurals.contains(last) else { return unit }
    words[words.count - 1] = Morphology.nounForms(of: last)[0]
    return words.joined(separator: " ")
  }

  /// What a bare number counts: the word after it, where it is one and no function word.
  private static func noun(after token: Int, _ view: SentenceView) -> String? {
    guard token < view.tokens.count, view.tokens[token].isWord, view.tokens[token].spaceBefore, view.mentionAt[token] < 0 else {
      return nil
    }
    let word = view.tokens[token].word
    let words = view.words
    if words.prepositions.contains(word) || words.conjunctions.contains(word) || words.isVerbal(word) || words.pronouns.contains(word)
      || words.determiners.contains(word) || word == words.of || words.subordinators.contains(word)
    {
      return nil
    }
    return view.text(token..<(token + 1)).lowercased()
  }
}
