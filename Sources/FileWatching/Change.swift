/// Where something lies: the root it was found under, by its position in the watcher's list of roots, and the path below that root.
public struct TreePath: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var root: Int
  /// Relative to the root, without a leading slash; empty for the root itself.
  public var path: BytePath

  public init(root: Int, path: BytePath) {
    self.root = root
    self.path = path
  }

  public func appending(_ name: some Collection<UInt8>) -> TreePath { TreePath(root: root, path: path.appending(name)) }
  public func isWithin(_ other: TreePath) -> Bool { root == other.root && path.isWithin(other.path) }
  public var description: String { "\(root):\(path.isEmpty ? "." : path.description)" }

  public static func < (a: TreePath, b: TreePath) -> Bool { a.root != b.root ? a.root < b.root : a.path < b.path }
}

/// What may have happened in a watched tree. Changes are hints: whoever acts on one looks at the file system first.
public enum Change: Hashable, Sendable {
  /// Something that is not a directory was created, written, or had its permissions changed. Several may be said for one save.
  case changed(TreePath)
  /// A name that was not a directory's is no longer there.
  case gone(TreePath)
  /// A directory, and with it everything below, is no longer there.
  case directoryGone(TreePath)
  /// A rename within the watched trees. When a directory moved, everything below moved with it; look at everything below `to`,
  /// because something may have been created in it while it was on its way.
  case moved(from: TreePath, to: TreePath, isDirectory: Bool)
  /// Changes at or below the directory were lost or could not be told one by one: compare everything below with what is known.
  case rescanNeeded(TreePath)
  /// Changes below the directory will not be told any more, until `covered`.
  case uncovered(TreePath, UncoveredReason)
  /// An uncovered directory is watched again; `rescanNeeded` for it follows.
  case covered(TreePath)
  /// The directory at the root's path is missing, unmounted or another one than before. Nothing below it counts as deleted.
  case rootLost(Int)
  /// There is a directory at the lost root's path again; `rescanNeeded` for it follows.
  case rootFound(Int)

  /// The root the change lies in; a move's destination.
  public var root: Int {
    switch self {
    case .changed(let place), .gone(let place), .directoryGone(let place), .rescanNeeded(let place), .uncovered(let place, _),
      .covered(let place), .moved(_, let place, _):
      place.root
    case .rootLost(let root), .rootFound(let root): root
    }
  }
}

/// Why a directory cannot be watched.
public enum UncoveredReason: Hashable, Sendable, CustomStringConvertible {
  /// `fs.inotify.max_user_watches` is used up.
  case watchLimit
  /// The directory cannot be opened for reading.
  case unreadable
  /// It belongs to another root, or is mounted at a second place.
  case seenElsewhere
  /// It is watched, but lies on a file system whose other users' changes the kernel does not hear of (NFS, SMB, FUSE, …).
  case remoteFileSystem
  /// Anything else, with the system's error number.
  case failed(Int32)

  public var description: String {
    switch self {
    case .watchLimit:
      "the limit of inotify watches is reached; raise it with `sysctl fs.inotify.max_user_watches=N`"
    case .unreadable: "permission denied; the daemon's user needs read and search permission for the directory"
    case .seenElsewhere: "the same directory is already watched at another place (two roots that overlap, or a bind mount)"
    case .remoteFileSystem:
      "it lies on a network or user-space file system, where only changes made on this machine are told; the rest has to be looked for"
    case .failed(let code): FileSystemError.text(of: code)
    }
  }
}
