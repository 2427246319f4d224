import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Storage

struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts", abstract: "List the facts that hold, with their evidence; dismiss those that are wrong.",
    subcommands: [List.self, Dismiss.self, Restore.self, Dismissed.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the facts that hold, with their evidence.")
    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "One JSON object a line.") var json = false
    @Flag(help: "A table for a spreadsheet (RFC 4180); what could be taken for a formula begins with an apostrophe.") var csv = false
    @Flag(help: "Begin every fact with its id, which `facts dismiss` takes.") var ids = false
    @Option(help: "Only this kind, such as layoff.") var kind: String?
    @Option(help: "Only about this entity: its id, such as northwind-labs, its name or an alias.") var subject: String?

    func validate() throws {
      if json, csv { throw ValidationError("--json and --csv exclude each other; choose one") }
    }

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let id = subject.map { EntityNames.id(of: $0, configuration) }
        let records = try configuration.openStore().facts(kind: kind, subject: id)
        if json { return try Terminal.out(Records.lines(records, Finding())) }
        if csv { return try Terminal.out(Array(FactsCSV.text(records).utf8)) }
        let text = ids ? records.map { "\($0.fact.id)  " + Records.text([$0]) }.joined() : Records.text(records)
        try Terminal.out(Array((text.isEmpty ? "no facts\n" : text).utf8))
      }
    }
  }

  struct Dismiss: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Call a fact wrong: it and whatever says the same is gone from lists, alerts and digests, however often notes are read again.",
      discussion: "A fact is known by its kind, its subjects and the words of its evidence. Needs the running daemon.")
    @OptionGroup var judgement: JudgementOptions
    func run() throws { try guarded { try judgement.send(.dismissed) { try FactsCommand.find($0, $1) } } }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a dismissal back. Needs the running daemon.")
    @OptionGroup var judgement: JudgementOptions

    func run() throws {
      try guarded {
        try judgement.send(.restored) { id, store in
          let found = Set(try store.standingJudgements(.fact).values.filter { $0.what == .dismissed }.compactMap { $0.fact?.fact.id })
          return .fact(try JudgementOptions.only(found.filter { $0.hasPrefix(id) }, id, "dismissed fact", "bellwether facts dismissed"))
        }
      }
    }
  }

  struct Dismissed: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the facts that were dismissed, by whom and why.")
    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "As entries for the file named under `corrections`, where they outlive the database.") var yaml = false

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let calendar = LocalCalendar(zone: configuration.timezone)
        let standing = try configuration.openStore().standingJudgements(.fact).values.filter { $0.what == .dismissed }
        let judgements = standing.sorted { ($0.at, $0.key) < ($1.at, $1.key) }
        if yaml { return try Terminal.out(Array(DismissedText.yaml(judgements).utf8)) }
        if judgements.isEmpty { return try Terminal.out(line: "no fact was dismissed") }
        for judgement in judgements {
          guard let record = judgement.fact else { continue }
          let who = record.fact.subject.map(\.name).joined(separator: ", ")
          let name = record.fact.id.isEmpty ? judgement.key : record.fact.id
          try Terminal.out(line: "\(name)  \(record.fact.kind)  \(Printable.line(who))")
          try Terminal.out(
            line: "  \(calendar.timestamp(judgement.at)), by \(Printable.line(judgement.author)): \(Printable.line(judgement.reason))")
          for evidence in record.fact.evidence {
            let place = record.path.isEmpty ? "" : "\(Printable.line(record.path)):\(evidence.line): "
            try Terminal.out(line: "  \(place)“\(Printable.line(evidence.text))”")
          }
        }
      }
    }
  }

  /// The fact whose id begins so.
  static func find(_ id: String, _ store: Store) throws -> JudgementOptions.Target {
    let found = Set(try store.facts().map(\.fact.id).filter { $0.hasPrefix(id) })
    return .fact(try JudgementOptions.only(found, id, "fact", "bellwether facts --ids"))
  }
}

private enum DismissedText {
  static func yaml(_ judgements: [Judgement]) -> String {
    let entries = judgements.compactMap { judgement -> String? in
      guard let fact = judgement.fact?.fact else { return nil }
      let subject = fact.subject.map { quoted($0.id) }.joined(separator: ", ")
      let text = fact.evidence.map(\.text).joined(separator: "\n").split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return "  - {kind: \(quoted(fact.kind)), subject: [\(subject)], text: \(quoted(text)), reason: \(quoted(judgement.reason))}\n"
    }
    return entries.isEmpty ? "facts: []\n" : "facts:\n" + entries.joined()
  }

  /// As JSON writes it, which YAML reads.
  private static func quoted(_ text: String) -> String { JSONValue.string(text).text }
}
