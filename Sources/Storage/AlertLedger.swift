import Alerting
import Analysis
import Documents
import Foundation
import GRDB

public enum AlertState: String, Sendable, Codable { case open, acknowledged, resolved, withdrawn, baseline }

/// One change of one alert: what happened, why, who did it, and what became of it.
public struct AlertChange: Sendable {
  public enum What: String, Sendable {
    case raised, escalated, updated, withdrawn, reopened, acknowledged, resolved
    /// A person had put it aside, and something of weight has changed since.
    case rearmed
    /// Nothing has changed: told again, or now that nothing holds it back any more.
    case reminded
  }

  /// Row number; grows with time, and is the idempotency key of every delivery.
  public var id: Int64
  public var change: Int64
  /// Milliseconds since 1970.
  public var at: Int64
  public var what: What
  public var state: AlertState
  public var reason: String
  /// "bellwether", or who said so.
  public var author: String
  /// Whether there was news: "notified" if so, "updated" if not, "baseline". What became of it at each sink: `Store.dispositions`.
  public var disposition: String
  public var alert: Alert
}

/// Brings a subject's stored alerts and contradictions into step with what its facts say now.
struct AlertLedger {
  let db: Database
  let change: Int64
  let now: Int64
  let correlation: Correlation
  /// Subjects that a note which is news has touched in this transaction.
  let touchedByNews: Set<String>
  /// The reason where an alert is withdrawn; nil: as its facts tell.
  let why: String?
  let notifier: AlertNotifier

  init(db: Database, change: Int64, now: Int64, correlation: Correlation, touchedByNews: Set<String>, why: String? = nil) {
    self.why = why
    self.db = db
    self.change = change
    self.now = now
    self.correlation = correlation
    self.touchedByNews = touchedByNews
    notifier = AlertNotifier(db: db, change: change, now: now, correlation: correlation)
  }

  func settle(subject root: String) throws -> [AlertChange] {
    // What the daemon says of itself rests on no note.
    guard root != SelfAlerts.root else { return [] }
    let (facts, causes) = try subjectFacts(root)
    let finding = correlation.follows(root) && !facts.records.isEmpty ? correlation.correlate(facts) : Finding()
    try settleContradictions(finding.contradictions, root)
    try settleWithheld(finding.withheld, root)
    return try settleAlerts(finding, root, facts.records, causes: causes)
  }

  /// The subject's facts in order of publication, and why the note of each was read.
  private func subjectFacts(_ root: String) throws -> (SubjectFacts, [String: Cause]) {
    let sql = """
      SELECT f.record, f.cause, s.name, f.fact FROM fact_subjects s JOIN facts f ON f.id = s.fact WHERE s.root = ? AND f.died IS NULL
      """
    let cursor = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [root])
    var records: [FactRecord] = []
    var causes: [String: Cause] = [:]
    var name = root
    while let row = try cursor.next() {
      let record = try JSON.decode(FactRecord.self, row, 0)
      causes[row[3]] = Cause(rawValue: row[1]) ?? .news
      if let mine = record.fact.subject.first(where: { $0.id == root }) { name = mine.name }
      records.append(record)
    }
    records = records.sortedByPublication()
    return (SubjectFacts(subject: EntityRef(id: root, name: name, organization: root), records: records, asOf: correlation.today), causes)
  }

  /// What local filters hold back is kept apart from the alerts, as it stands now.
  private func settleWithheld(_ withheld: [WithheldAlert], _ root: String) throws {
    try db.cachedStatement(sql: "DELETE FROM withheld WHERE root = ?").execute(arguments: [root])
    for alert in withheld {
      try db.execute(
        sql: "INSERT OR REPLACE INTO withheld(fingerprint, root, withheld) VALUES (?, ?, ?)",
        arguments: [alert.alert.fingerprint, root, try JSON.encode(alert)])
    }
  }

  private func settleAlerts(_ finding: Finding, _ root: String, _ records: [FactRecord], causes: [String: Cause]) throws -> [AlertChange] {
    var stored: [String: StoredAlert] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT fingerprint, state, severity, raised, alert, basis FROM alerts WHERE root = ?"), arguments: [root])
    while let row = try rows.next() { stored[row[0]] = try StoredAlert(row: row) }
    // What is found while old notes are read again, or by new rules, is nobody's news, whatever it rests on.
    func isNews(_ facts: some Sequence<String>) -> Bool {
      switch correlation.occasion {
      case .newDay: return true
      case .upgrade: return false
      case .notes: return touchedByNews.contains(root) && facts.contains { causes[$0] == .news }
      }
    }
    var changes: [AlertChange] = []
    var seen: Set<String> = []
    for alert in finding.alerts.sorted(by: { $0.fingerprint < $1.fingerprint }) where seen.insert(alert.fingerprint).inserted {
      let isTold = isNews(alert.facts)
      guard let known = stored[alert.fingerprint] else {
        let isUpgrade = correlation.occasion == .upgrade || alert.facts.contains { causes[$0] == .upgrade }
        let reason = isTold ? "new" : isUpgrade ? "found by the upgrade" : "found by the first scan"
        changes.append(try put(alert, root, .raised, isTold ? .open : .baseline, raised: now, reason: reason, isTold ? .news : .baseline))
        continue
      }
      // By what is said and where: an edit elsewhere in a note gives every fact of it a new id, and is no new evidence.
      let old = Set(known.alert.evidence.map(Quotation.init))
      let isFresh = alert.evidence.contains { !old.contains(Quotation($0)) }
      let isFreshNews = isFresh && isNews(Set(alert.facts).subtracting(known.alert.facts))
      let isHeard = isFreshNews || correlation.occasion == .newDay
      func enter(_ what: AlertChange.What, _ state: AlertState, _ reason: String, _ kind: Occurrence.Kind) throws {
        changes.append(try self.put(alert, root, what, state, raised: known.raised, reason: reason, kind))
      }
      switch known.state {
      case .withdrawn: try enter(.reopened, isTold ? .open : .baseline, "it holds again", isTold ? .news : .baseline)
      case .baseline where isFreshNews: try enter(.raised, .open, "new evidence for a finding of the first scan", .news)
      case .open, .acknowledged, .resolved, .baseline:
        let hasRisen = alert.severity > known.severity && known.state != .baseline
        if isHeard, let news = known.basis?.news(in: alert, records: records.filter { alert.facts.contains($0.fact.id) }) {
          try enter(hasRisen ? .escalated : .rearmed, .open, "\(try aside(known)), and now \(news)", .news)
        } else if hasRisen {
          let reason = "severity rose from \(known.severity.rawValue) to \(alert.severity.rawValue)"
          try enter(.escalated, .open, reason, isHeard ? .news : .noNews(isAcknowledged: false))
        } else if alert != known.alert {
          // Who was told of one source's word is told when another, independent one says the same.
          let sources = alert.corroboration?.sources ?? 0
          if known.state == .open, isFreshNews, known.alert.corroboration?.sources == 1, sources > 1 {
            try enter(.updated, .open, "\(sources) independent sources say so now", .news)
          } else {
            try enter(
              .updated, known.state, isFresh ? "more evidence" : "evidence changed",
              known.state == .baseline ? .baseline : .noNews(isAcknowledged: known.state == .acknowledged))
          }
        }
      }
    }
    for (fingerprint, known) in stored.sorted(by: { $0.key < $1.key }) where !seen.contains(fingerprint) && known.state != .withdrawn {
      // Either its sentences are gone, or they still stand and something said since outweighs them.
      let stands = known.alert.facts.allSatisfy { causes[$0] != nil }
      let filter = finding.withheld.first { $0.alert.fingerprint == fingerprint }
      let reason =
        !correlation.follows(root)
        ? "its subject is no longer followed"
        : filter.map { "held back by the filter \($0.filter): \($0.reason)" } ?? why
          ?? (stands
            ? "it no longer holds, by what has been said since" : "what it rested on is gone")
      changes.append(
        try put(
          known.alert, root, .withdrawn, .withdrawn, raised: known.raised, reason: reason, known.state == .baseline ? .baseline : .ending))
    }
    return changes
  }

  /// "acknowledged by ada": who put an alert aside.
  private func aside(_ known: StoredAlert) throws -> String {
    let find = try db.cachedStatement(
      sql: "SELECT author FROM alert_changes WHERE fingerprint = ? AND what = ? ORDER BY id DESC LIMIT 1")
    let author = try String.fetchOne(find, arguments: [known.alert.fingerprint, known.state.rawValue])
    return author.map { "\(known.state.rawValue) by \($0)" } ?? known.state.rawValue
  }

  private func put(
    _ alert: Alert, _ root: String, _ what: AlertChange.What, _ state: AlertState, raised: Int64, reason: String, _ kind: Occurrence.Kind
  ) throws -> AlertChange {
    // What it rested on when it was put aside counts for as long as it is.
    try db.cachedStatement(
      sql: """
        INSERT INTO alerts(fingerprint, root, state, severity, category, raised, changed, alert) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET state = excluded.state, severity = excluded.severity, category = excluded.category,
          changed = excluded.changed, alert = excluded.alert, basis = CASE WHEN state = excluded.state THEN basis END
        """
    ).execute(arguments: [
      alert.fingerprint, root, state.rawValue, alert.severity.rawValue, alert.category, raised, now, try JSON.encode(alert),
    ])
    return try notifier.record(alert, what, state, reason: reason, as: kind)
  }

  private func settleContradictions(_ wanted: [Contradiction], _ root: String) throws {
    var stored: [String: (row: Int64, data: Data)] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT row, id, contradiction FROM contradictions WHERE root = ? AND died IS NULL"), arguments: [root])
    while let row = try rows.next() { stored[row[1]] = (row[0], row[2]) }
    var seen: Set<String> = []
    let hidden = wanted.isEmpty ? [] : try Judgement.hidden(db, .contradiction)
    for contradiction in wanted where !hidden.contains(contradiction.identity) && seen.insert(contradiction.id).inserted {
      let data = try JSON.encode(contradiction)
      if let known = stored[contradiction.id] {
        if known.data == data { continue }
        try end(known.row)
      }
      try db.execute(
        sql: "INSERT INTO contradictions(id, root, born, contradiction) VALUES (?, ?, ?, ?)",
        arguments: [contradiction.id, root, change, data])
    }
    for (id, known) in stored where !seen.contains(id) { try end(known.row) }
  }

  private func end(_ row: Int64) throws {
    try db.execute(sql: "UPDATE contradictions SET died = ? WHERE row = ?", arguments: [change, row])
  }
}

/// An alert as the database has it.
private struct StoredAlert {
  var state: AlertState
  var severity: Severity
  var raised: Int64
  var alert: Alert
  var basis: AlertBasis?

  init(row: Row) throws {
    state = AlertState(rawValue: row[1]) ?? .open
    severity = Severity(rawValue: row[2]) ?? .info
    raised = row[3]
    alert = try JSON.decode(Alert.self, row, 4)
    basis = try (row[5] as Data?).map { try JSON.decode(AlertBasis.self, $0) }
  }
}

/// What an alert's evidence says to a reader: the sentence and the note, wherever in it the sentence stands now.
private struct Quotation: Hashable {
  var path: String
  var text: String

  init(_ place: NoteEvidence) {
    path = place.path
    text = place.evidence.text
  }
}
