/// Words before a number that say how it is meant, and what they make of a range.
struct Modifier: Sendable {
  enum Bound: UInt8, Sendable { case none, open, closed, equal }

  var change: QuantityValue.Change
  var bound: Bound
  /// Belongs to the mention's span ("about 5"); else it is only looked at.
  var isBefore = true

  static let about = Modifier(change: .about, bound: .none)
  static let exactly = Modifier(change: .exact, bound: .none)
  static let equal = Modifier(change: .exact, bound: .equal)
  static let above = Modifier(change: .above, bound: .open)
  static let atLeast = Modifier(change: .above, bound: .closed)
  static let below = Modifier(change: .below, bound: .open)
  static let atMost = Modifier(change: .below, bound: .closed)

  static let before: [(String, Modifier)] = {
    var all: [(String, Modifier)] = []
    func add(_ modifier: Modifier, _ phrases: String) {
      for phrase in phrases.split(separator: ",") { all.append((String(phrase.drop { $0 == " " || $0 == "\n" }), modifier)) }
    }
    add(
      .about,
      """
      about, around, roughly, approximately, approx, approx ., nearly, almost, close to, some, an estimated, estimated, circa, ca ., ~, ≈, ∼, virtually,
      in the region of, in the neighborhood of, in the neighbourhood of, somewhere around, an average of, somewhere in the region of, just about
      """)
    add(.exactly, "exactly, precisely, a total of")
    add(.equal, "equal to, equals to, equals, equaling to, equalling to, equaling, equalling")
    add(
      .above,
      """
      over, above, exceeding, exceed, exceeds, exceeded, surpass, surpasses, surpassed, surpassing, in excess of, north of, upwards of, upward of,
      beyond, >, well over, just over, slightly more than, a little over, a little more than, a bit more than, slightly over, well above, just above,
      over than, better than, much more than, far more than
      """)
    add(
      .atLeast,
      "at least or equal to, at least, at the least, as low as, as few as, as little as, a minimum of, minimum of, minimum, min, not below, not under, over -, > =, ≥"
    )
    add(
      .below,
      """
      sub -, under, below, <, short of, well under, just under, slightly less than, a little under, a little less than, slightly under, well below, just below,
      shy of, south of, far less than
      """)
    add(
      .atMost,
      "at most or equal to, at most, at the most, up to, upto, as much as, as many as, as high as, a maximum of, maximum of, maximum, max, not above, not over, < =, ≤, not exceeding, not to exceed, no exceeding"
    )
    // Every comparative makes the same set of phrases.
    let comparatives: [(String, open: Modifier, closed: Modifier, opposite: Modifier)] = [
      ("more greater larger bigger higher longer", above, atLeast, atMost), ("less fewer smaller lower shorter", below, atMost, atLeast),
    ]
    for (words, open, closed, opposite) in comparatives {
      for word in words.split(separator: " ") {
        all.append(("\(word) than", open))
        for negation in ["no", "not", "not any"] { all.append(("\(negation) \(word) than", opposite)) }
        for equal in ["equal to", "equals to", "equals", "equal"] {
          all += [("\(word) than or \(equal)", closed), ("\(equal) or \(word) than", closed)]
        }
        all += [("\(word) or equal to", closed), ("\(word) or equal than", closed)]
      }
    }
    return all
  }()

  /// Words after a number that make it a bound ("20 or more", "500+").
  static let after: [(String, Modifier)] = {
    var all: [(String, Modifier)] = []
    for word in "more greater larger higher above over bigger longer up".split(separator: " ") {
      all.append(("or \(word)", .atLeast))
      all.append(("and \(word)", .atLeast))
      all.append(("or \(word) than", .atLeast))
      all.append(("or \(word) than that", .atLeast))
    }
    for word in "less fewer smaller lower below under".split(separator: " ") {
      all.append(("or \(word)", .atMost))
      all.append(("or \(word) than", .atMost))
    }
    all += [
      ("upwards", .atLeast), ("and upwards", .atLeast), ("or upwards", .atLeast), ("+", .atLeast), ("- plus", .atLeast), ("- odd", .about),
      ("or so", .about), ("or thereabouts", .about), ("and below", .atMost),
      ("at least", .atLeast), ("at most", .atMost), ("at the least", .atLeast), ("at the most", .atMost),
    ]
    return all
  }()
}
