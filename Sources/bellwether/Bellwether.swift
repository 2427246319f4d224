import ArgumentParser
import Engine
import Glibc

@main
struct Bellwether: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bellwether",
    abstract: "An early-warning daemon for a folder of notes.",
    discussion: """
      Drop articles and notes into a folder. Bellwether reads each one, records what it says as dated, attributed facts, looks for warning patterns \
      and contradictions across everything it has read, writes alerts as they arise and one digest a day. It works offline, never changes a note, \
      and every line it writes leads to the sentence it rests on.

      To try it on a folder without a daemon:   bellwether check ~/Notes
      To keep watch:                            bellwether run
      To see how it is doing:                   bellwether status
      """,
    version: Version.current,
    subcommands: [
      RunCommand.self, CheckCommand.self, DocumentCommand.self, AnnotateCommand.self, DuplicatesCommand.self, StatusCommand.self,
      ScanCommand.self, ReloadCommand.self, WatchCommand.self, EventsCommand.self, AlertsCommand.self, SilenceCommand.self,
      DigestCommand.self,
      BacktestCommand.self,
      FactsCommand.self, EntitiesCommand.self,
      ContradictionsCommand.self, TimelineCommand.self, SeriesCommand.self, SearchCommand.self, EligibleCommand.self, PluginCommand.self,
      RulesCommand.self,
      ConfigCommand.self,
    ])
}

extension Bellwether {
  static func main() {
    let arguments = RawArguments.texts
    let verbs = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    if let first = arguments.first, !first.hasPrefix("-"), !verbs.contains(first) {
      let near = verbs.map { ($0, EditDistance.between($0, first)) }.min { $0.1 < $1.1 }
      let advice = near.flatMap { $0.1 <= 2 ? "; did you mean '\($0.0)'?" : nil } ?? "; `bellwether --help` lists them"
      Terminal.say("there is no verb '\(Printable.line(first))'\(advice)")
      Glibc.exit(ExitStatus.usage.rawValue)
    }
    main(arguments)
  }
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours count one each.
enum EditDistance {
  static func between(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8)
    let b = Array(b.utf8)
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
