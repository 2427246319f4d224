/// A line such as "Source: Harbour Weekly", which notes and feeds put above a text instead of front matter.
struct LabelledLine {
  enum Field { case title, byline, publisher, date, address }

  let field: Field
  let value: String

  private static let longestLabel = 20
  private static let longestValue = 160

  init?(_ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
    let head = text[line.lowerBound..<min(line.upperBound, line.lowerBound + LabelledLine.longestLabel + 1)]
    guard let colon = head.firstIndex(of: 0x3A), colon > line.lowerBound, line.upperBound - colon - 1 <= LabelledLine.longestValue,
      colon + 1 == line.upperBound || ASCII.isSpace(text[colon + 1])
    else { return nil }
    let label = String(decoding: ASCII.lowercased(text[line.lowerBound..<colon]), as: UTF8.self)
    guard let field = LabelledLine.fields[label] else { return nil }
    let rest = ASCII.trimmed((colon + 1)..<line.upperBound, text)
    guard !rest.isEmpty else { return nil }
    self.field = field
    value = String(decoding: text[rest], as: UTF8.self)
  }

  /// A name without its address: "Harbour Weekly <desk@harbour.example>".
  var name: String {
    let words = value.split(separator: " ")
    let names = words.prefix { !$0.hasPrefix("<") && !$0.contains("@") }
    return names.isEmpty ? value : names.joined(separator: " ")
  }

  /// Whether the value can be a name: short, and no sentence.
  var isName: Bool {
    guard let first = name.first, let last = name.last, name.utf8.count <= 80 else { return false }
    return (first.isUppercase || first.isNumber || name.contains(".")) && last != "." && last != "?" && last != "!"
      && name.split(separator: " ").count <= 10
  }

  private static let fields: [String: Field] = {
    var fields: [String: Field] = [:]
    for (field, labels) in [
      (.title, ["title", "headline", "subject"]),
      (
        .byline,
        ["author", "authors", "by", "byline", "written by", "words", "words by", "text", "text by", "story by", "reporter", "autor"]
      ),
      (
        .publisher,
        [
          "source", "publication", "publisher", "published by", "published in", "outlet", "site", "feed", "newspaper", "journal",
          "magazine",
          "newsletter", "from", "via", "blog", "medium", "quelle",
        ]
      ),
      (
        .date,
        [
          "date", "published", "published on", "publication date", "date published", "posted", "posted on", "pubdate", "issued", "dated",
          "sent", "created", "release date", "datum", "fecha",
        ]
      ),
      (.address, ["link", "url", "permalink", "original", "original link", "source url", "web"]),
    ] as [(Field, [String])] {
      for label in labels { fields[label] = field }
    }
    return fields
  }()
}
