/// What the daemon tells its supervisor; the executable hands it to systemd.
public struct Supervisor: Sendable {
  public var ready: @Sendable (_ status: String) -> Void
  public var status: @Sendable (String) -> Void
  public var reloading: @Sendable () -> Void
  public var stopping: @Sendable () -> Void
  /// Half of the watchdog's limit, nil where nobody asks.
  public var watchdogBeat: Duration?
  public var alive: @Sendable () -> Void

  public init(
    ready: @escaping @Sendable (String) -> Void, status: @escaping @Sendable (String) -> Void, reloading: @escaping @Sendable () -> Void,
    stopping: @escaping @Sendable () -> Void, watchdogBeat: Duration?, alive: @escaping @Sendable () -> Void
  ) {
    self.ready = ready
    self.status = status
    self.reloading = reloading
    self.stopping = stopping
    self.watchdogBeat = watchdogBeat
    self.alive = alive
  }

  /// For a daemon nobody supervises.
  public static let none = Supervisor(ready: { _ in }, status: { _ in }, reloading: {}, stopping: {}, watchdogBeat: nil, alive: {})
}
