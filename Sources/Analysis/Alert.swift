import Documents

/// In order: an alert may be raised at or above a severity.
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
  case info, notice, warning, critical

  /// syslog priority (RFC 5424 §6.2.1): 6, 5, 4, 2.
  public var journalPriority: Int {
    switch self {
    case .info: return 6
    case .notice: return 5
    case .warning: return 4
    case .critical: return 2
    }
  }

  public static func < (a: Severity, b: Severity) -> Bool { a.journalPriority > b.journalPriority }
}

/// Evidence that says which note it stands in.
public struct NoteEvidence: Sendable, Hashable, Codable {
  public var path: String
  public var evidence: Evidence
  public var isConverted: Bool

  public init(path: String, evidence: Evidence, isConverted: Bool = false) {
    self.path = path
    self.evidence = evidence
    self.isConverted = isConverted
  }
}

/// A signal that holds for a key.
public struct Alert: Sendable, Hashable, Codable {
  public var id: String { fingerprint }
  /// Hash of plugin, rule and key labels: never of a message, a position or a content hash.
  public var fingerprint: String
  public var category: String
  /// Who it is about.
  public var subject: EntityRef
  public var severity: Severity
  /// One plain sentence, claiming no more than the facts do.
  public var title: String
  public var plugin: String
  public var rule: String
  /// The labels that make its identity, in order of name.
  public var labels: [String: String]
  /// Ids of the facts it rests on.
  public var facts: [String]
  public var evidence: [NoteEvidence]
  /// How many stand behind it; nil where an analyzer of another kind raised it.
  public var corroboration: Corroboration?

  public init(
    category: String, subject: EntityRef, severity: Severity, title: String, plugin: String, rule: String, labels: [String: String],
    facts: [String], evidence: [NoteEvidence], corroboration: Corroboration? = nil
  ) {
    self.category = category
    self.subject = subject
    self.severity = severity
    self.title = title
    self.plugin = plugin
    self.rule = rule
    self.labels = labels
    self.facts = facts
    self.evidence = evidence
    self.corroboration = corroboration
    let key = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1F}")
    fingerprint = StableHash.hex(of: "\(plugin)\u{1E}\(rule)\u{1E}\(key)")
  }
}

/// Two statements that cannot both hold, or that an analyst would want side by side.
public struct Contradiction: Sendable, Hashable, Codable {
  public enum Verdict: String, Sendable, Codable {
    /// Cannot both hold.
    case conflict
    /// The later supersedes the earlier.
    case update
    /// Can both hold.
    case tension
  }

  public struct Side: Sendable, Hashable, Codable {
    public var fact: String
    public var place: NoteEvidence
    public var published: String?
    public var source: [String]

    public init(fact: String, place: NoteEvidence, published: String?, source: [String]) {
      self.fact = fact
      self.place = place
      self.published = published
      self.source = source
    }
  }

  public var id: String
  public var verdict: Verdict
  public var topic: String
  public var subject: EntityRef
  /// Two, in order of publication.
  public var sides: [Side]

  public init(verdict: Verdict, topic: String, subject: EntityRef, sides: [Side]) {
    self.verdict = verdict
    self.topic = topic
    self.subject = subject
    self.sides = sides
    id = StableHash.hex(of: "contradiction\u{1E}" + sides.map(\.fact).sorted().joined(separator: "\u{1F}"))
  }
}
