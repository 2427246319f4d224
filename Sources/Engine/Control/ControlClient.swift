import CLinuxShims
import Foundation
import Glibc

/// The verbs' end of the control socket: one request, then replies until `done`; blocking.
public struct ControlClient: Sendable {
  public let path: String
  /// Seconds of silence after which the daemon is asked whether it is still there.
  private let patience: Int32

  public init(path: String, patience: Int32 = 10) {
    self.path = path
    self.patience = patience
  }

  /// - Parameter onReply: sees each reply as it comes.
  /// - Returns: the exit status in the last reply.
  public func ask(_ request: ControlRequest, onReply: (ControlReply) -> Void) throws(ControlError) -> Int32 {
    let descriptor = UnixSocket.make(nonBlocking: false)
    guard descriptor >= 0 else { throw ControlError.refused(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    // It also bounds the wait for a daemon that accepts nobody any more.
    _ = linux_send_timeout(descriptor, Int(patience))
    guard try UnixSocket.withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      if errno == EAGAIN { throw ControlError.silent(path: path, seconds: Int(patience)) }
      if errno == ENOENT || errno == ECONNREFUSED { throw ControlError.notRunning(path: path) }
      throw ControlError.refused(path: path, reason: String(cString: strerror(errno)))
    }
    guard let line = try? JSONEncoder().encode(request), UnixSocket.send(Array(line) + [0x0A], to: descriptor) else {
      throw ControlError.refused(path: path, reason: String(cString: strerror(errno)))
    }
    var buffer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      try awaitAnswer(descriptor, to: request.verb)
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw ControlError.refused(path: path, reason: "it hung up before the answer was complete") }
      buffer += chunk[..<count]
      var start = 0
      while let end = buffer[start...].firstIndex(of: 0x0A) {
        if let reply = try? JSONDecoder().decode(ControlReply.self, from: Data(buffer[start..<end])) {
          onReply(reply)
          if let status = reply.done { return status }
        }
        start = end + 1
      }
      buffer.removeSubrange(..<start)
    }
  }

  /// Returns when there is something to read. A long reading may take its time, as long as the daemon says on another connection that it lives;
  /// one that says nothing there either hangs, or was stopped.
  private func awaitAnswer(_ descriptor: Int32, to verb: ControlRequest.Verb) throws(ControlError) {
    // Who follows events may wait for ever.
    let limit = verb == .events ? -1 : patience * 1000
    while true {
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&poller, 1, limit)
      if count > 0 { return }
      if count < 0, errno == EINTR { continue }
      guard count == 0 else { throw .refused(path: path, reason: String(cString: strerror(errno))) }
      let isAlive = verb != .ping && verb != .status && (try? ask(ControlRequest(.ping)) { _ in }) == 0
      guard isAlive else { throw .silent(path: path, seconds: Int(patience)) }
    }
  }
}
