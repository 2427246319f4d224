import Analysis
import Documents
import Language

extension RecordReader {
  /// What is said of an item, and where what it is said of begins.
  private struct Predicate {
    var status: AssertionStatus?
    var when: DateRange?
    var end: Int
  }

  /// An item of a list that an introduction ("We are retiring the following models:") or a heading ("Deprecated") speaks for.
  func fact(_ record: BoundRecord, item index: Int) -> Fact? {
    let rule = record.rule
    let block = blocks[index]
    let tokens = layout.tokens(in: block.text)
    guard block.role.isContent, let predicate = record.key.isEmpty ? predicate(record, index) : beginning(record, index, tokens) else {
      return nil
    }
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
  private func beginning(_ record: BoundRecord, _ item: Int, _ tokens: Range<Int>) -> Predicate? {
    guard let found = labels.match(record.key, in: tokens.prefix(8)), found.lowerBound <= tokens.lowerBound + 1,
      found.upperBound < tokens.upperBound,
      !labels.holds(record.unless, in: [tokens]), record.about.isEmpty || applies(record, to: layout.labels(over: item))
    else { return nil }
    let headings = layout.labels(over: item)
    var next = found.upperBound
    while next < tokens.upperBound, view.isLight(next) { next += 1 }
    guard next < tokens.upperBound else { return nil }
    return Predicate(
      status: status(over: Array(headings.prefix(1))), when: headings.lazy.compactMap { cells.date(in: $0) }.first,
      end: Int(view.tokens[next].start))
  }

  private func firstLine(of block: Block) -> ByteSpan {
    let end = document.text[block.text.range].firstIndex(of: 0x0A) ?? block.text.end
    return ByteSpan(block.text.start, end)
  }

  /// What the introduction, else the nearest heading, says of every item; nil where neither says what the record is about.
  private func predicate(_ record: BoundRecord, _ item: Int) -> Predicate? {
    if let introduction = layout.introduction(of: item) {
      let last = view.source.annotation.sentences.last { $0.block == introduction }
      let tokens = last?.tokens ?? layout.tokens(in: blocks[introduction].text)
      if let found = labels.match(record.about, in: tokens), !labels.holds(record.unless, in: [tokens]) {
        let match = PatternMatch(anchor: found.lowerBound, tokens: found, captures: [])
        let voice = voices.voice(match, own: WordSet(found.map { view.tokens[$0].word }), in: last ?? sentence(of: introduction))
        guard !voice.isNegated, voice.status != .question, voice.status != .denied, voice.status != .conditional else { return nil }
        let status = voice.status == .asserted || voice.status == .reported ? nil : voice.status
        return Predicate(status: status, when: cells.date(in: tokens), end: blocks[item].text.start)
      }
    }
    guard let heading = layout.context.headings(of: item).first else { return nil }
    let tokens = layout.tokens(in: blocks[heading].text)
    guard labels.coverage(record.about, of: tokens) >= 0.5, !labels.holds(record.unless, in: [tokens]) else { return nil }
    return Predicate(status: status(over: [tokens]), when: cells.date(in: tokens), end: blocks[item].text.start)
  }
}
