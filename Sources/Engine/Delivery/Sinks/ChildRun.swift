import CLinuxShims
import CSpawn
import Configuration
import Glibc

/// Why a notification did not go out, in words for `alerts explain` and the log.
public struct DeliveryFailure: Error, Sendable, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}

/// Runs a program to its end: no shell, a small environment, its input from memory, a deadline after which its whole process group is killed.
struct ChildRun {
  /// The program, looked up in `PATH` where it has no slash, and its arguments.
  var words: [String]
  var environment: [String: String]
  var input: [UInt8]
  /// What it may read from its descriptor 3, if anything.
  var attachment: [UInt8]?
  var timeout: Duration

  /// Blocks until it has ended.
  /// - Throws: `DeliveryFailure` where it cannot be started, takes too long, or ends with a status other than 0.
  func run() throws(DeliveryFailure) {
    let program = words.first ?? ""
    let stdin = try memory(input)
    defer { close(stdin) }
    let words = try memory([])
    defer { close(words) }
    let third: Int32? = if let attachment { try memory(attachment) } else { nil }
    defer { if let third { close(third) } }
    let pid = try spawn(program, stdin: stdin, stderr: words, third: third)
    let status = wait(pid)
    let said = lastWords(words)
    let tail = said.isEmpty ? "" : ": \(said)"
    guard let status else { throw DeliveryFailure("\(program) took longer than \(timeout.unitText) and was ended\(tail)") }
    if status & 0x7F != 0 { throw DeliveryFailure("\(program) was ended by signal \(status & 0x7F)\(tail)") }
    let code = (status >> 8) & 0xFF
    guard code == 0 else { throw DeliveryFailure("\(program) ended with status \(code)\(tail)") }
  }

  private func memory(_ bytes: [UInt8]) throws(DeliveryFailure) -> Int32 {
    let file = linux_memory_file("bellwether")
    guard file >= 0 else { throw DeliveryFailure("no memory for a child's streams: \(String(cString: strerror(errno)))") }
    var at = 0
    while at < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress! + at, bytes.count - at, off_t(at)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let reason = String(cString: strerror(errno))
        close(file)
        throw DeliveryFailure("no memory for a child's streams: \(reason)")
      }
      at += count
    }
    return file
  }

  private func spawn(_ program: String, stdin: Int32, stderr: Int32, third: Int32?) throws(DeliveryFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, stderr, 2)
    if let third { posix_spawn_file_actions_adddup2(&actions, third, 3) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that all of it can be ended; the daemon's signal settings are not its.
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, program, &actions, &attributes, &arguments, &variables)
    guard code == 0 else {
      throw DeliveryFailure(
        "\(program) cannot be started: \(String(cString: strerror(code))); install it, or correct the sink in the configuration")
    }
    return pid
  }

  /// - Returns: the wait status, or nil where the deadline passed.
  private func wait(_ pid: pid_t) -> Int32? {
    let notice = spawn_pidfd(pid)
    defer { if notice >= 0 { close(notice) } }
    let deadline = spawn_monotonic() + UInt64(timeout.inMilliseconds) * 1_000_000
    var hasEnded = spawn_has_exited(pid) != 0
    while !hasEnded {
      let now = spawn_monotonic()
      guard now < deadline else { break }
      let left = Int32(clamping: (deadline - now) / 1_000_000 + 1)
      var polls = [pollfd(fd: notice, events: Int16(POLLIN), revents: 0)]
      // Without a notice of its exit, look now and then.
      poll(&polls, notice >= 0 ? 1 : 0, notice >= 0 ? left : min(left, 10))
      hasEnded = spawn_has_exited(pid) != 0
    }
    // Before it is reaped: its group's number is its own as long as the zombie holds it.
    kill(-pid, SIGKILL)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 { if errno != EINTR { break } }
    return hasEnded ? status : nil
  }

  /// The end of what it wrote to standard error, control characters made visible.
  private func lastWords(_ file: Int32) -> String {
    let size = lseek(file, 0, SEEK_END)
    var buffer = [UInt8](repeating: 0, count: 1_000)
    let count = pread(file, &buffer, buffer.count, max(0, size - off_t(buffer.count)))
    guard count > 0 else { return "" }
    let lines = String(decoding: buffer[..<count], as: UTF8.self).split(whereSeparator: \.isNewline)
    return Printable.escaped(lines.last { $0.contains { !$0.isWhitespace } } ?? "", limit: 300)
  }
}
