/// A quoted sentence, cut where it is too long for a report and never altered otherwise but for white space and hidden characters.
enum QuoteText {
  /// Characters of a quotation in a report.
  static let limit = 240

  /// The text as one visible line; beyond `limit` characters it ends at the last word that fits, and "…" says so.
  static func trimmed(_ text: String, limit: Int = QuoteText.limit) -> String {
    let line = VisibleText.line(text)
    guard line.count > limit else { return line }
    let head = line.prefix(limit)
    var end = head.endIndex
    // A word that goes on past the cut is left out whole; a single word longer than the limit is cut where it must.
    if line[end] != " ", let space = head.lastIndex(of: " ") { end = space }
    while end > head.startIndex, " ,;:–—-".contains(head[head.index(before: end)]) { end = head.index(before: end) }
    return "\(head[..<end]) …"
  }
}
