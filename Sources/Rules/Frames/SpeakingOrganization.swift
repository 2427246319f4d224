import Analysis
import Documents
import Language

/// Whom "we" means in a text that names nobody: the organisation whose own addresses it gives, as changelogs and notices to customers do
/// ("write to support@example.com").
enum SpeakingOrganization {
  /// - Returns: the organisation by the name of its domain; nil where nobody says "we", or no domain stands out.
  static func find(in view: SentenceView) -> EntityRef? {
    guard speaks(view) else { return nil }
    var counts: [String: Int] = [:]
    view.source.document.text.withUnsafeBufferPointer { text in
      var i = 0
      while i < text.count {
        if text[i] == UInt8(ascii: "@"), let name = domain(text, i + 1) {
          counts[name, default: 0] += 2
        } else if text[i] == UInt8(ascii: ":"), i + 2 < text.count, text[i + 1] == UInt8(ascii: "/"), text[i + 2] == UInt8(ascii: "/"),
          let name = domain(text, i + 3)
        {
          counts[name, default: 0] += 1
        }
        i += 1
      }
    }
    guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value >= 2,
      best.value * 2 > counts.values.reduce(0, +)
    else { return nil }
    return EntityRef(id: best.key, name: DocumentContext.title(best.key), organization: best.key)
  }

  private static func speaks(_ view: SentenceView) -> Bool {
    view.tokens.contains { token in
      guard token.isWord else { return false }
      let word = view.source.document.text[Int(token.start)..<Int(token.end)]
      return word.elementsEqual("we".utf8) || word.elementsEqual("We".utf8)
    }
  }

  /// The label before the top-level domain of the host at `start`: "docs.example.co.uk" gives "example".
  private static func domain(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> String? {
    var end = start
    while end < text.count, end - start < 80, isHost(text[end]) { end += 1 }
    var labels = String(decoding: UnsafeBufferPointer(rebasing: text[start..<end]), as: UTF8.self).lowercased().split(separator: ".")
    guard labels.count >= 2, labels.removeLast().utf8.count >= 2 else { return nil }
    if labels.count >= 2, ["co", "com", "org", "ac", "gov"].contains(labels[labels.count - 1]) { labels.removeLast() }
    guard let name = labels.last.map(String.init), name.utf8.count >= 3, !shared.contains(name) else { return nil }
    return name
  }

  private static func isHost(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  /// Where anybody may have a page.
  private static let shared: Set<String> = [
    "github", "gitlab", "bitbucket", "youtube", "youtu", "twitter", "linkedin", "facebook", "instagram", "reddit", "medium", "substack",
    "wikipedia", "wikimedia", "archive", "arxiv", "doi", "discord", "telegram", "google", "googleapis", "gmail", "outlook", "imgur",
    "example", "w3", "npmjs", "pypi", "readthedocs", "docker", "shields", "githubusercontent", "amazonaws", "cloudfront", "wordpress",
    "blogspot", "stackoverflow", "ycombinator", "bit", "goo",
  ]
}
