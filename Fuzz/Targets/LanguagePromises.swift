import Analysis
import Configuration
import Documents
import Glibc
import Language
import PluginHost
import Rules

/// What annotations and the facts made from them promise.
enum LanguagePromises {
  private static let gazetteer: Gazetteer = {
    let folder = "\(projectFolder)/Config/entities"
    return (try? Gazetteer.load(files: names(in: folder).filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" })) ?? .empty
  }()

  private static let packs: [RulePack] = names(in: "\(projectFolder)/Plugins").map { plugin in
    let folder = "\(projectFolder)/Plugins/\(plugin)/rules"
    let files = names(in: folder).map { (name: $0, text: String(decoding: contents(of: "\(folder)/\($0)") ?? [], as: UTF8.self)) }
    return RulePack.load(files: files, plugin: plugin).pack
  }

  private static let rules = CompiledRules(packs)
  static let annotator = Annotator(gazetteer: gazetteer, vocabulary: rules.vocabulary)
  private static let engine = rules.bind(annotator.lexicon)
  private static let context = AnnotationContext(reference: CalendarDate(year: 2026, month: 2, day: 20))

  static func check(text bytes: [UInt8]) throws {
    let text = Array(String(decoding: bytes, as: UTF8.self).utf8)
    try check(annotator.annotate(text, context: context), SpannedText("text", text))
  }

  /// The whole way from bytes to facts.
  static func check(note bytes: [UInt8]) throws {
    guard let document = try? DocumentReader.read(bytes, hints: ReadingHints(fileName: "note.md")) else { return }
    try DocumentPromises.check(document)
    let annotation = annotator.annotate(document.text, blocks: document.blocks, context: context)
    try check(annotation, SpannedText("text", document.text))
    let finding = engine.extract(AnnotatedDocument(path: "note.md", document: document, annotation: annotation))
    let source = SpannedText("source", document.source)
    for fact in finding.facts {
      try require(!fact.subject.isEmpty && !fact.evidence.isEmpty, "a fact (\(fact.rule)) has a subject and evidence")
      for evidence in fact.evidence {
        try source.require(evidence.span, "evidence of \(fact.rule)")
        try require(!evidence.span.isEmpty && evidence.span.count <= Evidence.maximumBytes, "evidence of \(fact.rule) is at most 400 bytes")
        try require(
          Array(document.source[evidence.span.range]) == Array(evidence.text.utf8) || !source.isUTF8,
          "evidence of \(fact.rule) equals the bytes it quotes")
        try require(
          evidence.line >= 1 && evidence.line <= document.lineStarts.count, "evidence of \(fact.rule) is on a line that exists")
      }
    }
  }

  static func check(_ annotation: Annotation, _ text: SpannedText) throws {
    try text.requireOrder(annotation.tokens.map { ByteSpan(Int($0.start), Int($0.end)) }, "a token")
    try text.requireOrder(annotation.sentences.map(\.span), "a sentence")
    try text.requireOrder(annotation.mentions.map(\.span), "a mention")
    let tokens = annotation.tokens.indices
    for sentence in annotation.sentences {
      try require(tokens.isEmpty || tokens.startIndex <= sentence.tokens.lowerBound, "a sentence's tokens exist")
      try require(sentence.tokens.upperBound <= tokens.endIndex, "a sentence's tokens exist")
      try require(!sentence.span.isEmpty, "a sentence is not empty")
    }
    for mention in annotation.mentions {
      try text.require(mention.core, "the core of a mention")
      try require(mention.span.contains(mention.core) && !mention.core.isEmpty, "a mention's core lies in it")
      try require(mention.tokens.upperBound <= tokens.endIndex, "a mention's tokens exist")
    }
    for attribution in annotation.attributions {
      for span in attribution.source + attribution.cue + attribution.content { try text.require(span, "a part of an attribution") }
    }
    for hedge in annotation.hedges {
      try text.require(hedge.span, "a hedge")
      try text.require(hedge.scope, "the scope of a hedge")
    }
    for negation in annotation.negations {
      try text.require(negation.span, "a negation")
      try text.require(negation.scope, "the scope of a negation")
    }
  }

  /// Lines in, lines out: every answer is JSON, and there is one for each line that was not skipped.
  static func check(lines bytes: [UInt8]) throws {
    guard let inputFile = tmpfile(), let outputFile = tmpfile() else { return }
    defer {
      fclose(inputFile)
      fclose(outputFile)
    }
    let (input, output) = (fileno(inputFile), fileno(outputFile))
    let written = bytes.withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
    guard written == bytes.count, lseek(input, 0, SEEK_SET) == 0 else { return }
    let skipped = try AnnotationLines.run(annotator, input: input, output: output)
    let asked = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }.count
    let answers = (contents(of: "/proc/self/fd/\(output)") ?? []).split(separator: 0x0A)
    try require(answers.count + skipped == asked, "\(asked) lines give \(answers.count) answers and \(skipped) complaints")
    for answer in answers {
      do { _ = try JSONValue(parsing: Array(answer)) } catch { throw Violation(description: "an answer is no JSON: \(error)") }
    }
  }
}
