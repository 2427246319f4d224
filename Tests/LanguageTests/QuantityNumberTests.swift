import Testing

@testable import Language

@Suite struct QuantityNumberTests {
  private static let lexicon = Lexicon(QuantityTagger.vocabulary)
  private static let tagger = QuantityTagger(lexicon: lexicon)

  /// The whole text as one number.
  private func number(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBufferPointer { buffer in
      let tokens = Tokenizer(lexicon: Self.lexicon).tokenize(buffer)
      let view = TextView(bytes: buffer, tokens: tokens, lexicon: Self.lexicon, context: AnnotationContext(), blocks: [])
      let found = Self.tagger.tag(view, sentences: [], times: []).quantities
      guard found.count == 1, view.string(found[0].core) == text, case .quantity(let quantity) = found[0].value else { return nil }
      return quantity.value
    }
  }

  @Test(arguments: [
    ("two and half", "2.5"), ("five and quarter", "5.25"), ("two-and-a-half", "2.5"), ("three and three quarters", "3.75"),
    ("two hundred and a quarter", "200.25"), ("five millionths", "0.000005"), ("seven thirteenths", "0.5384615384615384"),
    ("two out of five", "0.4"), ("one twenty-fifth", "0.04"), ("four twenty-fifths", "0.16"), ("quarter million", "250000"),
    ("two hundred forty-fifths", "4.444444444444445"), ("one out of four", "0.25"), ("2.4 b", "2400000000"), ("20 G", "20000000000"),
    ("10 M", "10000000"),
    ("5,50", "5.5"), ("6.02e23", "602000000000000000000000"), ("13.5e13", "135000000000000"), ("-2.5^-2", "-0.16"),
  ])
  func `Parts, powers and abbreviated scales`(text: String, value: String) { #expect(number(text) == value) }

  @Test(arguments: [
    ("two hundredth", "200"), ("three hundred thousandth", "300000"), ("five millionth", "5000000"), ("ninety-ninth", "99"),
    ("one hundred and fifth", "105"), ("second to last", "end-1"), ("third from last", "end-2"), ("next to last", "end-1"), ("#2", "2"),
    ("the one before the last", "end-1"), ("the last but two", "end-2"),
  ])
  func `Ordinals multiply, and count from the end`(text: String, value: String) { #expect(number(text) == value) }

  @Test(arguments: [
    ("two hundred and five", "205"), ("one hundred and sixty-one", "161"), ("twenty-one trillion three hundred", "21000000000300"),
    ("seven hundred twenty-one thousand and twelve", "721012"), ("two hundred and two thousand", "202000"), ("one twenty two", "122"),
    ("a thousand and one", "1001"), ("half a dozen", "6"), ("half a million", "500000"), ("a couple of thousand", "2000"),
    ("six lakh", "600000"),
    ("negative ninety", "-90"), ("ninety-five hundred", "9500"), ("a hundred thousand", "100000"), ("thousand and one", "1001"),
    ("two-hundred-thousand", "200000"),
    ("three million, two hundred & forty", "3000240"),
  ])
  func `Number words add up`(text: String, value: String) { #expect(number(text) == value) }

  @Test(arguments: [
    ("two thirds", "0.6666666666666666"), ("one-eighth", "0.125"), ("twenty-three fifths", "4.6"), ("five and a half million", "5500000"),
    ("two hundred and fifty-four hundredths", "200.54"), ("one and a fourth", "1.25"), ("a quarter of a million", "250000"),
    ("one billion and a quarter million", "1000250000"), ("forty two and a third", "42.333333333333336"),
    ("three twenty-firsts", "0.14285714285714285"),
    ("two hundred point zero three", "200.03"), ("nine point nought four", "9.04"), ("⅔", "0.6666666666666666"), ("2½", "2.5"),
    ("7 3/4", "7.75"),
    ("3/4", "0.75"), ("1 over 3", "0.3333333333333333"),
  ])
  func `Fractions and decimals in words are exact`(text: String, value: String) { #expect(number(text) == value) }

  @Test(arguments: [
    ("1,234,567.5", "1234567.5"), ("12,34,567.89", "1234567.89"), ("1.111,11", "1111.11"), ("1 234 567", "1234567"), (".08", "0.08"),
    ("-9.25", "-9.25"),
    ("1.3e6", "1300000"), ("2.5×10−8", "0.000000025"), ("-127.32e13", "-1273200000000000"), ("2.33 k", "2330"), ("1.2b", "1200000000"),
    ("10 bln", "10000000000"), ("3 hundred and 21", "321"), ("6 crore and two hundred", "60000200"), ("0033", "33"), ("3 dozen", "36"),
    ("1 234 567.89", "1234567.89"), ("1 point 5", "1.5"), ("2 and a half", "2.5"),
    ("45 (forty-five)", "45"), ("4.7 billion", "4700000000"),
  ])
  func `Digits are read with their marks, exponents and scales`(text: String, value: String) { #expect(number(text) == value) }

  @Test(arguments: ["1.2.3", "1,2", "12.34.56", "1,23,4"])
  func `Marks that group nothing make no number`(text: String) { #expect(number(text) == nil) }

  @Test(arguments: [
    (0.1 + 0.2, "0.3"), (1e15, "1000000000000000"), (1.5e20, "150000000000000000000"), (2.5e-9, "0.0000000025"), (-0.5, "-0.5"),
    (7e9, "7000000000"), (0, "0"),
  ])
  func `Values are written without exponents or rounding noise`(number: Double, text: String) { #expect(decimalString(number) == text) }

  @Test(arguments: [
    ("companies", "company"), ("boxes", "box"), ("losses", "loss"), ("women", "woman"), ("cases", "case"), ("heroes", "hero"),
    ("series", "series"),
    ("buses", "bus"), ("lives", "life"), ("watches", "watch"), ("people", "people"),
  ])
  func `Plurals become singular`(plural: String, singular: String) { #expect(Plural.singular(plural) == singular) }
}
