import Alerting
import Analysis
import ArgumentParser
import Configuration
import Engine
import Storage

extension AlertsCommand {
  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say why an alert is as it is: rule, facts, every change, who was told of each and who was not, and why.")
    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The alert's id or its beginning.") var id: String

    func run() throws {
      try guarded {
        let configuration = try options.reach().configuration
        let store = try configuration.openStore()
        let withheld = try store.withheld().filter { $0.alert.id.hasPrefix(id) }
        if withheld.count == 1, let held = withheld.first, !(try store.alerts().contains { $0.alert.id.hasPrefix(id) }) {
          try Terminal.out(line: "alert \(held.alert.id): \(Printable.line(held.alert.title))")
          try Terminal.out(line: "rule \(held.alert.plugin)/\(held.alert.rule), category \(held.alert.category), never raised")
          return try Terminal.out(line: "held back by the filter \(held.filter): \(Printable.line(held.reason))")
        }
        let row = try AlertsCommand.find(id, store)
        try explain(row, store)
        if let held = withheld.first { try Terminal.out(line: "held back by the filter \(held.filter): \(Printable.line(held.reason))") }
        try history(row.alert.fingerprint, store, LocalCalendar(zone: configuration.timezone))
      }
    }

    private func explain(_ row: AlertRow, _ store: Store) throws {
      let alert = row.alert
      try Terminal.out(line: "alert \(alert.id): \(Printable.line(alert.title))")
      try Terminal.out(
        line:
          "rule \(alert.plugin)/\(alert.rule), category \(alert.category), severity \(alert.severity.rawValue), state \(row.state.rawValue)"
      )
      let labels = alert.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
      try Terminal.out(line: "identity: \(Printable.line(labels))")
      if let corroboration = alert.corroboration { try Terminal.out(line: "rests on: \(corroboration.words)") }
      let facts = try store.facts(ids: alert.facts)
      if !facts.isEmpty { try Terminal.out(line: "facts:") }
      for record in facts {
        let fact = record.fact
        let source = Printable.line(fact.source.joined(separator: "; "))
        try Terminal.out(line: "  \(fact.id)  \(fact.kind), \(fact.status.rawValue), \(fact.when ?? "undated"), source: \(source)")
        for evidence in fact.evidence {
          try Terminal.out(line: "    \(Printable.line(record.path)):\(evidence.line): “\(Printable.line(evidence.text))”")
        }
      }
    }

    private func history(_ fingerprint: String, _ store: Store, _ calendar: LocalCalendar) throws {
      let dispositions = Dictionary(grouping: try store.dispositions(fingerprint: fingerprint), by: \.change)
      let receipts = Dictionary(grouping: try store.receipts(fingerprint: fingerprint), by: \.change)
      let pending = Dictionary(grouping: try store.pending(fingerprint: fingerprint), by: \.change)
      try Terminal.out(line: "changes:")
      for change in try store.alertChanges(fingerprint: fingerprint) {
        let words =
          "\(change.what.rawValue) → \(change.state.rawValue), by \(Printable.line(change.author)): \(Printable.line(change.reason))"
        try Terminal.out(line: "  \(calendar.timestamp(change.at))  \(words)")
        for row in dispositions[change.id] ?? [] {
          try Terminal.out(
            line: "    \(row.sink): \(row.disposition.rawValue)\(row.reason.isEmpty ? "" : ", \(Printable.line(row.reason))")")
        }
        for receipt in receipts[change.id] ?? [] {
          let to = Explain.place(receipt.sink, receipt.recipient)
          let words = receipt.error.map { "given up: \(Printable.line($0))" } ?? "sent, key \(receipt.key)"
          try Terminal.out(line: "      \(calendar.timestamp(receipt.at))  to \(to) at try \(receipt.attempts): \(words)")
        }
        for owed in pending[change.id] ?? [] {
          let error = owed.error.map { "; the last try failed: \(Printable.line($0))" } ?? ""
          try Terminal.out(
            line: "      owed to \(Explain.place(owed.sink, owed.recipient)), not before \(calendar.timestamp(owed.due))\(error)")
        }
      }
    }

    private static func place(_ sink: String, _ recipient: String) -> String {
      recipient.isEmpty ? sink : "\(sink) (\(Printable.line(recipient)))"
    }
  }

  struct RouteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "route", abstract: "Say which way alerts take to the sinks.", subcommands: [Test.self], defaultSubcommand: Test.self)

    struct Test: ParsableCommand {
      static let configuration = CommandConfiguration(
        abstract: "Print the way an alert with these labels takes, and what holds it back now.",
        discussion: "Labels are written severity=warning category=layoff subject=northwind-labs; those of --alert are taken from the alert."
      )
      @OptionGroup var options: ConfigurationOptions
      @Option(help: "Take the labels of this alert.") var alert: String?
      @Argument(help: "Labels, each name=value.") var labels: [String] = []

      func run() throws {
        try guarded {
          let configuration = try options.reach().configuration
          var known: AlertLabels = ["severity": "warning"]
          if let alert { known = try AlertsCommand.find(alert, try configuration.openStore()).alert.matchedLabels }
          for label in labels {
            let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
              throw Failure(.usage, "'\(Printable.line(label))' is no label; write name=value")
            }
            // As strict as a route's own condition, so that a slip of the pen is not taken for an answer.
            do { _ = try Matcher(label) } catch { throw Failure(.usage, Printable.line("\(error)")) }
            if parts[1].contains(where: { "*|".contains($0) }) {
              throw Failure(
                .usage, "'\(Printable.line(label))' is a condition, and an alert has one value of each label; write \(parts[0])=VALUE")
            }
            known[String(parts[0])] = String(parts[1])
          }
          let now = SystemClock().now
          // Without a database nothing is silenced.
          let silences = (try? configuration.openStore().silences(at: now)) ?? []
          let policy = NotificationPolicy(configuration)
          let asked = policy.askedLabels(silences)
          for name in known.keys.sorted() where alert == nil && !AlertLabels.common.contains(name) && !asked.contains(name) {
            Terminal.say("no route, silence or inhibition asks for the label '\(Printable.line(name))'")
          }
          for leg in policy.route.legs(for: known) { try Terminal.out(line: Test.words(leg)) }
          let decisions = try policy.decide(
            Occurrence(.news, labels: known),
            Circumstances(now: now, silences: silences, open: { [] }, isTold: { _ in false }, group: { _ in (nil, nil) }))
          let calendar = LocalCalendar(zone: configuration.timezone)
          for decision in decisions {
            let when = decision.due > now ? ", at \(calendar.timestamp(decision.due)) the earliest" : ""
            try Terminal.out(line: "  \(decision.sink): \(decision.disposition.rawValue)\(when), \(Printable.line(decision.reason))")
          }
        }
      }

      private static func words(_ leg: Leg) -> String {
        var parts = ["from \(leg.severity.rawValue)"]
        if !leg.groupBy.isEmpty {
          parts.append(
            "grouped by \(leg.groupBy.joined(separator: " and ")), after \(Duration.milliseconds(leg.groupWait).unitText), every \(Duration.milliseconds(leg.groupInterval).unitText) at most"
          )
        }
        if leg.repeatInterval > 0 { parts.append("again after \(Duration.milliseconds(leg.repeatInterval).unitText)") }
        if !leg.active.isEmpty { parts.append("only in \(leg.active.joined(separator: ", "))") }
        if !leg.quiet.isEmpty { parts.append("not in \(leg.quiet.joined(separator: ", "))") }
        return "\(leg.path) → \(leg.sinks.isEmpty ? "nobody" : leg.sinks.joined(separator: ", ")): \(parts.joined(separator: "; "))"
      }
    }
  }
}
