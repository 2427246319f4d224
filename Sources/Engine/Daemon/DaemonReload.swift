import Analysis
import Configuration
import Dispatch
import Documents
import FileWatching
import Glibc
import Intake
import Reporting
import Storage
import Synchronization

/// A reload is a transaction: the new configuration is in force as a whole, or the old one is.
extension Daemon {
  /// Reads configuration and plugins again; refused, the old ones stay in force. One reload at a time: a second waits for its own turn.
  public func reload() async -> ControlReply {
    let previous = reloadTask
    let task = Task { () -> ControlReply in
      _ = await previous?.value
      return await self.reloadNow()
    }
    reloadTask = task
    return await task.value
  }

  func reloadNow() async -> ControlReply {
    supervisor.reloading()
    let old = box.value
    let reply: ControlReply
    do {
      var environment = Environment.current
      environment.variables["TZ"] = options.zoneVariable
      // A file that was written since the start is taken up, too.
      let file = options.configurationFile ?? Configuration.standardFile(environment: environment)
      let next = try Daemon.assemble(file, environment, keeping: old, journal: journal)
      var changed = next.configuration.changedKeys(since: old.configuration)
      if next.corrections != old.corrections, !changed.contains("corrections") { changed.append("corrections") }
      if next.filters.filters != old.filters.filters, !changed.contains("filters") { changed.append("filters") }
      if changed.contains("state") {
        throw SetupError(.configuration, "\(file ?? "defaults"): `state` cannot change while the daemon runs; restart it instead")
      }
      try await adopt(next, changed: changed)
      let words = changed.isEmpty ? "reloaded; no setting changed" : "reloaded; changed: \(changed.joined(separator: ", "))"
      health.clear("reload")
      journal(JournalEntry(.reloaded, .info, words))
      reply = ControlReply(message: words, done: 0)
    } catch let error as SetupError {
      reply = refuse(error)
    } catch {
      reply = refuse(SetupError(.configuration, "\(error)"))
    }
    supervisor.ready(await report().line)
    return reply
  }

  func refuse(_ error: SetupError) -> ControlReply {
    let words = "reload refused, the old configuration stays in force: \(error)"
    health.declare("reload", "reload failed: \(error.description.split(separator: "\n").first ?? ""); running with the old configuration")
    journal(JournalEntry(.reloadFailed, .warning, words))
    return ControlReply(message: words, done: ExitStatus.configuration.rawValue)
  }

  /// Passes what process plugins say on to the journal.
  public static func pluginLog(_ journal: @escaping Journal) -> @Sendable (String, Severity, String) -> Void {
    { plugin, severity, words in journal(JournalEntry(.plain, severity, "plugin \(plugin): \(words)", fields: ["PLUGIN": plugin])) }
  }

  static func assemble(_ file: String?, _ environment: Environment, keeping old: Assembly, journal: @escaping Journal) throws(SetupError)
    -> Assembly
  {
    let configuration: Configuration
    do {
      configuration =
        if let file { try Configuration.load(file, environment: environment) } else { Configuration(environment: environment) }
    } catch {
      throw SetupError(.configuration, error.description)
    }
    return try Assembly.load(configuration, keeping: old, log: pluginLog(journal))
  }

  func adopt(_ next: Assembly, changed: [String]) async throws(SetupError) {
    let old = box.value
    let known = Set(old.configuration.notes.map(\.path))
    let added = try Daemon.locks(next.configuration.notes.map(\.path).filter { !known.contains($0) })
    folderLocks.merge(added) { $1 }
    next.keepQuarantine(in: store, journal: journal)
    box.value = next
    pool.budget = Daemon.readingBudget(next.configuration)
    options.inForce(next.configuration)
    await delivery.use(
      output: next.configuration.output, reporter: Daemon.reporter(next.configuration),
      calendar: LocalCalendar(zone: next.configuration.timezone))
    await useSinks(next)
    // The old watcher ends before its folders' numbers mean something else; what an ignore file says is read anew in any case.
    await watcher?.stop()
    let remaining = Set(next.configuration.notes.map(\.path))
    await intake.use(next, lettingGo: known.subtracting(remaining).sorted())
    for folder in known.subtracting(remaining) { folderLocks[folder] = nil }
    try await startWatching()
    await intake.scan { [self] in Task { () -> Void in await self.recorrelate() } }
    await applyCorrections()
    await digests.use(DigestWriter(next, store: store))
    armRounds()
    old.stop(except: next)
  }

  /// Hands the configured sinks to their couriers.
  func useSinks(_ assembly: Assembly) async {
    let variables = Environment.current.variables
    await couriers.use(
      assembly.configuration.sinks, composer: NotificationComposer(DigestWriter(assembly, store: store)),
      transport: { $0.transport(environment: variables) })
  }

  func recorrelate() async { _ = await writer.recorrelate(subjects: nil, occasion: .upgrade) }
}
