/// The paragraph by which a company introduces itself: its name, "is", what kind of thing it is, and a word of praise.
enum SelfDescription {
  private static let kind: UInt64 = 1
  private static let praise: UInt64 = 2
  private static let verb: UInt64 = 4
  private static let pointer: UInt64 = 8
  /// The name and its verb stand within so many bytes, and what it is within as many more.
  private static let head = 90

  static func isOne(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, ASCII.isUpper(first), !isOrdinaryStart(text) else { return false }
    var start = 0
    // The verb, behind a name of some words.
    while automaton.bits(in: text.prefix(start)) & verb == 0 {
      start += 8
      guard start <= head, start <= text.count else { return false }
    }
    let predicate = automaton.bits(in: text.dropFirst(max(0, start - 8)).prefix(head))
    return predicate & kind != 0 && predicate & praise != 0 && !text.prefix(head * 2).contains(0x22)
  }

  /// The first word.
  static func name(_ text: ArraySlice<UInt8>) -> [UInt8] { Array(text.prefix { ASCII.isWord($0) }) }

  /// Whether a later paragraph goes on about the same name, or says where to learn more.
  static func continues(_ text: ArraySlice<UInt8>, about name: [UInt8]) -> Bool {
    name.count > 1 && SelfDescription.name(text) == name || automaton.bits(in: text.prefix(60)) & pointer != 0
  }

  /// Pronouns and articles introduce no company by name, except "The Northwind Group".
  private static func isOrdinaryStart(_ text: ArraySlice<UInt8>) -> Bool {
    ["it ", "this ", "that ", "he ", "she ", "there ", "what ", "in ", "but ", "and ", "today ", "we ", "if ", "as "].contains { word in
      text.count > word.utf8.count && zip(text, word.utf8).allSatisfy { ASCII.lower($0) == $1 }
    }
  }

  private static let automaton = KeywordAutomaton(
    .words,
    [
      (verb, " is a | is an | is the | is one of the | are a | is dedicated to "),
      (
        kind,
        " provider| leader | leader in| company| manufacturer| supplier| developer of| maker of| firm| operator| distributor| platform for| platform that| group of| innovator| pioneer| specialist| corporation| publisher of| exchange for| partner for"
      ),
      (
        praise,
        " leading| global| world s | worldwide| international| premier | pioneering| largest| fastest growing| trusted| innovative| award winning| foremost| renowned| world class| nasdaq| nyse"
      ),
      (
        pointer,
        "^for more information|^for further information|^to learn more|^learn more at|^more information|^visit |^founded in|^headquartered in|^established in|^follow |^additional information"
      ),
    ].flatMap { bits, list in list.split(separator: "|").map { (bits, String($0)) } })
}
