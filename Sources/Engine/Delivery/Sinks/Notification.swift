import Analysis
import Documents
import Reporting
import Storage

/// What one recipient is told at once: a change of an alert, those of a group, or a digest; in every form a sink may want.
public struct Notification: Sendable {
  public enum Kind: String, Sendable { case alert, alerts, digest }

  public var kind: Kind
  /// The idempotency key: the same for every try.
  public var key: String
  public var sink: String
  public var recipient: String
  /// One line, as people wrote it: every sink escapes it in its own way.
  public var subject: String
  /// The gravest; nil for a digest.
  public var severity: Severity?
  /// When it was owed, milliseconds since 1970.
  public var at: Int64
  /// Notifications of one thread belong together: an alert's, a digest's.
  public var thread: String?
  public var text: [UInt8]
  public var html: [UInt8]
  /// `bellwether.notification/v1`, one line.
  public var json: [UInt8]
}

/// Writes notifications from what is owed: the same owed rows give the same bytes.
struct NotificationComposer: Sendable {
  let store: Store
  let calendar: LocalCalendar
  let reporter: Reporter
  /// Builds the digest of a row, as of then.
  let digest: @Sendable (DigestRow) throws -> Digest

  init(_ writer: DigestWriter) {
    store = writer.store
    calendar = writer.calendar
    reporter = writer.reporter
    digest = { try writer.build($0) }
  }

  func compose(_ batch: OwedBatch) throws -> Notification {
    let pages = AlertPages(store: store, calendar: calendar)
    let told = try batch.deliveries.map { ($0.change, try pages.page(of: $0.change)) }
    let first = told[0]
    let isOne = told.count == 1
    let severity = told.map(\.0.alert.severity).max()
    let line = NotificationComposer.line(first.0)
    let subject = isOne ? line : "\(line) (+\(told.count - 1) more)"
    let lead = told.map { "\(NotificationComposer.line($0.0))\n  \($0.0.reason)\n" }.joined()
    let texts = told.map { reporter.render($0.1, as: .text) }
    let text = isOne ? texts[0] : Array(TerminalLines.escape(lead).utf8) + texts.flatMap { Array("\n\n".utf8) + $0 }
    var notification = Notification(
      kind: isOne ? .alert : .alerts, key: batch.key, sink: batch.sink, recipient: batch.recipient, subject: subject, severity: severity,
      at: batch.since, thread: isOne ? first.0.alert.fingerprint : nil, text: text,
      html: isOne ? reporter.render(first.1, as: .html) : html(told.map(\.0), subject), json: [])
    notification.json = json(notification) { json in
      json.key("alerts")
      json.beginArray()
      for (change, _) in told { json.raw(record(change, batch)) }
      json.endArray()
    }
    return notification
  }

  func compose(_ owed: OwedDigest) throws -> Notification {
    let digest = try digest(owed.row)
    let name = owed.row.digest == DigestRow.daily ? "Digest" : "Digest \(owed.row.digest)"
    var notification = Notification(
      kind: .digest, key: owed.key, sink: owed.sink, recipient: owed.recipient, subject: "\(name) for \(owed.row.day)", severity: nil,
      at: owed.row.builtAt, thread: "digest-\(owed.row.digest)", text: reporter.render(digest, as: .text),
      html: reporter.render(digest, as: .html), json: [])
    let record = reporter.render(digest, as: .json)
    notification.json = json(notification) { json in
      json.key("digest")
      json.raw(record.last == 0x0A ? record.dropLast() : record[...])
    }
    return notification
  }

  /// "WARNING: Northwind lets 90 people go", "resolved: …".
  static func line(_ change: AlertChange) -> String {
    switch change.state {
    case .withdrawn, .resolved: return "\(change.state.rawValue): \(change.alert.title)"
    case .open, .acknowledged, .baseline: return "\(change.alert.severity.rawValue.uppercased()): \(change.alert.title)"
    }
  }

  private func json(_ notification: Notification, _ more: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(reserving: 4096)
    json.beginObject()
    json.member("schema", "bellwether.notification/v1")
    json.member("key", notification.key)
    json.member("sink", notification.sink)
    json.member("recipient", notification.recipient.isEmpty ? nil : notification.recipient)
    json.member("kind", notification.kind.rawValue)
    json.member("subject", notification.subject)
    json.member("severity", notification.severity?.rawValue)
    json.member("at", LocalCalendar.utc(notification.at))
    json.member("text", String(decoding: notification.text, as: UTF8.self))
    more(&json)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// A change as in `alerts.jsonl`, with a key of its own: a receiver that takes groups apart can tell each again.
  private func record(_ change: AlertChange, _ batch: OwedBatch) -> ArraySlice<UInt8> {
    var json = JSONWriter(reserving: 1024)
    RecordLines.write(change.alert, to: &json) { json in
      AlertLog.members(of: change, to: &json)
      json.member(
        "key", StableHash.hex(of: [change.alert.fingerprint, "\(change.id)", batch.sink, batch.recipient].joined(separator: "\u{1F}")))
    }
    return json.bytes.last == 0x0A ? json.bytes.dropLast() : json.bytes[...]
  }

  private func html(_ changes: [AlertChange], _ subject: String) -> [UInt8] {
    let items = changes.map { change in
      let quotes = change.alert.evidence.prefix(3).map { place in
        "<blockquote><p>\(MarkupText.escape(place.evidence.text))</p><p>\(MarkupText.escape(place.path)):\(place.evidence.line)</p></blockquote>"
      }
      return """
        <h2>\(MarkupText.escape(NotificationComposer.line(change)))</h2>
        <p>\(MarkupText.escape(change.what.rawValue)): \(MarkupText.escape(change.reason))</p>
        \(quotes.joined(separator: "\n"))
        """
    }
    return Array(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(MarkupText.escape(subject))</title></head><body>
      \(items.joined(separator: "\n"))
      </body></html>

      """.utf8)
  }
}

/// Several lines for people, each made safe to show.
enum TerminalLines {
  static func escape(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let indent = line.prefix { $0 == " " }
      return indent + TerminalText.escape(line.dropFirst(indent.count))
    }.joined(separator: "\n")
  }
}
