import Foundation

/// What a verb asks of the running daemon: one line of JSON over a Unix socket, answered by lines of JSON, the last with `done`.
public struct ControlRequest: Codable, Sendable {
  public enum Verb: String, Codable, Sendable { case status, scan, reload, events, digest, alert, silence, judge, ping }

  public var verb: Verb
  /// `digest`: the local date.
  public var day: String?
  /// `digest`: as of this local date.
  public var asOf: String?
  /// `digest`: which; nil: the daily one.
  public var digest: String?
  /// `digest`: make all that are due, and send them.
  public var due: Bool?
  /// `scan`, `reload`: answer when it is done.
  public var wait: Bool?
  /// `scan`: compare the database with the folders.
  public var verify: Bool?
  /// `scan`: carry out deletions that were held back.
  public var acceptDeletions: Bool?
  /// `digest`: print it as JSON.
  public var json: Bool?
  /// `alert`, `judge`: what to do, to what, by whom, why.
  public var action: String?
  public var alert: String?
  /// `judge`: the fact's or the contradiction's id.
  public var fact: String?
  public var contradiction: String?
  public var author: String?
  public var reason: String?
  /// `alert`: what they think of it.
  public var verdict: String?
  /// `silence`: end this one; nil: add one of the rest.
  public var silence: Int64?
  public var matchers: [String]?
  /// Milliseconds since 1970.
  public var startsAt: Int64?
  public var endsAt: Int64?

  public init(_ verb: Verb, day: String? = nil, asOf: String? = nil) {
    self.verb = verb
    self.day = day
    self.asOf = asOf
  }
}

/// One line of an answer.
public struct ControlReply: Codable, Sendable {
  /// A line of data for standard output.
  public var line: String?
  /// Words for standard error.
  public var message: String?
  /// Present in the last line: the exit status of the verb.
  public var done: Int32?

  public init(line: String? = nil, message: String? = nil, done: Int32? = nil) {
    self.line = line
    self.message = message
    self.done = done
  }
}

public enum ControlError: Error, Sendable, CustomStringConvertible {
  case notRunning(path: String)
  case refused(path: String, reason: String)
  case tooLong(path: String)
  case silent(path: String, seconds: Int)

  public var description: String {
    switch self {
    case .notRunning(let path):
      return "no Bellwether is running here: nothing answers at \(path); start it with `bellwether run`, or name its --config"
    case .refused(let path, let reason): return "cannot talk to the running Bellwether at \(path): \(reason)"
    case .silent(let path, let seconds):
      let pid = ControlError.holder(besides: path)
      return
        "the Bellwether at \(path)\(pid.map { " (pid \($0))" } ?? "") has not answered for \(seconds) s: it hangs or was stopped; under systemd the watchdog restarts it, else end it (kill -ABRT \(pid ?? "PID")) and start it again: nothing recorded is lost"
    case .tooLong(let path):
      return "the socket's path is longer than the 107 bytes Linux allows: \(path); name a `state` folder with a shorter path"
    }
  }

  /// The process that holds the lock of the state folder in which the socket lies.
  private static func holder(besides socket: String) -> String? {
    let folder = socket.lastIndex(of: "/").map { socket[..<$0] } ?? "."
    guard let text = try? String(contentsOfFile: "\(folder)/bellwether.lock", encoding: .utf8) else { return nil }
    let pid = text.prefix { $0.isNumber }
    return pid.isEmpty ? nil : String(pid)
  }
}
