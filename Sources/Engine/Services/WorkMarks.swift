import CLinuxShims
import Dispatch
import Glibc
import Storage
import Synchronization

/// Says in a file which notes are being read, so that after the program has died, however it died, the next one knows what it died on.
///
/// A mark is one small write before a note is read, and another after it: no fsync, since the file is for the death of the process and not for
/// that of the machine. A note counts as the cause where a fatal signal ended the process (a crash, the watchdog's abort), or where it had been
/// at work for longer than `slow` (a hang that somebody killed, memory that ran out). A `kill -9` between two short readings proves nothing.
final class WorkMarks: Sendable {
  struct Slot: Sendable { fileprivate let index: Int }

  private struct Work {
    var since: UInt64
    var isSlow = false
  }

  private static let slow: UInt64 = 500_000_000
  private static let header = 64
  private static let slotSize = 8192
  private static let maximumSlots = 64
  private enum Byte {
    static let free: UInt8 = 0
    static let busy: UInt8 = 1
    static let slow: UInt8 = 2
  }

  private let descriptor: Int32
  private let clock: any WallClock
  private let queue = DispatchQueue(label: "bellwether.marks")
  private let state = Mutex<(work: [Work?], isTicking: Bool)>(([], false))

  /// Opens the file anew; what an earlier process left in it is to be read before.
  /// Where it cannot be written nothing is marked, and everything else goes on.
  init(path: String, clock: any WallClock) {
    self.clock = clock
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    _ = pwrite(descriptor, [UInt8](repeating: 0, count: WorkMarks.header), WorkMarks.header, 0)
    linux_leave_epitaph(descriptor)
  }

  func begin(_ key: NoteKey, _ stamp: FileStamp) -> Slot? {
    let folder = Array(key.folder.utf8)
    guard descriptor >= 0, 64 + folder.count + key.path.count <= WorkMarks.slotSize else { return nil }
    linux_alternate_stack()
    let now = clock.elapsed
    let (index, startsTicking) = state.withLock { state -> (Int?, Bool) in
      var index = state.work.firstIndex { $0 == nil }
      if index == nil, state.work.count < WorkMarks.maximumSlots {
        state.work.append(nil)
        index = state.work.count - 1
      }
      guard let index else { return (nil, false) }
      state.work[index] = Work(since: now)
      defer { state.isTicking = true }
      return (index, !state.isTicking)
    }
    guard let index else { return nil }
    var bytes: [UInt8] = [Byte.busy, 0, 0, 0, 0, 0, 0, 0]
    for value in [
      stamp.device, stamp.inode, UInt64(bitPattern: stamp.size), UInt64(bitPattern: stamp.modified), UInt64(bitPattern: stamp.changed),
    ] {
      bytes += WorkMarks.bytes(value)
    }
    bytes += WorkMarks.bytes(UInt64(folder.count)) + WorkMarks.bytes(UInt64(key.path.count)) + folder + key.path
    _ = pwrite(descriptor, bytes, bytes.count, WorkMarks.offset(index))
    if startsTicking { tick() }
    return Slot(index: index)
  }

  func end(_ slot: Slot?) {
    guard let slot else { return }
    state.withLock { state in
      _ = pwrite(descriptor, [Byte.free], 1, WorkMarks.offset(slot.index))
      state.work[slot.index] = nil
    }
  }

  /// Now and then while something is at work, and never at rest.
  private func tick() {
    queue.asyncAfter(deadline: .now() + .nanoseconds(Int(WorkMarks.slow / 2))) { [self] in
      if markSlow() { tick() }
    }
  }

  /// - Returns: whether anything is at work.
  @discardableResult
  func markSlow() -> Bool {
    let now = clock.elapsed
    return state.withLock { state in
      for (index, work) in state.work.enumerated() {
        guard let work, !work.isSlow, now >= work.since + WorkMarks.slow else { continue }
        state.work[index]?.isSlow = true
        // Under the lock, so that it cannot come after the mark of another note in the same slot.
        _ = pwrite(descriptor, [Byte.slow], 1, WorkMarks.offset(index))
      }
      state.isTicking = state.work.contains { $0 != nil }
      return state.isTicking
    }
  }

  // MARK: - What an earlier process left

  /// The notes that the process which wrote the file died on; none where it ended in order, or where nothing can be told.
  static func suspects(path: String) -> [Crash] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var head: [UInt8] = [0]
    guard pread(descriptor, &head, 1, 0) == 1 else { return [] }
    let signal = head[0] == 0 ? nil : Int32(head[0])
    var crashes: [Crash] = []
    for index in 0..<maximumSlots {
      var bytes = [UInt8](repeating: 0, count: slotSize)
      let count = pread(descriptor, &bytes, slotSize, offset(index))
      guard count >= 64 else { break }
      guard bytes[0] == Byte.slow || bytes[0] == Byte.busy && signal != nil else { continue }
      let values = (0..<7).map { number in bytes[(8 + number * 8)..<(16 + number * 8)].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      }
      guard values[5] < UInt64(slotSize), values[6] < UInt64(slotSize), 64 + Int(values[5] + values[6]) <= count else { continue }
      let (folder, path) = (bytes[64..<(64 + Int(values[5]))], bytes[(64 + Int(values[5]))..<(64 + Int(values[5] + values[6]))])
      let stamp = FileStamp(
        device: values[0], inode: values[1], size: Int64(bitPattern: values[2]), modified: Int64(bitPattern: values[3]),
        changed: Int64(bitPattern: values[4]))
      let how =
        signal.map { "signal \($0)" + (strsignal($0).map { " (\(String(cString: $0)))" } ?? "") } ?? "ended from outside while it was slow"
      crashes.append(Crash(key: NoteKey(folder: String(decoding: folder, as: UTF8.self), path: Array(path)), stamp: stamp, how: how))
    }
    return crashes
  }

  private static func offset(_ index: Int) -> off_t { off_t(header + index * slotSize) }

  private static func bytes(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
