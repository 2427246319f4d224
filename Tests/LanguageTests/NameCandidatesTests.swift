import Documents
import Testing

@testable import Language

@Suite struct NameCandidatesTests {
  private func ranked(_ notes: [String], gazetteer: Gazetteer = .empty) throws -> [NameCandidates.Candidate] {
    let annotator = Annotator(gazetteer: gazetteer)
    var gathered = NameCandidates()
    for (index, note) in notes.enumerated() {
      let document = try DocumentReader.read(Array(note.utf8), hints: ReadingHints(fileName: "\(index).md"))
      gathered.add(document, named: "\(index).md", annotator.annotate(document.text, blocks: document.blocks))
    }
    return gathered.ranked
  }

  @Test func `Unknown names come with their notes and sentences, the most frequent first`() throws {
    let found = try ranked([
      "# Plans\n\nThe board of Larkspur Robotics met in May. Analysts think that Larkspur Robotics will sell its plant.\n",
      "In spring Larkspur Robotics lost money, said Maria Tanager, its chief executive.\n",
    ])
    let first = try #require(found.first)
    #expect(first.name == "Larkspur Robotics")
    #expect(first.kind == .organization)
    #expect(first.documents == 2)
    #expect(first.count == 3)
    #expect(
      first.contexts.first == NameCandidates.Context(document: "0.md", line: 3, text: "The board of Larkspur Robotics met in May."))
    #expect(found.contains { $0.name == "Maria Tanager" && $0.kind == .person })
  }

  @Test func `What a gazetteer knows is no candidate`() throws {
    let known = try Gazetteer(yaml: "entities:\n  - {name: Larkspur Robotics, type: organization}\n", file: "names.yaml")
    #expect(try ranked(["The board of Larkspur Robotics met in May.\n"], gazetteer: known).isEmpty)
  }

  @Test(arguments: [
    "Revenue fell by half. Margins fell, too. Nobody knew why.\n", "# Lessons Learned From Ten Years Of Shipping\n\nIt went well.\n",
    "Yesterday was a good day. However, it rained. Meanwhile the plant closed.\n",
    "Grain was sold. The grain was old, and Grain was sold again.\n",
    "They met in Oslo on Monday.\n", "- Draft the plan\n- Review the numbers\n- Publish by Friday\n", "IMPORTANT: READ THIS FIRST.\n",
  ])
  func `Common words, headlines and places are none`(_ note: String) throws { #expect(try ranked([note]).map(\.name) == []) }

  @Test func `A surname belongs to the one who bears it`() throws {
    let found = try ranked([
      "Paula Thrush, the chief executive, left in May.\n", "The board said that Ms. Thrush was right. It thanked Ms. Thrush.\n",
    ])
    #expect(found.filter { $0.kind == .person }.map(\.name) == ["Paula Thrush"])
  }
}

@Suite struct GazetteerEditorTests {
  private let entry = GazetteerEntry(id: "larkspur", name: "Larkspur: Robots & Co", type: .organization, origin: "")

  @Test(arguments: ["", "entities: []\n", "entities:\n", "# mine\nentities:\n  # robots\n  - {name: Heron, type: product}\n\n"])
  func `An entry is put at the end, and the rest stays`(_ text: String) throws {
    let result = try GazetteerEditor(text, file: "own.yaml").setting(entry)
    let read = try Gazetteer(yaml: result, file: "own.yaml")
    #expect(read.entry("larkspur")?.name == "Larkspur: Robots & Co")
    #expect(result.contains("# mine") == text.contains("# mine") && result.contains("# robots") == text.contains("# robots"))
    #expect((read.entry("heron") != nil) == text.contains("Heron"))
  }

  @Test func `An entry with the same id is replaced where it stands`() throws {
    let text = "entities:\n- name: Larkspur\n  id: larkspur\n  type: organization\n# next\n- {name: Heron, type: product}\n"
    let result = try GazetteerEditor(text, file: "own.yaml").setting(entry)
    #expect(
      result
        == "entities:\n- {id: larkspur, name: \"Larkspur: Robots & Co\", type: organization}\n# next\n- {name: Heron, type: product}\n")
  }

  @Test func `A file that is one line is left alone, with words on what to add`() {
    let text = "entities: [{name: Heron, type: product}]\n"
    #expect {
      try GazetteerEditor(text, file: "own.yaml").setting(entry)
    } throws: { error in
      "\(error)".contains("by hand") && "\(error)".contains("Larkspur")
    }
  }

  @Test func `Every key is written as it is read`() throws {
    var whole = entry
    whole.aliases = ["no", "L:R", "Lark \"One\""]
    whole.not = ["larkspur seeds"]
    whole.role = "maker"
    whole.publisherFamily = "Birds"
    whole.renamed = [GazetteerEntry.FormerName(name: "Finch", from: nil, until: CalendarDate(year: 2024, month: 5, day: 1))]
    var read = try #require(try Gazetteer(yaml: "entities:\n  " + GazetteerEditor.line(whole), file: "own.yaml").entries.first)
    read.origin = ""
    #expect(read == whole)
  }
}
