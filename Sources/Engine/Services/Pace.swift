import Dispatch
import Glibc
import Synchronization

/// Spreads a long piece of work thin: after each stretch of work it rests for as long as it takes to stay below its share of the time.
final class Pace: Sendable {
  private let share: Double
  private let stretch: UInt64
  private let clock: any WallClock
  private let wake = DispatchSemaphore(value: 0)
  private let isHurried = Mutex(false)
  private let since: Mutex<UInt64>

  /// - Parameters:
  ///   - share: of one processor, above 0 and at most 1.
  ///   - stretch: nanoseconds of work between rests.
  init(share: Double, stretch: UInt64 = 5_000_000, clock: any WallClock) {
    self.share = share
    self.stretch = stretch
    self.clock = clock
    since = Mutex(clock.elapsed)
  }

  /// How long to rest after so much work.
  func pause(after worked: UInt64) -> UInt64 { worked < stretch ? 0 : UInt64(Double(worked) * (1 - share) / share) }

  /// To be called often; rests when it is time to.
  func step() {
    if isHurried.withLock({ $0 }) { return }
    let pause = pause(after: clock.elapsed - since.withLock { $0 })
    guard pause > 0 else { return }
    _ = wake.wait(timeout: .now() + .nanoseconds(Int(pause)))
    since.withLock { $0 = clock.elapsed }
  }

  /// Somebody waits: the rest is done without rests.
  func hurry() {
    isHurried.withLock { $0 = true }
    wake.signal()
  }
}
