/// What a page says about itself.
struct HTMLMetadata {
  var title: String?
  var byline: String?
  var publisher: String?
  var published: DateRange?
  var language: String?

  init(_ tree: HTMLTree, linkedData: [ArraySlice<UInt8>]) {
    for node in tree.nodes.indices where tree.nodes[node].tag == .title {
      title = String(decoding: tree.text(node), as: UTF8.self)
      break
    }
  }

  func fill(_ document: inout Document, byline found: String?) {
    document.title = title
    document.byline = byline ?? found
    document.publisher = publisher
    document.language = language
    if let published {
      document.published = published
      document.publishedFrom = .metadata
    }
  }
}
