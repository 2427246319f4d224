import Documents
import Testing

@testable import Language

private let lexicon = Lexicon(["meta", "don't", "o'brien", "über", "—", "%"])

private func tokens(_ text: String) -> [Token] {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { Tokenizer(lexicon: lexicon).tokenize($0) }
}

/// The tokens' texts.
private func split(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return tokens(text).map { String(decoding: bytes[$0.span.range], as: UTF8.self) }
}

@Suite struct TokenizerTests {
  @Test(arguments: [
    ("7B", ["7", "B"]), ("Q3", ["Q", "3"]), ("1,000.50", ["1,000.50"]), ("23.07.2025", ["23.07.2025"]), ("5.", ["5", "."]),
    ("28-year-old", ["28", "-", "year", "-", "old"]), ("don't", ["don't"]), ("O’Brien", ["O’Brien"]), ("Ada's", ["Ada", "'s"]),
    ("Contoso’s", ["Contoso", "’s"]), ("analysts' view", ["analysts", "'", "view"]), ("it's", ["it", "'s"]),
    ("U.S.", ["U", ".", "S", "."]), ("$7bn", ["$", "7", "bn"]), ("a@b.c", ["a", "@", "b", ".", "c"]), ("", []), (" \n\t", []),
    ("naïve Übermut", ["naïve", "Übermut"]), ("日本語", ["日本語"]), ("so\u{AD}ft", ["so\u{AD}ft"]),
  ])
  func splits(text: String, expected: [String]) { #expect(split(text) == expected) }

  @Test func numbersWordsInAnyCase() {
    #expect(tokens("Meta META meta").map(\.word) == Array(repeating: lexicon.id("meta"), count: 3))
    #expect(tokens("Don’t").map(\.word) == [lexicon.id("don't")])
    #expect(tokens("ÜBER").map(\.word) == [lexicon.id("über")])
    #expect(tokens("metal met —").map(\.word) == [.unknown, .unknown, lexicon.id("—")])
  }

  @Test func describesCase() {
    let shapes = tokens("Ada IBM OpenAI iPhone word A").map(\.shape)
    #expect(shapes[0].contains(.capitalized) && !shapes[0].contains(.allCaps))
    #expect(shapes[1].contains([.capitalized, .allCaps]))
    #expect(shapes[2].contains([.capitalized, .innerCap]) && !shapes[2].contains(.allCaps))
    #expect(shapes[3].contains(.innerCap) && !shapes[3].contains(.capitalized))
    #expect(shapes[4].isDisjoint(with: [.capitalized, .allCaps, .innerCap]))
    #expect(shapes[5].contains([.capitalized, .allCaps]))
  }

  @Test func tellsWhatCameBefore() {
    let shapes = tokens("a b\nc\n\nd-e").map(\.shape)
    #expect(shapes[0].contains([.spaceBefore, .lineStart, .paragraphStart]))
    #expect(shapes[1].contains(.spaceBefore) && !shapes[1].contains(.lineStart))
    #expect(shapes[2].contains([.spaceBefore, .lineStart]) && !shapes[2].contains(.paragraphStart))
    #expect(shapes[3].contains(.paragraphStart))
    #expect(!shapes[5].contains(.spaceBefore))
  }

  @Test func carriageReturnAndLineFeedAreOneBreak() {
    #expect(tokens("a\r\nb").last?.shape.contains(.paragraphStart) == false)
    #expect(tokens("a\r\n\r\nb").last?.shape.contains(.paragraphStart) == true)
  }

  @Test func survivesMalformedBytes() {
    let bytes: [UInt8] = [0x41, 0xFF, 0xC3, 0x20, 0xE2, 0x82, 0xF0, 0x9F]
    let found = bytes.withUnsafeBufferPointer { Tokenizer(lexicon: lexicon).tokenize($0) }
    #expect(found.first?.isWord == true)
    #expect(found.allSatisfy { $0.start < $0.end && Int($0.end) <= bytes.count })
  }

  @Test func lexiconKnowsItsWords() {
    #expect(lexicon.count == 7)
    #expect(lexicon.word(lexicon.id("O'Brien")) == "o'brien")
    #expect(lexicon.word(.unknown) == "")
    #expect(lexicon.id("nothing") == .unknown)
  }
}
