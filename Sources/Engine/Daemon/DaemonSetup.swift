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
    for suffix in ["", "-wal", "-shm"] { rename(path + suffix, aside + suffix) }
    return aside
  }

  /// Opens the database; a damaged one is moved aside and the notes are read again.
  static func openStore(_ configuration: Configuration, journal: Journal) throws(SetupError) -> Store {
    let path = databasePath(state: configuration.state)
    do {
      return try Store(path: path)
    } catch .corrupt(_, let reason) {
      let aside = moveAside(path)
      journal(
        JournalEntry(
          .databaseMovedAside, .warning, "the database was damaged (\(reason)); it was moved to \(aside), and all notes are read again"))
      do { return try Store(path: path) } catch { throw setup(error) }
    } catch {
      throw setup(error)
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
