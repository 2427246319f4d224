import Testing

@testable import Documents

@Suite struct BytesTests {
  private func read(_ bytes: [UInt8], name: String = "note.md") throws -> Document {
    try DocumentReader.read(bytes, hints: ReadingHints(fileName: name))
  }

  @Test func `The revision is the SHA-256 of the file`() throws {
    #expect(try read(Array("abc".utf8)).revision == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `A NUL near the start makes a file binary`() {
    #expect(throws: ReadingRefusal.binary(offset: 3)) { try read([0x61, 0x62, 0x63, 0, 0x64]) }
  }

  @Test(arguments: [(false, true), (true, true), (false, false), (true, false)])
  func `UTF-16 is converted`(bigEndian: Bool, mark: Bool) throws {
    let text = "# Tïtle\n\nA paragraph of ordinary words.\n"
    var bytes: [UInt8] = []
    for unit in (mark ? [0xFEFF] : []) + Array(text.utf16) {
      bytes += bigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    let document = try read(bytes)
    #expect(document.isConverted)
    #expect(document.title == "Tïtle")
    #expect(document.source == document.text)
    #expect(document.line(atSource: document.blocks[1].source.start) == 3)
  }

  @Test func `Bytes that are no UTF-8 are said once and keep the file's offsets`() throws {
    let bytes = Array("Caf".utf8) + [0xE9] + Array(" Northwind **opens** ".utf8) + [0xFF] + Array("here.\n".utf8)
    let document = try read(bytes)
    #expect(document.source == bytes)
    #expect(String(decoding: document.text, as: UTF8.self) == "Caf\u{FFFD} Northwind opens \u{FFFD}here.\n")
    #expect(document.issues.map(\.offset) == [3])
    ExactSpanTests.checkInvariants(document)
  }

  @Test func `A byte order mark is no text`() throws {
    let document = try read([0xEF, 0xBB, 0xBF] + Array("Hello there.\n".utf8))
    #expect(document.text == Array("Hello there.\n".utf8))
    #expect(document.blocks[0].source == ByteSpan(3, 15))
  }

  @Test func `Legacy pages are converted by their charset`() throws {
    let head = Array("<html><head><meta charset=\"windows-1252\"><title>T</title></head><body><p>".utf8)
    let document = try read(
      head + [0x93] + Array("Caf".utf8) + [0xE9, 0x94] + Array(" is open to everyone in town.</p></body></html>".utf8), name: "a.html")
    #expect(String(decoding: document.text, as: UTF8.self) == "“Café” is open to everyone in town.\n")
  }

  @Test func `JSON is escaped and always UTF-8`() {
    var json = JSONWriter()
    json.beginObject()
    json.member("a\"b", "tab\tquote\" \\ \u{1} é")
    json.member("n", 3)
    json.key("list")
    json.beginArray()
    json.bool(true)
    json.null()
    json.double(1.5)
    json.string([0x61, 0xFF, 0x62])
    json.endArray()
    json.endObject()
    #expect(json.text == #"{"a\"b":"tab\tquote\" \\ \u0001 é","n":3,"list":[true,null,1.5,"a"# + "\u{FFFD}" + #"b"]}"#)
  }

  @Test func `The document record points into the file`() throws {
    let source = Array("---\ntitle: Plan\n---\n\nThe **plan** holds.\n".utf8)
    var json = JSONWriter()
    DocumentRecord.write(try read(source), path: "a.md", to: &json)
    let line = json.text
    #expect(line.hasPrefix(#"{"schema":"bellwether.document/v1","path":"a.md","revision":""#))
    #expect(
      line.hasSuffix(
        #""converted":false,"text":"The plan holds.\n","blocks":[{"kind":"paragraph","start":21,"end":40,"role":"body"}]}"# + "\n"))
  }
}
