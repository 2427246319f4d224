import Foundation
import Glibc

/// The verbs' end of the control socket: one request, then replies until `done`; blocking.
public struct ControlClient: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// - Parameter onReply: sees each reply as it comes.
  /// - Returns: the exit status in the last reply.
  public func ask(_ request: ControlRequest, onReply: (ControlReply) -> Void) throws(ControlError) -> Int32 {
    let descriptor = UnixSocket.make(nonBlocking: false)
    guard descriptor >= 0 else { throw ControlError.refused(path: path, reason: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    guard try UnixSocket.withAddress(path, { connect(descriptor, $0, $1) }) == 0 else {
      if errno == ENOENT || errno == ECONNREFUSED { throw ControlError.notRunning(path: path) }
      throw ControlError.refused(path: path, reason: String(cString: strerror(errno)))
    }
    guard let line = try? JSONEncoder().encode(request), UnixSocket.send(Array(line) + [0x0A], to: descriptor) else {
      throw ControlError.refused(path: path, reason: String(cString: strerror(errno)))
    }
    var buffer: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
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
}
