import Analysis
import GRDB

/// A delivery that is owed.
public struct OwedDelivery: Sendable {
  public var id: Int64
  public var sink: String
  public var attempts: Int
  public var change: AlertChange
}

/// A digest that was built: which transactions it covers.
public struct DigestRow: Sendable {
  /// Local date, `YYYY-MM-DD`; the key.
  public var day: String
  /// It covers changes after this …
  public var after: Int64
  /// … up to and with this.
  public var upTo: Int64
  public var builtAt: Int64

  public init(day: String, after: Int64, upTo: Int64, builtAt: Int64) {
    self.day = day
    self.after = after
    self.upTo = upTo
    self.builtAt = builtAt
  }
}

extension Store {
  /// What is owed, oldest first.
  public func owed(limit: Int = 256) throws(StoreError) -> [OwedDelivery] {
    try read { db in
      let sql = """
        SELECT c.id, c.change, c.at, c.what, c.state, c.reason, c.author, c.disposition, c.alert, o.id, o.sink, o.attempts
        FROM outbox o JOIN alert_changes c ON c.id = o.alert_change ORDER BY o.id LIMIT ?
        """
      return try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
        OwedDelivery(id: row[9], sink: row[10], attempts: row[11], change: try AlertChange(row: row))
      }
    }
  }

  /// Strikes deliveries that were made.
  public func settle(deliveries ids: [Int64]) throws(StoreError) {
    guard !ids.isEmpty else { return }
    try write { db in
      for id in ids { try db.cachedStatement(sql: "DELETE FROM outbox WHERE id = ?").execute(arguments: [id]) }
    }
  }

  /// Notes a failed delivery; it stays owed.
  public func fail(deliveries ids: [Int64], error: String) throws(StoreError) {
    try write { db in
      for id in ids {
        try db.execute(sql: "UPDATE outbox SET attempts = attempts + 1, error = ? WHERE id = ?", arguments: [error, id])
      }
    }
  }

  public func digest(day: String) throws(StoreError) -> DigestRow? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT day, after, upto, built_at FROM digests WHERE day = ?", arguments: [day]).map(DigestRow.init(row:))
    }
  }

  public func lastDigest(before day: String) throws(StoreError) -> DigestRow? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT day, after, upto, built_at FROM digests WHERE day < ? ORDER BY day DESC LIMIT 1", arguments: [day])
        .map(DigestRow.init(row:))
    }
  }

  public func record(digest: DigestRow) throws(StoreError) {
    try write {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO digests(day, after, upto, built_at) VALUES (?, ?, ?, ?)",
        arguments: [digest.day, digest.after, digest.upTo, digest.builtAt])
    }
  }
}

extension DigestRow {
  init(row: Row) { self.init(day: row[0], after: row[1], upTo: row[2], builtAt: row[3]) }
}
