import FuzzTargets
import Testing

/// The fuzzers' corpus, input by input: what once broke a parser does not break it again.
@Suite struct ReplayTests {
  static let corpus = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/Fuzz/Corpus"

  @Test(arguments: FuzzTarget.allCases) func everyInputOfTheCorpusKeepsThePromises(_ target: FuzzTarget) throws {
    let folder = "\(Self.corpus)/\(target.rawValue)"
    let inputs = names(in: folder)
    #expect(!inputs.isEmpty, "\(folder) holds the seeds of \(target.rawValue)")
    for name in inputs {
      let bytes = try #require(contents(of: "\(folder)/\(name)"))
      do { try target.run(bytes) } catch { Issue.record("\(target.rawValue)/\(name): \(error)") }
    }
  }

  /// What a fuzzer without feedback finds in a moment, the same on every run: seeds with bytes changed, taken out and doubled.
  @Test(arguments: FuzzTarget.allCases.filter { $0 != .growth }) func slightlyBrokenInputsKeepThePromises(_ target: FuzzTarget) throws {
    let folder = "\(Self.corpus)/\(target.rawValue)"
    var random = SeededGenerator(state: 20_261_123)
    for name in names(in: folder) {
      let seed = try #require(contents(of: "\(folder)/\(name)"))
      for round in 0..<6 {
        let bytes = random.mutate(seed)
        do { try target.run(bytes) } catch { Issue.record("\(target.rawValue)/\(name), round \(round), bytes \(bytes): \(error)") }
      }
    }
  }
}

/// SplitMix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A few small accidents.
  mutating func mutate(_ seed: [UInt8]) -> [UInt8] {
    var bytes = seed
    for _ in 0..<Int.random(in: 1...6, using: &self) where !bytes.isEmpty {
      let at = Int.random(in: bytes.indices, using: &self)
      let end = min(bytes.count, at + Int.random(in: 1...24, using: &self))
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes.removeSubrange(at..<end)
      case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
      case 3: bytes[at] = [0x0A, 0x20, 0x22, 0x27, 0x2D, 0x3A, 0x5B, 0x7B, 0x80, 0xE2, 0xFF].randomElement(using: &self) ?? 0
      default: bytes.insert(contentsOf: "\u{2019}\u{0301}\u{1F600}".utf8.prefix(Int.random(in: 1...8, using: &self)), at: at)
      }
    }
    return bytes
  }
}
