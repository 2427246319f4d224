import ArgumentParser
import Configuration
import Dispatch
import Engine
import Glibc

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how the running daemon is doing.",
    discussion: "Exit status: 0 fine, 1 degraded, 3 not running.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object.") var json = false

  func run() throws {
    try guarded {
      var lines: [String] = []
      let status = try options.reach().ask(ControlRequest(.status)) { reply in if let text = reply.line { lines.append(text) } }
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
      try relay(request, try options.reach())
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
      var request = ControlRequest(.reload)
      request.wait = wait
      try relay(request, try options.reach(isQuiet: true))
    }
  }
}

struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Follow what the running daemon does.", discussion: "Ends when the daemon stops, or with Ctrl-C.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line (the only format).") var json = false

  func run() throws {
    try guarded {
      // A reader that has gone (`| head -1`) is noticed at once, not with the next event.
      DispatchQueue.global().async {
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        while poll(&output, 1, -1) < 0, errno == EINTR {}
        if output.revents & Int16(POLLERR | POLLHUP) != 0 { Glibc.exit(ExitStatus.fine.rawValue) }
      }
      do {
        try relay(ControlRequest(.events), try options.reach())
      } catch ControlError.refused(let path, _) where access(path, F_OK) != 0 && errno == ENOENT {
        // A daemon that stops in order takes its socket away; a killed one leaves it.
        Terminal.say("the daemon stopped")
      }
    }
  }
}

/// Asks the daemon and passes its answer on.
func relay(_ request: ControlRequest, _ reach: Reach) throws {
  var failure: (any Error)?
  let status = try reach.ask(request) { reply in
    if let message = reply.message { Terminal.say(message) }
    if let line = reply.line {
      do { try Terminal.out(line: line) } catch { failure = error }
    }
  }
  if let failure { throw failure }
  if status != 0 { throw ExitCode(status) }
}
