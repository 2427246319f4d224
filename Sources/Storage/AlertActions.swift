import Alerting
import Analysis
import Documents
import GRDB

/// What a person does to an alert.
public enum AlertAction: String, Sendable, Codable { case acknowledge, resolve, reopen }

extension Store {
  /// Changes an alert's state for a person, with their reason, and owes it to those who were told of the alert.
  /// - Parameters:
  ///   - verdict: what they think of it; kept even where the state is that already.
  ///   - correlation: says who is told.
  /// - Returns: the change, or nil where the alert is in that state already or is no alert.
  public func act(
    _ action: AlertAction, on fingerprint: String, verdict: Verdict? = nil, author: String, reason: String, now: Int64,
    correlation: Correlation
  ) throws(StoreError) -> AlertChange? {
    try write { db in
      let find = "SELECT state, alert FROM alerts WHERE fingerprint = ?"
      guard let row = try Row.fetchOne(db, sql: find, arguments: [fingerprint]) else { return nil }
      let alert: Alert = try JSON.decode(Alert.self, row, 1)
      if let verdict {
        try db.execute(
          sql: "INSERT INTO feedback(at, fingerprint, plugin, rule, verdict, author, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
          arguments: [now, fingerprint, alert.plugin, alert.rule, verdict.rawValue, author, reason])
      }
      let state: AlertState
      let what: AlertChange.What
      switch action {
      case .acknowledge: (state, what) = (.acknowledged, .acknowledged)
      case .resolve: (state, what) = (.resolved, .resolved)
      case .reopen: (state, what) = (.open, .reopened)
      }
      guard row[0] != state.rawValue, row[0] != AlertState.withdrawn.rawValue else { return nil }
      try db.execute(sql: "INSERT INTO changes(at, day) VALUES (?, ?)", arguments: [now, correlation.today.description])
      let notifier = AlertNotifier(db: db, change: db.lastInsertedRowID, now: now, correlation: correlation)
      let basis = action == .reopen ? nil : try JSON.encode(AlertBasis(alert, records: try FactRecord.fetch(db, ids: alert.facts)))
      try db.execute(
        sql: "UPDATE alerts SET state = ?, changed = ?, basis = ? WHERE fingerprint = ?",
        arguments: [state.rawValue, now, basis, fingerprint])
      return try notifier.record(
        alert, what, state, reason: reason, author: author,
        as: action == .resolve ? .ending : .noNews(isAcknowledged: action == .acknowledge))
    }
  }
}

/// What an alert rested on when a person put it aside, so that what is new since can be named.
struct AlertBasis: Codable {
  var severity: Severity
  var values: [String]
  var sources: [String]
  var sentences: [String]

  init(_ alert: Alert, records: [FactRecord]) {
    severity = alert.severity
    values = AlertBasis.values(records)
    sources = Array(Set(records.map(AlertBasis.source))).sorted()
    sentences = Array(Set(alert.evidence.map(\.evidence.text))).sorted()
  }

  /// Why the alert is worth a person's eye again; nil where nothing of weight has changed.
  func news(in alert: Alert, records: [FactRecord]) -> String? {
    var news: [String] = []
    if alert.severity > severity { news.append("severity rose from \(severity.rawValue) to \(alert.severity.rawValue)") }
    let known = Set(values)
    let fresh = AlertBasis.values(records).filter { !known.contains($0) }
    if !fresh.isEmpty { news.append("a new value: \(fresh.joined(separator: ", "))") }
    // A copy of what was known is no further source, whoever prints it, nor is a house's second paper.
    let old = Set(sentences)
    let classes = IndependentSources.classes(records)
    let heard = Set(
      zip(records, classes).filter { record, _ in
        sources.contains(AlertBasis.source(record)) || record.fact.evidence.contains { old.contains($0.text) }
      }.map(\.1))
    let names = Array(Set(zip(records, classes).filter { !heard.contains($0.1) }.map { AlertBasis.source($0.0) })).sorted()
    if !names.isEmpty { news.append("a new independent source: \(names.joined(separator: ", "))") }
    return news.isEmpty ? nil : news.joined(separator: "; ")
  }

  private static func values(_ records: [FactRecord]) -> [String] { Array(Set(records.compactMap(\.fact.value))).sorted() }

  /// Who stands behind a fact: whoever the note names, else its publisher, else the note itself.
  private static func source(_ record: FactRecord) -> String {
    record.publisher ?? record.fact.source.first { $0 != "document" } ?? record.path
  }
}

extension FactRecord {
  /// Facts by id, whether they still hold or not: of each the version that held at `change`, else the latest.
  static func fetch(_ db: Database, ids: [String], asOf change: Int64 = .max) throws -> [FactRecord] {
    // The version that counts comes last, and takes the place of those before it.
    let statement = try db.cachedStatement(
      sql: "SELECT record FROM facts WHERE fact IN (SELECT value FROM json_each(?)) ORDER BY fact, born <= ?, id")
    var records: [FactRecord] = []
    let rows = try Row.fetchCursor(statement, arguments: [try JSON.encode(ids), change])
    while let row = try rows.next() {
      let record = try JSON.decode(FactRecord.self, row, 0)
      if records.last?.fact.id == record.fact.id { records[records.count - 1] = record } else { records.append(record) }
    }
    return records.sortedByPublication()
  }
}
