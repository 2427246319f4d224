import Documents

/// How far the text itself vouches for a statement.
public enum AssertionStatus: String, Sendable, Codable, CaseIterable {
  case asserted, reported, rumoured, alleged, denied, planned, conditional, opinion, question
}

public enum Polarity: String, Sendable, Codable { case positive, negative, neutral }

/// A place in a document and the exact bytes that stand there: at most 400 bytes, a sentence or a clause.
public struct Evidence: Sendable, Hashable, Codable {
  public static let maximumBytes = 400

  /// Offsets into the document's source.
  public var span: ByteSpan
  /// 1-based line.
  public var line: Int
  public var text: String

  public init(span: ByteSpan, line: Int, text: String) {
    self.span = span
    self.line = line
    self.text = text
  }

  /// Evidence for a span of visible text; nil where the span maps to nothing or is longer than `maximumBytes` in the source.
  public init?(_ document: Document, visible: ByteSpan) {
    let span = document.sourceSpan(of: visible)
    guard !span.isEmpty, span.count <= Evidence.maximumBytes else { return nil }
    self.init(span: span, line: document.line(atSource: span.start), text: document.sourceText(span))
  }
}

/// Who or what a fact speaks of: a canonical id to group by and a canonical name to read.
public struct EntityRef: Sendable, Hashable, Codable {
  public var id: String
  public var name: String
  /// Id of the organisation it belongs to, or its own where it is one; the key across documents.
  public var organization: String?

  public init(id: String, name: String, organization: String? = nil) {
    self.id = id
    self.name = name
    self.organization = organization
  }

  /// What facts are grouped by: the organisation where known, else the entity itself.
  public var root: String { organization ?? id }
}

/// A typed, dated, attributed statement, and the sentence it rests on.
public struct Fact: Sendable, Hashable, Codable {
  /// Stable across runs: a hash of revision, plugin, rule, kind and evidence.
  public var id: String
  public var kind: String
  /// At least one.
  public var subject: [EntityRef]
  public var object: [EntityRef]
  /// "600 positions", "200000000 USD", "7B;13B;70B parameters".
  public var value: String?
  /// The number behind `value`, scaled, where it is one.
  public var number: Double?
  /// When it happened or is to happen; nil if unknown.
  public var when: String?
  public var status: AssertionStatus
  /// "document" for the author; else a person, an outlet or a description ("people familiar with the matter").
  public var source: [String]
  public var isAnonymous: Bool
  public var polarity: Polarity
  public var plugin: String
  public var rule: String
  public var evidence: [Evidence]
  /// Further labels a rule set: axis, position, product line, …
  public var labels: [String: String]

  public init(
    id: String = "", kind: String, subject: [EntityRef], object: [EntityRef] = [], value: String? = nil, number: Double? = nil,
    when: String? = nil, status: AssertionStatus = .asserted, source: [String] = ["document"], isAnonymous: Bool = false,
    polarity: Polarity = .neutral, plugin: String, rule: String, evidence: [Evidence], labels: [String: String] = [:]
  ) {
    self.id = id
    self.kind = kind
    self.subject = subject
    self.object = object
    self.value = value
    self.number = number
    self.when = when
    self.status = status
    self.source = source
    self.isAnonymous = isAnonymous
    self.polarity = polarity
    self.plugin = plugin
    self.rule = rule
    self.evidence = evidence
    self.labels = labels
  }

  public var range: DateRange? { when.flatMap { DateRange($0) } }

  /// The kind of facts that are there to be compared only ("employs 5,000 people", "denies it", "closed the plant"): contradictions quote them,
  /// lists of facts leave them out.
  public static let statement = "statement"
  public var isStatement: Bool { kind == Fact.statement }
}

/// A fact with what is known of the document it stands in: all that correlation ever sees.
public struct FactRecord: Sendable, Hashable, Codable {
  public var fact: Fact
  /// Relative path of the note as shown to people.
  public var path: String
  public var revision: String
  /// Publication date of the document in the interchange form, nil if unknown.
  public var published: String?
  public var publisher: String?
  public var title: String?
  public var isConverted: Bool
  /// Day the daemon first saw the revision, `YYYY-MM-DD`.
  public var received: String
  /// Where the text came from, as the note says: an address of the network.
  public var address: String?
  /// The family the publisher belongs to, and how far it is trusted. Both come from the configuration in force when facts are correlated and
  /// are never stored.
  public var family: String?
  public var reliability: Reliability?

  public init(
    fact: Fact, path: String, revision: String, published: String?, publisher: String?, title: String?, isConverted: Bool,
    received: String, address: String? = nil
  ) {
    self.fact = fact
    self.path = path
    self.revision = revision
    self.published = published
    self.publisher = publisher
    self.title = title
    self.isConverted = isConverted
    self.received = received
    self.address = address
  }

  public var publishedRange: DateRange? { published.flatMap { DateRange($0) } }
}

extension FactRecord {
  /// By publication (undated last), then path, then position: the order correlation and digests rely on.
  public static func inOrderOfPublication(_ a: FactRecord, _ b: FactRecord) -> Bool {
    let keyA = a.published ?? "9999", keyB = b.published ?? "9999"
    if keyA != keyB { return keyA < keyB }
    if a.path != b.path { return a.path < b.path }
    let startA = a.fact.evidence.first?.span.start ?? 0, startB = b.fact.evidence.first?.span.start ?? 0
    return startA != startB ? startA < startB : a.fact.id < b.fact.id
  }
}

extension [FactRecord] {
  /// In the order of `FactRecord.inOrderOfPublication`. Keys are sorted and not the records: to move one costs as much as thirty comparisons.
  public func sortedByPublication() -> [FactRecord] {
    let keys = map { ($0.published ?? "9999", $0.path, $0.fact.evidence.first?.span.start ?? 0, $0.fact.id) }
    return indices.sorted { keys[$0] < keys[$1] }.map { self[$0] }
  }
}
