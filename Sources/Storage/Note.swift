import Analysis
import Documents
import GRDB

/// What `stat` said of a note; equal values mean that nothing needs reading again.
public struct FileStamp: Sendable, Hashable {
  public var device: UInt64
  public var inode: UInt64
  public var size: Int64
  /// Nanoseconds since 1970.
  public var modified: Int64
  public var changed: Int64

  public init(device: UInt64, inode: UInt64, size: Int64, modified: Int64, changed: Int64) {
    self.device = device
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }
}

/// A note's place: a watched folder and the raw bytes below it.
public struct NoteKey: Sendable, Hashable {
  public var folder: String
  public var path: [UInt8]

  public init(folder: String, path: [UInt8]) {
    self.folder = folder
    self.path = path
  }
}

public enum NoteState: String, Sendable { case recorded, failed, ignored, gone }

/// Why a note was read: only `news` may notify anybody.
public enum Cause: String, Sendable { case news, baseline, upgrade }

/// The outcome of reading one note, ready to be committed.
public struct NoteOutcome: Sendable {
  public enum Result: Sendable {
    case document(Document, facts: [Fact], analysed: Bool)
    case failed(String)
    case ignored(String)
    case gone
    /// The file came here by a rename; nothing of it changed.
    case moved(from: NoteKey)
    /// A directory was renamed to the key's path; `display` gives the shown path of each note below it.
    case movedDirectory(from: NoteKey, display: @Sendable (NoteKey) -> String)
  }

  public var key: NoteKey
  /// The path as shown to people.
  public var displayPath: String
  /// Nil for `gone`.
  public var stamp: FileStamp?
  public var cause: Cause
  /// What analysed it: a hash over configuration, rules and version.
  public var analysis: String
  /// `gone` only: whether the facts stay (`on_removal: keep`).
  public var keepsFacts: Bool
  /// Of a document that was analysed.
  public var traits: NoteTraits
  public var result: Result

  public init(
    key: NoteKey, displayPath: String, stamp: FileStamp?, cause: Cause, analysis: String, keepsFacts: Bool = false,
    traits: NoteTraits = NoteTraits(), result: Result
  ) {
    self.key = key
    self.displayPath = displayPath
    self.stamp = stamp
    self.cause = cause
    self.analysis = analysis
    self.keepsFacts = keepsFacts
    self.traits = traits
    self.result = result
  }
}

extension NoteOutcome {
  /// In place of the analysis key where a plugin could not look at the note: it is read again at the next comparison.
  public static let incomplete = "incomplete"
}

/// What the database holds of a note's file, for the start-up comparison.
public struct KnownNote: Sendable {
  public var path: [UInt8]
  public var stamp: FileStamp
  public var state: NoteState
  public var analysis: String
  /// Why it was read last.
  public var cause: Cause
}

extension Store {
  private static let columns = "n.path, n.dev, n.ino, n.size, n.mtime, n.ctime, n.state, n.analysis, n.cause"

  /// Every note of a folder that is not gone, in no order. Rows are handed over one by one, so that a hundred thousand need no list.
  /// - Parameter directory: only what lies below this directory of the folder; empty for all.
  public func forEachKnownNote(in folder: String, below directory: [UInt8] = [], _ body: (KnownNote) -> Void) throws(StoreError) {
    try read { db in
      var sql = "SELECT \(Store.columns) FROM notes n JOIN folders f ON f.id = n.folder WHERE f.path = ? AND n.state != 'gone'"
      var arguments: StatementArguments = [folder]
      if !directory.isEmpty {
        sql += " AND n.path > ? AND n.path < ?"
        arguments += [(directory + [0x2F]).data, (directory + [0x30]).data]
      }
      let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
      while let row = try rows.next() { body(try KnownNote(row: row)) }
    }
  }

  /// The stored stamp of one note, nil where it is unknown or gone.
  public func knownNote(_ key: NoteKey) throws(StoreError) -> KnownNote? {
    try lookUp { db in
      let sql = """
        SELECT \(Store.columns) FROM notes n JOIN folders f ON f.id = n.folder WHERE f.path = ? AND n.path = ? AND n.state != 'gone'
        """
      return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [key.folder, key.path.data]).map(KnownNote.init(row:))
    }
  }

  /// The facts that hold of a note.
  public func factIDs(_ key: NoteKey) throws(StoreError) -> Set<String> {
    try read { db in
      try String.fetchSet(
        db,
        sql: """
          SELECT x.fact FROM facts x JOIN notes n ON n.id = x.note JOIN folders f ON f.id = n.folder
          WHERE f.path = ? AND n.path = ? AND n.state != 'gone' AND (x.died IS NULL OR x.dismissed IS NOT NULL)
          """, arguments: [key.folder, key.path.data])
    }
  }

  /// The revision on record for a note, nil where it is unknown or was not read.
  public func revision(_ key: NoteKey) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT n.revision FROM notes n JOIN folders f ON f.id = n.folder WHERE f.path = ? AND n.path = ? AND n.state != 'gone'",
        arguments: [key.folder, key.path.data])
    }
  }
}

extension KnownNote {
  init(row: Row) throws {
    path = try row.withUnsafeData(atIndex: 0) { data in data.map { Array($0) } ?? [] }
    stamp = FileStamp(
      device: UInt64(bitPattern: row[1] as Int64), inode: UInt64(bitPattern: row[2] as Int64), size: row[3], modified: row[4],
      changed: row[5])
    state = NoteState(rawValue: row[6]) ?? .failed
    analysis = row[7]
    cause = Cause(rawValue: row[8]) ?? .news
  }
}
