import Documents

/// Finds who says what, how sure they are, and what is denied.
struct VoiceTagger: Sendable {
  static let vocabulary: [String] = VoiceWord.vocabulary + HedgeCues.vocabulary + ModalityWordIDs.vocabulary

  private let words: WordTable<VoiceWord>
  private let ids: VoiceWordIDs
  private let hedges: HedgeMatcher
  private let modalityIDs: ModalityWordIDs

  init(lexicon: Lexicon) {
    words = VoiceWord.table(lexicon)
    ids = VoiceWordIDs(lexicon)
    hedges = HedgeMatcher(lexicon)
    modalityIDs = ModalityWordIDs(lexicon)
  }

  /// Fills `attributions`, `hedges` and `negations`; everything else of the annotation is complete.
  func tag(_ view: TextView, into annotation: inout Annotation) {
    guard !view.tokens.isEmpty else { return }
    let paragraphs = VoiceTagger.paragraphs(annotation.sentences, view)
    let quotations = QuotationFinder(view: view, paragraphs: paragraphs).find()
    var isQuoted = [Bool](repeating: false, count: view.tokens.count)
    for quotation in quotations { for i in quotation.tokens { isQuoted[i] = true } }
    var sentenceOf = [Int32](repeating: 0, count: view.tokens.count)
    for (index, sentence) in annotation.sentences.enumerated() { for i in sentence.tokens { sentenceOf[i] = Int32(index) } }

    var finder = AttributionFinder(
      view: view, words: words, ids: ids, sentences: annotation.sentences, paragraphs: paragraphs, quotations: quotations,
      sentenceOf: sentenceOf,
      isQuoted: isQuoted)
    finder.quotedSpeech()
    finder.reportedSpeech()
    finder.transcript()
    let speakers = SpeakerNames(view: view, words: words, ids: ids, mentions: annotation.mentions)
    annotation.attributions = finder.found.map { speakers.attribution($0) } + speakers.blocks()
    annotation.attributions.sort { VoiceTagger.start($0) < VoiceTagger.start($1) }

    var modality = ModalityFinder(view: view, words: words, matcher: hedges, ids: modalityIDs)
    for sentence in annotation.sentences { modality.scan(sentence) }
    annotation.negations = modality.negations
    let denials = annotation.attributions.flatMap { self.denials(in: $0, annotation, view) }
    annotation.hedges = (modality.hedges + denials).sorted { $0.span < $1.span }
  }

  /// What speakers say that they, or what is theirs, do not do: "Northwind said that it does not sell data".
  private func denials(in attribution: Attribution, _ annotation: Annotation, _ view: TextView) -> [Hedge] {
    guard attribution.kind != .block, !attribution.source.isEmpty, !attribution.isAnonymous else { return [] }
    return attribution.content.compactMap { content in
      let index = VoiceTagger.first(annotation.negations.count) { annotation.negations[$0].span.start >= content.start }
      guard index < annotation.negations.count, annotation.negations[index].span.end <= content.end else { return nil }
      let negation = annotation.negations[index]
      var token = VoiceTagger.first(annotation.tokens.count) { Int(annotation.tokens[$0].start) >= content.start }
      while token < annotation.tokens.count, annotation.tokens[token].isMark || annotation.tokens[token].word == ids.that { token += 1 }
      guard token < annotation.tokens.count, annotation.tokens[token].span.end <= negation.span.start else { return nil }
      let subject = annotation.tokens[token]
      let named = VoiceTagger.first(annotation.mentions.count) { annotation.mentions[$0].core.start >= subject.span.start }
      var isOwn = modalityIDs.selves.contains(subject.word)
      if let speaker = attribution.speaker, named < annotation.mentions.count,
        annotation.mentions[named].core.start <= subject.span.end + 1,
        case .entity(let entity) = annotation.mentions[named].value
      {
        isOwn = isOwn || entity.id == speaker || entity.organization == speaker
      }
      return isOwn ? Hedge(span: negation.span, kind: .denied, scope: ByteSpan(subject.span.start, negation.scope.end)) : nil
    }
  }

  /// The first of `count` indices for which `holds`, which is monotone.
  private static func first(_ count: Int, _ holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let mid = (low + high) / 2
      if holds(mid) { high = mid } else { low = mid + 1 }
    }
    return low
  }

  private static func start(_ attribution: Attribution) -> Int {
    (attribution.content + attribution.source + attribution.cue).map(\.start).min() ?? 0
  }

  /// Token ranges between blank lines and block borders.
  private static func paragraphs(_ sentences: [Sentence], _ view: TextView) -> [Range<Int>] {
    var paragraphs: [Range<Int>] = []
    var block = -1
    for sentence in sentences {
      guard let first = sentence.tokens.first else { continue }
      if sentence.block == block, !view.tokens[first].shape.contains(.paragraphStart), let last = paragraphs.last {
        paragraphs[paragraphs.count - 1] = last.lowerBound..<sentence.tokens.upperBound
      } else {
        paragraphs.append(sentence.tokens)
        block = sentence.block
      }
    }
    return paragraphs
  }
}
