/// Where each byte of the visible text stands in the source: a sorted list of runs that tile the text.
///
/// An *identity* run is copied byte for byte; any other (a decoded entity, a made-up line break) maps as a whole to its source slice.
public struct SpanMap: Sendable, Hashable {
  public struct Run: Sendable, Hashable {
    public var text: Int
    public var textCount: Int
    public var source: Int
    public var sourceCount: Int
    public var isIdentity: Bool

    public init(text: Int, textCount: Int, source: Int, sourceCount: Int, isIdentity: Bool) {
      self.text = text
      self.textCount = textCount
      self.source = source
      self.sourceCount = sourceCount
      self.isIdentity = isIdentity
    }
  }

  public private(set) var runs: [Run]

  public init(runs: [Run] = []) { self.runs = runs }

  /// The map of text that *is* its source.
  public static func identity(count: Int, offset: Int = 0) -> SpanMap {
    SpanMap(
      runs: count == 0
        ? []
        : [Run(text: 0, textCount: count, source: offset, sourceCount: count, isIdentity: true)])
  }

  /// Appends a run; joins it to the one before where both are identity and adjoin.
  public mutating func append(_ run: Run) {
    if run.isIdentity, let last = runs.last, last.isIdentity,
      last.text + last.textCount == run.text,
      last.source + last.sourceCount == run.source
    {
      runs[runs.count - 1].textCount += run.textCount
      runs[runs.count - 1].sourceCount += run.sourceCount
    } else {
      runs.append(run)
    }
  }

  /// The smallest source span that covers `span`. An empty map or span gives an empty span.
  public func sourceSpan(of span: ByteSpan) -> ByteSpan {
    guard !span.isEmpty, let first = index(of: span.start), let last = index(of: span.end - 1)
    else { return ByteSpan(0, 0) }
    let a = runs[first]
    let b = runs[last]
    let start = a.isIdentity ? a.source + (span.start - a.text) : a.source
    let end = b.isIdentity ? b.source + (span.end - b.text) : b.source + b.sourceCount
    return ByteSpan(start, max(start, end))
  }

  private func index(of offset: Int) -> Int? {
    var low = 0
    var high = runs.count
    while low < high {
      let mid = (low + high) / 2
      if runs[mid].text + runs[mid].textCount <= offset { low = mid + 1 } else { high = mid }
    }
    return low < runs.count && runs[low].text <= offset ? low : nil
  }
}
