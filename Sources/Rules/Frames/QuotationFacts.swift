import Analysis
import Documents
import Language

/// Facts for what people are quoted with: the speaker is the subject, the quoted words are the evidence.
struct QuotationFacts {
  let context: DocumentContext
  private var view: SentenceView { context.view }

  init(_ context: DocumentContext) { self.context = context }

  func facts(_ frame: Frame) -> [Fact] {
    let kinds = Set(frame.attributions.map(\.rawValue))
    var facts: [Fact] = []
    for attribution in view.source.annotation.attributions where kinds.contains(attribution.kind.rawValue) {
      guard let name = attribution.speakerName, !attribution.isAnonymous, let speaker = speaker(attribution, name) else { continue }
      guard let first = attribution.content.first, let last = attribution.content.last, isContent(first) else { continue }
      guard let evidence = evidence(ByteSpan(first.start, last.end)), isStatement(evidence.text) else { continue }
      let when = when(evidence.span)
      facts.append(
        Fact(
          kind: frame.kind, subject: [speaker], status: frame.status ?? .asserted, source: [name], polarity: frame.polarity,
          plugin: frame.plugin,
          rule: frame.rule, evidence: [evidence],
          labels: frame.labels.merging(when == nil ? [:] : ["dated": "context"]) { own, _ in own }))
      facts[facts.count - 1].when = when
    }
    return facts
  }

  /// When it was said: the time its own paragraph names last before it, else the month in which the note appeared.
  private func when(_ span: ByteSpan) -> String? {
    let times = TimeResolver(context)
    if let sentence = view.source.annotation.sentences.first(where: { $0.span.end > span.start }) {
      let before = context.mentions(inBlock: sentence.block).filter { view.mentions[$0].span.end <= span.start }
      if let range = before.reversed().lazy.compactMap({ times.range($0) }).first { return range.description }
    }
    guard let published = view.source.document.published else { return nil }
    return published.granularity == .day
      ? DateRange(year: published.start.year, month: published.start.month).description : published.description
  }

  /// A short quotation is a statement where it begins as a sentence does or has the words of one; else it is words in quotation marks.
  private func isStatement(_ text: String) -> Bool {
    let words = text.utf8.split(separator: 0x20).count
    let letter = text.unicodeScalars.first { $0.properties.isAlphabetic }
    let isSentence = letter?.properties.isUppercase == true || words >= 5
    return text.utf8.count >= 40 || isSentence && (words >= 3 || text.utf8.count >= 15)
  }

  /// The quotation; of a longer one its first sentences that fit.
  private func evidence(_ span: ByteSpan) -> Evidence? {
    let document = view.source.document
    if let whole = Evidence(document, visible: span) { return whole }
    var best: Evidence?
    for sentence in view.source.annotation.sentences where sentence.span.end > span.start && sentence.span.start < span.end {
      guard let longer = Evidence(document, visible: ByteSpan(span.start, min(sentence.span.end, span.end))) else { break }
      best = longer
    }
    return best
  }

  private func speaker(_ attribution: Attribution, _ name: String) -> EntityRef? {
    for mention in view.mentions {
      guard case .entity(let entity) = mention.value else { continue }
      if let id = attribution.speaker {
        if entity.id == id { return context.reference(entity) }
      } else if entity.name == name {
        return context.reference(entity)
      }
    }
    // "The company", "it": whom the document is about.
    return name.first?.isUppercase == true && !QuotationFacts.isDescription(name) ? FactBuilder.phrase(name) : context.mainOrganization
  }

  private static func isDescription(_ name: String) -> Bool {
    let first = name.split(separator: " ").first.map { $0.lowercased() } ?? ""
    return ["the", "it", "they", "its", "a", "an", "this", "that", "one", "he", "she", "we", "their"].contains(first)
  }

  private func isContent(_ span: ByteSpan) -> Bool {
    let document = view.source.document
    guard let sentence = view.source.annotation.sentences.first(where: { $0.span.end > span.start }), sentence.block < document.blocks.count
    else {
      return true
    }
    return document.blocks[sentence.block].role.isContent
  }
}
