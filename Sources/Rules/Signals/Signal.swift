import Analysis

/// A declarative rule that turns the facts of one subject into alerts.
struct Signal: Sendable {
  enum Form: String, CaseIterable, Sendable {
    /// At least `count` facts.
    case eventCount = "event_count"
    /// At least `count` different values of the field `of`.
    case valueCount = "value_count"
    /// Every kind of `kinds` occurs.
    case temporal
    /// Every kind of `kinds` occurs, in that order.
    case temporalOrdered = "temporal_ordered"
    /// The field `of` takes another value than before.
    case change
    /// The number of one fact meets `number`.
    case threshold
    /// A fact of `kinds` is followed by none of `resolved_by` within `within`.
    case absence
  }

  /// A fact's field that facts may be grouped, counted or compared by.
  enum Field: Sendable, Hashable {
    case subject, object, value, source, rule, path, when
    case label(String)
  }

  struct Filter: Sendable {
    var statuses: Set<AssertionStatus>
    var polarity: Polarity?
    var labels: [String: String] = [:]
    var comparison: Comparison?
    var hasObject = false
    var rules: Set<String> = []
  }

  struct Comparison: Sendable {
    var isAtLeast: Bool
    var bound: Double
    func holds(_ number: Double) -> Bool { isAtLeast ? number >= bound : number <= bound }
  }

  /// The first whose conditions hold decides.
  struct SeverityCase: Sendable {
    var severity: Severity
    var statuses: Set<AssertionStatus>?
    /// Independent ones.
    var minimumSources = 0
    /// Days before the day that is judged by.
    var recent: Int?
    /// One source at least is trusted so far.
    var reliability: Reliability?
    var minimumCount = 0
    var comparison: Comparison?
    var labels: [String: String] = [:]
    var kinds: Set<String> = []
  }

  var rule: String
  var plugin: String
  var title: String
  var category: String
  var form: Form
  var kinds: [String]
  var resolvedBy: [String]
  var count: Int
  /// Days; nil: without limit.
  var within: Int?
  var groupBy: [Field]
  var of: Field?
  var filter: Filter
  var severities: [SeverityCase]
  var falsePositives: [String]
  /// Fact kinds that an alert of this signal warns of: what a backtest measures its lead by.
  var warnsOf: [String] = []
  /// For people: what the rule is about.
  var description = ""
  var place = RulePlace(file: "", line: 0)
}
