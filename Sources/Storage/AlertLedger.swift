import Analysis
import Documents
import Foundation
import GRDB

public enum AlertState: String, Sendable, Codable { case open, acknowledged, resolved, withdrawn, baseline }

/// One change of one alert: what happened, why, who did it, and what became of it.
public struct AlertChange: Sendable {
  public enum What: String, Sendable { case raised, escalated, updated, withdrawn, reopened, acknowledged, resolved }

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
  /// "notified", "baseline", "updated".
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

  func settle(subject root: String) throws -> [AlertChange] {
    let (facts, causes) = try subjectFacts(root)
    let finding = correlation.follows(root) && !facts.records.isEmpty ? correlation.correlate(facts) : Finding()
    try settleContradictions(finding.contradictions, root)
    return try settleAlerts(finding.alerts, root, causes: causes)
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
      let record = try JSON.decode(FactRecord.self, row[0])
      causes[row[3]] = Cause(rawValue: row[1]) ?? .news
      if let mine = record.fact.subject.first(where: { $0.id == root }) { name = mine.name }
      records.append(record)
    }
    records.sort(by: FactRecord.inOrderOfPublication)
    return (SubjectFacts(subject: EntityRef(id: root, name: name, organization: root), records: records, asOf: correlation.today), causes)
  }

  private func settleAlerts(_ wanted: [Alert], _ root: String, causes: [String: Cause]) throws -> [AlertChange] {
    var stored: [String: (state: AlertState, severity: Severity, raised: Int64, alert: Alert)] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT fingerprint, state, severity, raised, alert FROM alerts WHERE root = ?"), arguments: [root])
    while let row = try rows.next() {
      stored[row[0]] = (
        AlertState(rawValue: row[1]) ?? .open, Severity(rawValue: row[2]) ?? .info, row[3], try JSON.decode(Alert.self, row[4])
      )
    }
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
    for alert in wanted.sorted(by: { $0.fingerprint < $1.fingerprint }) where seen.insert(alert.fingerprint).inserted {
      let isTold = isNews(alert.facts)
      guard let known = stored[alert.fingerprint] else {
        let state: AlertState = isTold ? .open : .baseline
        let isUpgrade = correlation.occasion == .upgrade || alert.facts.contains { causes[$0] == .upgrade }
        let reason = isTold ? "new" : isUpgrade ? "found by the upgrade" : "found by the first scan"
        changes.append(try put(alert, root, .raised, state, raised: now, reason: reason, isTold ? "notified" : "baseline"))
        continue
      }
      // By what is said and where: an edit elsewhere in a note gives every fact of it a new id, and is no new evidence.
      let old = Set(known.alert.evidence.map(Quotation.init))
      let isFresh = alert.evidence.contains { !old.contains(Quotation($0)) }
      let isFreshNews = isFresh && isNews(Set(alert.facts).subtracting(known.alert.facts))
      switch known.state {
      case .withdrawn:
        changes.append(
          try put(
            alert, root, .reopened, isTold ? .open : .baseline, raised: known.raised, reason: "it holds again",
            isTold ? "notified" : "baseline"))
      case .baseline where isFreshNews:
        changes.append(
          try put(alert, root, .raised, .open, raised: known.raised, reason: "new evidence for a finding of the first scan", "notified"))
      case .open, .acknowledged, .resolved, .baseline:
        if alert.severity > known.severity, known.state != .baseline {
          let reason = "severity rose from \(known.severity.rawValue) to \(alert.severity.rawValue)"
          let isTold = isFreshNews || correlation.occasion == .newDay
          changes.append(try put(alert, root, .escalated, .open, raised: known.raised, reason: reason, isTold ? "notified" : "updated"))
        } else if alert != known.alert {
          changes.append(
            try put(
              alert, root, .updated, known.state, raised: known.raised, reason: isFresh ? "more evidence" : "evidence changed",
              known.state == .baseline ? "baseline" : "updated"))
        }
      }
    }
    for (fingerprint, known) in stored.sorted(by: { $0.key < $1.key }) where !seen.contains(fingerprint) && known.state != .withdrawn {
      let quiet = known.state == .baseline
      // Either its sentences are gone, or they still stand and something said since outweighs them.
      let stands = known.alert.facts.allSatisfy { causes[$0] != nil }
      let reason =
        !correlation.follows(root)
        ? "its subject is no longer followed"
        : stands ? "it no longer holds, by what has been said since" : "what it rested on is gone"
      changes.append(
        try put(known.alert, root, .withdrawn, .withdrawn, raised: known.raised, reason: reason, quiet ? "baseline" : "notified"))
    }
    return changes
  }

  private func put(
    _ alert: Alert, _ root: String, _ what: AlertChange.What, _ state: AlertState, raised: Int64, reason: String, _ disposition: String
  ) throws -> AlertChange {
    let data = try JSON.encode(alert)
    try db.cachedStatement(
      sql:
        "INSERT OR REPLACE INTO alerts(fingerprint, root, state, severity, category, raised, changed, alert) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [alert.fingerprint, root, state.rawValue, alert.severity.rawValue, alert.category, raised, now, data])
    try db.cachedStatement(
      sql: """
        INSERT INTO alert_changes(change, fingerprint, at, what, state, reason, author, disposition, alert)
        VALUES (?, ?, ?, ?, ?, ?, 'bellwether', ?, ?)
        """
    ).execute(arguments: [change, alert.fingerprint, now, what.rawValue, state.rawValue, reason, disposition, data])
    let id = db.lastInsertedRowID
    if disposition != "baseline" {
      for sink in correlation.sinks where sink == "file" || disposition == "notified" {
        try db.cachedStatement(sql: "INSERT INTO outbox(sink, fingerprint, alert_change) VALUES (?, ?, ?)")
          .execute(arguments: [sink, alert.fingerprint, id])
      }
    }
    return AlertChange(
      id: id, change: change, at: now, what: what, state: state, reason: reason, author: "bellwether", disposition: disposition,
      alert: alert)
  }

  private func settleContradictions(_ wanted: [Contradiction], _ root: String) throws {
    var stored: [String: (row: Int64, data: Data)] = [:]
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: "SELECT row, id, contradiction FROM contradictions WHERE root = ? AND died IS NULL"), arguments: [root])
    while let row = try rows.next() { stored[row[1]] = (row[0], row[2]) }
    var seen: Set<String> = []
    for contradiction in wanted where seen.insert(contradiction.id).inserted {
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

/// What an alert's evidence says to a reader: the sentence and the note, wherever in it the sentence stands now.
private struct Quotation: Hashable {
  var path: String
  var text: String

  init(_ place: NoteEvidence) {
    path = place.path
    text = place.evidence.text
  }
}
