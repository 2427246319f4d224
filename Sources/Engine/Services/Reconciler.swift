import FileWatching
import Glibc
import Intake
import Storage

/// Compares a folder with the database by `stat` alone: nothing is read, nothing is hashed.
struct Reconciler: Sendable {
  struct Found: Sendable {
    var path: NotePath
    var identity: FileIdentity
    var recorded: FileIdentity?
    /// Why it is to be read: a change is news; what is unchanged, but analysed under another key, is an upgrade; a second try is what the
    /// first one was.
    var cause: Cause
    /// Unchanged since it was recorded.
    var isSame: Bool
  }

  struct Difference: Sendable {
    var found: [Found] = []
    /// Recorded, and no longer there.
    var vanished: [NotePath] = []
    /// How many notes the folder has on record.
    var known = 0
    /// Directories that could not be listed: nothing is concluded about what lies below.
    var unreadable: [String] = []
    /// All notes are gone, and the folder lies on another file system than they did: something is not mounted.
    var isElsewhere = false
  }

  let folders: NoteFolders
  let assembly: Assembly
  /// Nil: as fast as possible.
  var pace: Pace?

  /// - Parameter start: the directory to compare, empty for the whole folder.
  /// - Throws: where the folder itself cannot be walked or the database cannot be read; nothing may be concluded then.
  func compare(_ start: NotePath, store: Store) throws -> Difference {
    let folders = folders
    let root = folders.folders[start.folder]
    var known = try store.knownNotes(in: root.path, below: start.bytes)
    var keys = CurrentKeys(assembly: assembly)
    var difference = Difference()
    difference.known = known.count
    var unreadable: [BytePath] = []
    let folder = start.folder
    let walker = DirectoryWalker(root: BytePath(root.path)) { folders.prunes(NotePath(folder: folder, bytes: $0.bytes)) }
    try walker.walk(from: BytePath(start.bytes)) { visit in
      pace?.step()
      switch visit {
      case .unreadable(let path, let failure):
        unreadable.append(path)
        difference.unreadable.append(failure.description)
      case .file(let file):
        let note = known.meet(file.path.bytes)
        let path = NotePath(folder: folder, bytes: file.path.bytes)
        guard file.status.isRegularFile, folders.admits(path) else {
          if note != nil { difference.vanished.append(path) }
          break
        }
        let identity = FileIdentity(file.status)
        guard let note, FileIdentity(note.stamp) == identity else {
          let recorded = note.map { FileIdentity($0.stamp) }
          difference.found.append(Found(path: path, identity: identity, recorded: recorded, cause: .news, isSame: false))
          break
        }
        let analysis = known.analysis(of: note)
        if keys.isCurrent(analysis, path.bytes, shown: folders.display(path)) { break }
        let isRetry = note.state != .recorded || analysis == NoteOutcome.incomplete
        difference.found.append(
          Found(path: path, identity: identity, recorded: nil, cause: isRetry ? note.cause : .upgrade, isSame: true))
      }
      return true
    }
    for path in known.unmet where !unreadable.contains(where: { BytePath(path).isWithin($0) }) {
      difference.vanished.append(NotePath(folder: folder, bytes: path))
    }
    if start.bytes.isEmpty, difference.known > 0, difference.vanished.count == difference.known {
      var status = stat()
      difference.isElsewhere = stat(root.path, &status) == 0 && !known.devices.contains(UInt64(status.st_dev))
    }
    // In order of path, so that two runs read alike.
    difference.found.sort { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
    difference.vanished.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    return difference
  }
}

/// Asks for the analysis key of one note after the other; most end as the one before did, and have its key.
private struct CurrentKeys {
  let assembly: Assembly
  private var ending: [UInt8] = []
  private var key: String?

  init(assembly: Assembly) { self.assembly = assembly }

  mutating func isCurrent(_ analysis: String, _ path: [UInt8], shown: @autoclosure () -> String) -> Bool {
    guard assembly.keyDependsOnEndingAlone else { return analysis == assembly.analysisKey(for: path, shown: shown()) }
    if key == nil || !CurrentKeys.ends(path, like: ending) {
      ending = Array(path[((path.lastIndex(of: UInt8(ascii: ".")) ?? -1) + 1)...])
      key = assembly.analysisKey(for: path, shown: shown())
    }
    return key == analysis
  }

  /// Whether what stands behind the last dot is the same.
  private static func ends(_ path: [UInt8], like ending: [UInt8]) -> Bool {
    let cut = path.count - ending.count
    guard cut > 0, path[cut - 1] == UInt8(ascii: ".") else { return false }
    return path[cut...].elementsEqual(ending)
  }
}

extension Reconciler {
  /// The notes on record below a directory.
  static func recorded(below start: NotePath, folders: NoteFolders, store: Store) throws -> [NotePath] {
    var paths: [NotePath] = []
    try store.forEachKnownNote(in: folders.folders[start.folder].path, below: start.bytes) {
      paths.append(NotePath(folder: start.folder, bytes: $0.path))
    }
    return paths
  }
}

extension FileIdentity {
  init(_ status: FileStatus) {
    self.init(
      device: status.device, inode: status.inode, size: status.size, modified: status.modified, statusChanged: status.statusChanged)
  }

  init(_ stamp: FileStamp) {
    self.init(device: stamp.device, inode: stamp.inode, size: stamp.size, modified: stamp.modified, statusChanged: stamp.changed)
  }
}

extension FileStamp {
  init(_ identity: FileIdentity) {
    self.init(
      device: identity.device, inode: identity.inode, size: identity.size, modified: identity.modified, changed: identity.statusChanged)
  }

  init(_ status: FileStatus) {
    self.init(
      device: status.device, inode: status.inode, size: status.size, modified: status.modified, changed: status.statusChanged)
  }
}
