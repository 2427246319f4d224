import Documents
import Language

/// Which programs a sentence can match at all, by the words and mentions it holds.
///
/// Every list of words that some pattern needs has a number; a sentence is the set of the numbers of its words' lists, and a program can match
/// only where all its numbers are in that set. A sentence costs one look-up a word, a program a few bits, however long the lists are.
struct Prefilter: Sendable {
  /// What one program needs.
  struct Needs: Sendable {
    var lists: [UInt16] = []
    var mentions: [CaptureMask] = []
  }

  /// The lists a word stands in.
  private var lists: WordTable<[UInt16]>
  private var numbers: [WordSet: UInt16] = [:]

  init(_ lexicon: Lexicon) { lists = WordTable<[UInt16]>(lexicon, default: []) }

  mutating func add(_ program: PatternProgram) -> Needs {
    var needs = Needs(lists: [], mentions: program.requiredMentions)
    for words in program.requiredWords {
      if let number = numbers[words] {
        needs.lists.append(number)
        continue
      }
      // More lists than there are numbers: such a program is simply tried.
      guard let number = UInt16(exactly: numbers.count) else { continue }
      numbers[words] = number
      for id in words.ids { lists[WordID(id)].append(number) }
      needs.lists.append(number)
    }
    return needs
  }

  /// What a sentence holds.
  struct Contents {
    private var bits: [UInt64]
    private var mentions: CaptureMask = []

    init(_ prefilter: Prefilter, _ view: SentenceView, _ tokens: Range<Int>) {
      bits = [UInt64](repeating: 0, count: prefilter.numbers.count / 64 + 1)
      for token in tokens {
        if let mention = view.mention(at: token) { mentions.formUnion(view.masks[mention]) }
        let word = view.tokens[token].word
        guard word != .unknown else { continue }
        for list in prefilter.lists[word] { bits[Int(list >> 6)] |= 1 << UInt64(list & 63) }
      }
    }

    func satisfies(_ needs: Needs) -> Bool {
      for list in needs.lists where bits[Int(list >> 6)] & (1 << UInt64(list & 63)) == 0 { return false }
      for mask in needs.mentions where mentions.isDisjoint(with: mask) { return false }
      return true
    }
  }
}
