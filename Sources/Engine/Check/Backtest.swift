import Analysis
import Documents

/// Feeds documents in order of publication and says what would have been known and warned when.
///
/// Without look-ahead by construction: the state of a day is drawn from the documents published up to that day and from nothing else.
public struct Backtest: Sendable {
  /// A change of an alert on the day it would have happened.
  public struct Step: Sendable, Hashable {
    public enum What: String, Sendable { case raised, escalated, withdrawn }
    public var day: CalendarDate
    public var what: What
    public var alert: Alert
    /// Days from this step to the latest dated event that the alert's facts speak of; nil where none lies after it.
    public var leadDays: Int?
  }

  /// How long before an event an alert warned of it: a look back over the whole replay, and no part of it.
  public struct Lead: Sendable, Hashable {
    /// The day the alert was raised.
    public var day: CalendarDate
    public var alert: Alert
    /// The first event of a kind its rule warns of that came after; nil where none did.
    public var event: FactRecord?
    /// From the alert to the event, or to its publication where nobody says when it was.
    public var days: Int?
  }

  public let assembly: Assembly

  public init(assembly: Assembly) { self.assembly = assembly }

  /// - Parameters:
  ///   - from: steps before this day are computed and not returned.
  ///   - to: documents published after this day are not read.
  /// - Returns: the steps in order, and the paths of documents that have no publication date and were left out.
  public func run(_ readings: [Checker.Reading], from: CalendarDate? = nil, to: CalendarDate? = nil) -> (steps: [Step], undated: [String]) {
    let dismissed = assembly.dismissed
    var undated: [String] = []
    var byDay: [CalendarDate: [FactRecord]] = [:]
    for reading in readings {
      guard case .success(let output) = reading.result else { continue }
      guard let published = output.document.published else {
        undated.append(reading.path)
        continue
      }
      // A document dated to the month is known at the month's end.
      let day = published.end
      if let to, day > to { continue }
      byDay[day, default: []] += Checker.records(of: output, path: reading.path, received: day, without: dismissed)
    }
    var known: [String: [FactRecord]] = [:]
    var standing: [String: [String: Alert]] = [:]
    var steps: [Step] = []
    for day in byDay.keys.sorted() {
      var touched: Set<String> = []
      for record in byDay[day] ?? [] {
        for root in Set(record.fact.subject.map(\.root)) {
          known[root, default: []].append(record)
          touched.insert(root)
        }
      }
      for root in touched.sorted() where assembly.follows(root) {
        let now = Checker.correlate(known[root] ?? [], asOf: day, assembly: assembly, only: root).alerts
        steps += Backtest.steps(from: standing[root] ?? [:], to: now, day: day, facts: known[root] ?? [])
        standing[root] = Dictionary(now.map { ($0.fingerprint, $0) }, uniquingKeysWith: { $1 })
      }
    }
    return (steps.filter { $0.day >= from ?? $0.day }, undated)
  }

  /// The lead of every alert whose rule says what it warns of (`warns_of`), in order of the steps.
  ///
  /// An event is a firm fact of such a kind about the same organisation, which happened after the day of the alert and was published after it. One that
  /// nobody dates counts by its publication.
  public func leads(_ steps: [Step], _ readings: [Checker.Reading]) -> [Lead] {
    let warnings = assembly.warnings
    let (dismissed, epoch) = (assembly.dismissed, CalendarDate(year: 1970, month: 1, day: 1))
    var events: [FactRecord] = []
    for reading in readings {
      guard case .success(let output) = reading.result, let published = output.document.published else { continue }
      events += Checker.records(of: output, path: reading.path, received: published.end, without: dismissed).filter {
        $0.fact.status == .asserted || $0.fact.status == .reported
      }
    }
    events.sort(by: FactRecord.inOrderOfPublication)
    var seen: Set<String> = []
    return steps.compactMap { step in
      guard step.what == .raised, let kinds = warnings[step.alert.rule], seen.insert(step.alert.fingerprint).inserted else { return nil }
      func day(_ record: FactRecord) -> CalendarDate {
        let isDated = record.fact.when != nil && record.fact.labels["dated"] == nil
        return (isDated ? record.fact.range?.start : nil) ?? record.publishedRange?.end ?? epoch
      }
      let event = events.filter { record in
        kinds.contains(record.fact.kind) && record.fact.subject.contains { $0.root == step.alert.subject.id }
          && (record.publishedRange?.end ?? epoch) > step.day && day(record) > step.day
      }.min { day($0) < day($1) }
      return Lead(
        day: step.day, alert: step.alert, event: event, days: event.map { day($0).daysSinceEpoch - step.day.daysSinceEpoch })
    }
  }

  private static func steps(from old: [String: Alert], to now: [Alert], day: CalendarDate, facts: [FactRecord]) -> [Step] {
    var steps: [Step] = []
    for alert in now {
      let what: Step.What
      if let known = old[alert.fingerprint] {
        guard alert.severity > known.severity else { continue }
        what = .escalated
      } else {
        what = .raised
      }
      let mine = Set(alert.facts)
      let last = facts.filter { mine.contains($0.fact.id) }.compactMap { $0.fact.range?.end }.max()
      let lead = last.map { $0.daysSinceEpoch - day.daysSinceEpoch }
      steps.append(Step(day: day, what: what, alert: alert, leadDays: lead.flatMap { $0 > 0 ? $0 : nil }))
    }
    let holding = Set(now.map(\.fingerprint))
    for (fingerprint, alert) in old.sorted(by: { $0.key < $1.key }) where !holding.contains(fingerprint) {
      steps.append(Step(day: day, what: .withdrawn, alert: alert, leadDays: nil))
    }
    return steps
  }
}
