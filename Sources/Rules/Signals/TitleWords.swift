import Analysis
import Documents

/// What the facts of an alert give its title to say: names once, amounts once, at most two dates.
struct TitleWords {
  let subject: EntityRef
  let records: [FactRecord]

  // MARK: - Names

  /// The names in a field, each once, the fuller for the shorter, and never the subject itself.
  func names(_ field: KeyPath<Fact, [EntityRef]>) -> [String] {
    var kept: [String] = []
    for entity in records.flatMap({ $0.fact[keyPath: field] }) {
      let name = entity.name
      // A phrase with a quotation or an aside in it is a piece of a sentence, not a name.
      guard !name.isEmpty, !name.contains(where: { "\"“”()".contains($0) }), entity.id != subject.id, entity.id != subject.root,
        !TitleWords.isSame(name, subject.name),
        !kept.contains(where: { TitleWords.covers($0, name) })
      else { continue }
      kept.removeAll { TitleWords.covers(name, $0) }
      kept.append(name)
    }
    return kept
  }

  /// Whether one name says all that the other does: the same, or every name word of the other is among its words.
  static func covers(_ one: String, _ other: String) -> Bool {
    if isSame(one, other) { return true }
    let words = nameWords(other)
    return !words.isEmpty && words.isSubset(of: nameWords(one))
  }

  private static func isSame(_ a: String, _ b: String) -> Bool { a.lowercased() == b.lowercased() }

  private static func nameWords(_ name: String) -> Set<Substring> {
    Set(name.split { !$0.isLetter && !$0.isNumber && $0 != "." }.filter { $0.first.map { $0.isUppercase || $0.isNumber } ?? false })
  }

  static func list(_ parts: [String], limit: Int = 3) -> String? {
    var seen: Set<String> = []
    let unique = parts.filter { !$0.isEmpty && seen.insert($0).inserted }
    guard !unique.isEmpty else { return nil }
    let more = unique.count > limit ? " and \(unique.count - limit) more" : ""
    return unique.prefix(limit).joined(separator: ", ") + more
  }

  /// Names with the date of each, where they have several: "Falcon (2022), Heron (2025-04)". Nil where one date is true of all of them.
  func datedNames(_ field: KeyPath<Fact, [EntityRef]>) -> String? {
    TitleWords.dated(
      names(field).map { name in
        let own = records.filter { record in record.fact[keyPath: field].contains { TitleWords.covers(name, $0.name) } }
        return (name, own)
      }, subject)
  }

  /// Amounts with the date of each, where they have several.
  var datedAmounts: String? { TitleWords.dated(parts.map { (TitleWords.text($0), $0.records) }, subject) }

  private static func dated(_ parts: [(text: String, records: [FactRecord])], _ subject: EntityRef) -> String? {
    var dates = parts.map { TitleWords(subject: subject, records: $0.records).saidDates }
    if dates.allSatisfy({ $0 == nil }) { dates = parts.map { TitleWords(subject: subject, records: $0.records).dates } }
    guard Set(dates).count > 1 else { return nil }
    return list(zip(parts, dates).map { part, date in date.map { "\(part.text) (\($0))" } ?? part.text })
  }

  // MARK: - Dates

  /// The dates that stand in the sentences themselves.
  private var saidDates: String? {
    let said = records.filter { $0.fact.labels["dated"] == nil && $0.fact.when != nil }
    return said.isEmpty ? nil : TitleWords(subject: subject, records: said).dates
  }

  /// One date, two dates, or the span from the first to the last; the day rather than its year.
  var dates: String? {
    let said = records.filter { $0.fact.labels["dated"] == nil && $0.fact.when != nil }
    var seen: Set<String> = []
    let all = (said.isEmpty ? records : said).compactMap { $0.fact.range }.filter { seen.insert($0.description).inserted }
    let kept = all.filter { one in
      !all.contains { $0 != one && $0.start >= one.start && $0.end <= one.end }
    }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    guard let first = kept.first, let last = kept.last else { return nil }
    switch kept.count {
    case 1: return first.description
    case 2: return "\(first) and \(last)"
    default:
      let begin = first.description.prefix { $0 != "/" }
      return "\(begin) to \(last.description.split(separator: "/").last ?? "")"
    }
  }

  // MARK: - Amounts

  private struct Amount {
    var low: (number: Double, text: Substring)
    var high: (number: Double, text: Substring)
    var unit: Substring
    var sort: String
    var records: [FactRecord]
    var range: DateRange?
  }

  /// Each amount once, with its unit; "240 to 400 people" where notes differ about one event.
  var amounts: String? { TitleWords.list(parts.map(TitleWords.text)) }

  private var parts: [Amount] {
    var kept: [Amount] = []
    for record in records {
      guard let value = record.fact.value, !value.isEmpty else { continue }
      guard let number = record.fact.number, !value.contains(";") else {
        let text = value[...]
        if let known = kept.firstIndex(where: { $0.unit == text }) {
          kept[known].records.append(record)
        } else {
          kept.append(Amount(low: (0, ""), high: (0, ""), unit: text, sort: value, records: [record]))
        }
        continue
      }
      let digits = value.prefix { !$0.isWhitespace }
      let unit = value.dropFirst(digits.count).drop { $0.isWhitespace }
      let sort = TitleWords.sort(unit)
      let range = record.fact.range
      let index = kept.firstIndex { amount in
        guard amount.sort == sort else { return false }
        if amount.low.number == number || amount.high.number == number { return true }
        guard !amount.records.contains(where: { $0.path == record.path }), let range, let other = amount.range, range.granularity != .year
        else { return false }
        return range.overlaps(other)
      }
      guard let index else {
        kept.append(Amount(low: (number, digits), high: (number, digits), unit: unit, sort: sort, records: [record], range: range))
        continue
      }
      if number < kept[index].low.number { kept[index].low = (number, digits) }
      if number > kept[index].high.number { kept[index].high = (number, digits) }
      if kept[index].unit.isEmpty { kept[index].unit = unit }
      kept[index].records.append(record)
    }
    return kept
  }

  private static func text(_ amount: Amount) -> String {
    let span = amount.low.number == amount.high.number ? "\(amount.low.text)" : "\(amount.low.text) to \(amount.high.text)"
    return [span, String(amount.unit)].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What may be compared: a currency, a share, or a count, whatever is counted.
  private static func sort(_ unit: Substring) -> String {
    if unit.count == 3, unit.allSatisfy(\.isUppercase) { return String(unit) }
    return unit.hasPrefix("%") || unit.hasPrefix("percent") ? "%" : "count"
  }
}
