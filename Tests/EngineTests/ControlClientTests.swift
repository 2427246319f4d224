import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// Verbs and a daemon that does not answer.
@Suite(.timeLimit(.minutes(1))) struct ControlClientTests {
  @Test(arguments: [ControlRequest.Verb.status, .scan, .ping])
  func `a daemon that says nothing is named with its process instead of being waited for`(verb: ControlRequest.Verb) async throws {
    try await withTemporaryDirectory { folder in
      // It listens, and the kernel takes connections for it, as for a process that is stopped.
      let path = "\(folder)/control.sock"
      let listener = UnixSocket.make(nonBlocking: false)
      defer { close(listener) }
      #expect(try UnixSocket.withAddress(path) { bind(listener, $0, $1) } == 0)
      #expect(listen(listener, 4) == 0)
      try TestFile.write("4711\n", to: "\(folder)/bellwether.lock")
      let error = #expect(throws: ControlError.self) {
        try ControlClient(path: path, patience: 1).ask(ControlRequest(verb)) { _ in }
      }
      let words = error?.description ?? ""
      #expect(words.contains("(pid 4711) has not answered for 1 s"), "\(words)")
      #expect(words.contains("kill -ABRT 4711"))
    }
  }

  @Test func `what takes its time is waited for as long as the daemon says that it lives`() async throws {
    try await withTemporaryDirectory { folder in
      let path = "\(folder)/control.sock"
      let pings = Mutex(0)
      let waiting = Mutex<ControlConnection?>(nil)
      let server = ControlServer(path: path) { request, connection in
        guard request.verb == .ping else { return waiting.withLock { $0 = connection } }
        connection.send(ControlReply(done: 0))
        // The second sign of life is followed by the answer.
        if pings.withLock({
          $0 += 1; return $0
        }) == 2 {
          waiting.withLock { $0 }?.send(ControlReply(done: 2))
        }
      }
      try await server.start()
      #expect(try ControlClient(path: path, patience: 1).ask(ControlRequest(.scan)) { _ in } == 2)
      #expect(pings.withLock { $0 } == 2)
      await server.stop()
    }
  }
}
