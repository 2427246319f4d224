import CSpawn

/// Nanoseconds of a clock that never goes back. What backoff and rate limits are measured by; tests turn it by hand.
public protocol MonotonicClock: Sendable {
  var elapsed: UInt64 { get }
}

/// CLOCK_MONOTONIC.
public struct SystemMonotonicClock: MonotonicClock {
  public init() {}
  public var elapsed: UInt64 { Deadline.now }
}

/// A moment by which a real process must have answered.
struct Deadline: Comparable {
  private let nanoseconds: UInt64

  init(in duration: Duration) { nanoseconds = Deadline.now + UInt64(max(0, duration.nanoseconds)) }

  static func < (a: Deadline, b: Deadline) -> Bool { a.nanoseconds < b.nanoseconds }

  static var now: UInt64 { spawn_monotonic() }

  var hasPassed: Bool { Deadline.now >= nanoseconds }

  /// For poll(2): rounded up, so that a poll that times out has passed the deadline.
  var milliseconds: Int32 {
    let now = Deadline.now
    return nanoseconds <= now ? 0 : Int32(clamping: (nanoseconds - now + 999_999) / 1_000_000)
  }
}

extension Duration {
  var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
