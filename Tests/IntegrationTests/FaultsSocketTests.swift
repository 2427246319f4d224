import Engine
import Glibc
import TestSupport
import Testing

/// What strangers may send to the control socket: it is for one line of JSON, and has to live with anything.
@Suite struct FaultsSocketTests {
  @Test func `a control socket that is sent rubbish goes on answering`() async throws {
    try await withTemporaryDirectory { folder in
      let daemon = try RunningDaemon(folder)
      try daemon.start()
      let path = Daemon.socketPath(state: daemon.state)
      var random = SystemRandomNumberGenerator()
      let requests: [[UInt8]] =
        [
          "\n", "{}\n", "null\n", "[[[[[[[[\n", "{\"verb\":\"nothing\"}\n", "{\"verb\":\"status\",\"verb\":\"scan\"}\n",
          "{\"verb\":\"digest\",\"day\":\"9999-99-99\"}\n",
          "{\"verb\":\"alert\",\"action\":\"ack\",\"alert\":\"'; drop table note; --\"}\n", "{\"verb\":\"status\"",
          String(repeating: "[", count: 50_000) + "\n",
        ].map { Array($0.utf8) }
        + (0..<40).map { _ in (0..<Int.random(in: 1...3000, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) } + [0x0A]
        }
        + [[UInt8](repeating: 0x41, count: 300_000)]
      for request in requests { send(request, to: path) }
      #expect(try daemon.verb(["status"]).status == 0)
      // Connections that say nothing are held, but not without end; when they hang up there is room again.
      let idle = (0..<200).map { _ in connection(to: path) }
      for descriptor in idle { close(descriptor) }
      // The daemon may hear of the last of them after it hears of the verb.
      var status = try daemon.verb(["status"]).status
      for _ in 0..<20 where status != 0 { status = try daemon.verb(["status"]).status }
      #expect(status == 0)
      #expect(daemon.stop() == 0)
    }
  }

  private func connection(to path: String) -> Int32 {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
    _ = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    return descriptor
  }

  /// Sends it whole, or until the other end has had enough, and reads what is answered until the end.
  private func send(_ bytes: [UInt8], to path: String) {
    let descriptor = connection(to: path)
    defer { close(descriptor) }
    var at = 0
    while at < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress! + at, bytes.count - at, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      at += count
    }
    shutdown(descriptor, Int32(SHUT_WR))
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var chunk = [UInt8](repeating: 0, count: 4096)
    while poll(&poller, 1, 5000) == 1, recv(descriptor, &chunk, chunk.count, 0) > 0 {}
  }
}
