/// Writes HTML that is safe by construction: element and attribute names are literals of this source, text and attribute values are
/// escaped, and an address is a `SafeURL` or does not get in.
struct HTMLWriter {
  enum Attribute {
    case value(StaticString, String)
    case href(SafeURL)
  }

  private(set) var bytes: [UInt8] = []

  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], _ content: (inout HTMLWriter) -> Void) {
    open(name, attributes)
    content(&self)
    close(name)
  }

  mutating func element(_ name: StaticString, _ attributes: [Attribute] = [], text: String) {
    element(name, attributes) { $0.text(text) }
  }

  /// An element that has no content, or none but attributes (`meta`, `circle`).
  mutating func void(_ name: StaticString, _ attributes: [Attribute]) { open(name, attributes) }

  mutating func text(_ text: String) { MarkupText.append(text, to: &bytes, keepingEdges: true) }

  /// Markup of ours.
  mutating func markup(_ literal: StaticString) { append(literal) }

  mutating func newline() { bytes.append(0x0A) }

  private mutating func open(_ name: StaticString, _ attributes: [Attribute]) {
    bytes.append(0x3C)
    append(name)
    for attribute in attributes {
      bytes.append(0x20)
      switch attribute {
      case .value(let name, let value):
        append(name)
        bytes += [0x3D, 0x22]
        MarkupText.append(value, to: &bytes, keepingEdges: false)
      case .href(let url):
        append("href=\"")
        MarkupText.append(url.text, to: &bytes, keepingEdges: false)
      }
      bytes.append(0x22)
    }
    bytes.append(0x3E)
  }

  private mutating func close(_ name: StaticString) {
    bytes += [0x3C, 0x2F]
    append(name)
    bytes.append(0x3E)
  }

  private mutating func append(_ literal: StaticString) { literal.withUTF8Buffer { bytes += $0 } }
}
