import Documents
import Testing

@testable import Language

@Suite struct GazetteerTests {
  private func failure(_ yaml: String) -> String? {
    do {
      _ = try Gazetteer(yaml: yaml, file: "names.yaml")
      return nil
    } catch let error as GazetteerError {
      return error.description
    } catch {
      return "\(error)"
    }
  }

  @Test func `An entry keeps everything its file says`() throws {
    let gazetteer = try Gazetteer(
      yaml: """
        type: organization
        entities:
          - {id: northwind, name: Northwind Traders, aliases: [Northwind, NWT], not: [northwind farm],
             renamed: [{name: Norwind Ltd, from: 2001-01-01, until: 2010-12-31}], publisher_family: northwind}
          - {name: Ada Quill, type: person, organization: northwind, role: chief executive}
        """, file: "names.yaml")
    let northwind = try #require(gazetteer.entry("northwind"))
    #expect(northwind.type == .organization)
    #expect(northwind.surfaces == ["Northwind Traders", "Northwind", "NWT", "Norwind Ltd"])
    #expect(northwind.renamed.first?.until == CalendarDate(year: 2010, month: 12, day: 31))
    #expect(northwind.publisherFamily == "northwind")
    let quill = try #require(gazetteer.entry("ada-quill"))
    #expect(quill.organization == "northwind" && quill.role == "chief executive" && quill.type == .person)
  }

  @Test func `An unknown key is refused where it stands`() {
    let message = failure("entities:\n  - {name: Northwind, type: organization, alias: [NW]}\n")
    #expect(message?.hasPrefix("names.yaml:2:") == true)
    #expect(message?.contains("unknown key 'alias'") == true)
    #expect(message?.contains("aliases") == true)
  }

  @Test(arguments: [
    ("entities:\n  - {type: place}\n", "'name'"), ("entities:\n  - {name: X}\n", "has no type"),
    ("entities:\n  - {name: X, type: planet}\n", "'planet' is no type"), ("people: []\n", "unknown key 'people'"),
    ("type: place\n", "'entities'"), ("entities: 3\n", "is a list"),
    ("entities:\n  - {name: X, type: place, aliases: Y}\n", "write 'aliases: [one, two]'"),
    ("entities:\n  - {name: X, type: place}\n  - {name: X, type: place}\n", "already used at names.yaml:2:"),
    ("entities:\n  - {name: X, type: place, renamed: [{name: Y, until: last year}]}\n", "write YYYY-MM-DD"),
    ("entities: [\n", "not valid YAML"),
  ])
  func `A mistake is named with what to do`(yaml: String, words: String) {
    let message = failure(yaml)
    #expect(message?.contains(words) == true, "\(message ?? "no error")")
    #expect(message?.hasPrefix("names.yaml:") == true)
  }

  @Test func `An empty file has no entries`() throws { #expect(try Gazetteer(yaml: "", file: "names.yaml").entries.isEmpty) }

  @Test func `A later file replaces an entry and keeps its place`() throws {
    var gazetteer = try Gazetteer(yaml: "type: place\nentities:\n  - {name: Elm}\n  - {name: Oak}\n", file: "a.yaml")
    gazetteer.merge(try Gazetteer(yaml: "type: organization\nentities:\n  - {id: elm, name: Elm Works}\n", file: "b.yaml"))
    #expect(gazetteer.entries.map(\.name) == ["Elm Works", "Oak"])
  }

  @Test func `An owner that no file defines is an error at its entry`() throws {
    let gazetteer = try Gazetteer(yaml: "type: product\nentities:\n  - {name: Aurora, organization: contoso}\n", file: "p.yaml")
    #expect { try gazetteer.checkReferences() } throws: { "\($0)".hasPrefix("p.yaml:3:") && "\($0)".contains("'contoso'") }
  }

  @Test func `A file that is not there is named`() {
    #expect { try Gazetteer.load(files: ["/nowhere/names.yaml"]) } throws: {
      "\($0)".hasPrefix("/nowhere/names.yaml: cannot open the gazetteer: No such file")
    }
  }
}
