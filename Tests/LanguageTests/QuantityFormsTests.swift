import Testing

@testable import Language

private let annotator = Annotator()

/// "[span] value" of every quantity in the text.
private func quantities(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return annotator.annotate(bytes).mentions.compactMap { mention in
    guard case .quantity(let quantity) = mention.value else { return nil }
    return "[\(String(decoding: bytes[mention.span.range], as: UTF8.self))] \(quantity.value)"
  }
}

/// Further forms in which people write numbers and what they measure.
@Suite struct QuantityFormsTests {
  @Test(arguments: [
    ("It was 6.02 × 10²³ of them.", "[6.02 × 10²³] 602000000000000000000000"), ("It was 1.5×10⁻³ in all.", "[1.5×10⁻³] 0.0015"),
    ("It was 1'250'000 in all.", "[1'250'000] 1250000"), ("It was one point 5 in all.", "[one point 5] 1.5"),
    ("It was oh point five in all.", "[oh point five] 0.5"), ("It was minus point five.", "[minus point five] -0.5"),
    ("It was three point oh five.", "[three point oh five] 3.05"), ("It was 3 fifths in all.", "[3 fifths] 0.6"),
    ("It was five ten-thousandths.", "[five ten-thousandths] 0.0005"), ("It was 100 at the least.", "[100 at the least] [100,)"),
    ("It was as high as 300 then.", "[as high as 300] (,300]"), ("Twelve hundred and fifty left.", "[Twelve hundred and fifty] 1250"),
    ("He is around 3 years of age.", "[around 3 years of age] 3 year"), ("It is 2 dm long.", "[2 dm] 2 decimeter"),
    ("It costs u.s $ 100 now.", "[u.s $ 100] 100 USD"), ("He is 6'2\" tall.", "[6'2\"] 6.166666666666667 foot"),
    ("It beats at 120 bpm then.", "[120 bpm] 120 beat per minute"), ("Hire 20 people.", "[20 people] 20 people"),
    ("It paid $3M for it.", "[$3M] 3000000 USD"), ("It was seven one-hundredths.", "[seven one-hundredths] 0.07"),
    ("Some twentyone left.", "[Some twentyone] 21"), ("It was 5 million 300 thousand.", "[5 million 300 thousand] 5300000"),
    ("It was 4.5*10^3 in all.", "[4.5*10^3] 4500"), ("It is 2-1/2 inches wide.", "[2-1/2 inches] 2.5 inch"),
    ("It is a quarter of a mile off.", "[a quarter of a mile] 0.25 mile"),
    ("It rose a tenth of a percent.", "[a tenth of a percent] 0.1"), ("It is 12 kilo meters off.", "[12 kilo meters] 12 kilometer"),
    ("A 900-square-foot flat was let.", "[900-square-foot] 900 square foot"), ("A 900 sqft flat was let.", "[900 sqft] 900 square foot"),
    ("It cost 5 pounds and 20 pence.", "[5 pounds and 20 pence] 5.2 GBP"), ("It cost 20 pounds sterling.", "[20 pounds sterling] 20 GBP"),
    ("It cost Australian $5 then.", "[Australian $5] 5 AUD"), ("It cost 100 vatu then.", "[100 vatu] 100 VUV"),
    ("Nearly one in five left.", "[Nearly one in five] 0.2"), ("The share is 3 out of 5.", "[3 out of 5] 0.6"),
  ])
  func `A number is read however it is written`(text: String, expected: String) { #expect(quantities(text) == [expected]) }

  @Test func `A list without spaces holds several numbers`() {
    #expect(quantities("Exercises 22,24,26,31 are due.") == ["[22] 22", "[24] 24", "[26] 26", "[31] 31"])
    #expect(quantities("It was 1,234,567 in all.") == ["[1,234,567] 1234567"])
  }

  @Test func `A sum says what it equals`() {
    #expect(quantities("Three plus two equals five.").last == "[five] 5")
    #expect(quantities("Its score equals 20.") == ["[equals 20] [20,20]"])
  }

  @Test(arguments: ["Aurora 3 leads the market.", "Heron 4 Swift tops the chart.", "Nova 2 beats them all."])
  func `The version of a product counts nothing`(text: String) { #expect(quantities(text) == []) }
}
