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

/// The daemon: owns every service, starts them in order, stops them in the opposite order.
public actor Daemon {
  public struct Options: Sendable {
    /// Read again on reload; nil where there was none: then the standard places are looked at again.
    public var configurationFile: String?
    /// Treat what the first scan finds as news.
    public var noBaseline: Bool
    /// Process what is there, write alerts and the digest, and end.
    public var once: Bool
    /// `$TZ` as the process was given it: wall time is read by setting it, and the default zone must not be what was set.
    public var zoneVariable: String?
    /// Called with each configuration that comes into force.
    public var inForce: @Sendable (Configuration) -> Void

    public init(
      configurationFile: String?, noBaseline: Bool = false, once: Bool = false,
      zoneVariable: String? = Environment.current.variables["TZ"], inForce: @escaping @Sendable (Configuration) -> Void = { _ in }
    ) {
      self.configurationFile = configurationFile
      self.zoneVariable = zoneVariable
      self.inForce = inForce
      self.noBaseline = noBaseline
      self.once = once
    }
  }

  static let baselineKey = "baseline_done"
  static let reconcileInterval = DispatchTimeInterval.seconds(3600)
  /// Of one processor's time, for the comparison that nobody waits for.
  static let reconcileShare = 0.1
  static let pollInterval = DispatchTimeInterval.seconds(30)
  /// A stage that makes no progress on one piece of work for this long hangs.
  static let hangLimit: UInt64 = 45_000_000_000

  let executor = QueueExecutor(label: "bellwether.daemon")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  let options: Options
  let clock: any WallClock
  let journal: Journal
  let supervisor: Supervisor
  let hub = EventHub()
  let health: HealthBoard
  let store: Store
  let lookups: Store
  let lock: InstanceLock
  let decisions: DecisionLog
  let box: AssemblyBox
  let stopper: Stopper
  let writer: Writer
  let pool: ReaderPool
  let intake: IntakeService
  let delivery: Delivery
  let couriers: Couriers
  let digests: DigestScheduler
  var control: ControlServer?
  var watcher: DirectoryTreeWatcher?
  /// By which the watcher judges what to watch.
  var watchedFolders: NoteFolders?
  var timers: [any DispatchSourceTimer] = []
  var isStopping = false
  /// Looks through what is not watched.
  var polling: (any DispatchSourceTimer)?
  var isRounding = false
  /// When the next round is due, in milliseconds since 1970; `.max`: only when something happens.
  var nextRound = Int64.max
  var roundTimer: (any DispatchSourceTimer)?
  var metricsTimer: (any DispatchSourceTimer)?
  var restTimer: (any DispatchSourceTimer)?
  /// What the last round said of the daemon itself; nil before the first, which ends what an earlier run left open.
  var toldOfItself: [Alert]?
  var clockWatch: ClockWatch?
  var clockJumps: ClockJumps
  /// By folder.
  var folderLocks: [String: InstanceLock]
  private var isDamaged = false
  var reloadTask: Task<ControlReply, Never>?
  let finished = Mutex<(status: ExitStatus?, waiters: [CheckedContinuation<ExitStatus, Never>])>((nil, []))

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
    lock = try InstanceLock(state: configuration.state)
    folderLocks = try Daemon.locks(configuration.notes.map(\.path))
    clockJumps = ClockJumps(clock)
    let store = try Daemon.openStore(configuration, supervisor: supervisor, journal: journal)
    self.store = store
    do { lookups = try Store(reading: store.path) } catch { throw Daemon.setup(error) }
    let calendar = LocalCalendar(zone: configuration.timezone)
    let reporter = Daemon.reporter(configuration)
    let hub = hub
    let delivery = Delivery(
      store: store, output: configuration.output, reporter: reporter, calendar: calendar, hub: hub, health: health, clock: clock,
      journal: journal)
    self.delivery = delivery
    let couriers = Couriers(store: store, hub: hub, health: health, clock: clock, journal: journal)
    self.couriers = couriers
    let current = AssemblyBox(assembly)
    box = current
    let stopper = Stopper()
    self.stopper = stopper
    writer = Writer(
      store: store, clock: clock, hub: hub, health: health, journal: journal,
      ports: Writer.Ports(
        correlation: { current.value.correlation(today: $0) },
        calendar: { LocalCalendar(zone: current.value.configuration.timezone) },
        alertsChanged: { _ in
          delivery.wake()
          stopper.somethingToTell()
          Task { await couriers.wake() }
        },
        failed: { stopper.fail($0) },
        atRest: { stopper.rested() }))
    pool = ReaderPool(width: Daemon.processors, budget: Daemon.readingBudget(configuration))
    assembly.keepQuarantine(in: store, journal: journal)
    let poison: PoisonGuard
    do { poison = try PoisonGuard(state: configuration.state, store: store, clock: clock, journal: journal) } catch {
      throw Daemon.setup(error)
    }
    let isFirst: Bool
    do { isFirst = try store.meta(Daemon.baselineKey) == nil } catch { throw Daemon.setup(error) }
    let decisions = DecisionLog(state: configuration.state)
    self.decisions = decisions
    do { try decisions.begin(with: store, isNew: isFirst) } catch {
      journal(JournalEntry(.plain, .warning, "\(decisions.path) could not be begun: \(error); decisions are kept in the database alone"))
    }
    intake = IntakeService(
      assembly: assembly, isBaseline: isFirst && !options.noBaseline, lookups: lookups, writer: writer, pool: pool, poison: poison,
      clock: clock,
      hub: hub, health: health, journal: journal, folderAway: { stopper.folderAway() }, rulesChanged: { stopper.rulesChanged() },
      noteDrift: { count, example in
        // The status has the number; the digest of the day may lack it.
        do throws(StoreError) { try store.add(drift: count, example: example) } catch {
          journal(JournalEntry(.plain, .warning, error.description))
        }
      })
    let writer = writer
    digests = DigestScheduler(
      writer: DigestWriter(assembly, store: store), clock: clock, hub: hub, health: health, journal: journal,
      recorrelate: { _ = await writer.recorrelate(subjects: nil, occasion: .newDay) }, owed: { Task { await couriers.wake() } })
  }

  private static var processors: Int { max(2, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  // MARK: - Running

  /// Starts everything and says ready once every watch is set; the first comparison goes on after that.
  public func start() async throws(SetupError) {
    stopper.set(self)
    for connection in [store, lookups] { connection.onDamage { [stopper] in stopper.fail($0) } }
    // systemd's status line says at once what is wrong.
    health.onChange { [stopper] in stopper.rested() }
    do { try AtomicFile.makeFolder(box.value.configuration.output) } catch {
      if health.declare("output", "\(error)") { journal(JournalEntry(.stateFull, .warning, "\(error); alerts wait in the outbox")) }
    }
    AtomicFile.removeLeftovers(in: "\(box.value.configuration.output)/alerts")
    AtomicFile.removeLeftovers(in: "\(box.value.configuration.output)/digests")
    if !options.once {
      try await startControl()
      try await startWatching()
    }
    if store.wasLeftOpen { checkStore() }
    health.set(phase: "catching up")
    armBeat()
    for problem in box.value.problems { journal(JournalEntry(.pluginDisabled, .warning, problem)) }
    let status = await report().line
    supervisor.ready(status)
    journal(JournalEntry(.started, .info, "watching \(box.value.configuration.notes.map(\.path).joined(separator: ", "))"))
    delivery.wake()
    await useSinks(box.value)
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

  func caughtUp() {
    guard health.counters.phase == "catching up" else { return }
    health.set(phase: "ready")
    Task {
      endBaseline()
      await applyCorrections()
      await restoreDecisions()
      if options.once { return await finishOnce() }
      armReconcile()
      armClockWatch()
      await digests.start()
      armRounds()
      await refreshStatus()
      giveMemoryBackSoon()
    }
  }

  /// From here on what is found is news, also after a restart; the database must know.
  private func endBaseline() {
    do {
      // A write, and with it the disk's, only where it says something new.
      if try store.meta(Daemon.baselineKey) != "1" { try store.setMeta(Daemon.baselineKey, "1") }
      health.clear("baseline")
    } catch {
      health.declare("baseline", "that the first scan is over could not be kept, so that a restart would repeat it: \(error)")
      executor.queue.asyncAfter(deadline: .now() + .seconds(5)) { self.assumeIsolated { if !$0.isStopping { $0.endBaseline() } } }
    }
  }

  func finishOnce() async {
    await writer.flush()
    _ = await writer.recorrelate(subjects: nil, occasion: .newDay)
    let delivered = await delivery.flush()
    do {
      let isMade = await digests.makeDue()
      try await digests.build(LocalCalendar(zone: box.value.configuration.timezone).day(clock.now), asOf: nil)
      await couriers.flush()
      try? writeMetrics(await report())
      guard isMade else { return await stop(.inputOutput) }
      await stop(delivered ? .fine : .inputOutput)
    } catch {
      journal(JournalEntry(.plain, .warning, "the digest could not be written: \(error)"))
      await stop(.inputOutput)
    }
  }

  // MARK: - Status

  func report() async -> StatusReport {
    let configuration = box.value.configuration
    let calendar = LocalCalendar(zone: configuration.timezone)
    let counts = (try? lookups.counts()) ?? StoreCounts()
    let counters = health.counters
    var troubles = health.troubles.map(\.message)
    if let stage = health.stuck(limit: Daemon.hangLimit) {
      troubles.append(
        "the \(stage.rawValue) has made no progress for more than 45 s; the watchdog restarts it, without one restart it yourself")
    }
    let next = await digests.nextAt
    let today = calendar.day(clock.now)
    let last = (try? lookups.lastDigest(before: today.adding(days: 1).description)) ?? nil
    return StatusReport(
      state: isStopping ? "stopping" : counters.phase != "ready" ? counters.phase : troubles.isEmpty ? "ready" : "degraded",
      folders: configuration.notes.map(\.path), documents: counts.documents, queued: await intake.queued, failed: counts.failed,
      ignored: counts.ignored, unconverted: counts.unconverted, unconvertedReason: counts.unconvertedReason,
      watches: watcher?.watchCount ?? 0, drift: counters.drift, overflows: counters.overflows, alertsOpen: counts.alertsOpen,
      owed: counts.owed,
      plugins: box.value.standing.map { ($0.id, $0.state) },
      nextDigestAt: calendar.timestamp(next), lastDigest: last?.day, troubles: troubles)
  }

  /// For SIGUSR1.
  public func stateDump() async -> String { await report().json }

  func refreshStatus() async { supervisor.status(await report().line) }

  /// After the last run ended in the middle of its work; on a connection and a thread of its own.
  private func checkStore() {
    let (path, stopper) = (store.path, stopper)
    DispatchQueue.global(qos: .utility).async {
      do throws(StoreError) {
        try Store(reading: path).check()
      } catch {
        if case .corrupt = error { stopper.fail(error) }
      }
    }
  }

  // MARK: - Stopping

  func storeFailed(_ error: StoreError) async {
    if case .corrupt = error { isDamaged = true }
    let next = isDamaged ? "it is moved aside, and the notes are read again at the next start" : "the daemon stops"
    journal(JournalEntry(.databaseMovedAside, .critical, "\(error); \(next)"))
    await stop(.temporary)
  }

  /// In order: no new requests, no new events, no new reads, what is read is committed, what is owed is delivered, the database is closed.
  public func stop(_ status: ExitStatus = .fine) async {
    guard !isStopping else { return }
    isStopping = true
    supervisor.stopping()
    // A reload under way ends first: it starts what is about to be stopped.
    _ = await reloadTask?.value
    metricsTimer?.cancel()
    roundTimer?.cancel()
    restTimer?.cancel()
    for timer in timers { timer.cancel() }
    timers = []
    polling?.cancel()
    polling = nil
    clockWatch?.cancel()
    await digests.stop()
    await control?.stop()
    await watcher?.stop()
    await intake.stop()
    // First, so that no reader waits for a plugin's answer.
    box.value.stop()
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in pool.stop { continuation.resume() } }
    await writer.stop()
    await delivery.stop()
    await couriers.stop()
    // The connections end with the process: closing them under a late status report would pull its statements away.
    try? store.checkpoint()
    if isDamaged { Daemon.moveAside(store.path) }
    journal(JournalEntry(.stopped, .info, "stopped"))
    let waiters = finished.withLock { state in
      state.status = status
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: status) }
  }
}
