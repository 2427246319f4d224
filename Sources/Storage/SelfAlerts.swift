import Alerting
import Analysis
import Documents
import GRDB

/// What the daemon has to say of itself, told by the same ways as any other alert: a plugin that is down, a folder that is not watched, silence.
public enum SelfAlerts {
  /// Under which they are kept; no entity has such an id.
  public static let root = "@bellwether"

  /// - Parameters:
  ///   - key: makes its identity ("plugin:people").
  ///   - title: one sentence.
  public static func alert(_ rule: String, key: String, severity: Severity, title: String) -> Alert {
    Alert(
      category: "health", subject: EntityRef(id: root, name: "Bellwether", organization: root), severity: severity, title: title,
      plugin: "bellwether", rule: rule, labels: ["trouble": key], facts: [], evidence: [])
  }
}

extension Store {
  /// Brings what the daemon says of itself into step with how it is: what is new is raised, what is over is resolved, what comes back is told again.
  public func settle(selfAlerts wanted: [Alert], now: Int64, correlation: Correlation) throws(StoreError) -> [AlertChange] {
    try write { db in
      var stored: [String: (state: AlertState, alert: Alert)] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT fingerprint, state, alert FROM alerts WHERE root = ?", arguments: [SelfAlerts.root]) {
        stored[row[0]] = (AlertState(rawValue: row[1]) ?? .open, try JSON.decode(Alert.self, row[2]))
      }
      var steps: [(alert: Alert, what: AlertChange.What, state: AlertState, reason: String, kind: Occurrence.Kind)] = []
      for alert in wanted.sorted(by: { $0.fingerprint < $1.fingerprint }) {
        guard let known = stored[alert.fingerprint] else {
          steps.append((alert, .raised, .open, "new", .news))
          continue
        }
        if known.state == .resolved || known.state == .withdrawn {
          steps.append((alert, .reopened, .open, "it is back", .news))
        } else if alert.severity > known.alert.severity {
          steps.append((alert, .escalated, .open, "it has become worse", .news))
        } else if alert != known.alert {
          steps.append((alert, .updated, known.state, "it has changed", .noNews(isAcknowledged: known.state == .acknowledged)))
        }
      }
      let names = Set(wanted.map(\.fingerprint))
      for (fingerprint, known) in stored.sorted(by: { $0.key < $1.key })
      where !names.contains(fingerprint) && (known.state == .open || known.state == .acknowledged) {
        steps.append((known.alert, .resolved, .resolved, "it is over", .ending))
      }
      guard !steps.isEmpty else { return [] }
      try db.execute(sql: "INSERT INTO changes(at, day) VALUES (?, ?)", arguments: [now, correlation.today.description])
      let notifier = AlertNotifier(db: db, change: db.lastInsertedRowID, now: now, correlation: correlation)
      return try steps.map { step in
        try db.execute(
          sql: """
            INSERT INTO alerts(fingerprint, root, state, severity, category, raised, changed, alert) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET state = excluded.state, severity = excluded.severity, changed = excluded.changed, alert = excluded.alert
            """,
          arguments: [
            step.alert.fingerprint, SelfAlerts.root, step.state.rawValue, step.alert.severity.rawValue, step.alert.category, now, now,
            try JSON.encode(step.alert),
          ])
        return try notifier.record(step.alert, step.what, step.state, reason: step.reason, as: step.kind)
      }
    }
  }
}
