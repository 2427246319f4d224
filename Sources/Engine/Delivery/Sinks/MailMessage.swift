import Configuration
import Documents
import Glibc

/// A notification as an Internet message (RFC 5322): text and HTML, every header line of our own making.
///
/// Nothing of a note reaches a header but the subject, and that only with control characters made visible and, beyond ASCII, as encoded words
/// (RFC 2047): a line break in a title cannot begin a header. The same notification gives the same bytes.
enum MailMessage {
  static func render(_ notification: Notification, from: String?) -> [UInt8] {
    let domain = from.flatMap { $0.split(separator: "@").last }.map(String.init) ?? "bellwether.localhost"
    let boundary = "=_bellwether_\(notification.key)"
    var headers: [(String, String)] = []
    if let from { headers.append(("From", "Bellwether <\(from)>")) }
    headers += [
      ("To", "<\(notification.recipient)>"), ("Subject", subject(notification)), ("Date", date(notification.at)),
      ("Message-ID", "<\(notification.key)@\(domain)>"),
    ]
    if let thread = notification.thread {
      headers += [("References", "<\(thread)@\(domain)>"), ("In-Reply-To", "<\(thread)@\(domain)>")]
    }
    headers += [
      ("List-Id", "Bellwether <\(notification.sink).bellwether.\(domain)>"), ("Auto-Submitted", "auto-generated"),
      ("X-Auto-Response-Suppress", "All"), ("X-Bellwether-Key", notification.key), ("MIME-Version", "1.0"),
      ("Content-Type", "multipart/alternative; boundary=\"\(boundary)\""),
    ]
    var out = headers.map { "\($0.0): \($0.1)\n" }.joined() + "\n"
    for (type, body) in [("plain", notification.text), ("html", notification.html)] {
      out += "--\(boundary)\nContent-Type: text/\(type); charset=utf-8\nContent-Transfer-Encoding: base64\n\n\(folded(body))\n"
    }
    return Array((out + "--\(boundary)--\n").utf8)
  }

  private static func subject(_ notification: Notification) -> String {
    let text = "[Bellwether] " + Printable.escaped(notification.subject, limit: 150)
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }), !text.contains("=?") { return text }
    // An encoded word has 75 characters at most and holds whole characters.
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if words[words.count - 1].count + bytes.count > 45 { words.append([]) }
      words[words.count - 1] += bytes
    }
    return words.map { "=?utf-8?B?\(Base64.encode($0))?=" }.joined(separator: "\n ")
  }

  /// RFC 5322 §3.3, in UTC.
  static func date(_ instant: Int64) -> String {
    let utc = LocalCalendar.utc(instant)
    let day = CalendarDate(iso8601: utc.prefix(10)) ?? CalendarDate(daysSinceEpoch: 0)
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    return "\(weekdays[day.weekday - 1]), \(day.day) \(months[day.month - 1]) \(day.year) \(utc.dropFirst(11).prefix(8)) +0000"
  }

  private static func folded(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 57).map { Base64.encode(bytes[$0..<min($0 + 57, bytes.count)]) }.joined(separator: "\n")
  }
}

/// RFC 4648 §4.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: some Collection<UInt8>) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    var group: UInt32 = 0
    var count = 0
    func emit(_ digits: Int) { for i in 0..<digits { out.append(alphabet[Int(group >> (18 - 6 * UInt32(i)) & 63)]) } }
    for byte in bytes {
      group |= UInt32(byte) << (16 - 8 * UInt32(count))
      count += 1
      if count == 3 {
        emit(4)
        (group, count) = (0, 0)
      }
    }
    if count > 0 {
      emit(count + 1)
      out += [UInt8](repeating: UInt8(ascii: "="), count: 3 - count)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
