import Analysis

/// Reads one entry of `signals:`.
struct SignalDecoder {
  let plugin: String

  private static let keys = [
    "id", "title", "category", "type", "kinds", "resolved_by", "count", "within", "group_by", "of", "where", "severity", "falsepositives",
    "number", "description", "warns_of",
  ]

  func decode(_ entry: RuleNode) throws(RuleError) -> Signal {
    var entry = entry
    entry.rule = entry.text(under: "id").map { "\(plugin).\($0)" }
    let fields = try entry.fields(SignalDecoder.keys)
    func required(_ key: String) throws(RuleError) -> RuleNode {
      guard let node = fields[key] else { throw entry.error("a signal needs `\(key)`", "see docs/rules.md for what every signal holds") }
      return node
    }
    let form = try required("type").choice(Signal.Form.self)
    var groupBy: [Signal.Field] = []
    for item in fields["group_by"]?.items() ?? [] { groupBy.append(try field(item)) }
    if !groupBy.contains(.subject) { groupBy.insert(.subject, at: 0) }
    let of = try fields["of"].map { node throws(RuleError) in try field(node) }
    if of == nil, form == .valueCount || form == .change {
      throw entry.error("\(form.rawValue) needs `of`", "add `of: object`, `of: source` or `of: label.NAME`")
    }
    if form == .absence, fields["within"] == nil || fields["resolved_by"] == nil {
      throw entry.error("absence needs `within` and `resolved_by`", "add how long to wait, and the fact kinds that would answer")
    }
    var filter = try filter(fields["where"])
    if let number = fields["number"] { filter.comparison = try comparison(number) }
    if form == .threshold, filter.comparison == nil { throw entry.error("threshold needs `number`", "add number: \">= 500\"") }
    return Signal(
      rule: "\(plugin).\(try required("id").string())", plugin: plugin, title: try required("title").string(),
      category: try required("category").string(), form: form, kinds: try required("kinds").strings(),
      resolvedBy: try fields["resolved_by"]?.strings() ?? [], count: Int(try fields["count"]?.number() ?? (form == .valueCount ? 2 : 1)),
      within: try fields["within"]?.days(), groupBy: groupBy, of: of, filter: filter, severities: try severities(required("severity")),
      falsePositives: try fields["falsepositives"]?.strings() ?? [], warnsOf: try fields["warns_of"]?.strings() ?? [],
      description: try fields["description"]?.string() ?? "",
      place: RulePlace(file: entry.file, line: entry.line))
  }

  private func field(_ node: RuleNode) throws(RuleError) -> Signal.Field {
    let text = try node.string()
    switch text {
    case "subject", "org": return .subject
    case "object": return .object
    case "value": return .value
    case "source": return .source
    case "rule": return .rule
    case "path": return .path
    case "when": return .when
    default:
      guard text.hasPrefix("label."), text.utf8.count > 6 else {
        throw node.error("no field \"\(text)\"", "write subject, object, value, source, rule, path, when or label.NAME")
      }
      return .label(String(text.dropFirst(6)))
    }
  }

  private func filter(_ node: RuleNode?) throws(RuleError) -> Signal.Filter {
    var filter = Signal.Filter(statuses: Set(AssertionStatus.allCases).subtracting([.denied, .question]))
    guard let node else { return filter }
    let fields = try node.fields(["status", "polarity", "labels", "object", "rules"])
    if let statuses = fields["status"] { filter.statuses = Set(try statuses.choices(AssertionStatus.self)) }
    if let polarity = fields["polarity"] {
      let text = try polarity.string()
      guard let value = Polarity(rawValue: text) else {
        throw polarity.error("\"\(text)\" is no polarity", "write positive, negative or neutral")
      }
      filter.polarity = value
    }
    for (name, value) in try fields["labels"]?.entries() ?? [] { filter.labels[name] = try value.string() }
    if let object = fields["object"] {
      guard try object.string() == "present" else { throw object.error("`object` can only be `present`", "write object: present") }
      filter.hasObject = true
    }
    for rule in try fields["rules"]?.strings() ?? [] { filter.rules.insert(rule.contains(".") ? rule : "\(plugin).\(rule)") }
    return filter
  }

  private func comparison(_ node: RuleNode) throws(RuleError) -> Signal.Comparison {
    let text = try node.string()
    let isAtLeast = text.hasPrefix(">=")
    guard isAtLeast || text.hasPrefix("<="), let bound = Double(text.dropFirst(2).filter { $0 != " " && $0 != "_" }) else {
      throw node.error("\"\(text)\" is no comparison", "write \">= 500\" or \"<= 0.5\"")
    }
    return Signal.Comparison(isAtLeast: isAtLeast, bound: bound)
  }

  /// `severity: warning`, or a list of cases of which the first that holds decides.
  private func severities(_ node: RuleNode) throws(RuleError) -> [Signal.SeverityCase] {
    if node.isScalar { return [Signal.SeverityCase(severity: try node.choice(Severity.self))] }
    var cases: [Signal.SeverityCase] = []
    for item in node.items() {
      if item.isScalar {
        cases.append(Signal.SeverityCase(severity: try item.choice(Severity.self)))
        continue
      }
      let fields = try item.fields(["is", "status", "sources", "count", "number", "labels", "kinds", "recent", "reliability"])
      guard let severity = fields["is"] else { throw item.error("a severity case needs `is`", "write {is: critical, number: \">= 500\"}") }
      var one = Signal.SeverityCase(severity: try severity.choice(Severity.self))
      if let statuses = fields["status"] { one.statuses = Set(try statuses.choices(AssertionStatus.self)) }
      one.minimumSources = Int(try fields["sources"]?.number() ?? 0)
      one.minimumCount = Int(try fields["count"]?.number() ?? 0)
      one.comparison = try fields["number"].map { number throws(RuleError) in try comparison(number) }
      for (name, value) in try fields["labels"]?.entries() ?? [] { one.labels[name] = try value.string() }
      one.kinds = Set(try fields["kinds"]?.strings() ?? [])
      one.recent = try fields["recent"]?.days()
      one.reliability = try fields["reliability"]?.choice(Reliability.self)
      cases.append(one)
    }
    return cases
  }
}
