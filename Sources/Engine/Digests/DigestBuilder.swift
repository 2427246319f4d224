import Analysis
import Configuration
import Documents
import Reporting
import Storage

/// Fills the digest of a day from the store: a pure reading of what was committed, so that the same state and date give the same digest.
public struct DigestBuilder: Sendable {
  let store: Store
  let calendar: LocalCalendar
  /// Standing of each plugin, for the page's last section.
  let plugins: [DigestHealth.Plugin]
  /// Whom the page is about; nil for everybody.
  let follows: Set<String>?
  /// The name of an entity by its id.
  let names: @Sendable (String) -> String?

  /// Whether whom it is about is fewer than all that are followed: then it says nothing of the others.
  let isPart: Bool
  /// When it should have been made before; nil: unknown.
  let plan: DigestPlan?

  public init(
    store: Store, calendar: LocalCalendar, plugins: [DigestHealth.Plugin] = [], follows: Set<String>? = nil, isPart: Bool = false,
    plan: DigestPlan? = nil, names: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.isPart = isPart
    self.plan = plan
    self.names = names
    self.follows = follows
    self.store = store
    self.calendar = calendar
    self.plugins = plugins
  }

  /// The transactions a digest of `day` covers: from where the one before ended up to now, or, for a day that is over, up to what was
  /// covered then. Where missed digests are not merged, it begins where the one before was due at the earliest.
  public func period(of day: CalendarDate, plan: DigestPlan, today: CalendarDate, now: Int64) throws(StoreError) -> DigestRow {
    let name = day.description
    let known = try store.digest(plan.id, day: name)
    if let known, day < today { return known }
    var after: Int64 = 0
    if let known {
      after = known.after
    } else if let last = try store.lastDigest(plan.id, before: name) {
      after = last.upTo
      if plan.catchUp != .merged { after = max(after, try store.lastChange(before: plan.due(plan.previous(before: day)))) }
    } else if plan.id != DigestRow.daily {
      // The first of a further digest has its own time, the first daily one all there is.
      after = try store.lastChange(before: plan.due(plan.previous(before: day)))
    }
    let upTo = day < today ? try store.lastChange(upTo: name) : try store.lastChange()
    return DigestRow(digest: plan.id, day: name, after: min(after, upTo), upTo: upTo, builtAt: now)
  }

  public func build(_ row: DigestRow, asOf: CalendarDate? = nil) throws(StoreError) -> Digest {
    let day = CalendarDate(iso8601: row.day) ?? calendar.day(row.builtAt)
    let first = try store.instant(ofChange: max(row.after, 1))
    let start = first ?? calendar.instant(of: day, minute: 0)
    let end = try store.instant(ofChange: row.upTo) ?? start
    var digest = Digest(
      date: day, periodStart: calendar.timestamp(start), periodEnd: calendar.timestamp(end), zone: calendar.zone, asOf: asOf ?? day)
    digest.name = row.digest == DigestRow.daily ? nil : row.digest
    let scope = try scope(row)
    digest.facts = try store.facts(after: row.after, upTo: row.upTo).filter { record in
      scope.holds(record.path) && (!isPart || record.fact.subject.contains { isAbout($0.root) })
    }
    if scope.paths == nil, let previous = try store.lastDigest(row.digest, before: row.day) {
      digest.previousCounts = try store.factCounts(after: previous.after, upTo: previous.upTo)
    }
    if let words = try missed(row) { digest.health.remarks.append(words) }
    digest.follows = follows
    digest.alerts = try alerts(row, scope, into: &digest.health)
    digest.commitments = try commitments(row, scope, asOf: digest.asOf)
    let fresh = try store.newContradictions(after: row.after, upTo: row.upTo)
    digest.contradictions = try store.contradictions(asOf: row.upTo).filter { item in
      scope.holds(anyOf: item.sides.map(\.place.path)) && (!isPart || isAbout(item.subject.root))
    }.map {
      DigestContradiction(contradiction: $0, isNew: fresh.contains($0.id))
    }
    try readNotes(row, scope, into: &digest)
    let roots = Set(digest.facts.flatMap { $0.fact.subject.map(\.root) } + digest.alerts.map(\.page.alert.subject.root))
    digest.names = Dictionary(uniqueKeysWithValues: roots.compactMap { root in names(root).map { (root, $0) } })
    digest.health.documents = try store.documents(asOf: row.upTo)
    digest.health.drift = try store.drift(after: row.after, upTo: row.upTo)
    digest.health.plugins = plugins
    return digest
  }

  /// What became of the dates between this digest and the one before, where there were any.
  private func missed(_ row: DigestRow) throws(StoreError) -> String? {
    guard let plan, let day = CalendarDate(iso8601: row.day),
      let last = try store.lastDigest(row.digest, before: row.day).flatMap({ CalendarDate(iso8601: $0.day) })
    else { return nil }
    var missed: [CalendarDate] = []
    var date = plan.previous(before: day)
    while date > last {
      missed.append(date)
      date = plan.previous(before: date)
    }
    guard let first = missed.last, let latest = missed.first else { return nil }
    let dates = first == latest ? "The digest of \(first) was" : "The digests from \(first) to \(latest) were"
    return "\(dates) not made; \(plan.catchUp == .merged ? "this one covers their time, too" : "what was recorded then is in none")"
  }

  /// Promises, from everything that holds, whatever period it came in.
  private func commitments(_ row: DigestRow, _ scope: Scope, asOf: CalendarDate) throws(StoreError) -> [Commitment] {
    var records = try store.facts(asOf: row.upTo, kinds: ["commitment", "release", "abandonment"])
    records.removeAll { !scope.holds($0.path) }
    if let follows { records.removeAll { record in !record.fact.subject.contains { follows.contains($0.root) } } }
    return PromiseLedger.commitments(in: records, asOf: asOf)
  }

  /// The notes that a digest by tag is about.
  private struct Scope {
    /// Nil: all.
    var paths: Set<String>?

    func holds(_ path: String) -> Bool { paths?.contains(path) ?? true }
    func holds(anyOf all: [String]) -> Bool { paths == nil || all.contains(where: holds) }
  }

  private func scope(_ row: DigestRow) throws(StoreError) -> Scope {
    guard let tags = plan?.tags, !tags.isEmpty else { return Scope() }
    return Scope(paths: try store.paths(tagged: tags, asOf: row.upTo))
  }

  private func isAbout(_ root: String) -> Bool { follows?.contains(root) ?? true }

  /// Pages without their history, which no digest shows; everything else is asked for once for all alerts.
  private func alerts(_ row: DigestRow, _ scope: Scope, into health: inout DigestHealth) throws(StoreError) -> [DigestAlert] {
    var told: [(now: AlertChange, before: AlertChange?, change: DigestAlert.Change)] = []
    for now in try store.alertStates(asOf: row.upTo) {
      if now.alert.subject.id == SelfAlerts.root {
        // It rests on no note: it is said where the daemon speaks of itself.
        if now.state == .open || now.state == .acknowledged { health.remarks.append(now.alert.title) }
        continue
      }
      guard !isPart || isAbout(now.alert.subject.root), scope.holds(anyOf: now.alert.evidence.map(\.path)) else { continue }
      // What did not change in the period was the same before it.
      let before = now.change <= row.after ? now : try store.alertState(now.alert.fingerprint, asOf: row.after)
      if let change = DigestBuilder.change(from: before, to: now) { told.append((now, before, change)) }
    }
    let raised = try store.raisedInstants(asOf: row.upTo)
    let ids = Set(told.flatMap(\.now.alert.facts)).sorted()
    let facts = Dictionary(try store.facts(ids: ids, asOf: row.upTo).map { ($0.fact.id, $0) }, uniquingKeysWith: { a, _ in a })
    return told.map { item in
      let alert = item.now.alert
      let page = AlertPage(
        alert: alert, state: AlertPages.state(item.now.state), raisedAt: calendar.timestamp(raised[alert.fingerprint] ?? item.now.at),
        changedAt: calendar.timestamp(item.now.at),
        facts: alert.facts.compactMap { facts[$0] }.sortedByPublication())
      return DigestAlert(page: page, change: item.change, previousSeverity: item.before?.alert.severity, reason: item.now.reason)
    }
  }

  /// What became of an alert between two moments; nil where there is nothing to say.
  static func change(from before: AlertChange?, to now: AlertChange) -> DigestAlert.Change? {
    let known = before.flatMap { $0.state == .withdrawn ? nil : $0 }
    switch now.state {
    case .withdrawn: return known != nil || (before == nil && now.disposition == "notified") ? .withdrawn : nil
    case .baseline: return known != nil ? .open : now.reason == "found by the upgrade" ? .upgrade : .baseline
    case .acknowledged: return .acknowledged
    case .resolved: return known?.state == .resolved ? nil : .resolved
    case .open:
      guard let known, known.state != .baseline else { return .new }
      // Put aside by a person, and open again for what has changed since.
      let isRearmed = known.state == .acknowledged && now.what != .reopened
      return now.alert.severity > known.alert.severity || isRearmed ? .escalated : .open
    }
  }

  private func readNotes(_ row: DigestRow, _ scope: Scope, into digest: inout Digest) throws(StoreError) {
    var last: [Int64: RevisionRow] = [:]
    for revision in try store.revisions(after: row.after, upTo: row.upTo) { last[revision.note] = revision }
    let addresses = Dictionary(digest.facts.compactMap { record in record.address.map { (record.path, $0) } }, uniquingKeysWith: { $1 })
    let speaking = isPart ? Set(digest.facts.map(\.path)) : nil
    func concerns(_ path: String) -> Bool { scope.holds(path) && (speaking?.contains(path) ?? true) }
    for revision in last.values.sorted(by: { $0.path < $1.path }) {
      switch revision.what {
      case .recorded where !concerns(revision.path): digest.otherNotes += 1
      case .recorded where revision.analysed || revision.language == nil || revision.language == "en":
        digest.sources.append(
          SourceNote(
            path: revision.path, title: revision.title, publisher: revision.publisher, published: revision.published, facts: revision.facts,
            address: addresses[revision.path]))
        if let promotion = revision.promotion { digest.promotion.append(DigestBuilder.aside(promotion, path: revision.path)) }
      case .recorded:
        digest.notAnalysed.append(SetAside(path: revision.path, reason: "written in another language (\(revision.language ?? "unknown"))"))
      case .failed, .ignored: digest.failures.append(SetAside(path: revision.path, reason: revision.reason ?? "unknown"))
      case .gone: break
      }
    }
    digest.duplicates = try store.duplicates(after: row.after, upTo: row.upTo).filter { concerns($0.path) }.map {
      DuplicateNote(path: $0.path, of: $0.original, title: $0.originalTitle, similarity: $0.similarity)
    }
  }

  /// From this share of its text on a note is promotion as a whole.
  private static let wholly = 0.5

  private static func aside(_ promotion: NoteTraits.Promotion, path: String) -> SetAside {
    let passages = promotion.passages == 1 ? "a passage" : "\(promotion.passages) passages"
    let share = Int((promotion.share * 100).rounded())
    let reason =
      promotion.share >= wholly
      ? "most of it promotes something (\(share) % of its text)"
      : "\(passages) of it promote\(promotion.passages == 1 ? "s" : "") something"
    return SetAside(path: path, reason: reason, evidence: NoteEvidence(path: path, evidence: promotion.evidence))
  }
}

/// Alert pages from the store.
struct AlertPages {
  let store: Store
  let calendar: LocalCalendar

  /// The alert as of one of its changes, with its history up to then.
  /// - Parameter asOf: the transaction as of which its facts are shown; nil: as they are now.
  func page(of change: AlertChange, asOf: Int64 = .max) throws(StoreError) -> AlertPage {
    let history = try store.alertChanges(fingerprint: change.alert.fingerprint).filter { $0.id <= change.id }
    return AlertPage(
      alert: change.alert, state: AlertPages.state(change.state), raisedAt: calendar.timestamp(history.first?.at ?? change.at),
      changedAt: calendar.timestamp(change.at),
      history: history.map {
        AlertPage.HistoryLine(at: calendar.timestamp($0.at), state: AlertPages.state($0.state), reason: $0.reason)
      },
      facts: try store.facts(ids: change.alert.facts, asOf: asOf))
  }

  static func state(_ state: AlertState) -> AlertPage.State {
    switch state {
    case .open: return .open
    case .acknowledged: return .acknowledged
    case .resolved: return .resolved
    case .withdrawn: return .withdrawn
    case .baseline: return .baseline
    }
  }
}
