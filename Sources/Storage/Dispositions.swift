import Alerting
import Analysis
import GRDB

/// What became of one change at one sink.
public struct DispositionRow: Sendable, Hashable {
  public var change: Int64
  public var sink: String
  public var disposition: Disposition
  public var reason: String
}

extension Store {
  /// What became of every change of an alert at every sink, oldest first.
  public func dispositions(fingerprint: String) throws(StoreError) -> [DispositionRow] {
    try read { db in
      let sql = """
        SELECT d.alert_change, d.sink, d.disposition, d.reason FROM dispositions d JOIN alert_changes c ON c.id = d.alert_change
        WHERE c.fingerprint = ? ORDER BY d.alert_change, d.sink
        """
      return try Row.fetchAll(db, sql: sql, arguments: [fingerprint]).map { row in
        DispositionRow(change: row[0], sink: row[1], disposition: Disposition(rawValue: row[2]) ?? .duplicate, reason: row[3])
      }
    }
  }

  /// How many changes of alerts there were, and what became of them by sink: the sums match.
  public func conservation() throws(StoreError) -> (changes: Int, sinks: [String: [Disposition: Int]]) {
    try read { db in
      var sinks: [String: [Disposition: Int]] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT sink, disposition, count(*) FROM dispositions GROUP BY 1, 2") {
        if let disposition = Disposition(rawValue: row[1]) { sinks[row[0], default: [:]][disposition] = row[2] }
      }
      return (try Int.fetchOne(db, sql: "SELECT count(*) FROM alert_changes") ?? 0, sinks)
    }
  }

  /// What went out of an alert's changes, or was given up, oldest first.
  public func receipts(fingerprint: String) throws(StoreError) -> [Receipt] {
    try read { db in
      let sql = """
        SELECT d.alert_change, d.sink, d.recipient, d.key, d.at, d.attempts, d.error FROM deliveries d
        JOIN alert_changes c ON c.id = d.alert_change WHERE c.fingerprint = ? ORDER BY d.id
        """
      return try Row.fetchAll(db, sql: sql, arguments: [fingerprint]).map { row in
        Receipt(change: row[0], sink: row[1], recipient: row[2], key: row[3], at: row[4], attempts: row[5], error: row[6])
      }
    }
  }

  /// What is still owed of an alert's changes: when, and why not yet.
  public func pending(fingerprint: String) throws(StoreError) -> [(
    change: Int64, sink: String, recipient: String, due: Int64, error: String?
  )] {
    try read { db in
      let sql =
        "SELECT alert_change, sink, recipient, max(due, next_try), error FROM outbox WHERE fingerprint = ? AND sink != 'file' ORDER BY id"
      return try Row.fetchAll(db, sql: sql, arguments: [fingerprint]).map { ($0[0], $0[1], $0[2], $0[3], $0[4]) }
    }
  }
}
