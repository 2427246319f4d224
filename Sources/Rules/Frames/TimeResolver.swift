import Analysis
import Documents
import Language

/// Finds when a fact happened: in its sentence, carried from earlier in its paragraph, from its heading, or from the publication date.
struct TimeResolver {
  let context: DocumentContext
  private var view: SentenceView { context.view }

  init(_ context: DocumentContext) { self.context = context }

  /// What the sentence itself says.
  /// - Parameter isAhead: whether the fact is a plan: then the time that follows it is when it is due, and one that is over when it was made.
  func said(_ match: PatternMatch, in sentence: Sentence, isAhead: Bool = false) -> DateRange? { nearest(match, sentence, isAhead) }

  /// What its surroundings let one infer: the date its paragraph or heading begins with, a year said before, at last the year of publication.
  ///
  /// What was said of another event dates this one to its year at best. In a note of a known day, what is told in the present tense is of that
  /// year, whatever year the story had come to.
  func inferred(_ match: PatternMatch, for sentence: Sentence, undated: Frame.Undated, isAhead: Bool = false) -> DateRange? {
    guard undated == .published else { return nil }
    let block = context.mentions(inBlock: sentence.block)
    let earlier = block.filter { view.mentions[$0].tokens.upperBound <= sentence.tokens.lowerBound }
    if !isAhead, let sequel = sequel(in: sentence, earlier) { return sequel }
    guard !isDatedOtherwise(sentence) else { return nil }
    if let first = earlier.first, leads(first, sentence.block), let range = range(first) { return coarse(range) }
    if isHabit(match, sentence) { return nil }
    // What is yet to come is not of the years a story has gone through.
    if isAhead {
      // News of a week is of that week, its plans too.
      guard let year = yearOfPublication else { return nil }
      return headed(sentence) { $0.start >= year.start && $0.end <= year.end } ?? year
    }
    if isPresent(match, sentence), let year = yearOfPublication { return year }
    if let last = earlier.reversed().lazy.compactMap({ self.past($0) }).first { return year(of: last) }
    if let range = headed(sentence, where: { _ in true }) { return range }
    if let introduction = context.listIntroduction(of: sentence.block),
      let range = context.mentions(inBlock: introduction).reversed().lazy.compactMap({ self.past($0) }).first
    {
      return coarse(range)
    }
    // A story goes on in the year it had come to; news that looks back returns to its day.
    if !context.isCurrent, let carried = carried(to: sentence.block) { return year(of: carried) }
    return yearOfPublication ?? context.lastYear.map { DateRange(year: $0) }
  }

  /// "Invested billions annually", "every year": what is done again and again has no year of its own; neither has what once was.
  private func isHabit(_ match: PatternMatch, _ sentence: Sentence) -> Bool {
    let before = max(sentence.tokens.lowerBound, match.tokens.lowerBound - 8)
    let after = match.tokens.upperBound..<max(match.tokens.upperBound, min(sentence.tokens.upperBound, match.tokens.upperBound + 8))
    // What follows a comma or a dash is another clause.
    let end = after.first { view.isComma($0) || view.isClauseMark($0) } ?? after.upperBound
    let repeats = (before..<end).contains { token in
      guard let index = view.mention(at: token), case .time(let time) = view.mentions[index].value else { return false }
      return time.kind == .set && time.timex.hasSuffix("Y")
    }
    return repeats || sentence.tokens.contains { isOnce($0, sentence) }
  }

  /// "Northwind once led", "had once led"; not "once more", "at once", "once it led".
  private func isOnce(_ token: Int, _ sentence: Sentence) -> Bool {
    guard view.tokens[token].word == view.words.once, token > sentence.tokens.lowerBound, token + 1 < sentence.tokens.upperBound,
      view.tokens[token + 1].isWord, view.entity(at: token + 1) == nil, !view.words.determiners.contains(view.tokens[token + 1].word)
    else { return false }
    return view.entity(at: token - 1) != nil || view.words.pronouns.contains(view.tokens[token - 1].word)
      || view.words.isVerbal(view.tokens[token - 1].word)
  }

  /// "Two months after the failure", "three weeks later": counted from the time that was said before, in its granularity.
  private func sequel(in sentence: Sentence, _ earlier: [Int]) -> DateRange? {
    for index in view.mentions(in: sentence.tokens) {
      let tokens = view.mentions[index].tokens
      guard case .time(let time) = view.mentions[index].value, time.kind == .duration || time.kind == .daterange,
        let length = ElapsedTime(time.timex),
        tokens.contains(where: { view.words.later.contains(view.tokens[$0].word) })
          || tokens.upperBound < sentence.tokens.upperBound && view.words.later.contains(view.tokens[tokens.upperBound].word)
          || [tokens.lowerBound - 1, tokens.lowerBound].contains(where: { $0 >= 0 && view.tokens[$0].word == view.words.within })
      else { continue }
      let base = earlier.reversed().lazy.compactMap({ self.past($0) }).first ?? carried(to: sentence.block)
      return base.flatMap { length.after($0) }
    }
    return nil
  }

  private var yearOfPublication: DateRange? { view.source.document.published.map { DateRange(year: $0.start.year) } }

  /// "**March 2022** – …": a paragraph that begins with its date.
  private func leads(_ mention: Int, _ block: Int) -> Bool {
    let blocks = view.source.document.blocks
    guard block < blocks.count, case .time = view.mentions[mention].value else { return false }
    return view.mentions[mention].span.start - blocks[block].text.start <= 12
  }

  /// Whether the verb group at the match is in the present: "has", "is", "have" right before it, and nothing of the past.
  private func isPresent(_ match: PatternMatch, _ sentence: Sentence) -> Bool {
    let from = max(sentence.tokens.lowerBound, match.tokens.lowerBound - 3)
    let window = from..<min(sentence.tokens.upperBound, match.tokens.upperBound)
    if window.contains(where: { view.words.past.contains(view.tokens[$0].word) }) { return false }
    return window.contains { view.words.present.contains(view.tokens[$0].word) }
  }

  /// A time that does not lie ahead of the note: what is yet to come dates no other event.
  private func past(_ index: Int) -> DateRange? {
    guard !isSince(view.mentions[index].tokens), let range = range(index) else { return nil }
    if let published = view.source.document.published, range.start > published.end { return nil }
    return range
  }

  /// "The worst since 1974": where a length of time began.
  private func isSince(_ tokens: Range<Int>) -> Bool {
    [tokens.lowerBound - 1, tokens.lowerBound].contains { $0 >= 0 && view.tokens[$0].word == view.words.since }
  }

  private func year(of range: DateRange) -> DateRange {
    range.start.year == range.end.year ? DateRange(year: range.start.year) : range
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
      // The dates of a list are those of its items.
      if before.kind == .listItem, blocks[block].kind != .listItem { continue }
      guard before.kind != .heading, before.heading == blocks[block].heading else { return nil }
      // Neither the items of a list nor pictures take a step of the way.
      if before.role.isContent, before.kind == .paragraph, before.text.count > 1 { left -= 1 }
      if let range = context.mentions(inBlock: block - back).reversed().lazy.compactMap({ self.past($0) }).first { return range }
    }
    return nil
  }

  /// The first time of those wanted that the headings name, the nearest heading first.
  private func headed(_ sentence: Sentence, where isWanted: (DateRange) -> Bool) -> DateRange? {
    for heading in context.headings(of: sentence.block) {
      if let range = context.mentions(inBlock: heading).lazy.compactMap({ self.range($0) }).first(where: isWanted) { return range }
    }
    return nil
  }

  /// The time expression nearest to the match, those of its own clause first.
  private func nearest(_ match: PatternMatch, _ sentence: Sentence, _ isAhead: Bool) -> DateRange? {
    var best: (range: DateRange, cost: Int)?
    for index in view.mentions(in: sentence.tokens) {
      let tokens = view.mentions[index].tokens
      // "Since May" at the head of a sentence dates it; elsewhere it says how long something has been so.
      if !isBasis(tokens, sentence), !isSince(tokens) || tokens.lowerBound <= sentence.tokens.lowerBound + 1,
        let range = range(index).map({ isAhead ? $0 : passed($0, tokens, match, sentence) })
      {
        let between =
          tokens.lowerBound < match.tokens.lowerBound
          ? min(tokens.upperBound, match.tokens.lowerBound)..<match.tokens.lowerBound
          : match.tokens.upperBound..<max(match.tokens.upperBound, tokens.lowerBound)
        var cost = between.count
        for token in between where view.isClauseMark(token) || view.isComma(token) { cost += 6 }
        if case .time(let time) = view.mentions[index].value, time.timex == "PRESENT_REF" { cost += 30 }
        if isAhead {
          if tokens.upperBound <= match.tokens.lowerBound { cost += 12 }
          if let published = view.source.document.published, range.end < published.start { cost += 12 }
        }
        if best == nil || cost < best!.cost { best = (range, cost) }
      }
    }
    return best?.range
  }

  /// "In May it bought": what has happened lies before the note, in the year before where the month is yet to come.
  private func passed(_ range: DateRange, _ tokens: Range<Int>, _ match: PatternMatch, _ sentence: Sentence) -> DateRange {
    guard let published = view.source.document.published, range.start > published.end, !saysYear(tokens),
      range.start.daysSinceEpoch - published.end.daysSinceEpoch < 366, range.granularity == .month || range.granularity == .day
    else { return range }
    let before = max(sentence.tokens.lowerBound, min(match.tokens.lowerBound, tokens.lowerBound) - 4)
    let after = max(match.tokens.upperBound, tokens.upperBound)
    if (before..<after).contains(where: { view.words.coming.contains(view.tokens[$0].word) }) { return range }
    guard match.tokens.contains(where: isPastForm) else { return range }
    let start = range.start
    if range.granularity == .month { return DateRange(year: start.year - 1, month: start.month) }
    return start.month == 2 && start.day == 29
      ? range : DateRange(day: CalendarDate(year: start.year - 1, month: start.month, day: start.day))
  }

  private func isPastForm(_ token: Int) -> Bool {
    guard view.tokens[token].isWord else { return false }
    let end = Int(view.tokens[token].end)
    return view.words.pasts.contains(view.tokens[token].word)
      || view.source.document.text[max(0, end - 2)..<end].elementsEqual("ed".utf8)
  }

  /// "12 % from the first quarter", "than in 2023", "compared with the year before": what something is measured against, not when it happened.
  private func isBasis(_ tokens: Range<Int>, _ sentence: Sentence) -> Bool {
    var at = tokens.lowerBound - 1
    // The mention may hold its preposition.
    if view.words.bases.contains(view.tokens[tokens.lowerBound].word) { at = tokens.lowerBound }
    var steps = 0
    while at >= sentence.tokens.lowerBound, steps < 4 {
      let word = view.tokens[at].word
      if view.words.bases.contains(word) {
        guard word == view.words.from else { return true }
        let before = at - 1
        guard before >= sentence.tokens.lowerBound else { return false }
        if view.words.directions.contains(view.tokens[before].word) { return true }
        if let mention = view.mention(at: before), case .quantity = view.mentions[mention].value { return true }
        return false
      }
      guard view.isLight(at) || view.words.prepositions.contains(word) else { return false }
      at -= 1
      steps += 1
    }
    return false
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
    // "Within a month" is a length of time, counted from the day of the note for want of another.
    if span > 1, let published = view.source.document.published, published.granularity == .day, interval.start == published.start {
      return nil
    }
    let range = TimeResolver.range(interval)
    // "Now" is no day on which something happened.
    if time.timex == "PRESENT_REF" { return DateRange(year: range.start.year, month: range.start.month) }
    return isVague(range, view.mentions[index].tokens) ? TimeResolver.whole(range) : range
  }

  /// "The end of October", "mid-2025", "autumn": nobody has said the days that such a range begins and ends with.
  private func isVague(_ range: DateRange, _ tokens: Range<Int>) -> Bool {
    guard range.granularity == .range, range.start.year == range.end.year else { return false }
    // Two ends that are said are two ends.
    if tokens.contains(where: { view.words.ranges.contains(view.tokens[$0].word) && !isMiddle($0 - 1, tokens) }) { return false }
    if tokens.contains(where: { view.tokens[$0].isNumber && view.tokens[$0].end - view.tokens[$0].start <= 2 }) { return false }
    let days = range.end.daysSinceEpoch - range.start.daysSinceEpoch
    return range.start.month == range.end.month && (range.start.day % 10 == 1) || days > 80
  }

  /// The "mid" of "mid-2025".
  private func isMiddle(_ token: Int, _ tokens: Range<Int>) -> Bool {
    tokens.contains(token) && view.text(token..<(token + 1)).lowercased() == "mid"
  }

  /// The month that holds the range, else the year.
  private static func whole(_ range: DateRange) -> DateRange {
    range.start.month == range.end.month
      ? DateRange(year: range.start.year, month: range.start.month) : DateRange(year: range.start.year)
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
