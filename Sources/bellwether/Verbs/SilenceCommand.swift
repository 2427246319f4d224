import Alerting
import ArgumentParser
import Configuration
import Documents
import Engine
import Foundation
import Storage

struct SilenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Have certain alerts not told for a while.",
    discussion: """
      A silence holds back notifications, not alerts: those are raised, written and listed as ever. Who was told of an alert is told of its end. \
      What is still open when the silence ends is told then.
      """,
    subcommands: [Add.self, List.self, Expire.self], defaultSubcommand: List.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add a silence. Needs the running daemon.",
      discussion: """
        Conditions: label=value, label!=value, severity>=warning; * stands for anything, | separates alternatives. All must hold. \
        Labels are severity, category, subject, plugin, rule, id and the rule's own, which `alerts explain` shows.
        """)
    @OptionGroup var options: ConfigurationOptions
    @Option(name: .customLong("for"), help: "How long: 30m, 2h, 7d.") var length: LengthArgument
    @Option(help: "Why.") var comment: String
    @Option(help: "Who says so. Default: your user name.") var author: String?
    @Option(name: .customLong("in"), help: "Begin after so long: 30m, 2h.") var start: LengthArgument?
    @Argument(help: "Conditions, such as category=layoff.") var conditions: [String]

    func run() throws {
      try guarded {
        for condition in conditions {
          do { _ = try Matcher(condition) } catch { throw Failure(.usage, Printable.line("\(error)")) }
        }
        let now = SystemClock().now
        var request = ControlRequest(.silence)
        request.matchers = conditions
        request.author = author ?? ProcessInfo.processInfo.environment["USER"] ?? "unknown"
        request.reason = comment
        request.startsAt = now + (start?.milliseconds ?? 0)
        request.endsAt = now + (start?.milliseconds ?? 0) + length.milliseconds
        try relay(request, try options.reach())
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the silences that have not ended.")
    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Also those that have ended.") var all = false
    @Flag(help: "One JSON object a line.") var json = false

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let now = SystemClock().now
        let silences = try configuration.openStore().silences(at: now, all: all)
        if json {
          var writer = JSONWriter()
          for silence in silences {
            writer.beginObject()
            writer.member("schema", "bellwether.silence/v1")
            writer.member("id", Int(silence.id))
            writer.member("state", silence.state(at: now).rawValue)
            writer.member("matchers", silence.matchers.map(\.description))
            writer.member("author", silence.author)
            writer.member("comment", silence.comment)
            writer.member("starts_at", LocalCalendar.utc(silence.startsAt))
            writer.member("ends_at", LocalCalendar.utc(silence.endsAt))
            writer.endObject()
            writer.newline()
          }
          return try Terminal.out(writer.bytes)
        }
        guard !silences.isEmpty else { return try Terminal.out(line: "no silences") }
        let calendar = LocalCalendar(zone: configuration.timezone)
        for silence in silences {
          let times = "\(calendar.timestamp(silence.startsAt)) to \(calendar.timestamp(silence.endsAt))"
          try Terminal.out(
            line:
              "\(silence.id)  \(silence.state(at: now).rawValue)  \(Printable.line(silence.matchers.text))  \(times)  \(Printable.line(silence.author)): \(Printable.line(silence.comment))"
          )
        }
      }
    }
  }

  struct Expire: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End a silence now. Needs the running daemon.")
    @OptionGroup var options: ConfigurationOptions
    @Option(help: "Who says so. Default: your user name.") var author: String?
    @Argument(help: "The silence's number.") var id: Int64

    func run() throws {
      try guarded {
        var request = ControlRequest(.silence)
        request.silence = id
        request.author = author ?? ProcessInfo.processInfo.environment["USER"] ?? "unknown"
        try relay(request, try options.reach())
      }
    }
  }
}

/// A length of time on the command line: `2h`.
struct LengthArgument: ExpressibleByArgument {
  var milliseconds: Int64

  init?(argument: String) {
    guard let length = Duration(unitText: argument), length > .zero, length < .seconds(366 * 86_400) else { return nil }
    milliseconds = length.inMilliseconds
  }
}
