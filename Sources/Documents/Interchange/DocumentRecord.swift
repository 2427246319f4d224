/// The `bellwether.document/v1` line of the interchange format.
public enum DocumentRecord {
  /// Writes one line. Blocks point into the file, or into `text` where the document was converted.
  /// - Parameters:
  ///   - path: as the caller gave it.
  ///   - isAnalysed: false for documents that are recorded and searched but not analysed (another language, or by configuration).
  public static func write(
    _ document: Document, path: String, isAnalysed: Bool = true, to json: inout JSONWriter
  ) {
    json.beginObject()
    json.member("schema", "bellwether.document/v1")
    json.member("path", path)
    json.member("revision", document.revision)
    json.member("title", document.title)
    json.member("byline", document.byline)
    json.member("publisher", document.publisher)
    json.member("published", document.published?.description)
    json.member("published_from", document.publishedFrom?.rawValue)
    json.member("language", document.language)
    json.member("analysed", isAnalysed)
    json.member("converted", document.isConverted)
    json.key("text")
    json.string(document.text)
    json.key("blocks")
    json.beginArray()
    for block in document.blocks {
      let span = document.isConverted ? block.text : block.source
      json.beginObject()
      json.member("kind", block.kind.rawValue)
      json.member("start", span.start)
      json.member("end", span.end)
      json.member("role", block.role.rawValue)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.newline()
  }
}
