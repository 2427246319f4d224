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
  public var result: Result

  public init(
    key: NoteKey, displayPath: String, stamp: FileStamp?, cause: Cause, analysis: String, keepsFacts: Bool = false, result: Result
  ) {
    self.key = key
    self.displayPath = displayPath
    self.stamp = stamp
    self.cause = cause
    self.analysis = analysis
    self.keepsFacts = keepsFacts
    self.result = result
  }
}

/// What the database holds of a note's file, for the start-up comparison.
public struct KnownNote: Sendable {
  public var path: [UInt8]
  public var stamp: FileStamp
  public var state: NoteState
  public var analysis: String
}

extension Store {
  /// Every note of a folder that is not gone, in no order. Rows are handed over one by one, so that a hundred thousand need no list.
  public func forEachKnownNote(in folder: String, _ body: (KnownNote) -> Void) throws(StoreError) {
    try read { db in
      let sql = """
        SELECT n.path, n.dev, n.ino, n.size, n.mtime, n.ctime, n.state, n.analysis FROM notes n JOIN folders f ON f.id = n.folder
        WHERE f.path = ? AND n.state != 'gone'
        """
      let rows = try Row.fetchCursor(db, sql: sql, arguments: [folder])
      while let row = try rows.next() {
        let stamp = FileStamp(
          device: UInt64(bitPattern: row[1] as Int64), inode: UInt64(bitPattern: row[2] as Int64), size: row[3], modified: row[4],
          changed: row[5])
        let path: [UInt8] = try row.withUnsafeData(atIndex: 0) { data in data.map { Array($0) } ?? [] }
        body(KnownNote(path: path, stamp: stamp, state: NoteState(rawValue: row[6]) ?? .failed, analysis: row[7]))
      }
    }
  }

  /// The stored stamp of one note, nil where it is unknown or gone.
  public func knownNote(_ key: NoteKey) throws(StoreError) -> KnownNote? {
    try read { db in
      let sql = """
        SELECT n.dev, n.ino, n.size, n.mtime, n.ctime, n.state, n.analysis FROM notes n JOIN folders f ON f.id = n.folder
        WHERE f.path = ? AND n.path = ? AND n.state != 'gone'
        """
      guard let row = try Row.fetchOne(db, sql: sql, arguments: [key.folder, key.path.data]) else { return nil }
      let stamp = FileStamp(
        device: UInt64(bitPattern: row[0] as Int64), inode: UInt64(bitPattern: row[1] as Int64), size: row[2], modified: row[3],
        changed: row[4])
      return KnownNote(path: key.path, stamp: stamp, state: NoteState(rawValue: row[5]) ?? .failed, analysis: row[6])
    }
  }
}

extension Store {
  /// The revision on record for a note, nil where it is unknown or was not read.
  public func revision(_ key: NoteKey) throws(StoreError) -> String? {
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT n.revision FROM notes n JOIN folders f ON f.id = n.folder WHERE f.path = ? AND n.path = ? AND n.state != 'gone'",
        arguments: [key.folder, key.path.data])
    }
  }
}
