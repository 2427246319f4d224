import Analysis
import Configuration
import Documents

/// The life of one process plugin: starts, requests, failures, pauses, quarantine. Used under one lock.
struct Supervisor {
  private let folder: PluginFolder
  private let config: JSONValue
  private let clock: any MonotonicClock
  private let chance: @Sendable () -> Double
  private let log: @Sendable (Severity, String) -> Void
  private let interrupt: Interrupt
  private var session: Session?
  private var circuit = Circuit()
  private(set) var state: PluginState

  /// Revisions kept at most; beyond, one is forgotten for each that comes.
  private static let maximumQuarantine = 10_000

  init(
    folder: PluginFolder, config: JSONValue, state: PluginState, interrupt: Interrupt, clock: any MonotonicClock,
    chance: @escaping @Sendable () -> Double, log: @escaping @Sendable (Severity, String) -> Void
  ) {
    self.folder = folder
    self.config = config
    self.state = state
    self.interrupt = interrupt
    self.clock = clock
    self.chance = chance
    self.log = log
  }

  private var id: String { state.id }

  // MARK: Documents

  mutating func extract(_ document: AnnotatedDocument) -> Finding {
    let revision = document.document.revision
    if let reason = state.quarantined[revision] {
      return unanswered("'\(document.path)' is in quarantine, \(id) is not asked about it again: \(reason)")
    }
    var reason = ""
    for attempt in 1...2 {
      switch ready() {
      case .failure(.disabled(let why)): return unanswered("'\(document.path)' was not analysed by \(id), which is disabled: \(why)")
      case .failure(.later(let why)): return unanswered("'\(document.path)' is not yet analysed by \(id): \(why)", postponed: true)
      case .success: break
      }
      state.requests += 1
      switch ask(document) {
      case .success(let finding): return finding
      case .failure(let failure):
        reason = failure.reason
        if interrupt.isRaised { return stopped(document) }
        if attempt == 1 { log(.warning, "failed on '\(document.path)' and is tried once more: \(reason)") }
      }
    }
    circuit.failed(now: clock.elapsed, sparing: true, chance: chance())
    quarantine(revision, reason)
    log(.warning, "failed twice on '\(document.path)', which is now in quarantine: \(reason)")
    showPause()
    return unanswered("'\(document.path)' was not analysed by \(id), which failed on it twice: \(reason)")
  }

  /// One request. A failure has ended the process.
  private mutating func ask(_ document: AnnotatedDocument) -> Result<Finding, ChildFailure> {
    guard let session else { return .failure(ChildFailure("it is not running")) }
    do throws(ChildFailure) {
      switch try session.analyze(document) {
      case .failure(let refusal):
        succeeded()
        return .success(unanswered("\(id) gave an error for '\(document.path)': \(refusal.reason)"))
      case .success(let result):
        let answer = try FactDecoder(plugin: id, document: document).decode(result)
        succeeded()
        return .success(finding(answer, document))
      }
    } catch {
      return .failure(failed(error))
    }
  }

  private mutating func succeeded() {
    circuit.succeeded()
    state.answers += 1
    if folder.manifest.mode == .oneshot { end() }
  }

  private mutating func finding(_ answer: FactDecoder.Answer, _ document: AnnotatedDocument) -> Finding {
    var diagnostics = answer.diagnostics
    if !answer.refusals.isEmpty {
      state.refusedFacts += answer.refusals.count
      let shown = answer.refusals.prefix(5).joined(separator: "; ")
      let more = answer.refusals.count > 5 ? "; and \(answer.refusals.count - 5) more" : ""
      let message = "refused \(answer.refusals.count) of the facts of \(id) in '\(document.path)': \(shown)\(more)"
      state.lastError = message
      diagnostics.append(Diagnostic(severity: .warning, plugin: id, message: message))
    }
    return Finding(facts: answer.facts, diagnostics: diagnostics)
  }

  private func stopped(_ document: AnnotatedDocument) -> Finding {
    unanswered("'\(document.path)' is not yet analysed by \(id): it has been stopped", postponed: true)
  }

  private func unanswered(_ message: String, postponed: Bool = false) -> Finding {
    Finding(diagnostics: [Diagnostic(severity: .warning, plugin: id, message: message)], postponed: postponed ? [id] : [])
  }

  /// Takes over what was quarantined before.
  mutating func quarantine(_ known: [String: String]) { for (revision, reason) in known { quarantine(revision, reason) } }

  private mutating func quarantine(_ revision: String, _ reason: String) {
    if state.quarantined.count >= Supervisor.maximumQuarantine, let oldest = state.quarantined.keys.min() {
      state.quarantined[oldest] = nil
    }
    state.quarantined[revision] = reason
  }

  // MARK: The process

  private enum Unready: Error {
    case later(String)
    case disabled(String)
  }

  /// Sees to it that a process is there to be asked.
  private mutating func ready() -> Result<Void, Unready> {
    switch state.status {
    case .disabled(let reason): return .failure(.disabled(reason))
    case .stopped: return .failure(.later("it has been stopped"))
    case .idle, .running, .waiting: break
    }
    if let session, let problem = session.trouble {
      // It died, or spoke, while nobody had asked it anything: no document's fault, but a failure like any other.
      _ = failed(problem)
      circuit.failed(now: clock.elapsed, sparing: true, chance: chance())
      log(.warning, "ended between documents: \(state.lastError ?? problem.reason)")
    }
    if interrupt.isRaised { return .failure(.later("it has been stopped")) }
    if session != nil { return .success(()) }
    if let left = circuit.refusal(now: clock.elapsed) {
      showPause()
      return .failure(.later("it is left alone for another \(max(1, left.components.seconds)) s after '\(state.lastError ?? "a failure")'"))
    }
    return start()
  }

  private mutating func start() -> Result<Void, Unready> {
    state.starts += 1
    do throws(SessionError) {
      let session = try Session(folder, config: config, interrupt: interrupt, log: logLine(), clock: clock)
      self.session = session
      state.status = .running(pid: session.pid)
      if let announced = session.announced { state.announced = announced }
      return .success(())
    } catch {
      state.failures += 1
      switch error {
      case .mismatch(let reason):
        state.lastError = reason
        state.status = .disabled(reason: reason)
        log(.warning, "disabled until its files change: \(reason)")
        return .failure(.disabled(reason))
      case .failed(let reason, let exit):
        state.lastError = reason
        state.lastExit = exit
        circuit.failed(now: clock.elapsed, sparing: false, chance: chance())
        showPause()
        log(.warning, "did not start: \(reason)")
        return .failure(.later("it did not start: \(reason)"))
      }
    }
  }

  private func logLine() -> (String) -> Void {
    let log = log
    return { log(.info, $0) }
  }

  /// Ends the process after a failure, and finds the best words for it.
  private mutating func failed(_ failure: ChildFailure) -> ChildFailure {
    let reason = session?.end(after: failure) ?? (failure, nil)
    session = nil
    state.failures += 1
    state.lastError = reason.0.reason
    state.lastExit = reason.1 ?? state.lastExit
    state.status = .idle
    return reason.0
  }

  private mutating func end() {
    state.lastExit = session?.shutDown() ?? state.lastExit
    session = nil
    state.status = .idle
  }

  private mutating func showPause() {
    if let until = circuit.openUntil { state.status = .waiting(until: until) }
  }

  // MARK: Between documents

  mutating func probe() {
    switch state.status {
    case .disabled, .stopped: return
    case .idle, .running, .waiting: break
    }
    let hadFailed = circuit.failures > 0
    guard folder.manifest.mode == .stdio, session != nil || hadFailed, case .success = ready(), let session else { return }
    do throws(ChildFailure) {
      try session.ping()
      circuit.succeeded()
    } catch {
      _ = failed(error)
      circuit.failed(now: clock.elapsed, sparing: false, chance: chance())
      showPause()
      log(.warning, "did not answer when asked whether it is well: \(state.lastError ?? error.reason)")
    }
  }

  mutating func stop() {
    end()
    state.status = .stopped
  }
}
