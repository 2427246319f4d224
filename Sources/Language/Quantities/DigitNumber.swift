/// A number token ("12", "1,234.5", "12,34,567") as a value.
struct DigitNumber {
  var value: Double
  var digits: Int
  /// It has a decimal part.
  var isDecimal: Bool
  /// Digits after the decimal mark.
  var places: Int
  /// It has marks between groups of thousands.
  var isGrouped: Bool

  /// Nil where the points and commas make no number: versions, dates, lists.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var points = 0
    var commas = 0
    var lastMark = -1
    for i in range {
      if bytes[i] == 0x2E { points += 1 } else if bytes[i] == 0x2C { commas += 1 } else { continue }
      lastMark = i
    }
    let decimal: Int
    if points + commas == 0 {
      decimal = range.upperBound
    } else if points == 0 || commas == 0 {
      // One kind of mark: a single point is decimal, anything else must group thousands.
      // A comma before the last two digits is the decimal mark of much of Europe ("5,50").
      let isEuropean = commas == 1 && range.upperBound - lastMark == 3 && lastMark > range.lowerBound
      decimal = points == 1 || isEuropean ? lastMark : range.upperBound
      if points != 1, !isEuropean, !DigitNumber.groups(bytes, range) { return nil }
    } else {
      // Both kinds: the last one, used once, is the decimal mark.
      guard (bytes[lastMark] == 0x2E ? points : commas) == 1, DigitNumber.groups(bytes, range.lowerBound..<lastMark) else { return nil }
      decimal = lastMark
    }
    var mantissa = 0.0
    var fraction = 0
    digits = 0
    for i in range where bytes[i] != 0x2E && bytes[i] != 0x2C {
      // More than 18 digits only lose precision.
      mantissa = mantissa * 10 + Double(bytes[i] &- 0x30)
      digits += 1
      if i > decimal { fraction += 1 }
    }
    // Three hundred digits are no number anybody means.
    guard mantissa < 1e30 else { return nil }
    isDecimal = fraction > 0
    places = fraction
    isGrouped = points + commas > (isDecimal ? 1 : 0)
    value = fraction == 0 ? mantissa : mantissa / power(10, fraction)
  }

  /// Whether the marks stand where thousands (or, in India, lakhs and crores) are set off: 1–3 digits, then threes; or twos and a last three.
  private static func groups(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var length = 0
    var index = 0
    var threes = true
    var twos = true
    for i in range {
      if bytes[i] == 0x2E || bytes[i] == 0x2C {
        if index == 0 {
          if length > 3 { return false }
        } else {
          threes = threes && length == 3
          twos = twos && length == 2
        }
        if index == 0 && length > 2 { twos = false }
        index += 1
        length = 0
      } else {
        length += 1
      }
    }
    return length == 3 && (threes || twos)
  }
}

func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  for _ in 0..<min(abs(exponent), 400) { result *= base }
  return exponent < 0 ? 1 / result : result
}

/// Decimal notation without exponent, thousands marks or trailing zeros; binary rounding noise is taken off.
func decimalString(_ number: Double) -> String {
  let whole = number.rounded()
  if abs(number - whole) <= 1e-12 * abs(number), abs(number) < 9e15 { return String(Int64(whole)) }
  var value = number
  for digits in 1...9 where abs(number) < 9e15 {
    let scale = power(10, digits)
    let rounded = (number * scale).rounded() / scale
    if abs(rounded - number) <= 1e-14 * abs(number) {
      value = rounded
      break
    }
  }
  let text = value.description
  guard let e = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: e)...]) else {
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
  // Spread "1.5e+16" and "2.998e-08".
  var digits = Array(text[..<e].utf8)
  let sign = digits.first == 0x2D ? "-" : ""
  if !sign.isEmpty { digits.removeFirst() }
  let point = digits.firstIndex(of: 0x2E) ?? digits.count
  var plain = digits.filter { $0 != 0x2E }
  if exponent < 0 {
    while plain.count > 1, plain.last == 0x30 { plain.removeLast() }
    return sign + "0." + String(repeating: "0", count: -exponent - point) + String(decoding: plain, as: UTF8.self)
  }
  while plain.count < point + exponent { plain.append(0x30) }
  return sign + String(decoding: plain.prefix(point + exponent), as: UTF8.self)
}
