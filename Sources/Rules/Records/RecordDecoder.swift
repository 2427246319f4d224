import Analysis

/// Reads one entry of `records:`.
struct RecordDecoder {
  let plugin: String
  let lists: [String: PatternNode]

  private static let keys = [
    "id", "kind", "reads", "polarity", "status", "about", "unless", "columns", "key", "state", "subject", "object", "value", "item", "unit",
    "needs", "employer", "labels", "description", "tests",
  ]

  func decode(_ entry: RuleNode) throws(RuleError) -> RecordRule {
    var entry = entry
    entry.rule = FrameDecoder.name(of: entry).map { "\(plugin).\($0)" }
    let fields = try entry.fields(RecordDecoder.keys)
    guard let kind = try fields["kind"]?.string() else {
      throw entry.error("a record needs a kind", "add `kind: investment` or another fact kind")
    }
    let rule = "\(plugin).\(try fields["id"]?.string() ?? kind)"
    let shape = try fields["reads"]?.choice(RecordRule.Shape.self) ?? .rows
    let frames = FrameDecoder(plugin: plugin, lists: lists)
    var sources: [PatternSource] = []
    let about = try patterns(fields["about"], &sources)
    let key = try patterns(fields["key"], &sources)
    let state = try patterns(fields["state"], &sources)
    let columns = try columns(fields["columns"], &sources)
    var ignored: [PatternSource] = []
    let unless = try patterns(fields["unless"], &ignored)
    switch shape {
    case .rows where columns.isEmpty:
      throw entry.error("a record of rows needs columns", "add `columns: {value: \"{amount | raised}\"}`")
    case .pairs where key.isEmpty && about.isEmpty:
      throw entry.error("a record of pairs needs a key", "add `key: \"revenue\"`")
    case .items where about.isEmpty && key.isEmpty:
      throw entry.error(
        "a record of items needs to know what the list is about",
        "add `about: \"{retired | discontinued}\"`, or `key:` with what an item begins with")
    default: break
    }
    let item = try fields["item"]?.choice(RecordRule.Role.self) ?? (shape == .items ? .object : nil)
    guard item == nil || item == .subject || item == .object else {
      throw entry.error("an item can play no other role than subject or object", "write item: subject or item: object")
    }
    if shape == .pairs, key.isEmpty, item == nil {
      throw entry.error("a record of pairs without a key needs to know what its keys name", "add `item: subject`, or a `key`")
    }
    var labels: [String: String] = [:]
    for (name, value) in try fields["labels"]?.entries() ?? [] { labels[name] = try value.string() }
    return RecordRule(
      rule: rule, plugin: plugin, kind: kind, shape: shape, polarity: try frames.polarity(fields["polarity"]),
      status: try fields["status"]?.choice(AssertionStatus.self), about: about, unless: unless, columns: columns, key: key, state: state,
      subject: try frames.mask(fields["subject"], default: [.org, .team, .person, .product, .np]),
      object: try frames.mask(fields["object"], default: shape == .pairs ? [] : [.org, .team, .person, .product, .np]),
      value: try frames.mask(fields["value"], default: [.count, .money, .percent, .number, .size]), item: item,
      unit: try fields["unit"]?.string(), needs: try fields["needs"]?.choices(RecordRule.Role.self) ?? [],
      employedByContext: try frames.employer(fields["employer"]), labels: labels,
      description: try fields["description"]?.string() ?? "", sources: sources, place: RulePlace(file: entry.file, line: entry.line),
      tests: try frames.tests(fields["tests"], rule: rule))
  }

  private func patterns(_ node: RuleNode?, _ sources: inout [PatternSource]) throws(RuleError) -> [PatternNode] {
    var all: [PatternNode] = []
    for item in node?.items() ?? [] {
      all += try FrameDecoder(plugin: plugin, lists: lists).checked(item)
      sources.append(PatternSource(text: try item.string(), line: item.line))
    }
    return all
  }

  private func columns(_ node: RuleNode?, _ sources: inout [PatternSource]) throws(RuleError) -> [RecordRule.Column] {
    var columns: [RecordRule.Column] = []
    for (name, value) in try node?.entries() ?? [] {
      guard let role = RecordRule.Role(rawValue: name) else {
        throw value.error(
          "\"\(name)\" is no role of a column", "roles are \(RecordRule.Role.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      if value.isScalar, try value.string() == "rest" {
        columns.append(RecordRule.Column(role: role, labels: [], isRest: true))
      } else {
        columns.append(RecordRule.Column(role: role, labels: try patterns(value, &sources), isRest: false))
      }
    }
    return columns
  }
}
