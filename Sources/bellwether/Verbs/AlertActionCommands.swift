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

  func send(_ action: AlertAction) throws {
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
    try relay(request, reach)
  }
}

extension AlertsCommand {
  struct Acknowledge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ack", abstract: "Known: say no more of an alert until it gets worse. Needs the running daemon.")
    @OptionGroup var action: AlertActionOptions
    func run() throws { try guarded { try action.send(.acknowledge) } }
  }

  struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "resolve", abstract: "Dealt with: take an alert off the list until it gets worse. Needs the running daemon.")
    @OptionGroup var action: AlertActionOptions
    func run() throws { try guarded { try action.send(.resolve) } }
  }

  struct Reopen: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reopen", abstract: "Put an alert back on the list. Needs the running daemon.")
    @OptionGroup var action: AlertActionOptions
    func run() throws { try guarded { try action.send(.reopen) } }
  }
}
