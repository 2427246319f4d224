/// When a plugin that failed may be tried again: a circuit that opens for longer with each failure in a row.
///
/// One failed document alone does not open it; from then on 1 s, 2 s, 4 s … 5 min, less up to a quarter of chance, so that plugins that
/// fell together do not rise together. When the time is over one trial is let through (half open): its success closes the circuit.
struct Circuit: Equatable {
  private(set) var failures = 0
  /// Nothing is let through before; nil: closed or half open.
  private(set) var openUntil: UInt64?

  static let longest = Duration.seconds(300)

  /// Nil: go on. Otherwise how long the circuit stays open.
  mutating func refusal(now: UInt64) -> Duration? {
    guard let until = openUntil else { return nil }
    guard now < until else {
      openUntil = nil
      return nil
    }
    return .nanoseconds(Int64(until - now))
  }

  mutating func succeeded() { self = Circuit() }

  /// - Parameters:
  ///   - sparing: the first failure in a row leaves the circuit closed: it may have been the document's fault.
  ///   - chance: from 0 to 1.
  mutating func failed(now: UInt64, sparing: Bool, chance: Double) {
    failures += 1
    let step = sparing ? failures - 2 : failures - 1
    guard step >= 0 else { return }
    let seconds = min(Double(Circuit.longest.components.seconds), Double(1 << min(step, 16)))
    openUntil = now + UInt64(seconds * (1 - 0.25 * chance) * 1_000_000_000)
  }
}

/// Lets the first lines of each minute through, and counts the others.
struct RateLimiter: Equatable {
  var burst = 5
  private var windowStart: UInt64?
  private var count = 0

  init(burst: Int = 5) { self.burst = burst }

  enum Verdict: Equatable {
    case pass
    /// A new minute: so many lines of the one before were held back.
    case passAfter(suppressed: Int)
    case hold
  }

  mutating func admit(now: UInt64) -> Verdict {
    if let start = windowStart, now - start < 60_000_000_000 {
      count += 1
      return count <= burst ? .pass : .hold
    }
    let held = max(0, count - burst)
    windowStart = now
    count = 1
    return held > 0 ? .passAfter(suppressed: held) : .pass
  }
}
