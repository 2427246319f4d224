import Analysis
import Configuration
import Dispatch
import Documents
import FileWatching
import Glibc
import Intake
import Language
import Reporting
import Storage
import Synchronization

/// What is made ready before anything runs.
extension Daemon {
  static func makeFolder(_ path: String, _ key: String) throws(SetupError) {
    do {
      try AtomicFile.makeFolder(path, mode: 0o700)
    } catch {
      throw SetupError(error.isPermission ? .permission : .inputOutput, "\(error); name another folder under `\(key)`")
    }
  }

  static func locks(_ folders: [String]) throws(SetupError) -> [String: InstanceLock] {
    var locks: [String: InstanceLock] = [:]
    for folder in folders { locks[folder] = try InstanceLock(folder: folder) }
    return locks
  }

  /// Bytes of notes that are read or wait to be recorded at once: with its text, sentences and facts a note takes some sixteen times its size.
  static func readingBudget(_ configuration: Configuration) -> Int { max(1 << 20, configuration.limits.memory / 16) }

  /// - Returns: where the damaged database lies now.
  @discardableResult
  static func moveAside(_ path: String) -> String {
    let aside = "\(path).corrupt-\(SystemClock().now / 1000)"
    DecisionLog.expectRebuild(state: String(path.dropLast("/bellwether.sqlite".count)))
    for suffix in ["", "-wal", "-shm"] { rename(path + suffix, aside + suffix) }
    return aside
  }

  /// How long a start waits for a database that another program has locked, in nanoseconds.
  private static let lockPatience: UInt64 = 60_000_000_000

  /// Opens the database. One that is locked is waited for, a damaged one is moved aside and the notes are read again.
  static func openStore(_ configuration: Configuration, supervisor: Supervisor, journal: Journal) throws(SetupError) -> Store {
    let path = databasePath(state: configuration.state)
    let clock = SystemClock()
    let deadline = clock.elapsed + lockPatience
    var (isTold, isMoved) = (false, false)
    while true {
      do {
        return try Store(path: path)
      } catch .corrupt(_, let reason) where !isMoved {
        isMoved = true
        let aside = moveAside(path)
        journal(
          JournalEntry(
            .databaseMovedAside, .warning, "the database was damaged (\(reason)); it was moved to \(aside), and all notes are read again"))
      } catch .locked(let path) where clock.elapsed < deadline {
        // SQLite has waited for five seconds already.
        if !isTold { journal(JournalEntry(.stateFull, .warning, StoreError.locked(path: path).description)) }
        isTold = true
        supervisor.status("Waiting: \(StoreError.locked(path: path))")
      } catch {
        throw setup(error)
      }
    }
  }

  static func setup(_ error: StoreError) -> SetupError {
    switch error {
    case .newerSchema: return SetupError(.configuration, error.description)
    case .locked: return SetupError(.temporary, error.description)
    case .volume, .corrupt, .cannotOpen, .value: return SetupError(.inputOutput, error.description)
    }
  }

  public static func reporter(_ configuration: Configuration) -> Reporter {
    let folders = NoteFolders(configuration).folders
    let roots = folders.map { EvidenceLinks.Root(label: $0.label, path: $0.path) }
    // A template that opens no file is refused when the configuration is taken up.
    return Reporter(links: (try? EvidenceLinks(roots: roots, template: configuration.links)) ?? EvidenceLinks(roots: roots))
  }
}
