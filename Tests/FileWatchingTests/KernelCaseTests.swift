import Foundation
import Glibc
import Testing

@testable import FileWatching

/// The cases of `Cases/Kernel`: what is done in a real folder, and what the watcher tells of it.
///
/// `told` lists what must be told, `never` what must not be, `watched` the directories that are watched in the end, no more and no less.
/// `../out` is a place outside of the watched folder, on the same file system.
@Suite(.timeLimit(.minutes(2))) struct KernelCaseTests {
  @Test(arguments: CaseFile.all(in: "Kernel")) func whatIsDoneIsTold(_ example: CaseFile) async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root")
    folder.makeDirectory("out")
    let hand = Hand(folder.at("root"))
    for step in example["before"] { hand.perform(CaseFile.words(step)) }
    let watched = try await Watched(folder, root: "root")
    for step in example["steps"] {
      let words = CaseFile.words(step)
      if words[0] == "settle" {
        let awaited = words.dropFirst().joined(separator: " ")
        await watched.recorder.wait { changes in changes.contains { CaseFile.describe($0) == awaited } }
        await watched.watcher.settled()
      } else {
        hand.perform(words)
        // Roots that went are looked for now, not when the timer comes round.
        if words.contains(".") { await watched.watcher.checkRoots() }
      }
    }
    folder.write("root/cookie")
    await watched.recorder.wait(for: .changed(watched.at("cookie")))
    await watched.watcher.settled()

    let told = Set(watched.recorder.changes.map(CaseFile.describe))
    for line in example["told"] { #expect(told.contains(line), "\(line) is told; told was \(told.sorted())") }
    for line in example["never"] { #expect(!told.contains(line), "\(line) is not told") }
    if let expected = example.sections["watched"] {
      #expect(await Set(watched.watcher.watchedPaths.map(CaseFile.word)) == Set(expected))
      #expect(await watched.watcher.coverage.watches == expected.count)
    }
  }
}

/// Does what the lines of a case say, in a folder. An operation that fails is a failure of the test.
struct Hand {
  let root: String
  init(_ root: String) { self.root = root }

  func perform(_ words: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(attempt(words), "\(words.joined(separator: " ")): \(String(cString: strerror(errno)))", sourceLocation: sourceLocation)
  }

  private func at(_ word: String) -> [CChar] {
    // The root itself may be gone: the way out of it goes by its name.
    let isOutside = word.hasPrefix("../")
    let base = isOutside ? String(root.dropLast("/root".count)) : root
    let bytes = Array(base.utf8) + (word == "." ? [] : Array("/".utf8) + CaseFile.bytes(isOutside ? String(word.dropFirst(3)) : word))
    return (bytes + [0]).map { CChar(bitPattern: $0) }
  }

  private func attempt(_ words: [String]) -> Bool {
    let last = at(words[words.count - 1])
    switch words[0] {
    case "write": return write(last, O_CREAT | O_TRUNC)
    case "append": return write(last, O_APPEND)
    case "truncate": return truncate(last, 1) == 0
    case "mapped": return map(last)
    case "tmpfile": return linkNameless(last)
    case "mkdir": return makeDirectories(words[1])
    case "remove": return unlink(last) == 0
    case "rmtree":
      return (try? FileManager.default.removeItem(atPath: String(decoding: last.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)))
        != nil
    case "rename": return rename(at(words[1]), last) == 0
    case "exchange": return exchange(at(words[1]), last)
    case "link": return link(at(words[1]), last) == 0
    case "symlink": return symlink(words[1], last) == 0
    case "chmod": return chmod(last, mode_t(words[1], radix: 8) ?? 0) == 0
    case "fifo": return mkfifo(last, 0o644) == 0
    case "socket": return mknod(last, S_IFSOCK | 0o644, 0) == 0
    default: return false
    }
  }

  private func write(_ path: [CChar], _ flags: Int32) -> Bool {
    let file = open(path, O_WRONLY | flags, 0o644)
    defer { close(file) }
    return Glibc.write(file, "text", 4) == 4
  }

  /// renameat2 with RENAME_EXCHANGE; glibc's module hides the function.
  private func exchange(_ a: [CChar], _ b: [CChar]) -> Bool {
    typealias Call = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return false }
    return unsafeBitCast(symbol, to: Call.self)(AT_FDCWD, a, AT_FDCWD, b, 2) == 0
  }

  private func map(_ path: [CChar]) -> Bool {
    let file = open(path, O_RDWR)
    defer { close(file) }
    guard let memory = mmap(nil, 4, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED else { return false }
    memory.storeBytes(of: UInt8(ascii: "!"), as: UInt8.self)
    return munmap(memory, 4) == 0
  }

  /// As programs do that never show an unfinished file.
  private func linkNameless(_ path: [CChar]) -> Bool {
    let file = open(root, O_WRONLY | 0o20_200_000, 0o644)  // O_TMPFILE
    defer { close(file) }
    return Glibc.write(file, "text", 4) == 4 && linkat(AT_FDCWD, "/proc/self/fd/\(file)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  private func makeDirectories(_ word: String) -> Bool {
    if word == "." { return mkdir(at("."), 0o755) == 0 }
    var path = ""
    for part in word.split(separator: "/") {
      path += (path.isEmpty ? "" : "/") + part
      if path != "..", mkdir(at(path), 0o755) != 0, errno != EEXIST { return false }
    }
    return true
  }
}
