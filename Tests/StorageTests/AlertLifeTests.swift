import Alerting
import Analysis
import Documents
import TestSupport
import Testing

@testable import Storage

/// Who is told what over an alert's life, against a real database.
@Suite struct AlertLifeTests {
  private struct Note {
    var name: String
    var text: String
    var value = "90 positions"
    var publisher: String? = "The Harbour Ledger"
    var isGrave = false
  }

  private func correlation(_ policy: NotificationPolicy? = nil) -> Correlation {
    Correlation(
      today: CalendarDate(year: 2026, month: 11, day: 23), sinks: ["file", "journal"], policy: policy, follows: { _ in true },
      correlate: { facts in
        let isGrave = facts.records.contains { $0.fact.labels["grave"] != nil }
        let alert = Alert(
          category: "layoff", subject: facts.subject, severity: isGrave ? .critical : .warning, title: "cuts", plugin: "p", rule: "r",
          labels: ["org": facts.subject.id], facts: facts.records.map(\.fact.id),
          evidence: facts.records.map { NoteEvidence(path: $0.path, evidence: $0.fact.evidence[0]) })
        return Finding(alerts: [alert])
      })
  }

  private func outcome(_ note: Note, subject: String = "northwind", cause: Cause = .news) -> NoteOutcome {
    let bytes = Array("\(note.text) \(note.publisher ?? "") \(note.value)".utf8)
    let all = ByteSpan(0, note.text.utf8.count)
    let document = Document(
      revision: SHA256.hex(bytes), format: .plainText, isConverted: false, source: bytes, text: bytes, map: .identity(count: bytes.count),
      blocks: [], title: note.name, publisher: note.publisher)
    let fact = Fact(
      id: "\(note.name)-\(note.text)", kind: "layoff", subject: [EntityRef(id: subject, name: subject, organization: subject)],
      value: note.value, plugin: "p", rule: "r", evidence: [Evidence(span: all, line: 1, text: note.text)],
      labels: note.isGrave ? ["grave": "yes"] : [:])
    return NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(note.name.utf8)), displayPath: note.name,
      stamp: FileStamp(
        device: 1, inode: UInt64(StableHash.hex(of: note.name).prefix(8), radix: 16) ?? 1, size: 1, modified: 1,
        changed: 1), cause: cause, analysis: "a",
      result: .document(document, facts: [fact], analysed: true))
  }

  private func gone(_ name: String) -> NoteOutcome {
    NoteOutcome(
      key: NoteKey(folder: "/notes", path: Array(name.utf8)), displayPath: name, stamp: nil, cause: .news, analysis: "a", result: .gone)
  }

  private func withStore(_ body: (Store) throws -> Void) async throws {
    try await withTemporaryDirectory { try body(try Store(path: "\($0)/test.sqlite")) }
  }

  private func act(_ action: AlertAction, _ store: Store, _ now: Int64, verdict: Verdict? = nil, policy: NotificationPolicy? = nil) throws
    -> AlertChange?
  {
    let alert = try #require(try store.alerts().first)
    return try store.act(
      action, on: alert.alert.fingerprint, verdict: verdict, author: "ada", reason: "seen", now: now, correlation: correlation(policy))
  }

  private let first = Note(name: "a.md", text: "Northwind lets 90 go.")

  @Test(arguments: [
    (
      Note(name: "b.md", text: "Northwind lets 90 people go, its chief says.", publisher: "Contoso Wire"),
      "a new independent source: Contoso Wire"
    ),
    (Note(name: "b.md", text: "It is 240 now.", value: "240 positions"), "a new value: 240 positions"),
    (Note(name: "b.md", text: "It is worse.", isGrave: true), "severity rose from warning to critical"),
  ]) private func `an acknowledged alert is told again when something of weight changes, and says what`(note: Note, reason: String)
    async throws
  {
    try await withStore { store in
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation())
      _ = try act(.acknowledge, store, 6)
      let change = try #require(try store.commit([outcome(note)], now: 7, correlation: correlation()).alertChanges.first)
      #expect(change.state == .open)
      #expect(change.reason == "acknowledged by ada, and now \(reason)")
      #expect(try store.dispositions(fingerprint: change.alert.fingerprint).last { $0.sink == "journal" }?.disposition == .notified)
    }
  }

  @Test(arguments: [
    Note(name: "b.md", text: "Northwind lets 90 go."), Note(name: "b.md", text: "Northwind lets 90 go.", publisher: "Contoso Wire"),
    Note(name: "b.md", text: "The Ledger says so once more."),
  ]) private func `a copy, and more of the same from the same source, leave it acknowledged`(note: Note) async throws {
    try await withStore { store in
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation())
      _ = try act(.acknowledge, store, 6)
      let change = try #require(try store.commit([outcome(note)], now: 7, correlation: correlation()).alertChanges.first)
      #expect(change.state == .acknowledged)
      #expect(try store.dispositions(fingerprint: change.alert.fingerprint).last { $0.sink == "journal" }?.disposition == .acknowledged)
    }
  }

  @Test func `who was told of the beginning is told of the end, silenced or not`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation())
      let silence = Silence(id: 0, matchers: [try Matcher("subject=northwind")], author: "ada", comment: "move", startsAt: 6, endsAt: 100)
      #expect(try store.add(silence, now: 6, correlation: correlation()).covered == 1)
      #expect(try act(.resolve, store, 7)?.disposition == "notified")
      _ = try store.commit(
        [outcome(Note(name: "c.md", text: "Contoso lets 9 go."), subject: "northwind-two")], now: 8, correlation: correlation())
      let told = try store.owed(to: ["journal"]).map { "\($0.change.what) \($0.change.alert.subject.id)" }
      #expect(told == ["raised northwind", "resolved northwind", "raised northwind-two"])
    }
  }

  @Test func `what was silenced is told when the silence ends and it is still open, once`() async throws {
    try await withStore { store in
      let silence = Silence(id: 0, matchers: [try Matcher("category=layoff")], author: "ada", comment: "move", startsAt: 1, endsAt: 100)
      let id = try store.add(silence, now: 1, correlation: correlation()).silence.id
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation())
      #expect(try store.owed(to: ["journal"]).isEmpty)
      #expect(try store.remind(now: 50, correlation: correlation()).isEmpty)
      #expect(try store.nextReminder(after: 50, policy: correlation().policy) == 100)
      #expect(try store.expire(silence: id, by: "ada", now: 60))
      #expect(try !store.expire(silence: id, by: "ada", now: 61))
      #expect(try store.remind(now: 61, correlation: correlation()).map(\.reason) == ["no longer silenced, and still open"])
      #expect(try store.owed(to: ["journal"]).map(\.change.what) == [.reminded])
      #expect(try store.remind(now: 62, correlation: correlation()).isEmpty)
      #expect(try store.nextReminder(after: 62, policy: correlation().policy) == nil)
    }
  }

  private func grouping(repeatInterval: Int64 = 0) -> NotificationPolicy {
    NotificationPolicy(
      sinks: [.init(id: "mail", recipients: ["ada@example.org", "bo@example.org"])],
      route: Route(sinks: ["mail"], groupBy: ["category"], groupWait: 30, groupInterval: 300, repeatInterval: repeatInterval))
  }

  @Test func `a group goes out together, to each recipient by itself, under a key that stays`() async throws {
    try await withStore { store in
      let policy = grouping()
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation(policy))
      _ = try store.commit([outcome(Note(name: "c.md", text: "Cuts."), subject: "contoso")], now: 20, correlation: correlation(policy))
      #expect(try store.claim(sink: "mail", now: 34).isEmpty)
      let batches = try store.claim(sink: "mail", now: 35)
      #expect(batches.map(\.recipient) == ["ada@example.org", "bo@example.org"])
      #expect(batches.map(\.deliveries.count) == [2, 2])
      // One recipient's fails; what comes in meanwhile does not join it.
      try store.settle(batches[0], now: 36)
      try store.postpone(batches[1], until: 500, error: "550 no such user")
      _ = try store.commit([outcome(Note(name: "d.md", text: "More."), subject: "fabrikam")], now: 40, correlation: correlation(policy))
      let next = try store.claim(sink: "mail", now: 335)
      #expect(next.map(\.recipient) == ["ada@example.org", "bo@example.org"])
      #expect(next.map(\.deliveries.count) == [1, 1])
      let again = try store.claim(sink: "mail", now: 500).filter { $0.attempts > 0 }
      #expect(again.map(\.key) == [batches[1].key])
      #expect(again.map(\.deliveries.count) == [2])
    }
  }

  @Test func `whoever is taken out of the configuration is sent nothing more`() async throws {
    try await withStore { store in
      let policy = grouping()
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation(policy))
      let row = DigestRow(day: "2026-11-23", after: 0, upTo: 1, builtAt: 6)
      try store.record(digest: row, to: [("mail", "ada@example.org"), ("mail", "bo@example.org"), ("gone", "")])
      try store.forget(recipientsExcept: ["file": [""], "mail": ["ada@example.org"]], now: 7)
      #expect(try store.claim(sink: "mail", now: 50).map(\.recipient) == ["ada@example.org"])
      #expect(try store.owedDigests(sink: "mail", now: 50).map(\.recipient) == ["ada@example.org"])
      #expect(try store.digestDeliveries().map(\.state) == ["failed", "owed", "failed"])
      let fingerprint = try #require(try store.alerts().first).alert.fingerprint
      #expect(
        try store.receipts(fingerprint: fingerprint).map { "\($0.recipient): \($0.error ?? "")" } == [
          "bo@example.org: no longer configured"
        ])
    }
  }

  @Test func `what ends, is silenced or acknowledged before its group goes out is not told`() async throws {
    for step in 0..<3 {
      try await withStore { store in
        let policy = grouping()
        _ = try store.commit([outcome(first)], now: 5, correlation: correlation(policy))
        let wanted: Disposition
        switch step {
        case 0:
          wanted = .withdrawn
          _ = try store.commit([gone("a.md")], now: 6, correlation: correlation(policy))
        case 1:
          wanted = .silenced
          let silence = Silence(id: 0, matchers: [], author: "ada", comment: "all", startsAt: 6, endsAt: 60)
          _ = try store.add(silence, now: 6, correlation: correlation(policy))
        default:
          wanted = .acknowledged
          _ = try act(.acknowledge, store, 6, policy: policy)
        }
        #expect(try store.claim(sink: "mail", now: 50).isEmpty)
        let raised = try #require(try store.alertChanges().first)
        #expect(try store.dispositions(fingerprint: raised.alert.fingerprint).first { $0.sink == "mail" }?.disposition == wanted)
      }
    }
  }

  @Test func `an open alert is told again after the repeat interval, an acknowledged one is not`() async throws {
    try await withStore { store in
      let policy = grouping(repeatInterval: 1000)
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation(policy))
      for batch in try store.claim(sink: "mail", now: 35) { try store.settle(batch, now: 35) }
      #expect(try store.nextReminder(after: 35, policy: policy) == 1035)
      #expect(try store.remind(now: 1034, correlation: correlation(policy)).isEmpty)
      #expect(try store.remind(now: 1035, correlation: correlation(policy)).map(\.what) == [.reminded])
      // Not while the last one is still owed.
      #expect(try store.remind(now: 3000, correlation: correlation(policy)).isEmpty)
      for batch in try store.claim(sink: "mail", now: 3000) { try store.settle(batch, now: 3000) }
      _ = try act(.acknowledge, store, 3001, policy: policy)
      #expect(try store.remind(now: 9000, correlation: correlation(policy)).isEmpty)
    }
  }

  @Test func `who cannot be reached holds up no reminder of the others, and is owed one alone`() async throws {
    try await withStore { store in
      let policy = NotificationPolicy(
        sinks: [.init(id: "mail", recipients: ["ada", "bo", "cy"])], route: Route(sinks: ["mail"], repeatInterval: 1000))
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation(policy))
      func deliver(_ now: Int64) throws -> [String] {
        try store.claim(sink: "mail", now: now).map { batch in
          if batch.recipient == "bo", now < 3000 {
            try store.postpone(batch, until: now + 1, error: "mailbox full")
            return "bo refused"
          }
          try store.settle(batch, now: now)
          return batch.recipient
        }
      }
      #expect(try deliver(5) == ["ada", "bo refused", "cy"])
      for now in [1005, 2005] as [Int64] {
        #expect(try store.remind(now: now, correlation: correlation(policy)).map(\.what) == [.reminded])
        #expect(try deliver(now).sorted() == ["ada", "bo refused", "cy"])
      }
      #expect(try deliver(3000) == ["bo"])
      #expect(try store.remind(now: 3005, correlation: correlation(policy)).map(\.what) == [.reminded])
      #expect(try deliver(3005).sorted() == ["ada", "bo", "cy"])
    }
  }

  @Test func `every change has exactly one disposition at every sink`() async throws {
    try await withStore { store in
      let policy = NotificationPolicy(
        sinks: [.init(id: "journal", groups: false), .init(id: "mail", recipients: ["a", "b"])],
        route: Route(
          sinks: ["journal"],
          routes: [Route(match: [try Matcher("subject=north*")], sinks: ["journal", "mail"], groupBy: ["subject"], groupWait: 30)]),
        inhibitions: [
          Inhibition(source: [try Matcher("severity=critical")], target: [try Matcher("severity=warning")], equal: ["category"])
        ])
      var seed: UInt64 = 7
      func random(_ count: UInt64) -> UInt64 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (seed >> 33) % count
      }
      let subjects = ["northwind", "north-two", "contoso", "fabrikam"]
      var now: Int64 = 10
      for _ in 0..<300 {
        now += Int64(random(40))
        let name = "\(random(12)).md"
        switch random(8) {
        case 0: _ = try store.commit([gone(name)], now: now, correlation: correlation(policy))
        case 1:
          if let alert = try store.alerts().randomAlert(random) {
            let action = [AlertAction.acknowledge, .resolve, .reopen][Int(random(3))]
            _ = try store.act(
              action, on: alert, verdict: .useful, author: "ada", reason: "x", now: now, correlation: correlation(policy))
          }
        case 2:
          let silence = Silence(
            id: 0, matchers: [try Matcher("subject=\(subjects[Int(random(4))])")], author: "ada", comment: "x", startsAt: now,
            endsAt: now + 100)
          _ = try store.add(silence, now: now, correlation: correlation(policy))
        case 3:
          _ = try store.remind(now: now, correlation: correlation(policy))
          for batch in try store.claim(sink: "mail", now: now) where random(3) > 0 { try store.settle(batch, now: now) }
        default:
          let note = Note(name: name, text: "text \(random(5))", value: "\(random(9)) positions", isGrave: random(4) == 0)
          let cause: Cause = random(5) == 0 ? .baseline : .news
          _ = try store.commit(
            [outcome(note, subject: subjects[Int(random(4))], cause: cause)], now: now, correlation: correlation(policy))
        }
      }
      let sums = try store.conservation()
      #expect(sums.changes > 150)
      #expect(sums.sinks.keys.sorted() == ["file", "journal", "mail"])
      for (sink, counts) in sums.sinks { #expect(counts.values.reduce(0, +) == sums.changes, "\(sink)") }
      // The run meets nearly all of them.
      #expect(Set(sums.sinks.values.flatMap(\.keys)).count >= 8, "\(sums.sinks)")
      // What is owed to mail was decided to be told, and once a recipient.
      let owed = try store.owed(to: ["mail"], limit: 10_000)
      #expect(Set(owed.map { "\($0.change.id) \($0.recipient)" }).count == owed.count)
    }
  }

  @Test func `the latest verdict on an alert counts, and needs no change of state`() async throws {
    try await withStore { store in
      _ = try store.commit([outcome(first)], now: 5, correlation: correlation())
      _ = try act(.acknowledge, store, 6, verdict: .known)
      #expect(try act(.acknowledge, store, 7, verdict: .falsePositive) == nil)
      #expect(try store.feedback().map { "\($0.plugin)/\($0.rule) \($0.verdict.rawValue) \($0.author)" } == ["p/r false-positive ada"])
    }
  }

  @Test func `the daemon's own troubles are raised, resolved and told again when they are back`() async throws {
    try await withStore { store in
      let down = SelfAlerts.alert("plugin-down", key: "plugin:people", severity: .warning, title: "plugin people is down")
      var whats: [AlertChange.What] = []
      for wanted in [[down], [down], [], [down]] {
        whats += try store.settle(selfAlerts: wanted, now: 5, correlation: correlation()).map(\.what)
      }
      #expect(whats == [.raised, .resolved, .reopened])
      // Reading notes again leaves them alone.
      _ = try store.recorrelate(subjects: nil, now: 6, correlation: correlation())
      #expect(try store.alerts().map(\.state) == [.open])
      #expect(try store.owed(to: ["journal"]).count == 3)
    }
  }
}

extension [AlertRow] {
  fileprivate func randomAlert(_ random: (UInt64) -> UInt64) -> String? {
    isEmpty ? nil : self[Int(random(UInt64(count)))].alert.fingerprint
  }
}
