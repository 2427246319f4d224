/// Dates in a page's text and scripts, for pages that declare none.
extension HTMLDate {
  /// A line that is a date, or says "published on" before one; best behind the title and outside of sidebars.
  func inText() -> DateRange? {
    var best: Candidate?
    var afterHeading = false
    for node in tree.nodes.indices {
      let element = tree.nodes[node]
      if element.tag == .h1 { afterHeading = true }
      guard element.tag == .text, element.end - element.start >= 6,
        element.end - element.start < 4_000
      else { continue }
      let found = tree.pool.withUnsafeBufferPointer {
        line($0, Int(element.start)..<Int(element.end))
      }
      guard var found else { continue }
      if afterHeading { found.score += 5 }
      if isNearHeading(node) { found.score += 6 }
      guard isPlausible(found.date) else { continue }
      if tree.isInside(node, [.a], upTo: 3) { found.score -= 8 }
      guard found.score > (best?.score ?? 0) else { continue }
      switch surroundings(tree.parent(node)) {
      case .comments: continue
      case .furniture: found.score -= 20
      case .article: break
      }
      if found.score > (best?.score ?? 0) { best = found }
    }
    return best?.date
  }

  private func line(_ pool: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Candidate? {
    let range = ASCII.trimmed(range, pool)
    guard let found = finder.first(in: pool, range) else { return nil }
    let before = pool[max(range.lowerBound, found.span.lowerBound - 48)..<found.span.lowerBound]
    let isLabelled = HTMLDate.labels.bits(in: before) != 0
    if range.count <= 120, Dateline.isBare(pool, range, without: found.span) {
      return Candidate(date: found.range, score: isLabelled ? 48 : 40)
    }
    if isLabelled { return Candidate(date: found.range, score: 30) }
    if range.count <= 60, found.span.count * 3 >= range.count {
      return Candidate(date: found.range, score: 25)
    }
    // A line or a paragraph that opens with its date.
    return found.span.lowerBound == range.lowerBound || isPlaceline(pool, range, found.span)
      ? Candidate(date: found.range, score: 20) : nil
  }

  /// `Berlin, (12.11.2021).` at the head of a paragraph.
  private func isPlaceline(
    _ pool: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ span: Range<Int>
  ) -> Bool {
    guard span.lowerBound - range.lowerBound <= 40, span.lowerBound > range.lowerBound,
      span.upperBound < range.upperBound
    else { return false }
    return pool[span.lowerBound - 1] == 0x28 && pool[span.upperBound] == 0x29
  }

  private static let labels = KeywordAutomaton(
    .words,
    [
      " published", " posted on", " posted ", " updated", " written", " created on",
      " article wurde am", " artikel wurde am", " veröffentlicht",
      " erstellt am", " geschrieben am", " eingestellt am", " publiziert am", " stand ",
      " zuletzt am", " letzte änderung", " aktualisiert",
      " publié le", " mis à jour", " publicado", " pubblicato", " geplaatst op", " gepubliceerd",
      " opublikowano", " dodano", " datum ",
      "^am ", "^vom ", "^on ", "^le ", " copyright ", " copyright ©", " last modified",
      " last edited",
      " опубликовано",
    ].map { (1, $0) })

  // MARK: - Last resorts

  /// A date that follows a name such as `publishDate` or `date_published`, wherever it stands.
  func inScripts(_ source: UnsafeBufferPointer<UInt8>) -> DateRange? {
    let limit = min(source.count, 2_000_000)
    for key in ["publi", "posted", "creat"] as [StaticString] {
      var from = 0
      while from < limit, let at = ASCII.find(key, in: source, from..<limit) {
        var (low, high) = (at, at + key.utf8CodeUnitCount)
        from = high
        while low > 0, HTMLDate.isName(source[low - 1]) { low -= 1 }
        while high < limit, HTMLDate.isName(source[high]) { high += 1 }
        guard high - low <= 40, HTMLDate.timeWords.bits(in: source[low..<high]) != 0 || high - low == 9 else { continue }
        // Up to a quotation mark, a colon or equals sign, another quotation mark.
        var start = high
        while start < min(limit, high + 6), !ASCII.isWord(source[start]), source[start] != 0x3E { start += 1 }
        guard start > high, start < limit, ASCII.isDigit(source[start]) else { continue }
        var end = start
        while end < min(limit, start + 30), source[end] != 0x22, source[end] != 0x27, source[end] != 0x2C, source[end] != 0x7D { end += 1 }
        if let found = day(String(decoding: source[start..<end], as: UTF8.self)), isPlausible(found) { return found }
      }
    }
    return nil
  }

  private static func isName(_ byte: UInt8) -> Bool { ASCII.isLetter(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E }
  static let timeWords = KeywordAutomaton(.names, ["date", "time", "stamp", "_at", "edat", "edon", "_on"].map { (1, $0) })

  /// The one day that a page names as `2025-07-23`, wherever that is.
  func onlyOne(_ source: UnsafeBufferPointer<UInt8>) -> DateRange? {
    var only: DateRange?
    var i = 0
    let limit = min(source.count, 2_000_000) - 10
    while i <= limit {
      guard source[i] == 0x32 || source[i] == 0x31, source[i + 4] == 0x2D, source[i + 7] == 0x2D, i == 0 || !ASCII.isDigit(source[i - 1]),
        i == limit || !ASCII.isDigit(source[i + 10]),
        let found = CalendarDate(iso8601: String(decoding: source[i..<(i + 10)], as: UTF8.self)),
        DateFinder.plausibleYears.contains(found.year)
      else {
        i += 1
        continue
      }
      if let only, only.start != found { return nil }
      only = DateRange(day: found)
      i += 10
    }
    return only
  }

  func inImages() -> DateRange? {
    head.value(["og:image", "twitter:image"]).flatMap { address($0) }
  }
}
