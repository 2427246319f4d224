import Analysis
import Documents
import Language

/// What a note is besides its facts: what a digest sets aside, and what it is chosen by.
public struct NoteTraits: Sendable {
  /// Parts of a note that promote something, and are not read for facts.
  public struct Promotion: Sendable, Hashable, Codable {
    public var passages: Int
    /// Of the note's text, from 0 to 1.
    public var share: Double
    /// The first passage.
    public var evidence: Evidence

    public init(passages: Int, share: Double, evidence: Evidence) {
      self.passages = passages
      self.share = share
      self.evidence = evidence
    }
  }

  /// Tags of the front matter, in lower case, without `#`.
  public var tags: [String]
  public var promotion: Promotion?
  /// Nil where the text is too short to be told from others.
  public var fingerprint: Fingerprint?

  /// Shorter texts are alike by chance.
  private static let fewestHashes = 24
  private static let quoted = 400

  public init(tags: [String] = [], promotion: Promotion? = nil, fingerprint: Fingerprint? = nil) {
    self.tags = tags
    self.promotion = promotion
    self.fingerprint = fingerprint
  }

  public init(of document: Document) {
    let entries = document.frontMatter.filter { ["tags", "tag", "keywords"].contains($0.key.lowercased()) }
    var seen: Set<String> = []
    tags = entries.flatMap(\.values).flatMap { $0.split(separator: ",") }.compactMap { part in
      let tag = NoteTraits.tag(part)
      return !tag.isEmpty && seen.insert(tag).inserted ? tag : nil
    }
    let passages = document.blocks.filter { $0.role == .promotion && !$0.text.isEmpty }
    if let first = passages.first {
      let length = passages.reduce(0) { $0 + $1.text.count }
      // Evidence is at most so long, and ends between two characters.
      var end = min(first.source.end, first.source.start + NoteTraits.quoted)
      while end > first.source.start, end < document.source.count, document.source[end] & 0xC0 == 0x80 { end -= 1 }
      let span = ByteSpan(first.source.start, end)
      promotion = Promotion(
        passages: passages.count, share: min(1, Double(length) / Double(max(1, document.text.count))),
        evidence: Evidence(span: span, line: document.line(atSource: span.start), text: document.sourceText(span)))
    }
    let print = Fingerprint(of: document.text)
    fingerprint = print.hashes.count < NoteTraits.fewestHashes ? nil : print
  }

  /// "#AI/Chips " is "ai/chips".
  public static func tag(_ text: some StringProtocol) -> String {
    let plain = text.drop { $0.isWhitespace || $0 == "#" }
    return plain[..<(plain.lastIndex { !$0.isWhitespace }.map { plain.index(after: $0) } ?? plain.startIndex)].lowercased()
  }

  /// As stored: each tag between separators, so that one is found by itself.
  var storedTags: String? { tags.isEmpty ? nil : "\u{1F}\(tags.joined(separator: "\u{1F}"))\u{1F}" }
}
