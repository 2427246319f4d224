import Glibc

/// The two clocks of the daemon: what people call now, and what durations are measured by.
public protocol WallClock: Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z; may jump either way.
  var now: Int64 { get }
  /// Nanoseconds of CLOCK_BOOTTIME: goes on while the machine sleeps, never backwards.
  var elapsed: UInt64 { get }
  /// Nanoseconds of CLOCK_MONOTONIC: stands still while the machine sleeps.
  var awake: UInt64 { get }
}

extension WallClock {
  /// Of a clock that never sleeps.
  public var awake: UInt64 { elapsed }
}

/// The machine's clocks.
public struct SystemClock: WallClock {
  public init() {}

  public var now: Int64 { SystemClock.read(CLOCK_REALTIME) / 1_000_000 }
  public var elapsed: UInt64 { UInt64(SystemClock.read(CLOCK_BOOTTIME)) }

  public var awake: UInt64 { UInt64(SystemClock.read(CLOCK_MONOTONIC)) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
