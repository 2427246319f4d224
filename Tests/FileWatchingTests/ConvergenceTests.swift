import Dispatch
import Foundation
import Glibc
import Synchronization
import Testing

@testable import FileWatching

/// Random operations as fast as the machine goes, while the watcher runs; in the end what a consumer believes is what is there.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ConvergenceTests {
  /// Does with changes what a consumer should: look at the file system.
  private final class Consumer: Sendable {
    let files = Mutex<Set<BytePath>>([])
    let root: BytePath

    init(root: BytePath) { self.root = root }

    func apply(_ changes: [Change]) {
      var looks: Set<BytePath> = []
      var rescans: Set<BytePath> = []
      for change in changes {
        switch change {
        case .changed(let place), .gone(let place): looks.insert(place.path)
        case .directoryGone(let place), .rescanNeeded(let place): rescans.insert(place.path)
        case .moved(let from, let to, let isDirectory):
          if isDirectory { rescans.formUnion([from.path, to.path]) } else { looks.formUnion([from.path, to.path]) }
        case .uncovered, .covered, .rootLost, .rootFound: break
        }
      }
      files.withLock { files in
        for path in rescans where !rescans.contains(where: { $0 != path && path.isWithin($0) }) { rescan(path, &files) }
        for path in looks { look(path, &files) }
      }
    }

    private func look(_ path: BytePath, _ files: inout Set<BytePath>) {
      if let status = try? SafeFile.status(root: root, path: path), !status.isDirectory { files.insert(path) } else { files.remove(path) }
    }

    private func rescan(_ directory: BytePath, _ files: inout Set<BytePath>) {
      files = files.filter { !$0.isWithin(directory) }
      try? DirectoryWalker(root: root).walk(from: directory) {
        if case .file(let file) = $0 { files.insert(file.path) }
        return true
      }
    }
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  /// Four runs, or as many as `SOAK_SEEDS` says.
  static let seeds = Array(1...(ProcessInfo.processInfo.environment["SOAK_SEEDS"].flatMap(UInt64.init) ?? 4))

  @Test(arguments: seeds) func whatIsBelievedIsWhatIsThere(_ seed: UInt64) async throws {
    try await run(seed: seed, overflowing: false)
  }

  /// More happens than the kernel's queue holds, while nobody reads it.
  @Test(arguments: seeds.prefix(2)) func evenWhenTheQueueOverflowed(_ seed: UInt64) async throws {
    try await run(seed: seed, overflowing: true)
  }

  private func run(seed: UInt64, overflowing: Bool) async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("outside")
    for path in ["a", "b", "c", "d"] { for below in ["a/b/c", "b/c", "c/d/a"] { folder.makeDirectory("root/\(path)/\(below)") } }
    let consumer = Consumer(root: folder.root("root"))
    let recorder = Recorder()
    let gate = DispatchSemaphore(value: overflowing ? 0 : 1)
    var options = DirectoryTreeWatcher.Options()
    options.moveTimeout = .milliseconds(20)
    let watcher = try DirectoryTreeWatcher(roots: [folder.root("root")], options: options) { changes in
      gate.wait()
      gate.signal()
      consumer.apply(changes)
      recorder.record(changes.filter(Self.isMark))
    }
    await watcher.start()
    play(Generator(state: seed &* 0x9E37_79B9_7F4A_7C15), 3_000, in: folder)
    if overflowing {
      try flood(folder)
      play(Generator(state: seed &* 0x1357_9BDF), 1_000, in: folder)
    }
    gate.signal()

    folder.write("root/cookie-1")
    await recorder.wait { !$0.isEmpty }  // the cookie, or the rescan that stands for it
    folder.write("root/cookie-2")
    await recorder.wait(for: .changed(TreePath(root: 0, path: "cookie-2")))
    await watcher.settled()
    let coverage = await watcher.coverage
    #expect(coverage.isComplete)
    #expect(overflowing == (coverage.overflows > 0))

    let (files, directories) = present(in: folder.at("root"))
    #expect(Set(await watcher.watchedPaths.map(\.path)) == directories)
    #expect(consumer.files.withLock { $0 } == files)
  }

  private static func isMark(_ change: Change) -> Bool {
    switch change {
    case .changed(let place): place.path.description.hasPrefix("cookie-")
    case .rescanNeeded(let place): place.path.isEmpty
    default: false
    }
  }

  /// Alternating, since the kernel joins equal events that follow each other.
  private func flood(_ folder: TemporaryFolder) throws {
    let text = try String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8)
    folder.write("root/x.md")
    folder.write("root/y.md")
    for _ in 0..<(Int(text.filter(\.isNumber)) ?? 16_384) {
      truncate(folder.at("root/x.md"), 1)
      truncate(folder.at("root/y.md"), 1)
    }
  }

  private func play(_ generator: Generator, _ operations: Int, in folder: TemporaryFolder) {
    var random = generator
    func directory() -> String { (["root"] + (0..<Int.random(in: 0...3, using: &random)).map { _ in pick() }).joined(separator: "/") }
    func pick() -> String { ["a", "b", "c", "d"].randomElement(using: &random) ?? "a" }
    for _ in 0..<operations {
      let (first, second) = (directory() + "/" + pick(), directory() + "/" + pick())
      switch Int.random(in: 0..<12, using: &random) {
      case 0...2: mkdir(folder.at(first), 0o755)
      case 3...5: close(open(folder.at(first + ".md"), O_WRONLY | O_CREAT, 0o644))
      case 6: rename(folder.at(first), folder.at(second))
      case 7: rename(folder.at(first + ".md"), folder.at(second + ".md"))
      case 8: unlink(folder.at(first + ".md"))
      case 9: if Int.random(in: 0..<4, using: &random) == 0 { folder.remove(first) }
      case 10: rename(folder.at(first), folder.at("outside/" + pick()))
      default: rename(folder.at("outside/" + pick()), folder.at(first))
      }
    }
  }

  /// What lies in the folder, by other means than the watcher's.
  private func present(in root: String) -> (files: Set<BytePath>, directories: Set<BytePath>) {
    var files: Set<BytePath> = []
    var directories: Set<BytePath> = [""]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      var status = stat()
      lstat(root + "/" + name, &status)
      if status.st_mode & S_IFMT == S_IFDIR { directories.insert(BytePath(name)) } else { files.insert(BytePath(name)) }
    }
    return (files, directories)
  }
}
