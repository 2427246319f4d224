import Analysis
import Documents
import Language
import Testing

@testable import Rules

/// Who a fact is about where the sentence does not put it in the pattern.
@Suite struct SubjectTests {
  private static let rules = """
    frames:
      - {kind: loss, patterns: ["lose {money:value}", "{fall|fell} ...{0,2} {percent:value}", "loss narrowed", "budget"]}
      - {kind: layoff, patterns: ["contract ...{0,4} end"]}
      - {kind: investment, value: [money], patterns: ["valued at", "order ...{0,4} {product|count:object}", "devour"]}
      - {kind: abandonment, object: [product], patterns: ["{withdraw|shut down}"]}
      - {kind: allegation, patterns: ["show that the model"]}
    """

  private func subjects(_ text: String, _ kind: String) -> [[String]] {
    let (pack, errors) = RulePack.load(files: [("t.yaml", SubjectTests.rules)], plugin: "test")
    #expect(errors.isEmpty)
    return RuleTester([pack]).facts(in: text).filter { $0.kind == kind }.map { $0.subject.map(\.name) }
  }

  /// The same of a whole Markdown note.
  private func noted(_ text: String, _ kind: String) throws -> [[String]] {
    let (pack, _) = RulePack.load(files: [("t.yaml", SubjectTests.rules)], plugin: "test")
    return try Note.facts(in: text, [pack]).filter { $0.kind == kind }.map { $0.subject.map(\.name) }
  }

  @Test func `What is inserted between commas does nothing`() {
    #expect(subjects("Northwind, a cloud that hosts Contoso's models, fell 4%.", "loss") == [["Northwind"]])
  }

  @Test func `A name in brackets explains another and bounds no clause`() {
    #expect(subjects("Northwind (formerly Contoso) lost $3 million.", "loss") == [["Northwind"]])
  }

  @Test func `It is whoever led the sentence before, not who is named behind the predicate`() {
    let text = "Northwind spent $9 million on wages. By October it could not pay Contoso. In the quarter before, it lost $3 million."
    #expect(subjects(text, "loss") == [["Northwind"]])
  }

  @Test func `Behind with, from and against a name is nobody's subject`() {
    let text = "Northwind opened a plant. Northwind hired guards. Its plan to catch up with Contoso devours money."
    #expect(subjects(text, "investment") == [["Northwind"]])
  }

  @Test func `By belongs to the nearest participle`() {
    let text = "Northwind grew. Northwind was valued at $3 billion in a round led by Fabrikam."
    #expect(subjects(text, "investment") == [["Northwind"]])
  }

  @Test func `Where somebody works or what they publish is not whom they speak of`() {
    #expect(subjects("Northwind launched Falcon. A researcher at Contoso showed that the model copies.", "allegation") == [["Northwind"]])
  }

  @Test func `A section headed by an organisation is about it`() throws {
    let text = """
      # Northwind this week

      ## Northwind

      Northwind put off Falcon. Northwind opened a plant. Northwind is fine.

      ## Contoso

      Last month was bad. Contracts with 500 freelancers end.
      """
    #expect(try noted(text, "layoff") == [["Contoso"]])
  }

  @Test func `News in brief goes on about whom it began with`() throws {
    let text = """
      Contoso reported on Wednesday. Its rivals watched.

      The net loss narrowed.

      Fabrikam, still private, said nothing. Fabrikam waits.
      """
    #expect(try noted(text, "loss") == [["Contoso"]])
  }

  @Test func `Clients that are named as examples are not what befalls them`() {
    let text = "Northwind suffers. Northwind is short of money. Clients like Contoso and Fabrikam cut budgets."
    #expect(subjects(text, "loss").first == ["Northwind"])
  }

  @Test func `One name in passing is no topic`() {
    #expect(subjects("Even shops like Contoso have trouble. The net loss narrowed.", "loss").first != ["Contoso"])
  }
}

/// Facts of a Markdown note, in which Northwind, Contoso and Fabrikam are known.
enum Note {
  static func facts(in text: String, _ packs: [RulePack]) throws -> [Fact] {
    let names = "type: organization\nentities:\n  - {name: Northwind}\n  - {name: Contoso}\n  - {name: Fabrikam}\n"
    let rules = CompiledRules(packs)
    let annotator = Annotator(gazetteer: try Gazetteer(yaml: names, file: "names.yaml"), vocabulary: rules.vocabulary)
    let document = try DocumentReader.read(Array(text.utf8), hints: ReadingHints(fileName: "note.md"))
    let context = AnnotationContext(reference: document.published?.end)
    let annotation = annotator.annotate(document.text, blocks: document.blocks, context: context)
    return rules.bind(annotator.lexicon).extract(AnnotatedDocument(path: "note.md", document: document, annotation: annotation)).facts
  }
}
