import Analysis
import ArgumentParser
import Configuration
import Documents
import Engine
import Reporting

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read files and folders once and print what they warn of.",
    discussion: """
      Needs no daemon and keeps nothing. Prints alerts and contradictions with the sentence each rests on; with --json also every fact and document, \
      with --format sarif for editors and code scanning, with --format github as annotations of a workflow. \
      Exit status: 0 nothing at or above --fail-on, 1 something, 2 some inputs could not be read.
      """)

  @OptionGroup var options: ConfigurationOptions
  @Flag(help: "One JSON object a line; the same as --format json.") var json = false
  @Option(help: "text, json, sarif (SARIF 2.1.0, one log) or github (workflow commands).") var format: CheckFormat = .text
  @Option(name: .customLong("as-of"), help: "The day to judge by, YYYY-MM-DD. Default: the latest publication date among the inputs.")
  var asOf: DateArgument?
  @Option(name: .customLong("fail-on"), help: "Exit 1 for alerts of this severity and above: info, notice, warning, critical.")
  var failOn: Severity = .critical
  @Argument(help: "Files and folders.", completion: .file()) var paths: [String]

  func run() throws {
    try guarded {
      let format = json ? .json : self.format
      let assembly = try Assembly.load(try options.load())
      for problem in assembly.problems { Terminal.say(problem) }
      var problems: [SetupError] = []
      let files = NoteFile.expand(paths, kinds: NoteKinds(assembly.configuration), problems: &problems)
      let missing = problems
      let checker = Checker(assembly: assembly)
      var readings: [Checker.Reading] = []
      var meter = ReadingMeter(total: files.count)
      for file in files {
        let reading = file.read(by: checker)
        meter.step()
        switch reading.result {
        case .success(let output):
          if format == .json { try Terminal.out(Records.document(reading.path, output)) }
          for issue in output.document.issues { Terminal.say("\(file.shown): \(issue.message)") }
        case .failure(let error): problems.append(error)
        }
        readings.append(reading)
      }
      for problem in problems { Terminal.say(problem.description) }
      meter.goOn(with: "comparing what \(counted(files.count, "note")) say")
      defer { ProgressLine.wipe() }
      let (all, finding) = checker.correlate(readings, asOf: asOf?.day, today: LocalCalendar(zone: "UTC").day(SystemClock().now))
      // Statements are there to be compared; contradictions quote them.
      let records = all.filter { !$0.fact.isStatement }
      switch format {
      case .text: try Terminal.out(Records.summary(records, finding, files: files.count))
      case .json: try Terminal.out(Records.lines(records, finding))
      case .sarif: try Terminal.out(SARIFReport.render(Records.findings(finding, readings, missing)))
      case .github: try Terminal.out(WorkflowCommands.render(Records.findings(finding, readings, missing)))
      }
      // Who chose whom to follow knows about the others.
      if assembly.configuration.follow == nil, let hint = Records.hint(records, follows: assembly.follows) { Terminal.say(hint) }
      assembly.stop()
      if readings.isEmpty || readings.allSatisfy({ if case .failure = $0.result { true } else { false } }) {
        if let first = problems.first { throw ExitCode(first.status.rawValue) }
        Terminal.say("no notes found under \(paths.joined(separator: ", ")); notes end in .md, .txt, .html and the like")
        throw ExitCode(ExitStatus.noInput.rawValue)
      }
      if !problems.isEmpty { throw ExitCode(ExitStatus.partial.rawValue) }
      if finding.alerts.contains(where: { $0.severity >= failOn }) { throw ExitCode(ExitStatus.found.rawValue) }
    }
  }
}

extension Severity: ExpressibleByArgument {}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable { case text, json, sarif, github }

/// What `check` prints.
enum Records {
  static func document(_ path: String, _ output: Pipeline.Output) -> [UInt8] {
    var json = JSONWriter(reserving: output.document.text.count + 4096)
    DocumentRecord.write(output.document, path: path, isAnalysed: output.isAnalysed, to: &json)
    return json.bytes
  }

  static func lines(_ records: [FactRecord], _ finding: Finding) -> [UInt8] {
    var json = JSONWriter(reserving: 65_536)
    for record in records { RecordLines.write(record, to: &json) }
    for alert in finding.alerts { RecordLines.write(alert, to: &json) }
    for contradiction in finding.contradictions { RecordLines.write(contradiction, to: &json) }
    return json.bytes
  }

  static func findings(_ finding: Finding, _ readings: [Checker.Reading], _ problems: [SetupError]) -> CheckFindings {
    var all = problems.map { CheckFindings.Problem(path: nil, message: $0.description, isFatal: true) }
    for reading in readings {
      switch reading.result {
      case .failure(let error): all.append(CheckFindings.Problem(path: reading.path, message: error.description, isFatal: true))
      case .success(let output):
        all += output.document.issues.map { CheckFindings.Problem(path: reading.path, message: $0.message, isFatal: false) }
      }
    }
    var findings = CheckFindings(
      version: Version.current, alerts: finding.alerts, contradictions: finding.contradictions, problems: all)
    for case (let path, .success(let output)) in readings.map({ ($0.path, $0.result) }) { findings.locate(in: output.document, path: path) }
    return findings
  }

  /// Facts for a person: what, then each sentence with its place.
  static func text(_ records: [FactRecord]) -> String {
    var text = ""
    for record in records {
      let fact = record.fact
      let who = fact.subject.map(\.name).joined(separator: ", ")
      let what = [fact.value, fact.object.isEmpty ? nil : fact.object.map(\.name).joined(separator: ", ")].compactMap { $0 }
      text +=
        "\(fact.when ?? "undated")  \(fact.kind)  \(Printable.line(([who] + what).joined(separator: " · ")))  [\(fact.status.rawValue)]\n"
      for evidence in fact.evidence { text += "  \(Printable.line(record.path)):\(evidence.line): “\(Printable.line(evidence.text))”\n" }
    }
    return text
  }

  /// Where organisations are written about that nobody follows, how to be warned about them.
  static func hint(_ records: [FactRecord], follows: (String) -> Bool) -> String? {
    var names: [String: String] = [:]
    var counts: [String: Int] = [:]
    var facts = 0
    for record in records {
      let strangers = record.fact.subject.filter { $0.organization == $0.id && !follows($0.root) }
      if strangers.isEmpty || record.fact.subject.contains(where: { follows($0.root) }) { continue }
      facts += 1
      for subject in strangers {
        names[subject.id] = subject.name
        counts[subject.id, default: 0] += 1
      }
    }
    guard facts > 0 else { return nil }
    let often = names.keys.sorted { (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1) }
    let shown = often.prefix(3).compactMap { names[$0] }.map(Printable.line).joined(separator: ", ") + (often.count > 3 ? ", …" : "")
    return """
      \(counted(facts, "fact")) about \(counted(often.count, "organisation")) that nobody follows (\(shown)); \
      add them to a file under `entities:` to be warned about them
      """
  }

  static func summary(_ records: [FactRecord], _ finding: Finding, files: Int) -> [UInt8] {
    var text = ""
    for alert in finding.alerts.sorted(by: { ($1.severity, $0.title) < ($0.severity, $1.title) }) {
      text += "\(alert.severity.rawValue.uppercased()): \(Printable.line(alert.title))\n"
      for place in alert.evidence {
        text += "  \(Printable.line(place.path)):\(place.evidence.line): “\(Printable.line(place.evidence.text))”\n"
      }
    }
    for contradiction in finding.contradictions {
      text += "\(contradiction.verdict.rawValue.uppercased()): \(Printable.line(contradiction.topic))\n"
      for side in contradiction.sides {
        text += "  \(Printable.line(side.place.path)):\(side.place.evidence.line): “\(Printable.line(side.place.evidence.text))”\n"
      }
    }
    text +=
      [
        counted(files, "note"), counted(records.count, "fact"), counted(finding.alerts.count, "alert"),
        counted(finding.contradictions.count, "contradiction"),
      ].joined(separator: ", ") + "\n"
    return Array(text.utf8)
  }
}

/// Text from notes on a terminal: one line, control and direction characters made visible.
enum Printable {
  static func line(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        out += scalar == "\n" || scalar == "\r" || scalar == "\t" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
      case .format: out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
