import CLinuxShims
import Dispatch
import Glibc

/// What the machine's clocks did since they were looked at last.
struct ClockJumps {
  enum Jump: Equatable {
    /// The machine slept, for so many nanoseconds.
    case slept(UInt64)
    /// Somebody set the wall clock, by so many milliseconds.
    case set(Int64)
  }

  /// Smaller steps are the clock's own discipline.
  private static let tolerance: Int64 = 1_000
  private let clock: any WallClock
  private var asleep: UInt64
  private var offset: Int64

  init(_ clock: any WallClock) {
    self.clock = clock
    (asleep, offset) = ClockJumps.read(clock)
  }

  /// How long the machine has slept since its start, and when its start was on the wall clock.
  private static func read(_ clock: any WallClock) -> (asleep: UInt64, offset: Int64) {
    // In this order: the first is never ahead of the second.
    let awake = clock.awake
    let elapsed = clock.elapsed
    return (elapsed - min(awake, elapsed), clock.now - Int64(elapsed / 1_000_000))
  }

  /// A sleep comes before a set clock: after a sleep the wall clock is read from the hardware, and is off by less than a second.
  mutating func observe() -> Jump? {
    let (before, offsetBefore) = (asleep, offset)
    (asleep, offset) = ClockJumps.read(clock)
    if asleep > before + UInt64(ClockJumps.tolerance) * 1_000_000 { return .slept(asleep - before) }
    let step = offset - offsetBefore
    return abs(step) > ClockJumps.tolerance ? .set(step) : nil
  }
}

/// Tells when the machine wakes up or somebody sets its clock, without ever waking up to look: a timer of the kernel that is cancelled by both.
final class ClockWatch: Sendable {
  // A read source is not Sendable; this one is only cancelled, which is thread-safe.
  nonisolated(unsafe) private let source: any DispatchSourceRead

  /// - Parameter onChange: called on `queue`.
  /// - Returns: nil where the kernel has no such timer.
  init?(queue: DispatchQueue, onChange: @escaping @Sendable () -> Void) {
    let descriptor = linux_clock_watch()
    guard descriptor >= 0 else { return nil }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler {
      linux_clock_watch_again(descriptor)
      onChange()
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  func cancel() { source.cancel() }
}
