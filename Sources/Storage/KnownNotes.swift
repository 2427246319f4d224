import GRDB
import GRDBSQLite
import Glibc

/// What the database holds of the files of a folder, packed for the comparison with the folder: a start over a hundred thousand unchanged notes is
/// little else than this, and a dictionary of arrays would take an allocation, two copies and a cryptographic hash a note.
public struct KnownNotes: Sendable {
  public struct Entry: Sendable {
    public var stamp: FileStamp
    public var state: NoteState
    /// Why it was read last.
    public var cause: Cause
    fileprivate var analysis: Int32
    fileprivate var isMet = false
    fileprivate var start: Int
    fileprivate var length: Int
  }

  private var entries: [Entry] = []
  /// The paths, one behind the other.
  private var paths: [UInt8] = []
  /// The analysis keys that occur: few.
  private var analyses: [String] = []
  /// Open addressing: the number of an entry, or -1. Never more than half full.
  private var slots: [Int32] = []
  /// Another one in each process, so that nobody can choose names that meet in one slot.
  private let seed = UInt64.random(in: 0 ... .max)

  public init() {}

  public var count: Int { entries.count }
  public var devices: Set<UInt64> { entries.reduce(into: []) { $0.insert($1.stamp.device) } }

  /// What is on record for a path; from then on the path counts as met.
  public mutating func meet(_ path: [UInt8]) -> Entry? {
    guard !slots.isEmpty, let index = path.withUnsafeBytes({ find($0) }) else { return nil }
    entries[index].isMet = true
    return entries[index]
  }

  public func analysis(of entry: Entry) -> String { analyses[Int(entry.analysis)] }

  /// The paths that were not met.
  public var unmet: [[UInt8]] {
    entries.lazy.filter { !$0.isMet }.map { Array(paths[$0.start..<($0.start + $0.length)]) }
  }

  // MARK: - Filling

  /// - Parameter path: one that is not there yet.
  mutating func add(_ path: UnsafeRawBufferPointer, _ stamp: FileStamp, _ state: NoteState, _ cause: Cause, analysis: Int32) {
    entries.append(
      Entry(stamp: stamp, state: state, cause: cause, analysis: analysis, start: paths.count, length: path.count))
    paths.append(contentsOf: path)
  }

  /// The number of an analysis key.
  /// - Parameter last: the one of the entry before: nearly always the same.
  mutating func number(of key: UnsafeRawBufferPointer, last: Int32) -> Int32 {
    func isSame(_ known: String) -> Bool {
      var known = known
      return known.withUTF8 { isEqual(UnsafeRawBufferPointer($0), key) }
    }
    if last < analyses.count, isSame(analyses[Int(last)]) { return last }
    if let index = analyses.firstIndex(where: isSame) { return Int32(index) }
    analyses.append(String(decoding: key, as: UTF8.self))
    return Int32(analyses.count - 1)
  }

  /// Makes the table; to be called when all are there.
  mutating func index() {
    var size = 16
    while size < entries.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    paths.withUnsafeBytes { paths in
      for (number, entry) in entries.enumerated() {
        var slot =
          Int(truncatingIfNeeded: hash(UnsafeRawBufferPointer(rebasing: paths[entry.start..<(entry.start + entry.length)]))) & (size - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
        slots[slot] = Int32(number)
      }
    }
    self.slots = slots
  }

  private func find(_ path: UnsafeRawBufferPointer) -> Int? {
    var slot = Int(truncatingIfNeeded: hash(path)) & (slots.count - 1)
    return paths.withUnsafeBytes { paths in
      while slots[slot] >= 0 {
        let entry = entries[Int(slots[slot])]
        if isEqual(UnsafeRawBufferPointer(rebasing: paths[entry.start..<(entry.start + entry.length)]), path) { return Int(slots[slot]) }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  /// Eight bytes a step.
  private func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = seed &+ UInt64(bytes.count)
    var at = 0
    while at < bytes.count {
      var word: UInt64 = 0
      if at + 8 <= bytes.count {
        word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      } else {
        for index in at..<bytes.count { word = word << 8 | UInt64(bytes[index]) }
      }
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at += 8
    }
    return hash
  }
}

private func isEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard a.count == b.count, let first = a.baseAddress, let second = b.baseAddress else { return a.count == b.count }
  return memcmp(first, second, a.count) == 0
}

extension Store {
  /// Every note of a folder that is not gone.
  /// - Parameter directory: only what lies below this directory of the folder; empty for all.
  public func knownNotes(in folder: String, below directory: [UInt8] = []) throws(StoreError) -> KnownNotes {
    try lookUp { db in
      var known = KnownNotes()
      guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM folders WHERE path = ?", arguments: [folder]) else { return known }
      // The whole table in its own order, or a stretch of the index: a look-up a row would cost more than reading the row.
      let isWhole = directory.isEmpty
      let statement = try db.makeStatement(
        sql: """
          SELECT path, dev, ino, size, mtime, ctime, analysis, state, cause FROM notes
          WHERE \(isWhole ? "+folder = ?" : "folder = ? AND path > ? AND path < ?") AND state != 'gone'
          """)
      statement.arguments = isWhole ? [id] : [id, (directory + [0x2F]).data, (directory + [0x30]).data]
      let row = statement.sqliteStatement
      // Without this the statement may be freed after its last mention above, and with it what is stepped through below.
      defer { withExtendedLifetime(statement) { _ = sqlite3_reset(row) } }
      func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(row, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
      }
      var analysis: Int32 = 0
      while true {
        let code = sqlite3_step(row)
        if code == SQLITE_DONE { break }
        guard code == SQLITE_ROW else {
          throw DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
        }
        let stamp = FileStamp(
          device: UInt64(bitPattern: sqlite3_column_int64(row, 1)), inode: UInt64(bitPattern: sqlite3_column_int64(row, 2)),
          size: sqlite3_column_int64(row, 3), modified: sqlite3_column_int64(row, 4), changed: sqlite3_column_int64(row, 5))
        analysis = known.number(of: bytes(6), last: analysis)
        let state: NoteState =
          if bytes(7).first == UInt8(ascii: "r") { .recorded } else if bytes(7).first == UInt8(ascii: "i") { .ignored } else { .failed }
        let cause: Cause =
          switch bytes(8).first {
          case UInt8(ascii: "b"): .baseline
          case UInt8(ascii: "u"): .upgrade
          default: .news
          }
        known.add(bytes(0), stamp, state, cause, analysis: analysis)
      }
      known.index()
      return known
    }
  }
}
