/// One revision of a note, parsed. A pure value: the same bytes and the same hints give the same document on any machine.
public struct Document: Sendable {
  public enum Format: String, Sendable {
    case markdown
    case plainText = "text"
    case html, other
  }

  /// Where the publication date was found. A file's modification time is never one of them.
  public enum DateOrigin: String, Sendable {
    case frontMatter = "front matter"
    case dateline
    case metadata = "html metadata"
    case mailHeader = "mail header"
    case fileName = "file name"
    case correction
  }

  /// SHA-256 of the file's bytes, lower-case hexadecimal.
  public var revision: String
  public var format: Format
  /// False: `source` is the file itself. True: `source` is the text the file was converted to (HTML, UTF-16, PDF, …).
  public var isConverted: Bool
  /// The bytes that evidence points into.
  public var source: [UInt8]
  /// The visible text, UTF-8, markup removed; blocks end in "\n". All analysis runs on it.
  public var text: [UInt8]
  /// From `text` to `source`.
  public var map: SpanMap
  public var blocks: [Block]
  public var title: String?
  public var byline: String?
  public var publisher: String?
  public var published: DateRange?
  public var publishedFrom: DateOrigin?
  /// BCP 47 primary tag, nil while undetermined.
  public var language: String?
  /// Top-level scalars and lists of scalars of the YAML front matter, in order.
  public var frontMatter: [FrontMatterEntry]
  /// What was wrong with the bytes, each said once; never fatal.
  public var issues: [ReadingIssue]
  /// Byte offsets in `source` at which its lines start; for converted documents, of the converted text.
  public var lineStarts: [Int]

  public init(
    revision: String, format: Format, isConverted: Bool, source: [UInt8], text: [UInt8],
    map: SpanMap, blocks: [Block],
    title: String? = nil, byline: String? = nil, publisher: String? = nil,
    published: DateRange? = nil,
    publishedFrom: DateOrigin? = nil, language: String? = nil, frontMatter: [FrontMatterEntry] = [],
    issues: [ReadingIssue] = []
  ) {
    self.revision = revision
    self.format = format
    self.isConverted = isConverted
    self.source = source
    self.text = text
    self.map = map
    self.blocks = blocks
    self.title = title
    self.byline = byline
    self.publisher = publisher
    self.published = published
    self.publishedFrom = publishedFrom
    self.language = language
    self.frontMatter = frontMatter
    self.issues = issues
    self.lineStarts = Document.lineStarts(in: source)
  }

  /// The smallest span of `source` that covers the visible text `span`; markup between its letters included.
  public func sourceSpan(of span: ByteSpan) -> ByteSpan { map.sourceSpan(of: span) }

  /// 1-based line of a source offset.
  public func line(atSource offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let mid = (low + high) / 2
      if lineStarts[mid] <= offset { low = mid + 1 } else { high = mid }
    }
    return max(low, 1)
  }

  /// The exact source bytes of a span as a string (a span never cuts a scalar).
  public func sourceText(_ span: ByteSpan) -> String {
    String(decoding: source[span.range], as: UTF8.self)
  }

  /// The visible text of a span.
  public func visibleText(_ span: ByteSpan) -> String {
    String(decoding: text[span.range], as: UTF8.self)
  }

  /// Makes the visible text of a converted document its source, and keeps the lines of what it was converted from.
  mutating func pointIntoText() {
    var starts: [Int] = []
    starts.reserveCapacity(lineStarts.count)
    var run = map.runs[...]
    for start in lineStarts {
      while let first = run.first, first.source + first.sourceCount <= start { run.removeFirst() }
      guard let first = run.first else { break }
      starts.append(first.text + (first.isIdentity ? max(0, start - first.source) : 0))
    }
    source = text
    map = .identity(count: text.count)
    for index in blocks.indices { blocks[index].source = blocks[index].text }
    lineStarts = starts
  }

  /// The address on the network that the text was taken from, where the front matter names one.
  public var address: String? {
    let keys = ["url", "source_url", "source", "canonical", "link", "original"]
    let named = keys.compactMap { key in frontMatter.first { $0.key.lowercased() == key }?.values.first }
    return named.first { $0.hasPrefix("https://") || $0.hasPrefix("http://") }
  }

  static func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      var i = 0
      while i < buffer.count {
        let byte = buffer[i]
        i += 1
        if byte == 0x0A {
          starts.append(i)
        } else if byte == 0x0D {
          if i < buffer.count, buffer[i] == 0x0A { i += 1 }
          starts.append(i)
        }
      }
    }
    return starts
  }
}

public struct FrontMatterEntry: Sendable, Hashable {
  public var key: String
  public var values: [String]
  /// 1-based line in the file.
  public var line: Int

  public init(key: String, values: [String], line: Int) {
    self.key = key
    self.values = values
    self.line = line
  }
}

/// Something wrong with a file's bytes that did not stop it from being read.
public struct ReadingIssue: Sendable, Hashable {
  public var message: String
  /// Byte offset in the file, where known.
  public var offset: Int?

  public init(message: String, offset: Int? = nil) {
    self.message = message
    self.offset = offset
  }
}
