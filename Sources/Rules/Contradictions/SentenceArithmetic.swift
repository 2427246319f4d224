import Analysis
import Documents
import Language

/// Sums that do not add up within one sentence: a conversion between currencies that is off by a power of ten, a share that is not the
/// quotient of the two numbers it is said of, a percentage of change that does not lead from the one number to the other.
///
/// Each finding is a fact of the kind `inconsistency` with two spans, the two figures that cannot both be right; the contradictions analyzer
/// shows it as a conflict.
struct SentenceArithmetic {
  static let kind = "inconsistency"

  let context: DocumentContext
  private var view: SentenceView { context.view }

  func facts(in sentence: Sentence) -> [Fact] {
    let figures = figures(in: sentence)
    guard figures.count >= 2, let subject = SubjectResolver(context).organization(of: sentence) else { return [] }
    guard let (check, a, b) = conversion(figures, sentence) ?? share(figures) ?? change(figures) else { return [] }
    let evidence = [a, b].compactMap { Evidence(view.source.document, visible: view.mentions[$0.mention].span) }
    guard evidence.count == 2 else { return [] }
    return [
      Fact(
        kind: SentenceArithmetic.kind, subject: [subject], polarity: .negative, plugin: "contradictions", rule: "contradictions.arithmetic",
        evidence: evidence, labels: ["check": check])
    ]
  }

  private struct Figure {
    var mention: Int
    var number: Double
    /// The other end of "from $2 billion to $3 billion".
    var upper: Double?
    var tokens: Range<Int>
    /// ISO code of money; "%"; what is counted, or nothing.
    var unit: String
  }

  private func figures(in sentence: Sentence) -> [Figure] {
    var found: [Figure] = []
    for token in sentence.tokens {
      guard let index = view.mention(at: token), found.last?.mention != index, case .quantity(let quantity) = view.mentions[index].value,
        quantity.number > 0
      else { continue }
      let unit: String
      switch quantity.kind {
      case .money, .moneyrange: unit = quantity.currency ?? ""
      case .percentage: unit = "%"
      case .number, .quantity, .numberrange, .quantityrange: unit = quantity.unit ?? ""
      default: continue
      }
      found.append(
        Figure(mention: index, number: quantity.number, upper: quantity.upper, tokens: view.mentions[index].tokens, unit: unit))
    }
    return found
  }

  // MARK: - Conversions

  /// What a dollar was worth, roughly, in the first quarter of this century: only powers of ten are told by it.
  private static let perDollar: [String: Double] = [
    "USD": 1, "EUR": 0.9, "GBP": 0.75, "CHF": 0.95, "CAD": 1.3, "AUD": 1.4, "SGD": 1.35, "CNY": 7, "JPY": 125, "KRW": 1_250, "INR": 75,
    "SEK": 9.5, "NOK": 9.5, "DKK": 6.7, "TWD": 31, "HKD": 7.8, "BRL": 4.5, "ILS": 3.6,
  ]

  /// "€45 million ($52 billion)", "SEK 900 million, or about $95 billion".
  private func conversion(_ figures: [Figure], _ sentence: Sentence) -> (String, Figure, Figure)? {
    for (a, b) in zip(figures, figures.dropFirst()) {
      guard a.unit != b.unit, a.upper == nil, b.upper == nil, let x = SentenceArithmetic.perDollar[a.unit],
        let y = SentenceArithmetic.perDollar[b.unit]
      else { continue }
      let between = a.tokens.upperBound..<max(a.tokens.upperBound, b.tokens.lowerBound)
      guard between.count <= 3, between.contains(where: { view.tokens[$0].mark == 0x28 || view.tokens[$0].word == view.words.or }) else {
        continue
      }
      let ratio = (a.number / x) / (b.number / y)
      if ratio > 8 || ratio < 1 / 8.0 { return ("the same sum in two currencies", a, b) }
    }
    return nil
  }

  // MARK: - Shares and changes

  /// "260 of its 410 employees, or 85 percent".
  private func share(_ figures: [Figure]) -> (String, Figure, Figure)? {
    guard figures.count >= 3 else { return nil }
    for index in 0..<(figures.count - 2) {
      let (part, whole, percent) = (figures[index], figures[index + 1], figures[index + 2])
      guard percent.unit == "%", part.unit != "%", whole.unit != "%", part.upper == nil, whole.upper == nil, part.number < whole.number,
        part.unit.isEmpty || part.unit == whole.unit
      else { continue }
      let of = part.tokens.upperBound..<max(part.tokens.upperBound, whole.tokens.lowerBound)
      let or = whole.tokens.upperBound..<max(whole.tokens.upperBound, percent.tokens.lowerBound)
      guard of.count <= 3, of.contains(where: { view.tokens[$0].word == view.words.of }), or.count <= 4,
        or.contains(where: { view.tokens[$0].word == view.words.or || view.tokens[$0].mark == 0x28 })
      else { continue }
      if abs(part.number / whole.number * 100 - percent.number) > max(3, percent.number * 0.1) {
        return ("a share that is not the quotient of its numbers", whole, percent)
      }
    }
    return nil
  }

  /// "Rose 20 percent from $2 billion to $3 billion".
  private func change(_ figures: [Figure]) -> (String, Figure, Figure)? {
    for (index, percent) in figures.enumerated() where percent.unit == "%" && percent.upper == nil && percent.number < 1_000 {
      guard index + 1 < figures.count, figures[index + 1].unit != "%" else { continue }
      let before = figures[index + 1]
      var last = before
      var after = before.upper
      if after == nil, index + 2 < figures.count, figures[index + 2].unit == before.unit,
        words(before.tokens.upperBound, figures[index + 2].tokens.lowerBound) == [view.words.to]
      {
        last = figures[index + 2]
        after = last.number
      }
      let between = words(percent.tokens.upperBound, before.tokens.lowerBound)
      let isFrom = between == [view.words.from] || between.isEmpty && view.tokens[before.tokens.lowerBound].word == view.words.from
      guard isFrom, let after else { continue }
      let change = abs(after - before.number) / before.number * 100
      if abs(change - percent.number) > max(3, percent.number * 0.15) {
        return ("a change that is not the difference of its numbers", percent, last)
      }
    }
    return nil
  }

  private func words(_ start: Int, _ end: Int) -> [WordID] {
    (start..<max(start, end)).filter { view.tokens[$0].isWord && !view.isLight($0) }.map { view.tokens[$0].word }
  }
}
