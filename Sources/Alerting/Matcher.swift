import Analysis

/// What a matcher sees of an alert: its own labels, and `severity`, `category`, `subject`, `plugin`, `rule`, `id`.
public typealias AlertLabels = [String: String]

extension AlertLabels {
  /// Those that every alert has.
  public static let common: Set<String> = ["severity", "category", "subject", "plugin", "rule", "id"]
}

extension Alert {
  /// The labels that routes, silences and inhibitions match.
  public var matchedLabels: AlertLabels {
    var all = labels
    all["severity"] = severity.rawValue
    all["category"] = category
    all["subject"] = subject.id
    all["plugin"] = plugin
    all["rule"] = rule
    all["id"] = fingerprint
    return all
  }
}

/// One condition on a label: `category=layoff|delay`, `subject!=northwind*`, `severity>=warning`.
///
/// `*` stands for any characters, `|` separates alternatives; a label that an alert lacks is empty. No regular expressions: what a person
/// types must not be able to stall the daemon.
public struct Matcher: Sendable, Hashable, CustomStringConvertible {
  public enum Operation: String, Sendable { case equal = "=", notEqual = "!=", atLeast = ">=" }

  public var label: String
  public var operation: Operation
  public var pattern: String

  /// - Throws: what is wrong with the text, in words.
  public init(_ text: String) throws(MatcherError) {
    guard let end = text.firstIndex(where: { "=!>".contains($0) }), end > text.startIndex else {
      throw MatcherError("'\(text)' is no condition; write label=value, label!=value or severity>=warning")
    }
    let name = text[..<end].filter { $0 != " " }
    let rest = text[end...]
    guard let operation = [Operation.notEqual, .atLeast, .equal].first(where: { rest.hasPrefix($0.rawValue) }) else {
      throw MatcherError("'\(text)': after '\(name)' one of =, != and >= is wanted")
    }
    let value = rest.dropFirst(operation.rawValue.count).drop { $0 == " " }
    let isName = !name.isEmpty && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || "_.-".utf8.contains($0) }
    guard isName else { throw MatcherError("'\(text)': a label's name has small letters, digits, '_', '.' and '-'") }
    // Other tools write == and =~; taken as a value, such a condition would hold for no alert and say nothing.
    if let first = value.first, "=~".contains(first) {
      throw MatcherError(
        "'\(text)': write \(name)\(operation.rawValue)VALUE with one '='; '*' stands for anything, '|' separates alternatives")
    }
    if name == "severity" {
      let values = operation == .atLeast ? [value] : value.split(separator: "|").filter { !$0.contains("*") }
      for value in values where Severity(rawValue: String(value)) == nil {
        throw MatcherError("'\(text)': a severity is one of \(Severity.allCases.map(\.rawValue).joined(separator: ", "))")
      }
    } else if operation == .atLeast {
      throw MatcherError("'\(text)': only severity has an order; write severity>=warning")
    }
    label = String(name)
    self.operation = operation
    pattern = String(value)
  }

  public func matches(_ labels: AlertLabels) -> Bool {
    let value = labels[label] ?? ""
    switch operation {
    case .equal: return isLike(value)
    case .notEqual: return !isLike(value)
    case .atLeast:
      guard let value = Severity(rawValue: value), let least = Severity(rawValue: pattern) else { return false }
      return value >= least
    }
  }

  public var description: String { label + operation.rawValue + pattern }

  private func isLike(_ value: String) -> Bool {
    let value = Array(value.utf8)
    return pattern.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).contains {
      Matcher.isLike(value[...], Array($0)[...])
    }
  }

  /// Greedy matching with one place to return to: linear in practice, quadratic at worst.
  private static func isLike(_ value: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    let star = UInt8(ascii: "*")
    var v = value.startIndex
    var p = pattern.startIndex
    var back: (v: Int, p: Int)?
    while v < value.endIndex {
      if p < pattern.endIndex, pattern[p] == star {
        back = (v, p)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == value[v] {
        v += 1
        p += 1
      } else if let last = back {
        back = (last.v + 1, last.p)
        v = last.v + 1
        p = last.p + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == star }
  }
}

extension [Matcher] {
  /// All of them; none at all matches everything.
  public func match(_ labels: AlertLabels) -> Bool { allSatisfy { $0.matches(labels) } }
  public var text: String { isEmpty ? "everything" : map(\.description).joined(separator: " ") }
}

public struct MatcherError: Error, Sendable, Equatable, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}
