import Documents

/// "1.", "2)", "(c)", "• 9.": how an item is counted, and where it stands.
struct ListMarker: Equatable {
  enum Style: Equatable { case number(closing: Bool), letter(closing: Bool), bullet }
  var style: Style
  var ordinal: Int

  /// "1" or "a" where a list can begin.
  var isFirst: Bool { style != .bullet && (ordinal == 1 || ordinal == 0x61) }
}

extension SentencePass {
  /// Whether the line break before token `i` ends a sentence that no stop ended.
  ///
  /// A blank line and a list item do. A single break does where the line before it was too short to have been wrapped, and joins
  /// where it was wrapped: trailing white space, a comma, or a lower-case word after a long line.
  func breaksLine(at i: Int) -> Bool {
    let token = view.tokens[i]
    if token.mark == 0x2E { return false }
    if token.shape.contains(.paragraphStart) || listMarker(at: i) != nil { return true }
    let previous = view.tokens[i - 1]
    if previous.mark == 0x2C { return false }
    let hasTrailingSpace = view.bytes[Int(previous.end)] == 0x20
    if token.isWord, !token.isCapitalized, hasTrailingSpace { return false }
    return lineLength(before: i) < 50
  }

  private func lineLength(before i: Int) -> Int {
    var first = i - 1
    while first > start, !view.tokens[first].shape.contains(.lineStart) { first -= 1 }
    return Int(view.tokens[i - 1].end - view.tokens[first].start)
  }

  /// Remembers the marker that the sentence begins with.
  mutating func beginSentence() {
    if let found = listMarker(at: start) { marker = found }
  }

  /// Whether token `i` is the next item of the list in whose item it stands: "1) one 2) two".
  func startsItem(at i: Int) -> Bool {
    guard let marker, view.tokens[i].spaceBefore, let next = listMarker(at: i) else { return false }
    guard i > start + 1 else { return false }
    if next.style == marker.style { return marker.style == .bullet || next.ordinal == marker.ordinal + 1 || next.isFirst }
    return next.isFirst && listMarker(at: start) != nil
  }

  /// Whether the stop at `i` belongs to a marker at the sentence's start ("1. The", "A. His").
  func isListMarkerStop(_ i: Int) -> Bool {
    guard i - start <= 2, i > start else { return false }
    if i - start == 2, !kind(start).contains(.bullet) { return false }
    let token = view.tokens[i - 1]
    return (token.isNumber && token.span.count <= 3) || (token.isWord && token.span.count == 1)
  }

  /// A single letter with a closing bracket.
  func isItemLetter(_ i: Int) -> Bool {
    guard i + 1 < range.upperBound else { return false }
    return view.tokens[i].isWord && view.tokens[i].span.count == 1 && isJoined(i + 1) && mark(i + 1) == 0x29
  }

  func listMarker(at i: Int) -> ListMarker? {
    guard i + 1 < range.upperBound else { return nil }
    let token = view.tokens[i]
    if token.isMark {
      if kind(i).contains(.bullet) { return ListMarker(style: .bullet, ordinal: 0) }
      if token.mark == 0x28, let inner = ordinal(at: i + 1), mark(i + 2) == 0x29 {
        return ListMarker(style: inner.style(true), ordinal: inner.value)
      }
      if token.mark == 0x2D || token.mark == 0x2A, view.tokens[i + 1].spaceBefore, token.shape.contains(.lineStart) {
        return ListMarker(style: .bullet, ordinal: 0)
      }
      return nil
    }
    guard let found = ordinal(at: i), isJoined(i + 1) else { return nil }
    switch mark(i + 1) {
    case 0x29: return ListMarker(style: found.style(true), ordinal: found.value)
    case 0x2E where i + 2 < range.upperBound:
      if isJoined(i + 2) { return mark(i + 2) == 0x29 ? ListMarker(style: found.style(true), ordinal: found.value) : nil }
      // "1. The": only what begins like an item.
      return view.tokens[i + 2].isCapitalized ? ListMarker(style: found.style(false), ordinal: found.value) : nil
    default: return nil
    }
  }

  private struct Ordinal {
    var value: Int
    var isNumber: Bool
    func style(_ closing: Bool) -> ListMarker.Style { isNumber ? .number(closing: closing) : .letter(closing: closing) }
  }

  private func ordinal(at i: Int) -> Ordinal? {
    let token = view.tokens[i]
    if token.isNumber, token.span.count <= 2 {
      var value = 0
      for at in token.span.range {
        guard view.bytes[at] &- 0x30 < 10 else { return nil }
        value = value * 10 + Int(view.bytes[at] - 0x30)
      }
      return Ordinal(value: value, isNumber: true)
    }
    if token.isWord, token.span.count == 1 {
      return Ordinal(value: Int(view.bytes[Int(token.start)]), isNumber: false)
    }
    return nil
  }
}
