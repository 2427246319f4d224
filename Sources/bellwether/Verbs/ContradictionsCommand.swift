import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Storage

struct ContradictionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contradictions", abstract: "List statements that cannot both hold, with both quotes; confirm, dismiss or resolve them.",
    subcommands: [List.self, Show.self, Confirm.self, Dismiss.self, Resolve.self, Reopen.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List those that stand.")
    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "One JSON object a line.") var json = false
    @Flag(help: "Those that were dismissed or resolved too.") var all = false

    func run() throws {
      try guarded {
        let rows = try ContradictionRows(options.reach().configuration.openStore(), all: all)
        if json { return try Terminal.out(rows.json) }
        guard !rows.rows.isEmpty else { return try Terminal.out(line: "no contradictions") }
        for row in rows.rows { try Terminal.out(Array(row.text.utf8)) }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show one, with everything people said of it.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The contradiction's id or its beginning.") var id: String

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let store = try configuration.openStore()
        let calendar = LocalCalendar(zone: configuration.timezone)
        let row = try ContradictionRows(store, all: true).find(id)
        try Terminal.out(Array(row.text.utf8))
        for judgement in try store.judgements(.contradiction, key: row.contradiction.identity) {
          let words = "\(judgement.what.rawValue), by \(Printable.line(judgement.author)): \(Printable.line(judgement.reason))"
          try Terminal.out(line: "  \(calendar.timestamp(judgement.at))  \(words)")
        }
      }
    }
  }

  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "They do contradict each other. Needs the running daemon.")
    @OptionGroup var judgement: JudgementOptions
    func run() throws { try guarded { try judgement.send(.confirmed, find) } }
  }

  struct Dismiss: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "They do not: take it off the lists, for as long as the same words stand on both sides. Needs the running daemon.")
    @OptionGroup var judgement: JudgementOptions
    func run() throws { try guarded { try judgement.send(.dismissed, find) } }
  }

  struct Resolve: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "It is settled which is right: take it off the lists. Needs the running daemon.")
    @OptionGroup var judgement: JudgementOptions
    func run() throws { try guarded { try judgement.send(.resolved, find) } }
  }

  struct Reopen: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Put it back on the lists. Needs the running daemon.")
    @OptionGroup var judgement: JudgementOptions
    func run() throws { try guarded { try judgement.send(.reopened, find) } }
  }
}

private func find(_ id: String, _ store: Store) throws -> JudgementOptions.Target {
  .contradiction(try ContradictionRows(store, all: true).find(id).contradiction.id)
}

/// Contradictions with what people said of them last.
struct ContradictionRows {
  struct Row {
    var contradiction: Contradiction
    /// "open", "confirmed", "dismissed" or "resolved".
    var state: String

    var text: String {
      let head = "\(contradiction.id.prefix(8))  \(contradiction.verdict.rawValue): \(Printable.line(contradiction.topic))"
      let sides = contradiction.sides.map { side in
        "  \(Printable.line(side.place.path)):\(side.place.evidence.line) (\(side.published ?? "undated")): “\(Printable.line(side.place.evidence.text))”\n"
      }
      return head + (state == "open" ? "" : "  [\(state)]") + "\n" + sides.joined()
    }
  }

  var rows: [Row]

  /// - Parameter all: with those that were dismissed or resolved, as they were then.
  init(_ store: Store, all: Bool) throws {
    let said = try store.standingJudgements(.contradiction)
    rows = try store.contradictions().map { Row(contradiction: $0, state: said[$0.identity]?.what == .confirmed ? "confirmed" : "open") }
    guard all else { return }
    for judgement in said.values.sorted(by: { ($0.at, $0.key) < ($1.at, $1.key) }) where judgement.what.hides {
      if let hidden = judgement.contradiction { rows.append(Row(contradiction: hidden, state: judgement.what.rawValue)) }
    }
  }

  var json: [UInt8] {
    var writer = JSONWriter()
    for row in rows { RecordLines.write(row.contradiction, to: &writer) { $0.member("state", row.state) } }
    return writer.bytes
  }

  func find(_ id: String) throws -> Row {
    let found = rows.filter { $0.contradiction.id.hasPrefix(id) }
    let one = try JudgementOptions.only(Set(found.map(\.contradiction.id)), id, "contradiction", "bellwether contradictions list --all")
    guard let row = found.first(where: { $0.contradiction.id == one }) else { throw Failure(.bug, "no row for \(one)") }
    return row
  }
}
