import Analysis
import Configuration
import Glibc

/// One way out; called on a sink's own queue, may block until its deadline.
public protocol Transport: Sendable {
  /// - Throws: why it did not go out; it is tried again.
  func send(_ notification: Notification) throws(DeliveryFailure)
}

extension Configuration.Sink {
  /// The way out that the configuration names.
  func transport(environment: [String: String]) -> any Transport {
    switch kind {
    case .mail(let from, let sendmail):
      return MailTransport(sendmail: sendmail, from: from, timeout: timeout, environment: environment)
    case .command(let words):
      return CommandTransport(words: words, secret: secret, timeout: timeout, environment: environment)
    case .webhook(let url):
      return WebhookTransport(url: url, secret: secret, timeout: timeout, environment: environment)
    }
  }
}

extension Configuration.Sink.Secret {
  func path(_ environment: [String: String]) throws(DeliveryFailure) -> String {
    switch self {
    case .file(let path): return path
    case .credential(let name):
      guard let directory = environment["CREDENTIALS_DIRECTORY"], directory.hasPrefix("/") else {
        throw DeliveryFailure(
          "the credential '\(name)' is not there: $CREDENTIALS_DIRECTORY is not set; add LoadCredential=\(name):PATH to the unit")
      }
      return "\(directory)/\(name)"
    }
  }

  /// Its text without the line's end.
  func read(_ environment: [String: String]) throws(DeliveryFailure) -> String {
    let path = try path(environment)
    guard case .success(let text) = Configuration.readText(path, limit: 16_384) else {
      throw DeliveryFailure(
        "the secret \(path) cannot be read: \(String(cString: strerror(errno))); check that the file is there and the daemon's user may read it"
      )
    }
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard !line.isEmpty else { throw DeliveryFailure("the secret \(path) is empty") }
    return line
  }
}

/// What of the daemon's environment a sink's program may see.
enum SinkEnvironment {
  private static let passed = [
    "PATH", "HOME", "USER", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "https_proxy", "http_proxy",
    "no_proxy",
  ]

  static func make(_ all: [String: String], _ more: [String: String] = [:]) -> [String: String] {
    var out = all.filter { passed.contains($0.key) }
    if out["PATH"] == nil { out["PATH"] = "/usr/local/bin:/usr/bin:/bin" }
    out["LANG"] = "C.UTF-8"
    return out.merging(more) { $1 }
  }
}

struct MailTransport: Transport {
  var sendmail: String
  var from: String?
  var timeout: Duration
  var environment: [String: String]

  func send(_ notification: Notification) throws(DeliveryFailure) {
    // The recipient stands on the command line, behind `--`: what a note says can add none.
    let words = [sendmail, "-i"] + (from.map { ["-f", $0] } ?? []) + ["--", notification.recipient]
    try ChildRun(
      words: words, environment: SinkEnvironment.make(environment), input: MailMessage.render(notification, from: from), timeout: timeout
    ).run()
  }
}

struct CommandTransport: Transport {
  var words: [String]
  var secret: Configuration.Sink.Secret?
  var timeout: Duration
  var environment: [String: String]

  func send(_ notification: Notification) throws(DeliveryFailure) {
    var more = [
      "BELLWETHER_KEY": notification.key, "BELLWETHER_KIND": notification.kind.rawValue,
      "BELLWETHER_SUBJECT": Printable.escaped(notification.subject, limit: 300), "BELLWETHER_RECIPIENT": notification.recipient,
      "BELLWETHER_SEVERITY": notification.severity?.rawValue ?? "",
    ]
    if let secret { more["BELLWETHER_SECRET_FILE"] = try secret.path(environment) }
    try ChildRun(words: words, environment: SinkEnvironment.make(environment, more), input: notification.json, timeout: timeout).run()
  }
}

/// `POST` through curl, the tool for it that every distribution keeps well. Address, secret and body go in by standard input, so that no
/// process list shows them.
struct WebhookTransport: Transport {
  var url: String
  var secret: Configuration.Sink.Secret?
  var timeout: Duration
  var environment: [String: String]

  func send(_ notification: Notification) throws(DeliveryFailure) {
    var lines = [
      "url = \(quoted(url))", "header = \"Content-Type: application/json\"", "header = \"Idempotency-Key: \(notification.key)\"",
      "header = \"User-Agent: Bellwether\"",  // A line of curl's configuration has its limits, a file has none.
      "data-binary = \"@/dev/fd/3\"",
    ]
    if let secret { lines.append("header = \(quoted("Authorization: Bearer \(try secret.read(environment))"))") }
    let seconds = max(1, timeout.inMilliseconds / 1000)
    let words = [
      // -q comes first: no configuration but ours.
      "curl", "-q", "--config", "-", "--silent", "--show-error", "--fail", "--proto", "=https,http", "--max-redirs", "0", "--max-time",
      "\(seconds)", "--output", "/dev/null",
    ]
    try ChildRun(
      words: words, environment: SinkEnvironment.make(environment), input: Array((lines.joined(separator: "\n") + "\n").utf8),
      attachment: notification.json, timeout: .milliseconds(seconds * 1000 + 2000)
    ).run()
  }

  /// A quoted text of curl's configuration.
  private func quoted(_ text: String) -> String {
    var out = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default: out.unicodeScalars.append(character)
      }
    }
    return out + "\""
  }
}
