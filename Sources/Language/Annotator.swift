import Documents

/// What the annotate stage is told besides the text.
public struct AnnotationContext: Sendable {
  public enum Culture: String, Sendable { case enUS = "en-us", enGB = "en-gb" }

  /// The day (and second of that day) relative times are read against: the publication date.
  public var reference: CalendarDate?
  public var referenceSecond: Int
  public var culture: Culture

  public init(reference: CalendarDate? = nil, referenceSecond: Int = 0, culture: Culture = .enUS) {
    self.reference = reference
    self.referenceSecond = referenceSecond
    self.culture = culture
  }
}

/// Text in, annotation out: the annotate stage. Built once, used from any thread.
public struct Annotator: Sendable {
  public let lexicon: Lexicon
  public let gazetteer: Gazetteer
  private let tokenizer: Tokenizer
  private let splitter: SentenceSplitter
  private let times: TimeTagger
  private let quantities: QuantityTagger
  private let names: NameTagger
  private let voice: VoiceTagger

  /// - Parameters:
  ///   - gazetteer: the entities that are known by name.
  ///   - vocabulary: words that rules want numbered besides the taggers' own.
  public init(gazetteer: Gazetteer = .empty, vocabulary: some Sequence<String> = [String]()) {
    var words = Array(vocabulary)
    words += SentenceSplitter.vocabulary + TimeTagger.vocabulary + QuantityTagger.vocabulary + NameTagger.vocabulary
    words += VoiceTagger.vocabulary + gazetteer.vocabulary
    let lexicon = Lexicon(words)
    self.lexicon = lexicon
    self.gazetteer = gazetteer
    tokenizer = Tokenizer(lexicon: lexicon)
    splitter = SentenceSplitter(lexicon: lexicon)
    times = TimeTagger(lexicon: lexicon)
    quantities = QuantityTagger(lexicon: lexicon)
    names = NameTagger(lexicon: lexicon, gazetteer: gazetteer)
    voice = VoiceTagger(lexicon: lexicon)
  }

  /// - Parameters:
  ///   - text: UTF-8 visible text.
  ///   - blocks: its parts; sentences never cross them. Empty: the whole text is one body block.
  public func annotate(_ text: [UInt8], blocks: [Block] = [], context: AnnotationContext = AnnotationContext()) -> Annotation {
    let all = ByteSpan(0, text.count)
    let parts = blocks.isEmpty ? [Block(kind: .paragraph, role: .body, text: all, source: all)] : blocks
    return text.withUnsafeBufferPointer { bytes in
      let tokens = tokenizer.tokenize(bytes)
      let view = TextView(bytes: bytes, tokens: tokens, lexicon: lexicon, context: context, blocks: parts)
      var annotation = Annotation(tokens: tokens, sentences: splitter.split(view))
      var taken = [Bool](repeating: false, count: tokens.count)
      func keep(_ found: [Mention]) {
        for mention in found { for token in mention.tokens { taken[token] = true } }
        annotation.mentions += found
      }
      // A time inside an amount is part of the amount ("188 miles an hour").
      let said = times.tag(view, sentences: annotation.sentences, taken: taken)
      let found = quantities.tag(view, sentences: annotation.sentences, times: said)
      keep(found.times)
      keep(found.quantities)
      var names = names.tag(view, sentences: annotation.sentences, taken: taken)
      // "$3M" is a sum, whatever firm is called 3M.
      names.removeAll { name in
        tokens[name.tokens.lowerBound].isNumber
          && annotation.mentions.contains {
            Annotator.isMoney($0) && $0.span.start <= name.span.start && name.span.end <= $0.span.end && $0.span != name.span
          }
      }
      // A number or a time inside a name is part of the name ("Aurora 3", "Northwind Morning Herald").
      var named = [Bool](repeating: false, count: tokens.count)
      for mention in names { for token in mention.tokens { named[token] = true } }
      annotation.mentions.removeAll { mention in mention.tokens.contains { named[$0] } }
      annotation.mentions += names
      annotation.mentions = Annotator.disjoint(annotation.mentions)
      voice.tag(view, into: &annotation)
      return annotation
    }
  }

  private static func isMoney(_ mention: Mention) -> Bool {
    guard case .quantity(let value) = mention.value else { return false }
    return value.kind == .money || value.kind == .moneyrange
  }

  /// In order of start and without overlaps: of mentions that share a byte the longer stays, of equal ones the earlier in the list.
  static func disjoint(_ mentions: [Mention]) -> [Mention] {
    let byStart = mentions.enumerated().sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
    var result: [Mention] = []
    result.reserveCapacity(mentions.count)
    var low = 0
    while low < byStart.count {
      // A chain of mentions each of which reaches into the next.
      var high = low + 1
      var end = byStart[low].element.span.end
      while high < byStart.count, byStart[high].element.span.start < end {
        end = max(end, byStart[high].element.span.end)
        high += 1
      }
      if high == low + 1 {
        result.append(byStart[low].element)
      } else {
        var kept: [Mention] = []
        for (_, mention) in byStart[low..<high].sorted(by: { (-$0.element.span.count, $0.offset) < (-$1.element.span.count, $1.offset) })
        where !kept.contains(where: { $0.span.start < mention.span.end && mention.span.start < $0.span.end }) {
          kept.append(mention)
        }
        result += kept.sorted { $0.span.start < $1.span.start }
      }
      low = high
    }
    return result
  }
}
