import Foundation
import Glibc
import Synchronization
import Testing

@testable import FileWatching

/// The watcher on the real kernel.
@Suite(.timeLimit(.minutes(2))) struct DirectoryTreeWatcherTests {
  @Test func aFileThatIsWrittenHasChanged() async throws {
    let watched = try await Watched(TemporaryFolder())
    watched.folder.write("note.md")
    await watched.recorder.wait(for: .changed(watched.at("note.md")))
  }

  @Test func filesInDirectoriesThatAppearAreAllTold() async throws {
    let watched = try await Watched(TemporaryFolder())
    for index in 0..<300 {
      watched.folder.makeDirectory("\(index)/a/b/c")
      watched.folder.write("\(index)/a/b/c/note.md")
    }
    await watched.sync()
    for index in 0..<300 { #expect(watched.told.contains(.changed(watched.at("\(index)/a/b/c/note.md")))) }
    #expect(await watched.watcher.coverage.watches == 1 + 300 * 4)
  }

  @Test func aDirectoryThatIsMovedInIsTold() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root")
    folder.makeDirectory("elsewhere/full/deep")
    for index in 0..<500 { folder.write("elsewhere/full/deep/\(index).md") }
    let watched = try await Watched(folder, root: "root")
    folder.move("elsewhere/full", "root/full")
    await watched.recorder.wait { told in (0..<500).allSatisfy { told.contains(.changed(watched.at("full/deep/\($0).md"))) } }
  }

  @Test func whatIsPrunedFromNowOnIsLetGoAndWhatIsNotIsWatched() async throws {
    let folder = try TemporaryFolder()
    for name in ["a/deep", "b/deep"] { folder.makeDirectory(name) }
    let pruned = Mutex<BytePath>("a")
    var options = DirectoryTreeWatcher.Options()
    options.prune = { place in pruned.withLock { $0 == place.path } }
    let watched = try await Watched(folder, options: options)
    #expect(await watched.watchedPaths() == ["", "b", "b/deep"])
    pruned.withLock { $0 = "b" }
    await watched.watcher.revise()
    await watched.recorder.wait(for: .rescanNeeded(watched.at("")))
    #expect(await watched.watchedPaths() == ["", "a", "a/deep"])
    folder.write("b/deep/note.md")
    folder.write("a/deep/note.md")
    await watched.recorder.wait(for: .changed(watched.at("a/deep/note.md")))
    #expect(!watched.told.contains(.changed(watched.at("b/deep/note.md"))))
  }

  @Test func aRenameWithinKeepsTheWatchesAndTellsNewPaths() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("a/x/y")
    let watched = try await Watched(folder)
    folder.move("a", "b")
    folder.write("b/x/y/note.md")
    await watched.sync()
    #expect(
      watched.told == [.moved(from: watched.at("a"), to: watched.at("b"), isDirectory: true), .changed(watched.at("b/x/y/note.md"))])
    #expect(await watched.watchedPaths() == ["", "b", "b/x", "b/x/y"])
  }

  @Test func whatIsMovedOutIsGoneAndNoLongerWatched() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root/a/b")
    let watched = try await Watched(folder, root: "root")
    folder.move("root/a", "elsewhere")
    await watched.recorder.wait(for: .directoryGone(watched.at("a")))
    #expect(await watched.watcher.coverage.watches == 1)
    watched.recorder.clear()
    folder.write("elsewhere/b/note.md")
    folder.write("root/last.md")
    await watched.recorder.wait(for: .changed(watched.at("last.md")))
    #expect(watched.told == [.changed(watched.at("last.md"))])
  }

  @Test func directoriesThatChangeNamesWithEachOtherStayWatched() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("a/inside-a")
    folder.makeDirectory("b/inside-b")
    let watched = try await Watched(folder)
    folder.move("a", "c")
    folder.move("b", "a")
    folder.move("c", "b")
    await watched.sync()
    #expect(await watched.watchedPaths() == ["", "a", "a/inside-b", "b", "b/inside-a"])
    watched.folder.write("a/inside-b/1.md")
    watched.folder.write("b/inside-a/2.md")
    await watched.recorder.wait(for: .changed(watched.at("a/inside-b/1.md")))
    await watched.recorder.wait(for: .changed(watched.at("b/inside-a/2.md")))
  }

  @Test func deletedAndMadeAgainIsStillWatched() async throws {
    let watched = try await Watched(TemporaryFolder())
    for _ in 0..<200 {
      watched.folder.remove("d")
      watched.folder.makeDirectory("d/s")
      watched.folder.write("d/s/note.md")
    }
    await watched.sync()
    #expect(await watched.watchedPaths() == ["", "d", "d/s"])
    watched.recorder.clear()
    watched.folder.write("d/s/note.md")
    await watched.recorder.wait(for: .changed(watched.at("d/s/note.md")))
  }

  @Test func linksAreToldAndNotFollowed() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root/a")
    folder.makeDirectory("outside/b")
    let watched = try await Watched(folder, root: "root")
    folder.link(".", "root/loop")
    folder.link("../..", "root/a/up")
    folder.link("../outside", "root/out")
    folder.link("/nowhere", "root/dangling")
    await watched.recorder.wait(for: .changed(watched.at("dangling")))
    #expect(await watched.watchedPaths() == ["", "a"])
    #expect(watched.told.isSuperset(of: ["loop", "a/up", "out", "dangling"].map { .changed(watched.at($0)) }))
  }

  @Test(arguments: [
    Array("-rf.md".utf8), Array("line\nbreak\u{1B}[2J".utf8), [0xFF, 0xFE] + Array(".md".utf8), Array("e\u{301}.md".utf8),
    Array("\u{202E}dm.txt".utf8), Array("trailing ".utf8), [UInt8](repeating: UInt8(ascii: "n"), count: 255),
  ]) func namesAreBytes(_ name: [UInt8]) async throws {
    let watched = try await Watched(TemporaryFolder())
    let path = watched.folder.root().appending(name)
    close(path.withCString { open($0, O_WRONLY | O_CREAT, 0o644) })
    await watched.recorder.wait(for: .changed(TreePath(root: 0, path: BytePath(name))))
    #expect(BytePath(escaped: BytePath(name).description) == BytePath(name))
  }

  @Test func pathsLongerThanTheKernelTakesAtOnceAreWatched() async throws {
    let watched = try await Watched(TemporaryFolder())
    let name = String(repeating: "d", count: 200)
    var directory = open(watched.folder.path, O_RDONLY | O_DIRECTORY)
    var path = BytePath("")
    for _ in 0..<30 {
      #expect(mkdirat(directory, name, 0o755) == 0)
      let next = openat(directory, name, O_RDONLY | O_DIRECTORY)
      close(directory)
      directory = next
      path = path.appending(name.utf8)
    }
    close(openat(directory, "note.md", O_WRONLY | O_CREAT, 0o644))
    close(directory)
    await watched.recorder.wait(for: .changed(TreePath(root: 0, path: path.appending("note.md".utf8))))
    #expect(await watched.watcher.coverage.watches == 31)
    var walked: [BytePath] = []
    try DirectoryWalker(root: watched.folder.root()).walk {
      if case .file(let file) = $0 { walked.append(file.path) }
      return true
    }
    #expect(walked == [path.appending("note.md".utf8)])
    #expect(try SafeFile.read(root: watched.folder.root(), path: path.appending("note.md".utf8), limit: 10).bytes == [])
  }

  @Test func hiddenAndPrunedDirectoriesAreNotWatched() async throws {
    let folder = try TemporaryFolder()
    for name in [".git/objects", "node_modules/x", "notes"] { folder.makeDirectory(name) }
    var options = DirectoryTreeWatcher.Options()
    options.prune = { $0.path.lastComponent.elementsEqual("node_modules".utf8) }
    let watched = try await Watched(folder, options: options)
    folder.makeDirectory("notes/.obsidian/plugins")
    folder.makeDirectory("notes/node_modules/y")
    await watched.sync()
    #expect(await watched.watchedPaths() == ["", "notes"])
  }

  @Test func aRootThatIsDeletedIsLostAndFoundAgain() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root/a")
    let watched = try await Watched(folder, root: "root")
    folder.remove("root")
    await watched.recorder.wait(for: .rootLost(0))
    #expect(await watched.watcher.coverage.watches == 0)
    folder.makeDirectory("root/a")
    await watched.watcher.checkRoots()
    await watched.recorder.wait(for: .rescanNeeded(watched.at("")))
    #expect(watched.recorder.changes.suffix(2) == [.rootFound(0), .rescanNeeded(watched.at(""))])
    folder.write("root/a/note.md")
    await watched.recorder.wait(for: .changed(watched.at("a/note.md")))
  }

  @Test func aRootThatIsReplacedIsAnotherOne() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root")
    let watched = try await Watched(folder, root: "root")
    folder.move("root", "old")
    folder.makeDirectory("root")
    await watched.watcher.checkRoots()
    await watched.recorder.wait(for: .rescanNeeded(watched.at("")))
    watched.recorder.clear()
    folder.write("old/stray.md")
    folder.write("root/note.md")
    await watched.recorder.wait(for: .changed(watched.at("note.md")))
    #expect(watched.told == [.changed(watched.at("note.md"))])
  }

  @Test func aRootThatDoesNotExistYetIsLookedFor() async throws {
    let folder = try TemporaryFolder()
    let watched = try await Watched(folder, root: "later")
    #expect(watched.recorder.changes == [.rootLost(0)])
    folder.makeDirectory("later")
    await watched.recorder.wait(for: .rootFound(0))
  }

  @Test func rootsMayNotOverlap() throws {
    #expect(throws: FileSystemError(.watch, "/srv/notes/a", .overlapsRoot("/srv/notes"))) {
      try DirectoryTreeWatcher(roots: ["/srv/notes", "/srv/notes/a"]) { _ in }
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything")) func aDirectoryThatBecomesReadableIsCovered() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("closed")
    folder.write("closed/note.md")
    chmod(folder.at("closed"), 0)
    let watched = try await Watched(folder)
    #expect(await watched.watcher.coverage.uncovered == [watched.at("closed"): .unreadable])
    chmod(folder.at("closed"), 0o755)
    await watched.recorder.wait(for: .rescanNeeded(watched.at("closed")))
    #expect(await watched.watcher.coverage.isComplete)
  }

  /// Where inotify is blind the caller has to look for changes, and is told so once for the whole tree; what this machine does is told.
  @Test func aRemoteFileSystemIsSaidOnceAndWatchedAllTheSame() async throws {
    let folder = try TemporaryFolder()
    folder.makeDirectory("a/b")
    var options = DirectoryTreeWatcher.Options()
    options.isRemote = { _ in true }
    let watched = try await Watched(folder, options: options)
    folder.makeDirectory("c")
    folder.write("a/b/note.md")
    await watched.sync(in: "c")
    #expect(watched.told.filter { if case .uncovered = $0 { true } else { false } } == [.uncovered(watched.at(""), .remoteFileSystem)])
    #expect(watched.told.contains(.changed(watched.at("a/b/note.md"))))
    #expect(await watched.watcher.coverage.uncovered == [watched.at(""): .remoteFileSystem])
    await watched.watcher.retryUncovered()
    await watched.watcher.settled()
    #expect(watched.recorder.changes.filter { if case .uncovered = $0 { true } else { false } }.count == 1, "said once")
  }

  @Test func anOverflowIsOneRescan() async throws {
    let folder = try TemporaryFolder()
    let limit = try #require(Int(String(contentsOfFile: "/proc/sys/fs/inotify/max_queued_events", encoding: .utf8).filter(\.isNumber)))
    guard limit <= 100_000 else { return }
    let gate = DispatchSemaphore(value: 0)
    let recorder = Recorder()
    let isFirst = Mutex(true)
    let watcher = try DirectoryTreeWatcher(roots: [folder.root()]) { changes in
      let holds = isFirst.withLock { first in
        defer { first = false }
        return first
      }
      if holds { gate.wait() }
      recorder.record(changes)
    }
    await watcher.start()
    folder.write("first.md")
    folder.write("a.md")
    folder.write("b.md")
    for _ in 0..<limit {  // alternating, since the kernel joins equal events that follow each other
      truncate(folder.at("a.md"), 1)
      truncate(folder.at("b.md"), 1)
    }
    folder.makeDirectory("lost/deep")
    gate.signal()
    await recorder.wait(for: .rescanNeeded(TreePath(root: 0, path: "")))
    #expect(await watcher.coverage.overflows == 1)
    #expect(await watcher.coverage.watches == 3)
    folder.write("lost/deep/note.md")
    await recorder.wait(for: .changed(TreePath(root: 0, path: "lost/deep/note.md")))
    #expect(recorder.changes.count { $0 == .rescanNeeded(TreePath(root: 0, path: "")) } == 1)
  }
}
