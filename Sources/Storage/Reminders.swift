import Alerting
import Analysis
import Documents
import GRDB

extension Store {
  /// Tells again what is still open after a route's `repeat_interval`, and what a silence or a graver alert no longer holds back.
  /// - Returns: the changes that were entered; none where nobody is to be told.
  public func remind(now: Int64, correlation: Correlation) throws(StoreError) -> [AlertChange] {
    let policy = correlation.policy
    let shortest = policy.route.shortestRepeat
    let sql = """
      SELECT a.alert, s.sink, s.told_at, s.held FROM standings s JOIN alerts a ON a.fingerprint = s.fingerprint
      WHERE a.state = 'open' AND (s.held IS NOT NULL OR s.opened IS NOT NULL AND s.told_at <= ?)
      ORDER BY a.fingerprint, s.sink
      """
    let latest = shortest.map { now - $0 } ?? Int64.min
    // Looked at first without a transaction: mostly there is nothing to do.
    let isNeeded = try read { try Row.fetchOne($0, sql: sql, arguments: [latest]) != nil }
    guard isNeeded else { return [] }
    return try write { db in
      let probe = AlertNotifier(db: db, change: 0, now: now, correlation: correlation)
      var due: [(alert: Alert, sinks: Set<String>, reason: String)] = []
      for row in try Row.fetchAll(db, sql: sql, arguments: [latest]) {
        let alert = try JSON.decode(Alert.self, row[0])
        let (sink, told, held): (String, Int64?, String?) = (row[1], row[2], row[3])
        let interval = policy.leg(to: sink, for: alert.matchedLabels)?.repeatInterval ?? 0
        guard held != nil || interval > 0 && (told ?? now) + interval <= now else { continue }
        // Whoever is still owed word of it is not owed it twice; the sink's other recipients do not wait for them.
        guard try !probe.recipients(of: sink, withoutOwed: alert.fingerprint).isEmpty else { continue }
        guard try probe.decisions(alert, .reminder(sinks: [sink])).contains(where: { $0.sink == sink && $0.disposition.isTold }) else {
          continue
        }
        let reason = held == nil ? "still open" : "no longer \(held ?? "held back"), and still open"
        if due.last?.alert.fingerprint == alert.fingerprint {
          due[due.count - 1].sinks.insert(sink)
        } else {
          due.append((alert, [sink], reason))
        }
      }
      guard !due.isEmpty else { return [] }
      try db.execute(sql: "INSERT INTO changes(at, day) VALUES (?, ?)", arguments: [now, correlation.today.description])
      let notifier = AlertNotifier(db: db, change: db.lastInsertedRowID, now: now, correlation: correlation)
      return try due.map { try notifier.record($0.alert, .reminded, .open, reason: $0.reason, as: .reminder(sinks: $0.sinks)) }
    }
  }

  /// When time alone may give `remind` something to do: a repeat interval is over, a silence begins or ends. In milliseconds since 1970; nil: never.
  public func nextReminder(after now: Int64, policy: NotificationPolicy) throws(StoreError) -> Int64? {
    try read { db in
      let silence = "SELECT min(CASE WHEN starts_at > ?1 THEN starts_at ELSE ends_at END) FROM silences WHERE ends_at > ?1"
      var instants = [try Int64.fetchOne(db, sql: silence, arguments: [now])]
      let told = """
        SELECT min(s.told_at) FROM standings s JOIN alerts a ON a.fingerprint = s.fingerprint
        WHERE a.state = 'open' AND s.opened IS NOT NULL AND s.told_at > ?
        """
      for interval in policy.route.repeatIntervals {
        instants.append(try Int64.fetchOne(db, sql: told, arguments: [now - interval]).map { $0 + interval })
      }
      return instants.compactMap { $0 }.min()
    }
  }
}
