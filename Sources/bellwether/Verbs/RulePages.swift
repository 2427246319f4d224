import Analysis
import Engine
import Rules

/// What `rules show` and `rules explain` print.
enum RulePages {
  static func lines(_ rule: RuleDescription, _ assembly: Assembly) -> [String] {
    var lines = ["\(rule.rule)  \(rule.isSignal ? "alerts of category" : "facts of kind") \(rule.yields)"]
    lines.append("\(rule.file):\(rule.line)")
    if !rule.description.isEmpty { lines.append(rule.description) }
    for words in rule.falsePositives { lines.append("not to worry: \(words)") }
    if let folder = assembly.plugins.first(where: { $0.id == rule.plugin })?.folder { lines.append("more: \(folder)/README.md") }
    lines += ["", "As it is written:"] + rule.yaml.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "  \($0)" }
    if !rule.patterns.isEmpty {
      lines += ["", "What its patterns stand for:"]
      for pattern in rule.patterns { lines.append("  line \(pattern.line): \(pattern.expanded)") }
      for pattern in rule.unless { lines.append("  line \(pattern.line), unless: \(pattern.expanded)") }
    }
    if !rule.tests.isEmpty {
      lines += ["", "Its sentences:"]
      for test in rule.tests { lines.append("  \(test.fires ? "fires " : "silent")  \(test.text)") }
    }
    return lines
  }

  static func lines(_ rule: String, _ explanation: RuleExplanation, _ file: String) -> [String] {
    guard !explanation.sentences.isEmpty else {
      let words = explanation.anchors.prefix(24).joined(separator: ", ")
      let more = explanation.anchors.count > 24 ? " and \(explanation.anchors.count - 24) more" : ""
      return [
        explanation.anchors.isEmpty
          ? "\(rule) reads quotations with a speaker, and \(file) holds none that makes a fact"
          : "no sentence of \(file) holds a word that \(rule) starts from: \(words)\(more)"
      ]
    }
    var lines: [String] = []
    for sentence in explanation.sentences {
      lines.append("\(file):\(sentence.line): “\(Printable.line(sentence.text))”")
      if let note = sentence.note { lines.append("  \(note)") }
      for fact in sentence.facts { lines.append("  fires: \(summary(fact))") }
      let isSettled = !sentence.facts.isEmpty
      for attempt in sentence.attempts where attempt.fact != nil || !isSettled {
        lines.append("  line \(attempt.line), \(attempt.pattern)")
        let anchor = "at “\(Printable.line(attempt.anchor))”"
        if let matched = attempt.matched {
          lines.append("    \(anchor): matches “\(Printable.line(matched))”\(attempt.obstacle.map { "; no fact: \($0)" } ?? "")")
        } else {
          lines.append("    \(anchor): \(Printable.line(attempt.obstacle ?? ""))")
        }
      }
    }
    return lines
  }

  /// A signal: what of the note's facts it counts, and what comes of them.
  static func lines(_ rule: String, _ accounts: [SignalAccount], _ finding: Finding, _ file: String) -> [String] {
    var lines: [String] = []
    for account in accounts {
      lines.append("about \(Printable.line(account.subject.name)):")
      if account.facts.isEmpty { lines.append("  no fact of kind \(account.kinds.joined(separator: ", "))") }
      for (fact, obstacle) in account.facts {
        lines.append("  \(file):\(fact.evidence.first?.line ?? 0): \(summary(fact))\(obstacle.map { "; not counted: \($0)" } ?? "")")
      }
      let alerts = finding.alerts.filter { $0.rule == rule && $0.subject.id == account.subject.id }
      for alert in alerts { lines.append("  fires: \(alert.severity.rawValue), \(Printable.line(alert.title))") }
      if alerts.isEmpty { lines.append("  silent: \(account.isFollowed ? account.condition : "nobody follows \(account.subject.id)")") }
    }
    return lines.isEmpty ? ["\(file) holds no fact of anybody"] : lines
  }

  private static func summary(_ fact: Fact) -> String {
    var parts = [fact.kind, "subject \(fact.subject.map(\.name).joined(separator: ", "))"]
    if !fact.object.isEmpty { parts.append("object \(fact.object.map(\.name).joined(separator: ", "))") }
    if let value = fact.value { parts.append("value \(value)") }
    if let when = fact.when { parts.append("when \(when)\(fact.labels["dated"] == "context" ? " (from the context)" : "")") }
    return Printable.line((parts + [fact.status.rawValue]).joined(separator: ", "))
  }
}
