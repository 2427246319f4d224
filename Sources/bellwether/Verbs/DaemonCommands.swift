import ArgumentParser
import Configuration
import Dispatch
import Engine
import Foundation
import Glibc

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how the running daemon is doing.",
    discussion: "Exit status: 0 fine, 1 degraded, 3 not running. With --follow it ends when the daemon does, or with Ctrl-C.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object.") var json = false
  @Flag(help: "Look every second: a live view in a terminal, elsewhere a line whenever something has changed.") var follow = false

  func run() throws {
    try guarded {
      let reach = try options.reach()
      guard !follow else { return try watch(reach) }
      let (lines, status) = try ask(reach)
      // First for machines, then for people.
      if let line = json ? lines.first : lines.last { try Terminal.out(line: line) }
      if status != 0 { throw ExitCode(status) }
    }
  }

  private func ask(_ reach: Reach) throws -> (lines: [String], status: Int32) {
    var lines: [String] = []
    let status = try reach.ask(ControlRequest(.status)) { reply in if let text = reply.line { lines.append(text) } }
    return (lines, status)
  }

  private func watch(_ reach: Reach) throws {
    let isTerminal = isatty(STDOUT_FILENO) == 1 && !json
    var progress = ReadingProgress()
    var shown = ""
    var hasSeen = false
    while true {
      let lines: [String]
      do {
        lines = try ask(reach).lines
      } catch let error where hasSeen {
        if case ControlError.silent = error { throw error }
        if error is ControlError || (error as? Failure)?.status == .notRunning { return Terminal.say("the daemon stopped") }
        throw error
      }
      hasSeen = true
      guard let line = lines.first, let status = StatusSnapshot(json: line) else {
        throw Failure(.unavailable, "the daemon's answer is not one this verb knows; are both of one version?")
      }
      progress.take(status, now: SystemClock().elapsed)
      let view = StatusView.lines(status, progress).map { Printable.line($0) }.joined(separator: "\n")
      if isTerminal {
        // Home, each line anew, and nothing below: no flicker.
        try Terminal.out(Array(("\u{1B}[H" + view.replacing("\n", with: "\u{1B}[K\n") + "\u{1B}[K\n\u{1B}[J").utf8))
      } else if json ? line != shown : view != shown {
        try Terminal.out(line: json ? line : view)
      }
      shown = json ? line : view
      sleep(1)
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
      let reach = try options.reach()
      let progress = wait || verify ? ReadingWatch(reach) : nil
      defer { progress?.end() }
      try relay(request, reach)
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
