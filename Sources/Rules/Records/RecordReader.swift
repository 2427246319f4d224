import Analysis
import Documents
import Language

/// Reads what a document lays out instead of telling it: rows of tables, "key: value" lines, items of lists.
///
/// A row is composed into a fact by what its header cells say each column holds. Its subject is a column's name, else what the headings, the
/// introduction or the document are about. A header row, a row of sums and an empty cell say nothing, and what stands in no content block
/// (navigation, promotion, tables of contents) is never read.
struct RecordReader {
  let layout: RecordLayout
  let cells: CellReader
  let labels: LabelMatcher
  let words: RecordWords
  let voices: StatusResolver
  private let subjects: SubjectResolver
  private let sentences: [Int: Sentence]

  var view: SentenceView { layout.view }
  var document: Document { view.source.document }
  var blocks: [Block] { document.blocks }

  init(_ context: DocumentContext, words: RecordWords) {
    layout = RecordLayout(context)
    cells = CellReader(layout)
    labels = LabelMatcher(view: context.view)
    self.words = words
    voices = StatusResolver(view: context.view)
    subjects = SubjectResolver(context)
    var sentences: [Int: Sentence] = [:]
    for sentence in context.view.source.annotation.sentences where sentences[sentence.block] == nil { sentences[sentence.block] = sentence }
    self.sentences = sentences
  }

  /// All facts of all records, at most one of a kind from one place.
  func facts(_ records: [BoundRecord]) -> [Fact] {
    guard !records.isEmpty else { return [] }
    var found: [Fact] = []
    let tables = layout.tables()
    for table in tables {
      for record in records where record.rule.shape == .rows { found += rows(record, table) }
    }
    let pairs = records.filter { $0.rule.shape == .pairs }
    if !pairs.isEmpty { for pair in keyValues(tables) { found += pairs.compactMap { fact($0, pair) } } }
    let items = records.filter { $0.rule.shape == .items }
    if !items.isEmpty {
      for index in blocks.indices where blocks[index].kind == .listItem && blocks[index].role.isContent {
        let item = listItem(index)
        found += items.compactMap { fact($0, item) }
      }
    }
    return RecordReader.distinct(found)
  }

  /// One fact of a kind a place: of several records that read it the first.
  private static func distinct(_ facts: [Fact]) -> [Fact] {
    var seen: Set<String> = []
    return facts.filter { seen.insert("\($0.kind) \($0.evidence.first?.span.start ?? 0)").inserted }
  }

  // MARK: Rows

  private func rows(_ record: BoundRecord, _ table: RecordTable) -> [Fact] {
    guard applies(record, to: table.labels + table.surroundings) else { return [] }
    let roles = roles(record, table)
    guard roles.contains(where: { $0 != nil && $0 != .skip }) else { return [] }
    return table.rows.compactMap { row(record, table, roles, $0) }
  }

  func applies(_ record: BoundRecord, to ranges: [Range<Int>]) -> Bool {
    (record.about.isEmpty || labels.holds(record.about, in: ranges)) && !labels.holds(record.unless, in: ranges)
  }

  /// The role of each column: the one whose pattern covers most of its header, and at least half.
  private func roles(_ record: BoundRecord, _ table: RecordTable) -> [RecordRule.Role?] {
    table.labels.map { label in
      var best: (role: RecordRule.Role, share: Double)?
      for column in record.columns where !column.isRest {
        let share = labels.coverage(column.labels, of: label)
        if share >= 0.5, share > best?.share ?? 0 { best = (column.role, share) }
      }
      return best?.role ?? record.columns.first { $0.isRest }.flatMap { label.isEmpty ? nil : $0.role }
    }
  }

  private func row(_ record: BoundRecord, _ table: RecordTable, _ roles: [RecordRule.Role?], _ row: Int) -> Fact? {
    let spans = blocks[row].cells
    guard let first = spans.first, !isTotal(first) else { return nil }
    var content = RecordContent()
    var plans: [(text: String, number: Double)] = []
    var headed: DateRange?
    var isState = record.state.isEmpty
    for (column, span) in spans.enumerated() where column < roles.count {
      guard let role = roles[column], !cells.isBlank(span) else { continue }
      let tokens = layout.tokens(in: span)
      switch role {
      case .subject: content.subjects += cells.names(record.rule.subject, in: span)
      case .object: content.objects += cells.names(record.rule.object, in: span)
      case .from: content.employers += cells.names([.org, .np], in: span)
      case .when: content.when = content.when ?? cells.date(in: tokens)
      case .status: isState = isState || holds(record.state, in: tokens)
      case .value:
        let label = table.labels[column]
        let unit = LabelUnit(view.text(label))
        let found = cells.quantities(record.rule.value, in: tokens, label: unit, unit: record.rule.unit)
        if says(words.planned, in: [label]) { plans += found } else { content.quantities += found }
        headed = headed ?? (found.isEmpty ? nil : cells.date(in: label))
      case .skip: break
      }
    }
    guard isState else { return nil }
    content.isPlan = content.quantities.isEmpty && !plans.isEmpty
    content.quantities += plans
    content.when = content.when ?? headed
    if content.when == nil, !roles.contains(.when) { content.when = table.surroundings.lazy.compactMap { cells.date(in: $0) }.first }
    content.status = status(over: table.surroundings)
    return fact(record.rule, content, block: row, evidence: evidence(row, roles))
  }

  func isTotal(_ span: ByteSpan) -> Bool {
    let tokens = layout.tokens(in: span)
    guard let found = labels.match(words.total, in: tokens) else { return false }
    return labels.words(in: tokens).first.map { found.contains($0) } ?? false
  }

  /// The row, or, where it is too long, its cells that play a role.
  private func evidence(_ row: Int, _ roles: [RecordRule.Role?]) -> Evidence? {
    if let whole = Evidence(document, visible: blocks[row].text) { return whole }
    let used = blocks[row].cells.enumerated().filter { $0.offset < roles.count && roles[$0.offset] != nil && !$0.element.isEmpty }.map(
      \.element)
    guard let first = used.first, let last = used.last else { return nil }
    return Evidence(document, visible: ByteSpan(first.start, last.end)) ?? Evidence(document, visible: first)
  }

  // MARK: What every shape needs

  func says(_ group: ProgramGroup, in ranges: [Range<Int>]) -> Bool { labels.holds(group, in: ranges) }

  /// Whether a pattern matches near the beginning of a cell, and nothing there denies it.
  func holds(_ group: ProgramGroup, in tokens: Range<Int>) -> Bool {
    guard let found = labels.match(group, in: tokens.prefix(8)) else { return false }
    let span = view.span(found)
    return !view.source.annotation.negations.contains { $0.scope.overlaps(span) || $0.span.overlaps(view.span(tokens)) }
  }

  func status(over ranges: [Range<Int>]) -> AssertionStatus? {
    if says(words.rumoured, in: ranges) { return .rumoured }
    return says(words.upcoming, in: ranges) ? .planned : nil
  }

  func sentence(of block: Int) -> Sentence {
    sentences[block] ?? Sentence(span: blocks[block].text, tokens: layout.tokens(in: blocks[block].text), block: block)
  }

  /// The fact, if its record's needs are met and somebody is found whom it is about.
  func fact(_ rule: RecordRule, _ content: RecordContent, block: Int, evidence: Evidence?) -> Fact? {
    guard let evidence, rule.needs.allSatisfy({ content.has($0) }) else { return nil }
    var fact = Fact(
      kind: rule.kind, subject: [], polarity: rule.polarity, plugin: rule.plugin, rule: rule.rule, evidence: [evidence], labels: rule.labels
    )
    let sentence = sentence(of: block)
    for name in content.objects + content.employers { RecordReader.append(name.reference, to: &fact.object) }
    for name in content.subjects { add(name, to: &fact) }
    if fact.subject.isEmpty, let owner = owner(of: content.objects) ?? subjects.organization(of: sentence) { fact.subject = [owner] }
    if fact.subject.isEmpty, let first = content.objects.first {
      fact.subject = [first.reference]
    }
    guard !fact.subject.isEmpty else { return nil }
    let employer = content.employers.first?.reference.root ?? (rule.employedByContext ? subjects.organization(of: sentence)?.root : nil)
    if let employer {
      for index in fact.subject.indices where fact.subject[index].organization == nil || isPerson(fact.subject[index], content) {
        fact.subject[index].organization = employer
      }
    }
    fact.object.removeAll { object in fact.subject.contains { $0.id == object.id } }
    fact.value = content.value
    fact.number = content.quantities.first?.number
    fact.when = content.when?.description
    fact.status = rule.status ?? content.status ?? (content.isPlan || isAhead(content.when) ? .planned : .asserted)
    return fact
  }

  /// Whether somebody is known whom a part of the document is about.
  func hasOwner(_ block: Int) -> Bool { subjects.organization(of: sentence(of: block)) != nil }

  private func isPerson(_ reference: EntityRef, _ content: RecordContent) -> Bool {
    content.subjects.contains { $0.reference.id == reference.id && ($0.entity?.kind == .person || $0.entity == nil) }
  }

  /// What lies after the day of the note is yet to come.
  private func isAhead(_ when: DateRange?) -> Bool {
    guard let when, let published = document.published else { return false }
    return when.start > published.end
  }

  /// A product stands for its maker, and becomes an object.
  private func add(_ name: CellReader.Name, to fact: inout Fact) {
    if let entity = name.entity, let tokens = name.tokens, entity.kind == .product || entity.kind == .team && entity.origin == .discovered,
      let owner = layout.context.principal(of: entity, at: tokens)
    {
      RecordReader.append(name.reference, to: &fact.object)
      RecordReader.append(owner, to: &fact.subject)
    } else {
      RecordReader.append(name.reference, to: &fact.subject)
    }
  }

  /// Whose product an object is known to be.
  private func owner(of names: [CellReader.Name]) -> EntityRef? {
    names.lazy.compactMap { name in
      name.entity.flatMap { $0.kind == .product && $0.organization != nil ? layout.context.organization(of: $0) : nil }
    }.first
  }

  private static func append(_ reference: EntityRef, to list: inout [EntityRef]) {
    if !list.contains(where: { $0.id == reference.id }) { list.append(reference) }
  }
}
