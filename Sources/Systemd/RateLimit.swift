/// Lets the first few of many alike entries through, then one summary a minute. A pure value; the caller brings the time.
public struct RateLimit: Sendable {
  public enum Verdict: Hashable, Sendable {
    case pass
    /// Also say how many were kept back since the last one that passed.
    case passAfterSuppressing(Int)
    case suppress
  }

  private struct Count {
    var passed = 0
    var suppressed = 0
    var windowEnd: UInt64
  }

  private struct Key: Hashable {
    var id: MessageID?
    var key: String
  }

  private let burst: Int
  private let window: UInt64
  private let capacity: Int
  private var counts: [Key: Count] = [:]

  /// - Parameters:
  ///   - burst: How many alike entries pass in one window.
  ///   - window: Nanoseconds.
  ///   - capacity: How many kinds of entries are told apart. Beyond that, those whose window is over are forgotten first; while there
  ///     are none, new kinds count as one.
  public init(burst: Int = 5, window: UInt64 = 60_000_000_000, capacity: Int = 1024) {
    self.burst = burst
    self.window = window
    self.capacity = capacity
  }

  /// - Parameter now: Monotonic nanoseconds.
  public mutating func admit(_ id: MessageID?, key: String, now: UInt64) -> Verdict {
    var key = Key(id: id, key: key)
    if counts[key] == nil, counts.count >= capacity {
      counts = counts.filter { $0.value.windowEnd > now || $0.value.suppressed > 0 }
      if counts.count >= capacity { key = Key(id: id, key: "") }
    }
    var count = counts[key] ?? Count(windowEnd: now + window)
    defer { counts[key] = count }
    guard now < count.windowEnd else {
      let suppressed = count.suppressed
      // Still flooded: one a window. Quiet in between: the full burst again.
      count = Count(passed: suppressed > 0 ? burst : 1, windowEnd: now + window)
      return suppressed > 0 ? .passAfterSuppressing(suppressed) : .pass
    }
    if count.passed < burst {
      count.passed += 1
      return .pass
    }
    count.suppressed += 1
    return .suppress
  }

  /// What was kept back in windows that are over, so that a flood that stopped is accounted for, too.
  public mutating func flush(now: UInt64) -> [(id: MessageID?, key: String, suppressed: Int)] {
    let over = counts.filter { $0.value.windowEnd <= now }
    for key in over.keys { counts[key] = nil }
    return over.filter { $0.value.suppressed > 0 }.map { ($0.key.id, $0.key.key, $0.value.suppressed) }
  }
}
