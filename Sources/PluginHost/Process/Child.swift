import CSpawn
import Configuration
import Glibc

/// Why a child could not be started, or did not keep to the protocol.
package struct ChildFailure: Error, Equatable {
  var reason: String
  /// The two do not speak the same protocol.
  var isMismatch = false
  init(_ reason: String) { self.reason = reason }

  init(mismatch reason: String) {
    self.reason = reason
    isMismatch = true
  }
}

/// A child process in a session and process group of its own, spoken to through three pipes.
///
/// Every call is made under one lock and blocks, at most until its deadline: one poll(2) loop writes what is to be written and drains both
/// standard output and standard error, so that a child that floods one of them, or never reads, cannot stall another. Nothing reads
/// between calls; a child that writes then waits on a full pipe and costs nothing.
final class Child {
  let pid: pid_t
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  /// Becomes readable when the process exits, which its pipes do not tell as long as a grandchild holds them; -1 on old kernels.
  private let exitNotice: Int32
  private var outbox: [UInt8] = []
  private var sent = 0
  private var inbox: [UInt8] = []
  private var scanned = 0
  private var received = 0
  private var errorLine: [UInt8] = []
  private var isErrorLineCut = false
  private let limit: Int
  private let interrupt: Interrupt
  private let log: (String) -> Void
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  /// Set once it has been reaped: its number may be another's from then on.
  private var end: ProcessExit?
  /// How it ended; nil before `terminate`.
  var exit: ProcessExit? { end }
  /// The last line it wrote to standard error.
  private(set) var lastWords: String?

  /// - Parameters:
  ///   - interrupt: once raised, every deadline has passed.
  ///   - log: takes each line of standard error, cut at 1,000 bytes, control characters made visible.
  init(_ launch: Launch, interrupt: Interrupt = Interrupt(), log: @escaping (String) -> Void) throws(ChildFailure) {
    self.log = log
    self.interrupt = interrupt
    limit = launch.limits.output
    var pipes: [(read: Int32, write: Int32)] = []
    defer { for pipe in pipes { for end in [pipe.read, pipe.write] where end >= 0 { Glibc.close(end) } } }
    for _ in 0..<3 { pipes.append(try Child.pipe()) }
    let ruleset = Confinement.ruleset(folder: launch.directory) ?? -1
    defer { if ruleset >= 0 { Glibc.close(ruleset) } }
    pid = try Child.spawn(launch, input: launch.input ?? pipes[0].read, output: pipes[1].write, errors: pipes[2].write, ruleset: ruleset)
    exitNotice = spawn_pidfd(pid)
    input = pipes[0].write
    if launch.input != nil { Child.close(&input) }
    output = pipes[1].read
    errors = pipes[2].read
    pipes[0].write = -1
    pipes[1].read = -1
    pipes[2].read = -1
    for end in [input, output, errors] where end >= 0 { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  deinit { for end in [input, output, errors, exitNotice] where end >= 0 { Glibc.close(end) } }

  enum Event: Equatable {
    case line([UInt8])
    /// Standard output has ended.
    case end
    case deadline
    /// More output for one request, or a longer line, than allowed.
    case tooMuch
  }

  /// Begins a request: its bytes are written by the calls that follow.
  func send(_ bytes: [UInt8]) {
    outbox.removeSubrange(..<sent)
    sent = 0
    outbox += bytes
    received = inbox.count
  }

  /// The next line of standard output, without its line feed.
  func nextLine(until deadline: Deadline) -> Event {
    while true {
      if let end = inbox[scanned...].firstIndex(of: 0x0A) {
        let line = Array(inbox[..<end])
        inbox.removeSubrange(...end)
        scanned = 0
        return .line(line)
      }
      scanned = inbox.count
      if received > limit { return .tooMuch }
      if output < 0 { return .end }
      if !pump(until: deadline) { return .deadline }
    }
  }

  /// All of standard output, up to its end.
  func everything(until deadline: Deadline) -> Event {
    while output >= 0 {
      if received > limit { return .tooMuch }
      if outbox.count == sent { closeInput() }
      if !pump(until: deadline) { return .deadline }
    }
    return received > limit ? .tooMuch : .line(inbox)
  }

  func closeInput() { Child.close(&input) }

  /// What has already arrived without being asked for.
  func unsolicited() -> [UInt8] {
    if output >= 0 { receive() }
    return inbox
  }

  // MARK: Pipes

  /// Waits for one of the pipes and serves it. False at the deadline.
  private func pump(until deadline: Deadline) -> Bool {
    if deadline.hasPassed { return false }
    let writes = input >= 0 && sent < outbox.count
    // poll(2) passes over negative descriptors.
    var polls = [
      pollfd(fd: writes ? input : -1, events: Int16(POLLOUT), revents: 0), pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors, events: Int16(POLLIN), revents: 0), pollfd(fd: exitNotice, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interrupt.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&polls, 5, deadline.milliseconds) > 0 else { return !deadline.hasPassed }
    if polls[4].revents != 0 { return false }
    if polls[0].revents != 0 { write() }
    if polls[1].revents != 0 { receive() }
    if polls[2].revents != 0 { receiveErrors() }
    if polls[3].revents != 0 { receiveTheRest() }
    return true
  }

  /// What an exited process has left in the pipe, which is its end even if somebody else still holds it.
  private func receiveTheRest() {
    var before = -1
    while output >= 0, received != before, received <= limit {
      before = received
      receive()
    }
    Child.close(&output)
  }

  /// Writes what the pipe takes. A reader that has gone closes the pipe; its exit status will tell why.
  private func write() {
    let count = outbox.withUnsafeBytes { spawn_write(input, $0.baseAddress.map { $0 + sent }, $0.count - sent) }
    let reason = errno
    if count > 0 {
      sent += count
      if sent == outbox.count {
        outbox.removeAll()
        sent = 0
      }
    } else if reason != EAGAIN && reason != EINTR {
      closeInput()
    }
  }

  private func receive() {
    let count = read(output, &buffer, buffer.count)
    if count > 0 {
      received += count
      inbox += buffer[..<count]
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      Child.close(&output)
    }
  }

  private func receiveErrors() {
    let count = read(errors, &buffer, buffer.count)
    if count > 0 {
      for byte in buffer[..<count] {
        if byte == 0x0A {
          endErrorLine()
        } else if errorLine.count < 1_000 {
          errorLine.append(byte)
        } else {
          isErrorLineCut = true
        }
      }
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      endErrorLine()
      Child.close(&errors)
    }
  }

  private func endErrorLine() {
    let text = Printable.escaped(String(decoding: errorLine, as: UTF8.self), limit: 1_000) + (isErrorLineCut ? "…" : "")
    errorLine.removeAll(keepingCapacity: true)
    isErrorLineCut = false
    guard !text.isEmpty else { return }
    lastWords = text
    log(text)
  }

  // MARK: The end

  /// Whether it has exited without having been told to. One that has closed its output may be about to: it is given a moment.
  var diedByItself: Bool { wait(output < 0 ? .milliseconds(200) : .zero) }

  /// Whether it has exited; it stays a zombie, and its process group its own, until `terminate`.
  var hasExited: Bool {
    if end != nil { return true }
    return spawn_has_exited(pid) != 0
  }

  /// Closes its input, waits `patience`, then ends it and every process of its group: SIGTERM, half a second, SIGKILL. The wait after that
  /// is bounded too; nil where the process would not die (it hangs in the kernel).
  func terminate(patience: Duration = .zero) -> ProcessExit? {
    if let end { return end }
    closeInput()
    outbox.removeAll()
    sent = 0
    if !wait(patience) {
      kill(-pid, SIGTERM)
      _ = wait(.milliseconds(500))
    }
    // Before it is reaped: the number of the group is its own as long as the zombie holds it.
    kill(-pid, SIGKILL)
    guard wait(.seconds(2)) else { return nil }
    drainErrors()
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 { if errno != EINTR { return nil } }
    end = ProcessExit(wait: status)
    return end
  }

  private func wait(_ patience: Duration) -> Bool {
    let deadline = Deadline(in: patience)
    while !hasExited {
      if deadline.hasPassed { return false }
      // What it still has to say goes on being read, or it could not end.
      inbox.removeAll(keepingCapacity: true)
      scanned = 0
      var polls = [output, errors, exitNotice].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      // Without a notice of its exit, look now and then.
      guard poll(&polls, 3, exitNotice < 0 ? min(deadline.milliseconds, 5) : deadline.milliseconds) > 0 else { continue }
      if polls[0].revents != 0 { receive() }
      if polls[1].revents != 0 { receiveErrors() }
    }
    return true
  }

  /// The last words of a process that has ended, up to one buffer full.
  private func drainErrors() {
    if errors >= 0 { receiveErrors() }
    endErrorLine()
  }

  private static func close(_ end: inout Int32) {
    if end >= 0 { Glibc.close(end) }
    end = -1
  }
}
