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
public enum ReadingRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  case binary(offset: Int)
  case tooComplex(String)
  /// The program that would turn it into text is not there.
  case noConverter(String)
  /// The program that was to turn it into text did not.
  case notConverted(String)
  /// As text it is larger than a note may be.
  case tooLargeConverted(String)
  /// The daemon is stopping.
  case interrupted

  public var description: String {
    switch self {
    case .binary(let offset): return "not text: a NUL byte at offset \(offset)"
    case .tooComplex(let reason): return "too complex to read: \(reason)"
    case .noConverter(let reason): return "no converter: \(reason)"
    case .notConverted(let reason): return "not converted: \(reason)"
    case .tooLargeConverted(let reason): return "too large: \(reason)"
    case .interrupted: return "the conversion was interrupted"
    }
  }
}

/// Text that a file was turned into.
public struct ConvertedText: Sendable {
  public enum Markup: String, Sendable, CaseIterable { case text, markdown, html }
  public var bytes: [UInt8]
  public var markup: Markup

  public init(bytes: [UInt8], markup: Markup) {
    self.bytes = bytes
    self.markup = markup
  }
}

/// Bytes in, document out: the read stage.
public enum DocumentReader {
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - hints: name and corrections.
  ///   - converted: what a program made of the file, where it is no text itself: it is read in its place, and spans point into it.
  /// - Throws: `ReadingRefusal` where the bytes are no text, or hostile.
  public static func read(_ bytes: [UInt8], hints: ReadingHints, converted: ConvertedText? = nil) throws(ReadingRefusal) -> Document {
    let name = FileName(hints.fileName)
    var document: Document
    if let converted {
      document = try read(converted)
    } else if name.isMail {
      document = try mail(bytes, name)
    } else {
      var decoded = try TextEncoding.decode(bytes)
      let isHTML = name.isHTML || HTMLReader.looksLikeHTML(decoded.bytes)
      document = isHTML ? HTMLReader.read(decoded) : readText(&decoded, isMarkdown: name.isMarkdown ? true : nil)
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

  private static func read(_ converted: ConvertedText) throws(ReadingRefusal) -> Document {
    var decoded: DecodedText
    do { decoded = try TextEncoding.decode(converted.bytes) } catch { throw .notConverted("what the converter wrote is \(error)") }
    if converted.markup == .html { return HTMLReader.read(decoded) }
    decoded.isConverted = true
    return readText(&decoded, isMarkdown: converted.markup == .markdown)
  }

  /// A saved mail: its text, under the subject, of the day it was sent.
  private static func mail(_ bytes: [UInt8], _ name: FileName) throws(ReadingRefusal) -> Document {
    let message = MailMessage(bytes)
    let body = message.body ?? MailMessage.Body(bytes: [], isHTML: false)
    var decoded = DecodedText(bytes: body.bytes, isConverted: true, markLength: 0, firstInvalid: nil)
    decoded.firstInvalid = body.bytes.withUnsafeBufferPointer { UTF8Bytes.firstInvalid($0) }
    var document = body.isHTML ? HTMLReader.read(decoded) : readText(&decoded, isMarkdown: nil)
    document.title = message.subject ?? document.title
    document.byline = message.sender ?? document.byline
    if let date = message.date.flatMap({ DateFinder.parse($0) }) {
      document.published = date
      document.publishedFrom = .mailHeader
    }
    return document
  }

  /// - Parameter isMarkdown: nil where only the text itself can tell.
  private static func readText(_ decoded: inout DecodedText, isMarkdown known: Bool?) -> Document {
    let source = decoded.bytes
    let matter = FrontMatter(source, from: decoded.markLength)
    let start = matter?.end ?? decoded.markLength
    let isMarkdown = known ?? source.withUnsafeBufferPointer { MarkdownReader.looksLikeMarkdown($0, from: start) }
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
