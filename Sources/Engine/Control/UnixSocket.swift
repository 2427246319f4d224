import CLinuxShims
import Glibc

/// Raw calls on Unix stream sockets; errors are `errno`.
enum UnixSocket {
  static func address(_ path: String) throws(ControlError) -> sockaddr_un {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw ControlError.tooLong(path: path) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    return address
  }

  static func withAddress<R>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) throws(ControlError) -> R {
    var address = try address(path)
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }

  static func make(nonBlocking: Bool) -> Int32 {
    let flags = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue) | (nonBlocking ? Int32(SOCK_NONBLOCK.rawValue) : 0)
    return socket(AF_UNIX, flags, 0)
  }

  /// The user on the other end.
  static func peer(_ descriptor: Int32) -> uid_t? {
    let user = linux_peer_user(descriptor)
    return user < 0 ? nil : uid_t(user)
  }

  /// All bytes or false; never raises SIGPIPE.
  static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var at = 0
      while at < buffer.count {
        let count = Glibc.send(descriptor, buffer.baseAddress! + at, buffer.count - at, Int32(MSG_NOSIGNAL))
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return false }
        at += count
      }
      return true
    }
  }
}
