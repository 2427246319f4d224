import Analysis
import Documents
import Language
import PluginHost

/// Read, annotate, extract: a pure function of bytes and configuration, run anywhere and in parallel.
public struct Pipeline: Sendable {
  public struct Output: Sendable {
    public var document: Document
    /// Nil where analysis is off or the language is not analysed.
    public var annotation: Annotation?
    public var facts: [Fact]
    public var diagnostics: [Diagnostic]
    /// Plugins that could not look now and may later.
    public var postponed: [String] = []
    public var isAnalysed: Bool { annotation != nil }
  }

  static let languages = LanguageIdentifier()

  public let annotator: Annotator
  public let analyzers: [any Analyzer]
  /// False: parsed, recorded and searchable, nothing more.
  public let analyses: Bool
  /// For files that are no text.
  public let converters: Converters
  /// Dates and publishers that people gave to notes.
  let metadata: NoteMetadata

  public init(annotator: Annotator, analyzers: [any Analyzer], converters: Converters, analyses: Bool = true) {
    self.init(
      annotator: annotator, analyzers: analyzers, converters: converters, analyses: analyses,
      metadata: NoteMetadata(corrections: [], patterns: []))
  }

  init(annotator: Annotator, analyzers: [any Analyzer], converters: Converters, analyses: Bool, metadata: NoteMetadata) {
    self.metadata = metadata
    self.converters = converters
    self.annotator = annotator
    self.analyzers = analyzers
    self.analyses = analyses
  }

  /// The read stage: conversion where one is needed, then the document, and its language.
  static func read(_ bytes: [UInt8], hints: ReadingHints, converters: Converters, progress: () -> Void = {}) throws(ReadingRefusal)
    -> Document
  {
    let ending = NoteKinds.ending(of: Array(hints.fileName.utf8)) ?? ""
    let converted = try converters.convert(bytes, ending: ending, progress: progress)
    var document = try DocumentReader.read(bytes, hints: hints, converted: converted)
    if document.language == nil { document.language = Pipeline.languages.language(of: document.text) }
    return document
  }

  /// - Parameter progress: called now and then while a slow converter is within its time.
  /// - Throws: `ReadingRefusal` where the bytes are no text and do not become any.
  public func run(_ bytes: [UInt8], path: String, hints: ReadingHints, progress: () -> Void = {}) throws(ReadingRefusal) -> Output {
    var document = try Pipeline.read(bytes, hints: hints, converters: converters, progress: progress)
    metadata.apply(to: &document, path: path)
    guard analyses, document.language == nil || document.language == "en" else {
      return Output(document: document, annotation: nil, facts: [], diagnostics: [])
    }
    let context = AnnotationContext(reference: document.published?.end)
    let annotation = annotator.annotate(document.text, blocks: document.blocks, context: context)
    let annotated = AnnotatedDocument(path: path, document: document, annotation: annotation)
    var finding = Finding()
    for analyzer in analyzers { finding.append(analyzer.extract(annotated)) }
    let facts = Pipeline.distinct(finding.facts)
    return Output(
      document: document, annotation: annotation, facts: facts, diagnostics: finding.diagnostics, postponed: finding.postponed)
  }

  /// In order of position, each id once; a fact without subject or evidence is no fact.
  private static func distinct(_ facts: [Fact]) -> [Fact] {
    var seen: Set<String> = []
    let sound = facts.filter { !$0.subject.isEmpty && !$0.evidence.isEmpty && seen.insert($0.id).inserted }
    return sound.sorted { a, b in
      let spanA = a.evidence[0].span, spanB = b.evidence[0].span
      return spanA != spanB ? spanA < spanB : a.id < b.id
    }
  }

  /// All analyzers' alerts and contradictions about one subject; pure.
  public func correlate(_ facts: SubjectFacts) -> Finding {
    var finding = Finding()
    for analyzer in analyzers { finding.append(analyzer.correlate(facts)) }
    return finding
  }
}
