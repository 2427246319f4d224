import Analysis
import Documents
import Language

/// Something told as done on a day that comes after the note's own: "published 17 September … completed by 18 September".
///
/// Only where the note says its day in its own text and nothing in the sentence looks ahead. Each finding is a fact of the kind `inconsistency`
/// with two spans, like those of `SentenceArithmetic`.
struct PublicationCheck {
  /// Days after which a date is rather a misread year.
  private static let reach = 60
  private static let near = 14
  /// A note says its day at its beginning.
  private static let head = 12

  let context: DocumentContext
  private let line: (block: Int, span: ByteSpan)?
  private var view: SentenceView { context.view }

  init(context: DocumentContext) {
    self.context = context
    line = PublicationCheck.dateline(context.view)
  }

  func facts(in sentence: Sentence) -> [Fact] {
    guard let line, line.block != sentence.block, let published = view.source.document.published else { return [] }
    guard !sentence.tokens.contains(where: { view.words.ahead.contains(view.tokens[$0].word) }) else { return [] }
    for token in sentence.tokens {
      guard let index = view.mention(at: token), isAfter(view.mentions[index], published.start),
        isDone(before: view.mentions[index].tokens.lowerBound, in: sentence)
      else { continue }
      let evidence = [line.span, view.mentions[index].span].compactMap { Evidence(view.source.document, visible: sentenceSpan(around: $0)) }
      guard evidence.count == 2, let subject = SubjectResolver(context).organization(of: sentence) else { return [] }
      return [
        Fact(
          kind: SentenceArithmetic.kind, subject: [subject], polarity: .negative, plugin: "contradictions",
          rule: "contradictions.publication",
          evidence: evidence, labels: ["check": "told as done after the day of the note"])
      ]
    }
    return []
  }

  /// A day without a year that lies some days ahead is not of the year before, however it was read.
  private func isAfter(_ mention: Mention, _ published: CalendarDate) -> Bool {
    guard let day = PublicationCheck.day(mention) else { return false }
    let days = day.daysSinceEpoch - published.daysSinceEpoch
    if days > 0 { return days <= PublicationCheck.reach }
    let saysYear = mention.tokens.contains { view.tokens[$0].isNumber && view.tokens[$0].span.count == 4 }
    return !saysYear && (1...PublicationCheck.near).contains(days + 365)
  }

  /// A participle within two words before the date: "completed by", "was fixed on".
  private func isDone(before date: Int, in sentence: Sentence) -> Bool {
    let bytes = view.source.document.text
    return (max(sentence.tokens.lowerBound, date - 2)...max(sentence.tokens.lowerBound, date)).contains { token in
      let end = Int(view.tokens[token].end)
      return view.tokens[token].isWord
        && (view.words.participles.contains(view.tokens[token].word) || bytes[max(0, end - 2)..<end].elementsEqual("ed".utf8))
    }
  }

  private func sentenceSpan(around span: ByteSpan) -> ByteSpan {
    view.source.annotation.sentences.first { $0.span.start <= span.start && span.end <= $0.span.end }?.span ?? span
  }

  /// Where the note says its own day.
  private static func dateline(_ view: SentenceView) -> (block: Int, span: ByteSpan)? {
    let document = view.source.document
    guard let published = document.published, published.granularity == .day, document.publishedFrom == .dateline else { return nil }
    for sentence in view.source.annotation.sentences.prefix(head) {
      for token in sentence.tokens {
        guard let index = view.mention(at: token), day(view.mentions[index]) == published.start else { continue }
        return (sentence.block, view.mentions[index].span)
      }
    }
    return nil
  }

  private static func day(_ mention: Mention) -> CalendarDate? {
    guard case .time(let time) = mention.value, time.kind == .date || time.kind == .daterange, let interval = time.interval,
      interval.end.daysSinceEpoch - interval.start.daysSinceEpoch == 1
    else { return nil }
    return interval.start
  }
}
