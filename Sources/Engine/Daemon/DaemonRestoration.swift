import Alerting
import Analysis
import Documents
import Glibc
import Storage

/// Bringing a rebuilt database to where the damaged one was: the notes give the facts and the alerts, what people decided gives the rest.
extension Daemon {
  /// Keeps what a person decided outside of the database, too.
  func keep(_ decision: HumanDecision) {
    do {
      try decisions.append(decision)
      health.clear("decisions")
    } catch {
      let words = "a decision is in force, but could not be kept in \(decisions.path) for the case that the database is damaged: \(error)"
      if health.declare("decisions", words) { journal(JournalEntry(.plain, .warning, words)) }
    }
  }

  /// After the first scan of a new database. Killed in the middle it is done again: what holds already is passed over.
  func restoreDecisions() async {
    guard decisions.isRebuildPending else { return }
    do {
      let kept = try decisions.decisions()
      var count = try await judgeAgain(kept)
      let correlation = box.value.correlation(today: LocalCalendar(zone: box.value.configuration.timezone).day(clock.now))
      count += try silenceAgain(kept, correlation)
      for (fingerprint, standing) in try standings(kept).sorted(by: { $0.key < $1.key }) {
        if try store.restore(alert: fingerprint, standing, now: clock.now, correlation: correlation) != nil { count += 1 }
      }
      for decision in kept {
        if case .alert(let fingerprint, _, let verdict?) = decision.thing {
          try store.restore(verdict: verdict, on: fingerprint, author: decision.author, reason: decision.reason, at: decision.at)
        }
      }
      decisions.rebuilt()
      delivery.wake()
      let words = "after the database was rebuilt, \(count) alerts, silences and corrections stand again as people had left them"
      journal(JournalEntry(.databaseMovedAside, .notice, words))
    } catch {
      journal(JournalEntry(.plain, .warning, "what people had decided could not be restored yet: \(error); the next start tries again"))
    }
  }

  /// What was said of facts and contradictions, in order.
  private func judgeAgain(_ kept: [HumanDecision]) async throws -> Int {
    var count = 0
    for decision in kept {
      let (author, reason) = (decision.author, decision.reason)
      switch decision.thing {
      case .fact(let record, let what):
        let isChanged = try await writer.judge { store, now, correlation throws(StoreError) in
          try store.judge(record, what, author: author, reason: reason, now: now, correlation: correlation)
        }
        count += isChanged ? 1 : 0
      case .contradiction(let contradiction, let what):
        let isChanged = try await writer.judge { store, now, correlation throws(StoreError) in
          try store.judge(contradiction, what, author: author, reason: reason, now: now, correlation: correlation)
        }
        count += isChanged ? 1 : 0
      case .alert, .silence, .expiry: break
      }
    }
    return count
  }

  /// Silences that have not ended.
  private func silenceAgain(_ kept: [HumanDecision], _ correlation: Correlation) throws -> Int {
    let ended = Set(kept.compactMap { if case .expiry(let id) = $0.thing { id } else { nil } })
    let known = try store.silences(at: clock.now, all: true)
    var count = 0
    for decision in kept {
      guard case .silence(let id, let texts, let startsAt, let endsAt) = decision.thing, endsAt > clock.now, !ended.contains(id) else {
        continue
      }
      let silence = Silence(
        id: 0, matchers: try texts.map { try Matcher($0) }, author: decision.author, comment: decision.reason, startsAt: startsAt,
        endsAt: endsAt)
      let isKnown = known.contains { $0.startsAt == startsAt && $0.endsAt == endsAt && $0.matchers.text == silence.matchers.text }
      guard !isKnown else { continue }
      _ = try store.add(silence, now: clock.now, correlation: correlation)
      count += 1
    }
    return count
  }

  /// How each alert stood: by the log of alerts, unless a person has said something since.
  private func standings(_ kept: [HumanDecision]) throws -> [String: Standing] {
    let log = try DecisionLog.standings(log: "\(box.value.configuration.output)/alerts/alerts.jsonl")
    var standings = log.mapValues { Standing(state: $0.state, author: "bellwether", reason: "as before the database was rebuilt") }
    for decision in kept {
      guard case .alert(let fingerprint, let action, _) = decision.thing else { continue }
      // The log is written after the decision; what it says of the same moment is the decision itself.
      if let said = log[fingerprint], said.at > LocalCalendar.utc(decision.at) { continue }
      let state: AlertState =
        switch action {
        case .acknowledge: .acknowledged
        case .resolve: .resolved
        case .reopen: .open
        }
      standings[fingerprint] = Standing(state: state, author: decision.author, reason: decision.reason)
    }
    return standings
  }
}
