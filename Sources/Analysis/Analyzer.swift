import Documents
import Language

/// A document with everything known of it before any rule runs.
public struct AnnotatedDocument: Sendable {
  /// Path as shown to people.
  public var path: String
  public var document: Document
  public var annotation: Annotation

  public init(path: String, document: Document, annotation: Annotation) {
    self.path = path
    self.document = document
    self.annotation = annotation
  }
}

/// Something an analyzer could not do, for the log and `plugin list`; never fatal.
public struct Diagnostic: Sendable, Hashable, Codable {
  public var severity: Severity
  public var plugin: String
  public var message: String

  public init(severity: Severity, plugin: String, message: String) {
    self.severity = severity
    self.plugin = plugin
    self.message = message
  }
}

/// What an analyzer returns.
public struct Finding: Sendable {
  public var facts: [Fact]
  public var alerts: [Alert]
  public var contradictions: [Contradiction]
  public var diagnostics: [Diagnostic]
  /// Ids of plugins that could not look at the document now and may later: the answer is not complete, ask again.
  public var postponed: [String]
  /// Alerts that hold and that a local filter keeps from being raised.
  public var withheld: [WithheldAlert] = []

  public init(
    facts: [Fact] = [], alerts: [Alert] = [], contradictions: [Contradiction] = [], diagnostics: [Diagnostic] = [], postponed: [String] = []
  ) {
    self.facts = facts
    self.alerts = alerts
    self.contradictions = contradictions
    self.diagnostics = diagnostics
    self.postponed = postponed
  }

  public mutating func append(_ other: Finding) {
    facts += other.facts
    alerts += other.alerts
    contradictions += other.contradictions
    diagnostics += other.diagnostics
    postponed += other.postponed
    withheld += other.withheld
  }
}

/// All facts about one subject (an `EntityRef.root`), as of a day: the unit of correlation.
///
/// Alerts and contradictions are a pure function of this value, so what is not returned again for a subject is withdrawn.
public struct SubjectFacts: Sendable {
  public var subject: EntityRef
  /// In order of publication, then path, then position; undated documents last.
  public var records: [FactRecord]
  public var asOf: CalendarDate
  /// What local filters hide from single rules; `records(for:)` leaves it out.
  public var hidden: [Hidden] = []

  /// Facts that some rules must not see.
  public struct Hidden: Sendable {
    /// Names; `people.*` is every rule of a plugin, `*` every rule.
    public var rules: [String]
    /// Ids.
    public var facts: Set<String>

    public init(rules: [String], facts: Set<String>) {
      self.rules = rules
      self.facts = facts
    }
  }

  /// The facts that a rule may see.
  public func records(for rule: String) -> [FactRecord] {
    let mine = hidden.filter { $0.rules.contains { $0 == rule || $0 == "*" || $0.hasSuffix(".*") && rule.hasPrefix($0.dropLast()) } }
    return mine.isEmpty ? records : records.filter { record in !mine.contains { $0.facts.contains(record.fact.id) } }
  }

  public init(subject: EntityRef, records: [FactRecord], asOf: CalendarDate) {
    self.subject = subject
    self.records = records
    self.asOf = asOf
  }
}

/// The contract every analyzer keeps: two pure functions, no clock, no disk, no state.
public protocol Analyzer: Sendable {
  /// `^[a-z0-9][a-z0-9._-]{0,63}$`
  var id: String { get }
  /// Changes whenever the same input could give another answer; results are memoised by it.
  var version: String { get }
  /// Document → facts, diagnostics.
  func extract(_ document: AnnotatedDocument) -> Finding
  /// Facts of one subject → alerts, contradictions.
  func correlate(_ facts: SubjectFacts) -> Finding
}

extension Analyzer {
  public func extract(_ document: AnnotatedDocument) -> Finding { Finding() }
  public func correlate(_ facts: SubjectFacts) -> Finding { Finding() }
}
