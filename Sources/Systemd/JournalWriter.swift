import CSystemd
import Glibc
import Synchronization

/// Writes entries to the systemd journal with their fields; to standard error with syslog prefixes where only that is caught by a
/// service manager; as plain lines for a person who started the program in a terminal.
public final class JournalWriter: Sendable {
  public enum Mode: Sendable {
    case native
    case prefixedLines
    case plainLines

    /// The journal's own protocol when standard error is connected to it, as `$JOURNAL_STREAM` says.
    public static func detect() -> Mode {
      if let stream = getenv("JOURNAL_STREAM").map({ String(cString: $0) }) {
        var status = stat()
        if fstat(STDERR_FILENO, &status) == 0, stream == "\(status.st_dev):\(status.st_ino)" { return .native }
      }
      return getenv("INVOCATION_ID") != nil ? .prefixedLines : .plainLines
    }
  }

  private let mode: Mode
  private let identifier: String
  private let prefix: String
  private let threshold: JournalPriority
  private let now: @Sendable () -> UInt64
  private let limit: Mutex<RateLimit>
  private let sendNative: @Sendable ([[UInt8]]) -> Bool
  private let sendLine: @Sendable (String) -> Void

  /// - Parameters:
  ///   - identifier: `SYSLOG_IDENTIFIER`, the program's name.
  ///   - prefix: Goes before the names of fields, for instance `BELLWETHER_`.
  ///   - threshold: The least urgent priority that is written.
  ///   - now: Monotonic nanoseconds, for the rate limit.
  public init(
    mode: Mode = .detect(), identifier: String = "bellwether", prefix: String = "BELLWETHER_", threshold: JournalPriority = .info,
    limit: RateLimit = RateLimit(), now: @escaping @Sendable () -> UInt64 = { ServiceNotifier.monotonicMicroseconds() * 1_000 },
    sendNative: @escaping @Sendable ([[UInt8]]) -> Bool = JournalWriter.sendToJournal,
    sendLine: @escaping @Sendable (String) -> Void = JournalWriter.sendToStandardError
  ) {
    self.mode = mode
    self.identifier = identifier
    self.prefix = prefix
    self.threshold = threshold
    self.now = now
    self.limit = Mutex(limit)
    self.sendNative = sendNative
    self.sendLine = sendLine
  }

  public func write(_ entry: JournalEntry) {
    guard entry.priority <= threshold else { return }
    switch limit.withLock({ $0.admit(entry.id, key: entry.key, now: now()) }) {
    case .pass: send(entry)
    case .suppress: break
    case .passAfterSuppressing(let count):
      send(summary(of: count, id: entry.id, key: entry.key, priority: entry.priority))
      send(entry)
    }
  }

  /// Says what was kept back by floods that are over. To be called now and then, by whatever wakes up anyway.
  public func flush() {
    for kind in limit.withLock({ $0.flush(now: now()) }) {
      send(summary(of: kind.suppressed, id: kind.id, key: kind.key, priority: .notice))
    }
  }

  private func summary(of count: Int, id: MessageID?, key: String, priority: JournalPriority) -> JournalEntry {
    let about = key.isEmpty ? "" : " about \(key)"
    return JournalEntry(priority, "suppressed \(count) similar messages\(about)", id: id, fields: ["SUPPRESSED": String(count)])
  }

  private func send(_ entry: JournalEntry) {
    switch mode {
    case .native:
      if !sendNative(entry.encoded(identifier: identifier, prefix: prefix)) { sendLine(entry.line(prefixed: true)) }
    case .prefixedLines: sendLine(entry.line(prefixed: true))
    case .plainLines: sendLine(entry.line(prefixed: false))
    }
  }

  /// sd_journal_sendv(3): each field goes with its length, so no value can pretend to be another field.
  @Sendable public static func sendToJournal(_ pairs: [[UInt8]]) -> Bool {
    var bytes = pairs.flatMap { $0 }
    return bytes.withUnsafeMutableBytes { buffer in
      var vectors: [iovec] = []
      var offset = 0
      for pair in pairs {
        vectors.append(iovec(iov_base: buffer.baseAddress.map { $0 + offset }, iov_len: pair.count))
        offset += pair.count
      }
      return sd_journal_sendv(vectors, Int32(vectors.count)) == 0
    }
  }

  @Sendable public static func sendToStandardError(_ line: String) {
    var line = line
    line.withUTF8 { buffer in
      var rest = UnsafeRawBufferPointer(buffer)
      while !rest.isEmpty {
        let count = Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
        if count > 0 { rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count)) } else if errno != EINTR { return }
      }
    }
  }
}
