import Glibc

/// A file system operation that failed: what was tried, on which path, the system's reason and what to do about it.
public struct FileSystemError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Operation: String, Sendable {
    case watch = "watch for changes with inotify"
    case openDirectory = "open the directory"
    case list = "list the directory"
    case open = "open the file"
    case status = "read the status of"
    case read = "read the file"
  }

  public enum Reason: Hashable, Sendable {
    case system(Int32)
    /// A symbolic link, or a path that leads out of its root.
    case leavesRoot
    /// A directory, FIFO, socket or device where a regular file is expected.
    case notRegularFile
    /// More bytes than the limit the caller gave.
    case tooLarge(size: Int64, limit: Int)
    /// Size, time or identity differed after reading: a writer is at work. Try again when it has settled.
    case changedWhileReading
    case overlapsRoot(BytePath)
  }

  public var operation: Operation
  public var path: BytePath
  public var reason: Reason

  public init(_ operation: Operation, _ path: BytePath, _ reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// There is nothing at the path.
  public var isMissing: Bool { reason == .system(ENOENT) || reason == .system(ENOTDIR) }

  public var description: String {
    "cannot \(operation.rawValue) ‘\(path)’: \(explanation)"
  }

  private var explanation: String {
    switch reason {
    case .system(EMFILE) where operation == .watch:
      "all inotify instances of this user are in use; raise fs.inotify.max_user_instances with sysctl, or end another watcher"
    case .system(ENOSPC) where operation == .watch: UncoveredReason.watchLimit.description
    case .system(let code): Self.text(of: code)
    case .leavesRoot: "a part of the path is a symbolic link or leads out of the watched folder; links are never followed"
    case .notRegularFile: "it is not a regular file"
    case .tooLarge(let size, let limit): "it holds \(size) bytes, more than the limit of \(limit)"
    case .changedWhileReading: "it changed while it was being read"
    case .overlapsRoot(let other): "it contains, lies in or is the same as ‘\(other)’, which is watched too; name only the outer one"
    }
  }

  static func text(of code: Int32) -> String {
    switch code {
    case EACCES: return "permission denied; check its owner and mode, and those of the directories above it"
    case ENOENT: return "it does not exist"
    case ENOTDIR: return "it, or a part of its path, is not a directory"
    case EMFILE, ENFILE: return "too many open files; raise LimitNOFILE= of the unit"
    case ENODEV: return "its file system was unmounted"
    default: break
    }
    var buffer = [CChar](repeating: 0, count: 128)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
