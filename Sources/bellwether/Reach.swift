import Configuration
import Engine
import Glibc

/// Where a verb looks for the daemon and its database.
struct Reach {
  var configuration: Configuration
  /// State folders in the order they are tried.
  var states: [String]

  /// Asks the daemon under the first state where one answers.
  /// - Throws: `ControlError`, or a `Failure` naming every socket that was tried.
  func ask(_ request: ControlRequest, onReply: (ControlReply) -> Void) throws -> Int32 {
    let sockets = states.map(Daemon.socketPath)
    for (index, socket) in sockets.enumerated() {
      do {
        return try ControlClient(path: socket).ask(request, onReply: onReply)
      } catch {
        guard case .notRunning = error else { throw error }
        if index + 1 < sockets.count { Terminal.say("nothing answers at \(socket); trying \(sockets[index + 1])") }
      }
    }
    throw Failure(
      .notRunning,
      "no Bellwether is running here: nothing answers at \(sockets.joined(separator: ", nor at ")); start it with `bellwether run`, or name its --config"
    )
  }
}

extension ConfigurationOptions {
  /// The configuration in force, or what can be known of it while its file is broken: the daemon goes on with the one it read before.
  /// - Parameter isQuiet: the daemon is about to say what is wrong with the file.
  func reach(isQuiet: Bool = false) throws -> Reach {
    let file = config ?? Configuration.standardFile()
    // The daemon of the standard place is looked for only by verbs that were not sent elsewhere.
    let standard = file == nil || file == Configuration.standardFile() ? [Configuration().state] : []
    let failure: Failure
    do {
      let configuration = try load()
      return Reach(configuration: configuration, states: Reach.distinct([configuration.state] + standard))
    } catch let error as Failure where error.status == .configuration {
      failure = error
    }
    guard let file, case .success(let text) = Configuration.readText(file, limit: 1 << 20) else { throw failure }
    var states = ConfigurationOptions.states(in: text, of: file)
    if states.isEmpty {
      states = [StatePointer.read(), try? Configuration(yaml: "", file: file).state].compactMap { $0 }
    }
    states = Reach.distinct(states + standard)
    var configuration = Configuration()
    configuration.state = states.first { access(Daemon.databasePath(state: $0), F_OK) == 0 } ?? states.first ?? configuration.state
    configuration.output = "\(configuration.state)/output"
    if !isQuiet {
      Terminal.say("\(failure.description)\nThe file is broken; going on with the state in \(configuration.state)")
    }
    return Reach(configuration: configuration, states: states)
  }

  /// What the `state:` lines of a file that cannot be decoded say, the last first; each is decoded as a file of its own.
  static func states(in text: String, of file: String) -> [String] {
    text.split(whereSeparator: \.isNewline).reversed().compactMap { line in
      let key = line.prefix { $0 != ":" }.filter { !"\"' \t".contains($0) }
      guard key == "state", line.first.map({ !$0.isWhitespace }) == true,
        let decoded = try? Configuration(yaml: "\(line)\n", file: file), decoded.isFromFile("state")
      else { return nil }
      return decoded.state
    }
  }
}

extension Reach {
  static func distinct(_ states: [String]) -> [String] {
    states.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
