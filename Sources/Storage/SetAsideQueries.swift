import GRDB

/// A note that repeats another.
public struct DuplicateRow: Sendable {
  public var path: String
  public var original: String
  public var originalTitle: String?
  /// From 0 to 1.
  public var similarity: Double
}

extension Store {
  /// Notes recorded in the given transactions that repeat an earlier one, where both are there at the end of them.
  public func duplicates(after: Int64, upTo: Int64) throws(StoreError) -> [DuplicateRow] {
    try read { db in
      let sql = """
        SELECT r.path, o.path, o.title, d.similarity FROM duplicates d
        JOIN revisions r ON r.id = (SELECT max(id) FROM revisions WHERE note = d.note AND change <= ?2)
        JOIN revisions o ON o.id = (SELECT max(id) FROM revisions WHERE note = d.original AND change <= ?2)
        WHERE d.change > ?1 AND d.change <= ?2 AND r.change = d.change AND r.what = 'recorded' AND o.what = 'recorded'
        ORDER BY r.path
        """
      return try Row.fetchAll(db, sql: sql, arguments: [after, upTo]).map {
        DuplicateRow(path: $0[0], original: $0[1], originalTitle: $0[2], similarity: $0[3])
      }
    }
  }

  /// Paths of the notes that bear one of the tags as of a transaction.
  /// - Parameter tags: as `NoteTraits.tag` writes them; one stands for those below it, too: `ai` for `ai/chips`.
  public func paths(tagged tags: [String], asOf change: Int64) throws(StoreError) -> Set<String> {
    try read { db in
      let sql = """
        SELECT path, tags FROM revisions WHERE tags IS NOT NULL AND id IN (SELECT max(id) FROM revisions WHERE change <= ? GROUP BY note)
        """
      var paths: Set<String> = []
      let rows = try Row.fetchCursor(db, sql: sql, arguments: [change])
      while let row = try rows.next() {
        let own = (row[1] as String).split(separator: "\u{1F}")
        if own.contains(where: { tag in tags.contains { tag == $0 || tag.hasPrefix("\($0)/") } }) { paths.insert(row[0]) }
      }
      return paths
    }
  }
}
