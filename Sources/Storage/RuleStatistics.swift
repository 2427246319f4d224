import Analysis
import Foundation
import GRDB

/// How much one rule finds, and what people said of it.
public struct RuleStatistics: Sendable {
  public var rule: String
  /// Facts that hold.
  public var facts = 0
  /// Alerts by their state.
  public var alerts: [AlertState: Int] = [:]
  /// What people said last of each of its alerts.
  public var verdicts: [Verdict: Int] = [:]
  /// Alerts that local filters hold back now.
  public var withheld = 0
  /// Those that were called false.
  public var falseAlerts: [Alert] = []

  public init(rule: String) { self.rule = rule }

  /// The share of judged alerts that were right; nil where nobody judged any.
  public var precision: Double? {
    let judged = verdicts.values.reduce(0, +)
    return judged == 0 ? nil : Double(judged - verdicts[.falsePositive, default: 0]) / Double(judged)
  }
}

extension Store {
  /// Statistics of every rule that has facts or alerts, by rule.
  public func ruleStatistics() throws(StoreError) -> [String: RuleStatistics] {
    let said = try feedback()
    return try read { db in
      var all: [String: RuleStatistics] = [:]
      let facts = "SELECT json_extract(CAST(record AS TEXT), '$.fact.rule'), count(*) FROM facts WHERE died IS NULL GROUP BY 1"
      for row in try Row.fetchAll(db, sql: facts) {
        let rule: String = row[0] ?? ""
        all[rule, default: RuleStatistics(rule: rule)].facts = row[1]
      }
      var alerts: [String: Alert] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT fingerprint, state, alert FROM alerts ORDER BY fingerprint") {
        let alert = try JSON.decode(Alert.self, row[2])
        alerts[row[0]] = alert
        all[alert.rule, default: RuleStatistics(rule: alert.rule)].alerts[AlertState(rawValue: row[1]) ?? .open, default: 0] += 1
      }
      for feedback in said {
        all[feedback.rule, default: RuleStatistics(rule: feedback.rule)].verdicts[feedback.verdict, default: 0] += 1
        if feedback.verdict == .falsePositive, let alert = alerts[feedback.fingerprint] { all[feedback.rule]?.falseAlerts.append(alert) }
      }
      for data in try Data.fetchAll(db, sql: "SELECT withheld FROM withheld") {
        let rule = try JSON.decode(WithheldAlert.self, data).alert.rule
        all[rule, default: RuleStatistics(rule: rule)].withheld += 1
      }
      return all
    }
  }
}
