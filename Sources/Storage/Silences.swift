import Alerting
import Analysis
import GRDB

extension Silence {
  /// Silences that a change at `now` meets.
  static func fetch(_ db: Database, activeAt now: Int64) throws -> [Silence] {
    try Row.fetchAll(
      db.cachedStatement(sql: "SELECT * FROM silences WHERE starts_at <= ? AND ends_at > ? ORDER BY id"), arguments: [now, now]
    ).map(Silence.init(row:))
  }

  init(row: Row) throws {
    let texts = try JSON.decode([String].self, row["matchers"])
    self.init(
      id: row["id"], matchers: texts.compactMap { try? Matcher($0) }, author: row["author"], comment: row["comment"],
      startsAt: row["starts_at"], endsAt: row["ends_at"])
  }
}

extension Store {
  /// All silences that have not ended, or all there ever were, the oldest first.
  public func silences(at now: Int64, all: Bool = false) throws(StoreError) -> [Silence] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM silences WHERE ? OR ends_at > ? ORDER BY id", arguments: [all, now]).map(Silence.init(row:))
    }
  }

  /// Enters a silence. What waits for its group or its hour and is covered by it is not told any more.
  /// - Parameter silence: its id is ignored.
  /// - Returns: the silence with its id, and how many open alerts it covers.
  public func add(_ silence: Silence, now: Int64, correlation: Correlation) throws(StoreError) -> (silence: Silence, covered: Int) {
    try write { db in
      try db.execute(
        sql: "INSERT INTO silences(matchers, author, comment, created_at, starts_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          try JSON.encode(silence.matchers.map(\.description)), silence.author, silence.comment, now, silence.startsAt, silence.endsAt,
        ])
      var silence = silence
      silence.id = db.lastInsertedRowID
      let notifier = AlertNotifier(db: db, change: 0, now: now, correlation: correlation)
      let rows = try Row.fetchAll(db, sql: "SELECT alert FROM alerts WHERE state IN ('open', 'acknowledged')")
      let covered = try rows.map { try JSON.decode(Alert.self, $0[0]) }.filter { silence.matchers.match($0.matchedLabels) }
      if silence.state(at: now) == .active {
        for alert in covered {
          try notifier.takeBack(
            alert.fingerprint, as: .silenced, reason: "silence \(silence.id) by \(silence.author): \(silence.comment)")
        }
      }
      return (silence, covered.count)
    }
  }

  /// Ends a silence now.
  /// - Returns: false where there is none of this id that has not ended.
  public func expire(silence id: Int64, by author: String, now: Int64) throws(StoreError) -> Bool {
    try write { db in
      try db.execute(
        sql: "UPDATE silences SET ends_at = max(starts_at, ?), starts_at = min(starts_at, ?), expired_by = ? WHERE id = ? AND ends_at > ?",
        arguments: [now, now, author, id, now])
      return db.changesCount > 0
    }
  }
}
