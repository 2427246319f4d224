import Analysis

/// A node of the tree that leads changes of alerts to sinks. What a node leaves out it has from its parent.
public struct Route: Sendable, Hashable {
  /// Conditions, all of which must hold; the root has none.
  public var match: [Matcher]
  public var sinks: [String]?
  /// Less is not told.
  public var severity: Severity?
  /// Labels by which changes are gathered into one notification; empty: each is told by itself.
  public var groupBy: [String]?
  /// Milliseconds: how long the first of a group waits for others, …
  public var groupWait: Int64?
  /// … how long after a notification of a group the next one may follow, …
  public var groupInterval: Int64?
  /// … and after how long an alert that is still open is told again; 0: never.
  public var repeatInterval: Int64?
  /// Names of time windows.
  public var active: [String]?
  public var quiet: [String]?
  /// Whether the routes after this one are asked, too.
  public var continues: Bool
  public var routes: [Route]

  public init(
    match: [Matcher] = [], sinks: [String]? = nil, severity: Severity? = nil, groupBy: [String]? = nil, groupWait: Int64? = nil,
    groupInterval: Int64? = nil, repeatInterval: Int64? = nil, active: [String]? = nil, quiet: [String]? = nil, continues: Bool = false,
    routes: [Route] = []
  ) {
    self.match = match
    self.sinks = sinks
    self.severity = severity
    self.groupBy = groupBy
    self.groupWait = groupWait
    self.groupInterval = groupInterval
    self.repeatInterval = repeatInterval
    self.active = active
    self.quiet = quiet
    self.continues = continues
    self.routes = routes
  }

  /// Where an alert with these labels arrives: the deepest matching routes, in their order.
  public func legs(for labels: AlertLabels) -> [Leg] { legs(for: labels, from: Leg(), path: "route") }

  /// Every repeat interval of the tree.
  public var repeatIntervals: Set<Int64> {
    Set([repeatInterval].compactMap { $0 }.filter { $0 > 0 }).union(routes.flatMap(\.repeatIntervals))
  }

  /// The shortest repeat interval of the tree; nil where nothing is repeated.
  public var shortestRepeat: Int64? {
    ([repeatInterval].compactMap { $0 }.filter { $0 > 0 } + routes.compactMap(\.shortestRepeat)).min()
  }

  private func legs(for labels: AlertLabels, from parent: Leg, path: String) -> [Leg] {
    guard match.match(labels) else { return [] }
    let here = parent.taking(self, path: path)
    var found: [Leg] = []
    for (index, route) in routes.enumerated() {
      let below = route.legs(for: labels, from: here, path: "\(path).routes[\(index)]")
      found += below
      if !below.isEmpty, !route.continues { break }
    }
    return found.isEmpty ? [here] : found
  }
}

/// The end of a way through the tree, with all it has taken on.
public struct Leg: Sendable, Hashable {
  /// `route.routes[1]`, as in the configuration.
  public var path = "route"
  public var sinks: [String] = []
  public var severity = Severity.info
  public var groupBy: [String] = []
  public var groupWait: Int64 = 30_000
  public var groupInterval: Int64 = 300_000
  public var repeatInterval: Int64 = 0
  public var active: [String] = []
  public var quiet: [String] = []

  func taking(_ route: Route, path: String) -> Leg {
    Leg(
      path: path, sinks: route.sinks ?? sinks, severity: route.severity ?? severity, groupBy: route.groupBy ?? groupBy,
      groupWait: route.groupWait ?? groupWait, groupInterval: route.groupInterval ?? groupInterval,
      repeatInterval: route.repeatInterval ?? repeatInterval, active: route.active ?? active, quiet: route.quiet ?? quiet)
  }

  /// The changes that go out together at a sink.
  func group(_ sink: String, _ labels: AlertLabels) -> String? {
    guard !groupBy.isEmpty else { return nil }
    return ([sink, path] + groupBy.map { "\($0)=\(labels[$0, default: ""])" }).joined(separator: "\u{1F}")
  }
}
