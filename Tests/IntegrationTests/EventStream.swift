import Engine
import Foundation
import Synchronization
import TestSupport

/// Follows a running daemon's events; tests wait for what they name instead of sleeping.
final class EventStream: Sendable {
  /// What has come in and was not taken yet; shared with the reading thread.
  private final class Inbox: Sendable {
    let events = Mutex<[Data]>([])
    let arrived = DispatchSemaphore(value: 0)
  }
  private let inbox = Inbox()

  /// Returns once the daemon has confirmed that it sends.
  init(_ daemon: RunningDaemon) throws {
    let client = ControlClient(path: Daemon.socketPath(state: daemon.state))
    let listening = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [inbox] in
      // The stream ends when the daemon does: that is no failure of the test.
      _ = try? client.ask(ControlRequest(.events)) { reply in
        if let line = reply.line {
          inbox.events.withLock { $0.append(Data(line.utf8)) }
          inbox.arrived.signal()
        } else {
          listening.signal()
        }
      }
    }
    guard listening.wait(timeout: .now() + 20) == .success else { throw SupportError("the daemon did not confirm the event stream") }
  }

  /// The next event that satisfies the predicate; those before it are dropped.
  @discardableResult
  func next(within seconds: Int = 30, where predicate: ([String: Any]) -> Bool) throws -> [String: Any] {
    while true {
      guard inbox.arrived.wait(timeout: .now() + .seconds(seconds)) == .success else {
        throw SupportError("no such event within \(seconds) s")
      }
      let data = inbox.events.withLock { $0.removeFirst() }
      if let event = try JSONSerialization.jsonObject(with: data) as? [String: Any], predicate(event) { return event }
    }
  }
}
