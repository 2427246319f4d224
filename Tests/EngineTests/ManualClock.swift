import Engine
import Synchronization

/// A clock that a test moves; both hands at once.
final class ManualClock: WallClock {
  private let time: Mutex<Int64>

  /// - Parameter start: milliseconds since 1970.
  init(at start: Int64 = 1_000) { time = Mutex(start * 1_000_000) }

  var now: Int64 { time.withLock { $0 } / 1_000_000 }
  var elapsed: UInt64 { UInt64(time.withLock { $0 }) }

  func pass(_ nanoseconds: UInt64) { time.withLock { $0 += Int64(nanoseconds) } }
  func pass(milliseconds: Int64) { time.withLock { $0 += milliseconds * 1_000_000 } }
}
