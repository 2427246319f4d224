import Documents

/// A page as one HTML file: no script, no request, styled for screen, phone, dark rooms and paper, and readable by ear and by keyboard.
struct HTMLRenderer {
  private let page: Page

  static func render(_ page: Page) -> [UInt8] {
    var html = HTMLWriter()
    HTMLRenderer(page: page).write(to: &html)
    return html.bytes
  }

  private func write(to html: inout HTMLWriter) {
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"generator\" content=\"bellwether\">\n")
    html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; ")
    html.markup("base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
    html.markup(
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
    html.element("title", text: "\(page.title) – Bellwether")
    html.markup("\n<style>\n")
    html.markup(PageStyle.css)
    html.markup("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>\n")
    writeSite(to: &html)
    html.element("h1", text: page.title)
    for text in page.summary { html.element("p", [.value("class", "summary")]) { write(text, to: &$0) } }
    html.markup("\n</header>\n")
    writeContents(to: &html)
    html.markup("<main id=\"main\">\n")
    writeSections(to: &html)
    html.markup("</main>\n<footer><p>Every line leads to the sentence it rests on. Written by Bellwether.</p></footer>\n</body>\n</html>\n")
  }

  private func writeSite(to html: inout HTMLWriter) {
    html.element("p", [.value("class", "brand")], text: "Bellwether")
    html.markup("\n<nav class=\"site\" aria-label=\"Site\"><ul>")
    for target in SitePage.allCases {
      let current: [HTMLWriter.Attribute] = target == page.sitePage ? [.value("aria-current", "page")] : []
      html.element("li") { $0.element("a", [.href(address(target.link))] + current, text: target.title) }
    }
    html.markup("</ul></nav>\n")
  }

  private func address(_ link: PageLink) -> SafeURL {
    SafeURL(relative: OutputPath.relative(from: page.folder, to: link.folder) + link.name + ".html", anchor: link.anchor)
  }

  private func writeContents(to html: inout HTMLWriter) {
    let sections = page.sections.filter { $0.level == 2 }
    guard sections.count > 2 else { return }
    html.markup("<nav class=\"contents\" aria-label=\"On this page\"><ul>")
    for section in sections {
      html.element("li") { $0.element("a", [.href(SafeURL(relative: "", anchor: section.anchor))], text: section.title) }
    }
    html.markup("</ul></nav>\n")
  }

  /// Parts of level 3 stand inside the section before them, so that the outline is the document's.
  private func writeSections(to html: inout HTMLWriter) {
    var isOpen = false
    for section in page.sections {
      if section.level == 2 {
        if isOpen { html.markup("</section>\n") }
        html.markup("<section aria-labelledby=\"")
        html.text(section.anchor)
        html.markup("\">\n")
        isOpen = true
        html.element("h2", [.value("id", section.anchor)], text: section.title)
      } else {
        html.element("h3", [.value("id", section.anchor)], text: section.title)
      }
      html.newline()
      for block in section.blocks { write(block, to: &html) }
    }
    if isOpen { html.markup("</section>\n") }
  }

  private func write(_ block: PageBlock, to html: inout HTMLWriter) {
    switch block {
    case .paragraph(let text): html.element("p") { write(text, to: &$0) }
    case .items(let items, let style, let more):
      write(items, style, to: &html)
      if let more { html.element("p", [.value("class", "more")]) { write(more, to: &$0) } }
    case .table(let table): write(table, to: &html)
    case .chart(let chart): SVGChart.write(chart, to: &html)
    case .details(let title, let blocks):
      html.markup("<details>")
      html.element("summary", text: title)
      html.newline()
      for block in blocks { write(block, to: &html) }
      html.markup("</details>")
    }
    html.newline()
  }

  private func write(_ items: [PageItem], _ style: ItemStyle, to html: inout HTMLWriter) {
    switch style {
    case .headline: html.markup("<ol class=\"headline\" role=\"list\">\n")
    case .full, .sides: html.markup("<ul class=\"cards\" role=\"list\">\n")
    case .line: html.markup("<ul class=\"lines\" role=\"list\">\n")
    }
    for item in items {
      var attributes: [HTMLWriter.Attribute] = item.anchor.map { [.value("id", $0)] } ?? []
      if let tone = item.badge?.tone { attributes.append(.value("class", "tone-\(tone.rawValue)")) }
      html.element("li", attributes) { write(item, style, to: &$0) }
      html.newline()
    }
    html.markup(style == .headline ? "</ol>" : "</ul>")
  }

  private func write(_ item: PageItem, _ style: ItemStyle, to html: inout HTMLWriter) {
    if item.badge != nil || !item.text.runs.isEmpty {
      html.element("p") { html in
        if let badge = item.badge {
          html.element("span", [.value("class", "badge")], text: badge.label)
          html.text(" ")
        }
        write(item.text, to: &html)
        if style == .headline {
          for citation in item.citations {
            html.text(" ")
            html.element("span", [.value("class", "place")]) { writePlace(citation, to: &$0) }
          }
        }
      }
    }
    for note in item.notes { html.element("p", [.value("class", "note")]) { write(note, to: &$0) } }
    switch style {
    case .headline: break
    case .full, .line: for citation in item.citations { write(citation, to: &html) }
    case .sides: html.element("div", [.value("class", "sides")]) { html in item.citations.forEach { write($0, to: &html) } }
    }
    if item.moreCitations > 0 {
      html.element("p", [.value("class", "more")], text: "+\(CountText.text(item.moreCitations, "more quotation"))")
    }
    guard !item.also.isEmpty else { return }
    html.element("ul", [.value("class", "also"), .value("role", "list")]) { html in
      for other in item.also {
        html.element("li", other.anchor.map { [.value("id", $0)] } ?? []) { write(other, style, to: &$0) }
      }
    }
  }

  private func write(_ citation: Citation, to html: inout HTMLWriter) {
    html.element("figure") { html in
      html.element("blockquote") { $0.element("p", text: "“\(citation.quote)”") }
      html.element("figcaption") { html in
        writePlace(citation, to: &html)
        for other in citation.also {
          html.text(", ")
          writePlace(other, to: &html)
        }
        if !citation.label.isEmpty { html.text(" · \(citation.label)") }
        if let original = citation.original {
          html.text(" · ")
          html.element("a", [.href(original), .value("rel", "external noreferrer")], text: "original")
        }
      }
    }
  }

  private func writePlace(_ citation: Citation, to html: inout HTMLWriter) {
    if let url = citation.url {
      html.element("a", [.href(url)], text: citation.place)
    } else {
      html.text(citation.place)
    }
  }

  private func write(_ table: PageTable, to html: inout HTMLWriter) {
    html.markup("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"")
    html.text(table.caption)
    html.markup("\"><table>\n")
    html.element("caption", text: table.caption)
    html.markup("\n<thead><tr>")
    for (index, column) in table.columns.enumerated() {
      html.element("th", [.value("scope", "col")] + numeric(table, index), text: column)
    }
    html.markup("</tr></thead>\n<tbody>\n")
    for (number, row) in table.rows.enumerated() {
      html.element("tr", table.anchors[number].map { [.value("id", $0)] } ?? []) { write(row, of: table, to: &$0) }
      html.newline()
    }
    html.markup("</tbody></table></div>")
    if let more = table.more { html.element("p", [.value("class", "more")]) { write(more, to: &$0) } }
  }

  private func write(_ row: [PageText], of table: PageTable, to html: inout HTMLWriter) {
    for (index, cell) in row.enumerated() {
      if index == 0 {
        html.element("th", [.value("scope", "row")]) { write(cell, to: &$0) }
      } else {
        let label = HTMLWriter.Attribute.value("data-label", table.columns[index])
        html.element("td", [label] + numeric(table, index)) { write(cell, to: &$0) }
      }
    }
  }

  private func numeric(_ table: PageTable, _ column: Int) -> [HTMLWriter.Attribute] {
    table.numeric.contains(column) ? [.value("class", "number")] : []
  }

  private func write(_ text: PageText, to html: inout HTMLWriter) {
    for run in text.runs {
      switch run {
      case .plain(let text): html.text(text)
      case .strong(let text): html.element("strong", text: text)
      case .code(let text): html.element("code", text: text)
      case .time(let text, let iso): writeTime(text, iso, to: &html)
      case .page(let text, let link): html.element("a", [.href(address(link))], text: text)
      case .title(let text, let link):
        html.element("strong") { $0.element("a", [.href(address(link)), .value("class", "title")], text: text) }
      case .anchor(let text, let id): html.element("a", [.href(SafeURL(relative: "", anchor: id))], text: text)
      case .external(let text, let url): html.element("a", [.href(url)], text: text)
      case .cite(let citation): html.element("span", [.value("class", "place")]) { writePlace(citation, to: &$0) }
      case .meter(let number, let greatest, let tone): writeMeter(number, greatest, tone, to: &html)
      }
    }
  }

  private func writeMeter(_ number: Int, _ greatest: Int, _ tone: PageBadge.Tone, to html: inout HTMLWriter) {
    html.text(CountText.grouped(number))
    html.markup("<svg aria-hidden=\"true\" viewBox=\"0 0 48 8\" class=\"meter tone-")
    html.text(tone.rawValue)
    html.markup("\">")
    html.element(
      "rect", [.value("width", "\(greatest > 0 ? number * 48 / greatest : 0)"), .value("height", "8"), .value("rx", "2")], text: "")
    html.markup("</svg>")
  }

  /// `time` knows days, months and years, not quarters or ranges.
  private func writeTime(_ text: String, _ iso: String, to html: inout HTMLWriter) {
    switch DateRange(iso)?.granularity {
    case .day, .month, .year: html.element("time", [.value("datetime", iso)], text: text)
    default: html.text(text)
    }
  }
}
