import Analysis
import GRDB

/// A delivery that is owed.
public struct OwedDelivery: Sendable {
  public var id: Int64
  public var sink: String
  public var recipient: String
  public var attempts: Int
  public var change: AlertChange
}

/// What goes to one recipient of a sink as one notification; tried again, it is the same deliveries under the same key.
public struct OwedBatch: Sendable {
  /// The idempotency key.
  public var key: String
  public var sink: String
  public var recipient: String
  /// Tries that have failed.
  public var attempts: Int
  /// When the first of it was owed, milliseconds since 1970.
  public var since: Int64
  public var deliveries: [OwedDelivery]
}

/// What became of a delivery outside our own files.
public struct Receipt: Sendable {
  public var change: Int64
  public var sink: String
  public var recipient: String
  public var key: String
  public var at: Int64
  public var attempts: Int
  /// Nil: it went out.
  public var error: String?
}

extension Store {
  /// What our own sinks are owed, oldest first.
  /// - Parameter sinks: nil for all.
  public func owed(to sinks: [String]? = nil, limit: Int = 256) throws(StoreError) -> [OwedDelivery] {
    try read { db in
      let some = sinks.map { "WHERE o.sink IN (\($0.map { _ in "?" }.joined(separator: ", ")))" } ?? ""
      return try Row.fetchAll(
        db, sql: "\(OwedDelivery.columns) \(some) ORDER BY o.id LIMIT ?", arguments: StatementArguments(sinks ?? []) + [limit]
      ).map(OwedDelivery.init(row:))
    }
  }

  /// Strikes deliveries to our own sinks that were made.
  public func settle(deliveries ids: [Int64]) throws(StoreError) {
    guard !ids.isEmpty else { return }
    try write { db in
      for id in ids { try db.cachedStatement(sql: "DELETE FROM outbox WHERE id = ?").execute(arguments: [id]) }
    }
  }

  /// What is due at a sink now, each notification by itself. From here on its deliveries stay together.
  public func claim(sink: String, now: Int64) throws(StoreError) -> [OwedBatch] {
    let sql = """
      \(OwedDelivery.columns) WHERE o.sink = ? AND o.next_try <= ? AND o.due <= ? ORDER BY o.id LIMIT 512
      """
    let arguments: StatementArguments = [sink, now, now]
    guard try read({ try Row.fetchOne($0, sql: sql, arguments: arguments) != nil }) else { return [] }
    return try write { db in
      var order: [String] = []
      var found: [String: (rows: [Row], claimed: String?, grouping: String?)] = [:]
      for row in try Row.fetchAll(db, sql: sql, arguments: arguments) {
        let (recipient, grouping, batch): (String, String?, String?) = (row["recipient"], row["grouping"], row["batch"])
        let place = "\(recipient)\u{1E}" + (batch.map { "b\($0)" } ?? grouping.map { "g\($0)" } ?? "r\(row["delivery"] as Int64)")
        if found[place] == nil { order.append(place) }
        found[place, default: ([], batch, grouping)].rows.append(row)
      }
      return try order.compactMap { place in
        guard let (rows, claimed, grouping) = found[place], let first = rows.first else { return nil }
        let deliveries = try rows.map(OwedDelivery.init(row:))
        let parts = deliveries.map { "\($0.change.alert.fingerprint)\u{1F}\($0.change.id)" }
        let key = claimed ?? StableHash.hex(of: ([sink, deliveries[0].recipient] + parts).joined(separator: "\u{1E}"))
        if claimed == nil {
          for delivery in deliveries {
            try db.cachedStatement(sql: "UPDATE outbox SET batch = ? WHERE id = ?").execute(arguments: [key, delivery.id])
          }
          if let grouping {
            try db.execute(sql: "INSERT OR REPLACE INTO alert_groups(key, flushed_at) VALUES (?, ?)", arguments: [grouping, now])
          }
        }
        return OwedBatch(
          key: key, sink: sink, recipient: deliveries[0].recipient, attempts: deliveries[0].attempts,
          since: max(first["due"], deliveries[0].change.at), deliveries: deliveries)
      }
    }
  }

  /// Strikes a notification that went out, or that is given up with `error`, and keeps a receipt.
  public func settle(_ batch: OwedBatch, now: Int64, error: String? = nil) throws(StoreError) {
    try write { db in
      for delivery in batch.deliveries {
        try db.execute(sql: "DELETE FROM outbox WHERE id = ?", arguments: [delivery.id])
        try db.execute(
          sql: "INSERT INTO deliveries(alert_change, sink, recipient, key, at, attempts, error) VALUES (?, ?, ?, ?, ?, ?, ?)",
          arguments: [delivery.change.id, batch.sink, batch.recipient, batch.key, now, batch.attempts + 1, error])
      }
    }
  }

  /// Notes a failed try; it stays owed, and no other recipient waits for it.
  public func postpone(_ batch: OwedBatch, until next: Int64, error: String) throws(StoreError) {
    try write { db in
      for delivery in batch.deliveries {
        try db.execute(
          sql: "UPDATE outbox SET attempts = attempts + 1, next_try = ?, error = ? WHERE id = ?", arguments: [next, error, delivery.id])
      }
    }
  }

  /// When something is next due at a sink, milliseconds since 1970; nil where nothing is owed.
  public func nextDue(sink: String) throws(StoreError) -> Int64? {
    try read { db in
      let alerts = try Int64?.fetchOne(db, sql: "SELECT min(max(due, next_try)) FROM outbox WHERE sink = ?", arguments: [sink])
      let digests = try Int64?.fetchOne(
        db, sql: "SELECT min(next_try) FROM digest_deliveries WHERE sink = ? AND state = 'owed'", arguments: [sink])
      return [alerts.flatMap { $0 }, digests.flatMap { $0 }].compactMap { $0 }.min()
    }
  }

  /// Gives up what is owed to sinks and recipients that are no longer configured, and keeps receipts of it.
  /// - Parameter known: the recipients of each sink, those of our own included; a sink without any has the empty one.
  public func forget(recipientsExcept known: [String: [String]], now: Int64) throws(StoreError) {
    let owed = "SELECT DISTINCT sink, recipient FROM outbox UNION SELECT sink, recipient FROM digest_deliveries WHERE state = 'owed'"
    let gone = try read { db in
      try Row.fetchAll(db, sql: owed).map { (sink: $0[0] as String, recipient: $0[1] as String) }
        .filter { !(known[$0.sink]?.contains($0.recipient) ?? false) }
    }
    guard !gone.isEmpty else { return }
    try write { db in
      for (sink, recipient) in gone {
        try db.execute(
          sql: """
            INSERT INTO deliveries(alert_change, sink, recipient, key, at, attempts, error)
              SELECT alert_change, sink, recipient, coalesce(batch, ''), ?, attempts, 'no longer configured' FROM outbox
              WHERE sink = ? AND recipient = ?
            """, arguments: [now, sink, recipient])
        try db.execute(sql: "DELETE FROM outbox WHERE sink = ? AND recipient = ?", arguments: [sink, recipient])
        try db.execute(
          sql: """
            UPDATE digest_deliveries SET state = 'failed', at = ?, error = 'no longer configured'
            WHERE state = 'owed' AND sink = ? AND recipient = ?
            """, arguments: [now, sink, recipient])
      }
    }
  }
}

extension OwedDelivery {
  fileprivate static let columns = """
    SELECT c.id, c.change, c.at, c.what, c.state, c.reason, c.author, c.disposition, c.alert, o.id AS delivery, o.sink, o.recipient, o.attempts,
      o.due, o.grouping, o.batch, o.next_try
    FROM outbox o JOIN alert_changes c ON c.id = o.alert_change
    """

  init(row: Row) throws {
    self.init(
      id: row["delivery"], sink: row["sink"], recipient: row["recipient"], attempts: row["attempts"], change: try AlertChange(row: row))
  }
}
