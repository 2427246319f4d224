/// What a file's name says: format, date, title.
struct FileName {
  private let stem: String
  private let pathExtension: String

  init(_ name: String) {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    if let dot = last.lastIndex(of: "."), dot > last.startIndex {
      stem = String(last[..<dot])
      pathExtension = last[last.index(after: dot)...].lowercased()
    } else {
      stem = last
      pathExtension = ""
    }
  }

  var isMarkdown: Bool {
    ["md", "markdown", "mdown", "mkd", "mkdn", "mdx", "qmd", "rmd"].contains(pathExtension)
  }
  var isHTML: Bool { ["html", "htm", "xhtml", "shtml"].contains(pathExtension) }

  /// A saved mail message.
  var isMail: Bool { pathExtension == "eml" }

  /// `2025-07-23-title`, `20250723 title`, `title 2025-07`.
  var date: DateRange? { found?.range }

  /// The stem in words, without its date; nil where no letters remain.
  var title: String? {
    var bytes = Array(stem.utf8)
    if let span = found?.span { bytes.replaceSubrange(span, with: [0x20]) }
    let words = bytes.map { $0 == 0x5F || $0 == 0x2D ? 0x20 : $0 }.split(separator: 0x20)
    let text = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    return text.contains(where: { $0.isLetter }) ? text : nil
  }

  private var found: FoundDate? {
    // Underscores are letters to no reader of file names.
    let text = String(decoding: stem.utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
    return DateFinder().first(in: text) ?? DateFinder(allowsMonths: true).first(in: text)
  }
}
