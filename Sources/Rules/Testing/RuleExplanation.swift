import Analysis
import Documents
import Language

/// Why a rule made facts of a document's sentences, or nearly did.
public struct RuleExplanation: Sendable {
  /// One pattern tried at one word.
  public struct Attempt: Sendable {
    /// The pattern as its file has it, and where.
    public var pattern: String
    public var line: Int
    /// The word it was tried at.
    public var anchor: String
    /// The words that matched; nil where the pattern failed.
    public var matched: String?
    /// Which element failed at which word, or which condition of the rule does not hold; nil where there is a fact.
    public var obstacle: String?
    public var fact: Fact?
  }

  public struct SentenceAccount: Sendable {
    public var line: Int
    public var text: String
    /// What keeps the rule from reading the sentence at all.
    public var note: String?
    public var attempts: [Attempt]
    /// The facts of the rule that stand in the end.
    public var facts: [Fact]
  }

  /// Every sentence that holds a word at which one of the rule's patterns starts.
  public var sentences: [SentenceAccount]
  /// The words the rule's patterns are looked for by.
  public var anchors: [String]
}

extension RuleEngine {
  /// Runs one rule over a document and says, for every sentence that holds one of its anchor words, what matched and what did not.
  ///
  /// - Parameter lexicon: the annotator's that made the document's annotation.
  /// Of a record it says where the rule made facts.
  ///
  /// - Returns: nil where no frame and no record has that name.
  public func explain(_ rule: String, in document: AnnotatedDocument, lexicon: Lexicon) -> RuleExplanation? {
    let numbers = frames.indices.filter { frames[$0].rule == rule }
    guard !numbers.isEmpty else { return explainRecord(rule, in: document) }
    let explainer = FrameExplainer(engine: self, document: document, lexicon: lexicon, frames: numbers)
    return explainer.explanation(standing: extract(document).facts)
  }

  private func explainRecord(_ rule: String, in document: AnnotatedDocument) -> RuleExplanation? {
    let own = records.filter { $0.rule.rule == rule }
    guard !own.isEmpty else { return nil }
    let sentences = extract(document).facts.filter { $0.rule == rule }.map { fact in
      RuleExplanation.SentenceAccount(
        line: fact.evidence[0].line, text: fact.evidence[0].text, note: nil, attempts: [], facts: [fact])
    }
    return RuleExplanation(sentences: sentences, anchors: own.flatMap { $0.rule.sources.map(\.text) })
  }
}

/// Tries the patterns of one rule one by one, with tracing.
private struct FrameExplainer {
  struct Trial {
    var frame: Int
    var source: PatternSource
    var program: PatternProgram
  }

  let engine: RuleEngine
  let document: AnnotatedDocument
  let view: SentenceView
  let builder: FactBuilder
  let trials: [Trial]
  let rule: String
  let lexicon: Lexicon

  init(engine: RuleEngine, document: AnnotatedDocument, lexicon: Lexicon, frames: [Int]) {
    self.engine = engine
    self.document = document
    self.lexicon = lexicon
    view = SentenceView(document, words: engine.words)
    builder = FactBuilder(DocumentContext(view))
    rule = engine.frames[frames[0]].rule
    trials = frames.flatMap { number in
      zip(engine.frames[number].patterns, engine.frames[number].sources).compactMap { pattern, source in
        guard let program = try? PatternProgram(pattern, lexicon: lexicon, isLabelled: true) else { return nil }
        return Trial(frame: number, source: source, program: program)
      }
    }
  }

  func explanation(standing: [Fact]) -> RuleExplanation {
    var sentences: [RuleExplanation.SentenceAccount] = []
    let mine = standing.filter { $0.rule == rule }
    for sentence in document.annotation.sentences {
      let span = document.document.sourceSpan(of: sentence.span)
      let facts = mine.filter { $0.evidence.contains { span.overlaps($0.span) } }
      let attempts = attempts(in: sentence, standing: standing)
      guard !attempts.isEmpty || !facts.isEmpty else { continue }
      sentences.append(
        RuleExplanation.SentenceAccount(
          line: document.document.line(atSource: span.start), text: document.document.visibleText(sentence.span), note: note(sentence),
          attempts: attempts, facts: facts))
    }
    var seen: Set<String> = []
    let anchors = trials.flatMap { $0.program.anchors.map { lexicon.word($0) } }.filter { seen.insert($0).inserted }
    return RuleExplanation(sentences: sentences, anchors: anchors)
  }

  /// Why no pattern is tried in a sentence.
  private func note(_ sentence: Sentence) -> String? {
    guard let role = role(of: sentence) else { return nil }
    if !role.isContent { return "it stands in what is taken for \(role.rawValue); no rule reads that" }
    let wanted = Set(trials.map(\.frame)).flatMap { engine.frames[$0].roles }
    guard !wanted.contains(role), !wanted.isEmpty else { return nil }
    return "it stands in a \(role.rawValue); the rule reads \(wanted.map(\.rawValue).joined(separator: ", ")) (see `roles`)"
  }

  private func role(of sentence: Sentence) -> Block.Role? {
    sentence.block < document.document.blocks.count ? document.document.blocks[sentence.block].role : nil
  }

  private func attempts(in sentence: Sentence, standing: [Fact]) -> [RuleExplanation.Attempt] {
    var all: [RuleExplanation.Attempt] = []
    var matcher = Matcher(view, sentence: sentence.tokens)
    matcher.isTracing = true
    for trial in trials {
      let anchors = WordSet(trial.program.anchors)
      for token in sentence.tokens where anchors.contains(view.tokens[token].word) {
        var attempt = RuleExplanation.Attempt(
          pattern: trial.source.text, line: trial.source.line, anchor: view.text(token..<(token + 1)), matched: nil, obstacle: nil,
          fact: nil)
        if let match = matcher.match(trial.program, at: token) {
          attempt.matched = view.text(match.tokens)
          (attempt.fact, attempt.obstacle) = outcome(match, trial, sentence, standing)
        } else {
          attempt.obstacle = matcher.miss.map { words($0, trial.program, sentence) } ?? "a gap does not reach over a ; or a :"
        }
        all.append(attempt)
      }
    }
    return all
  }

  /// The element that failed, and the word at which it did.
  private func words(_ miss: Matcher.Miss, _ program: PatternProgram, _ sentence: Sentence) -> String {
    if miss.isOutOfBudget { return "too many ways to try: the pattern has too many gaps for this sentence" }
    let label = miss.isBackward ? program.backward.labels[miss.step] : program.forward.labels[miss.step]
    let isInside = sentence.tokens.contains(miss.token)
    let place =
      isInside
      ? "at \u{201C}\(view.text(miss.token..<(miss.token + 1)))\u{201D}"
      : miss.isBackward ? "at the sentence's beginning" : "at the sentence's end"
    return "\(label) is not met \(miss.isBackward ? "before the word, " : "")\(place)"
  }

  private func outcome(_ match: PatternMatch, _ trial: Trial, _ sentence: Sentence, _ standing: [Fact]) -> (Fact?, String?) {
    let frame = engine.frames[trial.frame]
    if let role = role(of: sentence), !role.isContent || !frame.roles.contains(role) { return (nil, note(sentence) ?? "not read here") }
    if let heading = engine.headings[trial.frame],
      !builder.context.headings(of: sentence.block).contains(where: { engine.matches(heading, inBlock: $0, view) })
    {
      return (nil, "no governing heading matches (see `heading`)")
    }
    for (index, program) in engine.unless[trial.frame].programs.enumerated()
    where ProgramGroup([program]).matches(in: sentence.tokens, view) {
      return (nil, "the sentence also matches `unless`: \(frame.unlessSources[index].text)")
    }
    do {
      let block = sentence.block < document.document.blocks.count ? document.document.blocks[sentence.block] : nil
      let fact = try builder.fact(engine.headed(frame, block), trial.program, match, in: sentence)
      let span = fact.evidence[0].span
      if standing.contains(where: { $0.rule == rule && $0.evidence[0].span.overlaps(span) }) { return (fact, nil) }
      let others = standing.filter { $0.evidence[0].span.overlaps(span) }.map(\.rule)
      return (nil, "it gives way to \(others.isEmpty ? "the same said before" : others.joined(separator: ", "))")
    } catch {
      return (nil, error.words)
    }
  }
}
