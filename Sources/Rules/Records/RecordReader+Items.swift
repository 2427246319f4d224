import Analysis
import Documents
import Language

/// An item of a list with what speaks for it.
struct ListItem {
  let index: Int
  let tokens: Range<Int>
  /// The paragraph or item that introduces the list, and the sentence of it that does.
  let introduction: (block: Int, sentence: Sentence?, tokens: Range<Int>)?
  /// The nearest heading, and at most one more.
  let headings: [Range<Int>]
}

extension RecordReader {
  func listItem(_ index: Int) -> ListItem {
    let introduction = layout.introduction(of: index).map { block in
      let last = view.source.annotation.sentences.last { $0.block == block }
      return (block, last, last?.tokens ?? layout.tokens(in: blocks[block].text))
    }
    return ListItem(
      index: index, tokens: layout.tokens(in: blocks[index].text), introduction: introduction, headings: layout.labels(over: index))
  }

  /// What is said of an item, and where what it is said of begins.
  private struct Predicate {
    var status: AssertionStatus?
    var when: DateRange?
    var end: Int
  }

  /// An item of a list that an introduction ("We are retiring the following models:") or a heading ("Deprecated") speaks for.
  func fact(_ record: BoundRecord, _ item: ListItem) -> Fact? {
    guard let predicate = record.key.isEmpty ? predicate(record, item) : beginning(record, item) else { return nil }
    let rule = record.rule
    let index = item.index
    let block = blocks[index]
    let tokens = item.tokens
    var content = RecordContent()
    content.status = predicate.status
    let names = cells.names(
      rule.item == .subject ? rule.subject : rule.object, in: ByteSpan(predicate.end, max(predicate.end, firstLine(of: block).end)))
    guard !names.isEmpty else { return nil }
    if rule.item == .subject { content.subjects = names } else { content.objects = names }
    content.quantities = cells.quantities(rule.value, in: tokens, label: .none, unit: rule.unit)
    content.when = cells.date(in: tokens) ?? predicate.when
    if content.when == nil, !rule.needs.contains(.when) {
      let match = PatternMatch(anchor: tokens.lowerBound, tokens: tokens, captures: [])
      content.when = cells.times.inferred(match, for: sentence(of: index), undated: .published, isAhead: predicate.status == .planned)
    }
    // A phrase without an owner is nobody's.
    if rule.item != .subject, names.allSatisfy({ $0.entity == nil }), !hasOwner(index) { return nil }
    let evidence = Evidence(document, visible: block.text) ?? Evidence(document, visible: firstLine(of: block))
    return fact(rule, content, block: index, evidence: evidence)
  }

  /// What every item says with the words it begins with: "Released …", "Launch of …".
  private func beginning(_ record: BoundRecord, _ item: ListItem) -> Predicate? {
    let tokens = item.tokens
    guard let found = labels.match(record.key, in: tokens.prefix(8)), found.lowerBound <= tokens.lowerBound + 1,
      found.upperBound < tokens.upperBound,
      !labels.holds(record.unless, in: [tokens]), record.about.isEmpty || applies(record, to: item.headings)
    else { return nil }
    var next = found.upperBound
    while next < tokens.upperBound, view.isLight(next) { next += 1 }
    guard next < tokens.upperBound else { return nil }
    return Predicate(
      status: status(over: Array(item.headings.prefix(1))), when: item.headings.lazy.compactMap { cells.date(in: $0) }.first,
      end: Int(view.tokens[next].start))
  }

  private func firstLine(of block: Block) -> ByteSpan {
    let end = document.text[block.text.range].firstIndex(of: 0x0A) ?? block.text.end
    return ByteSpan(block.text.start, end)
  }

  /// What the introduction, else the nearest heading, says of every item; nil where neither says what the record is about.
  private func predicate(_ record: BoundRecord, _ item: ListItem) -> Predicate? {
    if let (introduction, last, tokens) = item.introduction {
      if let found = labels.match(record.about, in: tokens), !labels.holds(record.unless, in: [tokens]) {
        let match = PatternMatch(anchor: found.lowerBound, tokens: found, captures: [])
        let voice = voices.voice(match, isOwn: WordSet(found.map { view.tokens[$0].word }).contains, in: last ?? sentence(of: introduction))
        guard !voice.isNegated, voice.status != .question, voice.status != .denied, voice.status != .conditional else { return nil }
        let status = voice.status == .asserted || voice.status == .reported ? nil : voice.status
        return Predicate(status: status, when: cells.date(in: tokens), end: blocks[item.index].text.start)
      }
    }
    guard let tokens = item.headings.first, labels.coverage(record.about, of: tokens) >= 0.5, !labels.holds(record.unless, in: [tokens])
    else { return nil }
    return Predicate(status: status(over: [tokens]), when: cells.date(in: tokens), end: blocks[item.index].text.start)
  }
}
