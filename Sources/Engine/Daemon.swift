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

/// What the daemon tells its supervisor; the executable hands it to systemd.
public struct Supervisor: Sendable {
  public var ready: @Sendable (_ status: String) -> Void
  public var status: @Sendable (String) -> Void
  public var reloading: @Sendable () -> Void
  public var stopping: @Sendable () -> Void
  /// Half of the watchdog's limit, nil where nobody asks.
  public var watchdogBeat: Duration?
  public var alive: @Sendable () -> Void

  public init(
    ready: @escaping @Sendable (String) -> Void, status: @escaping @Sendable (String) -> Void, reloading: @escaping @Sendable () -> Void,
    stopping: @escaping @Sendable () -> Void, watchdogBeat: Duration?, alive: @escaping @Sendable () -> Void
  ) {
    self.ready = ready
    self.status = status
    self.reloading = reloading
    self.stopping = stopping
    self.watchdogBeat = watchdogBeat
    self.alive = alive
  }

  /// For a daemon nobody supervises.
  public static let none = Supervisor(ready: { _ in }, status: { _ in }, reloading: {}, stopping: {}, watchdogBeat: nil, alive: {})
}

/// The daemon: owns every service, starts them in order, stops them in the opposite order.
public actor Daemon {
  public struct Options: Sendable {
    /// Read again on reload; nil for the defaults.
    public var configurationFile: String?
    /// Treat what the first scan finds as news.
    public var noBaseline: Bool
    /// Process what is there, write alerts and the digest, and end.
    public var once: Bool

    public init(configurationFile: String?, noBaseline: Bool = false, once: Bool = false) {
      self.configurationFile = configurationFile
      self.noBaseline = noBaseline
      self.once = once
    }
  }

  static let baselineKey = "baseline_done"
  private static let reconcileInterval = DispatchTimeInterval.seconds(3600)
  private static let pollInterval = DispatchTimeInterval.seconds(30)
  /// A stage that makes no progress on one piece of work for this long hangs.
  private static let hangLimit: UInt64 = 45_000_000_000

  private let executor = QueueExecutor(label: "bellwether.daemon")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let options: Options
  private let clock: any WallClock
  private let journal: Journal
  private let supervisor: Supervisor
  private let hub = EventHub()
  private let health: HealthBoard
  private let store: Store
  private let lookups: Store
  private let lock: InstanceLock
  private let box: AssemblyBox
  private let stopper: Stopper
  private let writer: Writer
  private let pool: ReaderPool
  private let intake: IntakeService
  private let delivery: Delivery
  private let digests: DigestScheduler
  private var control: ControlServer?
  private var watcher: DirectoryTreeWatcher?
  private var timers: [any DispatchSourceTimer] = []
  private var isStopping = false
  private var reloadTask: Task<ControlReply, Never>?
  private let finished = Mutex<(status: ExitStatus?, waiters: [CheckedContinuation<ExitStatus, Never>])>((nil, []))

  public static func socketPath(state: String) -> String { "\(state)/control.sock" }
  public static func databasePath(state: String) -> String { "\(state)/bellwether.sqlite" }

  // MARK: - Setting up

  /// Takes the locks, opens the database, and wires the services; nothing runs before `start`.
  /// - Throws: `SetupError` naming what is missing and what to do.
  public init(
    assembly: Assembly, options: Options, supervisor: Supervisor, journal: @escaping Journal, clock: any WallClock = SystemClock()
  ) throws(SetupError) {
    let configuration = assembly.configuration
    self.options = options
    self.clock = clock
    self.journal = journal
    self.supervisor = supervisor
    let health = HealthBoard(clock: clock)
    self.health = health
    try Daemon.makeFolder(configuration.state, "state")
    lock = try InstanceLock(state: configuration.state, folders: configuration.notes.map(\.path))
    let store = try Daemon.openStore(configuration, journal: journal)
    self.store = store
    do { lookups = try Store(reading: store.path) } catch { throw Daemon.setup(error) }
    let calendar = LocalCalendar(zone: configuration.timezone)
    let reporter = Daemon.reporter(configuration)
    let hub = hub
    let delivery = Delivery(
      store: store, output: configuration.output, reporter: reporter, calendar: calendar, hub: hub, health: health, clock: clock,
      journal: journal)
    self.delivery = delivery
    let current = AssemblyBox(assembly)
    box = current
    let stopper = Stopper()
    self.stopper = stopper
    writer = Writer(
      store: store, clock: clock, hub: hub, health: health, journal: journal,
      ports: Writer.Ports(
        correlation: { today in
          let assembly = current.value
          return Correlation(
            today: today, sinks: ["file", "journal"], follows: { assembly.follows($0) }, correlate: { assembly.pipeline.correlate($0) })
        },
        calendar: { LocalCalendar(zone: current.value.configuration.timezone) },
        alertsChanged: { _ in delivery.wake() },
        failed: { stopper.fail($0) },
        atRest: { stopper.rested() }))
    pool = ReaderPool(width: Daemon.processors)
    let isFirst: Bool
    do { isFirst = try store.meta(Daemon.baselineKey) == nil } catch { throw Daemon.setup(error) }
    intake = IntakeService(
      assembly: assembly, isBaseline: isFirst && !options.noBaseline, lookups: lookups, writer: writer, pool: pool, clock: clock, hub: hub,
      health: health, journal: journal)
    digests = DigestScheduler(
      store: store, settings: Daemon.digestSettings(assembly), clock: clock, hub: hub, health: health, journal: journal, writer: writer)
  }

  private static var processors: Int { max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private static func makeFolder(_ path: String, _ key: String) throws(SetupError) {
    do {
      try AtomicFile.makeFolder(path, mode: 0o700)
    } catch {
      throw SetupError(error.isPermission ? .permission : .inputOutput, "\(error); name another folder under `\(key)`")
    }
  }

  /// Opens the database; a damaged one is moved aside and the notes are read again.
  private static func openStore(_ configuration: Configuration, journal: Journal) throws(SetupError) -> Store {
    let path = databasePath(state: configuration.state)
    do {
      return try Store(path: path)
    } catch .corrupt(_, let reason) {
      let aside = "\(path).corrupt-\(SystemClock().now / 1000)"
      for suffix in ["", "-wal", "-shm"] { rename(path + suffix, aside + suffix) }
      journal(
        JournalEntry(
          .databaseMovedAside, .warning, "the database was damaged (\(reason)); it was moved to \(aside), and all notes are read again"))
      do { return try Store(path: path) } catch { throw setup(error) }
    } catch {
      throw setup(error)
    }
  }

  private static func setup(_ error: StoreError) -> SetupError {
    switch error {
    case .newerSchema: return SetupError(.configuration, error.description)
    case .locked: return SetupError(.temporary, error.description)
    case .volume, .corrupt, .cannotOpen: return SetupError(.inputOutput, error.description)
    }
  }

  public static func reporter(_ configuration: Configuration) -> Reporter {
    let folders = NoteFolders(configuration).folders
    return Reporter(links: EvidenceLinks(roots: folders.map { EvidenceLinks.Root(label: $0.label, path: $0.path) }))
  }

  private static func digestSettings(_ assembly: Assembly) -> DigestScheduler.Settings {
    DigestScheduler.Settings(
      at: assembly.configuration.digest.at, output: assembly.configuration.output,
      calendar: LocalCalendar(zone: assembly.configuration.timezone), reporter: reporter(assembly.configuration), plugins: assembly.health,
      follows: { assembly.follows($0) })
  }

  // MARK: - Running

  /// Starts everything and says ready once every watch is set; the first comparison goes on after that.
  public func start() async throws(SetupError) {
    stopper.set(self)
    do { try AtomicFile.makeFolder(box.value.configuration.output) } catch {
      if health.declare("output", "\(error)") { journal(JournalEntry(.stateFull, .warning, "\(error); alerts wait in the outbox")) }
    }
    AtomicFile.removeLeftovers(in: "\(box.value.configuration.output)/alerts")
    AtomicFile.removeLeftovers(in: "\(box.value.configuration.output)/digests")
    if !options.once {
      try await startControl()
      try await startWatching()
    }
    health.set(phase: "catching up")
    armBeat()
    for problem in box.value.problems { journal(JournalEntry(.pluginDisabled, .warning, problem)) }
    let status = await report().line
    supervisor.ready(status)
    journal(JournalEntry(.started, .info, "watching \(box.value.configuration.notes.map(\.path).joined(separator: ", "))"))
    delivery.wake()
    await intake.scan { self.executor.queue.async { self.assumeIsolated { $0.caughtUp() } } }
  }

  /// The exit status, when the daemon has stopped.
  public func wait() async -> ExitStatus {
    await withCheckedContinuation { continuation in
      let status = finished.withLock { state in
        if state.status == nil { state.waiters.append(continuation) }
        return state.status
      }
      if let status { continuation.resume(returning: status) }
    }
  }

  private func caughtUp() {
    guard health.counters.phase == "catching up" else { return }
    health.set(phase: "ready")
    Task {
      try? store.setMeta(Daemon.baselineKey, "1")
      if options.once { return await finishOnce() }
      armReconcile()
      await digests.start()
      await refreshStatus()
    }
  }

  private func finishOnce() async {
    _ = await writer.recorrelate(subjects: nil)
    let delivered = await delivery.flush()
    do {
      try await digests.build(LocalCalendar(zone: box.value.configuration.timezone).day(clock.now), asOf: nil)
      await stop(delivered ? .fine : .inputOutput)
    } catch {
      journal(JournalEntry(.plain, .warning, "the digest could not be written: \(error)"))
      await stop(.inputOutput)
    }
  }

  private func startControl() async throws(SetupError) {
    let server = ControlServer(path: Daemon.socketPath(state: box.value.configuration.state)) { [weak self] request, connection in
      guard let self else { return }
      Task { await self.answer(request, connection) }
    }
    do { try await server.start() } catch { throw SetupError(.inputOutput, error.description) }
    control = server
  }

  private func startWatching() async throws(SetupError) {
    let folders = NoteFolders(box.value.configuration)
    let intake = intake
    var watching = DirectoryTreeWatcher.Options()
    watching.prune = { folders.prunes(NotePath($0)) }
    let watcher: DirectoryTreeWatcher
    do {
      watcher = try DirectoryTreeWatcher(roots: folders.folders.map { BytePath($0.path) }, options: watching) { [weak self] changes in
        intake.post(changes)
        if changes.contains(where: \.isAboutCoverage) { Task { await self?.coverageChanged(changes) } }
      }
    } catch {
      // Without inotify the folders are looked through every half minute: late, but complete.
      if health.declare("watching", error.description) { journal(JournalEntry(.watchLimit, .warning, error.description)) }
      armPolling()
      return
    }
    let coverage = await watcher.start()
    self.watcher = watcher
    noteCoverage(coverage)
  }

  private func coverageChanged(_ changes: [Change]) async {
    guard let watcher else { return }
    let roots = box.value.configuration.notes.map(\.path)
    for change in changes {
      switch change {
      case .rootLost(let root):
        let words = "the notes folder \(roots[root]) is gone; its notes are kept, and it is looked for"
        if health.declare("lost:\(root)", words) { journal(JournalEntry(.folderMissing, .warning, words)) }
      case .rootFound(let root):
        if health.clear("lost:\(root)") { journal(JournalEntry(.folderBack, .notice, "the notes folder \(roots[root]) is back")) }
      case .rescanNeeded(let place) where place.path.isEmpty:
        let overflows = await watcher.coverage.overflows
        let known = health.counters.overflows
        if overflows > known {
          health.add(overflows: overflows - known)
          journal(
            JournalEntry(.overflow, .notice, "the kernel's queue of file events overflowed; the folders are compared with the database"))
        }
      default: break
      }
    }
    noteCoverage(await watcher.coverage)
    await refreshStatus()
  }

  private func noteCoverage(_ coverage: DirectoryTreeWatcher.Coverage) {
    health.set(watches: coverage.watches)
    guard let (path, reason) = coverage.uncovered.min(by: { $0.key < $1.key }) else {
      health.clear("coverage")
      return
    }
    let total = coverage.watches + coverage.uncovered.count
    let words =
      "\(coverage.watches) of \(total) directories watched, the rest is looked through every 30 s (first: \(path.path)): \(reason)"
    if health.declare("coverage", words) { journal(JournalEntry(.watchLimit, .warning, words)) }
    armPolling()
  }

  // MARK: - Timers

  private func timer(every interval: DispatchTimeInterval, leeway: DispatchTimeInterval, _ action: @escaping @Sendable () -> Void) {
    let timer = DispatchSource.makeTimerSource(queue: executor.queue)
    timer.schedule(deadline: .now() + interval, repeating: interval, leeway: leeway)
    timer.setEventHandler(handler: action)
    timer.activate()
    timers.append(timer)
  }

  /// The watchdog's beat: says alive only while intake and writer make progress.
  private func armBeat() {
    guard let beat = supervisor.watchdogBeat else { return }
    let interval = DispatchTimeInterval.milliseconds(Int(beat.inMilliseconds))
    timer(every: interval, leeway: .milliseconds(100)) { [unowned self] in
      if self.health.stuck(limit: Daemon.hangLimit) == nil { self.supervisor.alive() }
    }
  }

  private func armReconcile() {
    timer(every: Daemon.reconcileInterval, leeway: .seconds(60)) { [unowned self] in
      Task {
        await self.watcher?.checkRoots()
        await self.watcher?.retryUncovered()
        await self.intake.scan {}
      }
    }
  }

  private var isPolling = false
  private func armPolling() {
    guard !isPolling else { return }
    isPolling = true
    timer(every: Daemon.pollInterval, leeway: .seconds(1)) { [unowned self] in Task { await self.poll() } }
  }

  /// Only while something is not watched.
  private func poll() async {
    guard health.troubles.contains(where: { $0.key == "coverage" || $0.key == "watching" }) else { return }
    await watcher?.retryUncovered()
    await intake.scan {}
  }

  // MARK: - Control

  private func answer(_ request: ControlRequest, _ connection: ControlConnection) async {
    switch request.verb {
    case .ping: connection.send(ControlReply(done: 0))
    case .status:
      let report = await report()
      connection.send(ControlReply(line: report.json, message: nil))
      connection.send(ControlReply(line: report.words, done: report.troubles.isEmpty ? 0 : ExitStatus.found.rawValue))
    case .scan: await scan(request, connection)
    case .reload: connection.send(await reload())
    case .digest: await digest(request, connection)
    case .alert: await act(request, connection)
    case .events:
      let token = hub.subscribe { connection.send(ControlReply(line: $0.json)) }
      connection.onClose { [hub] in hub.unsubscribe(token) }
      connection.send(ControlReply(message: "following; end with Ctrl-C"))
    }
  }

  private func scan(_ request: ControlRequest, _ connection: ControlConnection) async {
    let verify = request.verify ?? false
    let isWaiting = request.wait ?? false || verify
    await intake.scan(acceptDeletions: request.acceptDeletions ?? false) { [self] in
      guard isWaiting else { return }
      Task {
        // Recorded, and what it owes to our own files is paid.
        await self.delivery.flush()
        guard verify else { return connection.send(ControlReply(done: 0)) }
        let lines = await self.verify()
        for line in lines { connection.send(ControlReply(line: line)) }
        connection.send(ControlReply(line: lines.isEmpty ? "identical" : nil, done: lines.isEmpty ? 0 : ExitStatus.found.rawValue))
      }
    }
    if !isWaiting { connection.send(ControlReply(message: "the folders are being looked through", done: 0)) }
  }

  /// A person's word on an alert.
  private func act(_ request: ControlRequest, _ connection: ControlConnection) async {
    guard let action = request.action.flatMap({ AlertAction(rawValue: $0) }), let alert = request.alert else {
      return connection.send(ControlReply(message: "the request names no action or no alert", done: ExitStatus.usage.rawValue))
    }
    do {
      let today = LocalCalendar(zone: box.value.configuration.timezone).day(clock.now).description
      let change = try store.act(
        action, on: alert, author: request.author ?? "unknown", reason: request.reason ?? action.rawValue, now: clock.now, today: today)
      await delivery.flush()
      connection.send(ControlReply(line: change.map { "\(alert): \($0.state.rawValue)" } ?? "\(alert): no change", done: 0))
    } catch {
      connection.send(ControlReply(message: error.description, done: ExitStatus.temporary.rawValue))
    }
  }

  /// Compares the database with a reading of the folders from scratch.
  private func verify() -> [String] {
    Verifier(assembly: box.value, store: lookups).differences()
  }

  private func digest(_ request: ControlRequest, _ connection: ControlConnection) async {
    let calendar = LocalCalendar(zone: box.value.configuration.timezone)
    let day = request.day.flatMap { CalendarDate(iso8601: $0) } ?? calendar.day(clock.now)
    do {
      let digest = try await digests.build(day, asOf: request.asOf.flatMap { CalendarDate(iso8601: $0) })
      if request.json ?? false {
        let bytes = Daemon.reporter(box.value.configuration).render(digest, as: .json)
        connection.send(ControlReply(line: String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)))
      } else {
        connection.send(ControlReply(line: "\(box.value.configuration.output)/digests/\(day).md"))
      }
      connection.send(ControlReply(done: 0))
    } catch {
      connection.send(ControlReply(message: "the digest of \(day) could not be written: \(error)", done: ExitStatus.inputOutput.rawValue))
    }
  }

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

  private func reloadNow() async -> ControlReply {
    supervisor.reloading()
    let old = box.value
    let reply: ControlReply
    do {
      let file = options.configurationFile
      let next = try Daemon.assemble(file, keeping: old, journal: journal)
      let changed = next.configuration.changedKeys(since: old.configuration)
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

  private func refuse(_ error: SetupError) -> ControlReply {
    let words = "reload refused, the old configuration stays in force: \(error)"
    health.declare("reload", "reload failed: \(error.description.split(separator: "\n").first ?? ""); running with the old configuration")
    journal(JournalEntry(.reloadFailed, .warning, words))
    return ControlReply(message: words, done: ExitStatus.configuration.rawValue)
  }

  /// Passes what process plugins say on to the journal.
  public static func pluginLog(_ journal: @escaping Journal) -> @Sendable (String, Severity, String) -> Void {
    { plugin, severity, words in journal(JournalEntry(.plain, severity, "plugin \(plugin): \(words)", fields: ["PLUGIN": plugin])) }
  }

  private static func assemble(_ file: String?, keeping old: Assembly, journal: @escaping Journal) throws(SetupError) -> Assembly {
    let configuration: Configuration
    do {
      configuration = if let file { try Configuration.load(file) } else { Configuration() }
    } catch {
      throw SetupError(.configuration, error.description)
    }
    return try Assembly.load(configuration, keeping: old, log: pluginLog(journal))
  }

  private func adopt(_ next: Assembly, changed: [String]) async throws(SetupError) {
    let old = box.value
    box.value = next
    await delivery.use(
      output: next.configuration.output, reporter: Daemon.reporter(next.configuration),
      calendar: LocalCalendar(zone: next.configuration.timezone))
    if !Set(changed).isDisjoint(with: ["notes", "ignore", "output"]) {
      await watcher?.stop()
      try await startWatching()
    }
    if !changed.isEmpty || next.analysisKey != old.analysisKey {
      await intake.use(next)
      await intake.scan { [self] in Task { () -> Void in await self.recorrelate() } }
    }
    await digests.use(Daemon.digestSettings(next))
    old.stop(except: next)
  }

  private func recorrelate() async { _ = await writer.recorrelate(subjects: nil) }

  // MARK: - Status

  private func report() async -> StatusReport {
    let configuration = box.value.configuration
    let calendar = LocalCalendar(zone: configuration.timezone)
    let counts = (try? lookups.counts()) ?? StoreCounts()
    let counters = health.counters
    let troubles = health.troubles.map(\.message)
    let next = await digests.nextAt
    let today = calendar.day(clock.now)
    let last = (try? lookups.lastDigest(before: today.adding(days: 1).description)) ?? nil
    return StatusReport(
      state: isStopping ? "stopping" : counters.phase != "ready" ? counters.phase : troubles.isEmpty ? "ready" : "degraded",
      folders: configuration.notes.map(\.path), documents: counts.documents, queued: await intake.queued, failed: counts.failed,
      watches: counters.watches, drift: counters.drift, overflows: counters.overflows, alertsOpen: counts.alertsOpen, owed: counts.owed,
      plugins: box.value.standing.map { ($0.id, $0.state) },
      nextDigestAt: calendar.timestamp(next), lastDigest: last?.day, troubles: troubles)
  }

  /// For SIGUSR1.
  public func stateDump() async -> String { await report().json }

  func refreshStatus() async { supervisor.status(await report().line) }

  // MARK: - Stopping

  func storeFailed(_ error: StoreError) async {
    journal(JournalEntry(.databaseMovedAside, .critical, "\(error); the daemon stops, and rebuilds the database at its next start"))
    await stop(.temporary)
  }

  /// In order: no new requests, no new events, no new reads, what is read is committed, what is owed is delivered, the database is closed.
  public func stop(_ status: ExitStatus = .fine) async {
    guard !isStopping else { return }
    isStopping = true
    supervisor.stopping()
    for timer in timers { timer.cancel() }
    timers = []
    await digests.stop()
    await control?.stop()
    await watcher?.stop()
    await intake.stop()
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in pool.stop { continuation.resume() } }
    await writer.stop()
    await delivery.stop()
    box.value.stop()
    try? lookups.close(checkpoint: false)
    try? store.close()
    journal(JournalEntry(.stopped, .info, "stopped"))
    let waiters = finished.withLock { state in
      state.status = status
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: status) }
  }
}

/// The assembly in force, for the threads that read it.
final class AssemblyBox: Sendable {
  private let assembly: Mutex<Assembly>
  init(_ assembly: Assembly) { self.assembly = Mutex(assembly) }

  var value: Assembly {
    get { assembly.withLock { $0 } }
    set { assembly.withLock { $0 = newValue } }
  }
}

/// Lets services that are made before the daemon call it back.
final class Stopper: Sendable {
  private let daemon = Mutex<Daemon?>(nil)

  func set(_ daemon: Daemon) { self.daemon.withLock { $0 = daemon } }

  func fail(_ error: StoreError) {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task { await daemon.storeFailed(error) }
  }

  func rested() {
    guard let daemon = daemon.withLock({ $0 }) else { return }
    Task { await daemon.refreshStatus() }
  }
}

extension Change {
  var isAboutCoverage: Bool {
    switch self {
    case .changed, .gone, .directoryGone, .moved: return false
    case .rescanNeeded, .uncovered, .covered, .rootLost, .rootFound: return true
    }
  }
}
