import Alerting
import Analysis
import Configuration
import Documents
import Reporting
import Storage

/// Answers to the verbs about alerts, silences and digests.
extension Daemon {
  private var today: CalendarDate { LocalCalendar(zone: box.value.configuration.timezone).day(clock.now) }

  /// A person's word on an alert.
  func act(_ request: ControlRequest, _ connection: ControlConnection) async {
    guard let action = request.action.flatMap({ AlertAction(rawValue: $0) }), let alert = request.alert else {
      return connection.send(ControlReply(message: "the request names no action or no alert", done: ExitStatus.usage.rawValue))
    }
    do {
      let verdict = request.verdict.flatMap(Verdict.init(rawValue:))
      let (author, reason, now) = (request.author ?? "unknown", request.reason ?? request.verdict ?? action.rawValue, clock.now)
      let change = try store.act(
        action, on: alert, verdict: verdict, author: author, reason: reason, now: now, correlation: box.value.correlation(today: today))
      if change != nil || verdict != nil {
        keep(HumanDecision(at: now, author: author, reason: reason, .alert(fingerprint: alert, action: action, verdict: verdict)))
      }
      await delivery.flush()
      await couriers.wake()
      roundSoon()
      let kept = request.verdict.map { "; noted as \($0)" } ?? ""
      connection.send(ControlReply(line: (change.map { "\(alert): \($0.state.rawValue)" } ?? "\(alert): no change") + kept, done: 0))
    } catch {
      connection.send(ControlReply(message: error.description, done: ExitStatus.temporary.rawValue))
    }
  }

  /// Adds a silence, or ends one.
  func silence(_ request: ControlRequest, _ connection: ControlConnection) async {
    let author = request.author ?? "unknown"
    do {
      if let id = request.silence {
        let isEnded = try store.expire(silence: id, by: author, now: clock.now)
        if isEnded { keep(HumanDecision(at: clock.now, author: author, reason: "", .expiry(silence: id))) }
        if isEnded { await round() }
        let words = isEnded ? "silence \(id): ended" : "there is no silence \(id) that has not ended; `bellwether silence list` shows them"
        return connection.send(
          isEnded ? ControlReply(line: words, done: 0) : ControlReply(message: words, done: ExitStatus.noInput.rawValue))
      }
      let silence = Silence(
        id: 0, matchers: try (request.matchers ?? []).map { try Matcher($0) }, author: author, comment: request.reason ?? "",
        startsAt: request.startsAt ?? clock.now, endsAt: request.endsAt ?? clock.now)
      defer { roundSoon() }
      let (added, covered) = try store.add(silence, now: clock.now, correlation: box.value.correlation(today: today))
      let thing = HumanDecision.Thing.silence(
        id: added.id, matchers: added.matchers.map(\.description), startsAt: added.startsAt, endsAt: added.endsAt)
      keep(HumanDecision(at: clock.now, author: author, reason: added.comment, thing))
      let calendar = LocalCalendar(zone: box.value.configuration.timezone)
      let open = covered == 1 ? "1 alert that is open now" : "\(covered) alerts that are open now"
      connection.send(
        ControlReply(
          line: "silence \(added.id): \(added.matchers.text), until \(calendar.timestamp(added.endsAt)); it covers \(open)", done: 0))
    } catch let error as MatcherError {
      connection.send(ControlReply(message: error.description, done: ExitStatus.usage.rawValue))
    } catch {
      connection.send(ControlReply(message: "\(error)", done: ExitStatus.temporary.rawValue))
    }
  }

  func digest(_ request: ControlRequest, _ connection: ControlConnection) async {
    if request.due ?? false {
      let isMade = await digests.makeDue()
      await couriers.wake()
      let failure = health.troubles.first { $0.key == "digest" }?.message
      return connection.send(ControlReply(message: failure, done: isMade ? 0 : ExitStatus.inputOutput.rawValue))
    }
    let id = request.digest ?? DigestRow.daily
    let plan = box.value.configuration.digestPlans.first { $0.id == id }
    let today = plan?.calendar.day(clock.now) ?? today
    let day = request.day.flatMap { CalendarDate(iso8601: $0) } ?? today
    guard day <= today else {
      let words = "there is no digest of \(day) yet: today is \(today)"
      return connection.send(ControlReply(message: words, done: ExitStatus.usage.rawValue))
    }
    do {
      let (digest, path) = try await digests.build(day, of: id, asOf: request.asOf.flatMap { CalendarDate(iso8601: $0) })
      if request.json ?? false {
        let bytes = Daemon.reporter(box.value.configuration).render(digest, as: .json)
        connection.send(ControlReply(line: String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)))
      } else {
        connection.send(ControlReply(line: path))
      }
      connection.send(ControlReply(done: 0))
    } catch let error as SetupError {
      connection.send(ControlReply(message: error.description, done: error.status.rawValue))
    } catch {
      connection.send(ControlReply(message: "the digest of \(day) could not be written: \(error)", done: ExitStatus.inputOutput.rawValue))
    }
  }
}
