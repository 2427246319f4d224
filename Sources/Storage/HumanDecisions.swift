import Alerting
import Analysis
import Foundation
import GRDB

/// What a person decided, in a form that can be kept beside the database and carried out again on a new one.
public struct HumanDecision: Codable, Sendable {
  public enum Thing: Codable, Sendable {
    case alert(fingerprint: String, action: AlertAction, verdict: Verdict?)
    case silence(id: Int64, matchers: [String], startsAt: Int64, endsAt: Int64)
    case expiry(silence: Int64)
    case fact(record: FactRecord, what: Judgement.What)
    case contradiction(contradiction: Contradiction, what: Judgement.What)
  }

  /// Milliseconds since 1970.
  public var at: Int64
  public var author: String
  public var reason: String
  public var thing: Thing

  public init(at: Int64, author: String, reason: String, _ thing: Thing) {
    self.at = at
    self.author = author
    self.reason = reason
    self.thing = thing
  }
}

/// How an alert stood: open, or as a person had left it.
public struct Standing: Sendable {
  public var state: AlertState
  public var author: String
  public var reason: String

  public init(state: AlertState, author: String, reason: String) {
    self.state = state
    self.author = author
    self.reason = reason
  }
}

extension Store {
  /// Everything that people have decided and the database still knows, oldest first.
  /// - Parameter besides: an author whose words are kept elsewhere.
  public func decisions(besides author: String) throws(StoreError) -> [HumanDecision] {
    try read { db in
      var all: [HumanDecision] = []
      let verdicts = Dictionary(
        try Row.fetchAll(db, sql: "SELECT fingerprint, verdict FROM feedback ORDER BY id").map { ($0[0] as String, $0[1] as String) },
        uniquingKeysWith: { $1 })
      let changes = """
        SELECT at, author, reason, fingerprint, what FROM alert_changes
        WHERE author != 'bellwether' AND what IN ('acknowledged', 'resolved', 'reopened') ORDER BY id
        """
      for row in try Row.fetchAll(db, sql: changes) {
        let action: AlertAction = row[4] == "acknowledged" ? .acknowledge : row[4] == "resolved" ? .resolve : .reopen
        all.append(
          HumanDecision(
            at: row[0], author: row[1], reason: row[2],
            .alert(fingerprint: row[3], action: action, verdict: verdicts[row[3]].flatMap(Verdict.init(rawValue:)))))
      }
      for row in try Row.fetchAll(db, sql: "SELECT * FROM silences ORDER BY id") {
        let silence = try Silence(row: row)
        let thing = HumanDecision.Thing.silence(
          id: silence.id, matchers: silence.matchers.map(\.description), startsAt: silence.startsAt, endsAt: silence.endsAt)
        all.append(HumanDecision(at: row["created_at"], author: silence.author, reason: silence.comment, thing))
      }
      for kind in [Judgement.Thing.fact, .contradiction] {
        for judgement in try Judgement.all(db, kind) where judgement.author != author {
          let thing: HumanDecision.Thing? =
            judgement.fact.map { .fact(record: $0, what: judgement.what) }
            ?? judgement.contradiction.map { .contradiction(contradiction: $0, what: judgement.what) }
          if let thing { all.append(HumanDecision(at: judgement.at, author: judgement.author, reason: judgement.reason, thing)) }
        }
      }
      // A stable order: what was decided in one millisecond stays as it was found.
      return all.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
  }

  /// Puts an alert of a rebuilt database back to how it stood. Nobody is told: they were, before.
  /// - Returns: nil where there is no such alert, or it stands so already.
  public func restore(alert fingerprint: String, _ standing: Standing, now: Int64, correlation: Correlation) throws(StoreError)
    -> AlertChange?
  {
    try write { db in
      guard let row = try Row.fetchOne(db, sql: "SELECT state, alert FROM alerts WHERE fingerprint = ?", arguments: [fingerprint]),
        row[0] != standing.state.rawValue, row[0] == AlertState.baseline.rawValue || row[0] == AlertState.open.rawValue
      else { return nil }
      let what: AlertChange.What
      switch standing.state {
      case .open: what = .reopened
      case .acknowledged: what = .acknowledged
      case .resolved: what = .resolved
      case .withdrawn, .baseline: return nil
      }
      let alert: Alert = try JSON.decode(Alert.self, row[1])
      try db.execute(sql: "INSERT INTO changes(at, day) VALUES (?, ?)", arguments: [now, correlation.today.description])
      let notifier = AlertNotifier(db: db, change: db.lastInsertedRowID, now: now, correlation: correlation)
      let basis = what == .reopened ? nil : try JSON.encode(AlertBasis(alert, records: try FactRecord.fetch(db, ids: alert.facts)))
      try db.execute(
        sql: "UPDATE alerts SET state = ?, changed = ?, basis = ? WHERE fingerprint = ?",
        arguments: [standing.state.rawValue, now, basis, fingerprint])
      let change = try notifier.record(
        alert, what, standing.state, reason: standing.reason, author: standing.author,
        as: .noNews(isAcknowledged: standing.state == .acknowledged))
      if standing.state != .resolved { try notifier.supposeTold(change) }
      return change
    }
  }

  /// Keeps a verdict unless it is on record.
  public func restore(verdict: Verdict, on fingerprint: String, author: String, reason: String, at: Int64) throws(StoreError) {
    try write { db in
      let known = "SELECT EXISTS(SELECT 1 FROM feedback WHERE at = ? AND fingerprint = ? AND author = ?)"
      guard try Bool.fetchOne(db, sql: known, arguments: [at, fingerprint, author]) != true,
        let data = try Data.fetchOne(db, sql: "SELECT alert FROM alerts WHERE fingerprint = ?", arguments: [fingerprint])
      else { return }
      let alert = try JSON.decode(Alert.self, data)
      try db.execute(
        sql: "INSERT INTO feedback(at, fingerprint, plugin, rule, verdict, author, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [at, fingerprint, alert.plugin, alert.rule, verdict.rawValue, author, reason])
    }
  }
}

extension AlertNotifier {
  /// Those who would be told of the alert were told by an earlier database: they are told of its end.
  func supposeTold(_ change: AlertChange) throws {
    for decision in try decisions(change.alert, .news) where decision.disposition.isTold {
      try db.execute(
        sql: "INSERT OR IGNORE INTO standings(fingerprint, sink, opened, told_at) VALUES (?, ?, ?, ?)",
        arguments: [change.alert.fingerprint, decision.sink, change.id, now])
    }
  }
}
