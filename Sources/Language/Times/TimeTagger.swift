import Documents

/// Finds dates, times, durations and sets and reads them against the publication date.
///
/// Constructions after TimeML's annotation guidelines (what is an expression, TIMEX3 values) and the conventions of
/// Recognizers-Text (modifiers in the span, open ends). A yearless date takes its year from the headings above, from an earlier date of its
/// paragraph, else from the publication date and the tense nearby.
struct TimeTagger: Sendable {
  static let vocabulary: [String] = TimeWord.vocabulary

  /// What must stand behind a word before it is looked at more closely.
  private enum Gate: UInt8 { case none, follower, bound, holiday }

  private let words: WordTable<TimeWord>
  private let holidays: HolidayTable
  /// Whether a word can begin an expression: all that most tokens are asked.
  private let triggers: WordTable<Bool>
  private let gates: WordTable<Gate>
  /// Words that can stand in an expression, and so may follow "the", "in", "at".
  private let followers: WordTable<Bool>

  init(lexicon: Lexicon) {
    words = TimeWord.table(lexicon)
    holidays = HolidayTable(lexicon)
    var triggers = WordTable<Bool>(lexicon, default: false)
    var gates = WordTable<Gate>(lexicon, default: .none)
    for index in 1..<max(1, lexicon.count) {
      let id = WordID(UInt32(index))
      triggers[id] = !words[id].classes.isDisjoint(with: TimeWord.Classes.trigger)
      // "new", "all", "good": only with the rest of the name.
      if words[id].classes.intersection(TimeWord.Classes.trigger) == .holiday, words[id].particle == nil { gates[id] = .holiday }
    }
    for particle in [
      TimeParticle.that, .once, .twice, .rest, .remaining, .remainder, .any, .right, .these, .more, .less, .no, .as, .the, .a, .an,
      .eoy, .eom, .boy, .bom, .eod, .another, .business, .latter, .sooner,
    ] {
      triggers[lexicon.id(particle.rawValue)] = true
    }
    triggers[.unknown] = false
    self.triggers = triggers
    let opening: [TimeParticle] = [
      .the, .a, .an, .in, .at, .for, .from, .by, .to, .on, .after, .before, .since, .until, .till, .as, .between, .within,
      .ending, .anytime, .another, .business,
    ]
    for particle in opening { gates[lexicon.id(particle.rawValue)] = .follower }
    for particle in [TimeParticle.not, .no, .any] { gates[lexicon.id(particle.rawValue)] = .bound }
    self.gates = gates
    var followers = triggers
    for particle in TimeParticle.allCases { followers[lexicon.id(particle.rawValue)] = true }
    self.followers = followers
  }

  /// - Parameter taken: per token, true where an earlier tagger's mention already stands.
  func tag(_ view: TextView, sentences: [Sentence], taken: [Bool]) -> [Mention] {
    var mentions: [Mention] = []
    var context = TimeContext(view: view, words: words)
    for sentence in sentences {
      context.enter(sentence)
      var i = sentence.tokens.lowerBound
      while i < sentence.tokens.upperBound {
        let token = view.tokens[i]
        guard triggers[token.word] || token.isNumber || token.mark == 0x27 && token.spaceBefore else {
          i += 1
          continue
        }
        if !passes(i, in: sentence, view) {
          i += 1
          continue
        }
        let anchor = context.anchor(at: i, in: sentence, words: words)
        let parser = TimeParser(view: view, words: words, holidays: holidays, range: sentence.tokens, anchor: anchor)
        guard let node = parser.node(i), node.lower >= i || mentions.last.map({ $0.tokens.upperBound <= node.lower }) ?? true,
          let value = TimeReading(anchor: anchor).value(of: node.meaning)
        else {
          i += 1
          continue
        }
        let whole = parser.widened(node)
        mentions.append(mention(whole, value, view))
        context.note(value, node, in: sentence, words)
        i = node.upper
      }
    }
    return mentions
  }

  @inline(__always)
  private func passes(_ i: Int, in sentence: Sentence, _ view: TextView) -> Bool {
    let gate = gates[view.tokens[i].word]
    if gate == .none { return true }
    guard i + 1 < sentence.tokens.upperBound else { return gate == .holiday && isHoliday(i, in: sentence, view) }
    let next = view.tokens[i + 1]
    switch gate {
    case .none: return true
    case .follower: return next.isNumber || followers[next.word] || next.mark == 0x27
    case .bound:
      // "not before", "no later than", "no more than", "any time", "any year"
      let word = words[next.word]
      switch word.particle {
      case .before, .after, .later, .earlier, .sooner, .more, .less, .time: return true
      default: return word.classes.contains(.unit)
      }
    case .holiday: return isHoliday(i, in: sentence, view)
    }
  }

  private func isHoliday(_ i: Int, in sentence: Sentence, _ view: TextView) -> Bool {
    holidays.match(view.tokens, at: i, upTo: sentence.tokens.upperBound) != nil
  }

  private func mention(_ node: TimeNode, _ value: TimeValue, _ view: TextView) -> Mention {
    func span(_ tokens: Range<Int>) -> ByteSpan {
      ByteSpan(Int(view.tokens[tokens.lowerBound].start), Int(view.tokens[tokens.upperBound - 1].end))
    }
    let core = node.core.isEmpty ? node.tokens : node.core
    return Mention(span: span(node.tokens), core: span(core), tokens: node.tokens, value: .time(value))
  }
}

extension TimeParser {
  /// The node with the words before it that belong to its wide span: the article of a whole unit ("the week of"), and in a phrase that
  /// is nothing but a time everything ("in March").
  func widened(_ node: TimeNode) -> TimeNode {
    var node = node
    var lower = node.lower
    while lower > range.lowerBound, node.lower - lower < 3, isOpening(lower - 1) { lower -= 1 }
    if lower < node.lower, isWhole(lower..<node.upper) {
      node.tokens = lower..<node.upper
      return node
    }
    return node
  }

  private func isOpening(_ i: Int) -> Bool {
    has(i, [.preposition, .lead, .article]) || isAny(i, .sometime, .sometimes)
  }
}

/// What has been read so far of the document, as far as times depend on it.
struct TimeContext {
  let view: TextView
  let words: WordTable<TimeWord>
  /// Days that the heading blocks name, by block.
  private var headings: [Int: DaySpan] = [:]
  private var lastDated: (span: DaySpan, block: Int, sentence: Int)?
  private var lastQuarter: DaySpan?
  /// The last day or period that was named, and where.
  private var last: (span: DaySpan, token: Int)?
  private var headingOfBlock: (block: Int, span: DaySpan?) = (-1, nil)
  /// Periods that a table's header names, by header row and column.
  private var columns: [Int: [Int: DaySpan]] = [:]
  /// The first period that the row at hand names.
  private var row: (block: Int, span: DaySpan)?
  private var isFragment = false

  init(view: TextView, words: WordTable<TimeWord>) {
    self.view = view
    self.words = words
  }

  mutating func enter(_ sentence: Sentence) {
    if headingOfBlock.block != sentence.block { headingOfBlock = (sentence.block, heading(above: sentence.block)) }
    isFragment = sentence.tokens.count <= 12 && sentence.tokens.allSatisfy { isTemporal(view.tokens[$0]) }
    if let dated = lastDated, dated.sentence < sentence.tokens.lowerBound - 60 { lastDated = nil }
  }

  private func isTemporal(_ token: Token) -> Bool {
    guard token.isWord else { return true }
    let word = words[token.word]
    return !word.classes.subtracting([.copula, .possessor]).isEmpty || word.particle != nil
  }

  /// The days of the nearest heading above that names any.
  private func heading(above block: Int) -> DaySpan? {
    var next = view.blocks[block].heading
    var steps = 0
    while let index = next, steps < 8, index < view.blocks.count {
      if let span = headings[index] { return span }
      next = view.blocks[index].heading
      steps += 1
    }
    return nil
  }

  func anchor(at i: Int, in sentence: Sentence, words: WordTable<TimeWord>) -> TimeAnchor {
    var anchor = TimeAnchor(reference: view.context.reference, second: view.context.referenceSecond, culture: view.context.culture)
    anchor.heading = periodOfCell(at: i, in: sentence.block) ?? headingOfBlock.span
    if let tense = tense(at: i, in: sentence.tokens, words) { (anchor.isFuture, anchor.isNear) = (tense.isFuture, tense.isNear) }
    anchor.isFragment = isFragment && anchor.isFuture == nil
    anchor.lastQuarter = lastQuarter
    if let last, last.token > i - 100 { anchor.lastSpan = last.span }
    if let lastDated, lastDated.block == sentence.block { anchor.lastDated = lastDated.span }
    return anchor
  }

  /// The period that the header of the cell's column names, or failing that an earlier cell of its row.
  private func periodOfCell(at i: Int, in index: Int) -> DaySpan? {
    let block = view.blocks[index]
    guard block.kind == .tableRow, let header = block.headerRow else { return nil }
    if let column = column(of: i, in: block), let span = columns[header]?[column] { return span }
    return row?.block == index ? row?.span : nil
  }

  private func column(of i: Int, in block: Block) -> Int? { block.cells.firstIndex { $0.contains(view.tokens[i].span) } }

  private mutating func noteCell(_ span: DaySpan, _ i: Int, in index: Int) {
    let block = view.blocks[index]
    guard block.kind == .tableRow, span.days >= 28 else { return }
    if block.headerRow == nil {
      if let column = column(of: i, in: block) { columns[index, default: [:]][column] = span }
    } else if row?.block != index {
      row = (index, span)
    }
  }

  /// True where the nearest verb before, or failing that behind, looks forward; false where it looks back.
  private func tense(at i: Int, in tokens: Range<Int>, _ words: WordTable<TimeWord>) -> (isFuture: Bool, isNear: Bool)? {
    var at = i - 1
    // "until Tuesday": ahead, whatever the verb.
    for near in [i, at] where near >= tokens.lowerBound {
      if let particle = words[view.tokens[near].word].particle, [.until, .till].contains(particle) {
        // "Until Thursday they had not spoken."
        let around = max(tokens.lowerBound, near - 8)..<min(tokens.upperBound, near + 10)
        return (!around.contains { words[view.tokens[$0].word].classes.contains(.pluperfect) }, true)
      }
    }
    // "as soon as Tuesday", "as early as next week"
    if at > tokens.lowerBound, words[view.tokens[at].word].particle == .as,
      [.soon, .early].contains(words[view.tokens[at - 1].word].particle)
    {
      return (true, true)
    }
    while at >= tokens.lowerBound, at > i - 16 {
      if let found = tense(of: at, words) { return (found, i - at <= 6) }
      at -= 1
    }
    at = i + 1
    while at < tokens.upperBound, at < i + 12 {
      if let found = tense(of: at, words) { return (found, false) }
      at += 1
    }
    // "Send it by the close of business Friday": no verb tells, and a term lies ahead.
    for near in max(tokens.lowerBound, i - 5)..<max(tokens.lowerBound, i) + 1 where near < tokens.upperBound {
      if words[view.tokens[near].word].particle == .by { return (true, false) }
    }
    return nil
  }

  private func tense(of i: Int, _ words: WordTable<TimeWord>) -> Bool? {
    let token = view.tokens[i]
    guard token.isWord else { return nil }
    let classes = words[token.word].classes
    if classes.contains(.participle) {
      // "had been due to expire Friday" looks back; "set" alone is no sign.
      for back in 1...3 where i - back >= 0 && words[view.tokens[i - back].word].classes.contains(.pluperfect) { return false }
      // "They planned to sign Friday" tells of a plan that was; "is planned", "are expected to" of one that stands.
      if i + 1 < view.tokens.count, words[view.tokens[i + 1].word].particle == .to, i > 0, view.tokens[i - 1].isWord {
        let before = words[view.tokens[i - 1].word]
        let isPassive = before.classes.contains(.auxiliary) || before.particle == .be || before.particle == .being || isCopula(i - 1)
        return isPassive
      }
      return true
    }
    if classes.contains(.future), !classes.contains(.month) || !token.isCapitalized { return true }
    let start = Int(token.start)
    let end = Int(token.end)
    // Irregular past forms by list, regular ones by their ending: "announced", but not "succeed".
    let isIrregular = classes.contains(.past)
    guard
      isIrregular
        || end - start > 4 && !token.isCapitalized && view.bytes[end - 1] == 0x64 && view.bytes[end - 2] == 0x65
          && view.bytes[end - 3] != 0x65
    else { return nil }
    // "will be held", "the reduced dividend", "an unspecified date": a participle tells nothing of the time.
    let before = i > 0 ? words[view.tokens[i - 1].word] : TimeWord()
    let modal = i > 1 ? words[view.tokens[i - 2].word] : TimeWord()
    if before.particle == .being || before.particle == .be && !modal.classes.contains(.conditional), !classes.contains(.auxiliary) {
      return nil
    }
    let isAttributive = before.classes.contains(.article) || view.bytes[start] == 0x75 && view.bytes[start + 1] == 0x6E
    return !isIrregular && isAttributive ? nil : false
  }

  /// "is", "are", "be".
  private func isCopula(_ i: Int) -> Bool { words[view.tokens[i].word].classes.contains(.copula) }

  mutating func note(_ value: TimeValue, _ node: TimeNode, in sentence: Sentence, _ words: WordTable<TimeWord>) {
    guard let interval = value.interval else { return }
    if view.blocks[sentence.block].kind == .heading {
      let span = DaySpan(interval.start, interval.end)
      headings[sentence.block] = headings[sentence.block].map { DaySpan(min($0.start, span.start), max($0.end, span.end)) } ?? span
    }
    noteCell(DaySpan(interval.start, interval.end), node.lower, in: sentence.block)
    if case .date(let spec) = node.meaning, spec.grain != .range { last = (DaySpan(interval.start, interval.end), node.lower) }
    if value.grain == .quarter, !node.tokens.contains(where: { words[view.tokens[$0].word].classes.contains(.ago) }) {
      lastQuarter = DaySpan(interval.start, interval.end)
    }
    guard case .date(let spec) = node.meaning, spec.fixed == nil, let year = spec.year, let reference = view.context.reference else {
      return
    }
    if spec.month != nil, year < reference.year {
      lastDated = (DaySpan(interval.start, interval.end), sentence.block, sentence.tokens.lowerBound)
    } else if spec.month != nil {
      lastDated = nil
    }
  }
}
