import Documents

/// A recursive-descent reading of expressions of time, one method a construction, each bounded by the sentence.
///
/// Methods return nil where the construction is not there; nothing is built before that is known.
struct TimeParser {
  typealias Classes = TimeWord.Classes

  let view: TextView
  let words: WordTable<TimeWord>
  let holidays: HolidayTable
  /// The sentence.
  let range: Range<Int>
  var anchor: TimeAnchor
  /// The second end of a range joined by a hyphen, which otherwise forbids a date.
  var tight = -1

  // MARK: Tokens

  @inline(__always) func inside(_ i: Int) -> Bool { i >= range.lowerBound && i < range.upperBound }
  func word(_ i: Int) -> TimeWord { inside(i) ? words[view.tokens[i].word] : TimeWord() }
  func has(_ i: Int, _ kind: Classes) -> Bool { !word(i).classes.isDisjoint(with: kind) }
  func mark(_ i: Int) -> UInt8 { inside(i) ? view.tokens[i].mark : 0 }
  func isWord(_ i: Int, _ particle: TimeParticle) -> Bool { word(i).particle == particle }
  func isAny(_ i: Int, _ particles: TimeParticle...) -> Bool { word(i).particle.map { particles.contains($0) } ?? false }
  /// No white space before it.
  func joined(_ i: Int) -> Bool { inside(i) && !view.tokens[i].spaceBefore }
  func isNumber(_ i: Int) -> Bool { inside(i) && view.tokens[i].isNumber }
  func isCapitalized(_ i: Int) -> Bool { inside(i) && view.tokens[i].isCapitalized }
  func length(_ i: Int) -> Int { inside(i) ? view.tokens[i].span.count : 0 }

  /// Whether the stretch is all that the sentence holds, but for final marks.
  func isWhole(_ tokens: Range<Int>) -> Bool {
    guard tokens.lowerBound == range.lowerBound else { return false }
    for i in tokens.upperBound..<max(tokens.upperBound, range.upperBound) where !view.tokens[i].isMark { return false }
    return true
  }

  /// Past a hyphen or dash between two parts of a word or a range.
  func dash(_ i: Int) -> Int? {
    guard inside(i), view.tokens[i].isMark else { return nil }
    switch view.tokens[i].mark {
    case 0x2D, 0x7E: return i + 1
    case 0xE2: return has(i, .to) ? i + 1 : nil
    default: return nil
    }
  }

  func skipHyphen(_ i: Int) -> Int { mark(i) == 0x2D && joined(i) && joined(i + 1) ? i + 1 : i }
  func skipComma(_ i: Int) -> Int { mark(i) == 0x2C ? i + 1 : i }
  func skipStop(_ i: Int) -> Int { mark(i) == 0x2E && joined(i) && i + 1 < range.upperBound + 1 ? i + 1 : i }

  // MARK: Numbers

  /// An integer without points or commas in digits.
  func digits(_ i: Int) -> Int? {
    guard isNumber(i) else { return nil }
    let span = view.tokens[i].span
    guard span.count <= 8 else { return nil }
    var value = 0
    for at in span.range {
      let digit = view.bytes[at] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  /// The integers between the points of "10.31.1974".
  func dotted(_ i: Int) -> [(value: Int, length: Int)]? {
    guard isNumber(i) else { return nil }
    var parts: [(Int, Int)] = []
    var value = 0
    var length = 0
    for at in view.tokens[i].span.range {
      let byte = view.bytes[at]
      if byte == 0x2E {
        parts.append((value, length))
        value = 0
        length = 0
      } else if byte &- 0x30 < 10, length < 5 {
        value = value * 10 + Int(byte - 0x30)
        length += 1
      } else {
        return nil
      }
    }
    parts.append((value, length))
    return parts.count > 1 ? parts.map { (value: $0.0, length: $0.1) } : nil
  }

  /// A count in digits or words, with what follows it. "2.5", "1,000", "twenty-five", "two hundred and six".
  func count(_ i: Int) -> (value: Double, next: Int)? {
    if isNumber(i) {
      if let whole = digits(i) {
        // "5 1/2 hours"
        if whole < 100, let above = digits(i + 1), !joined(i + 1), mark(i + 2) == 0x2F, joined(i + 2), joined(i + 3),
          let below = digits(i + 3),
          above > 0, above < below, below <= 8, has(skipHyphen(i + 4), .unit)
        {
          return (Double(whole) + Double(above) / Double(below), i + 4)
        }
        return (Double(whole), i + 1)
      }
      var text = view.string(i)
      text.removeAll { $0 == "," }
      return Double(text).flatMap { $0 < 1e6 ? ($0, i + 1) : nil }
    }
    return wordCount(i).map { (Double($0.value), $0.next) }
  }

  func wordCount(_ i: Int) -> (value: Int, next: Int)? {
    guard has(i, [.cardinal, .scale]) || isAny(i, .a) && has(i + 1, .scale) else { return nil }
    var at = i
    var total = 0
    var group = 0
    var read = false
    if isWord(at, .a) {
      group = 1
      at += 1
    }
    while has(at, [.cardinal, .scale])
      || read && isWord(at, .and) && has(at + 1, .cardinal) && (group % 100 == 0 || total > 0 && group == 0)
    {
      if isWord(at, .and) {
        at += 1
        continue
      }
      let value = Int(word(at).value)
      if has(at, .scale) {
        group = max(1, group) * value
        if value == 1000 {
          total += group
          group = 0
        }
      } else if group % 100 == 0 || (group % 10 == 0 && group % 100 >= 20 && value < 10) {
        group += value
      } else {
        break
      }
      read = true
      at += 1
      if value >= 20, value < 100, mark(at) == 0x2D, joined(at), has(at + 1, .cardinal), word(at + 1).value < 10 { at += 1 }
    }
    return read ? (total + group, at) : nil
  }

  /// "3rd", "third", "twenty-third".
  func ordinal(_ i: Int) -> (value: Int, next: Int)? {
    if let value = digits(i), value <= 999, joined(i + 1), has(i + 1, .ordinalSuffix) { return (value, i + 2) }
    if has(i, .ordinal) { return (Int(word(i).value), i + 1) }
    if has(i, .cardinal), word(i).value >= 20 {
      let next = skipHyphen(i + 1)
      if has(next, .ordinal), word(next).value < 10 { return (Int(word(i).value) + Int(word(next).value), next + 1) }
    }
    return nil
  }

  // MARK: Years

  /// A year in four digits, an apostrophe and two, or words.
  func year(_ i: Int) -> (value: Int, next: Int)? {
    if let value = digits(i), length(i) == 4 {
      guard value >= 1000, value < 2200, !(mark(i + 1) == 0x2D && joined(i + 1) && has(i + 2, .cardinal)) else { return nil }
      if joined(i + 1), inside(i + 1), view.tokens[i + 1].isWord, !has(i + 1, .quarterCode) { return nil }
      return (value, i + 1)
    }
    if mark(i) == 0x27, let value = digits(i + 1), length(i + 1) == 2, joined(i + 1) { return (expand(value), i + 2) }
    return yearWords(i)
  }

  /// Two digits of a year.
  func expand(_ value: Int) -> Int { value < 40 ? 2000 + value : 1900 + value }

  /// "nineteen ninety-six", "two thousand and five".
  private func yearWords(_ i: Int) -> (value: Int, next: Int)? {
    guard has(i, .cardinal), inside(i + 1) else { return nil }
    let head = Int(word(i).value)
    if (10...21).contains(head) || head == 20 {
      if has(i + 1, .scale), word(i + 1).value == 100 {
        let rest = wordCount(i)
        return rest.flatMap { $0.value > 999 ? ($0.value, $0.next) : nil }
      }
      if has(i + 1, .cardinal), let rest = wordCount(i + 1), rest.value >= 10, rest.value < 100 {
        return (head * 100 + rest.value, rest.next)
      }
      return nil
    }
    if head == 2, has(i + 1, .scale), word(i + 1).value == 1000, let all = wordCount(i), all.value < 2100 { return (all.value, all.next) }
    return nil
  }
}
