import Glibc
import Synchronization
import Testing

@testable import Systemd

@Suite struct ServiceNotifierTests {
  /// What one call sends.
  private func sent(_ act: (ServiceNotifier) -> Void) -> [String] {
    let messages = Mutex<[String]>([])
    let notifier = ServiceNotifier(
      send: { message in
        messages.withLock { $0.append(message) }
        return 1
      }, monotonicMicroseconds: { 42 })
    act(notifier)
    return messages.withLock { $0 }
  }

  @Test func everyStateIsOneMessage() {
    #expect(sent { $0.ready() } == ["READY=1"])
    #expect(sent { $0.ready(status: "Watching 3 notes") } == ["READY=1\nSTATUS=Watching 3 notes"])
    #expect(sent { $0.status("Reading") } == ["STATUS=Reading"])
    #expect(sent { $0.stopping(status: "Finishing") } == ["STOPPING=1\nSTATUS=Finishing"])
    #expect(sent { $0.watchdog() } == ["WATCHDOG=1"])
    #expect(sent { $0.watchdogTrigger() } == ["WATCHDOG=trigger"])
    #expect(sent { $0.extendTimeout(.seconds(90)) } == ["EXTEND_TIMEOUT_USEC=90000000"])
    #expect(sent { $0.failed(errno: 28) } == ["ERRNO=28"])
  }

  @Test func reloadingCarriesTheMonotonicClock() {
    #expect(sent { $0.reloading() } == ["RELOADING=1\nMONOTONIC_USEC=42"])
    let first = ServiceNotifier.monotonicMicroseconds()
    #expect(first > 0)
    #expect(ServiceNotifier.monotonicMicroseconds() >= first)
  }

  @Test func aStatusCannotForgeAnAssignment() {
    #expect(sent { $0.status("a\nMAINPID=1\r\n\u{1B}[2Jb\u{202E}c") } == ["STATUS=a MAINPID=1 [2Jbc"])
    #expect(sent { $0.status("  x \t y  ") } == ["STATUS=x y"])
  }

  @Test func aStatusIsAtMostTwoHundredCharacters() {
    let status = sent { $0.status(String(repeating: "ä", count: 1_000)) }[0].dropFirst("STATUS=".count)
    #expect(status.count == 200)
    #expect(status.hasSuffix("…"))
    let fits = String(repeating: "n", count: 200)
    #expect(sent { $0.status(fits) } == ["STATUS=" + fits])
  }
}

/// The real protocol, over a socket of our own. The variables are the process's, so one test at a time.
@Suite(.serialized) struct NotifySocketTests {
  /// A socket with an abstract name, which is nothing on disk, and the environment's from now on.
  private func listen(_ name: String) throws -> Int32 {
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: [0] + Array(name.utf8)) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
    let bound = withUnsafePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) } }
    try #require(bound == 0)
    setenv("NOTIFY_SOCKET", "@" + name, 1)
    return socket
  }

  @Test func messagesArriveAtTheSocketOfTheEnvironment() throws {
    let socket = try listen("bellwether-test-\(getpid())")
    defer { close(socket) }
    defer { unsetenv("NOTIFY_SOCKET") }
    #expect(ServiceNotifier.isSupervised)
    ServiceNotifier().ready(status: "Watching")
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    try #require(count > 0)
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == "READY=1\nSTATUS=Watching")
  }

  @Test(.timeLimit(.minutes(1)))
  func `while the manager's socket is full nothing waits for it, and what counts comes in order when there is room`() throws {
    let socket = try listen("bellwether-full-\(getpid())")
    defer { close(socket) }
    defer { unsetenv("NOTIFY_SOCKET") }
    let notifier = ServiceNotifier()
    var sent = 0
    while NotifyChannel.shared.waiting == 0 {
      sent += 1
      notifier.status("before \(sent)")
    }
    notifier.reloading()
    for number in 0..<1000 {
      notifier.watchdog()
      notifier.status("later \(number)")
    }
    notifier.ready(status: "Watching")
    #expect(NotifyChannel.shared.waiting == 4)
    var messages: [String] = []
    var buffer = [UInt8](repeating: 0, count: 512)
    var poller = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    while messages.last != "READY=1\nSTATUS=Watching", poll(&poller, 1, 20_000) == 1 {
      let count = recv(socket, &buffer, buffer.count, 0)
      messages.append(String(decoding: buffer[..<max(0, count)], as: UTF8.self))
    }
    let tail = messages.suffix(4)
    #expect(tail.first?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
    #expect(Array(tail.dropFirst()) == ["WATCHDOG=1", "STATUS=later 999", "READY=1\nSTATUS=Watching"])
    #expect(messages.first == "STATUS=before 1")
    #expect(NotifyChannel.shared.waiting == 0)
  }

  @Test func aStatusThatWaitsIsReplacedAndNothingElseIs() {
    var waiting: [String] = []
    for message in ["READY=1\nSTATUS=a", "STATUS=b", "WATCHDOG=1", "STATUS=c", "STOPPING=1", "WATCHDOG=1", "WATCHDOG=trigger"] {
      NotifyChannel.keep(message, in: &waiting)
    }
    #expect(waiting == ["READY=1\nSTATUS=a", "STATUS=c", "STOPPING=1", "WATCHDOG=1", "WATCHDOG=trigger"])
    for number in 0..<100 { NotifyChannel.keep("RELOADING=1\nMONOTONIC_USEC=\(number)", in: &waiting) }
    #expect(waiting.count == 32)
    #expect(waiting.last == "RELOADING=1\nMONOTONIC_USEC=99")
  }

  @Test func withoutASocketNothingHappens() {
    #expect(!ServiceNotifier.isSupervised)
    ServiceNotifier().ready()
  }

  @Test func theWatchdogIsFedTwiceAsOftenAsItAsks() {
    setenv("WATCHDOG_USEC", "60000000", 1)
    setenv("WATCHDOG_PID", String(getpid()), 1)
    #expect(ServiceNotifier.watchdogInterval == .seconds(30))
    setenv("WATCHDOG_PID", "1", 1)
    #expect(ServiceNotifier.watchdogInterval == nil, "it waits for another process")
    unsetenv("WATCHDOG_USEC")
    unsetenv("WATCHDOG_PID")
    #expect(ServiceNotifier.watchdogInterval == nil)
  }
}
