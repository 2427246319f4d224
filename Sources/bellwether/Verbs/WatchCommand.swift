import ArgumentParser
import Dispatch
import Engine
import FileWatching
import Glibc

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Print changes below a folder as they happen.",
    discussion: "One line a change: `changed PATH`, `gone PATH`, `rescan PATH`. No settling. Ends with Ctrl-C.")

  @Argument(help: "The folder.", completion: .directory) var folder: String

  func run() throws {
    try guarded {
      guard let resolved = realpath(folder, nil) else {
        throw Failure(.noInput, "\(folder): cannot be watched: \(String(cString: strerror(errno))); check the path")
      }
      let root = String(cString: resolved)
      free(resolved)
      let printer = ChangePrinter(root: root, shown: folder)
      let watcher: DirectoryTreeWatcher
      do throws(FileSystemError) {
        watcher = try DirectoryTreeWatcher(roots: [BytePath(root)]) { printer.print($0) }
      } catch {
        throw Failure(.unavailable, error.description)
      }
      let ready = DispatchSemaphore(value: 0)
      Task {
        let coverage = await watcher.start()
        for (path, reason) in coverage.uncovered { Terminal.say("cannot watch \(path): \(reason)") }
        ready.signal()
      }
      ready.wait()
      Terminal.say("watching \(folder)")
      dispatchMain()
    }
  }
}

/// Writes a batch of changes in one call, straight from the watcher's queue.
struct ChangePrinter: Sendable {
  let root: String
  let shown: String

  func print(_ changes: [Change]) {
    var bytes: [UInt8] = []
    func line(_ word: String, _ place: TreePath) {
      bytes += word.utf8
      bytes.append(0x20)
      bytes += shown.utf8
      if !place.path.isEmpty {
        if shown.utf8.last != 0x2F { bytes.append(0x2F) }
        bytes += place.path.bytes
      }
      bytes.append(0x0A)
    }
    for change in changes {
      switch change {
      case .changed(let place): line("changed", place)
      case .gone(let place), .directoryGone(let place): line("gone", place)
      case .moved(let from, let to, let isDirectory):
        line("gone", from)
        line(isDirectory ? "rescan" : "changed", to)
      case .rescanNeeded(let place), .covered(let place): line("rescan", place)
      case .uncovered(let place, let reason): Terminal.say("cannot watch \(place): \(reason)")
      case .rootLost: Terminal.say("\(shown) is gone; waiting for it to come back")
      case .rootFound: Terminal.say("\(shown) is back")
      }
    }
    do { try Terminal.out(bytes) } catch { exit(0) }
  }
}
