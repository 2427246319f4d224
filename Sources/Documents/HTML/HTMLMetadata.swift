/// What a page says about itself: in JSON-LD, in its `meta` elements, in the names and attributes of its elements.
struct HTMLMetadata {
  private(set) var title: String?
  private(set) var byline: String?
  private(set) var publisher: String?
  private(set) var language: String?
  private(set) var published: DateRange?
  /// The article's text as JSON-LD gives it.
  private(set) var articleBody: String?

  init(_ tree: HTMLTree, linkedData: [ArraySlice<UInt8>], source: UnsafeBufferPointer<UInt8>) {
    let head = HTMLHead(tree)
    let articles = linkedData.flatMap { LinkedData($0).articles }
    let article = articles.first { $0["headline"] != nil || $0["datePublished"] != nil }
    language = head.language
    title =
      (article?["headline"]?.string ?? head.value(HTMLMetadata.titleNames)).map(Markup.plain)
      ?? HTMLTitle.find(tree, head)
    if title?.isEmpty == true { title = HTMLTitle.find(tree, head) }
    let authors = article?["author"]?.names ?? []
    byline =
      authors.isEmpty ? head.value(HTMLMetadata.bylineNames) : authors.joined(separator: ", ")
    if let name = byline { byline = name.contains("://") ? nil : Markup.plain(name) }
    publisher =
      (head.value(["og:site_name"]) ?? article?["publisher"]?.names.first
      ?? head.value(["application-name", "dc.publisher", "publisher"]))
      .map(Markup.plain)
    articleBody = articles.lazy.compactMap { $0["articleBody"]?.string }.first
    published = HTMLDate.find(tree, head, articles, source: source)
  }

  func fill(_ document: inout Document, byline found: String?) {
    document.title = title?.isEmpty == true ? nil : title
    document.byline = byline ?? found.map(HTMLMetadata.withoutLabel)
    document.publisher = publisher
    document.language = language
    if let published {
      document.published = published
      document.publishedFrom = .metadata
    }
  }

  /// "By Ada Quill and Bo Lind" without its "By".
  private static func withoutLabel(_ text: String) -> String {
    let text = Markup.plain(text)
    for label in ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Written by ", "Posted by "]
    where text.hasPrefix(label) {
      return String(text.dropFirst(label.count))
    }
    return text
  }

  private static let titleNames = [
    "dc:title", "dc.title", "dcterm:title", "dcterms.title", "og:title", "title", "twitter:title",
    "parsely-title",
  ]
  private static let bylineNames = [
    "dc:creator", "dc.creator", "dcterm:creator", "dcterms.creator", "author", "parsely-author",
    "article:author", "sailthru.author", "byl",
  ]
}

/// The `meta` and `link` elements of a page, by name.
struct HTMLHead {
  private var values: [String: String] = [:]
  private(set) var language: String?
  /// Addresses the page gives itself.
  private(set) var addresses: [String] = []
  /// Text of `title`.
  private(set) var title = ""

  init(_ tree: HTMLTree) {
    if let lang = tree.string(.lang, of: 0) {
      language = lang.split(whereSeparator: { $0 == "-" || $0 == "_" }).first.map {
        $0.lowercased()
      }
      region = lang.lowercased()
    }
    var others: [String] = []
    for node in tree.nodes.indices {
      switch tree.nodes[node].tag {
      case .meta:
        guard let content = tree.string(.content, of: node), !content.isEmpty else { continue }
        for name in [HTMLTree.AttributeName.property, .name, .itemprop, .httpEquiv] {
          guard let key = tree.string(name, of: node) else { continue }
          for word in key.lowercased().split(separator: " ") where values[String(word)] == nil {
            values[String(word)] = content
          }
        }
      case .link:
        if tree.has(.rel, of: node, containing: "canonical"),
          let address = tree.string(.href, of: node)
        {
          addresses.append(address)
        } else if tree.has(.rel, of: node, containing: "amphtml"), let address = tree.string(.href, of: node) {
          others.append(address)
        }
      case .title: if title.isEmpty { title = String(decoding: tree.text(node), as: UTF8.self) }
      default: continue
      }
    }
    addresses += ["og:url", "twitter:url"].compactMap { values[$0] } + others
  }

  private var region = ""

  /// Whether `3/4/2025` is the third of April where the page comes from.
  var isDayFirst: Bool {
    !region.isEmpty
      && (!region.hasPrefix("en")
        || ["en-gb", "en_gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"].contains(region))
  }

  /// The first value, in order of names, of which `isWanted` says so.
  func value(where isWanted: (_ name: String, _ value: String) -> Bool) -> String? {
    values.keys.sorted().lazy.compactMap { name in values[name].map { (name, $0) } }.first { isWanted($0.0, $0.1) }?.1
  }

  func value(_ names: [String]) -> String? {
    for name in names { if let value = values[name] { return value } }
    return nil
  }
}

/// The title of a page that names none in its metadata: its `title` without the site's name, or its only heading.
enum HTMLTitle {
  static func find(_ tree: HTMLTree, _ head: HTMLHead) -> String? {
    let whole = Markup.plain(head.title)
    var title = whole
    if let separator = lastSeparator(whole) {
      title = String(whole[..<separator.lowerBound])
      if wordCount(title) < 3, let first = firstSeparator(whole) {
        title = String(whole[first.upperBound...])
      }
    } else if let colon = whole.lastIndex(of: ":"), whole.index(after: colon) < whole.endIndex,
      whole[whole.index(after: colon)] == " "
    {
      if !headings(tree).contains(whole) {
        title = String(whole[whole.index(after: colon)...])
        if wordCount(title) < 3, let first = whole.firstIndex(of: ":") {
          title = String(whole[whole.index(after: first)...])
        }
      }
    } else if whole.utf8.count > 150 || whole.utf8.count < 15 {
      let own = headings(tree, .h1)
      if own.count == 1 { title = own[0] }
    }
    title = Markup.plain(title)
    if headings(tree).contains(title) { return title }
    if wordCount(title) <= 4,
      lastSeparator(whole) == nil || wordCount(title) != wordCount(whole) - 1
    {
      title = whole
    }
    return title.isEmpty ? headings(tree, .h1).first : title
  }

  private static func wordCount(_ text: String) -> Int {
    text.split(whereSeparator: { $0.isWhitespace }).count
  }

  private static func separators(_ text: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    let marks: Set<Character> = ["|", "-", "–", "—", "\\", "/", ">", "»", "·", "•"]
    for index in text.indices where marks.contains(text[index]) {
      guard index > text.startIndex, text[text.index(before: index)] == " " else { continue }
      let after = text.index(after: index)
      guard after < text.endIndex, text[after] == " " else { continue }
      found.append(text.index(before: index)..<text.index(after: after))
    }
    return found
  }

  private static func lastSeparator(_ text: String) -> Range<String.Index>? {
    separators(text).last
  }
  private static func firstSeparator(_ text: String) -> Range<String.Index>? {
    separators(text).first
  }

  private static func headings(_ tree: HTMLTree, _ only: HTMLTag? = nil) -> [String] {
    let nodes = tree.nodes.indices.filter { node in
      let tag = tree.nodes[node].tag
      return only == nil ? tag == .h1 || tag == .h2 : tag == only
    }
    return nodes.map { String(decoding: tree.text($0), as: UTF8.self) }
  }
}
