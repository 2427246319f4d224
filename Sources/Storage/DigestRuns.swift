import Analysis
import GRDB

/// A digest that was built: which transactions it covers.
public struct DigestRow: Sendable, Hashable {
  public static let daily = "daily"

  /// Which of the configured digests.
  public var digest: String
  /// The local date on which it was due, `YYYY-MM-DD`; with `digest` the key.
  public var day: String
  /// It covers changes after this …
  public var after: Int64
  /// … up to and with this.
  public var upTo: Int64
  public var builtAt: Int64

  public init(digest: String = DigestRow.daily, day: String, after: Int64, upTo: Int64, builtAt: Int64) {
    self.digest = digest
    self.day = day
    self.after = after
    self.upTo = upTo
    self.builtAt = builtAt
  }
}

/// A digest that is owed to one recipient.
public struct OwedDigest: Sendable {
  public var row: DigestRow
  public var sink: String
  public var recipient: String
  public var attempts: Int
  /// The idempotency key: the same for each try, another for each recipient.
  public var key: String { StableHash.hex(of: "digest\u{1E}\(row.digest)\u{1E}\(row.day)\u{1E}\(sink)\u{1E}\(recipient)") }
}

extension Store {
  public func digest(_ id: String = DigestRow.daily, day: String) throws(StoreError) -> DigestRow? {
    try read { db in
      try Row.fetchOne(
        db, sql: "SELECT digest, day, after, upto, built_at FROM digest_runs WHERE digest = ? AND day = ?", arguments: [id, day]
      ).map(DigestRow.init(row:))
    }
  }

  public func lastDigest(_ id: String = DigestRow.daily, before day: String) throws(StoreError) -> DigestRow? {
    try read { db in
      try Row.fetchOne(
        db,
        sql: "SELECT digest, day, after, upto, built_at FROM digest_runs WHERE digest = ? AND day < ? ORDER BY day DESC LIMIT 1",
        arguments: [id, day]
      ).map(DigestRow.init(row:))
    }
  }

  /// Enters a digest that was written, and owes it to those who are to have it; whoever had it, or is owed it, is not owed it again.
  public func record(digest row: DigestRow, to recipients: [(sink: String, recipient: String)] = []) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO digest_runs(digest, day, after, upto, built_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [row.digest, row.day, row.after, row.upTo, row.builtAt])
      for (sink, recipient) in recipients {
        try db.execute(
          sql: "INSERT OR IGNORE INTO digest_deliveries(digest, day, sink, recipient, state) VALUES (?, ?, ?, ?, 'owed')",
          arguments: [row.digest, row.day, sink, recipient])
      }
    }
  }

  /// Digests that are owed to a sink's recipients now, oldest first.
  public func owedDigests(sink: String, now: Int64) throws(StoreError) -> [OwedDigest] {
    try read { db in
      let sql = """
        SELECT r.digest, r.day, r.after, r.upto, r.built_at, d.sink, d.recipient, d.attempts
        FROM digest_deliveries d JOIN digest_runs r ON r.digest = d.digest AND r.day = d.day
        WHERE d.sink = ? AND d.state = 'owed' AND d.next_try <= ? ORDER BY r.day, r.digest, d.recipient
        """
      return try Row.fetchAll(db, sql: sql, arguments: [sink, now]).map { row in
        OwedDigest(row: DigestRow(row: row), sink: row[5], recipient: row[6], attempts: row[7])
      }
    }
  }

  /// Enters that a digest went out, or is given up with `error`.
  public func settle(_ owed: OwedDigest, now: Int64, error: String? = nil) throws(StoreError) {
    try update(owed, "state = ?, attempts = attempts + 1, at = ?, error = ?", [error == nil ? "sent" : "failed", now, error])
  }

  /// Notes a failed try; it stays owed.
  public func postpone(_ owed: OwedDigest, until next: Int64, error: String) throws(StoreError) {
    try update(owed, "attempts = attempts + 1, next_try = ?, error = ?", [next, error])
  }

  private func update(_ owed: OwedDigest, _ set: String, _ values: StatementArguments) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: "UPDATE digest_deliveries SET \(set) WHERE digest = ? AND day = ? AND sink = ? AND recipient = ?",
        arguments: values + [owed.row.digest, owed.row.day, owed.sink, owed.recipient])
    }
  }

  /// State of every delivery of digests: "owed", "sent", "failed".
  public func digestDeliveries() throws(StoreError) -> [(digest: String, day: String, sink: String, recipient: String, state: String)] {
    try read { db in
      let sql = "SELECT digest, day, sink, recipient, state FROM digest_deliveries ORDER BY digest, day, sink, recipient"
      return try Row.fetchAll(db, sql: sql).map { ($0[0], $0[1], $0[2], $0[3], $0[4]) }
    }
  }

  /// The dates of all digests of a schedule that were written.
  public func digestDays(_ id: String = DigestRow.daily) throws(StoreError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT day FROM digest_runs WHERE digest = ? ORDER BY day", arguments: [id]) }
  }

  /// The last change committed before an instant (milliseconds since 1970); 0 where there is none.
  public func lastChange(before instant: Int64) throws(StoreError) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM changes WHERE at < ?", arguments: [instant]) ?? 0 }
  }

  /// When the last note came that is news, else when anything was first recorded; milliseconds since 1970.
  public func lastNote() throws(StoreError) -> Int64? {
    let last = try read { db in
      try Int64.fetchOne(
        db,
        sql: """
          SELECT c.at FROM revisions r JOIN changes c ON c.number = r.change WHERE r.what = 'recorded' AND r.cause = 'news'
          ORDER BY r.change DESC LIMIT 1
          """)
    }
    if let last { return last }
    return try firstInstant()
  }

  /// How many notes were on record as of a change.
  public func documents(asOf change: Int64) throws(StoreError) -> Int {
    if try lastChange() == change { return try counts().documents }
    return try read { db in
      let sql = """
        SELECT count(*) FROM (SELECT what, max(id) FROM revisions WHERE change <= ? GROUP BY note) WHERE what = 'recorded'
        """
      return try Int.fetchOne(db, sql: sql, arguments: [change]) ?? 0
    }
  }
}

extension DigestRow {
  init(row: Row) { self.init(digest: row[0], day: row[1], after: row[2], upTo: row[3], builtAt: row[4]) }
}
