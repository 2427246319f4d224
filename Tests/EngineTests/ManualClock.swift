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

/// A clock whose hands are moved one by one.
final class SettableClock: WallClock {
  private let hands = Mutex<(now: Int64, elapsed: UInt64, awake: UInt64)>((1_000_000, 0, 0))
  var now: Int64 { hands.withLock { $0.now } }
  var elapsed: UInt64 { hands.withLock { $0.elapsed } }
  var awake: UInt64 { hands.withLock { $0.awake } }

  func pass(seconds: UInt64) {
    hands.withLock { hands in
      hands = (hands.now + Int64(seconds) * 1_000, hands.elapsed + seconds * 1_000_000_000, hands.awake + seconds * 1_000_000_000)
    }
  }

  func sleep(seconds: UInt64) {
    hands.withLock { hands in hands = (hands.now + Int64(seconds) * 1_000, hands.elapsed + seconds * 1_000_000_000, hands.awake) }
  }

  func set(by seconds: Int64) { hands.withLock { $0.now += seconds * 1_000 } }
}
