import Analysis
import Documents
import GRDB

/// One transaction's work.
struct Recorder {
  let db: Database
  let now: Int64
  let correlation: Correlation
  let change: Int64
  private let hasCrashes: Bool
  var touched: Set<String> = []
  /// Those of them that a note which is news has touched.
  var touchedByNews: Set<String> = []
  private(set) var cause = Cause.news
  var moved = 0
  var folders: [String: Int64] = [:]
  /// Identities of facts that people have dismissed.
  let dismissed: Set<String>

  init(db: Database, now: Int64, correlation: Correlation) throws {
    self.db = db
    self.now = now
    self.correlation = correlation
    try db.cachedStatement(sql: "INSERT INTO changes(at, day) VALUES (?, ?)").execute(arguments: [now, correlation.today.description])
    change = db.lastInsertedRowID
    dismissed = try Judgement.hidden(db, .fact)
    hasCrashes = try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS(SELECT 1 FROM crashes)")) ?? false
  }

  mutating func touch(_ roots: some Sequence<String>) {
    touched.formUnion(roots)
    if cause == .news { touchedByNews.formUnion(roots) }
  }

  mutating func record(_ outcome: NoteOutcome) throws {
    cause = outcome.cause
    switch outcome.result {
    case .moved(let from): return try rename(from, to: outcome.key, outcome.displayPath)
    case .movedDirectory(let from, let display): return try renameBelow(from, to: outcome.key, display)
    case .failed: break
    case .document, .ignored, .gone: try acquit(outcome.key)
    }
    let folder = try folderID(outcome.key.folder)
    let known = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT id, state, revision, analysis, first_seen, facts, cause FROM notes WHERE folder = ? AND path = ?"),
      arguments: [folder, outcome.key.path.data])
    let knownID = known.map { $0[0] as Int64 }
    switch outcome.result {
    case .moved, .movedDirectory: break
    case .gone:
      guard let id = knownID, let known, (known[1] as String) != NoteState.gone.rawValue else { return }
      if !outcome.keepsFacts { try withdraw(note: id) }
      try removeText(id)
      try removePrint(id)
      try db.cachedStatement(sql: "UPDATE notes SET state = 'gone', revision = NULL, change = ?, facts = 0 WHERE id = ?")
        .execute(arguments: [change, id])
      try log(id, outcome, what: .gone, facts: 0)
    case .failed(let reason), .ignored(let reason):
      let state: NoteState = if case .failed = outcome.result { .failed } else { .ignored }
      if let id = knownID {
        try withdraw(note: id)
        try removeText(id)
        try removePrint(id)
      }
      let id = try upsert(knownID, folder, outcome, state: state, reason: reason, document: nil, facts: 0, firstSeen: known.map { $0[4] })
      try log(id, outcome, what: state, facts: 0, reason: reason)
    case .document(let document, let facts, let analysed):
      if let id = knownID, let known, known[1] == NoteState.recorded.rawValue, known[2] == document.revision, known[3] == outcome.analysis {
        // Touched, not changed: only the stamp moves.
        try stamp(id, outcome)
        return
      }
      var outcome = outcome
      if let known, cause == .news, (known[2] as String?) == document.revision {
        // The same bytes, looked at anew: what that finds is told only if it would have been the first time.
        outcome.cause = known[3] == NoteOutcome.incomplete ? Cause(rawValue: known[6]) ?? .news : .upgrade
        cause = outcome.cause
      }
      if knownID == nil, let old = try movedNote(outcome, document) {
        try move(old, folder: folder, path: outcome.key.path, display: outcome.displayPath)
        try stamp(old, outcome)
        return
      }
      if let id = knownID { try withdraw(note: id) }
      let id = try upsert(
        knownID, folder, outcome, state: .recorded, reason: nil, document: document, facts: facts.count { !$0.isStatement },
        firstSeen: known.map { $0[4] },
        analysed: analysed)
      try replaceText(id, document, isNew: knownID == nil)
      try insert(facts, note: id, outcome, document)
      try enterPrint(id, outcome.traits.fingerprint, isNew: knownID == nil)
      try log(id, outcome, what: .recorded, facts: facts.count { !$0.isStatement }, document: document, analysed: analysed)
    }
  }

  /// A note that could be read was not what the program died on.
  private func acquit(_ key: NoteKey) throws {
    guard hasCrashes else { return }
    try db.execute(sql: "DELETE FROM crashes WHERE folder = ? AND path = ?", arguments: [key.folder, key.path.data])
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
}
