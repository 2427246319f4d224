import Documents
import Testing

@testable import Language

/// One mention in short: what it covers with and without its modifier, and how it is read.
private struct Found: Equatable, CustomStringConvertible {
  var span: String
  var core: String
  var kind: QuantityValue.Kind
  var value: String
  var change: QuantityValue.Change
  var unit: String?

  var description: String { "[\(span)|\(core)] \(kind) \(value) \(change.rawValue) \(unit ?? "-")" }
}

private let lexicon = Lexicon(QuantityTagger.vocabulary)
private let tagger = QuantityTagger(lexicon: lexicon)

/// Quantities of a text that no other tagger has touched; `taken` words are as if read before.
private func quantities(_ text: String, taken words: Set<String> = []) -> [Found] {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { buffer in
    let tokens = Tokenizer(lexicon: lexicon).tokenize(buffer)
    let view = TextView(bytes: buffer, tokens: tokens, lexicon: lexicon, context: AnnotationContext(), blocks: [])
    let times = tokens.indices.filter { words.contains(view.string($0)) }.map { index in
      Mention(
        span: tokens[index].span, core: tokens[index].span, tokens: index..<index + 1,
        value: .time(TimeValue(kind: .date, value: "", timex: "")))
    }
    return tagger.tag(view, sentences: [], times: times).quantities.compactMap { mention in
      guard case .quantity(let q) = mention.value else { return nil }
      return Found(
        span: view.string(mention.span), core: view.string(mention.core), kind: q.kind, value: q.value, change: q.change, unit: q.unit)
    }
  }
}

private func values(_ text: String) -> [String] { quantities(text).map(\.value) }

@Suite struct QuantityTaggerTests {
  @Test(arguments: [
    ("$7 billion", "7000000000 USD"), ("C $6", "6 CAD"), ("42 malaysia ringgits", "42 MYR"), ("INR Rs. 20", "20 INR"),
    ("€3B", "3000000000 EUR"), ("NT$179.89 bn", "179890000000 TWD"),
    ("200 million US dollars", "200000000 USD"),
    ("15 cents", "15 cent"), ("¥3,000", "3000 JPY"), ("Rs 5 crore", "50000000 INR"), ("US$ 4.5m", "4500000 USD"), ("CHF 3.04", "3.04 CHF"),
    ("three GBP", "3 GBP"), ("20 dollars and 43 cents", "20.43 USD"), ("75 USD million", "75000000 USD"), ("120 MEUR", "120000000 EUR"),
    ("-$50.8bn", "-50800000000 USD"), ("$-50.8bn", "-50800000000 USD"), ("ten grand", "10000 USD"), ("5 million pounds", "5000000 GBP"),
  ])
  func `Money is read with currency and scale`(text: String, value: String) {
    let found = quantities("They paid \(text).")
    #expect(found.map(\.value) == [value])
    #expect(found.first?.core == text)
    #expect(found.first?.kind == .money)
  }

  @Test func `A rate names its divisor and stays outside the expression`() {
    let found = quantities("It trades at $76 a barrel.")
    #expect(found == [Found(span: "$76", core: "$76", kind: .money, value: "76 USD", change: .exact, unit: "dollar per barrel")])
  }

  @Test(arguments: [
    ("It costs $9 a month.", ["9 USD"]), ("They run at 188 miles an hour.", ["188 mile per hour"]),
    ("He pays between 10 and 20 dollars.", ["10/20 USD"]),
    ("She was five years old.", ["5 year"]),
  ])
  func `A time inside an amount is part of the amount`(text: String, values: [String]) {
    let found = Annotator().annotate(Array(text.utf8)).mentions.filter { if case .entity = $0.value { false } else { true } }
    #expect(
      found.map { mention in
        switch mention.value {
        case .quantity(let quantity): return quantity.value
        case .time(let time): return "time \(time.value)"
        case .entity: return ""
        }
      } == values)
  }

  @Test func `A time of its own stays beside the amount`() {
    let kinds = Annotator().annotate(Array("It lost $5 million a year earlier.".utf8)).mentions.map { mention in
      if case .quantity(let quantity) = mention.value { quantity.unit ?? "" } else { "time" }
    }
    #expect(kinds == ["dollar", "time"])
  }

  @Test(arguments: [
    ("600 positions", "600 position"), ("12,000 new jobs", "12000 job"), ("1.3 million GPUs", "1300000 GPU"),
    ("40 companies", "40 company"),
    ("seven small, friendly firms", "7 firm"), ("30 sales offices", "30 office"), ("nine women", "9 woman"),
    ("five more plants", "5 plant"),
    ("900 full-time employees", "900 employee"), ("2 million people", "2000000 people"), ("two co-founders", "2 co-founder"),
    ("50 R&D jobs", "50 job"),
  ])
  func `A count is of the singular head noun`(text: String, value: String) {
    let found = quantities("Northwind has \(text) in Europe.")
    #expect(found.map(\.value) == [value])
    #expect(found.first?.core == text)
  }

  @Test func `What stands after of is counted but not covered`() {
    let found = quantities("Two of the largest plants closed.")
    #expect(found == [Found(span: "Two", core: "Two", kind: .number, value: "2", change: .exact, unit: "plant")])
  }

  @Test func `The unit of a count is all that is counted, its value keeps the head`() {
    let found = quantities("Contoso hired 60 commercial pilots and 12,000 new clerks.")
    #expect(found.map(\.value) == ["60 pilot", "12000 clerk"])
    #expect(found.map(\.unit) == ["commercial pilot", "clerk"])
  }

  @Test func `A rate's divisor stays outside the value unless it makes a speed`() {
    let found = quantities("They pump 500,000 barrels a day.")
    #expect(found.map(\.core) == ["500,000 barrels"])
    #expect(found.map(\.value) == ["500000 barrel"])
    #expect(found.map(\.unit) == ["barrel per day"])
  }

  @Test(arguments: [("%50", "50"), ("percent of fifty", "50"), ("24pc", "24"), ("5 per cent", "5"), ("half a percent", "0.5")])
  func `Percentages are read in every spelling`(text: String, value: String) {
    let found = quantities("It was \(text).")
    #expect(found.map(\.value) == [value])
    #expect(found.first?.kind == .percentage)
  }

  @Test func `Feet and inches are one length`() { #expect(values("It is 12 ft 6 in.") == ["12.5 foot"]) }

  @Test func `Orders of magnitude are ranges`() {
    #expect(values("Tens of thousands of customers left.") == ["10000/100000 customer"])
    #expect(values("It cost tens of billions of dollars.") == ["10000000000/100000000000 USD"])
  }

  @Test(arguments: [
    ("3-inch", "3 inch"), ("5 GW", "5 gigawatt"), ("3nm", "3 nanometer"), ("2.4 GHz", "2.4 gigahertz"), ("80GB", "80 gigabyte"),
    ("30 km/h", "30 kilometer per hour"), ("188 miles an hour", "188 mile per hour"), ("-18 °C", "-18 celsius"),
    ("32m2", "32 square meter"),
    ("0.9 trillion cubic feet", "900000000000 cubic foot"), ("5 mW", "5 milliwatt"), ("5 MW", "5 megawatt"),
    ("1.3 A/cm2", "1.3 ampere per square centimeter"),
    ("25 basis points", "25 basis point"), ("3 percentage points", "3 percentage point"), ("10x", "10 time"), ("half a mile", "0.5 mile"),
  ])
  func `Units have one singular name however they are written`(text: String, value: String) {
    let found = quantities("It was \(text).")
    #expect(found.map(\.value) == [value])
    #expect(found.first?.core == text)
  }

  @Test func `Sizes of models are counted in parameters`() {
    #expect(
      values("Contoso Labs released 7B, 13B and 70B models.") == ["7000000000 parameter", "13000000000 parameter", "70000000000 parameter"])
    #expect(values("Sizes: 1B, 3B") == ["1000000000 parameter", "3000000000 parameter"])
    #expect(values("The budget is 7B.") == ["7000000000"])
  }

  @Test(arguments: [
    ("about $7 billion", "$7 billion", QuantityValue.Change.about), ("nearly 70 kg", "70 kg", .about),
    ("more than 900 doctors", "900 doctors", .above),
    ("at least 5%", "5%", .above), ("up to 400 jobs", "400 jobs", .below), ("fewer than 20 cars", "20 cars", .below),
    ("500+ employees", "500+ employees", .above),
  ])
  func `A modifier is inside the span and outside the core`(span: String, core: String, change: QuantityValue.Change) {
    let found = quantities("They have \(span) now.")
    #expect(found.first?.core == core)
    #expect(found.first?.change == change)
    #expect(found.first?.span == span)
  }

  @Test(arguments: [
    ("Sales rose 14%.", QuantityValue.Change.up), ("Shares fell by 3 points.", .down), ("The index was up nearly 57%.", .up),
    ("Sales rose to 50 units.", .exact),
  ])
  func `A verb of change before the amount gives its direction`(text: String, change: QuantityValue.Change) {
    #expect(quantities(text).first?.change == change)
  }

  @Test(arguments: [
    ("10 to 20 dollars", "10/20 USD"), ("$7 to 9 billion", "7000000000/9000000000 USD"),
    ("from $250,000 to $1 million", "250000/1000000 USD"),
    ("between 5 and 7 km", "5/7 kilometer"), ("20-35 people", "20/35 people"), ("four to five thousand people", "4000/5000 people"),
    ("5–7%", "5/7"), ("from -18 °C to -34 °C", "-18/-34 celsius"), ("between 5 and 7", "[5,7)"), ("1000 – 5000", "[1000,5000)"),
  ])
  func `Two amounts of one measure are a range`(text: String, value: String) {
    #expect(values("It was \(text).") == [value])
  }

  @Test(arguments: [
    ("more than 20 and at most 35", "(20,35]"), ("smaller than 20 and larger than 10", "(10,20)"), ("200 or more", "[200,)"),
    ("at least 30", "[30,)"),
    ("less than 5000 or equal", "(,5000]"), ("over thirty", "(30,)"), (">= 30", "[30,)"), ("equal to 12", "[12,12]"),
  ])
  func `Bounds on bare numbers are intervals`(text: String, value: String) {
    #expect(values("x is \(text).") == [value])
  }

  @Test func `Numbers of a list share the last one's measure`() {
    #expect(values("It has a 7- or 8-inch screen.") == ["7 inch", "8 inch"])
    #expect(values("They pay eight or nine euros.") == ["8 EUR", "9 EUR"])
  }

  @Test(arguments: [
    "GPT-4 and iOS 17.2 came.", "See Section 4.2 of it.", "They use H100 and 3D models.", "The match ended 3-1.", "Call 555-0100 now.",
    "Open http://example.com/2019/a?x=30&y=25%20 to see.", "It was in the Big 12.", "A boeing at ratio 3:1.", "1. Item",
    "Which one do you want?", "The one I saw.",
    "Ask me at 11 a.m. please.", "Read it at example.com/notes-on-three-parts of them.", "Use the 8.1 release of it.",
    "They compared Aurora 1–3 again.", "A one-time bonus came.", "The Model 777F flew.",
  ])
  func `Names, versions, scores, links and pronouns are no quantities`(text: String) {
    #expect(quantities(text).filter { $0.kind != .ordinal }.isEmpty)
  }

  @Test func `Nothing is read inside another tagger's mention`() {
    #expect(quantities("In 2013 it sold 40 ships.", taken: ["2013"]).map(\.value) == ["40 ship"])
    #expect(quantities("It took 15 years.", taken: ["15", "years"]).isEmpty)
  }

  @Test func `Ordinals count, and names keep theirs`() {
    #expect(values("It was the 11th and the twenty-first time.") == ["11", "21"])
    #expect(quantities("He joined First Contoso in May.").isEmpty)
  }

  @Test func `Mentions never overlap, whatever the text`() {
    let pieces = [
      "5", "$", "-", "to", "and", "%", "million", "half", "a", "of", "first", "US", ".", "km", "/", "hour", "(", ")", "one", "point",
    ]
    var state: UInt64 = 7
    for _ in 0..<3000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int(state >> 33) % pieces.count] + (state >> 60 < 5 ? "" : " ")
      }
      let bytes = Array(text.utf8)
      bytes.withUnsafeBufferPointer { buffer in
        let tokens = Tokenizer(lexicon: lexicon).tokenize(buffer)
        let view = TextView(bytes: buffer, tokens: tokens, lexicon: lexicon, context: AnnotationContext(), blocks: [])
        var end = 0
        for mention in tagger.tag(view, sentences: [], times: []).quantities {
          #expect(mention.tokens.lowerBound >= end && mention.span.contains(mention.core), "\(text)")
          end = mention.tokens.upperBound
        }
      }
    }
  }
}
