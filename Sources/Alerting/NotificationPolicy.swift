import Analysis
import Documents

/// Who is told what, and when: routes, inhibitions, time windows. A value; every decision is a pure function of it and the circumstances.
public struct NotificationPolicy: Sendable {
  public struct Sink: Sendable, Hashable {
    public var id: String
    /// At least one; a sink that has no recipients of its own has the empty one.
    public var recipients: [String]
    /// False: changes are told one by one, whatever the route says of groups.
    public var groups: Bool

    public init(id: String, recipients: [String] = [""], groups: Bool = true) {
      self.id = id
      self.recipients = recipients.isEmpty ? [""] : recipients
      self.groups = groups
    }
  }

  public var sinks: [Sink]
  public var route: Route
  public var inhibitions: [Inhibition]
  public var windows: [String: TimeWindow]
  public var wallTime: WallTime

  public init(
    sinks: [Sink], route: Route? = nil, inhibitions: [Inhibition] = [], windows: [String: TimeWindow] = [:],
    wallTime: @escaping WallTime = { _, _ in LocalMoment(date: CalendarDate(daysSinceEpoch: 0), minute: 0) }
  ) {
    self.sinks = sinks
    self.route = route ?? Route(sinks: sinks.map(\.id))
    self.inhibitions = inhibitions
    self.windows = windows
    self.wallTime = wallTime
  }

  /// One decision a sink, in the order of the sinks.
  public func decide(_ change: Occurrence, _ now: Circumstances) throws -> [Decision] {
    let legs = route.legs(for: change.labels)
    return try sinks.map { sink in
      let leg = legs.first { $0.sinks.contains(sink.id) }
      return try decide(change, at: sink, leg, now)
    }
  }

  /// The leg by which alerts with these labels reach a sink.
  public func leg(to sink: String, for labels: AlertLabels) -> Leg? { route.legs(for: labels).first { $0.sinks.contains(sink) } }

  /// Labels that any route, inhibition or silence asks for.
  public func askedLabels(_ silences: [Silence] = []) -> Set<String> {
    func asked(_ route: Route) -> [String] { route.match.map(\.label) + (route.groupBy ?? []) + route.routes.flatMap(asked) }
    let matchers = inhibitions.flatMap { $0.source + $0.target } + silences.flatMap(\.matchers)
    return Set(asked(route) + matchers.map(\.label) + inhibitions.flatMap(\.equal))
  }

  private func decide(_ change: Occurrence, at sink: Sink, _ leg: Leg?, _ now: Circumstances) throws -> Decision {
    let id = sink.id
    switch change.kind {
    case .baseline: return Decision(sink: id, .baseline, "not news")
    case .noNews(isAcknowledged: true): return Decision(sink: id, .acknowledged, "nothing new since it was acknowledged")
    case .noNews(isAcknowledged: false): return Decision(sink: id, .duplicate, "nothing new to those who know of the alert")
    case .reminder(let sinks) where !sinks.contains(id): return Decision(sink: id, .duplicate, "told before")
    case .reminder, .news, .ending: break
    }
    if change.kind == .ending {
      // Who was told of the beginning is told of the end, silenced or not.
      guard try now.isTold(id) else { return Decision(sink: id, .withdrawn, "not told of its beginning, or told of its end before") }
      return try tell(change, at: sink, leg ?? Leg(), now)
    }
    guard let leg else { return Decision(sink: id, .unrouted, "no route leads its labels here") }
    let severity = change.labels["severity"].flatMap(Severity.init(rawValue:)) ?? .info
    guard severity >= leg.severity else {
      return Decision(sink: id, .belowThreshold, "\(severity.rawValue) is less than \(leg.severity.rawValue), which \(leg.path) asks for")
    }
    if let silence = now.silences.first(where: { $0.covers(change.labels, at: now.now) }) {
      return Decision(sink: id, .silenced, "silence \(silence.id) by \(silence.author): \(silence.comment)")
    }
    if let inhibitor = try inhibitor(of: change.labels, now) {
      return Decision(
        sink: id, .inhibited, "alert \(inhibitor["id", default: ""].prefix(8)) (\(inhibitor["category", default: ""])) is open")
    }
    return try tell(change, at: sink, leg, now)
  }

  private func inhibitor(of labels: AlertLabels, _ now: Circumstances) throws -> AlertLabels? {
    let rules = inhibitions.filter { $0.target.match(labels) }
    guard !rules.isEmpty else { return nil }
    return try now.open().first { source in rules.contains { $0.inhibits(labels, by: source) } }
  }

  /// Now, with its group, or when the hours allow.
  private func tell(_ change: Occurrence, at sink: Sink, _ leg: Leg, _ now: Circumstances) throws -> Decision {
    let hours = Hours(
      active: leg.active.compactMap { windows[$0] }, quiet: leg.quiet.compactMap { windows[$0] }, wallTime: wallTime)
    func open(_ due: Int64) -> Int64 { hours.opening(from: due) ?? due }
    guard sink.groups, let key = leg.group(sink.id, change.labels) else {
      let due = open(now.now)
      if due == now.now { return Decision(sink: sink.id, .notified, "by \(leg.path)", due: due) }
      // What is held over a night is one notification in the morning.
      return Decision(
        sink: sink.id, .grouped, "held by the hours of \(leg.path)", due: due, group: sink.groups ? "\(sink.id)\u{1F}held \(leg.path)" : nil
      )
    }
    let group = try now.group(key)
    // What waits past its time, in a sink that is down, is a notification of its own.
    let waiting = group.due.flatMap { $0 > now.now ? $0 : nil }
    let due = waiting ?? open(max(now.now + leg.groupWait, group.last.map { $0 + leg.groupInterval } ?? 0))
    return Decision(
      sink: sink.id, .grouped, "by \(leg.path), with others of its \(leg.groupBy.joined(separator: " and "))", due: due, group: key)
  }
}
