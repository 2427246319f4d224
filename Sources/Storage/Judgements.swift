import Analysis
import Foundation
import GRDB

/// A person's word on a fact or a contradiction; kept by what it says (`identity`), so that it outlives every new reading.
public struct Judgement: Sendable {
  public enum Thing: String, Sendable { case fact, contradiction }
  public enum What: String, Sendable, Codable, CaseIterable {
    /// Facts: wrong; contradictions: none.
    case dismissed
    /// Facts: not wrong after all.
    case restored
    /// Contradictions: one indeed.
    case confirmed
    /// Contradictions: settled.
    case resolved
    /// Contradictions: open again.
    case reopened

    /// Whether what it speaks of is taken off the lists.
    public var hides: Bool { self == .dismissed || self == .resolved }
  }

  public var thing: Thing
  public var key: String
  public var what: What
  public var author: String
  public var reason: String
  /// Milliseconds since 1970.
  public var at: Int64
  /// The fact or contradiction as it was then: `FactRecord` or `Contradiction` as JSON.
  var shown: Data

  public var fact: FactRecord? { thing == .fact ? try? JSON.decode(FactRecord.self, shown) : nil }
  public var contradiction: Contradiction? { thing == .contradiction ? try? JSON.decode(Contradiction.self, shown) : nil }
}

extension Store {
  /// The history of one thing, or of all of a kind, oldest first.
  public func judgements(_ thing: Judgement.Thing, key: String? = nil) throws(StoreError) -> [Judgement] {
    try read { try Judgement.all($0, thing, key: key) }
  }

  /// The last word on each thing of a kind.
  public func standingJudgements(_ thing: Judgement.Thing) throws(StoreError) -> [String: Judgement] {
    Dictionary(try judgements(thing).map { ($0.key, $0) }, uniquingKeysWith: { $1 })
  }

  /// Dismisses every fact that says the same as `record`, now and in whatever is read from now on, or restores them.
  /// - Returns: nil where that is how it stands already.
  public func judge(
    _ record: FactRecord, _ what: Judgement.What, author: String, reason: String, now: Int64, correlation: Correlation
  ) throws(StoreError) -> CommitResult? {
    try write { db in
      let key = record.fact.identity
      let last = try Judgement.all(db, .fact, key: key).last?.what
      guard (last == .dismissed) != (what == .dismissed) else { return nil }
      var recorder = try Recorder(db: db, now: now, correlation: correlation)
      try Judgement.insert(db, .fact, key, what, author, reason, try JSON.encode(record), now: now, change: recorder.change)
      if what == .dismissed { try recorder.dismiss(record.fact, key) } else { try recorder.restore(key) }
      recorder.touched.formUnion(record.fact.subject.map(\.root))
      return try recorder.finish(why: "a fact it rested on was \(what.rawValue) by \(author): \(reason)")
    }
  }

  /// Confirms, dismisses, resolves or reopens a contradiction.
  /// - Returns: nil where that is how it stands already.
  public func judge(
    _ contradiction: Contradiction, _ what: Judgement.What, author: String, reason: String, now: Int64, correlation: Correlation
  ) throws(StoreError) -> CommitResult? {
    try write { db in
      let key = contradiction.identity
      let last = try Judgement.all(db, .contradiction, key: key).last?.what ?? .reopened
      guard last != what else { return nil }
      var recorder = try Recorder(db: db, now: now, correlation: correlation)
      try Judgement.insert(db, .contradiction, key, what, author, reason, try JSON.encode(contradiction), now: now, change: recorder.change)
      recorder.touched.insert(contradiction.subject.root)
      return try recorder.finish()
    }
  }

  /// Brings the dismissals of the corrections file into force, and takes back those that the file no longer has. What people dismissed otherwise
  /// stays as it is.
  public func adopt(
    dismissals: [(key: String, record: FactRecord)], author: String, now: Int64, correlation: Correlation
  ) throws(StoreError) -> CommitResult? {
    try write { db in
      var standing: [String: Judgement] = [:]
      for judgement in try Judgement.all(db, .fact) { standing[judgement.key] = judgement }
      let wanted = Set(dismissals.map(\.key))
      let fresh = dismissals.filter { standing[$0.key]?.what != .dismissed }
      let gone = standing.values.filter { $0.what == .dismissed && $0.author == author && !wanted.contains($0.key) }
      guard !fresh.isEmpty || !gone.isEmpty else { return nil }
      var recorder = try Recorder(db: db, now: now, correlation: correlation)
      var seen: Set<String> = []
      for (key, record) in fresh where seen.insert(key).inserted {
        let shown = try JSON.encode(record)
        try Judgement.insert(db, .fact, key, .dismissed, author, record.title ?? "", shown, now: now, change: recorder.change)
        try recorder.dismiss(record.fact, key)
      }
      for judgement in gone.sorted(by: { $0.key < $1.key }) {
        let reason = "no longer in the file"
        try Judgement.insert(db, .fact, judgement.key, .restored, author, reason, judgement.shown, now: now, change: recorder.change)
        try recorder.restore(judgement.key)
      }
      return try recorder.finish(why: "a fact it rested on was dismissed by the \(author)")
    }
  }

  /// The alerts that local filters hold back now.
  public func withheld() throws(StoreError) -> [WithheldAlert] {
    try read { db in
      try Data.fetchAll(db, sql: "SELECT withheld FROM withheld ORDER BY fingerprint").map { try JSON.decode(WithheldAlert.self, $0) }
    }
  }
}

extension Judgement {
  static func all(_ db: Database, _ thing: Thing, key: String? = nil) throws -> [Judgement] {
    let sql = "SELECT key, what, author, reason, at, shown FROM judgements WHERE thing = ? AND key = ifnull(?, key) ORDER BY id"
    return try Row.fetchAll(db, sql: sql, arguments: [thing.rawValue, key]).map { row in
      Judgement(
        thing: thing, key: row[0], what: What(rawValue: row[1]) ?? .restored, author: row[2], reason: row[3], at: row[4], shown: row[5])
    }
  }

  static func insert(
    _ db: Database, _ thing: Thing, _ key: String, _ what: What, _ author: String, _ reason: String, _ shown: Data, now: Int64,
    change: Int64
  ) throws {
    try db.execute(
      sql: "INSERT INTO judgements(change, at, thing, key, what, author, reason, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [change, now, thing.rawValue, key, what.rawValue, author, reason, shown])
  }

  /// The keys of what is taken off the lists.
  static func hidden(_ db: Database, _ thing: Thing) throws -> Set<String> {
    let sql = """
      SELECT key FROM judgements WHERE id IN (SELECT max(id) FROM judgements WHERE thing = ? GROUP BY key) AND what IN ('dismissed', 'resolved')
      """
    return try String.fetchSet(db.cachedStatement(sql: sql), arguments: [thing.rawValue])
  }
}

extension Recorder {
  /// Ends the rows of every fact that says so and remembers why, for `restore`.
  mutating func dismiss(_ fact: Fact, _ key: String) throws {
    for subject in fact.subject {
      let sql = """
        SELECT f.id, f.record FROM fact_subjects s JOIN facts f ON f.id = s.fact WHERE s.root = ? AND f.kind = ? AND f.died IS NULL
        """
      for row in try Row.fetchAll(db, sql: sql, arguments: [subject.root, fact.kind]) {
        let record = try JSON.decode(FactRecord.self, row[1])
        guard record.fact.identity == key else { continue }
        try db.execute(sql: "UPDATE facts SET died = ?, dismissed = ? WHERE id = ?", arguments: [change, key, row[0] as Int64])
        touched.formUnion(record.fact.subject.map(\.root))
      }
    }
  }

  /// Brings back the facts of notes that still say so.
  mutating func restore(_ key: String) throws {
    for row in try Row.fetchAll(db, sql: "SELECT id, fact, note, kind, cause, record FROM facts WHERE dismissed = ?", arguments: [key]) {
      let record = try JSON.decode(FactRecord.self, row[5])
      try db.execute(
        sql: "INSERT INTO facts(fact, note, kind, cause, born, record) VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [row[1] as String, row[2] as Int64, row[3] as String, row[4] as String, change, row[5] as Data])
      let new = db.lastInsertedRowID
      for subject in record.fact.subject {
        try db.execute(
          sql: "INSERT OR IGNORE INTO fact_subjects(root, fact, name) VALUES (?, ?, ?)", arguments: [subject.root, new, subject.name])
      }
      try db.execute(sql: "UPDATE facts SET dismissed = NULL WHERE id = ?", arguments: [row[0] as Int64])
      touched.formUnion(record.fact.subject.map(\.root))
    }
  }
}
