/// A page as Markdown that reads well as a file, in Obsidian and on GitHub.
struct MarkdownRenderer {
  private var out = ""
  private let folder: String

  static func render(_ page: Page) -> [UInt8] {
    var renderer = MarkdownRenderer(folder: page.folder)
    renderer.write(page)
    return Array(renderer.out.utf8)
  }

  private init(folder: String) { self.folder = folder }

  private mutating func write(_ page: Page) {
    if !page.frontMatter.isEmpty {
      line("---")
      for field in page.frontMatter { write(field) }
      line("---")
      line()
    }
    line("# \(MarkdownText.escape(page.title))")
    for text in page.summary {
      line()
      line(inline(text))
    }
    for section in page.sections {
      line()
      line("\(String(repeating: "#", count: section.level)) \(MarkdownText.escape(section.title))")
      for block in section.blocks { write(block) }
    }
  }

  private mutating func write(_ field: FrontMatterField) {
    switch field.value {
    case .bare(let word): line("\(field.key): \(word)")
    case .text(let text): line("\(field.key): \(YAMLScalar.quoted(text))")
    case .list(let words): line("\(field.key): [\(words.joined(separator: ", "))]")
    }
  }

  private mutating func write(_ block: PageBlock) {
    switch block {
    case .paragraph(let text):
      line()
      line(inline(text))
    case .items(let items, let style, let more):
      line()
      for (index, item) in items.enumerated() { write(item, marker: style == .headline ? "\(index + 1)." : "-", style) }
      if let more {
        line()
        line(inline(more))
      }
    case .table(let table): write(table)
    case .chart, .details: break
    }
  }

  private mutating func write(_ item: PageItem, marker: String, _ style: ItemStyle) {
    var parts: [String] = []
    if let badge = item.badge { parts.append("**\(MarkdownText.escape(badge.label))** ·") }
    var text = inline(item.text)
    while text.last == " " { text.removeLast() }
    if !text.isEmpty { parts.append(text) }
    switch style {
    case .headline: parts += item.citations.map { "(\(place($0)))" }
    case .line where item.citations.count == 1: parts.append(quotation(item.citations[0]))
    case .line: break
    case .full, .sides: break
    }
    line("\(marker) \(parts.joined(separator: " "))")
    for note in item.notes { line("    - \(inline(note))") }
    if style != .headline, style != .line || item.citations.count > 1 {
      for citation in item.citations { line("    - \(quotation(citation))") }
    }
    if item.moreCitations > 0 { line("    - +\(CountText.text(item.moreCitations, "more quotation"))") }
    for other in item.also {
      line("    - \(inline(other.text))")
      for citation in other.citations { line("        - \(quotation(citation))") }
    }
  }

  private mutating func write(_ table: PageTable) {
    line()
    line("| \(table.columns.map { MarkdownText.escape($0) }.joined(separator: " | ")) |")
    line("|\(table.columns.indices.map { table.numeric.contains($0) ? " ---: |" : " --- |" }.joined())")
    for row in table.rows { line("| \(row.map { inline($0) }.joined(separator: " | ")) |") }
    if let more = table.more {
      line()
      line(inline(more))
    }
  }

  private func inline(_ text: PageText) -> String {
    var line = ""
    for run in text.runs { line += inline(run, isFirst: line.isEmpty) }
    return String(line.trimmingPrefix(while: { $0 == " " }))
  }

  private func inline(_ run: PageText.Run, isFirst: Bool) -> String {
    switch run {
    case .plain(let text): return MarkdownText.escape(text, keepingEdges: true, startsBlock: isFirst)
    case .strong(let text): return text.isEmpty ? "" : "**\(MarkdownText.escape(text, keepingEdges: false, startsBlock: false))**"
    case .code(let text): return MarkdownText.code(text)
    case .time(let text, _): return MarkdownText.escape(text, keepingEdges: true, startsBlock: isFirst)
    case .page(let text, let link): return MarkdownText.link(text, to: address(link))
    case .title(let text, let link): return "**\(MarkdownText.link(text, to: address(link)))**"
    case .anchor(let text, _): return MarkdownText.escape(text, keepingEdges: true, startsBlock: isFirst)
    case .external(let text, let url): return MarkdownText.link(text, to: url)
    case .cite(let citation): return place(citation)
    case .meter(let number, _, _): return CountText.grouped(number)
    }
  }

  /// An anchor means something in a browser's page only.
  private func address(_ link: PageLink) -> SafeURL {
    link.hasMarkdown
      ? SafeURL(relative: relative(link.folder) + link.name + ".md")
      : SafeURL(relative: relative(link.folder) + link.name + ".html", anchor: link.anchor)
  }

  private func quotation(_ citation: Citation) -> String {
    let label = citation.label.isEmpty ? "" : ", \(MarkdownText.escape(citation.label))"
    return "“\(MarkdownText.escape(citation.quote, keepingEdges: false, startsBlock: false))” — \(places(citation))\(label)"
  }

  private func places(_ citation: Citation) -> String {
    let original = citation.original.map { " (\(MarkdownText.link("original", to: $0)))" } ?? ""
    return ([place(citation)] + citation.also.map { place($0) }).joined(separator: ", ") + original
  }

  private func place(_ citation: Citation) -> String {
    citation.url.map { MarkdownText.link(citation.place, to: $0) } ?? MarkdownText.escape(citation.place)
  }

  private func relative(_ other: String) -> String { OutputPath.relative(from: folder, to: other) }

  private mutating func line(_ text: String = "") { out += text + "\n" }
}

enum OutputPath {
  /// What leads from a page in `folder` to the folder `other`: "", "../alerts/".
  static func relative(from folder: String, to other: String) -> String {
    if folder == other { return "" }
    let up = folder.isEmpty ? "" : String(repeating: "../", count: folder.split(separator: "/").count)
    return up + (other.isEmpty ? "" : other + "/")
  }
}
