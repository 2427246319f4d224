import ArgumentParser

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
      ScanCommand.self, ReloadCommand.self, WatchCommand.self, EventsCommand.self, AlertsCommand.self, DigestCommand.self,
      BacktestCommand.self,
      FactsCommand.self,
      ContradictionsCommand.self, TimelineCommand.self, SearchCommand.self, EligibleCommand.self, PluginCommand.self, RulesCommand.self,
      ConfigCommand.self,
    ])
}
