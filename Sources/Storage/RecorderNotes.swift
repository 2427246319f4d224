import Analysis
import Documents
import Foundation
import GRDB

/// The rows of notes, and their renames.
extension Recorder {
  // MARK: - Notes

  mutating func folderID(_ path: String) throws -> Int64 {
    if let id = folders[path] { return id }
    let find = try db.cachedStatement(sql: "SELECT id FROM folders WHERE path = ?")
    if let id = try Int64.fetchOne(find, arguments: [path]) {
      folders[path] = id
      return id
    }
    try db.execute(sql: "INSERT INTO folders(path) VALUES (?)", arguments: [path])
    folders[path] = db.lastInsertedRowID
    return db.lastInsertedRowID
  }

  /// Writes a note's row.
  ///
  /// A new row by INSERT, a known one by UPDATE: a statement that may fail half-way, as INSERT OR REPLACE may, opens a savepoint, and at every
  /// savepoint FTS5 writes all it has gathered to disk, a segment a note.
  func upsert(
    _ known: Int64?, _ folder: Int64, _ outcome: NoteOutcome, state: NoteState, reason: String?, document: Document?, facts: Int,
    firstSeen: Int64?, analysed: Bool = false
  ) throws -> Int64 {
    let s = outcome.stamp ?? FileStamp(device: 0, inode: 0, size: 0, modified: 0, changed: 0)
    let values: StatementArguments = [
      Int64(bitPattern: s.device), Int64(bitPattern: s.inode), s.size, s.modified, s.changed, state.rawValue, reason, document?.revision,
      outcome.analysis, document?.title, document?.byline, document?.publisher, document?.published?.description,
      document?.publishedFrom?.rawValue, document?.language, analysed, document?.isConverted ?? false, facts, firstSeen ?? now, change,
      outcome.cause.rawValue,
    ]
    if let known {
      try db.cachedStatement(
        sql: """
          UPDATE notes SET dev = ?, ino = ?, size = ?, mtime = ?, ctime = ?, state = ?, reason = ?, revision = ?, analysis = ?, title = ?,
            byline = ?, publisher = ?, published = ?, published_from = ?, language = ?, analysed = ?, converted = ?, facts = ?,
            first_seen = ?, change = ?, cause = ?
          WHERE id = ?
          """
      ).execute(arguments: values + [known])
      return known
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO notes(dev, ino, size, mtime, ctime, state, reason, revision, analysis, title, byline, publisher, published,
          published_from, language, analysed, converted, facts, first_seen, change, cause, folder, path)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: values + [folder, outcome.key.path.data])
    return db.lastInsertedRowID
  }

  func stamp(_ id: Int64, _ outcome: NoteOutcome) throws {
    guard let s = outcome.stamp else { return }
    try db.cachedStatement(sql: "UPDATE notes SET dev = ?, ino = ?, size = ?, mtime = ?, ctime = ? WHERE id = ?")
      .execute(arguments: [Int64(bitPattern: s.device), Int64(bitPattern: s.inode), s.size, s.modified, s.changed, id])
  }

  func log(
    _ id: Int64, _ outcome: NoteOutcome, what: NoteState, facts: Int, reason: String? = nil, document: Document? = nil,
    analysed: Bool = false
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO revisions(change, note, what, cause, path, title, publisher, published, language, analysed, facts, reason, tags, promotion)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      change, id, what.rawValue, outcome.cause.rawValue, outcome.displayPath, document?.title, document?.publisher,
      document?.published?.description, document?.language, analysed, facts, reason, outcome.traits.storedTags,
      try outcome.traits.promotion.map { try JSON.encode($0) },
    ])
  }

  // MARK: - Moves

  /// A recorded note of the same inode and revision under another path: the file was renamed, if that path no longer leads to it.
  func movedNote(_ outcome: NoteOutcome, _ document: Document) throws -> Int64? {
    guard let s = outcome.stamp else { return nil }
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT n.id, f.path, n.path FROM notes n JOIN folders f ON f.id = n.folder
          WHERE n.ino = ? AND n.dev = ? AND n.revision = ? AND n.state = 'recorded' AND n.analysis = ?
          """),
      arguments: [Int64(bitPattern: s.inode), Int64(bitPattern: s.device), document.revision, outcome.analysis])
    guard let row else { return nil }
    let old: Data = row[2]
    var path = Array((row[1] as String).utf8) + [0x2F] + Array(old)
    path.append(0)
    let isStillThere = path.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { access($0.baseAddress!, F_OK) == 0 }
    }
    return isStillThere ? nil : row[0]
  }

  /// Gives a note its new place: what rests on it stays, and shows the new path.
  mutating func move(_ id: Int64, folder: Int64, path: [UInt8], display: String) throws {
    try db.execute(sql: "UPDATE notes SET folder = ?, path = ?, change = ? WHERE id = ?", arguments: [folder, path.data, change, id])
    // What a digest says of the note leads to where it is now.
    try db.execute(
      sql: "UPDATE revisions SET path = ? WHERE id = (SELECT max(id) FROM revisions WHERE note = ?)", arguments: [display, id])
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, record FROM facts WHERE note = ? AND (died IS NULL OR dismissed IS NOT NULL)", arguments: [id])
    for row in rows {
      var record = try JSON.decode(FactRecord.self, row[1])
      record.path = display
      try db.execute(sql: "UPDATE facts SET record = ? WHERE id = ?", arguments: [try JSON.encode(record), row[0] as Int64])
    }
    let roots = try String.fetchSet(
      db, sql: "SELECT DISTINCT s.root FROM fact_subjects s JOIN facts f ON f.id = s.fact WHERE f.note = ? AND f.died IS NULL",
      arguments: [id])
    touch(roots)
    moved += 1
  }

  mutating func rename(_ from: NoteKey, to key: NoteKey, _ display: String) throws {
    let source = try folderID(from.folder), target = try folderID(key.folder)
    let find = "SELECT id FROM notes WHERE folder = ? AND path = ? AND state != 'gone'"
    guard let id = try Int64.fetchOne(db, sql: find, arguments: [source, from.path.data]) else { return }
    if let other = try Int64.fetchOne(db, sql: "SELECT id FROM notes WHERE folder = ? AND path = ?", arguments: [target, key.path.data]) {
      guard other != id else { return }
      try withdraw(note: other)
      try removeText(other)
      try removePrint(other)
      try db.execute(
        sql: """
          INSERT INTO revisions(change, note, what, cause, path, analysed, facts) VALUES (?, ?, 'gone', 'news', ?, 0, 0)
          """, arguments: [change, other, display])
      try db.execute(sql: "DELETE FROM notes WHERE id = ?", arguments: [other])
    }
    try move(id, folder: target, path: key.path, display: display)
  }

  mutating func renameBelow(_ from: NoteKey, to key: NoteKey, _ display: (NoteKey) -> String) throws {
    let source = try folderID(from.folder)
    let low = from.path + [0x2F], high = from.path + [0x30]
    let rows = try Row.fetchAll(
      db, sql: "SELECT path FROM notes WHERE folder = ? AND path > ? AND path < ? AND state != 'gone'",
      arguments: [source, low.data, high.data])
    for row in rows {
      let old = Array(row[0] as Data)
      let place = NoteKey(folder: key.folder, path: key.path + old[from.path.count...])
      try rename(NoteKey(folder: from.folder, path: old), to: place, display(place))
    }
  }
}
