import ArgumentParser
import Configuration
import Dispatch
import Documents
import Engine
import Glibc
import Reporting
import Storage
import Synchronization

enum Version {
  static let current = "0.1.0"
}

/// `--config`, shared by every verb that needs to know folders or plugins.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Configuration file.",
      discussion: "Default: ~/.config/bellwether/bellwether.yaml; for root also /etc/bellwether/bellwether.yaml; else the defaults.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  /// The configuration in force, or exit 78 with everything that is wrong with it.
  /// - Parameter isDaemon: the daemon's state is where its own environment says; a verb follows the daemon to it.
  func load(isDaemon: Bool = false) throws -> Configuration {
    var configuration: Configuration
    do {
      configuration = if let file = config ?? Configuration.standardFile() { try Configuration.load(file) } else { Configuration() }
    } catch {
      throw Failure(.configuration, error.description)
    }
    if !isDaemon, let state = StatePointer.read(), !configuration.isFromFile("state") {
      if !configuration.isFromFile("output") { configuration.output = "\(state)/output" }
      configuration.state = state
    }
    return configuration
  }
}

extension Configuration {
  func isFromFile(_ key: String) -> Bool {
    if case .file? = origins[key] { return true }
    return false
  }
}

/// Where a user's service keeps its state differs between versions of systemd, and only the service is told: it leaves a note in the runtime
/// directory, which the same user's verbs read.
enum StatePointer {
  static func write(_ state: String) {
    guard let directory = getenv("RUNTIME_DIRECTORY").map({ String(cString: $0) }), !directory.contains(":") else { return }
    _ = try? AtomicFile.write(Array(state.utf8), to: "\(directory)/state", mode: 0o600)
  }

  static func read() -> String? {
    guard let directory = getenv("XDG_RUNTIME_DIR").map({ String(cString: $0) }),
      case .success(let text) = Configuration.readText("\(directory)/bellwether/state", limit: 4096), text.hasPrefix("/")
    else { return nil }
    return text
  }
}

/// An error whose words go to standard error as they are, with the exit status of the contract.
struct Failure: Error, CustomStringConvertible {
  var status: ExitStatus
  var description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }

  init(_ error: SetupError) { self.init(error.status, error.description) }

  init(_ error: StoreError) {
    switch error {
    case .newerSchema: self.init(.configuration, error.description)
    case .locked: self.init(.temporary, error.description)
    case .volume: self.init(.inputOutput, error.description)
    case .cannotOpen: self.init(.noInput, error.description)
    default: self.init(.badData, error.description)
    }
  }
}

enum AbsolutePath {
  /// Against the working directory, links in the folder part resolved where it exists.
  static func of(_ path: String) -> String {
    var absolute = path
    if !path.hasPrefix("/"), let directory = getcwd(nil, 0) {
      absolute = String(cString: directory) + "/" + path
      free(directory)
    }
    let name = absolute.split(separator: "/").last.map(String.init) ?? ""
    let folder = absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? "/"
    guard let resolved = realpath(folder.isEmpty ? "/" : folder, nil) else { return absolute }
    defer { free(resolved) }
    let base = String(cString: resolved)
    return base == "/" ? "/\(name)" : "\(base)/\(name)"
  }
}

enum Terminal {
  static func out(_ bytes: [UInt8]) throws { try write(bytes, to: STDOUT_FILENO) }
  static func out(line: String) throws { try out(Array(line.utf8) + [0x0A]) }

  /// Words for the person; never fails.
  static func say(_ words: String) { try? write(Array("bellwether: \(words)\n".utf8), to: STDERR_FILENO) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    ProgressLine.wipe()
    var at = 0
    while at < bytes.count {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + at, bytes.count - at) }
      if count < 0, errno == EINTR { continue }
      // The reader has gone (`| head`): nothing more is wanted.
      if count < 0, errno == EPIPE { throw ExitCode(0) }
      guard count >= 0 else { throw ExitCode(ExitStatus.inputOutput.rawValue) }
      at += count
    }
  }
}

extension ParsableCommand {
  /// Runs a verb's body and turns errors into words and exit statuses.
  func guarded(_ body: () throws -> Void) throws {
    signal(SIGPIPE, SIG_IGN)
    do {
      try body()
    } catch let failure as Failure {
      Terminal.say(failure.description)
      throw ExitCode(failure.status.rawValue)
    } catch let error as SetupError {
      Terminal.say(error.description)
      throw ExitCode(error.status.rawValue)
    } catch let error as StoreError {
      let failure = Failure(error)
      Terminal.say(failure.description)
      throw ExitCode(failure.status.rawValue)
    } catch let error as ControlError {
      Terminal.say(error.description)
      if case .notRunning = error { throw ExitCode(ExitStatus.notRunning.rawValue) }
      if case .refused(_, let reason) = error, reason == String(cString: strerror(EACCES)) {
        throw ExitCode(ExitStatus.permission.rawValue)
      }
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
  }
}

extension Configuration {
  /// The database, opened for reading; exit 66 where the daemon has never run.
  func openStore() throws -> Store {
    let path = "\(state)/bellwether.sqlite"
    guard access(path, F_OK) == 0 else {
      if errno == EACCES {
        throw Failure(.permission, "cannot open the database \(path): Permission denied; run this as the daemon's user")
      }
      throw Failure(.noInput, "nothing is recorded yet: there is no database at \(path); start `bellwether run`, or name its --config")
    }
    guard access(path, R_OK) == 0 else {
      throw Failure(.permission, "cannot read the database \(path): \(String(cString: strerror(errno))); run this as the daemon's user")
    }
    return try Store(reading: path)
  }

  var socket: String { Daemon.socketPath(state: state) }
}

/// A date argument, `YYYY-MM-DD`.
struct DateArgument: ExpressibleByArgument {
  var day: CalendarDate
  init?(argument: String) {
    guard let day = CalendarDate(iso8601: argument) else { return nil }
    self.day = day
  }
}

/// "1 alert", "2 alerts".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// Runs what is asynchronous to its end, for a verb that is not.
func wait<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<Result<Value, any Error>?>(nil)
  Task {
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    result.withLock { $0 = outcome }
    done.signal()
  }
  done.wait()
  guard let outcome = result.withLock({ $0 }) else { throw Failure(.bug, "an answer was promised and did not come; please report it") }
  return try outcome.get()
}
