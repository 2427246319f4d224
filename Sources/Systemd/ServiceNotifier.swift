import CSystemd
import Glibc

/// Tells the service manager how the daemon is doing, in the protocol of sd_notify(3). Without a `NOTIFY_SOCKET` nothing happens, so
/// callers need not ask whether they run under systemd.
///
/// Values come from notes, file names and errors; line breaks and control characters are taken out of them, since a line break would
/// start another assignment.
public struct ServiceNotifier: Sendable {
  /// Longest `STATUS=`, in characters.
  public static let longestStatus = 200

  private let send: @Sendable (String) -> Int32
  private let monotonicMicroseconds: @Sendable () -> UInt64

  /// - Parameters:
  ///   - send: What carries the message: the socket of sd_notify(3), without ever waiting, unless a test listens.
  ///   - monotonicMicroseconds: The clock of `MONOTONIC_USEC`, CLOCK_MONOTONIC.
  public init(
    send: @escaping @Sendable (String) -> Int32 = ServiceNotifier.sendToManager,
    monotonicMicroseconds: @escaping @Sendable () -> UInt64 = ServiceNotifier.monotonicMicroseconds
  ) {
    self.send = send
    self.monotonicMicroseconds = monotonicMicroseconds
  }

  /// Hands a message to the service manager, or keeps it until there is room; never waits.
  /// - Returns: what sd_notify(3) returns.
  @Sendable public static func sendToManager(_ message: String) -> Int32 { NotifyChannel.shared.send(message) }

  /// Whether somebody listens. Children that must not speak in the daemon's name are started without the variable.
  public static var isSupervised: Bool { getenv("NOTIFY_SOCKET") != nil }

  /// Started, or a reload is over (whether or not the new configuration was accepted).
  public func ready(status: String? = nil) { notify(["READY=1"], status: status) }

  /// One line about what the daemon is doing, for `systemctl status`.
  public func status(_ text: String) { notify([], status: text) }

  /// A reload begins. `ready` must follow, whatever comes of it.
  public func reloading(status: String? = nil) {
    notify(["RELOADING=1", "MONOTONIC_USEC=\(monotonicMicroseconds())"], status: status)
  }

  public func stopping(status: String? = nil) { notify(["STOPPING=1"], status: status) }

  /// The daemon still makes progress. To be sent because work was done, not because a timer rang.
  public func watchdog() { notify(["WATCHDOG=1"]) }

  /// A self-check failed beyond repair: let the manager restart the daemon now.
  public func watchdogTrigger() { notify(["WATCHDOG=trigger"]) }

  /// Starting, reloading or stopping takes longer; the manager waits at least this long from now on.
  public func extendTimeout(_ duration: Duration) {
    let microseconds = UInt64(max(0, duration / .microseconds(1)).rounded(.up))
    notify(["EXTEND_TIMEOUT_USEC=\(microseconds)"])
  }

  /// The error number that makes the daemon stop.
  public func failed(errno: Int32) { notify(["ERRNO=\(errno)"]) }

  /// How often `watchdog` is expected, at the latest: half of the unit's `WatchdogSec=`. `nil` when no watchdog waits for this process.
  public static var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds / 2))
  }

  private func notify(_ assignments: [String], status: String? = nil) {
    let lines = assignments + (status.map { ["STATUS=" + Self.oneLine($0)] } ?? [])
    if !lines.isEmpty { _ = send(lines.joined(separator: "\n")) }
  }

  /// The text on one line, without control and formatting characters, cut to `longestStatus`.
  static func oneLine(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var count = 0
    var wasSpace = true
    for scalar in text.unicodeScalars {
      let isSpace = scalar.properties.isWhitespace
      if isSpace && wasSpace || !isSpace && scalar.isUnsafeToShow { continue }
      wasSpace = isSpace
      scalars.append(isSpace ? " " : scalar)
      count += 1
      if count == longestStatus + 1 { return String(String(scalars).prefix(longestStatus - 1)) + "…" }
    }
    if wasSpace, !scalars.isEmpty { scalars.removeLast() }
    return String(scalars)
  }

  public static func monotonicMicroseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
  }
}

extension Unicode.Scalar {
  /// Characters that move the cursor, change the reading direction or cannot be seen.
  var isUnsafeToShow: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
