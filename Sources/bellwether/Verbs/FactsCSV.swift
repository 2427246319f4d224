import Analysis

/// Facts as a table for people's spreadsheets: RFC 4180, a header, lines that end in CRLF.
///
/// A cell that a spreadsheet could take for a formula begins with an apostrophe, and control and direction characters are shown as escapes. Where
/// exact text matters, `--json` has it.
enum FactsCSV {
  static let columns = [
    "id", "path", "line", "kind", "subject", "object", "value", "number", "when", "status", "source", "anonymous", "polarity", "published",
    "publisher", "plugin", "rule", "text",
  ]

  static func text(_ records: [FactRecord]) -> String {
    row(columns) + records.map { row(cells($0)) }.joined()
  }

  private static func cells(_ record: FactRecord) -> [String] {
    let fact = record.fact
    return [
      fact.id, record.path, fact.evidence.first.map { "\($0.line)" } ?? "", fact.kind, fact.subject.map(\.name).joined(separator: "; "),
      fact.object.map(\.name).joined(separator: "; "), fact.value ?? "", fact.number.map(number) ?? "", fact.when ?? "",
      fact.status.rawValue,
      fact.source.joined(separator: "; "), fact.isAnonymous ? "yes" : "no", fact.polarity.rawValue, record.published ?? "",
      record.publisher ?? "", fact.plugin, fact.rule, fact.evidence.map(\.text).joined(separator: " … "),
    ]
  }

  private static func number(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
  }

  private static func row(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

  /// One cell, guarded and quoted where it must be.
  static func cell(_ text: String) -> String {
    let line = Printable.line(text)
    let guarded = isFormula(text) || isFormula(line) ? "'" + line : line
    // Semicolons and tabs part cells for spreadsheets of some languages, and would set what follows them free.
    let needsQuotes = guarded.contains { ",;\"\t\r\n".contains($0) } || guarded.first == " " || guarded.last == " "
    return needsQuotes ? "\"" + guarded.replacing("\"", with: "\"\"") + "\"" : guarded
  }

  /// What spreadsheets read as the beginning of a formula, in ASCII and in full width, after white space too; a plain number is none.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    if first == "\t" || first == "\r" || first == "\n" { return true }
    guard let sign = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }), "=+-@＝＋－＠".unicodeScalars.contains(sign) else {
      return false
    }
    return !(sign == "-" && text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } && text.utf8.count > 1)
  }
}
