import Analysis
import Documents

/// One order of facts everywhere, whatever order they come in.
enum FactOrder {
  /// By when it happened, undated last; then by publication, path and position.
  static func sortedByTime(_ records: [FactRecord]) -> [FactRecord] { sorted(records) { TimeKey($0) } }

  /// By publication, undated last; then by path and position.
  static func sortedByPlace(_ records: [FactRecord]) -> [FactRecord] { sorted(records) { PlaceKey($0) } }

  static func byPlace(_ a: FactRecord, _ b: FactRecord) -> Bool { PlaceKey(a) < PlaceKey(b) }

  private struct PlaceKey: Comparable {
    var published: String
    var path: String
    var start: Int
    var id: String

    init(_ record: FactRecord) {
      published = record.published ?? "~"
      path = record.path
      start = record.fact.evidence.first?.span.start ?? 0
      id = record.fact.id
    }

    static func < (a: PlaceKey, b: PlaceKey) -> Bool { (a.published, a.path, a.start, a.id) < (b.published, b.path, b.start, b.id) }
  }

  private struct TimeKey: Comparable {
    /// First and last day since the epoch.
    var start: Int
    var end: Int
    var place: PlaceKey

    init(_ record: FactRecord) {
      let range = record.fact.range
      start = range?.start.daysSinceEpoch ?? Int.max
      end = range?.end.daysSinceEpoch ?? Int.max
      place = PlaceKey(record)
    }

    static func < (a: TimeKey, b: TimeKey) -> Bool {
      if a.start != b.start { return a.start < b.start }
      return a.end != b.end ? a.end < b.end : a.place < b.place
    }
  }

  /// Each key is made once: reading a date costs more than comparing two.
  private static func sorted(_ records: [FactRecord], by key: (FactRecord) -> some Comparable) -> [FactRecord] {
    let keys = records.map(key)
    return records.indices.sorted { keys[$0] < keys[$1] }.map { records[$0] }
  }
}
