import Analysis
import Documents
import Language

/// All rules of all packs, before they know a lexicon: they say which words they need, then `bind` to the lexicon that has them.
public struct CompiledRules: Sendable {
  let packs: [RulePack]

  public init(_ packs: [RulePack]) { self.packs = packs }

  /// Words for `Annotator(vocabulary:)`.
  public var vocabulary: [String] {
    var words = Set(FunctionWords.vocabulary)
    for frame in packs.lazy.flatMap(\.frames) {
      for pattern in frame.patterns + frame.unless + [frame.heading].compactMap({ $0 }) { words.formUnion(pattern.vocabulary) }
    }
    return words.sorted()
  }

  /// - Parameter lexicon: the annotator's, made with `vocabulary`; documents given to the result must come from that annotator.
  public func bind(_ lexicon: Lexicon) -> RuleEngine { RuleEngine(packs: packs, lexicon: lexicon) }
}

/// All frames in one matcher, all signals in one evaluator. Immutable; used from any thread.
public struct RuleEngine: Analyzer {
  private struct Bound: Sendable {
    var frame: Int
    var program: PatternProgram
  }

  public let id = "rules"
  public let version: String
  private let frames: [Frame]
  private let unless: [[PatternProgram]]
  private let own: [WordSet]
  private let headings: [PatternProgram?]
  private let programs: [Bound]
  private let signals: [Signal]
  private let words: FunctionWords
  /// Rules that give way to any other fact of their sentence.
  private let yielding: Set<String>
  /// Programs that may start at a word: the one look-up a token costs, however many rules there are.
  private let index: WordTable<[Int32]>

  init(packs: [RulePack], lexicon: Lexicon) {
    frames = packs.flatMap(\.frames)
    signals = packs.flatMap(\.signals)
    words = FunctionWords(lexicon)
    var programs: [Bound] = []
    var index = WordTable<[Int32]>(lexicon, default: [])
    for (number, frame) in frames.enumerated() {
      for pattern in frame.patterns {
        // The decoder has refused patterns without an anchor word, so none is lost here.
        guard let program = try? PatternProgram(pattern, lexicon: lexicon) else { continue }
        for anchor in program.anchors { index[anchor].append(Int32(programs.count)) }
        programs.append(Bound(frame: number, program: program))
      }
    }
    self.programs = programs
    yielding = Set(frames.filter(\.fallback).map(\.rule))
    self.index = index
    unless = frames.map { $0.unless.compactMap { try? PatternProgram($0, lexicon: lexicon) } }
    own = frames.map { WordSet($0.patterns.flatMap(\.vocabulary).map { lexicon.id($0) }) }
    headings = frames.map { $0.heading.flatMap { try? PatternProgram($0, lexicon: lexicon) } }
    version = StableHash.hex(of: packs.map { "\($0.plugin)\u{1E}\($0.texts.joined(separator: "\u{1F}"))" }.joined(separator: "\u{1D}"))
  }

  public func extract(_ document: AnnotatedDocument) -> Finding { extract(document, only: nil) }

  /// - Parameter rule: the one rule to run; nil: all.
  func extract(_ document: AnnotatedDocument, only rule: String?) -> Finding {
    let view = SentenceView(document, words: words)
    let builder = FactBuilder(DocumentContext(view))
    var facts: [Fact] = []
    let blocks = document.document.blocks
    for sentence in document.annotation.sentences {
      let block = sentence.block < blocks.count ? blocks[sentence.block] : nil
      guard block?.role.isContent ?? true else { continue }
      var matcher = Matcher(view, sentence: sentence.tokens)
      var found: [(fact: Fact, tokens: Range<Int>)] = []
      for token in sentence.tokens {
        let word = view.tokens[token].word
        guard word != .unknown else { continue }
        for number in index[word] {
          let bound = programs[Int(number)]
          let frame = frames[bound.frame]
          guard rule == nil || frame.rule == rule, frame.roles.contains(block?.role ?? .body),
            let match = matcher.match(bound.program, at: token)
          else { continue }
          guard isAllowed(bound.frame, sentence, view, builder.context),
            let fact = builder.fact(frame, own: own[bound.frame], match, in: sentence)
          else {
            continue
          }
          Deduplication.add(fact, match.tokens, to: &found)
        }
      }
      let firm = found.filter { !yielding.contains($0.fact.rule) }
      facts += (firm.isEmpty ? found : firm).map(\.fact)
    }
    let quotations = QuotationFacts(builder.context)
    for frame in frames where !frame.attributions.isEmpty && (rule == nil || frame.rule == rule) { facts += quotations.facts(frame) }
    facts = Deduplication.acrossSentences(facts)
    for index in facts.indices {
      let fact = facts[index]
      let place = fact.evidence.map { "\($0.span.start)-\($0.span.end)" }.joined(separator: ",")
      facts[index].id = StableHash.hex(
        of: [
          document.document.revision, fact.plugin, fact.rule, fact.kind, place, fact.value ?? "",
          fact.object.map(\.id).joined(separator: ","), fact.subject.map(\.id).joined(separator: ","),
        ]
        .joined(separator: "\u{1F}"))
    }
    return Finding(facts: facts)
  }

  public func correlate(_ facts: SubjectFacts) -> Finding {
    let evaluator = SignalEvaluator(facts: facts)
    return Finding(alerts: signals.flatMap { evaluator.alerts($0) })
  }

  private func isAllowed(_ frame: Int, _ sentence: Sentence, _ view: SentenceView, _ context: DocumentContext) -> Bool {
    if let program = headings[frame], !context.headings(of: sentence.block).contains(where: { matches(program, inBlock: $0, view) }) {
      return false
    }
    return !unless[frame].contains { matches($0, in: sentence.tokens, view) }
  }

  private func matches(_ program: PatternProgram, inBlock block: Int, _ view: SentenceView) -> Bool {
    view.source.annotation.sentences.contains { $0.block == block && matches(program, in: $0.tokens, view) }
  }

  private func matches(_ program: PatternProgram, in tokens: Range<Int>, _ view: SentenceView) -> Bool {
    let anchors = WordSet(program.anchors)
    var matcher = Matcher(view, sentence: tokens)
    return tokens.contains { anchors.contains(view.tokens[$0].word) && matcher.match(program, at: $0) != nil }
  }
}
