import Analysis
import Foundation
import GRDB

/// Live counts for `status`.
public struct StoreCounts: Sendable {
  public var documents = 0
  public var failed = 0
  public var ignored = 0
  /// Of the ignored: those that a program is missing for, and what one of them says.
  public var unconverted = 0
  public var unconvertedReason: String?
  public var facts = 0
  public var alertsOpen = 0
  public var owed = 0

  public init() {}
}

/// A note as listed in digests: what was read, and what became of it.
public struct RevisionRow: Sendable {
  public var change: Int64
  public var note: Int64
  public var what: NoteState
  public var cause: Cause
  public var path: String
  public var title: String?
  public var publisher: String?
  public var published: String?
  public var language: String?
  public var analysed: Bool
  public var facts: Int
  public var reason: String?
  /// What it promotes; nil: nothing.
  public var promotion: NoteTraits.Promotion?
}

/// An alert as it stands.
public struct AlertRow: Sendable {
  public var alert: Alert
  public var state: AlertState
  /// Milliseconds since 1970.
  public var raised: Int64
  public var changed: Int64
}

public struct SearchHit: Sendable {
  public var folder: String
  public var path: [UInt8]
  public var title: String?
  public var published: String?
  /// Up to 16 words around the hit; matches stand between U+0002 and U+0003.
  public var snippet: String
}

extension Store {
  public func counts() throws(StoreError) -> StoreCounts {
    try read { db in
      var counts = StoreCounts()
      for row in try Row.fetchAll(db, sql: "SELECT state, count(*) FROM notes GROUP BY state") {
        switch NoteState(rawValue: row[0]) {
        case .recorded: counts.documents = row[1]
        case .failed: counts.failed = row[1]
        case .ignored: counts.ignored = row[1]
        default: break
        }
      }
      if counts.ignored > 0,
        let row = try Row.fetchOne(
          db, sql: "SELECT count(*), min(reason) FROM notes WHERE state = 'ignored' AND reason LIKE 'no converter: %'")
      {
        counts.unconverted = row[0]
        counts.unconvertedReason = row[1]
      }
      counts.alertsOpen = try Int.fetchOne(db, sql: "SELECT count(*) FROM alerts WHERE state = 'open'") ?? 0
      counts.owed =
        try Int.fetchOne(db, sql: "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM digest_deliveries WHERE state = 'owed')")
        ?? 0
      return counts
    }
  }

  /// The number of the last committed change; 0 where there is none.
  public func lastChange() throws(StoreError) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM changes") ?? 0 }
  }

  /// The last change whose local day is `day` or earlier.
  public func lastChange(upTo day: String) throws(StoreError) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(number) FROM changes WHERE day <= ?", arguments: [day]) ?? 0 }
  }

  /// Facts that hold as of `change` (nil: now), in order of publication; without statements that are there to be compared only, unless asked for.
  public func facts(asOf change: Int64? = nil, kind: String? = nil, subject: String? = nil) throws(StoreError) -> [FactRecord] {
    try read { db in
      var sql = "SELECT f.record FROM facts f"
      var arguments: StatementArguments = []
      if let subject {
        sql += " JOIN fact_subjects s ON s.fact = f.id AND s.root = ?"
        arguments += [subject]
      }
      if let change {
        sql += " WHERE f.born <= ? AND (f.died IS NULL OR f.died > ?)"
        arguments += [change, change]
      } else {
        sql += " WHERE f.died IS NULL"
      }
      if let kind {
        sql += " AND f.kind = ?"
        arguments += [kind]
      } else {
        sql += " AND f.kind <> ?"
        arguments += [Fact.statement]
      }
      var records: [FactRecord] = []
      let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
      while let row = try rows.next() { records.append(try JSON.decode(FactRecord.self, row, 0)) }
      return records.sortedByPublication()
    }
  }

  /// Facts of some kinds that hold as of a transaction, in order of publication.
  public func facts(asOf change: Int64, kinds: [String]) throws(StoreError) -> [FactRecord] {
    try read { db in
      let sql = """
        SELECT record FROM facts WHERE kind IN (\(kinds.map { _ in "?" }.joined(separator: ", "))) AND born <= ? AND (died IS NULL OR died > ?)
        """
      let rows = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(kinds) + [change, change])
      var records: [FactRecord] = []
      while let row = try rows.next() { records.append(try JSON.decode(FactRecord.self, row, 0)) }
      return records.sortedByPublication()
    }
  }

  /// Facts that came in the given transactions and still hold at the end of them.
  public func facts(after: Int64, upTo: Int64) throws(StoreError) -> [FactRecord] {
    try read { db in
      let sql = "SELECT record FROM facts WHERE born > ? AND born <= ? AND (died IS NULL OR died > ?) AND kind <> ?"
      let rows = try Row.fetchCursor(db, sql: sql, arguments: [after, upTo, upTo, Fact.statement])
      var records: [FactRecord] = []
      while let row = try rows.next() { records.append(try JSON.decode(FactRecord.self, row, 0)) }
      return records.sortedByPublication()
    }
  }

  /// How many facts of each kind each subject gained in the given transactions.
  public func factCounts(after: Int64, upTo: Int64) throws(StoreError) -> [String: [String: Int]] {
    try read { db in
      let sql = """
        SELECT s.root, f.kind, count(*) FROM facts f JOIN fact_subjects s ON s.fact = f.id
        WHERE f.born > ? AND f.born <= ? AND (f.died IS NULL OR f.died > ?) AND f.kind <> ? GROUP BY 1, 2
        """
      var counts: [String: [String: Int]] = [:]
      for row in try Row.fetchAll(db, sql: sql, arguments: [after, upTo, upTo, Fact.statement]) {
        counts[row[0], default: [:]][row[1]] = row[2]
      }
      return counts
    }
  }

  /// Facts by id, whether they still hold or not: of each the version that was known at `change`, else the latest.
  public func facts(ids: [String], asOf change: Int64 = .max) throws(StoreError) -> [FactRecord] {
    try read { try FactRecord.fetch($0, ids: ids, asOf: change) }
  }

  /// The last change of every alert as of a transaction.
  public func alertStates(asOf change: Int64) throws(StoreError) -> [AlertChange] {
    try read { db in
      let sql = """
        SELECT id, change, at, what, state, reason, author, disposition, alert FROM alert_changes
        WHERE id IN (SELECT max(id) FROM alert_changes WHERE change <= ? GROUP BY fingerprint) ORDER BY id
        """
      var changes: [AlertChange] = []
      let rows = try Row.fetchCursor(db, sql: sql, arguments: [change])
      while let row = try rows.next() { changes.append(try AlertChange(row: row)) }
      return changes
    }
  }

  /// Ids of the contradictions found in the given transactions.
  public func newContradictions(after: Int64, upTo: Int64) throws(StoreError) -> Set<String> {
    try read { db in
      let sql = "SELECT id FROM contradictions GROUP BY id HAVING min(born) > ? AND min(born) <= ?"
      return try String.fetchSet(db, sql: sql, arguments: [after, upTo])
    }
  }

  /// The number of the last change of any alert; 0 where there is none.
  public func lastAlertChange() throws(StoreError) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM alert_changes") ?? 0 }
  }

  /// The ids of everybody who has facts as of a transaction, in order.
  public func subjects(asOf change: Int64) throws(StoreError) -> [String] {
    try read { db in
      let sql = """
        SELECT DISTINCT s.root FROM facts f CROSS JOIN fact_subjects s ON s.fact = f.id
        WHERE f.born <= ? AND (f.died IS NULL OR f.died > ?) ORDER BY s.root
        """
      return try String.fetchAll(db, sql: sql, arguments: [change, change])
    }
  }

  /// When the first transaction was committed, milliseconds since 1970; nil where nothing ever was.
  public func firstInstant() throws(StoreError) -> Int64? {
    try read { try Int64.fetchOne($0, sql: "SELECT at FROM changes ORDER BY number LIMIT 1") }
  }

  /// When a transaction was committed, milliseconds since 1970.
  public func instant(ofChange change: Int64) throws(StoreError) -> Int64? {
    try read { try Int64.fetchOne($0, sql: "SELECT at FROM changes WHERE number = ?", arguments: [change]) }
  }

  public func contradictions(asOf change: Int64? = nil) throws(StoreError) -> [Contradiction] {
    try read { db in
      let limit = change ?? Int64.max
      let rows = try Row.fetchCursor(
        db, sql: "SELECT contradiction FROM contradictions WHERE born <= ? AND (died IS NULL OR died > ?) ORDER BY id",
        arguments: [limit, limit])
      var seen: Set<String> = []
      var found: [Contradiction] = []
      while let row = try rows.next() {
        let contradiction = try JSON.decode(Contradiction.self, row, 0)
        if seen.insert(contradiction.id).inserted { found.append(contradiction) }
      }
      return found
    }
  }

  public func alerts() throws(StoreError) -> [AlertRow] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT alert, state, raised, changed FROM alerts ORDER BY raised, fingerprint").map { row in
        AlertRow(
          alert: try JSON.decode(Alert.self, row, 0), state: AlertState(rawValue: row[1]) ?? .open, raised: row[2], changed: row[3])
      }
    }
  }

  /// The history of one alert, or of all, oldest first.
  /// - Parameters:
  ///   - fingerprint: whole or a unique beginning; nil for all.
  ///   - after: only changes of a transaction later than this …
  ///   - upTo: … and no later than this.
  public func alertChanges(
    fingerprint: String? = nil, after: Int64 = 0, upTo: Int64 = .max, afterID: Int64 = 0
  ) throws(StoreError) -> [AlertChange] {
    try read { db in
      var sql =
        "SELECT id, change, at, what, state, reason, author, disposition, alert FROM alert_changes WHERE change > ? AND change <= ? AND id > ?"
      var arguments: StatementArguments = [after, upTo, afterID]
      if let fingerprint {
        sql += " AND fingerprint = ?"
        arguments += [fingerprint]
      }
      return try Row.fetchAll(db, sql: sql + " ORDER BY id", arguments: arguments).map(AlertChange.init(row:))
    }
  }

  /// Notes read, failed, ignored or gone in the given transactions, in order.
  public func revisions(after: Int64, upTo: Int64) throws(StoreError) -> [RevisionRow] {
    try read { db in
      let sql = """
        SELECT change, note, what, cause, path, title, publisher, published, language, analysed, facts, reason, promotion FROM revisions
        WHERE change > ? AND change <= ? ORDER BY id
        """
      return try Row.fetchAll(db, sql: sql, arguments: [after, upTo]).map { row in
        RevisionRow(
          change: row[0], note: row[1], what: NoteState(rawValue: row[2]) ?? .failed, cause: Cause(rawValue: row[3]) ?? .news, path: row[4],
          title: row[5], publisher: row[6], published: row[7], language: row[8], analysed: row[9], facts: row[10], reason: row[11],
          promotion: try (row[12] as Data?).map { try JSON.decode(NoteTraits.Promotion.self, $0) })
      }
    }
  }

  /// Full-text search in FTS5 syntax; words alone must all occur.
  public func search(_ query: String, limit: Int = 50) throws(StoreError) -> [SearchHit] {
    try read { db in
      let sql = """
        SELECT f.path, n.path, n.title, n.published, snippet(search, 1, char(2), char(3), '…', 16)
        FROM search JOIN notes n ON n.id = search.rowid JOIN folders f ON f.id = n.folder
        WHERE search MATCH ? ORDER BY rank, n.id LIMIT ?
        """
      return try Row.fetchAll(db, sql: sql, arguments: [query, limit]).map { row in
        SearchHit(folder: row[0], path: Array(row[1] as Data), title: row[2], published: row[3], snippet: row[4])
      }
    }
  }

  /// Whether a query is well-formed FTS5; a hyphen or an apostrophe in a plain word is not.
  public static func quoted(_ query: String) -> String {
    query.split(separator: " ").map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: " ")
  }
}

extension AlertChange {
  init(row: Row) throws {
    self.init(
      id: row[0], change: row[1], at: row[2], what: What(rawValue: row[3]) ?? .updated, state: AlertState(rawValue: row[4]) ?? .open,
      reason: row[5], author: row[6], disposition: row[7], alert: try JSON.decode(Alert.self, row, 8))
  }
}
