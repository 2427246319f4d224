import Analysis
import Documents

/// The latest alerts as an Atom feed (RFC 4287): one entry an alert, renewed when it changes.
enum AtomFeed {
  static let limit = 100

  /// - Parameter updatedAt: RFC 3339; the feed's own time where it has no entry.
  static func render(_ alerts: [AlertPage], updatedAt: String) -> [UInt8] {
    let latest = alerts.sorted { ($1.changedAt, $0.alert.fingerprint) < ($0.changedAt, $1.alert.fingerprint) }.prefix(limit)
    var xml = HTMLWriter()
    xml.markup("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n")
    element("title", "Bellwether: alerts", to: &xml)
    element("id", identifier("feed"), to: &xml)
    element("updated", latest.first?.changedAt ?? updatedAt, to: &xml)
    element("generator", OwnOutput.generator, to: &xml)
    xml.markup("<author><name>Bellwether</name></author>\n")
    for page in latest {
      xml.markup("<entry>\n")
      write(page, to: &xml)
      xml.markup("</entry>\n")
    }
    xml.markup("</feed>\n")
    return xml.bytes
  }

  private static func write(_ page: AlertPage, to xml: inout HTMLWriter) {
    let alert = page.alert
    let state = page.state == .new || page.state == .open ? "" : " (\(page.state.rawValue))"
    element("title", "\(FactWording.capitalised(alert.severity.rawValue)): \(TitleText.readable(alert.title))\(state)", to: &xml)
    element("id", identifier(alert.fingerprint), to: &xml)
    element("published", page.raisedAt, to: &xml)
    element("updated", page.changedAt, to: &xml)
    xml.element("link", [.value("rel", "alternate"), .href(SafeURL(relative: "\(OutputLayout.alerts)/\(page.fileStem).html"))], text: "")
    xml.newline()
    xml.element("category", [.value("term", alert.category)], text: "")
    xml.newline()
    let quotations = alert.evidence.prefix(3).map { "“\(QuoteText.trimmed($0.evidence.text))” — \($0.path):\($0.evidence.line)" }
    let sureness = page.sureness.sentence.map { [$0] } ?? []
    element("summary", (quotations + sureness).joined(separator: " · "), to: &xml)
  }

  private static func element(_ name: StaticString, _ text: String, to xml: inout HTMLWriter) {
    xml.element(name, text: text)
    xml.newline()
  }

  /// A UUID of version 8 (RFC 9562 §5.8) made of a hash: the same alert has the same on every machine.
  private static func identifier(_ name: String) -> String {
    let hash = SHA256.hex(Array("bellwether\u{1F}\(name)".utf8)).prefix(32)
    var digits = Array(hash.utf8)
    digits[12] = 0x38
    digits[16] = 0x61
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: digits[$0], as: UTF8.self) }
    return "urn:uuid:" + parts.joined(separator: "-")
  }
}
