import Analysis
import Configuration
import Documents

/// Why a session did not come about.
enum SessionError: Error {
  /// Plugin and host do not speak the same protocol: no use to try again.
  case mismatch(String)
  case failed(String, ProcessExit?)
}

/// One process and the requests made of it: newline-delimited JSON-RPC 2.0, the host as the only requester, one request at a time.
///
/// With `mode: oneshot` there is no `initialize`: the one request is written as a JSON document, and the result is what the process
/// writes up to the end of its output.
final class Session {
  let pid: Int32
  /// "name version" as the plugin announced itself.
  private(set) var announced: String?
  private let child: Child
  private let manifest: PluginManifest
  private let config: JSONValue
  private var lastID = 0

  /// Starts the process and, for `stdio`, waits for its answer to `initialize`.
  init(
    _ folder: PluginFolder, config: JSONValue, interrupt: Interrupt, log: @escaping (String) -> Void, clock: any MonotonicClock
  ) throws(SessionError) {
    manifest = folder.manifest
    self.config = config
    if manifest.protocolVersion != PluginManifest.hostProtocol { throw .mismatch(Session.mismatch(manifest.protocolVersion)) }
    do throws(ChildFailure) {
      child = try Child(Session.launch(folder), interrupt: interrupt, log: Session.limited(log, clock))
    } catch {
      throw .failed(error.reason, nil)
    }
    pid = child.pid
    guard manifest.mode == .stdio else { return }
    do throws(ChildFailure) {
      try initialize()
    } catch {
      let (failure, exit) = end(after: error)
      throw failure.isMismatch ? .mismatch(failure.reason) : .failed(failure.reason, exit)
    }
  }

  private static func launch(_ folder: PluginFolder) throws(ChildFailure) -> Launch {
    let program: String
    switch folder.program {
    case .success(let path): program = path
    case .failure(let refusal): throw ChildFailure(refusal.reason)
    }
    // The environment is made here, not inherited: what the daemon was given is not the plugin's business.
    let environment = [
      "PATH=\(PluginFolder.programDirectories.joined(separator: ":"))", "LANG=C.UTF-8", "TZ=UTC", "HOME=/nonexistent",
      "PYTHONDONTWRITEBYTECODE=1", "BELLWETHER_PLUGIN=\(folder.manifest.id)", "BELLWETHER_PROTOCOL=\(PluginManifest.hostProtocol)",
    ]
    return Launch(
      program: program, arguments: folder.manifest.command, environment: environment, directory: folder.path,
      limits: folder.manifest.limits,
      network: folder.manifest.network)
  }

  private static func limited(_ log: @escaping (String) -> Void, _ clock: any MonotonicClock) -> (String) -> Void {
    var limiter = RateLimiter()
    return { line in
      switch limiter.admit(now: clock.elapsed) {
      case .pass: log(line)
      case .passAfter(let suppressed):
        log("suppressed \(suppressed) lines in the minute before")
        log(line)
      case .hold: break
      }
    }
  }

  private static func mismatch(_ version: Int) -> String {
    "the plugin speaks protocol \(version), this Bellwether speaks protocol \(PluginManifest.hostProtocol); install a matching version of the plugin"
  }

  // MARK: Requests

  private func initialize() throws(ChildFailure) {
    let params = JSONValue.object([
      "protocol": .integer(PluginManifest.hostProtocol), "plugin": .string(manifest.id), "version": .string(manifest.version),
      "config": config,
    ])
    let result = try answer("initialize", params, within: manifest.limits.start).get("initialize")
    guard let version = result["protocol"]?.integerValue else { throw ChildFailure("the answer to 'initialize' has no 'protocol'") }
    guard version == PluginManifest.hostProtocol else { throw ChildFailure(mismatch: Session.mismatch(version)) }
    let words = [result["name"]?.stringValue, result["version"]?.stringValue].compactMap { $0 }
    announced = words.isEmpty ? nil : Printable.escaped(words.joined(separator: " "), limit: 80)
  }

  /// The result, or the error that the plugin answered with.
  /// - Throws: a crash, a deadline, a broken protocol.
  func analyze(_ document: AnnotatedDocument) throws(ChildFailure) -> Result<JSONValue, Refusal> {
    guard String(validating: document.document.text, as: UTF8.self) != nil else {
      return .failure(Refusal("the text is not UTF-8"))
    }
    let message = DocumentMessage.json(document)
    if manifest.mode == .oneshot { return .success(try oneshot(message)) }
    return try answer("analyze", .object(["document": message]), within: manifest.limits.deadline).result
  }

  func ping() throws(ChildFailure) {
    _ = try answer("ping", .object([:]), within: min(manifest.limits.deadline, .seconds(2)))
  }

  private struct Answer {
    var result: Result<JSONValue, Refusal>

    func get(_ method: String) throws(ChildFailure) -> JSONValue {
      switch result {
      case .success(let value): return value
      case .failure(let refusal): throw ChildFailure("it answered '\(method)' with an error: \(refusal.reason)")
      }
    }
  }

  private func answer(_ method: String, _ params: JSONValue, within limit: Duration) throws(ChildFailure) -> Answer {
    lastID += 1
    let id = lastID
    child.send(Session.line(["id": .integer(id), "method": .string(method), "params": params]))
    switch child.nextLine(until: Deadline(in: limit)) {
    case .line(let bytes): return try Session.parse(bytes, id: id)
    case .deadline:
      if let late = try cancel(id) { return late }
      throw ChildFailure("no answer to '\(method)' within \(limit.unitText), nor to its cancellation")
    case .end: throw ChildFailure("it ended before it answered '\(method)'")
    case .tooMuch: throw ChildFailure("more than \(ByteCount.text(manifest.limits.output)) of output for '\(method)'")
    }
  }

  /// Tells the plugin that its time is over, and gives it a moment to answer: with an error, or with the result if it was just done. One
  /// that does stays alive.
  private func cancel(_ id: Int) throws(ChildFailure) -> Answer? {
    child.send(Session.line(["method": .string("$/cancel"), "params": .object(["id": .integer(id)])]))
    guard case .line(let bytes) = child.nextLine(until: Deadline(in: .milliseconds(100))) else { return nil }
    return try Session.parse(bytes, id: id)
  }

  private func oneshot(_ document: JSONValue) throws(ChildFailure) -> JSONValue {
    let deadline = Deadline(in: manifest.limits.deadline)
    let request = JSONValue.object([
      "protocol": .integer(PluginManifest.hostProtocol), "plugin": .string(manifest.id), "config": config, "document": document,
    ])
    child.send(request.utf8 + [0x0A])
    switch child.everything(until: deadline) {
    case .line(let bytes):
      // Its status first: an error message on standard output is no result.
      if let exit = child.terminate(patience: .seconds(1)), exit != .exited(0) { throw ChildFailure("it ended") }
      return try Session.json(bytes)
    case .deadline: throw ChildFailure("no result within \(manifest.limits.deadline.unitText)")
    case .end: throw ChildFailure("it ended without a result")
    case .tooMuch: throw ChildFailure("more than \(ByteCount.text(manifest.limits.output)) of output")
    }
  }

  private static func line(_ members: [String: JSONValue]) -> [UInt8] {
    JSONValue.object(members.merging(["jsonrpc": .string("2.0")]) { _, new in new }).utf8 + [0x0A]
  }

  private static func json(_ bytes: [UInt8]) throws(ChildFailure) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: bytes)
    } catch {
      let start = Printable.escaped(String(decoding: bytes.prefix(80), as: UTF8.self), limit: 80)
      throw ChildFailure("its output is no JSON, \(error): \(start.isEmpty ? "(empty)" : start)")
    }
  }

  private static func parse(_ bytes: [UInt8], id: Int) throws(ChildFailure) -> Answer {
    let message = try json(bytes)
    guard case .object(let members) = message, members["jsonrpc"] == .string("2.0") else {
      throw ChildFailure("a line of its output is no JSON-RPC 2.0 answer: \(Printable.escaped(message.text, limit: 80))")
    }
    guard members["id"]?.integerValue == id else {
      throw ChildFailure("it answered request \(members["id"]?.text ?? "without id") instead of \(id)")
    }
    if let error = members["error"] {
      let text = error["message"]?.stringValue ?? error.text
      return Answer(result: .failure(Refusal(Printable.escaped(text, limit: 200))))
    }
    guard let result = members["result"] else { throw ChildFailure("an answer has neither 'result' nor 'error'") }
    return Answer(result: .success(result))
  }

  // MARK: The end

  /// What is wrong with the process although it was asked nothing; nil: all is well.
  var trouble: ChildFailure? {
    guard manifest.mode == .stdio else { return nil }
    let noise = child.unsolicited()
    if !noise.isEmpty {
      let start = Printable.escaped(String(decoding: noise.prefix(80), as: UTF8.self), limit: 80)
      return ChildFailure("it wrote to standard output without being asked: \(start)")
    }
    return child.hasExited ? ChildFailure("it ended") : nil
  }

  /// Ends the process group after a failure; the failure with the exit status and the last line of standard error where they explain it.
  func end(after failure: ChildFailure) -> (ChildFailure, ProcessExit?) {
    let died = child.diedByItself
    let exit = child.terminate()
    var failure = failure
    if died, let exit { failure.reason += ", \(exit)" }
    if exit == nil { failure.reason += "; its process \(pid) could not be killed" }
    if let words = child.lastWords { failure.reason += "; last words: \(Printable.escaped(words, limit: 200))" }
    return (failure, exit)
  }

  /// Asks it to end, and ends it.
  func shutDown() -> ProcessExit? {
    if manifest.mode == .stdio {
      child.send(Session.line(["id": .integer(lastID + 1), "method": .string("shutdown"), "params": .object([:])]))
      _ = child.nextLine(until: Deadline(in: .milliseconds(500)))
    }
    return child.terminate(patience: .milliseconds(500))
  }
}
