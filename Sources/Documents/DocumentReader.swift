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
    let name = FileName(hints.fileName)
    var decoded = try TextEncoding.decode(bytes)
    var document: Document
    if name.isHTML || HTMLReader.looksLikeHTML(decoded.bytes) {
      document = HTMLReader.read(decoded)
    } else {
      document = readText(&decoded, name)
    }
    document.revision = SHA256.hex(bytes)
    if document.published == nil, let date = name.date {
      document.published = date
      document.publishedFrom = .fileName
    }
    if let published = hints.published {
      document.published = published
      document.publishedFrom = .correction
    }
    if let publisher = hints.publisher { document.publisher = publisher }
    if document.title == nil { document.title = name.title }
    return document
  }

  private static func readText(_ decoded: inout DecodedText, _ name: FileName) -> Document {
    let source = decoded.bytes
    let matter = FrontMatter(source, from: decoded.markLength)
    let start = matter?.end ?? decoded.markLength
    let isMarkdown =
      name.isMarkdown
      || source.withUnsafeBufferPointer { MarkdownReader.looksLikeMarkdown($0, from: start) }
    let (text, complaint) = MarkdownReader.read(
      source, from: start, firstInvalid: decoded.firstInvalid, asMarkdown: isMarkdown)
    var document = Document(
      revision: "", format: isMarkdown ? .markdown : .plainText, isConverted: decoded.isConverted,
      source: source, text: text.text,
      map: text.map, blocks: text.blocks, frontMatter: matter?.entries ?? [],
      issues: matter?.issues ?? [])
    if let offset = decoded.firstInvalid {
      document.issues.append(
        ReadingIssue(
          message:
            "byte \(offset) is not valid UTF-8; it and others like it are read as U+FFFD. Save the file as UTF-8.",
          offset: offset))
    }
    if let complaint {
      document.issues.append(
        ReadingIssue(message: "read as plain text, not as Markdown: \(complaint).", offset: nil))
    }
    TextMetadata.fill(&document, matter)
    BlockRoles.assign(&document, linked: text.linkedBytes)
    if decoded.isConverted { document.pointIntoText() }
    return document
  }
}
