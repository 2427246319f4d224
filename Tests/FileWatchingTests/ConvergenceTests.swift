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
      files.withLock { files in
        for change in changes {
          switch change {
          case .changed(let place), .gone(let place): look(place.path, &files)
          case .directoryGone(let place): rescan(place.path, &files)
          case .moved(let from, let to, let isDirectory):
            if isDirectory {
              rescan(from.path, &files)
              rescan(to.path, &files)
            } else {
              look(from.path, &files)
              look(to.path, &files)
            }
          case .rescanNeeded(let place): rescan(place.path, &files)
          case .uncovered, .covered, .rootLost, .rootFound: break
          }
        }
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
    let folder = try TemporaryFolder()
    folder.makeDirectory("root")
    folder.makeDirectory("outside")
    let consumer = Consumer(root: folder.root("root"))
    let recorder = Recorder()
    var options = DirectoryTreeWatcher.Options()
    options.moveTimeout = .milliseconds(20)
    let watcher = try DirectoryTreeWatcher(roots: [folder.root("root")], options: options) { changes in
      consumer.apply(changes)
      recorder.record(changes.filter { if case .changed(let place) = $0 { place.path.description.hasPrefix("cookie") } else { false } })
    }
    await watcher.start()

    var random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    func directory() -> String { (["root"] + (0..<Int.random(in: 0...3, using: &random)).map { _ in pick() }).joined(separator: "/") }
    func pick() -> String { ["a", "b", "c", "d"].randomElement(using: &random) ?? "a" }
    for _ in 0..<3_000 {
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
    folder.write("root/cookie")
    await recorder.wait(for: .changed(TreePath(root: 0, path: "cookie")))
    await watcher.settled()
    #expect(await watcher.coverage.isComplete)

    var files: Set<BytePath> = []
    var directories: Set<BytePath> = [""]
    for case let url as URL in FileManager.default.enumerator(at: URL(filePath: folder.at("root")), includingPropertiesForKeys: nil)
      ?? .init()
    {
      let path = BytePath(String(url.path.dropFirst(folder.at("root").count + 1)))
      var status = stat()
      lstat(url.path, &status)
      if status.st_mode & S_IFMT == S_IFDIR { directories.insert(path) } else { files.insert(path) }
    }
    #expect(Set(await watcher.watchedPaths.map(\.path)) == directories)
    #expect(consumer.files.withLock { $0 } == files)
  }
}
