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
        do {
          try relay(request, reach)
        } catch let failure as Failure where failure.status == .notRunning {
          // Without the daemon the whole configuration counts.
          let configuration = try options.load()
          _ = try configuration.openStore()
          let (digest, path) = try DigestOffline(configuration: configuration).build(date?.day, asOf: asOf?.day)
          if json {
            try Terminal.out(Daemon.reporter(configuration).render(digest, as: .json))
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

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let store = try configuration.openStore()
        let day: String
        if let date {
          day = date.day.description
        } else {
          guard let last = try store.lastDigest(before: "9999-12-31") else {
            throw Failure(.noInput, "no digest has been written yet; `bellwether digest build` writes one")
          }
          day = last.day
        }
        guard let row = try store.digest(day: day) else {
          throw Failure(.noInput, "no digest of \(day) has been written; `bellwether digest build --date \(day)` writes it")
        }
        let assembly = try Assembly.load(configuration)
        let digest = try DigestBuilder(
          store: store, calendar: LocalCalendar(zone: configuration.timezone), plugins: assembly.health, follows: assembly.followed,
          names: { assembly.gazetteer.entry($0)?.name }
        ).build(
          row)
        try Terminal.out(Daemon.reporter(configuration).render(digest, as: .text))
      }
    }
  }
}
