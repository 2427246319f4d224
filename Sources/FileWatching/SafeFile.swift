import Glibc

/// Reads files that other people's programs write, in a folder where anything may lie under any name.
public enum SafeFile {
  /// A file as it was at one moment: nothing changed between the status and the last byte.
  public struct Contents: Sendable {
    public var bytes: [UInt8]
    public var status: FileStatus
  }

  /// Reads a regular file below a root.
  ///
  /// No symbolic link is followed on the way, nothing outside of the root is ever opened, and a FIFO or a device under the name does
  /// not block. The bytes are read, not mapped: a file that shrinks meanwhile is an error here and a dead process there.
  /// - Parameters:
  ///   - root: The directory that must not be left. It may itself be reached through links.
  ///   - path: Relative to the root.
  ///   - limit: Bytes. A larger file is refused before anything is read.
  /// - Throws: `.leavesRoot`, `.notRegularFile`, `.tooLarge`, `.changedWhileReading` or the system's reason.
  public static func read(root: BytePath, path: BytePath, limit: Int) throws(FileSystemError) -> Contents {
    let directory = try openRoot(root)
    defer { close(directory) }
    do {
      return try read(directory: directory, path: path, limit: limit)
    } catch {
      throw FileSystemError(error.operation, root.appending(path), error.reason)
    }
  }

  /// The same below a directory that is open already. Paths in errors are relative to it.
  public static func read(directory: Int32, path: BytePath, limit: Int) throws(FileSystemError) -> Contents {
    let file = try open(directory: directory, path: path)
    defer { close(file) }
    let before = try status(file, path)
    guard before.isRegularFile else { throw FileSystemError(.open, path, .notRegularFile) }
    guard before.size <= Int64(limit) else { throw FileSystemError(.read, path, .tooLarge(size: before.size, limit: limit)) }

    let bytes = try contents(file, path, size: Int(before.size))
    let after = try status(file, path)
    guard bytes.count == Int(before.size), after.size == before.size, after.modified == before.modified,
      after.statusChanged == before.statusChanged
    else { throw FileSystemError(.read, path, .changedWhileReading) }
    return Contents(bytes: bytes, status: before)
  }

  /// The status of what lies at the path below the root, a link's own where it is one.
  public static func status(root: BytePath, path: BytePath) throws(FileSystemError) -> FileStatus {
    let directory = try openRoot(root)
    defer { close(directory) }
    switch Beneath.open(directory, path, LinuxFlags.pathOnly | O_NOFOLLOW) {
    case .success(let file):
      defer { close(file) }
      return try status(file, root.appending(path))
    case .failure(let error): throw failure(error, root.appending(path))
    }
  }

  private static func openRoot(_ root: BytePath) throws(FileSystemError) -> Int32 {
    switch Syscall.open(root, O_RDONLY | O_DIRECTORY | O_NONBLOCK) {
    case .success(let directory): return directory
    case .failure(let error): throw FileSystemError(.openDirectory, root, .system(error.code))
    }
  }

  private static func open(directory: Int32, path: BytePath) throws(FileSystemError) -> Int32 {
    switch Beneath.open(directory, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW) {
    case .success(let file): return file
    case .failure(let error): throw failure(error, path)
    }
  }

  private static func failure(_ error: Errno, _ path: BytePath) -> FileSystemError {
    switch error.code {
    case ELOOP, EXDEV: FileSystemError(.open, path, .leavesRoot)
    case ENXIO, EISDIR: FileSystemError(.open, path, .notRegularFile)  // a socket; a directory opened for reading is told by status
    default: FileSystemError(.open, path, .system(error.code))
    }
  }

  private static func status(_ file: Int32, _ path: BytePath) throws(FileSystemError) -> FileStatus {
    switch Syscall.status(of: file) {
    case .success(let status): return status
    case .failure(let error): throw FileSystemError(.status, path, .system(error.code))
    }
  }

  /// Up to one byte more than `size`, so that a file that grew shows.
  private static func contents(_ file: Int32, _ path: BytePath, size: Int) throws(FileSystemError) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      while count < size + 1 {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
        switch Syscall.read(file, into: rest) {
        case .success(0): return
        case .success(let read): count += read
        case .failure(let error):
          failure = error
          return
        }
      }
    }
    if let failure { throw FileSystemError(.read, path, .system(failure.code)) }
    return bytes
  }
}
