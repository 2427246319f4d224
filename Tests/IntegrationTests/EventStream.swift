import Engine
import Foundation
import Synchronization
import TestSupport

/// Follows a running daemon's events; tests wait for what they name instead of sleeping.
final class EventStream: Sendable {
  private struct State {
    var events: [Data] = []
    var isListening = false
  }
  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)

  /// Returns once the daemon has confirmed that it sends.
  init(_ daemon: RunningDaemon) throws {
    let client = ControlClient(path: Daemon.socketPath(state: daemon.state))
    let listening = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [state, arrived] in
      // The stream ends when the daemon does: that is no failure of the test.
      _ = try? client.ask(ControlRequest(.events)) { reply in
        if let line = reply.line {
          state.withLock { $0.events.append(Data(line.utf8)) }
          arrived.signal()
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
      guard arrived.wait(timeout: .now() + .seconds(seconds)) == .success else { throw SupportError("no such event within \(seconds) s") }
      let data = state.withLock { $0.events.removeFirst() }
      if let event = try JSONSerialization.jsonObject(with: data) as? [String: Any], predicate(event) { return event }
    }
  }
}
