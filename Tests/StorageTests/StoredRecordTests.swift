import Analysis
import Documents
import Foundation
import Testing

@testable import Storage

/// The records' own reader reads what the general one does, whatever stands in them, and leaves to that one what it does not expect.
@Suite struct StoredRecordTests {
  private static let texts = [
    "", "plain", "a/b \"quoted\" \\ back", "tab\tnewline\nreturn\r", "\u{1}\u{8}\u{C}\u{1F}\u{7F}", "é 漢 👩‍👩‍👧 \u{202E}x", "\u{2028}\u{FEFF}",
    "{\"a\":[1]}",
  ]

  private func fact(_ text: String, number: Double?) -> Fact {
    Fact(
      id: "f\(text)", kind: text, subject: [EntityRef(id: "n", name: text, organization: text.isEmpty ? nil : text)],
      object: [EntityRef(id: text, name: "o")], value: text.isEmpty ? nil : text, number: number, when: text.isEmpty ? nil : "2025-Q1",
      status: .rumoured, source: [text, "document"], isAnonymous: !text.isEmpty, polarity: .negative, plugin: text, rule: "r",
      evidence: [Evidence(span: ByteSpan(3, 9_000_000_000), line: 7, text: text)], labels: [text: "x", "axis": text])
  }

  private func record(_ text: String, number: Double? = nil) -> FactRecord {
    FactRecord(
      fact: fact(text, number: number), path: text, revision: "r", published: text.isEmpty ? nil : "2025",
      publisher: text.isEmpty ? nil : text,
      title: text.isEmpty ? nil : text, isConverted: true, received: "2025-01-01", address: text.isEmpty ? nil : text)
  }

  private func own<T: StoredRecord>(_ type: T.Type, _ data: Data) -> T? {
    try? data.withUnsafeBytes { try RecordCursor.read($0) { try T(&$0) } }
  }

  @Test(arguments: texts) func readsEveryText(text: String) throws {
    let place = NoteEvidence(path: text, evidence: Evidence(span: ByteSpan(0, 1), line: 1, text: text), isConverted: false)
    let alert = Alert(
      category: text, subject: EntityRef(id: "n", name: text), severity: .warning, title: text, plugin: "p", rule: "r",
      labels: [text: text],
      facts: [text], evidence: [place], corroboration: text.isEmpty ? nil : Corroboration(documents: 3, sources: 1, isAnonymousOnly: true))
    let side = Contradiction.Side(fact: text, place: place, published: text.isEmpty ? nil : text, source: [text])
    let contradiction = Contradiction(verdict: .tension, topic: text, subject: EntityRef(id: "n", name: text), sides: [side, side])
    #expect(own(FactRecord.self, try JSON.encode(record(text))) == record(text))
    #expect(own(Alert.self, try JSON.encode(alert)) == alert)
    #expect(own(Contradiction.self, try JSON.encode(contradiction)) == contradiction)
    // What earlier versions wrote escaped the slash.
    #expect(own(FactRecord.self, try JSONEncoder().encode(record(text))) == record(text))
  }

  @Test(arguments: [0, -1.5, 4_200_000_000, 1e300, 0.1, 7e-9]) func readsEveryNumber(number: Double) throws {
    #expect(own(FactRecord.self, try JSON.encode(record("x", number: number)))?.fact.number == number)
  }

  @Test func passesOverWhatIsNewAndTakesAnyOrder() throws {
    let json = """
      { "name" : "Northwind", "new":{"a":[1,-2.5e3,true,null,{"b":"}"}]},\n"organization":null, "id":"n" }
      """
    #expect(own(EntityRef.self, Data(json.utf8)) == EntityRef(id: "n", name: "Northwind"))
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "null", "{\"id\":\"n\"}", "{\"id\":\"n\",\"name\":1}", "{\"id\":\"n\",\"name\":\"x\"} 1",
    "{\"id\":\"n\" \"name\":\"x\"}",
    "{\"id\":\"n\",,\"name\":\"x\"}", "{\"id\":\"n\",\"name\":\"x", "{\"id\":\"n\",\"name\":\"\\q\"}",
  ])
  func refusesWhatIsNoRecord(json: String) { #expect(own(EntityRef.self, Data(json.utf8)) == nil) }

  @Test func leavesWhatItDoesNotExpectToTheGeneralReader() throws {
    let json = "{\"id\":\"n\",\"name\":\"\\ud83d\\ude00\"}"
    #expect(own(EntityRef.self, Data(json.utf8)) == nil)
    #expect(try JSON.decode(EntityRef.self, Data(json.utf8)).name == "😀")
    #expect(throws: DecodingError.self) { try JSON.decode(EntityRef.self, Data("{\"id\":1}".utf8)) }
  }
}
