import Analysis
import Documents
import Language

/// Finds when a fact happened: in its sentence, carried from earlier in its paragraph, from its heading, or from the publication date.
struct TimeResolver {
  let context: DocumentContext
  private var view: SentenceView { context.view }

  init(_ context: DocumentContext) { self.context = context }

  /// What the sentence itself says.
  func said(_ match: PatternMatch, in sentence: Sentence) -> DateRange? { nearest(match, sentence) }

  /// What its surroundings let one infer: earlier sentences, headings, the paragraph before a list, at last the year of publication.
  func inferred(for sentence: Sentence, undated: Frame.Undated) -> DateRange? {
    if isDatedOtherwise(sentence) { return nil }
    let block = context.mentions(inBlock: sentence.block)
    let earlier = block.filter { view.mentions[$0].tokens.upperBound <= sentence.tokens.lowerBound }
    if let last = earlier.reversed().lazy.compactMap({ range($0) }).first { return coarse(last) }
    for heading in context.headings(of: sentence.block) {
      if let range = context.mentions(inBlock: heading).lazy.compactMap({ range($0) }).first { return range }
    }
    if let introduction = context.listIntroduction(of: sentence.block),
      let range = context.mentions(inBlock: introduction).reversed().lazy.compactMap({ range($0) }).first
    {
      return coarse(range)
    }
    if let carried = carried(to: sentence.block) { return coarse(carried) }
    guard undated == .published, let published = view.source.document.published else { return nil }
    return DateRange(year: published.start.year)
  }

  /// "In July" of no known year, "two months after the launch": a date that cannot be read must not be replaced by another.
  private func isDatedOtherwise(_ sentence: Sentence) -> Bool {
    sentence.tokens.contains { token in
      guard let index = view.mention(at: token), case .time(let time) = view.mentions[index].value else { return false }
      switch time.kind {
      case .date, .daterange, .datetime, .datetimerange: return range(index) == nil && !time.timex.hasSuffix("_REF")
      case .time, .timerange, .duration, .set: return false
      }
    }
  }

  /// The last time said in the three paragraphs before this block, within its section: narratives date a paragraph and go on in the next.
  private func carried(to block: Int) -> DateRange? {
    let blocks = view.source.document.blocks
    guard block < blocks.count else { return nil }
    var left = 3
    for back in 1...12 where block - back >= 0 && left > 0 {
      let before = blocks[block - back]
      guard before.kind != .heading, before.heading == blocks[block].heading else { return nil }
      // Neither the items of a list nor pictures take a step of the way.
      if before.role.isContent, before.kind == .paragraph, before.text.count > 1 { left -= 1 }
      if let range = context.mentions(inBlock: block - back).reversed().lazy.compactMap({ self.range($0) }).first { return range }
    }
    return nil
  }

  /// The time expression nearest to the match, those of its own clause first.
  private func nearest(_ match: PatternMatch, _ sentence: Sentence) -> DateRange? {
    var best: (range: DateRange, cost: Int)?
    var at = sentence.tokens.lowerBound
    while at < sentence.tokens.upperBound {
      guard let index = view.mention(at: at) else {
        at += 1
        continue
      }
      let tokens = view.mentions[index].tokens
      if let range = range(index) {
        let between =
          tokens.lowerBound < match.tokens.lowerBound
          ? min(tokens.upperBound, match.tokens.lowerBound)..<match.tokens.lowerBound
          : match.tokens.upperBound..<max(match.tokens.upperBound, tokens.lowerBound)
        var cost = between.count
        for token in between where view.isClauseMark(token) || view.isComma(token) { cost += 6 }
        if best == nil || cost < best!.cost { best = (range, cost) }
      }
      at = max(at + 1, tokens.upperBound)
    }
    return best?.range
  }

  func range(_ index: Int) -> DateRange? {
    guard case .time(let time) = view.mentions[index].value else { return nil }
    guard let interval = time.interval else { return carriedMonth(index, time.timex) }
    switch time.kind {
    case .date, .daterange, .datetime, .datetimerange: break
    case .time, .timerange, .duration, .set: return nil
    }
    guard !isRelativeToEvent(view.mentions[index].tokens) else { return nil }
    let span = interval.end.daysSinceEpoch - interval.start.daysSinceEpoch
    guard span > 0, span < 366 * 30 else { return nil }
    return TimeResolver.range(interval)
  }

  /// "In July", some sentences after "in February 2023": the same year, where the calendar runs on; a month that lies before may be of any year.
  private func carriedMonth(_ index: Int, _ timex: String) -> DateRange? {
    guard timex.utf8.count == 7, timex.hasPrefix("XXXX-"), let month = Int(timex.dropFirst(5)), (1...12).contains(month) else { return nil }
    for before in stride(from: index - 1, through: max(0, index - 40), by: -1) {
      guard case .time(let time) = view.mentions[before].value, let interval = time.interval else { continue }
      let range = TimeResolver.range(interval)
      guard range.granularity == .month || range.granularity == .day, saysYear(view.mentions[before].tokens) else { continue }
      return range.start.month <= month ? DateRange(year: range.start.year, month: month) : nil
    }
    return nil
  }

  private func saysYear(_ tokens: Range<Int>) -> Bool {
    tokens.contains { view.tokens[$0].isNumber && view.tokens[$0].end - view.tokens[$0].start == 4 }
  }

  /// "Two weeks later", "three months before the launch" count from another event, not from the day of publication.
  private func isRelativeToEvent(_ tokens: Range<Int>) -> Bool {
    tokens.contains { view.words.sequels.contains(view.tokens[$0].word) }
      && !saysYear(tokens)
  }

  /// A half-open interval of days as a range that knows its granularity.
  static func range(_ interval: DayInterval) -> DateRange {
    let last = interval.end.adding(days: -1)
    let start = interval.start
    if start == last { return DateRange(day: start) }
    let candidates = [
      DateRange(year: start.year, month: start.month), DateRange(year: start.year, quarter: (start.month + 2) / 3),
      DateRange(year: start.year, half: start.month <= 6 ? 1 : 2), DateRange(year: start.year),
    ]
    return candidates.first { $0.start == start && $0.end == last } ?? DateRange(start: start, end: last)
  }

  /// A day said of another event of the paragraph dates this one to its month at best; a range to itself.
  private func coarse(_ range: DateRange) -> DateRange {
    guard range.granularity == .day else { return range }
    return DateRange(year: range.start.year, month: range.start.month)
  }
}
