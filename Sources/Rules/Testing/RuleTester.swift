import Analysis
import Documents
import Language

/// What became of one test of a rule.
public struct RuleTestFailure: Sendable, Hashable, CustomStringConvertible {
  public var test: RuleTest
  public var message: String
  public var description: String { "\(test.file):\(test.line): rule \"\(test.rule)\": \(message): \"\(test.text)\"" }
}

/// Runs the sentences that rules carry.
///
/// Tests are about rules, not about names: the sample names below are known in them whatever the gazetteer says. Organisations Northwind,
/// Contoso, Fabrikam, Tailspin; people Ada Quill (of Northwind), Ben Marsh (of Contoso), Cora Lind; teams Orchard, Harbour (of Northwind); products
/// Falcon (of Northwind), Heron (of Contoso), Kestrel (of Fabrikam).
public struct RuleTester: Sendable {
  private let annotator: Annotator
  private let engine: RuleEngine
  private let packs: [RulePack]

  public init(_ packs: [RulePack], gazetteer: Gazetteer = .empty) {
    self.packs = packs
    let rules = CompiledRules(packs)
    annotator = Annotator(gazetteer: gazetteer, vocabulary: rules.vocabulary + SampleNames.vocabulary)
    engine = rules.bind(annotator.lexicon)
  }

  /// The tests that fail, in order.
  public func run() -> [RuleTestFailure] { packs.flatMap(\.tests).compactMap { run($0) } }

  public func run(_ test: RuleTest) -> RuleTestFailure? {
    let own = facts(in: test.text, rule: test.rule)
    func fail(_ message: String) -> RuleTestFailure { RuleTestFailure(test: test, message: message) }
    if !test.fires { return own.isEmpty ? nil : fail("fires and should stay silent (\(RuleTester.summary(own[0])))") }
    guard let fact = own.first else {
      return fail("stays silent and should fire")
    }
    for (name, wanted) in test.expected.sorted(by: { $0.key < $1.key }) {
      if !own.contains(where: { RuleTester.field(name, $0) == wanted }) {
        return fail("\(name) is \"\(RuleTester.field(name, fact))\" and should be \"\(wanted)\"")
      }
    }
    return nil
  }

  /// The day that rules' own sentences are read on.
  public static let day = CalendarDate(year: 2025, month: 11, day: 14)

  /// All facts the rules find in a text: a paragraph, or Markdown where it has several lines.
  /// - Parameters:
  ///   - headline: a heading over it.
  ///   - rule: the one rule to run; nil: all.
  ///   - published: when the text appeared; nil: unknown.
  public func facts(
    in text: String, under headline: String? = nil, rule: String? = nil, published: CalendarDate? = RuleTester.day
  ) -> [Fact] {
    facts(of: RuleTester.document(text, under: headline, published), rule: rule, published: published)
  }

  /// All facts the rules find in a document: a page, or whatever else was read.
  public func facts(of document: Document, rule: String? = nil, published: CalendarDate? = RuleTester.day) -> [Fact] {
    var annotation = annotator.annotate(document.text, blocks: document.blocks, context: AnnotationContext(reference: published))
    SampleNames.add(to: &annotation, text: document.text, lexicon: annotator.lexicon)
    return engine.extract(AnnotatedDocument(path: "test.md", document: document, annotation: annotation), only: rule).facts
  }

  /// One line is a paragraph; several are Markdown, as tables and lists need.
  private static func document(_ text: String, under headline: String?, _ published: CalendarDate?) -> Document {
    let published = published.map { DateRange(day: $0) }
    if headline == nil, text.utf8.contains(0x0A) {
      let hints = ReadingHints(fileName: "test.md", published: published)
      if let document = try? DocumentReader.read(Array(text.utf8), hints: hints) { return document }
    }
    let title = Array((headline.map { "\($0)\n" } ?? "").utf8)
    let bytes = title + Array(text.utf8)
    let body = ByteSpan(title.count, bytes.count)
    var blocks = [Block(kind: .paragraph, role: .body, text: body, source: body)]
    if headline != nil {
      let line = ByteSpan(0, title.count - 1)
      blocks.insert(Block(kind: .heading, role: .heading, text: line, source: line), at: 0)
    }
    return Document(
      revision: "test", format: .plainText, isConverted: false, source: bytes, text: bytes, map: .identity(count: bytes.count),
      blocks: blocks, published: published)
  }

  static func field(_ name: String, _ fact: Fact) -> String {
    switch name {
    case "subject": return fact.subject.map(\.name).joined(separator: ", ")
    case "object": return fact.object.map(\.name).joined(separator: ", ")
    case "value": return fact.value ?? "none"
    case "when": return fact.when ?? "none"
    case "status": return fact.status.rawValue
    case "source": return fact.source.joined(separator: ", ")
    default: return ""
    }
  }

  private static func summary(_ fact: Fact) -> String {
    "\(fact.kind), subject \(field("subject", fact)), object \(field("object", fact)), value \(field("value", fact)), \(fact.status.rawValue)"
  }
}
