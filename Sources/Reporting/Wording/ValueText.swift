/// Values of facts for reading: "200000000 USD" is "200 million USD", "7B;13B" is "7B, 13B". Nothing is rounded.
enum ValueText {
  static func text(_ value: String) -> String {
    value.split(separator: ";").map { part(VisibleText.line($0)) }.joined(separator: ", ")
  }

  private static func part(_ text: String) -> String {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    guard digits.count > 4, rest.isEmpty || rest.first == " ", let number = Int(digits) else { return text }
    return scaled(number) + rest
  }

  /// In millions or billions where two decimals say it exactly, else with its digits in groups.
  private static func scaled(_ number: Int) -> String {
    for (unit, name) in [(1_000_000_000, "billion"), (1_000_000, "million")] where number >= unit && number % (unit / 100) == 0 {
      let hundredths = number % unit / (unit / 100)
      let decimals =
        hundredths == 0 ? "" : hundredths % 10 == 0 ? ".\(hundredths / 10)" : hundredths < 10 ? ".0\(hundredths)" : ".\(hundredths)"
      return "\(CountText.grouped(number / unit))\(decimals) \(name)"
    }
    return CountText.grouped(number)
  }
}
