import Analysis
import Documents
import Language

/// Where a pattern matched.
struct PatternMatch {
  struct Capture {
    var role: CaptureRole
    var tokens: Range<Int>
    /// Index into the annotation's mentions; nil for `{np}` and `{quote}`.
    var mention: Int?
  }

  var anchor: Int
  var tokens: Range<Int>
  var captures: [Capture]
}

/// Runs pattern programs over one sentence, by backtracking within a budget.
struct Matcher {
  let view: SentenceView
  /// Tokens of the sentence: nothing matches across its ends.
  let bounds: Range<Int>
  private var captures: [PatternMatch.Capture] = []
  private var budget = 0
  /// Where the last match failed, kept only while `isTracing`.
  private(set) var miss: Miss?
  var isTracing = false

  /// The step of a program that nothing satisfied, the last of all that were tried.
  struct Miss {
    var isBackward: Bool
    var step: Int
    /// The token it was tried at; the sentence's end where none was left.
    var token: Int
    var isOutOfBudget = false
  }

  init(_ view: SentenceView, sentence: Range<Int>) {
    self.view = view
    bounds = sentence
  }

  /// - Parameter anchor: a token whose word is one of the program's anchors.
  mutating func match(_ program: PatternProgram, at anchor: Int) -> PatternMatch? {
    captures.removeAll(keepingCapacity: true)
    budget = 4_000
    miss = nil
    guard let end = run(program.forward, 0, anchor, 1), let start = run(program.backward, 0, anchor, -1) else { return nil }
    return PatternMatch(anchor: anchor, tokens: start..<end, captures: captures)
  }

  /// - Parameter direction: 1 where the steps run to the right of `from`, -1 where they run to its left.
  /// - Returns: the token after the match, or its first one to the left; nil where there is none.
  private mutating func run(_ code: PatternProgram.Code, _ start: Int, _ from: Int, _ direction: Int) -> Int? {
    var pc = start
    var at = from
    while true {
      budget -= 1
      if budget < 0 { return failed(pc, at, direction, isOutOfBudget: true) }
      let next = direction > 0 ? at : at - 1
      let hit: Int?
      switch code.steps[pc] {
      case .accept: return at
      case .jump(let target):
        pc = Int(target)
        continue
      case .split(let other):
        let depth = captures.count
        if let end = run(code, pc + 1, at, direction) { return end }
        captures.removeLast(captures.count - depth)
        pc = Int(other)
        continue
      case .gap(let low, let high): return gap(code, pc, at, Int(low)...Int(high), direction)
      case .capture(let mask, let role):
        guard let end = capture(mask, role, next, direction) else { return failed(pc, at, direction) }
        // "600 positions" is one mention, and its unit may be a word of the pattern.
        if direction > 0, let unit = unit(before: end) {
          let depth = captures.count
          if let found = run(code, pc + 1, unit, direction) { return found }
          captures.removeLast(captures.count - depth)
        }
        at = end
        pc += 1
        continue
      case .word(let words): hit = seek(next, direction) { $0.isWord && code.contains($0.word, in: words) }
      case .verb(let words):
        hit = seek(next, direction) { $0.isWord && code.contains($0.word, in: words) }.flatMap { isNoun($0) ? nil : $0 }
      case .mark(let words): hit = seek(next, direction) { $0.isMark && code.contains($0.word, in: words) }
      case .digits(let number): hit = seek(next, direction) { isNumber($0, code.digits[Int(number)]) }
      }
      guard let hit else { return failed(pc, at, direction) }
      at = direction > 0 ? hit + 1 : hit
      pc += 1
    }
  }

  /// Nil; remembers where it failed.
  @inline(__always)
  private mutating func failed(_ step: Int, _ at: Int, _ direction: Int, isOutOfBudget: Bool = false) -> Int? {
    if isTracing { note(Miss(isBackward: direction < 0, step: step, token: direction < 0 ? at - 1 : at, isOutOfBudget: isOutOfBudget)) }
    return nil
  }

  /// Keeps the later step; of one step tried at several tokens of a gap, the first.
  private mutating func note(_ new: Miss) {
    if let old = miss, old.isBackward == new.isBackward, new.step <= old.step { return }
    miss = new
  }

  /// Tries the rest of the pattern after every step of the gap, the shortest first. A mention counts as one step, and so does an insertion
  /// between commas, brackets or dashes.
  private mutating func gap(_ code: PatternProgram.Code, _ pc: Int, _ at: Int, _ size: ClosedRange<Int>, _ direction: Int) -> Int? {
    var here = at
    var taken = 0
    while taken <= size.upperBound {
      if taken >= size.lowerBound {
        let depth = captures.count
        if let end = run(code, pc + 1, here, direction) { return end }
        captures.removeLast(captures.count - depth)
      }
      let next = direction > 0 ? here : here - 1
      guard next >= bounds.lowerBound, next < bounds.upperBound, !isWall(next) else { return nil }
      if taken < size.upperBound, let beyond = insertion(at: next, direction) {
        let depth = captures.count
        if let end = run(code, pc + 1, direction > 0 ? beyond + 1 : beyond, direction) { return end }
        captures.removeLast(captures.count - depth)
      }
      here += direction
      let isInsideMention =
        view.mentionAt[next] >= 0 && next - direction >= bounds.lowerBound && next - direction < bounds.upperBound
        && view.mentionAt[next] == view.mentionAt[next - direction] && next != (direction > 0 ? at : at - 1)
      if !isInsideMention { taken += 1 }
    }
    return nil
  }

  /// The mark that closes an insertion which `mark` opens (", the chief scientist,"), at most a dozen tokens on.
  private func insertion(at mark: Int, _ direction: Int) -> Int? {
    let token = view.tokens[mark]
    guard token.isMark else { return nil }
    let isComma = view.isComma(mark)
    guard isComma || view.isClauseMark(mark), !isWall(mark) else { return nil }
    var here = mark + direction
    while here >= bounds.lowerBound, here < bounds.upperBound, abs(here - mark) <= 12 {
      if isComma ? view.isComma(here) : view.isClauseMark(here) { return abs(here - mark) > 1 ? here : nil }
      if isWall(here) { return nil }
      here += direction
    }
    return nil
  }

  /// Whether a word that could be a verb is a noun here: "the launch", "its release", "of delay", "every launch", "OpenAI's launch".
  private func isNoun(_ index: Int) -> Bool {
    guard index > bounds.lowerBound else { return false }
    let bytes = view.source.document.text
    let end = Int(view.tokens[index].end)
    // Past and -ing forms are verbs or participles.
    if view.words.pasts.contains(view.tokens[index].word) { return false }
    if end >= 3, bytes[(end - 3)..<end].elementsEqual("ing".utf8) || bytes[(end - 2)..<end].elementsEqual("ed".utf8) { return false }
    let before = view.tokens[index - 1]
    if before.shape.contains(.possessive) { return true }
    if let mention = view.mention(at: index - 1),
      view.mentions[mention].tokens.contains(where: { view.tokens[$0].shape.contains(.possessive) })
    {
      return true
    }
    // "The OpenAI launch": the bare form right after a name, where one would say "launches" or "launched".
    if view.entity(at: index - 1) != nil, bytes[end - 1] | 0x20 != 0x73 { return true }
    // "Last-ditch": the second half of a compound.
    if before.isMark, before.mark == 0x2D, !view.tokens[index].spaceBefore { return true }
    guard before.isWord else { return false }
    return before.word == view.words.of || view.words.determiners.contains(before.word) && !view.words.relatives.contains(before.word)
      || view.words.prepositions.contains(before.word) && before.word != view.words.to
  }

  private func isNumber(_ token: Token, _ text: [UInt8]) -> Bool {
    guard token.isNumber, Int(token.end - token.start) == text.count else { return false }
    return view.source.document.text[token.span.range].elementsEqual(text)
  }

  private func isWall(_ index: Int) -> Bool {
    view.tokens[index].isMark && (view.tokens[index].mark == 0x3B || view.tokens[index].mark == 0x3A)
  }

  /// The next token that satisfies `test`, stepping over at most four light ones.
  @inline(__always)
  private func seek(_ from: Int, _ step: Int, _ test: (Token) -> Bool) -> Int? {
    var here = from
    var skipped = 0
    while here >= bounds.lowerBound, here < bounds.upperBound {
      if test(view.tokens[here]) { return here }
      guard skipped < 4, view.isLight(here) else { return nil }
      skipped += 1
      here += step
    }
    return nil
  }

  /// Takes a mention, phrase or quotation at `from`. Returns where matching goes on: after it forwards, its first token backwards.
  private mutating func capture(_ mask: CaptureMask, _ role: CaptureRole, _ from: Int, _ step: Int) -> Int? {
    var here = from
    var skipped = 0
    while here >= bounds.lowerBound, here < bounds.upperBound {
      if let index = view.mention(at: here) {
        let tokens = view.mentions[index].tokens
        if !view.masks[index].isDisjoint(with: mask) {
          captures.append(.init(role: role, tokens: tokens, mention: index))
          return step > 0 ? list(after: index, mask, role) : tokens.lowerBound
        }
      }
      guard skipped < 4, view.isLight(here) else { break }
      skipped += 1
      here += step
    }
    if mask.contains(.quote), let range = quotation(from: from, step) {
      captures.append(.init(role: role, tokens: range, mention: nil))
      return step > 0 ? range.upperBound : range.lowerBound
    }
    if mask.contains(.np), let range = step > 0 ? nounPhrase(after: from) : nounPhrase(before: from) {
      captures.append(.init(role: role, tokens: range, mention: nil))
      return step > 0 ? range.upperBound : range.lowerBound
    }
    return nil
  }

  /// The first word after the digits of the quantity that was just taken.
  private func unit(before end: Int) -> Int? {
    guard let last = captures.last?.mention, case .quantity = view.mentions[last].value else { return nil }
    let tokens = view.mentions[last].tokens
    guard tokens.upperBound == end, tokens.count > 1,
      let number = tokens.last(where: { view.tokens[$0].isNumber || view.words.numerals.contains(view.tokens[$0].word) })
    else { return nil }
    return number + 1 < end ? number + 1 : nil
  }

  /// "7B, 13B and 70B" is one value list, "Ada Quill and Ben Marsh" are two objects: goes on while mentions of the same kind follow.
  private mutating func list(after index: Int, _ mask: CaptureMask, _ role: CaptureRole) -> Int {
    var end = view.mentions[index].tokens.upperBound
    while true {
      var here = end
      var separators = 0
      while here < bounds.upperBound, separators < 2, view.mention(at: here) == nil, isSeparator(here) {
        here += 1
        separators += 1
      }
      guard separators > 0, here < bounds.upperBound, let next = view.mention(at: here), view.masks[next] == view.masks[index],
        view.mentions[next].tokens.lowerBound == here
      else { return end }
      captures.append(.init(role: role, tokens: view.mentions[next].tokens, mention: next))
      end = view.mentions[next].tokens.upperBound
    }
  }

  private func isSeparator(_ index: Int) -> Bool {
    let token = view.tokens[index]
    if token.isMark { return token.mark == 0x2C || token.mark == 0x26 || token.mark == 0x2F }
    return token.word == view.words.and
  }

  private func quotation(from: Int, _ step: Int) -> Range<Int>? {
    guard step > 0, from < bounds.upperBound, view.tokens[from].isMark, view.isLight(from) else { return nil }
    var end = from + 1
    while end < bounds.upperBound {
      if view.tokens[end].isMark, view.isLight(end), view.tokens[end].mark != 0x2D { return (from + 1)..<end }
      end += 1
    }
    return nil
  }

  /// Words up to a preposition (but for "of"), conjunction, verb group, mark or time; at most nine.
  private func nounPhrase(after from: Int) -> Range<Int>? {
    var start = from
    while start < bounds.upperBound, start - from < 4, view.isLight(start) { start += 1 }
    var end = start
    while end < bounds.upperBound, end - start < 9, !endsPhrase(end) { end += 1 }
    while end > start, cannotEndPhrase(view.tokens[end - 1].word) { end -= 1 }
    return end > start ? start..<end : nil
  }

  private func nounPhrase(before from: Int) -> Range<Int>? {
    var end = from + 1
    while end > bounds.lowerBound, from - end < 4, view.isLight(end - 1) || view.words.isVerbal(view.tokens[end - 1].word) { end -= 1 }
    var start = end
    while start > bounds.lowerBound, end - start < 9, !endsPhrase(start - 1) { start -= 1 }
    while start < end, view.tokens[start].word == view.words.of || view.words.determiners.contains(view.tokens[start].word) { start += 1 }
    return end > start ? start..<end : nil
  }

  private func cannotEndPhrase(_ word: WordID) -> Bool {
    word == view.words.of || view.words.determiners.contains(word) || view.words.trailing.contains(word)
  }

  private func endsPhrase(_ index: Int) -> Bool {
    let token = view.tokens[index]
    if let mention = view.mention(at: index), case .time = view.mentions[mention].value { return true }
    if token.isMark { return !view.isLight(index) }
    let words = view.words
    if token.word == words.of { return false }
    return words.prepositions.contains(token.word) || words.conjunctions.contains(token.word) || words.isVerbal(token.word)
      || words.relatives.contains(token.word) && token.word != WordID.unknown && !words.determiners.contains(token.word)
      || words.pronouns.contains(token.word)
  }
}
