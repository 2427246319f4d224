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
  @Test func messagesArriveAtTheSocketOfTheEnvironment() throws {
    let name = "bellwether-test-\(getpid())"
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: [0] + Array(name.utf8)) }  // abstract: nothing on disk
    let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
    let bound = withUnsafePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, length) } }
    try #require(bound == 0)

    setenv("NOTIFY_SOCKET", "@" + name, 1)
    defer { unsetenv("NOTIFY_SOCKET") }
    #expect(ServiceNotifier.isSupervised)
    ServiceNotifier().ready(status: "Watching")
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    try #require(count > 0)
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == "READY=1\nSTATUS=Watching")
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
