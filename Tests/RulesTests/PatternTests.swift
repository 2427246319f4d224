import Testing

@testable import Rules

@Suite struct PatternParserTests {
  @Test func readsWordsCapturesOptionsAndGaps() throws {
    let node = try PatternParser.parse("{org:subject} {cut|lay off} [about] {count} .. =jobs")
    guard case .sequence(let parts) = node else {
      Issue.record("a sequence was expected")
      return
    }
    #expect(parts.count == 6)
    #expect(parts[0] == .capture([.org], role: .subject))
    #expect(parts[3] == .capture([.count], role: .value))
    #expect(parts[4] == .gap(0, 4))
    #expect(parts[5] == .word(["jobs"]))
  }

  @Test func joinsCaptureTypes() throws {
    #expect(try PatternParser.parse("{org|person:subject}") == .capture([.org, .person], role: .subject))
  }

  @Test func readsAGroupThatHoldsAWordThatIsATypeToo() throws {
    guard case .alternatives(let branches) = try PatternParser.parse("{team | lab}") else {
      Issue.record("alternatives were expected")
      return
    }
    #expect(branches.count == 2)
  }

  @Test func splitsLettersFromDigitsAsTheTokenizerDoes() throws {
    #expect(try PatternParser.parse("H100") == .sequence([.word(["h"]), .digits("100")]))
  }

  @Test(arguments: [
    ("cut {org:subject", 4, "no closing"), ("cut {org:victim}", 4, "no role"), ("cut {firm:subject}", 4, "no capture type"),
    ("cut @staff", 4, "no word list"), ("cut ...{5,2} job", 7, "bounds"), ("cut ] job", 4, "closes nothing"), ("{cut|} job", 5, "empty"),
    ("cut . job", 4, "single point"),
  ])
  func pointsAtWhatIsWrong(pattern: String, offset: Int, message: String) {
    do {
      _ = try PatternParser.parse(pattern)
      Issue.record("\(pattern) was accepted")
    } catch {
      #expect(error.offset == offset)
      #expect(error.message.contains(message))
      #expect(!error.advice.isEmpty)
    }
  }

  @Test func refusesAPatternThatCouldBeTriedEverywhere() throws {
    let node = try PatternParser.parse("{org:subject} [cut] .. {count}")
    guard case .sequence(let parts) = node else { return }
    #expect(throws: PatternError.self) { try PatternProgram.anchor(of: parts) }
  }
}
