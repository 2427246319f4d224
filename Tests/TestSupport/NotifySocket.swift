import Glibc

/// Plays systemd's end of sd_notify: collects the datagrams a service sends.
public final class NotifySocket: Sendable {
  public let path: String
  private let descriptor: Int32

  public init(path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
    guard bound == 0 else { throw SupportError("bind \(path): \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  /// The next message that satisfies the predicate; those before it are dropped.
  /// - Throws: after `seconds` without one.
  @discardableResult
  public func next(within seconds: Int32 = 30, where predicate: (String) -> Bool) throws -> String {
    var seen: [String] = []
    while true {
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, seconds * 1000) == 1 else { throw SupportError("no such message within \(seconds) s; seen: \(seen)") }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw SupportError("recv: \(String(cString: strerror(errno)))") }
      let message = String(decoding: buffer[..<count], as: UTF8.self)
      if predicate(message) { return message }
      seen.append(message)
    }
  }
}
