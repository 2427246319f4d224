import Documents
import Testing

@testable import Language

private let annotator = Annotator()

private struct Said: Equatable, CustomStringConvertible {
  var source: String
  var cue: String
  var content: String
  var kind: Attribution.Kind
  var description: String { "\(kind) [\(source)] [\(cue)] [\(content)]" }
}

private func said(_ text: String) -> [Said] {
  let bytes = Array(text.utf8)
  func words(_ spans: [ByteSpan]) -> String { spans.map { String(decoding: bytes[$0.range], as: UTF8.self) }.joined(separator: " | ") }
  return annotator.annotate(bytes).attributions.map {
    Said(source: words($0.source), cue: words($0.cue), content: words($0.content), kind: $0.kind)
  }
}

private func hedges(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return annotator.annotate(bytes).hedges.map { "\($0.kind):\(String(decoding: bytes[$0.span.range], as: UTF8.self))" }
}

@Suite struct VoiceTaggerTests {
  @Test(arguments: [
    ("\"The plant will close,\" Ada Quill said.", "Ada Quill", "said", "\"The plant will close,\""),
    ("“The plant will close,” said Ada Quill, who runs it.", "Ada Quill", "said", "“The plant will close,”"),
    ("Ada Quill, the chief of Northwind, added: “Nobody knew.”", "Ada Quill, the chief of Northwind", "added", "“Nobody knew.”"),
    ("She told reporters on Monday, \"It is over.\"", "She", "told", "\"It is over.\""),
    ("\"Is it over?\" he asked.", "he", "asked", "\"Is it over?\""),
    ("Quill: \"We never met them.\"", "Quill", ":", "\"We never met them.\""),
    ("''It is over now,'' said Ada Quill, who left.", "Ada Quill", "said", "''It is over now,''"),
    ("``It is over now,'' Ada Quill said.", "Ada Quill", "said", "``It is over now,''"),
  ])
  func `A quotation has its speaker before or behind`(text: String, source: String, cue: String, content: String) {
    #expect(said(text) == [Said(source: source, cue: cue, content: content, kind: .direct)])
  }

  @Test func `A quotation goes on behind its verb`() {
    #expect(
      said("“We looked at it,” Ada Quill said. “Then we left. Nobody asked.”")
        == [Said(source: "Ada Quill", cue: "said", content: "“We looked at it,” | “Then we left. Nobody asked.”", kind: .direct)])
  }

  @Test func `A paragraph left open goes on in the next`() {
    let text = "Ada Quill said, “We looked at all of it.\n\n“Then we left the place for good.”"
    #expect(said(text).map(\.content) == ["“We looked at all of it. | “Then we left the place for good.”"])
  }

  @Test func `A clause that ends in a quotation is mixed`() {
    #expect(
      said("Ada Quill said the plant was \"beyond repair.\"")
        == [Said(source: "Ada Quill", cue: "said", content: "the plant was \"beyond repair.\"", kind: .mixed)])
  }

  @Test(arguments: [
    ("The board said that the plant would close.", "The board", "that the plant would close"),
    ("The plant would close in May, the board said.", "the board", "The plant would close in May"),
    ("According to the Wren Gazette, the plant will close.", "the Wren Gazette", "the plant will close"),
    ("The plant will close, according to the Wren Gazette.", "the Wren Gazette", "The plant will close"),
    ("The Wren Gazette reported that the plant lost money.", "The Wren Gazette", "that the plant lost money"),
  ])
  func `Reported speech has source and content`(text: String, source: String, content: String) {
    let found = said(text)
    #expect(found.map(\.source) == [source])
    #expect(found.map(\.content) == [content])
    #expect(found.map(\.kind) == [.indirect])
  }

  @Test(arguments: [
    ("The board said people in Oslo were told too late.", "The board", "people in Oslo were told too late"),
    ("Ada Quill told Contoso Radio the plant would close.", "Ada Quill", "the plant would close"),
    ("Ada Quill explained how the plant lost its grain.", "Ada Quill", "how the plant lost its grain"),
    ("The plant, Ada Quill said, would close in May.", "Ada Quill", "The plant | would close in May"),
    ("The plant would close, Ada Quill said in a letter that was read out at the gates.", "Ada Quill", "The plant would close"),
    ("The plant would close, Ada Quill told her staff.", "Ada Quill", "The plant would close"),
    ("Nobody believed Northwind's claim that the plant was safe.", "Northwind", "that the plant was safe"),
    ("Ada Quill left the room, saying that the plant was lost.", "Ada Quill", "that the plant was lost"),
    ("There were rumours that the plant would close.", "", "that the plant would close"),
    ("Ada Quill left in May and said the plant was old.", "Ada Quill", "the plant was old"),
    ("The N.P.A. said it would close the plant.", "The N.P.A.", "it would close the plant"),
    ("According to public records, the plant lost money.", "public records", "the plant lost money"),
    ("Ada Quill and Ben Ortiz say other plants lose money.", "Ada Quill and Ben Ortiz", "other plants lose money"),
    ("The court found the plant was never safe.", "The court", "the plant was never safe"),
  ])
  func `Reported speech comes in many forms`(text: String, source: String, content: String) {
    let found = said(text)
    #expect(found.map(\.source) == [source])
    #expect(found.map(\.content) == [content])
  }

  @Test func `What is added is said of its own`() {
    let found = said("Ada Quill said that the plant was old, adding that the roof had fallen in.")
    #expect(found.map(\.content) == ["that the plant was old", "that the roof had fallen in"])
    #expect(found.map(\.source) == ["Ada Quill", "Ada Quill"])
  }

  @Test(arguments: [
    "The report that was published in May names nobody.", "Northwind found the plant in good order.",
    "She told her staff to leave the plant.",
    "Northwind announced a plan that will cost millions.", "They felt the ground.",
  ])
  func `An object is no clause`(text: String) { #expect(said(text).isEmpty) }

  @Test(arguments: [
    "The so-called \"plant\" closed.", "We read \"The Long Wait\" twice.", "They have to report growth each year.",
    "A report on growth is due.",
  ])
  func `A title or a noun is nobody's speech`(text: String) { #expect(said(text).isEmpty) }

  @Test(arguments: [
    "People familiar with the matter said that the plant would close.", "The plant will close, a source said.",
    "Two employees, who asked not to be named, said that the plant would close.", "Insiders said that the plant would close.",
    "Insiders revealed severe infighting at the plant.",
  ])
  func `A source without a name is anonymous`(text: String) {
    let found = annotator.annotate(Array(text.utf8)).attributions
    #expect(found.map(\.isAnonymous) == [true])
    #expect(found.first?.speaker == nil)
  }

  @Test func `A pronoun's speaker is the person named last`() {
    let found = annotator.annotate(Array("Maria Tanager left on Monday. \"It was time,\" she said.".utf8)).attributions
    #expect(found.map(\.speaker) == ["maria-tanager"])
    #expect(found.first?.isAnonymous == false)
  }

  @Test func `A role's speaker is the one who holds it`() {
    let found = annotator.annotate(
      Array("Maria Tanager, chief executive of Larkspur Robotics, left. \"It was time,\" the chief executive said.".utf8)
    ).attributions
    #expect(found.map(\.speaker) == ["maria-tanager"])
  }

  @Test func `A block with a speaker is what that speaker says`() {
    let text = Array("Maria Tanager: We never met them.".utf8)
    let all = ByteSpan(0, text.count)
    let block = Block(kind: .quotation, role: .quotation, text: all, source: all, speaker: ByteSpan(0, 13))
    let found = annotator.annotate(text, blocks: [block]).attributions.filter { $0.kind == .block }
    #expect(found.map(\.content) == [[ByteSpan(15, text.count)]])
    #expect(found.first?.speakerName == "Maria Tanager")
  }

  @Test(arguments: [
    ("The plant may close.", ["possible:may"]), ("Northwind will reportedly sell the plant.", ["planned:will", "reported:reportedly"]),
    ("The alleged theft happened in spring.", ["alleged:alleged"]), ("If it rains, they stay.", ["conditional:If"]),
    ("It is expected to rain.", ["possible:expected"]), ("Is it over?", ["question:?"]), ("Quill denied the report.", ["denied:denied"]),
    ("Should the plant close, they leave.", ["conditional:Should"]), ("The plant is said to be old.", ["reported:said"]),
    ("I think the plant is old.", ["opinion:think"]), ("To some extent it worked.", ["possible:To some extent"]),
    ("Northwind ruled out a sale.", ["denied:ruled out"]), ("Northwind is in talks over a sale.", ["planned:in talks"]),
    ("It looks as though they left.", ["possible:looks"]), ("Northwind claims to lead the field.", ["alleged:claims"]),
    ("Northwind May Sell Plant", ["possible:May"]), ("Northwind Will Sell Plant", ["planned:Will"]),
    ("According to leaks, the plant is old.", ["rumoured:leaks"]), ("The reports of a sale are false.", ["denied:false"]),
    ("Northwind pushed back on the report.", ["denied:pushed back on"]),
    ("Northwind is working to ship it.", ["planned:working to"]), ("Northwind has scheduled its launch.", ["planned:scheduled its"]),
    ("The rumored sale failed.", ["rumoured:rumored"]), ("Northwind plans to sell.", ["planned:plans to"]),
  ])
  func `A cue has its class`(text: String, expected: [String]) { #expect(hedges(text) == expected) }

  @Test(arguments: [
    "The May results were good.", "They met Will Thrush.", "He came in May 2024.", "They could not come.", "Come as soon as possible.",
    "It rained, as expected.",
  ])
  func `What only looks like a cue is none`(text: String) { #expect(hedges(text).isEmpty) }

  @Test func `A negation governs to the end of its clause`() {
    let text = "Northwind did not close the plant, but it sold the land."
    let bytes = Array(text.utf8)
    let found = annotator.annotate(bytes).negations
    #expect(found.map { String(decoding: bytes[$0.scope.range], as: UTF8.self) } == ["not close the plant"])
    #expect(annotator.annotate(Array("It was not only cheap but good.".utf8)).negations.isEmpty)
    #expect(annotator.annotate(Array("No wonder Northwind closed the plant.".utf8)).negations.isEmpty)
  }

  @Test(arguments: [
    ("Northwind does not sell grain in spring.", "not sell grain in spring"), ("Northwind did not sell grain.", "not sell grain"),
    ("Northwind will not sell grain.", "not sell grain"), ("Northwind has not sold grain.", "not sold grain"),
    ("Northwind never sold grain.", "never sold grain"), ("Northwind no longer sells grain.", "no longer sells grain"),
  ])
  func `A negation governs the verb and its object`(text: String, scope: String) {
    let bytes = Array(text.utf8)
    #expect(annotator.annotate(bytes).negations.map { String(decoding: bytes[$0.scope.range], as: UTF8.self) } == [scope])
  }

  @Test(arguments: [
    ("Maria Tanager said that she does not sell grain.", true), ("Maria Tanager said that it rained.", false),
    ("Maria Tanager said that Paula Thrush does not sell grain.", false), ("Maria Tanager denies the report.", true),
  ])
  func `Who says not to do a thing denies it`(text: String, denies: Bool) {
    #expect(annotator.annotate(Array(text.utf8)).hedges.contains { $0.kind == .denied } == denies)
  }

  @Test func `A maker's word on its product is a denial`() throws {
    let gazetteer = try Gazetteer(
      yaml: "entities:\n  - {name: Northwind, type: organization}\n  - {name: Aurora, type: product, organization: northwind}\n",
      file: "names.yaml")
    let text = Array("Northwind said that Aurora does not train on letters.".utf8)
    let denied = try #require(Annotator(gazetteer: gazetteer).annotate(text).hedges.first { $0.kind == .denied })
    #expect(String(decoding: text[denied.scope.range], as: UTF8.self) == "Aurora does not train on letters")
  }

  @Test func `A clause has an end also where the text has none`() {
    let text = String(repeating: "it may go ", count: 400)
    let found = annotator.annotate(Array(text.utf8)).hedges
    #expect(found.count == 400)
    #expect(found.allSatisfy { $0.scope.count < 2000 })
  }

  @Test(arguments: ["", "\"", "“", "said", "\" said \"", "“ ” ‘ ’", "\"a\" said.", "according to", ", he said.", "“a\n\n“b\n\n“c"])
  func `Scraps of text harm nothing`(text: String) {
    let bytes = Array(text.utf8)
    for attribution in annotator.annotate(bytes).attributions {
      for span in attribution.source + attribution.cue + attribution.content { #expect(span.start <= span.end && span.end <= bytes.count) }
    }
  }
}

@Suite struct ReportedSpeechFormsTests {
  @Test func `What is judged belongs to the judgement`() {
    #expect(
      said("Ada Quill called the plan a \"costly mistake.\"")
        == [Said(source: "Ada Quill", cue: "called", content: "the plan a \"costly mistake.\"", kind: .mixed)])
  }

  @Test func `A report may end with its verb before its speaker`() {
    #expect(
      said("The plant could close this week, said Ada Quill, a director of Northwind.")
        == [Said(source: "Ada Quill", cue: "said", content: "The plant could close this week", kind: .indirect)])
  }

  @Test func `What follows a semicolon or gives the reasons is the author's`() {
    #expect(said("Northwind said the plant would close; the staff learned of it later.").map(\.content) == ["the plant would close"])
    #expect(said("Analysts said the plant would close, citing its losses of many years.").map(\.content) == ["the plant would close"])
  }

  @Test func `A second verb of saying shares its subject`() {
    #expect(said("Northwind cut its budget but has said it will keep the plant.").map(\.content) == ["it will keep the plant"])
  }

  @Test func `Paragraphs that open with names in capitals are turns of a conversation`() {
    let text = "QUILL: Why did you close the plant?\n\nORTIZ: We had no choice left to us.\n\nQUILL: I see that now."
    #expect(said(text).map(\.source) == ["QUILL", "ORTIZ", "QUILL"])
    #expect(said(text).map(\.kind) == [.block, .block, .block])
    #expect(said("WARNING: The plant will be closed on Monday, all of it.").isEmpty)
  }
}
