import CLinuxShims
import Dispatch
import Foundation
import Glibc
import Synchronization

/// Where an answer goes. Lines are sent from the connection's own queue, at most `bound` wait there; a listener that does not read is hung up on.
public final class ControlConnection: Sendable {
  private static let bound = 20_000

  private let descriptor: Int32
  private let queue: DispatchQueue
  private struct State {
    var waiting = 0
    var isOpen = true
    var onClose: [@Sendable () -> Void] = []
  }
  private let state = Mutex(State())

  init(descriptor: Int32, queue: DispatchQueue) {
    self.descriptor = descriptor
    self.queue = queue
  }

  public func send(_ reply: ControlReply) {
    let accepted = state.withLock { state in
      guard state.isOpen, state.waiting < ControlConnection.bound else { return false }
      state.waiting += 1
      return true
    }
    guard accepted else { return close() }
    queue.async { [self] in
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let bytes: [UInt8] = (try? encoder.encode(reply)).map { Array($0) + [0x0A] } ?? []
      let sent = state.withLock { $0.isOpen } && UnixSocket.send(bytes, to: descriptor)
      state.withLock { $0.waiting -= 1 }
      if !sent || reply.done != nil { close() }
    }
  }

  /// Called once, when the other end hangs up or the answer is complete.
  public func onClose(_ action: @escaping @Sendable () -> Void) {
    let now = state.withLock { state in
      if state.isOpen { state.onClose.append(action) }
      return !state.isOpen
    }
    if now { action() }
  }

  public func close() {
    let actions = state.withLock { state -> [@Sendable () -> Void]? in
      guard state.isOpen else { return nil }
      state.isOpen = false
      let actions = state.onClose
      state.onClose = []
      // Wakes the read source and whoever is sending. Under the lock, so that it comes before `release`.
      shutdown(descriptor, Int32(SHUT_RDWR))
      return actions
    }
    for action in actions ?? [] { action() }
  }

  /// Gives the descriptor back once nobody can be sending any more: behind what waits in the queue. To be called after `close`.
  func release() { queue.async { [descriptor] in Glibc.close(descriptor) } }
}

/// The control socket: one request a connection, at most 64 KiB, at most 64 connections, only for root and the daemon's own user.
public actor ControlServer {
  public typealias Handler = @Sendable (ControlRequest, ControlConnection) -> Void

  private static let maximumRequest = 65_536
  private static let maximumConnections = 64

  private let executor = QueueExecutor(label: "bellwether.control")
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let path: String
  private let handler: Handler
  private var listener: (any DispatchSourceRead)?
  private var readers: [Int32: (source: any DispatchSourceRead, buffer: [UInt8], connection: ControlConnection)] = [:]

  public init(path: String, handler: @escaping Handler) {
    self.path = path
    self.handler = handler
  }

  /// Binds and listens. A socket left by a killed daemon is replaced: the caller holds the lock that says nobody else is running.
  public func start() throws(ControlError) {
    _ = try UnixSocket.address(path)
    unlink(path)
    let descriptor = UnixSocket.make(nonBlocking: true)
    guard descriptor >= 0 else { throw ControlError.refused(path: path, reason: String(cString: strerror(errno))) }
    let mask = umask(0o177)
    let bound = try UnixSocket.withAddress(path) { bind(descriptor, $0, $1) }
    umask(mask)
    guard bound == 0, listen(descriptor, 16) == 0 else {
      let reason = String(cString: strerror(errno))
      Glibc.close(descriptor)
      throw ControlError.refused(path: path, reason: reason)
    }
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
    source.setEventHandler { [unowned self] in self.assumeIsolated { $0.accept(descriptor) } }
    source.setCancelHandler { Glibc.close(descriptor) }
    source.activate()
    listener = source
  }

  public func stop() {
    guard listener != nil else { return }
    listener?.cancel()
    listener = nil
    unlink(path)
    for reader in readers.values { reader.connection.close() }
  }

  private func accept(_ listening: Int32) {
    while true {
      let descriptor = Glibc.accept(listening, nil, nil)
      guard descriptor >= 0 else { return }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      guard let user = UnixSocket.peer(descriptor), user == 0 || user == geteuid(), readers.count < ControlServer.maximumConnections else {
        Glibc.close(descriptor)
        continue
      }
      _ = linux_send_timeout(descriptor, 5)
      let connection = ControlConnection(descriptor: descriptor, queue: DispatchQueue(label: "bellwether.control.connection"))
      let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: executor.queue)
      source.setEventHandler { [unowned self] in self.assumeIsolated { $0.read(descriptor) } }
      source.setCancelHandler { connection.release() }
      readers[descriptor] = (source, [], connection)
      source.activate()
    }
  }

  private func read(_ descriptor: Int32) {
    guard var reader = readers[descriptor] else { return }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT))
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    if count <= 0 { return drop(descriptor) }
    reader.buffer += chunk[..<count]
    guard let end = reader.buffer.firstIndex(of: 0x0A) else {
      readers[descriptor] = reader
      if reader.buffer.count > ControlServer.maximumRequest { drop(descriptor) }
      return
    }
    let line = Data(reader.buffer[..<end])
    reader.buffer = []
    readers[descriptor] = reader
    guard let request = try? JSONDecoder().decode(ControlRequest.self, from: line) else {
      reader.connection.send(
        ControlReply(message: "the request is not one this Bellwether knows; are verb and daemon of one version?", done: 64))
      return
    }
    handler(request, reader.connection)
  }

  private func drop(_ descriptor: Int32) {
    guard let reader = readers.removeValue(forKey: descriptor) else { return }
    reader.connection.close()
    reader.source.cancel()
  }
}
