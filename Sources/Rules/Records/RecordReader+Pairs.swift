import Analysis
import Documents
import Language

/// A key and what is said of it.
struct KeyValue {
  var key: Range<Int>
  /// What follows the key; in a table, the cells after the first.
  var values: [Range<Int>]
  /// In a table, the header cell over each value.
  var headers: [Range<Int>]
  var span: ByteSpan
  var block: Int
  /// What stands over it.
  var surroundings: [Range<Int>]
}

extension RecordReader {
  /// "Key: value" lines of paragraphs and list items, and rows of tables whose first cell may be a key.
  func keyValues(_ tables: [RecordTable]) -> [KeyValue] {
    var found: [KeyValue] = []
    for (index, block) in blocks.enumerated() where block.role.isContent && RecordReader.kinds.contains(block.kind) {
      let around = layout.labels(over: index) + (layout.introduction(of: index).map { [layout.tokens(in: blocks[$0].text)] } ?? [])
      for line in lines(of: block) { if let pair = pair(line, index, around) { found.append(pair) } }
    }
    for table in tables {
      for row in table.rows {
        let spans = blocks[row].cells
        guard spans.count >= 2, spans.count <= table.labels.count, !isTotal(spans[0]) else { continue }
        let filled = (1..<spans.count).filter { !cells.isBlank(spans[$0]) }
        found.append(
          KeyValue(
            key: layout.tokens(in: spans[0]), values: filled.map { layout.tokens(in: spans[$0]) }, headers: filled.map { table.labels[$0] },
            span: blocks[row].text, block: row, surroundings: table.surroundings))
      }
    }
    // Rows under no header: the first cell of each is its key.
    let headers = Set(tables.map(\.header))
    for (index, block) in blocks.enumerated() where block.kind == .tableRow && block.role == .table && block.headerRow == nil {
      guard !headers.contains(index), block.cells.count >= 2, !cells.isBlank(block.cells[0]), !isTotal(block.cells[0]) else { continue }
      let filled = block.cells.dropFirst().filter { !cells.isBlank($0) }
      found.append(
        KeyValue(
          key: layout.tokens(in: block.cells[0]), values: filled.map { layout.tokens(in: $0) }, headers: [], span: block.text, block: index,
          surroundings: layout.labels(over: index)))
    }
    return found
  }

  private static let kinds: Set<Block.Kind> = [.listItem, .paragraph, .heading]

  private func lines(of block: Block) -> [ByteSpan] {
    let text = document.text
    var lines: [ByteSpan] = []
    var start = block.text.start
    for index in block.text.range where text[index] == 0x0A {
      lines.append(ByteSpan(start, index))
      start = index + 1
    }
    lines.append(ByteSpan(start, block.text.end))
    return lines
  }

  /// The key is what precedes the first colon or dash, else what precedes a figure that ends the line; at most six words.
  private func pair(_ line: ByteSpan, _ block: Int, _ surroundings: [Range<Int>]) -> KeyValue? {
    let tokens = layout.tokens(in: line)
    guard tokens.count >= 2, tokens.count <= 60 else { return nil }
    var key: Range<Int>?
    var value: Range<Int>?
    if let mark = tokens.prefix(9).first(where: { isSeparator($0) }) {
      key = tokens.lowerBound..<mark
      value = (mark + 1)..<tokens.upperBound
    } else if let last = cells.mentions([.number, .percent], in: tokens).first,
      view.mentions[last].tokens.upperBound >= tokens.upperBound - 1
    {
      key = tokens.lowerBound..<view.mentions[last].tokens.lowerBound
      value = view.mentions[last].tokens
    }
    guard let key, let value, !key.isEmpty, !value.isEmpty, labels.words(in: key).count <= 6 else { return nil }
    return KeyValue(key: key, values: [value], headers: [], span: line, block: block, surroundings: surroundings)
  }

  private func isSeparator(_ index: Int) -> Bool {
    let token = view.tokens[index]
    guard token.isMark else { return false }
    if token.mark == 0x3A { return true }
    return view.isClauseMark(index) && token.mark != 0x28 && token.mark != 0x29 && token.mark != 0x3B && token.spaceBefore
  }

  func fact(_ record: BoundRecord, _ pair: KeyValue) -> Fact? {
    let rule = record.rule
    if !record.key.isEmpty, labels.coverage(record.key, of: pair.key) < 0.5 { return nil }
    // Without a key of its own, the rule takes keys for names: "Contoso: 300" in a list of job cuts.
    let isNamed = record.key.isEmpty
    if isNamed, !pair.headers.isEmpty { return nil }
    guard applies(record, to: isNamed ? pair.surroundings : [pair.key] + pair.headers + pair.surroundings) else { return nil }
    if !record.state.isEmpty, !pair.values.contains(where: { holds(record.state, in: $0) }) { return nil }
    var content = RecordContent()
    var plans: [(text: String, number: Double)] = []
    let unit = LabelUnit(view.text(pair.key))
    for (index, value) in pair.values.enumerated() {
      let header = index < pair.headers.count ? pair.headers[index] : nil
      // What comes late in a line is told, not laid out: sentences are read by frames.
      if header == nil, let first = cells.mentions(rule.value, in: value).first,
        view.mentions[first].tokens.lowerBound - value.lowerBound > 4 || value.count > 30 && !rule.value.isEmpty
      {
        return nil
      }
      let found = cells.quantities(rule.value, in: value, label: unit, unit: rule.unit)
      if let header, says(words.planned, in: [header]) { plans += found } else { content.quantities += found }
      if let header, !found.isEmpty, let date = cells.date(in: header) {
        if content.when.map({ $0 < date }) ?? true { content.when = date }
      } else if content.when == nil {
        content.when = cells.date(in: value)
      }
      if let item = rule.item {
        let names = cells.names(item == .subject ? rule.subject : rule.object, in: view.span(isNamed ? pair.key : value))
        if isNamed, names.isEmpty { return nil }
        if item == .subject { content.subjects += names } else { content.objects += names }
      }
    }
    content.isPlan = content.quantities.isEmpty && !plans.isEmpty || says(words.planned, in: [pair.key])
    content.quantities += plans
    content.quantities = Array(content.quantities.prefix(4))
    content.status = status(over: pair.surroundings)
    if rule.item == nil, !rule.object.isEmpty {
      for header in pair.headers where !header.isEmpty { content.objects += cells.names(rule.object, in: view.span(header)) }
    }
    if rule.item == nil, !rule.object.isEmpty, content.objects.isEmpty, let heading = layout.context.headings(of: pair.block).first {
      content.objects = cells.names(rule.object, in: blocks[heading].text)
    }
    if content.when == nil, !rule.needs.contains(.when) {
      let sentence = sentence(of: pair.block)
      let match = PatternMatch(
        anchor: pair.key.lowerBound, tokens: pair.key.lowerBound..<(pair.values.last ?? pair.key).upperBound, captures: [])
      content.when = cells.times.inferred(match, for: sentence, undated: .published, isAhead: content.isPlan)
    }
    return fact(rule, content, block: pair.block, evidence: Evidence(document, visible: pair.span))
  }
}
