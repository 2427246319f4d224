import Documents

extension SentencePass {
  /// The first token of the next sentence, where a sentence ends with or shortly after the mark at `i`; nil where none does.
  func boundary(after i: Int) -> Int? {
    let token = view.tokens[i]
    switch token.mark {
    case 0x2E: return stop(at: i)
    case 0x21, 0x3F: return exclamation(at: i)
    case 0x2D...0x7E, 0..<0x2D: return nil
    default:
      let kind = kind(i)
      if kind.contains(.terminator) { return closed(after: i + 1) }
      if kind.contains(.ellipsis) { return ellipsis(from: i, to: i + 1) }
      if kind.contains(.dash) { return brokenOff(at: i) }
      return nil
    }
  }

  // MARK: Full stops

  private func stop(at i: Int) -> Int? {
    if i == start || view.tokens[i - 1].mark == 0x2E { return nil }
    if let run = dots(from: i) { return ellipsis(from: i, to: run) }
    let next = i + 1
    guard next < range.upperBound else { return nil }
    if isListMarkerStop(i) { return nil }
    if isJoined(next), !isCloser(next), view.tokens[next].mark != 0x5B { return joined(stop: i) }
    let after = closed(after: next)
    guard after < range.upperBound else { return nil }
    let isQuoted = after > next
    guard canBegin(at: after, afterQuote: isQuoted) else { return nil }
    if !isQuoted, isAbbreviation(before: i, next: after) { return nil }
    if isQuoted, isCloser(next), let abbreviation = wordBefore(i), kind(abbreviation).contains(.title) { return nil }
    return after
  }

  /// "end.Next": a space was forgotten, unless it is an address, a file name or a decimal.
  private func joined(stop i: Int) -> Int? {
    let next = view.tokens[i + 1]
    guard i > range.lowerBound, isJoined(i) else { return nil }
    let before = view.tokens[i - 1]
    let following = kind(i + 1)
    let isPlain = i - 1 == range.lowerBound || view.tokens[i - 1].spaceBefore || isOpener(i - 2) || view.tokens[i - 2].mark == 0x2C
    if next.isNumber {
      // A footnote number: "as before.12 The next".
      let isWordEnd = (before.isWord && before.end - before.start > 2 && !isAbbreviation(before: i, next: i + 1)) || before.mark == 0x29
      guard isWordEnd, next.end - next.start <= 3 else { return nil }
      var after = i + 2
      while after < range.upperBound, view.tokens[after].isNumber, view.tokens[after].spaceBefore { after += 1 }
      guard after < range.upperBound, view.tokens[after].spaceBefore, view.tokens[after].isCapitalized else { return nil }
      return after
    }
    guard next.isWord, next.isCapitalized, !next.shape.contains(.allCaps), isPlain else { return nil }
    guard before.isNumber || (before.isWord && before.end - before.start > 1) else { return nil }
    // "Ada.Quill": two names make an address, a name and a pronoun do not.
    if before.isCapitalized, !following.contains(.starter), !following.contains(.title) { return nil }
    // "name.Part.other", "name.Part@host": the chain goes on.
    if isJoined(i + 2), [0x2E, 0x40, 0x5F, 0x28, 0x2F].contains(mark(i + 2)), isJoined(i + 3) { return nil }
    return i + 1
  }

  private func wordBefore(_ i: Int) -> Int? {
    guard i > range.lowerBound, isJoined(i), view.tokens[i - 1].isWord else { return nil }
    return i - 1
  }

  private func isAbbreviation(before i: Int, next: Int) -> Bool {
    if view.tokens[next].isNumber, view.tokens[i - 1].isMark, kind(i - 1).contains(.numbered) { return true }
    guard let word = wordBefore(i) else { return false }
    let token = view.tokens[word]
    let kind = kind(word)
    let following = view.tokens[next]
    let starts = following.isWord && following.isCapitalized && self.kind(next).contains(.starter)
    let isAcronym = word - 2 >= range.lowerBound && isJoined(word) && view.tokens[word - 1].mark == 0x2E && view.tokens[word - 2].isWord
    if isAcronym {
      if isMeridiem(word) { return isFronted(until: word) && !starts || self.kind(next).contains(.dated) }
      if following.isNumber || !following.isWord { return token.end - token.start == 1 && following.isNumber }
      // "e.g. The" is still an example; "the U.S. The" is not.
      if !token.isCapitalized, isExample(word) { return true }
      return !starts
    }
    if token.end - token.start == 1 {
      guard token.isCapitalized else { return kind.contains(.numbered) && following.isNumber || kind.contains(.leading) }
      return isInitial(word, next: next, starts: starts)
    }
    if kind.contains(.numbered), following.isNumber { return true }
    if kind.contains(.title), token.isCapitalized {
      // "5th St. The" and "Sr. He" do end.
      return !(kind.contains(.abbreviation) && starts)
    }
    if kind.contains(.leading) { return true }
    if kind.contains(.abbreviation) {
      if following.isNumber { return true }
      if !following.isWord { return following.mark == 0x28 }
      if !token.isCapitalized, token.end - token.start > 2 { return false }
      return !starts
    }
    return false
  }

  /// A letter with a stop is an initial, unless a lower-case word goes before it and a new sentence plainly follows ("you and I. Did").
  private func isInitial(_ word: Int, next: Int, starts: Bool) -> Bool {
    let following = view.tokens[next]
    guard word > range.lowerBound, word > start else { return true }
    if following.isNumber { return false }
    let before = view.tokens[word - 1]
    if starts || (view.tokens[word].span.count == 1 && view.bytes[Int(view.tokens[word].start)] == 0x49 && !before.isCapitalized) {
      return before.isCapitalized && before.isWord
    }
    return true
  }

  private func isExample(_ word: Int) -> Bool {
    let first = view.bytes[Int(view.tokens[word - 2].start)]
    let second = view.bytes[Int(view.tokens[word].start)]
    return (first == 0x65 && second == 0x67) || (first == 0x69 && second == 0x65)
  }

  private func isMeridiem(_ word: Int) -> Bool {
    let first = view.bytes[Int(view.tokens[word - 2].start)] | 0x20
    let second = view.bytes[Int(view.tokens[word].start)] | 0x20
    return (first == 0x61 || first == 0x70) && second == 0x6D
  }

  /// "At 5 a.m." opens a sentence rather than ending one.
  private func isFronted(until word: Int) -> Bool { word - start <= 6 && kind(start).contains(.fronting) }

  // MARK: Ellipses

  /// The end of a run of two or more stops, joined or spaced.
  private func dots(from i: Int) -> Int? {
    var end = i + 1
    while end < range.upperBound, view.tokens[end].mark == 0x2E, !view.tokens[end].shape.contains(.lineStart) { end += 1 }
    return end > i + 1 ? end : nil
  }

  private func ellipsis(from i: Int, to run: Int) -> Int? {
    let count = run - i
    let isSpaced = count > 1 && view.tokens[i + 1].spaceBefore
    if i > range.lowerBound, view.tokens[i - 1].mark == 0x5B { return nil }
    let after = closed(after: run)
    guard after < range.upperBound else { return nil }
    let next = view.tokens[after]
    guard next.spaceBefore, next.isWord ? next.isCapitalized : canBegin(at: after, afterQuote: false) else { return nil }
    // "compounds. . . . The": the first stop ends a sentence, the rest is an omission that opens the next.
    if isSpaced, isJoined(i), count >= 4, after == run { return i + 1 }
    if count >= 4 { return after }
    if isSpaced { return nil }
    return after
  }

  /// "she's — See, now": a dash where a speaker breaks off and begins anew.
  private func brokenOff(at i: Int) -> Int? {
    let next = i + 1
    guard next < range.upperBound, view.tokens[i].spaceBefore, view.tokens[next].spaceBefore else { return nil }
    guard view.tokens[next].isWord, view.tokens[next].isCapitalized, kind(next).contains(.starter) else { return nil }
    // Not "I", "I'm": a dash before them goes on as often as not.
    return view.bytes[Int(view.tokens[next].start)] == 0x49 && view.tokens[next].span.count != 2 ? nil : next
  }

  // MARK: Exclamation and question marks

  private func exclamation(at i: Int) -> Int? {
    var end = i + 1
    while end < range.upperBound, mark(end) == 0x21 || mark(end) == 0x3F, isJoined(end) { end += 1 }
    guard end < range.upperBound else { return nil }
    // "!Kung": nothing before, a word behind.
    if !isJoined(i), isJoined(end) { return nil }
    let after = closed(after: end)
    guard after < range.upperBound else { return nil }
    guard view.tokens[after].spaceBefore, canBegin(at: after, afterQuote: after > end) else { return nil }
    return after
  }

  // MARK: What follows

  /// Skips closing quotation marks and brackets, reference marks ("[17]") and emoji that belong to the sentence that ended.
  func closed(after i: Int) -> Int {
    var next = i
    while next < range.upperBound {
      let token = view.tokens[next]
      guard token.isMark, !token.shape.contains(.lineStart) else { break }
      if isCloser(next), !token.spaceBefore {
        next += 1
      } else if token.mark == 0x5B, let end = reference(at: next) {
        next = end
      } else if token.mark == 0xF0, token.end - token.start == 4 {
        next += 1
      } else if token.spaceBefore, isCloser(next), token.mark != 0x27, token.mark != 0x22 || next + 1 == range.upperBound {
        next += 1
      } else {
        break
      }
    }
    // "rights. 4 Even": the number of a note.
    if next == i, next + 1 < range.upperBound, view.tokens[next].isNumber, view.tokens[next].span.count <= 3,
      view.tokens[next + 1].isCapitalized, view.tokens[next + 1].spaceBefore, kind(next + 1).contains(.starter),
      !view.tokens[i - 1].spaceBefore
    {
      return next + 1
    }
    return next
  }

  /// The token after "[6]", "[3, 4]", "[2–11]".
  private func reference(at i: Int) -> Int? {
    var next = i + 1
    var hasNumber = next < range.upperBound && (mark(next) == 0x2E || kind(next).contains(.ellipsis))
    while next < range.upperBound, next < i + 12 {
      let token = view.tokens[next]
      if token.mark == 0x5D { return hasNumber ? next + 1 : nil }
      if token.isNumber { hasNumber = true } else if token.isWord, token.span.count > 2 { return nil }
      next += 1
    }
    return nil
  }

  /// Whether a sentence may begin with the token at `i`.
  private func canBegin(at i: Int, afterQuote: Bool) -> Bool {
    let token = view.tokens[i]
    if token.isWord {
      if token.isCapitalized || !hasCapitals { return true }
      return token.shape.contains(.innerCap) || isItemLetter(i) || (token.shape.contains(.nonASCII) && !isLowercase(i))
    }
    if token.isNumber { return true }
    if isOpener(i) {
      var inner = i + 1
      while inner < range.upperBound, isOpener(inner) { inner += 1 }
      guard inner < range.upperBound else { return false }
      if token.mark == 0x28 { return true }
      return canBegin(at: inner, afterQuote: afterQuote)
    }
    switch token.mark {
    case 0x24, 0x23, 0x40, 0x2A, 0x3C, 0x5F: return true
    case 0x2E:
      var inner = i + 1
      while mark(inner) == 0x2E { inner += 1 }
      return inner < range.upperBound && (view.tokens[inner].isNumber || view.tokens[inner].isCapitalized)
    case 0x2D: return i + 1 < range.upperBound && view.tokens[i + 1].isCapitalized
    case 0..<0x80: return false
    default:
      let kind = kind(i)
      if kind.contains(.dash) { return i + 1 < range.upperBound && view.tokens[i + 1].isCapitalized }
      return !kind.contains(.closer)
    }
  }

  private func isLowercase(_ i: Int) -> Bool {
    view.bytes[Int(view.tokens[i].start)] &- 0x61 < 26
  }
}
