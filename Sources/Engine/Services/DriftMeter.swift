import Intake

/// Tells the changes that no event announced from those whose events are merely on their way.
///
/// What a comparison finds is suspected of being drift unless an event has named it since the comparison began, or it was under way by then; and
/// it is drift if none has named it for a grace period after.
struct DriftMeter {
  private var announced: Set<NotePath> = []
  private var announcedBelow: [NotePath] = []
  private var comparisons = 0
  private var suspects: [NotePath: Int] = [:]
  private var batch = 0

  /// Whether nobody waits for an answer: then events need not be noted.
  var isIdle: Bool { comparisons == 0 && suspects.isEmpty }

  /// - Parameter underWay: what is known of already and not recorded yet.
  mutating func comparisonBegins(underWay: some Sequence<NotePath>) {
    comparisons += 1
    announced.formUnion(underWay)
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
    for path in differences ?? [] where suspects[path] == nil && !announced.contains(path) && !announcedBelow.contains(where: path.isWithin)
    {
      suspects[path] = batch
      isAny = true
    }
    forget()
    return isAny ? batch : nil
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
