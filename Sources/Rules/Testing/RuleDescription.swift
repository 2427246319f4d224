/// A rule as people look it up: what it is about, how it is written, what its patterns stand for, and the sentences it carries.
public struct RuleDescription: Sendable {
  public struct Pattern: Sendable {
    /// As it is written.
    public var text: String
    public var line: Int
    /// With word lists and inflections written out.
    public var expanded: String
  }

  public var rule: String
  public var plugin: String
  public var isSignal: Bool
  public var file: String
  public var line: Int
  /// Its `description`; empty where it has none.
  public var description: String
  /// The kind of its facts, or the category of its alerts.
  public var yields: String
  public var patterns: [Pattern]
  public var unless: [Pattern]
  public var tests: [RuleTest]
  public var falsePositives: [String]
  /// The lines of its file, the comment above it included.
  public var yaml: String
}

extension RulePack {
  /// Every rule of that name: frames may share one.
  public func describe(_ rule: String) -> [RuleDescription] {
    let frames = frames.filter { $0.rule == rule }.map { frame in
      RuleDescription(
        rule: rule, plugin: plugin, isSignal: false, file: frame.place.file, line: frame.place.line, description: frame.description,
        yields: frame.kind, patterns: RulePack.patterns(frame.sources, frame.patterns),
        unless: RulePack.patterns(frame.unlessSources, frame.unless), tests: frame.tests, falsePositives: [], yaml: yaml(frame.place))
    }
    let signals = signals.filter { $0.rule == rule }.map { signal in
      RuleDescription(
        rule: rule, plugin: plugin, isSignal: true, file: signal.place.file, line: signal.place.line, description: signal.description,
        yields: signal.category, patterns: [], unless: [], tests: [], falsePositives: signal.falsePositives, yaml: yaml(signal.place))
    }
    let records = records.filter { $0.rule == rule }.map { record in
      RuleDescription(
        rule: rule, plugin: plugin, isSignal: false, file: record.place.file, line: record.place.line, description: record.description,
        yields: record.kind,
        patterns: RulePack.patterns(record.sources, record.about + record.key + record.state + record.columns.flatMap(\.labels)),
        unless: [], tests: record.tests, falsePositives: [], yaml: yaml(record.place))
    }
    return frames + records + signals
  }

  private static func patterns(_ sources: [PatternSource], _ nodes: [PatternNode]) -> [RuleDescription.Pattern] {
    zip(sources, nodes).map { RuleDescription.Pattern(text: $0.text, line: $0.line, expanded: $1.text) }
  }

  /// The entry that begins on a line of a file: down to the next line that is not indented deeper, and the comment right above.
  private func yaml(_ place: RulePlace) -> String {
    guard let text = files.first(where: { $0.name == place.file })?.text else { return "" }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard place.line > 0, place.line <= lines.count else { return "" }
    func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
    func isBlank(_ line: Substring) -> Bool { line.allSatisfy { $0 == " " || $0 == "\r" } }
    let first = place.line - 1
    let depth = indent(lines[first])
    var start = first
    while start > 0, lines[start - 1].drop(while: { $0 == " " }).first == "#" { start -= 1 }
    var end = first + 1
    while end < lines.count, isBlank(lines[end]) || indent(lines[end]) > depth { end += 1 }
    while end > first + 1, isBlank(lines[end - 1]) { end -= 1 }
    return lines[start..<end].joined(separator: "\n") + "\n"
  }
}
