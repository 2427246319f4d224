import Language

/// What a capture accepts. Several may be joined: `{org|person:subject}`.
public enum CaptureType: String, Sendable, CaseIterable {
  case org, person, team, product, place, entity
  case count, money, percent, number, size, duration, time
  case quote, np

  /// The role of a capture that names none: `{money}` is `{money:value}`.
  var defaultRole: CaptureRole {
    switch self {
    case .count, .money, .percent, .number, .size, .duration: return .value
    case .time: return .when
    case .org, .person, .team, .product, .place, .entity, .quote, .np: return .object
    }
  }
}

/// What a capture is of a fact.
public enum CaptureRole: String, Sendable, CaseIterable {
  case subject, object, value, when, from, to, source, skip
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
  case capture([CaptureType], role: CaptureRole)

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

  /// As one would write it, with word lists and inflections written out.
  var text: String {
    switch self {
    case .word(let forms): return forms.joined(separator: "/")
    case .verb(let forms): return forms.joined(separator: "/") + " (as a verb)"
    case .mark(let mark): return mark
    case .digits(let digits): return digits
    case .sequence(let nodes): return nodes.map(\.text).joined(separator: " ")
    case .alternatives(let nodes): return "{" + nodes.map(\.text).joined(separator: " | ") + "}"
    case .optional(let node): return "[" + node.text + "]"
    case .gap(let low, let high): return "...{\(low),\(high)}"
    case .capture(let types, let role): return "{" + types.map(\.rawValue).joined(separator: "|") + ":\(role.rawValue)}"
    }
  }

  /// The same with one form a word, cut to about a line.
  var brief: String {
    let whole: String
    switch self {
    case .word(let forms): whole = forms.count == 1 ? "=\(forms[0])" : forms.first ?? ""
    case .verb(let forms): whole = (forms.first ?? "") + "/v"
    case .sequence(let nodes): whole = nodes.map(\.brief).joined(separator: " ")
    case .alternatives(let nodes): whole = "{" + nodes.map(\.brief).joined(separator: " | ") + "}"
    case .optional(let node): whole = "[" + node.brief + "]"
    case .mark, .digits, .gap, .capture: whole = text
    }
    return whole.count > 100 ? whole.prefix(100) + "…" : whole
  }

  /// Words of which a sentence must hold one for it to match, the shortest such list; nil where none must occur.
  var requiredForms: [String]? {
    switch self {
    case .word(let forms), .verb(let forms): return forms
    case .sequence(let nodes): return nodes.compactMap(\.requiredForms).min { $0.count < $1.count }
    case .alternatives(let nodes):
      let parts = nodes.compactMap(\.requiredForms)
      return parts.count == nodes.count ? parts.flatMap { $0 } : nil
    case .mark, .digits, .optional, .gap, .capture: return nil
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
