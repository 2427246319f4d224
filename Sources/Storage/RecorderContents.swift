import Analysis
import Documents
import GRDB

/// What notes say: facts, and text to be searched.
extension Recorder {
  // MARK: - Facts

  mutating func withdraw(note: Int64) throws {
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

  mutating func insert(_ facts: [Fact], note: Int64, _ outcome: NoteOutcome, _ document: Document) throws {
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
  func removeText(_ id: Int64) throws {
    let find = try db.cachedStatement(sql: "SELECT title, body FROM texts WHERE note = ?")
    guard let row = try Row.fetchOne(find, arguments: [id]) else { return }
    try db.cachedStatement(sql: "INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)")
      .execute(arguments: [id, row[0] as String?, row[1] as String])
    try db.cachedStatement(sql: "DELETE FROM texts WHERE note = ?").execute(arguments: [id])
  }

  func replaceText(_ id: Int64, _ document: Document, isNew: Bool) throws {
    if !isNew { try removeText(id) }
    let body = String(decoding: document.text, as: UTF8.self)
    try db.cachedStatement(sql: "INSERT INTO texts(note, title, body) VALUES (?, ?, ?)").execute(arguments: [id, document.title, body])
    try db.cachedStatement(sql: "INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)").execute(arguments: [id, document.title, body])
  }
}
