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

/// Answers to the verbs; those about alerts and digests are in `DaemonDesk.swift`.
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
    case .silence: await silence(request, connection)
    case .judge: await judge(request, connection)
    case .events:
      let token = hub.subscribe { connection.send(ControlReply(line: $0.json)) }
      connection.onClose { [hub] in hub.unsubscribe(token) }
      connection.send(ControlReply(message: "following; end with Ctrl-C"))
    }
  }

  func scan(_ request: ControlRequest, _ connection: ControlConnection) async {
    let verify = request.verify ?? false
    let isWaiting = request.wait ?? false || verify
    await retryWatching()
    await intake.scan(acceptDeletions: request.acceptDeletions ?? false, countsDrift: isWatched) { [self] in
      Task {
        await self.giveMemoryBackSoon()
        guard isWaiting else { return }
        // Recorded, and what it owes to our own files is paid.
        await self.writer.flush()
        await self.round()
        await self.delivery.flush()
        guard verify else { return connection.send(ControlReply(done: 0)) }
        let lines = await self.verify()
        for line in lines { connection.send(ControlReply(line: line)) }
        connection.send(ControlReply(line: lines.isEmpty ? "identical" : nil, done: lines.isEmpty ? 0 : ExitStatus.found.rawValue))
      }
    }
    if !isWaiting { connection.send(ControlReply(message: "the folders are being looked through", done: 0)) }
  }

  /// Compares the database with a reading of the folders from scratch.
  /// Off the daemon's own queue, where the watchdog's beat lives: a walk may take its time.
  func verify() async -> [String] {
    let verifier = Verifier(assembly: box.value, store: lookups)
    return await Task.detached { verifier.differences() }.value
  }
}
