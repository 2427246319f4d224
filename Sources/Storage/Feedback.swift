import GRDB

/// What a person thought of an alert when they put it aside.
public enum Verdict: String, Sendable, Codable, CaseIterable {
  case useful, known
  case falsePositive = "false-positive"
}

/// One person's verdict on one alert; the latest of an alert counts.
public struct Feedback: Sendable, Hashable {
  /// Milliseconds since 1970.
  public var at: Int64
  public var fingerprint: String
  public var plugin: String
  public var rule: String
  public var verdict: Verdict
  public var author: String
  public var reason: String
}

extension Store {
  /// The latest verdict on every alert that has one, in order of time.
  public func feedback() throws(StoreError) -> [Feedback] {
    try read { db in
      let sql = """
        SELECT at, fingerprint, plugin, rule, verdict, author, reason FROM feedback
        WHERE id IN (SELECT max(id) FROM feedback GROUP BY fingerprint) ORDER BY id
        """
      return try Row.fetchAll(db, sql: sql).compactMap { row in
        Verdict(rawValue: row[4]).map {
          Feedback(at: row[0], fingerprint: row[1], plugin: row[2], rule: row[3], verdict: $0, author: row[5], reason: row[6])
        }
      }
    }
  }
}
