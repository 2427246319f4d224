/// The unit that a label gives to the bare numbers under it: "Raised ($M)", "Amount (USD millions)", "Parameters (B)".
struct LabelUnit: Sendable, Hashable {
  private var currency: String?
  private var scale = 1.0
  private var isParameters = false

  static let none = LabelUnit("")

  private static let currencies = ["$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "usd": "USD", "eur": "EUR", "gbp": "GBP", "cny": "CNY"]
  private static let scales: [String: Double] = [
    "k": 1e3, "thousand": 1e3, "thousands": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mln": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12, "trillions": 1e12,
  ]

  init(_ label: String) {
    let lower = label.lowercased()
    for (sign, code) in LabelUnit.currencies where sign.count == 1 && lower.contains(sign) { currency = code }
    let words = lower.split { !$0.isLetter && !$0.isNumber }
    for word in words { if let code = LabelUnit.currencies[String(word)] { currency = code } }
    // A letter alone scales only as a unit: behind a currency, in brackets, after "in".
    let isUnit = currency != nil || lower.contains("(") || words.contains("in")
    for word in words where isUnit || word.count > 2 { if let factor = LabelUnit.scales[String(word)] { scale = factor } }
    isParameters = currency == nil && words.contains { $0.hasPrefix("param") }
  }

  /// Nil where the label says nothing of the number's unit.
  func scaled(_ number: Double) -> (text: String, number: Double)? {
    if let currency { return (LabelUnit.text(number * scale) + " " + currency, number * scale) }
    if isParameters {
      let letter = scale == 1e12 ? "T" : scale == 1e6 ? "M" : scale == 1e9 ? "B" : nil
      return letter.map { (LabelUnit.text(number) + $0 + " parameters", number * scale) }
    }
    return scale == 1 ? nil : (LabelUnit.text(number * scale), number * scale)
  }

  private static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}
