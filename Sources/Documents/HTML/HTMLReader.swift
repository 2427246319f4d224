/// Reads a saved page: its main text, and what its head says about it.
enum HTMLReader {
  /// Whether bytes that do not say so are a page.
  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    bytes.prefix(1024).withUnsafeBufferPointer { head in
      var i = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      while i < head.count, ASCII.isSpace(head[i]) { i += 1 }
      return ASCII.matches(head, at: i, "<!doctype html") || ASCII.matches(head, at: i, "<html")
    }
  }

  static func read(_ decoded: DecodedText) -> Document {
    let source = HTMLCharset.utf8(decoded)
    let prefilter = source.withUnsafeBufferPointer { HTMLPrefilter($0) }
    let tree = HTMLParser.parse(prefilter.output)
    let metadata = source.withUnsafeBufferPointer {
      HTMLMetadata(tree, linkedData: prefilter.linkedData.map { source[$0] }, source: $0)
    }
    let found = ContentFinder.find(
      tree, body: HTMLReader.body(tree), title: Array((metadata.title ?? "").utf8))
    let trimmed = ArticleTrimmer(found.finder.tree, found.finder.statistics, found.roots)
    let written = HTMLText(trimmed.tree, trimmed.roots)
    var document = Document(
      revision: "", format: .html, isConverted: true, source: written.text, text: written.text,
      map: .identity(count: written.text.count),
      blocks: written.blocks)
    if let body = metadata.articleBody, declares(body, moreThan: written.text) { document.replaceText(with: body) }
    metadata.fill(&document, byline: found.finder.byline)
    let linked = document.blocks.count == written.linkedBytes.count ? written.linkedBytes : document.blocks.map { _ in 0 }
    let selfDescriptions = BlockRoles.assign(&document, linked: linked)
    document.removeFurniture(except: selfDescriptions)
    return document
  }

  /// Whether JSON-LD holds an article of which the page shows but a part: a page that a script was to fill.
  private static func declares(_ body: String, moreThan text: [UInt8]) -> Bool {
    let length = body.utf8.count
    return length >= 600 && text.count * 5 < length * 2 || length >= 200 && text.count < 100
  }

  private static func body(_ tree: HTMLTree) -> Int {
    tree.nodes.firstIndex { $0.tag == .body } ?? 0
  }
}
