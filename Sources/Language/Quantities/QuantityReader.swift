import Documents

/// A number in digits or words, without what it measures.
struct ReadNumber {
  var tokens: Range<Int>
  var value: Double
  /// The last scale word or suffix in it ("million"); 1 without.
  var scale = 1.0
  var isOrdinal = false
  var isFraction = false
  var isDigits = false
  var isDecimal = false
  var isGrouped = false
  /// Number of digits, where written in digits.
  var digits = 0
  /// The upper end of an order of magnitude ("tens of thousands").
  var upper: Double?
}

/// Reads quantities at given places of one block.
struct QuantityReader {
  let view: TextView
  let lexis: QuantityLexis
  let taken: [Bool]
  /// Tokens of the block.
  let range: Range<Int>
  /// First token that no mention has yet.
  var floor: Int

  @inline(__always) func isOpen(_ k: Int) -> Bool { k >= floor && k < range.upperBound && !taken[k] }
  @inline(__always) func token(_ k: Int) -> Token { view.tokens[k] }
  func isMark(_ k: Int, _ byte: UInt8) -> Bool { isOpen(k) && view.tokens[k].mark == byte }
  func isWord(_ k: Int, _ word: WordID) -> Bool { isOpen(k) && view.tokens[k].word == word }
  func role(_ k: Int) -> QuantityWord { isOpen(k) ? lexis.roles[view.tokens[k].word] : [] }
  func numeral(_ k: Int) -> Numeral { isOpen(k) ? lexis.numerals[view.tokens[k].word] : .none }
  /// Follows its predecessor without space.
  func isJoined(_ k: Int) -> Bool { isOpen(k) && !view.tokens[k].spaceBefore }
  func isDash(_ k: Int) -> Bool {
    guard isOpen(k), view.tokens[k].isMark else { return false }
    let t = view.tokens[k]
    return t.mark == 0x2D || t.word == lexis.word.dash || t.word == lexis.word.longDash || t.word == lexis.word.minus
  }
}
