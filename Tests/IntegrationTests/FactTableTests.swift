import TestSupport
import Testing

/// `facts --csv` as a spreadsheet would read it.
@Suite struct FactTableTests {
  /// Cells of RFC 4180 text.
  private func cells(_ text: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell = ""
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    while let c = scalars.popFirst() {
      if isQuoted {
        if c == "\"", scalars.first == "\"" {
          cell.append("\"")
          scalars.removeFirst()
        } else if c == "\"" {
          isQuoted = false
        } else {
          cell.unicodeScalars.append(c)
        }
        continue
      }
      switch c {
      case "\"": isQuoted = true
      case ",":
        rows[rows.count - 1].append(cell)
        cell = ""
      case "\r": break
      case "\n":
        rows[rows.count - 1].append(cell)
        cell = ""
        rows.append([])
      default: cell.unicodeScalars.append(c)
      }
    }
    return rows.dropLast()
  }

  @Test func `hostile cells stay text, and every row has every column`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      let publishers = ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "a, \"b\"; =1", "＝1", "plain"]
      for (index, publisher) in publishers.enumerated() {
        let escaped = publisher.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        try TestFile.write(
          "---\ndate: 2026-02-2\(index)\npublisher: \"\(escaped)\"\n---\n\nNorthwind Labs laid off 24\(index) people, \"as planned\".\n",
          to: "\(daemon.notes)/=note-\(index).md")
      }
      #expect(try daemon.verb(["run", "--once"]).status == 0)
      let result = try daemon.verb(["facts", "--csv"])
      #expect(result.status == 0)
      #expect(result.output.hasSuffix("\r\n"))
      #expect(result.output.split(separator: "\r\n").count == publishers.count + 1)
      let rows = cells(result.output)
      #expect(Set(rows.map(\.count)) == [18])
      #expect(rows[0].first == "id" && rows[0].last == "text")
      let column = try #require(rows[0].firstIndex(of: "publisher"))
      #expect(rows.dropFirst().map { $0[column] } == publishers.map { $0 == "plain" || $0.hasPrefix("a,") ? $0 : "'" + $0 })
      for cell in rows.joined() where cell.first.map({ "=+-@\t\r".contains($0) }) ?? false { Issue.record("a formula: \(cell)") }
    }
  }
}
