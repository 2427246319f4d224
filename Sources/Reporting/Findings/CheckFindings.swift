import Analysis
import Documents

/// What one run of `check` found, for the formats that editors and build services read.
public struct CheckFindings: Sendable {
  /// A sentence that cannot be shown at its column lacks them: in a converted document only the line means something.
  public struct Region: Sendable, Hashable {
    /// 1-based; columns count UTF-16 code units, as editors do, and the end is exclusive.
    public var line: Int
    public var column: Int?
    public var endLine: Int?
    public var endColumn: Int?
  }

  /// An input that could not be read, or could only be read in part.
  public struct Problem: Sendable, Hashable {
    public var path: String?
    public var message: String
    /// Whether the input was left out.
    public var isFatal: Bool

    public init(path: String?, message: String, isFatal: Bool) {
      self.path = path
      self.message = message
      self.isFatal = isFatal
    }
  }

  public var version: String
  public var alerts: [Alert]
  public var contradictions: [Contradiction]
  public var problems: [Problem]
  private var regions: [NoteEvidence: Region] = [:]

  public init(version: String, alerts: [Alert], contradictions: [Contradiction], problems: [Problem] = []) {
    self.version = version
    self.alerts = alerts.sorted {
      ($1.severity, $0.subject.name, $0.title, $0.fingerprint) < ($0.severity, $1.subject.name, $1.title, $1.fingerprint)
    }
    self.contradictions = contradictions.sorted { ($0.subject.name, $0.topic, $0.id) < ($1.subject.name, $1.topic, $1.id) }
    self.problems = problems
  }

  /// Notes where in a document's lines its evidence stands.
  public mutating func locate(in document: Document, path: String) {
    guard !document.isConverted else { return }
    for place in alerts.flatMap(\.evidence) + contradictions.flatMap({ $0.sides.map(\.place) }) where place.path == path {
      regions[place] = CheckFindings.region(of: place.evidence, in: document)
    }
  }

  public func region(of place: NoteEvidence) -> Region { regions[place] ?? Region(line: max(1, place.evidence.line)) }

  private static func region(of evidence: Evidence, in document: Document) -> Region? {
    let span = evidence.span
    guard span.start >= 0, span.end <= document.source.count, span.start < span.end else { return nil }
    let line = document.line(atSource: span.start)
    let endLine = document.line(atSource: span.end - 1)
    return Region(
      line: line, column: column(of: span.start, line: line, document), endLine: endLine,
      endColumn: column(of: span.end, line: endLine, document))
  }

  private static func column(of offset: Int, line: Int, _ document: Document) -> Int {
    let start = min(document.lineStarts[line - 1], offset)
    return String(decoding: document.source[start..<offset], as: UTF8.self).utf16.count + 1
  }
}

extension CheckFindings {
  /// One finding as both formats tell it.
  struct Result {
    var rule: String
    var severity: Severity
    var fingerprint: String
    var message: String
    /// The first is where the finding is shown, the others belong to it.
    var places: [NoteEvidence]
  }

  /// What a rule finds, for those who meet its id only.
  struct RuleText {
    var id: String
    var plugin: String
    var category: String
    var name: String
    var help: String
  }

  var results: [Result] {
    let warned = alerts.filter { !$0.evidence.isEmpty }.map { alert in
      Result(
        rule: alert.rule, severity: alert.severity, fingerprint: alert.fingerprint, message: TitleText.readable(alert.title),
        places: alert.evidence)
    }
    let contradicted = contradictions.filter { !$0.sides.isEmpty }.map { item in
      Result(
        rule: "contradictions.\(item.verdict.rawValue)", severity: item.verdict == .conflict ? .warning : .notice, fingerprint: item.id,
        message: "\(item.subject.name): \(TitleText.readable(item.topic)). \(CheckFindings.lead(item.verdict))",
        places: item.sides.map(\.place))
    }
    return warned + contradicted
  }

  /// Each rule that found something, in order of id.
  var rules: [RuleText] {
    var rules: [String: RuleText] = [:]
    for alert in alerts where !alert.evidence.isEmpty && rules[alert.rule] == nil {
      rules[alert.rule] = RuleText(
        id: alert.rule, plugin: alert.plugin, category: alert.category, name: CategoryWording.name(alert.category),
        help: CategoryWording.why(alert.category) ?? "Found by the plugin \(alert.plugin).")
    }
    for item in contradictions where !item.sides.isEmpty {
      let id = "contradictions.\(item.verdict.rawValue)"
      rules[id] = RuleText(
        id: id, plugin: "contradictions", category: "contradiction", name: FactWording.capitalised(item.verdict.rawValue),
        help: CheckFindings.lead(item.verdict))
    }
    return rules.values.sorted { $0.id < $1.id }
  }

  private static func lead(_ verdict: Contradiction.Verdict) -> String {
    switch verdict {
    case .conflict: return "Two statements that cannot both be true."
    case .update: return "The later statement replaces the earlier one."
    case .tension: return "Two statements that may both be true and belong side by side."
    }
  }
}
