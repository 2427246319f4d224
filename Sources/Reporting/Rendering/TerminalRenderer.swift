/// A page as plain text, for a terminal and for mail: no escape sequences, 78 columns (RFC 5322 §2.1.1), nothing that would be a link and is
/// none there.
struct TerminalRenderer {
  static let width = 78
  private var out = ""

  static func render(_ page: Page) -> [UInt8] {
    var renderer = TerminalRenderer()
    renderer.write(page)
    return Array(renderer.out.utf8)
  }

  private mutating func write(_ page: Page) {
    paragraph(TerminalText.escape(page.title).uppercased())
    for text in page.summary { paragraph(inline(text)) }
    for section in page.sections {
      out += "\n"
      let title = TerminalText.escape(section.title)
      paragraph(section.level == 2 ? title.uppercased() : title)
      for block in section.blocks { write(block) }
    }
  }

  private mutating func write(_ block: PageBlock) {
    switch block {
    case .paragraph(let text): paragraph(inline(text), indent: "  ")
    case .items(let items, let style, let more):
      for (index, item) in items.enumerated() { write(item, marker: style == .headline ? "\(index + 1)." : "-", style) }
      if let more { paragraph(inline(more), indent: "  ") }
    case .table(let table):
      for row in table.rows {
        let cells = zip(table.columns, row).dropFirst().map { "\($0): \(inline($1))" }.filter {
          !$0.hasSuffix(": ") && !$0.hasSuffix(": 0")
        }
        paragraph("- \(row.first.map { inline($0) } ?? "")", indent: "  ", hang: "    ")
        paragraph(cells.joined(separator: "; "), indent: "    ")
      }
      if let more = table.more { paragraph(inline(more), indent: "  ") }
    case .chart, .details: break
    }
  }

  private mutating func write(_ item: PageItem, marker: String, _ style: ItemStyle) {
    var parts: [String] = []
    if let badge = item.badge { parts.append("[\(TerminalText.escape(badge.label))]") }
    let text = inline(item.text)
    if !text.isEmpty { parts.append(text) }
    if style == .headline { parts += item.citations.map { "(\(TerminalText.escape($0.place)))" } }
    if !parts.isEmpty { paragraph("\(marker) \(parts.joined(separator: " "))", indent: "  ", hang: "    ") }
    for note in item.notes { paragraph(inline(note), indent: "    ") }
    if style != .headline { for citation in item.citations { quotation(citation, indent: "    ") } }
    if item.moreCitations > 0 { paragraph("+\(CountText.text(item.moreCitations, "more quotation"))", indent: "    ") }
    for other in item.also {
      paragraph("- \(inline(other.text))", indent: "    ", hang: "      ")
      for citation in other.citations { quotation(citation, indent: "      ") }
    }
  }

  private mutating func quotation(_ citation: Citation, indent: String) {
    let label = citation.label.isEmpty ? "" : ", \(citation.label)"
    let places = ([citation] + citation.also).map(\.place).joined(separator: ", ")
    paragraph(TerminalText.escape("“\(citation.quote)” — \(places)\(label)"), indent: indent, hang: indent + "  ")
  }

  private func inline(_ text: PageText) -> String {
    var line = ""
    for run in text.runs {
      switch run {
      case .plain(let text), .strong(let text), .code(let text), .time(let text, _), .anchor(let text, _), .external(let text, _),
        .page(let text, _), .title(let text, _):
        line += VisibleText.line(text, keepingEdges: true)
      case .cite(let citation): line += TerminalText.escape(citation.place)
      case .meter(let number, _, _): line += CountText.grouped(number)
      }
    }
    return line
  }

  /// Breaks at spaces, measured in characters; a longer word stays whole, so that a path can be copied.
  private mutating func paragraph(_ text: String, indent: String = "", hang: String? = nil) {
    var line = indent
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > TerminalRenderer.width {
        out += line + "\n"
        line = hang ?? indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    if !isEmpty { out += line + "\n" }
  }
}
