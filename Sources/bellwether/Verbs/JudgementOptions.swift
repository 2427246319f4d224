import ArgumentParser
import Engine
import Foundation
import Storage

/// A person's word on a fact or a contradiction, sent to the daemon.
struct JudgementOptions: ParsableArguments {
  enum Target {
    case fact(String)
    case contradiction(String)
  }

  @OptionGroup var options: ConfigurationOptions
  @Option(help: "Who says so. Default: your user name.") var author: String?
  @Option(help: "Why, in your own words.") var reason: String?
  @Argument(help: "Its id or the beginning of it.") var id: String

  func send(_ what: Judgement.What, _ find: (String, Store) throws -> Target) throws {
    let reach = try options.reach()
    var request = ControlRequest(.judge)
    request.action = what.rawValue
    switch try find(id, try reach.configuration.openStore()) {
    case .fact(let id): request.fact = id
    case .contradiction(let id): request.contradiction = id
    }
    request.author = author ?? ProcessInfo.processInfo.environment["USER"] ?? "unknown"
    request.reason = reason
    try relay(request, reach)
  }

  /// The one id that begins so; exit 66 where none or several do.
  static func only(_ found: Set<String>, _ id: String, _ thing: String, _ verb: String) throws -> String {
    guard found.count == 1, let one = found.first else {
      throw Failure(
        .noInput,
        found.isEmpty
          ? "no \(thing) has an id beginning with “\(Printable.line(id))”; `\(verb)` shows them"
          : "\(found.count) of them begin with “\(Printable.line(id))”; give more of the id")
    }
    return one
  }
}
