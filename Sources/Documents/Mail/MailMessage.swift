/// A mail message (RFC 5322, MIME) taken apart as far as its reader needs: the headers that say what and when, and the text a person would see.
///
/// Reading is linear and bounded: parts nest at most `maximumDepth` deep and are at most `maximumParts`; what is beyond is left out.
struct MailMessage {
  struct Body {
    var bytes: [UInt8]
    var isHTML: Bool
  }

  private static let maximumDepth = 16
  private static let maximumParts = 256
  private static let maximumHeaders = 1000

  private(set) var subject: String?
  /// The sender's name, or the address where no name is given.
  private(set) var sender: String?
  /// The `Date` header as written.
  private(set) var date: String?
  /// The text as UTF-8; nil where the message holds none.
  private(set) var body: Body?

  init(_ bytes: [UInt8]) {
    let part = Part(bytes[...])
    subject = part["subject"].map(MailHeader.decoded)
    sender = part["from"].map(MailHeader.decoded).map(MailMessage.name)
    date = part["date"]
    var leaves: [Body] = []
    var budget = MailMessage.maximumParts
    MailMessage.collect(part, depth: 0, &budget, into: &leaves)
    // What the first text is, all of it is: a page with a plain footer is a page, a text with an attached page is a text.
    guard let first = leaves.first else { return }
    let alike = leaves.filter { $0.isHTML == first.isHTML }
    body = Body(bytes: Array(alike.map(\.bytes).joined(separator: [0x0A, 0x0A])), isHTML: first.isHTML)
  }

  /// `"Quill, Ada" <ada@example.org>` is Quill, Ada.
  private static func name(_ text: String) -> String {
    let name = text.prefix { $0 != "<" }.filter { $0 != "\"" }
    let trimmed = name.split(separator: " ").joined(separator: " ")
    return trimmed.isEmpty ? text.filter { $0 != "<" && $0 != ">" } : trimmed
  }

  private static func collect(_ part: Part, depth: Int, _ budget: inout Int, into leaves: inout [Body]) {
    guard depth < maximumDepth, budget > 0 else { return }
    budget -= 1
    let type = MailHeader.Value(part["content-type"] ?? "text/plain")
    if MailHeader.Value(part["content-disposition"] ?? "inline").word == "attachment" { return }
    if type.word.hasPrefix("multipart/"), let boundary = type.parameters["boundary"] {
      let parts = part.parts(boundary: Array(boundary.utf8))
      guard type.word == "multipart/alternative" else {
        for inner in parts { collect(inner, depth: depth + 1, &budget, into: &leaves) }
        return
      }
      // The same text several times, the plainest first: the first that says something.
      for inner in parts {
        let count = leaves.count
        collect(inner, depth: depth + 1, &budget, into: &leaves)
        if leaves.count > count { return }
      }
      return
    }
    if type.word == "message/rfc822" { return collect(Part(part.content()[...]), depth: depth + 1, &budget, into: &leaves) }
    guard type.word == "text/plain" || type.word == "text/html" || type.word == "text" else { return }
    let content = part.content()
    let charset = type.parameters["charset"] ?? "utf-8"
    var text = ["utf-8", "us-ascii"].contains(charset.lowercased()) ? content : TextEncoding.convert(content, from: charset) ?? content
    for index in text.indices where text[index] == 0 { text[index] = 0x20 }
    if text.contains(where: { !ASCII.isSpace($0) }) { leaves.append(Body(bytes: text, isHTML: type.word == "text/html")) }
  }

  /// A message or a part of one: headers, an empty line, and what follows.
  private struct Part {
    private var headers: [String: String] = [:]
    private var rest: ArraySlice<UInt8>

    subscript(_ name: String) -> String? { headers[name] }

    init(_ bytes: ArraySlice<UInt8>) {
      rest = bytes
      var current: (name: String, value: [UInt8])?
      var count = 0
      func finished(_ header: (name: String, value: [UInt8])?) {
        guard let header, headers[header.name] == nil else { return }
        headers[header.name] = MailHeader.text(header.value)
      }
      while let line = Part.line(&rest) {
        if line.isEmpty { break }
        if let first = line.first, first == 0x20 || first == 0x09 {
          // A header goes on; one of many kilobytes is cut.
          if let value = current?.value, value.count < 16_384 { current?.value = value + [0x20] + line.drop(while: ASCII.isSpace) }
          continue
        }
        finished(current)
        current = nil
        count += 1
        guard count <= MailMessage.maximumHeaders else { break }
        guard let colon = line.firstIndex(of: 0x3A) else { continue }
        let name = String(decoding: ASCII.lowercased(Array(line[..<colon])), as: UTF8.self)
        current = (name, Array(line[(colon + 1)...].drop(while: ASCII.isSpace)))
      }
      finished(current)
    }

    /// The next line without its end.
    private static func line(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
      guard !rest.isEmpty else { return nil }
      let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
      var line = rest[..<end]
      rest = rest[min(end + 1, rest.endIndex)...]
      if line.last == 0x0D { line = line.dropLast() }
      return line
    }

    /// The content with its transfer encoding undone.
    func content() -> [UInt8] {
      switch self["content-transfer-encoding"]?.lowercased().prefix(while: { $0 != ";" && $0 != " " }) {
      case "base64": return TransferEncoding.base64(rest)
      case "quoted-printable": return TransferEncoding.quotedPrintable(rest)
      default: return Array(rest)
      }
    }

    func parts(boundary: [UInt8]) -> [Part] {
      guard !boundary.isEmpty else { return [] }
      let mark = [0x2D, 0x2D] + boundary
      var parts: [Part] = []
      var start: Int?
      var left = rest
      while parts.count < MailMessage.maximumParts {
        let begin = left.startIndex
        guard let line = Part.line(&left) else { break }
        guard line.starts(with: mark) else { continue }
        let tail = line.dropFirst(mark.count)
        guard tail.starts(with: [0x2D, 0x2D]) || tail.allSatisfy(ASCII.isSpace) else { continue }
        if let start { parts.append(Part(rest[start..<begin])) }
        start = left.startIndex
        if tail.starts(with: [0x2D, 0x2D]) { return parts }
      }
      // A message that was cut off still has what came before.
      if let start, start < rest.endIndex { parts.append(Part(rest[start...])) }
      return parts
    }
  }
}
