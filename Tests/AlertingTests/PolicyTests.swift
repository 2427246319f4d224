import Analysis
import Documents
import Testing

@testable import Alerting

/// (change, silences, routes, clock) → disposition, as data.
@Suite struct PolicyTests {
  private static let now: Int64 = 1_000_000

  private func labels(_ severity: String = "warning", category: String = "layoff", subject: String = "northwind", id: String = "a")
    -> AlertLabels
  {
    ["severity": severity, "category": category, "subject": subject, "id": id]
  }

  private func circumstances(
    silences: [Silence] = [], open: [AlertLabels] = [], told: Set<String> = [], waiting: Int64? = nil, last: Int64? = nil
  ) -> Circumstances {
    Circumstances(
      now: PolicyTests.now, silences: silences, open: { open }, isTold: { told.contains($0) }, group: { _ in (waiting, last) })
  }

  private func policy(_ route: Route, _ inhibitions: [Inhibition] = [], windows: [String: TimeWindow] = [:]) -> NotificationPolicy {
    NotificationPolicy(
      sinks: [.init(id: "journal", groups: false), .init(id: "mail", recipients: ["a", "b"])], route: route, inhibitions: inhibitions,
      windows: windows,
      wallTime: { instant, _ in LocalMoment(date: CalendarDate(daysSinceEpoch: 0), minute: Int(instant / 60_000)) })
  }

  private func decide(
    _ kind: Occurrence.Kind, _ labels: AlertLabels, _ policy: NotificationPolicy, _ circumstances: Circumstances
  ) throws -> [Disposition] {
    try policy.decide(Occurrence(kind, labels: labels), circumstances).map(\.disposition)
  }

  private let both = Route(sinks: ["journal", "mail"])

  @Test func `every kind of change has one disposition a sink`() throws {
    let policy = policy(both)
    let told = circumstances(told: ["journal"])
    #expect(try decide(.news, labels(), policy, told) == [.notified, .notified])
    #expect(try decide(.noNews(isAcknowledged: false), labels(), policy, told) == [.duplicate, .duplicate])
    #expect(try decide(.noNews(isAcknowledged: true), labels(), policy, told) == [.acknowledged, .acknowledged])
    #expect(try decide(.baseline, labels(), policy, told) == [.baseline, .baseline])
    #expect(try decide(.ending, labels(), policy, told) == [.notified, .withdrawn])
    #expect(try decide(.reminder(sinks: ["mail"]), labels(), policy, told) == [.duplicate, .notified])
  }

  @Test func `a threshold and a missing route are told apart`() throws {
    let route = Route(
      sinks: ["journal"], routes: [Route(match: [try Matcher("category=layoff")], sinks: ["journal", "mail"], severity: .critical)])
    #expect(try decide(.news, labels(), policy(route), circumstances()) == [.belowThreshold, .belowThreshold])
    #expect(try decide(.news, labels("critical"), policy(route), circumstances()) == [.notified, .notified])
    #expect(try decide(.news, labels(category: "delay"), policy(route), circumstances()) == [.notified, .unrouted])
  }

  @Test func `the first route that matches counts, unless it says to go on`() throws {
    var first = Route(match: [try Matcher("category=layoff")], sinks: ["mail"])
    let second = Route(match: [try Matcher("severity>=warning")], sinks: ["journal"])
    #expect(Route(sinks: [], routes: [first, second]).legs(for: labels()).map(\.path) == ["route.routes[0]"])
    first.continues = true
    let legs = Route(sinks: [], groupBy: ["subject"], routes: [first, second]).legs(for: labels())
    #expect(legs.map(\.path) == ["route.routes[0]", "route.routes[1]"])
    #expect(legs.map(\.groupBy) == [["subject"], ["subject"]])
    #expect(Route(sinks: ["x"], routes: [second]).legs(for: labels("notice")).map(\.sinks) == [["x"]])
  }

  @Test func `a silence holds back beginnings, never the end of what was told`() throws {
    let silence = Silence(
      id: 3, matchers: [try Matcher("subject=northwind")], author: "ada", comment: "known", startsAt: 0, endsAt: PolicyTests.now + 1)
    let now = circumstances(silences: [silence], told: ["mail"])
    let decisions = try policy(both).decide(Occurrence(.news, labels: labels()), now)
    #expect(decisions.map(\.disposition) == [.silenced, .silenced])
    #expect(decisions[0].reason == "silence 3 by ada: known")
    #expect(try decide(.ending, labels(), policy(both), now) == [.withdrawn, .notified])
    var over = silence
    over.endsAt = PolicyTests.now
    #expect(try decide(.news, labels(), policy(both), circumstances(silences: [over])) == [.notified, .notified])
  }

  @Test func `a graver alert inhibits lesser ones of its subject, and neither itself nor its peers`() throws {
    let rule = Inhibition(source: [try Matcher("category=layoff")], target: [try Matcher("category=*")], equal: ["subject"])
    let open = [labels(id: "layoff")]
    let delay = labels("notice", category: "delay", id: "d")
    #expect(try decide(.news, delay, policy(both, [rule]), circumstances(open: open)) == [.inhibited, .inhibited])
    #expect(try decide(.news, labels(id: "layoff"), policy(both, [rule]), circumstances(open: open)) == [.notified, .notified])
    #expect(try decide(.news, labels(id: "other"), policy(both, [rule]), circumstances(open: open)) == [.notified, .notified])
    let elsewhere = labels("notice", category: "delay", subject: "contoso", id: "d")
    #expect(try decide(.news, elsewhere, policy(both, [rule]), circumstances(open: open)) == [.notified, .notified])
  }

  @Test func `a group waits, joins what waits, and keeps its distance from the last one`() throws {
    let route = Route(sinks: ["journal", "mail"], groupBy: ["subject"], groupWait: 30_000, groupInterval: 300_000)
    func due(_ circumstances: Circumstances) throws -> Int64 {
      let decision = try policy(route).decide(Occurrence(.news, labels: labels()), circumstances)[1]
      #expect(decision.disposition == .grouped)
      return decision.due - PolicyTests.now
    }
    #expect(try due(circumstances()) == 30_000)
    #expect(try due(circumstances(waiting: PolicyTests.now + 7)) == 7)
    #expect(try due(circumstances(last: PolicyTests.now - 100_000)) == 200_000)
    #expect(try due(circumstances(last: PolicyTests.now - 400_000)) == 30_000)
    // A notification that waits for a sink that is down takes no more in.
    #expect(try due(circumstances(waiting: PolicyTests.now - 7)) == 30_000)
    #expect(try decide(.news, labels(), policy(route), circumstances()) == [.notified, .grouped])
  }

  @Test func `quiet hours hold, and what they held goes out together`() throws {
    let windows = ["nights": TimeWindow(start: 0, end: 60, zone: "X")]
    let route = Route(sinks: ["mail"], quiet: ["nights"])
    let decision = try policy(route, windows: windows).decide(Occurrence(.news, labels: labels()), circumstances())[1]
    #expect(decision.disposition == .grouped)
    #expect(decision.due == 3_600_000)
    #expect(decision.group != nil)
  }
}
