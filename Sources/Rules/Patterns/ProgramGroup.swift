import Language

/// Patterns of which any will do, with the words at which one of them may start: where none of those occurs, none is tried.
struct ProgramGroup: Sendable {
  let programs: [PatternProgram]
  private let anchors: WordSet

  init(_ programs: [PatternProgram]) {
    self.programs = programs
    anchors = WordSet(programs.flatMap(\.anchors))
  }

  /// Patterns without a word that must occur are left out: decoders refuse them.
  init(_ patterns: [PatternNode], lexicon: Lexicon) { self.init(patterns.compactMap { try? PatternProgram($0, lexicon: lexicon) }) }

  var isEmpty: Bool { programs.isEmpty }

  func mayOccur(in tokens: Range<Int>, _ view: SentenceView) -> Bool {
    !isEmpty && tokens.contains { anchors.contains(view.tokens[$0].word) }
  }

  func matches(in tokens: Range<Int>, _ view: SentenceView) -> Bool {
    guard mayOccur(in: tokens, view) else { return false }
    var matcher = Matcher(view, sentence: tokens)
    return programs.contains { program in
      tokens.contains { program.anchorSet.contains(view.tokens[$0].word) && matcher.match(program, at: $0) != nil }
    }
  }

  /// Tokens of the longest match, of several the first; nil where none matches.
  func longestMatch(in tokens: Range<Int>, _ view: SentenceView) -> Range<Int>? {
    guard mayOccur(in: tokens, view) else { return nil }
    var best: Range<Int>?
    var matcher = Matcher(view, sentence: tokens)
    for program in programs {
      for token in tokens where program.anchorSet.contains(view.tokens[token].word) {
        guard let found = matcher.match(program, at: token)?.tokens, found.count > best?.count ?? 0 else { continue }
        best = found
      }
    }
    return best
  }
}
