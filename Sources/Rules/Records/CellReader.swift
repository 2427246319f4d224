import Analysis
import Documents
import Language

/// What the cells of a table, and stretches of text as short as they are, hold: names, dates, quantities.
struct CellReader {
  let layout: RecordLayout
  let times: TimeResolver
  private var view: SentenceView { layout.view }

  /// A name, with the mention it was taken from where there is one.
  struct Name {
    var reference: EntityRef
    var entity: EntityValue?
    var tokens: Range<Int>?
  }

  init(_ layout: RecordLayout) {
    self.layout = layout
    times = TimeResolver(layout.context)
  }

  private static let blanks: Set<String> = [
    "", "n/a", "na", "none", "tbd", "tba", "unknown", "undisclosed", "not disclosed", "pending", "various", "varies", "null", "nil",
    "ongoing",
    "present", "yes", "no", "other", "others", "same", "todo", "empty", "unspecified", "not announced", "none announced", "current",
  ]

  /// Whether the cell says nothing: a dash, "n/a", "undisclosed", a placeholder in brackets.
  func isBlank(_ span: ByteSpan) -> Bool {
    let text = plain(span)
    // No placeholder is longer.
    if text.utf8.count > 20, text.utf8.first.map({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) == true { return false }
    return !text.contains { $0.isLetter || $0.isNumber } || CellReader.blanks.contains(text.lowercased()) || text.hasPrefix("[")
      || text.hasPrefix("<")
  }

  /// Without marks around it.
  private func plain(_ span: ByteSpan) -> String {
    var text = Substring(view.source.document.visibleText(span))
    while let first = text.first, !first.isLetter, !first.isNumber, !"([$€£¥<~.".contains(first) { text.removeFirst() }
    while let last = text.last, !last.isLetter, !last.isNumber, !")]%+>".contains(last) { text.removeLast() }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Mentions of some types that lie within the span.
  func mentions(_ mask: CaptureMask, in tokens: Range<Int>) -> [Int] {
    // A figure may begin on the line before, and end on the line after.
    view.mentions(in: tokens).filter {
      let place = view.mentions[$0].tokens
      return !view.masks[$0].isDisjoint(with: mask) && place.lowerBound >= tokens.lowerBound && place.upperBound <= tokens.upperBound
    }
  }

  /// The names of a cell: its mentions where they make up the better part of it, else its text as it stands, if it looks like a name.
  func names(_ mask: CaptureMask, in span: ByteSpan) -> [Name] {
    guard !isBlank(span) else { return [] }
    let tokens = layout.tokens(in: span)
    let text = head(span)
    let found = mentions(mask, in: tokens)
    let covered = found.reduce(0) { $0 + view.mentions[$1].core.count }
    if !found.isEmpty, covered * 2 >= text.utf8.count || found.contains(where: { isKnown($0) }) || !isName(text) {
      return found.prefix(6).compactMap { index in
        guard case .entity(let entity) = view.mentions[index].value else { return nil }
        let reference = layout.context.reference(entity, at: view.mentions[index].tokens)
        return Name(reference: reference, entity: entity, tokens: view.mentions[index].tokens)
      }
    }
    guard mask.contains(.np) || mask.contains(.person) && isPersonal(text), isName(text) else { return [] }
    return parts(text).compactMap { FactBuilder.phrase($0) }.filter { !$0.id.isEmpty }.map { Name(reference: $0) }
  }

  /// "gpt-1 and gpt-2": identifiers joined by "and" are several.
  private func parts(_ text: String) -> [String] {
    let parts = text.split(separator: " and ").map(String.init)
    return parts.count > 1 && parts.allSatisfy({ !$0.contains(" ") && $0.contains { $0.isNumber } }) ? parts : [text]
  }

  private func isKnown(_ mention: Int) -> Bool {
    if case .entity(let entity) = view.mentions[mention].value { entity.origin == .gazetteer } else { false }
  }

  /// What ends a name in its cell.
  private static let separators = [
    " (", " [", " – ", " — ", " - ", ": ", ", ", "; ", " | ", " → ", " in favor of", " in favour of", " replaced by",
  ].map { Array($0.utf8) }

  /// The text up to a bracket, a dash, a comma or a colon.
  private func head(_ span: ByteSpan) -> String {
    let text = plain(span)
    let bytes = Array(text.utf8)
    let ending = bytes.indices.first { at in CellReader.separators.contains { bytes[at...].starts(with: $0) } }
    let end = ending.map { text.utf8.index(text.startIndex, offsetBy: $0) } ?? text.endIndex
    let words = text[..<end].split(separator: " ")
    // An identifier is a name by itself, whatever follows it: "falcon-2-0514 to replace …".
    guard words.count > 1, let first = words.first, isIdentifier(first) else { return String(text[..<end]) }
    return words.count > 2 && words[1] == "and" && isIdentifier(words[2]) ? words[..<3].joined(separator: " ") : String(first)
  }

  /// Lower-case letters and digits, joined by hyphens.
  private func isIdentifier(_ word: Substring) -> Bool {
    word.contains("-") && word.contains { $0.isNumber } && word.contains(where: \.isLetter) && !word.contains(where: \.isUppercase)
  }

  /// At most six words, begun by a capital, or with a digit or a hyphen in its first word, as identifiers have them.
  private func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first, words.count <= 6, text.utf8.count <= 80, text.contains(where: \.isLetter) else { return false }
    if first.first?.isUppercase == true { return true }
    return first.contains { $0.isNumber || $0 == "-" || $0 == "/" || $0.isUppercase } && first.contains(where: \.isLetter)
  }

  /// "Ada Quill", "A. J. Quill".
  private func isPersonal(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return (2...4).contains(words.count) && words.allSatisfy { $0.first?.isUppercase == true && $0.dropFirst().allSatisfy { !$0.isNumber } }
  }

  /// The date a cell names: its first time expression that has days, else a bare year.
  func date(in tokens: Range<Int>) -> DateRange? {
    for index in mentions(.time, in: tokens) { if let range = times.range(index) { return range } }
    for token in tokens
    where view.tokens[token].isNumber && view.tokens[token].span.count == 4 && view.mention(at: token).map(isBare) != false {
      if let year = Int(view.text(token..<(token + 1))), (1950...2060).contains(year), isAlone(token, tokens) {
        return DateRange(year: year)
      }
    }
    return nil
  }

  private func isBare(_ mention: Int) -> Bool {
    if case .quantity(let quantity) = view.mentions[mention].value { quantity.kind == .number && quantity.unit == nil } else { false }
  }

  /// Not joined with other digits, as in "4096-token" or "gpt-2023".
  private func isAlone(_ token: Int, _ tokens: Range<Int>) -> Bool {
    token == tokens.lowerBound || view.tokens[token].spaceBefore || view.tokens[token - 1].mark == 0x28
  }

  /// The quantities of a cell as facts say them; a bare number takes scale and currency of its label, or what the rule says it counts.
  func quantities(_ mask: CaptureMask, in tokens: Range<Int>, label: LabelUnit, unit: String?) -> [(text: String, number: Double)] {
    let mask = label == .none ? mask : mask.union(.number)
    return mentions(mask, in: tokens).prefix(4).compactMap { index in
      guard case .quantity(let quantity) = view.mentions[index].value else { return nil }
      let isBare = quantity.kind == .number && quantity.unit == nil && !view.masks[index].contains(.size)
      if isBare, let scaled = label.scaled(quantity.number) { return scaled }
      // What stands in the next cell or line is not what a bare number counts.
      if isBare { return (unit.map { quantity.value + " " + $0 } ?? quantity.value, quantity.number) }
      guard let text = Quantities.text([index], view).0 else { return nil }
      return (text, quantity.number)
    }
  }
}
