import Analysis
import Configuration
import Documents
import Intake
import Language
import PluginHost
import Rules

/// What the readers of written things (configuration, rules, ignore files) and of other programs' answers promise: whatever is wrong is
/// said, placed on a line that exists.
enum FormatPromises {
  static func check(configuration bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ConfigurationError) {
      _ = try Configuration(yaml: text, file: "bellwether.yaml")
    } catch {
      try check(error, text)
    }
  }

  static func check(manifest bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(ConfigurationError) {
      _ = try PluginManifest(yaml: text, file: "plugin.yaml")
    } catch {
      try check(error, text)
    }
  }

  private static func check(_ error: ConfigurationError, _ text: String) throws {
    try require(!error.problems.isEmpty, "a refused file has problems")
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
    for problem in error.problems {
      try require((1...(lines + 1)).contains(problem.line ?? 1), "a problem is on a line that exists: \(problem.line ?? 0) of \(lines)")
      try require(!problem.message.isEmpty, "a problem is said in words")
      _ = problem.description
    }
  }

  static func check(gazetteer bytes: [UInt8]) throws {
    guard let gazetteer = try? Gazetteer(yaml: String(decoding: bytes, as: UTF8.self), file: "entities.yaml") else { return }
    try? gazetteer.checkReferences()
    let annotator = Annotator(gazetteer: gazetteer)
    for entry in gazetteer.entries.prefix(3) {
      let text = Array("\(entry.name) hired 12 people, said \(entry.name).".utf8)
      try LanguagePromises.check(annotator.annotate(text), SpannedText("text", text))
    }
  }

  /// Rules that are accepted can be compiled and run.
  static func check(rules bytes: [UInt8]) throws {
    let (pack, errors) = RulePack.load(files: [("rules.yaml", String(decoding: bytes, as: UTF8.self))], plugin: "fuzz")
    for error in errors { try require(error.line >= 1 && !error.description.isEmpty, "an error is placed") }
    guard !pack.rules.isEmpty else { return }
    let rules = CompiledRules([pack])
    let annotator = Annotator(vocabulary: rules.vocabulary)
    let text = "Northwind Labs laid off 240 people in October 2025. Ada Quill, its chief executive, will leave Contoso for $3 million.\n"
    guard let document = try? DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "note.md")) else { return }
    let annotation = annotator.annotate(document.text, blocks: document.blocks)
    _ = rules.bind(annotator.lexicon).extract(AnnotatedDocument(path: "note.md", document: document, annotation: annotation))
  }

  /// The first line is a path, the rest an ignore file.
  static func check(globs bytes: [UInt8]) throws {
    let cut = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    let (path, rules) = (Array(bytes[..<cut]), Array(bytes[cut...]))
    let ignore = IgnoreRules([.builtIn, .init(name: "test", text: rules)])
    for isDirectory in [false, true] {
      let decision = ignore.decision(for: path, isDirectory: isDirectory)
      try require(path.starts(with: decision.matched), "what was matched is the path or a directory above it")
      try require(ignore.ignores(path, isDirectory: isDirectory) == decision.isIgnored, "the two ways to ask agree")
      _ = ignore.explain(path, isDirectory: isDirectory)
    }
  }

  /// What was parsed and written again is the same.
  static func check(json bytes: [UInt8]) throws {
    guard let value = try? JSONValue(parsing: bytes) else { return }
    guard let again = try? JSONValue(parsing: value.utf8) else { throw Violation(description: "what was written cannot be parsed") }
    try require(again == value, "what was written and parsed again is the same")
  }

  private static let sample: AnnotatedDocument? = {
    let text = "# Cuts\n\nNorthwind Labs laid off 240 people – “a sad day”, said Ada Quill.\n"
    guard let document = try? DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "note.md")) else { return nil }
    return AnnotatedDocument(
      path: "note.md", document: document, annotation: LanguagePromises.annotator.annotate(document.text, blocks: document.blocks))
  }()

  /// Whatever a plugin answers, the facts that are kept quote the document.
  static func check(pluginReply bytes: [UInt8]) throws {
    guard let sample, let value = try? JSONValue(parsing: bytes) else { return }
    guard let answer = try? FactDecoder(plugin: "fuzz", document: sample).decode(value) else { return }
    let source = SpannedText("source", sample.document.source)
    for fact in answer.facts {
      try require(!fact.evidence.isEmpty, "a kept fact has evidence")
      for evidence in fact.evidence {
        try source.require(evidence.span, "evidence")
        try require(Array(source.bytes[evidence.span.range]) == Array(evidence.text.utf8), "evidence equals the bytes it quotes")
      }
    }
  }
}
