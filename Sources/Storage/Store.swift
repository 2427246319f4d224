import GRDB
import Glibc
import Synchronization

/// Why the database cannot be used, in words for the person who runs the daemon.
public enum StoreError: Error, Sendable, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  /// Another process holds the database; worth another try.
  case locked(path: String)
  /// The volume is full, read-only or failing; worth another try.
  case volume(path: String, reason: String)
  /// Written by a newer Bellwether; the file is left untouched.
  case newerSchema(path: String)
  case corrupt(path: String, reason: String)
  /// One of the values could not be stored; the database is fine.
  case value(reason: String)

  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      return "cannot open the database \(path): \(reason); check that its folder exists and may be written"
    case .locked(let path): return "the database \(path) is locked by another program; waiting for it"
    case .volume(let path, let reason): return "cannot write the database \(path): \(reason); free space or make the volume writable"
    case .newerSchema(let path):
      return "the database \(path) was written by a newer Bellwether; install that version again, or name another `state` folder"
    case .corrupt(let path, let reason): return "the database \(path) is damaged: \(reason)"
    case .value(let reason): return "a value could not be stored: \(reason)"
    }
  }

  /// Whether waiting and trying again can help without anybody's doing.
  public var isTransient: Bool {
    switch self {
    case .locked, .volume: return true
    case .cannotOpen, .newerSchema, .corrupt, .value: return false
    }
  }
}

/// Everything that outlives a restart, in one SQLite file.
///
/// One connection owns writes and checkpoints: SQLite before 3.51.3 can corrupt a WAL that two connections checkpoint. Readers (the verbs, in other
/// processes) open with `Store(reading:)`, which never checkpoints.
public final class Store: Sendable {
  public let path: String
  /// Whether its last user left without closing it: then it is worth a look whether all of it is sound.
  public let wasLeftOpen: Bool
  let queue: DatabaseQueue
  /// Told once when damage is met, by whichever thread meets it.
  private let damageListener = Mutex<(@Sendable (StoreError) -> Void)?>(nil)

  /// Opens for writing; makes or migrates the file.
  public init(path: String) throws(StoreError) {
    self.path = path
    // An orderly stop empties the log.
    var log = stat()
    wasLeftOpen = stat(path + "-wal", &log) == 0 && log.st_size > 0
    try Store.refuseNewer(path)
    do {
      var configuration = Configuration()
      configuration.label = "bellwether.store"
      configuration.busyMode = .timeout(5)
      configuration.journalMode = .wal
      configuration.prepareDatabase { db in
        // Checkpoints and FTS merges run at rest (`maintain`). The cache holds what one batch changes.
        try db.execute(sql: "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY")
      }
      queue = try DatabaseQueue(path: path, configuration: configuration)
      // FULL: an alert once acknowledged to the outbox survives a power cut. Set here, since GRDB sets NORMAL after `prepareDatabase`.
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous=FULL") }
      let migrator = Schema.migrator
      if try queue.read({ try migrator.hasBeenSuperseded($0) }) { throw StoreError.newerSchema(path: path) }
      try migrator.migrate(queue)
    } catch let error as StoreError {
      throw error
    } catch {
      throw Store.explain(error, path: path)
    }
  }

  /// Looks at the schema through a connection that cannot write, so that a newer database is left exactly as it is.
  private static func refuseNewer(_ path: String) throws(StoreError) {
    guard access(path, F_OK) == 0 else { return }
    do {
      _ = try Store(reading: path)
    } catch .newerSchema {
      throw .newerSchema(path: path)
    } catch {
      // Anything else is for the writing connection to meet, and to say.
    }
  }

  /// Opens for reading only, as the verbs do while the daemon runs.
  public init(reading path: String) throws(StoreError) {
    self.path = path
    wasLeftOpen = false
    do {
      var configuration = Configuration()
      configuration.label = "bellwether.reader"
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      queue = try DatabaseQueue(path: path, configuration: configuration)
      if try queue.read({ try Schema.migrator.hasBeenSuperseded($0) }) { throw StoreError.newerSchema(path: path) }
    } catch let error as StoreError {
      throw error
    } catch {
      throw Store.explain(error, path: path)
    }
  }

  func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.write(body) } catch { throw failure(error) }
  }

  func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.read(body) } catch { throw failure(error) }
  }

  /// One look-up by a single statement, without the transaction around it that several would need.
  func lookUp<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
    do { return try queue.unsafeRead(body) } catch { throw failure(error) }
  }

  /// Damage may be met anywhere, long after the file was opened; whoever owns the database hears of it once.
  public func onDamage(_ listener: @escaping @Sendable (StoreError) -> Void) { damageListener.withLock { $0 = listener } }

  private func failure(_ error: any Error) -> StoreError {
    let explained = Store.explain(error, path: path)
    if case .corrupt = explained {
      let listener = damageListener.withLock { listener in
        defer { listener = nil }
        return listener
      }
      listener?(explained)
    }
    return explained
  }

  /// Turns SQLite's codes into what a person can act on.
  static func explain(_ error: any Error, path: String) -> StoreError {
    if let known = error as? StoreError { return known }
    guard let database = error as? DatabaseError else { return .value(reason: "\(error)") }
    let reason = database.message ?? "\(database.resultCode)"
    switch database.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .locked(path: path)
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY: return .volume(path: path, reason: reason)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .corrupt(path: path, reason: reason)
    default: return .cannotOpen(path: path, reason: reason)
    }
  }

  // MARK: - Small values

  public func meta(_ key: String) throws(StoreError) -> String? {
    try read { try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key]) }
  }

  public func setMeta(_ key: String, _ value: String) throws(StoreError) {
    try write { try $0.execute(sql: "INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", arguments: [key, value]) }
  }

  // MARK: - At rest

  /// Checkpoint and a bounded FTS merge: kept out of the write path, where they cost tens of milliseconds at the 99th percentile.
  /// - Returns: whether there is more to merge.
  public func maintain(pages: Int = 64) throws(StoreError) -> Bool {
    do {
      let before = try queue.writeWithoutTransaction { db -> Int in
        let count = db.totalChangesCount
        try db.execute(sql: "INSERT INTO search(search, rank) VALUES ('merge', \(pages))")
        try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
        return db.totalChangesCount - count
      }
      return before >= 2
    } catch {
      throw failure(error)
    }
  }

  /// Brings the log into the database file and empties it; part of an orderly stop.
  public func checkpoint() throws(StoreError) {
    do {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    } catch {
      throw Store.explain(error, path: path)
    }
  }

  /// Checkpoints and closes; for whoever owns the only connection.
  public func close() throws(StoreError) {
    try checkpoint()
    do { try queue.close() } catch { throw Store.explain(error, path: path) }
  }

  /// Looks through the whole file for damage; takes its time.
  /// - Throws: `corrupt` where it finds any.
  public func check() throws(StoreError) {
    let problem = try read { db in try String.fetchOne(db, sql: "PRAGMA quick_check(1)") }
    if let problem, problem != "ok" { throw .corrupt(path: path, reason: problem) }
  }

  /// Frees cached statements and pages; after a large scan the daemon is at rest for long.
  public func releaseMemory() { queue.releaseMemory() }
}
