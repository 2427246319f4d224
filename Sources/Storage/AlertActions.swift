import Analysis
import GRDB

/// What a person does to an alert.
public enum AlertAction: String, Sendable, Codable { case acknowledge, resolve, reopen }

extension Store {
  /// Changes an alert's state for a person, with their reason, and owes its file an update.
  /// - Returns: the change, or nil where the alert is in that state already or is no alert.
  public func act(
    _ action: AlertAction, on fingerprint: String, author: String, reason: String, now: Int64, today: String
  ) throws(StoreError) -> AlertChange? {
    try write { db in
      let find = "SELECT state, alert FROM alerts WHERE fingerprint = ?"
      guard let row = try Row.fetchOne(db, sql: find, arguments: [fingerprint]) else { return nil }
      let state: AlertState
      let what: AlertChange.What
      switch action {
      case .acknowledge: (state, what) = (.acknowledged, .acknowledged)
      case .resolve: (state, what) = (.resolved, .resolved)
      case .reopen: (state, what) = (.open, .reopened)
      }
      guard row[0] != state.rawValue, row[0] != AlertState.withdrawn.rawValue else { return nil }
      try db.execute(sql: "INSERT INTO changes(at, day) VALUES (?, ?)", arguments: [now, today])
      let change = db.lastInsertedRowID
      try db.execute(sql: "UPDATE alerts SET state = ?, changed = ? WHERE fingerprint = ?", arguments: [state.rawValue, now, fingerprint])
      let alert: Alert = try JSON.decode(Alert.self, row[1])
      try db.execute(
        sql: """
          INSERT INTO alert_changes(change, fingerprint, at, what, state, reason, author, disposition, alert) VALUES (?, ?, ?, ?, ?, ?, ?, 'updated', ?)
          """,
        arguments: [change, fingerprint, now, what.rawValue, state.rawValue, reason, author, try JSON.encode(alert)])
      let id = db.lastInsertedRowID
      try db.execute(sql: "INSERT INTO outbox(sink, fingerprint, alert_change) VALUES ('file', ?, ?)", arguments: [fingerprint, id])
      return AlertChange(
        id: id, change: change, at: now, what: what, state: state, reason: reason, author: author, disposition: "updated", alert: alert)
    }
  }
}
