import CLinuxShims
import Glibc
import Synchronization

/// A thread of its own that waits for one descriptor, one moment and jobs, and runs an actor.
///
/// Dispatch takes two threads to an event: the one that waits wakes another to run the handler. Here the thread that waits runs it, which
/// spares a wake-up between the kernel's event and what is told of it. At rest it sleeps in `poll` without a timeout.
///
/// It ends with `finish`, which its owner calls when nobody can ask anything of it any more.
final class WatchLoop: SerialExecutor, @unchecked Sendable {
  // Safe: what other threads touch is behind a mutex or atomic; the variables below `MARK: The loop's own` are touched on its thread alone.
  private enum Work {
    case job(UnownedJob)
    case closure(@Sendable () -> Void)
  }

  private struct Inbox {
    var work: [Work] = []
    var isFinished = false
    var closing: Int32 = -1
  }

  private let inbox = Mutex(Inbox())
  private let thread = Atomic<UInt>(0)
  /// An eventfd: counts what came in from other threads.
  private let bell: Int32

  // MARK: The loop's own

  private let polled = UnsafeMutablePointer<pollfd>.allocate(capacity: 2)
  private var descriptor: Int32 = -1
  private var handler: (@Sendable () -> Void)?
  private var deadline: UInt64?
  private var ring: (@Sendable () -> Void)?

  /// - Throws: `EMFILE` where the process has no descriptor left, `EAGAIN` where it may have no more threads.
  init() throws(Errno) {
    bell = linux_eventfd()
    guard bell >= 0 else { throw Errno(errno) }
    let held = Unmanaged.passRetained(self)
    let failure = linux_start_thread(
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<WatchLoop>.fromOpaque(pointer).takeRetainedValue().run()
        return nil
      }, held.toOpaque())
    guard failure == 0 else {
      held.release()
      throw Errno(failure)
    }
  }

  deinit {
    if bell >= 0 { close(bell) }
    polled.deallocate()
  }

  // MARK: From any thread

  func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

  /// Runs the closure in a later turn, after the descriptor was looked at again.
  func async(_ closure: @escaping @Sendable () -> Void) { add(.closure(closure)) }

  /// Ends the thread once what is in its inbox is done, and closes the descriptor that it may be waiting for until then.
  func finish(closing descriptor: Int32 = -1) {
    inbox.withLock {
      $0.isFinished = true
      $0.closing = descriptor
    }
    wake()
  }

  func checkIsolated() { precondition(isOwn, "not on the thread of the watcher") }

  private func add(_ work: Work) {
    inbox.withLock { $0.work.append(work) }
    if !isOwn { wake() }
  }

  private var isOwn: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  private func wake() {
    var one: UInt64 = 1
    _ = write(bell, &one, 8)
  }

  // MARK: On the loop's thread

  /// Calls the handler while there is something to read; it is to read some of it.
  func wait(for descriptor: Int32, _ handler: @escaping @Sendable () -> Void) {
    self.descriptor = descriptor
    self.handler = handler
  }

  /// Forgets the descriptor, which is its owner's again.
  func waitNoMore() {
    descriptor = -1
    handler = nil
  }

  /// Calls `ring` once at the instant, in monotonic nanoseconds; `nil` switches it off.
  func setAlarm(_ instant: UInt64?, _ ring: @escaping @Sendable () -> Void) {
    deadline = instant
    self.ring = ring
  }

  private func run() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    while true {
      let (work, isFinished) = inbox.withLock { inbox in
        defer { inbox.work.removeAll() }
        return (inbox.work, inbox.isFinished)
      }
      for item in work {
        switch item {
        case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        case .closure(let closure): closure()
        }
      }
      if isFinished, work.isEmpty { break }
      turn(isBusy: inbox.withLock { !$0.work.isEmpty || $0.isFinished })
    }
    let closing = inbox.withLock(\.closing)
    if closing >= 0 { close(closing) }
    (handler, ring) = (nil, nil)
  }

  /// Waits, unless there is work, and hands over what came.
  private func turn(isBusy: Bool) {
    polled[0] = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
    polled[1] = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)  // a negative one is passed over
    // In milliseconds, rounded up so that the moment has come when the wait is over.
    let wait = isBusy ? 0 : deadline.map { Int32(clamping: ($0 - min($0, MonotonicClock.now) + 999_999) / 1_000_000) } ?? -1
    let count = poll(polled, 2, wait)
    if count > 0, polled[0].revents != 0 {
      var rings: UInt64 = 0
      _ = read(bell, &rings, 8)
    }
    if count > 0, polled[1].revents != 0 { handler?() }
    if let deadline, deadline <= MonotonicClock.now {
      self.deadline = nil
      ring?()
    }
  }
}
