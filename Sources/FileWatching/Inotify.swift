import Dispatch
import Glibc

/// The inotify descriptor, its buffer and the Dispatch source that tells when there is something to read. Not thread-safe: its owner
/// keeps it on the queue it was made for.
final class Inotify {
  private let descriptor: Int32
  private let source: any DispatchSourceRead
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 8)
  private var isActive = false

  init(queue: DispatchQueue) throws(FileSystemError) {
    switch Syscall.inotifyInit() {
    case .success(let descriptor): self.descriptor = descriptor
    case .failure(let error):
      buffer.deallocate()
      throw FileSystemError(.watch, ".", .system(error.code))
    }
    self.source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setCancelHandler { [descriptor] in close(descriptor) }
  }

  deinit {
    if !isActive { source.activate() }  // Dispatch traps when a source that was never activated goes away
    source.cancel()
    buffer.deallocate()
  }

  /// Calls the handler on the queue whenever there is something to read.
  func activate(_ handler: @escaping @Sendable () -> Void) {
    guard !isActive else { return }
    isActive = true
    source.setEventHandler { handler() }
    source.activate()
  }

  func cancel() { source.cancel() }

  /// Decodes what is there, at most one buffer of it. The source fires again while more is left.
  func read(_ body: (InotifyEvent) -> Void) {
    guard !source.isCancelled, case .success(let count) = Syscall.read(descriptor, into: buffer) else { return }
    InotifyEvent.decode(UnsafeRawBufferPointer(rebasing: buffer[..<count]), body)
  }

  /// Watches the directory that is open. Going through `/proc` watches exactly this one, whatever its path leads to by now.
  func watch(_ directory: Int32, path: BytePath, isRoot: Bool) -> Result<Int32, Errno> {
    let mask = isRoot ? InotifyEvent.rootMask : InotifyEvent.directoryMask
    let result = Syscall.addWatch(descriptor, BytePath("/proc/self/fd/\(directory)"), mask)
    guard case .failure(let error) = result, error.code == ENOENT else { return result }
    return Syscall.addWatch(descriptor, path, mask | UInt32(isRoot ? 0 : IN_DONT_FOLLOW))  // no /proc here
  }

  func unwatch(_ watch: Int32) { Syscall.removeWatch(descriptor, watch) }
}

/// A one-shot timer on a queue that costs nothing while it is not set.
final class Alarm {
  private let timer: any DispatchSourceTimer
  private var instant: UInt64?

  init(queue: DispatchQueue, _ handler: @escaping @Sendable () -> Void) {
    timer = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
    timer.setEventHandler { handler() }
    timer.activate()
  }

  deinit { timer.cancel() }

  /// Monotonic nanoseconds; `nil` switches the alarm off.
  func set(_ instant: UInt64?) {
    guard instant != self.instant else { return }
    self.instant = instant
    if let instant {
      let wait = instant - min(instant, MonotonicClock.now)
      timer.schedule(deadline: .now() + .nanoseconds(Int(clamping: wait)), leeway: .nanoseconds(0))
    } else {
      timer.schedule(deadline: .distantFuture)
    }
  }

  /// To be called by the handler: the alarm has rung.
  func clear() { instant = nil }
}

enum MonotonicClock {
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
