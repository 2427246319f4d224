/// What is known of a file besides its bytes.
public struct ReadingHints: Sendable {
  /// The file's name with its extension: decides the format and may carry a date or a title.
  public var fileName: String
  /// A date or publisher that a person gave; wins over what the document says.
  public var published: DateRange?
  public var publisher: String?

  public init(fileName: String, published: DateRange? = nil, publisher: String? = nil) {
    self.fileName = fileName
    self.published = published
    self.publisher = publisher
  }
}

/// Why bytes could not be read as a document.
public enum ReadingRefusal: Error, Sendable, Hashable {
  case binary(offset: Int)
  case tooComplex(String)
}

/// Bytes in, document out: the read stage.
public enum DocumentReader {
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - hints: name and corrections.
  /// - Throws: `ReadingRefusal` where the bytes are no text, or hostile.
  public static func read(_ bytes: [UInt8], hints: ReadingHints) throws(ReadingRefusal) -> Document {
    let map = SpanMap.identity(count: bytes.count)
    let all = ByteSpan(0, bytes.count)
    return Document(
      revision: "", format: .plainText, isConverted: false, source: bytes, text: bytes, map: map,
      blocks: [Block(kind: .paragraph, role: .body, text: all, source: all)])
  }
}
