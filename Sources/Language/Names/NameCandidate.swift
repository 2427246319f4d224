import Documents

/// Points for each kind of entity; what reads like several is settled over the whole document.
struct KindScores: Sendable {
  var person = 0
  var organization = 0
  var team = 0
  var product = 0
  var place = 0

  var best: (kind: EntityValue.Kind, points: Int) {
    var best: (kind: EntityValue.Kind, points: Int) = (.organization, organization)
    for (kind, points) in [(EntityValue.Kind.person, person), (.place, place), (.product, product), (.team, team)]
    where points > best.points {
      best = (kind, points)
    }
    return best
  }

  static func += (a: inout KindScores, b: KindScores) {
    a.person += b.person
    a.organization += b.organization
    a.team += b.team
    a.product += b.product
    a.place += b.place
  }
}

/// A stretch of tokens that reads like a name.
struct NameCandidate: Sendable {
  /// The name alone.
  var tokens: Range<Int>
  /// First token of a title before the name.
  var start: Int
  var scores = KindScores()
  /// Index of the gazetteer entry it is.
  var entry: Int?
  /// Id of the organisation it belongs to.
  var owner: String?
  /// One past the last token of a country or state behind it: "Sydney, Australia".
  var wideEnd: Int?
  /// "the Court", "Mr. President": a noun that stands for a name.
  var isDefinite = false
  /// Stands where only a name has a capital, or is certain by its form; a doubtful one needs a certain one elsewhere in the document.
  var isCertain: Bool
}
