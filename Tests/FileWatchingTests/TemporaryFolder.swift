import Foundation
import Glibc
import Synchronization
import Testing

@testable import FileWatching

/// A folder of its own that is removed afterwards, and what is done in it. Failing operations are failures of the test.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    var template = Array((NSTemporaryDirectory() + "/file-watching-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw FileSystemError(.openDirectory, BytePath(NSTemporaryDirectory()), .system(errno)) }
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    Self.empty(open(path, O_RDONLY | O_DIRECTORY))
    rmdir(path)
  }

  /// From directory to directory, by bytes: names here need not be UTF-8, nor paths short enough for one call. Closes the directory.
  private static func empty(_ directory: Int32) {
    guard directory >= 0 else { return }
    _ = DirectoryLister().list(directory) { entry in
      entry.withCString { name in
        if entry.kind == .directory {
          empty(openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
          unlinkat(directory, name, AT_REMOVEDIR)
        } else {
          unlinkat(directory, name, 0)
        }
      }
    }
    close(directory)
  }

  func at(_ name: String) -> String { name.isEmpty ? path : path + "/" + name }
  func root(_ name: String = "") -> BytePath { BytePath(at(name)) }

  func write(_ name: String, _ text: String = "x") {
    let file = open(at(name), O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
    close(file)
  }

  func makeDirectory(_ name: String) { try? FileManager.default.createDirectory(atPath: at(name), withIntermediateDirectories: true) }
  func remove(_ name: String) { try? FileManager.default.removeItem(atPath: at(name)) }
  func move(_ from: String, _ to: String) { #expect(rename(at(from), at(to)) == 0) }
  func link(_ target: String, _ name: String) { #expect(symlink(target, at(name)) == 0) }
}

/// Keeps what a watcher told, and lets a test wait for it.
final class Recorder: Sendable {
  private struct State {
    var changes: [Change] = []
    var waiter: (condition: @Sendable ([Change]) -> Bool, continuation: CheckedContinuation<Bool, Never>)?
  }

  private let state = Mutex(State())

  func record(_ changes: [Change]) {
    let ready = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      state.changes += changes
      guard let waiter = state.waiter, waiter.condition(state.changes) else { return nil }
      state.waiter = nil
      return waiter.continuation
    }
    ready?.resume(returning: true)
  }

  var changes: [Change] { state.withLock(\.changes) }

  func clear() { state.withLock { $0.changes = [] } }

  /// Waits until what was told satisfies the condition; records a failure after thirty seconds.
  func wait(until condition: @escaping @Sendable ([Change]) -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async {
    let timeout = Task {
      try await Task.sleep(for: .seconds(30))
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.continuation.resume(returning: false)
    }
    let isMet = await withCheckedContinuation { continuation in
      let isMetAlready = state.withLock { state in
        if condition(state.changes) { return true }
        state.waiter = (condition, continuation)
        return false
      }
      if isMetAlready { continuation.resume(returning: true) }
    }
    timeout.cancel()
    #expect(isMet, "told so far: \(changes)", sourceLocation: sourceLocation)
  }

  func wait(for change: Change, sourceLocation: SourceLocation = #_sourceLocation) async {
    await wait(until: { $0.contains(change) }, sourceLocation: sourceLocation)
  }
}

/// A watcher over a folder, with its recorder.
struct Watched: Sendable {
  let folder: TemporaryFolder
  let watcher: DirectoryTreeWatcher
  let recorder = Recorder()

  init(_ folder: TemporaryFolder, root: String = "", options: DirectoryTreeWatcher.Options = .init()) async throws {
    self.folder = folder
    watcher = try DirectoryTreeWatcher(roots: [folder.root(root)], options: options) { [recorder] in recorder.record($0) }
    await watcher.start()
  }

  /// Returns when everything done before has been told: a file made now is told after it.
  func sync(in directory: String = "") async {
    let name = (directory.isEmpty ? "" : directory + "/") + "cookie-\(UInt64.random(in: 0 ... .max))"
    folder.write(name)
    await recorder.wait(for: .changed(at(name)))
    await watcher.settled()
  }

  func at(_ name: String) -> TreePath { TreePath(root: 0, path: BytePath(name)) }

  /// What was told about anything but cookies, each once.
  var told: Set<Change> {
    Set(
      recorder.changes.filter {
        if case .changed(let place) = $0 { !place.path.description.contains("cookie-") } else { true }
      })
  }

  func watchedPaths() async -> Set<String> { Set(await watcher.watchedPaths.map(\.path.description)) }
}
