import Analysis
import Configuration
import Documents
import Testing

@testable import PluginHost

@Suite("An answer mangled at random") struct FactDecoderFuzzTests {
  /// SplitMix64: the same mangling in every run.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test("gives facts whose evidence stands in the note, or none") func mangled() {
    let document = Samples.document("Northwind öffnet in Zürich. Contoso Labs schließt.", entities: ["Northwind", "Contoso Labs"])
    let decoder = FactDecoder(plugin: "test", document: document)
    let whole = Array(
      """
      {"facts":[{"kind":"place","subject":["Northwind",{"id":"x","name":"X"}],"object":"Contoso Labs","start":0,"end":10,"number":1.5,
      "when":"2026-03/2026-05","status":"asserted","source":["a","b"],"labels":{"axis":"y"}},{"kind":"end","subject":"northwind","start":29,"end":41,
      "text":"Contoso Labs"}],"diagnostics":[{"severity":"info","message":"m"}]}
      """.utf8)
    var generator = Generator(state: 1)
    let alphabet = Array("0123456789-+eE.,:[]{}\"\\nulltrue/QH \u{00}\u{FF}".utf8)
    var decoded = 0
    for _ in 0..<20_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let at = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[at] = alphabet.randomElement(using: &generator) ?? 0
        case 1: bytes.remove(at: at)
        default: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: at)
        }
      }
      guard let json = try? JSONValue(parsing: bytes), let answer = try? decoder.decode(json) else { continue }
      decoded += 1
      for fact in answer.facts {
        #expect(!fact.subject.isEmpty)
        for evidence in fact.evidence { #expect(document.document.sourceText(evidence.span) == evidence.text) }
      }
    }
    #expect(decoded > 1_000)
  }
}
