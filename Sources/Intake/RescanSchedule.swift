/// Which directories are to be compared with what is recorded, one at a time. Requests that come while one is waiting or under way
/// become one, so that a storm of them costs one comparison after another and not one each.
struct RescanSchedule {
  private var requested: [NotePath: UInt64] = [:]
  private var current: NotePath?

  var isEmpty: Bool { requested.isEmpty && current == nil }

  /// Those that wait and the one under way.
  var all: [NotePath] { requested.keys + (current.map { [$0] } ?? []) }

  /// `nil` while a comparison is under way: its end brings the next.
  var deadline: UInt64? { current == nil ? requested.values.min() : nil }

  mutating func request(_ directory: NotePath, at instant: UInt64) {
    if requested.keys.contains(where: { directory.isWithin($0) }) { return }
    var instant = instant
    for below in requested.keys.filter({ $0.isWithin(directory) }) {
      instant = min(instant, requested.removeValue(forKey: below) ?? instant)
    }
    requested[directory] = instant
  }

  mutating func next(now: UInt64) -> NotePath? {
    guard current == nil, let due = requested.min(by: { $0.value < $1.value }), due.value <= now else { return nil }
    requested[due.key] = nil
    current = due.key
    return due.key
  }

  mutating func finished(_ directory: NotePath, nextAt instant: UInt64) {
    guard current == directory else { return }
    current = nil
    for key in requested.keys { requested[key] = max(requested[key] ?? instant, instant) }
  }
}
