import Alerting
import Testing

@testable import Configuration

@Suite("Notifications") struct NotificationTests {
  private let whole = """
    timezone: Europe/Berlin
    sinks:
      - {id: desk, command: [bin/tell, "--loud"], to: [ada, bo], timeout: 5s}
      - {id: post, mail: [ada@example.org], from: bellwether@example.org, give_up: 2h}
      - {id: hook, webhook: "https://hooks.example.org/x?y=1", secret: {credential: token}}
    alerts:
      route:
        sinks: [journal]
        routes:
          - {match: [severity>=warning, "subject=north*|contoso"], sinks: [post, hook], group_by: [subject], group_wait: 10s, repeat_interval: 1d,
             quiet: nights, continue: on}
          - {match: category=health, severity: critical}
      inhibit: [{source: category=layoff, target: category=gap}]
      hours: {nights: {days: fri-mon, hours: "22:00-07:00"}}
    digest: {at: "06:30", to: post, catch_up: latest}
    digests: [{id: weekly, on: [mon, thu], at: "08:00", zone: America/New_York, about: [northwind], to: [post]}]
    metrics: {file: bellwether.prom, every: 5m}
    health: {silent_after: 3d}
    """

  @Test("are decoded with everything they inherit") func decoded() throws {
    let configuration = try Fixtures.decode(whole)
    #expect(configuration.sinks.map(\.id) == ["desk", "post", "hook"])
    #expect(configuration.sinks[0].kind == .command(["/opt/bellwether/bin/tell", "--loud"]))
    #expect(configuration.sinks[0].recipients == ["ada", "bo"])
    #expect(configuration.sinks[2].secret == .credential("token"))
    let legs = configuration.alerts.route.legs(for: ["severity": "warning", "subject": "contoso", "category": "layoff"])
    #expect(legs.map(\.sinks) == [["post", "hook"]])
    #expect(legs[0].groupWait == 10_000)
    #expect(configuration.alerts.hours["nights"] == TimeWindow(days: [5, 6, 7, 1], start: 1320, end: 420, zone: "Europe/Berlin"))
    #expect(configuration.allDigests.map(\.id) == ["daily", "weekly"])
    #expect(configuration.allDigests[1].days == [1, 4])
    #expect(configuration.allDigests[0].catchUp == .latest)
    #expect(configuration.metrics.file == "/opt/bellwether/bellwether.prom")
  }

  @Test("read back as they are shown") func roundTrip() throws {
    let configuration = try Fixtures.decode(whole)
    let shown = configuration.explain()
    let again = try Fixtures.decode(shown)
    #expect(again.changedKeys(since: configuration) == [], "\(shown)")
  }

  @Test(
    "are refused in words",
    arguments: [
      ("sinks: [{id: journal, command: [x]}]", "the sink 'journal' is always there"),
      ("sinks: [{id: a, command: [x]}, {id: a, command: [y]}]", "listed twice, first on line 1"),
      ("sinks: [{id: a}]", "needs one of 'mail', 'command' and 'webhook'"),
      ("sinks: [{id: a, mail: [\"x@example.org\\nBcc: y\"]}]", "is no recipient"),
      ("sinks: [{id: a, mail: [-oQ/tmp]}]", "is no recipient"),
      ("sinks: [{id: a, webhook: \"file:///etc/passwd\"}]", "must be an address such as https"),
      ("sinks: [{id: a, webhook: \"https://x.org\", secret: hunter2}]", "must be a mapping"),
      ("alerts: {route: {sinks: [jurnal]}}", "there is no sink 'jurnal'; did you mean 'journal'?"),
      ("alerts: {route: {routes: [{sinks: [journal]}]}}", "needs a 'match'"),
      ("alerts: {route: {routes: [{match: [category~x]}]}}", "'category~x' is no condition"),
      ("alerts: {route: {quiet: [nights]}}", "there is no entry of 'alerts.hours' 'nights'"),
      ("alerts: {hours: {n: {hours: \"22-7\"}}}", "must be two times of day"),
      ("alerts: {inhibit: [{source: category=x}]}", "needs a 'source' and a 'target'"),
      ("digests: [{id: daily}]", "is taken"), ("digests: [{id: w, on: [someday]}]", "must be days such as"),
      ("digest: {to: [journal]}", "there is no sink 'journal'"),
    ]) func refused(_ yaml: String, _ words: String)
  {
    #expect(Fixtures.refusal(yaml).contains(words), "\(Fixtures.refusal(yaml))")
  }
}
