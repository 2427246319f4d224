import Analysis
import Documents

/// Reads one entry of `frames:`.
struct FrameDecoder {
  let plugin: String
  let lists: [String: PatternNode]

  private static let keys = [
    "id", "kind", "polarity", "patterns", "verb", "attributions", "unless", "subject", "object", "value", "collect", "needs", "negated",
    "questions", "possible",
    "undated",
    "status",
    "roles", "advice", "fallback", "employer", "heading", "labels", "description", "tests",
  ]

  func decode(_ entry: RuleNode) throws(RuleError) -> Frame {
    var entry = entry
    entry.rule = FrameDecoder.name(of: entry).map { "\(plugin).\($0)" }
    let fields = try entry.fields(FrameDecoder.keys)
    guard let kind = try fields["kind"]?.string() else {
      throw entry.error("a frame needs a kind", "add `kind: layoff` or another fact kind")
    }
    var patterns: [PatternNode] = []
    var sources: [PatternSource] = []
    for item in fields["patterns"]?.items() ?? [] {
      patterns += try checked(item)
      sources.append(PatternSource(text: try item.string(), line: item.line))
    }
    if let verb = fields["verb"] {
      patterns += try VerbShorthand(verb, lists: lists).patterns()
      let forms = ["verb, active", "verb, passive", "verb, nominal"].prefix(patterns.count - sources.count)
      sources += forms.map { PatternSource(text: $0, line: verb.line) }
    }
    let attributions = try fields["attributions"]?.choices(Frame.QuotationKind.self) ?? []
    guard !patterns.isEmpty || !attributions.isEmpty else {
      throw entry.error("a frame needs a pattern", "add `patterns:` with at least one, `verb:` or `attributions:`")
    }
    var unless: [PatternNode] = []
    var unlessSources: [PatternSource] = []
    for item in fields["unless"]?.items() ?? [] {
      unless += try checked(item)
      unlessSources.append(PatternSource(text: try item.string(), line: item.line))
    }
    var labels: [String: String] = [:]
    for (name, value) in try fields["labels"]?.entries() ?? [] { labels[name] = try value.string() }
    let rule = "\(plugin).\(try fields["id"]?.string() ?? kind)"
    return Frame(
      rule: rule, plugin: plugin, kind: kind, polarity: try polarity(fields["polarity"]), patterns: patterns, sources: sources,
      attributions: attributions,
      unless: unless, unlessSources: unlessSources,
      subject: try mask(fields["subject"], default: [.org, .team, .person, .product]), object: try mask(fields["object"], default: []),
      value: try mask(fields["value"], default: []), collect: try fields["collect"]?.choice(Frame.Collect.self) ?? .none,
      needs: try fields["needs"]?.choices(Frame.Need.self) ?? [],
      negated: try fields["negated"]?.choice(Frame.Negated.self) ?? .skip,
      questions: try fields["questions"]?.choice(Frame.Questions.self) ?? .skip,
      possible: try fields["possible"]?.choice(Frame.Questions.self) ?? .keep,
      undated: try fields["undated"]?.choice(Frame.Undated.self) ?? .published,
      status: try fields["status"]?.choice(AssertionStatus.self), roles: try roles(fields["roles"]), readsHeadlines: fields["roles"] == nil,
      employedByContext: try employer(fields["employer"]), advice: try fields["advice"]?.flag() ?? false,
      fallback: try fields["fallback"]?.flag() ?? false,
      heading: try fields["heading"]?.pattern(lists), labels: labels,
      description: try fields["description"]?.string() ?? "", place: RulePlace(file: entry.file, line: entry.line),
      tests: try tests(fields["tests"], rule: rule))
  }

  /// The name a rule is disabled by, found before anything of it is checked.
  static func name(of entry: RuleNode) -> String? { entry.text(under: "id") ?? entry.text(under: "kind") }

  /// A pattern that parses and has a word to be found by.
  func checked(_ item: RuleNode) throws(RuleError) -> [PatternNode] {
    let node = try item.pattern(lists)
    let nodes: [PatternNode]
    if case .sequence(let parts) = node { nodes = parts } else { nodes = [node] }
    do {
      _ = try PatternProgram.anchor(of: nodes)
    } catch {
      throw item.error(error.message, error.advice, offset: error.offset)
    }
    return [node]
  }

  func polarity(_ node: RuleNode?) throws(RuleError) -> Polarity {
    guard let node else { return .neutral }
    let text = try node.string()
    guard let polarity = Polarity(rawValue: text) else {
      throw node.error("\"\(text)\" is no polarity", "write positive, negative or neutral")
    }
    return polarity
  }

  func employer(_ node: RuleNode?) throws(RuleError) -> Bool {
    guard let node else { return false }
    let text = try node.string()
    guard text == "context" || text == "known" else {
      throw node.error("\"\(text)\" is no employer", "write context (the organisation the text is about) or known (the gazetteer's)")
    }
    return text == "context"
  }

  func mask(_ node: RuleNode?, default types: [CaptureType]) throws(RuleError) -> CaptureMask {
    CaptureMask(try node?.choices(CaptureType.self) ?? types)
  }

  private func roles(_ node: RuleNode?) throws(RuleError) -> [Block.Role] {
    guard let node else { return [.body, .quotation, .list, .table, .caption, .heading] }
    var roles: [Block.Role] = []
    for item in node.items() {
      let text = try item.string()
      guard let role = Block.Role(rawValue: text), role.isContent else {
        throw item.error("\"\(text)\" is no block role facts come from", "write body, heading, quotation, list, table or caption")
      }
      roles.append(role)
    }
    return roles
  }

  func tests(_ node: RuleNode?, rule: String) throws(RuleError) -> [RuleTest] {
    guard let node else { return [] }
    let fields = try node.fields(["fires", "silent"])
    var tests: [RuleTest] = []
    for (key, fires) in [("fires", true), ("silent", false)] {
      for item in fields[key]?.items() ?? [] {
        var text = ""
        var expected: [String: String] = [:]
        if item.isMapping {
          let parts = try item.fields(["text", "subject", "object", "value", "when", "status", "source"])
          guard let sentence = parts["text"] else { throw item.error("a test needs a text", "add `text:` with the sentence") }
          text = try sentence.string()
          for (name, value) in parts where name != "text" { expected[name] = try value.string() }
        } else {
          text = try item.string()
        }
        tests.append(
          RuleTest(rule: rule, file: item.file, line: item.line, text: text, fires: fires, expected: expected))
      }
    }
    return tests
  }
}

/// `verb:` says a verb once and gives its active, passive and nominal patterns.
///
///     verb: {words: "lay off | let go", object: "{count:value} .. @staff", noun: "layoff | job cut"}
struct VerbShorthand {
  private let verbs: PatternNode
  private let participles: PatternNode
  private let object: PatternNode
  private let noun: PatternNode?

  init(_ node: RuleNode, lists: [String: PatternNode]) throws(RuleError) {
    let fields = try node.fields(["words", "object", "noun"])
    guard let words = fields["words"], let object = fields["object"] else {
      throw node.error("a verb needs `words` and `object`", "write verb: {words: \"cut | shed\", object: \"{count:value} job\"}")
    }
    verbs = try words.pattern(lists)
    participles = VerbShorthand.participles(try words.string())
    self.object = try object.pattern(lists)
    noun = try fields["noun"]?.pattern(lists)
  }

  func patterns() -> [PatternNode] {
    let be = PatternNode.word(["be", "is", "are", "was", "were", "been", "being", "get", "gets", "got"])
    var all: [PatternNode] = [
      .sequence([verbs, .gap(0, 2), object]),
      .sequence([object, .gap(0, 2), be, .gap(0, 1), participles]),
    ]
    if let noun { all.append(.sequence([noun, .word(["of", "to", "for", "affecting", "hitting"]), .gap(0, 2), object])) }
    return all
  }

  private static func participles(_ words: String) -> PatternNode {
    let branches: [PatternNode] = words.split(separator: "|").map { branch in
      let parts = branch.split(separator: " ").map(String.init)
      let nodes = parts.enumerated().map { PatternNode.word([$0 == 0 ? Morphology.participle(of: $1.lowercased()) : $1.lowercased()]) }
      return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }
}
