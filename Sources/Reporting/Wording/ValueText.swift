/// Values of facts for reading: "200000000 USD" is "200 million USD", "7B;13B" is "7B, 13B". Nothing is rounded.
enum ValueText {
  static func text(_ value: String) -> String {
    value.split(separator: ";").map { part(VisibleText.line($0)) }.joined(separator: ", ")
  }

  private static func part(_ text: String) -> String {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = plural(text.dropFirst(number.count), number)
    guard number.count > 4, unit.isEmpty || unit.first == " ", let whole = Int(number) else { return String(number + unit) }
    return scaled(whole) + unit
  }

  /// " user" behind "450000" is " users". Only a plain word that is no plural by itself changes.
  private static func plural(_ unit: Substring, _ digits: Substring) -> Substring {
    let word = unit.dropFirst()
    guard !digits.isEmpty, digits != "1", unit.first == " ", word.count > 3, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }),
      !word.hasSuffix("s"), !unchanging.contains(word)
    else { return unit }
    return word.hasSuffix("y") && !"aeiou".contains(word.dropLast().last ?? "a") ? " \(word.dropLast())ies" : unit + "s"
  }

  private static let unchanging: Set<Substring> = [
    "people", "staff", "percent", "women", "children", "personnel", "billion", "million", "thousand", "trillion", "hertz", "megahertz",
    "gigahertz",
  ]

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
