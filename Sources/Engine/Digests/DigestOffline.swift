import Configuration
import Documents
import Language
import Reporting
import Storage

/// Builds digests while no daemon runs, under the daemon's own lock.
public struct DigestOffline: Sendable {
  let configuration: Configuration

  public init(configuration: Configuration) { self.configuration = configuration }

  /// - Returns: the digest, and the path of its Markdown file.
  public func build(_ day: CalendarDate?, asOf: CalendarDate?) throws -> (digest: Digest, path: String) {
    let assembly = try Assembly.load(configuration)
    let now = LocalCalendar(zone: configuration.timezone).day(SystemClock().now)
    if let day, day > now { throw SetupError(.usage, "there is no digest of \(day) yet: today is \(now)") }
    try AtomicFile.makeFolder(configuration.state, mode: 0o700)
    let lock = try InstanceLock(state: configuration.state, folders: [])
    defer { withExtendedLifetime(lock) {} }
    let store = try Store(path: Daemon.databasePath(state: configuration.state))
    let calendar = LocalCalendar(zone: configuration.timezone)
    let clock = SystemClock()
    let builder = DigestBuilder(
      store: store, calendar: calendar, plugins: assembly.health, follows: assembly.followed, names: { assembly.gazetteer.entry($0)?.name })
    let row = try builder.period(of: day ?? calendar.day(clock.now), today: calendar.day(clock.now), now: clock.now)
    let digest = try builder.build(row, asOf: asOf)
    let isLatest = try store.lastDigest(before: "9999-12-31").map { $0.day <= row.day } ?? true
    try DigestFiles.write(digest, reporter: Daemon.reporter(configuration), output: configuration.output, isLatest: isLatest)
    guard isLatest else {
      try store.record(digest: row)
      try store.close()
      return (digest, "\(configuration.output)/\(OutputLayout.digests)/\(row.day).md")
    }
    let site = SiteBuilder(
      store: store, calendar: calendar, reporter: Daemon.reporter(configuration), follows: assembly.followed,
      names: { assembly.gazetteer.entry($0)?.name })
    try site.write(row, digest: digest, to: configuration.output)
    try store.record(digest: row)
    try store.close()
    return (digest, "\(configuration.output)/\(OutputLayout.digests)/\(row.day).md")
  }
}
