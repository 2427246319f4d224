/// The lines between a title and its text that say when, by whom and where something was published.
struct Dateline {
  var date: DateRange?
  var byline: String?
  var publisher: String?
  /// The host of an address given there, for want of a publisher's name.
  private var host: String?
  /// A line that is a name and nothing else; a byline if a date follows.
  private var lone: String?

  /// How far down such a line may stand.
  private static let maximumBlocks = 8
  private static let maximumBytes = 2_000
  private static let maximumLine = 160

  /// Reads the lines near the top. A date inside running prose is none of them; a date that closes the title, or stands alone in the first
  /// heading, is.
  static func find(in document: Document) -> Dateline {
    var line = Dateline()
    document.text.withUnsafeBufferPointer { text in
      for block in document.blocks.prefix(maximumBlocks) {
        guard block.text.start <= maximumBytes else { break }
        guard block.role.isContent, block.kind != .tableRow, block.kind != .caption else {
          continue
        }
        // Behind the date only labelled lines are read on.
        let isDated = line.date != nil
        for range in lines(text, block.text) {
          if let labelled = LabelledLine(text, range), block.kind != .heading {
            line.read(labelled)
          } else if !isDated {
            line.read(text, range, block, isFirst: block == document.blocks.first)
          }
        }
      }
    }
    line.publisher = line.publisher ?? line.host
    if let days = line.date, let range = entries(document) { line.date = range == days ? days : month(of: range) }
    return line
  }

  /// From the first to the last of the headings that are a date and nothing else: a journal, which was published on none of them.
  private static func entries(_ document: Document) -> DateRange? {
    var found: DateRange?
    for block in document.blocks where block.kind == .heading && block.text.count <= 40 {
      let date = document.text.withUnsafeBufferPointer { text in
        DateFinder().first(in: text, block.text.range).flatMap { isBare(text, block.text.range, without: $0.span) ? $0.range : nil }
      }
      guard let date else { continue }
      found = found.map { DateRange(start: min($0.start, date.start), end: max($0.end, date.end)) } ?? date
    }
    return found
  }

  private static func month(of range: DateRange) -> DateRange? {
    guard range.start.year == range.end.year, range.start.month == range.end.month else { return nil }
    return DateRange(year: range.start.year, month: range.start.month)
  }

  private static func lines(_ text: UnsafeBufferPointer<UInt8>, _ span: ByteSpan) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = span.start
    while start < span.end, lines.count < 6 {
      var end = start
      while end < span.end, text[end] != 0x0A { end += 1 }
      lines.append(ASCII.trimmed(start..<end, text))
      start = end + 1
    }
    return lines
  }

  private mutating func read(_ line: LabelledLine) {
    switch line.field {
    case .title: break
    case .byline: if byline == nil, line.isName { byline = line.name }
    case .publisher:
      if line.value.contains("://") {
        host = host ?? TextMetadata.publisherName(line.value)
      } else if publisher == nil, line.isName {
        publisher = line.name
      }
    case .date:
      if date == nil { date = DateFinder(allowsMonths: true).first(in: line.value).flatMap { $0.span.lowerBound <= 12 ? $0.range : nil } }
    case .address: if line.value.contains("://") { host = host ?? TextMetadata.publisherName(line.value) }
    }
  }

  private mutating func read(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ block: Block, isFirst: Bool) {
    guard !range.isEmpty else { return }
    defer {
      lone = block.kind == .paragraph && !isFirst && range.count <= 60 ? Dateline.person(text, range) : nil
    }
    if block.kind != .heading, byline == nil, range.count <= Dateline.maximumLine {
      byline = Dateline.byline(text, range)
    }
    let finder = DateFinder(allowsMonths: true)
    let head = range.lowerBound..<min(range.upperBound, range.lowerBound + Dateline.maximumLine)
    guard date == nil, let found = finder.first(in: text, head) else { return }
    if range.count <= Dateline.maximumLine, block.kind != .heading {
      let names = DatelineNames(text, range, without: found.span)
      if names.isWhole || Dateline.isBare(text, range, without: found.span) {
        date = found.range
        byline = byline ?? (names.people.isEmpty ? lone : names.people.joined(separator: ", "))
        publisher = publisher ?? names.publisher
        return
      }
    }
    if range.count <= Dateline.maximumLine, Dateline.isBare(text, range, without: found.span) {
      date = found.range
    } else if found.range.granularity == .day, block.kind == .heading, isFirst || block.level <= 1,
      found.span.upperBound >= range.upperBound - 1
    {
      date = found.range
    } else if found.range.granularity == .day, Dateline.isPressDateline(text, range, found.span) {
      date = found.range
    }
  }

  /// The line itself where it is a person's name.
  private static func person(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
    let words = String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self).split(separator: " ")
    return DatelineNames.isPerson(words) ? words.joined(separator: " ") : nil
  }

  /// Whether a line says nothing but when (and by whom): labels, weekday, time, counts of views, names behind separators.
  static func isBare(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, without span: Range<Int>
  ) -> Bool {
    var rest = 0
    var isLabelled = false
    for part in [range.lowerBound..<span.lowerBound, span.upperBound..<range.upperBound] {
      var i = part.lowerBound
      while i < part.upperBound {
        guard ASCII.isWord(text[i]) else {
          i += 1
          continue
        }
        var end = i
        while end < part.upperBound, ASCII.isWord(text[end]) { end += 1 }
        let word = String(decoding: ASCII.lowercased(text[i..<end]), as: UTF8.self)
        if labels.contains(word) {
          isLabelled = true
        } else if !fillers.contains(word), !word.utf8.allSatisfy(ASCII.isDigit),
          MonthNames.number(word.utf8) == nil, word.utf8.first != 0xC2
        {
          rest += 1
        }
        i = end
      }
    }
    return rest == 0 || isLabelled && rest <= 8 && !endsSentence(text, range)
      || rest <= 4 && (hasSeparator(text, range) || isLast(text, range, span) && !endsSentence(text, range))
  }

  /// `The Example, 23 July 2025`, `Issue 88, 6 May 2025`: a short line that a comma and a date with its year close.
  private static func isLast(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ span: Range<Int>) -> Bool {
    guard range.count <= 60, span.count >= 10, range.upperBound - span.upperBound <= 2 else { return false }
    var i = span.lowerBound - 1
    while i > range.lowerBound, text[i] == 0x20 { i -= 1 }
    return i > range.lowerBound && text[i] == 0x2C
  }

  private static func endsSentence(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let last = text[range.upperBound - 1]
    return last == 0x2E || last == 0x3F || last == 0x21 || last == 0x3A
  }

  /// `|`, `·`, `•`, `–`, `—`, `/` between spaces.
  private static func hasSeparator(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let parts = UnsafeBufferPointer(rebasing: text[range]).split(separator: 0x20)
    return parts.contains { part in
      ["|", "·", "•", "–", "—", "/", "//", "-", ">", "»", ","].contains(
        String(decoding: part, as: UTF8.self))
    }
  }

  /// `BERLIN, July 23, 2025 (Contoso Wire) —`: a place in capitals, a date, a dash.
  private static func isPressDateline(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ span: Range<Int>
  ) -> Bool {
    guard span.lowerBound > range.lowerBound, span.lowerBound - range.lowerBound <= 60 else {
      return false
    }
    let place = text[range.lowerBound..<span.lowerBound]
    // "OSLO and BOSTON": the one word between two places may be small.
    let capitals = String(decoding: place.prefix { $0 != 0x2C }, as: UTF8.self).split(separator: " ").filter { $0 != "and" }.joined()
    guard capitals.utf8.count >= 3, capitals.utf8.allSatisfy({ !ASCII.isLower($0) }) else { return false }
    var i = span.upperBound
    let limit = min(range.upperBound, span.upperBound + 40)
    while i < limit {
      if text[i] == 0x2F || text[i] == 0x2D { return true }
      if text[i] == 0xE2, i + 2 < limit, text[i + 1] == 0x80,
        text[i + 2] == 0x93 || text[i + 2] == 0x94
      {
        return true
      }
      i += 1
    }
    return false
  }

  /// `By Ada Quill | July 23, 2025`: the name up to a separator, a comma or a digit.
  static func byline(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String? {
    var i = range.lowerBound
    for label in [
      "written by ", "posted by ", "author: ", "authors: ", "by: ", "by ", "words by ", "words: ", "text by ", "story by ", "reported by ",
      "report by ", "analysis by ",
    ]
      as [StaticString] where ASCII.matches(text, at: i, label)
    {
      i += label.utf8CodeUnitCount
      var words: [Substring] = []
      for word in String(
        decoding: UnsafeBufferPointer(rebasing: text[i..<range.upperBound]), as: UTF8.self
      ).split(separator: " ") {
        let bare = word.hasSuffix(",") ? word.dropLast() : word
        guard let first = bare.first,
          first.isUppercase || ["and", "de", "van", "von", "der", "la"].contains(bare),
          !bare.contains(where: \.isNumber),
          MonthNames.number(bare.utf8) == nil || words.count == 1
        else { break }
        words.append(bare)
        if word.hasSuffix(",") { break }
      }
      guard (1...6).contains(words.count) else { return nil }
      return words.joined(separator: " ")
    }
    return nil
  }

  static func isFiller(_ word: String) -> Bool {
    let word = word.hasSuffix(".") ? String(word.dropLast()) : word
    return fillers.contains(word) || !word.isEmpty && word.utf8.allSatisfy { ASCII.isDigit($0) || $0 == 0x3A || $0 == 0x2E }
  }

  private static let labels: Set<String> = [
    "published", "updated", "posted", "date", "dated", "written", "created", "by", "publication",
    "released", "author", "issued", "modified", "saved", "retrieved", "accessed", "clipped",
    "veröffentlicht", "aktualisiert", "stand", "publié", "le", "mis", "publicado", "pubblicato",
    "geplaatst", "gepubliceerd", "door", "von", "erstellt", "datum", "fecha", "eingestellt",
    "autor",
  ]
  private static let fillers: Set<String> = [
    "on", "at", "last", "first", "am", "pm", "a", "p", "m", "the", "of", "edt", "est", "pdt", "pst",
    "cdt", "cst", "mdt", "mst", "gmt", "utc",
    "bst", "cet", "cest", "ist", "jst", "et", "pt", "ct", "views", "view", "reads", "min", "mins",
    "minute", "minutes", "read", "comments", "comment",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue",
    "tues", "wed", "thu", "thur", "thurs", "fri", "sat",
    "sun", "th", "st", "nd", "rd", "uhr", "time", "montag", "dienstag", "mittwoch", "donnerstag",
    "freitag", "samstag", "sonntag", "lundi", "mardi",
    "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles", "jueves",
    "viernes", "sábado", "domingo", "um", "à",
  ]
}
