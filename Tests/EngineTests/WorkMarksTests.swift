import Dispatch
import Glibc
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// What a process that died leaves for the next one to read.
@Suite struct WorkMarksTests {
  private let key = NoteKey(folder: "/notes", path: Array("d/a.md".utf8) + [0xFF])
  private let stamp = FileStamp(device: 1, inode: .max, size: 3, modified: -4, changed: 5)

  @Test func `a note at work when a fatal signal came is a suspect, one that was done is not`() async throws {
    try await withTemporaryDirectory { folder in
      let marks = WorkMarks(path: "\(folder)/in-work", clock: ManualClock())
      let other = NoteKey(folder: "/notes", path: Array("b.md".utf8))
      let first = marks.begin(other, stamp)
      _ = marks.begin(key, stamp)
      marks.end(first)
      #expect(WorkMarks.suspects(path: "\(folder)/in-work") == [])
      let file = open("\(folder)/in-work", O_WRONLY)
      _ = pwrite(file, [UInt8(SIGSEGV)], 1, 0)
      close(file)
      let suspects = WorkMarks.suspects(path: "\(folder)/in-work")
      #expect(suspects == [Crash(key: key, stamp: stamp, how: "signal 11 (Segmentation fault)")])
    }
  }

  @Test func `without a signal only one that was slow is a suspect`() async throws {
    try await withTemporaryDirectory { folder in
      let clock = ManualClock()
      let marks = WorkMarks(path: "\(folder)/in-work", clock: clock)
      let slot = marks.begin(key, stamp)
      clock.pass(milliseconds: 10_000)
      #expect(WorkMarks.suspects(path: "\(folder)/in-work") == [])
      marks.markSlow()
      #expect(WorkMarks.suspects(path: "\(folder)/in-work").map(\.how) == ["ended from outside while it was slow"])
      marks.end(slot)
      #expect(WorkMarks.suspects(path: "\(folder)/in-work") == [])
    }
  }

  @Test(arguments: [[], [0], [UInt8](repeating: 0xFF, count: 9_000), [UInt8](repeating: 1, count: 100)])
  func `a file that is broken accuses nobody`(bytes: [UInt8]) async throws {
    try await withTemporaryDirectory { folder in
      try TestFile.write(bytes, to: "\(folder)/in-work")
      #expect(WorkMarks.suspects(path: "\(folder)/in-work") == [])
    }
  }
}

@Suite struct ReaderPoolTests {
  @Test func `bytes in flight stay below the budget, and a note larger than it has it for itself`() {
    let pool = ReaderPool(width: 4, budget: 100)
    let state = Mutex<(inFlight: Int, most: Int, done: Int)>((0, 0, 0))
    let all = DispatchSemaphore(value: 0)
    let weights = [60, 30, 50, 500, 10, 90, 100, 1]
    for weight in weights {
      pool.submit(weight: weight) {
        state.withLock { state in
          state.inFlight += weight
          if weight <= 100 { state.most = max(state.most, state.inFlight) } else { #expect(state.inFlight == weight) }
        }
        DispatchQueue.global().async {
          state.withLock { $0.inFlight -= weight }
          pool.release(weight: weight)
          all.signal()
        }
      }
    }
    for _ in weights { #expect(all.wait(timeout: .now() + 30) == .success) }
    #expect(state.withLock { $0.most } <= 100)
  }
}
