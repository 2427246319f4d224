import Testing

@testable import Documents

@Suite struct HTMLTableTests {
  private static let sentence = "Northwind said on Monday, after months of talks, that it would close its plant in Oslo. "

  private func read(_ table: String) throws -> Document {
    let lead = String(repeating: Self.sentence, count: 8)
    let page = "<!DOCTYPE html><html><body><article><p>\(lead)</p>\(table)<p>\(lead)</p></article></body></html>"
    return try DocumentReader.read(Array(page.utf8), hints: ReadingHints(fileName: "page.html"))
  }

  /// Each row as its cells; a header row ends in "^".
  private func rows(_ document: Document) -> [[String]] {
    let headers = Set(document.blocks.compactMap(\.headerRow))
    return document.blocks.indices.filter { document.blocks[$0].kind == .tableRow }.map { index in
      document.blocks[index].cells.map { document.visibleText($0) } + (headers.contains(index) ? ["^"] : [])
    }
  }

  private func lines(_ document: Document) -> [String] {
    document.blocks.filter { $0.kind == .tableRow }.map { document.visibleText($0.text) }
  }

  @Test func `A table of a page reads as its Markdown twin`() throws {
    let page = try read(
      """
      <table><caption>Rounds of Northwind</caption><thead><tr><th>Round</th><th>Closed</th><th>Raised</th></tr></thead>
      <tbody><tr><td>Seed</td><td> May <b>2021</b></td><td><a href="/x">$3M</a></td></tr>
      <tr><td>Series A</td><td></td><td><p>$30M</p></td></tr></tbody></table>
      """)
    let markdown = try DocumentReader.read(
      Array("| Round | Closed | Raised |\n|---|---|---|\n| Seed | May **2021** | [$3M](/x) |\n| Series A | | $30M |\n".utf8),
      hints: ReadingHints(fileName: "note.md"))
    #expect(rows(page) == rows(markdown))
    #expect(lines(page) == lines(markdown))
    #expect(page.blocks.filter { $0.kind == .tableRow }.map(\.role) == [.table, .table, .table])
    #expect(page.blocks.contains { $0.kind == .caption && page.visibleText($0.text) == "Rounds of Northwind" })
  }

  @Test func `Cells that span columns and rows stand where they apply`() throws {
    let page = try read(
      """
      <table><tr><th rowspan=2>Region</th><th colspan=2>Revenue</th></tr><tr><th>2023</th><th>2024</th></tr>
      <tr><td rowspan="2">North</td><td>$3M</td><td>$4M</td></tr><tr><td colspan=2>not told</td></tr>
      <tr><td>South</td><td>$5M</td><td>$6M</td></tr></table>
      """)
    #expect(
      rows(page) == [
        ["Region", "Revenue 2023", "Revenue 2024", "^"], ["North", "$3M", "$4M"], ["North", "not told", ""], ["South", "$5M", "$6M"],
      ])
    #expect(lines(page)[2] == "North | not told")
  }

  @Test func `A first row of labels is a header without a mark`() throws {
    let plain = try read("<table><tr><td></td><td>2023</td><td>2024</td></tr><tr><td>Sites</td><td>12</td><td>15</td></tr></table>")
    #expect(rows(plain) == [["", "2023", "2024", "^"], ["Sites", "12", "15"]])
    let bold = try read("<table><tr><td><b>Name</b></td><td><b>City</b></td></tr><tr><td>Ada Quill</td><td>Oslo</td></tr></table>")
    #expect(rows(bold) == [["Name", "City", "^"], ["Ada Quill", "Oslo"]])
    let keys = try read("<table><tr><th>Founded</th><td>1 May 2019</td></tr><tr><th>Staff</th><td>450</td></tr></table>")
    #expect(rows(keys) == [["Founded", "1 May 2019"], ["Staff", "450"]])
  }

  @Test func `A title over all columns is a caption, and lists within a cell are parted`() throws {
    let page = try read(
      """
      <table><tr><th colspan=2>Models of Contoso</th></tr><tr><th>Maker</th><th>Models</th></tr>
      <tr><td>Contoso<br>Labs</td><td><ul><li>Heron</li><li>Egret</li></ul></td></tr></table>
      """)
    #expect(rows(page) == [["Maker", "Models", "^"], ["Contoso Labs", "Heron; Egret"]])
    #expect(page.blocks.contains { $0.kind == .caption && page.visibleText($0.text) == "Models of Contoso" })
  }

  @Test(arguments: [
    "<table><tr><td>One column of text.</td></tr><tr><td>And more of it.</td></tr></table>",
    "<table><tr><td>Left side</td><td>Right side of it</td></tr></table>",
    "<table role=presentation><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
    "<table><tr><td><h2>Heading here</h2></td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>",
  ])
  func `A table that lays out text stays text`(_ table: String) throws {
    #expect(lines(try read(table)).isEmpty)
  }

  @Test func `A foot stands last and labels nothing`() throws {
    let page = try read(
      """
      <table><thead><tr><th>Site</th><th>Staff</th></tr></thead><tfoot><tr><th>Site</th><th>Staff</th></tr></tfoot>
      <tbody><tr><td>Oslo</td><td>12</td></tr></tbody></table>
      """)
    #expect(rows(page) == [["Site", "Staff", "^"], ["Oslo", "12"], ["Site", "Staff"]])
  }

  @Test func `Of nested tables the inner one holds the data`() throws {
    let inner = "<table><tr><th>Site</th><th>Staff</th></tr><tr><td>Oslo</td><td>12</td></tr></table>"
    let page = try read("<table><tr><td>Around it</td><td>\(inner)</td></tr><tr><td>Below it</td><td>more</td></tr></table>")
    #expect(rows(page) == [["Site", "Staff", "^"], ["Oslo", "12"]])
  }

  @Test func `Rows keep their cells where furniture is taken out before them`() throws {
    let page = try read(
      "<p>Subscribe to our newsletter</p><table><tr><th>Site</th><th>Staff</th></tr><tr><td>Oslo</td><td>12</td></tr></table>")
    #expect(rows(page) == [["Site", "Staff", "^"], ["Oslo", "12"]])
  }

  @Test func `Spans without end ask for no more than the table holds`() throws {
    let row = "<tr><td rowspan=65534 colspan=9999>a</td><td rowspan=0>b</td></tr>"
    let page = try read("<table>\(String(repeating: row, count: 3_000))</table>")
    #expect(page.text.count < 2_000_000)
  }
}
