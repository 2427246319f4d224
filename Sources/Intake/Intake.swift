/// Decides when which note is read. Fed alike by events, by rescans and by the comparison at start-up; it touches neither disk nor
/// clock: inputs and the time come in, actions go out.
///
///     seen → settling → queued → reading → recorded | failed | ignored | gone
///
/// - A note *settles* when no event came for the settle time and two looks at it, half that time apart, found the same size and
///   times. One that never settles is read every `unsettledInterval`. No note is read twice within `spacing`.
/// - A file that is found as it was recorded is not read.
/// - A name that vanishes is forgotten only when two looks found it missing, so a save by rename never looks like a deletion.
/// - At most `queueLimit` settled notes wait in order. Those beyond stay `seen`; nothing is dropped. Walks are asked to pause by
///   `hasRoom`, and what events bring is read before what walks bring.
/// - Only what is under way is held. What was recorded is the database's to know, and comes in with each look.
public struct Intake {
  public struct Policy: Sendable {
    /// All in nanoseconds.
    public var settle: UInt64 = 200_000_000
    public var unsettledInterval: UInt64 = 30_000_000_000
    public var spacing: UInt64 = 1_000_000_000
    /// Settled notes that wait in order.
    public var queueLimit = 4096
    /// Reads under way at once.
    public var readLimit = 2

    public init() {}
  }

  /// What a look at a path found.
  public enum Sighting: Hashable, Sendable {
    case file(FileIdentity)
    case missing
    /// Not a regular file, or not one that may be read; the reason for people.
    case unsuitable(String)
  }

  /// How a read ended.
  public enum Outcome: Hashable, Sendable {
    /// Recorded, failed for good, or ignored: done until it changes.
    case done
    /// It was no longer there.
    case missing
    /// A writer was at work; it has to settle again.
    case changedWhileReading
    /// Something temporary failed; try again after so many nanoseconds.
    case retry(after: UInt64)
  }

  public enum Input: Hashable, Sendable {
    /// Events.
    case changed(NotePath)
    case gone(NotePath)
    case directoryGone(NotePath)
    case rescanNeeded(NotePath)
    /// A walk met a file. `isQuiet` when it was not touched for the settle time.
    case found(NotePath, FileIdentity, recorded: FileIdentity?, isQuiet: Bool)
    /// A walk did not meet a note that is recorded.
    case notFound(NotePath)
    /// The answer to `look`, with what is recorded for the path.
    case sighted(NotePath, Sighting, recorded: FileIdentity?)
    /// The answer to `read`.
    case finished(NotePath, Outcome)
    /// The answer to `reconcile`.
    case reconciled(NotePath)
    /// The timer rang.
    case tick
  }

  public enum Action: Hashable, Sendable {
    case look(NotePath)
    case read(NotePath, FileIdentity)
    /// The note is gone; what rests on it is to be withdrawn.
    case forget(NotePath)
    case ignore(NotePath, reason: String)
    /// Compare everything at and below the directory with what is recorded there.
    case reconcile(NotePath)
    /// Send `tick` at this instant, instead of any set before; `nil`: none is needed.
    case arm(UInt64?)
  }

  public enum State: Hashable, Sendable { case seen, settling, queued, reading }

  private enum Phase {
    case settling
    /// Waits for the answer to `look`.
    case looking
    /// Settled, but the queue is full.
    case seen
    case queued
    case reading
    /// Read less than `spacing` ago.
    case resting
  }

  private struct Entry {
    var phase = Phase.settling
    /// Since the last read.
    var firstChange: UInt64
    var lastChange: UInt64
    var deadline: UInt64?
    /// The place in the heap that counts; earlier than the deadline when that was put off.
    var alarm: UInt64?
    var sighting: Sighting?
    var lastRead: UInt64?
    /// While waiting for an answer.
    var changedMeanwhile = false
    /// Which of its places in a queue is valid.
    var ticket: UInt64 = 0
    var isBacklog = false
  }

  private typealias Place = (path: NotePath, ticket: UInt64)

  public let policy: Policy
  private let admits: (NotePath) -> Bool
  private var entries: [NotePath: Entry] = [:]
  private var deadlines = DeadlineHeap<NotePath>()
  private var live = FirstInFirstOut<Place>()
  private var backlog = FirstInFirstOut<Place>()
  private var waiting = FirstInFirstOut<Place>()
  private var rescans = RescanSchedule()
  private var lastTicket: UInt64 = 0
  private var armed: UInt64?
  private var queued = 0
  private var reading = 0
  private var resting = 0

  /// - Parameter admits: Whether a path can be a note at all; everything else is let go unseen.
  public init(policy: Policy = Policy(), admits: @escaping (NotePath) -> Bool = { _ in true }) {
    self.policy = policy
    self.admits = admits
  }

  /// Files under way.
  public var count: Int { entries.count }
  public var readingCount: Int { reading }
  /// The files that are under way now.
  public var underWay: [NotePath] { entries.compactMap { path, entry in if case .resting = entry.phase { nil } else { path } } }
  /// The directories that wait to be compared, and the one that is.
  public var awaitingComparison: [NotePath] { rescans.all }
  /// Nothing is under way that is not at rest, and no directory waits to be compared.
  public var isIdle: Bool { rescans.isEmpty && entries.values.allSatisfy { if case .resting = $0.phase { true } else { false } } }
  /// No file is under way; said without a look at each.
  public var isAtRest: Bool { entries.count == resting }
  /// Whether a walk should go on bringing files. What rests takes no room: it is done, and gone after `spacing`.
  public var hasRoom: Bool { entries.count - resting < policy.queueLimit }

  public func state(of path: NotePath) -> State? {
    switch entries[path]?.phase {
    case nil, .resting: nil
    case .seen: .seen
    case .settling, .looking: .settling
    case .queued: .queued
    case .reading: .reading
    }
  }

  // MARK: Inputs

  /// - Parameter now: Nanoseconds of a clock that never goes back.
  public mutating func handle(_ input: Input, now: UInt64) -> [Action] {
    var actions: [Action] = []
    switch input {
    case .changed(let path), .gone(let path), .notFound(let path):
      if admits(path) { change(path, now: now) }
    case .found(let path, let identity, let recorded, let isQuiet):
      if identity != recorded, admits(path) { find(path, identity, isQuiet: isQuiet, now: now) }
    case .directoryGone(let path), .rescanNeeded(let path): rescans.request(path, at: now + policy.settle)
    case .reconciled(let path): rescans.finished(path, nextAt: now + policy.settle)
    case .sighted(let path, let sighting, let recorded): sight(path, sighting, recorded, now: now, &actions)
    case .finished(let path, let outcome): finish(path, outcome, now: now)
    case .tick: break
    }
    passTime(now, &actions)
    startReads(now, &actions)
    let next = [deadlines.first, rescans.deadline].compactMap { $0 }.min()
    if next != armed {
      armed = next
      actions.append(.arm(next))
    }
    return actions
  }

  private mutating func change(_ path: NotePath, now: UInt64) {
    var entry = entries[path] ?? Entry(firstChange: now, lastChange: now)
    entry.lastChange = now
    switch entry.phase {
    case .looking, .reading: entry.changedMeanwhile = true
    case .resting:
      resting -= 1
      entry.firstChange = now
      settle(&entry, now: now)
    case .queued, .seen:
      // One that never settles keeps its turn.
      guard now < entry.firstChange + policy.unsettledInterval else { break }
      if case .queued = entry.phase { queued -= 1 }
      settle(&entry, now: now)
    case .settling: settle(&entry, now: now)
    }
    store(entry, path)
  }

  private mutating func find(_ path: NotePath, _ identity: FileIdentity, isQuiet: Bool, now: UInt64) {
    guard let known = entries[path] else {
      var entry = Entry(firstChange: now, lastChange: now, isBacklog: true)
      entry.sighting = .file(identity)
      if isQuiet { enqueue(path, &entry) } else { settle(&entry, now: now) }
      return store(entry, path)
    }
    // What is under way will see the file itself; only what was read just now may have missed this state of it.
    if case .resting = known.phase { change(path, now: now) }
  }

  private mutating func sight(
    _ path: NotePath, _ sighting: Sighting, _ recorded: FileIdentity?, now: UInt64, _ actions: inout [Action]
  ) {
    guard var entry = entries[path], case .looking = entry.phase else { return }
    let isOverdue = now >= entry.firstChange + policy.unsettledInterval
    switch sighting {
    case .file(let identity) where identity == recorded && !entry.changedMeanwhile: return rest(path, entry, now: now)
    case .file where isOverdue || entry.sighting == sighting && !entry.changedMeanwhile:
      entry.sighting = sighting
      let earliest = entry.lastRead.map { $0 + policy.spacing } ?? 0
      if now >= earliest {
        enqueue(path, &entry)
      } else {
        entry.phase = .settling
        entry.deadline = earliest
      }
    case .missing where entry.sighting == .missing && !entry.changedMeanwhile:
      if recorded != nil { actions.append(.forget(path)) }
      return rest(path, entry, now: now)
    case .unsuitable(let reason) where !entry.changedMeanwhile:
      actions.append(recorded != nil ? .forget(path) : .ignore(path, reason: reason))
      return rest(path, entry, now: now)
    default:
      if entry.changedMeanwhile {
        settle(&entry, now: now)
      } else {
        entry.phase = .settling
        // The first look comes half the settle time after the last event, the second another half later. A file that changes without
        // events has to keep still for the whole time.
        entry.deadline = now + (entry.sighting == nil ? policy.settle - policy.settle / 2 : policy.settle)
        entry.sighting = sighting
      }
    }
    entry.changedMeanwhile = false
    store(entry, path)
  }

  private mutating func finish(_ path: NotePath, _ outcome: Outcome, now: UInt64) {
    guard var entry = entries[path], case .reading = entry.phase else { return }
    reading -= 1
    entry.firstChange = now
    switch outcome {
    case .done where !entry.changedMeanwhile: return rest(path, entry, now: now)
    case .done, .changedWhileReading: settle(&entry, now: now)
    case .missing:
      settle(&entry, now: now)
      entry.sighting = .missing
    case .retry(let delay):
      settle(&entry, now: now)
      entry.deadline = now + delay
    }
    entry.changedMeanwhile = false
    store(entry, path)
  }

  // MARK: Steps

  private func settle(_ entry: inout Entry, now: UInt64) {
    entry.phase = .settling
    entry.sighting = nil
    entry.isBacklog = false
    entry.deadline = max(now, min(entry.lastChange + policy.settle / 2, entry.firstChange + policy.unsettledInterval))
  }

  private mutating func enqueue(_ path: NotePath, _ entry: inout Entry) {
    entry.deadline = nil
    lastTicket += 1
    entry.ticket = lastTicket
    if queued < policy.queueLimit {
      entry.phase = .queued
      queued += 1
      if entry.isBacklog { backlog.append((path, lastTicket)) } else { live.append((path, lastTicket)) }
    } else {
      entry.phase = .seen
      waiting.append((path, lastTicket))
    }
  }

  /// The end of the way. The path is kept only as long as it may not be read again.
  private mutating func rest(_ path: NotePath, _ entry: Entry, now: UInt64) {
    guard let lastRead = entry.lastRead, lastRead + policy.spacing > now else { return entries[path] = nil }
    var entry = entry
    entry.phase = .resting
    resting += 1
    entry.sighting = nil
    entry.changedMeanwhile = false
    entry.deadline = lastRead + policy.spacing
    store(entry, path)
  }

  /// Puts the entry back and sees that the heap rings in time. Where it would ring too early it is left, and put off then.
  private mutating func store(_ entry: Entry, _ path: NotePath) {
    var entry = entry
    if let deadline = entry.deadline, entry.alarm.map({ $0 > deadline }) ?? true {
      deadlines.insert(path, at: deadline)
      entry.alarm = deadline
    }
    entries[path] = entry
  }

  private mutating func passTime(_ now: UInt64, _ actions: inout [Action]) {
    while let (instant, path) = deadlines.popFirst(dueAt: now) {
      guard var entry = entries[path], entry.alarm == instant else { continue }
      entry.alarm = nil
      if let deadline = entry.deadline, deadline <= now {
        if case .resting = entry.phase {
          resting -= 1
          entries[path] = nil
          continue
        }
        entry.phase = .looking
        entry.deadline = nil
        actions.append(.look(path))
      }
      store(entry, path)
    }
    if let directory = rescans.next(now: now) { actions.append(.reconcile(directory)) }
  }

  private mutating func startReads(_ now: UInt64, _ actions: inout [Action]) {
    while reading < policy.readLimit, let place = live.popFirst() ?? backlog.popFirst() {
      guard var entry = entries[place.path], entry.ticket == place.ticket, case .queued = entry.phase,
        case .file(let identity) = entry.sighting
      else { continue }
      queued -= 1
      reading += 1
      entry.phase = .reading
      entry.lastRead = now
      entries[place.path] = entry
      actions.append(.read(place.path, identity))
    }
    while queued < policy.queueLimit, let place = waiting.popFirst() {
      guard var entry = entries[place.path], entry.ticket == place.ticket, case .seen = entry.phase else { continue }
      enqueue(place.path, &entry)
      entries[place.path] = entry
    }
  }
}
