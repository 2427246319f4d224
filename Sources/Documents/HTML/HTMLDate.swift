/// When a page was published: by its address, by what it declares, by how its elements are named, by its text. A date in running prose is none.
struct HTMLDate {
  private let tree: HTMLTree
  private let head: HTMLHead
  private let articles: [LinkedData]
  private let finder: DateFinder
  /// The heading that repeats the page's title; the date stands near it.
  private let heading: Int?
  /// The last day the page may be from: that of its last change. Days after it are of events to come.
  private var latest: CalendarDate?

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
  private func named(_ words: KeywordAutomaton) -> DateRange? {
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
  private func day(_ text: String) -> DateRange? {
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

  private func address(_ text: String) -> DateRange? {
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

  // MARK: - Marked

  private struct Candidate {
    var date: DateRange
    var score: Int
  }

  /// Elements that say what they are: `itemprop`, `time`, classes such as "entry-date".
  private func marked() -> Candidate? {
    var best: Candidate?
    for node in tree.nodes.indices {
      guard let candidate = candidate(node, above: best?.score ?? 20) else { continue }
      best = candidate
    }
    return best
  }

  private func candidate(_ node: Int, above least: Int) -> Candidate? {
    let element = tree.nodes[node]
    guard element.tag != .text, element.tag != .meta, element.tag != .link else { return nil }
    let hints = element.classHints.union(element.idHints)
    let isTime = element.tag == .time || element.tag == .abbr
    let isPublished = says("datepublished", node) || says("datecreated", node)
    guard isTime || isPublished || !hints.isDisjoint(with: [.date, .published, .updated, .byline])
    else { return nil }
    var score =
      isPublished
      ? 100 : isTime ? 60 : hints.contains(.published) ? 55 : hints.contains(.date) ? 40 : 30
    if isTime, hints.contains(.published) { score += 15 }
    if hints.contains(.updated) || says("modified", node) { score -= 25 }
    if element.isHidden { score -= 5 }
    if isNearHeading(node) { score += 6 }
    guard score > least else { return nil }
    switch surroundings(node) {
    case .comments: return nil
    case .furniture: score -= 35
    case .article: break
    }
    guard score > least, let (date, isWhole) = date(node), isPlausible(date) else { return nil }
    if !isWhole { score -= 10 }
    return score > least ? Candidate(date: date, score: score) : nil
  }

  /// Nodes between an element and the heading it dates.
  private static let nearness = 60

  private func isNearHeading(_ node: Int) -> Bool { heading.map { abs($0 - node) <= HTMLDate.nearness } ?? false }

  private func isPlausible(_ date: DateRange) -> Bool { latest.map { date.start <= $0 } ?? true }

  /// Whether a microdata or RDFa property contains `word`.
  private func says(_ word: StaticString, _ node: Int) -> Bool {
    tree.has(.itemprop, of: node, containing: word) || tree.has(.property, of: node, containing: word)
  }

  private func date(_ node: Int) -> (DateRange, isWhole: Bool)? {
    for name in [HTMLTree.AttributeName.datetime, .content, .title] {
      if let value = tree.string(name, of: node), let date = day(value) { return (date, true) }
    }
    let text = tree.text(node, limit: 200)
    guard text.count <= 160 else { return nil }
    return text.withUnsafeBufferPointer { bytes in
      finder.first(in: bytes, 0..<bytes.count).map {
        (
          $0.range,
          $0.span.count * 3 >= bytes.count
            || Dateline.isBare(bytes, 0..<bytes.count, without: $0.span)
        )
      }
    }
  }

  private enum Surroundings { case article, furniture, comments }

  /// Whether an element stands among comments, or in a sidebar or a list of other articles.
  private func surroundings(_ node: Int) -> Surroundings {
    var found = Surroundings.article
    var ancestor = node
    while ancestor >= 0 {
      let element = tree.nodes[ancestor]
      let hints = element.classHints.union(element.idHints)
      if hints.contains(.comments), element.tag != .body, !hints.contains(.bodyOfArticle),
        !hints.contains(.positive) || ancestor != node
      {
        return .comments
      }
      if [.aside, .footer, .nav].contains(element.tag) || isNamedNavigation(ancestor) { found = .furniture }
      if hints.contains(.furniture), !hints.contains(.bodyOfArticle), element.tag != .body,
        ancestor != node
      {
        found = .furniture
      }
      if hints.contains(.unlikely), !hints.contains(.maybe), element.tag != .body,
        element.tag != .header
      {
        found = .furniture
      }
      ancestor = tree.parent(ancestor)
    }
    return found
  }

  /// "topnav", "navbar": where pages show today's date.
  private func isNamedNavigation(_ node: Int) -> Bool {
    tree.nodes[node].tag != .body && (tree.has(.className, of: node, containing: "nav") || tree.has(.id, of: node, containing: "nav"))
  }

  // MARK: - Text

  /// A line that is a date, or says "published on" before one; best behind the title and outside of sidebars.
  private func inText() -> DateRange? {
    var best: Candidate?
    var afterHeading = false
    for node in tree.nodes.indices {
      let element = tree.nodes[node]
      if element.tag == .h1 { afterHeading = true }
      guard element.tag == .text, element.end - element.start >= 6,
        element.end - element.start < 4_000
      else { continue }
      let found = tree.pool.withUnsafeBufferPointer {
        line($0, Int(element.start)..<Int(element.end))
      }
      guard var found else { continue }
      if afterHeading { found.score += 5 }
      if isNearHeading(node) { found.score += 6 }
      guard isPlausible(found.date) else { continue }
      if tree.isInside(node, [.a], upTo: 3) { found.score -= 8 }
      guard found.score > (best?.score ?? 0) else { continue }
      switch surroundings(tree.parent(node)) {
      case .comments: continue
      case .furniture: found.score -= 20
      case .article: break
      }
      if found.score > (best?.score ?? 0) { best = found }
    }
    return best?.date
  }

  private func line(_ pool: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Candidate? {
    let range = ASCII.trimmed(range, pool)
    guard let found = finder.first(in: pool, range) else { return nil }
    let before = pool[max(range.lowerBound, found.span.lowerBound - 48)..<found.span.lowerBound]
    let isLabelled = HTMLDate.labels.bits(in: before) != 0
    if range.count <= 120, Dateline.isBare(pool, range, without: found.span) {
      return Candidate(date: found.range, score: isLabelled ? 48 : 40)
    }
    if isLabelled { return Candidate(date: found.range, score: 30) }
    if range.count <= 60, found.span.count * 3 >= range.count {
      return Candidate(date: found.range, score: 25)
    }
    // A line or a paragraph that opens with its date.
    return found.span.lowerBound == range.lowerBound || isPlaceline(pool, range, found.span)
      ? Candidate(date: found.range, score: 20) : nil
  }

  /// `Berlin, (12.11.2021).` at the head of a paragraph.
  private func isPlaceline(
    _ pool: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ span: Range<Int>
  ) -> Bool {
    guard span.lowerBound - range.lowerBound <= 40, span.lowerBound > range.lowerBound,
      span.upperBound < range.upperBound
    else { return false }
    return pool[span.lowerBound - 1] == 0x28 && pool[span.upperBound] == 0x29
  }

  private static let labels = KeywordAutomaton(
    .words,
    [
      " published", " posted on", " posted ", " updated", " written", " created on",
      " article wurde am", " artikel wurde am", " veröffentlicht",
      " erstellt am", " geschrieben am", " eingestellt am", " publiziert am", " stand ",
      " zuletzt am", " letzte änderung", " aktualisiert",
      " publié le", " mis à jour", " publicado", " pubblicato", " geplaatst op", " gepubliceerd",
      " opublikowano", " dodano", " datum ",
      "^am ", "^vom ", "^on ", "^le ", " copyright ", " copyright ©", " last modified",
      " last edited",
      " опубликовано",
    ].map { (1, $0) })

  // MARK: - Last resorts

  /// A date that follows a name such as `publishDate` or `date_published`, wherever it stands.
  private func inScripts(_ source: UnsafeBufferPointer<UInt8>) -> DateRange? {
    let limit = min(source.count, 2_000_000)
    for key in ["publi", "posted", "creat"] as [StaticString] {
      var from = 0
      while from < limit, let at = ASCII.find(key, in: source, from..<limit) {
        var (low, high) = (at, at + key.utf8CodeUnitCount)
        from = high
        while low > 0, HTMLDate.isName(source[low - 1]) { low -= 1 }
        while high < limit, HTMLDate.isName(source[high]) { high += 1 }
        guard high - low <= 40, HTMLDate.timeWords.bits(in: source[low..<high]) != 0 || high - low == 9 else { continue }
        // Up to a quotation mark, a colon or equals sign, another quotation mark.
        var start = high
        while start < min(limit, high + 6), !ASCII.isWord(source[start]), source[start] != 0x3E { start += 1 }
        guard start > high, start < limit, ASCII.isDigit(source[start]) else { continue }
        var end = start
        while end < min(limit, start + 30), source[end] != 0x22, source[end] != 0x27, source[end] != 0x2C, source[end] != 0x7D { end += 1 }
        if let found = day(String(decoding: source[start..<end], as: UTF8.self)), isPlausible(found) { return found }
      }
    }
    return nil
  }

  private static func isName(_ byte: UInt8) -> Bool { ASCII.isLetter(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E }
  private static let timeWords = KeywordAutomaton(.names, ["date", "time", "stamp", "_at", "edat", "edon", "_on"].map { (1, $0) })

  /// The one day that a page names as `2025-07-23`, wherever that is.
  private func onlyOne(_ source: UnsafeBufferPointer<UInt8>) -> DateRange? {
    var only: DateRange?
    var i = 0
    let limit = min(source.count, 2_000_000) - 10
    while i <= limit {
      guard source[i] == 0x32 || source[i] == 0x31, source[i + 4] == 0x2D, source[i + 7] == 0x2D, i == 0 || !ASCII.isDigit(source[i - 1]),
        i == limit || !ASCII.isDigit(source[i + 10]),
        let found = CalendarDate(iso8601: String(decoding: source[i..<(i + 10)], as: UTF8.self)),
        DateFinder.plausibleYears.contains(found.year)
      else {
        i += 1
        continue
      }
      if let only, only.start != found { return nil }
      only = DateRange(day: found)
      i += 10
    }
    return only
  }

  private func inImages() -> DateRange? {
    head.value(["og:image", "twitter:image"]).flatMap { address($0) }
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
