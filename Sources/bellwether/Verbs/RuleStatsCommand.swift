import Analysis
import ArgumentParser
import Documents
import Engine
import Storage

extension RulesCommand {
  struct Stats: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count what each rule finds, and how often people called it wrong.",
      discussion: """
        Reads the database. Precision is the share of judged alerts that were right: those that people called useful, known or a false positive. A rule with false positives is shown with a local filter that would hold them back.
        """)
    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "One JSON object a line.") var json = false

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let statistics = try configuration.openStore().ruleStatistics()
        let rows = statistics.values.sorted { ($1.falseAlerts.count, $1.facts, $0.rule) < ($0.falseAlerts.count, $0.facts, $1.rule) }
        guard !json else { return try Terminal.out(RuleStatsText.json(rows)) }
        guard !rows.isEmpty else { return try Terminal.out(line: "no rule has found anything yet") }
        for line in RuleStatsText.table(rows) { try Terminal.out(line: line) }
        for row in rows {
          guard let suggestion = FilterSuggestion(row.falseAlerts) else { continue }
          try Terminal.out(line: "")
          try Terminal.out(line: "\(row.rule): \(counted(row.falseAlerts.count, "false alert")); a filter that would hold them back:")
          for line in suggestion.yaml.split(separator: "\n") { try Terminal.out(line: "  \(line)") }
        }
      }
    }
  }
}

private enum RuleStatsText {
  private static let states: [AlertState] = [.open, .acknowledged, .resolved, .withdrawn, .baseline]

  static func table(_ rows: [RuleStatistics]) -> [String] {
    let width = max(4, rows.map { $0.rule.count }.max() ?? 0)
    func line(_ cells: [String]) -> String {
      cells[0].padded(to: width) + cells.dropFirst().map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined()
    }
    return [line(["rule", "facts", "open", "put aside", "withdrawn", "baseline", "held back", "useful", "known", "false", "precision"])]
      + rows.map { row in
        let aside = row.alerts[.acknowledged, default: 0] + row.alerts[.resolved, default: 0]
        let counts = [
          row.facts, row.alerts[.open, default: 0], aside, row.alerts[.withdrawn, default: 0], row.alerts[.baseline, default: 0],
          row.withheld,
        ]
        let said = Verdict.allCases.map { row.verdicts[$0, default: 0] }
        return line([row.rule] + (counts + said).map { $0 == 0 ? "·" : "\($0)" } + [percent(row.precision)])
      }
  }

  private static func percent(_ share: Double?) -> String { share.map { "\(Int(($0 * 100).rounded())) %" } ?? "·" }

  static func json(_ rows: [RuleStatistics]) -> [UInt8] {
    var writer = JSONWriter()
    for row in rows {
      writer.beginObject()
      writer.member("schema", "bellwether.rule/v1")
      writer.member("rule", row.rule)
      writer.member("facts", row.facts)
      for state in states { writer.member("alerts_\(state.rawValue)", row.alerts[state, default: 0]) }
      writer.member("alerts_held_back", row.withheld)
      writer.member("useful", row.verdicts[.useful, default: 0])
      writer.member("known", row.verdicts[.known, default: 0])
      writer.member("false_positive", row.verdicts[.falsePositive, default: 0])
      writer.member("precision", row.precision)
      writer.member("filter", FilterSuggestion(row.falseAlerts)?.yaml)
      writer.endObject()
      writer.newline()
    }
    return writer.bytes
  }
}

/// A local filter for what the false alerts of a rule have in common.
struct FilterSuggestion {
  var yaml: String

  /// Nil without alerts.
  init?(_ alerts: [Alert]) {
    guard let first = alerts.first else { return nil }
    var lines = ["filters:", "  - rule: \(first.rule)"]
    let subjects = Set(alerts.map(\.subject.id)).sorted()
    if subjects.count <= 5 { lines.append("    subject: [\(subjects.joined(separator: ", "))]") }
    let folders = Set(alerts.flatMap(\.evidence).map { $0.path.split(separator: "/").dropLast().joined(separator: "/") })
    if folders.count == 1, let folder = folders.first, !folder.isEmpty, alerts.count > 1 { lines.append("    path: \"\(folder)/**\"") }
    lines.append("    reason: \"called false \(alerts.count == 1 ? "once" : "\(alerts.count) times")\"")
    yaml = lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
