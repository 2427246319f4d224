/// Which of many ignore rules may match a name, by its first and last byte.
///
/// A walk over a hundred thousand files judges each of them and the directories above; nearly all rules fix the first byte of a name or the last,
/// so that two table look-ups leave one or two rules to try.
struct RuleIndex: Sendable {
  private var words = 0
  /// For each byte, a set of the rules that a name which begins (ends) with it may match.
  private var first: [UInt64] = []
  private var last: [UInt64] = []

  init(_ rules: [IgnoreRules.Rule]) {
    words = (rules.count + 63) / 64
    first = [UInt64](repeating: 0, count: 256 * words)
    last = first
    for (index, rule) in rules.enumerated() {
      let ends = rule.pattern.fixedEnds
      // What is matched against the whole path says nothing about how the name begins.
      RuleIndex.set(index, for: rule.pattern.coversPath ? nil : ends.first, in: &first, words)
      RuleIndex.set(index, for: ends.last, in: &last, words)
    }
  }

  /// The rules that may match a path whose last component is `name`, from the last to the first.
  /// - Returns: the first of them that `matches`.
  func lastRule(_ name: ArraySlice<UInt8>, where matches: (Int) -> Bool) -> Int? {
    guard let front = name.first, let back = name.last else { return nil }
    for word in stride(from: words - 1, through: 0, by: -1) {
      var candidates = first[Int(front) * words + word] & last[Int(back) * words + word]
      while candidates != 0 {
        let bit = 63 - candidates.leadingZeroBitCount
        if matches(word * 64 + bit) { return word * 64 + bit }
        candidates &= ~(1 << UInt64(bit))
      }
    }
    return nil
  }

  private static func set(_ index: Int, for byte: UInt8?, in table: inout [UInt64], _ words: Int) {
    for value in byte.map({ $0...$0 }) ?? 0...255 { table[Int(value) * words + index / 64] |= 1 << UInt64(index % 64) }
  }
}
