import Alerting
import Analysis
import Foundation
import GRDB

/// Enters a change of an alert, decides who is told of it, and owes it to them: all in the transaction that makes the change.
final class AlertNotifier {
  /// Our own files show every alert as it is: no route leads there and nothing silences them.
  static let fileSink = "file"

  let db: Database
  let change: Int64
  let now: Int64
  let policy: NotificationPolicy
  /// Whether alert files are written.
  let hasFiles: Bool
  private var silences: [Silence]?

  init(db: Database, change: Int64, now: Int64, correlation: Correlation) {
    self.db = db
    self.change = change
    self.now = now
    policy = correlation.policy
    hasFiles = correlation.sinks.contains(AlertNotifier.fileSink)
  }

  /// - Parameter kind: what the change is to those who are told; a person's own word and other evidence are no news.
  func record(
    _ alert: Alert, _ what: AlertChange.What, _ state: AlertState, reason: String, author: String = "bellwether", as kind: Occurrence.Kind
  ) throws -> AlertChange {
    let summary =
      switch kind {
      case .news, .reminder, .ending: "notified"
      case .noNews: "updated"
      case .baseline: "baseline"
      }
    try db.cachedStatement(
      sql: """
        INSERT INTO alert_changes(change, fingerprint, at, what, state, reason, author, disposition, alert) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      change, alert.fingerprint, now, what.rawValue, state.rawValue, reason, author, summary, try JSON.encode(alert),
    ])
    let entry = AlertChange(
      id: db.lastInsertedRowID, change: change, at: now, what: what, state: state, reason: reason, author: author, disposition: summary,
      alert: alert)
    try tell(entry, kind)
    return entry
  }

  private func tell(_ change: AlertChange, _ kind: Occurrence.Kind) throws {
    if hasFiles { try mirror(change, kind) }
    switch kind {
    case .ending: try takeBack(change.alert.fingerprint, as: .withdrawn, reason: "it ended before it was told")
    case .noNews(isAcknowledged: true):
      try takeBack(change.alert.fingerprint, as: .acknowledged, reason: "it was acknowledged before it was told")
    default: break
    }
    let occurrence = Occurrence(kind, labels: change.alert.matchedLabels)
    for decision in try policy.decide(occurrence, circumstances(of: change.alert)) {
      try dispose(change, decision.sink, decision.disposition, decision.reason)
      if decision.disposition.isTold {
        let isReminder = if case .reminder = kind { true } else { false }
        for recipient in try recipients(of: decision.sink, withoutOwed: isReminder ? change.alert.fingerprint : nil) {
          try owe(change, to: decision.sink, recipient: recipient, due: decision.due, group: decision.group)
        }
      }
      try stand(change, decision, kind)
    }
  }

  /// - Parameter fingerprint: an alert; those who are still owed a notification of it are left out.
  func recipients(of sink: String, withoutOwed fingerprint: String? = nil) throws -> [String] {
    let all = policy.sinks.first { $0.id == sink }?.recipients ?? [""]
    guard let fingerprint else { return all }
    let owed = try String.fetchSet(
      db.cachedStatement(sql: "SELECT recipient FROM outbox WHERE fingerprint = ? AND sink = ?"), arguments: [fingerprint, sink])
    return all.filter { !owed.contains($0) }
  }

  private func mirror(_ change: AlertChange, _ kind: Occurrence.Kind) throws {
    let file = AlertNotifier.fileSink
    if kind == .baseline { return try dispose(change, file, .baseline, "not news") }
    if change.alert.subject.id == SelfAlerts.root { return try dispose(change, file, .unrouted, "the daemon's own troubles have no page") }
    try dispose(change, file, .notified, "own files show every alert")
    try owe(change, to: file, recipient: "", due: 0, group: nil)
  }

  /// What would be decided of an alert now; nothing is entered.
  func decisions(_ alert: Alert, _ kind: Occurrence.Kind) throws -> [Decision] {
    try policy.decide(Occurrence(kind, labels: alert.matchedLabels), circumstances(of: alert))
  }

  private func circumstances(of alert: Alert) throws -> Circumstances {
    let active = try silences ?? Silence.fetch(db, activeAt: now)
    silences = active
    let (db, now) = (db, now)
    return Circumstances(
      now: now, silences: active,
      open: {
        try Data.fetchAll(db.cachedStatement(sql: "SELECT alert FROM alerts WHERE state = 'open'"))
          .map { try JSON.decode(Alert.self, $0).matchedLabels }
      },
      isTold: { sink in
        let find = try db.cachedStatement(sql: "SELECT opened FROM standings WHERE fingerprint = ? AND sink = ?")
        return try Int64?.fetchOne(find, arguments: [alert.fingerprint, sink]).flatMap { $0 } != nil
      },
      group: { key in
        let due = try db.cachedStatement(sql: "SELECT min(due) FROM outbox WHERE grouping = ? AND batch IS NULL AND due > ?")
        let last = try db.cachedStatement(sql: "SELECT flushed_at FROM alert_groups WHERE key = ?")
        return (
          try Int64?.fetchOne(due, arguments: [key, now]).flatMap { $0 }, try Int64.fetchOne(last, arguments: [key])
        )
      })
  }

  private func dispose(_ change: AlertChange, _ sink: String, _ disposition: Disposition, _ reason: String) throws {
    try db.cachedStatement(sql: "INSERT INTO dispositions(alert_change, sink, disposition, reason) VALUES (?, ?, ?, ?)")
      .execute(arguments: [change.id, sink, disposition.rawValue, reason])
  }

  private func owe(_ change: AlertChange, to sink: String, recipient: String, due: Int64, group: String?) throws {
    try db.cachedStatement(
      sql: "INSERT INTO outbox(sink, recipient, fingerprint, alert_change, due, grouping) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [sink, recipient, change.alert.fingerprint, change.id, due, group])
  }

  /// Remembers what the sink now knows.
  private func stand(_ change: AlertChange, _ decision: Decision, _ kind: Occurrence.Kind) throws {
    let key: StatementArguments = [change.alert.fingerprint, decision.sink]
    switch kind {
    case .ending: try db.cachedStatement(sql: "DELETE FROM standings WHERE fingerprint = ? AND sink = ?").execute(arguments: key)
    case .baseline, .noNews: break
    case .news, .reminder:
      if decision.disposition.isTold {
        try db.cachedStatement(
          sql: """
            INSERT INTO standings(fingerprint, sink, opened, told_at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET opened = coalesce(opened, excluded.opened), told_at = excluded.told_at, held = NULL
            """
        ).execute(arguments: key + [change.id, max(now, decision.due)])
      } else if decision.disposition == .silenced || decision.disposition == .inhibited {
        try db.cachedStatement(
          sql: "INSERT INTO standings(fingerprint, sink, held) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET held = excluded.held"
        ).execute(arguments: key + [decision.disposition.rawValue])
      }
    }
  }

  /// Takes what waits for its group or its hour out of the outbox again: it has been overtaken.
  func takeBack(_ fingerprint: String, as disposition: Disposition, reason: String) throws {
    let rows = try Row.fetchAll(
      db.cachedStatement(sql: "SELECT id, sink, alert_change FROM outbox WHERE fingerprint = ? AND batch IS NULL AND due > ?"),
      arguments: [fingerprint, now])
    for row in rows {
      let (sink, overtaken): (String, Int64) = (row[1], row[2])
      try db.execute(sql: "DELETE FROM outbox WHERE id = ?", arguments: [row[0] as Int64])
      try db.execute(
        sql: "UPDATE dispositions SET disposition = ?, reason = ? WHERE alert_change = ? AND sink = ?",
        arguments: [disposition.rawValue, reason, overtaken, sink])
      let isHeld = disposition == .silenced
      try db.execute(
        sql: "UPDATE standings SET opened = NULL, held = ? WHERE fingerprint = ? AND sink = ? AND opened = ?",
        arguments: [isHeld ? disposition.rawValue : nil, fingerprint, sink, overtaken])
    }
  }
}
