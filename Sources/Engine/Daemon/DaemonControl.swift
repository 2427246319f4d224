import Analysis
import Configuration
import Dispatch
import Documents
import FileWatching
import Glibc
import Intake
import Reporting
import Storage
import Synchronization

/// Answers to the verbs.
extension Daemon {
  func startControl() async throws(SetupError) {
    let server = ControlServer(path: Daemon.socketPath(state: box.value.configuration.state)) { [weak self] request, connection in
      guard let self else { return }
      Task { await self.answer(request, connection) }
    }
    do { try await server.start() } catch { throw SetupError(.inputOutput, error.description) }
    control = server
  }

  func answer(_ request: ControlRequest, _ connection: ControlConnection) async {
    switch request.verb {
    case .ping: connection.send(ControlReply(done: 0))
    case .status:
      let report = await report()
      connection.send(ControlReply(line: report.json, message: nil))
      connection.send(ControlReply(line: report.words, done: report.troubles.isEmpty ? 0 : ExitStatus.found.rawValue))
    case .scan: await scan(request, connection)
    case .reload: connection.send(await reload())
    case .digest: await digest(request, connection)
    case .alert: await act(request, connection)
    case .events:
      let token = hub.subscribe { connection.send(ControlReply(line: $0.json)) }
      connection.onClose { [hub] in hub.unsubscribe(token) }
      connection.send(ControlReply(message: "following; end with Ctrl-C"))
    }
  }

  func scan(_ request: ControlRequest, _ connection: ControlConnection) async {
    let verify = request.verify ?? false
    let isWaiting = request.wait ?? false || verify
    await intake.scan(acceptDeletions: request.acceptDeletions ?? false) { [self] in
      guard isWaiting else { return }
      Task {
        // Recorded, and what it owes to our own files is paid.
        await self.writer.flush()
        await self.delivery.flush()
        guard verify else { return connection.send(ControlReply(done: 0)) }
        let lines = await self.verify()
        for line in lines { connection.send(ControlReply(line: line)) }
        connection.send(ControlReply(line: lines.isEmpty ? "identical" : nil, done: lines.isEmpty ? 0 : ExitStatus.found.rawValue))
      }
    }
    if !isWaiting { connection.send(ControlReply(message: "the folders are being looked through", done: 0)) }
  }

  /// A person's word on an alert.
  func act(_ request: ControlRequest, _ connection: ControlConnection) async {
    guard let action = request.action.flatMap({ AlertAction(rawValue: $0) }), let alert = request.alert else {
      return connection.send(ControlReply(message: "the request names no action or no alert", done: ExitStatus.usage.rawValue))
    }
    do {
      let today = LocalCalendar(zone: box.value.configuration.timezone).day(clock.now).description
      let change = try store.act(
        action, on: alert, author: request.author ?? "unknown", reason: request.reason ?? action.rawValue, now: clock.now, today: today)
      await delivery.flush()
      connection.send(ControlReply(line: change.map { "\(alert): \($0.state.rawValue)" } ?? "\(alert): no change", done: 0))
    } catch {
      connection.send(ControlReply(message: error.description, done: ExitStatus.temporary.rawValue))
    }
  }

  /// Compares the database with a reading of the folders from scratch.
  /// Off the daemon's own queue, where the watchdog's beat lives: a walk may take its time.
  func verify() async -> [String] {
    let verifier = Verifier(assembly: box.value, store: lookups)
    return await Task.detached { verifier.differences() }.value
  }

  func digest(_ request: ControlRequest, _ connection: ControlConnection) async {
    let calendar = LocalCalendar(zone: box.value.configuration.timezone)
    let today = calendar.day(clock.now)
    let day = request.day.flatMap { CalendarDate(iso8601: $0) } ?? today
    guard day <= today else {
      let words = "there is no digest of \(day) yet: today is \(today)"
      return connection.send(ControlReply(message: words, done: ExitStatus.usage.rawValue))
    }
    do {
      let digest = try await digests.build(day, asOf: request.asOf.flatMap { CalendarDate(iso8601: $0) })
      if request.json ?? false {
        let bytes = Daemon.reporter(box.value.configuration).render(digest, as: .json)
        connection.send(ControlReply(line: String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)))
      } else {
        connection.send(ControlReply(line: "\(box.value.configuration.output)/digests/\(day).md"))
      }
      connection.send(ControlReply(done: 0))
    } catch {
      connection.send(ControlReply(message: "the digest of \(day) could not be written: \(error)", done: ExitStatus.inputOutput.rawValue))
    }
  }
}
