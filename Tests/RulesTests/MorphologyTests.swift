import Testing

@testable import Rules

@Suite struct MorphologyTests {
  @Test(arguments: [
    ("cut", ["cut", "cuts", "cutting"]), ("lay", ["lay", "lays", "laid", "laying"]), ("leave", ["leave", "leaves", "left", "leaving"]),
    ("ship", ["ship", "ships", "shipped", "shipping"]), ("delay", ["delay", "delays", "delayed", "delaying"]),
    ("release", ["release", "releases", "released", "releasing"]), ("rely", ["rely", "relies", "relied", "relying"]),
    ("launch", ["launch", "launches", "launched", "launching"]), ("flee", ["flee", "flees", "fled", "fleeing"]),
    ("be", ["be", "is", "are", "was", "were", "been", "being"]), ("have", ["have", "has", "had", "having"]),
    ("beat", ["beat", "beats", "beaten", "beating"]), ("sunset", ["sunset", "sunsets", "sunsetting"]),
  ])
  func expandsALemmaToItsForms(lemma: String, forms: [String]) {
    #expect(Set(forms).isSubset(of: Set(Morphology.forms(of: lemma))))
  }

  @Test func leavesFunctionWordsAlone() { #expect(Morphology.forms(of: "into") == ["into"]) }

  @Test func knowsParticiples() {
    #expect(Morphology.participle(of: "withdraw") == "withdrawn")
    #expect(Morphology.participle(of: "cancel") == "cancelled")
    #expect(Morphology.participle(of: "launch") == "launched")
  }

  @Test(arguments: [
    ("cancel", "canceled"), ("cancel", "cancelling"), ("label", "labeled"), ("reorganise", "reorganized"), ("monetization", "monetisation"),
    ("favour", "favored"), ("center", "centre"), ("licence", "license"), ("programme", "programs"),
  ])
  func knowsBothSpellings(_ lemma: String, _ form: String) {
    #expect(Morphology.forms(of: lemma).contains(form))
  }
}
