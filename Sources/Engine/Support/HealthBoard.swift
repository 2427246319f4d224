import Synchronization

/// What the daemon says of itself: declared troubles, counters, and the last progress of each stage that the watchdog asks for.
public final class HealthBoard: Sendable {
  public enum Stage: String, Sendable, CaseIterable { case intake, writer }

  public struct Trouble: Sendable, Hashable {
    /// "state-full", "watch-limit", "folder-missing:/x"; one trouble a key.
    public var key: String
    public var message: String
  }

  private struct State {
    var troubles: [Trouble] = []
    var busySince: [Stage: UInt64] = [:]
    var drift = 0
    var overflows = 0
    var queued = 0
    var phase = "starting"
  }

  private let state = Mutex(State())
  private let changed = Mutex<(@Sendable () -> Void)?>(nil)
  private let clock: any WallClock

  public init(clock: any WallClock) { self.clock = clock }

  /// Called whenever a trouble comes, changes or goes; from any thread.
  func onChange(_ action: @escaping @Sendable () -> Void) { changed.withLock { $0 = action } }

  private func tell(_ isChanged: Bool) -> Bool {
    if isChanged, let action = changed.withLock({ $0 }) { action() }
    return isChanged
  }

  /// - Returns: true where the trouble is new or says something else now.
  @discardableResult
  public func declare(_ key: String, _ message: String) -> Bool {
    tell(
      state.withLock { state in
        if let index = state.troubles.firstIndex(where: { $0.key == key }) {
          defer { state.troubles[index].message = message }
          return state.troubles[index].message != message
        }
        state.troubles.append(Trouble(key: key, message: message))
        return true
      })
  }

  /// - Returns: true where the trouble was there.
  @discardableResult
  public func clear(_ key: String) -> Bool {
    tell(
      state.withLock { state in
        let before = state.troubles.count
        state.troubles.removeAll { $0.key == key }
        return state.troubles.count != before
      })
  }

  public var troubles: [Trouble] { state.withLock { $0.troubles } }
  public var isDegraded: Bool { state.withLock { !$0.troubles.isEmpty } }

  /// A stage begins a piece of work, …
  public func begins(_ stage: Stage) {
    let now = clock.elapsed
    state.withLock { if $0.busySince[stage] == nil { $0.busySince[stage] = now } }
  }

  /// … has made progress on it, or waits in a way it has declared as a trouble, …
  public func progresses(_ stage: Stage) {
    let now = clock.elapsed
    state.withLock { if $0.busySince[stage] != nil { $0.busySince[stage] = now } }
  }

  /// … and has ended it.
  public func ends(_ stage: Stage) { state.withLock { $0.busySince[stage] = nil } }

  /// The stage that has been at one piece of work for longer than `limit` nanoseconds without progress, if any.
  public func stuck(limit: UInt64) -> Stage? {
    let now = clock.elapsed
    return state.withLock { state in
      Stage.allCases.first { stage in state.busySince[stage].map { now > $0 && now - $0 > limit } ?? false }
    }
  }

  public struct Counters: Sendable {
    public var drift: Int
    public var overflows: Int
    public var queued: Int
    public var phase: String
  }

  public var counters: Counters {
    state.withLock { Counters(drift: $0.drift, overflows: $0.overflows, queued: $0.queued, phase: $0.phase) }
  }

  public func set(queued: Int? = nil, phase: String? = nil) {
    state.withLock { state in
      if let queued { state.queued = queued }
      if let phase { state.phase = phase }
    }
  }

  public func add(drift: Int = 0, overflows: Int = 0) {
    state.withLock { state in
      state.drift += drift
      state.overflows += overflows
    }
  }
}
