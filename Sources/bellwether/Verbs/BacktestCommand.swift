import Analysis
import ArgumentParser
import Documents
import Engine

struct BacktestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest", abstract: "Feed notes in order of publication and print what would have been warned when.",
    discussion:
      "Nothing that is published later changes what is printed for an earlier day. Notes without a publication date are left out, and named."
  )

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line.") var json = false
  @Option(help: "Print from this day on, YYYY-MM-DD.") var from: DateArgument?
  @Option(help: "Read what was published up to this day, YYYY-MM-DD.") var to: DateArgument?
  @Flag(help: "Print after that how long before an event each alert warned of it.") var leads = false
  @Argument(help: "Files and folders.", completion: .file()) var paths: [String]

  func run() throws {
    try guarded {
      let assembly = try Assembly.load(try options.load())
      defer { assembly.stop() }
      var problems: [SetupError] = []
      let checker = Checker(assembly: assembly)
      let files = Checker.expand(paths, kinds: NoteKinds(assembly.configuration), problems: &problems)
      var meter = ReadingMeter(total: files.count)
      let readings = files.map { file in
        defer { meter.step() }
        return checker.read(file)
      }
      for reading in readings { if case .failure(let error) = reading.result { problems.append(error) } }
      for problem in problems { Terminal.say(problem.description) }
      meter.goOn(with: "replaying \(counted(files.count, "note"))")
      defer { ProgressLine.wipe() }
      let (steps, undated) = Backtest(assembly: assembly).run(readings, from: from?.day, to: to?.day)
      for path in undated { Terminal.say("\(path): left out, it has no publication date") }
      var writer = JSONWriter()
      for step in steps {
        guard json else {
          let lead = step.leadDays.map { ", \($0) days ahead" } ?? ""
          try Terminal.out(
            line: "\(step.day)  \(step.what.rawValue)  \(step.alert.severity.rawValue)  \(Printable.line(step.alert.title))\(lead)")
          continue
        }
        RecordLines.write(step.alert, to: &writer) { writer in
          writer.member("as_of", step.day.description)
          writer.member("what", step.what.rawValue)
          writer.member("lead_days", step.leadDays)
        }
      }
      if leads { try LeadText.write(Backtest(assembly: assembly).leads(steps, readings), json: json, to: &writer) }
      if json { try Terminal.out(writer.bytes) }
      if readings.isEmpty { throw ExitCode((problems.first?.status ?? .noInput).rawValue) }
      if !problems.isEmpty { throw ExitCode(ExitStatus.partial.rawValue) }
    }
  }
}

/// How long before an event an alert warned of it, the longest lead first.
private enum LeadText {
  static func write(_ leads: [Backtest.Lead], json: Bool, to writer: inout JSONWriter) throws {
    if json {
      for lead in leads {
        writer.beginObject()
        writer.member("schema", "bellwether.lead/v1")
        writer.member("alert", lead.alert.fingerprint)
        writer.member("rule", lead.alert.rule)
        writer.member("subject", lead.alert.subject.name)
        writer.member("raised", lead.day.description)
        writer.member("event", lead.event?.fact.id)
        writer.member("kind", lead.event?.fact.kind)
        writer.member("path", lead.event?.path)
        writer.member("lead_days", lead.days)
        writer.endObject()
        writer.newline()
      }
      return
    }
    let sorted = leads.sorted { ($0.days ?? -1, $1.alert.fingerprint) > ($1.days ?? -1, $0.alert.fingerprint) }
    if !sorted.isEmpty { try Terminal.out(line: "") }
    for lead in sorted {
      let what: String
      if let event = lead.event, let days = lead.days {
        let line = event.fact.evidence.first?.line ?? 0
        what = "\(days) days before: \(event.fact.kind), \(Printable.line(event.path)):\(line)"
      } else {
        what = "nothing it warns of has come since"
      }
      try Terminal.out(line: "\(lead.day)  \(lead.alert.rule)  \(Printable.line(lead.alert.title)): \(what)")
    }
  }
}
