import ArgumentParser
import Configuration
import Documents
import Engine
import Glibc
import Language
import Reporting
import Storage

struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Build a digest, or show the latest.", subcommands: [Build.self, Show.self],
    defaultSubcommand: Show.self)

  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Build the digest of a date and write it to the output folder.",
      discussion: "Through the running daemon where there is one. Prints the path of what was written, or with --json the digest itself.")
    @OptionGroup var options: ConfigurationOptions
    @Option(help: "The local date, YYYY-MM-DD. Default: today.") var date: DateArgument?
    @Option(help: "Which of the configured digests. Default: the daily one.") var digest = DigestRow.daily
    @Flag(help: "Write every digest that is due and not yet written, and send it to its sinks: for a timer.") var due = false
    @Option(name: .customLong("as-of"), help: "Judge by this day, YYYY-MM-DD.") var asOf: DateArgument?
    @Flag(help: "Print the digest as one JSON object.") var json = false

    func run() throws {
      try guarded {
        let reach = try options.reach()
        let today = LocalCalendar(zone: reach.configuration.timezone).day(SystemClock().now)
        if let day = date?.day, day > today {
          throw Failure(.usage, "--date \(day) lies in the future; today is \(today), and a digest is of a day that has begun")
        }
        var request = ControlRequest(.digest)
        request.day = date?.day.description
        request.asOf = asOf?.day.description
        request.json = json
        request.digest = digest
        request.due = due
        do {
          try relay(request, reach)
        } catch let failure as Failure where failure.status == .notRunning {
          // Without the daemon the whole configuration counts.
          let configuration = try options.load()
          _ = try configuration.openStore()
          let offline = DigestOffline(configuration: configuration)
          guard !due else {
            for path in try wait({ try await offline.makeDue() }) { try Terminal.out(line: path) }
            return
          }
          let (built, path) = try offline.build(digest, date?.day, asOf: asOf?.day)
          if json {
            try Terminal.out(Daemon.reporter(configuration).render(built, as: .json))
          } else {
            try Terminal.out(line: path)
          }
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the digest of a date, or the latest one, as plain text.")
    @OptionGroup var options: ConfigurationOptions
    @Option(help: "The local date, YYYY-MM-DD. Default: the latest.") var date: DateArgument?
    @Option(help: "Which of the configured digests. Default: the daily one.") var digest = DigestRow.daily

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let store = try configuration.openStore()
        let flag = digest == DigestRow.daily ? "" : " --digest \(digest)"
        let day: String
        if let date {
          day = date.day.description
        } else {
          guard let last = try store.lastDigest(digest, before: "9999-12-31") else {
            throw Failure(.noInput, "no digest has been written yet; `bellwether digest build\(flag)` writes one")
          }
          day = last.day
        }
        guard let row = try store.digest(digest, day: day) else {
          throw Failure(
            .noInput, "no digest of \(day) has been written; `bellwether digest build\(flag) --date \(day)` writes it")
        }
        let built = try DigestWriter(try Assembly.load(configuration, isForReading: false), store: store).build(row)
        try Terminal.out(Daemon.reporter(configuration).render(built, as: .text))
      }
    }
  }
}
