import Configuration
import Documents
import Reporting
import Storage

/// Makes digests while no daemon runs, under the daemon's own lock.
public struct DigestOffline: Sendable {
  let configuration: Configuration
  let clock: any WallClock

  public init(configuration: Configuration, clock: any WallClock = SystemClock()) {
    self.configuration = configuration
    self.clock = clock
  }

  /// - Returns: the digest, and the path of its Markdown file.
  public func build(_ id: String, _ day: CalendarDate?, asOf: CalendarDate?) throws -> (digest: Digest, path: String) {
    let (lock, writer) = try open()
    defer { withExtendedLifetime(lock) {} }
    let today = (writer.plan(id)?.calendar ?? writer.calendar).day(clock.now)
    if let day, day > today { throw SetupError(.usage, "there is no digest of \(day) yet: today is \(today)") }
    let (digest, row) = try writer.write(id, day: day ?? today, now: clock.now, asOf: asOf)
    try writer.store.close()
    return (digest, writer.path(row))
  }

  /// Writes every digest that is due and sends what is owed, once; for a timer.
  /// - Returns: the paths of those that were written.
  public func makeDue() async throws -> [String] {
    let (lock, writer) = try open()
    defer { withExtendedLifetime(lock) {} }
    let rows = try DigestDesk(writer: writer, clock: clock).makeDue()
    let couriers = Couriers(store: writer.store, hub: EventHub(), health: HealthBoard(clock: clock), clock: clock, journal: { _ in })
    await couriers.use(
      configuration.sinks, composer: NotificationComposer(writer), transport: { $0.transport(environment: Environment.current.variables) })
    await couriers.flush()
    await couriers.stop()
    try writer.store.checkpoint()
    return rows.map(writer.path)
  }

  private func open() throws -> (InstanceLock, DigestWriter) {
    let assembly = try Assembly.load(configuration, isForReading: false)
    try AtomicFile.makeFolder(configuration.state, mode: 0o700)
    let lock = try InstanceLock(state: configuration.state)
    return (lock, DigestWriter(assembly, store: try Store(path: Daemon.databasePath(state: configuration.state))))
  }
}
