import Documents

/// How far a run of capitalised words reaches, and whether a capital says anything where it stands.
extension NameFinder {
  // MARK: Runs

  /// Whether a capital at `i` says nothing: the sentence, a quotation or a clause after a colon begins there.
  func isInitial(_ i: Int, _ start: Int) -> Bool {
    guard i > start else { return true }
    let before = view.tokens[i - 1]
    guard before.isMark else { return i - 1 == start && before.isNumber }
    switch before.mark {
    case 0x22, 0x28, 0x3A, 0x2A, 0x5B, 0x7C, 0xE2: return !before.shape.contains(.possessive)
    case 0x2E, 0x3F, 0x21: return !isAbbreviation(i - 2, start)
    case 0x27: return !before.shape.contains(.possessive) && before.spaceBefore
    default: return i - 1 == start
    }
  }

  func isAbbreviation(_ i: Int, _ start: Int) -> Bool {
    guard i >= start, view.tokens[i].isWord else { return false }
    return view.tokens[i].span.count == 1 || !flags(i).isDisjoint(with: [.title, .legalForm, .postTitle])
  }

  /// Title Case or ALL CAPS: a capital says nothing anywhere in the sentence. A small auxiliary ("is", "was") is in no headline.
  func isHeadline(_ range: Range<Int>) -> Bool {
    var upper = 0
    var lower = 0
    for i in range.dropFirst() {
      let token = view.tokens[i]
      guard token.isWord else { continue }
      if flags(i).contains(.auxiliary), !token.isCapitalized { return false }
      guard token.span.count > 3, !flags(i).contains(.function) else { continue }
      if token.isCapitalized { upper += 1 } else { lower += 1 }
    }
    guard upper >= 1, upper >= 4 * lower, let last = range.last else { return false }
    let mark = view.tokens[last].mark
    if mark == 0x2E { return range.allSatisfy { !view.tokens[$0].isWord || view.tokens[$0].shape.contains(.allCaps) } }
    return mark != 0x3F && mark != 0x21 && mark != 0x3A ? true : upper > 4
  }

  /// One past the last token of the run of capitalised words and their connectors that begins at `i`.
  func runEnd(from i: Int, limit: Int) -> Int {
    var end = i + 1
    // A text without lower case is one run; what is said of a run is looked up in all of it.
    while end - i < 40, let next = extend(end, from: i, limit: limit) { end = next }
    return end
  }

  /// What looked like a time may be part of a name: "Northwind Morning Herald".
  func mayBeInName(_ i: Int, limit: Int) -> Bool {
    i + 1 < limit && isCapital(i) && isCapital(i + 1) && !taken[i + 1] && !flags(i).contains(.calendar)
  }

  /// The end of the run after one more word, where one belongs to it.
  func extend(_ j: Int, from i: Int, limit: Int) -> Int? {
    guard j < limit else { return nil }
    let token = view.tokens[j]
    guard !taken[j] || mayBeInName(j, limit: limit) else { return nil }
    let last = flags(j - 1)
    if token.isWord {
      if token.isCapitalized || token.shape.contains(.innerCap) {
        return token.spaceBefore && flags(j).isDisjoint(with: [.function, .calendar]) && !token.shape.contains(.paragraphStart)
          ? j + 1 : nil
      }
      guard j + 1 < limit, !taken[j + 1] else { return nil }
      if flags(j).contains(.particle), isCapital(j + 1) { return flags(j + 1).contains(.function) ? nil : j + 2 }
      if flags(j).contains(.particle), flags(j + 1).contains(.particle), j + 2 < limit, isCapital(j + 2) { return j + 3 }
      if `is`(j, ids.of) {
        guard !last.isDisjoint(with: [.orgHead, .placeSuffix, .placePrefix]) || flags(i).contains(.orgHead) else { return nil }
        if isCapital(j + 1), !flags(j + 1).contains(.function) { return j + 2 }
        if `is`(j + 1, ids.the), j + 2 < limit, isCapital(j + 2) { return j + 3 }
      } else if `is`(j, ids.for) {
        guard !last.isDisjoint(with: [.orgHead, .orgSuffix]), isCapital(j + 1), !flags(j + 1).contains(.function) else { return nil }
        return j + 2
      } else if `is`(j, ids.and) {
        guard isCapital(j + 1), !flags(j + 1).contains(.function) else { return nil }
        return joins(j, from: i, limit: limit) ? j + 2 : nil
      }
      return nil
    }
    guard token.isMark, j + 1 < limit else { return nil }
    switch token.mark {
    case 0x2E:
      guard !token.spaceBefore else { return nil }
      let before = view.tokens[j - 1]
      if before.span.count == 1, before.isCapitalized {
        // An initial, or letters with points ("U.S.").
        let next = view.tokens[j + 1]
        if next.isWord, next.isCapitalized, !flags(j + 1).contains(.function) || !next.spaceBefore { return j + 2 }
        return j + 1 - i > 2 ? j + 1 : nil
      }
      guard isAbbreviation(j - 1, i) else { return nil }
      if isCapital(j + 1), flags(j + 1).isDisjoint(with: [.function]) { return j + 2 }
      return last.contains(.legalForm) || last.contains(.postTitle) ? j + 1 : nil
    case 0x2D:
      guard !token.spaceBefore, !view.tokens[j + 1].spaceBefore, isCapital(j + 1) else { return nil }
      return j + 2
    case 0x26:
      return isCapital(j + 1) ? j + 2 : nil
    case 0x2C:
      // "Contoso, Inc."
      return flags(j + 1).contains(.legalForm) && isCapital(j + 1) ? j + 2 : nil
    default:
      guard token.shape.contains(.possessive), isCapital(j + 1) else { return nil }
      return j - i <= 2 && ids.houses.contains(view.tokens[j + 1].word) ? j + 2 : nil
    }
  }

  /// "and" inside a name: "Department of Health and Services", "Food and Drug Administration".
  func joins(_ j: Int, from i: Int, limit: Int) -> Bool {
    if flags(j + 1).contains(.orgHead), j + 2 < limit, self.is(j + 2, ids.of) { return false }
    if flags(i).contains(.orgHead), (i..<j).contains(where: { `is`($0, ids.of) || `is`($0, ids.for) }) { return true }
    guard flags(j - 1).contains(.common), j - i <= 2 else { return false }
    var end = j + 2
    while end < limit, view.tokens[end].isWord, isCapital(end) { end += 1 }
    return end > j + 2 && flags(end - 1).contains(.orgSuffix)
  }
}
