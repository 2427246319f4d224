/// A half-open range of UTF-8 byte offsets.
///
/// Two coordinate systems exist and are never mixed: offsets into `Document.text` (the visible text, where all analysis happens)
/// and offsets into `Document.source` (what evidence points at). `Document.sourceSpan(of:)` goes from the first to the second.
public struct ByteSpan: Hashable, Sendable, Codable, Comparable {
  public var start: Int
  public var end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  public var count: Int { end - start }
  public var isEmpty: Bool { end <= start }
  public var range: Range<Int> { start..<end }

  public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
  public func overlaps(_ other: ByteSpan) -> Bool { start < other.end && other.start < end }

  public static func < (a: ByteSpan, b: ByteSpan) -> Bool { (a.start, a.end) < (b.start, b.end) }
}
