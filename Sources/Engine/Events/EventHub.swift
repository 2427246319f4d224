import Documents
import Synchronization

/// Something that happened, for `bellwether events` and for tests that wait.
public struct EngineEvent: Sendable {
  public enum Kind: String, Sendable { case seen, recorded, ignored, failed, gone, alert, delivered, digest, rescan }

  public var kind: Kind
  public var path: String
  /// Milliseconds since 1970.
  public var at: Int64
  /// A reason, a fingerprint, a date: whatever explains the event.
  public var detail: String?
  /// `recorded`: which state of the file was read, so that a listener can tell that none is read twice.
  public var stamp: String?

  public init(_ kind: Kind, path: String, at: Int64, detail: String? = nil, stamp: String? = nil) {
    self.stamp = stamp
    self.kind = kind
    self.path = path
    self.at = at
    self.detail = detail
  }
}

/// Hands events to whoever listens. Publishing never waits and keeps nothing: listeners bound their own queues.
public final class EventHub: Sendable {
  public typealias Listener = @Sendable (EngineEvent) -> Void

  private let listeners = Mutex<(next: Int, all: [Int: Listener])>((0, [:]))

  public init() {}

  public func subscribe(_ listener: @escaping Listener) -> Int {
    listeners.withLock { state in
      state.next += 1
      state.all[state.next] = listener
      return state.next
    }
  }

  public func unsubscribe(_ token: Int) { listeners.withLock { _ = $0.all.removeValue(forKey: token) } }

  /// True where nobody listens: callers may skip building the event.
  public var isIdle: Bool { listeners.withLock { $0.all.isEmpty } }

  public func publish(_ event: EngineEvent) {
    let current = listeners.withLock { Array($0.all.values) }
    for listener in current { listener(event) }
  }
}

extension EngineEvent {
  /// One line of `bellwether events --json`, without its newline.
  public var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.member("schema", "bellwether.event/v1")
    json.member("at", LocalCalendar.utc(at))
    json.member("event", kind.rawValue)
    json.member("path", path)
    if let detail { json.member("detail", detail) }
    if let stamp { json.member("stamp", stamp) }
    json.endObject()
    return json.text
  }
}
