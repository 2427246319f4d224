import Analysis
import Configuration
import Dispatch
import Documents
import Glibc
import Reporting
import Storage

/// What the daemon does each minute besides reading: reminders, alerts about itself, metrics.
extension Daemon {
  static let roundInterval = DispatchTimeInterval.seconds(60)

  func armRounds() {
    if !isRounding {
      isRounding = true
      timer(every: Daemon.roundInterval, leeway: .seconds(10)) { [unowned self] in Task { await self.round() } }
    }
    metricsTimer?.cancel()
    metricsTimer = nil
    let metrics = box.value.configuration.metrics
    guard metrics.file != nil else { return }
    let interval = DispatchTimeInterval.milliseconds(Int(metrics.every.inMilliseconds))
    let source = DispatchSource.makeTimerSource(queue: executor.queue)
    source.schedule(deadline: .now(), repeating: interval, leeway: .seconds(1))
    source.setEventHandler { [unowned self] in Task { await self.exportMetrics() } }
    source.activate()
    metricsTimer = source
  }

  /// Tells again what is due, and what the daemon has to say of itself. What fails is tried in the next round.
  func round() async {
    guard !isStopping else { return }
    let now = clock.now
    let correlation = box.value.correlation(today: LocalCalendar(zone: box.value.configuration.timezone).day(now))
    var changes = (try? store.remind(now: now, correlation: correlation)) ?? []
    let wanted = await selfAlerts(now)
    if wanted != toldOfItself, let told = try? store.settle(selfAlerts: wanted, now: now, correlation: correlation) {
      toldOfItself = wanted
      changes += told
    }
    guard !changes.isEmpty else { return }
    delivery.wake()
    await couriers.wake()
  }

  private func selfAlerts(_ now: Int64) async -> [Alert] {
    let assembly = box.value
    var report = SelfReport(troubles: health.troubles, plugins: assembly.standing)
    report.lateDigests = await digests.late(limit: assembly.configuration.health.digestLate.inMilliseconds).map(\.id)
    let limit = assembly.configuration.health.silentAfter
    if limit > .zero, let last = try? lookups.lastNote(), now - last > limit.inMilliseconds { report.silence = limit.unitText }
    return report.alerts
  }

  func exportMetrics() async {
    do {
      try writeMetrics(await report())
      if health.clear("metrics") { journal(JournalEntry(.stateFine, .notice, "the metrics can be written again")) }
    } catch {
      if health.declare("metrics", "\(error)") { journal(JournalEntry(.plain, .warning, "\(error)")) }
    }
  }

  func writeMetrics(_ report: StatusReport) throws {
    guard let file = box.value.configuration.metrics.file else { return }
    let metrics = Metrics(
      report: report, sums: try lookups.conservation().sinks,
      lastDigests: try box.value.configuration.digestPlans.compactMap { plan in
        try lookups.lastDigest(plan.id, before: "9999-12-31").map { (plan.id, $0.builtAt) }
      })
    try AtomicFile.write(Array(metrics.text.utf8), to: file, mode: 0o644)
    // For a collector that runs as somebody else; they hold no word of any note.
    chmod(file, 0o644)
  }
}

/// What the daemon has to say of itself, as alerts: pure.
struct SelfReport {
  var troubles: [HealthBoard.Trouble]
  var plugins: [(id: String, state: String, detail: String?)]
  var lateDigests: [String] = []
  /// How long no note has come, where that is too long.
  var silence: String?

  var alerts: [Alert] {
    var alerts = troubles.map { trouble in
      let kind = String(trouble.key.prefix { $0 != ":" })
      let isGrave = kind == "state" || kind == "output"
      return SelfAlerts.alert("health.\(kind)", key: trouble.key, severity: isGrave ? .critical : .warning, title: trouble.message)
    }
    for plugin in plugins where plugin.state != "ready" {
      let detail = plugin.detail.map { ": \($0)" } ?? ""
      alerts.append(
        SelfAlerts.alert(
          "health.plugin", key: "plugin:\(plugin.id)", severity: .warning, title: "The plugin \(plugin.id) is \(plugin.state)\(detail)"))
    }
    for id in lateDigests {
      alerts.append(SelfAlerts.alert("health.digest-late", key: "late:\(id)", severity: .warning, title: "The digest \(id) is late"))
    }
    if let silence {
      alerts.append(
        SelfAlerts.alert("health.silence", key: "silence", severity: .notice, title: "No note has come for more than \(silence)"))
    }
    return alerts
  }
}
