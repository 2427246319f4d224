import Analysis
import Dispatch
import Glibc
import Storage
import Synchronization

/// Keeps a note that kills the program from doing so for ever.
///
/// A note that the program has died on once is read again alone, so that no neighbour shares the blame; after the second time it is set aside,
/// until the file changes or another program comes.
final class PoisonGuard: Sendable {
  static let limit = 2

  private let marks: WorkMarks
  private let crashes: Mutex<[NoteKey: Crash]>
  /// Ordinary notes side by side, suspects by themselves.
  private let gate = DispatchQueue(label: "bellwether.reading", attributes: .concurrent)

  /// Counts what the last process died on, and says so.
  init(state: String, store: Store, clock: any WallClock, journal: Journal) throws(StoreError) {
    let path = "\(state)/in-work"
    let suspects = WorkMarks.suspects(path: path)
    let program = PoisonGuard.program
    for crash in suspects { try store.strike(crash, program: program) }
    let known = try store.crashes(program: program)
    for crash in known where suspects.contains(where: { $0.key == crash.key }) {
      let next = crash.count < PoisonGuard.limit ? "it is read once more, alone" : "it is set aside until it changes"
      let name = String(decoding: crash.key.path, as: UTF8.self)
      journal(
        JournalEntry(
          .quarantine, .warning, "the last run died while it read \(crash.key.folder)/\(name) (\(crash.how)); \(next)",
          fields: ["DOCUMENT": name]))
    }
    crashes = Mutex(Dictionary(known.map { ($0.key, $0) }, uniquingKeysWith: { $1 }))
    marks = WorkMarks(path: path, clock: clock)
  }

  /// Runs the reading of a note under a mark.
  /// - Returns: nil where the note is set aside; `reason` says why.
  func read<R>(_ key: NoteKey, _ stamp: FileStamp, _ body: () -> R) -> Swift.Result<R, Refusal> {
    guard let crash = crashes.withLock({ $0[key] }), crash.stamp == stamp else {
      return .success(gate.sync { marked(key, stamp, body) })
    }
    guard crash.count < PoisonGuard.limit else {
      return .failure(
        Refusal(
          reason: "quarantined after \(crash.count) crashes: the program died while it read this (\(crash.how)); retried when it changes"))
    }
    let result = gate.sync(flags: .barrier) { marked(key, stamp, body) }
    crashes.withLock { _ = $0.removeValue(forKey: key) }
    return .success(result)
  }

  struct Refusal: Error { var reason: String }

  private func marked<R>(_ key: NoteKey, _ stamp: FileStamp, _ body: () -> R) -> R {
    let slot = marks.begin(key, stamp)
    defer { marks.end(slot) }
    return body()
  }

  /// Tells one build of the program from another.
  private static let program: String = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return "" }
    return "\(status.st_size)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }()
}
