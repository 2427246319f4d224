import Alerting
import Analysis
import Testing

@testable import Engine

@Suite struct StatusViewTests {
  private func report(documents: Int = 10, queued: Int = 0, plugins: [(id: String, state: String)] = [("people", "ready")]) -> StatusReport
  {
    StatusReport(
      state: "ready", folders: ["/srv/notes"], documents: documents, queued: queued, failed: 1, watches: 2, drift: 0, overflows: 0,
      alertsOpen: 3, owed: 4, plugins: plugins, nextDigestAt: "2026-11-24T07:00:00Z", lastDigest: nil, troubles: [])
  }

  @Test func `the live view shows what the status says, and how far a reading has come`() throws {
    var progress = ReadingProgress()
    let first = try #require(StatusSnapshot(json: report(documents: 10, queued: 90).json))
    progress.take(first, now: 0)
    progress.take(try #require(StatusSnapshot(json: report(documents: 40, queued: 60).json)), now: 10_000_000_000)
    #expect(progress.words == "30 of 90 notes, 33 %, 3 a second, 20 s left")
    let lines = StatusView.lines(first, progress)
    #expect(lines.contains("notes    10 on record, 90 waiting, 1 could not be read"))
    #expect(lines.contains("reading  [######..............] 30 of 90 notes, 33 %, 3 a second, 20 s left"))
    #expect(lines.contains("alerts   3 open, 4 notifications owed"))
    #expect(lines.contains("plugins  1 ready"))
    progress.take(try #require(StatusSnapshot(json: report().json)), now: 20_000_000_000)
    #expect(progress.words == nil)
  }

  @Test func `who reads himself says how far he is, and of the end no more than that it is there`() {
    var progress = ReadingProgress()
    progress.take(done: 0, of: 200, now: 5)
    progress.take(done: 50, of: 200, now: 5_000_000_005)
    #expect(progress.words == "50 of 200 notes, 25 %, 10 a second, 15 s left")
    progress.take(done: 200, of: 200, now: 20_000_000_005)
    #expect(progress.words == "200 of 200 notes, 100 %")
  }

  @Test func `notes that are read again count by the shrinking queue`() throws {
    var progress = ReadingProgress()
    for queued in [50, 80, 20] { progress.take(try #require(StatusSnapshot(json: report(queued: queued).json)), now: 1) }
    #expect(progress.done == 60)
    #expect(progress.total == 80)
  }

  @Test func `metrics are in the text format, with labels escaped`() {
    let metrics = Metrics(
      report: report(plugins: [("people", "ready"), ("a\"b\\c", "waiting")]), sums: ["mail": [.notified: 2, .belowThreshold: 1]],
      lastDigests: [("daily", 1_767_225_600_000)]
    ).text
    for line in [
      "# HELP bellwether_documents Notes on record.", "# TYPE bellwether_documents gauge", "bellwether_documents 10", "bellwether_ready 1",
      "bellwether_alert_changes_total{sink=\"mail\",disposition=\"below threshold\"} 1",
      "bellwether_plugin_ready{plugin=\"a\\\"b\\\\c\"} 0",
      "bellwether_last_digest_timestamp_seconds{digest=\"daily\"} 1767225600",
    ] {
      #expect(metrics.split(separator: "\n").contains(Substring(line)), "\(line)")
    }
    // Each family is announced once, before its samples.
    let families = metrics.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
    #expect(Set(families).count == families.count)
  }

  @Test func `what the daemon says of itself is an alert each`() {
    var report = SelfReport(
      troubles: [
        HealthBoard.Trouble(key: "output", message: "the disk is full"), HealthBoard.Trouble(key: "sink:post:ada", message: "down"),
      ],
      plugins: [("people", "ready", nil), ("deals", "waiting", "crashed")])
    report.lateDigests = ["weekly"]
    report.silence = "3d"
    #expect(
      report.alerts.map { "\($0.rule) \($0.severity.rawValue) \($0.title)" } == [
        "health.output critical the disk is full", "health.sink warning down", "health.plugin warning The plugin deals is waiting: crashed",
        "health.digest-late warning The digest weekly is late", "health.silence notice No note has come for more than 3d",
      ])
    #expect(Set(report.alerts.map(\.fingerprint)).count == 5)
    #expect(report.alerts.allSatisfy { $0.category == "health" })
  }
}
