import Glibc

/// Writes a file so that a reader sees the earlier content or the new, whole, and never anything between, whatever fails and whenever.
///
/// The bytes go into a temporary file of the same folder, which is synced, renamed over the target and made durable by syncing the
/// folder. A failure leaves the earlier file as it was. Content that is there already is not written again, so that nothing that
/// watches the output wakes for it. A symbolic link at the target is replaced, never written through.
public enum AtomicFile {
  public enum Outcome: String, Sendable { case written, unchanged }

  /// Writes `bytes` to `path`; the folder must exist.
  /// - Parameter mode: permission bits of a new file, before the umask.
  /// - Throws: `FileFailure`, with the step that failed; the earlier file is untouched and the temporary one removed.
  @discardableResult
  public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o640) throws(FileFailure) -> Outcome {
    if isIdentical(bytes, to: path) { return .unchanged }
    let folder = FilePathText.folder(of: path)
    let temporary = "\(folder)/\(temporaryPrefix)\(getpid())-\(UInt64.random(in: .min ... .max))\(temporarySuffix)"

    let descriptor = retrying { open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode) }
    guard descriptor >= 0 else { throw FileFailure(.create, path: path) }
    var failure: FileFailure?
    if !writeAll(bytes, to: descriptor) {
      failure = FileFailure(.write, path: path)
    } else if retrying({ fsync(descriptor) }) != 0 {
      failure = FileFailure(.sync, path: path)
    }
    // Linux releases the descriptor even where close reports an error; on network file systems that error is a lost write.
    if close(descriptor) != 0, errno != EINTR, failure == nil { failure = FileFailure(.write, path: path) }
    if failure == nil, rename(temporary, path) != 0 { failure = FileFailure(.rename, path: path) }
    if let failure {
      unlink(temporary)
      throw failure
    }
    try syncFolder(folder, for: path)
    return .written
  }

  /// Removes a file and makes that durable. A file that is not there is fine.
  public static func remove(_ path: String) throws(FileFailure) {
    guard unlink(path) == 0 else {
      if errno == ENOENT { return }
      throw FileFailure(.remove, path: path)
    }
    try syncFolder(FilePathText.folder(of: path), for: path)
  }

  /// Makes a folder and those above it.
  public static func makeFolder(_ path: String, mode: mode_t = 0o750) throws(FileFailure) {
    if mkdir(path, mode) == 0 { return }
    let first = errno
    if first == ENOENT {
      let parent = FilePathText.folder(of: path)
      if parent != path, parent != "." {
        try makeFolder(parent, mode: mode)
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
      }
      throw FileFailure(.makeFolder, path: path)
    }
    var status = stat()
    if first == EEXIST, stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { return }
      throw FileFailure(.makeFolder, path: path, code: ENOTDIR)
    }
    throw FileFailure(.makeFolder, path: path, code: first)
  }

  /// Removes what a killed writer left behind in `folder`; only for the one process that owns the output.
  /// - Returns: how many files were removed.
  @discardableResult
  public static func removeLeftovers(in folder: String) -> Int {
    guard let stream = opendir(folder) else { return 0 }
    defer { closedir(stream) }
    var removed = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(temporaryPrefix), name.hasSuffix(temporarySuffix) else { continue }
      if unlink("\(folder)/\(name)") == 0 { removed += 1 }
    }
    return removed
  }

  static let temporaryPrefix = ".bellwether-"
  static let temporarySuffix = ".tmp"

  /// Whether a regular file at `path` holds exactly `bytes`. Any doubt is a no: then it is written anew.
  private static func isIdentical(_ bytes: [UInt8], to path: String) -> Bool {
    let descriptor = retrying { open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Int(status.st_size) == bytes.count else { return false }
    return withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
      var offset = 0
      while true {
        let count = retrying { read(descriptor, buffer.baseAddress, buffer.count) }
        if count == 0 { return offset == bytes.count }
        guard count > 0, offset + count <= bytes.count else { return false }
        let same = bytes.withUnsafeBytes { memcmp($0.baseAddress! + offset, buffer.baseAddress!, count) == 0 }
        guard same else { return false }
        offset += count
      }
    }
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = retrying { Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset) }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
  }

  /// Some file systems cannot sync a folder and say EINVAL; their rename is as durable as they can make it.
  private static func syncFolder(_ folder: String, for path: String) throws(FileFailure) {
    let descriptor = retrying { open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw FileFailure(.syncFolder, path: path) }
    defer { close(descriptor) }
    if retrying({ fsync(descriptor) }) != 0, errno != EINVAL { throw FileFailure(.syncFolder, path: path) }
  }

  private static func retrying<Result: FixedWidthInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }
}

enum FilePathText {
  /// The folder part of a path, "." where it has none, "/" for the root's children.
  static func folder(of path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}
