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

/// How values are kept in blobs.
enum JSON {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value)
  }

  static func decode<T: Decodable>(_ type: T.Type, _ data: Data) throws -> T { try JSONDecoder().decode(type, from: data) }

  /// By the record's own reader; what that does not expect is left to the general one, which says what is wrong.
  static func decode<T: StoredRecord>(_ type: T.Type, _ data: Data) throws -> T {
    if let value = try? data.withUnsafeBytes({ try RecordCursor.read($0) { try T(&$0) } }) { return value }
    return try JSONDecoder().decode(type, from: data)
  }

  /// The same without copying the column.
  static func decode<T: StoredRecord>(_ type: T.Type, _ row: Row, _ index: Int) throws -> T {
    let value = try row.withUnsafeData(atIndex: index) { data in
      data.flatMap { data in try? data.withUnsafeBytes { try RecordCursor.read($0) { try T(&$0) } } }
    }
    if let value { return value }
    return try JSONDecoder().decode(type, from: row[index])
  }
}
