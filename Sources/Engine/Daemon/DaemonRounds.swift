import Analysis
import Configuration
import Dispatch
import Documents
import Glibc
import Reporting
import Storage

/// What the daemon does besides reading: reminders, alerts about itself, metrics. At rest no timer rings before something is due.
extension Daemon {
  /// Between a change that may have to be told and the round that tells it, in milliseconds: what passes at once is nobody's trouble.
  static let roundDelay: Int64 = 15_000
  /// After a round that failed.
  private static let roundRetry: Int64 = 60_000
  /// Long enough for idle threads to have ended.
  private static let restDelay = DispatchTimeInterval.seconds(4)

  func armRounds() {
    isRounding = true
    roundSoon()
    metricsTimer?.cancel()
    metricsTimer = nil
    let metrics = box.value.configuration.metrics
    guard metrics.file != nil else { return }
    let interval = DispatchTimeInterval.milliseconds(Int(metrics.every.inMilliseconds))
    let source = DispatchSource.makeTimerSource(queue: executor.queue)
    source.schedule(deadline: .now(), repeating: interval, leeway: .seconds(1))
    source.setEventHandler { [weak self] in Task { await self?.exportMetrics() } }
    source.activate()
    metricsTimer = source
  }

  /// A trouble, an alert, a plugin or a silence is not what it was.
  func roundSoon() { armRound(at: clock.now + Daemon.roundDelay) }

  /// On the wall clock: what a silence holds back until nine is told at nine.
  private func armRound(at instant: Int64) {
    guard isRounding, !isStopping, instant < nextRound else { return }
    nextRound = instant
    roundTimer?.cancel()
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(wallDeadline: .now() + .milliseconds(Int(clamping: max(instant - clock.now, 100))), leeway: .milliseconds(500))
    timer.setEventHandler { [weak self] in Task { await self?.round() } }
    timer.activate()
    roundTimer = timer
  }

  /// Tells again what is due, and what the daemon has to say of itself; then sleeps until the next of both. What fails is tried again.
  func round() async {
    guard !isStopping else { return }
    roundTimer?.cancel()
    (roundTimer, nextRound) = (nil, .max)
    let now = clock.now
    // A database that is locked or full would hold up every verb: the writer asks it again, and when it answers there is a round.
    if health.troubles.contains(where: { $0.key == "state" }) { return armRound(at: now + Daemon.roundRetry) }
    let correlation = box.value.correlation(today: LocalCalendar(zone: box.value.configuration.timezone).day(now))
    var changes: [AlertChange] = []
    do {
      changes = try store.remind(now: now, correlation: correlation)
      let wanted = await selfAlerts(now)
      if wanted != toldOfItself {
        changes += try store.settle(selfAlerts: wanted, now: now, correlation: correlation)
        toldOfItself = wanted
      }
      armRound(at: try await nextRound(after: now, correlation))
    } catch {
      armRound(at: now + Daemon.roundRetry)
    }
    guard !changes.isEmpty else { return }
    delivery.wake()
    await couriers.wake()
  }

  /// When time alone makes something due: a reminder, the end of a silence, a digest that is late, notes that no longer come.
  private func nextRound(after now: Int64, _ correlation: Correlation) async throws -> Int64 {
    let assembly = box.value
    var next = try lookups.nextReminder(after: now, policy: correlation.policy) ?? .max
    let digest = await digests.nextAt
    if digest < .max { next = min(next, digest + assembly.configuration.health.digestLate.inMilliseconds + 1) }
    if health.troubles.contains(where: { $0.key == "digest" }) { next = min(next, now + Daemon.roundRetry) }
    let limit = assembly.configuration.health.silentAfter.inMilliseconds
    if limit > 0, let last = try lookups.lastNote(), last + limit >= now { next = min(next, last + limit + 1) }
    return next
  }

  /// A few seconds after the last commit, or a start that had nothing to commit: what a scan needed, a daemon at rest does not.
  func giveMemoryBackSoon() {
    guard !isStopping else { return }
    restTimer?.cancel()
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + Daemon.restDelay, leeway: .milliseconds(500))
    timer.setEventHandler { [unowned self] in self.assumeIsolated { $0.giveMemoryBack() } }
    timer.activate()
    restTimer = timer
  }

  private func giveMemoryBack() {
    restTimer?.cancel()
    restTimer = nil
    guard !isStopping, writer.backlog == 0 else { return }
    lookups.releaseMemory()
    ResidentMemory.giveBack()
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
