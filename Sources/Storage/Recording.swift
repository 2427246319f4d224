import Alerting
import Analysis
import Documents
import Foundation
import GRDB

/// How alerts are to be drawn from facts while a batch is committed.
public struct Correlation: Sendable {
  /// The current day in the configured zone.
  public var today: CalendarDate
  /// Facts of one subject → its alerts and contradictions; pure.
  public var correlate: @Sendable (SubjectFacts) -> Finding
  /// Whether alerts are raised about this subject.
  public var follows: @Sendable (String) -> Bool
  /// "file" where alert files are written, and the sinks that `policy` leads to.
  public var sinks: [String]
  /// Who is told what, and when.
  public var policy: NotificationPolicy
  public var occasion: Occasion

  /// Why alerts are drawn from facts now: it decides whether what is found is told.
  public enum Occasion: Sendable {
    /// Notes were read: what rests on a note that is news is told.
    case notes
    /// Time has passed: what that alone raises is news.
    case newDay
    /// Rules, gazetteers or the entities that are followed have changed: nothing of it is news.
    case upgrade
  }

  public init(
    today: CalendarDate, sinks: [String], policy: NotificationPolicy? = nil, occasion: Occasion = .notes,
    follows: @escaping @Sendable (String) -> Bool,
    correlate: @escaping @Sendable (SubjectFacts) -> Finding
  ) {
    self.today = today
    self.sinks = sinks
    self.policy = policy ?? NotificationPolicy(sinks: sinks.filter { $0 != "file" }.map { NotificationPolicy.Sink(id: $0, groups: false) })
    self.occasion = occasion
    self.follows = follows
    self.correlate = correlate
  }
}

/// What one committed batch changed.
public struct CommitResult: Sendable {
  public var change: Int64 = 0
  public var alertChanges: [AlertChange] = []
  /// Notes that turned out to be moved: nothing to read again.
  public var moved = 0
  public init() {}
}

extension [UInt8] {
  var data: Data { Data(self) }
}

extension Store {
  /// Commits whole revisions in one transaction: note, text, facts, the alerts they raise or withdraw, and what is owed to sinks.
  /// - Parameter now: milliseconds since 1970.
  public func commit(_ outcomes: [NoteOutcome], now: Int64, correlation: Correlation) throws(StoreError) -> CommitResult {
    try write { db in
      var recorder = try Recorder(db: db, now: now, correlation: correlation)
      for outcome in outcomes { try recorder.record(outcome) }
      return try recorder.finish()
    }
  }

  /// Correlates the given subjects again without any new note: after a new day, a new rule or a new `follow`.
  public func recorrelate(subjects: Set<String>?, now: Int64, correlation: Correlation) throws(StoreError) -> CommitResult {
    try write { db in
      var recorder = try Recorder(db: db, now: now, correlation: correlation)
      if let subjects {
        recorder.touched.formUnion(subjects)
      } else {
        let all = try String.fetchSet(db, sql: "SELECT DISTINCT root FROM fact_subjects UNION SELECT root FROM alerts")
        recorder.touched.formUnion(all)
      }
      return try recorder.finish()
    }
  }
}

/// One transaction's work.
struct Recorder {
  let db: Database
  let now: Int64
  let correlation: Correlation
  let change: Int64
  var touched: Set<String> = []
  /// Those of them that a note which is news has touched.
  private var touchedByNews: Set<String> = []
  private var cause = Cause.news
  var moved = 0
  private var folders: [String: Int64] = [:]
  /// Identities of facts that people have dismissed.
  private let dismissed: Set<String>

  init(db: Database, now: Int64, correlation: Correlation) throws {
    self.db = db
    self.now = now
    self.correlation = correlation
    try db.cachedStatement(sql: "INSERT INTO changes(at, day) VALUES (?, ?)").execute(arguments: [now, correlation.today.description])
    change = db.lastInsertedRowID
    dismissed = try Judgement.hidden(db, .fact)
  }

  private mutating func touch(_ roots: some Sequence<String>) {
    touched.formUnion(roots)
    if cause == .news { touchedByNews.formUnion(roots) }
  }

  mutating func record(_ outcome: NoteOutcome) throws {
    cause = outcome.cause
    switch outcome.result {
    case .moved(let from): return try rename(from, to: outcome.key, outcome.displayPath)
    case .movedDirectory(let from, let display): return try renameBelow(from, to: outcome.key, display)
    case .document, .failed, .ignored, .gone: break
    }
    let folder = try folderID(outcome.key.folder)
    let known = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT id, state, revision, analysis, first_seen, facts FROM notes WHERE folder = ? AND path = ?"),
      arguments: [folder, outcome.key.path.data])
    let knownID = known.map { $0[0] as Int64 }
    switch outcome.result {
    case .moved, .movedDirectory: break
    case .gone:
      guard let id = knownID, let known, (known[1] as String) != NoteState.gone.rawValue else { return }
      if !outcome.keepsFacts { try withdraw(note: id) }
      try removeText(id)
      try db.cachedStatement(sql: "UPDATE notes SET state = 'gone', revision = NULL, change = ?, facts = 0 WHERE id = ?")
        .execute(arguments: [change, id])
      try log(id, outcome, what: .gone, facts: 0)
    case .failed(let reason), .ignored(let reason):
      let state: NoteState = if case .failed = outcome.result { .failed } else { .ignored }
      if let id = knownID {
        try withdraw(note: id)
        try removeText(id)
      }
      let id = try upsert(knownID, folder, outcome, state: state, reason: reason, document: nil, facts: 0, firstSeen: known.map { $0[4] })
      try log(id, outcome, what: state, facts: 0, reason: reason)
    case .document(let document, let facts, let analysed):
      if let id = knownID, let known, known[1] == NoteState.recorded.rawValue, known[2] == document.revision, known[3] == outcome.analysis {
        // Touched, not changed: only the stamp moves.
        try stamp(id, outcome)
        return
      }
      if knownID == nil, let old = try movedNote(outcome, document) {
        try move(old, folder: folder, path: outcome.key.path, display: outcome.displayPath)
        try stamp(old, outcome)
        return
      }
      if let id = knownID { try withdraw(note: id) }
      let id = try upsert(
        knownID, folder, outcome, state: .recorded, reason: nil, document: document, facts: facts.count, firstSeen: known.map { $0[4] },
        analysed: analysed)
      try replaceText(id, document, isNew: knownID == nil)
      try insert(facts, note: id, outcome, document)
      try log(id, outcome, what: .recorded, facts: facts.count, document: document, analysed: analysed)
    }
  }

  /// - Parameter why: the reason where an alert is withdrawn; nil: as its facts tell.
  mutating func finish(why: String? = nil) throws -> CommitResult {
    var result = CommitResult()
    result.change = change
    result.moved = moved
    let ledger = AlertLedger(db: db, change: change, now: now, correlation: correlation, touchedByNews: touchedByNews, why: why)
    for root in touched.sorted() { result.alertChanges += try ledger.settle(subject: root) }
    return result
  }

  // MARK: - Notes

  private mutating func folderID(_ path: String) throws -> Int64 {
    if let id = folders[path] { return id }
    let find = try db.cachedStatement(sql: "SELECT id FROM folders WHERE path = ?")
    if let id = try Int64.fetchOne(find, arguments: [path]) {
      folders[path] = id
      return id
    }
    try db.execute(sql: "INSERT INTO folders(path) VALUES (?)", arguments: [path])
    folders[path] = db.lastInsertedRowID
    return db.lastInsertedRowID
  }

  /// Writes a note's row.
  ///
  /// A new row by INSERT, a known one by UPDATE: a statement that may fail half-way, as INSERT OR REPLACE may, opens a savepoint, and at every
  /// savepoint FTS5 writes all it has gathered to disk, a segment a note.
  private func upsert(
    _ known: Int64?, _ folder: Int64, _ outcome: NoteOutcome, state: NoteState, reason: String?, document: Document?, facts: Int,
    firstSeen: Int64?, analysed: Bool = false
  ) throws -> Int64 {
    let s = outcome.stamp ?? FileStamp(device: 0, inode: 0, size: 0, modified: 0, changed: 0)
    let values: StatementArguments = [
      Int64(bitPattern: s.device), Int64(bitPattern: s.inode), s.size, s.modified, s.changed, state.rawValue, reason, document?.revision,
      outcome.analysis, document?.title, document?.byline, document?.publisher, document?.published?.description,
      document?.publishedFrom?.rawValue, document?.language, analysed, document?.isConverted ?? false, facts, firstSeen ?? now, change,
    ]
    if let known {
      try db.cachedStatement(
        sql: """
          UPDATE notes SET dev = ?, ino = ?, size = ?, mtime = ?, ctime = ?, state = ?, reason = ?, revision = ?, analysis = ?, title = ?,
            byline = ?, publisher = ?, published = ?, published_from = ?, language = ?, analysed = ?, converted = ?, facts = ?,
            first_seen = ?, change = ?
          WHERE id = ?
          """
      ).execute(arguments: values + [known])
      return known
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO notes(dev, ino, size, mtime, ctime, state, reason, revision, analysis, title, byline, publisher, published,
          published_from, language, analysed, converted, facts, first_seen, change, folder, path)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: values + [folder, outcome.key.path.data])
    return db.lastInsertedRowID
  }

  private func stamp(_ id: Int64, _ outcome: NoteOutcome) throws {
    guard let s = outcome.stamp else { return }
    try db.cachedStatement(sql: "UPDATE notes SET dev = ?, ino = ?, size = ?, mtime = ?, ctime = ? WHERE id = ?")
      .execute(arguments: [Int64(bitPattern: s.device), Int64(bitPattern: s.inode), s.size, s.modified, s.changed, id])
  }

  private func log(
    _ id: Int64, _ outcome: NoteOutcome, what: NoteState, facts: Int, reason: String? = nil, document: Document? = nil,
    analysed: Bool = false
  ) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO revisions(change, note, what, cause, path, title, publisher, published, language, analysed, facts, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      change, id, what.rawValue, outcome.cause.rawValue, outcome.displayPath, document?.title, document?.publisher,
      document?.published?.description, document?.language, analysed, facts, reason,
    ])
  }

  // MARK: - Moves

  /// A recorded note of the same inode and revision under another path: the file was renamed, if that path no longer leads to it.
  private func movedNote(_ outcome: NoteOutcome, _ document: Document) throws -> Int64? {
    guard let s = outcome.stamp else { return nil }
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT n.id, f.path, n.path FROM notes n JOIN folders f ON f.id = n.folder
          WHERE n.ino = ? AND n.dev = ? AND n.revision = ? AND n.state = 'recorded' AND n.analysis = ?
          """),
      arguments: [Int64(bitPattern: s.inode), Int64(bitPattern: s.device), document.revision, outcome.analysis])
    guard let row else { return nil }
    let old: Data = row[2]
    var path = Array((row[1] as String).utf8) + [0x2F] + Array(old)
    path.append(0)
    let isStillThere = path.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { access($0.baseAddress!, F_OK) == 0 }
    }
    return isStillThere ? nil : row[0]
  }

  /// Gives a note its new place: what rests on it stays, and shows the new path.
  private mutating func move(_ id: Int64, folder: Int64, path: [UInt8], display: String) throws {
    try db.execute(sql: "UPDATE notes SET folder = ?, path = ?, change = ? WHERE id = ?", arguments: [folder, path.data, change, id])
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, record FROM facts WHERE note = ? AND (died IS NULL OR dismissed IS NOT NULL)", arguments: [id])
    for row in rows {
      var record = try JSON.decode(FactRecord.self, row[1])
      record.path = display
      try db.execute(sql: "UPDATE facts SET record = ? WHERE id = ?", arguments: [try JSON.encode(record), row[0] as Int64])
    }
    let roots = try String.fetchSet(
      db, sql: "SELECT DISTINCT s.root FROM fact_subjects s JOIN facts f ON f.id = s.fact WHERE f.note = ? AND f.died IS NULL",
      arguments: [id])
    touch(roots)
    moved += 1
  }

  private mutating func rename(_ from: NoteKey, to key: NoteKey, _ display: String) throws {
    let source = try folderID(from.folder), target = try folderID(key.folder)
    let find = "SELECT id FROM notes WHERE folder = ? AND path = ? AND state != 'gone'"
    guard let id = try Int64.fetchOne(db, sql: find, arguments: [source, from.path.data]) else { return }
    if let other = try Int64.fetchOne(db, sql: "SELECT id FROM notes WHERE folder = ? AND path = ?", arguments: [target, key.path.data]) {
      guard other != id else { return }
      try withdraw(note: other)
      try removeText(other)
      try db.execute(
        sql: """
          INSERT INTO revisions(change, note, what, cause, path, analysed, facts) VALUES (?, ?, 'gone', 'news', ?, 0, 0)
          """, arguments: [change, other, display])
      try db.execute(sql: "DELETE FROM notes WHERE id = ?", arguments: [other])
    }
    try move(id, folder: target, path: key.path, display: display)
  }

  private mutating func renameBelow(_ from: NoteKey, to key: NoteKey, _ display: (NoteKey) -> String) throws {
    let source = try folderID(from.folder)
    let low = from.path + [0x2F], high = from.path + [0x30]
    let rows = try Row.fetchAll(
      db, sql: "SELECT path FROM notes WHERE folder = ? AND path > ? AND path < ? AND state != 'gone'",
      arguments: [source, low.data, high.data])
    for row in rows {
      let old = Array(row[0] as Data)
      let place = NoteKey(folder: key.folder, path: key.path + old[from.path.count...])
      try rename(NoteKey(folder: from.folder, path: old), to: place, display(place))
    }
  }

  // MARK: - Facts

  private mutating func withdraw(note: Int64) throws {
    if !dismissed.isEmpty {
      try db.execute(sql: "UPDATE facts SET dismissed = NULL WHERE note = ? AND dismissed IS NOT NULL", arguments: [note])
    }
    let facts = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM facts WHERE note = ? AND died IS NULL"), arguments: [note])
    guard !facts.isEmpty else { return }
    let subjects = try db.cachedStatement(
      sql: "SELECT s.root FROM fact_subjects s JOIN facts f ON f.id = s.fact WHERE f.note = ? AND f.died IS NULL")
    touch(try String.fetchSet(subjects, arguments: [note]))
    try db.cachedStatement(sql: "UPDATE facts SET died = ? WHERE note = ? AND died IS NULL").execute(arguments: [change, note])
  }

  private mutating func insert(_ facts: [Fact], note: Int64, _ outcome: NoteOutcome, _ document: Document) throws {
    for var fact in facts {
      // JSON has no infinity.
      if let number = fact.number, !number.isFinite { fact.number = nil }
      let record = FactRecord(
        fact: fact, path: outcome.displayPath, revision: document.revision, published: document.published?.description,
        publisher: document.publisher, title: document.title, isConverted: document.isConverted, received: correlation.today.description,
        address: document.address)
      // What a person has dismissed is never alive, however often it is read again.
      let key = dismissed.isEmpty ? nil : fact.identity
      let isDismissed = key.map(dismissed.contains) ?? false
      let sql = "INSERT INTO facts(fact, note, kind, cause, born, record, died, dismissed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
      try db.cachedStatement(sql: sql)
        .execute(arguments: [
          fact.id, note, fact.kind, outcome.cause.rawValue, change, try JSON.encode(record), isDismissed ? change : nil,
          isDismissed ? key : nil,
        ])
      let id = db.lastInsertedRowID
      for subject in fact.subject {
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO fact_subjects(root, fact, name) VALUES (?, ?, ?)")
          .execute(arguments: [subject.root, id, subject.name])
        touch(CollectionOfOne(subject.root))
      }
    }
  }

  // MARK: - Search

  /// The text is read and handed back, not selected by the same statement, which would be one with a savepoint: see `upsert`.
  private func removeText(_ id: Int64) throws {
    let find = try db.cachedStatement(sql: "SELECT title, body FROM texts WHERE note = ?")
    guard let row = try Row.fetchOne(find, arguments: [id]) else { return }
    try db.cachedStatement(sql: "INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)")
      .execute(arguments: [id, row[0] as String?, row[1] as String])
    try db.cachedStatement(sql: "DELETE FROM texts WHERE note = ?").execute(arguments: [id])
  }

  private func replaceText(_ id: Int64, _ document: Document, isNew: Bool) throws {
    if !isNew { try removeText(id) }
    let body = String(decoding: document.text, as: UTF8.self)
    try db.cachedStatement(sql: "INSERT INTO texts(note, title, body) VALUES (?, ?, ?)").execute(arguments: [id, document.title, body])
    try db.cachedStatement(sql: "INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)").execute(arguments: [id, document.title, body])
  }
}

/// How values are kept in blobs.
enum JSON {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(value)
  }

  static func decode<T: Decodable>(_ type: T.Type, _ data: Data) throws -> T { try JSONDecoder().decode(type, from: data) }
}
