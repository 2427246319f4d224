import CSystemd
import Dispatch
import Glibc
import Synchronization

/// Carries messages to the service manager and never waits for it.
///
/// sd_notify(3) blocks while the manager's socket is full, and with it the daemon and its watchdog's beat. Here what finds no room waits in order
/// on a queue of its own. There a later status takes an earlier one's place and one beat is as good as two, so that what waits stays short.
final class NotifyChannel: Sendable {
  static let shared = NotifyChannel()

  private static let bound = 32
  private struct State {
    var waiting: [String] = []
    var isDraining = false
  }
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "bellwether.notify", qos: .utility)

  /// - Returns: what sd_notify(3) returns: positive when the message is on its way, 0 without a `NOTIFY_SOCKET`, else a negative error number.
  @Sendable func send(_ message: String) -> Int32 {
    guard let socket = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), !socket.isEmpty else { return 0 }
    // Other kinds of addresses (vsock) are the library's.
    guard socket.hasPrefix("/") || socket.hasPrefix("@") else { return sd_notify(0, message) }
    return state.withLock { state in
      if state.waiting.isEmpty {
        let result = NotifyChannel.attempt(message, socket)
        if result != -EAGAIN { return result }
      }
      NotifyChannel.keep(message, in: &state.waiting)
      if !state.isDraining {
        state.isDraining = true
        queue.async { self.drain(socket) }
      }
      return 1
    }
  }

  /// How many messages wait for room.
  var waiting: Int { state.withLock { $0.waiting.count } }

  static func keep(_ message: String, in waiting: inout [String]) {
    func isStatus(_ message: String) -> Bool { message.hasPrefix("STATUS=") && !message.contains("\n") }
    if message == "WATCHDOG=1" { waiting.removeAll { $0 == message } }
    if isStatus(message) { waiting.removeAll(where: isStatus) }
    // Nobody has read for a long time: the latest say how it stands.
    if waiting.count == bound { waiting.removeFirst() }
    waiting.append(message)
  }

  /// Waits for room, which is no harm on a thread of its own, and sends what is kept in order.
  private func drain(_ socket: String) {
    while true {
      let descriptor = NotifyChannel.connected(socket)
      var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let hasRoom = descriptor >= 0 && (poll(&poller, 1, -1) == 1 || errno == EINTR)
      if descriptor >= 0 { close(descriptor) }
      let isDone = state.withLock { state in
        while hasRoom, let first = state.waiting.first {
          if NotifyChannel.attempt(first, socket) == -EAGAIN { break }
          state.waiting.removeFirst()
        }
        // A manager that has gone is told nothing more.
        if !hasRoom { state.waiting = [] }
        if state.waiting.isEmpty { state.isDraining = false }
        return state.waiting.isEmpty
      }
      if isDone { return }
    }
  }

  private static func attempt(_ message: String, _ socket: String) -> Int32 {
    let descriptor = connected(socket)
    guard descriptor >= 0 else { return descriptor }
    defer { close(descriptor) }
    let bytes = Array(message.utf8)
    while true {
      if Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)) >= 0 { return 1 }
      if errno != EINTR { return errno == EAGAIN || errno == ENOBUFS ? -EAGAIN : -errno }
    }
  }

  /// A datagram socket that leads to the manager's; a negative error number where it cannot be had.
  private static func connected(_ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var name = Array(path.utf8)
    guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return -E2BIG }
    // An abstract address begins with a zero byte and ends where its length says.
    let isAbstract = name[0] == UInt8(ascii: "@")
    if isAbstract { name[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count + (isAbstract ? 0 : 1))
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { return -errno }
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
    }
    guard status == 0 else {
      let code = errno
      close(descriptor)
      return code == EAGAIN ? -ECONNREFUSED : -code
    }
    return descriptor
  }
}
