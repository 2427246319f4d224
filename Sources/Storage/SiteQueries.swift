import Analysis
import GRDB

/// Who facts are about, counted where they lie: no fact is decoded for it.
public struct SubjectCount: Sendable {
  public var root: String
  /// The name as the notes' facts have it: the entity itself, or a person or product of it.
  public var name: String
  public var facts: Int
  /// Publication of the latest note, in the interchange form.
  public var latest: String?
}

public struct PublisherCount: Sendable {
  public var publisher: String?
  public var notes: Int
  public var facts: Int
  public var latest: String?
}

/// What the pages that list everything ask for.
extension Store {
  /// By root and name, as of a transaction.
  public func subjectCounts(asOf change: Int64) throws(StoreError) -> [SubjectCount] {
    try read { db in
      let sql = """
        SELECT s.root, s.name, count(*), max(n.published)
        FROM facts f INDEXED BY facts_born CROSS JOIN fact_subjects s ON s.fact = f.id JOIN notes n ON n.id = f.note
        WHERE f.born <= ? AND (f.died IS NULL OR f.died > ?) AND f.kind <> ? GROUP BY s.root, s.name ORDER BY s.root, s.name
        """
      return try Row.fetchAll(db, sql: sql, arguments: [change, change, Fact.statement]).map {
        SubjectCount(root: $0[0], name: $0[1], facts: $0[2], latest: $0[3])
      }
    }
  }

  /// Roots of everybody about whom a fact, an alert or a contradiction came, went or changed in the given transactions.
  public func subjectsTouched(after: Int64, upTo: Int64) throws(StoreError) -> Set<String> {
    try read { db in
      let sql = """
        SELECT s.root FROM facts f JOIN fact_subjects s ON s.fact = f.id WHERE f.born > ?1 AND f.born <= ?2
        UNION SELECT s.root FROM facts f JOIN fact_subjects s ON s.fact = f.id WHERE f.died > ?1 AND f.died <= ?2
        UNION SELECT a.root FROM alert_changes c JOIN alerts a ON a.fingerprint = c.fingerprint WHERE c.change > ?1 AND c.change <= ?2
        UNION SELECT root FROM contradictions WHERE (born > ?1 AND born <= ?2) OR (died > ?1 AND died <= ?2)
        """
      return try String.fetchSet(db, sql: sql, arguments: [after, upTo])
    }
  }

  /// The last change of one alert as of a transaction; nil where it had none yet.
  public func alertState(_ fingerprint: String, asOf change: Int64) throws(StoreError) -> AlertChange? {
    try read { db in
      let sql = """
        SELECT id, change, at, what, state, reason, author, disposition, alert FROM alert_changes
        WHERE fingerprint = ? AND change <= ? ORDER BY id DESC LIMIT 1
        """
      return try Row.fetchOne(db, sql: sql, arguments: [fingerprint, change]).map(AlertChange.init(row:))
    }
  }

  /// When each alert was first raised, milliseconds since 1970, by fingerprint.
  public func raisedInstants(asOf change: Int64) throws(StoreError) -> [String: Int64] {
    try read { db in
      let sql =
        "SELECT fingerprint, at FROM alert_changes WHERE id IN (SELECT min(id) FROM alert_changes WHERE change <= ? GROUP BY fingerprint)"
      return try Dictionary(Row.fetchAll(db, sql: sql, arguments: [change]).map { ($0[0], $0[1]) }, uniquingKeysWith: { a, _ in a })
    }
  }

  /// Publishers of the notes that are there, by how many they have.
  public func publisherCounts(asOf change: Int64) throws(StoreError) -> [PublisherCount] {
    try read { db in
      let sql = """
        SELECT publisher, count(*), sum(facts), max(published) FROM revisions
        WHERE what = 'recorded' AND id IN (SELECT max(id) FROM revisions WHERE change <= ? GROUP BY note) GROUP BY publisher ORDER BY publisher
        """
      return try Row.fetchAll(db, sql: sql, arguments: [change]).map {
        PublisherCount(publisher: $0[0], notes: $0[1], facts: $0[2], latest: $0[3])
      }
    }
  }

  /// The notes that are there, the last one received first.
  public func latestNotes(asOf change: Int64, limit: Int) throws(StoreError) -> [(
    path: String, title: String?, publisher: String?, published: String?, facts: Int
  )] {
    try read { db in
      let sql = """
        SELECT path, title, publisher, published, facts FROM revisions
        WHERE what = 'recorded' AND id IN (SELECT max(id) FROM revisions WHERE change <= ? GROUP BY note) ORDER BY change DESC, path LIMIT ?
        """
      return try Row.fetchAll(db, sql: sql, arguments: [change, limit]).map { ($0[0], $0[1], $0[2], $0[3], $0[4]) }
    }
  }
}
