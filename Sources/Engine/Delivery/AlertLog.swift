import Analysis
import Documents
import Glibc
import Reporting
import Storage

/// `alerts.jsonl`: every notified change of every alert, one line each, exactly once.
///
/// The file is its own cursor: the last whole line says up to where it goes, a torn line left by a crash is cut off before the next is appended.
/// Where somebody took the file away (log rotation), the cursor kept in the database says where to go on.
struct AlertLog {
  static let cursorKey = "alert_log_cursor"
  let path: String

  /// Appends what is missing.
  /// - Returns: the id of the last change in the file.
  func catchUp(_ store: Store) throws -> Int64 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard descriptor >= 0 else { throw FileFailure(.create, path: path) }
    defer { close(descriptor) }
    let (end, lastID) = try tail(descriptor)
    let kept = try store.meta(AlertLog.cursorKey).flatMap { Int64($0) } ?? 0
    // A file that is ahead of the database belongs to an earlier one: the database was rebuilt, and counts from one again.
    let from = lastID.flatMap { last in (try? store.lastAlertChange()).map { last <= $0 } ?? true ? last : nil } ?? kept
    let changes = try store.alertChanges(afterID: from).filter { $0.disposition == "notified" }
    guard let last = changes.last else { return from }
    var json = JSONWriter(reserving: 4096)
    for change in changes {
      RecordLines.write(change.alert, to: &json) { AlertLog.members(of: change, to: &$0) }
    }
    guard ftruncate(descriptor, off_t(end)) == 0 else { throw FileFailure(.write, path: path) }
    var at = 0
    let bytes = json.bytes
    while at < bytes.count {
      let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress! + at, bytes.count - at, off_t(end + at)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = FileFailure(.write, path: path)
        // A torn line must not stay: cut back to the last whole one.
        _ = ftruncate(descriptor, off_t(end))
        throw failure
      }
      at += count
    }
    guard fsync(descriptor) == 0 else { throw FileFailure(.sync, path: path) }
    try store.setMeta(AlertLog.cursorKey, String(last.id))
    return last.id
  }

  /// What a change adds to its alert's record.
  static func members(of change: AlertChange, to json: inout JSONWriter) {
    json.key("change_id")
    json.int(Int(change.id))
    json.member("what", change.what.rawValue)
    json.member("state", change.state.rawValue)
    json.member("reason", change.reason)
    json.member("author", change.author)
    json.member("disposition", change.disposition)
    json.member("at", LocalCalendar.utc(change.at))
  }

  /// The offset after the last whole line, and the change it holds.
  private func tail(_ descriptor: Int32) throws -> (end: Int, id: Int64?) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileFailure(.write, path: path) }
    let size = Int(status.st_size)
    var window = 65_536
    while true {
      let start = max(0, size - window)
      var buffer = [UInt8](repeating: 0, count: size - start)
      let count = pread(descriptor, &buffer, buffer.count, off_t(start))
      guard count == buffer.count else { throw FileFailure(.write, path: path) }
      guard let end = buffer.lastIndex(of: 0x0A) else {
        if start == 0 { return (0, nil) }
        window *= 4
        continue
      }
      let lineStart = buffer[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? (start == 0 ? 0 : nil)
      guard let lineStart else {
        window *= 4
        continue
      }
      return (start + end + 1, AlertLog.changeID(in: buffer[lineStart..<end]))
    }
  }

  /// The number behind the last `"change_id":` of a line.
  static func changeID(in line: ArraySlice<UInt8>) -> Int64? {
    let key = Array("\"change_id\":".utf8)
    guard line.count > key.count else { return nil }
    var at = line.endIndex - key.count
    while at >= line.startIndex {
      if line[at..<(at + key.count)].elementsEqual(key) {
        let digits = line[(at + key.count)...].prefix { $0 >= 0x30 && $0 <= 0x39 }
        return Int64(String(decoding: digits, as: UTF8.self))
      }
      at -= 1
    }
    return nil
  }
}
