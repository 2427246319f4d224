import Foundation
import GRDB

/// A note in whose reading the program died, and how often.
public struct Crash: Sendable, Hashable {
  public var key: NoteKey
  /// The state of the file that it died on; another is another matter.
  public var stamp: FileStamp
  public var count: Int
  /// "killed by signal 11 (Segmentation fault)".
  public var how: String

  public init(key: NoteKey, stamp: FileStamp, count: Int = 1, how: String) {
    self.key = key
    self.stamp = stamp
    self.count = count
    self.how = how
  }
}

extension Store {
  /// Counts a death of the program while it read a note.
  /// - Parameter program: which program it was; what another one died on, this one may read.
  public func strike(_ crash: Crash, program: String) throws(StoreError) {
    try write { db in
      let s = crash.stamp
      let stamp: StatementArguments = [Int64(bitPattern: s.device), Int64(bitPattern: s.inode), s.size, s.modified, s.changed]
      let known = try Int.fetchOne(
        db,
        sql: """
          SELECT count FROM crashes WHERE folder = ? AND path = ? AND dev = ? AND ino = ? AND size = ? AND mtime = ? AND ctime = ? AND program = ?
          """, arguments: [crash.key.folder, crash.key.path.data] + stamp + [program])
      try db.execute(
        sql:
          "INSERT OR REPLACE INTO crashes(folder, path, dev, ino, size, mtime, ctime, count, program, how) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [crash.key.folder, crash.key.path.data] + stamp + [(known ?? 0) + 1, program, crash.how])
    }
  }

  /// What this program died on. What other programs did is forgotten, and their notes are to be read again.
  public func crashes(program: String) throws(StoreError) -> [Crash] {
    let rows = try read { db in
      try Row.fetchAll(db, sql: "SELECT folder, path, dev, ino, size, mtime, ctime, count, how, program FROM crashes")
    }
    guard !rows.isEmpty else { return [] }
    if rows.contains(where: { $0[9] != program }) {
      try write { db in
        try db.execute(
          sql: """
            UPDATE notes SET analysis = '' WHERE state = 'failed' AND EXISTS (SELECT 1 FROM crashes c JOIN folders f ON f.path = c.folder
              WHERE f.id = notes.folder AND c.path = notes.path AND c.program != ?)
            """, arguments: [program])
        try db.execute(sql: "DELETE FROM crashes WHERE program != ?", arguments: [program])
      }
    }
    return rows.filter { $0[9] == program }.map { row in
      let stamp = FileStamp(
        device: UInt64(bitPattern: row[2] as Int64), inode: UInt64(bitPattern: row[3] as Int64), size: row[4], modified: row[5],
        changed: row[6])
      return Crash(key: NoteKey(folder: row[0], path: Array(row[1] as Data)), stamp: stamp, count: row[7], how: row[8])
    }
  }

  // MARK: - Process plugins

  /// Revisions that a plugin of this version is not asked about any more, each with the reason.
  public func quarantined(plugin: String, version: String) throws(StoreError) -> [String: String] {
    try read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT revision, reason FROM plugin_quarantine WHERE plugin = ? AND version = ?", arguments: [plugin, version])
      return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { $1 })
    }
  }

  /// Keeps a revision in quarantine over restarts, until the plugin changes; what was kept for other versions of it goes.
  public func quarantine(revision: String, plugin: String, version: String, reason: String) throws(StoreError) {
    try write { db in
      try db.execute(sql: "DELETE FROM plugin_quarantine WHERE plugin = ? AND version != ?", arguments: [plugin, version])
      try db.execute(
        sql: "INSERT OR REPLACE INTO plugin_quarantine(plugin, version, revision, reason) VALUES (?, ?, ?, ?)",
        arguments: [plugin, version, revision, reason])
    }
  }

  // MARK: - Drift

  /// Notes that changes were found which no file event had told.
  public func add(drift count: Int, example: String) throws(StoreError) {
    try write { db in
      try db.execute(
        sql: "INSERT INTO drift(change, count, example) VALUES ((SELECT coalesce(max(number), 0) FROM changes), ?, ?)",
        arguments: [count, example])
    }
  }

  /// Changes found without an event, noted after the change `after` and up to `upTo`.
  public func drift(after: Int64, upTo: Int64) throws(StoreError) -> Int {
    try read { db in
      try Int.fetchOne(db, sql: "SELECT sum(count) FROM drift WHERE change > ? AND change <= ?", arguments: [after, upTo]) ?? 0
    }
  }
}
