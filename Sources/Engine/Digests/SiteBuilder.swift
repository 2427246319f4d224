import Analysis
import Documents
import Reporting
import Storage

/// The pages beside a digest: one an entity that alerts are raised for, the overview, the feed. A page whose content is the same is not rewritten.
public struct SiteBuilder: Sendable {
  let store: Store
  let calendar: LocalCalendar
  let reporter: Reporter
  /// Who gets a page; nil for everybody.
  let follows: Set<String>?
  /// The name of an entity by its id.
  let names: @Sendable (String) -> String?

  public init(
    store: Store, calendar: LocalCalendar, reporter: Reporter, follows: Set<String>?, names: @escaping @Sendable (String) -> String?
  ) {
    self.names = names
    self.store = store
    self.calendar = calendar
    self.reporter = reporter
    self.follows = follows
  }

  /// - Parameter row: the digest the pages go with; they show the state as of its last change.
  public func write(_ row: DigestRow, to output: String) throws {
    let day = CalendarDate(iso8601: row.day) ?? calendar.day(row.builtAt)
    try AtomicFile.makeFolder("\(output)/\(OutputLayout.entities)")
    let alerts = try alertPages(row)
    let all = try store.contradictions(asOf: row.upTo)
    let contradictions = Dictionary(grouping: all) { $0.subject.root }
    let fresh = try store.newContradictions(after: row.after, upTo: row.upTo)
    var pages: [EntityPage] = []
    for root in try store.subjects(asOf: row.upTo) where follows?.contains(root) ?? true {
      let facts = try store.facts(asOf: row.upTo, subject: root).filter { $0.fact.subject.first?.root == root }
      guard !facts.isEmpty else { continue }
      let page = EntityPage(
        subject: EntityRef(id: root, name: names(root) ?? root, organization: root), asOf: day, facts: facts,
        alerts: alerts.filter { $0.alert.subject.root == root }, contradictions: contradictions[root] ?? [])
      for file in reporter.files(for: page) { try AtomicFile.write(file.bytes, to: "\(output)/\(file.path)") }
      pages.append(page)
    }
    let digests = (try store.digestDays() + [row.day]).compactMap { CalendarDate(iso8601: $0) }
    let index = SiteIndex(
      asOf: day, entities: pages, alerts: alerts, digests: Array(Set(digests)).sorted(),
      contradictions: all.map { DigestContradiction(contradiction: $0, isNew: fresh.contains($0.id)) })
    for file in reporter.files(for: index) { try AtomicFile.write(file.bytes, to: "\(output)/\(file.path)") }
    let updated = try store.instant(ofChange: row.upTo) ?? row.builtAt
    let feed = reporter.feed(alerts.filter { $0.state != .baseline }, updatedAt: LocalCalendar.utc(updated))
    try AtomicFile.write(feed.bytes, to: "\(output)/\(feed.path)")
  }

  private func alertPages(_ row: DigestRow) throws(StoreError) -> [AlertPage] {
    let builder = AlertPages(store: store, calendar: calendar)
    var pages: [AlertPage] = []
    for change in try store.alertStates(asOf: row.upTo) where change.state != .withdrawn { pages.append(try builder.page(of: change)) }
    return pages
  }
}
