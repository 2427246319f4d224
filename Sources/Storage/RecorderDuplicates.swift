import Analysis
import Documents
import Foundation
import GRDB
import Language

/// Which notes tell what an earlier one told already.
extension Recorder {
  /// So many of a text's smallest hashes lead to others: texts of which two fifths are the same share one of them but once in thousands.
  private static let indexed = 16
  /// Hashes that more notes share are of boilerplate; the earliest notes stand for all.
  private static let commonest = 64

  /// Enters the text's fingerprint, and that it repeats an earlier note's, if it does.
  func enterPrint(_ note: Int64, _ fingerprint: Fingerprint?, isNew: Bool) throws {
    if !isNew { try removePrint(note) }
    guard let fingerprint else { return }
    let heads = fingerprint.hashes.prefix(Recorder.indexed)
    var candidates: Set<Int64> = []
    let find = try db.cachedStatement(sql: "SELECT note FROM print_heads WHERE hash = ? ORDER BY note LIMIT \(Recorder.commonest)")
    for hash in heads { candidates.formUnion(try Int64.fetchAll(find, arguments: [Int64(hash)])) }
    candidates.remove(note)
    let load = try db.cachedStatement(sql: "SELECT print FROM prints WHERE note = ?")
    for candidate in candidates.sorted() {
      guard let blob = try Data.fetchOne(load, arguments: [candidate]), let other = Fingerprint(blob: Array(blob)),
        let similarity = NearDuplicates().similarity(fingerprint, other)
      else { continue }
      // The earliest is the one that is repeated.
      try db.cachedStatement(sql: "INSERT INTO duplicates(change, note, original, similarity) VALUES (?, ?, ?, ?)")
        .execute(arguments: [change, note, candidate, (similarity * 10_000).rounded() / 10_000])
      break
    }
    try db.cachedStatement(sql: "INSERT INTO prints(note, print) VALUES (?, ?)").execute(arguments: [note, fingerprint.blob.data])
    let enter = try db.cachedStatement(sql: "INSERT OR IGNORE INTO print_heads(hash, note) VALUES (?, ?)")
    for hash in heads { try enter.execute(arguments: [Int64(hash), note]) }
  }

  func removePrint(_ note: Int64) throws {
    let load = try db.cachedStatement(sql: "SELECT print FROM prints WHERE note = ?")
    guard let blob = try Data.fetchOne(load, arguments: [note]) else { return }
    let remove = try db.cachedStatement(sql: "DELETE FROM print_heads WHERE hash = ? AND note = ?")
    for hash in Fingerprint(blob: Array(blob))?.hashes.prefix(Recorder.indexed) ?? [] {
      try remove.execute(arguments: [Int64(hash), note])
    }
    try db.cachedStatement(sql: "DELETE FROM prints WHERE note = ?").execute(arguments: [note])
  }
}
