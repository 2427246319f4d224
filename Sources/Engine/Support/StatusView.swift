import Foundation

/// The daemon's state as `status --json` gives it, for those who show it.
public struct StatusSnapshot: Decodable, Sendable {
  public struct Plugin: Decodable, Sendable {
    public var id: String
    public var state: String
  }

  public var state: String
  public var documents: Int
  public var queued: Int
  public var failed: Int
  public var watches: Int
  public var alertsOpen: Int
  public var deliveriesOwed: Int
  public var plugins: [Plugin]
  public var nextDigestAt: String?
  public var lastDigest: String?
  public var folders: [String]
  public var troubles: [String]

  /// Nil where the line is not a status.
  public init?(json: String) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let value = try? decoder.decode(StatusSnapshot.self, from: Data(json.utf8)) else { return nil }
    self = value
  }
}

/// How far a long reading has come, from one status to the next; the whole is known only as far as the daemon has looked.
public struct ReadingProgress: Sendable {
  private var start: (documents: Int, at: UInt64)?
  private var peak = 0
  public private(set) var done = 0
  public private(set) var total = 0
  /// Notes a second since it began.
  public private(set) var rate = 0.0

  public init() {}

  /// - Parameter now: nanoseconds of a clock that only goes forward.
  public mutating func take(_ status: StatusSnapshot, now: UInt64) {
    guard status.queued > 0 else {
      self = ReadingProgress()
      return
    }
    if start == nil { start = (status.documents, now) }
    guard let start else { return }
    peak = max(peak, status.queued)
    // Notes that are read again are none more on record: then the shrinking queue says it.
    done = max(status.documents - start.documents, peak - status.queued)
    total = done + status.queued
    let seconds = Double(now - start.at) / 1e9
    rate = seconds > 0 ? Double(done) / seconds : 0
  }

  /// For those who read themselves and know how many there are.
  public mutating func take(done: Int, of total: Int, now: UInt64) {
    if start == nil { start = (0, now) }
    (self.done, self.total) = (done, total)
    let seconds = Double(now - (start?.at ?? now)) / 1e9
    rate = seconds > 0 ? Double(done) / seconds : 0
  }

  /// "612 of 1180 notes, 52 %, 41 a second, 14 s left"; nil while nothing waits.
  public var words: String? {
    guard total > 0 else { return nil }
    var words = "\(done) of \(total) notes, \(done * 100 / total) %"
    if rate >= 1, done < total { words += ", \(Int(rate)) a second, \(Int((Double(total - done) / rate).rounded(.up))) s left" }
    return words
  }

  var bar: String {
    let filled = total > 0 ? done * 20 / total : 0
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled) + "]"
  }
}

/// The lines of `status --follow`.
public enum StatusView {
  public static func lines(_ status: StatusSnapshot, _ progress: ReadingProgress) -> [String] {
    var lines: [(String, String)] = [
      ("state", status.state), ("folders", status.folders.joined(separator: ", ")),
      ("notes", "\(status.documents) on record, \(status.queued) waiting, \(status.failed) could not be read"),
    ]
    if let words = progress.words { lines.append(("reading", "\(progress.bar) \(words)")) }
    lines.append(("alerts", "\(status.alertsOpen) open, \(status.deliveriesOwed) notifications owed"))
    lines.append(("digest", "last \(status.lastDigest ?? "never"), next \(status.nextDigestAt ?? "unknown")"))
    let ready = status.plugins.count { $0.state == "ready" }
    let others = status.plugins.filter { $0.state != "ready" }.map { "; \($0.id): \($0.state)" }.joined()
    lines.append(("plugins", "\(ready) ready\(others)"))
    lines += status.troubles.map { ("trouble", $0) }
    return lines.map { name, value in name + String(repeating: " ", count: 9 - name.count) + value }
  }
}
