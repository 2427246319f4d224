import Analysis

/// What became of one change of one alert at one sink; each change has exactly one.
public enum Disposition: String, Sendable, CaseIterable {
  /// Told by itself.
  case notified
  /// Told with others of its group, or held for a quieter time and told then.
  case grouped
  /// Not told, because a graver alert says as much.
  case inhibited
  /// Not told, because a person wished so.
  case silenced
  /// Not told, because a person knows the alert and nothing of weight has changed.
  case acknowledged
  case belowThreshold = "below threshold"
  /// No route leads there.
  case unrouted
  /// Nothing that the sink has not been told.
  case duplicate
  /// Held already when the notes were first read, or was found by an upgrade.
  case baseline
  /// The alert ended before this sink had been told of it.
  case withdrawn

  public var isTold: Bool { self == .notified || self == .grouped }
}

/// A change of an alert, as far as who is told depends on it.
public struct Occurrence: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Raised, graver, back, or changed after a person had put it aside.
    case news
    /// Told again, to these sinks only: still open after the repeat interval, or no longer silenced or inhibited.
    case reminder(sinks: Set<String>)
    /// Withdrawn or resolved.
    case ending
    /// Other evidence for the same, or a person's own word.
    case noNews(isAcknowledged: Bool)
    case baseline
  }

  public var kind: Kind
  public var labels: AlertLabels

  public init(_ kind: Kind, labels: AlertLabels) {
    self.kind = kind
    self.labels = labels
  }
}

/// What is known when a decision is made; the database answers, or a test.
public struct Circumstances {
  /// Milliseconds since 1970.
  public var now: Int64
  public var silences: [Silence]
  /// Labels of the alerts that are open; asked for only where something can be inhibited.
  public var open: () throws -> [AlertLabels]
  /// Whether a sink has been told that the alert is open.
  public var isTold: (_ sink: String) throws -> Bool
  /// When a group's waiting notification is due, and when its last one was; nil for none.
  public var group: (_ key: String) throws -> (due: Int64?, last: Int64?)

  public init(
    now: Int64, silences: [Silence], open: @escaping () throws -> [AlertLabels], isTold: @escaping (String) throws -> Bool,
    group: @escaping (String) throws -> (due: Int64?, last: Int64?)
  ) {
    self.now = now
    self.silences = silences
    self.open = open
    self.isTold = isTold
    self.group = group
  }
}

public struct Decision: Sendable, Hashable {
  public var sink: String
  public var disposition: Disposition
  /// Why, in words that `alerts explain` shows.
  public var reason: String
  /// When it is to be told, milliseconds since 1970.
  public var due: Int64
  public var group: String?

  public init(sink: String, _ disposition: Disposition, _ reason: String, due: Int64 = 0, group: String? = nil) {
    self.sink = sink
    self.disposition = disposition
    self.reason = reason
    self.due = due
    self.group = group
  }
}
