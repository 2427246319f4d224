import Glibc
import TestSupport
import Testing

@testable import Engine

@Suite struct ResidentMemoryTests {
  private static let length = 1 << 20

  /// Maps a file of `length` bytes, each 7, and touches every page.
  private func map(_ path: String, writable: Bool) throws -> UnsafeMutableRawPointer {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { close(file) }
    let bytes = [UInt8](repeating: 7, count: Self.length)
    #expect(write(file, bytes, bytes.count) == bytes.count)
    let start = try #require(mmap(nil, Self.length, PROT_READ | (writable ? PROT_WRITE : 0), MAP_PRIVATE, file, 0))
    #expect((0..<Self.length).allSatisfy { start.load(fromByteOffset: $0, as: UInt8.self) == 7 })
    return start
  }

  private func contains(_ start: UnsafeMutableRawPointer) -> Bool {
    ResidentMemory.cleanMappings().contains { $0.contains(UInt(bitPattern: start)) }
  }

  @Test func `a file that is only read is unmapped until it is read again`() async throws {
    try await withTemporaryDirectory { folder in
      let start = try map("\(folder)/file", writable: false)
      defer { munmap(start, Self.length) }
      #expect(contains(start))
      ResidentMemory.giveBack()
      #expect(residentPages(start) == 0)
      #expect(start.load(fromByteOffset: 70_000, as: UInt8.self) == 7)
      #expect(residentPages(start) > 0)
    }
  }

  @Test func `what was written into a mapping stays, though it may only be read by now`() async throws {
    try await withTemporaryDirectory { folder in
      let start = try map("\(folder)/file", writable: true)
      defer { munmap(start, Self.length) }
      start.storeBytes(of: 9, toByteOffset: 4096, as: UInt8.self)
      #expect(!contains(start))
      #expect(mprotect(start, Self.length, PROT_READ) == 0)
      #expect(!contains(start))
      ResidentMemory.giveBack()
      #expect(start.load(fromByteOffset: 4096, as: UInt8.self) == 9)
    }
  }

  @Test func `the program's own code is among it, and runs on`() {
    let code = unsafeBitCast(strlen as @convention(c) (UnsafePointer<CChar>) -> Int, to: UInt.self)
    #expect(ResidentMemory.cleanMappings().contains { $0.contains(code) })
    ResidentMemory.giveBack()
    #expect(strlen("still here") == 10)
  }

  /// By the flag "present" of /proc/self/pagemap, which a process may read of itself.
  private func residentPages(_ start: UnsafeMutableRawPointer) -> Int {
    let file = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    var entries = [UInt64](repeating: 0, count: Self.length / 4096)
    let size = entries.count * 8
    #expect(pread(file, &entries, size, off_t(UInt(bitPattern: start) / 4096 * 8)) == size)
    return entries.count { $0 >> 63 == 1 }
  }
}
