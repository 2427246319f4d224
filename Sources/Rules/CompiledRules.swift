import Analysis
import Documents
import Language

/// All rules of all packs, before they know a lexicon: they say which words they need, then `bind` to the lexicon that has them.
public struct CompiledRules: Sendable {
  let packs: [RulePack]

  public init(_ packs: [RulePack]) { self.packs = packs }

  /// Words for `Annotator(vocabulary:)`.
  public var vocabulary: [String] {
    var words = Set(FunctionWords.vocabulary + RecordWords.vocabulary)
    for record in packs.lazy.flatMap(\.records) { words.formUnion(record.patterns.flatMap(\.vocabulary)) }
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
    var needs: Prefilter.Needs
  }

  public let id = "rules"
  public let version: String
  let frames: [Frame]
  let unless: [ProgramGroup]
  let headings: [ProgramGroup?]
  private let programs: [Bound]
  let signals: [Signal]
  let records: [BoundRecord]
  let words: FunctionWords
  private let recordWords: RecordWords
  /// Names of the records that read tables.
  private let rows: Set<String>
  /// Rules that give way to any other fact of their sentence.
  private let yielding: Set<String>
  /// Programs that may start at a word: the one look-up a token costs, however many rules there are.
  private let index: WordTable<[Int32]>
  private let prefilter: Prefilter
  /// The block roles each frame reads, a bit a role.
  private let roles: [UInt32]

  init(packs: [RulePack], lexicon: Lexicon) {
    frames = packs.flatMap(\.frames)
    signals = packs.flatMap(\.signals)
    records = packs.flatMap(\.records).map { BoundRecord($0, lexicon: lexicon) }
    rows = Set(packs.flatMap(\.records).filter { $0.shape == .rows }.map(\.rule))
    words = FunctionWords(lexicon)
    recordWords = RecordWords(lexicon)
    var programs: [Bound] = []
    var index = WordTable<[Int32]>(lexicon, default: [])
    var prefilter = Prefilter(lexicon)
    for (number, frame) in frames.enumerated() {
      for pattern in frame.patterns {
        // The decoder has refused patterns without an anchor word, so none is lost here.
        guard let program = try? PatternProgram(pattern, lexicon: lexicon) else { continue }
        for anchor in program.anchors { index[anchor].append(Int32(programs.count)) }
        programs.append(Bound(frame: number, program: program, needs: prefilter.add(program)))
      }
    }
    self.programs = programs
    yielding = Set(frames.filter(\.fallback).map(\.rule))
    self.index = index
    self.prefilter = prefilter
    roles = frames.map { $0.roles.reduce(0) { $0 | RuleEngine.bit($1) } }
    unless = frames.map { ProgramGroup($0.unless, lexicon: lexicon) }
    headings = frames.map { $0.heading.map { ProgramGroup([$0], lexicon: lexicon) } }
    let texts = packs.map { pack in
      ([pack.plugin] + pack.files.map(\.text) + (pack.window.map { ["window: \($0)"] } ?? [])).joined(separator: "\u{1F}")
    }
    version = StableHash.hex(of: texts.joined(separator: "\u{1D}"))
  }

  public func extract(_ document: AnnotatedDocument) -> Finding { extract(document, only: nil) }

  /// - Parameter rule: the one rule to run; nil: all.
  func extract(_ document: AnnotatedDocument, only rule: String?) -> Finding {
    let view = SentenceView(document, words: words)
    let builder = FactBuilder(DocumentContext(view))
    let arithmetic = SentenceArithmetic(context: builder.context)
    let publication = PublicationCheck(context: builder.context)
    var facts: [Fact] = []
    var headlines: [Fact] = []
    let blocks = document.document.blocks
    for sentence in document.annotation.sentences {
      let block = sentence.block < blocks.count ? blocks[sentence.block] : nil
      guard block?.role.isContent ?? true else { continue }
      var matcher = Matcher(view, sentence: sentence.tokens)
      var contents: Prefilter.Contents?
      let role = RuleEngine.bit(block?.role ?? .body)
      var found: [Deduplication.Candidate] = []
      for token in sentence.tokens {
        let word = view.tokens[token].word
        guard word != .unknown else { continue }
        for number in index[word] {
          let frame = programs[Int(number)].frame
          guard roles[frame] & role != 0, rule == nil || frames[frame].rule == rule else { continue }
          let held = contents ?? Prefilter.Contents(prefilter, view, sentence.tokens)
          contents = held
          guard held.satisfies(programs[Int(number)].needs), let match = matcher.match(programs[Int(number)].program, at: token) else {
            continue
          }
          guard isAllowed(frame, sentence, view, builder.context),
            let fact = try? builder.fact(headed(frames[frame], block), programs[Int(number)].program, match, in: sentence)
          else {
            continue
          }
          Deduplication.add(
            .init(fact: fact, tokens: match.tokens, namesSubject: namesSubject(match, view)), to: &found)
        }
      }
      // Statements are no reason for another fact to give way.
      let hasFirm = found.contains { !$0.fact.isStatement && !yielding.contains($0.fact.rule) }
      let said = found.filter { $0.fact.isStatement || !hasFirm || !yielding.contains($0.fact.rule) }.map(\.fact)
      if block?.role == .heading { headlines += said } else { facts += said }
      if rule == nil { facts += arithmetic.facts(in: sentence) + publication.facts(in: sentence) }
    }
    // What a heading announces and the text then tells is told once.
    facts += headlines.filter { headline in !facts.contains { Deduplication.isEcho(headline, of: $0) } }
    let quotations = QuotationFacts(builder.context)
    for frame in frames where !frame.attributions.isEmpty && (rule == nil || frame.rule == rule) { facts += quotations.facts(frame) }
    let wanted = rule == nil ? records : records.filter { $0.rule.rule == rule }
    facts = Deduplication.merged(facts, with: RecordReader(builder.context, words: recordWords).facts(wanted), rows: rows)
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
    guard !facts.hidden.isEmpty else { return Finding(alerts: signals.flatMap { evaluator.alerts($0) }) }
    return Finding(
      alerts: signals.flatMap { signal in
        var visible = facts
        visible.records = facts.records(for: signal.rule)
        return SignalEvaluator(facts: visible).alerts(signal)
      })
  }

  /// Whether the pattern itself captured an organisation or a person as subject; a product only stands for its maker.
  private func namesSubject(_ match: PatternMatch, _ view: SentenceView) -> Bool {
    match.captures.contains { capture in
      capture.role == .subject && capture.mention.map { !view.masks[$0].isDisjoint(with: [.org, .person]) } == true
    }
  }

  /// A headline tells an event where it names whom it happened to; what else stands in a heading is a topic.
  func headed(_ frame: Frame, _ block: Block?) -> Frame {
    guard block?.role == .heading, frame.readsHeadlines else { return frame }
    var frame = frame
    frame.needs.append(.agent)
    return frame
  }

  private static func bit(_ role: Block.Role) -> UInt32 {
    switch role {
    case .body: 1
    case .heading: 2
    case .quotation: 4
    case .list: 8
    case .table: 16
    case .caption: 32
    case .code, .boilerplate, .promotion, .disclaimer, .navigation: 64
    }
  }

  private func isAllowed(_ frame: Int, _ sentence: Sentence, _ view: SentenceView, _ context: DocumentContext) -> Bool {
    if let heading = headings[frame], !context.headings(of: sentence.block).contains(where: { matches(heading, inBlock: $0, view) }) {
      return false
    }
    return !unless[frame].matches(in: sentence.tokens, view)
  }

  func matches(_ group: ProgramGroup, inBlock block: Int, _ view: SentenceView) -> Bool {
    view.source.annotation.sentences.contains { $0.block == block && group.matches(in: $0.tokens, view) }
  }
}
