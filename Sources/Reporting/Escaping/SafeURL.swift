/// An address that may be put into a report: only what the allow-lists let through, percent-encoded so that no sink needs care with it
/// beyond its ordinary attribute escaping.
public struct SafeURL: Sendable, Hashable {
  /// ASCII; without spaces, quotes, angle brackets, parentheses, backslashes, pipes or controls.
  public let text: String

  /// An address that stands in a note: http, https and mailto only.
  public init?(untrusted: String) {
    guard let scheme = SafeURL.scheme(of: untrusted), ["http", "https", "mailto"].contains(scheme) else { return nil }
    text = SafeURL.encoded(untrusted)
  }

  /// The address of an article, with a text fragment (WICG, Text Fragments) that leads a browser to the quoted sentence.
  init?(untrusted: String, quoting sentence: String, path: String) {
    guard let address = SafeURL(untrusted: untrusted), !address.text.hasPrefix("mailto:") else { return nil }
    let words = QuoteText.reading(sentence, path: path).replacing(" …", with: "").split(separator: " ")
    guard !words.isEmpty else { return nil }
    // A dash, a comma and an ampersand mean something in a fragment, and are no unreserved bytes either.
    func encoded(_ words: some Sequence<Substring>) -> String {
      SafeURL.encoded(words.joined(separator: " "), keeping: "._~").replacing("-", with: "%2D")
    }
    let directive = words.count <= 10 ? encoded(words) : encoded(words.prefix(4)) + "," + encoded(words.suffix(4))
    text = address.text + (address.text.contains("#") ? "" : "#") + ":~:text=" + directive
  }

  /// A place in the output, relative to the page it is written on ("../alerts/x.md", "#promises").
  init(relative path: String, anchor: String? = nil) {
    let fragment = anchor.map { "#" + SafeURL.encoded($0, keeping: "-._~") } ?? ""
    // "a:b.md" would read as a scheme; "./" makes it a path again.
    let encoded = SafeURL.encoded(path, keeping: "-._~/!@,+")
    text = (encoded.hasPrefix("//") ? "." : "") + encoded + fragment
  }

  /// An address made by a template that the configuration gave, already checked and encoded.
  init(trusted: String) { text = trusted }

  /// As a Markdown link destination.
  var markdown: String { text }

  /// The scheme in lower case; nil where there is none or where its spelling hides something (controls, blanks, entities).
  static func scheme(of address: String) -> String? {
    var scheme = ""
    for scalar in address.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".": scheme.unicodeScalars.append(scalar)
      case ":": return scheme.isEmpty ? nil : scheme.lowercased()
      default: return nil
      }
    }
    return nil
  }

  /// Everything but unreserved bytes and `keeping` as %XX; with no `keeping`, the reserved bytes of a whole address stay, `%` included.
  static func encoded(_ text: String, keeping: String = "-._~:/?#@!&,;=+%*") -> String {
    let kept = Set(keeping.utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: out.append(byte)
      case _ where kept.contains(byte): out.append(byte)
      default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
