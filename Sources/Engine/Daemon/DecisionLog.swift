import Foundation
import Glibc
import Reporting
import Storage
import Synchronization

/// `decisions.jsonl` in the state folder: what people decided, a line each, appended and synced when the database has it.
///
/// The database can be rebuilt from the notes, but what people said of alerts, facts and contradictions stands in no note. The file is for the day
/// when the database is damaged; while it is sound nobody reads it.
final class DecisionLog: Sendable {
  let path: String
  /// Lies there from when the database is moved aside until what people decided is carried out on the new one.
  private let marker: String
  private let lock = Mutex(())

  init(state: String) {
    path = "\(state)/decisions.jsonl"
    marker = "\(state)/rebuild"
  }

  /// The database is about to be made anew.
  static func expectRebuild(state: String) {
    let descriptor = open("\(state)/rebuild", O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  var isRebuildPending: Bool { access(marker, F_OK) == 0 }

  func rebuilt() { unlink(marker) }

  /// Begins the file where there is none yet, with what the database knows.
  /// - Parameter isNew: the database has just been made. If the file has anything, the one before is lost.
  func begin(with store: Store, isNew: Bool) throws {
    var status = stat()
    if stat(path, &status) == 0 {
      if isNew, status.st_size > 0 { DecisionLog.expectRebuild(state: String(path.dropLast("/decisions.jsonl".count))) }
      return
    }
    let lines = try store.decisions(besides: Daemon.fileAuthor).map { try DecisionLog.line($0) }
    try AtomicFile.write(lines.flatMap { $0 }, to: path, mode: 0o600)
  }

  /// - Throws: `FileFailure`; the decision is in force all the same.
  func append(_ decision: HumanDecision) throws {
    let bytes = try DecisionLog.line(decision)
    try lock.withLock { _ in
      let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw FileFailure(.create, path: path) }
      defer { close(descriptor) }
      var last: UInt8 = 0x0A
      var status = stat()
      // Half a line, left by a crash, must not swallow this one.
      if fstat(descriptor, &status) == 0, status.st_size > 0 { _ = pread(descriptor, &last, 1, status.st_size - 1) }
      let whole = (last == 0x0A ? [] : [0x0A]) + bytes
      guard write(descriptor, whole, whole.count) == whole.count else { throw FileFailure(.write, path: path) }
      guard fdatasync(descriptor) == 0 else { throw FileFailure(.sync, path: path) }
    }
  }

  /// Every whole line that can be understood, in order.
  func decisions() throws -> [HumanDecision] {
    let decoder = JSONDecoder()
    return try DecisionLog.lines(of: path).compactMap { try? decoder.decode(HumanDecision.self, from: $0) }
  }

  /// How each alert stood last by the lines of `alerts.jsonl`, with the time as it is written there.
  static func standings(log path: String) throws -> [String: (at: String, state: AlertState)] {
    struct Line: Decodable {
      var id: String
      var state: AlertState
      var at: String
    }
    let decoder = JSONDecoder()
    var standings: [String: (at: String, state: AlertState)] = [:]
    for line in try lines(of: path) {
      if let line = try? decoder.decode(Line.self, from: line) { standings[line.id] = (line.at, line.state) }
    }
    return standings
  }

  private static func lines(of path: String) throws -> [Data] {
    guard access(path, F_OK) == 0 else { return [] }
    return try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: 0x0A)
  }

  private static func line(_ decision: HumanDecision) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(decision)) + [0x0A]
  }
}
