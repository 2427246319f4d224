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
    let speakers = SpeakerNames(view: view, words: words, ids: ids, mentions: annotation.mentions)
    annotation.attributions = finder.found.map { speakers.attribution($0) } + speakers.blocks()
    annotation.attributions.sort { VoiceTagger.start($0) < VoiceTagger.start($1) }

    var modality = ModalityFinder(view: view, words: words, matcher: hedges, ids: modalityIDs)
    for sentence in annotation.sentences { modality.scan(sentence) }
    annotation.hedges = modality.hedges.sorted { $0.span < $1.span }
    annotation.negations = modality.negations
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
