import Dispatch
import Engine
import Foundation
import Glibc
import Synchronization

/// The last line of a terminal: how far a long work has come, on standard error. Where that is no terminal, nothing is written.
///
/// Whatever else is printed or said takes the line away first (`Terminal`), and so does the end: nothing of it stays.
enum ProgressLine {
  static let isWanted = isatty(STDERR_FILENO) == 1
  private static let isShown = Mutex(false)

  static func show(_ words: String) {
    guard isWanted else { return }
    var size = winsize()
    // One row, whatever is said: only one can be taken away again.
    let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) - 1 : 79
    isShown.withLock { isShown in
      isShown = true
      put("\r\u{1B}[K" + words.prefix(width))
    }
  }

  static func wipe() {
    isShown.withLock { isShown in
      if isShown { put("\r\u{1B}[K") }
      isShown = false
    }
  }

  private static func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// How far a verb has come with the notes it reads itself.
struct ReadingMeter {
  /// What is over sooner shows nothing.
  private static let patience: UInt64 = 1_000_000_000
  private static let interval: UInt64 = 100_000_000

  private let total: Int
  private let start = SystemClock().elapsed
  private var done = 0
  private var last: UInt64 = 0
  private var progress = ReadingProgress()

  init(total: Int) {
    self.total = total
    progress.take(done: 0, of: total, now: start)
  }

  /// One more has been read.
  mutating func step() {
    done += 1
    guard ProgressLine.isWanted else { return }
    let now = SystemClock().elapsed
    guard now - start >= ReadingMeter.patience, now - last >= ReadingMeter.interval || done == total else { return }
    last = now
    progress.take(done: done, of: total, now: now)
    if let words = progress.words { ProgressLine.show("reading: \(words)") }
  }

  /// What comes after the reading, where that took long.
  func goOn(with words: String) { if last > 0 { ProgressLine.show(words) } }
}

/// While a verb waits for the daemon, or is the daemon's first reading: how far that has come, looked at every second.
final class ReadingWatch: Sendable {
  private let isOver = Mutex(false)

  /// - Parameters:
  ///   - endsWhenReady: the first reading alone is watched.
  ///   - status: the daemon's state as JSON; nil where it cannot be had just now.
  init(endsWhenReady: Bool = false, _ status: @escaping @Sendable () -> String?) {
    guard ProgressLine.isWanted else { return }
    Thread.detachNewThread { [self] in
      var progress = ReadingProgress()
      while true {
        sleep(1)
        if isOver.withLock({ $0 }) { return }
        guard let snapshot = status().flatMap({ StatusSnapshot(json: $0) }) else { continue }
        progress.take(snapshot, now: SystemClock().elapsed)
        isOver.withLock { isOver in
          if isOver { return }
          if let words = progress.words { ProgressLine.show("reading: \(words)") } else { ProgressLine.wipe() }
        }
        if endsWhenReady, snapshot.state == "ready" || snapshot.state == "degraded" { return }
      }
    }
  }

  convenience init(_ reach: Reach) {
    self.init {
      var lines: [String] = []
      _ = try? reach.ask(ControlRequest(.status)) { reply in if let text = reply.line { lines.append(text) } }
      return lines.first
    }
  }

  /// Takes the line away; after that nothing is written any more.
  func end() {
    isOver.withLock { isOver in
      isOver = true
      ProgressLine.wipe()
    }
  }
}
