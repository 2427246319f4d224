import Analysis

/// How sure a statement is, surest first. Titles and severities follow the surest facts that already make a signal hold.
enum Sureness: Int, CaseIterable, Comparable {
  /// Said to have happened, by the author or by somebody named.
  case stated
  case planned, alleged, possible, rumoured, thought, asked, denied

  init(_ status: AssertionStatus) {
    switch status {
    case .asserted, .reported: self = .stated
    case .planned: self = .planned
    case .alleged: self = .alleged
    case .conditional: self = .possible
    case .rumoured: self = .rumoured
    case .opinion: self = .thought
    case .question: self = .asked
    case .denied: self = .denied
    }
  }

  static func < (a: Sureness, b: Sureness) -> Bool { a.rawValue < b.rawValue }

  /// The gravest an alert may be whose surest facts are this sure.
  var ceiling: Severity {
    switch self {
    case .stated, .planned: .critical
    case .alleged: .warning
    case .possible, .rumoured, .thought, .asked, .denied: .notice
    }
  }

  /// A predicate in this mood: "abandons", "plans to abandon", "is said to abandon".
  func predicate(_ verb: String, base: String) -> String {
    let isPlural = verb == base
    let be = isPlural ? "are" : "is"
    switch self {
    case .stated: return verb
    case .planned: return isPlural ? "plan to \(base)" : "plans to \(base)"
    case .alleged: return "\(be) alleged to \(base)"
    case .possible: return "may \(base)"
    case .rumoured: return "\(be) said to \(base)"
    case .thought: return "\(be) thought to \(base)"
    case .asked, .denied: return "\(be) not known to \(base)"
    }
  }

  /// What a title without a predicate adds, in brackets.
  var aside: String? {
    switch self {
    case .stated: nil
    case .planned: "planned"
    case .alleged: "alleged"
    case .possible: "a possibility"
    case .rumoured: "a rumour"
    case .thought: "an opinion"
    case .asked: "a question"
    case .denied: "denied"
    }
  }

  /// What stands before names that weaker facts add; nil where they are left out.
  var label: String? {
    switch self {
    case .planned: "planned"
    case .alleged: "alleged"
    case .possible: "possible"
    case .rumoured: "rumoured"
    case .stated, .thought, .asked, .denied: nil
    }
  }
}

extension FactRecord {
  var sureness: Sureness { Sureness(fact.status) }
}
