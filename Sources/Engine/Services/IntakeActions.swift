import Analysis
import Configuration
import Dispatch
import FileWatching
import Intake
import Storage

/// What the state machine asks for, carried out.
extension IntakeService {
  /// Carries actions out strictly in the order the machine gave them: an action that feeds the machine (a look does) appends what follows
  /// behind what is still to do, so that a later `arm` never comes before an earlier one.
  func perform(_ actions: [Intake.Action]) {
    pending += actions
    guard !isPerforming else { return }
    isPerforming = true
    var next = 0
    while next < pending.count {
      let action = pending[next]
      next += 1
      switch action {
      case .look(let path): look(path)
      case .read(let path, let identity): read(path, identity)
      case .forget(let path): submit(folders.key(path), path, .gone)
      case .ignore(let path, let reason):
        hub.publish(EngineEvent(.ignored, path: folders.display(path), at: clock.now, detail: reason))
      case .reconcile(let path): compare(path)
      case .arm(let instant): arm(instant)
      }
      if next == pending.count { feedBacklog() }
    }
    pending.removeAll(keepingCapacity: true)
    isPerforming = false
    if machine.readingCount == 0 { health.ends(.intake) }
    if !waiters.isEmpty { noticeDone() }
  }

  func look(_ path: NotePath) {
    guard folders.admits(path) else { return feed(.sighted(path, .unsuitable("ignored by a rule that is new"), recorded: nil)) }
    let known: KnownNote?
    do {
      known = try lookups.knownNote(folders.key(path))
    } catch {
      return lookLater(path)
    }
    let sighting: Intake.Sighting
    do {
      let status = try SafeFile.status(root: BytePath(folders.folders[path.folder].path), path: BytePath(path.bytes))
      if status.isRegularFile {
        sighting = .file(FileIdentity(status))
      } else {
        sighting = .unsuitable(status.isSymbolicLink ? "a symbolic link; links are never followed" : "not a regular file")
      }
    } catch {
      // Only the note's own absence says that it is gone. A folder that is away, a full table of open files, a failing disk prove nothing.
      if error.operation == .openDirectory { folderAway() }
      if error.reason == .leavesRoot {
        sighting = .unsuitable("a directory on its way is a symbolic link; links are never followed")
      } else if error.isMissing, error.operation != .openDirectory {
        sighting = .missing
      } else {
        return lookLater(path)
      }
    }
    // A file analysed under another key is to be read again as if it were not on record; what is no note any more is let go of under any key.
    var isCurrent = true
    if case .file = sighting { isCurrent = known?.analysis == assembly.analysisKey(for: path.bytes, shown: folders.display(path)) }
    feed(.sighted(path, sighting, recorded: isCurrent ? known.map { FileIdentity($0.stamp) } : nil))
    // Let go of without a reading, so that no end of one will say so: nobody waits for it any more.
    if machine.state(of: path) == nil { for index in waiters.indices { waiters[index].paths.remove(path) } }
  }

  /// Nothing could be learned about the path: the same question again in a while. Who waits for a scan does not wait for that.
  func lookLater(_ path: NotePath) {
    let asked = generation
    for index in waiters.indices { waiters[index].paths.remove(path) }
    executor.queue.asyncAfter(deadline: .now() + IntakeService.lookAgain) {
      self.assumeIsolated { service in
        guard !service.isStopped, service.generation == asked else { return }
        service.perform([.look(path)])
      }
    }
  }

  func read(_ path: NotePath, _ identity: FileIdentity) {
    health.begins(.intake)
    let asked = generation
    let health = health
    let reader = NoteReader(
      folders: folders, assembly: assembly, journal: journal, poison: poison, progress: { health.progresses(.intake) })
    let cause = causes.removeValue(forKey: path) ?? .news
    let (writer, queue, pool) = (writer, executor.queue, pool)
    let weight = Int(clamping: identity.size)
    // Half of the reads under way make a batch: the other half is read while it is committed.
    let half = machine.policy.readLimit / 2
    let finish: @Sendable (Intake.Outcome) -> Void = { outcome in
      pool.release(weight: weight)
      queue.async { self.assumeIsolated { if $0.generation == asked { $0.finished(path, outcome) } } }
    }
    pool.submit(weight: weight) {
      switch reader.read(path, identity, cause: cause) {
      case .outcome(let outcome):
        writer.submit(outcome, isFollowed: pool.waiting > half) { finish($0 ? .done : .retry(after: 60_000_000_000)) }
      case .missing: finish(.missing)
      case .changedWhileReading: finish(.changedWhileReading)
      case .retry: finish(.retry(after: 5_000_000_000))
      }
    }
  }

  func finished(_ path: NotePath, _ outcome: Intake.Outcome) {
    health.progresses(.intake)
    for index in waiters.indices { waiters[index].paths.remove(path) }
    feed(.finished(path, outcome))
    // It was being read when a rule came that ignores it.
    if case .done = outcome, !folders.admits(path) { submit(folders.key(path), path, .gone) }
  }

  func arm(_ instant: UInt64?) {
    guard let instant, !isStopped else {
      timer?.cancel()
      timer = nil
      return
    }
    let timer: any DispatchSourceTimer
    if let known = self.timer {
      timer = known
    } else {
      timer = DispatchSource.makeTimerSource(flags: .strict, queue: executor.queue)
      timer.setEventHandler { [unowned self] in self.assumeIsolated { $0.feed(.tick) } }
      timer.activate()
      self.timer = timer
    }
    let now = clock.elapsed
    timer.schedule(deadline: .now() + .nanoseconds(Int(instant > now ? instant - now : 0)), leeway: .nanoseconds(0))
  }
}
