import Language

/// What a capture accepts. Several may be joined: `{org|person:subject}`.
public enum CaptureType: String, Sendable, CaseIterable {
  case org, person, team, product, place, entity
  case count, money, percent, number, size, duration, time
  case quote, np

  static let roles = ["subject", "object", "value", "when", "from", "to", "source", "skip"]

  /// The role of a capture that names none: `{money}` is `{money:value}`.
  var defaultRole: String {
    switch self {
    case .count, .money, .percent, .number, .size, .duration: return "value"
    case .time: return "when"
    case .org, .person, .team, .product, .place, .entity, .quote, .np: return "object"
    }
  }
}

/// A pattern as it is written.
indirect enum PatternNode: Sendable, Hashable {
  /// One word, in any of these forms.
  case word([String])
  /// One word read as a verb: not where a determiner, possessive or preposition makes it a noun.
  case verb([String])
  case mark(String)
  /// Digits, exactly: the "100" of "H100".
  case digits(String)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  case optional(PatternNode)
  case gap(Int, Int)
  case capture([CaptureType], role: String)

  /// Stands for every dash, the typewriter's (" - ") included.
  static let dash = "—"
  static let dashes = ["—", "–", "-"]

  /// Every word it mentions.
  var vocabulary: [String] {
    switch self {
    case .word(let forms), .verb(let forms): return forms
    case .mark(let mark): return mark == PatternNode.dash ? PatternNode.dashes : [mark]
    case .sequence(let nodes), .alternatives(let nodes): return nodes.flatMap(\.vocabulary)
    case .optional(let node): return node.vocabulary
    case .gap, .capture, .digits: return []
    }
  }

  /// The forms it must begin with, nil where it may begin otherwise.
  var leadingForms: [String]? {
    switch self {
    case .word(let forms), .verb(let forms): return forms
    case .sequence(let nodes): return nodes.first?.leadingForms
    case .alternatives(let nodes):
      var all: [String] = []
      for node in nodes {
        guard let forms = node.leadingForms else { return nil }
        all += forms
      }
      return all
    case .mark(let mark): return mark == PatternNode.dash ? PatternNode.dashes : [mark]
    case .optional, .gap, .capture, .digits: return nil
    }
  }
}

/// What is wrong with a pattern, at which character of it.
struct PatternError: Error {
  var offset: Int
  var message: String
  var advice: String
}
