import Documents
import Testing

@testable import Language

/// Names of a text as "kind:id" with the origin of those that stand for a name.
private struct Names {
  let gazetteer: Gazetteer

  init(_ yaml: String = "entities: []") { gazetteer = (try? Gazetteer(yaml: yaml, file: "names.yaml")) ?? .empty }

  func entities(_ text: String) -> [(text: String, value: EntityValue, wide: String)] {
    let bytes = Array(text.utf8)
    return Annotator(gazetteer: gazetteer).annotate(bytes).mentions.compactMap { mention in
      guard case .entity(let value) = mention.value else { return nil }
      return (
        String(decoding: bytes[mention.core.range], as: UTF8.self), value, String(decoding: bytes[mention.span.range], as: UTF8.self)
      )
    }
  }

  func read(_ text: String) -> [String] {
    entities(text).filter { $0.value.origin != .coreference }.map { "\($0.value.kind):\($0.text)" }
  }
}

private let known = """
  type: organization
  entities:
    - {id: acorn, name: Acorn, not: [acorn oil, Acorn Street]}
    - {id: contoso, name: Contoso, aliases: [Contoso Corp]}
    - {id: aurora, name: Aurora, type: product, organization: contoso}
    - {id: garden, name: Garden, type: product, organization: contoso}
    - {id: tz, name: tZone, type: product, organization: acorn}
    - {id: o5, name: o5, type: product}
    - {id: shell-co, name: Grove}
    - {id: quill, name: Ada Quill, type: person, organization: contoso, role: chief executive}
    - {id: daily, name: The Daily Wren, publisher_family: wren}
  """

@Suite struct NameTaggerTests {
  @Test func `A version makes a name of an ordinary word that begins a sentence`() {
    #expect(Names(known).read("Garden 2.5 tops the list.") == ["product:Garden 2.5"])
    #expect(Names(known).read("Garden furniture tops the list.") == [])
  }

  private let names = Names(known)

  @Test(arguments: [
    "Tarn, the Oslo-based chip maker, sued them.", "They sued Tarn, a maker of chips.", "Shares of Tarn (NYSE: TRN) fell.",
  ])
  func `An apposition or an exchange makes an organisation`(text: String) {
    let found = Names().entities(text).first { $0.text == "Tarn" }
    #expect(found?.value.kind == .organization)
  }

  @Test func `The company is the one that led the sentence before`() {
    let text = "Contoso caught up with Acorn. Then the company hired guards."
    #expect(names.entities(text).last { $0.value.origin == .coreference }?.value.id == "contoso")
  }

  @Test func `A short name that is an ordinary word stands for the full one only within a sentence or as a subject`() {
    let scale = Names("type: organization\nentities:\n  - {id: scale-ai, name: Scale AI}")
    #expect(
      scale.entities("Scale AI grew. Nobody saw what Scale had done. Scale models are toys.").map(\.value.id) == ["scale-ai", "scale-ai"])
  }

  @Test func `An ordinary word that often stands as an organisation is one`() {
    let text = "She works at Scripted now. He left Scripted early. In May Scripted announced a plan. It was scripted."
    #expect(Names().entities(text).filter { $0.text == "Scripted" }.count == 3)
    #expect(Names().read("The Board met. We told the Board. Then the Board left.").isEmpty)
  }

  @Test(arguments: ["They sell XT SKUs there.", "Two CEOs of our CEOs left.", "See the Optim ONNX page."])
  func `Initialisms make no names by themselves`(text: String) { #expect(Names().read(text).isEmpty) }

  @Test func `Known names are found by their longest surface`() {
    let found = names.entities("Contoso Corp sued Acorn on behalf of Ada Quill.")
    #expect(found.map(\.value.id) == ["contoso", "acorn", "quill"])
    #expect(found.map(\.text) == ["Contoso Corp", "Acorn", "Ada Quill"])
    #expect(found.allSatisfy { $0.value.origin == .gazetteer })
    #expect(found[2].value.organization == "contoso" && found[2].value.role == "chief executive")
  }

  @Test func `A number right after a currency sign is money, not an organisation of that name`() {
    let names = Names("type: organization\nentities:\n  - {id: 4m, name: 4M}\n")
    #expect(names.read("They paid back a $4M loan.") == [])
    #expect(names.read("They sold it to 4M in May.") == ["organization:4M"])
  }

  @Test(arguments: ["They press acorn oil there.", "We live in Acorn Street now.", "An acorn fell."])
  func `A context that is not meant rules a name out`(text: String) { #expect(!names.entities(text).contains { $0.value.id == "acorn" }) }

  @Test func `An ordinary word at a sentence's start needs a verb or a certain mention`() {
    let ordinary = Names("type: organization\nentities:\n  - {name: Target}\n")
    #expect(ordinary.read("Target practice is at noon.") == [])
    #expect(ordinary.read("Target announced a sale.") == ["organization:Target"])
    #expect(ordinary.read("Target prices fell. We met people from Target there.") == ["organization:Target", "organization:Target"])
  }

  @Test(arguments: [
    "Oracle abandons plans for a mill in Elmsworth.", "Oracle drops plans for a mill.", "Oracle has moved its office.", "Oracle is late.",
    "Oracle won't move.", "Oracle's mill burned.", "Oracle scrapped the sale.", "Oracle repaints its mills.",
  ])
  func `An ordinary word that does something at a sentence's start is the known name`(text: String) {
    let ordinary = Names("type: organization\nentities:\n  - {name: Oracle}\n")
    #expect(ordinary.read(text).contains("organization:Oracle"))
  }

  @Test(arguments: ["Oracle bones were found.", "Oracle bones from the hills.", "Oracle of the hills.", "Oracle pie is sweet."])
  func `An ordinary word before a noun is no name`(text: String) {
    let ordinary = Names("type: organization\nentities:\n  - {name: Oracle}\n")
    #expect(!ordinary.read(text).contains("organization:Oracle"))
  }

  @Test(arguments: ["Later we asked Wirrel about it.", "Present were Ada, Wirrel and Maria.", "Notes by Ada.\n\nWirrel: we start early."])
  func `Someone named by one word is no organisation for want of a better reading`(text: String) {
    #expect(!Names().read(text).contains("organization:Wirrel"))
  }

  @Test(arguments: ["We call pollAll twice.", "We call `PollAll` twice.", "We call PollAll() twice.", "We read Poll_All here."])
  func `Words of programs are no names`(text: String) { #expect(Names().read(text) == []) }

  @Test func `A spelling without capitals or with a blank inside is another word`() {
    #expect(names.read("We use o5 and tZone daily.") == ["product:o5", "product:tZone"])
    #expect(names.read("There is an o 5 here.") == [])
  }

  @Test func `A version makes a product of its own that belongs to the maker`() {
    let found = names.entities("Contoso showed Aurora 3.5 Turbo to partners.")
    #expect(found.map(\.text) == ["Contoso", "Aurora 3.5 Turbo"])
    #expect(found[1].value.id == "aurora-3-5-turbo" && found[1].value.organization == "contoso")
  }

  @Test func `A number inside a name is no quantity`() {
    let mentions = Annotator(gazetteer: names.gazetteer).annotate(Array("They shipped Aurora 7 early.".utf8)).mentions
    #expect(mentions.filter { if case .quantity = $0.value { return true } else { return false } }.isEmpty)
  }

  @Test(arguments: [
    ("She moved to Fabrikam Labs last spring.", "organization:Fabrikam Labs"),
    ("He studied at the University of Elmsworth.", "organization:University of Elmsworth"),
    ("The Ministry of Health and Welfare objected.", "organization:Ministry of Health and Welfare"),
    ("They own Quill & Sons Ltd. and more.", "organization:Quill & Sons Ltd."), ("We spoke to Ms. Tanager about it.", "person:Tanager"),
    ("It was written by Maria van der Wren in a week.", "person:Maria van der Wren"),
    ("They met Jonas P. Thrush at noon.", "person:Jonas P. Thrush"),
    ("We flew over Lake Tanager at dawn.", "place:Lake Tanager"), ("Their office is in Portugal now.", "place:Portugal"),
    ("People left the Kestrel team quickly.", "team:Kestrel team"), ("The plant near Elmsworth closed.", "place:Elmsworth"),
  ])
  func `A name is known by its form and neighbours`(text: String, name: String) { #expect(Names().read(text) == [name]) }

  @Test func `A surname stands for the full name and a headline for both`() {
    let found = Names().entities("Tanager Leaves\n\nMaria Tanager resigned on Monday. Tanager had led the board.")
    #expect(found.map(\.text) == ["Tanager", "Maria Tanager", "Tanager"])
    #expect(Set(found.map(\.value.id)) == ["maria-tanager"])
  }

  @Test func `A given name may come before the full name`() {
    let found = Names().entities("We saw Kestrel Labs. Maria spoke first. Later Maria Tanager left.")
    #expect(found.map(\.value.id) == ["kestrel-labs", "maria-tanager", "maria-tanager"])
  }

  @Test func `A pronoun is no name, a title in a name's place is`() {
    let text = Array("Maria Tanager resigned. She had led the board since the Secretary asked.".utf8)
    let mentions = Annotator().annotate(text).mentions
    #expect(mentions.map { $0.isName(in: text) } == [true, false, true])
  }

  @Test func `Initials stand for an organisation named in full`() {
    let found = Names().entities("The Elmsworth Heron Institute met. Nobody from EHI spoke.")
    #expect(found.map(\.value.id) == ["elmsworth-heron-institute", "elmsworth-heron-institute"])
  }

  @Test(arguments: [
    "Analysts expect growth.", "However, prices fell.", "Why This Matters Now", "THE END OF SUMMER", "On Monday it rained in the hills.",
  ])
  func `Ordinary words with capitals are no names`(text: String) { #expect(Names().read(text) == []) }

  @Test func `Role and employer are read around a person`() {
    let found = names.entities("Maria Tanager, chief scientist of Contoso, met Contoso engineer Paul Thrush.")
    let people = found.filter { $0.value.kind == .person }
    #expect(people.map(\.value.role) == ["chief scientist", "engineer"])
    #expect(people.map(\.value.organization) == ["contoso", "contoso"])
  }

  @Test func `Title, article and possessive are in the span, not in the name`() {
    let found = Names().entities("We read Dr. Maria Tanager's notes on the Heron Society.")
    #expect(found.map(\.wide) == ["Dr. Maria Tanager's", "the Heron Society"])
    #expect(found.map(\.text) == ["Maria Tanager", "Heron Society"])
  }

  @Test func `A pronoun stands for a name only where one can be meant`() {
    let one = Names().entities("Maria Tanager resigned. She had led the board.")
    #expect(one.map(\.value.id) == ["maria-tanager", "maria-tanager"])
    #expect(one.last?.value.origin == .coreference)
    let two = Names().entities("Maria Tanager met Paula Thrush. She had led the board.")
    #expect(!two.contains { $0.value.origin == .coreference })
  }

  @Test(arguments: [
    ("Contoso released Finch 2 in March. The model was late.", ["finch-2"]),
    ("Contoso released Finch 2 and Heron 3. The model was late.", []), ("Contoso released Finch 2. The model family was late.", []),
  ])
  func `A definite noun stands for the one product`(text: String, ids: [String]) {
    let found = Names(known).entities(text).filter { $0.value.origin == .coreference && $0.value.kind == .product }
    #expect(found.map(\.value.id) == ids)
  }

  @Test func `The company is the organisation named last, not the outlet that reports`() {
    let found = names.entities("Contoso closed a plant, The Daily Wren reported. Later the company denied it.")
    #expect(found.last?.value.id == "contoso" && found.last?.value.origin == .coreference)
  }

  @Test func `No two mentions of any line of tokens overlap`() {
    let parts = [
      "Contoso", "Corp", "Ada", "Quill", "3", "Aurora", "in", "May", "2024", "'s", ",", "the", "Elmsworth", "about", "$7.2", "billion", "a",
      "day", "Portugal", "team", "by", "Monday", "morning", "Acorn", "its", "he", "said", "-", "2", "per cent", "quarter", "Q3", ".",
      "\n\n",
    ]
    let annotator = Annotator(gazetteer: names.gazetteer)
    // A linear congruential generator: the same lines on every run.
    var state: UInt64 = 1
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += parts[Int(state >> 33) % parts.count] + " "
      }
      let mentions = annotator.annotate(Array(text.utf8)).mentions
      for (a, b) in zip(mentions, mentions.dropFirst()) { #expect(a.span.end <= b.span.start, "\(text)") }
    }
  }

  @Test func `Of overlapping mentions the longer stays, then the earlier`() {
    func mention(_ start: Int, _ end: Int, _ id: String) -> Mention {
      Mention(
        span: ByteSpan(start, end), core: ByteSpan(start, end), tokens: 0..<1,
        value: .entity(EntityValue(kind: .place, id: id, name: id, origin: .discovered)))
    }
    let kept = Annotator.disjoint([
      mention(9, 20, "c"), mention(0, 5, "a"), mention(4, 10, "b"), mention(30, 34, "first"), mention(32, 36, "second"),
    ])
    #expect(kept.map(\.span.start) == [0, 9, 30])
  }

  @Test func `No two mentions overlap and all lie in the text`() {
    let text =
      "Dr. Ada Quill of Contoso Corp, Elmsworth, Portugal, sold 3 Aurora 4 Pro units to the Acorn team in May 2024 (Acorn's \"best\")."
    let mentions = Annotator(gazetteer: names.gazetteer).annotate(Array(text.utf8)).mentions
    for (a, b) in zip(mentions, mentions.dropFirst()) { #expect(a.tokens.upperBound <= b.tokens.lowerBound) }
    #expect(mentions.allSatisfy { $0.span.start >= 0 && $0.span.end <= text.utf8.count && $0.span.contains($0.core) })
  }
}
