import Analysis
import ArgumentParser
import Engine
import Foundation
import Storage

/// Who says so and why: an alert's history keeps both.
struct AlertActionOptions: ParsableArguments {
  @OptionGroup var options: ConfigurationOptions
  @Option(help: "Who says so. Default: your user name.") var author: String?
  @Option(help: "Why, in your own words.") var reason: String?
  @Argument(help: "The alert's id or its beginning.") var id: String

  func send(_ action: AlertAction, verdict: Verdict? = nil) throws {
    let reach = try options.reach()
    var request = ControlRequest(.alert)
    request.action = action.rawValue
    let row = try AlertsCommand.find(id, try reach.configuration.openStore())
    if row.state == .withdrawn {
      return Terminal.say(
        "alert \(row.alert.id.prefix(8)) is withdrawn: nothing it rests on holds any more, so nothing changed; it comes back by itself if it does"
      )
    }
    request.alert = row.alert.fingerprint
    request.author = author ?? ProcessInfo.processInfo.environment["USER"] ?? "unknown"
    request.reason = reason
    request.verdict = verdict?.rawValue
    try relay(request, reach)
  }
}

extension Verdict: ExpressibleByArgument {}

/// What a person thinks of an alert they put aside.
struct VerdictOption: ParsableArguments {
  @Option(name: .customLong("as"), help: "What you think of it: useful, known or false-positive; kept for `rules stats`.")
  var verdict: Verdict?
}

extension AlertsCommand {
  struct Acknowledge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ack",
      abstract: "Known: say no more of an alert until something of weight changes. Needs the running daemon.",
      discussion: "A value or a source that is new, or a higher severity, opens it again, and the reason says which.")
    @OptionGroup var feedback: VerdictOption
    @OptionGroup var action: AlertActionOptions
    func run() throws { try guarded { try action.send(.acknowledge, verdict: feedback.verdict) } }
  }

  struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resolve",
      abstract: "Dealt with: take an alert off the list until something of weight changes. Needs the running daemon.")
    @OptionGroup var feedback: VerdictOption
    @OptionGroup var action: AlertActionOptions
    func run() throws { try guarded { try action.send(.resolve, verdict: feedback.verdict) } }
  }

  struct Reopen: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Put an alert back on the list. Needs the running daemon.")
    @OptionGroup var action: AlertActionOptions
    func run() throws { try guarded { try action.send(.reopen) } }
  }
}
