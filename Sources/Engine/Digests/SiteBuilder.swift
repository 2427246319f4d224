import Analysis
import Documents
import Glibc
import Reporting
import Storage

/// The latest daily digest and the pages beside it: the lists that every page leads to, a page an entity that alerts are raised for, the feed.
///
/// An entity's page is made anew only where something about it changed since the pages were last written, where it is missing, or where
/// another version or another set of links made it; a file whose content is the same is not touched in any case.
public struct SiteBuilder: Sendable {
  let store: Store
  let calendar: LocalCalendar
  let reporter: Reporter
  /// Who gets a page; nil for everybody.
  let follows: Set<String>?
  /// The name of an entity by its id.
  let names: @Sendable (String) -> String?

  /// Goes up when the pages look different for the same facts.
  static let version = 3

  public init(
    store: Store, calendar: LocalCalendar, reporter: Reporter, follows: Set<String>?, names: @escaping @Sendable (String) -> String?
  ) {
    self.names = names
    self.store = store
    self.calendar = calendar
    self.reporter = reporter
    self.follows = follows
  }

  /// - Parameters:
  ///   - row: the digest the pages go with; they show the state as of its last change.
  ///   - digest: as it was built from `row`.
  /// - Returns: the files that changed or went, by their paths below `output`.
  @discardableResult
  public func write(_ row: DigestRow, digest: Digest, to output: String) throws -> [String] {
    try AtomicFile.makeFolder("\(output)/\(OutputLayout.entities)")
    var written: [String] = []
    func put(_ files: [OutputFile]) throws {
      for file in files where try AtomicFile.write(file.bytes, to: "\(output)/\(file.path)") == .written { written.append(file.path) }
    }
    let counts = try store.subjectCounts(asOf: row.upTo)
    let alerts = Dictionary(grouping: digest.alerts.filter { $0.change != .withdrawn }.map(\.page)) { $0.alert.subject.root }
    let roots = Set(counts.map(\.root)).union(alerts.keys).filter { follows?.contains($0) ?? true }
    let contradictions = Dictionary(grouping: digest.contradictions.map(\.contradiction)) { $0.subject.root }
    let stale = try staleRoots(row)
    for root in roots.sorted() {
      let page = EntityPage(subject: EntityRef(id: root, name: names(root) ?? root, organization: root), facts: [])
      let path = "\(output)/\(OutputLayout.entities)/\(page.fileStem).html"
      if let stale, !stale.contains(root), access(path, F_OK) == 0 { continue }
      let facts = try store.facts(asOf: row.upTo, subject: root).filter { $0.fact.subject.first?.root == root }
      try put(
        reporter.files(
          for: EntityPage(subject: page.subject, facts: facts, alerts: alerts[root] ?? [], contradictions: contradictions[root] ?? [])))
    }
    let kept = Set(roots.map { EntityPage(subject: EntityRef(id: $0, name: $0), facts: []).fileStem + ".html" })
    for name in SiteBuilder.pages(in: "\(output)/\(OutputLayout.entities)") where !kept.contains(name) {
      try AtomicFile.remove("\(output)/\(OutputLayout.entities)/\(name)")
      written.append("\(OutputLayout.entities)/\(name)")
    }
    try put(reporter.files(for: digest, with: try site(row, digest, counts: counts, roots: roots)))
    let updated = try store.instant(ofChange: row.upTo) ?? row.builtAt
    let news = digest.alerts.filter { $0.change != .withdrawn && $0.page.state != .baseline }.map(\.page)
    try put([reporter.feed(news, updatedAt: LocalCalendar.utc(updated))])
    try store.setMeta("site", stamp(upTo: row.upTo))
    return written
  }

  private func site(_ row: DigestRow, _ digest: Digest, counts: [SubjectCount], roots: Set<String>) throws -> Site {
    let days = Set((try store.digestDays() + [row.day]).compactMap { CalendarDate(iso8601: $0) })
    let byRoot = Dictionary(grouping: counts, by: \.root)
    let entities = roots.map { root in
      let mine = byRoot[root] ?? []
      return Site.Name(
        name: names(root) ?? mine.first?.name ?? root, root: root, facts: mine.reduce(0) { $0 + $1.facts },
        latest: mine.compactMap(\.latest).max(), hasPage: true)
    }
    let all = counts.map {
      Site.Name(
        name: $0.name, root: $0.root, facts: $0.facts, latest: $0.latest, hasPage: roots.contains($0.root), isKnown: names($0.root) != nil)
    }
    var amounts = try store.facts(asOf: row.upTo, kinds: Site.amountKinds)
    if let follows { amounts.removeAll { record in !(record.fact.subject.first.map { follows.contains($0.root) } ?? false) } }
    return Site(
      digest: digest, digests: days.sorted(), entities: entities.sorted { $0.root < $1.root }, names: all,
      publishers: try store.publisherCounts(asOf: row.upTo).map {
        Site.Publisher(name: $0.publisher, notes: $0.notes, facts: $0.facts, latest: $0.latest)
      },
      notes: try store.latestNotes(asOf: row.upTo, limit: 200).map {
        SourceNote(path: $0.path, title: $0.title, publisher: $0.publisher, published: $0.published, facts: $0.facts)
      }, amounts: amounts)
  }

  // MARK: - What is to be made anew

  /// The pages of a folder that Bellwether wrote: what a person put there stays.
  private static func pages(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".html") else { continue }
      let descriptor = open("\(folder)/\(name)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      var head = [UInt8](repeating: 0, count: 512)
      let count = read(descriptor, &head, head.count)
      close(descriptor)
      if count > 0, OwnOutput.isMarked(head.prefix(count)) { names.append(name) }
    }
    return names.sorted()
  }

  /// Everybody whose page may differ from what lies there; nil: all.
  private func staleRoots(_ row: DigestRow) throws(StoreError) -> Set<String>? {
    guard let known = try store.meta("site"), let space = known.lastIndex(of: " "), let upTo = Int64(known[known.index(after: space)...]),
      known == stamp(upTo: upTo), upTo <= row.upTo
    else { return nil }
    return try store.subjectsTouched(after: upTo, upTo: row.upTo)
  }

  private func stamp(upTo: Int64) -> String {
    let made = StableHash.hex(of: "\(SiteBuilder.version) \(reporter.links.identity) \(calendar.zone) \((follows ?? []).sorted())")
    return "\(made) \(upTo)"
  }
}
