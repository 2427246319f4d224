import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Storage

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Search the text of all notes.",
    discussion: "All words must occur. With --syntax the query is FTS5's: AND, OR, NOT, NEAR, prefix*.")

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Flag(help: "Take the query as FTS5 syntax.") var syntax = false
  @Option(help: "At most this many hits.") var limit = 50
  @Argument(help: "Words.") var query: [String]

  func run() throws {
    try guarded {
      let words = query.joined(separator: " ")
      let store = try options.reach().configuration.openStore()
      let hits: [SearchHit]
      do throws(StoreError) {
        hits = try store.search(syntax ? words : Store.quoted(words), limit: limit)
      } catch {
        // Under --syntax the query is the person's own; what SQLite has against it is theirs to mend.
        guard syntax, case .cannotOpen(_, let reason) = error else { throw error }
        throw Failure(.usage, "not a valid FTS5 query: \(reason)")
      }
      if json {
        var writer = JSONWriter()
        for hit in hits {
          writer.beginObject()
          writer.member("schema", "bellwether.hit/v1")
          writer.member("path", hit.folder + "/" + String(decoding: hit.path, as: UTF8.self))
          writer.member("title", hit.title)
          writer.member("published", hit.published)
          writer.member("snippet", hit.snippet.filter { $0 != "\u{2}" && $0 != "\u{3}" })
          writer.endObject()
          writer.newline()
        }
        return try Terminal.out(writer.bytes)
      }
      guard !hits.isEmpty else { return try Terminal.out(line: "nothing found for “\(Printable.line(words))”") }
      for hit in hits {
        let snippet = hit.snippet.replacing("\u{2}", with: "[").replacing("\u{3}", with: "]")
        try Terminal.out(
          line: "\(Printable.line(hit.folder + "/" + String(decoding: hit.path, as: UTF8.self)))\(hit.published.map { " (\($0))" } ?? "")")
        try Terminal.out(line: "  \(Printable.line(snippet))")
      }
    }
  }
}

extension AlertState: ExpressibleByArgument {
  public static var allValueStrings: [String] { [AlertState.open, .acknowledged, .resolved, .withdrawn, .baseline].map(\.rawValue) }
}

struct AlertsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "List alerts, show one, or explain what became of it.",
    subcommands: [List.self, Show.self, Explain.self, Acknowledge.self, Resolve.self, Reopen.self, RouteCommand.self, SilenceCommand.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List alerts, the most severe first.")
    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "One JSON object a line.") var json = false
    @Option(help: "Only in this state: open, acknowledged, resolved, withdrawn, baseline.") var state: AlertState?

    func run() throws {
      try guarded {
        let rows = try options.reach().configuration.openStore().alerts().filter { state == nil || $0.state == state }
        if json {
          var writer = JSONWriter()
          for row in rows {
            RecordLines.write(row.alert, to: &writer) { writer in
              writer.member("state", row.state.rawValue)
              writer.member("raised_at", LocalCalendar.utc(row.raised))
              writer.member("changed_at", LocalCalendar.utc(row.changed))
            }
          }
          return try Terminal.out(writer.bytes)
        }
        guard !rows.isEmpty else { return try Terminal.out(line: "no alerts") }
        for row in rows.sorted(by: { ($1.alert.severity, $0.raised) < ($0.alert.severity, $1.raised) }) {
          try Terminal.out(
            line: "\(row.alert.id.prefix(8))  \(row.state.rawValue)  \(row.alert.severity.rawValue)  \(Printable.line(row.alert.title))")
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one alert with its evidence.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The alert's id or its beginning.") var id: String

    func run() throws {
      try guarded {
        let row = try find(id, try options.reach().configuration.openStore())
        try Terminal.out(line: "\(row.alert.severity.rawValue.uppercased()): \(Printable.line(row.alert.title))")
        try Terminal.out(
          line:
            "  about \(Printable.line(row.alert.subject.name)), \(row.alert.category), \(row.state.rawValue), rule \(row.alert.plugin)/\(row.alert.rule)"
        )
        for place in row.alert.evidence {
          try Terminal.out(line: "  \(Printable.line(place.path)):\(place.evidence.line): “\(Printable.line(place.evidence.text))”")
        }
      }
    }
  }

  /// The alert whose id begins so; exit 66 where none or several do.
  static func find(_ id: String, _ store: Store) throws -> AlertRow {
    let rows = try store.alerts().filter { $0.alert.id.hasPrefix(id) }
    guard rows.count == 1, let row = rows.first else {
      throw Failure(
        .noInput,
        rows.isEmpty
          ? "no alert has an id beginning with “\(id)”; `bellwether alerts list` shows them"
          : "\(rows.count) alerts have ids beginning with “\(id)”; give more of it")
    }
    return row
  }
}

private func find(_ id: String, _ store: Store) throws -> AlertRow { try AlertsCommand.find(id, store) }
