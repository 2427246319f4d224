import ArgumentParser
import Configuration
import Engine

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how the running daemon is doing.",
    discussion: "Exit status: 0 fine, 1 degraded, 3 not running.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    try guarded {
      let client = ControlClient(path: try options.load().socket)
      var lines: [String] = []
      let status = try client.ask(ControlRequest(.status)) { reply in if let text = reply.line { lines.append(text) } }
      // First for machines, then for people.
      if let line = json ? lines.first : lines.last { try Terminal.out(line: line) }
      if status != 0 { throw ExitCode(status) }
    }
  }
}

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Have the daemon look through its folders now.",
    discussion:
      "With --wait it returns when everything present at the call is recorded. With --verify it compares the database with a reading of the tree and prints `identical` or the differences."
  )

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "Return when everything present now is recorded.") var wait = false
  @Flag(help: "Compare the database with the folders.") var verify = false
  @Flag(name: .customLong("accept-deletions"), help: "Carry out deletions that were held back because too many notes vanished at once.")
  var acceptDeletions = false

  func run() throws {
    try guarded {
      var request = ControlRequest(.scan)
      request.wait = wait
      request.verify = verify
      request.acceptDeletions = acceptDeletions
      try relay(request, options)
    }
  }
}

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Have the daemon read its configuration and plugins again.",
    discussion: "Returns when it is in force (0) or was refused (78); refused, the old one stays in force.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "Return when the outcome is known (always so).") var wait = false

  func run() throws {
    try guarded {
      // The file may be broken just now, and that is for the daemon to say: only the socket's place is needed.
      let socket = (try? options.load())?.socket ?? Daemon.socketPath(state: options.stateOfBrokenFile())
      var request = ControlRequest(.reload)
      request.wait = wait
      try relay(request, socket: socket)
    }
  }
}

struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Follow what the running daemon does.", discussion: "Ends when the daemon stops, or with Ctrl-C.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line (the only format).") var json = false

  func run() throws { try guarded { try relay(ControlRequest(.events), options) } }
}

/// Asks the daemon and passes its answer on.
func relay(_ request: ControlRequest, _ options: ConfigurationOptions) throws { try relay(request, socket: try options.load().socket) }

func relay(_ request: ControlRequest, socket: String) throws {
  var failure: (any Error)?
  let status = try ControlClient(path: socket).ask(request) { reply in
    if let message = reply.message { Terminal.say(message) }
    if let line = reply.line {
      do { try Terminal.out(line: line) } catch { failure = error }
    }
  }
  if let failure { throw failure }
  if status != 0 { throw ExitCode(status) }
}
