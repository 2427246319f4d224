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
  private let tokenizer: Tokenizer

  /// - Parameter vocabulary: words that rules want numbered besides the taggers' own.
  public init(vocabulary: some Sequence<String> = [String]()) {
    lexicon = Lexicon(vocabulary)
    tokenizer = Tokenizer(lexicon: lexicon)
  }

  /// - Parameters:
  ///   - text: UTF-8 visible text.
  ///   - blocks: its parts; sentences never cross them. Empty: the whole text is one.
  public func annotate(_ text: [UInt8], blocks: [Block] = [], context: AnnotationContext = AnnotationContext()) -> Annotation {
    let tokens = text.withUnsafeBufferPointer { tokenizer.tokenize($0) }
    return Annotation(tokens: tokens)
  }
}
