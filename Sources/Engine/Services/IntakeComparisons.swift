import Analysis
import Dispatch
import FileWatching
import Intake
import Storage

/// Comparisons of folders with the database: at the start, after an overflow, when a person asks, and every hour.
extension IntakeService {
  /// What a comparison is for.
  struct Purpose: Sendable {
    /// Who waits for what it finds; nil where the state machine asked.
    var waiter: Int?
    var isAsked: Bool { waiter != nil }
    var acceptsDeletions = false
    /// What it finds without an event is a change that the events missed.
    var countsDrift = false
  }

  private static let driftGrace = DispatchTimeInterval.seconds(2)

  /// Asks for a comparison of every folder; `done` is called when what it finds is recorded.
  /// - Parameters:
  ///   - countsDrift: false where differences are expected: at the start, after a reload, while a folder is not watched.
  ///   - share: of one processor's time that the comparison may take; 1: all of it.
  public func scan(
    acceptDeletions: Bool = false, countsDrift: Bool = false, share: Double = 1, done: @escaping @Sendable () -> Void
  ) {
    lastWaiter += 1
    waiters.append(Waiter(id: lastWaiter, comparisons: folders.folders.count, paths: Set(machine.underWay), done: done))
    // Those whose own comparison a reload has overtaken.
    for index in waiters.indices where waiters[index].comparisons == .max {
      waiters[index] = Waiter(id: lastWaiter, comparisons: folders.folders.count, paths: Set(machine.underWay), done: waiters[index].done)
    }
    // Whoever asks now does not wait for a comparison that takes its time.
    if share >= 1 { pace?.hurry() }
    pace = share < 1 ? Pace(share: share, clock: clock) : nil
    let purpose = Purpose(waiter: lastWaiter, acceptsDeletions: acceptDeletions, countsDrift: countsDrift)
    for index in folders.folders.indices { compare(NotePath(folder: index, bytes: []), purpose, pace) }
  }

  /// For the state machine: events told of a directory, or were lost.
  func compare(_ start: NotePath) {
    let isExpected = start.bytes.isEmpty && expectsDifferences.remove(start.folder) != nil
    compare(start, Purpose(countsDrift: start.bytes.isEmpty && !isExpected), nil)
  }

  private func compare(_ start: NotePath, _ purpose: Purpose, _ pace: Pace?) {
    guard start.folder < folders.folders.count else { return }
    comparing += 1
    let underWay = machine.underWay + backlog[backlogHead...].map(\.path)
    drift.comparisonBegins(underWay: underWay, below: machine.awaitingComparison.filter { $0 != start })
    doubtful.formUnion(underWay)
    // Opened before events told that their directory is another one, they may be recorded after the comparison has asked what is.
    let reading = purpose.isAsked ? [] : underWay.filter { machine.state(of: $0) == .reading && $0.isWithin(start) }
    let asked = generation
    let reconciler = Reconciler(folders: folders, assembly: assembly, pace: pace)
    let lookups = lookups
    let queue = executor.queue
    comparisons.async {
      let result = Result { try reconciler.compare(start, store: lookups) }
      queue.async {
        self.assumeIsolated { service in
          service.compared(start, result, purpose, asked)
          guard asked == service.generation else { return }
          for path in reading { service.feed(.notFound(path)) }
        }
      }
    }
  }

  private func compared(_ start: NotePath, _ result: Result<Reconciler.Difference, any Error>, _ purpose: Purpose, _ asked: Int) {
    comparing -= 1
    guard asked == generation else {
      _ = drift.comparisonEnds(nil)
      return noticeDone(afterComparison: true)
    }
    suspectDrift(purpose.countsDrift ? try? result.get() : nil, held: heldDeletions[start.folder] ?? [])
    let folder = folders.folders[start.folder].path
    switch result {
    case .failure(let error):
      // A directory that is gone has no files: its notes are looked at one by one. The folder itself missing proves nothing.
      if start.bytes.isEmpty {
        health.declare("folder:\(folder)", "\(error)")
      } else if (error as? FileSystemError)?.isMissing ?? false,
        let known = try? Reconciler.recorded(below: start, folders: folders, store: lookups)
      {
        for path in known { feed(.notFound(path)) }
      }
    case .success(let difference):
      if start.bytes.isEmpty { health.clear("folder:\(folder)") }
      // Only the comparisons that were asked for at the start make the baseline, not those that events ask for meanwhile.
      take(difference, start, folder: folder, isBaseline: isBaseline && purpose.isAsked, acceptsDeletions: purpose.acceptsDeletions)
      for index in waiters.indices where waiters[index].id == purpose.waiter {
        waiters[index].paths.formUnion(difference.found.lazy.map(\.path))
        if heldDeletions[start.folder] == nil { waiters[index].paths.formUnion(difference.vanished) }
      }
    }
    for index in waiters.indices where waiters[index].id == purpose.waiter { waiters[index].comparisons -= 1 }
    if !purpose.isAsked { feed(.reconciled(start)) }
    feedBacklog()
    noticeDone(afterComparison: true)
  }

  /// A difference is drift unless an event for it comes in while the grace period lasts.
  /// - Parameter held: deletions held back by an earlier comparison: known of, so that finding them once more is no news.
  private func suspectDrift(_ difference: Reconciler.Difference?, held: Set<NotePath>) {
    let paths = difference.map { difference in
      difference.found.filter { !$0.isSame }.map(\.path) + difference.vanished.filter { folders.admits($0) && !held.contains($0) }
    }
    guard let batch = drift.comparisonEnds(paths) else { return }
    let asked = generation
    executor.queue.asyncAfter(deadline: .now() + IntakeService.driftGrace) {
      self.assumeIsolated { service in
        guard asked == service.generation, !service.isStopped else { return }
        service.settleDrift(batch)
      }
    }
  }

  private func settleDrift(_ batch: Int) {
    let missed = drift.settle(batch)
    guard let example = missed.min(by: { ($0.folder, $0.bytes.count) < ($1.folder, $1.bytes.count) }) else { return }
    health.add(drift: missed.count)
    let name = folders.display(example)
    noteDrift(missed.count, name)
    let what = missed.count == 1 ? "a change was" : "\(missed.count) changes were"
    journal(
      JournalEntry(.plain, .notice, "\(what) not told by any file event and found by looking: \(name)\(missed.count > 1 ? ", …" : "")"))
  }

  private func take(
    _ difference: Reconciler.Difference, _ start: NotePath, folder: String, isBaseline: Bool, acceptsDeletions: Bool
  ) {
    for found in difference.found where machine.state(of: found.path) == nil {
      let cause = isBaseline ? .baseline : found.cause
      if cause != .news { causes[found.path] = cause }
    }
    backlog += difference.found
    // What a new rule ignores is let go at once: nobody lost it.
    let (vanished, excluded) = (difference.vanished.filter { folders.admits($0) }, difference.vanished.filter { !folders.admits($0) })
    for path in excluded { submit(folders.key(path), path, .gone) }
    let held = heldDeletions[start.folder] ?? []
    // The brake: when most of a folder vanishes at once, the likelier story is a lost mount, not a decision.
    // Those that are being looked at already have been decided.
    let isMass = difference.isElsewhere || vanished.count >= 20 && vanished.count * 2 > difference.known
    if isMass, !acceptsDeletions, vanished.contains(where: { machine.state(of: $0) == nil }) {
      // Beside those of other directories, of which a comparison of this one says nothing.
      heldDeletions[start.folder] = held.filter { !$0.isWithin(start) }.union(vanished)
      let cause = difference.isElsewhere ? ", which lies on another file system than they did (is something not mounted?)" : " at once"
      let words =
        "\(vanished.count) of \(difference.known) notes vanished from \(folder)\(cause); their facts are kept until they are back or `bellwether scan --accept-deletions`"
      if health.declare("deletions-held:\(folder)", words) { journal(JournalEntry(.deletionsHeld, .warning, words)) }
      return
    }
    if start.bytes.isEmpty, heldDeletions.removeValue(forKey: start.folder) != nil { health.clear("deletions-held:\(folder)") }
    // What the whole folder's comparison holds back is let go of by the next one of the whole folder, not by that of a directory.
    for path in vanished where start.bytes.isEmpty || acceptsDeletions || !held.contains(path) { feed(.notFound(path)) }
  }

  func feedBacklog() {
    guard backlogHead < backlog.count else {
      if comparing == 0 { doubtful = [] }
      return
    }
    let settle = Int64(machine.policy.settle)
    let now = clock.now * 1_000_000
    while backlogHead < backlog.count, machine.hasRoom, !isStopped {
      let found = backlog[backlogHead]
      backlogHead += 1
      if machine.state(of: found.path) == nil, doubtful.contains(found.path) {
        perform(machine.handle(.changed(found.path), now: clock.elapsed))
        continue
      }
      let touched = max(found.identity.modified, found.identity.statusChanged)
      perform(
        machine.handle(
          .found(found.path, found.identity, recorded: found.recorded, isQuiet: now - touched > settle), now: clock.elapsed))
    }
    if backlogHead == backlog.count {
      backlog = []
      backlogHead = 0
      if comparing == 0 { doubtful = [] }
    }
  }

  /// Tells those whose files have all been through: read once, or found at rest.
  ///
  /// What has been read is taken out where it ends; here those are looked for that were let go of without a reading. To look through thousands at every
  /// note that ends would cost more than to read them, so that it is done after a comparison, towards the end, and when nothing is under way.
  func noticeDone(afterComparison: Bool = false) {
    guard backlog.isEmpty else { return }
    let few = afterComparison || machine.isAtRest ? Int.max : pool.waiting == 0 ? 256 : 64
    for index in waiters.indices where waiters[index].comparisons <= 0 && waiters[index].paths.count < few {
      waiters[index].paths = waiters[index].paths.filter { machine.state(of: $0) != nil }
    }
    let done = waiters.filter { $0.comparisons <= 0 && $0.paths.isEmpty }
    guard !done.isEmpty else { return }
    waiters.removeAll { $0.comparisons <= 0 && $0.paths.isEmpty }
    isBaseline = false
    for waiter in done { waiter.done() }
  }
}
