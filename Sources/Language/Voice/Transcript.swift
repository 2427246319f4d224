import Documents

/// Turns of a transcript: paragraphs that open with a speaker's name in capitals and a colon.
extension AttributionFinder {
  /// One label alone may be a heading or a place ("WARNING: …"); two make a conversation.
  mutating func transcript() {
    var turns: [Found] = []
    for paragraph in paragraphs {
      guard let first = paragraph.first(where: { view.tokens[$0].isWord }), first - paragraph.lowerBound <= 2,
        let colon = endOfLabel(from: first, to: paragraph.upperBound)
      else { continue }
      let content = trimmed(colon + 1..<paragraph.upperBound)
      guard content.count > 2 else { continue }
      turns.append(Found(source: first..<colon, cue: colon..<colon + 1, content: [content], kind: .block))
    }
    if turns.count > 1 { found += turns }
  }

  /// The colon behind one to four words that are all in capitals, perhaps with initials' stops.
  private func endOfLabel(from first: Int, to limit: Int) -> Int? {
    var at = first
    var letters = 0
    while at < min(limit, first + 6) {
      let token = view.tokens[at]
      if token.mark == 0x3A { return letters > 2 && !token.spaceBefore && at + 1 < limit ? at : nil }
      if token.isWord {
        guard token.shape.contains(.allCaps) else { return nil }
        letters += token.span.count
      } else if token.mark != 0x2E {
        return nil
      }
      at += 1
    }
    return nil
  }
}
