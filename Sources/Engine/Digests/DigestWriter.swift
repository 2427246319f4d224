import Analysis
import Configuration
import Documents
import Language
import Reporting
import Storage

/// Everything that making digests takes: with the daemon and without it, for its schedule, for a person and for a mail.
public struct DigestWriter: Sendable {
  public var store: Store
  public var plans: [DigestPlan]
  public var output: String
  public var calendar: LocalCalendar
  public var reporter: Reporter
  public var plugins: [DigestHealth.Plugin]
  /// Whom alerts are raised for; nil for everybody.
  public var follows: Set<String>?
  /// The name of an entity by its id.
  public var names: @Sendable (String) -> String?

  public init(
    store: Store, plans: [DigestPlan], output: String, calendar: LocalCalendar, reporter: Reporter, plugins: [DigestHealth.Plugin] = [],
    follows: Set<String>? = nil, names: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.store = store
    self.plans = plans
    self.output = output
    self.calendar = calendar
    self.reporter = reporter
    self.plugins = plugins
    self.follows = follows
    self.names = names
  }

  public init(_ assembly: Assembly, store: Store) {
    let configuration = assembly.configuration
    self.init(
      store: store, plans: configuration.digestPlans, output: configuration.output, calendar: LocalCalendar(zone: configuration.timezone),
      reporter: Daemon.reporter(configuration), plugins: assembly.health, follows: assembly.followed,
      names: { assembly.gazetteer.entry($0)?.name })
  }

  /// A digest's plan; one that is no longer configured is built like the daily one.
  public func plan(_ id: String) -> DigestPlan? { plans.first { $0.id == id } }

  func builder(_ id: String) -> DigestBuilder {
    let plan = plan(id)
    return DigestBuilder(
      store: store, calendar: plan?.calendar ?? calendar, plugins: plugins, follows: plan?.about ?? follows, isPart: plan?.about != nil,
      plan: plan, names: names)
  }

  public func build(_ row: DigestRow, asOf: CalendarDate? = nil) throws(StoreError) -> Digest {
    try builder(row.digest).build(row, asOf: asOf)
  }

  /// The path of a digest's Markdown file.
  public func path(_ row: DigestRow) -> String { "\(output)/\(OutputLayout.digests)/\(DigestWriter.stem(row.digest))\(row.day).md" }

  /// The digest of a date as a person asks for it.
  public func write(_ id: String, day: CalendarDate, now: Int64, asOf: CalendarDate?) throws -> (digest: Digest, row: DigestRow) {
    guard let plan = plan(id) else {
      let known = plans.map(\.id).joined(separator: ", ")
      throw SetupError(.usage, "there is no digest '\(id)'; the configuration has \(known)")
    }
    let row = try builder(id).period(of: day, plan: plan, today: plan.calendar.day(now), now: now)
    return (try write(row, asOf: asOf), row)
  }

  /// Writes a digest's files, and beside the latest daily one the pages that go with it; then enters it, and owes it to `recipients`.
  ///
  /// Files come first: after a crash in between, the digest is due still and the same files are written again; once it is entered, it is owed.
  @discardableResult
  public func write(_ row: DigestRow, asOf: CalendarDate? = nil, to recipients: [DigestPlan.Recipient] = []) throws -> Digest {
    let digest = try build(row, asOf: asOf)
    // A digest of an earlier date, built again, is not the latest.
    let isLatest = try store.lastDigest(row.digest, before: "9999-12-31").map { $0.day <= row.day } ?? true
    try AtomicFile.makeFolder("\(output)/\(OutputLayout.digests)")
    if isLatest, row.digest == DigestRow.daily {
      let site = SiteBuilder(store: store, calendar: calendar, reporter: reporter, follows: follows, names: names)
      try site.write(row, digest: digest, to: output)
    } else {
      for file in reporter.files(for: digest, isLatest: isLatest) {
        try AtomicFile.write(file.bytes, to: "\(output)/\(DigestWriter.path(of: file, row.digest))")
      }
    }
    try store.record(digest: row, to: recipients.map { ($0.sink, $0.name) })
    return digest
  }

  /// The daily digest's files are named by its date alone, the others by their id, too: in one folder, so that links are the same.
  private static func stem(_ id: String) -> String { id == DigestRow.daily ? "" : "\(id)-" }

  private static func path(of file: OutputFile, _ id: String) -> String {
    let folder = "\(OutputLayout.digests)/"
    guard file.path.hasPrefix(folder) else { return file.path }
    return folder + stem(id) + file.path.dropFirst(folder.count)
  }
}
