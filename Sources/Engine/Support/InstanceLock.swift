import Glibc

/// Says that this process alone works on a state folder, or on a notes folder. The lock dies with the process, however it ends.
public final class InstanceLock: Sendable {
  private let descriptor: Int32

  /// - Throws: status 73 where another process holds it, naming that process.
  public init(state: String) throws(SetupError) { descriptor = try InstanceLock.lockState(state) }

  /// The folder itself is locked, so that nothing is ever written into it and two users meet the same lock.
  /// - Throws: status 73 where another process watches it.
  public init(folder: String) throws(SetupError) { descriptor = try InstanceLock.lockFolder(folder) }

  deinit { close(descriptor) }

  private static func lockState(_ state: String) throws(SetupError) -> Int32 {
    let path = "\(state)/bellwether.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw SetupError(
        code == EACCES || code == EPERM ? .permission : .inputOutput,
        "cannot create \(path): \(String(cString: strerror(code))); make the state folder writable for this user, or name another under `state`"
      )
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var buffer = [UInt8](repeating: 0, count: 32)
      let count = read(descriptor, &buffer, buffer.count)
      close(descriptor)
      let pid = count > 0 ? String(decoding: buffer[..<count].prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self) : "?"
      throw SetupError(
        .held, "another Bellwether (pid \(pid)) uses the state folder \(state); stop it, or name another folder under `state`")
    }
    _ = ftruncate(descriptor, 0)
    let pid = Array("\(getpid())\n".utf8)
    _ = pwrite(descriptor, pid, pid.count, 0)
    return descriptor
  }

  private static func lockFolder(_ folder: String) throws(SetupError) -> Int32 {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      let status: ExitStatus = code == EACCES ? .permission : .noInput
      let advice =
        code == EACCES
        ? "give this user read and search permission for it" : "create it (mkdir -p '\(folder)'), or name another under `notes`"
      throw SetupError(status, "cannot watch the notes folder \(folder): \(String(cString: strerror(code))); \(advice)")
    }
    // A folder on a file system without locks is watched all the same; the state's lock stands.
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      throw SetupError(.held, "another Bellwether watches \(folder) already; stop it, or name another folder under `notes`")
    }
    return descriptor
  }
}
