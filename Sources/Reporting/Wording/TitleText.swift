import Documents

/// Titles that rules put together, for reading: days and amounts in the interchange form as people write them.
///
/// "Northwind Labs loses money: 310000000 USD, 2025-Q4" becomes "… 310 million USD, Q4 2025". Only whole words of exactly these forms
/// change; a year, a version or a model's name stays as it is.
enum TitleText {
  static func readable(_ title: String) -> String {
    // Most titles have no figure, and nothing to read.
    guard title.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return title }
    return title.split(separator: " ", omittingEmptySubsequences: false).map { word($0) }.joined(separator: " ")
  }

  private static func word(_ word: Substring) -> String {
    let opening = word.prefix { $0 == "(" || $0 == "“" }
    let closing = word.reversed().prefix { ",.;:)”".contains($0) }.count
    let core = word.dropFirst(opening.count).dropLast(min(closing, word.count - opening.count))
    guard let first = core.utf8.first, (0x30...0x39).contains(first) else { return String(word) }
    return opening + readable(core) + word.suffix(min(closing, word.count - opening.count))
  }

  private static func readable(_ core: Substring) -> String {
    let digits = core.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if digits { return core.utf8.count > 4 ? ValueText.text(String(core)) : String(core) }
    guard core.utf8.count >= 7, core.contains("-"), let range = DateRange(core) else { return String(core) }
    return DateText.text(range)
  }
}
