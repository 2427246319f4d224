import Language
import Testing

@Suite struct NearDuplicatesTests {
  /// Words that no two numbers share in the same order.
  private func text(_ seed: Int, words: Int = 300) -> String {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<words).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return "word\(state >> 33 % 5_000)"
    }.joined(separator: " ")
  }

  private func print(_ text: String) -> Fingerprint { Fingerprint(of: Array(text.utf8)) }

  @Test func `Case, spaces and punctuation do not count`() {
    #expect(print("Northwind closes its plant, today.") == print("NORTHWIND  closes\nits “plant” today"))
    #expect(print("Northwind closes its plant today.") != print("Northwind opens its plant today."))
  }

  @Test func `A text and the same text among other words are near-duplicates`() throws {
    let article = text(1)
    let page = text(2, words: 120) + " " + article + " " + text(3, words: 120)
    let pairs = NearDuplicates().pairs(among: [print(article), print(text(4)), print(page), print(article)])
    #expect(pairs.map { [$0.a, $0.b] } == [[0, 2], [0, 3], [2, 3]])
    #expect(pairs[1].similarity == 1)
    #expect(NearDuplicates().matches(of: print(article), among: [print(text(4)), print(page)]).map(\.index) == [1])
  }

  @Test func `Different texts are none, nor are empty ones`() {
    #expect(NearDuplicates().pairs(among: (10..<60).map { print(text($0)) } + [print(""), print("")]).isEmpty)
  }

  @Test func `A fingerprint survives the database`() {
    let fingerprint = print(text(7, words: 900))
    #expect(fingerprint.blob.count == 4 * Fingerprint.capacity)
    #expect(Fingerprint(blob: fingerprint.blob) == fingerprint)
    #expect(Fingerprint(blob: [1, 2, 3]) == nil)
    #expect(Fingerprint(blob: [0, 0, 0, 2, 0, 0, 0, 1]) == nil)
  }

  @Test func `The estimate is close to the truth`() {
    let shared = text(20, words: 800)
    let likeness = print(shared + " " + text(21, words: 800)).likeness(to: print(shared + " " + text(22, words: 800)))
    #expect(abs(likeness.resemblance - 1.0 / 3) < 0.1)
    #expect(abs(likeness.containment - 0.5) < 0.12)
  }

  @Test func `The boilerplate below a long text is no copy of it`() {
    let boilerplate = text(1, words: 100)
    #expect(NearDuplicates().pairs(among: [print(boilerplate), print(text(2, words: 900) + " " + boilerplate)]).isEmpty)
  }
}
