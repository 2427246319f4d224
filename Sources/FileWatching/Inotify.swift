import Glibc

/// The inotify descriptor and its buffer. Not thread-safe: its owner keeps it on the loop it was made for.
final class Inotify {
  private var descriptor: Int32
  private let loop: WatchLoop
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 8)

  init(loop: WatchLoop) throws(FileSystemError) {
    self.loop = loop
    switch Syscall.inotifyInit() {
    case .success(let descriptor): self.descriptor = descriptor
    case .failure(let error):
      buffer.deallocate()
      throw FileSystemError(.watch, ".", .system(error.code))
    }
  }

  /// The loop's thread may be waiting for the descriptor still; it closes it.
  deinit {
    loop.finish(closing: descriptor)
    buffer.deallocate()
  }

  /// Calls the handler on the loop whenever there is something to read.
  func activate(_ handler: @escaping @Sendable () -> Void) { loop.wait(for: descriptor, handler) }

  func cancel() {
    loop.waitNoMore()
    close(descriptor)
    descriptor = -1
  }

  /// Decodes what is there, at most one buffer of it. The loop calls again while more is left.
  func read(_ body: (InotifyEvent) -> Void) {
    guard descriptor >= 0, case .success(let count) = Syscall.read(descriptor, into: buffer) else { return }
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

enum MonotonicClock {
  static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
