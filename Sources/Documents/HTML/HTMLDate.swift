/// When a page was published: by its address, by what it declares, by how its elements are named, by its text. A date in running prose is none.
struct HTMLDate {
  let tree: HTMLTree
  let head: HTMLHead
  let articles: [LinkedData]
  let finder: DateFinder
  /// The heading that repeats the page's title; the date stands near it.
  let heading: Int?
  /// The last day the page may be from: that of its last change. Days after it are of events to come.
  var latest: CalendarDate?

  /// - Parameter source: the whole page with its scripts.
  static func find(
    _ tree: HTMLTree, _ head: HTMLHead, _ articles: [LinkedData], source: UnsafeBufferPointer<UInt8>
  ) -> DateRange? {
    let search = HTMLDate(tree, head, articles)
    let address = search.inAddress(source)
    let marked = search.marked()
    if let text = search.declaration(HTMLDate.publishedNames, ["datePublished", "dateCreated"]) {
      return search.local(text, marked, address)
    }
    return address ?? marked?.date ?? search.declaration(HTMLDate.weakNames, []).flatMap(search.day) ?? search.named(HTMLDate.timeWords)
      ?? search.inText() ?? search.changed() ?? search.inScripts(source) ?? search.ofMedia() ?? search.inImages()
      ?? search.onlyOne(source)
  }

  private init(_ tree: HTMLTree, _ head: HTMLHead, _ articles: [LinkedData]) {
    self.tree = tree
    self.head = head
    self.articles = articles
    finder = DateFinder(isDayFirst: head.isDayFirst)
    heading = HTMLDate.mainHeading(tree, head)
    latest = nil
    latest = changed()?.end.adding(days: 2)
  }

  /// The first heading most words of which are the title's.
  private static func mainHeading(_ tree: HTMLTree, _ head: HTMLHead) -> Int? {
    let title = Set(ContentFinder.words(Array((head.value(["og:title"]) ?? head.title).utf8)))
    guard !title.isEmpty else { return nil }
    return tree.nodes.indices.first { node in
      guard [.h1, .h2].contains(tree.nodes[node].tag) else { return false }
      let words = ContentFinder.words(tree.text(node, limit: 300))
      return words.count >= 2 && words.count { title.contains($0) } * 4 >= words.count * 3
    }
  }

  /// A day and how surely the page was published on it.
  struct Candidate {
    var date: DateRange
    var score: Int
  }

  // MARK: - Declared

  private func declaration(_ names: [String], _ keys: [String]) -> String? {
    for key in keys {
      for article in articles where !article.isMedia {
        if let text = article[key]?.string, day(text) != nil { return text }
      }
    }
    for name in names {
      if let text = head.value([name]), day(text) != nil { return text }
    }
    return names == HTMLDate.publishedNames ? head.value { HTMLDate.isPublication($0) && day($1) != nil } : nil
  }

  /// Publishing systems make up names of their own: "wren:publishdate", "articledate".
  private static func isPublication(_ name: String) -> Bool {
    publicationWords.bits(in: name.utf8) != 0 && otherWords.bits(in: name.utf8) == 0
  }

  /// A `meta` element whose name speaks of a time, and of none but publication.
  func named(_ words: KeywordAutomaton) -> DateRange? {
    head.value { words.bits(in: $0.utf8) != 0 && HTMLDate.otherWords.bits(in: $0.utf8) == 0 && day($1).map(isPlausible) == true }.flatMap(
      day)
  }

  private static let publicationWords = KeywordAutomaton(
    .names,
    [
      "publishdate", "publish_date", "publish-date", "publishtime", "publishedtime", "publisheddate", "published_time", "publicationdate",
      "pubdate",
      "pub_date", "pub-date", "articledate", "article_date", "article-date", "article:time", "postdate", "post-date", "post_date",
      "issuedate",
    ].map { (1, $0) })
  /// What else pages date: changes, expiry, events, their own making.
  private static let otherWords = KeywordAutomaton(
    .names,
    [
      "modif", "updat", "expir", "valid", "event", "start", "end", "birth", "copyright", "revis", "crawl", "build", "server", "until",
      "unpublish",
      "deadline", "video", "image", "cache", "candidate", "runtime", "timeout", "timezone", "sometime",
    ].map { (1, $0) })

  private func changed() -> DateRange? { declaration(HTMLDate.changedNames, ["dateModified"]).flatMap(day) }

  /// When a video or picture on the page was uploaded.
  private func ofMedia() -> DateRange? {
    articles.lazy.filter(\.isMedia).compactMap { ($0["uploadDate"] ?? $0["datePublished"])?.string.flatMap(day) }.first
  }

  /// A full date at the start of a value.
  func day(_ text: String) -> DateRange? {
    guard let date = DateFinder.parse(text, isDayFirst: finder.isDayFirst), date.granularity == .day
    else { return nil }
    return date
  }

  /// The day where the page comes from. An address that names another day wins over a bare one, and over an instant in UTC; that lies on the
  /// next or the last day where the page shows so, and on the next where it is midnight in Europe.
  private func local(_ text: String, _ marked: Candidate?, _ address: DateRange?) -> DateRange? {
    guard let date = day(text) else { return address }
    let clock = text.drop { $0 != "T" && $0 != " " }.dropFirst()
    let isUTC = text.hasSuffix("Z") || text.hasSuffix("+00:00") || text.hasSuffix("+0000")
    if let address {
      let distance = abs(address.start.daysSinceEpoch - date.start.daysSinceEpoch)
      return distance == 1 && !isUTC && clock.contains(where: { $0 == "+" || $0 == "-" })
        ? date : address
    }
    guard isUTC, let hour = Int(clock.prefix(2)) else { return date }
    if let marked, marked.score >= 40 {
      let distance = marked.date.start.daysSinceEpoch - date.start.daysSinceEpoch
      if distance == -1 && hour <= 10 || distance == 1 && hour >= 12 { return marked.date }
    }
    if head.isDayFirst, clock.hasPrefix("22:00") || clock.hasPrefix("23:00") {
      return DateRange(day: date.start.adding(days: 1))
    }
    return date
  }

  /// `/2025/07/23/` in an address that the page gives itself.
  private func inAddress(_ source: UnsafeBufferPointer<UInt8>) -> DateRange? {
    head.addresses.lazy.compactMap { address($0) }.first ?? savedFrom(source).flatMap { address($0) }
  }

  /// What browsers write into the pages they save: `<!-- saved from url=(0031)https://contoso.example/2025/07/23/plan -->`.
  private func savedFrom(_ source: UnsafeBufferPointer<UInt8>) -> String? {
    let mark: StaticString = "saved from url=("
    let limit = min(source.count, 2_000)
    guard let at = ASCII.find(mark, in: source, 0..<limit) else { return nil }
    let start = at + mark.utf8CodeUnitCount
    return String(decoding: source[start..<limit].prefix { $0 != 0x20 && $0 != 0x3E }, as: UTF8.self)
  }

  func address(_ text: String) -> DateRange? {
    var text = text
    return text.withUTF8 { bytes in
      guard let found = finder.first(in: bytes, 0..<bytes.count) else { return nil }
      let start = found.span.lowerBound
      // `/2025/7/5-ways-to-win/` names no day.
      let end = found.span.upperBound
      if bytes[end - 2] == 0x2F, end < bytes.count, bytes[end] != 0x2F { return nil }
      return start > 0 && [0x2F, 0x2D, 0x5F, 0x3D].contains(bytes[start - 1]) ? found.range : nil
    }
  }

  private static let publishedNames = [
    "article:published_time", "datepublished", "article:published", "article:published_date",
    "article:post_date", "og:published_time",
    "og:article:published_time", "og:pubdate", "og:publish_date", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish_date",
    "publish-date", "published_date", "published-date", "published_time", "publication_date",
    "article_date_original", "article.published",
    "cxenseparse:recs:publishtime", "dcterms.created", "dcterms.issued", "dc.date.issued",
    "dc.date.created", "dc.date.publication", "dc.created",
    "dc:created", "dcsext.articlefirstpublished", "citation_publication_date", "citation_date",
    "bt:pubdate", "rbpubdate",
    "originalpublicationdate", "video:release_date", "date_published", "dateposted", "date_created",
    "datecreated", "content_create_date",
    "twt-published-at", "vr:published_time", "shareaholic:article_published_time",
    "mediator_published_time", "uploaddate",
  ]
  /// Names that stand for the last change as often as for the first publication.
  private static let weakNames = [
    "date", "dc.date", "dc:date", "dcterms.date", "displaydate", "pdate", "ptime", "gentime",
    "timestamp", "created", "creation_date", "release_date",
    "og:regdate",
  ]
  private static let changedNames = [
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "last-modified", "lastmod", "modified", "revised",
    "updated_time", "dc.modified", "dcterms.modified", "dc.date.modified",
  ]
}
