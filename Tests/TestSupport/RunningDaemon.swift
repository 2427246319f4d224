import Foundation
import Glibc

/// The real daemon, started by hand on folders of its own, with a captured notify socket.
public final class RunningDaemon {
  public let folder: String
  public let notify: NotifySocket
  private var process = Process()

  public var notes: String { "\(folder)/notes" }
  public var output: String { "\(folder)/output" }
  public var state: String { "\(folder)/state" }
  public var configuration: String { "\(folder)/bellwether.yaml" }
  public var log: String { "\(folder)/log" }

  /// Writes a configuration for `folder`; nothing runs yet.
  public init(_ folder: String, extra: String = "", settle: String = "50ms") throws {
    self.folder = folder
    notify = try NotifySocket(path: "\(folder)/notify")
    mkdir("\(folder)/notes", 0o755)
    let text = """
      notes: [{path: \(folder)/notes}]
      output: \(folder)/output
      state: \(folder)/state
      timezone: UTC
      settle: \(settle)
      entities: [\(Command.root)/Examples/entities.yaml]
      \(extra)

      """
    try TestFile.write(text, to: configuration)
  }

  /// Whether it runs in namespaces of its own.
  private var isInside = false

  /// Starts it and waits for `READY=1`.
  /// - Parameters:
  ///   - wrapper: a program with arguments that ends by becoming the daemon (`unshare … sh -c '…; exec "$@"' sh`); by its path.
  ///   - script: run by a shell as root of namespaces of their own, before the daemon: it may mount file systems that only the daemon sees.
  ///   - named: whether the configuration file is named; else the daemon looks for one itself.
  ///   - onMessage: sees what it tells its supervisor until it is ready.
  public func start(
    _ arguments: [String] = [], environment more: [String: String] = [:], wrapper: [String] = [], inside script: String? = nil,
    named: Bool = true, onMessage: (String) -> Void = { _ in }
  ) throws {
    isInside = script != nil
    let namespaces = script.map { ["/usr/bin/unshare", "-Urm", "sh", "-ec", "\($0)\nexec \"$@\"", "sh"] } ?? []
    let command = namespaces + wrapper + [Command.binary, "run"] + (named ? ["--config", configuration] : []) + arguments
    process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.environment = Command.environment.merging(more) { $1 }.merging(["NOTIFY_SOCKET": notify.path]) { $1 }
    let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    for _ in 0..<90 {
      if (try? notify.next(
        within: 1,
        where: { message in
          onMessage(message)
          return message.contains("READY=1")
        })) != nil
      {
        return
      }
      if !process.isRunning { break }
    }
    process.terminate()
    throw SupportError("it did not become ready; the daemon said: \((try? TestFile.text(log)) ?? "nothing")")
  }

  /// Returns when the condition holds; looks again every tenth of a second.
  /// - Throws: after half a minute.
  public func wait(for condition: () throws -> Bool) throws {
    for _ in 0..<300 {
      if try condition() { return }
      usleep(100_000)
    }
    throw SupportError("what was waited for did not come about")
  }

  public var pid: pid_t { process.processIdentifier }
  public var isRunning: Bool { process.isRunning }

  /// Returns when everything present is recorded and delivered.
  public func settle() throws {
    let result = try verb(["scan", "--wait"])
    guard result.status == 0 else { throw SupportError("scan --wait: \(result.status) \(result.errors)") }
  }

  public func verb(_ arguments: [String]) throws -> Command.Result {
    isInside
      ? try inside([Command.binary] + arguments + ["--config", configuration]) : try Command.run(arguments + ["--config", configuration])
  }

  private static func program(_ name: String) -> String {
    ["/usr/bin", "/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first { TestFile.exists($0) } ?? name
  }

  /// Runs a program where the daemon runs.
  public func inside(_ command: [String]) throws -> Command.Result {
    guard isInside else { return try Command.run(Array(command.dropFirst()), program: RunningDaemon.program(command[0])) }
    return try Command.run(
      ["-t", "\(pid)", "-U", "-m", "--preserve-credentials"] + command, program: "/usr/bin/nsenter")
  }

  public func signal(_ number: Int32) { Glibc.kill(process.processIdentifier, number) }

  /// Asks it to stop.
  /// - Returns: its exit status.
  @discardableResult
  public func stop(_ number: Int32 = SIGTERM) -> Int32 {
    if process.isRunning { signal(number) }
    return waitForExit()
  }

  /// A daemon that does not end within a minute is killed, and its test fails by the status.
  public func waitForExit() -> Int32 {
    let pid = process.processIdentifier
    let watchdog = DispatchWorkItem { kill(pid, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    process.waitUntilExit()
    watchdog.cancel()
    return process.terminationStatus
  }

  deinit { if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) } }

  /// Writes a note as an editor does: a temporary file, renamed over the name.
  public func drop(_ name: String, _ text: String) throws {
    try TestFile.write(text, to: "\(notes)/.\(name).tmp")
    guard rename("\(notes)/.\(name).tmp", "\(notes)/\(name)") == 0 else {
      throw SupportError("rename: \(String(cString: strerror(errno)))")
    }
  }

  /// Alert files, Markdown only.
  public var alertFiles: [String] { TestFile.names(in: "\(output)/alerts").filter { $0.hasSuffix(".md") } }

  /// Lines of `alerts.jsonl`, decoded.
  /// - Parameter health: whether those about the daemon itself are among them.
  public func alertLog(health: Bool = false) throws -> [[String: Any]] {
    try allAlertLog().filter { health || $0["category"] as? String != "health" }
  }

  private func allAlertLog() throws -> [[String: Any]] {
    guard TestFile.exists("\(output)/alerts/alerts.jsonl") else { return [] }
    return try TestFile.text("\(output)/alerts/alerts.jsonl").split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }
}
