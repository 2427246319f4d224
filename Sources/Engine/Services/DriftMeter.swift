import Intake

/// Tells the changes that no event announced from those whose events are merely on their way.
///
/// What a comparison finds is suspected of being drift unless an event has named it since the comparison began, or it was under way by then, waiting to
/// be recorded, or below a directory that waits to be compared; and it is drift if none has named it for a grace period after.
struct DriftMeter {
  /// Files and directories of which the writer has yet to record what events told, and how often.
  private var unrecorded: [NotePath: Int] = [:]
  private var announced: Set<NotePath> = []
  private var announcedBelow: [NotePath] = []
  private var comparisons = 0
  private var suspects: [NotePath: Int] = [:]
  private var batch = 0

  /// Whether nobody waits for an answer: then events need not be noted.
  var isIdle: Bool { comparisons == 0 && suspects.isEmpty }

  /// Events have told of these, and the database will say so only later.
  mutating func awaitsRecord(of places: [NotePath]) { for place in places { unrecorded[place, default: 0] += 1 } }

  mutating func isRecorded(_ places: [NotePath]) {
    for place in places { if let count = unrecorded.removeValue(forKey: place), count > 1 { unrecorded[place] = count - 1 } }
  }

  /// - Parameters:
  ///   - underWay: what is known of already and not recorded yet.
  ///   - directories: what is known of everything below them.
  mutating func comparisonBegins(underWay: some Sequence<NotePath>, below directories: [NotePath] = []) {
    comparisons += 1
    announced.formUnion(underWay)
    announced.formUnion(unrecorded.keys)
    announcedBelow += directories
  }

  mutating func announce(_ path: NotePath) {
    guard !isIdle else { return }
    announced.insert(path)
    suspects[path] = nil
  }

  /// An event about a directory speaks for all below it.
  mutating func announceBelow(_ directory: NotePath) {
    guard !isIdle else { return }
    announcedBelow.append(directory)
    for path in suspects.keys where path.isWithin(directory) { suspects[path] = nil }
  }

  /// - Parameter differences: nil where the comparison was not to count.
  /// - Returns: what to call `settle` with when the grace period is over; nil where nothing is suspected.
  mutating func comparisonEnds(_ differences: [NotePath]?) -> Int? {
    comparisons = max(0, comparisons - 1)
    batch += 1
    var isAny = false
    for path in differences ?? [] where suspects[path] == nil && !isAnnounced(path) {
      suspects[path] = batch
      isAny = true
    }
    forget()
    return isAny ? batch : nil
  }

  /// By its own name, or by that of a directory above.
  private func isAnnounced(_ path: NotePath) -> Bool {
    if announced.contains(path) || announcedBelow.contains(where: path.isWithin) { return true }
    let slashes = path.bytes.indices.filter { path.bytes[$0] == UInt8(ascii: "/") }
    return slashes.contains { announced.contains(NotePath(folder: path.folder, bytes: Array(path.bytes[..<$0]))) }
  }

  /// - Returns: the paths of that comparison that no event has named.
  mutating func settle(_ batch: Int) -> [NotePath] {
    let drift = suspects.filter { $0.value == batch }.map(\.key)
    for path in drift { suspects[path] = nil }
    forget()
    return drift
  }

  /// Nobody is suspected any more.
  mutating func giveUp() {
    suspects = [:]
    forget()
  }

  private mutating func forget() {
    guard isIdle else { return }
    announced = []
    announcedBelow = []
  }
}
