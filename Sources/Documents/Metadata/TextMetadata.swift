/// Title, byline, publisher and publication date of a note that is text: from its front matter, its headings and the lines below its title.
enum TextMetadata {
  private static let titleKeys = ["title", "headline", "name", "subject"]
  private static let bylineKeys = [
    "author", "authors", "byline", "creator", "by", "writer", "dc.creator",
  ]
  private static let publisherKeys = [
    "publisher", "publication", "source", "site", "site_name", "sitename", "website", "outlet",
    "feed", "journal",
  ]
  private static let dateKeys = [
    "date", "published", "publish_date", "publishdate", "date_published", "datepublished",
    "published_at", "publishedat", "published_time",
    "pubdate", "pub_date", "publication_date", "publicationdate", "posted", "posted_on",
    "date_posted", "issued", "dc.date", "date_created",
    "created", "created_at", "createdat", "createdon", "datecreated", "publishedon", "postdate", "post_date", "releasedate", "release_date",
    "creation_date", "date created", "publish date", "date published",
    "published date", "timestamp", "datetime", "day",
  ]

  static func fill(_ document: inout Document, _ matter: FrontMatter?) {
    document.title = matter?.value(titleKeys).map(Markup.plain)
    document.byline = matter?.values(bylineKeys).map { $0.map(withoutLink).joined(separator: ", ") }
    document.publisher = matter?.value(publisherKeys).flatMap(publisherName)
    if let text = matter?.value(dateKeys), let date = DateFinder.parse(text) {
      document.published = date
      document.publishedFrom = .frontMatter
    }
    // The address under which it was published: "posts/2025-07-23-the-plan".
    if document.published == nil, let text = matter?.value(["slug", "permalink", "url", "link", "path"]),
      let date = DateFinder().first(in: text), date.range.granularity == .day
    {
      document.published = date.range
      document.publishedFrom = .frontMatter
    }
    if document.language == nil, let language = matter?.value(["lang", "language", "locale"]),
      language.utf8.count >= 2
    {
      document.language = language.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map {
        $0.lowercased()
      }
    }
    if document.title == nil { document.title = title(document) }
    let dateline = Dateline.find(in: document)
    if document.published == nil, let date = dateline.date {
      document.published = date
      document.publishedFrom = .dateline
    }
    document.byline = document.byline ?? dateline.byline
    document.publisher = document.publisher ?? dateline.publisher
  }

  /// The heading or short line that opens the text, else a heading of the first level near the top. A date is no title.
  private static func title(_ document: Document) -> String? {
    let first = document.blocks.first { $0.role.isContent && $0.kind != .caption }
    let candidates = document.blocks.prefix(8).filter { $0.kind == .heading && $0.level == 1 }
    for block in [first].compactMap({ $0 }) + candidates
    where block.kind == .heading || block.kind == .paragraph && isTitle(block, document) {
      let text = document.visibleText(block.text)
      if text.contains(where: { $0.isLetter }) { return text }
    }
    return nil
  }

  private static func isTitle(_ block: Block, _ document: Document) -> Bool {
    guard block.text.count <= 150, let last = document.text[block.text.range].last else {
      return false
    }
    let line = document.text[block.text.range]
    guard !line.contains(0x0A), last != 0x2E, last != 0x3A, last != 0x2C, last != 0x3B else {
      return false
    }
    return line.split(separator: 0x20).count >= 2
  }

  /// `[Ada Quill](https://…)` and `[[Ada Quill]]` are links to a name.
  static func withoutLink(_ text: String) -> String {
    guard text.hasPrefix("[") else { return text }
    let inner = text.drop { $0 == "[" }
    return String(inner.prefix { $0 != "]" && $0 != "|" })
  }

  /// A publisher's name, or the host of its address.
  static func publisherName(_ text: String) -> String? {
    let text = withoutLink(text)
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
      return text.isEmpty ? nil : text
    }
    let host = text.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : String(host)
  }
}
